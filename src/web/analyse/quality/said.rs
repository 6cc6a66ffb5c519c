//! What the rules found, as it is printed.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use crate::analysis::share;
use crate::frame::exclusion;
use crate::frame::quality::{Found, Quality, Repeated};
use crate::store::exclusions::{ExclusionRow, TakenBack};
use crate::store::rounds::NamedUnit;
use crate::survey::exclusion::{Days, Rule};
use crate::survey::pace::Pace;
use crate::vietnamese::{self, compare};
use crate::web::words::Words;

/// A rule and what it finds.
pub(super) struct RuleRow {
    pub code: &'static str,
    pub name: String,
    /// The rule with its numbers.
    pub rule: String,
    pub n: String,
    pub share: String,
    /// How many it finds, for the form that leaves them out.
    pub seen: u64,
    /// How many of them the rule leaves out already.
    pub excluded: String,
    /// How many it would leave out now; none: it leaves out all of them.
    pub left: Option<String>,
    /// More are found than are left out at once.
    pub has_more: bool,
    pub units: Vec<UnitRow>,
    pub is_found: bool,
    /// What the forms have in common, where that can be read.
    pub texts: Option<Texts>,
}

/// Texts that stand in several forms.
pub(super) struct Texts {
    pub title: String,
    /// Each with how many forms have it, the most frequent first.
    pub rows: Vec<(String, String)>,
    /// That there are more of them.
    pub more: Option<String>,
}

pub(super) struct UnitRow {
    pub name: String,
    pub n: String,
    pub share: String,
}

/// An exclusion.
pub(super) struct PastRow {
    pub id: i64,
    pub name: String,
    /// The unit and its days, where it is about those.
    pub days: Option<String>,
    pub n: String,
    pub reason: String,
    pub made: String,
    pub undone: Option<String>,
}

/// See [`exclusion::MOST`].
const AT_ONCE: u64 = exclusion::MOST as u64;

pub(super) fn rules(
    found: &Quality,
    units: &[NamedUnit],
    excluded: &BTreeMap<Rule, Vec<Vec<u8>>>,
    words: Words,
) -> Vec<RuleRow> {
    let nothing = Found::default();
    let row = |rule: Rule| {
        let own = found.found.get(&rule).unwrap_or(&nothing);
        let by_rule = excluded.get(&rule).map(Vec::as_slice).unwrap_or_default();
        let out = own.forms.iter().filter(|form| by_rule.binary_search(form).is_ok()).count() as u64;
        let n = own.forms.len() as u64;
        RuleRow {
            code: rule.code(),
            name: name(rule, words),
            rule: numbered(rule, words),
            n: number(n, words),
            seen: n,
            share: share(n, found.forms).map(|share| words.share(&share).0).unwrap_or_default(),
            excluded: number(out, words),
            left: (n > out).then(|| number((n - out).min(AT_ONCE), words)),
            has_more: n - out > AT_ONCE,
            units: of_units(own, &found.units, units, words),
            is_found: !own.forms.is_empty(),
            texts: (rule == Rule::SameText && !found.texts.is_empty()).then(|| texts(found, words)),
        }
    };
    Rule::SEARCHING.map(row).into()
}

fn texts(found: &Quality, words: Words) -> Texts {
    let row = |one: &Repeated| (cut(&one.text, LONGEST_TEXT), number(one.forms.into(), words));
    let more = found.all_texts.saturating_sub(found.texts.len()) as u64;
    Texts {
        title: words.with("quality-texts", "n", number(found.all_texts as u64, words)),
        rows: found.texts.iter().map(row).collect(),
        more: (more > 0).then(|| words.with("quality-texts-more", "n", number(more, words))),
    }
}

fn of_units(found: &Found, all: &BTreeMap<i64, u64>, units: &[NamedUnit], words: Words) -> Vec<UnitRow> {
    let row = |(unit, n): (&i64, &u64)| UnitRow {
        name: units.iter().find(|known| known.id == *unit).map(|known| known.name.clone()).unwrap_or_default(),
        n: number(*n, words),
        share: share(*n, all.get(unit).copied().unwrap_or(0)).map(|share| words.share(&share).0).unwrap_or_default(),
    };
    let mut rows: Vec<UnitRow> = found.units.iter().map(row).collect();
    rows.sort_by(|a, b| compare(&a.name, &b.name));
    rows
}

pub(super) fn number(n: u64, words: Words) -> String {
    words.number(i64::try_from(n).unwrap_or(i64::MAX))
}

/// What a rule is called.
pub(in crate::web::analyse) fn name(rule: Rule, words: Words) -> String {
    words.say(&format!("quality-{}", rule.code()))
}

fn numbered(rule: Rule, words: Words) -> String {
    let sentence = format!("quality-rule-{}", rule.code());
    words.fill(
        &sentence,
        [
            ("ratings", Rule::LEAST_RATINGS.to_string()),
            ("open", Rule::MOST_OPEN.to_string()),
            ("asked", Rule::LEAST_ASKED.to_string()),
            ("forms", Rule::SAME_FORMS.to_string()),
            ("words", Rule::SAME_WORDS.to_string()),
            ("least", Pace::LEAST_WORDS.to_string()),
            ("pace", (60_000 / Pace::MILLIS_A_WORD).to_string()),
        ],
    )
}

/// How many forms were filled in how fast, in a sentence.
pub(super) fn paces(found: &Quality, words: Words) -> String {
    let of = |pace: Pace| number(found.paces.get(&pace).copied().unwrap_or(0), words);
    let values = [Pace::Rushed, Pace::Brisk, Pace::Ordinary, Pace::Unknown].map(|pace| (pace.code(), of(pace)));
    words.fill("quality-paces", values)
}

/// The unit and its days.
fn of_days(unit: &NamedUnit, days: Days, words: Words) -> String {
    let [first, last] = [days.first(), days.last()].map(vietnamese::date);
    let name = if first == last { "quality-one-day" } else { "quality-days" };
    words.fill(name, [("unit", unit.name.clone()), ("first", first), ("last", last)])
}

/// The forms that a unit has on some days.
pub(super) struct Preview {
    /// How many, and how many of them are left out.
    pub said: String,
    /// How many, for the form that leaves them out; none: there are none.
    pub seen: Option<usize>,
    /// How many would be left out now; none: they are left out as such days already.
    pub left: Option<String>,
    /// There are more than are left out at once.
    pub has_more: bool,
}

/// What leaving out the days of a unit would do; forms that are out already come by any rule, and by this one.
pub(super) fn preview(
    forms: &[Vec<u8>],
    (excluded, by_rule): (&[Vec<u8>], &[Vec<u8>]),
    (unit, days): (&NamedUnit, Days),
    words: Words,
) -> Preview {
    let among = |out: &[Vec<u8>]| forms.iter().filter(|form| out.binary_search(form).is_ok()).count();
    let (n, left) = (forms.len() as u64, (forms.len() - among(by_rule)) as u64);
    let out = number(among(excluded) as u64, words);
    let values = [("days", of_days(unit, days, words)), ("n", number(n, words)), ("out", out)];
    Preview {
        said: words.fill("quality-days-found", values),
        seen: (n > 0).then_some(forms.len()),
        left: (left > 0).then(|| number(left.min(AT_ONCE), words)),
        has_more: left > AT_ONCE,
    }
}

/// That other forms are found than were seen, so that nothing was left out.
pub(super) fn changed(rule: Rule, (seen, now): (usize, usize), words: Words) -> String {
    let sentence = if rule == Rule::UnitDays { "quality-days-changed" } else { "quality-changed" };
    words.fill(sentence, [("seen", seen), ("now", now)].map(|(name, n)| (name, number(n as u64, words))))
}

/// A sentence on what somebody typed: the first of it, and how much it is.
pub(super) fn listed(sentence: &str, typed: &[&str], words: Words) -> String {
    let shown: Vec<String> = typed.iter().take(NAMED).map(|one| cut(one, LONGEST_ID)).collect();
    let more = if typed.len() > NAMED { ", …" } else { "" };
    let values = [("n", number(typed.len() as u64, words)), ("ids", format!("{}{more}", shown.join(", ")))];
    words.fill(sentence, values)
}

/// So many of them are named.
const NAMED: usize = 5;

/// Letters of an id, if it is one, with what other programs put into it.
const LONGEST_ID: usize = 40;

/// Letters of a text that many forms have.
const LONGEST_TEXT: usize = 160;

/// The beginning of a text, with a mark where it goes on.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Up to when the rules looked at forms.
pub(super) fn taken(at: NaiveDateTime, since: i64, words: Words) -> String {
    let at = words.moment(at);
    match since {
        0 => words.with("crosstab-taken", "at", at),
        since => words.fill("quality-taken-since", [("at", at), ("n", words.number(since))]),
    }
}

pub(super) fn past(row: &ExclusionRow, units: &[NamedUnit], words: Words) -> PastRow {
    let undone = |TakenBack { at, by, why }: &TakenBack| {
        words.fill("quality-undone", [("at", words.moment(*at)), ("who", by.clone()), ("why", why.clone())])
    };
    PastRow {
        id: row.id,
        name: name(row.rule, words),
        days: row.days.and_then(|(unit, days)| {
            let unit = units.iter().find(|known| known.id == unit)?;
            Some(of_days(unit, days, words))
        }),
        n: words.number(row.forms),
        reason: row.reason.clone(),
        made: words.fill("quality-made", [("at", words.moment(row.made_at)), ("who", row.made_by.clone())]),
        undone: row.undone.as_ref().map(undone),
    }
}

/// How many forms each rule leaves out, for under a table; none where nothing is left out.
pub(in crate::web::analyse) fn by_rule(excluded: &BTreeMap<Rule, i64>, words: Words) -> Option<String> {
    let said = words.with("quality-out-by-rule", "rules", each(excluded, words)?);
    Some(if excluded.len() > 1 { format!("{said} {}", words.say("quality-out-twice")) } else { said })
}

/// Each rule with its number; none where there is none.
pub(in crate::web::analyse) fn each(excluded: &BTreeMap<Rule, i64>, words: Words) -> Option<String> {
    let rules = excluded.iter().map(|(rule, n)| format!("“{}” {}", name(*rule, words), words.number(n)));
    let rules: Vec<String> = rules.collect();
    (!rules.is_empty()).then(|| rules.join("; "))
}

/// How many forms are left out of every figure, and by which rules.
pub(in crate::web::analyse) fn excluded(forms: &[Vec<u8>], history: &[ExclusionRow], words: Words) -> String {
    if forms.is_empty() {
        return words.say("quality-nothing-out");
    }
    let mut rules: Vec<Rule> = history.iter().filter(|row| row.undone.is_none()).map(|row| row.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    let rules: Vec<String> = rules.into_iter().map(|rule| format!("“{}”", name(rule, words))).collect();
    words.fill("quality-out", [("n", number(forms.len() as u64, words)), ("rules", rules.join(", "))])
}
