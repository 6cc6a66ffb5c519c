//! A form is sent: read, checked, stored, and only then thanked for.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{self, Bytes};
use askama::Template;
use chrono::NaiveDateTime;
use uuid::Uuid;

use super::access::{self, AccessTrouble};
use super::code::{entrance_of_form, named};
use super::form::{self, Sheet};
use super::notice::{self, Turned};
use super::secret;
use crate::catalogue::{Entrance, Published};
use crate::intake::IntakeError;
use crate::intake::form::Circumstances;
use crate::intake::receipt::Receipt;
use crate::state::State;
use crate::store::intake::Stored;
use crate::survey::code::Mode;
use crate::survey::raw::RawAnswers;
use crate::survey::submission::{self, Submission};
use crate::web::error::{Failure, reference};
use crate::web::page::{see_other, show_as};
use crate::web::words::Words;

/// `POST /k/{code}`
pub(super) async fn submit(
    state: web::Data<State>,
    code: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Turned> {
    let sent = Sent::read(&body)?;
    let words = named(sent.get("_lang"));
    let (entrance, begun) = entrance_of_form(&state, &code, words, sent.get("_begun")).await?;
    let Some(form) = entrance.form(sent.get("_phieu")) else {
        return Ok(see_other(format!("/k/{}?lang={}#chon", entrance.code, words.0)));
    };
    let now = state.clock.now();
    let Some(sheet) = sent.sheet() else {
        let mut sheet = Sheet::fresh(&state, &entrance, sent.answers());
        sheet.note = Some("form-key-lost");
        return Ok(form::render(StatusCode::UNPROCESSABLE_ENTITY, &entrance, form, words, &sheet, &[])?);
    };
    match submission::parse(&form.questionnaire, &sheet.raw) {
        // whoever corrected it would be turned away afterwards
        Err(_) if !entrance.takes(now, begun) => Ok(closed(&state, &entrance, words)?),
        Err(violations) => {
            Ok(form::render(StatusCode::UNPROCESSABLE_ENTITY, &entrance, form, words, &sheet, &violations)?)
        }
        Ok(submission) => Ok(store(&state, &entrance, form, words, &sheet, begun, &submission).await?),
    }
}

fn closed(state: &State, entrance: &Entrance, words: Words) -> Result<HttpResponse, Failure> {
    notice::shut(StatusCode::GONE, entrance, entrance.round.window().gate(state.clock.now()), words)
}

async fn store(
    state: &State,
    entrance: &Arc<Entrance>,
    form: &Published,
    words: Words,
    sheet: &Sheet<'_>,
    begun: Option<NaiveDateTime>,
    submission: &Submission,
) -> Result<HttpResponse, Failure> {
    let access = match access::sent(state, entrance, Some(&sheet.access)) {
        Ok(access) => access.map(|code| code.hash(&state.secret)),
        Err(trouble) => return access::again(trouble, entrance, form, words, sheet, &sheet.access),
    };
    let with = Circumstances {
        key: sheet.key,
        lang: form.questionnaire.lang(words.0),
        mode: Mode::Web,
        begun,
        today: state.clock.today(),
        pressed: sheet.pressed,
        access,
    };
    let (stored, receipt) = state.take(entrance, form, submission, with).await;
    match stored {
        Ok(Stored::New | Stored::Repeat) => {
            Ok(secret::remember(see_other(receipt_path(entrance, &receipt, words)), state, entrance, sheet.key))
        }
        Ok(Stored::Conflict) => again(Why::Conflict, entrance, form, words, sheet, &receipt),
        Ok(Stored::Closed) => closed(state, entrance, words),
        Ok(Stored::Spent) => access::again(AccessTrouble::Spent, entrance, form, words, sheet, ""),
        Ok(Stored::Full) => notice::full(StatusCode::GONE, entrance, words),
        Err(IntakeError::Busy) => again(Why::Busy, entrance, form, words, sheet, &receipt),
        Err(IntakeError::Store(error)) => {
            let reference = reference();
            tracing::error!(reference, cause = %error, "a form could not be stored");
            again(Why::Failed(reference), entrance, form, words, sheet, &receipt)
        }
    }
}

fn receipt_path(entrance: &Entrance, receipt: &Receipt, words: Words) -> String {
    format!("/k/{}/bien-nhan/{}?lang={}", entrance.code, receipt.as_str(), words.0)
}

/// What was sent, with names and values of the form itself apart from the answers.
struct Sent(Vec<(String, String)>);

impl Sent {
    /// # Errors
    /// The bytes are not text in UTF-8.
    fn read(body: &[u8]) -> Result<Self, Failure> {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
        // the decoder puts this sign where bytes are no UTF-8; nobody types it
        if pairs.iter().any(|(name, value)| name.contains('\u{fffd}') || value.contains('\u{fffd}')) {
            return Err(Failure::Bad(Words::VI.say("submit-not-utf8")));
        }
        Ok(Self(pairs))
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn answers(&self) -> RawAnswers<'static> {
        RawAnswers::from_form(self.0.iter().cloned())
    }

    /// The form as it was sent; none without its key, because then nobody could tell a second tap from a second form.
    fn sheet(&self) -> Option<Sheet<'static>> {
        let key = self.get("_key")?.parse().ok()?;
        let own = |name| self.get(name).unwrap_or("").to_owned();
        Some(Sheet {
            key,
            begun: own("_begun"),
            raw: self.answers(),
            access: own("_ma"),
            pressed: own("_ep") == "1",
            note: None,
        })
    }
}

#[derive(Template)]
#[template(path = "web/respond/again.html")]
struct AgainPage<'a> {
    words: Words,
    entrance: &'a Entrance,
    form: &'a Published,
    why: Why,
    key: Uuid,
    begun: &'a str,
    access: &'a str,
    pressed: bool,
    answers: Vec<(&'a str, &'a str)>,
    first_receipt: String,
}

/// The form could not be stored now, or its key was used for other answers: everything typed is carried along, one tap away.
fn again(
    why: Why,
    entrance: &Entrance,
    form: &Published,
    words: Words,
    sheet: &Sheet<'_>,
    receipt: &Receipt,
) -> Result<HttpResponse, Failure> {
    let is_conflict = why == Why::Conflict;
    let page = AgainPage {
        words,
        entrance,
        form,
        why,
        key: if is_conflict { Uuid::new_v4() } else { sheet.key },
        begun: &sheet.begun,
        access: &sheet.access,
        pressed: sheet.pressed,
        answers: sheet.answers(),
        first_receipt: receipt_path(entrance, receipt, words),
    };
    if is_conflict {
        return show_as(StatusCode::CONFLICT, &page);
    }
    let mut response = show_as(StatusCode::SERVICE_UNAVAILABLE, &page)?;
    response
        .headers_mut()
        .insert(actix_web::http::header::RETRY_AFTER, actix_web::http::header::HeaderValue::from_static("20"));
    Ok(response)
}

/// Why a form was not stored although nothing is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Why {
    /// Its key was used for other answers.
    Conflict,
    /// Too many at once.
    Busy,
    /// The database failed; the reference leads to the cause in the log.
    Failed(String),
}

impl AgainPage<'_> {
    fn title(&self) -> String {
        match &self.why {
            Why::Conflict => self.words.for_audience("conflict-title", self.entrance.audience()),
            Why::Busy => self.words.say("busy-title"),
            Why::Failed(_) => self.words.say("failed-title"),
        }
    }

    fn text(&self) -> String {
        match &self.why {
            Why::Conflict => self.words.say("conflict-text"),
            Why::Busy => self.words.say("busy-text"),
            Why::Failed(reference) => self.words.with("failed-text", "reference", reference),
        }
    }
}
