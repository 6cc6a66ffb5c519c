//! What a reader can choose.

use super::wanted::{NO_THEME, UNSAID, Wanted};
use super::{Desk, LISTED, label};
use crate::reading::{Reading, Split};
use crate::survey::code::{EVERY_LEVEL, Level};
use crate::survey::opinion::{OpinionKind, Satisfaction, has_kinds};
use crate::web::analyse::filter::Offer;
use crate::web::languages;
use crate::web::words::Words;

/// What one part of the filter offers.
pub(super) struct Offers {
    pub name: &'static str,
    pub label: String,
    pub every: String,
    pub list: Vec<Offer>,
}

fn offer(code: &str, label: String, chosen: &str) -> Offer {
    Offer { code: code.to_owned(), label, is_chosen: code == chosen }
}

/// What can be chosen; a list with one entry is no choice.
pub(super) fn offers(looked: &Desk, reading: &Reading, wanted: &Wanted, words: Words) -> Vec<Offers> {
    let texts = &reading.texts;
    let question = |code: &String| offer(code, label(texts, code, words.0), &wanted.question);
    let level = |code: &str| offer(code, words.say(&format!("level-short-{code}")), &wanted.level);
    let has_level = |code: &&str| texts.forms.iter().any(|form| form.questionnaire.level_code() == *code);
    let mut langs: Vec<_> = texts.answers.iter().map(|answer| answer.lang).collect();
    langs.sort_unstable();
    langs.dedup();
    let lang = |lang: &crate::survey::text::Lang| offer(lang.code(), languages::called(lang, words), &wanted.language);
    let mood = |code: &str| offer(code, words.say(&format!("voice-mood-{code}")), &wanted.mood);
    let has_overall = texts.forms.iter().any(|form| form.questionnaire.overall.is_some());
    let moods = Satisfaction::ALL.iter().map(|class| class.code()).chain([UNSAID]).map(mood);
    let kinds = OpinionKind::ALL.iter().map(|kind| kind.code());
    let kind = |code: &str| offer(code, words.say(&format!("voice-kind-{code}")), &wanted.kind);
    let has_kind = texts.forms.iter().any(|form| has_kinds(&form.questionnaire));
    let theme = |theme: &crate::store::themes::Theme| offer(&theme.code, theme.name.clone(), &wanted.theme);
    let themes =
        reading.marks.live().map(theme).chain([offer(NO_THEME, words.say("voice-no-theme-yet"), &wanted.theme)]);
    let levels = Level::ALL.iter().map(|level| level.code()).chain([EVERY_LEVEL]).filter(has_level);
    let office = |unit: &crate::store::rounds::NamedUnit| {
        offer(&unit.code, words.with("voice-office", "name", &unit.name), &wanted.unit)
    };
    let unit = |unit: &crate::store::rounds::NamedUnit| offer(&unit.code, unit.name.clone(), &wanted.unit);
    let schools = looked.units.iter().take(if looked.units.len() > LISTED { 0 } else { LISTED }).map(unit);
    let all = [
        ("question", texts.questions.iter().map(question).collect::<Vec<_>>()),
        ("theme", themes.collect()),
        ("mood", if has_overall { moods.collect() } else { Vec::new() }),
        ("kind", if has_kind { kinds.map(kind).collect() } else { Vec::new() }),
        ("level", levels.map(level).collect()),
        ("unit", looked.offices.iter().map(office).chain(schools).collect()),
        ("language", langs.iter().map(lang).collect()),
    ];
    let several = all.into_iter().filter(|(_, list)| list.len() > 1);
    several
        .map(|(name, list)| Offers {
            name,
            label: words.say(&format!("voice-filter-{name}")),
            every: words.say(&format!("voice-every-{name}")),
            list,
        })
        .collect()
}

pub(super) fn splits(reading: &Reading, wanted: &Wanted, words: Words) -> Vec<Offer> {
    let places = reading.counted();
    let all = [
        (Split::Satisfaction, "mood"),
        (Split::Kind, "kind"),
        (Split::Level, "level"),
        (Split::Unit, "unit"),
        (Split::Lang, "lang"),
    ];
    let several = all.into_iter().filter(|(split, _)| reading.bases(&places, *split).len() > 1);
    several
        .map(|(split, name)| Offer {
            code: wanted.with(&[("by", name)]),
            label: words.say(&format!("voice-by-{name}")),
            is_chosen: split == wanted.split(),
        })
        .collect()
}
