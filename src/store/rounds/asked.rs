//! The units that a round asks, level by level.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::store::dialect::both;
use crate::store::schema::{round, round_unit, unit};
use crate::store::{Db, StoreError, meta, successions};
use crate::vietnamese;

/// A unit that a round asks about, at one level.
#[derive(Debug, Clone, Queryable, PartialEq, Eq)]
pub struct TargetRow {
    /// Which unit.
    pub unit_id: i64,
    /// Which level.
    pub level: String,
    /// Pupils; empty: unknown.
    pub eligible: Option<i64>,
}

/// Puts a unit's level into a round, or corrects its number of pupils.
///
/// # Errors
/// The database failed.
pub fn put_target(db: &mut Db, round_id: i64, target: &TargetRow) -> Result<(), StoreError> {
    let none: Option<NaiveDateTime> = None;
    both!(db, |c| diesel::insert_into(round_unit::table)
        .values((
            round_unit::round_id.eq(round_id),
            round_unit::unit_id.eq(target.unit_id),
            round_unit::level.eq(&target.level),
            round_unit::eligible.eq(target.eligible),
        ))
        .on_conflict((round_unit::round_id, round_unit::unit_id, round_unit::level))
        .do_update()
        .set((round_unit::eligible.eq(target.eligible), round_unit::removed_at.eq(none)))
        .execute(c))?;
    meta::bump_revision(db)
}

/// Takes a unit out of a round: its links stop, what came in stays.
///
/// # Errors
/// The database failed.
pub fn remove_unit(db: &mut Db, round_id: i64, unit_id: i64, now: NaiveDateTime) -> Result<(), StoreError> {
    diesel::update(round_unit::table.filter(round_unit::round_id.eq(round_id)).filter(round_unit::unit_id.eq(unit_id)))
        .set(round_unit::removed_at.eq(now))
        .execute(db)?;
    meta::bump_revision(db)
}

/// Brings back a unit that was taken out, with its numbers of pupils as they were corrected and its links as they were.
///
/// # Errors
/// The database failed.
pub fn return_unit(db: &mut Db, round_id: i64, unit_id: i64) -> Result<(), StoreError> {
    let none: Option<NaiveDateTime> = None;
    diesel::update(round_unit::table.filter(round_unit::round_id.eq(round_id)).filter(round_unit::unit_id.eq(unit_id)))
        .set(round_unit::removed_at.eq(none))
        .execute(db)?;
    meta::bump_revision(db)
}

/// The units and levels that a round asks about.
///
/// # Errors
/// The database failed.
pub fn targets(db: &mut Db, round_id: i64) -> Result<Vec<TargetRow>, StoreError> {
    Ok(round_unit::table
        .filter(round_unit::round_id.eq(round_id))
        .filter(round_unit::removed_at.is_null())
        .order((round_unit::unit_id, round_unit::level))
        .select((round_unit::unit_id, round_unit::level, round_unit::eligible))
        .load(db)?)
}

/// The same, removed ones included, each with when it was taken out, if it was: its forms stay, and so do its pupils.
///
/// # Errors
/// The database failed.
pub fn targets_ever(db: &mut Db, round_id: i64) -> Result<Vec<(TargetRow, Option<NaiveDateTime>)>, StoreError> {
    Ok(round_unit::table
        .filter(round_unit::round_id.eq(round_id))
        .order((round_unit::unit_id, round_unit::level))
        .select(((round_unit::unit_id, round_unit::level, round_unit::eligible), round_unit::removed_at))
        .load(db)?)
}

/// The units and levels of a round, removed ones included, each with when it was taken out, if it was.
///
/// # Errors
/// The database failed.
pub fn levels(db: &mut Db, round_id: i64) -> Result<Vec<(i64, String, Option<NaiveDateTime>)>, StoreError> {
    Ok(round_unit::table
        .filter(round_unit::round_id.eq(round_id))
        .select((round_unit::unit_id, round_unit::level, round_unit::removed_at))
        .load(db)?)
}

/// A unit's code and name.
#[derive(Debug, Clone, Queryable, PartialEq, Eq)]
pub struct NamedUnit {
    /// Internal id.
    pub id: i64,
    /// Its code.
    pub code: String,
    /// Its full name.
    pub name: String,
}

/// Every unit that a round asks or has asked about, removed ones included: their submissions stay. A unit that was renamed after
/// closing has the name of that time.
///
/// # Errors
/// The database failed.
pub fn units(db: &mut Db, round_id: i64) -> Result<Vec<NamedUnit>, StoreError> {
    let mut units: Vec<NamedUnit> = round_unit::table
        .inner_join(unit::table)
        .filter(round_unit::round_id.eq(round_id))
        .select((unit::id, unit::code, unit::name))
        .distinct()
        .order(unit::code)
        .load(db)?;
    let closes_at: NaiveDateTime = round::table.find(round_id).select(round::closes_at).first(db)?;
    let then = successions::names_on(db, vietnamese::local(closes_at).date())?;
    for unit in &mut units {
        if let Some(name) = then.get(&unit.id) {
            unit.name.clone_from(name);
        }
    }
    Ok(units)
}
