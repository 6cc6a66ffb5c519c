//! Taking back what was written down for a day that has not come.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Record, Said, superiors};
use crate::store::schema::{succession, succession_part, superior, unit};
use crate::store::{Db, StoreError, meta, unit_imports};
use crate::survey::unit::succession::{SuccessionKind, Superiority};

/// A change that will not happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cancelled {
    /// What was to happen.
    pub kind: SuccessionKind,
    /// On which day.
    pub day: NaiveDate,
    /// New units that something needs already, an account or a round: they stay in the list and never begin.
    pub kept: Vec<String>,
}

/// Why a change stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotCancelled {
    /// There is none of this number.
    Gone,
    /// Its day has come.
    Due,
    /// Other changes or units stand upon one that begins with it.
    BuiltUpon(String),
}

/// What a change says about one old unit and one new one.
#[derive(Queryable)]
struct Part {
    old_id: i64,
    new_id: i64,
    old_valid_to: Option<NaiveDate>,
    new_begins: bool,
}

/// Takes back everything that a change wrote down: what ended goes on, what began is gone, and nothing stands elsewhere or has
/// another name. What was imported before can no longer be taken back. Call it in a transaction.
///
/// # Errors
/// The database failed, or a row is damaged.
pub fn cancel(db: &mut Db, id: i64, today: NaiveDate) -> Result<Result<Cancelled, NotCancelled>, StoreError> {
    let found: Option<(String, NaiveDate)> =
        succession::table.find(id).select((succession::kind, succession::day)).first(db).optional()?;
    let Some((kind, day)) = found else { return Ok(Err(NotCancelled::Gone)) };
    if day <= today {
        return Ok(Err(NotCancelled::Due));
    }
    let kind = kind.parse().map_err(|error| StoreError::corrupt("succession", error))?;
    let parts: Vec<Part> = succession_part::table
        .filter(succession_part::succession_id.eq(id))
        .select((
            succession_part::old_id,
            succession_part::new_id,
            succession_part::old_valid_to,
            succession_part::new_begins,
        ))
        .load(db)?;
    let begun: BTreeSet<i64> = parts.iter().filter(|part| part.new_begins).map(|part| part.new_id).collect();
    if let Some(name) = built_upon(db, id, &begun)? {
        return Ok(Err(NotCancelled::BuiltUpon(name)));
    }
    go_on(db, &parts, day)?;
    let freed = superiors::forget(db, id)?;
    diesel::delete(succession_part::table.filter(succession_part::succession_id.eq(id))).execute(db)?;
    diesel::delete(succession::table.find(id)).execute(db)?;
    for (unit_id, respect) in freed {
        follow(db, unit_id, respect, day)?;
    }
    let mut kept = Vec::new();
    for unit_id in begun {
        kept.extend(remove(db, unit_id, day)?);
    }
    unit_imports::forget(db)?;
    meta::bump_revision(db)?;
    Ok(Ok(Cancelled { kind, day, kept }))
}

/// The name of a unit that begins with this change and on which another change or another unit stands.
fn built_upon(db: &mut Db, id: i64, begun: &BTreeSet<i64>) -> Result<Option<String>, StoreError> {
    for unit_id in begun {
        let changes = succession_part::table
            .filter(succession_part::succession_id.ne(id))
            .filter(succession_part::old_id.eq(unit_id).or(succession_part::new_id.eq(unit_id)));
        let units = unit::table.filter(unit::parent_id.eq(unit_id).or(unit::professional_parent_id.eq(unit_id)));
        let other = superior::succession_id.is_null().or(superior::succession_id.ne(id));
        let moves = superior::table.filter(superior::superior_id.eq(unit_id)).filter(other);
        if diesel::select(diesel::dsl::exists(changes)).get_result::<bool>(db)?
            || diesel::select(diesel::dsl::exists(units)).get_result::<bool>(db)?
            || diesel::select(diesel::dsl::exists(moves)).get_result::<bool>(db)?
        {
            return Ok(unit::table.find(unit_id).select(unit::name).first(db).optional()?);
        }
    }
    Ok(None)
}

/// Units that were to end on the eve have the last day again that they had; one that was changed by hand since stays so.
fn go_on(db: &mut Db, parts: &[Part], day: NaiveDate) -> Result<(), StoreError> {
    for part in parts {
        let ended = unit::table.find(part.old_id).filter(unit::valid_to.eq(day.pred_opt()));
        if !parts.iter().any(|other| other.old_id == part.old_id && other.new_id == part.old_id) {
            diesel::update(ended).set(unit::valid_to.eq(part.old_valid_to)).execute(db)?;
        }
    }
    Ok(())
}

/// A unit that was to be put elsewhere follows what stands above it now, if that becomes a part of another on the same day.
fn follow(db: &mut Db, unit_id: i64, respect: Superiority, day: NaiveDate) -> Result<(), StoreError> {
    let (parent, professional): (Option<i64>, Option<i64>) =
        unit::table.find(unit_id).select((unit::parent_id, unit::professional_parent_id)).first(db)?;
    let above = match respect {
        Superiority::HanhChinh => parent,
        Superiority::ChuyenMon => professional,
    };
    let heir: Option<(i64, String, String, i64)> = succession_part::table
        .inner_join(succession::table)
        .inner_join(unit::table.on(unit::id.eq(succession_part::old_id)))
        .filter(succession::day.eq(day))
        .filter(succession_part::old_id.nullable().eq(above))
        .filter(succession_part::new_id.ne(succession_part::old_id))
        .filter(unit::valid_to.eq(day.pred_opt()))
        .order((succession::id, succession_part::new_id))
        .select((succession::id, succession::kind, succession::basis, succession_part::new_id))
        .first(db)
        .optional()?;
    let Some((id, kind, basis, heir)) = heir else { return Ok(()) };
    let kind = kind.parse().map_err(|error| StoreError::corrupt("succession", error))?;
    let record = Record { kind, day, basis: &basis };
    superiors::put(db, unit_id, respect, Some(heir), Said { id, record, is_own: false })
}

/// Removes a unit that begins on this day; its name where something needs it, so that it only never begins.
fn remove(db: &mut Db, unit_id: i64, day: NaiveDate) -> Result<Option<String>, StoreError> {
    let name: Option<String> = unit::table.find(unit_id).select(unit::name).first(db).optional()?;
    let Some(name) = name else { return Ok(None) };
    if unit_imports::try_remove(db, unit_id)? {
        return Ok(None);
    }
    diesel::update(unit::table.find(unit_id)).set(unit::valid_to.eq(day.pred_opt())).execute(db)?;
    Ok(Some(name))
}
