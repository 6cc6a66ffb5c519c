//! What somebody asks for, read at the door: an address, a form, or the command line.

use std::sync::Arc;

use chrono::NaiveDate;

use super::csv::{Decimal, Delimiter, Layout};
use super::door::Door;
use super::excluded::Excluded;
use super::kind::Kind;
use super::mistake::{Mistake, NAMES};
use crate::catalogue::Published;
use crate::store::{Db, StoreError};
use crate::survey::code::Channel;
use crate::survey::question::Phrases;
use crate::survey::text::Lang;

/// Which forms, and which of their columns; an empty list is all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// Codes of units; what stands below one of them belongs to it.
    pub units: Vec<String>,
    /// Codes of levels.
    pub levels: Vec<String>,
    /// Channels.
    pub channels: Vec<Channel>,
    /// The languages that forms were filled in in.
    pub languages: Vec<Lang>,
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
    /// Codes of questionnaires.
    pub questionnaires: Vec<String>,
    /// Codes of questions whose columns are wanted, besides those about the form.
    pub questions: Vec<String>,
}

/// A file, as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// What kind of file.
    pub kind: Kind,
    /// How CSV is written.
    pub layout: Layout,
    /// Labels instead of codes, all in the language of whoever asks: in two languages one answer would be two values of a column.
    pub labels: bool,
    /// One column per choice of several.
    pub split: bool,
    /// What becomes of forms that count in no figure.
    pub excluded: Excluded,
    /// Which forms and columns.
    pub selection: Selection,
}

impl Wanted {
    /// Reads what stands behind a question mark or in a form. A name may come several times, and a value may be several,
    /// separated by commas; other names are none of ours.
    ///
    /// # Errors
    /// Every mistake there is.
    pub fn read<'a>(
        pairs: impl IntoIterator<Item = (impl AsRef<str>, impl AsRef<str>)> + 'a,
    ) -> Result<Self, Vec<Mistake>> {
        let pairs: Vec<(String, String)> = pairs
            .into_iter()
            .map(|(name, value)| (name.as_ref().to_owned(), value.as_ref().trim().to_owned()))
            .collect();
        Door::open(pairs)
    }

    /// The same for programs, which are told of a name that there is not.
    ///
    /// # Errors
    /// Every mistake there is.
    pub fn read_strictly(query: &str) -> Result<Self, Vec<Mistake>> {
        let pairs = || form_urlencoded::parse(query.as_bytes());
        let strange = pairs().filter(|(name, _)| !NAMES.contains(&name.as_ref()));
        let strange: Vec<Mistake> = strange.map(|(name, _)| Mistake::Name { found: name.into_owned() }).collect();
        match Self::read(pairs()) {
            Ok(wanted) if strange.is_empty() => Ok(wanted),
            Ok(_) => Err(strange),
            Err(mistakes) => Err([strange, mistakes].concat()),
        }
    }

    /// Whether cells hold labels. A data file of SPSS has codes with their labels beside them.
    pub fn has_labels(&self) -> bool {
        self.labels && matches!(self.kind, Kind::Csv | Kind::Xlsx | Kind::Jsonl)
    }

    /// Whether each choice of several has a column. SPSS knows no other way.
    pub fn is_split(&self) -> bool {
        self.split || self.kind == Kind::Sav
    }

    /// Whether each choice has a column because somebody wanted it so.
    pub fn is_split_by_wish(&self) -> bool {
        self.split && self.kind != Kind::Sav
    }

    /// Whether it is a table whose cells stand apart by a sign that somebody chooses.
    pub fn has_delimiter(&self) -> bool {
        matches!(self.kind, Kind::Csv | Kind::Codebook)
    }

    /// Whether numbers are written with a comma. Only a text has to say how.
    pub fn has_comma(&self) -> bool {
        self.layout.decimal == Decimal::Comma && self.kind == Kind::Csv
    }

    /// Under which name a browser keeps the file of this round. A CSV tells nowhere that it has a part of the round alone, or
    /// forms that count in no figure, and how it is written shows when it is opened, so its name says what is not as usual. Comma
    /// and semicolon are both usual, each at its door.
    pub fn file_name(&self, slug: &str) -> String {
        let parts = [
            (!self.selection.is_all(), "-loc"),
            (self.has_labels(), "-nhan"),
            (self.is_split_by_wish(), "-tach"),
            (self.has_delimiter() && self.layout.delimiter == Delimiter::Tab, "-tab"),
            (self.excluded == Excluded::Also, "-ca-phieu-loai"),
        ];
        let parts: String = parts.into_iter().filter(|(is, _)| *is).map(|(_, part)| part).collect();
        format!("{slug}{parts}.{}", self.kind.ending())
    }

    /// Which forms, in words, with names from these questionnaires and the list of units.
    ///
    /// # Errors
    /// The database failed.
    pub fn selection_in_words(
        &self,
        db: &mut Db,
        forms: &[Arc<Published>],
        phrases: &dyn Phrases,
    ) -> Result<String, StoreError> {
        super::selected::in_words(self, db, forms, phrases)
    }

    /// As what stands behind a question mark; [`Wanted::read`] reads it back.
    pub fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("format", self.kind.code());
        let flag = |on: bool| if on { "1" } else { "0" };
        let Layout { delimiter, decimal, bom } = self.layout;
        query.append_pair("delimiter", delimiter.code()).append_pair("decimal", decimal.code());
        query
            .append_pair("bom", flag(bom))
            .append_pair("labels", flag(self.labels))
            .append_pair("split", flag(self.split));
        if self.excluded == Excluded::Also {
            query.append_pair("excluded", self.excluded.code());
        }
        for (name, codes) in self.selection.lists() {
            if !codes.is_empty() {
                query.append_pair(name, &codes.join(","));
            }
        }
        for (name, day) in [("from", self.selection.from), ("to", self.selection.to)] {
            if let Some(day) = day {
                query.append_pair(name, &day.to_string());
            }
        }
        query.finish()
    }
}

impl Selection {
    /// The lists, by the names of their parameters.
    pub fn lists(&self) -> [(&'static str, Vec<String>); 6] {
        [
            ("unit", self.units.clone()),
            ("level", self.levels.clone()),
            ("channel", self.channels.iter().map(ToString::to_string).collect()),
            ("lang", self.languages.iter().map(ToString::to_string).collect()),
            ("questionnaire", self.questionnaires.clone()),
            ("question", self.questions.clone()),
        ]
    }

    /// Whether it is everything.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Wanted, Vec<Mistake>> {
        Wanted::read(form_urlencoded::parse(query.as_bytes()))
    }

    #[test]
    fn what_is_asked_for_reads_back_as_the_same() {
        for query in [
            "",
            "format=xlsx&unit=A,B&unit=C&level=thcs&channel=mat_tran&lang=vi&lang=en&from=2026-09-01&to=2026-09-01",
            "format=sav&question=A1,G2&questionnaire=hai-long-thcs&labels=1&split=1",
            "format=jsonl&excluded=also",
            "format=csv&delimiter=semicolon&decimal=comma&bom=0&unit=&utm=x",
        ] {
            let wanted = read(query).unwrap();
            assert_eq!(read(&wanted.query()), Ok(wanted), "{query}");
        }
    }

    #[test]
    fn a_program_is_told_of_a_filter_with_a_slip_of_the_pen() {
        let found = Wanted::read_strictly("format=csv&units=A&to=x").unwrap_err();
        assert!(found.len() == 2 && found[0] == Mistake::Name { found: "units".to_owned() }, "{found:?}");
        assert!(Wanted::read_strictly("format=csv&unit=A").is_ok());
    }

    #[test]
    fn a_file_of_a_part_is_not_called_as_the_file_of_all() {
        let name = |query: &str| read(query).unwrap().file_name("hk1");
        assert_eq!(name("format=csv&delimiter=semicolon&decimal=comma&unit=&from="), "hk1.csv");
        for part in ["unit=A", "level=thcs", "channel=truong", "from=2026-09-01", "lang=en", "question=A1"] {
            assert_eq!(name(&format!("format=csv&{part}")), "hk1-loc.csv");
        }
        assert_eq!(name("format=ddi&to=2026-09-01"), "hk1-loc.ddi.xml");
    }

    #[test]
    fn files_that_are_written_in_different_ways_have_different_names() {
        let name = |query: &str| read(query).unwrap().file_name("hk1");
        let all = "&unit=A&labels=1&split=1&delimiter=tab&excluded=also";
        assert_eq!(name(&format!("format=csv{all}")), "hk1-loc-nhan-tach-tab-ca-phieu-loai.csv");
        assert_eq!(name("format=xlsx&labels=1&delimiter=tab"), "hk1-nhan.xlsx");
        assert_eq!(name("format=sav&labels=1&split=1&delimiter=tab"), "hk1.sav", "it has both, always");
        assert_eq!(
            name("format=codebook&labels=1&split=1"),
            "hk1-tach.codebook.csv",
            "of the columns, not of the cells"
        );
    }

    #[test]
    fn every_mistake_is_named() {
        let found = read("format=xml&bom=yes&labels=5&channel=zalo,truong&from=05/09/2026&excluded=1").unwrap_err();
        let names: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(names.len(), 6, "{names:?}");
        assert!(names[5].contains("format cannot be \"xml\"") && names[1].contains("zalo"), "{names:?}");
        assert_eq!(names[3], "labels cannot be \"5\"; use 1 or 0");
        assert_eq!(read("from=2026-09-05&to=2026-09-04"), Err(vec![Mistake::Backwards]));
    }
}
