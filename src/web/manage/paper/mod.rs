//! `/manage/paper`: forms on paper, typed in bundles. Who may is said by the same rule as for forms that are entered for somebody:
//! officers of the Front and of offices above a school, never anybody of a school.

mod aside;
mod batch;
mod begin;
mod closing;
mod compare;
mod entry;
mod field;
mod list;
mod progress;

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::{self, ServiceConfig, get, post};

use crate::catalogue::Published;
use crate::state::State;
use crate::store::paper::{self, BatchRow};
use crate::store::{Db, StoreError, rounds};
use crate::survey::route::Occasion;
use crate::survey::text::Lang;
use crate::web::error::Failure;
use crate::web::page::see_other;
use crate::web::session::Officer;

/// Registers the pages of this room.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/manage/paper", get().to(list::show))
        .route("/manage/paper/new", get().to(begin::show))
        .route("/manage/paper/new", post().to(begin::make))
        .route("/manage/paper/{id}", get().to(batch::show))
        .route("/manage/paper/{id}", post().to(batch::correct))
        .route("/manage/paper/{id}/close", post().to(closing::close))
        .route("/manage/paper/{id}/forms/{number}", get().to(entry::show))
        .route("/manage/paper/{id}/forms/{number}", post().to(entry::save))
        .route("/manage/paper/{id}/forms/{number}/remove", post().to(entry::remove))
        .route("/manage/paper/{id}/forms/{number}/compare", get().to(compare::show))
        .route("/manage/paper/{id}/forms/{number}/compare", post().to(compare::settle))
        // a form that came back with a sentence stands at the address it was sent to; whoever opens that gets the page
        .route("/manage/paper/{id}/{_:close}", get().to(to_the_batch))
        .route("/manage/paper/{id}/forms/{number}/{_:remove}", get().to(to_the_batch_of_form));
}

async fn to_the_batch(path: web::Path<(i64, String)>) -> HttpResponse {
    see_other(address(path.0))
}

async fn to_the_batch_of_form(path: web::Path<(i64, i64, String)>) -> HttpResponse {
    see_other(address(path.0))
}

/// Where a bundle is.
fn address(batch: i64) -> String {
    format!("/manage/paper/{batch}")
}

/// A bundle with what it asks.
pub(super) struct Batch {
    row: BatchRow,
    form: Arc<Published>,
    /// Whether its round's figures are frozen: nothing can be sent any more.
    is_frozen: bool,
}

impl Batch {
    /// The bundle, if this officer may enter forms of its school.
    fn load(db: &mut Db, state: &State, officer: &Officer, id: i64) -> Result<Option<Self>, StoreError> {
        let Some(row) = paper::find(db, id)? else { return Ok(None) };
        if !officer.assists(db)?.contains(&row.unit_id) {
            return Ok(None);
        }
        let forms = state.catalogue.of_round(db, row.round_id)?;
        let form = forms.into_iter().find(|form| form.id == row.version_id);
        let form =
            form.ok_or_else(|| StoreError::corrupt("paper_batch", "its questionnaire is not one of the round"))?;
        let round = rounds::by_id(db, row.round_id)?;
        Ok(Some(Self { is_frozen: round.is_none_or(|round| round.frozen_at.is_some()), row, form }))
    }

    /// Forms on paper are read as on the day on which the box was opened.
    fn occasion(&self) -> Occasion {
        Occasion { now: self.row.collected_on.and_time(chrono::NaiveTime::MIN), lang: Lang::VI }
    }
}

/// Reads a bundle and something of it.
async fn read<T: Send + 'static>(
    state: &web::Data<State>,
    officer: &Officer,
    id: i64,
    work: impl FnOnce(&mut Db, &Batch) -> Result<T, StoreError> + Send + 'static,
) -> Result<(Batch, T), Failure> {
    let (held, officer) = (state.clone(), officer.clone());
    let found = state
        .store
        .read(move |db| match Batch::load(db, &held, &officer, id)? {
            Some(batch) => work(db, &batch).map(|read| Some((batch, read))),
            None => Ok(None),
        })
        .await?;
    found.ok_or(Failure::NotFound)
}

/// Changes a bundle that is still open; none where it was closed meanwhile.
async fn change<T: Send + 'static>(
    state: &web::Data<State>,
    officer: &Officer,
    id: i64,
    work: impl FnOnce(&mut Db, Batch) -> Result<T, StoreError> + Send + 'static,
) -> Result<Option<T>, Failure> {
    let (held, officer) = (state.clone(), officer.clone());
    let found = state
        .store
        .write(move |db| {
            if paper::open_alone(db, id)?.is_none() {
                return Ok(Batch::load(db, &held, &officer, id)?.map(|_| None));
            }
            match Batch::load(db, &held, &officer, id)? {
                Some(batch) => work(db, batch).map(|done| Some(Some(done))),
                None => Ok(None),
            }
        })
        .await?;
    found.ok_or(Failure::NotFound)
}
