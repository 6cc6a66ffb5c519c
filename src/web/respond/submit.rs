//! A form is sent: read, checked, stored, and only then thanked for.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};

use super::access::{self, AccessTrouble};
use super::code::{entrance_of_form, named};
use super::device::Device;
use super::form::{self, Sheet};
use super::full::{self, Full};
use super::kiosk;
use super::notice::{self, Turned};
use super::pictures::{self, Carried};
use super::sent::Sent;
use super::{again, behalf, secret};
use crate::catalogue::{Entrance, Published};
use crate::intake::IntakeError;
use crate::intake::form::Circumstances;
use crate::intake::receipt::Receipt;
use crate::state::State;
use crate::store::intake::Stored;
use crate::store::unfinished::{self, Change};
use crate::survey::code::Way;
use crate::survey::pace::Pace;
use crate::survey::route::Occasion;
use crate::survey::submission::{self, Submission};
use crate::unfinished::Ticket;
use crate::vietnamese::local;
use crate::web::error::{Failure, reference};
use crate::web::page::see_other;
use crate::web::words::Words;

/// `POST /k/{code}`
pub(super) async fn submit(
    request: HttpRequest,
    state: web::Data<State>,
    code: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Turned> {
    let sent = Sent::read(&body)?;
    let words = named(sent.get("_lang"));
    let (entrance, begun) = entrance_of_form(&state, &code, words, (sent.key(), sent.get("_begun"))).await?;
    let Some(form) = entrance.form(sent.get("_phieu")) else {
        return Ok(see_other(format!("/k/{}?lang={}#chon", entrance.code, words.0)));
    };
    let now = state.clock.now();
    let Some(key) = sent.key() else {
        let mut sheet = Sheet::fresh(&state, &entrance, sent.answers());
        sheet.note = Some("form-key-lost");
        return Ok(form::render(StatusCode::UNPROCESSABLE_ENTITY, &entrance, form, words, &sheet, &[])?);
    };
    let begun_stamp = sent.get("_begun").unwrap_or("").to_owned();
    let ticket = sent.get("_nhap").and_then(Ticket::parse).filter(|ticket| ticket.key(&state.secret) == key);
    let mut way = way(&state, &sent, ticket).await?;
    if way == Way::Own && kiosk::is_here(&request) {
        way = Way::Kiosk;
    }
    let mut sheet = Sheet {
        key,
        begun: begun_stamp,
        moment: begun.unwrap_or(now),
        ticket,
        access: sent.get("_ma").unwrap_or("").to_owned(),
        pressed: sent.get("_ep") == Some("1"),
        ..Sheet::fresh(&state, &entrance, sent.answers())
    };
    if sent.get("_ban").is_some_and(|version| version != form.version.to_string()) {
        sheet.note = Some("form-other-version");
        return Ok(form::render(StatusCode::UNPROCESSABLE_ENTITY, &entrance, form, words, &sheet, &[])?);
    }
    let lang = form.questionnaire.lang(words.0);
    let occasion = Occasion { now: local(sheet.moment), lang };
    match submission::parse(&form.questionnaire, &sheet.raw, occasion) {
        // whoever corrected it would be turned away afterwards
        Err(_) if !entrance.takes(now, begun) => Ok(closed(&state, &entrance, words)?),
        Err(violations) => {
            Ok(form::render(StatusCode::UNPROCESSABLE_ENTITY, &entrance, form, words, &sheet, &violations)?)
        }
        Ok(submission) => {
            let Some(mode) = way.mode() else {
                let full = full::for_form(&state, &entrance, form, &submission, lang).await?;
                return Ok(behalf::tried(&entrance, form, words, &submission, full.as_ref())?);
            };
            let access = match access::sent(&state, &entrance, Some(&sheet.access)) {
                Ok(access) => access.map(|code| code.hash(&state.secret)),
                Err(trouble) => return Ok(access::again(trouble, &entrance, form, words, &sheet, &sheet.access)?),
            };
            let took = begun.filter(|_| way.shows_pace()).map(|begun| now - begun);
            let pace = Pace::of(took, submission.words_asked(&form.questionnaire, lang));
            let (today, pressed) = (state.clock.today(), sheet.pressed);
            let with = Circumstances { key, lang, mode, begun, pace, today, pressed, access };
            let carried = match pictures::carried(&state, &entrance, form, (key, ticket), &submission).await? {
                Ok(carried) => carried,
                Err(missing) => {
                    let status = StatusCode::UNPROCESSABLE_ENTITY;
                    return Ok(form::render(status, &entrance, form, words, &sheet, &missing)?);
                }
            };
            let answer = store(&state, &entrance, form, words, &sheet, with, (&submission, carried)).await?;
            match ticket {
                Some(ticket) if answer.status() == StatusCode::SEE_OTHER => {
                    Ok(finish(&request, &state, &entrance, ticket, way, answer).await?)
                }
                _ => Ok(answer),
            }
        }
    }
}

/// How the form was filled in: what was written down when it was begun, not what the form says.
async fn way(state: &State, sent: &Sent, ticket: Option<Ticket>) -> Result<Way, Failure> {
    // a trial stays one even when it was left open for so long that nothing is known of it any more
    if sent.get("_thu").is_some() {
        return Ok(Way::Trial);
    }
    let Some(ticket) = ticket else { return Ok(Way::Own) };
    let (hash, now) = (ticket.hash(), state.clock.now());
    let found = state.store.read(move |db| unfinished::find(db, &hash, now)).await?;
    Ok(found.map_or(Ok(Way::Own), |(row, _)| row.way())?)
}

/// The form is stored: the saved one goes. Where that fails it goes with the idle ones, and sending it again counts nothing.
async fn finish(
    request: &HttpRequest,
    state: &State,
    entrance: &Entrance,
    ticket: Ticket,
    way: Way,
    mut answer: HttpResponse,
) -> Result<HttpResponse, Failure> {
    let _ = state.unfinished.change(Change::End(ticket.hash())).await;
    let mut device = Device::of(request);
    if way == Way::Kiosk {
        device.leave(&ticket);
        let receipt = answer.headers().get(LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
        answer = see_other(format!("{receipt}&may-chung=1"));
    }
    if way == Way::Assisted {
        device.leave(&ticket);
        let receipt = answer.headers().get(LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
        // the person must be able to withdraw: the officer writes the code down for whoever gave the answers
        let seen = see_other(format!("{receipt}&nhap-ho=1"));
        answer = secret::remember(seen, state, entrance, ticket.key(&state.secret));
    }
    // elsewhere the device goes on holding the proof for a while: Back leads to the receipt, not to a stranger's page
    device.keep(state, entrance, answer)
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
    with: Circumstances,
    (submission, carried): (&Submission, Carried<'_>),
) -> Result<HttpResponse, Failure> {
    let lang = with.lang;
    let (stored, receipt) = state.take(entrance, form, submission, with, carried.pictures).await;
    match stored {
        Ok(Stored::New | Stored::Repeat) => {
            Ok(secret::remember(see_other(receipt_path(entrance, &receipt, words)), state, entrance, sheet.key))
        }
        Ok(Stored::Conflict) => {
            again::conflict(state, entrance, form, words, sheet, &receipt_path(entrance, &receipt, words)).await
        }
        Ok(Stored::Closed) => closed(state, entrance, words),
        Ok(Stored::Spent) => access::again(AccessTrouble::Spent, entrance, form, words, sheet, ""),
        Ok(Stored::Full) => {
            // a form may have been withdrawn since: then as if it were the unit
            let full = full::for_form(state, entrance, form, submission, lang).await?.unwrap_or(Full::Unit);
            notice::full_sent(entrance, &full, words)
        }
        Err(IntakeError::Busy) => again::later(None, entrance, form, words, sheet),
        Err(IntakeError::Store(error)) => {
            let reference = reference();
            tracing::error!(reference, cause = %error, "a form could not be stored");
            again::later(Some(reference), entrance, form, words, sheet)
        }
    }
}

fn receipt_path(entrance: &Entrance, receipt: &Receipt, words: Words) -> String {
    format!("/k/{}/bien-nhan/{}?lang={}", entrance.code, receipt.as_str(), words.0)
}
