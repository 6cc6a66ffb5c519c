//! A form part by part. Each part is saved as it is filled in; the address leads back to it, for this device alone.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};

use super::code::{entrance_begun, named, words};
use super::device::Device;
use super::form::{self, Journey, Sheet};
use super::notice::Turned;
use super::sent::Sent;
use super::unfinished::{Opened, part_of};
use super::{elsewhere, full, kiosk, notice, start};
use crate::catalogue::Entrance;
use crate::state::State;
use crate::store::unfinished::Change;
use crate::survey::code::Way;
use crate::survey::question::{PicturesAt, Question};
use crate::survey::submission;
use crate::survey::text::Lang;
use crate::survey::violation::Violation;
use crate::unfinished::Ticket;
use crate::web::page::{self, see_other};
use crate::web::words::Words;

/// What follows the address of a form that is under way, in place of a part's number.
pub(super) const REVIEW: &str = "xem-lai";

/// The address of an unfinished form, at this part (from 0).
pub(super) fn address(entrance: &Entrance, ticket: &Ticket, words: Words, part: Option<usize>) -> String {
    let part = part.map_or(String::new(), |part| format!("&phan={}", part + 1));
    format!("/k/{}/phieu/{ticket}?lang={}{part}", entrance.code, words.0)
}

/// Whoever has come to an unfinished form.
pub(super) struct Visit {
    pub state: web::Data<State>,
    pub entrance: Arc<Entrance>,
    pub words: Words,
    pub ticket: Ticket,
    pub device: Device,
    /// Whether the device has proven that the form is its own, …
    pub is_proven: bool,
    /// … and whether by a cookie, so that it will prove it again after a redirect.
    pub keeps_cookies: bool,
}

impl Visit {
    pub(super) async fn new(
        request: &HttpRequest,
        state: web::Data<State>,
        (code, ticket): (String, String),
        words: Words,
        proof: Option<&str>,
    ) -> Result<Self, Turned> {
        let entrance = entrance_begun(&state, &code, words).await?;
        let Some(ticket) = Ticket::parse(&ticket) else { return Err(Turned::Gone { entrance, words, receipt: None }) };
        let is_elsewhere = kiosk::home_elsewhere(request, &state, &entrance).await?.is_some();
        let device = if is_elsewhere { Device::default() } else { Device::of(request) };
        let keeps_cookies = device.holds(&state, &ticket);
        let proof = proof.filter(|_| !is_elsewhere);
        let is_proven = keeps_cookies || proof.is_some_and(|proof| ticket.is_proven_by(&state.secret, proof));
        Ok(Self { state, entrance, words, ticket, device, is_proven, keeps_cookies })
    }

    /// Whoever has just pressed *Bắt đầu* in a browser that keeps no cookies.
    pub(super) fn just_begun(
        state: web::Data<State>,
        entrance: Arc<Entrance>,
        words: Words,
        ticket: Ticket,
        device: Device,
    ) -> Self {
        Self { state, entrance, words, ticket, device, is_proven: true, keeps_cookies: false }
    }

    /// The form at its first part.
    pub(super) async fn first_part(&self) -> Result<HttpResponse, Turned> {
        let opened = self.open().await?;
        self.page(StatusCode::OK, &opened, 0, &[], None)
    }

    /// The form, if the round still takes it.
    pub(super) async fn open(&self) -> Result<Opened<'_>, Turned> {
        let Some(opened) = Opened::find(&self.state, &self.entrance, self.ticket).await? else {
            return Err(elsewhere::gone(self).await?);
        };
        let now = self.state.clock.now();
        if opened.way == Way::Trial || self.entrance.takes(now, Some(opened.begun_at())) {
            return Ok(opened);
        }
        Err(Turned::Shut {
            entrance: self.entrance.clone(),
            gate: self.entrance.round.window().gate(now),
            words: self.words,
        })
    }

    /// Where the pictures of this form are sent and seen. A browser without cookies gets a letter along, which lets it see them.
    pub(super) fn pictures_at(&self) -> PicturesAt {
        let letter = || self.ticket.letter(&self.state.secret, self.state.clock.now());
        let letter = if self.keeps_cookies { String::new() } else { format!("&m={}", letter()) };
        PicturesAt {
            address: format!("/k/{}/phieu/{}/anh", self.entrance.code, self.ticket),
            query: format!("lang={}{letter}", self.words.0),
        }
    }

    /// Whether this device may see the form: it has proven that it is its own, or was let in a moment ago.
    pub(super) fn may_see(&self, letter: Option<&str>) -> bool {
        let letter = letter.unwrap_or_default();
        self.is_proven || self.ticket.is_opened_by(&self.state.secret, letter, self.state.clock.now())
    }

    /// The form at one part, as it was filled in so far.
    pub(super) fn page(
        &self,
        status: StatusCode,
        opened: &Opened<'_>,
        part: usize,
        violations: &[Violation],
        note: Option<&'static str>,
    ) -> Result<HttpResponse, Turned> {
        let mut sheet = self.sheet(opened, part);
        sheet.note = note;
        let page = form::render(status, &self.entrance, opened.form, self.words, &sheet, violations)?;
        self.remembered(page)
    }

    /// One question of the form by itself, as HTML.
    pub(super) fn question(
        &self,
        status: StatusCode,
        opened: &Opened<'_>,
        question: &Question,
        violations: &[Violation],
    ) -> Result<HttpResponse, Turned> {
        let sheet = self.sheet(opened, question.section);
        let html = form::alone(question, opened.form, self.words, &sheet, violations)?;
        self.remembered(page::html(status, html))
    }

    fn sheet(&self, opened: &Opened<'_>, part: usize) -> Sheet<'static> {
        let mut sheet = Sheet::fresh(&self.state, &self.entrance, opened.raw());
        sheet.moment = opened.begun_at();
        sheet.journey = Some(Journey {
            address: address(&self.entrance, &self.ticket, self.words, None),
            proof: self.ticket.proof(&self.state.secret),
            keeps_cookies: self.keeps_cookies,
            digits: self.ticket.digits(&self.state.secret, opened.row.tries),
            pictures: self.pictures_at(),
            part,
            way: opened.way,
            saved: opened.saved.clone(),
            open: self.open_parts(opened),
        });
        sheet
    }

    /// The language of the questions.
    pub(super) fn lang(&self, opened: &Opened<'_>) -> Lang {
        opened.form.questionnaire.lang(self.words.0)
    }

    /// Which parts have something to ask.
    fn open_parts(&self, opened: &Opened<'_>) -> Vec<bool> {
        opened.route(self.lang(opened)).open_sections()
    }

    /// What keeps the whole form from being taken.
    pub(super) fn wrong(&self, opened: &Opened<'_>) -> Vec<Violation> {
        let occasion = opened.occasion(self.lang(opened));
        submission::parse(&opened.form.questionnaire, &opened.raw(), occasion).err().unwrap_or_default()
    }

    /// The answer, with the proof for this device.
    pub(super) fn remembered(&self, response: HttpResponse) -> Result<HttpResponse, Turned> {
        let mut device = self.device.clone();
        device.take(&self.state, self.ticket);
        Ok(device.keep(&self.state, &self.entrance, response)?)
    }
}

#[derive(serde::Deserialize)]
pub(super) struct Place {
    phan: Option<String>,
}

/// `GET /k/{code}/phieu/{ticket}`
pub(super) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    path: web::Path<(String, String)>,
    place: web::Query<Place>,
) -> Result<HttpResponse, Turned> {
    let visit = Visit::new(&request, state, path.into_inner(), words(&request), None).await?;
    let opened = match visit.open().await {
        Err(gone @ Turned::Gone { .. }) if !visit.is_proven => return Ok(elsewhere::guessed(&request, &gone)),
        opened => opened?,
    };
    if !visit.is_proven {
        return elsewhere::ask(&visit, &opened, None);
    }
    if place.phan.as_deref() == Some(REVIEW) {
        return full::or_review(&visit, &opened).await;
    }
    visit.page(StatusCode::OK, &opened, self::place(place.phan.as_deref(), &opened), &[], None)
}

/// The part that is meant (from 0), of those that there are.
fn place(number: Option<&str>, opened: &Opened<'_>) -> usize {
    let last = opened.form.questionnaire.sections.len().saturating_sub(1);
    number.and_then(|number| number.parse::<usize>().ok()).unwrap_or(1).saturating_sub(1).min(last)
}

/// `POST /k/{code}/phieu/{ticket}`: a part is filled in.
pub(super) async fn go(
    request: HttpRequest,
    state: web::Data<State>,
    path: web::Path<(String, String)>,
    body: Bytes,
) -> Result<HttpResponse, Turned> {
    let sent = Sent::read(&body)?;
    let words = named(sent.get("_lang"));
    let visit = Visit::new(&request, state, path.into_inner(), words, sent.get("_may")).await?;
    let mut opened = visit.open().await?;
    if !visit.is_proven {
        return elsewhere::enter(&visit, &opened, sent.get("_so")).await;
    }
    let way = sent.get("_di").unwrap_or_default();
    if way == "xoa" {
        return give_up(visit).await;
    }
    if way.strip_prefix("den-") == Some(REVIEW) {
        return full::or_review(&visit, &opened).await;
    }
    if let Some(part) = way.strip_prefix("den-") {
        return visit.page(StatusCode::OK, &opened, place(Some(part), &opened), &[], None);
    }
    let part = place(sent.get("_phan"), &opened);
    let saved = opened.save(&visit.state, part, sent.pairs()).await;
    match way {
        "luu" if saved.is_ok() => visit.remembered(HttpResponse::NoContent().finish()),
        "luu" => Ok(HttpResponse::ServiceUnavailable().finish()),
        _ if saved.is_err() => visit.page(StatusCode::SERVICE_UNAVAILABLE, &opened, part, &[], Some("part-not-saved")),
        "lui" => move_to(&visit, &opened, before(&visit, &opened, part)).await,
        _ if opened.way != Way::Trial && start::is_full(&visit.state, &visit.entrance).await? => match way {
            "kiem" => Ok(HttpResponse::Gone().finish()),
            _ => Ok(notice::full(StatusCode::GONE, &visit.entrance, visit.words)?),
        },
        _ => {
            let mut wrong = wrong_in(&visit, &opened, part);
            if wrong.is_empty() {
                wrong.extend(full::in_part(&visit, &opened, part).await?);
            }
            match (wrong.is_empty(), way) {
                (true, "kiem") => visit.remembered(HttpResponse::NoContent().finish()),
                (true, _) => move_to(&visit, &opened, after(&visit, &opened, part)).await,
                (false, "kiem") => Ok(HttpResponse::UnprocessableEntity().finish()),
                (false, _) => visit.page(StatusCode::UNPROCESSABLE_ENTITY, &opened, part, &wrong, None),
            }
        }
    }
}

/// To a part, or to the review behind the last one. Without cookies a redirect would meet a stranger, so the page comes at once.
async fn move_to(visit: &Visit, opened: &Opened<'_>, part: Option<usize>) -> Result<HttpResponse, Turned> {
    match (visit.keeps_cookies, part) {
        (true, Some(_)) => visit.remembered(see_other(address(&visit.entrance, &visit.ticket, visit.words, part))),
        (true, None) => {
            let here = address(&visit.entrance, &visit.ticket, visit.words, None);
            visit.remembered(see_other(format!("{here}&phan={REVIEW}")))
        }
        (false, Some(part)) => visit.page(StatusCode::OK, opened, part, &[], None),
        (false, None) => full::or_review(visit, opened).await,
    }
}

/// What keeps this part from being left: what is wrong in it, and nothing that is only missing elsewhere.
fn wrong_in(visit: &Visit, opened: &Opened<'_>, part: usize) -> Vec<Violation> {
    let questionnaire = &opened.form.questionnaire;
    let mut wrong = visit.wrong(opened);
    wrong.retain(|violation| {
        !violation.reason.is_about_the_whole() && part_of(questionnaire, &violation.question) == Some(part)
    });
    wrong
}

fn after(visit: &Visit, opened: &Opened<'_>, part: usize) -> Option<usize> {
    let open = visit.open_parts(opened);
    (part + 1..open.len()).find(|next| open[*next])
}

fn before(visit: &Visit, opened: &Opened<'_>, part: usize) -> Option<usize> {
    let open = visit.open_parts(opened);
    Some((0..part).rev().find(|back| open[*back]).unwrap_or(0))
}

/// The form is given up: nothing of it stays.
async fn give_up(visit: Visit) -> Result<HttpResponse, Turned> {
    let ended = visit.state.unfinished.change(Change::End(visit.ticket.hash())).await;
    if ended.is_err() {
        return Err(crate::web::error::Failure::Unknown("an unfinished form could not be deleted".to_owned()).into());
    }
    let mut device = visit.device;
    device.leave(&visit.ticket);
    let start = see_other(format!("/k/{}?lang={}", visit.entrance.code, visit.words.0));
    Ok(device.keep(&visit.state, &visit.entrance, start)?)
}
