//! Pictures of a form under way: each is sent by itself, drawn anew and sealed before the answer is given. They go with the
//! form, or are kept with the submission that names them.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use tokio::sync::SemaphorePermit;
use uuid::Uuid;

use super::code::words;
use super::elsewhere;
use super::notice::Turned;
use super::part::{Visit, address};
use super::unfinished::Opened;
use super::upload::{Cut, Upload};
use crate::catalogue::{Entrance, Published};
use crate::intake::receipt::Receipt;
use crate::picture::Refused;
use crate::state::State;
use crate::store::pictures::NewPicture;
use crate::store::{submissions, unfinished};
use crate::survey::picture::{PictureId, Unfit};
use crate::survey::question::Question;
use crate::survey::submission::Submission;
use crate::survey::violation::{Reason, Violation};
use crate::unfinished::{Busy, Ticket};
use crate::web::error::Failure;
use crate::web::page::{picture, see_other};

#[derive(Deserialize)]
pub(super) struct Asked {
    /// The question.
    cau: String,
    /// Only the question is wanted back, not the whole page.
    manh: Option<String>,
}

/// Why a picture is not there afterwards.
enum Stop {
    /// It is not taken.
    Unfit(Unfit),
    /// Not now.
    Busy,
    /// The form is gone, or something failed.
    Turned(Turned),
}

impl From<Busy> for Stop {
    fn from(_: Busy) -> Self {
        Self::Busy
    }
}

impl From<Turned> for Stop {
    fn from(turned: Turned) -> Self {
        Self::Turned(turned)
    }
}

/// `POST /k/{code}/phieu/{ticket}/anh?cau=…`: a picture is sent, or one is taken out. Whatever else was filled in on the page
/// comes along and is saved, so that it works without script.
pub(super) async fn send(
    request: HttpRequest,
    state: web::Data<State>,
    path: web::Path<(String, String)>,
    asked: web::Query<Asked>,
    form: Multipart,
) -> Result<HttpResponse, Turned> {
    let turns = state.pictures.clone();
    let mut visit = Visit::new(&request, state, path.into_inner(), words(&request), None).await?;
    let question = question(visit.open().await?.form, &asked.cau)?.code.clone();
    let Some(_turn) = turns.upload() else { return answer(&visit, &asked, Err(Stop::Busy)).await };
    let (ticket, secret) = (visit.ticket, visit.state.secret.clone());
    let proves = |name: &str, value: &str| name == "_may" && ticket.is_proven_by(&secret, value);
    let upload = match Upload::read(form, &format!("_anh_{question}"), proves, visit.is_proven).await {
        Ok(upload) => upload,
        Err(Cut::Stranger) => return elsewhere::ask(&visit, &visit.open().await?, None),
        Err(Cut::Broken) => return answer(&visit, &asked, Err(Stop::Unfit(Unfit::Refused(Refused::Broken)))).await,
    };
    visit.is_proven |= upload.pairs.iter().any(|(name, value)| proves(name, value));
    let done = if visit.is_proven { take(&visit, &asked, upload).await } else { Ok(()) };
    answer(&visit, &asked, done).await
}

/// The question of this code, if it takes pictures.
fn question<'e>(form: &'e Published, code: &str) -> Result<&'e Question, Turned> {
    let found = form.questionnaire.place(code).and_then(|place| form.questionnaire.questions.get(place));
    found.filter(|question| question.kind.pictures() > 0 && !question.withheld).ok_or(Failure::NotFound.into())
}

async fn take(visit: &Visit, asked: &Asked, upload: Upload) -> Result<(), Stop> {
    let (state, mut opened) = (&visit.state, visit.open().await?);
    let question = question(opened.form, &asked.cau)?;
    if asked.manh.is_none() {
        opened.save(state, question.section, &upload.pairs).await?;
    }
    let removed = upload.get("_bo").and_then(PictureId::parse);
    if let Some(id) = removed {
        opened.remove(state, question, id).await?;
    }
    let file = match upload.file {
        None if removed.is_some() => return Ok(()),
        None => return Err(Stop::Unfit(Unfit::NotChosen)),
        Some(file) => file.map_err(|refused| Stop::Unfit(Unfit::Refused(refused)))?,
    };
    has_room(visit, &opened, question).await?;
    let jpeg = state.pictures.renew(file).await.map_err(|refused| Stop::Unfit(Unfit::Refused(refused)))?;
    // that took a while: other answers of this part may have been saved since
    let mut opened = visit.open().await?;
    has_room(visit, &opened, question).await?;
    Ok(opened.add(state, question, &jpeg).await?)
}

/// Whether one more is taken.
async fn has_room(visit: &Visit, opened: &Opened<'_>, question: &Question) -> Result<(), Stop> {
    let max = question.kind.pictures();
    if opened.pictures(question).len() >= max {
        return Err(Stop::Unfit(Unfit::TooMany { max }));
    }
    let hash = visit.ticket.hash();
    let kept = visit.state.store.read(move |db| unfinished::pictures(db, &hash)).await;
    if kept.map_err(|error| Turned::Failed(error.into()))? >= unfinished::MOST_PICTURES {
        return Err(Stop::Unfit(Unfit::FormIsFull));
    }
    Ok(())
}

/// The question as it is now, on its page or by itself.
async fn answer(visit: &Visit, asked: &Asked, done: Result<(), Stop>) -> Result<HttpResponse, Turned> {
    if matches!(done, Err(Stop::Busy)) && asked.manh.is_some() {
        return Ok(HttpResponse::ServiceUnavailable().finish());
    }
    let opened = visit.open().await?;
    if !visit.is_proven {
        return elsewhere::ask(visit, &opened, None);
    }
    let question = question(opened.form, &asked.cau)?;
    let (status, note, unfit) = match done {
        Ok(()) => (StatusCode::OK, None, None),
        Err(Stop::Busy) => (StatusCode::SERVICE_UNAVAILABLE, Some("part-not-saved"), None),
        Err(Stop::Unfit(unfit @ Unfit::Refused(Refused::TooLarge))) => {
            (StatusCode::PAYLOAD_TOO_LARGE, None, Some(unfit))
        }
        Err(Stop::Unfit(unfit)) => (StatusCode::UNPROCESSABLE_ENTITY, None, Some(unfit)),
        Err(Stop::Turned(turned)) => return Err(turned),
    };
    let violation = |unfit| Violation { question: question.code.clone(), reason: Reason::Picture(unfit) };
    let violations: Vec<Violation> = unfit.map(violation).into_iter().collect();
    if asked.manh.is_some() {
        return visit.question(status, &opened, question, &violations);
    }
    if status == StatusCode::OK && visit.keeps_cookies {
        let part = address(&visit.entrance, &visit.ticket, visit.words, Some(question.section));
        return visit.remembered(see_other(format!("{part}#{}", question.code)));
    }
    visit.page(status, &opened, question.section, &violations, note)
}

#[derive(Deserialize)]
pub(super) struct Seen {
    m: Option<String>,
}

/// `GET /k/{code}/phieu/{ticket}/anh/{id}`: a picture of the form, for the device whose form it is.
pub(super) async fn see(
    request: HttpRequest,
    state: web::Data<State>,
    path: web::Path<(String, String, String)>,
    seen: web::Query<Seen>,
) -> Result<HttpResponse, Turned> {
    let (code, ticket, id) = path.into_inner();
    let visit = Visit::new(&request, state, (code, ticket), words(&request), None).await?;
    let id = PictureId::parse(&id).filter(|_| visit.may_see(seen.m.as_deref())).ok_or(Failure::NotFound)?;
    let jpeg = opened(&visit.state, visit.ticket, id).await?.ok_or(Failure::NotFound)?;
    Ok(picture(jpeg))
}

/// A picture of an unfinished form.
async fn opened(state: &State, ticket: Ticket, id: PictureId) -> Result<Option<Vec<u8>>, Failure> {
    let hash = ticket.hash();
    let sealed = state.store.read(move |db| unfinished::picture(db, &hash, id)).await?;
    Ok(sealed.and_then(|sealed| ticket.open_picture(&state.secret, id, &sealed)))
}

/// The pictures that go with a form to the intake, and the right to bring them there.
pub(super) struct Carried<'s> {
    pub pictures: Vec<NewPicture>,
    _turn: Option<SemaphorePermit<'s>>,
}

/// Gathers the pictures that a form names. Each must have been sent from this very form; of a form that is stored already
/// they are gone, and nothing of it is stored again.
pub(super) async fn carried<'s>(
    state: &'s State,
    entrance: &Entrance,
    form: &Published,
    (key, ticket): (Uuid, Option<Ticket>),
    submission: &Submission,
) -> Result<Result<Carried<'s>, Vec<Violation>>, Failure> {
    let named: Vec<(&str, PictureId)> = submission.pictures(&form.questionnaire).collect();
    if named.is_empty() {
        return Ok(Ok(Carried { pictures: Vec::new(), _turn: None }));
    }
    let turn = state.pictures.carry().await;
    let (mut pictures, mut missing) = (Vec::with_capacity(named.len()), Vec::new());
    for (question, id) in named {
        let jpeg = match ticket {
            Some(ticket) => opened(state, ticket, id).await?,
            None => None,
        };
        match jpeg {
            Some(jpeg) => pictures.push(NewPicture { id, question: question.to_owned(), jpeg }),
            None => {
                missing.push(Violation { question: question.to_owned(), reason: Reason::Picture(Unfit::Unknown) });
            }
        }
    }
    missing.dedup();
    if missing.is_empty() || was_sent(state, entrance.round.id, key).await? {
        return Ok(Ok(Carried { pictures, _turn: turn }));
    }
    Ok(Err(missing))
}

async fn was_sent(state: &State, round_id: i64, key: Uuid) -> Result<bool, Failure> {
    let hash = Receipt::of(&state.secret, round_id, key).hash();
    Ok(state.store.read(move |db| submissions::has_receipt(db, round_id, &hash)).await?)
}
