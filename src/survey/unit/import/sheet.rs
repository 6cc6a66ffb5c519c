//! A file as a table: rows of cells under the headings of [`Column`].

use std::collections::BTreeMap;

use csv::ByteRecord;

use super::{Column, Problem, RowError};
use crate::survey::unit::import::mistake::shortened;
use crate::vietnamese;

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
    places: BTreeMap<Column, usize>,
    width: usize,
    /// Line breaks inside cells so far: a spreadsheet does not count them.
    inner_lines: usize,
}

pub(super) struct Cells {
    pub(super) number: usize,
    values: BTreeMap<Column, String>,
}

impl Cells {
    pub(super) fn get(&self, column: Column) -> &str {
        self.values.get(&column).map_or("", String::as_str)
    }
}

impl<'a> Table<'a> {
    pub(super) fn open(text: &'a str) -> Result<Self, Vec<RowError>> {
        let header = text.lines().next().unwrap_or_default();
        let semicolons = header.matches(';').count();
        let delimiter = if semicolons > header.matches(',').count() { b';' } else { b',' };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut record = ByteRecord::new();
        if !reader.read_byte_record(&mut record).unwrap_or(false) {
            return Err(vec![RowError::of_file(Problem::NoRows)]);
        }
        let (mut places, mut errors) = (BTreeMap::new(), Vec::new());
        for (place, heading) in record.iter().enumerate() {
            let heading = vietnamese::nfc(&String::from_utf8_lossy(heading)).trim().to_lowercase();
            match Column::from_code(&heading) {
                Some(column) if places.insert(column, place).is_some() => {
                    errors.push(RowError::at(1, column, Problem::RepeatedColumn, &heading));
                }
                Some(_) => {}
                // spreadsheets write empty columns at the right edge
                None if heading.is_empty() => {}
                None => errors.push(RowError {
                    row: Some(1),
                    column: None,
                    problem: Problem::UnknownColumn,
                    found: shortened(&heading),
                    detail: String::new(),
                }),
            }
        }
        let missing = Column::ALL.iter().filter(|column| !places.contains_key(*column));
        errors.extend(missing.map(|column| RowError::at(1, *column, Problem::MissingColumn, "")));
        let inner_lines = inner_lines(&record);
        if errors.is_empty() {
            Ok(Self { text, reader, places, width: record.len(), inner_lines })
        } else {
            Err(errors)
        }
    }

    /// The next row that is not empty; rows with a wrong number of cells go to `errors`.
    pub(super) fn next_row(&mut self, errors: &mut Vec<RowError>) -> Option<Cells> {
        let mut record = ByteRecord::new();
        while self.reader.read_byte_record(&mut record).unwrap_or(false) {
            self.inner_lines += inner_lines(&record);
            let line = usize::try_from(self.reader.position().line()).unwrap_or(usize::MAX);
            let number = line.saturating_sub(1).saturating_sub(self.inner_lines);
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
            let surplus_is_empty = record.iter().skip(self.width).all(<[u8]>::is_empty);
            if record.len() < self.width || !surplus_is_empty {
                let error = RowError::at(number, Column::Code, Problem::CellCount, &record.len().to_string());
                errors.push(RowError { column: None, ..error.detail(self.width) });
                continue;
            }
            let value = |place: usize| String::from_utf8_lossy(record.get(place).unwrap_or_default()).into_owned();
            let values = self.places.iter().map(|(column, place)| (*column, value(*place))).collect();
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
