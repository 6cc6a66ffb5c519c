//! `/manage/campaigns`: plans to ask, as they were issued on paper, with the rounds that carry them out.
//!
//! A campaign that the officer may not manage does not exist for that officer.

mod clone;
mod form;
mod list;
mod rounds;
mod show;

use actix_web::HttpResponse;
use actix_web::web::{self, ServiceConfig, get, post};

use crate::state::State;
use crate::store::campaigns::{self, CampaignRow};
use crate::store::{Db, StoreError, units};
use crate::survey::campaign::Plan;
use crate::web::error::Failure;
use crate::web::page::see_other;
use crate::web::session::Officer;
use crate::web::words::Words;

/// Registers the pages of this room.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/manage/campaigns", get().to(list::show))
        .route("/manage/campaigns/new", get().to(form::begin))
        .route("/manage/campaigns/new", post().to(form::make))
        .route("/manage/campaigns/{id}", get().to(show::show))
        .route("/manage/campaigns/{id}/edit", get().to(form::edit))
        .route("/manage/campaigns/{id}/edit", post().to(form::save))
        .route("/manage/campaigns/{id}/delete", post().to(form::delete))
        .route("/manage/campaigns/{id}/rounds", post().to(rounds::put))
        .route("/manage/campaigns/{id}/clone", post().to(clone::make))
        // a form that came back with a sentence stands at the address it was sent to; whoever opens that gets the page
        .route("/manage/campaigns/{id}/{_:delete|rounds|clone}", get().to(to_the_campaign));
}

async fn to_the_campaign(path: web::Path<(i64, String)>) -> HttpResponse {
    let (id, _) = path.into_inner();
    see_other(format!("/manage/campaigns/{id}"))
}

/// The number and day of a plan, as documents write them; empty where it is not issued.
pub(in crate::web::manage) fn numbered(plan: &Plan, words: Words) -> String {
    match (plan.number.as_str(), plan.date) {
        ("", None) => String::new(),
        ("", Some(date)) => words.date(date),
        (number, None) => words.with("campaign-numbered", "number", number),
        (number, Some(date)) => {
            words.fill("campaign-numbered-dated", [("number", number.to_owned()), ("date", words.date(date))])
        }
    }
}

/// The campaigns that the officer may manage, newest first.
pub(in crate::web::manage) fn all_mine(db: &mut Db, officer: &Officer) -> Result<Vec<CampaignRow>, StoreError> {
    let below = officer.reach(db)?;
    Ok(campaigns::all(db)?.into_iter().filter(|row| below.contains(&row.owner_id)).collect())
}

/// The campaign with this number, if the officer may manage it.
pub(in crate::web::manage) fn mine(db: &mut Db, officer: &Officer, id: i64) -> Result<Option<CampaignRow>, StoreError> {
    let Some(row) = campaigns::find(db, id)? else { return Ok(None) };
    let line = units::line(db, row.owner_id)?;
    Ok(officer.may_manage(&line).then_some(row))
}

/// Changes a campaign that the officer may manage, so that everybody sees it at once.
async fn change<T: Send + 'static>(
    state: &State,
    officer: &Officer,
    id: i64,
    work: impl FnOnce(&mut Db, CampaignRow) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, Failure> {
    let officer = officer.clone();
    let done = state
        .store
        .write(move |db| {
            // two who save at once come one after the other
            campaigns::hold(db, id)?;
            match mine(db, &officer, id)? {
                Some(row) => work(db, row).map(Some),
                None => Ok(None),
            }
        })
        .await?;
    let done = done.ok_or(Failure::NotFound)?;
    super::rounds::refresh(state).await?;
    Ok(done)
}
