//! What stands in front of the data: the records that describe it, all numbers least byte first.

use super::super::{Occasion, Rows, about};
use super::bytes::Bytes;
use super::data::{BIAS, pieces};
use super::extension;
use super::names::shortened;
use super::plan::{Entry, Plan, Store};

/// Longest labels, in bytes, that every version reads.
pub(super) const LABEL: usize = 255;
pub(super) const VALUE_LABEL: usize = 120;
/// A line of the file's document.
const LINE: usize = 80;
/// Values that count as missing, at most.
pub(super) const MOST_MISSING: usize = 3;

/// Everything in front of the data.
pub(super) fn written(plan: &Plan, rows: &Rows, occasion: &Occasion<'_>, cases: u64) -> Vec<u8> {
    let shorts = shorts(plan);
    let mut out = Bytes::default();
    header(plan, rows, occasion, cases, &mut out);
    for (entry, shorts) in plan.entries().zip(&shorts) {
        variable(entry, shorts, &mut out);
    }
    value_labels(plan, &mut out);
    document(rows, occasion, &mut out);
    extension::machine(&mut out);
    extension::sets(plan, &shorts, &mut out);
    extension::display(plan, &mut out);
    extension::long_names(plan, &shorts, &mut out);
    out.int(7).int(16).int(8).int(2).raw(&1_i64.to_le_bytes()).raw(&cases.to_le_bytes());
    extension::originals(plan, &mut out);
    out.extension(20, b"UTF-8");
    extension::long_value_labels(plan, &mut out);
    extension::long_missing(plan, &mut out);
    out.int(999).int(0);
    out.0
}

/// Each variable's pieces have names of eight bytes in the old part of the file.
fn shorts(plan: &Plan) -> Vec<Vec<String>> {
    let mut next = 0;
    let mut name = || {
        next += 1;
        format!("V{next}")
    };
    plan.entries().map(|entry| (0..pieces(entry).count().max(1)).map(|_| name()).collect()).collect()
}

pub(super) fn is_text(entry: &Entry) -> bool {
    matches!(entry.store, Store::Text { .. })
}

pub(super) fn width(entry: &Entry) -> usize {
    if let Store::Text { width } = entry.store { width } else { 0 }
}

fn header(plan: &Plan, rows: &Rows, occasion: &Occasion<'_>, cases: u64, out: &mut Bytes) {
    let elements = |entry: &Entry| pieces(entry).map(|width| width.div_ceil(8)).sum::<usize>().max(1);
    out.raw(b"$FL2").padded("@(#) SPSS DATA FILE - Lang Nghe", 60).int(2);
    out.size(plan.entries().map(elements).sum()).int(1).int(0);
    out.int(i32::try_from(cases).unwrap_or(-1)).float(BIAS);
    // the day; of the time nothing is told
    out.padded(&occasion.today.format("%d %b %y").to_string(), 9).padded("00:00:00", 8);
    out.padded(&shortened(&rows.round.title, 64), 64).raw(&[0; 3]);
}

/// Type, width and decimals of how values are shown.
fn format(entry: &Entry, piece: usize) -> i32 {
    let (kind, width, decimals) = match entry.store {
        Store::Number { decimals } => (5, 8, i32::from(decimals)),
        Store::Date => (38, 10, 0),
        Store::Time => (21, 5, 0),
        Store::Text { .. } => (1, i32::try_from(piece).unwrap_or(255), 0),
    };
    kind << 16 | width << 8 | decimals
}

fn variable(entry: &Entry, shorts: &[String], out: &mut Bytes) {
    let widths: Vec<usize> = if is_text(entry) { pieces(entry).collect() } else { vec![0] };
    for (at, (width, short)) in widths.iter().zip(shorts).enumerate() {
        let missing = if at == 0 { missing(entry) } else { Vec::new() };
        out.int(2).size(*width).int(i32::from(at == 0)).size(missing.len());
        let format = format(entry, *width);
        out.int(format).int(format).padded(short, 8);
        if at == 0 {
            let label = shortened(&entry.label, LABEL);
            out.size(label.len()).padded(&label, label.len().next_multiple_of(4));
        }
        for value in &missing {
            out.raw(value);
        }
        for _ in 1..width.div_ceil(8) {
            out.int(2).int(-1).int(0).int(0).int(0).int(0).padded("", 8);
        }
    }
}

/// Missing values that the old record holds: of numbers and of texts of eight bytes.
fn missing(entry: &Entry) -> Vec<[u8; 8]> {
    let codes = entry.meanings.iter().filter(|(_, _, is_missing)| *is_missing).take(MOST_MISSING);

    match entry.store {
        Store::Text { width } if width > 8 => Vec::new(),
        _ => codes.filter_map(|(code, ..)| value(code, is_text(entry))).collect(),
    }
}

/// A code as eight bytes.
pub(super) fn value(code: &str, is_text: bool) -> Option<[u8; 8]> {
    if !is_text {
        return code.parse::<f64>().ok().map(f64::to_le_bytes);
    }
    let mut eight = [b' '; 8];
    eight.get_mut(..code.len())?.copy_from_slice(code.as_bytes());
    Some(eight)
}

/// For numbers and texts of eight bytes.
fn value_labels(plan: &Plan, out: &mut Bytes) {
    let mut place = 1;
    for entry in plan.entries() {
        let at = place;
        place += pieces(entry).map(|width| width.div_ceil(8)).sum::<usize>().max(1);
        if width(entry) > 8 || entry.meanings.is_empty() {
            continue;
        }
        let known: Vec<_> =
            entry.meanings.iter().filter_map(|(code, label, _)| Some((value(code, is_text(entry))?, label))).collect();
        out.int(3).size(known.len());
        for (value, label) in known {
            let label = shortened(label, VALUE_LABEL);
            let length = u8::try_from(label.len()).unwrap_or(0);
            out.raw(&value).raw(&[length]).padded(&label, (label.len() + 1).next_multiple_of(8) - 1);
        }
        out.int(4).int(1).size(at);
    }
}

/// What the other files tell on a sheet of their own.
fn document(rows: &Rows, occasion: &Occasion<'_>, out: &mut Bytes) {
    let phrases = occasion.phrases;
    let mut texts = vec![
        format!("{} ({})", rows.round.title, rows.round.slug),
        format!("{}: {}", phrases.say("export-about-selection"), rows.selection),
        format!("{} – {}", occasion.today.format("%d/%m/%Y"), occasion.maker),
        about::values(rows, phrases),
        phrases.say("export-about-licence-text"),
    ];
    texts.extend(rows.excluded.in_words(phrases));
    let lines: Vec<String> = texts.iter().flat_map(|text| wrapped(text)).collect();
    out.int(6).size(lines.len());
    for line in &lines {
        out.padded(line, LINE);
    }
}

/// Lines that break between words.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let word = shortened(word, LINE);
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(&word),
            Some(line) if line.len() + 1 + word.len() <= LINE => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}
