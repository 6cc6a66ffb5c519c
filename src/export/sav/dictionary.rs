//! What stands in front of the data: the records that describe it, all numbers least byte first.

use super::super::variable::Level;
use super::super::{Occasion, Rows, about};
use super::data::{BIAS, MISSING, pieces};
use super::names::{cut, shortened};
use super::plan::{Entry, Plan, Store};

/// Longest labels, in bytes, that every version reads.
const LABEL: usize = 255;
const VALUE_LABEL: usize = 120;
/// A line of the file's document.
const LINE: usize = 80;
/// Values that count as missing, at most.
const MOST_MISSING: usize = 3;

/// Bytes that are put together.
#[derive(Default)]
struct Bytes(Vec<u8>);

impl Bytes {
    fn int(&mut self, number: i32) -> &mut Self {
        self.raw(&number.to_le_bytes())
    }

    fn size(&mut self, size: usize) -> &mut Self {
        self.int(i32::try_from(size).unwrap_or(i32::MAX))
    }

    fn float(&mut self, number: f64) -> &mut Self {
        self.raw(&number.to_le_bytes())
    }

    fn raw(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.extend_from_slice(bytes);
        self
    }

    /// A text in so many bytes, blanks at its end.
    fn padded(&mut self, text: &str, width: usize) -> &mut Self {
        let text = cut(text, width);
        self.raw(text.as_bytes());
        self.0.resize(self.0.len() + width - text.len(), b' ');
        self
    }

    /// An extension record: elements of one byte.
    fn extension(&mut self, kind: i32, data: &[u8]) {
        self.int(7).int(kind).int(1).size(data.len()).raw(data);
    }
}

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
    machine(&mut out);
    sets(plan, &shorts, &mut out);
    display(plan, &mut out);
    long_names(plan, &shorts, &mut out);
    out.int(7).int(16).int(8).int(2).raw(&1_i64.to_le_bytes()).raw(&cases.to_le_bytes());
    originals(plan, &mut out);
    out.extension(20, b"UTF-8");
    long_value_labels(plan, &mut out);
    long_missing(plan, &mut out);
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

fn is_text(entry: &Entry) -> bool {
    matches!(entry.store, Store::Text { .. })
}

fn width(entry: &Entry) -> usize {
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
fn value(code: &str, is_text: bool) -> Option<[u8; 8]> {
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
        format!("{}: {}", phrases.say("export-about-selection"), about::selection(&rows.wanted, phrases)),
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

/// Of which machine the numbers are: IEEE 754, least byte first, UTF-8.
fn machine(out: &mut Bytes) {
    out.int(7).int(3).int(4).int(8);
    for number in [1, 0, 0, -1, 1, 1, 2, 65_001] {
        out.int(number);
    }
    let lowest = f64::from_bits(MISSING.to_bits() - 1);
    out.int(7).int(4).int(8).int(3).float(MISSING).float(f64::MAX).float(lowest);
}

/// Questions with several choices: 1 means chosen.
fn sets(plan: &Plan, shorts: &[Vec<String>], out: &mut Bytes) {
    let mut text = String::new();
    for set in &plan.sets {
        let label = shortened(&set.label, LABEL);
        text.push_str(&format!("{}=D1 1 {} {label}", set.name, label.len()));
        for short in set.members.iter().filter_map(|at| shorts.get(*at)?.first()) {
            text.push(' ');
            text.push_str(&short.to_lowercase());
        }
        text.push('\n');
    }
    if !text.is_empty() {
        out.extension(7, text.as_bytes());
    }
}

/// Measure, width and alignment, of each piece.
fn display(plan: &Plan, out: &mut Bytes) {
    let mut data = Bytes::default();
    let mut count = 0;
    for entry in plan.entries() {
        let measure = match entry.level {
            Level::Nominal => 1,
            Level::Ordinal => 2,
            Level::Scale => 3,
        };
        for _ in 0..pieces(entry).count().max(1) {
            data.int(measure).int(if is_text(entry) { 16 } else { 8 }).int(i32::from(!is_text(entry)));
            count += 3;
        }
    }
    out.int(7).int(11).int(4).int(count).raw(&data.0);
}

fn long_names(plan: &Plan, shorts: &[Vec<String>], out: &mut Bytes) {
    let pairs: Vec<(&Entry, &String)> =
        plan.entries().zip(shorts).filter_map(|(entry, shorts)| Some((entry, shorts.first()?))).collect();
    let names: Vec<String> = pairs.iter().map(|(entry, short)| format!("{short}={}", entry.name)).collect();
    out.extension(13, names.join("\t").as_bytes());
    let long: String = pairs
        .iter()
        .filter(|(entry, _)| width(entry) > 255)
        .map(|(entry, short)| format!("{short}={:05}\0\t", width(entry)))
        .collect();
    if !long.is_empty() {
        out.extension(14, long.as_bytes());
    }
}

/// How the other files call a column whose name SPSS does not take.
fn originals(plan: &Plan, out: &mut Bytes) {
    let renamed: Vec<String> = plan
        .entries()
        .filter_map(|entry| Some(format!("{}:Column('{}'\n)", entry.name, entry.original.as_ref()?)))
        .collect();
    if !renamed.is_empty() {
        out.extension(18, renamed.join("/").as_bytes());
    }
}

fn long_texts(plan: &Plan) -> impl Iterator<Item = &Entry> {
    plan.entries().filter(|entry| width(entry) > 8)
}

fn long_value_labels(plan: &Plan, out: &mut Bytes) {
    let mut data = Bytes::default();
    for entry in long_texts(plan).filter(|entry| !entry.meanings.is_empty()) {
        data.size(entry.name.len()).raw(entry.name.as_bytes());
        data.size(width(entry)).size(entry.meanings.len());
        for (code, label, _) in &entry.meanings {
            let label = shortened(label, VALUE_LABEL);
            data.size(width(entry)).padded(code, width(entry)).size(label.len()).raw(label.as_bytes());
        }
    }
    if !data.0.is_empty() {
        out.extension(21, &data.0);
    }
}

fn long_missing(plan: &Plan, out: &mut Bytes) {
    let mut data = Bytes::default();
    for entry in long_texts(plan) {
        let missing = entry.meanings.iter().filter(|(_, _, is_missing)| *is_missing);
        let values: Vec<[u8; 8]> = missing.filter_map(|(code, ..)| value(code, true)).take(MOST_MISSING).collect();
        if let Ok(count @ 1..) = u8::try_from(values.len()) {
            data.size(entry.name.len()).raw(entry.name.as_bytes()).raw(&[count]).int(8);
            for value in values {
                data.raw(&value);
            }
        }
    }
    if !data.0.is_empty() {
        out.extension(22, &data.0);
    }
}
