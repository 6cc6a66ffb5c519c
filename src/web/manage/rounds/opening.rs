//! Opening a round, now or at a time that is set.

use actix_web::web::{self, Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDateTime;

use super::fields::Fields;
use super::stage::Stage;
use super::trouble::Trouble;
use super::{Outcome, change, said, show};
use crate::state::State;
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, approvals, collectors, rounds};
use crate::survey::audit::Action;
use crate::survey::round::Access;
use crate::web::deed::Deed;
use crate::web::error::Failure;
use crate::web::session::{Officer, Opener};
use crate::web::words::Words;

/// What stands in the way of opening a round, as a sentence: it is not ready, or nobody approved it.
pub(super) fn hindrance(
    db: &mut Db,
    round: &RoundRow,
    now: NaiveDateTime,
    words: Words,
) -> Result<Option<String>, StoreError> {
    if let Some(sentence) = unready(db, round, now, words)? {
        return Ok(Some(sentence));
    }
    let is_missing = approvals::is_missing(db, round, now)?;
    Ok(is_missing.then(|| words.say("approval-open-first")))
}

/// What is missing of a round before it could open, as a sentence.
pub(super) fn unready(
    db: &mut Db,
    round: &RoundRow,
    now: NaiveDateTime,
    words: Words,
) -> Result<Option<String>, StoreError> {
    if round.closes_at <= now {
        return Ok(Some(words.say("open-past-closing")));
    }
    if round.contact.trim().is_empty() {
        return Ok(Some(words.say("open-no-contact")));
    }
    let targets = rounds::targets(db, round.id)?;
    if targets.is_empty() {
        return Ok(Some(words.say("open-no-school")));
    }
    let is_asked = |unit_id: i64| targets.iter().any(|target| target.unit_id == unit_id);
    let codes = collectors::of_round(db, round.id)?;
    let has_link = codes.iter().any(|row| row.revoked_at.is_none() && is_asked(row.unit_id));
    Ok((!has_link).then(|| words.say("open-no-link")))
}

/// Whether a round may be opened at all; if not, why.
fn may_open(db: &mut Db, round: &RoundRow, now: NaiveDateTime, words: Words) -> Result<Outcome<()>, StoreError> {
    if Stage::of(round, now).has_begun() {
        return Ok(Err(Trouble::page(words.say("said-too-late"))));
    }
    Ok(hindrance(db, round, now, words)?.map_or(Ok(()), |sentence| Err(Trouble::page(sentence))))
}

/// `POST …/open`: now, which cannot be undone.
pub(super) async fn open(
    request: HttpRequest,
    officer: Opener,
    state: Data<State>,
    slug: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (words, now, is_sure) = (officer.words, state.clock.now(), fields.is_sure());
    let done = change(&state, &officer, &slug, Action::RoundOpened, move |db, round| {
        if let Err(trouble) = may_open(db, &round, now, words)? {
            return Ok(Err(trouble));
        }
        if !is_sure {
            return Ok(Err(Trouble::at("open", words.say("said-not-sure"))));
        }
        rounds::open(db, round.id, now)?;
        Ok(Ok(words.say(match round.access()? {
            Access::Open => "said-opened",
            Access::Codes => "said-opened-codes",
        })))
    })
    .await?;
    back(&request, &officer, &state, &slug, done, fields).await
}

/// `POST …/plan`: at the day and time that were given.
pub(super) async fn plan(
    request: HttpRequest,
    officer: Opener,
    state: Data<State>,
    slug: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (words, now, wanted) = (officer.words, state.clock.now(), fields.moment());
    let done = change(&state, &officer, &slug, Deed::at(Action::RoundOpened, wanted.ok()), move |db, round| {
        if let Err(trouble) = may_open(db, &round, now, words)? {
            return Ok(Err(trouble));
        }
        match wanted {
            Ok(at) if at > now && at < round.closes_at => {
                rounds::open(db, round.id, at)?;
                Ok(Ok(words.with("said-planned", "at", words.moment(at))))
            }
            _ => {
                let closes = words.moment(round.closes_at);
                Ok(Err(Trouble::at("plan", words.with("open-wrong-time", "closes", closes))))
            }
        }
    })
    .await?;
    back(&request, &officer, &state, &slug, done, fields).await
}

/// To the page of the round, which says what was done, or why not.
pub(super) async fn back(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    slug: &str,
    done: Outcome<String>,
    fields: Fields,
) -> Result<HttpResponse, Failure> {
    match done {
        Ok(sentence) => Ok(said::see_other(state, officer, format!("/manage/rounds/{slug}"), &sentence)),
        Err(trouble) => show::page(request, officer, state, slug, trouble.typed(fields)).await,
    }
}
