//! Rewriting tallies, which is right only while nobody counts.

use std::collections::BTreeMap;
use std::fs::File;

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::dialect::{MOST_SHARDS, SHARD_LOCKS};
use super::schema::tally;
use super::tallies::{Counts, TallyKey, pack};
use super::{Db, Store, StoreError, frames};

/// As long as it lives, no server and no other writer counts forms: on SQLite it holds the file that a server locks, on
/// PostgreSQL the shards of all writers, who keep what they counted in memory and would write over what is rebuilt here.
pub struct Alone {
    db: Db,
    _file: Option<File>,
}

impl Alone {
    /// Takes the right to rewrite, or refuses.
    ///
    /// # Errors
    /// [`StoreError::Serving`] when a server or another writer is at work.
    pub fn take(store: &Store) -> Result<Self, StoreError> {
        let serving = || StoreError::Serving(store.shown());
        let file = store.serve_alone().map_err(|error| match error {
            StoreError::Busy(_) => serving(),
            other => other,
        })?;
        let mut db = store.connect()?;
        // what was taken before the first that is missing goes with the connection
        if held_elsewhere(&mut db)? > 0 { Err(serving()) } else { Ok(Self { db, _file: file }) }
    }

    /// Reads and writes in one transaction.
    ///
    /// # Errors
    /// Those of `work`; nothing is kept then.
    pub fn atomically<T>(&mut self, work: impl FnOnce(&mut Db) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.db.atomically(work)
    }
}

/// Tries to take every shard and returns how many somebody else has.
fn held_elsewhere(db: &mut Db) -> Result<i64, StoreError> {
    #[derive(QueryableByName)]
    struct Missing {
        #[diesel(sql_type = BigInt)]
        missing: i64,
    }
    let Db::Pg(connection) = db else { return Ok(0) };
    let row: Missing = diesel::sql_query(
        "SELECT count(*) FILTER (WHERE NOT pg_try_advisory_lock($1 + shard)) AS missing
         FROM generate_series(0, $2 - 1) AS shard",
    )
    .bind::<BigInt, _>(SHARD_LOCKS)
    .bind::<BigInt, _>(MOST_SHARDS)
    .get_result(connection)?;
    Ok(row.missing)
}

/// Puts these counters in the place of all that a round has.
///
/// # Errors
/// The database failed.
pub fn replace(db: &mut Db, round_id: i64, counts: &BTreeMap<TallyKey, Counts>) -> Result<(), StoreError> {
    diesel::delete(tally::table.filter(tally::round_id.eq(round_id))).execute(db)?;
    // a frame knows by the counters whether it is up to date
    frames::delete(db, round_id)?;
    for (key, counts) in counts {
        let row = (
            tally::round_id.eq(round_id),
            tally::version_id.eq(key.version_id),
            tally::unit_id.eq(key.unit_id),
            tally::channel.eq(&key.channel),
            tally::stratum.eq(&key.stratum),
            tally::shard.eq(0),
            tally::n.eq(counts.n),
            tally::cells.eq(pack(&counts.cells)),
        );
        diesel::insert_into(tally::table).values(row).execute(db)?;
    }
    Ok(())
}
