//! `/analyse/{slug}/open`: the reading desk.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::piece::{Piece, pieces};
use super::table::{self, Table};
use super::wanted::{NO_THEME, UNSAID, Wanted};
use super::{Desk, LISTED, count, label, open};
use crate::analysis::text::Query;
use crate::reading::{Answer, Found, MOST_ANSWERS, Reading, Split};
use crate::state::State;
use crate::store::open_answers;
use crate::survey::code::{EVERY_LEVEL, Level};
use crate::survey::opinion::{OpinionKind, Satisfaction, has_kinds};
use crate::web::analyse::filter::Offer;
use crate::web::analyse::frame::{Frame, Tab};
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::languages;
use crate::web::page;
use crate::web::session::Analyst;
use crate::web::words::Words;

/// Answers on a page.
const ON_A_PAGE: usize = 25;
/// Phrases on a page.
const MOST_PHRASES: usize = 18;

#[derive(Template)]
#[template(path = "web/analyse/open/show.html")]
struct OpenPage {
    desk: DeskFrame,
    frame: Frame,
    wanted: Wanted,
    /// Sentences about what the address names and the round does not have.
    unknown: Vec<String>,
    is_first: bool,
    is_behind: bool,
    is_sample: Option<String>,
    /// All answers of the round, and those that were found.
    all: usize,
    found: usize,
    said: String,
    offers: Vec<Offers>,
    themes: Vec<(String, String)>,
    cards: Vec<Card>,
    phrases: Vec<Phrase>,
    table: Option<Table>,
    splits: Vec<Offer>,
    pager: (usize, usize),
    /// The end of this page's address, for the forms on it.
    here: String,
    done: Option<Done>,
}

/// What one part of the filter offers.
struct Offers {
    name: &'static str,
    label: String,
    every: String,
    list: Vec<Offer>,
}

/// An answer.
struct Card {
    id: i64,
    text: Vec<Piece>,
    question: String,
    about: Vec<String>,
    themes: Vec<Chip>,
    /// Whether what was searched for stands in it with other diacritics.
    is_other: bool,
    lang: String,
}

/// A theme of an answer.
struct Chip {
    code: String,
    name: String,
    why: String,
}

struct Phrase {
    text: String,
    inside: String,
    why: String,
    address: String,
}

/// What was done just before.
struct Done {
    id: i64,
    sentence: String,
}

/// `GET /analyse/{slug}/open`
pub(super) async fn show(
    request: HttpRequest,
    officer: Analyst,
    state: web::Data<State>,
    slug: web::Path<String>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Failure> {
    let (wanted, words, now) = (wanted.into_inner(), officer.words, state.clock.now());
    let looked = open(&state, &officer, &slug).await?;
    let mut page = OpenPage {
        desk: DeskFrame::new(&request, &officer, Room::Results),
        frame: Frame::new(&officer, &looked.round, Tab::Open, now),
        unknown: Vec::new(),
        is_first: looked.opened.reading.is_none(),
        is_behind: looked.opened.is_behind,
        is_sample: None,
        all: 0,
        found: 0,
        said: String::new(),
        offers: Vec::new(),
        themes: Vec::new(),
        cards: Vec::new(),
        phrases: Vec::new(),
        table: None,
        splits: Vec::new(),
        pager: (1, 1),
        here: wanted.with(&[]),
        done: None,
        wanted,
    };
    if let Some(reading) = looked.opened.reading.clone() {
        page.fill(&state, looked, reading, words).await?;
    }
    page::show(&page)
}

impl OpenPage {
    async fn fill(&mut self, state: &State, looked: Desk, reading: Reading, words: Words) -> Result<(), Failure> {
        let (wanted, texts, marks) = (self.wanted.clone(), reading.texts.clone(), reading.marks.clone());
        let round_id = looked.round.id;
        let work = move |db: &mut crate::store::Db| {
            let read = wanted.filter(db, &looked.units, &texts, &marks)?;
            let reading = Reading { texts, marks };
            let found = if read.unknown.is_empty() { reading.find(&read.filter) } else { Found::default() };
            let last = found.places.len().div_ceil(ON_A_PAGE).max(1);
            let number = wanted.page().min(last);
            let shown: Vec<usize> = found.places.iter().copied().skip((number - 1) * ON_A_PAGE).take(ON_A_PAGE).collect();
            let ids: Vec<i64> = shown.iter().filter_map(|place| Some(reading.texts.answers.get(*place)?.id)).collect();
            let written: HashMap<i64, String> = open_answers::texts(db, round_id, &ids)?.into_iter().collect();
            let phrases = reading.key_phrases(&found, MOST_PHRASES);
            let table = table::table(&looked, &reading, &found.places, &wanted, words);
            Ok((looked, reading, read, found, (number, last), written, phrases, table))
        };
        let (looked, reading, read, found, pager, written, phrases, table) = state.store.read(work).await?;
        self.unknown = read.unknown.iter().map(|(sentence, code)| words.with(sentence, "code", code)).collect();
        (self.all, self.found, self.pager) = (reading.texts.answers.len(), found.places.len(), pager);
        self.is_sample = reading.texts.is_sample.then(|| count(words, MOST_ANSWERS));
        self.said = said(&found, self.all, read.filter.query.is_some(), words);
        self.offers = offers(&looked, &reading, &self.wanted, words);
        self.themes = reading.marks.live().map(|theme| (theme.code.clone(), theme.name.clone())).collect();
        self.splits = splits(&reading, &self.wanted, words);
        self.phrases = phrases.into_iter().map(|phrase| self.phrase(phrase, found.rest.len(), words)).collect();
        self.table = (!found.places.is_empty()).then_some(table);
        self.done = done(&reading, &self.wanted, words);
        self.here = self.wanted.with(&[("page", &pager.0.to_string())]);
        let first = (pager.0 - 1) * ON_A_PAGE;
        let shown = found.places.iter().enumerate().skip(first).take(ON_A_PAGE);
        let query = read.filter.query.as_ref();
        // whoever withdrew a form just now is not shown, although it may still be counted
        self.cards = shown
            .filter_map(|(at, place)| {
                let answer = reading.texts.answers.get(*place)?;
                let text = written.get(&answer.id)?;
                Some(card(&looked, &reading, (*place, answer), (text, query), at >= found.exact, words))
            })
            .collect();
        Ok(())
    }

    fn phrase(&self, phrase: crate::analysis::text::KeyPhrase, rest: usize, words: Words) -> Phrase {
        let numbers = [
            ("inside", count(words, phrase.inside)),
            ("n", count(words, self.found)),
            ("outside", count(words, phrase.outside)),
            ("m", count(words, rest)),
        ];
        let why = if phrase.surprise.is_some() { "voice-phrase-why" } else { "voice-phrase-often" };
        let typed = format!("{} \"{}\"", self.wanted.q, phrase.text);
        Phrase {
            inside: count(words, phrase.inside),
            why: words.fill(why, numbers),
            address: self.wanted.with(&[("q", typed.trim())]),
            text: phrase.text,
        }
    }

    fn export(&self, is_masked: bool) -> String {
        self.wanted.with(if is_masked { &[("masked", "1")] } else { &[] })
    }

    fn page_before(&self) -> Option<String> {
        (self.pager.0 > 1).then(|| self.wanted.with(&[("page", &(self.pager.0 - 1).to_string())]))
    }

    fn page_after(&self) -> Option<String> {
        (self.pager.0 < self.pager.1).then(|| self.wanted.with(&[("page", &(self.pager.0 + 1).to_string())]))
    }
}

fn said(found: &Found, all: usize, is_search: bool, words: Words) -> String {
    let n = count(words, found.places.len());
    let other = found.places.len() - found.exact;
    match (found.rest.is_empty(), is_search && other > 0) {
        (true, _) => words.with("voice-all", "n", n),
        (false, false) => words.fill("voice-found", [("n", n), ("all", count(words, all))]),
        (false, true) => {
            let exact = ("exact", count(words, found.exact));
            words.fill("voice-found-other", [("n", n), ("all", count(words, all)), exact, ("other", count(words, other))])
        }
    }
}

fn offer(code: &str, label: String, chosen: &str) -> Offer {
    Offer { code: code.to_owned(), label, is_chosen: code == chosen }
}

/// What can be chosen; a list with one entry is no choice.
fn offers(looked: &Desk, reading: &Reading, wanted: &Wanted, words: Words) -> Vec<Offers> {
    let texts = &reading.texts;
    let question = |code: &String| offer(code, label(texts, code, words.0), &wanted.question);
    let level = |code: &str| offer(code, words.say(&format!("level-short-{code}")), &wanted.level);
    let has_level = |code: &&str| texts.forms.iter().any(|form| form.questionnaire.level_code() == *code);
    let mut langs: Vec<_> = texts.answers.iter().map(|answer| answer.lang).collect();
    langs.sort_unstable();
    langs.dedup();
    let lang = |lang: &crate::survey::text::Lang| offer(lang.code(), languages::called(lang, words), &wanted.lang);
    let mood = |code: &str| offer(code, words.say(&format!("voice-mood-{code}")), &wanted.mood);
    let has_overall = texts.forms.iter().any(|form| form.questionnaire.overall.is_some());
    let moods = Satisfaction::ALL.iter().map(|class| class.code()).chain([UNSAID]).map(mood);
    let kinds = OpinionKind::ALL.iter().map(|kind| kind.code());
    let kind = |code: &str| offer(code, words.say(&format!("voice-kind-{code}")), &wanted.kind);
    let has_kind = texts.forms.iter().any(|form| has_kinds(&form.questionnaire));
    let theme = |theme: &crate::store::themes::Theme| offer(&theme.code, theme.name.clone(), &wanted.theme);
    let themes = reading.marks.live().map(theme).chain([offer(NO_THEME, words.say("voice-no-theme-yet"), &wanted.theme)]);
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
        ("lang", langs.iter().map(lang).collect()),
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

fn splits(reading: &Reading, wanted: &Wanted, words: Words) -> Vec<Offer> {
    let places: Vec<usize> = (0..reading.texts.answers.len()).collect();
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

fn card(
    looked: &Desk,
    reading: &Reading,
    (place, answer): (usize, &Answer),
    (text, query): (&str, Option<&Query>),
    is_other: bool,
    words: Words,
) -> Card {
    let part = |split| {
        let code = reading.part(split, answer);
        (!code.is_empty()).then(|| table::name(looked, split, &code, words))
    };
    let chips = reading.marks.verdicts(place).filter(|verdict| verdict.by.is_on).map(|verdict| Chip {
        code: verdict.theme.code.clone(),
        name: verdict.theme.name.clone(),
        why: why(verdict.by, words),
    });
    let question = reading.texts.questions.get(usize::from(answer.question)).map_or("", String::as_str);
    Card {
        id: answer.id,
        text: pieces(text, query),
        question: label(&reading.texts, question, words.0),
        about: [Split::Unit, Split::Level, Split::Satisfaction, Split::Kind].into_iter().filter_map(part).collect(),
        themes: chips.collect(),
        is_other,
        lang: answer.lang.code().to_owned(),
    }
}

/// Who or which rule applied a theme, and when the person did or the rule was made.
pub(super) fn why(coding: &crate::store::themes::Coding, words: Words) -> String {
    let when = [("by", coding.by.clone()), ("at", words.moment(coding.at))];
    match &coding.rule {
        None => words.fill("voice-by-hand", when),
        Some(rule) => {
            let shown = rule.any.iter().chain(&rule.all).take(4).cloned().collect::<Vec<_>>().join(", ");
            let [by, at] = when;
            words.fill("voice-by-rule", [by, at, ("rule", shown)])
        }
    }
}

fn done(reading: &Reading, wanted: &Wanted, words: Words) -> Option<Done> {
    let id: i64 = wanted.done.parse().ok()?;
    let place = reading.marks.codings.iter().position(|coding| coding.id == id)?;
    let coding = &reading.marks.codings[place];
    let theme = reading.marks.themes.iter().find(|theme| theme.id == coding.theme_id)?;
    let sentence = if coding.is_on { "voice-done-given" } else { "voice-done-taken" };
    let n = count(words, reading.marks.sizes[place]);
    Some(Done { id, sentence: words.fill(sentence, [("n", n), ("theme", theme.name.clone())]) })
}
