//! `/manage/rounds/{slug}`: how a round is going, and what can be done with it now.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::NaiveDateTime;

use super::asked::Asked;
use super::checklist::{self, Item};
use super::fields::day_and_time;
use super::opening::hindrance;
use super::pause::told;
use super::progress::{Progress, UnitCount, percent, slow_below};
use super::stage::{Stage, left, span};
use super::trouble::Trouble;
use super::window::promised;
use super::{approval, crowds, read, said};
use crate::catalogue::Catalogue;
use crate::state::State;
use crate::store::campaigns::CampaignRow;
use crate::store::collectors::{self, CollectorRow};
use crate::store::round_steps::StepRow;
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, campaigns, goals, pressure, round_steps, submissions};
use crate::survey::access::Right;
use crate::survey::code::Mode;
use crate::survey::round::{Access, Goal};
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::session::{Officer, Steering};
use crate::web::words::Words;

/// One round.
#[derive(Template)]
#[template(path = "web/manage/rounds/show.html")]
struct ShowPage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    round: RoundRow,
    is_codes: bool,
    stage: Stage,
    label: String,
    sentence: String,
    span: String,
    /// Its questionnaires, with their versions.
    forms: Vec<String>,
    /// Why it cannot be opened.
    hindrance: Option<String>,
    /// What there is to see to before it opens.
    checklist: Vec<Item>,
    /// Where its approval stands, with the look of its pill.
    approval: Option<(String, &'static str)>,
    /// Why it was sent back, while nobody has submitted it again.
    returned_for: Option<String>,
    n: String,
    /// The share of all, and its base; nothing where nobody knows how many could answer.
    share: Option<(String, String)>,
    /// Whether anybody knows how many could answer.
    has_base: bool,
    left: String,
    silent: i64,
    late: i64,
    /// How forms came in, where not all came the same way: name and number.
    modes: Vec<(String, String)>,
    /// Which schools need a reminder now, as a sentence.
    slow: Option<String>,
    rows: Vec<Row>,
    /// How many said that they were told what to answer, by school.
    pressure: Vec<(String, i64)>,
    closes: (String, String),
    /// The plan that it carries out: number and title.
    campaign: Option<(i64, String)>,
    /// Who is asked too often this term, as sentences.
    crowds: Vec<String>,
    /// What was done since it began, and why.
    steps: Vec<(String, String)>,
}

impl ShowPage {
    /// Until when those who began in time may still send.
    fn promised(&self) -> String {
        promised(&self.round, self.desk.words)
    }

    /// How many in all said that they were told what to answer.
    fn pressed(&self) -> i64 {
        self.pressure.iter().map(|(_, n)| n).sum()
    }
}

struct Row {
    name: String,
    /// Each code, with its channel where there are several.
    codes: Vec<(String, Option<String>)>,
    of: String,
    per_mille: Option<i64>,
    share: String,
    levels: Vec<String>,
    tone: &'static str,
    state: String,
}

/// `GET /manage/rounds/{slug}`
pub(super) async fn show(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, &slug, Trouble::default()).await
}

/// Forms on a device for everybody and those that officers entered are told apart from the others.
fn told_apart(modes: &[(String, i64)], words: Words) -> Vec<(String, String)> {
    if modes.iter().all(|(mode, _)| mode == Mode::Web.code()) {
        return Vec::new();
    }
    modes.iter().map(|(mode, n)| (words.say(&format!("mode-{mode}")), words.number(n))).collect()
}

/// The page of a round as it stands now, with what was just not done.
pub(super) async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    slug: &str,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let (catalogue, words, now) = (state.catalogue.clone(), officer.words, state.clock.now());
    let seen = read(state, officer, slug, move |db, round| Seen::read(db, &catalogue, round, words, now)).await?;
    let Seen { round, progress, goal, .. } = &seen;
    let stage = Stage::of(round, now);
    let slow = slow_below(round, now, *goal);
    let rows = progress.in_order().into_iter().map(|unit| {
        let is_its = |row: &&CollectorRow| row.unit_id == unit.id && row.revoked_at.is_none() && !unit.is_removed;
        Row::new(unit, &seen.codes.iter().filter(is_its).collect::<Vec<_>>(), stage, slow, words)
    });
    let share = progress.counted.share(words).filter(|_| stage.has_begun());
    let page = ShowPage {
        desk: DeskFrame::new(request, officer, Room::Rounds),
        said: said::said(request, state, officer),
        label: stage.label(words),
        sentence: stage.sentence(round, words),
        span: span(round, words),
        forms: seen.asked.titles(words),
        n: words.number(progress.n),
        share: share.map(|share| (share, progress.counted.of(words))),
        has_base: progress.counted.eligible.is_some(),
        left: left(round, now, words),
        silent: progress.silent(),
        late: seen.late,
        modes: told_apart(&seen.modes, words),
        slow: slow.map(|below| {
            let values = [("percent", percent(below, words)), ("hoped", percent(goal.per_mille(), words))];
            words.fill("show-slow", values)
        }),
        rows: rows.collect(),
        pressure: seen.pressed(),
        closes: day_and_time(round.closes_at),
        is_codes: round.access()? == Access::Codes,
        crowds: if stage.is_over() { Vec::new() } else { seen.crowds },
        campaign: seen.campaign.map(|row| (row.id, row.plan.title)),
        steps: seen.steps.into_iter().map(|row| told(row, words)).collect(),
        hindrance: seen.hindrance,
        approval: seen.approval,
        returned_for: seen.returned_for,
        checklist: seen.checklist,
        stage,
        round: seen.round,
        trouble,
    };
    said::show(request, &page.trouble, &page)
}

/// What the page is made from, read at one moment.
struct Seen {
    round: RoundRow,
    progress: Progress,
    goal: Goal,
    codes: Vec<CollectorRow>,
    late: i64,
    modes: Vec<(String, i64)>,
    asked: Asked,
    hindrance: Option<String>,
    approval: Option<(String, &'static str)>,
    returned_for: Option<String>,
    /// What is missing before it can open; nothing once it is open.
    checklist: Vec<Item>,
    /// How many said that they were told what to answer, by unit.
    pressure: BTreeMap<i64, i64>,
    steps: Vec<StepRow>,
    campaign: Option<CampaignRow>,
    crowds: Vec<String>,
}

impl Seen {
    fn read(
        db: &mut Db,
        catalogue: &Catalogue,
        round: RoundRow,
        words: Words,
        now: NaiveDateTime,
    ) -> Result<Self, StoreError> {
        let case = approval::Case::read(db, &round, now)?;
        Ok(Self {
            progress: Progress::load(db, catalogue, &round)?,
            goal: goals::of_round(db, round.id)?,
            codes: collectors::of_round(db, round.id)?,
            late: submissions::late(db, round.id)?,
            modes: submissions::by_mode(db, round.id)?,
            asked: Asked::read(db, catalogue, round.id)?,
            hindrance: hindrance(db, &round, now, words)?,
            checklist: match round.opens_at {
                Some(at) if at <= now => Vec::new(),
                _ => checklist::all(db, &round, now, words)?,
            },
            approval: case.label(words),
            returned_for: case.returned_for().map(str::to_owned),
            pressure: pressure::of_round(db, round.id)?,
            steps: round_steps::of_round(db, round.id)?,
            campaign: campaigns::of_round(db, round.id)?,
            crowds: crowds::sentences(db, &round, now, words)?,
            round,
        })
    }

    /// Schools where somebody said so.
    fn pressed(&self) -> Vec<(String, i64)> {
        let told = |unit: &UnitCount| Some((unit.name.clone(), *self.pressure.get(&unit.id)?));
        self.progress.units.iter().filter_map(told).collect()
    }
}

impl Row {
    fn new(unit: &UnitCount, codes: &[&CollectorRow], stage: Stage, slow_below: Option<i64>, words: Words) -> Self {
        let per_mille = unit.all.per_mille();
        let is_slow = per_mille.zip(slow_below).is_some_and(|(share, below)| share < below);
        let (tone, state) = match unit.all.n {
            _ if unit.is_removed => ("off", "row-removed"),
            _ if !stage.has_begun() => ("off", "row-waiting"),
            0 if stage.is_over() => ("off", "row-none"),
            0 => ("bad", "row-silent"),
            _ if stage.is_over() => ("", "row-some"),
            _ if is_slow => ("warn", "row-slow"),
            _ => ("", "row-going"),
        };
        let levels = unit.levels.iter().filter(|_| unit.levels.len() > 1);
        let channel = |row: &CollectorRow| (codes.len() > 1).then(|| words.say(&format!("channel-{}", row.channel)));
        Self {
            name: unit.name.clone(),
            codes: codes.iter().map(|row| (row.code.clone(), channel(row))).collect(),
            of: unit.all.of(words),
            per_mille,
            share: unit.all.share(words).unwrap_or_default(),
            levels: levels
                .map(|(level, count)| format!("{} {}", words.say(&format!("level-short-{level}")), count.of(words)))
                .collect(),
            tone,
            state: words.say(state),
        }
    }
}
