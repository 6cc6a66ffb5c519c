//! Rows for analysts of the steering unit.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDateTime;

use super::bearer::Bearer;
use super::problem::Problem;
use crate::export::{ExportError, Mistake, Refused, Rows, TooMany, Wanted};
use crate::state::State;
use crate::store::audit::{self, Entry};
use crate::store::rounds::RoundRow;
use crate::store::{rounds, units};
use crate::survey::access::Scope;
use crate::survey::audit::Action;
use crate::web::attachment::Attachment;
use crate::web::rows::{AT_ONCE_FOR_PROGRAMS, Maker, prepared, stream, whole};
use crate::web::words::Words;

/// `GET /api/v1/rounds/{round}/submissions?format=csv`
pub(super) async fn export(
    request: HttpRequest,
    state: web::Data<State>,
    bearer: Bearer,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    bearer.require(Scope::Submissions)?;
    let wanted = Wanted::read_strictly(request.query_string()).map_err(|m| refused(&m))?;
    let unit_id = bearer.unit_id;
    let (owner, round) = state
        .store
        .read(move |db| {
            let below = units::subtree(db, unit_id)?;
            let round = rounds::by_slug(db, &slug)?.filter(|round| below.contains(&round.owner_id));
            round.map(|round| Ok((rounds::owner_name(db, round.owner_id)?, round))).transpose()
        })
        .await?
        .ok_or_else(|| Problem::not_found("There is no such round, or this token may not see its rows."))?;
    if round.is_sealed() && wanted.kind.has_rows() {
        return Err(Problem::forbidden("The results of this round are sealed until its figures are frozen."));
    }
    let found = prepared(&state, (round, wanted), Words::VI, AT_ONCE_FOR_PROGRAMS).await;
    let (rows, at_most) = found.map_err(|refused| match refused {
        Refused::Mistakes(mistakes) => self::refused(&mistakes),
        Refused::Store(error) => Problem::failed(&error),
    })?;
    let maker = Maker { name: bearer.name.clone(), owner, words: Words::VI };
    if at_most > AT_ONCE_FOR_PROGRAMS {
        let turn = state.turns.rows().map_err(|TooMany| Problem::busy(60))?;
        told(&state, &bearer, &rows).await?;
        return Ok(stream(&state, rows, maker, turn));
    }
    let turn = state.turns.program().await;
    let (file, rows) = whole(&state, rows, maker, turn).await.map_err(|error| unmade(&error))?;
    let file = Attachment::of(file, &rows);
    if let Some(answer) = file.known(request.headers()) {
        return Ok(answer);
    }
    told(&state, &bearer, &rows).await?;
    Ok(file.answer(request.headers()))
}

/// Nothing leaves before it is written down that it leaves.
async fn told(state: &State, bearer: &Bearer, rows: &Rows) -> Result<(), Problem> {
    if rows.wanted.kind.has_rows() {
        let (now, round, name) = (state.clock.now(), rows.round.clone(), bearer.name.clone());
        state.store.write(move |db| audit::note(db, fetched(&name, &round, now))).await?;
    }
    Ok(())
}

/// 507 where the disk is full.
fn unmade(error: &ExportError) -> Problem {
    match error.is_full_disk() {
        true => Problem::new(StatusCode::INSUFFICIENT_STORAGE, "The server's disk is full; tell its administrator."),
        false => Problem::failed(error),
    }
}

/// 400: what is wrong with the address.
fn refused(mistakes: &[Mistake]) -> Problem {
    let sentences: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    Problem::bad_request(format!("Check what stands after “?”: {}.", sentences.join("; ")))
}

/// That a program fetches rows, for the log.
fn fetched<'a>(token: &'a str, round: &'a RoundRow, at: NaiveDateTime) -> Entry<'a> {
    let (action, subject) = (Action::RowsFetched, &round.slug);
    Entry { at, account_id: None, unit_id: round.owner_id, action, subject, detail: token }
}
