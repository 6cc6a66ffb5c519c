//! The batch on SQLite: single statements, each prepared once.

use std::collections::BTreeMap;
use std::collections::hash_map::Entry as Place;

use diesel::SqliteConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Bool, Date, Text};
use diesel::sqlite::Sqlite;

use super::super::StoreError;
use super::super::schema::{receipt, tally};
use super::super::tallies::{Counts, TallyKey, pack, unpack};
use super::statement::statement;
use super::{Entry, Shard, Stored};

statement!(Sqlite, SqliteConnection, InsertReceipt {
    round: BigInt = i64,
    hash: Binary = &'a [u8],
    fingerprint: Binary = &'a [u8],
} (), [
    "INSERT INTO receipt (round_id, hash, fingerprint) VALUES (", ", ", ", ", ") ON CONFLICT DO NOTHING",
]);

statement!(Sqlite, SqliteConnection, InsertSubmission {
    round: BigInt = i64,
    id: Binary = &'a [u8],
    unit: BigInt = i64,
    channel: Text = &'a str,
    version: BigInt = i64,
    lang: Text = &'a str,
    mode: Text = &'a str,
    late: Bool = bool,
    submitted_on: Date = chrono::NaiveDate,
    pace: Text = &'a str,
    answers: Text = &'a str,
} (), [
    "INSERT INTO submission (round_id, id, unit_id, channel, version_id, lang, mode, late, submitted_on, pace, answers) \
     VALUES (", ", ", ", ", ", ", ", ", ", ", ", ", ", ", ", ", ", ", ", ", ")",
]);

statement!(Sqlite, SqliteConnection, InsertWithdrawal {
    round: BigInt = i64,
    hash: BigInt = i64,
    id: Binary = &'a [u8],
} (), [
    "INSERT INTO withdrawal (round_id, hash, submission_id) VALUES (", ", ", ", ", ") ON CONFLICT DO NOTHING",
]);

statement!(Sqlite, SqliteConnection, PutCounters {
    round: BigInt = i64,
    version: BigInt = i64,
    unit: BigInt = i64,
    channel: Text = &'a str,
    stratum: Text = &'a str,
    shard: BigInt = i64,
    n: BigInt = i64,
    cells: Binary = Vec<u8>,
} (), [
    "INSERT INTO tally (round_id, version_id, unit_id, channel, stratum, shard, n, cells) VALUES (",
    ", ", ", ", ", ", ", ", ", ", ", ", ", ",
    ") ON CONFLICT DO UPDATE SET n = excluded.n, cells = excluded.cells",
]);

/// Stores the forms of a batch, each receipt before its submission; those that are `None` are not let in.
pub(super) fn forms(
    connection: &mut SqliteConnection,
    batch: &[Entry],
    late: &[Option<bool>],
) -> Result<Vec<Stored>, StoreError> {
    let mut fates = vec![Stored::New; batch.len()];
    // in the order of the index, so that neighbouring pages are touched once
    let mut order: Vec<usize> = (0..batch.len()).collect();
    order.sort_by_key(|at| (batch[*at].round_id, batch[*at].receipt_hash));
    for at in order {
        let entry = &batch[at];
        let round = entry.round_id;
        let inserted = match late[at] {
            Some(_) => InsertReceipt { round, hash: &entry.receipt_hash, fingerprint: &entry.fingerprint }
                .execute(connection)?,
            None => 0,
        };
        if inserted == 0 {
            fates[at] = repeated(connection, entry)?;
        }
    }
    for ((entry, late), _) in batch.iter().zip(late).zip(&fates).filter(|(_, fate)| **fate == Stored::New) {
        submission(connection, entry, *late == Some(true))?;
    }
    let mut new: Vec<&Entry> =
        batch.iter().zip(&fates).filter(|(_, fate)| **fate == Stored::New).map(|(entry, _)| entry).collect();
    new.sort_by_key(|entry| (entry.round_id, entry.withdrawal));
    for entry in new {
        InsertWithdrawal { round: entry.round_id, hash: entry.withdrawal, id: &entry.id }.execute(connection)?;
    }
    Ok(fates)
}

/// What a form is whose receipt could not be inserted.
fn repeated(connection: &mut SqliteConnection, entry: &Entry) -> Result<Stored, StoreError> {
    let known: Option<Option<Vec<u8>>> = receipt::table
        .find((entry.round_id, &entry.receipt_hash[..]))
        .select(receipt::fingerprint)
        .first(connection)
        .optional()?;
    Ok(match known {
        Some(Some(fingerprint)) if fingerprint == entry.fingerprint => Stored::Repeat,
        Some(Some(_)) => Stored::Conflict,
        // the figures are frozen and fingerprints forgotten: nobody may be thanked for a form that may be another
        Some(None) | None => Stored::Closed,
    })
}

fn submission(connection: &mut SqliteConnection, entry: &Entry, late: bool) -> Result<(), StoreError> {
    InsertSubmission {
        round: entry.round_id,
        id: &entry.id,
        unit: entry.unit_id,
        channel: entry.channel,
        version: entry.version_id,
        lang: entry.lang.code(),
        mode: entry.mode,
        late,
        submitted_on: entry.submitted_on,
        pace: entry.pace,
        answers: &entry.answers,
    }
    .execute(connection)?;
    Ok(())
}

pub(super) fn counters(
    connection: &mut SqliteConnection,
    counts: BTreeMap<TallyKey, Counts>,
    shard: &mut Shard,
) -> Result<(), StoreError> {
    shard.make_room();
    forget_what_others_wrote(connection, shard)?;
    let number = shard.number;
    for (key, counts) in &counts {
        let sum = match shard.known.entry(key.clone()) {
            Place::Occupied(known) => known.into_mut(),
            Place::Vacant(place) => place.insert(stored(connection, key, number)?),
        };
        sum.add(counts);
        PutCounters {
            round: key.round_id,
            version: key.version_id,
            unit: key.unit_id,
            channel: &key.channel,
            stratum: &key.stratum,
            shard: number,
            n: sum.n,
            cells: pack(&sum.cells),
        }
        .execute(connection)?;
    }
    Ok(())
}

#[derive(QueryableByName)]
struct DataVersion {
    #[diesel(sql_type = BigInt)]
    data_version: i64,
}

/// Another process may have counted since the last batch (`simulate` beside a server): this number then differs. It stays the
/// same over what this connection wrote itself.
fn forget_what_others_wrote(connection: &mut SqliteConnection, shard: &mut Shard) -> Result<(), StoreError> {
    let now: DataVersion = diesel::sql_query("PRAGMA data_version").get_result(connection)?;
    if shard.seen.replace(now.data_version) != Some(now.data_version) {
        shard.known.clear();
    }
    Ok(())
}

/// What a counter row holds.
fn stored(connection: &mut SqliteConnection, key: &TallyKey, shard: i64) -> Result<Counts, StoreError> {
    let id = (key.round_id, key.version_id, key.unit_id, &key.channel, &key.stratum, shard);
    let row: Option<(i64, Vec<u8>)> =
        tally::table.find(id).select((tally::n, tally::cells)).first(connection).optional()?;
    match row {
        Some((n, cells)) => Ok(Counts { n, cells: unpack(&cells)? }),
        None => Ok(Counts::default()),
    }
}
