//! What became of units, and what stands above them from which day on. Days that are to come wait here until they are there.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::dialect::both;
use super::schema::{succession, succession_part, unit, unit_level};
use super::superiors::{self, Said};
use super::{Db, StoreError, meta, unit_imports, units};
use crate::survey::unit::succession::lineage::Step;
use crate::survey::unit::succession::{Effects, SuccessionKind, kept};
use crate::survey::unit::{ImportPlan, UnitCode};
use crate::vietnamese::fold;

mod cancel;

pub use cancel::{Cancelled, NotCancelled, cancel};

/// What is written down about a change besides what follows from it.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// What happened.
    pub kind: SuccessionKind,
    /// The first day on which it is so, in Việt Nam.
    pub day: NaiveDate,
    /// The decision that says so.
    pub basis: &'a str,
}

/// A change that concerns a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// Its number.
    pub id: i64,
    /// What happened.
    pub kind: SuccessionKind,
    /// The first day on which it is so.
    pub day: NaiveDate,
    /// The decision that says so.
    pub basis: String,
    /// The new name of a unit that was renamed.
    pub new_name: Option<String>,
    /// What came from what.
    pub parts: Vec<StoryPart>,
}

/// One old unit and one new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryPart {
    /// The code of what there was.
    pub old: String,
    /// What it was called then.
    pub old_name: String,
    /// The code of what there is; the same where a unit only changed.
    pub new: String,
    /// What that is called today.
    pub new_name: String,
    /// How many of its people went there, in per cent, where several units share them.
    pub share: Option<i64>,
}

/// Writes a change down and puts in place what is due by today. Call it in a transaction.
///
/// # Errors
/// The database failed.
pub fn record(
    db: &mut Db,
    effects: &Effects,
    record: Record<'_>,
    now: NaiveDateTime,
    today: NaiveDate,
) -> Result<(), StoreError> {
    let before: Vec<(String, Option<NaiveDate>)> = unit::table.select((unit::code, unit::valid_to)).load(db)?;
    let before: HashMap<String, Option<NaiveDate>> = before.into_iter().collect();
    unit_imports::import_for_good(db, &ImportPlan::of(effects.units.clone()))?;
    let id: i64 = both!(db, |c| diesel::insert_into(succession::table)
        .values((
            succession::kind.eq(record.kind.code()),
            succession::day.eq(record.day),
            succession::basis.eq(record.basis),
            succession::new_name.eq(effects.name.as_ref().map(|(_, name)| name)),
            succession::recorded_at.eq(now),
        ))
        .returning(succession::id)
        .get_result(c))?;
    for part in &effects.parts {
        diesel::insert_into(succession_part::table)
            .values((
                succession_part::succession_id.eq(id),
                succession_part::old_id.eq(known(db, &part.old)?),
                succession_part::new_id.eq(known(db, &part.new)?),
                succession_part::old_name.eq(&part.old_name),
                succession_part::share.eq(part.share),
                succession_part::old_valid_to.eq(before.get(part.old.as_str()).copied().flatten()),
                succession_part::new_begins.eq(!before.contains_key(part.new.as_str())),
            ))
            .execute(db)?;
    }
    for (unit, respect, above) in &effects.superiors {
        let unit_id = known(db, unit)?;
        let above = above.as_ref().map(|code| known(db, code)).transpose()?;
        let is_own = effects.parts.iter().any(|part| part.old == *unit);
        superiors::put(db, unit_id, *respect, above, Said { id, record, is_own })?;
    }
    come_into_force(db, now, today)
}

fn known(db: &mut Db, code: &UnitCode) -> Result<i64, StoreError> {
    units::id_by_code(db, code.as_str())?.ok_or_else(|| StoreError::corrupt("unit", format!("there is no {code}")))
}

/// Whether a change of this kind is written down for this day that happens to one of these units.
///
/// # Errors
/// The database failed.
pub fn is_recorded(db: &mut Db, kind: SuccessionKind, day: NaiveDate, units: &[i64]) -> Result<bool, StoreError> {
    let same = succession_part::table
        .inner_join(succession::table)
        .filter(succession::kind.eq(kind.code()))
        .filter(succession::day.eq(day))
        .filter(succession_part::old_id.eq_any(units));
    Ok(diesel::select(diesel::dsl::exists(same)).get_result(db)?)
}

/// Whether a day has come for which something was written down.
///
/// # Errors
/// The database failed.
pub fn is_due(db: &mut Db, today: NaiveDate) -> Result<bool, StoreError> {
    let names = succession::table
        .filter(succession::new_name.is_not_null())
        .filter(succession::in_force_at.is_null())
        .filter(succession::day.le(today));
    Ok(diesel::select(diesel::dsl::exists(names)).get_result::<bool>(db)?
        || !partial_splits(db, today)?.is_empty()
        || superiors::is_due(db, today)?)
}

/// Units that were split and go on, whose day has come and that still have all their pupils: the split, the unit, its share.
fn partial_splits(db: &mut Db, today: NaiveDate) -> Result<Vec<(i64, i64, Option<i64>)>, StoreError> {
    let splits = succession::table
        .inner_join(succession_part::table)
        .filter(succession::kind.eq(SuccessionKind::Tach.code()))
        .filter(succession_part::old_id.eq(succession_part::new_id))
        .filter(succession::in_force_at.is_null())
        .filter(succession::day.le(today))
        .order((succession::day, succession::id))
        .select((succession::id, succession_part::old_id, succession_part::share));
    Ok(splits.load(db)?)
}

/// Leaves a unit that was split and goes on its share of the pupils of each level.
fn keep_share(db: &mut Db, unit_id: i64, share: i64) -> Result<(), StoreError> {
    let Some(stored) = units::by_id(db, unit_id)? else { return Ok(()) };
    for (level, pupils) in kept(&stored.unit.enrolment, share) {
        let row = unit_level::table.filter(unit_level::unit_id.eq(unit_id)).filter(unit_level::level.eq(level.code()));
        diesel::update(row).set(unit_level::enrolment.eq(pupils)).execute(db)?;
    }
    Ok(())
}

/// Puts new names, superiors and the pupils that stay after a split in place whose day has come. Call it in a transaction.
///
/// # Errors
/// The database failed.
pub fn come_into_force(db: &mut Db, now: NaiveDateTime, today: NaiveDate) -> Result<(), StoreError> {
    let names: Vec<(i64, NaiveDate, Option<String>, i64)> = succession::table
        .inner_join(succession_part::table)
        .filter(succession::new_name.is_not_null())
        .filter(succession::in_force_at.is_null())
        .filter(succession::day.le(today))
        .order((succession::day, succession::id))
        .select((succession::id, succession::day, succession::new_name, succession_part::new_id))
        .load(db)?;
    for (id, day, name, unit_id) in names {
        let name = name.unwrap_or_default();
        if !is_renamed_after(db, unit_id, day)? {
            diesel::update(unit::table.find(unit_id))
                .set((unit::name.eq(&name), unit::name_folded.eq(fold(&name))))
                .execute(db)?;
        }
        diesel::update(succession::table.find(id)).set(succession::in_force_at.eq(now)).execute(db)?;
    }
    for (id, unit_id, share) in partial_splits(db, today)? {
        keep_share(db, unit_id, share.unwrap_or(100))?;
        diesel::update(succession::table.find(id)).set(succession::in_force_at.eq(now)).execute(db)?;
    }
    superiors::come_into_force(db, now, today)?;
    meta::bump_revision(db)
}

/// Whether a unit has a later name already: what happened before it was only written down late.
fn is_renamed_after(db: &mut Db, unit_id: i64, day: NaiveDate) -> Result<bool, StoreError> {
    let later = succession::table
        .inner_join(succession_part::table)
        .filter(succession_part::new_id.eq(unit_id))
        .filter(succession::new_name.is_not_null().and(succession::in_force_at.is_not_null()))
        .filter(succession::day.gt(day));
    Ok(later.count().get_result::<i64>(db)? > 0)
}

/// What happened to a unit, the latest first.
///
/// # Errors
/// The database failed, or a row is damaged.
pub fn of_unit(db: &mut Db, unit_id: i64) -> Result<Vec<Story>, StoreError> {
    let ids: Vec<i64> = succession_part::table
        .filter(succession_part::old_id.eq(unit_id).or(succession_part::new_id.eq(unit_id)))
        .select(succession_part::succession_id)
        .distinct()
        .load(db)?;
    type Row = (i64, String, NaiveDate, String, Option<String>);
    let rows: Vec<Row> = succession::table
        .filter(succession::id.eq_any(ids))
        .order((succession::day.desc(), succession::id.desc()))
        .select((succession::id, succession::kind, succession::day, succession::basis, succession::new_name))
        .load(db)?;
    let mut stories = Vec::with_capacity(rows.len());
    for (id, kind, day, basis, new_name) in rows {
        let kind = kind.parse().map_err(|error| StoreError::corrupt("succession", error))?;
        stories.push(Story { id, kind, day, basis, new_name, parts: parts(db, id)? });
    }
    Ok(stories)
}

fn parts(db: &mut Db, id: i64) -> Result<Vec<StoryPart>, StoreError> {
    let rows: Vec<(i64, i64, String, Option<i64>)> = succession_part::table
        .filter(succession_part::succession_id.eq(id))
        .order((succession_part::old_id, succession_part::new_id))
        .select((succession_part::old_id, succession_part::new_id, succession_part::old_name, succession_part::share))
        .load(db)?;
    let ids: Vec<i64> = rows.iter().flat_map(|(old, new, ..)| [*old, *new]).collect();
    let units: Vec<(i64, String, String)> =
        unit::table.filter(unit::id.eq_any(ids)).select((unit::id, unit::code, unit::name)).load(db)?;
    let find = |id: i64| units.iter().find(|(known, ..)| *known == id).cloned().unwrap_or_default();
    let part = |(old, new, old_name, share): (i64, i64, String, Option<i64>)| {
        let ((_, old, _), (_, new, new_name)) = (find(old), find(new));
        StoryPart { old, old_name, new, new_name, share }
    };
    Ok(rows.into_iter().map(part).collect())
}

/// What units were called before, or what they came from, by the number of the unit that there is; up to today.
///
/// # Errors
/// The database failed.
pub fn former_names(db: &mut Db, today: NaiveDate) -> Result<HashMap<i64, Vec<String>>, StoreError> {
    let rows: Vec<(i64, i64, String, String)> = succession_part::table
        .inner_join(succession::table)
        .filter(succession::day.le(today))
        .order(succession::day.desc())
        .select((succession_part::old_id, succession_part::new_id, succession_part::old_name, succession::kind))
        .load(db)?;
    let mut former = HashMap::<i64, Vec<String>>::new();
    for (old, new, name, kind) in rows {
        let names = former.entry(new).or_default();
        if (old != new || kind == SuccessionKind::DoiTen.code()) && !names.contains(&name) {
            names.push(name);
        }
    }
    former.retain(|_, names| !names.is_empty());
    Ok(former)
}

/// What units that were renamed after a day were called on it, by their numbers.
///
/// # Errors
/// The database failed.
pub fn names_on(db: &mut Db, day: NaiveDate) -> Result<BTreeMap<i64, String>, StoreError> {
    let rows: Vec<(i64, String)> = succession_part::table
        .inner_join(succession::table)
        .filter(succession::kind.eq(SuccessionKind::DoiTen.code()))
        .filter(succession::in_force_at.is_not_null())
        .filter(succession::day.gt(day))
        .order((succession::day.desc(), succession::id.desc()))
        .select((succession_part::old_id, succession_part::old_name))
        .load(db)?;
    // the earliest after the day comes last and says what the unit was called then
    Ok(rows.into_iter().collect())
}

/// What was merged into what and split into what, up to a day.
///
/// # Errors
/// The database failed.
pub fn steps(db: &mut Db, today: NaiveDate) -> Result<Vec<Step>, StoreError> {
    let kinds = [SuccessionKind::SapNhap.code(), SuccessionKind::Tach.code()];
    let rows: Vec<(i64, i64, Option<i64>, NaiveDate)> = succession_part::table
        .inner_join(succession::table)
        .filter(succession::kind.eq_any(kinds))
        .filter(succession::day.le(today))
        .order((succession::day, succession::id, succession_part::old_id, succession_part::new_id))
        .select((succession_part::old_id, succession_part::new_id, succession_part::share, succession::day))
        .load(db)?;
    let ids: BTreeSet<i64> = rows.iter().flat_map(|(old, new, ..)| [*old, *new]).collect();
    let codes: HashMap<i64, String> =
        unit::table.filter(unit::id.eq_any(ids)).select((unit::id, unit::code)).load(db)?.into_iter().collect();
    let code = |id: i64| codes.get(&id).cloned().unwrap_or_default();
    let step = |(old, new, share, day): (i64, i64, Option<i64>, NaiveDate)| Step {
        old: code(old),
        new: code(new),
        day,
        divides: share.is_some(),
    };
    Ok(rows.into_iter().map(step).collect())
}

#[cfg(test)]
mod tests;
