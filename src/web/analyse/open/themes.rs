//! `/analyse/{slug}/open/themes`: the themes of a round, rules that apply them, and what was applied when.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::card::why;
use super::piece::{Piece, pieces};
use super::{Desk, count, open};
use crate::analysis::text::{Query, Rule};
use crate::reading::Reading;
use crate::state::State;
use crate::store::rounds::{self, RoundRow};
use crate::store::themes::{self, MOST, NewCoding};
use crate::store::{Db, StoreError, open_answers, units};
use crate::survey::audit::Action;
use crate::vietnamese::fold;
use crate::web::analyse::frame::{Frame, Tab};
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::page::{self, see_other};
use crate::web::session::Analyst;
use crate::web::words::Words;

/// Texts that a preview of a rule shows.
const SAMPLES: usize = 6;
/// Applications that are listed.
const LISTED: usize = 40;
/// The longest name of a theme, in letters.
const LONGEST: usize = 80;
/// The longest field of a rule, in bytes.
const LONGEST_RULE: usize = 2000;

#[derive(Template)]
#[template(path = "web/analyse/open/themes.html")]
struct ThemesPage {
    desk: DeskFrame,
    frame: Frame,
    is_first: bool,
    is_behind: bool,
    lines: Vec<Line>,
    /// Those put aside: code and name.
    aside: Vec<(String, String)>,
    /// The rule that is being written.
    draft: Draft,
    preview: Option<Preview>,
    is_wrong: bool,
    history: Vec<Past>,
    /// Rounds whose themes can be taken over: slug and title.
    others: Vec<(String, String)>,
    done: Option<String>,
}

struct Line {
    code: String,
    name: String,
    n: String,
    rules: Vec<Past>,
}

/// An application.
struct Past {
    id: i64,
    theme: String,
    said: String,
    n: String,
    why: String,
}

struct Preview {
    /// How many it takes, and how many of them do not have the theme yet.
    n: String,
    new: String,
    is_nothing: bool,
    samples: Vec<Vec<Piece>>,
}

/// A rule that is being written, as it stands in the address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Draft {
    theme: String,
    any: String,
    all: String,
    none: String,
    done: String,
}

impl Draft {
    fn is_empty(&self) -> bool {
        [&self.any, &self.all, &self.none].iter().all(|field| field.trim().is_empty())
    }

    fn rule(&self) -> Option<Rule> {
        let fits = [&self.any, &self.all, &self.none].iter().all(|field| field.len() <= LONGEST_RULE);
        if fits { Rule::parse(&self.any, &self.all, &self.none) } else { None }
    }
}

/// `GET …/open/themes`
pub(super) async fn show(
    request: HttpRequest,
    officer: Analyst,
    state: web::Data<State>,
    slug: web::Path<String>,
    draft: web::Query<Draft>,
) -> Result<HttpResponse, Failure> {
    let (draft, words, reader) = (draft.into_inner(), officer.words, officer.0.clone());
    let looked = open(&state, &officer, &slug).await?;
    let (rule, round_id) = (draft.rule(), looked.round.id);
    let found = looked.opened.reading.clone();
    let wanted = rule.clone().zip(found.clone());
    let theme = draft.theme.clone();
    let (others, preview) = state
        .store
        .read(move |db| {
            let others = others(db, &reader, round_id)?;
            let preview =
                wanted.map(|(rule, reading)| preview(db, round_id, &reading, &rule, &theme, words)).transpose()?;
            Ok((others, preview))
        })
        .await?;
    let done = ["made", "ended", "copied", "full"].into_iter().find(|done| *done == draft.done);
    let mut page = ThemesPage {
        desk: DeskFrame::new(&request, &officer, Room::Results),
        frame: Frame::new(&officer, &looked.round, Tab::Open, state.clock.now()),
        is_first: found.is_none(),
        is_behind: looked.opened.is_behind,
        lines: Vec::new(),
        aside: Vec::new(),
        is_wrong: rule.is_none() && !draft.is_empty(),
        draft,
        preview,
        history: Vec::new(),
        others,
        done: done.map(|done| words.say(&format!("voice-themes-done-{done}"))),
    };
    if let Some(reading) = found {
        page.fill(&reading, words);
    }
    page::show(&page)
}

impl ThemesPage {
    fn fill(&mut self, reading: &Reading, words: Words) {
        let (marks, all) = (&reading.marks, (0..reading.texts.answers.len()).collect::<Vec<_>>());
        let past = |(place, coding): (usize, &themes::Coding)| Past {
            id: coding.id,
            theme: marks
                .themes
                .iter()
                .find(|theme| theme.id == coding.theme_id)
                .map_or_else(String::new, |t| t.name.clone()),
            said: match &coding.rule {
                Some(rule) => shown(rule, words),
                None => words.say(if coding.is_on { "voice-past-given" } else { "voice-past-taken" }),
            },
            n: count(words, marks.sizes[place]),
            why: why(coding, words),
        };
        let of = |theme: i64| {
            let own =
                marks.codings.iter().enumerate().filter(move |(_, one)| one.theme_id == theme && one.rule.is_some());
            own.map(past).collect()
        };
        let line = |theme: &themes::Theme| Line {
            code: theme.code.clone(),
            name: theme.name.clone(),
            n: count(words, reading.with_theme(&all, theme).len()),
            rules: of(theme.id),
        };
        self.lines = marks.live().map(line).collect();
        let aside = marks.themes.iter().filter(|theme| theme.ended_at.is_some());
        self.aside = aside.map(|theme| (theme.code.clone(), theme.name.clone())).collect();
        let by_hand = marks.codings.iter().enumerate().rev().filter(|(_, coding)| coding.rule.is_none());
        self.history = by_hand.take(LISTED).map(past).collect();
    }
}

/// A rule in words.
fn shown(rule: &Rule, words: Words) -> String {
    let part = |name: &str, list: &[String]| (!list.is_empty()).then(|| words.with(name, "list", list.join(", ")));
    let parts =
        [part("voice-rule-any", &rule.any), part("voice-rule-all", &rule.all), part("voice-rule-none", &rule.none)];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn preview(
    db: &mut Db,
    round_id: i64,
    reading: &Reading,
    rule: &Rule,
    theme: &str,
    words: Words,
) -> Result<Preview, StoreError> {
    let compiled = rule.compile(&reading.texts.corpus);
    let taken: Vec<usize> =
        (0..reading.texts.answers.len()).filter(|place| compiled.takes(&reading.texts.corpus, *place)).collect();
    let theme = reading.marks.theme(theme);
    let new: Vec<usize> =
        taken.iter().copied().filter(|place| theme.is_none_or(|theme| !reading.marks.has(*place, theme))).collect();
    let ids: Vec<i64> = new.iter().take(SAMPLES).map(|place| reading.texts.answers[*place].id).collect();
    let query = rule.any.iter().chain(&rule.all).map(|phrase| format!("\"{phrase}\"")).collect::<Vec<_>>().join(" ");
    let query = Query::parse(&query);
    let texts = open_answers::texts(db, round_id, &ids)?;
    Ok(Preview {
        n: count(words, taken.len()),
        new: count(words, new.len()),
        is_nothing: taken.is_empty(),
        samples: texts.iter().map(|(_, text)| pieces(text, query.as_ref())).collect(),
    })
}

/// Rounds with themes that this officer may read, the newest first.
fn others(db: &mut Db, reader: &crate::web::session::Officer, own: i64) -> Result<Vec<(String, String)>, StoreError> {
    let below = reader.reach(db)?;
    let mut others = Vec::new();
    for round in rounds::all(db)?.into_iter().filter(|round| round.id != own && below.contains(&round.owner_id)) {
        if !themes::of_round(db, round.id)?.is_empty() {
            others.push((round.slug, round.title));
        }
    }
    Ok(others)
}

fn back(slug: &str, done: &str) -> HttpResponse {
    see_other(format!("/analyse/{slug}/open/themes?done={done}"))
}

/// A theme's name in addresses and files; none where the name has no letters.
fn code(name: &str) -> Option<String> {
    let folded: String = fold(name).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    let code = folded.split_whitespace().collect::<Vec<_>>().join("-");
    (!code.is_empty() && code != super::wanted::NO_THEME).then(|| code.chars().take(60).collect())
}

/// `POST …/open/themes`: makes a theme, gives it another name or takes it up again.
pub(super) async fn put(
    officer: Analyst,
    state: web::Data<State>,
    slug: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let round = super::read(&state, &officer, &slug, |_, round| Ok(round)).await?;
    let name = fields.one("name").to_owned();
    let known = fields.one("code").to_owned();
    let code = if known.is_empty() { code(&name) } else { code(&known) };
    let Some(code) = code.filter(|_| !name.is_empty() && name.chars().count() <= LONGEST) else {
        return Err(Failure::Bad(officer.words.with("voice-theme-wrong", "most", LONGEST)));
    };
    let now = state.clock.now();
    let has_room = state
        .store
        .write(move |db| {
            let has_room = themes::put(db, round.id, &code, &name, officer.account_id, now)?;
            if has_room {
                officer.note(db, now, round.owner_id, Action::ThemesChanged, &round.slug)?;
            }
            Ok(has_room)
        })
        .await?;
    Ok(back(&slug, if has_room { "made" } else { "full" }))
}

/// `POST …/open/themes/end`: puts a theme aside.
pub(super) async fn end(
    officer: Analyst,
    state: web::Data<State>,
    slug: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let round = super::read(&state, &officer, &slug, |_, round| Ok(round)).await?;
    let (code, now) = (fields.one("code").to_owned(), state.clock.now());
    state
        .store
        .write(move |db| {
            if themes::end(db, round.id, &code, now)? {
                officer.note(db, now, round.owner_id, Action::ThemesChanged, &round.slug)?;
            }
            Ok(())
        })
        .await?;
    Ok(back(&slug, "ended"))
}

/// `POST …/open/rules`: makes a rule; it takes what there is and what comes.
pub(super) async fn add_rule(
    officer: Analyst,
    state: web::Data<State>,
    slug: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let Desk { round, opened, .. } = open(&state, &officer, &slug).await?;
    let text = |name: &str| fields.one(name).to_owned();
    let draft = Draft { theme: text("theme"), any: text("any"), all: text("all"), none: text("none"), done: text("") };
    let theme = opened.reading.and_then(|reading| reading.marks.theme(&draft.theme).cloned());
    let Some((rule, theme)) = draft.rule().zip(theme) else {
        return Err(Failure::Bad(officer.words.say("voice-rule-wrong")));
    };
    let now = state.clock.now();
    state
        .store
        .write(move |db| {
            let (round_id, theme_id, by) = (round.id, theme.id, officer.account_id);
            themes::apply(db, &NewCoding { round_id, theme_id, is_on: true, rule: Some(&rule), by, at: now }, &[])?;
            officer.note(db, now, round.owner_id, Action::ThemesChanged, &round.slug)
        })
        .await?;
    Ok(back(&slug, "made"))
}

/// `POST …/open/themes/copy`: takes over the themes and rules of another round that this officer may read.
pub(super) async fn copy(
    officer: Analyst,
    state: web::Data<State>,
    slug: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let round = super::read(&state, &officer, &slug, |_, round| Ok(round)).await?;
    let (from, now, reader) = (fields.one("from").to_owned(), state.clock.now(), officer.0.clone());
    let source = state
        .store
        .read(move |db| {
            let Some(source) = rounds::by_slug(db, &from)? else { return Ok(None) };
            Ok(reader.may_manage(&units::line(db, source.owner_id)?).then_some(source))
        })
        .await?
        .ok_or(Failure::NotFound)?;
    let has_room = state
        .store
        .write(move |db| {
            let has_room = take_over(db, &source, &round, officer.account_id, now)?;
            officer.note(db, now, round.owner_id, Action::ThemesChanged, &round.slug)?;
            Ok(has_room)
        })
        .await?;
    Ok(back(&slug, if has_room { "copied" } else { "full" }))
}

/// Themes that are known here by their code stay as they are; a rule that is here already is not made twice. Says whether
/// there was room for all.
fn take_over(
    db: &mut Db,
    source: &RoundRow,
    round: &RoundRow,
    by: i64,
    at: chrono::NaiveDateTime,
) -> Result<bool, StoreError> {
    let theirs = themes::of_round(db, source.id)?;
    let known: Vec<String> = themes::of_round(db, round.id)?.into_iter().map(|theme| theme.code).collect();
    let free = usize::try_from(MOST).unwrap_or(0).saturating_sub(known.len());
    let live = || theirs.iter().filter(|theme| theme.ended_at.is_none());
    let new: Vec<_> = live().filter(|theme| !known.contains(&theme.code)).collect();
    for theme in new.iter().take(free) {
        themes::put(db, round.id, &theme.code, &theme.name, by, at)?;
    }
    let ours: HashMap<String, i64> = themes::of_round(db, round.id)?.into_iter().map(|t| (t.code, t.id)).collect();
    let here = themes::codings(db, round.id)?;
    for coding in themes::codings(db, source.id)? {
        let theme = live().find(|theme| theme.id == coding.theme_id).and_then(|theme| ours.get(&theme.code));
        let (Some(rule), Some(&theme_id)) = (&coding.rule, theme) else { continue };
        if !here.iter().any(|one| one.theme_id == theme_id && one.rule.as_ref() == Some(rule)) {
            let new = NewCoding { round_id: round.id, theme_id, is_on: true, rule: Some(rule), by, at };
            themes::apply(db, &new, &[])?;
        }
    }
    Ok(new.len() <= free)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_a_theme_can_stand_in_an_address() {
        assert_eq!(code("An toàn, cổng trường").as_deref(), Some("an-toan-cong-truong"));
        assert_eq!((code("?!"), code("None")), (None, None));
    }
}
