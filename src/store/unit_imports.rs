//! Imports of units, and taking the last one back.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{unit, unit_import, unit_level};
use super::{Db, StoreError, meta, units};
use crate::survey::unit::{Changes, ImportPlan, Unit, UnitCode};

/// An import that was not taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastImport {
    /// Its number.
    pub id: i64,
    /// When, UTC.
    pub imported_at: NaiveDateTime,
    /// How many units it added.
    pub added: usize,
    /// How many it changed.
    pub changed: usize,
}

/// What taking an import back did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Undone {
    /// How many units are as they were.
    pub restored: usize,
    /// How many that it had added are gone.
    pub removed: usize,
    /// The names of those that are in use by now, in a round or by an account, and stay.
    pub kept: Vec<String>,
}

/// Brings the units to what the plan says, and remembers how they were. Call it in a transaction.
///
/// # Errors
/// The database failed.
pub fn import(db: &mut Db, plan: &ImportPlan, office: i64, now: NaiveDateTime) -> Result<Changes, StoreError> {
    let existing: Vec<Unit> = units::all(db)?.into_iter().map(|stored| stored.unit).collect();
    let changes = units::import(db, plan)?;
    if !changes.is_empty() {
        let is_changed = |unit: &&Unit| changes.changed.iter().any(|changed| changed.unit.code == unit.code);
        let before: Vec<&Unit> = existing.iter().filter(is_changed).collect();
        let added: Vec<&UnitCode> = changes.new.iter().map(|unit| &unit.code).collect();
        diesel::insert_into(unit_import::table)
            .values((
                unit_import::unit_id.eq(office),
                unit_import::imported_at.eq(now),
                unit_import::before.eq(json(&before)?),
                unit_import::added.eq(json(&added)?),
            ))
            .execute(db)?;
    }
    Ok(changes)
}

/// The same from the command line, which belongs to no office: nothing that was imported before can be taken back any more.
///
/// # Errors
/// The database failed.
pub fn import_for_good(db: &mut Db, plan: &ImportPlan) -> Result<Changes, StoreError> {
    forget(db)?;
    units::import(db, plan)
}

/// From now on no import can be taken back.
pub(super) fn forget(db: &mut Db) -> Result<(), StoreError> {
    diesel::delete(unit_import::table).execute(db)?;
    Ok(())
}

/// The last import of all, if this office made it and did not take it back: an older one may have been built upon.
///
/// # Errors
/// The database failed.
pub fn last(db: &mut Db, office: i64) -> Result<Option<LastImport>, StoreError> {
    let Some(row) = newest(db, office)? else { return Ok(None) };
    let (added, before) = (row.added()?, row.before()?);
    let Row { id, imported_at, .. } = row;
    Ok(Some(LastImport { id, imported_at, added: added.len(), changed: before.len() }))
}

/// Takes the last import back; none when it is not this one any more. Call it in a transaction.
///
/// # Errors
/// The database failed.
pub fn undo(db: &mut Db, office: i64, id: i64, now: NaiveDateTime) -> Result<Option<Undone>, StoreError> {
    let Some(row) = newest(db, office)?.filter(|row| row.id == id) else { return Ok(None) };
    let before = row.before()?;
    let restored = units::import(db, &ImportPlan::of(before))?.changed.len();
    let mut undone = Undone { restored, ..Undone::default() };
    // a unit goes after those below it, whatever their order in the file
    let mut waiting = row.added()?;
    loop {
        let before = waiting.len();
        undone.kept.clear();
        let mut still = Vec::new();
        for code in waiting {
            match remove(db, &code)? {
                None => undone.removed += 1,
                Some(name) => {
                    undone.kept.push(name);
                    still.push(code);
                }
            }
        }
        if still.is_empty() || still.len() == before {
            break;
        }
        waiting = still;
    }
    diesel::update(unit_import::table.find(id)).set(unit_import::undone_at.eq(now)).execute(db)?;
    meta::bump_revision(db)?;
    Ok(Some(undone))
}

/// Removes a unit; its name where something needs it.
fn remove(db: &mut Db, code: &UnitCode) -> Result<Option<String>, StoreError> {
    let Some(stored) = units::by_code(db, code.as_str())? else { return Ok(None) };
    Ok((!try_remove(db, stored.id)?).then_some(stored.unit.name))
}

/// Removes a unit; false where something needs it, and then it stays.
pub(super) fn try_remove(db: &mut Db, unit_id: i64) -> Result<bool, StoreError> {
    let removed = db.attempt(|db| {
        diesel::delete(unit_level::table.filter(unit_level::unit_id.eq(unit_id))).execute(db)?;
        diesel::delete(unit::table.find(unit_id)).execute(db)
    });
    match removed {
        Ok(_) => Ok(true),
        Err(diesel::result::Error::DatabaseError(diesel::result::DatabaseErrorKind::ForeignKeyViolation, _)) => {
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Queryable)]
struct Row {
    id: i64,
    unit_id: i64,
    imported_at: NaiveDateTime,
    before: String,
    added: String,
    undone_at: Option<NaiveDateTime>,
}

impl Row {
    fn before(&self) -> Result<Vec<Unit>, StoreError> {
        read(&self.before)
    }

    fn added(&self) -> Result<Vec<UnitCode>, StoreError> {
        read(&self.added)
    }
}

fn newest(db: &mut Db, office: i64) -> Result<Option<Row>, StoreError> {
    let row: Option<Row> = unit_import::table.order(unit_import::id.desc()).first(db).optional()?;
    Ok(row.filter(|row| row.unit_id == office && row.undone_at.is_none()))
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::corrupt("unit_import", error))
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::corrupt("unit_import", error))
}
