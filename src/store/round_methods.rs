//! How a round's figures are worked out: what somebody decided, or the usual rules.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::dialect::both;
use super::schema::{account, round_method};
use super::{Db, StoreError};
use crate::analysis::method::{Above, GroupRule, ItemRule, Method, PercentPlaces, Reach};

/// A method with who decided it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodRow {
    /// What was decided.
    pub method: Method,
    /// How the sample was drawn, in words; empty where none was.
    pub basis: String,
    /// Why it was changed after the figures were frozen; empty: it was not.
    pub reason: String,
    /// When, UTC.
    pub changed_at: NaiveDateTime,
    /// The name of who decided.
    pub person: String,
}

#[derive(Queryable)]
struct Row {
    items: String,
    across: String,
    reach: String,
    above: String,
    percent_places: String,
    basis: String,
    reason: String,
    changed_at: NaiveDateTime,
    person: String,
}

impl Row {
    fn read(self) -> Option<MethodRow> {
        let method = Method {
            items: ItemRule::from_code(&self.items)?,
            groups: GroupRule::from_code(&self.across)?,
            reach: Reach::from_code(&self.reach)?,
            above: Above::from_code(&self.above)?,
            places: PercentPlaces::from_code(&self.percent_places)?,
        };
        Some(MethodRow {
            method,
            basis: self.basis,
            reason: self.reason,
            changed_at: self.changed_at,
            person: self.person,
        })
    }
}

/// What somebody decided for a round; none: nobody did, and the usual rules hold.
///
/// # Errors
/// The database failed, or holds a rule that this program does not know.
pub fn decided(db: &mut Db, round_id: i64) -> Result<Option<MethodRow>, StoreError> {
    let row: Option<Row> = round_method::table
        .inner_join(account::table)
        .filter(round_method::round_id.eq(round_id))
        .select((
            round_method::items,
            round_method::across,
            round_method::reach,
            round_method::above,
            round_method::percent_places,
            round_method::basis,
            round_method::reason,
            round_method::changed_at,
            account::name,
        ))
        .first(db)
        .optional()?;
    let unknown = || StoreError::corrupt("round_method", "it names a rule that this program does not know");
    row.map(|row| row.read().ok_or_else(unknown)).transpose()
}

/// The method of a round.
///
/// # Errors
/// As [`decided`].
pub fn of_round(db: &mut Db, round_id: i64) -> Result<Method, StoreError> {
    Ok(decided(db, round_id)?.map_or(Method::USUAL, |row| row.method))
}

/// What is decided about a round.
#[derive(Debug, Clone, Copy)]
pub struct Decision<'a> {
    /// The rules.
    pub method: Method,
    /// How the sample was drawn, in words; empty where none was.
    pub basis: &'a str,
    /// Why it is changed after the figures were frozen; empty before.
    pub reason: &'a str,
}

/// Decides the method of a round.
///
/// # Errors
/// The database failed.
pub fn decide(
    db: &mut Db,
    round_id: i64,
    decision: Decision<'_>,
    by: i64,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let method = decision.method;
    let values = (
        round_method::items.eq(method.items.code()),
        round_method::across.eq(method.groups.code()),
        round_method::reach.eq(method.reach.code()),
        round_method::above.eq(method.above.code()),
        round_method::percent_places.eq(method.places.code()),
        round_method::basis.eq(decision.basis),
        round_method::reason.eq(decision.reason),
        round_method::changed_at.eq(now),
        round_method::changed_by.eq(by),
    );
    both!(db, |c| diesel::insert_into(round_method::table)
        .values((round_method::round_id.eq(round_id), values))
        .on_conflict(round_method::round_id)
        .do_update()
        .set(values)
        .execute(c))?;
    Ok(())
}
