//! Completed forms, read in pages.

use chrono::NaiveDate;
use compact_str::CompactString;
use diesel::prelude::*;

use super::schema::submission;
use super::{Db, StoreError};

/// One stored form. Codes are short and lie in the row itself: a round is read a million rows at a time.
#[derive(Debug, Clone, Queryable)]
pub struct SubmissionRow {
    /// Random id.
    pub id: Vec<u8>,
    /// The unit.
    pub unit_id: i64,
    /// The channel's code.
    #[diesel(deserialize_as = String)]
    pub channel: CompactString,
    /// The questionnaire version it answered.
    pub version_id: i64,
    /// The language it was answered in.
    #[diesel(deserialize_as = String)]
    pub lang: CompactString,
    /// How it came in.
    #[diesel(deserialize_as = String)]
    pub mode: CompactString,
    /// The day it came in, UTC+7.
    pub submitted_on: NaiveDate,
    /// The answers, as JSON.
    pub answers: String,
    /// How fast it was filled in, by the class's code.
    #[diesel(deserialize_as = String)]
    pub pace: CompactString,
}

/// One page of a round's forms in the order of their random ids, after the one given. Pages keep memory small and hold no
/// long transaction, so that writers and checkpoints go on.
///
/// # Errors
/// The database failed.
pub fn page(db: &mut Db, round_id: i64, after: &[u8], limit: i64) -> Result<Vec<SubmissionRow>, StoreError> {
    use submission as s;
    Ok(s::table
        .filter(s::round_id.eq(round_id))
        .filter(s::id.gt(after))
        .order(s::id)
        .limit(limit)
        .select((s::id, s::unit_id, s::channel, s::version_id, s::lang, s::mode, s::submitted_on, s::answers, s::pace))
        .load(db)?)
}

/// The same of those forms only whose ids do not lie behind `until`.
///
/// # Errors
/// The database failed.
pub fn page_until(
    db: &mut Db,
    round_id: i64,
    (after, until): (&[u8], &[u8]),
    limit: i64,
) -> Result<Vec<SubmissionRow>, StoreError> {
    use submission as s;
    Ok(s::table
        .filter(s::round_id.eq(round_id))
        .filter(s::id.gt(after))
        .filter(s::id.le(until))
        .order(s::id)
        .limit(limit)
        .select((s::id, s::unit_id, s::channel, s::version_id, s::lang, s::mode, s::submitted_on, s::answers, s::pace))
        .load(db)?)
}

/// How many forms a round has, counted row by row.
///
/// # Errors
/// The database failed.
pub fn count(db: &mut Db, round_id: i64) -> Result<i64, StoreError> {
    Ok(submission::table.filter(submission::round_id.eq(round_id)).count().get_result(db)?)
}

/// How many forms of a round came in after closing.
///
/// # Errors
/// The database failed.
pub fn late(db: &mut Db, round_id: i64) -> Result<i64, StoreError> {
    Ok(submission::table
        .filter(submission::round_id.eq(round_id))
        .filter(submission::late.eq(true))
        .count()
        .get_result(db)?)
}

/// How many forms of a round came in each way, by the mode's code.
///
/// # Errors
/// The database failed.
pub fn by_mode(db: &mut Db, round_id: i64) -> Result<Vec<(String, i64)>, StoreError> {
    Ok(submission::table
        .filter(submission::round_id.eq(round_id))
        .group_by(submission::mode)
        .select((submission::mode, diesel::dsl::count_star()))
        .order(submission::mode)
        .load(db)?)
}

/// How many keys a round has seen.
///
/// # Errors
/// The database failed.
pub fn receipts(db: &mut Db, round_id: i64) -> Result<i64, StoreError> {
    use super::schema::receipt;
    Ok(receipt::table.filter(receipt::round_id.eq(round_id)).count().get_result(db)?)
}

/// Whether a receipt with this hash was given out in any round.
///
/// # Errors
/// The database failed.
pub fn has_receipt(db: &mut Db, round_id: i64, hash: &[u8]) -> Result<bool, StoreError> {
    use super::schema::receipt;
    let found: i64 =
        receipt::table.filter(receipt::round_id.eq(round_id)).filter(receipt::hash.eq(hash)).count().get_result(db)?;
    Ok(found > 0)
}
