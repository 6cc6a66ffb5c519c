//! By which rule the units of a round were chosen.

use diesel::prelude::*;

use super::dialect::both;
use super::schema::unit_choice;
use super::{Db, StoreError, units};
use crate::survey::unit::choice::Choice;

/// The rule of a round, if its units were chosen by one.
///
/// # Errors
/// The database failed, or holds something that is no rule.
pub fn of_round(db: &mut Db, round_id: i64) -> Result<Option<Choice>, StoreError> {
    let text: Option<String> = unit_choice::table.find(round_id).select(unit_choice::content).first(db).optional()?;
    let read =
        |text: String| serde_json::from_str(&text).map_err(|error| StoreError::corrupt("choice of units", error));
    text.map(read).transpose()
}

/// Writes the rule of a round down.
///
/// # Errors
/// The database failed.
pub fn put(db: &mut Db, round_id: i64, choice: &Choice) -> Result<(), StoreError> {
    let content = serde_json::to_string(choice).map_err(|error| StoreError::corrupt("choice of units", error))?;
    both!(db, |c| diesel::insert_into(unit_choice::table)
        .values((unit_choice::round_id.eq(round_id), unit_choice::content.eq(&content)))
        .on_conflict(unit_choice::round_id)
        .do_update()
        .set(unit_choice::content.eq(&content))
        .execute(c))?;
    Ok(())
}

/// A unit was put into a round by hand, or taken out: the rule says so from now on.
///
/// # Errors
/// The database failed.
pub fn by_hand(db: &mut Db, round_id: i64, unit_id: i64, is_in: bool) -> Result<(), StoreError> {
    let Some(choice) = of_round(db, round_id)? else { return Ok(()) };
    let Some(stored) = units::by_id(db, unit_id)? else { return Ok(()) };
    put(db, round_id, &choice.with(&stored.unit, is_in))
}
