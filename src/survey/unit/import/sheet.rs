//! A file as a table: rows of cells under the headings of [`Column`].

use std::collections::BTreeMap;

use csv::ByteRecord;

use super::headings::{Headings, MOST_TITLES};
use super::{Column, Problem, RowError};
use crate::vietnamese::{fold, legacy, looks_legacy};

/// Without these no row says anything; what else is missing stays as it is, or is what most schools have.
const NEEDED: [Column; 2] = [Column::Code, Column::Name];

/// What lists call the row of sums below them, without diacritics.
const TOTALS: [&str; 8] =
    ["tong", "tong cong", "tong so", "cong", "tong so truong", "tong so hoc sinh", "tong toan phuong", "tong toan xa"];

/// Rows are counted by line ends, so there must be one kind, also at the end.
pub(super) fn one_kind_of_line_end(text: &str) -> String {
    let mut text = text.replace("\r\n", "\n").replace('\r', "\n");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

pub(super) struct Table<'a> {
    text: &'a str,
    reader: csv::Reader<&'a [u8]>,
    headings: Headings,
    /// Line breaks inside cells so far: a spreadsheet does not count them.
    inner_lines: usize,
    /// The rows so far that are sums of others.
    pub(super) totals: Vec<usize>,
}

pub(super) struct Cells {
    pub(super) number: usize,
    values: BTreeMap<Column, String>,
}

impl Cells {
    /// Whether the file has this column.
    pub(super) fn has(&self, column: Column) -> bool {
        self.values.contains_key(&column)
    }

    pub(super) fn get(&self, column: Column) -> &str {
        self.values.get(&column).map_or("", String::as_str)
    }
}

/// Reads cells between the separator that the file's first rows use most.
fn reader(text: &str) -> csv::Reader<&[u8]> {
    let top = || text.lines().take(MOST_TITLES).flat_map(str::chars);
    let count = |separator| top().filter(|c| *c == separator).count();
    let separator = if count(';') > count(',') { b';' } else { b',' };
    let mut builder = csv::ReaderBuilder::new();
    builder.delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

impl<'a> Table<'a> {
    /// Where the columns are: as somebody chose, or as the headings say.
    pub(super) fn open(text: &'a str, chosen: Option<&BTreeMap<Column, usize>>) -> Result<Self, Vec<RowError>> {
        let mut headings = Headings::find(&Self::top(text))?;
        if let Some(chosen) = chosen {
            headings.places.clone_from(chosen);
        }
        let missing = NEEDED.iter().filter(|column| !headings.places.contains_key(*column));
        let missing: Vec<_> =
            missing.map(|column| RowError::at(headings.row, *column, Problem::MissingColumn, "")).collect();
        if let Some(old) = Self::old_headings(text, &headings, chosen.is_some() || missing.is_empty()) {
            return Err(vec![old]);
        }
        if !missing.is_empty() {
            return Err(missing);
        }
        let mut table = Self::new(text, headings);
        let mut record = ByteRecord::new();
        for _ in 0..table.headings.records {
            table.read(&mut record);
        }
        Ok(table)
    }

    fn new(text: &'a str, headings: Headings) -> Self {
        Self { text, reader: reader(text), headings, inner_lines: 0, totals: Vec::new() }
    }

    /// Headings typed for an old font. Where nothing is missing (`is_complete`), one that looks like it; otherwise all of them, if
    /// what is missing is found once they are read as they were meant.
    fn old_headings(text: &str, headings: &Headings, is_complete: bool) -> Option<RowError> {
        let of = |row: usize, name: &str| RowError {
            column: None,
            ..RowError::at(row, Column::Code, Problem::LegacyFont, name)
        };
        if is_complete {
            let names = headings.places.values().filter_map(|place| headings.names.get(*place));
            return names.into_iter().find(|name| looks_legacy(name)).map(|name| of(headings.row, name));
        }
        let meant = Self::headings(&legacy::to_unicode(text)).ok()?;
        let is_known = NEEDED.iter().all(|column| meant.places.contains_key(column));
        let place = meant.places.get(&Column::Name).filter(|_| is_known)?;
        let typed = Self::top(text).into_iter().find(|(row, _)| *row == meant.row)?.1;
        Some(of(meant.row, &String::from_utf8_lossy(typed.get(*place).unwrap_or_default())))
    }

    /// “Tổng cộng”, in a row that has no code.
    fn is_total(&self, record: &ByteRecord) -> bool {
        let said = |cell: &[u8]| {
            let folded = fold(&String::from_utf8_lossy(cell)).replace(|c: char| !c.is_alphanumeric(), " ");
            folded.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let is_sum = |cell: &[u8]| TOTALS.contains(&said(cell).as_str());
        let code = self.headings.places.get(&Column::Code).and_then(|place| record.get(*place)).unwrap_or_default();
        (code.trim_ascii().is_empty() || is_sum(code)) && record.iter().any(is_sum)
    }

    /// The headings of a file.
    ///
    /// # Errors
    /// As [`Headings::find`].
    pub(super) fn headings(text: &str) -> Result<Headings, Vec<RowError>> {
        Headings::find(&Self::top(text))
    }

    /// The first records, each with its row.
    fn top(text: &str) -> Vec<(usize, ByteRecord)> {
        let mut table = Table::new(text, Headings::default());
        let mut record = ByteRecord::new();
        std::iter::from_fn(|| Some((table.read(&mut record)?, record.clone()))).take(MOST_TITLES + 2).collect()
    }

    /// The next record; its row as a spreadsheet numbers it.
    fn read(&mut self, record: &mut ByteRecord) -> Option<usize> {
        if !self.reader.read_byte_record(record).unwrap_or(false) {
            return None;
        }
        self.inner_lines += inner_lines(record);
        let line = usize::try_from(self.reader.position().line()).unwrap_or(usize::MAX);
        Some(line.saturating_sub(1).saturating_sub(self.inner_lines))
    }

    /// The next row that is not empty; rows with a wrong number of cells go to `errors`.
    pub(super) fn next_row(&mut self, errors: &mut Vec<RowError>) -> Option<Cells> {
        let mut record = ByteRecord::new();
        while let Some(number) = self.read(&mut record) {
            if let Some(cell) = self.unclosed(&record) {
                // the line end that ends the row is inside the cell
                errors.push(RowError {
                    column: None,
                    ..RowError::at(number + 1, Column::Code, Problem::OpenQuote, &cell)
                });
                continue;
            }
            if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
                continue;
            }
            if self.is_total(&record) {
                self.totals.push(number);
                continue;
            }
            let width = self.headings.names.len();
            let surplus_is_empty = record.iter().skip(width).all(<[u8]>::is_empty);
            if record.len() < width || !surplus_is_empty {
                let error = RowError::at(number, Column::Code, Problem::CellCount, &record.len().to_string());
                errors.push(RowError { column: None, ..error.detail(width) });
                continue;
            }
            let value = |place: usize| String::from_utf8_lossy(record.get(place).unwrap_or_default()).into_owned();
            let values = self.headings.places.iter().map(|(column, place)| (*column, value(*place))).collect();
            return Some(Cells { number, values });
        }
        None
    }
}

impl Table<'_> {
    /// The cell whose quote is still open at the end of the file: it has swallowed the line end that every file has here, which
    /// a closed cell does only if its closing quote and another line end follow.
    fn unclosed(&self, record: &ByteRecord) -> Option<String> {
        let is_last = self.reader.position().byte() == self.text.len() as u64;
        let cell = record.iter().next_back().filter(|cell| cell.ends_with(b"\n"))?;
        (is_last && !self.text.ends_with("\n\"\n"))
            .then(|| String::from_utf8_lossy(cell).lines().next().unwrap_or_default().to_owned())
    }
}

fn inner_lines(record: &ByteRecord) -> usize {
    record.iter().map(|cell| cell.iter().filter(|byte| **byte == b'\n').count()).sum()
}
