//! What a school should reach in a round, as forms per thousand pupils.

use diesel::prelude::*;

use super::dialect::both;
use super::schema::round_goal;
use super::{Db, StoreError};
use crate::survey::round::Goal;

/// The goal of a round: what was set, or the usual one.
///
/// # Errors
/// The database failed, or the row is damaged.
pub fn of_round(db: &mut Db, round_id: i64) -> Result<Goal, StoreError> {
    let set: Option<i64> = round_goal::table.find(round_id).select(round_goal::per_mille).first(db).optional()?;
    match set {
        None => Ok(Goal::USUAL),
        Some(per_mille) => Goal::new(per_mille).ok_or_else(|| StoreError::corrupt("round_goal", per_mille)),
    }
}

/// Sets the goal of a round.
///
/// # Errors
/// The database failed.
pub fn set(db: &mut Db, round_id: i64, goal: Goal) -> Result<(), StoreError> {
    both!(db, |c| diesel::insert_into(round_goal::table)
        .values((round_goal::round_id.eq(round_id), round_goal::per_mille.eq(goal.per_mille())))
        .on_conflict(round_goal::round_id)
        .do_update()
        .set(round_goal::per_mille.eq(goal.per_mille()))
        .execute(c))?;
    Ok(())
}
