//! The batch on PostgreSQL: one statement per table, whatever the batch's size. diesel prepares a statement anew whenever
//! its number of values changes; `unnest` over arrays has one text and is prepared once per connection.

use std::collections::{BTreeMap, HashMap};

use diesel::PgConnection;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Date, Nullable, Text};

use super::super::StoreError;
use super::super::tallies::{Counts, TallyKey, pack, unpack};
use super::statement::statement;
use super::{Entry, Stored};

/// Shards are advisory locks from here on.
const SHARD_LOCKS: i64 = 0x6c6e_0000;
/// More writers than any installation runs.
const MOST_SHARDS: i64 = 256;

pub(super) fn take_shard(connection: &mut PgConnection) -> Result<i64, StoreError> {
    for shard in 0..MOST_SHARDS {
        let taken: bool = diesel::select(
            diesel::dsl::sql::<Bool>("pg_try_advisory_lock(").bind::<BigInt, _>(SHARD_LOCKS + shard).sql(")"),
        )
        .get_result(connection)?;
        if taken {
            return Ok(shard);
        }
    }
    Err(StoreError::Unavailable(format!("{MOST_SHARDS} writers are at work already")))
}

statement!(Pg, PgConnection, InsertReceipts {
    round: Array<BigInt> = Vec<i64>,
    hash: Array<Binary> = Vec<&'a [u8]>,
    fingerprint: Array<Binary> = Vec<&'a [u8]>,
} Binary, [
    "INSERT INTO receipt (round_id, hash, fingerprint) SELECT * FROM unnest(", ", ", ", ",
    ") ON CONFLICT DO NOTHING RETURNING hash",
]);

statement!(Pg, PgConnection, KnownReceipts {
    round: Array<BigInt> = Vec<i64>,
    hash: Array<Binary> = Vec<&'a [u8]>,
} (BigInt, Binary, Nullable<Binary>), [
    "SELECT r.round_id, r.hash, r.fingerprint FROM receipt r JOIN unnest(", ", ",
    ") AS wanted (round_id, hash) USING (round_id, hash)",
]);

statement!(Pg, PgConnection, InsertSubmissions {
    round: Array<BigInt> = Vec<i64>,
    id: Array<Binary> = Vec<&'a [u8]>,
    unit: Array<BigInt> = Vec<i64>,
    channel: Array<Text> = Vec<&'a str>,
    version: Array<BigInt> = Vec<i64>,
    lang: Array<Text> = Vec<&'a str>,
    mode: Array<Text> = Vec<&'a str>,
    late: Array<Bool> = Vec<bool>,
    submitted_on: Array<Date> = Vec<chrono::NaiveDate>,
    answers: Array<Text> = Vec<&'a str>,
} (), [
    "INSERT INTO submission (round_id, id, unit_id, channel, version_id, lang, mode, late, submitted_on, answers) \
     SELECT * FROM unnest(", ", ", ", ", ", ", ", ", ", ", ", ", ", ", ", ", ", ", ")",
]);

statement!(Pg, PgConnection, LockCounters {
    shard: BigInt = i64,
    round: Array<BigInt> = Vec<i64>,
    version: Array<BigInt> = Vec<i64>,
    unit: Array<BigInt> = Vec<i64>,
    channel: Array<Text> = Vec<&'a str>,
    stratum: Array<Text> = Vec<&'a str>,
} (BigInt, BigInt, BigInt, Text, Text, BigInt, Binary), [
    "SELECT t.round_id, t.version_id, t.unit_id, t.channel, t.stratum, t.n, t.cells FROM tally t WHERE t.shard = ",
    " AND (t.round_id, t.version_id, t.unit_id, t.channel, t.stratum) IN (SELECT * FROM unnest(", ", ", ", ", ", ", ", ",
    ")) FOR UPDATE",
]);

statement!(Pg, PgConnection, PutCounters {
    shard: BigInt = i64,
    round: Array<BigInt> = Vec<i64>,
    version: Array<BigInt> = Vec<i64>,
    unit: Array<BigInt> = Vec<i64>,
    channel: Array<Text> = Vec<&'a str>,
    stratum: Array<Text> = Vec<&'a str>,
    n: Array<BigInt> = Vec<i64>,
    cells: Array<Binary> = Vec<Vec<u8>>,
} (), [
    "INSERT INTO tally (shard, round_id, version_id, unit_id, channel, stratum, n, cells) SELECT ",
    ", * FROM unnest(", ", ", ", ", ", ", ", ", ", ", ", ",
    ") ON CONFLICT (round_id, version_id, unit_id, channel, stratum, shard) \
     DO UPDATE SET n = excluded.n, cells = excluded.cells",
]);

pub(super) fn receipts(
    connection: &mut PgConnection,
    batch: &[Entry],
    late: &[Option<bool>],
) -> Result<Vec<Stored>, StoreError> {
    // Sorted, so that two writers never wait for each other in a circle. The first of equal keys is the one that counts.
    let mut order: Vec<usize> = (0..batch.len()).filter(|at| late[*at].is_some()).collect();
    order.sort_by_key(|at| (batch[*at].round_id, batch[*at].receipt_hash));
    order.dedup_by_key(|at| (batch[*at].round_id, batch[*at].receipt_hash));
    let inserted: Vec<Vec<u8>> = InsertReceipts {
        round: order.iter().map(|at| batch[*at].round_id).collect(),
        hash: order.iter().map(|at| &batch[*at].receipt_hash[..]).collect(),
        fingerprint: order.iter().map(|at| &batch[*at].fingerprint[..]).collect(),
    }
    .load(connection)?;
    let mut fates = vec![Stored::Closed; batch.len()];
    if inserted.len() == batch.len() {
        fates.fill(Stored::New);
        return Ok(fates);
    }
    let inserted: std::collections::HashSet<&[u8]> = inserted.iter().map(Vec::as_slice).collect();
    for at in &order {
        if inserted.contains(&batch[*at].receipt_hash[..]) {
            fates[*at] = Stored::New;
        }
    }
    settle_repeats(connection, batch, &mut fates)?;
    Ok(fates)
}

/// What was not inserted is a repeat, a conflict, or shut out.
fn settle_repeats(connection: &mut PgConnection, batch: &[Entry], fates: &mut [Stored]) -> Result<(), StoreError> {
    let open: Vec<usize> = (0..batch.len()).filter(|at| fates[*at] != Stored::New).collect();
    let known: Vec<(i64, Vec<u8>, Option<Vec<u8>>)> = KnownReceipts {
        round: open.iter().map(|at| batch[*at].round_id).collect(),
        hash: open.iter().map(|at| &batch[*at].receipt_hash[..]).collect(),
    }
    .load(connection)?;
    let known: HashMap<(i64, Vec<u8>), Option<Vec<u8>>> =
        known.into_iter().map(|(round, hash, fingerprint)| ((round, hash), fingerprint)).collect();
    for at in open {
        let entry = &batch[at];
        fates[at] = match known.get(&(entry.round_id, entry.receipt_hash.to_vec())) {
            None => Stored::Closed,
            Some(Some(fingerprint)) if *fingerprint != entry.fingerprint => Stored::Conflict,
            Some(_) => Stored::Repeat,
        };
    }
    Ok(())
}

pub(super) fn submissions(connection: &mut PgConnection, new: &[(&Entry, bool)]) -> Result<(), StoreError> {
    if new.is_empty() {
        return Ok(());
    }
    InsertSubmissions {
        round: new.iter().map(|(entry, _)| entry.round_id).collect(),
        id: new.iter().map(|(entry, _)| &entry.id[..]).collect(),
        unit: new.iter().map(|(entry, _)| entry.unit_id).collect(),
        channel: new.iter().map(|(entry, _)| entry.channel).collect(),
        version: new.iter().map(|(entry, _)| entry.version_id).collect(),
        lang: new.iter().map(|(entry, _)| entry.lang.code()).collect(),
        mode: new.iter().map(|(entry, _)| entry.mode).collect(),
        late: new.iter().map(|(_, late)| *late).collect(),
        submitted_on: new.iter().map(|(entry, _)| entry.submitted_on).collect(),
        answers: new.iter().map(|(entry, _)| entry.answers.as_str()).collect(),
    }
    .execute(connection)?;
    Ok(())
}

type LockedRow = (i64, i64, i64, String, String, i64, Vec<u8>);

pub(super) fn counters(
    connection: &mut PgConnection,
    counts: &BTreeMap<TallyKey, Counts>,
    shard: i64,
) -> Result<(), StoreError> {
    if counts.is_empty() {
        return Ok(());
    }
    let keys = || counts.keys();
    let locked: Vec<LockedRow> = LockCounters {
        shard,
        round: keys().map(|key| key.round_id).collect(),
        version: keys().map(|key| key.version_id).collect(),
        unit: keys().map(|key| key.unit_id).collect(),
        channel: keys().map(|key| key.channel.as_str()).collect(),
        stratum: keys().map(|key| key.stratum.as_str()).collect(),
    }
    .load(connection)?;
    let mut sums = counts.clone();
    for (round_id, version_id, unit_id, channel, stratum, n, cells) in locked {
        let key = TallyKey { round_id, version_id, unit_id, channel, stratum };
        sums.entry(key).or_default().add(&Counts { n, cells: unpack(&cells)? });
    }
    PutCounters {
        shard,
        round: sums.keys().map(|key| key.round_id).collect(),
        version: sums.keys().map(|key| key.version_id).collect(),
        unit: sums.keys().map(|key| key.unit_id).collect(),
        channel: sums.keys().map(|key| key.channel.as_str()).collect(),
        stratum: sums.keys().map(|key| key.stratum.as_str()).collect(),
        n: sums.values().map(|sum| sum.n).collect(),
        cells: sums.values().map(|sum| pack(&sum.cells)).collect(),
    }
    .execute(connection)?;
    Ok(())
}
