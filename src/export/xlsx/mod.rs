//! A workbook (ECMA-376) of the rows, of what their columns mean, and of what a reader must know.
//!
//! Texts, and codes that are none, are text cells, so that no program makes a number or a day of them; numbers, codes that are
//! numbers, and days are such. Rows that do
//! not fit into a sheet go on in the next one. Parts are written one after the other into a ZIP, so the file streams; the list
//! of sheets, which is known last, stands last.
//!
//! `rust_xlsxwriter` keeps memory small as well, but writes less than half of the rows per second that were asked for: it formats
//! each cell's address and goes through a file. What is needed of the format here is a cell of three kinds.

mod cell;
mod parts;
mod shared;

use std::io::{self, Write};

use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

use self::cell::{Cell, Sheet};
use self::shared::Shared;
use super::{ExportError, Occasion, Rows, about, codebook};

/// Rows that Excel takes in one sheet, the headings included.
const MOST_ROWS: u64 = 1_048_576;
/// Bytes of one sheet: below 4 GiB a ZIP needs no extension that some programs do not know.
const MOST_BYTES: u64 = 3 << 30;

impl From<zip::result::ZipError> for ExportError {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Write(match error {
            zip::result::ZipError::Io(error) => error,
            other => io::Error::other(other),
        })
    }
}

/// Writes the workbook.
///
/// # Errors
/// The database failed, or the file could not be written.
pub(super) fn write(
    rows: &Rows,
    occasion: &Occasion<'_>,
    out: impl Write + Send,
    progress: &mut dyn FnMut(u64),
) -> Result<u64, ExportError> {
    let mut book = Book { zip: ZipWriter::new_stream(out), sheets: Vec::new(), shared: Shared::default() };
    let (written, cut) = book.data(rows, progress, MOST_ROWS)?;
    book.codebook(rows)?;
    book.about(rows, occasion, written, cut)?;
    book.finish()?;
    Ok(written)
}

/// What a column of a plain table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// A text that comes again and again, such as a code or a name.
    Code,
    /// A text of its own.
    Text,
    /// A number.
    Number,
}

impl From<Column> for Cell {
    fn from(column: Column) -> Self {
        match column {
            Column::Code => Self::Code,
            Column::Text => Self::Text,
            Column::Number => Self::Number,
        }
    }
}

/// Writes a workbook of one table, named columns with what they hold, and a sheet with what a reader must know. The table has no
/// more lines than a sheet, 1,048,575.
///
/// # Errors
/// A line could not be read, or the file not written.
pub fn write_table(
    out: impl Write,
    columns: &[(String, Column)],
    lines: impl Iterator<Item = Result<Vec<String>, ExportError>>,
    about: &[(String, String)],
) -> Result<(), ExportError> {
    let mut book = Book { zip: ZipWriter::new_stream(out), sheets: Vec::new(), shared: Shared::default() };
    let mut sheet = book.begin("data", &vec![14; columns.len()])?;
    book.row(&mut sheet, Cell::Heading, columns.iter().map(|(name, _)| &**name))?;
    for line in lines {
        sheet.begin_row();
        for ((_, column), cell) in columns.iter().zip(&line?) {
            sheet.cell((*column).into(), cell, &mut book.shared);
        }
        sheet.end_row(&mut book.zip)?;
    }
    sheet.end(&mut book.zip)?;
    let mut sheet = book.begin("about", &[28, 100])?;
    for (name, text) in about {
        book.row(&mut sheet, Cell::Wrapped, [&**name, &**text])?;
    }
    sheet.end(&mut book.zip)?;
    book.finish()
}

/// A workbook that is being written.
struct Book<W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
    /// The names of its sheets.
    sheets: Vec<String>,
    shared: Shared,
}

impl<W: Write> Book<W> {
    /// The sheets of the rows; says how many rows there are, and how many texts did not fit into their cell.
    fn data(&mut self, rows: &Rows, progress: &mut dyn FnMut(u64), most: u64) -> Result<(u64, u64), ExportError> {
        let kinds: Vec<Cell> = rows.variables.iter().map(|v| Cell::of(v, rows.wanted.has_labels())).collect();
        let mut sheet = self.headings(rows, 1)?;
        let mut number = 1;
        let written = rows.each(
            |line| {
                if sheet.rows == most || sheet.bytes > MOST_BYTES {
                    sheet.end(&mut self.zip)?;
                    number += 1;
                    let cut = sheet.cut;
                    sheet = self.headings(rows, number)?;
                    sheet.cut = cut;
                }
                sheet.begin_row();
                for (kind, cell) in kinds.iter().zip(line.cells()) {
                    sheet.cell(*kind, cell, &mut self.shared);
                }
                sheet.end_row(&mut self.zip)
            },
            progress,
        )?;
        sheet.end(&mut self.zip)?;
        Ok((written, sheet.cut))
    }

    fn headings(&mut self, rows: &Rows, number: usize) -> Result<Sheet, ExportError> {
        let name = if number == 1 { "data".to_owned() } else { format!("data {number}") };
        let mut sheet = self.begin(&name, &vec![14; rows.variables.len()])?;
        self.row(&mut sheet, Cell::Heading, rows.variables.iter().map(|variable| &*variable.name))?;
        Ok(sheet)
    }

    fn codebook(&mut self, rows: &Rows) -> Result<(), ExportError> {
        let mut sheet = self.begin("codebook", &[18, 50, 12, 50, 10, 10, 14, 40, 8, 40])?;
        self.row(&mut sheet, Cell::Heading, codebook::NAMES)?;
        for row in codebook::rows(&rows.variables) {
            self.row(&mut sheet, Cell::Code, row.iter().map(String::as_str))?;
        }
        sheet.end(&mut self.zip)
    }

    fn about(&mut self, rows: &Rows, occasion: &Occasion<'_>, written: u64, cut: u64) -> Result<(), ExportError> {
        let mut sheet = self.begin("about", &[28, 100])?;
        for (name, text) in about::lines(rows, occasion, written) {
            self.row(&mut sheet, Cell::Wrapped, [&*name, &*text])?;
        }
        if cut > 0 {
            let text = occasion.phrases.fill("export-about-cut", &[("count", cut.to_string())]);
            self.row(&mut sheet, Cell::Wrapped, ["", &text])?;
        }
        sheet.end(&mut self.zip)
    }

    fn begin(&mut self, name: &str, widths: &[u32]) -> Result<Sheet, ExportError> {
        self.sheets.push(name.to_owned());
        self.part(&format!("xl/worksheets/sheet{}.xml", self.sheets.len()))?;
        Ok(Sheet::begin(widths))
    }

    fn row<'a>(
        &mut self,
        sheet: &mut Sheet,
        kind: Cell,
        cells: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), ExportError> {
        sheet.begin_row();
        for cell in cells {
            sheet.cell(kind, cell, &mut self.shared);
        }
        sheet.end_row(&mut self.zip)
    }

    fn part(&mut self, name: &str) -> Result<(), ExportError> {
        // a fixed day: when a file was made is told as a date, on the last sheet
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(1))
            .last_modified_time(DateTime::default());
        Ok(self.zip.start_file(name, options)?)
    }

    fn finish(mut self) -> Result<(), ExportError> {
        self.part("xl/sharedStrings.xml")?;
        self.shared.write(&mut self.zip)?;
        for (name, text) in parts::of(&self.sheets) {
            self.part(name)?;
            self.zip.write_all(text.as_bytes())?;
        }
        self.zip.finish()?.into_inner().flush()?;
        Ok(())
    }
}
