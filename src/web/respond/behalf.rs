//! Forms that staff begin: for somebody who cannot fill one in alone, or to try a form before its round opens.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::code::entrance;
use super::device::Device;
use super::full::Full;
use super::notice::{self, Turned};
use super::part::address;
use super::unfinished::Opened;
use super::{access, start};
use crate::catalogue::{Entrance, Published};
use crate::state::State;
use crate::store::units;
use crate::survey::access::is_assisted;
use crate::survey::code::Way;
use crate::survey::round::{Access, Gate};
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
    /// The one-time code of the person, in a round that asks for one.
    #[serde(default)]
    ma: String,
}

/// `GET` of either: a reload, after the session ended or the answer was lost. Work begins on the desk.
pub(super) async fn elsewhere() -> HttpResponse {
    see_other("/manage/assist")
}

/// `POST /k/{code}/nhap-ho`: an officer begins a form for somebody. What would keep the form from being taken is told now,
/// before it is read aloud.
pub(super) async fn assist(
    request: HttpRequest,
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
    let forms: Vec<_> = entrance.forms.iter().filter(|form| is_assisted(form.questionnaire.audience)).collect();
    if forms.is_empty() {
        return Err(Failure::NotFound.into());
    }
    let gate = entrance.round.window().gate(state.clock.now());
    if gate != Gate::Open {
        return Ok(notice::shut_desk(&entrance, gate, officer.words)?);
    }
    if start::is_full(&state, &entrance).await? {
        return Ok(notice::full_desk(&entrance, officer.words)?);
    }
    let Some(form) = chosen(&forms, wanted.phieu.as_deref()) else {
        return Ok(which(&entrance, &officer, forms, Way::Assisted)?);
    };
    let mut code = String::new();
    if entrance.access == Access::Codes {
        match access::check(&request, &state, &entrance, &wanted.ma).await {
            Ok(known) => known.as_str().clone_into(&mut code),
            Err(trouble) => {
                let chosen = &form.questionnaire.code;
                return Ok(access::ask_officer(trouble, &entrance, &officer, chosen, &wanted.ma)?);
            }
        }
    }
    begin(&state, &entrance, &officer, form, Way::Assisted, &code).await
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
    let forms: Vec<_> = entrance.forms.iter().collect();
    let Some(form) = chosen(&forms, wanted.phieu.as_deref()) else {
        return Ok(which(&entrance, &officer, forms, Way::Trial)?);
    };
    begin(&state, &entrance, &officer, form, Way::Trial, "").await
}

/// The questionnaire of this code, of those that may be begun; without a code, the only one.
fn chosen<'e>(forms: &[&'e Arc<Published>], code: Option<&str>) -> Option<&'e Arc<Published>> {
    match code {
        Some(code) => forms.iter().find(|form| form.questionnaire.code == code).copied(),
        None if forms.len() == 1 => forms.first().copied(),
        None => None,
    }
}

#[derive(Template)]
#[template(path = "web/respond/tried.html")]
struct TriedPage<'a> {
    words: Words,
    entrance: &'a Entrance,
    /// The stored document, as it would be.
    document: String,
    /// Why it would not be taken all the same.
    full: Option<String>,
}

/// A trial form fulfils its questionnaire: what would be stored is shown, and forgotten; so is what would keep it out.
pub(super) fn tried(
    entrance: &Entrance,
    form: &Published,
    words: Words,
    submission: &Submission,
    full: Option<&Full>,
) -> Result<HttpResponse, Failure> {
    let document = submission.document(&form.questionnaire);
    let spread =
        serde_json::from_str(&document).and_then(|value: serde_json::Value| serde_json::to_string_pretty(&value));
    let full = full.map(|full| full.text(entrance, words));
    show(&TriedPage { words, entrance, document: spread.unwrap_or(document), full })
}

#[derive(Template)]
#[template(path = "web/respond/which.html")]
struct WhichPage<'a> {
    words: Words,
    entrance: &'a Entrance,
    csrf: &'a str,
    action: String,
    forms: Vec<&'a Arc<Published>>,
}

/// The school has several questionnaires: which one is begun?
fn which(
    entrance: &Entrance,
    officer: &Officer,
    forms: Vec<&Arc<Published>>,
    way: Way,
) -> Result<HttpResponse, Failure> {
    let step = if way == Way::Trial { "thu" } else { "nhap-ho" };
    let action = format!("/k/{}/{step}", entrance.code);
    show(&WhichPage { words: officer.words, entrance, csrf: &officer.csrf, action, forms })
}

async fn begin(
    state: &State,
    entrance: &Entrance,
    officer: &Officer,
    form: &Published,
    way: Way,
    access: &str,
) -> Result<HttpResponse, Turned> {
    let ticket =
        Opened::begin(state, entrance, form, way, access).await.map_err(|busy| Failure::Unknown(busy.to_string()))?;
    let mut device = Device::default();
    device.take(state, ticket);
    Ok(device.keep(state, entrance, see_other(address(entrance, &ticket, officer.words, None)))?)
}
