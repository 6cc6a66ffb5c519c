//! How many said that they were told what to answer: a number per unit, apart from the answers.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::dialect::both;
use super::schema::pressure;
use super::{Db, StoreError};

/// The number of each unit of a round that has one.
///
/// # Errors
/// The database failed.
pub fn of_round(db: &mut Db, round_id: i64) -> Result<BTreeMap<i64, i64>, StoreError> {
    let rows: Vec<(i64, i64)> =
        pressure::table.filter(pressure::round_id.eq(round_id)).select((pressure::unit_id, pressure::n)).load(db)?;
    let mut sums = BTreeMap::new();
    for (unit_id, n) in rows {
        *sums.entry(unit_id).or_insert(0) += n;
    }
    Ok(sums)
}

/// Counts so many more, in a writer's own shard; call it in the transaction that stores the forms.
///
/// # Errors
/// The database failed.
pub(super) fn add(db: &mut Db, round_id: i64, unit_id: i64, shard: i64, more: i64) -> Result<(), StoreError> {
    both!(db, |c| diesel::insert_into(pressure::table)
        .values((
            pressure::round_id.eq(round_id),
            pressure::unit_id.eq(unit_id),
            pressure::shard.eq(shard),
            pressure::n.eq(more),
        ))
        .on_conflict((pressure::round_id, pressure::unit_id, pressure::shard))
        .do_update()
        .set(pressure::n.eq(pressure::n + more))
        .execute(c))?;
    Ok(())
}
