//! `/analyse/{slug}/open/themes`: the themes of a round, rules that apply them, and what was applied when.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::card::why;
use super::limits::{Limits, Said};
use super::piece::{Piece, pieces};
use super::{count, left_out, open};
use crate::analysis::text::{Query, Rule};
use crate::reading::Reading;
use crate::state::State;
use crate::store::rounds;
use crate::store::themes;
use crate::store::{Db, StoreError, open_answers};
use crate::web::analyse::frame::{Frame, Tab};
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page;
use crate::web::session::Analyst;
use crate::web::words::Words;

/// Texts that a preview of a rule shows.
const SAMPLES: usize = 6;
/// Applications that are listed.
const LISTED: usize = 40;
/// The longest field of a rule, in bytes.
const LONGEST_RULE: usize = 2000;

#[derive(Template)]
#[template(path = "web/analyse/open/themes.html")]
struct ThemesPage {
    desk: DeskFrame,
    frame: Frame,
    is_first: bool,
    limits: Said,
    lines: Vec<Line>,
    /// Those put aside: code and name.
    aside: Vec<(String, String)>,
    /// The rule that is being written.
    draft: Draft,
    preview: Option<Preview>,
    is_wrong: bool,
    history: Vec<Past>,
    /// How many answers are left out; none: none is.
    left_out: Option<String>,
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
    pub theme: String,
    pub any: String,
    pub all: String,
    pub none: String,
    pub done: String,
}

impl Draft {
    fn is_empty(&self) -> bool {
        [&self.any, &self.all, &self.none].iter().all(|field| field.trim().is_empty())
    }

    pub fn rule(&self) -> Option<Rule> {
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
    let done = ["made", "again", "ended", "copied", "full"].into_iter().find(|done| *done == draft.done);
    let mut page = ThemesPage {
        desk: DeskFrame::new(&request, &officer, Room::Results),
        frame: Frame::new(&officer, &looked.round, Tab::Open, state.clock.now()),
        is_first: found.is_none(),
        limits: Limits::of(&looked.opened).on_page(words),
        lines: Vec::new(),
        aside: Vec::new(),
        is_wrong: rule.is_none() && !draft.is_empty(),
        draft,
        preview,
        history: Vec::new(),
        left_out: found.as_ref().and_then(|reading| left_out(&reading.out, words)),
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
        let (marks, all) = (&reading.marks, reading.counted());
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
            // a rule is worth what it finds; what somebody did by hand is what was done
            n: count(
                words,
                if coding.rule.is_some() { marks.counted(place, &reading.out) } else { marks.sizes[place] },
            ),
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
    let mut taken = reading.counted();
    taken.retain(|place| compiled.takes(&reading.texts.corpus, *place));
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
