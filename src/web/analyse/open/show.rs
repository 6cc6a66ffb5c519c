//! `/analyse/{slug}/open`: the reading desk.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::card::{Card, card};
use super::limits::{Limits, Said};
use super::offers::{Offers, offers, splits};
use super::table::{self, Table};
use super::wanted::Wanted;
use super::{Desk, count, left_out, open};
use crate::reading::{Found, Reading};
use crate::state::State;
use crate::store::open_answers;
use crate::web::analyse::filter::Offer;
use crate::web::analyse::frame::{Frame, Tab};
use crate::web::analyse::strange;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
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
    limits: Said,
    /// All answers of the round, and those that were found.
    all: usize,
    found: usize,
    said: String,
    /// How many answers are left out; none: none is.
    left_out: Option<String>,
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
    /// The smallest group whose origin a file for outsiders tells.
    least: i64,
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
        frame: Frame {
            strange: strange::told(&strange::besides(request.query_string(), &Wanted::NAMES), words),
            ..Frame::new(&officer, &looked.round, Tab::Open, now)
        },
        unknown: Vec::new(),
        is_first: looked.opened.reading.is_none(),
        limits: Limits::of(&looked.opened).on_page(words),
        all: 0,
        found: 0,
        said: String::new(),
        left_out: None,
        offers: Vec::new(),
        themes: Vec::new(),
        cards: Vec::new(),
        phrases: Vec::new(),
        table: None,
        splits: Vec::new(),
        pager: (1, 1),
        here: wanted.with(&[]),
        done: None,
        least: looked.round.minimum_group,
        wanted,
    };
    if let Some(reading) = looked.opened.reading.clone() {
        page.fill(&state, looked, reading, words).await?;
    }
    let status = if page.unknown.is_empty() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    page::show_as(status, &page)
}

impl OpenPage {
    async fn fill(&mut self, state: &State, looked: Desk, reading: Reading, words: Words) -> Result<(), Failure> {
        let wanted = self.wanted.clone();
        let round_id = looked.round.id;
        let work = move |db: &mut crate::store::Db| {
            let read = wanted.filter(db, &looked.units, &reading.texts, &reading.marks)?;
            let mut found = if read.unknown.is_empty() { reading.find(&read.filter) } else { Found::default() };
            if !wanted.is_also() {
                found.out.clear();
            }
            let last = (found.places.len() + found.out.len()).div_ceil(ON_A_PAGE).max(1);
            let number = wanted.page().min(last);
            let shown: Vec<usize> = listed(&found, number).map(|(_, place)| place).collect();
            let ids: Vec<i64> = shown.iter().filter_map(|place| Some(reading.texts.answers.get(*place)?.id)).collect();
            let written: HashMap<i64, String> = open_answers::texts(db, round_id, &ids)?.into_iter().collect();
            let phrases = reading.key_phrases(&found, MOST_PHRASES);
            let table = table::table(&looked, &reading, &found.places, &wanted, words);
            Ok((looked, reading, read, found, (number, last), written, phrases, table))
        };
        let (looked, reading, read, found, pager, written, phrases, table) = state.store.read(work).await?;
        self.unknown = read.unknown.iter().map(|(sentence, code)| words.with(sentence, "code", code)).collect();
        (self.all, self.found, self.pager) = (reading.counted().len(), found.places.len(), pager);
        self.left_out = left_out(&reading.out, words);
        self.said = said(&found, self.all, read.filter.query.is_some(), words);
        self.offers = offers(&looked, &reading, &self.wanted, words);
        self.themes = reading.marks.live().map(|theme| (theme.code.clone(), theme.name.clone())).collect();
        self.splits = splits(&reading, &self.wanted, words);
        self.phrases = phrases.into_iter().map(|phrase| self.phrase(phrase, found.rest.len(), words)).collect();
        self.table = (!found.places.is_empty()).then_some(table);
        self.done = done(&reading, &self.wanted, words);
        self.here = self.wanted.with(&[("page", &pager.0.to_string())]);
        let query = read.filter.query.as_ref();
        // whoever withdrew a form just now is not shown, although it may still be counted
        self.cards = listed(&found, pager.0)
            .filter_map(|(at, place)| {
                let answer = reading.texts.answers.get(place)?;
                let text = written.get(&answer.id)?;
                let is_other = (found.exact..found.places.len()).contains(&at);
                Some(card(&looked, &reading, (place, answer), (text, query), is_other, words))
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

    /// The files that can be taken along: for outsiders first, each as its kinds with their addresses.
    fn files(&self) -> [(&'static str, [(&'static str, String); 2]); 2] {
        let of = |changes: &[(&str, &str)]| {
            let address = |ending| format!("/analyse/{}/open.{ending}?{}", self.frame.slug, self.wanted.with(changes));
            [("CSV", address("csv")), ("Excel (XLSX)", address("xlsx"))]
        };
        [("voice-export-masked", of(&[("masked", "1")])), ("voice-export-original", of(&[]))]
    }

    /// The same page with answers of excluded forms in its list, or without.
    fn with_left_out(&self, is_also: bool) -> String {
        self.wanted.with(&[("excluded", if is_also { "also" } else { "" })])
    }

    fn page_before(&self) -> Option<String> {
        (self.pager.0 > 1).then(|| self.wanted.with(&[("page", &(self.pager.0 - 1).to_string())]))
    }

    fn page_after(&self) -> Option<String> {
        (self.pager.0 < self.pager.1).then(|| self.wanted.with(&[("page", &(self.pager.0 + 1).to_string())]))
    }
}

/// What stands on this page of the list, with its number in it; answers of excluded forms come last.
fn listed(found: &Found, page: usize) -> impl Iterator<Item = (usize, usize)> {
    let all = found.places.iter().chain(&found.out).copied().enumerate();
    all.skip((page - 1) * ON_A_PAGE).take(ON_A_PAGE)
}

fn said(found: &Found, all: usize, is_search: bool, words: Words) -> String {
    let n = count(words, found.places.len());
    let other = found.places.len() - found.exact;
    match (found.rest.is_empty(), is_search && other > 0) {
        (true, _) => words.with("voice-all", "n", n),
        (false, false) => words.fill("voice-found", [("n", n), ("all", count(words, all))]),
        (false, true) => {
            let exact = ("exact", count(words, found.exact));
            words.fill(
                "voice-found-other",
                [("n", n), ("all", count(words, all)), exact, ("other", count(words, other))],
            )
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
