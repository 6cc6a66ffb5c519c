//! The way from a parent's withdrawal secret to the form, for as long as a form can be withdrawn.

use diesel::prelude::*;

use super::schema::{alert, round, submission, withdrawal};
use super::{Db, StoreError};

/// A form that somebody with its secret wants to withdraw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The round.
    pub round_id: i64,
    /// The form's random id.
    pub submission_id: Vec<u8>,
    /// The unit.
    pub unit_id: i64,
    /// The channel's code.
    pub channel: String,
    /// The questionnaire version that it answered.
    pub version_id: i64,
    /// The answers, as JSON.
    pub answers: String,
}

/// The form of this secret, in whatever round is not frozen.
///
/// # Errors
/// The database failed.
pub fn find(db: &mut Db, hash: i64) -> Result<Option<Found>, StoreError> {
    // the key of the table begins with the round, so each round is asked; there are few
    let rounds: Vec<i64> = round::table.filter(round::frozen_at.is_null()).select(round::id).load(db)?;
    let id: Option<(i64, Vec<u8>)> = withdrawal::table
        .filter(withdrawal::round_id.eq_any(rounds))
        .filter(withdrawal::hash.eq(hash))
        .select((withdrawal::round_id, withdrawal::submission_id))
        .first(db)
        .optional()?;
    let Some((round_id, submission_id)) = id else { return Ok(None) };
    let row: Option<(i64, String, i64, String)> = submission::table
        .find((round_id, &submission_id))
        .select((submission::unit_id, submission::channel, submission::version_id, submission::answers))
        .first(db)
        .optional()?;
    Ok(row.map(|(unit_id, channel, version_id, answers)| Found {
        round_id,
        submission_id,
        unit_id,
        channel,
        version_id,
        answers,
    }))
}

/// Deletes the form and the way to it; says whether it was still there. Alerts stay for the officer, with the words that were
/// found, but lead to nothing any more. Call it in the transaction that takes the form's numbers back.
///
/// # Errors
/// The database failed.
pub(super) fn remove(db: &mut Db, round_id: i64, hash: i64, submission_id: &[u8]) -> Result<bool, StoreError> {
    // whoever deletes this row withdraws the form: of two who press at once it is one
    let own = withdrawal::table.find((round_id, hash)).filter(withdrawal::submission_id.eq(submission_id));
    if diesel::delete(own).execute(db)? == 0 {
        return Ok(false);
    }
    diesel::delete(submission::table.find((round_id, submission_id))).execute(db)?;
    let nothing: &[u8] = &[];
    let raised = alert::table.filter(alert::round_id.eq(round_id)).filter(alert::submission_id.eq(submission_id));
    diesel::update(raised).set(alert::submission_id.eq(nothing)).execute(db)?;
    diesel::update(round::table.find(round_id)).set(round::withdrawn.eq(round::withdrawn + 1)).execute(db)?;
    Ok(true)
}

/// Forgets every way from a secret to a form of this round.
///
/// # Errors
/// The database failed.
pub(super) fn forget(db: &mut Db, round_id: i64) -> Result<(), StoreError> {
    diesel::delete(withdrawal::table.filter(withdrawal::round_id.eq(round_id))).execute(db)?;
    Ok(())
}
