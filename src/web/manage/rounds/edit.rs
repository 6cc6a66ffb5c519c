//! `/manage/rounds/{slug}/edit`: what a round that has not begun is called, when it closes, whom to ask; or its end.

use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::NaiveDateTime;

use super::fields::{self, day, day_and_time};
use super::form::RoundForm;
use super::merge::{Standing, Stands, hidden, merged};
use super::stage::Stage;
use super::trouble::Trouble;
use super::{plan, read, said, show};
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
    /// What the fields stand at, hidden in the form.
    was: Vec<(String, String)>,
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
pub(super) async fn save(form: RoundForm<Planner>) -> Result<HttpResponse, Failure> {
    let (words, now, sent) = (form.words(), form.now(), form.fields.clone());
    let done = form.change(Action::RoundEdited, move |db, round| {
        if let Err(trouble) = has_not_begun(&round, now, words) {
            return Ok(Err(trouble));
        }
        let fields = match merged(&sent, &standing(&round), words) {
            Ok(fields) => fields,
            Err(trouble) => return Ok(Err(trouble)),
        };
        let cover = match plan::edited(&fields, words, now) {
            Ok(cover) if round.opens_at.is_none_or(|opens_at| opens_at < cover.closes_at) => cover,
            Ok(_) => return Ok(Err(Trouble::at("day", words.say("edit-closes-before-opening")).typed(fields))),
            Err(trouble) => return Ok(Err(trouble.typed(fields))),
        };
        rounds::edit(db, round.id, &cover.row())?;
        let (takes_pictures, is_sealed) = (fields.has("pictures", "1"), fields.has("sealed", "1"));
        let allowed_at = round.pictures_allowed_at.unwrap_or(now);
        rounds::allow_pictures(db, round.id, takes_pictures.then_some(allowed_at))?;
        round_steps::seal(db, round.id, is_sealed.then(|| round.sealed_at.unwrap_or(now)))?;
        Ok(Ok(words.say("said-edited")))
    });
    let done = done.await?;
    form.answer(done, "", refused).await
}

/// The form's fields as the round stands.
fn standing(round: &RoundRow) -> Standing {
    let (day, time) = day_and_time(round.closes_at);
    vec![
        ("title", Stands::At(round.title.clone())),
        ("day", Stands::At(day)),
        ("time", Stands::At(time)),
        ("results", Stands::At(fields::day(round.results_by))),
        ("contact", Stands::At(round.contact.clone())),
        ("sealed", Stands::ticked(round.sealed_at.is_some())),
        ("pictures", Stands::ticked(round.pictures_allowed_at.is_some())),
    ]
}

/// The form again; or, of a round that has moved on, its page.
async fn refused(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    slug: &str,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    if trouble.says("").is_some() {
        return show::page(request, officer, state, slug, trouble).await;
    }
    let round = read(state, officer, slug, |_, round| Ok(round)).await?;
    page(request, officer, round, trouble)
}

/// `POST …/delete`: a round that nobody could ever answer.
pub(super) async fn delete(form: RoundForm<Planner>) -> Result<HttpResponse, Failure> {
    let (words, now, is_sure) = (form.words(), form.now(), form.fields.is_sure());
    let done = form.change(Action::RoundDeleted, move |db, round| {
        if let Err(trouble) = has_not_begun(&round, now, words) {
            return Ok(Err(trouble));
        }
        if !is_sure {
            return Ok(Err(Trouble::at("delete", words.say("said-not-sure"))));
        }
        rounds::delete(db, round.id)?;
        Ok(Ok(words.with("said-deleted", "title", round.title)))
    });
    match done.await? {
        Ok(sentence) => Ok(said::see_other(&form.state, &form.officer, "/manage", &sentence)),
        Err(trouble) => form.refuse(trouble, show::page).await,
    }
}

/// That nobody can have answered a round yet; otherwise a sentence.
pub(super) fn has_not_begun(round: &RoundRow, now: NaiveDateTime, words: Words) -> Result<(), Trouble> {
    let has_begun = Stage::of(round, now).has_begun();
    if has_begun { Err(Trouble::page(words.say("said-too-late"))) } else { Ok(()) }
}

fn page(request: &HttpRequest, officer: &Officer, round: RoundRow, trouble: Trouble) -> Result<HttpResponse, Failure> {
    let desk = DeskFrame::new(request, officer, Room::Rounds);
    let (closes, results, was) =
        (day_and_time(round.closes_at), day(round.results_by), hidden(&standing(&round), &trouble));
    let page = EditPage { desk, trouble, closes, results, was, round };
    said::show(request, &page.trouble, &page)
}
