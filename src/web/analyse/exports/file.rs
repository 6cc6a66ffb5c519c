//! A file that is ready, and one that is made anew.

use std::fs::File;

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use data_encoding::HEXLOWER;

use crate::export::Wanted;
use crate::jobs;
use crate::state::State;
use crate::store::export_jobs::{self, JobRow};
use crate::store::rounds::RoundRow;
use crate::survey::audit::Action;
use crate::web::attachment::Attachment;
use crate::web::deed::Deed;
use crate::web::error::Failure;
use crate::web::page;
use crate::web::session::Analyst;

/// `GET …/exports/{key}`
pub(in crate::web::analyse) async fn fetch(
    request: HttpRequest,
    officer: Analyst,
    state: web::Data<State>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (round, job) = mine(&officer, &state, path.into_inner()).await?;
    let sha256 = job.sha256.clone().ok_or(Failure::NotFound)?;
    let file = File::open(state.exports.join(HEXLOWER.encode(&job.key))).map_err(|_| Failure::NotFound)?;
    let size = file.metadata().map_err(|error| Failure::Unknown(error.to_string()))?.len();
    let wanted = Wanted::read(form_urlencoded::parse(job.wanted.as_bytes())).map_err(|_| Failure::NotFound)?;
    let (kind, name, keeping) = (wanted.kind, wanted.file_name(&round.slug), "private, no-cache");
    let excluded = jobs::excluded(&state.exports, &job.key);
    let file = Attachment { file, size, sha256, kind, name, excluded, keeping };
    if let Some(answer) = file.known(request.headers()) {
        return Ok(answer);
    }
    // nothing leaves before it is written down that it leaves, also when it leaves again
    let (analyst, now, owner, slug) = (officer.0.clone(), state.clock.now(), round.owner_id, round.slug);
    let deed = Deed::with(Action::RowsExported, [kind.code()]);
    state.store.write(move |db| analyst.note(db, now, owner, deed, &slug)).await?;
    Ok(file.answer(request.headers()))
}

/// `POST …/exports/{key}/again`
pub(in crate::web::analyse) async fn again(
    officer: Analyst,
    state: web::Data<State>,
    path: web::Path<(String, String)>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let proof = form_urlencoded::parse(&body).find(|(name, _)| name == "_csrf").map(|(_, value)| value.into_owned());
    officer.check_csrf(&proof.unwrap_or_default())?;
    let (round, job) = mine(&officer, &state, path.into_inner()).await?;
    let (analyst, now, slug) = (officer.0.clone(), state.clock.now(), round.slug.clone());
    state
        .store
        .write(move |db| {
            if job.finished_at.is_some() {
                export_jobs::again(db, job.id)?;
            }
            analyst.note(db, now, round.owner_id, Action::RowsExported, &round.slug)
        })
        .await?;
    Ok(page::see_other(format!("/analyse/{slug}/exports?asked=1#files")))
}

/// A job of this officer in a round whose rows the officer may read.
async fn mine(
    officer: &Analyst,
    state: &web::Data<State>,
    (slug, key): (String, String),
) -> Result<(RoundRow, JobRow), Failure> {
    let key = HEXLOWER.decode(key.as_bytes()).map_err(|_| Failure::NotFound)?;
    let account_id = officer.account_id;
    let work = move |db: &mut _, round: RoundRow| {
        Ok(export_jobs::find(db, &key, round.id, account_id)?.map(|job| (round, job)))
    };
    crate::web::analyse::read(state, officer, &slug, work).await?.ok_or(Failure::NotFound)
}
