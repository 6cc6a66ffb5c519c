//! The batch on PostgreSQL: one statement for its forms and one for its counters, whatever its size. diesel prepares a
//! statement anew whenever its number of values changes; `unnest` over arrays has one text, prepared once per connection.

use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::PgConnection;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Date, Nullable, Text};

use super::super::StoreError;
use super::super::dialect::{MOST_SHARDS, SHARD_LOCKS};
use super::super::tallies::{Counts, TallyKey, pack, unpack};
use super::statement::statement;
use super::{Entry, Shard, Stored};

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

statement!(Pg, PgConnection, InsertForms {
    round: Array<BigInt> = Vec<i64>,
    hash: Array<Binary> = Vec<&'a [u8]>,
    fingerprint: Array<Binary> = Vec<&'a [u8]>,
    id: Array<Binary> = Vec<&'a [u8]>,
    unit: Array<BigInt> = Vec<i64>,
    channel: Array<Text> = Vec<&'a str>,
    version: Array<BigInt> = Vec<i64>,
    lang: Array<Text> = Vec<&'a str>,
    mode: Array<Text> = Vec<&'a str>,
    late: Array<Bool> = Vec<bool>,
    submitted_on: Array<Date> = Vec<chrono::NaiveDate>,
    pace: Array<Text> = Vec<&'a str>,
    answers: Array<Text> = Vec<&'a str>,
    withdrawal: Array<BigInt> = Vec<i64>,
} Binary, [
    "WITH form AS MATERIALIZED (SELECT * FROM unnest(", ", ", ", ", ", ", ", ", ", ", ", ", ", ", ", ", ", ", ", ", ", ", ", ", ", ",
    ") AS form (round_id, hash, fingerprint, id, unit_id, channel, version_id, lang, mode, late, submitted_on, pace, answers, \
     withdrawal)), \
     fresh AS (INSERT INTO receipt (round_id, hash, fingerprint) SELECT round_id, hash, fingerprint FROM form \
     ON CONFLICT DO NOTHING RETURNING round_id, hash), \
     way AS (INSERT INTO withdrawal (round_id, hash, submission_id) SELECT round_id, form.withdrawal, id \
     FROM form JOIN fresh USING (round_id, hash) ON CONFLICT DO NOTHING) \
     INSERT INTO submission (round_id, id, unit_id, channel, version_id, lang, mode, late, submitted_on, pace, answers) \
     SELECT round_id, id, unit_id, channel, version_id, lang, mode, late, submitted_on, pace, answers \
     FROM form JOIN fresh USING (round_id, hash) RETURNING id",
]);

statement!(Pg, PgConnection, KnownReceipts {
    round: Array<BigInt> = Vec<i64>,
    hash: Array<Binary> = Vec<&'a [u8]>,
} (BigInt, Binary, Nullable<Binary>), [
    "SELECT r.round_id, r.hash, r.fingerprint FROM receipt r JOIN unnest(", ", ",
    ") AS wanted (round_id, hash) USING (round_id, hash)",
]);

statement!(Pg, PgConnection, OwnCounters {
    shard: BigInt = i64,
    round: Array<BigInt> = Vec<i64>,
    version: Array<BigInt> = Vec<i64>,
    unit: Array<BigInt> = Vec<i64>,
    channel: Array<Text> = Vec<&'a str>,
    stratum: Array<Text> = Vec<&'a str>,
} (BigInt, BigInt, BigInt, Text, Text, BigInt, Binary), [
    "SELECT t.round_id, t.version_id, t.unit_id, t.channel, t.stratum, t.n, t.cells FROM tally t WHERE t.shard = ",
    " AND (t.round_id, t.version_id, t.unit_id, t.channel, t.stratum) IN (SELECT * FROM unnest(", ", ", ", ", ", ", ", ",
    "))",
]);

statement!(Pg, PgConnection, PutCounters {
    shard: BigInt = i64,
    round: Array<BigInt> = Vec<i64>,
    version: Array<BigInt> = Vec<i64>,
    unit: Array<BigInt> = Vec<i64>,
    channel: Array<Text> = Vec<&'a str>,
    stratum: Array<Text> = Vec<&'a str>,
    n: Array<BigInt> = Vec<i64>,
    cells: Array<Binary> = Vec<&'a [u8]>,
} (), [
    "INSERT INTO tally (shard, round_id, version_id, unit_id, channel, stratum, n, cells) SELECT ",
    ", * FROM unnest(", ", ", ", ", ", ", ", ", ", ", ", ",
    ") ON CONFLICT (round_id, version_id, unit_id, channel, stratum, shard) \
     DO UPDATE SET n = excluded.n, cells = excluded.cells",
]);

/// Stores the forms of a batch, receipts and submissions by one statement; those that are `None` are not let in.
pub(super) fn forms(
    connection: &mut PgConnection,
    batch: &[Entry],
    late: &[Option<bool>],
) -> Result<Vec<Stored>, StoreError> {
    // Sorted, so that two writers never wait for each other in a circle. The first of equal keys is the one that counts.
    let mut order: Vec<usize> = (0..batch.len()).filter(|at| late[*at].is_some()).collect();
    order.sort_by_key(|at| (batch[*at].round_id, batch[*at].receipt_hash));
    order.dedup_by_key(|at| (batch[*at].round_id, batch[*at].receipt_hash));
    let inserted: Vec<Vec<u8>> = insert(batch, late, &order).load(connection)?;
    let mut fates = vec![Stored::Closed; batch.len()];
    if inserted.len() == batch.len() {
        fates.fill(Stored::New);
        return Ok(fates);
    }
    let inserted: HashSet<&[u8]> = inserted.iter().map(Vec::as_slice).collect();
    for at in &order {
        if inserted.contains(&batch[*at].id[..]) {
            fates[*at] = Stored::New;
        }
    }
    settle_repeats(connection, batch, &mut fates)?;
    Ok(fates)
}

fn insert<'a>(batch: &'a [Entry], late: &[Option<bool>], order: &[usize]) -> InsertForms<'a> {
    let entries = || order.iter().map(|at| &batch[*at]);
    InsertForms {
        round: entries().map(|entry| entry.round_id).collect(),
        hash: entries().map(|entry| &entry.receipt_hash[..]).collect(),
        fingerprint: entries().map(|entry| &entry.fingerprint[..]).collect(),
        id: entries().map(|entry| &entry.id[..]).collect(),
        unit: entries().map(|entry| entry.unit_id).collect(),
        channel: entries().map(|entry| entry.channel).collect(),
        version: entries().map(|entry| entry.version_id).collect(),
        lang: entries().map(|entry| entry.lang.code()).collect(),
        mode: entries().map(|entry| entry.mode).collect(),
        late: order.iter().map(|at| late[*at] == Some(true)).collect(),
        submitted_on: entries().map(|entry| entry.submitted_on).collect(),
        pace: entries().map(|entry| entry.pace).collect(),
        answers: entries().map(|entry| entry.answers.as_str()).collect(),
        withdrawal: entries().map(|entry| entry.withdrawal).collect(),
    }
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
            Some(Some(fingerprint)) if *fingerprint == entry.fingerprint => Stored::Repeat,
            Some(Some(_)) => Stored::Conflict,
            // the figures are frozen and fingerprints forgotten: nobody may be thanked for a form that may be another
            Some(None) | None => Stored::Closed,
        };
    }
    Ok(())
}

type CounterRow = (i64, i64, i64, String, String, i64, Vec<u8>);

/// Adds to the counters of this shard.
pub(super) fn counters(
    connection: &mut PgConnection,
    counts: BTreeMap<TallyKey, Counts>,
    shard: &mut Shard,
) -> Result<(), StoreError> {
    if counts.is_empty() {
        return Ok(());
    }
    shard.make_room();
    recall(connection, &counts, shard)?;
    let mut sums = Vec::with_capacity(counts.len());
    for (key, more) in counts {
        let sum = shard.known.entry(key.clone()).or_default();
        sum.add(&more);
        sums.push((key, sum.n, pack(&sum.cells)));
    }
    PutCounters {
        shard: shard.number,
        round: sums.iter().map(|(key, ..)| key.round_id).collect(),
        version: sums.iter().map(|(key, ..)| key.version_id).collect(),
        unit: sums.iter().map(|(key, ..)| key.unit_id).collect(),
        channel: sums.iter().map(|(key, ..)| key.channel.as_str()).collect(),
        stratum: sums.iter().map(|(key, ..)| key.stratum.as_str()).collect(),
        n: sums.iter().map(|(_, n, _)| *n).collect(),
        cells: sums.iter().map(|(.., cells)| cells.as_slice()).collect(),
    }
    .execute(connection)?;
    Ok(())
}

/// Reads the rows that this shard has from an earlier connection and does not know yet.
fn recall(
    connection: &mut PgConnection,
    counts: &BTreeMap<TallyKey, Counts>,
    shard: &mut Shard,
) -> Result<(), StoreError> {
    let unknown: Vec<&TallyKey> = counts.keys().filter(|key| !shard.known.contains_key(key)).collect();
    if unknown.is_empty() {
        return Ok(());
    }
    let rows: Vec<CounterRow> = OwnCounters {
        shard: shard.number,
        round: unknown.iter().map(|key| key.round_id).collect(),
        version: unknown.iter().map(|key| key.version_id).collect(),
        unit: unknown.iter().map(|key| key.unit_id).collect(),
        channel: unknown.iter().map(|key| key.channel.as_str()).collect(),
        stratum: unknown.iter().map(|key| key.stratum.as_str()).collect(),
    }
    .load(connection)?;
    for (round_id, version_id, unit_id, channel, stratum, n, cells) in rows {
        let key = TallyKey { round_id, version_id, unit_id, channel, stratum };
        shard.known.insert(key, Counts { n, cells: unpack(&cells)? });
    }
    Ok(())
}
