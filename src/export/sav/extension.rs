//! Records of type 7: what came to the format later.

use super::super::variable::Level;
use super::bytes::Bytes;
use super::data::{MISSING, pieces};
use super::dictionary::{LABEL, MOST_MISSING, VALUE_LABEL, is_text, value, width};
use super::names::shortened;
use super::plan::{Entry, Plan};

/// Of which machine the numbers are: IEEE 754, least byte first, UTF-8.
pub(super) fn machine(out: &mut Bytes) {
    out.int(7).int(3).int(4).int(8);
    for number in [1, 0, 0, -1, 1, 1, 2, 65_001] {
        out.int(number);
    }
    let lowest = f64::from_bits(MISSING.to_bits() - 1);
    out.int(7).int(4).int(8).int(3).float(MISSING).float(f64::MAX).float(lowest);
}

/// Questions with several choices: 1 means chosen.
pub(super) fn sets(plan: &Plan, shorts: &[Vec<String>], out: &mut Bytes) {
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
pub(super) fn display(plan: &Plan, out: &mut Bytes) {
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

pub(super) fn long_names(plan: &Plan, shorts: &[Vec<String>], out: &mut Bytes) {
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
pub(super) fn originals(plan: &Plan, out: &mut Bytes) {
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

pub(super) fn long_value_labels(plan: &Plan, out: &mut Bytes) {
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

pub(super) fn long_missing(plan: &Plan, out: &mut Bytes) {
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
