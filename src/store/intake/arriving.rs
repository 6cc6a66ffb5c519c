//! How many forms come in this hour, by school: one statement for a whole batch on PostgreSQL, single ones on SQLite.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::pg::Pg;
use diesel::sql_types::{Array, BigInt};
use diesel::sqlite::Sqlite;
use diesel::{PgConnection, RunQueryDsl, SqliteConnection};

use super::Entry;
use super::statement::statement;
use crate::store::arrivals::hour_of;
use crate::store::{Db, StoreError};

statement!(Sqlite, SqliteConnection, AddArrival {
    round: BigInt = &'a i64,
    unit: BigInt = &'a i64,
    hour: BigInt = i64,
    shard: BigInt = i64,
    n: BigInt = i64,
    rated: BigInt = i64,
    alike: BigInt = i64,
} (), [
    "INSERT INTO arrival (round_id, unit_id, hour, shard, n, rated, alike) VALUES (",
    ", ", ", ", ", ", ", ", ", ", ", ",
    ") ON CONFLICT DO UPDATE SET n = n + excluded.n, rated = rated + excluded.rated, alike = alike + excluded.alike",
]);

statement!(Pg, PgConnection, AddArrivals {
    hour: BigInt = i64,
    shard: BigInt = i64,
    round: Array<BigInt> = Vec<&'a i64>,
    unit: Array<BigInt> = Vec<&'a i64>,
    n: Array<BigInt> = Vec<i64>,
    rated: Array<BigInt> = Vec<i64>,
    alike: Array<BigInt> = Vec<i64>,
} (), [
    "INSERT INTO arrival (hour, shard, round_id, unit_id, n, rated, alike) SELECT ",
    ", ", ", * FROM unnest(", ", ", ", ", ", ", ", ",
    ") ON CONFLICT (round_id, unit_id, hour, shard) DO UPDATE SET n = arrival.n + excluded.n, \
     rated = arrival.rated + excluded.rated, alike = arrival.alike + excluded.alike",
]);

/// What came in from one school.
#[derive(Default)]
struct Arrived {
    n: i64,
    rated: i64,
    alike: i64,
}

/// Counts the new forms of a batch, in a writer's own shard; call it in the transaction that stores them.
pub(super) fn note(db: &mut Db, new: &[&Entry], shard: i64, now: NaiveDateTime) -> Result<(), StoreError> {
    let mut arrived = BTreeMap::<(i64, i64), Arrived>::new();
    for entry in new {
        let sum = arrived.entry((entry.round_id, entry.unit_id)).or_default();
        sum.n += 1;
        sum.rated += i64::from(entry.rated_alike.is_some());
        sum.alike += i64::from(entry.rated_alike == Some(true));
    }
    if arrived.is_empty() {
        return Ok(());
    }
    let hour = hour_of(now);
    match db {
        Db::Sqlite(connection) => {
            for ((round, unit), Arrived { n, rated, alike }) in &arrived {
                let (n, rated, alike) = (*n, *rated, *alike);
                AddArrival { round, unit, hour, shard, n, rated, alike }.execute(connection)?;
            }
        }
        Db::Pg(connection) => {
            AddArrivals {
                hour,
                shard,
                round: arrived.keys().map(|(round, _)| round).collect(),
                unit: arrived.keys().map(|(_, unit)| unit).collect(),
                n: arrived.values().map(|sum| sum.n).collect(),
                rated: arrived.values().map(|sum| sum.rated).collect(),
                alike: arrived.values().map(|sum| sum.alike).collect(),
            }
            .execute(connection)?;
        }
    }
    Ok(())
}
