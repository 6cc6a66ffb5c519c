//! A sheet's rows and cells.

use std::io::Write;

use chrono::NaiveDate;

use super::super::{ExportError, Variable};
use super::shared::{Shared, escape};
use crate::survey::question::Content;

/// UTF-16 units that Excel takes in one cell.
const LONGEST: usize = 32_767;
/// What is gathered before it is compressed.
const BUFFER: usize = 64 * 1024;
/// Behind a text that goes on in other files.
const GOES_ON: &str = " […]";

/// What a cell becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    /// A text that comes again and again, such as a code.
    Code,
    /// A text of its own.
    Text,
    Number,
    Date,
    Heading,
    Wrapped,
}

impl Cell {
    /// Of a column, in a file with labels or with codes.
    pub fn of(variable: &Variable, has_labels: bool) -> Self {
        match variable.content {
            Content::Code if variable.is_numbered() && !has_labels => Self::Number,
            Content::Code | Content::Codes => Self::Code,
            Content::Chosen(_) | Content::Position(_) | Content::Whole | Content::Decimal => Self::Number,
            Content::Date => Self::Date,
            Content::Time | Content::Text => Self::Text,
        }
    }
}

/// A sheet that is being written.
pub(super) struct Sheet {
    buffer: Vec<u8>,
    /// Rows so far.
    pub rows: u64,
    /// Bytes so far.
    pub bytes: u64,
    /// Texts that did not fit into a cell.
    pub cut: u64,
}

impl Sheet {
    /// With columns of these widths, in digits; the first row stays in sight.
    pub fn begin(widths: &[u32]) -> Self {
        let mut xml = String::from(concat!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
            r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0">"#,
            r#"<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>"#
        ));
        for (width, number) in widths.iter().zip(1..) {
            xml.push_str(&format!(r#"<col min="{number}" max="{number}" width="{width}" customWidth="1"/>"#));
        }
        xml.push_str("</cols><sheetData>");
        Self { buffer: xml.into_bytes(), rows: 0, bytes: 0, cut: 0 }
    }

    pub fn begin_row(&mut self) {
        self.rows += 1;
        self.put(b"<row>");
    }

    /// Gives the row to `out`.
    pub fn end_row(&mut self, out: &mut impl Write) -> Result<(), ExportError> {
        self.put(b"</row>");
        if self.buffer.len() >= BUFFER {
            self.pass_on(out)?;
        }
        Ok(())
    }

    pub fn end(&mut self, out: &mut impl Write) -> Result<(), ExportError> {
        self.put(b"</sheetData></worksheet>");
        self.pass_on(out)
    }

    fn pass_on(&mut self, out: &mut impl Write) -> Result<(), ExportError> {
        out.write_all(&self.buffer)?;
        self.bytes += self.buffer.len() as u64;
        self.buffer.clear();
        Ok(())
    }

    /// Cells have no addresses: each stands behind the one before it, so empty ones are there, too.
    pub fn cell(&mut self, kind: Cell, text: &str, shared: &mut Shared) {
        match kind {
            _ if text.is_empty() => self.put(b"<c/>"),
            Cell::Number => self.number(text, shared),
            Cell::Date => match serial(text) {
                Some(days) => self.wrapped(br#"<c s="1"><v>"#, days.to_string().as_bytes(), b"</v></c>"),
                None => self.number(text, shared),
            },
            Cell::Code => self.code(b"<c t=\"s\"><v>", text, shared),
            Cell::Heading => self.code(b"<c s=\"2\" t=\"s\"><v>", text, shared),
            Cell::Wrapped => self.text(br#"<c s="3" t="inlineStr"><is><t xml:space="preserve">"#, text),
            Cell::Text => self.text(br#"<c t="inlineStr"><is><t xml:space="preserve">"#, text),
        }
    }

    /// What is stored as a number is one; anything else stays a text.
    fn number(&mut self, text: &str, shared: &mut Shared) {
        if text.parse::<f64>().is_ok_and(f64::is_finite) {
            self.wrapped(b"<c><v>", text.as_bytes(), b"</v></c>");
        } else {
            self.code(b"<c t=\"s\"><v>", text, shared);
        }
    }

    fn code(&mut self, begin: &[u8], text: &str, shared: &mut Shared) {
        match shared.place(text) {
            Some(place) => self.wrapped(begin, place.as_bytes(), b"</v></c>"),
            None => self.text(br#"<c t="inlineStr"><is><t xml:space="preserve">"#, text),
        }
    }

    fn text(&mut self, begin: &[u8], text: &str) {
        self.put(begin);
        match fitting(text) {
            None => escape(text, &mut self.buffer),
            Some(part) => {
                self.cut += 1;
                escape(part, &mut self.buffer);
                self.put(GOES_ON.as_bytes());
            }
        }
        self.put(b"</t></is></c>");
    }

    fn wrapped(&mut self, begin: &[u8], inside: &[u8], end: &[u8]) {
        self.put(begin);
        self.put(inside);
        self.put(end);
    }

    fn put(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }
}

/// The beginning of a text that is longer than a cell.
fn fitting(text: &str) -> Option<&str> {
    // a byte is never less than a unit
    if text.len() <= LONGEST || text.encode_utf16().count() <= LONGEST {
        return None;
    }
    let mut units = GOES_ON.encode_utf16().count();
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > LONGEST
    });
    end.map(|(at, _)| &text[..at])
}

/// A day as Excel counts: 1 is 1 January 1900, and 29 February of that year counts although it never was.
fn serial(day: &str) -> Option<i64> {
    let day: NaiveDate = day.parse().ok()?;
    let zero = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let leap = NaiveDate::from_ymd_opt(1900, 3, 1)?;
    // what lies before is counted differently by different programs, and stays a text
    (day >= leap).then(|| (day - zero).num_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_excel_does() {
        assert_eq!(serial("1900-03-01"), Some(61));
        assert_eq!(serial("2026-09-05"), Some(46_270));
        assert_eq!((serial("1900-02-28"), serial("-9"), serial("")), (None, None, None));
    }

    #[test]
    fn a_text_is_cut_at_a_letter_where_the_cell_ends_and_says_so() {
        assert_eq!(fitting(&"ế".repeat(LONGEST)), None);
        let long = "😀".repeat(LONGEST);
        let part = fitting(&long).unwrap();
        // these letters have two units each, so one may be left over
        let units = part.encode_utf16().count() + GOES_ON.encode_utf16().count();
        assert!((LONGEST - 1..=LONGEST).contains(&units), "{units}");
    }
}
