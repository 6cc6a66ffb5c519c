//! A round's submissions as CSV, as `interface.md` describes it: first the fixed columns, then one or more per question.

use std::io::Write;

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};
use serde::Deserialize;

use super::{ExportError, Rows};

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

impl Delimiter {
    /// Its name in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
        }
    }

    /// As it stands in the file.
    pub(crate) fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
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

impl Decimal {
    /// Its name in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Comma => "comma",
        }
    }
}

/// How the cells stand in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Between cells.
    pub delimiter: Delimiter,
    /// In numbers with a fraction.
    pub decimal: Decimal,
    /// The mark by which Excel knows UTF-8.
    pub bom: bool,
}

impl Default for Layout {
    fn default() -> Self {
        Self { delimiter: Delimiter::Comma, decimal: Decimal::Point, bom: true }
    }
}

impl From<csv::Error> for ExportError {
    fn from(error: csv::Error) -> Self {
        Self::Write(error.into())
    }
}

/// What is gathered before it is passed on.
const BUFFER: usize = 256 * 1024;
/// Room for the line that fills it.
const LINE: usize = 64 * 1024;

/// Writes a table's mark and returns the writer of its cells.
///
/// # Errors
/// The file could not be written.
pub(super) fn table<W: Write>(layout: Layout, mut out: W) -> Result<Writer<W>, ExportError> {
    if layout.bom {
        out.write_all("\u{feff}".as_bytes())?;
    }
    Ok(WriterBuilder::new()
        .delimiter(layout.delimiter.byte())
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .buffer_capacity(BUFFER)
        .from_writer(out))
}

/// Writes all rows.
///
/// # Errors
/// The database failed, or the file could not be written.
pub(super) fn write(
    rows: &Rows,
    layout: Layout,
    out: impl Write,
    progress: &mut dyn FnMut(u64),
) -> Result<u64, ExportError> {
    let mut writer = table(layout, out)?;
    writer.write_record(rows.variables.iter().map(|variable| &*variable.name))?;
    let mut out = writer.into_inner().map_err(|error| error.into_error())?;
    let (delimiter, mut buffer) = (layout.delimiter.byte(), Vec::with_capacity(BUFFER + LINE));
    let written = rows.each(
        |line| {
            for cell in line.cells() {
                put(cell, delimiter, &mut buffer);
                buffer.push(delimiter);
            }
            buffer.pop();
            buffer.extend_from_slice(b"\r\n");
            if buffer.len() >= BUFFER {
                out.write_all(&buffer)?;
                buffer.clear();
            }
            Ok::<(), ExportError>(())
        },
        progress,
    )?;
    out.write_all(&buffer)?;
    out.flush()?;
    Ok(written)
}

/// Writes a cell as [`table`] would; of a million rows with a hundred cells most are empty or a code, which costs next to nothing
/// here.
#[inline]
fn put(cell: &str, delimiter: u8, out: &mut Vec<u8>) {
    if is_live(cell) {
        return quoted(&format!("'{cell}"), delimiter, out);
    }
    quoted(cell, delimiter, out);
}

#[inline]
fn quoted(cell: &str, delimiter: u8, out: &mut Vec<u8>) {
    if !cell.bytes().any(|byte| byte == delimiter || matches!(byte, b'"' | b'\r' | b'\n')) {
        return out.extend_from_slice(cell.as_bytes());
    }
    out.push(b'"');
    for (at, piece) in cell.split('"').enumerate() {
        if at > 0 {
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(piece.as_bytes());
    }
    out.push(b'"');
}

/// A cell that no spreadsheet runs.
pub fn disarmed<'a>(cell: &'a str, armed: &'a mut String) -> &'a str {
    if !is_live(cell) {
        return cell;
    }
    armed.clear();
    armed.push('\'');
    armed.push_str(cell);
    armed
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
    use proptest::prelude::*;

    use super::{Delimiter, Layout, is_live, quoted, table};

    proptest! {
        #[test]
        fn a_cell_is_written_as_any_writer_of_csv_does(
            cell in r#"[a",;\t\r\n ế]{0,6}"#,
            delimiter in prop_oneof![Just(Delimiter::Comma), Just(Delimiter::Semicolon), Just(Delimiter::Tab)],
        ) {
            let mut writer = table(Layout { delimiter, bom: false, ..Layout::default() }, Vec::new()).unwrap();
            writer.write_record(["x", &cell]).unwrap();
            let mut own = vec![b'x', delimiter.byte()];
            quoted(&cell, delimiter.byte(), &mut own);
            own.extend_from_slice(b"\r\n");
            prop_assert_eq!(writer.into_inner().unwrap(), own);
        }
    }

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
