//! `/manage/rounds/{slug}`: how a round is going, and what can be done with it now.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::fields::day_and_time;
use super::progress::{Progress, SLOW_PERCENT, UnitCount};
use super::read;
use super::stage::{Stage, left, span};
use crate::state::State;
use crate::store::rounds::RoundRow;
use crate::store::{collectors, submissions};
use crate::vietnamese;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page;
use crate::web::session::Steering;
use crate::web::words::Words;

/// One round.
#[derive(Template)]
#[template(path = "web/manage/rounds/show.html")]
struct ShowPage {
    desk: DeskFrame,
    round: RoundRow,
    stage: Stage,
    label: String,
    sentence: String,
    span: String,
    n: String,
    share: Option<String>,
    base: String,
    left: String,
    silent: i64,
    late: i64,
    rows: Vec<Row>,
    closes: (String, String),
    /// The name of a sentence about what was just tried.
    said: Option<String>,
}

struct Row {
    name: String,
    codes: Vec<String>,
    of: String,
    percent: Option<i64>,
    share: String,
    levels: Vec<String>,
    tone: &'static str,
    state: String,
}

#[derive(Deserialize)]
pub(super) struct Said {
    said: Option<String>,
}

/// Sentences that a redirect may ask this page to say.
const SENTENCES: [&str; 9] = [
    "said-opened",
    "said-extended",
    "said-closed",
    "said-frozen",
    "said-interim-on",
    "said-interim-off",
    "said-too-late",
    "said-wrong-time",
    "said-not-sure",
];

/// `GET /manage/rounds/{slug}`
pub(super) async fn show(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    slug: web::Path<String>,
    said: web::Query<Said>,
) -> Result<HttpResponse, Failure> {
    let catalogue = state.catalogue.clone();
    let (round, progress, codes, late) = read(&state, &officer, &slug, move |db, round| {
        let progress = Progress::load(db, &catalogue, &round)?;
        let codes = collectors::of_round(db, round.id)?;
        let late = submissions::late(db, round.id)?;
        Ok((round, progress, codes, late))
    })
    .await?;
    let (words, now) = (officer.words, state.clock.now());
    let stage = Stage::of(&round, now);
    let mut units: Vec<&UnitCount> = progress.asked().collect();
    // who is silent comes first
    units.sort_by_key(|unit| unit.all.percent().unwrap_or(i64::MAX));
    let rows = units
        .into_iter()
        .map(|unit| {
            let own = codes.iter().filter(|row| row.unit_id == unit.id && row.revoked_at.is_none());
            Row::new(unit, own.map(|row| row.code.clone()).collect(), stage, words)
        })
        .collect();
    page::show(&ShowPage {
        desk: DeskFrame::new(&request, &officer, Room::Rounds),
        label: stage.label(words),
        sentence: stage.sentence(&round, words),
        span: span(&round, words),
        n: vietnamese::count(progress.n),
        share: progress.counted.share(words),
        base: progress.counted.of(),
        left: left(&round, now, words),
        silent: progress.silent(),
        late,
        rows,
        closes: day_and_time(round.closes_at),
        said: said.said.clone().filter(|name| SENTENCES.contains(&name.as_str())),
        stage,
        round,
    })
}

impl Row {
    fn new(unit: &UnitCount, codes: Vec<String>, stage: Stage, words: Words) -> Self {
        let percent = unit.all.percent();
        let (tone, state) = match percent {
            _ if !stage.has_begun() => ("off", "row-waiting"),
            _ if unit.all.n == 0 => ("bad", "row-silent"),
            Some(percent) if percent < SLOW_PERCENT && stage == Stage::Open => ("warn", "row-slow"),
            _ => ("", "row-going"),
        };
        let several = unit.levels.len() > 1;
        let levels = unit.levels.iter().filter(|_| several);
        Self {
            name: unit.name.clone(),
            codes,
            of: unit.all.of(),
            percent,
            share: unit.all.share(words).unwrap_or_else(|| "–".to_owned()),
            levels: levels
                .map(|(level, count)| format!("{} {}", words.say(&format!("level-short-{level}")), count.of()))
                .collect(),
            tone,
            state: words.say(state),
        }
    }
}
