//! Opening a round, now or at a time that is set.

use actix_web::HttpResponse;
use chrono::NaiveDateTime;

use super::form::RoundForm;
use super::stage::Stage;
use super::trouble::Trouble;
use super::{Outcome, checklist, show};
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, approvals, rounds};
use crate::survey::audit::Action;
use crate::survey::round::Access;
use crate::web::deed::Deed;
use crate::web::error::Failure;
use crate::web::session::Opener;
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
    let items = checklist::needed(db, round, now, words)?.into_iter();
    Ok(items.filter(|item| !item.is_done()).map(|item| item.text).next())
}

/// Whether a round may be opened at all; if not, why.
fn may_open(db: &mut Db, round: &RoundRow, now: NaiveDateTime, words: Words) -> Result<Outcome<()>, StoreError> {
    if Stage::of(round, now).has_begun() {
        return Ok(Err(Trouble::page(words.say("said-too-late"))));
    }
    Ok(hindrance(db, round, now, words)?.map_or(Ok(()), |sentence| Err(Trouble::page(sentence))))
}

/// `POST …/open`: now, which cannot be undone.
pub(super) async fn open(form: RoundForm<Opener>) -> Result<HttpResponse, Failure> {
    let fields = &form.fields;
    let (words, now, is_sure) = (form.words(), form.now(), fields.is_sure());
    let done = form
        .change(Action::RoundOpened, move |db, round| {
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
    form.answer(done, "", show::page).await
}

/// `POST …/plan`: at the day and time that were given.
pub(super) async fn plan(form: RoundForm<Opener>) -> Result<HttpResponse, Failure> {
    let fields = &form.fields;
    let (words, now, wanted) = (form.words(), form.now(), fields.moment());
    let done = form
        .change(Deed::at(Action::RoundOpened, wanted.ok()), move |db, round| {
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
    form.answer(done, "", show::page).await
}
