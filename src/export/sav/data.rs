//! The cells, compressed as SPSS does: of eight values in a row the first bytes say which are small whole numbers, blanks or
//! missing; only others follow in full.

use std::io::Write;

use chrono::NaiveDate;

use super::super::ExportError;
use super::names::cut;
use super::plan::{Column, Entry, LONGEST, Store};

/// Added to small numbers.
pub(super) const BIAS: f64 = 100.0;
/// Nothing there.
pub(super) const MISSING: f64 = -f64::MAX;
const SECONDS_PER_DAY: i64 = 86_400;

/// What one byte says about a value.
const END: u8 = 252;
const IN_FULL: u8 = 253;
const BLANK: u8 = 254;
const NOTHING: u8 = 255;

/// Values on their way into the file.
pub(super) struct Compressor<W: Write> {
    out: W,
    said: [u8; 8],
    count: usize,
    full: Vec<u8>,
}

impl<W: Write> Compressor<W> {
    pub fn new(out: W) -> Self {
        Self { out, said: [0; 8], count: 0, full: Vec::with_capacity(64) }
    }

    fn say(&mut self, byte: u8, full: &[u8]) -> Result<(), ExportError> {
        self.said[self.count] = byte;
        self.count += 1;
        self.full.extend_from_slice(full);
        if self.count == self.said.len() {
            self.out.write_all(&self.said)?;
            self.out.write_all(&self.full)?;
            (self.said, self.count) = ([0; 8], 0);
            self.full.clear();
        }
        Ok(())
    }

    fn number(&mut self, number: Option<f64>) -> Result<(), ExportError> {
        let Some(number) = number else { return self.say(NOTHING, &[]) };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 1 to 251, and whole")]
        let small = (number.fract() == 0.0 && (-99.0..=151.0).contains(&number)).then_some((number + BIAS) as u8);
        match small {
            Some(byte) => self.say(byte, &[]),
            None => self.say(IN_FULL, &number.to_le_bytes()),
        }
    }

    /// A text in so many bytes, blanks at its end; the text is no longer than that.
    fn text(&mut self, text: &[u8], width: usize) -> Result<(), ExportError> {
        let pieces = text.chunks(8);
        let blanks = width.div_ceil(8).saturating_sub(pieces.len());
        for piece in pieces {
            let mut eight = [b' '; 8];
            eight[..piece.len()].copy_from_slice(piece);
            if eight == [b' '; 8] { self.say(BLANK, &[])? } else { self.say(IN_FULL, &eight)? }
        }
        self.blanks(blanks)
    }

    /// So many times eight blanks; a column is as wide as its longest text, so most of it is blank.
    fn blanks(&mut self, mut count: usize) -> Result<(), ExportError> {
        while count > 0 && self.count > 0 {
            self.say(BLANK, &[])?;
            count -= 1;
        }
        for _ in 0..count / self.said.len() {
            self.out.write_all(&[BLANK; 8])?;
        }
        (0..count % self.said.len()).try_for_each(|_| self.say(BLANK, &[]))
    }

    pub fn end(mut self) -> Result<(), ExportError> {
        self.say(END, &[])?;
        while self.count > 0 {
            self.say(0, &[])?;
        }
        Ok(())
    }
}

/// Writes one cell; a text that is too long for one variable goes on in the next.
pub(super) fn cell(column: &Column, cell: &[u8], out: &mut Compressor<impl Write>) -> Result<(), ExportError> {
    if let [entry] = column.entries.as_slice() {
        return value(entry, cell, out);
    }
    let mut rest = written(cell)?;
    for entry in &column.entries {
        let part = cut(rest, LONGEST);
        rest = &rest[part.len()..];
        spread(entry, part.as_bytes(), out)?;
    }
    Ok(())
}

fn value(entry: &Entry, cell: &[u8], out: &mut Compressor<impl Write>) -> Result<(), ExportError> {
    match entry.store {
        Store::Number { .. } => out.number(parsed(cell)),
        Store::Date => out.number(seconds_of_day(written(cell)?)),
        Store::Time => out.number(seconds_of_time(written(cell)?)),
        Store::Text { .. } => spread(entry, cell, out),
    }
}

fn written(cell: &[u8]) -> Result<&str, ExportError> {
    Ok(std::str::from_utf8(cell).map_err(std::io::Error::other)?)
}

/// The number in a cell; nearly all are one digit, or not there.
fn parsed(cell: &[u8]) -> Option<f64> {
    match cell {
        [] => None,
        [digit @ b'0'..=b'9'] => Some(f64::from(digit - b'0')),
        _ => std::str::from_utf8(cell).ok()?.parse().ok(),
    }
}

/// A text longer than 255 bytes lies in several pieces, 255 bytes in each but the last.
fn spread(entry: &Entry, text: &[u8], out: &mut Compressor<impl Write>) -> Result<(), ExportError> {
    let widths = pieces(entry);
    let mut begin = 0;
    for width in widths {
        let end = (begin + width).min(text.len());
        out.text(text.get(begin..end).unwrap_or_default(), width)?;
        begin += width;
    }
    Ok(())
}

/// The widths of the pieces that a variable lies in; none for numbers. For each 252 bytes there is one, though they hold 255.
pub(super) fn pieces(entry: &Entry) -> impl Iterator<Item = usize> + use<> {
    const STEP: usize = 252;
    let width = if let Store::Text { width } = entry.store { width } else { 0 };
    let count = if width > 255 { width.div_ceil(STEP) } else { usize::from(width > 0) };
    (0..count).map(move |at| if at + 1 < count { 255 } else { width - at * STEP })
}

/// The code for “not answered” stays what it is.
fn seconds_of_day(text: &str) -> Option<f64> {
    let Ok(day) = text.parse::<NaiveDate>() else { return text.parse().ok() };
    // SPSS counts from the day before the Gregorian calendar began
    let first = NaiveDate::from_ymd_opt(1582, 10, 14)?;
    number((day - first).num_days() * SECONDS_PER_DAY)
}

fn seconds_of_time(text: &str) -> Option<f64> {
    match text.split_once(':') {
        Some((hour, minute)) => number(hour.parse::<i64>().ok()? * 3600 + minute.parse::<i64>().ok()? * 60),
        None => text.parse().ok(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "seconds of some centuries are far below 2^53")]
fn number(seconds: i64) -> Option<f64> {
    Some(seconds as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_seconds_since_the_calendar_began() {
        assert_eq!(seconds_of_day("1582-10-15"), Some(86_400.0));
        assert_eq!(seconds_of_day("2026-09-05"), Some(14_007_945_600.0));
        assert_eq!((seconds_of_day("-9"), seconds_of_day("")), (Some(-9.0), None));
        assert_eq!((seconds_of_time("07:30"), seconds_of_time("-9")), (Some(27_000.0), Some(-9.0)));
    }

    #[test]
    fn a_wide_column_is_as_many_blanks_as_it_has_room_wherever_it_begins() {
        for (before, width) in (0..9).flat_map(|before| [8, 56, 64, 72, 255, 2000].map(|width| (before, width))) {
            let mut out = Vec::new();
            let mut compressor = Compressor::new(&mut out);
            (0..before).for_each(|_| compressor.number(None).unwrap());
            compressor.text(b"", width).unwrap();
            compressor.number(Some(1.0)).unwrap();
            compressor.end().unwrap();
            let blanks: usize = width.div_ceil(8);
            let wanted = [vec![NOTHING; before], vec![BLANK; blanks], vec![101, END]].concat();
            assert_eq!(out[..wanted.len()], wanted, "{before} {width}");
            assert!(out[wanted.len()..].iter().all(|byte| *byte == 0));
        }
    }

    #[test]
    fn a_digit_is_read_as_any_number_is() {
        for cell in ["", "0", "5", "12", "-9", "0.5", "1e3", "x", "ế"] {
            assert_eq!(parsed(cell.as_bytes()), cell.parse().ok(), "{cell}");
        }
    }

    #[test]
    fn small_numbers_and_blanks_take_one_byte() {
        let mut out = Vec::new();
        let mut compressor = Compressor::new(&mut out);
        compressor.number(Some(5.0)).unwrap();
        compressor.number(Some(-9.0)).unwrap();
        compressor.number(None).unwrap();
        compressor.number(Some(0.5)).unwrap();
        compressor.text("ế".as_bytes(), 16).unwrap();
        compressor.end().unwrap();
        assert_eq!(out[..8], [105, 91, NOTHING, IN_FULL, IN_FULL, BLANK, END, 0]);
        assert_eq!(out[8..16], 0.5_f64.to_le_bytes());
        assert_eq!(&out[16..], "ế     ".as_bytes());
    }
}
