//! Themes counted by how content the forms are, by kind, level, language or unit.

use std::collections::BTreeMap;

use super::Desk;
use super::count;
use super::wanted::{NO_THEME, UNSAID, Wanted};
use crate::analysis::share;
use crate::reading::{Reading, Split};
use crate::survey::code::{EVERY_LEVEL, Level};
use crate::survey::opinion::{OpinionKind, Satisfaction};
use crate::vietnamese;
use crate::web::languages;
use crate::web::words::Words;

/// A column: a part of the answers, or a theme.
pub(super) struct Column {
    pub label: String,
    /// Answers in it.
    pub base: String,
    pub address: String,
}

/// A theme, or a unit.
pub(super) struct Line {
    pub label: String,
    pub address: String,
    pub all: String,
    /// Count and share of each column.
    pub cells: Vec<(String, String)>,
}

/// The table.
pub(super) struct Table {
    /// What its lines are, what is counted first, and what the line of all is called.
    pub heads: [String; 3],
    /// All answers.
    pub all: String,
    pub columns: Vec<Column>,
    pub lines: Vec<Line>,
    /// Whether lines are units: shares are of the line, not of the column.
    pub is_by_unit: bool,
}

/// Counts these answers. Several themes may be about one answer, so columns do not add up to their base.
pub(super) fn table(desk: &Desk, reading: &Reading, places: &[usize], wanted: &Wanted, words: Words) -> Table {
    match wanted.split() {
        Split::Unit => by_unit(desk, reading, places, wanted, words),
        split => by_part(desk, reading, places, (wanted, split), words),
    }
}

/// The parts into which these answers fall, with their names, as people list them; and how many are in each.
fn parts(
    desk: &Desk,
    reading: &Reading,
    places: &[usize],
    split: Split,
    words: Words,
) -> (Vec<(String, String)>, BTreeMap<String, u64>) {
    let bases = reading.bases(places, split);
    let mut parts: Vec<(String, String)> =
        bases.keys().map(|code| (code.clone(), name(desk, split, code, words))).collect();
    sort(split, &mut parts);
    (parts, bases)
}

/// Each theme with its answers among these, and those that have none: label, code and places.
fn by_theme(reading: &Reading, places: &[usize], words: Words) -> Vec<(String, String, Vec<usize>)> {
    let live = reading.marks.live();
    let mut themes: Vec<(String, String, Vec<usize>)> =
        live.map(|theme| (theme.name.clone(), theme.code.clone(), reading.with_theme(places, theme))).collect();
    let bare = places.iter().copied().filter(|place| reading.marks.is_bare(*place)).collect();
    themes.push((words.say("voice-no-theme-yet"), NO_THEME.to_owned(), bare));
    themes
}

fn cell(n: u64, of: u64, words: Words) -> (String, String) {
    (count(words, n), share(n, of).map(|share| words.share(&share).0).unwrap_or_default())
}

/// Themes below each other, parts beside each other.
fn by_part(desk: &Desk, reading: &Reading, places: &[usize], (wanted, split): (&Wanted, Split), words: Words) -> Table {
    let (parts, bases) = parts(desk, reading, places, split, words);
    let base = |code: &String| bases.get(code).copied().unwrap_or(0);
    let column = |(code, label): &(String, String)| Column {
        label: label.clone(),
        base: count(words, base(code)),
        address: wanted.with(&[(parameter(split), &value(desk, split, code))]),
    };
    let line = |(label, code, own): (String, String, Vec<usize>)| {
        let counts = reading.bases(&own, split);
        let n = |part: &String| counts.get(part).copied().unwrap_or(0);
        Line {
            label,
            address: wanted.with(&[("theme", &code)]),
            all: count(words, own.len()),
            cells: parts.iter().map(|(part, _)| cell(n(part), base(part), words)).collect(),
        }
    };
    Table {
        heads: ["voice-theme", "voice-total", "voice-base"].map(|name| words.say(name)),
        all: count(words, places.len()),
        columns: parts.iter().map(column).collect(),
        lines: by_theme(reading, places, words).into_iter().map(line).collect(),
        is_by_unit: false,
    }
}

/// Units below each other, themes beside each other: there are few themes and may be hundreds of schools.
pub(super) fn by_unit(desk: &Desk, reading: &Reading, places: &[usize], wanted: &Wanted, words: Words) -> Table {
    let (units, bases) = parts(desk, reading, places, Split::Unit, words);
    let themes = by_theme(reading, places, words);
    let counts: Vec<BTreeMap<String, u64>> = themes.iter().map(|(_, _, own)| reading.bases(own, Split::Unit)).collect();
    let line = |(code, label): &(String, String)| {
        let base = bases.get(code).copied().unwrap_or(0);
        let n = |own: &BTreeMap<String, u64>| own.get(code).copied().unwrap_or(0);
        Line {
            label: label.clone(),
            address: wanted.with(&[("unit", &value(desk, Split::Unit, code))]),
            all: count(words, base),
            cells: counts.iter().map(|own| cell(n(own), base, words)).collect(),
        }
    };
    let column = |(label, code, own): &(String, String, Vec<usize>)| Column {
        label: label.clone(),
        base: count(words, own.len()),
        address: wanted.with(&[("theme", code)]),
    };
    Table {
        heads: ["voice-filter-unit", "voice-base", "voice-every-unit"].map(|name| words.say(name)),
        all: count(words, places.len()),
        columns: themes.iter().map(column).collect(),
        lines: units.iter().map(line).collect(),
        is_by_unit: true,
    }
}

fn parameter(split: Split) -> &'static str {
    match split {
        Split::Satisfaction => "mood",
        Split::Kind => "kind",
        Split::Level => "level",
        Split::Lang => "language",
        Split::Unit => "unit",
    }
}

/// A part as the address names it.
fn value(desk: &Desk, split: Split, code: &str) -> String {
    match split {
        Split::Satisfaction if code.is_empty() => UNSAID.to_owned(),
        Split::Unit => {
            code.parse().ok().and_then(|id| desk.unit(id)).map_or_else(String::new, |unit| unit.code.clone())
        }
        _ => code.to_owned(),
    }
}

/// A part as people call it.
pub(super) fn name(desk: &Desk, split: Split, code: &str, words: Words) -> String {
    match split {
        _ if code.is_empty() => words.say("voice-unsaid"),
        Split::Satisfaction => words.say(&format!("voice-mood-{code}")),
        Split::Kind => words.say(&format!("voice-kind-{code}")),
        Split::Level => words.say(&format!("level-short-{code}")),
        Split::Lang => code.parse().map_or_else(|_| code.to_owned(), |lang| languages::called(&lang, words)),
        Split::Unit => {
            code.parse().ok().and_then(|id| desk.unit(id)).map_or_else(|| code.to_owned(), |unit| unit.name.clone())
        }
    }
}

/// As people list them; units as in a dictionary, never by what they achieved.
fn sort(split: Split, parts: &mut [(String, String)]) {
    let place = |list: Vec<&str>, code: &str| list.iter().position(|known| *known == code).unwrap_or(usize::MAX);
    match split {
        Split::Satisfaction => {
            parts.sort_by_key(|(code, _)| place(Satisfaction::ALL.iter().map(|class| class.code()).collect(), code));
        }
        Split::Kind => {
            parts.sort_by_key(|(code, _)| place(OpinionKind::ALL.iter().map(|kind| kind.code()).collect(), code))
        }
        Split::Level => {
            let all = || Level::ALL.iter().map(|level| level.code()).chain([EVERY_LEVEL]).collect();
            parts.sort_by_key(|(code, _)| place(all(), code));
        }
        Split::Lang | Split::Unit => parts.sort_by(|a, b| vietnamese::compare(&a.1, &b.1)),
    }
}
