//! The most forms that count: from each unit, and of a stratum over all units.

use diesel::prelude::*;

use super::schema::{quota, round};
use super::{Db, StoreError, meta};

/// The most forms of one stratum that a round takes.
#[derive(Debug, Clone, Queryable, PartialEq, Eq)]
pub struct StratumQuota {
    /// The questionnaire version that asks for the stratum.
    pub version_id: i64,
    /// The answers to its declared strata, separated by `|`.
    pub stratum: String,
    /// So many.
    pub most: i64,
}

/// A round's limits per stratum.
///
/// # Errors
/// The database failed.
pub fn of_round(db: &mut Db, round_id: i64) -> Result<Vec<StratumQuota>, StoreError> {
    Ok(quota::table
        .filter(quota::round_id.eq(round_id))
        .order((quota::version_id, quota::stratum))
        .select((quota::version_id, quota::stratum, quota::most))
        .load(db)?)
}

/// Puts these limits in the place of those that a round has.
///
/// # Errors
/// The database failed.
pub fn replace(db: &mut Db, round_id: i64, unit_most: Option<i64>, strata: &[StratumQuota]) -> Result<(), StoreError> {
    delete(db, round_id)?;
    diesel::update(round::table.find(round_id)).set(round::unit_most.eq(unit_most)).execute(db)?;
    for limit in strata {
        let row = (
            quota::round_id.eq(round_id),
            quota::version_id.eq(limit.version_id),
            quota::stratum.eq(&limit.stratum),
            quota::most.eq(limit.most),
        );
        diesel::insert_into(quota::table).values(row).execute(db)?;
    }
    meta::bump_revision(db)
}

/// Deletes a round's limits per stratum.
///
/// # Errors
/// The database failed.
pub(super) fn delete(db: &mut Db, round_id: i64) -> Result<(), StoreError> {
    diesel::delete(quota::table.filter(quota::round_id.eq(round_id))).execute(db)?;
    Ok(())
}
