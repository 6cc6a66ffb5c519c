//! One-time codes, as a parent meets them: where a form is begun, and where it is sent.
//!
//! Looking burns nothing, so that previews and scanners of links do no harm: a code is spent by the writer, in the transaction
//! that stores the form.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::form::Sheet;
use crate::catalogue::{Entrance, Published};
use crate::intake::access::AccessCode;
use crate::state::State;
use crate::store::{StoreError, access_codes};
use crate::survey::round::Access;
use crate::unfinished::Ticket;
use crate::web::error::Failure;
use crate::web::page::{show_as, whole_seconds};
use crate::web::session::Officer;
use crate::web::visitor;
use crate::web::words::Words;

/// Why a code lets nobody in.
#[derive(Debug)]
pub(super) enum AccessTrouble {
    /// None was typed.
    Missing,
    /// It was never made for this round: mistyped.
    Unknown,
    /// A form was sent with it.
    Spent,
    /// It is another unit's.
    Elsewhere,
    /// Too many wrong codes: how long to wait.
    TooMany(Duration),
    /// The database failed.
    Failed(StoreError),
}

impl From<StoreError> for AccessTrouble {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

/// Whether a form may be begun here with this code; nothing is spent. Only wrong codes cost something of the budgets of the
/// address and of the poster: they keep guessing from costing the database much, while the code's 59 bits keep it from success.
///
/// # Errors
/// [`AccessTrouble`].
pub(super) async fn check(
    request: &HttpRequest,
    state: &State,
    entrance: &Entrance,
    typed: &str,
) -> Result<AccessCode, AccessTrouble> {
    if typed.trim().is_empty() {
        return Err(AccessTrouble::Missing);
    }
    let found = find(state, entrance, typed).await;
    if let Err(AccessTrouble::Unknown | AccessTrouble::Spent | AccessTrouble::Elsewhere) = &found {
        visitor::spend(request, |state| &state.budgets.codes).map_err(AccessTrouble::TooMany)?;
        state.budgets.codes_of_poster.spend_of(&entrance.code).map_err(AccessTrouble::TooMany)?;
    }
    found
}

async fn find(state: &State, entrance: &Entrance, typed: &str) -> Result<AccessCode, AccessTrouble> {
    let round_id = entrance.round.id;
    let code = AccessCode::parse(&state.secret, round_id, typed).ok_or(AccessTrouble::Unknown)?;
    let hash = code.hash(&state.secret).bytes();
    match state.store.read(move |db| access_codes::unit_of(db, round_id, &hash)).await? {
        Some(unit_id) if unit_id == entrance.unit_id => Ok(code),
        Some(_) => Err(AccessTrouble::Elsewhere),
        // it was made here, as its last signs tell
        None => Err(AccessTrouble::Spent),
    }
}

/// The code of a form that is being sent; none where the round asks for none.
///
/// # Errors
/// [`AccessTrouble::Missing`] or [`AccessTrouble::Unknown`]; whether it is spent, the writer finds out.
pub(super) fn sent(
    state: &State,
    entrance: &Entrance,
    typed: Option<&str>,
) -> Result<Option<AccessCode>, AccessTrouble> {
    match (entrance.access, typed.map(str::trim).unwrap_or("")) {
        (Access::Open, _) => Ok(None),
        (Access::Codes, "") => Err(AccessTrouble::Missing),
        (Access::Codes, typed) => {
            let code = AccessCode::parse(&state.secret, entrance.round.id, typed);
            code.map(Some).ok_or(AccessTrouble::Unknown)
        }
    }
}

#[derive(Deserialize)]
struct Wanted {
    ma: Option<String>,
}

/// The code in the address that a slip's QR code leads to; in a round that asks for one.
pub(super) fn in_address(request: &HttpRequest, entrance: &Entrance) -> Option<String> {
    if entrance.access == Access::Open {
        return None;
    }
    let query = web::Query::<Wanted>::from_query(request.query_string()).ok()?;
    query.into_inner().ma.map(|typed| shortened(&typed))
}

/// More than a code with its gaps is not shown again.
pub(super) fn shortened(typed: &str) -> String {
    typed.chars().take(40).collect()
}

#[derive(Template)]
#[template(path = "web/respond/access.html")]
struct AccessPage<'a> {
    words: Words,
    entrance: &'a Entrance,
    title: String,
    text: String,
    typed: &'a str,
    /// The form that was sent, carried along; none where it was not yet begun.
    form: Option<Carried<'a>>,
    /// The questionnaire that was chosen.
    chosen: &'a str,
    /// The proof of an officer's session, who begins the form for somebody.
    csrf: Option<&'a str>,
}

struct Carried<'a> {
    key: Uuid,
    begun: &'a str,
    version: i64,
    /// The form that was saved on the way.
    ticket: Option<Ticket>,
    pressed: bool,
    answers: Vec<(&'a str, &'a str)>,
}

/// Asks for a code before a form is begun.
///
/// # Errors
/// The template failed, or it was the database that did.
pub(super) fn ask(
    trouble: AccessTrouble,
    entrance: &Entrance,
    words: Words,
    chosen: &str,
    typed: &str,
) -> Result<HttpResponse, Failure> {
    page(trouble, entrance, words, (chosen, typed), None, None)
}

/// Asks an officer for the code of the person for whom a form is to be begun.
///
/// # Errors
/// As [`ask`].
pub(super) fn ask_officer(
    trouble: AccessTrouble,
    entrance: &Entrance,
    officer: &Officer,
    chosen: &str,
    typed: &str,
) -> Result<HttpResponse, Failure> {
    page(trouble, entrance, officer.words, (chosen, typed), None, Some(&officer.csrf))
}

/// The form was not stored because of its code: another may be typed, and nothing that was filled in is lost.
///
/// # Errors
/// As [`ask`].
pub(super) fn again(
    trouble: AccessTrouble,
    entrance: &Entrance,
    form: &Published,
    words: Words,
    sheet: &Sheet<'_>,
    typed: &str,
) -> Result<HttpResponse, Failure> {
    let carried = Carried {
        key: sheet.key,
        begun: &sheet.begun,
        version: form.version,
        ticket: sheet.ticket,
        pressed: sheet.pressed,
        answers: sheet.answers(),
    };
    page(trouble, entrance, words, (&form.questionnaire.code, typed), Some(carried), None)
}

fn page(
    trouble: AccessTrouble,
    entrance: &Entrance,
    words: Words,
    (chosen, typed): (&str, &str),
    form: Option<Carried<'_>>,
    csrf: Option<&str>,
) -> Result<HttpResponse, Failure> {
    let mut wait = None;
    let (status, name) = match trouble {
        AccessTrouble::Missing => (StatusCode::UNPROCESSABLE_ENTITY, "access-missing"),
        AccessTrouble::Unknown => (StatusCode::UNPROCESSABLE_ENTITY, "access-unknown"),
        AccessTrouble::Elsewhere => (StatusCode::UNPROCESSABLE_ENTITY, "access-elsewhere"),
        AccessTrouble::Spent => (StatusCode::CONFLICT, "access-spent"),
        AccessTrouble::TooMany(until) => {
            wait = Some(until);
            (StatusCode::TOO_MANY_REQUESTS, "access-crowded")
        }
        AccessTrouble::Failed(error) => return Err(error.into()),
    };
    let [title, text] = ["title", "text"].map(|part| words.say(&format!("{name}-{part}")));
    let typed = shortened(typed);
    let page = AccessPage { words, entrance, title, text, typed: &typed, form, chosen, csrf };
    let mut response = show_as(status, &page)?;
    if let Some(wait) = wait {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(whole_seconds(wait)));
    }
    Ok(response)
}
