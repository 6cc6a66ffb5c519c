//! Forms are kept for as long as the notice on the start page says, and deleted then. What was counted stays: tallies and
//! releases tell about no single form.

use chrono::{Months, NaiveDateTime};
use diesel::prelude::*;

use super::schema::{campaign, campaign_round, forgotten, round, submission};
use super::{Db, StoreError, frames};

/// So many forms are deleted in one transaction: the intake must not wait for long.
const SOME: i64 = 2000;

/// Rounds of campaigns whose plan keeps forms for a shorter time, and that are due by it.
fn due_by_plan(db: &mut Db, now: NaiveDateTime) -> Result<Vec<i64>, StoreError> {
    let rows: Vec<(i64, NaiveDateTime, i64)> = round::table
        .inner_join(campaign_round::table.inner_join(campaign::table))
        .filter(round::frozen_at.is_not_null())
        .filter(diesel::dsl::not(diesel::dsl::exists(forgotten::table.filter(forgotten::round_id.eq(round::id)))))
        .select((round::id, round::closes_at, campaign::kept_months))
        .load(db)?;
    let is_due = |(_, closes_at, months): &(i64, NaiveDateTime, i64)| {
        let months = u32::try_from(*months).ok().map(Months::new);
        months.and_then(|months| closes_at.checked_add_months(months)).is_some_and(|until| until <= now)
    };
    Ok(rows.into_iter().filter(is_due).map(|(id, ..)| id).collect())
}

/// Deletes forms of rounds that closed by this time, or whose plan keeps them no longer, some at once; tells whether there may
/// be more.
///
/// # Errors
/// The database failed.
pub fn forget_some(db: &mut Db, closed_by: NaiveDateTime, now: NaiveDateTime) -> Result<bool, StoreError> {
    let mut due = round::table
        .left_join(forgotten::table)
        .filter(round::closes_at.le(closed_by))
        .filter(round::frozen_at.is_not_null())
        .filter(forgotten::round_id.is_null())
        .select(round::id)
        .load::<i64>(db)?;
    due.extend(due_by_plan(db, now)?);
    due.sort_unstable();
    due.dedup();
    // written down first: from here on `verify` has nothing to compare the tallies with
    for round_id in due {
        let row = (forgotten::round_id.eq(round_id), forgotten::since.eq(now));
        diesel::insert_into(forgotten::table).values(row).execute(db)?;
        // what was made of the forms tells what they tell
        frames::delete(db, round_id)?;
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
