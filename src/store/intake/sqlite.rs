//! The batch on SQLite: single statements, each prepared once.

use std::collections::BTreeMap;

use diesel::SqliteConnection;
use diesel::prelude::*;

use super::super::StoreError;
use super::super::schema::{receipt, submission, tally};
use super::super::tallies::{Counts, TallyKey, pack, unpack};
use super::{Entry, Stored};

pub(super) fn receipts(
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
        let inserted = match late[at] {
            Some(_) => diesel::insert_into(receipt::table)
                .values((
                    receipt::round_id.eq(entry.round_id),
                    receipt::hash.eq(&entry.receipt_hash[..]),
                    receipt::fingerprint.eq(Some(&entry.fingerprint[..])),
                ))
                .on_conflict_do_nothing()
                .execute(connection)?,
            None => 0,
        };
        if inserted == 0 {
            let known: Option<Option<Vec<u8>>> = receipt::table
                .find((entry.round_id, &entry.receipt_hash[..]))
                .select(receipt::fingerprint)
                .first(connection)
                .optional()?;
            fates[at] = match known {
                None => Stored::Closed,
                Some(Some(fingerprint)) if fingerprint != entry.fingerprint => Stored::Conflict,
                Some(_) => Stored::Repeat,
            };
        }
    }
    Ok(fates)
}

pub(super) fn submissions(connection: &mut SqliteConnection, new: &[(&Entry, bool)]) -> Result<(), StoreError> {
    for (entry, late) in new {
        diesel::insert_into(submission::table)
            .values((
                submission::round_id.eq(entry.round_id),
                submission::id.eq(&entry.id[..]),
                submission::unit_id.eq(entry.unit_id),
                submission::channel.eq(entry.channel),
                submission::version_id.eq(entry.version_id),
                submission::lang.eq(entry.lang.code()),
                submission::mode.eq(entry.mode),
                submission::late.eq(*late),
                submission::submitted_on.eq(entry.submitted_on),
                submission::answers.eq(&entry.answers),
            ))
            .execute(connection)?;
    }
    Ok(())
}

pub(super) fn counters(
    connection: &mut SqliteConnection,
    counts: &BTreeMap<TallyKey, Counts>,
    shard: i64,
) -> Result<(), StoreError> {
    for (key, counts) in counts {
        let id = (key.round_id, key.version_id, key.unit_id, &key.channel, &key.stratum, shard);
        let known: Option<(i64, Vec<u8>)> =
            tally::table.find(id).select((tally::n, tally::cells)).first(connection).optional()?;
        match known {
            Some((n, cells)) => {
                let mut sum = Counts { n, cells: unpack(&cells)? };
                sum.add(counts);
                diesel::update(tally::table.find(id))
                    .set((tally::n.eq(sum.n), tally::cells.eq(pack(&sum.cells))))
                    .execute(connection)?;
            }
            None => {
                diesel::insert_into(tally::table)
                    .values((
                        tally::round_id.eq(key.round_id),
                        tally::version_id.eq(key.version_id),
                        tally::unit_id.eq(key.unit_id),
                        tally::channel.eq(&key.channel),
                        tally::stratum.eq(&key.stratum),
                        tally::shard.eq(shard),
                        tally::n.eq(counts.n),
                        tally::cells.eq(pack(&counts.cells)),
                    ))
                    .execute(connection)?;
            }
        }
    }
    Ok(())
}
