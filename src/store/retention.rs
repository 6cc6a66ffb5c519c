//! Forms are kept for as long as the notice on the start page says, and deleted then. What was counted stays: tallies and
//! releases tell about no single form.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{forgotten, round, submission};
use super::{Db, StoreError};

/// So many forms are deleted in one transaction: the intake must not wait for long.
const SOME: i64 = 2000;

/// Deletes forms of rounds that closed by this time, some at once; tells whether there may be more.
///
/// # Errors
/// The database failed.
pub fn forget_some(db: &mut Db, closed_by: NaiveDateTime, now: NaiveDateTime) -> Result<bool, StoreError> {
    let due = round::table
        .left_join(forgotten::table)
        .filter(round::closes_at.le(closed_by))
        .filter(round::frozen_at.is_not_null())
        .filter(forgotten::round_id.is_null())
        .select(round::id)
        .load::<i64>(db)?;
    // written down first: from here on `verify` has nothing to compare the tallies with
    for round_id in due {
        let row = (forgotten::round_id.eq(round_id), forgotten::since.eq(now));
        diesel::insert_into(forgotten::table).values(row).execute(db)?;
    }
    for round_id in forgotten::table.select(forgotten::round_id).load::<i64>(db)? {
        let of_round = submission::table.filter(submission::round_id.eq(round_id));
        let ids = of_round.select(submission::id).limit(SOME).load::<Vec<u8>>(db)?;
        if !ids.is_empty() {
            diesel::delete(of_round.filter(submission::id.eq_any(ids))).execute(db)?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the forms of a round are deleted, or about to be.
///
/// # Errors
/// The database failed.
pub fn is_forgotten(db: &mut Db, round_id: i64) -> Result<bool, StoreError> {
    let found: i64 = forgotten::table.filter(forgotten::round_id.eq(round_id)).count().get_result(db)?;
    Ok(found > 0)
}
