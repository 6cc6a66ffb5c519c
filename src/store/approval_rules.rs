//! Where two people are needed to open a round, and where an administrator said that they are not.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::dialect::both;
use super::schema::{approval_rule, unit};
use super::{Db, StoreError, units};
use crate::survey::approval::Rule;

/// Where the rule stands for a unit: its own row, or that of the nearest unit above it.
///
/// # Errors
/// The database failed.
pub fn of(db: &mut Db, unit_id: i64) -> Result<Rule, StoreError> {
    for above in units::line(db, unit_id)? {
        let row: Option<Option<NaiveDateTime>> =
            approval_rule::table.find(above).select(approval_rule::required_from).first(db).optional()?;
        if let Some(from) = row {
            return Ok(from.map_or(Rule::Relaxed, Rule::From));
        }
    }
    Ok(Rule::Always)
}

/// A rule that was set, as people read it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct RuleRow {
    /// For this unit and those below it.
    pub unit_id: i64,
    /// Its name.
    pub unit: String,
    /// Since when two people are needed; none: they are not.
    pub required_from: Option<NaiveDateTime>,
    /// Why.
    pub reason: String,
    /// When it was set, UTC.
    pub changed_at: NaiveDateTime,
}

/// Every rule that was set.
///
/// # Errors
/// The database failed.
pub fn all(db: &mut Db) -> Result<Vec<RuleRow>, StoreError> {
    Ok(approval_rule::table
        .inner_join(unit::table)
        .order(unit::code)
        .select((
            approval_rule::unit_id,
            unit::name,
            approval_rule::required_from,
            approval_rule::reason,
            approval_rule::changed_at,
        ))
        .load(db)?)
}

/// Sets the rule for a unit and everything below it that has none of its own.
///
/// # Errors
/// The database failed.
pub fn set(
    db: &mut Db,
    unit_id: i64,
    required_from: Option<NaiveDateTime>,
    reason: &str,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let values = (
        approval_rule::required_from.eq(required_from),
        approval_rule::reason.eq(reason),
        approval_rule::changed_at.eq(now),
        approval_rule::changed_by.eq(by),
    );
    both!(db, |c| diesel::insert_into(approval_rule::table)
        .values((approval_rule::unit_id.eq(unit_id), values))
        .on_conflict(approval_rule::unit_id)
        .do_update()
        .set(values)
        .execute(c))?;
    Ok(())
}
