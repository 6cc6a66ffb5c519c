//! The first table of an XLSX file, as CSV. What a formula has worked out counts, not the formula; merged cells keep what
//! stands in their first one.

use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use zip::ZipArchive;

use super::{MOST_ROWS, Problem};

/// How a ZIP file begins, and with it every XLSX file.
pub(super) const ZIP: &[u8] = b"PK\x03\x04";
/// How files of Excel 97 to 2003 begin.
pub(super) const OLD_EXCEL: &[u8] = b"\xd0\xcf\x11\xe0";

/// So much may come out of the file, in bytes; a list of 20,000 schools is a tenth of it.
const MOST_UNPACKED: u64 = 64 * 1024 * 1024;
/// So much text may stand in its cells, in bytes.
const MOST_TEXT: usize = 32 * 1024 * 1024;
/// So many rows may stand above and between the units.
const MOST_LINES: u32 = 4 * MOST_ROWS as u32;
/// More columns than any list has.
const MOST_COLUMNS: u32 = 200;

/// What stands for a formula that has no result; the text of one begins with it too.
pub(super) const FORMULA: char = '=';
/// What a formula shows that cannot be worked out, in spreadsheets and in what they save as CSV.
pub(super) const CELL_ERRORS: [&str; 9] =
    ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#GETTING_DATA"];

/// The table as CSV, a line for each row from the first.
pub(super) fn to_csv(bytes: &[u8]) -> Result<String, Problem> {
    check_size(bytes)?;
    let broken = |_| Problem::BrokenExcel;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_: XlsxError| Problem::BrokenExcel)?;
    let sheet = book.sheet_names().first().cloned().ok_or(Problem::NoRows)?;
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(broken)?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    // one text of the file may stand in many cells
    let mut left = MOST_TEXT;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(broken)? {
        let text = match (&cell.value, &cell.formula) {
            // written by a program that works nothing out
            (DataRef::Empty, Some(_)) => FORMULA.to_string(),
            (value, _) => text(value),
        };
        let (row, column) = cell.pos;
        if text.is_empty() {
            continue;
        }
        if row >= MOST_LINES {
            return Err(Problem::TooManyRows);
        }
        if column >= MOST_COLUMNS {
            continue;
        }
        left = left.checked_sub(text.len()).ok_or(Problem::BrokenExcel)?;
        let (row, column) = (row as usize, column as usize);
        rows.resize_with(rows.len().max(row + 1), Vec::new);
        if let Some(line) = rows.get_mut(row) {
            line.resize(line.len().max(column + 1), String::new());
            line[column] = text;
        }
    }
    written(&rows).ok_or(Problem::BrokenExcel)
}

/// Refuses what would unpack to far more than it is. What the file says about itself is not believed.
fn check_size(bytes: &[u8]) -> Result<(), Problem> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Problem::BrokenExcel)?;
    let mut left = MOST_UNPACKED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| Problem::BrokenExcel)?;
        let unpacked = std::io::copy(&mut part.take(left + 1), &mut std::io::sink());
        left = unpacked.ok().and_then(|n| left.checked_sub(n)).ok_or(Problem::BrokenExcel)?;
    }
    Ok(())
}

/// What a reader of the spreadsheet sees in the cell, without formats; dates as `2025-07-01`.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::DateTime(moment) => moment.as_datetime().map(|moment| moment.date().to_string()).unwrap_or_default(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Bool(_) | DataRef::Empty => String::new(),
    }
}

/// All rows are as wide as the widest, so that each has as many cells as the headings.
fn written(rows: &[Vec<String>]) -> Option<String> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut csv = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // a line break inside a cell is a blank: rows are counted by line ends
        let cells = row.iter().map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" "));
        csv.write_record(cells.chain(std::iter::repeat(String::new())).take(width.max(1))).ok()?;
    }
    String::from_utf8(csv.into_inner().ok()?).ok()
}
