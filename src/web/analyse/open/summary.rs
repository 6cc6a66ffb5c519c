//! `/analyse/{slug}/open/summary`: opinions by theme (T7 of the reports), each with an example that a person made ready.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::limits::{Limits, Said};
use super::piece::{Piece, pieces};
use super::table::{Table, by_unit};
use super::wanted::Wanted;
use super::{count, left_out, open};
use crate::reading::{Reading, Split};
use crate::state::State;
use crate::store::{open_answers, theme_examples};
use crate::survey::opinion::{OpinionKind, has_kinds};
use crate::survey::privacy;
use crate::web::analyse::frame::{Frame, Tab};
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::page::{self, see_other};
use crate::web::session::Analyst;
use crate::web::words::Words;

/// The longest example, in letters.
const LONGEST: usize = 600;

#[derive(Template)]
#[template(path = "web/analyse/open/summary.html")]
struct SummaryPage {
    desk: DeskFrame,
    frame: Frame,
    is_first: bool,
    limits: Said,
    /// The kinds of messages; none where no slip says which it is.
    kinds: Vec<String>,
    lines: Vec<Line>,
    /// Answers, those with a theme and those without.
    all: (String, String, String),
    choosing: Option<Choosing>,
    /// The same by unit.
    table: Option<Table>,
    /// How many answers are left out; none: none is.
    left_out: Option<String>,
}

struct Line {
    code: String,
    name: String,
    n: String,
    cells: Vec<String>,
    example: Option<(String, String)>,
}

/// An answer that becomes an example.
struct Choosing {
    id: i64,
    text: Vec<Piece>,
    masked: String,
    /// Its themes: code and name.
    themes: Vec<(String, String)>,
}

/// Which answer shall become an example.
#[derive(Debug, Deserialize)]
pub(super) struct Chosen {
    answer: Option<i64>,
}

/// `GET …/open/summary`
pub(super) async fn show(
    request: HttpRequest,
    officer: Analyst,
    state: web::Data<State>,
    slug: web::Path<String>,
    chosen: web::Query<Chosen>,
) -> Result<HttpResponse, Failure> {
    let words = officer.words;
    let looked = open(&state, &officer, &slug).await?;
    let (round_id, id) = (looked.round.id, chosen.answer);
    let work = move |db: &mut crate::store::Db| {
        let text = id.map(|id| open_answers::texts(db, round_id, &[id])).transpose()?.unwrap_or_default();
        Ok((theme_examples::of_round(db, round_id)?, text.into_iter().next()))
    };
    let (examples, text) = state.store.read(work).await?;
    let mut page = SummaryPage {
        desk: DeskFrame::new(&request, &officer, Room::Results),
        frame: Frame::new(&officer, &looked.round, Tab::Open, state.clock.now()),
        is_first: looked.opened.reading.is_none(),
        limits: Limits::of(&looked.opened).on_page(words),
        kinds: Vec::new(),
        lines: Vec::new(),
        all: Default::default(),
        choosing: None,
        table: None,
        left_out: None,
    };
    if let Some(reading) = looked.opened.reading.clone() {
        page.fill(&reading, &examples, words);
        page.table = Some(by_unit(&looked, &reading, &reading.counted(), &Wanted::default(), words));
        page.left_out = left_out(&reading.out, words);
        page.choosing = text.and_then(|(id, text)| choosing(&reading, id, &text));
    }
    page::show(&page)
}

impl SummaryPage {
    fn fill(&mut self, reading: &Reading, examples: &[theme_examples::Example], words: Words) {
        let all = reading.counted();
        let bare = all.iter().filter(|place| reading.marks.is_bare(**place)).count();
        self.all = (count(words, all.len()), count(words, all.len() - bare), count(words, bare));
        let kinds = reading.texts.forms.iter().any(|form| has_kinds(&form.questionnaire));
        let kinds: &[OpinionKind] = if kinds { OpinionKind::ALL } else { &[] };
        self.kinds = kinds.iter().map(|kind| words.say(&format!("voice-kind-{kind}"))).collect();
        let mut lines: Vec<(usize, Line)> = Vec::new();
        for theme in reading.marks.live() {
            let own = reading.with_theme(&all, theme);
            let by_kind = reading.bases(&own, Split::Kind);
            let cell = |kind: &OpinionKind| count(words, by_kind.get(kind.code()).copied().unwrap_or(0));
            let counts = |id| reading.texts.place(id).is_none_or(|place| !reading.out.has(place));
            let example = examples.iter().find(|example| example.theme_id == theme.id && counts(example.answer_id));
            let line = Line {
                code: theme.code.clone(),
                name: theme.name.clone(),
                n: count(words, own.len()),
                cells: kinds.iter().map(cell).collect(),
                example: example
                    .map(|example| (example.text.clone(), words.with("voice-example-by", "by", &example.by))),
            };
            lines.push((own.len(), line));
        }
        lines.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
        self.lines = lines.into_iter().map(|(_, line)| line).collect();
    }
}

fn choosing(reading: &Reading, id: i64, text: &str) -> Option<Choosing> {
    let place = reading.texts.place(id).filter(|place| !reading.out.has(*place))?;
    let own = reading.marks.live().filter(|theme| reading.marks.has(place, theme));
    Some(Choosing {
        id,
        text: pieces(text, None),
        masked: privacy::mask(text),
        themes: own.map(|theme| (theme.code.clone(), theme.name.clone())).collect(),
    })
}

/// `POST …/open/summary`: puts an example in its place, or takes it away.
pub(super) async fn put(
    officer: Analyst,
    state: web::Data<State>,
    slug: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let looked = open(&state, &officer, &slug).await?;
    let words = officer.words;
    let reading = looked.opened.reading.ok_or_else(|| Failure::Conflict(words.say("voice-first")))?;
    let theme =
        reading.marks.theme(fields.one("theme")).ok_or_else(|| Failure::Bad(words.say("voice-example-wrong")))?;
    let (round_id, theme_id, now, by) = (looked.round.id, theme.id, state.clock.now(), officer.account_id);
    if fields.one("do") == "remove" {
        state.store.write(move |db| theme_examples::remove(db, round_id, theme_id)).await?;
        return Ok(see_other(format!("/analyse/{slug}/open/summary")));
    }
    let text = fields.one("text").to_owned();
    let place = fields.one("answer").parse().ok().and_then(|id| reading.texts.place(id));
    let is_of = |place: &usize| reading.marks.has(*place, theme) && !reading.out.has(*place);
    let answer = place.filter(is_of).map(|place| reading.texts.answers[place].id);
    let is_fit = !text.is_empty() && text.chars().count() <= LONGEST && fields.is_sure();
    let Some(answer) = answer.filter(|_| is_fit) else {
        return Err(Failure::Bad(words.with("voice-example-refused", "most", LONGEST)));
    };
    state
        .store
        .write(move |db| {
            // whoever withdrew the form meanwhile is no example
            let is_there = !open_answers::texts(db, round_id, &[answer])?.is_empty();
            if is_there { theme_examples::put(db, round_id, (theme_id, answer), &text, by, now) } else { Ok(false) }
        })
        .await?;
    Ok(see_other(format!("/analyse/{slug}/open/summary")))
}
