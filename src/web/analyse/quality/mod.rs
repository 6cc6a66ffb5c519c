//! `/analyse/{slug}/quality`: forms that may say little, by rules with a name, and which forms count in no figure and why. Rules
//! only find; leaving out is a person's deed with a reason, and is taken back as easily.

mod asked;
mod bursts;
mod deeds;
pub(super) mod said;

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::NaiveDateTime;
use serde::Deserialize;

use self::asked::DaysAsked;
use self::bursts::{BurstRow, Came};
pub(super) use self::deeds::{exclude, include};
use self::said::{PastRow, Preview, RuleRow};
use super::frame::{Frame, Tab};
use super::strange;
use crate::catalogue::Published;
use crate::frame::quality::{self, Quality};
use crate::frame::{self, Standing, exclusion};
use crate::state::State;
use crate::store::exclusions::{self, ExclusionRow};
use crate::store::rounds::{NamedUnit, RoundRow};
use crate::store::{Db, StoreError, rounds};
use crate::survey::exclusion::{Days, Reason, Rule};
use crate::tabulation::excluded::ExcludedForms;
use crate::vietnamese::compare;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::rounds::uncompared;
use crate::web::page;
use crate::web::session::{Analyst, Officer};

/// What the address may name.
const KNOWN: [&str; 5] = ["unit", "from", "to", "already", "lang"];

/// Bytes of a list that somebody typed: an id with the end of its line takes 42, and a list of twice as many as can be left out at
/// once is still read, to be told so.
pub(super) const LARGEST_FORM: usize = 2 * exclusion::MOST * 48;

#[derive(Template)]
#[template(path = "web/analyse/quality/page.html")]
struct QualityPage {
    desk: DeskFrame,
    frame: Frame,
    /// Up to when the rules looked at forms.
    taken: Option<String>,
    /// None while the forms are put into columns.
    rules: Option<Vec<RuleRow>>,
    /// How many forms were filled in how fast.
    paces: Option<String>,
    bursts: Vec<BurstRow>,
    /// That some schools could not be compared; none: all could.
    uncompared: Option<String>,
    units: Vec<(String, String)>,
    /// What the days that were asked for would leave out.
    preview: Option<Preview>,
    history: Vec<PastRow>,
    excluded: String,
    /// That some of the forms that were named were left out before.
    already: Option<String>,
    is_frozen: bool,
    typed: Typed,
    most: String,
    longest: usize,
}

/// What was typed, and what was wrong with it.
#[derive(Default)]
struct Typed {
    wrong: Option<String>,
    forms: String,
    reason: String,
    days: DaysAsked,
    /// So many of the forms that were named had been left out before.
    already: Option<u64>,
    status: StatusCode,
}

/// What was done before the page is shown.
#[derive(Deserialize)]
pub(super) struct Done {
    #[serde(default)]
    already: String,
}

/// A round as this page needs it.
struct Subject {
    round: RoundRow,
    forms: Vec<Arc<Published>>,
    units: Vec<NamedUnit>,
    history: Vec<ExclusionRow>,
    excluded: Arc<ExcludedForms>,
    /// The same by the rule that leaves them out.
    by_rule: BTreeMap<Rule, Vec<Vec<u8>>>,
    came: Came,
}

async fn subject(state: &web::Data<State>, officer: &Officer, slug: &str) -> Result<Subject, Failure> {
    let (catalogue, known, today) = (state.catalogue.clone(), state.exclusions.clone(), state.clock.today());
    super::read(state, officer, slug, move |db, round| {
        let by_rule = |db: &mut Db, rule: Rule| Ok((rule, exclusions::of_rule(db, round.id, rule)?));
        Ok(Subject {
            forms: catalogue.of_round(db, round.id)?,
            units: rounds::units(db, round.id)?,
            history: exclusions::history(db, round.id)?,
            excluded: known.of(db, &round)?,
            by_rule: Rule::ALL.iter().map(|rule| by_rule(db, *rule)).collect::<Result<_, StoreError>>()?,
            came: bursts::read(db, &catalogue, round.id, today)?,
            round,
        })
    })
    .await
}

/// What the rules found, and of which state of the forms they tell.
struct Searched {
    quality: Quality,
    taken_at: NaiveDateTime,
    /// Forms that came or went since.
    since: i64,
}

/// Lets the rules look into the newest frame of a round, beside the threads of requests; none while there is no frame.
async fn searched(state: &web::Data<State>, subject: &Subject) -> Result<Option<Searched>, Failure> {
    let (state, round, forms) = (state.clone(), subject.round.clone(), subject.forms.clone());
    let found = web::block(move || {
        loop {
            let Standing::Ready { head, content, since } = frame::look(&state, &round)? else { return Ok(None) };
            // a newer frame may have taken its place while it was read
            if let Ok(quality) = state.store.read_now(|db| quality::search(db, &head, &content, &forms))? {
                return Ok(Some(Searched { quality, taken_at: head.taken_at, since }));
            }
        }
    });
    let found: Result<_, StoreError> = found.await.map_err(|error| Failure::Unknown(error.to_string()))?;
    Ok(found?)
}

/// The forms that a rule finds.
async fn found_by(state: &web::Data<State>, subject: &Subject, rule: Rule) -> Result<Option<Vec<Vec<u8>>>, Failure> {
    let found = searched(state, subject).await?;
    Ok(found.map(|mut found| found.quality.found.remove(&rule).unwrap_or_default().forms))
}

/// The forms that a unit has on some days, as they are now.
async fn of_days(state: &web::Data<State>, subject: &Subject, wanted: (i64, Days)) -> Result<Vec<Vec<u8>>, Failure> {
    let round_id = subject.round.id;
    Ok(state.store.read(move |db| exclusion::of_days(db, round_id, wanted)).await?)
}

/// `GET …/quality`
pub(super) async fn show(
    request: HttpRequest,
    officer: Analyst,
    state: web::Data<State>,
    slug: web::Path<String>,
    asked: web::Query<DaysAsked>,
    done: web::Query<Done>,
) -> Result<HttpResponse, Failure> {
    let typed = Typed { days: asked.into_inner(), already: done.already.parse().ok(), ..Typed::default() };
    page(&request, &officer, &state, &slug, typed).await
}

async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &web::Data<State>,
    slug: &str,
    mut typed: Typed,
) -> Result<HttpResponse, Failure> {
    let (subject, words) = (subject(state, officer, slug).await?, officer.words);
    let found = searched(state, &subject).await?;
    let preview = match typed.days.of(&subject.units) {
        Ok(None) => None,
        Ok(Some((unit, days))) => {
            let forms = of_days(state, &subject, (unit.id, days)).await?;
            let by_rule = subject.by_rule.get(&Rule::UnitDays).map(Vec::as_slice).unwrap_or_default();
            Some(said::preview(&forms, (&subject.excluded.ids, by_rule), (unit, days), words))
        }
        Err(wrong) => {
            typed.status = StatusCode::UNPROCESSABLE_ENTITY;
            typed.wrong.get_or_insert_with(|| words.say(wrong));
            None
        }
    };
    let mut units: Vec<(String, String)> =
        subject.units.iter().map(|unit| (unit.code.clone(), unit.name.clone())).collect();
    units.sort_by(|a, b| compare(&a.1, &b.1));
    let count = |n: usize| words.number(i64::try_from(n).unwrap_or(i64::MAX));
    let strange = strange::told(&strange::besides(request.query_string(), &KNOWN), words);
    page::show_as(
        typed.status,
        &QualityPage {
            desk: DeskFrame::new(request, officer, Room::Results),
            frame: Frame { strange, ..Frame::new(officer, &subject.round, Tab::Quality, state.clock.now()) },
            taken: found.as_ref().map(|found| said::taken(found.taken_at, found.since, words)),
            rules: found.as_ref().map(|found| said::rules(&found.quality, &subject.units, &subject.by_rule, words)),
            paces: found.as_ref().map(|found| said::paces(&found.quality, words)),
            bursts: subject.came.rows(&subject.units, words),
            uncompared: uncompared(subject.came.uncompared(), words),
            units,
            preview,
            history: subject.history.iter().map(|row| said::past(row, &subject.units, words)).collect(),
            excluded: said::excluded(&subject.excluded.ids, &subject.history, words),
            already: typed.already.map(|n| words.with("quality-some-already", "n", said::number(n, words))),
            is_frozen: subject.round.frozen_at.is_some(),
            typed,
            most: count(exclusion::MOST),
            longest: Reason::MOST,
        },
    )
}
