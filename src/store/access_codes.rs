//! One-time codes that can still be spent. Spending one deletes its row, in the transaction that stores the form: a used code
//! leaves nothing behind that could be compared with a form, not even on PostgreSQL, whose rows tell which transaction wrote
//! them last.

use std::collections::BTreeMap;

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::dialect::both;
use super::schema::{access_code, access_sheet};
use super::{Db, StoreError};

/// What the database keeps of a code.
pub type CodeHash = [u8; 16];

/// How many codes a unit was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sheet {
    /// How many were made.
    pub issued: i64,
    /// How many of them were spent.
    pub used: i64,
}

/// Stores new codes of a unit.
///
/// # Errors
/// The database failed.
pub fn insert(db: &mut Db, round_id: i64, unit_id: i64, hashes: &[CodeHash]) -> Result<(), StoreError> {
    let row = |hash: &CodeHash| {
        (access_code::round_id.eq(round_id), access_code::hash.eq(hash.to_vec()), access_code::unit_id.eq(unit_id))
    };
    // sorted: the order in which rows were written says nothing about the order on the sheet
    let mut sorted = hashes.to_vec();
    sorted.sort_unstable();
    for hash in &sorted {
        diesel::insert_into(access_code::table).values(row(hash)).execute(db)?;
    }
    let more = i64::try_from(hashes.len()).unwrap_or(0);
    both!(db, |c| diesel::insert_into(access_sheet::table)
        .values(
            (access_sheet::round_id.eq(round_id), access_sheet::unit_id.eq(unit_id), access_sheet::issued.eq(more),)
        )
        .on_conflict((access_sheet::round_id, access_sheet::unit_id))
        .do_update()
        .set(access_sheet::issued.eq(access_sheet::issued + more))
        .execute(c))?;
    Ok(())
}

/// The unit whose household may still spend this code.
///
/// # Errors
/// The database failed.
pub fn unit_of(db: &mut Db, round_id: i64, hash: &CodeHash) -> Result<Option<i64>, StoreError> {
    let row = access_code::table.find((round_id, &hash[..])).select(access_code::unit_id);
    Ok(row.first(db).optional()?)
}

/// Spends a code of this unit; says whether it could be spent.
///
/// # Errors
/// The database failed.
pub(super) fn spend(db: &mut Db, round_id: i64, unit_id: i64, hash: &CodeHash) -> Result<bool, StoreError> {
    let row = access_code::table.find((round_id, &hash[..])).filter(access_code::unit_id.eq(unit_id));
    Ok(diesel::delete(row).execute(db)? > 0)
}

/// Takes back a code that nobody has spent, as if it had never been made. A spent one stays counted.
///
/// # Errors
/// The database failed.
pub(super) fn take_back(db: &mut Db, round_id: i64, unit_id: i64, hash: &[u8]) -> Result<(), StoreError> {
    if diesel::delete(access_code::table.find((round_id, hash))).execute(db)? > 0 {
        diesel::update(access_sheet::table.find((round_id, unit_id)))
            .set(access_sheet::issued.eq(access_sheet::issued - 1))
            .execute(db)?;
    }
    Ok(())
}

/// How many codes a round was given; nobody else is told until the end of the transaction, so that who knows the number can
/// make more without another having made some meanwhile.
///
/// # Errors
/// The database failed.
pub fn issued_alone(db: &mut Db, round_id: i64) -> Result<i64, StoreError> {
    db.count_alone(round_id)?;
    let each: Vec<i64> =
        access_sheet::table.filter(access_sheet::round_id.eq(round_id)).select(access_sheet::issued).load(db)?;
    Ok(each.into_iter().sum())
}

/// How many codes each unit was given, and how many were spent; never which.
///
/// # Errors
/// The database failed.
pub fn sheets(db: &mut Db, round_id: i64) -> Result<BTreeMap<i64, Sheet>, StoreError> {
    let left: Vec<(i64, i64)> = access_code::table
        .filter(access_code::round_id.eq(round_id))
        .group_by(access_code::unit_id)
        .select((access_code::unit_id, count_star()))
        .load(db)?;
    let left: BTreeMap<i64, i64> = left.into_iter().collect();
    let issued: Vec<(i64, i64, Option<i64>)> = access_sheet::table
        .filter(access_sheet::round_id.eq(round_id))
        .select((access_sheet::unit_id, access_sheet::issued, access_sheet::unused))
        .load(db)?;
    let sheet = |(unit_id, issued, unused): (i64, i64, Option<i64>)| {
        let unused = unused.unwrap_or_else(|| left.get(&unit_id).copied().unwrap_or(0));
        (unit_id, Sheet { issued, used: issued - unused })
    };
    Ok(issued.into_iter().map(sheet).collect())
}

/// Forgets the codes of a round that is over; how many were used stays known.
///
/// # Errors
/// The database failed.
pub(super) fn forget(db: &mut Db, round_id: i64) -> Result<(), StoreError> {
    for (unit_id, sheet) in sheets(db, round_id)? {
        diesel::update(access_sheet::table.find((round_id, unit_id)))
            .set(access_sheet::unused.eq(sheet.issued - sheet.used))
            .execute(db)?;
    }
    diesel::delete(access_code::table.filter(access_code::round_id.eq(round_id))).execute(db)?;
    Ok(())
}

/// Deletes what a round that nobody could ever answer has.
///
/// # Errors
/// The database failed.
pub(super) fn delete(db: &mut Db, round_id: i64) -> Result<(), StoreError> {
    diesel::delete(access_code::table.filter(access_code::round_id.eq(round_id))).execute(db)?;
    diesel::delete(access_sheet::table.filter(access_sheet::round_id.eq(round_id))).execute(db)?;
    Ok(())
}
