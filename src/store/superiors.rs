//! What stood, stands and will stand above units, from which day on. `unit` has what stands there today.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::dialect::both;
use super::schema::{superior, unit};
use super::successions::Record;
use super::{Db, StoreError, units};
use crate::survey::unit::succession::Superiority;

/// What stands above a unit from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Above {
    /// In which respect.
    pub respect: Superiority,
    /// From when.
    pub since: NaiveDate,
    /// The name of what stands there; none: nothing.
    pub name: Option<String>,
    /// The decision that says so.
    pub basis: String,
}

/// A change that says what stands above a unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said<'a> {
    /// Its number.
    pub(super) id: i64,
    pub(super) record: Record<'a>,
    /// Whether it is about this unit; otherwise the unit only follows the one above it, and what was said of itself counts.
    pub(super) is_own: bool,
}

/// Writes down what stands above a unit from a day on. The first time, what stood there until then is written down, too.
pub(super) fn put(
    db: &mut Db,
    unit_id: i64,
    respect: Superiority,
    above: Option<i64>,
    said: Said<'_>,
) -> Result<(), StoreError> {
    let rows: i64 = superior::table
        .filter(superior::unit_id.eq(unit_id))
        .filter(superior::respect.eq(respect.code()))
        .count()
        .get_result(db)?;
    if rows == 0 {
        let (parent, professional, since): (Option<i64>, Option<i64>, NaiveDate) = unit::table
            .find(unit_id)
            .select((unit::parent_id, unit::professional_parent_id, unit::valid_from))
            .first(db)?;
        let before = match respect {
            Superiority::HanhChinh => parent,
            Superiority::ChuyenMon => professional,
        };
        insert(db, unit_id, respect, before, Record { day: since, basis: "", ..said.record }, None)?;
    }
    let is_said = superior::table.find((unit_id, respect.code(), said.record.day));
    if !said.is_own && diesel::select(diesel::dsl::exists(is_said)).get_result(db)? {
        return Ok(());
    }
    insert(db, unit_id, respect, above, said.record, Some(said.id))
}

fn insert(
    db: &mut Db,
    unit_id: i64,
    respect: Superiority,
    above: Option<i64>,
    record: Record<'_>,
    by: Option<i64>,
) -> Result<(), StoreError> {
    let waiting: Option<NaiveDateTime> = None;
    both!(db, |c| diesel::insert_into(superior::table)
        .values((
            superior::unit_id.eq(unit_id),
            superior::respect.eq(respect.code()),
            superior::since.eq(record.day),
            superior::superior_id.eq(above),
            superior::basis.eq(record.basis),
            superior::succession_id.eq(by),
        ))
        .on_conflict((superior::unit_id, superior::respect, superior::since))
        .do_update()
        .set((
            superior::superior_id.eq(above),
            superior::basis.eq(record.basis),
            superior::in_force_at.eq(waiting),
            superior::succession_id.eq(by),
        ))
        .execute(c))?;
    Ok(())
}

/// Takes back what a change says about superiors, and returns of which units, in which respect.
pub(super) fn forget(db: &mut Db, id: i64) -> Result<Vec<(i64, Superiority)>, StoreError> {
    let own = superior::table.filter(superior::succession_id.eq(id));
    let rows: Vec<(i64, String)> = own.select((superior::unit_id, superior::respect)).load(db)?;
    diesel::delete(own).execute(db)?;
    let mut freed = Vec::with_capacity(rows.len());
    for (unit_id, respect) in rows {
        // what stood there before the first change says nothing once there is none
        let left = superior::table.filter(superior::unit_id.eq(unit_id)).filter(superior::respect.eq(&respect));
        let others = left.filter(superior::succession_id.is_not_null().or(superior::basis.ne("")));
        if !diesel::select(diesel::dsl::exists(others)).get_result::<bool>(db)? {
            diesel::delete(left).execute(db)?;
        }
        freed.push((unit_id, respect.parse().map_err(|error| StoreError::corrupt("superior", error))?));
    }
    Ok(freed)
}

/// Whether a day has come from which something else stands above a unit.
pub(super) fn is_due(db: &mut Db, today: NaiveDate) -> Result<bool, StoreError> {
    let waiting = superior::table.filter(superior::in_force_at.is_null()).filter(superior::since.le(today));
    Ok(diesel::select(diesel::dsl::exists(waiting)).get_result(db)?)
}

/// Puts in place what is due.
pub(super) fn come_into_force(db: &mut Db, now: NaiveDateTime, today: NaiveDate) -> Result<(), StoreError> {
    let superiors: Vec<(i64, String)> = superior::table
        .filter(superior::in_force_at.is_null())
        .filter(superior::since.le(today))
        .select((superior::unit_id, superior::respect))
        .distinct()
        .load(db)?;
    for (unit_id, respect) in superiors {
        let respect = respect.parse().map_err(|error| StoreError::corrupt("superior", error))?;
        put_in_place(db, unit_id, respect, now, today)?;
    }
    Ok(())
}

/// What was written down last up to today stands above the unit.
fn put_in_place(
    db: &mut Db,
    unit_id: i64,
    respect: Superiority,
    now: NaiveDateTime,
    today: NaiveDate,
) -> Result<(), StoreError> {
    let due = superior::table
        .filter(superior::unit_id.eq(unit_id))
        .filter(superior::respect.eq(respect.code()))
        .filter(superior::since.le(today));
    let above: Option<i64> = due.order(superior::since.desc()).select(superior::superior_id).first(db)?;
    let is_circle = match above {
        Some(above) => units::line(db, above)?.contains(&unit_id),
        None => false,
    };
    // the tree may have changed since this was written down; a circle would lift a unit above its own office
    if is_circle {
        tracing::warn!(
            unit_id,
            ?respect,
            "a unit stays where it is: what was to stand above it stands below it by now"
        );
    } else {
        let row = unit::table.find(unit_id);
        match respect {
            Superiority::HanhChinh => diesel::update(row).set(unit::parent_id.eq(above)).execute(db)?,
            Superiority::ChuyenMon => diesel::update(row).set(unit::professional_parent_id.eq(above)).execute(db)?,
        };
    }
    diesel::update(due.filter(superior::in_force_at.is_null())).set(superior::in_force_at.eq(now)).execute(db)?;
    Ok(())
}

/// What stood, stands and will stand above a unit, the latest first in each respect.
///
/// # Errors
/// The database failed, or a row is damaged.
pub fn of_unit(db: &mut Db, unit_id: i64) -> Result<Vec<Above>, StoreError> {
    let rows: Vec<(String, NaiveDate, Option<String>, String)> = superior::table
        .left_join(unit::table.on(unit::id.nullable().eq(superior::superior_id)))
        .filter(superior::unit_id.eq(unit_id))
        .order((superior::respect.desc(), superior::since.desc()))
        .select((superior::respect, superior::since, unit::name.nullable(), superior::basis))
        .load(db)?;
    rows.into_iter()
        .map(|(respect, since, name, basis)| {
            let respect = respect.parse().map_err(|error| StoreError::corrupt("superior", error))?;
            Ok(Above { respect, since, name, basis })
        })
        .collect()
}
