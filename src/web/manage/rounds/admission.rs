//! `/manage/rounds/{slug}/admission`: how one gets into a round, and how many forms count. Set before it begins; later the page
//! shows how far it is.

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use super::fields::Fields;
use super::limits::{self, Place};
use super::stage::Stage;
use super::trouble::Trouble;
use super::{change, read, said};
use crate::state::State;
use crate::store::access_codes::{self, Sheet};
use crate::store::rounds::RoundRow;
use crate::store::{quotas, rounds, tallies};
use crate::survey::round::Access;
use crate::vietnamese::compare;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::session::Steering;
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/manage/rounds/admission.html")]
struct AdmissionPage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    round: RoundRow,
    is_codes: bool,
    has_begun: bool,
    /// Codes can be made until the figures freeze.
    may_make: bool,
    schools: Vec<School>,
    places: Vec<Place>,
    unit_most: String,
    /// What a form would meet that was asked about.
    trial: Option<String>,
}

impl AdmissionPage {
    /// Whether a stratum has a quota, or what was typed for one has to be seen again.
    fn has_strata(&self) -> bool {
        !self.trouble.is_none() || self.places.iter().any(|place| place.most.is_some())
    }
}

struct School {
    id: i64,
    name: String,
    sheet: Sheet,
    n: i64,
}

impl School {
    fn left(&self, most: &Option<i64>) -> Option<i64> {
        most.map(|most| (most - self.n).max(0))
    }
}

/// A form that is tried without being counted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Trial {
    unit: Option<i64>,
    place: String,
}

/// `GET …/admission?unit=…&place=…`
pub(super) async fn show(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    slug: web::Path<String>,
    trial: web::Query<Trial>,
) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, &slug, Trouble::default(), &trial).await
}

pub(super) async fn page(
    request: &HttpRequest,
    officer: &Steering,
    state: &State,
    slug: &str,
    trouble: Trouble,
    trial: &Trial,
) -> Result<HttpResponse, Failure> {
    let (catalogue, words) = (state.catalogue.clone(), officer.words);
    let (round, places, mut schools) = read(state, officer, slug, move |db, round| {
        let forms = catalogue.of_round(db, round.id)?;
        let places = limits::places(db, &round, &forms, words)?;
        let (sheets, counts) = (access_codes::sheets(db, round.id)?, tallies::submissions_by_unit(db, round.id)?);
        let schools = rounds::units(db, round.id)?.into_iter().map(|unit| School {
            sheet: sheets.get(&unit.id).copied().unwrap_or_default(),
            n: counts.get(&unit.id).copied().unwrap_or(0),
            id: unit.id,
            name: unit.name,
        });
        Ok((round, places, schools.collect::<Vec<_>>()))
    })
    .await?;
    schools.sort_by(|a, b| compare(&a.name, &b.name));
    let page = AdmissionPage {
        desk: DeskFrame::new(request, officer, Room::Rounds),
        said: said::said(request, state, officer),
        is_codes: round.access()? == Access::Codes,
        has_begun: Stage::of(&round, state.clock.now()).has_begun(),
        may_make: round.frozen_at.is_none(),
        unit_most: round.unit_most.map(|most| most.to_string()).unwrap_or_default(),
        trial: tried(trial, &round, &schools, &places, words),
        trouble,
        schools,
        places,
        round,
    };
    said::show(request, &page.trouble, &page)
}

/// What a form of this school and stratum would meet now.
fn tried(trial: &Trial, round: &RoundRow, schools: &[School], places: &[Place], words: Words) -> Option<String> {
    let school = schools.iter().find(|school| Some(school.id) == trial.unit)?;
    let place = places.iter().find(|place| place.field == trial.place);
    let lefts = [school.left(&round.unit_most), place.and_then(Place::left)];
    let about = place.map_or_else(|| school.name.clone(), |place| format!("{}, {}", school.name, place.label));
    Some(match lefts.into_iter().flatten().min() {
        Some(0) => words.with("limits-trial-full", "about", about),
        Some(left) => words.fill("limits-trial-left", [("about", about), ("left", words.number(left))]),
        None => words.with("limits-trial-any", "about", about),
    })
}

/// `POST …/admission`: both are settled before anybody can answer, because otherwise some would have met other rules.
pub(super) async fn save(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    slug: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (catalogue, words, now) = (state.catalogue.clone(), officer.words, state.clock.now());
    let sent = fields.clone();
    let done = change(&state, &officer, &slug, move |db, round| {
        if Stage::of(&round, now).has_begun() {
            return Ok(Err(Trouble::page(words.say("said-too-late"))));
        }
        let Ok(access) = sent.one("access").parse::<Access>() else {
            return Ok(Err(Trouble::at("access", words.say("admission-access-wrong"))));
        };
        let forms = catalogue.of_round(db, round.id)?;
        let places = limits::places(db, &round, &forms, words)?;
        let (unit_most, strata) = match limits::typed(&sent, &places, words) {
            Ok(typed) => typed,
            Err(trouble) => return Ok(Err(trouble)),
        };
        rounds::set_access(db, round.id, access)?;
        quotas::replace(db, round.id, unit_most, &strata)?;
        Ok(Ok(words.say("said-admission")))
    })
    .await?;
    match done {
        Ok(sentence) => Ok(said::see_other(&state, &officer, format!("/manage/rounds/{slug}/admission"), &sentence)),
        Err(trouble) => page(&request, &officer, &state, &slug, trouble.typed(fields), &Trial::default()).await,
    }
}
