//! Forms that staff begin: for somebody who cannot fill one in alone, or to try a form before its round opens.

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::code::entrance;
use super::device::Device;
use super::notice::Turned;
use super::part::address;
use super::unfinished::Opened;
use crate::catalogue::{Entrance, Published};
use crate::state::State;
use crate::store::units;
use crate::survey::code::Way;
use crate::survey::round::Gate;
use crate::survey::submission::Submission;
use crate::web::error::Failure;
use crate::web::page::{see_other, show};
use crate::web::session::{Assistant, Officer, Steering};
use crate::web::words::Words;

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    _csrf: String,
    phieu: Option<String>,
}

/// `GET` of either: a reload, after the session ended or the answer was lost. Work begins on the desk.
pub(super) async fn elsewhere() -> HttpResponse {
    see_other("/manage/assist")
}

/// `POST /k/{code}/nhap-ho`: an officer begins a form for somebody.
pub(super) async fn assist(
    officer: Assistant,
    state: web::Data<State>,
    code: web::Path<String>,
    wanted: web::Form<Wanted>,
) -> Result<HttpResponse, Turned> {
    officer.check_csrf(&wanted._csrf)?;
    let entrance = entrance(&state, &code, officer.words).await?;
    let assistant = officer.0.clone();
    let below = state.store.read(move |db| assistant.assists(db)).await.map_err(Failure::from)?;
    if !below.contains(&entrance.unit_id) {
        return Err(Failure::Forbidden.into());
    }
    if entrance.round.window().gate(state.clock.now()) != Gate::Open {
        return Err(Failure::Conflict(officer.words.say("assist-shut")).into());
    }
    begin(&state, &entrance, &officer, wanted.phieu.as_deref(), Way::Assisted).await
}

/// `POST /k/{code}/thu`: an officer tries the form; the round need not be open, and nothing is stored.
pub(super) async fn rehearse(
    officer: Steering,
    state: web::Data<State>,
    code: web::Path<String>,
    wanted: web::Form<Wanted>,
) -> Result<HttpResponse, Turned> {
    officer.check_csrf(&wanted._csrf)?;
    let entrance = entrance(&state, &code, officer.words).await?;
    let owner = entrance.round.owner_id;
    let line = state.store.read(move |db| units::line(db, owner)).await.map_err(Failure::from)?;
    if !officer.may_manage(&line) {
        return Err(Failure::NotFound.into());
    }
    begin(&state, &entrance, &officer, wanted.phieu.as_deref(), Way::Trial).await
}

#[derive(Template)]
#[template(path = "web/respond/tried.html")]
struct TriedPage<'a> {
    words: Words,
    entrance: &'a Entrance,
    /// The stored document, as it would be.
    document: String,
}

/// A trial form fulfils its questionnaire: what would be stored is shown, and forgotten.
pub(super) fn tried(
    entrance: &Entrance,
    form: &Published,
    words: Words,
    submission: &Submission,
) -> Result<HttpResponse, Failure> {
    let document = submission.document(&form.questionnaire);
    let spread =
        serde_json::from_str(&document).and_then(|value: serde_json::Value| serde_json::to_string_pretty(&value));
    show(&TriedPage { words, entrance, document: spread.unwrap_or(document) })
}

#[derive(Template)]
#[template(path = "web/respond/which.html")]
struct WhichPage<'a> {
    words: Words,
    entrance: &'a Entrance,
    csrf: &'a str,
    action: String,
}

/// The school has several questionnaires: which one is begun?
fn which(entrance: &Entrance, officer: &Officer, way: Way) -> Result<HttpResponse, Failure> {
    let step = if way == Way::Trial { "thu" } else { "nhap-ho" };
    let action = format!("/k/{}/{step}", entrance.code);
    show(&WhichPage { words: officer.words, entrance, csrf: &officer.csrf, action })
}

async fn begin(
    state: &State,
    entrance: &Entrance,
    officer: &Officer,
    wanted: Option<&str>,
    way: Way,
) -> Result<HttpResponse, Turned> {
    let Some(form) = entrance.form(wanted) else { return Ok(which(entrance, officer, way)?) };
    let ticket =
        Opened::begin(state, entrance, form, way, "").await.map_err(|busy| Failure::Unknown(busy.to_string()))?;
    let mut device = Device::default();
    device.take(state, ticket);
    Ok(device.keep(state, entrance, see_other(address(entrance, &ticket, officer.words, None)))?)
}
