//! `/manage/rounds/{slug}/edit`: what a round that has not begun is called, when it closes, whom to ask; or its end.

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::NaiveDateTime;

use super::fields::{Fields, day, day_and_time};
use super::stage::Stage;
use super::trouble::Trouble;
use super::{change, plan, read, said, show};
use crate::state::State;
use crate::store::round_steps;
use crate::store::rounds::{self, RoundRow};
use crate::survey::audit::Action;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::session::{Officer, Planner};
use crate::web::words::Words;

/// A draft's cover, to be changed.
#[derive(Template)]
#[template(path = "web/manage/rounds/edit.html")]
struct EditPage {
    desk: DeskFrame,
    trouble: Trouble,
    round: RoundRow,
    closes: (String, String),
    /// As a date field shows it.
    results: String,
}

/// `GET …/edit`
pub(super) async fn form(
    request: HttpRequest,
    officer: Planner,
    state: web::Data<State>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    let round = read(&state, &officer, &slug, |_, round| Ok(round)).await?;
    if Stage::of(&round, state.clock.now()).has_begun() {
        let too_late = officer.words.say("said-too-late");
        return Ok(said::see_other(&state, &officer, format!("/manage/rounds/{slug}"), &too_late));
    }
    page(&request, &officer, round, Trouble::default())
}

/// `POST …/edit`
pub(super) async fn save(
    request: HttpRequest,
    officer: Planner,
    state: web::Data<State>,
    slug: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (words, now) = (officer.words, state.clock.now());
    let cover = plan::edited(&fields, words, now);
    let (takes_pictures, is_sealed) = (fields.has("pictures", "1"), fields.has("sealed", "1"));
    let done = change(&state, &officer, &slug, Action::RoundEdited, move |db, round| {
        if let Err(trouble) = has_not_begun(&round, now, words) {
            return Ok(Err(trouble));
        }
        let cover = match cover {
            Ok(cover) if round.opens_at.is_none_or(|opens_at| opens_at < cover.closes_at) => cover,
            Ok(_) => return Ok(Err(Trouble::at("day", words.say("edit-closes-before-opening")))),
            Err(trouble) => return Ok(Err(trouble)),
        };
        rounds::edit(db, round.id, &cover.row())?;
        let allowed_at = round.pictures_allowed_at.unwrap_or(now);
        rounds::allow_pictures(db, round.id, takes_pictures.then_some(allowed_at))?;
        round_steps::seal(db, round.id, is_sealed.then(|| round.sealed_at.unwrap_or(now)))?;
        Ok(Ok(words.say("said-edited")))
    })
    .await?;
    match done {
        Ok(sentence) => Ok(said::see_other(&state, &officer, format!("/manage/rounds/{slug}"), &sentence)),
        Err(trouble) if trouble.says("").is_some() => show::page(&request, &officer, &state, &slug, trouble).await,
        Err(trouble) => {
            let round = read(&state, &officer, &slug, |_, round| Ok(round)).await?;
            page(&request, &officer, round, trouble.typed(fields))
        }
    }
}

/// `POST …/delete`: a round that nobody could ever answer.
pub(super) async fn delete(
    request: HttpRequest,
    officer: Planner,
    state: web::Data<State>,
    slug: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (words, now) = (officer.words, state.clock.now());
    let is_sure = fields.is_sure();
    let done = change(&state, &officer, &slug, Action::RoundDeleted, move |db, round| {
        if let Err(trouble) = has_not_begun(&round, now, words) {
            return Ok(Err(trouble));
        }
        if !is_sure {
            return Ok(Err(Trouble::at("delete", words.say("said-not-sure"))));
        }
        rounds::delete(db, round.id)?;
        Ok(Ok(words.with("said-deleted", "title", round.title)))
    })
    .await?;
    match done {
        Ok(sentence) => Ok(said::see_other(&state, &officer, "/manage", &sentence)),
        Err(trouble) => show::page(&request, &officer, &state, &slug, trouble.typed(fields)).await,
    }
}

fn has_not_begun(round: &RoundRow, now: NaiveDateTime, words: Words) -> Result<(), Trouble> {
    let has_begun = Stage::of(round, now).has_begun();
    if has_begun { Err(Trouble::page(words.say("said-too-late"))) } else { Ok(()) }
}

fn page(request: &HttpRequest, officer: &Officer, round: RoundRow, trouble: Trouble) -> Result<HttpResponse, Failure> {
    let desk = DeskFrame::new(request, officer, Room::Rounds);
    let page = EditPage { desk, trouble, closes: day_and_time(round.closes_at), results: day(round.results_by), round };
    said::show(request, &page.trouble, &page)
}
