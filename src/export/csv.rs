//! A round's submissions as CSV, as `interface.md` describes it: first the fixed columns, then one or more per question.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use csv::{QuoteStyle, Terminator, WriterBuilder};
use serde::Deserialize;

use super::columns::Columns;
use crate::catalogue::{Catalogue, Published};
use crate::store::submissions::{self, SubmissionRow};
use crate::store::{Store, StoreError, rounds};
use crate::survey::question::{ExportStyle, Row};
use crate::survey::questionnaire::Questionnaire;
use crate::survey::raw::{Raw, RawAnswers};
use crate::survey::text::Lang;

/// The fixed columns.
const FIXED: [&str; 10] =
    ["submission", "round", "unit", "unit_name", "level", "channel", "lang", "version", "mode", "submitted_on"];
/// Asked, not answered.
const NO_ANSWER: &str = "-9";
/// Rows per page: enough to make the query's cost small, few enough to keep memory small.
const PAGE: i64 = 2000;

/// What stands between two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Delimiter {
    /// `,`
    #[default]
    Comma,
    /// `;`, what Excel expects in Vietnamese
    Semicolon,
    /// TAB
    Tab,
}

/// What stands in a number before its fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Decimal {
    /// `.`
    #[default]
    Point,
    /// `,`
    Comma,
}

/// How the file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    /// Between cells.
    pub delimiter: Delimiter,
    /// Labels instead of codes.
    pub labels: bool,
    /// One 0/1 column per choice of a select_multiple.
    pub split: bool,
    /// The mark by which Excel knows UTF-8.
    pub bom: bool,
    /// In numbers with a fraction.
    pub decimal: Decimal,
}

impl Default for Format {
    fn default() -> Self {
        Self { delimiter: Delimiter::Comma, labels: false, split: false, bom: true, decimal: Decimal::Point }
    }
}

impl Format {
    fn style(&self, lang: Lang) -> ExportStyle {
        ExportStyle { labels: self.labels.then_some(lang), split: self.split, comma: self.decimal == Decimal::Comma }
    }
}

/// Why an export stopped.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file, or a reader who went away.
    #[error("the file could not be written: {0}")]
    Write(#[from] io::Error),
    /// The writer of cells.
    #[error("the file could not be written: {0}")]
    Csv(#[from] csv::Error),
}

/// A round, ready to be exported.
pub struct Export {
    store: Store,
    round_id: i64,
    slug: String,
    units: HashMap<i64, (String, String)>,
    forms: HashMap<i64, Sheet>,
    columns: Vec<String>,
    format: Format,
}

/// Where one questionnaire's columns stand among those of the round.
struct Sheet {
    form: Arc<Published>,
    version: String,
    /// The places of each question's columns in the line.
    places: Vec<Vec<usize>>,
}

impl Export {
    /// Prepares an export.
    ///
    /// # Errors
    /// The database failed.
    pub fn prepare(
        store: &Store,
        catalogue: &Catalogue,
        round: &rounds::RoundRow,
        format: Format,
    ) -> Result<Self, StoreError> {
        let (forms, units) =
            store.read_now(|db| Ok((catalogue.of_round(db, round.id)?, rounds::units(db, round.id)?)))?;
        let questionnaires: Vec<&Questionnaire> = forms.iter().map(|form| &form.questionnaire).collect();
        let columns = Columns::of(&questionnaires, format.style(Lang::VI));
        let sheets = forms.into_iter().zip(columns.places).map(|(form, mut places)| {
            places.iter_mut().flatten().for_each(|at| *at += FIXED.len());
            let version = format!("{}/{}", form.questionnaire.code, form.version);
            (form.id, Sheet { form, version, places })
        });
        Ok(Self {
            store: store.clone(),
            round_id: round.id,
            slug: round.slug.clone(),
            units: units.into_iter().map(|unit| (unit.id, (unit.code, unit.name))).collect(),
            forms: sheets.collect(),
            columns: columns.names,
            format,
        })
    }

    /// Writes the whole file and returns how many rows it has; `progress` is told after each page. A file that ended in an
    /// error is not complete, and whoever called knows it.
    ///
    /// # Errors
    /// The database failed, or the file could not be written.
    pub fn write(&self, mut out: impl Write, mut progress: impl FnMut(u64)) -> Result<u64, ExportError> {
        if self.format.bom {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let mut writer = WriterBuilder::new()
            .delimiter(match self.format.delimiter {
                Delimiter::Comma => b',',
                Delimiter::Semicolon => b';',
                Delimiter::Tab => b'\t',
            })
            .terminator(Terminator::CRLF)
            .quote_style(QuoteStyle::Necessary)
            .buffer_capacity(256 * 1024)
            .from_writer(out);
        writer.write_record(FIXED.iter().copied().chain(self.columns.iter().map(String::as_str)))?;
        let mut written = 0;
        let mut line = Line::new(self.columns.len());
        for page in self.pages()? {
            let page = page?;
            if page.is_empty() {
                writer.flush()?;
                return Ok(written);
            }
            for row in page {
                self.row(&row, &mut line)?;
                writer.write_record(line.cells())?;
                written += 1;
            }
            progress(written);
        }
        Err(StoreError::Unavailable("reading stopped before the last row".to_owned()).into())
    }

    /// Pages, read ahead by one on another thread: the database works while cells are written. The last one is empty; without
    /// it the thread has died and the file is cut off.
    fn pages(&self) -> Result<impl Iterator<Item = Result<Vec<SubmissionRow>, StoreError>> + use<>, StoreError> {
        let (sender, receiver) = std::sync::mpsc::sync_channel(1);
        let mut db = self.store.connect()?;
        let round_id = self.round_id;
        std::thread::Builder::new()
            .name("export".to_owned())
            .spawn(move || {
                let mut after = Vec::new();
                loop {
                    let page = submissions::page(&mut db, round_id, &after, PAGE);
                    let last = page.as_ref().ok().and_then(|rows| rows.last()).map(|row| row.id.clone());
                    match (sender.send(page), last) {
                        (Ok(()), Some(last)) => after = last,
                        _ => return,
                    }
                }
            })
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(receiver.into_iter())
    }

    fn row(&self, row: &SubmissionRow, line: &mut Line) -> Result<(), StoreError> {
        let damaged = |why: String| StoreError::corrupt("submission", why);
        let sheet = self.forms.get(&row.version_id).ok_or_else(|| damaged("it names an unknown version".to_owned()))?;
        let (unit, unit_name) = self.units.get(&row.unit_id).map_or(("", ""), |(code, name)| (code, name));
        let stored: RawAnswers<'_> = serde_json::from_str(&row.answers).map_err(|error| damaged(error.to_string()))?;
        let questionnaire = &sheet.form.questionnaire;
        line.clear();
        line.put(0, &data_encoding::HEXLOWER.encode(&row.id));
        let fixed: [&str; 8] = [
            &self.slug,
            unit,
            unit_name,
            questionnaire.level_code(),
            &row.channel,
            &row.lang,
            &sheet.version,
            &row.mode,
        ];
        for (at, cell) in (1..).zip(fixed) {
            line.put(at, cell);
        }
        line.put(FIXED.len() - 1, &row.submitted_on.to_string());
        let style = self.format.style(row.lang.parse().unwrap_or(Lang::VI));
        let mut members = stored.iter().peekable();
        for (question, places) in questionnaire.questions.iter().zip(&sheet.places) {
            // members stand in the questionnaire's order, `_other` right behind its question
            let Some((_, raw)) = members.next_if(|(name, _)| *name == question.code) else { continue };
            let other = members
                .next_if(|(name, _)| name.strip_suffix("_other").is_some_and(|base| base == question.code))
                .map(|(_, raw)| raw);
            let mut cells = Cells { line, places: places.iter() };
            match raw {
                Raw::Null => places.iter().for_each(|_| cells.cell(NO_ANSWER)),
                raw => question.kind.export(raw, other, style, &mut cells),
            }
        }
        Ok(())
    }
}

/// One line of the file: cells one behind the other in one buffer, so that nothing is allocated per cell.
struct Line {
    text: String,
    /// Where each cell lies in `text`; an empty cell lies nowhere.
    spans: Vec<(usize, usize)>,
}

impl Line {
    fn new(columns: usize) -> Self {
        Self { text: String::with_capacity(4096), spans: vec![(0, 0); FIXED.len() + columns] }
    }

    fn clear(&mut self) {
        self.text.clear();
        self.spans.fill((0, 0));
    }

    /// Puts a text into a cell; what a spreadsheet would run is disarmed.
    fn put(&mut self, at: usize, value: &str) {
        let start = self.text.len();
        if is_live(value) {
            self.text.push('\'');
        }
        self.text.push_str(value);
        if let Some(span) = self.spans.get_mut(at) {
            *span = (start, self.text.len());
        }
    }

    fn cells(&self) -> impl Iterator<Item = &str> {
        self.spans.iter().map(|(start, end)| &self.text[*start..*end])
    }
}

/// The cells of one question, wherever its columns stand.
struct Cells<'a> {
    line: &'a mut Line,
    places: std::slice::Iter<'a, usize>,
}

impl Row for Cells<'_> {
    fn cell(&mut self, value: &str) {
        if let Some(at) = self.places.next() {
            self.line.put(*at, value);
        }
    }
}

/// Whether a spreadsheet would run this cell. Numbers and telephone numbers stay as they are.
fn is_live(value: &str) -> bool {
    let Some(first @ (b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r')) = value.bytes().next() else { return false };
    let rest = &value[1..];
    let digits = rest.bytes().filter(u8::is_ascii_digit).count();
    let only = |signs: &[u8]| rest.bytes().all(|b| b.is_ascii_digit() || signs.contains(&b));
    let number = matches!(first, b'-' | b'+') && digits > 0 && only(b"., ");
    let phone = first == b'+' && digits >= SHORTEST_PHONE && only(b" .-()/");
    !(number || phone)
}

/// With the code of its country. `+1-2` has fewer digits, and is a sum.
const SHORTEST_PHONE: usize = 8;

#[cfg(test)]
mod tests {
    use super::is_live;

    #[test]
    fn formulas_are_disarmed_and_numbers_and_phones_are_not() {
        for live in [
            "+1-2",
            "-84-912345678",
            "=84912345678",
            "+84 912 345 678 A1",
            "=HYPERLINK(\"x\")",
            "+cmd|' /C calc'!A0",
            "-2+3",
            "@SUM(A1)",
            "\tx",
            "\r=1",
            "-",
            "+",
        ] {
            assert!(is_live(live), "{live}");
        }
        for plain in [
            "",
            "5",
            "-9",
            "-2.5",
            "-2,5",
            "+84 912 345 678",
            "+84912345678",
            "+84-912-345-678",
            "+84 (28) 3822 1234",
            "(028) 3822 1234",
            "-5",
            "+1",
            "xin chào =1",
            "a",
        ] {
            assert!(!is_live(plain), "{plain}");
        }
    }
}
