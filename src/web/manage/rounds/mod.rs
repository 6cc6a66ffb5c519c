//! Rounds: the list, a new one, and what is done with one of them.
//!
//! Each page is a file with its template beside it. A round that the officer may not manage does not exist for that officer.

mod admission;
mod altered;
mod approval;
mod asked;
mod begin;
mod checklist;
mod children;
mod choose;
mod crowds;
mod edit;
mod export;
mod form;
mod forms;
mod invitations;
mod kit;
mod limits;
mod links;
mod list;
mod monitor;
mod opening;
mod pause;
mod pictures;
mod plan;
mod posters;
mod progress;
mod recorded;
mod remind;
mod settings;
mod show;
mod signs;
mod slips;
mod sms;
mod stage;
mod targets;
mod trial;
mod wards;
mod window;

pub use monitor::stream::Lookouts;

use actix_web::HttpResponse;
use actix_web::web::{self, ServiceConfig, get, post};

use crate::state::State;
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, rounds, units};
use crate::web::deed::Deed;
use crate::web::error::Failure;
use crate::web::manage::trouble::Trouble;
use crate::web::manage::{fields, merge, said, trouble};
use crate::web::page::see_other;
use crate::web::session::Officer;

pub(super) use self::approval::keep_shut;
pub(in crate::web) use self::signs::{observed, uncompared};
pub(in crate::web) use self::stage::Stage;

/// Registers the pages of this room.
pub fn routes(config: &mut ServiceConfig) {
    config
        .configure(invitations::routes)
        .route("/manage", get().to(list::show))
        .route("/manage/rounds", get().to(list::home))
        .route("/manage/rounds/new", get().to(begin::show))
        .route("/manage/rounds/new", post().to(begin::make))
        .route("/manage/rounds/{slug}", get().to(show::show))
        .route("/manage/rounds/{slug}/edit", get().to(edit::form))
        .route("/manage/rounds/{slug}/edit", post().to(edit::save))
        .route("/manage/rounds/{slug}/forms", get().to(forms::choose))
        .route("/manage/rounds/{slug}/forms", post().to(forms::save))
        .route("/manage/rounds/{slug}/delete", post().to(edit::delete))
        .route("/manage/rounds/{slug}/open", post().to(opening::open))
        .route("/manage/rounds/{slug}/plan", post().to(opening::plan))
        .route("/manage/rounds/{slug}/approval", get().to(approval::show))
        .route("/manage/rounds/{slug}/approval/submit", post().to(approval::submit))
        .route("/manage/rounds/{slug}/approval/approve", post().to(approval::approve))
        .route("/manage/rounds/{slug}/approval/return", post().to(approval::give_back))
        .route("/manage/rounds/{slug}/approval/renew", post().to(approval::renew))
        .route("/manage/rounds/{slug}/xem/{code}", get().to(approval::form))
        .route("/manage/rounds/{slug}/extend", post().to(window::extend))
        .route("/manage/rounds/{slug}/close", post().to(window::close))
        .route("/manage/rounds/{slug}/pause", post().to(pause::pause))
        .route("/manage/rounds/{slug}/resume", post().to(pause::resume))
        .route("/manage/rounds/{slug}/freeze", post().to(window::freeze))
        .route("/manage/rounds/{slug}/interim", post().to(window::interim))
        .route("/manage/rounds/{slug}/units", get().to(targets::show))
        .route("/manage/rounds/{slug}/units/choice", get().to(choose::show))
        .route("/manage/rounds/{slug}/units/choice", post().to(choose::choose))
        .route("/manage/rounds/{slug}/notice", get().to(children::show))
        .route("/manage/rounds/{slug}/notice", post().to(children::save))
        .route("/manage/rounds/{slug}/settings", get().to(settings::show))
        .route("/manage/rounds/{slug}/settings", post().to(settings::save))
        .route("/manage/rounds/{slug}/units/correct", post().to(targets::correct))
        .route("/manage/rounds/{slug}/units/remove", post().to(targets::remove))
        .route("/manage/rounds/{slug}/units/return", post().to(targets::bring_back))
        .route("/manage/rounds/{slug}/units/add", post().to(targets::add))
        .route("/manage/rounds/{slug}/admission", get().to(admission::show))
        .route("/manage/rounds/{slug}/admission", post().to(admission::save))
        .route("/manage/rounds/{slug}/admission/codes", post().to(slips::print))
        .route("/manage/rounds/{slug}/links", get().to(links::show))
        .route("/manage/rounds/{slug}/links/revoke", post().to(links::revoke))
        .route("/manage/rounds/{slug}/links/add", post().to(links::add))
        .route("/manage/rounds/{slug}/export.csv", get().to(export::csv))
        .route("/manage/rounds/{slug}/pictures", get().to(pictures::show))
        .route("/manage/rounds/{slug}/pictures/{id}", get().to(pictures::picture))
        .route("/manage/rounds/{slug}/print", get().to(posters::show))
        .route("/manage/rounds/{slug}/progress", get().to(monitor::show))
        .route("/manage/rounds/{slug}/progress/part", get().to(monitor::part))
        .route("/manage/rounds/{slug}/progress/stream", get().to(monitor::stream::show))
        .route("/manage/rounds/{slug}/progress/goal", post().to(monitor::set_goal))
        .route("/manage/rounds/{slug}/remind", get().to(remind::show))
        .route("/manage/rounds/{slug}/remind", post().to(remind::send))
        .route("/manage/rounds/{slug}/signs", get().to(signs::show))
        .route("/manage/rounds/{slug}/kit", get().to(kit::show))
        .route("/manage/rounds/{slug}/kit/{code}.png", get().to(kit::picture))
        .route("/manage/rounds/{slug}/kit/{paper}.{ending}", get().to(kit::file))
        // a form that came back with a sentence stands at the address it was sent to; whoever opens that gets the page
        .route(
            "/manage/rounds/{slug}/{_:open|plan|extend|pause|resume|close|freeze|interim|delete}",
            get().to(to_the_round),
        )
        .route(
            "/manage/rounds/{slug}/{page:units|links|admission|approval|progress}/{_:[a-z]+}",
            get().to(to_the_page),
        );
}

async fn to_the_round(path: web::Path<(String, String)>) -> HttpResponse {
    let (slug, _) = path.into_inner();
    see_other(format!("/manage/rounds/{slug}"))
}

async fn to_the_page(path: web::Path<(String, String, String)>) -> HttpResponse {
    let (slug, page, _) = path.into_inner();
    see_other(format!("/manage/rounds/{slug}/{page}"))
}

/// The round of this slug, if the officer may manage it.
fn mine(db: &mut Db, officer: &Officer, slug: &str) -> Result<Option<RoundRow>, StoreError> {
    let Some(round) = rounds::by_slug(db, slug)? else { return Ok(None) };
    let line = units::line(db, round.owner_id)?;
    Ok(officer.may_manage(&line).then_some(round))
}

/// The same, which nobody else changes until the end of the transaction.
fn held(db: &mut Db, officer: &Officer, slug: &str) -> Result<Option<RoundRow>, StoreError> {
    rounds::hold(db, slug)?;
    mine(db, officer, slug)
}

/// Reads something of a round that the officer may manage.
async fn read<T: Send + 'static>(
    state: &State,
    officer: &Officer,
    slug: &str,
    work: impl FnOnce(&mut Db, RoundRow) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, Failure> {
    let (officer, slug) = (officer.clone(), slug.to_owned());
    let found = state
        .store
        .read(move |db| match mine(db, &officer, &slug)? {
            Some(round) => work(db, round).map(Some),
            None => Ok(None),
        })
        .await?;
    found.ok_or(Failure::NotFound)
}

/// What came of a change: mostly the sentence that says so, or why it was not made.
type Outcome<T> = Result<T, Trouble>;

/// Changes a round that the officer may manage, so that everybody sees it at once. The round is read within the
/// transaction: what was true when the page was shown may have passed. What is frozen does not change. What was done stands in
/// the audit log.
async fn change<T: Send + 'static>(
    state: &State,
    officer: &Officer,
    slug: &str,
    deed: impl Into<Deed>,
    work: impl FnOnce(&mut Db, RoundRow) -> Result<Outcome<T>, StoreError> + Send + 'static,
) -> Result<Outcome<T>, Failure> {
    let (officer, slug, deed, now) = (officer.clone(), slug.to_owned(), deed.into(), state.clock.now());
    let found = state
        .store
        .write(move |db| match held(db, &officer, &slug)? {
            Some(round) if round.frozen_at.is_some() => {
                Ok(Some(Err(Trouble::page(officer.words.say("said-frozen-already")))))
            }
            Some(round) => {
                let known = round.clone();
                let before = altered::Snapshot::before(db, &deed, &round)?;
                let outcome = work(db, round)?;
                if outcome.is_ok() {
                    let deed = altered::told(db, deed, before)?;
                    officer.note(db, now, known.owner_id, deed, &slug)?;
                    approval::keep_shut(db, &known, now)?;
                }
                Ok(Some(outcome))
            }
            None => Ok(None),
        })
        .await?;
    let outcome = found.ok_or(Failure::NotFound)?;
    if outcome.is_ok() {
        refresh(state).await?;
    }
    Ok(outcome)
}

/// Makes the catalogue notice a change now instead of within two seconds.
pub(super) async fn refresh(state: &State) -> Result<(), Failure> {
    let catalogue = state.catalogue.clone();
    let done = web::block(move || catalogue.refresh()).await;
    Ok(done.map_err(|error| Failure::Unknown(error.to_string()))??)
}
