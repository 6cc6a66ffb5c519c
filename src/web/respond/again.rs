//! A form that could not be stored now, or whose key was used for other answers: everything typed is carried along, one tap
//! away.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use askama::Template;
use uuid::Uuid;

use super::form::Sheet;
use crate::catalogue::{Entrance, Published};
use crate::intake::receipt::begun_stamp;
use crate::state::State;
use crate::survey::round::{Access, Gate};
use crate::unfinished::Ticket;
use crate::web::error::Failure;
use crate::web::page::show_as;
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/respond/again.html")]
struct AgainPage<'a> {
    words: Words,
    entrance: &'a Entrance,
    form: &'a Published,
    why: Why,
    key: Uuid,
    begun: String,
    /// The form that was saved on the way, unless this becomes another.
    ticket: Option<Ticket>,
    access: &'a str,
    pressed: bool,
    answers: Vec<(&'a str, &'a str)>,
    first_receipt: &'a str,
}

/// Why a form was not stored although nothing is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Why {
    /// Its key was used for other answers; it can be sent as another form.
    Conflict,
    /// The same after closing, or when the code was revoked: another form would not have been begun in time.
    LateConflict,
    /// Too many at once.
    Busy,
    /// The database failed; the reference leads to the cause in the log.
    Failed(String),
}

/// The key was used for other answers. `first_receipt` is where the form that was stored is proven.
///
/// # Errors
/// The template failed.
pub(super) fn conflict(
    state: &State,
    entrance: &Entrance,
    form: &Published,
    words: Words,
    sheet: &Sheet<'_>,
    first_receipt: &str,
) -> Result<HttpResponse, Failure> {
    let key = Uuid::new_v4();
    let is_open = entrance.is_live() && entrance.round.window().gate(state.clock.now()) == Gate::Open;
    let page = AgainPage {
        words,
        entrance,
        form,
        why: if is_open { Why::Conflict } else { Why::LateConflict },
        key,
        begun: begun_stamp(&state.secret, entrance.code, key, sheet.moment),
        ticket: None,
        // that of the first form is spent
        access: "",
        pressed: sheet.pressed,
        // pictures belong to the form that was stored
        answers: sheet.answers().into_iter().filter(|(name, _)| !takes_pictures(form, name)).collect(),
        first_receipt,
    };
    show_as(StatusCode::CONFLICT, &page)
}

/// It could not be stored: too much at once, or a failure of this reference.
///
/// # Errors
/// The template failed.
pub(super) fn later(
    reference: Option<String>,
    entrance: &Entrance,
    form: &Published,
    words: Words,
    sheet: &Sheet<'_>,
) -> Result<HttpResponse, Failure> {
    let page = AgainPage {
        words,
        entrance,
        form,
        why: reference.map_or(Why::Busy, Why::Failed),
        key: sheet.key,
        begun: sheet.begun.clone(),
        ticket: sheet.ticket,
        access: &sheet.access,
        pressed: sheet.pressed,
        answers: sheet.answers(),
        first_receipt: "",
    };
    let mut response = show_as(StatusCode::SERVICE_UNAVAILABLE, &page)?;
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("20"));
    Ok(response)
}

fn takes_pictures(form: &Published, name: &str) -> bool {
    let place = form.questionnaire.place(name);
    place.is_some_and(|place| form.questionnaire.questions[place].kind.pictures() > 0)
}

impl AgainPage<'_> {
    fn title(&self) -> String {
        match &self.why {
            Why::Conflict => self.words.for_audience("conflict-title", self.entrance.audience()),
            Why::LateConflict => self.words.say("conflict-late-title"),
            Why::Busy => self.words.say("busy-title"),
            Why::Failed(_) => self.words.say("failed-title"),
        }
    }

    fn text(&self) -> String {
        match &self.why {
            Why::Conflict => self.words.say("conflict-text"),
            Why::LateConflict => self.words.say("conflict-late-text"),
            Why::Busy => self.words.say("busy-text"),
            Why::Failed(reference) => self.words.with("failed-text", "reference", reference),
        }
    }

    /// Whether another form needs a code of its own.
    fn asks_for_code(&self) -> bool {
        self.why == Why::Conflict && self.entrance.access == Access::Codes
    }
}
