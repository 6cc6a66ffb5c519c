//! Themes counted by how content the forms are, by kind, level, language or unit.

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

/// More units than this stand below each other and not beside each other anywhere.
const MOST_COLUMNS: usize = 12;

/// A column: a part of the answers.
pub(super) struct Column {
    pub label: String,
    /// Answers in it.
    pub base: String,
    pub address: String,
}

/// A theme.
pub(super) struct Line {
    pub label: String,
    pub address: String,
    pub all: String,
    /// Count and share of each column.
    pub cells: Vec<(String, String)>,
}

/// The table.
pub(super) struct Table {
    pub columns: Vec<Column>,
    pub lines: Vec<Line>,
    /// How many parts are not shown.
    pub more: usize,
}

/// Counts these answers. Several themes may be about one answer, so columns do not add up to their base.
pub(super) fn table(desk: &Desk, reading: &Reading, places: &[usize], wanted: &Wanted, words: Words) -> Table {
    let split = wanted.split();
    let bases = reading.bases(places, split);
    let mut parts: Vec<(String, String)> =
        bases.keys().map(|code| (code.clone(), name(desk, split, code, words))).collect();
    sort(split, &mut parts);
    let more = parts.len().saturating_sub(MOST_COLUMNS);
    parts.truncate(MOST_COLUMNS);
    let base = |code: &String| bases.get(code).copied().unwrap_or(0);
    let parameter = parameter(split);
    let column = |(code, label): &(String, String)| Column {
        label: label.clone(),
        base: count(words, base(code)),
        address: wanted.with(&[(parameter, &value(desk, split, code))]),
    };
    let line = |label: String, code: &str, own: Vec<usize>| {
        let counts = reading.bases(&own, split);
        let cell = |(part, _): &(String, String)| {
            let n = counts.get(part).copied().unwrap_or(0);
            let share = share(n, base(part)).map(|share| words.share(&share).0);
            (count(words, n), share.unwrap_or_default())
        };
        Line {
            label,
            address: wanted.with(&[("theme", code)]),
            all: count(words, own.len()),
            cells: parts.iter().map(cell).collect(),
        }
    };
    let live = reading.marks.live();
    let mut lines: Vec<Line> =
        live.map(|theme| line(theme.name.clone(), &theme.code, reading.with_theme(places, theme))).collect();
    let bare = places.iter().copied().filter(|place| reading.marks.is_bare(*place)).collect();
    lines.push(line(words.say("voice-no-theme-yet"), NO_THEME, bare));
    Table { columns: parts.iter().map(column).collect(), lines, more }
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
