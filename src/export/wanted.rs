//! What somebody asks for, read at the door: an address, a form, or the command line.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde::de::value::{Error as NotAWord, StrDeserializer};

use super::csv::{Decimal, Layout};
use super::excluded::Excluded;
use crate::survey::code::Channel;
use crate::survey::question::Phrases;
use crate::survey::text::Lang;

/// What kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Comma-separated values
    #[default]
    Csv,
    /// A workbook for Excel and LibreOffice
    Xlsx,
    /// A data file of SPSS, which PSPP, R and Stata read as well
    Sav,
    /// JSON Lines: one object per form
    Jsonl,
    /// Apache Parquet
    #[cfg(feature = "parquet")]
    Parquet,
    /// What the columns mean, as CSV
    Codebook,
    /// What the columns mean, as DDI-Codebook 2.5 XML
    Ddi,
}

impl Kind {
    /// Its name in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Sav => "sav",
            Self::Jsonl => "jsonl",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
            Self::Codebook => "codebook",
            Self::Ddi => "ddi",
        }
    }

    /// What the names of its files end in.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Codebook => "codebook.csv",
            Self::Ddi => "ddi.xml",
            rows => rows.code(),
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv | Self::Codebook => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Sav => "application/x-spss-sav",
            Self::Jsonl => "application/jsonl; charset=utf-8",
            #[cfg(feature = "parquet")]
            Self::Parquet => "application/vnd.apache.parquet",
            Self::Ddi => "application/xml; charset=utf-8",
        }
    }

    /// Whether it holds answers of people.
    pub fn has_rows(self) -> bool {
        !matches!(self, Self::Codebook | Self::Ddi)
    }
}

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
    /// Labels instead of codes, in the language of each form.
    pub labels: bool,
    /// One column per choice of several.
    pub split: bool,
    /// What becomes of forms that count in no figure.
    pub excluded: Excluded,
    /// Which forms and columns.
    pub selection: Selection,
}

/// Why a file cannot be made as it was asked for. Says so in English, for programs and the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mistake {
    /// A parameter has a value that it cannot have.
    Value {
        /// Its name.
        name: &'static str,
        /// What was sent.
        found: String,
    },
    /// A code that does not belong to the round.
    Unknown {
        /// The parameter's name.
        name: &'static str,
        /// The code.
        code: String,
    },
    /// A parameter that there is not: a filter with a slip of the pen would be none.
    Name {
        /// What was sent.
        found: String,
    },
    /// The last day lies before the first.
    Backwards,
}

/// Every parameter.
const NAMES: [&str; 15] = [
    "format",
    "delimiter",
    "decimal",
    "bom",
    "labels",
    "split",
    "unit",
    "level",
    "channel",
    "lang",
    "questionnaire",
    "question",
    "from",
    "to",
    "excluded",
];

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value { name, found } => {
                write!(f, "{name} cannot be {found:?}; {}", allowed(name))
            }
            Self::Unknown { name, code } => write!(f, "this round has no {name} {code:?}"),
            Self::Name { found } => write!(f, "there is no {found:?}; use {}", NAMES.join(", ")),
            Self::Backwards => f.write_str("the day in “to” lies before the one in “from”"),
        }
    }
}

/// What a parameter may be.
fn allowed(name: &str) -> &'static str {
    match name {
        "format" => "use csv, jsonl, xlsx, sav, codebook or ddi",
        "delimiter" => "use comma, semicolon or tab",
        "decimal" => "use point or comma",
        "from" | "to" => "write a day as 2026-09-05",
        "excluded" => "use out or also",
        "channel" => "use truong, mat_tran or doan_the",
        "lang" | "form_lang" => "use a language code such as vi or en",
        _ => "use 1 or 0",
    }
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
        let mut door = Door { pairs, mistakes: Vec::new() };
        let wanted = door.wanted();
        if door.mistakes.is_empty() { Ok(wanted) } else { Err(door.mistakes) }
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

    /// Whether numbers are written with a comma. Only a text has to say how.
    pub fn has_comma(&self) -> bool {
        self.layout.decimal == Decimal::Comma && self.kind == Kind::Csv
    }

    /// Which forms, in words.
    pub fn selection_in_words(&self, phrases: &dyn Phrases) -> String {
        super::about::selection(self, phrases)
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

/// What was sent, and what is wrong with it.
struct Door {
    pairs: Vec<(String, String)>,
    mistakes: Vec<Mistake>,
}

impl Door {
    fn wanted(&mut self) -> Wanted {
        let plain = Layout::default();
        let layout = Layout {
            delimiter: self.word("delimiter").unwrap_or(plain.delimiter),
            decimal: self.word("decimal").unwrap_or(plain.decimal),
            bom: self.flag("bom").unwrap_or(plain.bom),
        };
        let selection = Selection {
            units: self.list("unit"),
            levels: self.list("level"),
            channels: self.list("channel"),
            languages: self.languages(),
            from: self.list("from").pop(),
            to: self.list("to").pop(),
            questionnaires: self.list("questionnaire"),
            questions: self.list("question"),
        };
        if selection.from.zip(selection.to).is_some_and(|(from, to)| to < from) {
            self.mistakes.push(Mistake::Backwards);
        }
        let (labels, split) = (self.flag("labels").unwrap_or(false), self.flag("split").unwrap_or(false));
        let excluded = self.list("excluded").pop().unwrap_or(Excluded::Out);
        Wanted { kind: self.word("format").unwrap_or_default(), layout, labels, split, excluded, selection }
    }

    fn values(&self, name: &str) -> Vec<String> {
        let sent = self.pairs.iter().filter(|(known, _)| known == name);
        sent.flat_map(|(_, value)| value.split(','))
            .map(str::trim)
            .filter(|v| !v.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// Pages call it `form_lang`: there `lang` is the language of the page.
    fn languages(&mut self) -> Vec<Lang> {
        let mut languages = self.list("lang");
        for lang in self.list("form_lang") {
            if !languages.contains(&lang) {
                languages.push(lang);
            }
        }
        languages
    }

    /// Each code once.
    fn list<T: FromStr + PartialEq>(&mut self, name: &'static str) -> Vec<T> {
        let mut read: Vec<T> = Vec::new();
        for found in self.values(name) {
            match found.parse() {
                Ok(value) if !read.contains(&value) => read.push(value),
                Ok(_) => {}
                Err(_) => self.mistakes.push(Mistake::Value { name, found }),
            }
        }
        read
    }

    fn word<T: DeserializeOwned>(&mut self, name: &'static str) -> Option<T> {
        let found = self.values(name).pop()?;
        let read: Result<T, NotAWord> = T::deserialize(StrDeserializer::new(&found));
        read.map_err(|_| self.mistakes.push(Mistake::Value { name, found })).ok()
    }

    /// A number; 0 is no.
    fn flag(&mut self, name: &'static str) -> Option<bool> {
        let found = self.values(name).pop()?;
        let read = found.parse::<u8>().map(|flag| flag != 0);
        read.map_err(|_| self.mistakes.push(Mistake::Value { name, found })).ok()
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
    fn every_mistake_is_named() {
        let found = read("format=xml&bom=yes&channel=zalo,truong&from=05/09/2026&excluded=1").unwrap_err();
        let names: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(names.len(), 5, "{names:?}");
        assert!(names[4].contains("format cannot be \"xml\"") && names[1].contains("zalo"), "{names:?}");
        assert_eq!(read("from=2026-09-05&to=2026-09-04"), Err(vec![Mistake::Backwards]));
    }
}
