//! Rounds with one-time codes or quotas: who is turned away although the round is open.
//!
//! In this order, form by form: a repeat is found and let through, for it changes nothing; then the quotas are looked at; then
//! the code is spent; the form is stored in the same transaction. Rounds without codes and quotas cost nothing here.

use std::collections::{BTreeMap, HashSet};

use diesel::prelude::*;

use super::super::schema::{receipt, tally};
use super::super::{Db, StoreError, access_codes};
use super::{Entry, Stored};

/// How many forms may count where a form counts; none: any number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// Of its unit.
    pub unit: Option<i64>,
    /// Of its stratum, over all units.
    pub stratum: Option<i64>,
}

impl Entry {
    fn has_limits(&self) -> bool {
        self.limits != Limits::default()
    }

    fn is_guarded(&self) -> bool {
        self.access.is_some() || self.has_limits()
    }

    fn key(&self) -> (i64, [u8; 16]) {
        (self.round_id, self.receipt_hash)
    }
}

/// Finds the forms that are turned away, with the reason, and marks them as not let in.
pub(super) fn turn_away(
    db: &mut Db,
    batch: &[Entry],
    late: &mut [Option<bool>],
) -> Result<BTreeMap<usize, Stored>, StoreError> {
    let mut turned = BTreeMap::new();
    let guarded: Vec<usize> = (0..batch.len()).filter(|at| late[*at].is_some() && batch[*at].is_guarded()).collect();
    if guarded.is_empty() {
        return Ok(turned);
    }
    let limited: HashSet<i64> =
        guarded.iter().map(|at| &batch[*at]).filter(|entry| entry.has_limits()).map(|entry| entry.round_id).collect();
    let mut limited: Vec<i64> = limited.into_iter().collect();
    // everybody in this order, so that nobody waits in a circle
    limited.sort_unstable();
    for round_id in limited {
        db.count_alone(round_id)?;
    }
    let known = known_receipts(db, batch, &guarded)?;
    let mut seen = BTreeMap::new();
    let mut counted = Counted::default();
    for at in guarded {
        let entry = &batch[at];
        if known.contains(&entry.key()) {
            continue;
        }
        // of equal keys the first decides for all
        let fate = match seen.get(&entry.key()) {
            Some(fate) => *fate,
            None => admit(db, entry, &mut counted)?,
        };
        seen.insert(entry.key(), fate);
        if let Some(fate) = fate {
            late[at] = None;
            turned.insert(at, fate);
        }
    }
    Ok(turned)
}

/// Lets a new form in, or says why not.
fn admit(db: &mut Db, entry: &Entry, counted: &mut Counted) -> Result<Option<Stored>, StoreError> {
    // a code is not spent on a form that does not count
    if counted.is_full(db, entry)? {
        return Ok(Some(Stored::Full));
    }
    if let Some(code) = &entry.access
        && !access_codes::spend(db, entry.round_id, entry.unit_id, code)?
    {
        return Ok(Some(Stored::Spent));
    }
    counted.add(entry);
    Ok(None)
}

fn known_receipts(db: &mut Db, batch: &[Entry], guarded: &[usize]) -> Result<HashSet<(i64, [u8; 16])>, StoreError> {
    let mut by_round = BTreeMap::<i64, Vec<Vec<u8>>>::new();
    for entry in guarded.iter().map(|at| &batch[*at]) {
        by_round.entry(entry.round_id).or_default().push(entry.receipt_hash.to_vec());
    }
    let mut known = HashSet::new();
    for (round_id, hashes) in by_round {
        let found: Vec<Vec<u8>> = receipt::table
            .filter(receipt::round_id.eq(round_id))
            .filter(receipt::hash.eq_any(hashes))
            .select(receipt::hash)
            .load(db)?;
        known.extend(found.into_iter().filter_map(|hash| Some((round_id, <[u8; 16]>::try_from(hash).ok()?))));
    }
    Ok(known)
}

/// How many forms count, as the database and this batch say; read when first asked for.
#[derive(Default)]
struct Counted {
    units: BTreeMap<(i64, i64), i64>,
    strata: BTreeMap<(i64, i64, String), i64>,
}

impl Counted {
    fn is_full(&mut self, db: &mut Db, entry: &Entry) -> Result<bool, StoreError> {
        let (unit, stratum) = places(entry);
        if let Some(most) = entry.limits.unit {
            let n = match self.units.get(&unit) {
                Some(n) => *n,
                None => count_of_unit(db, unit.0, unit.1)?,
            };
            self.units.insert(unit, n);
            if n >= most {
                return Ok(true);
            }
        }
        if let Some(most) = entry.limits.stratum {
            let n = match self.strata.get(&stratum) {
                Some(n) => *n,
                None => count_of_stratum(db, stratum.0, stratum.1, &stratum.2)?,
            };
            self.strata.insert(stratum, n);
            return Ok(n >= most);
        }
        Ok(false)
    }

    /// One form more, of those whose number was asked for.
    fn add(&mut self, entry: &Entry) {
        let (unit, stratum) = places(entry);
        self.units.entry(unit).and_modify(|n| *n += 1);
        self.strata.entry(stratum).and_modify(|n| *n += 1);
    }
}

fn places(entry: &Entry) -> ((i64, i64), (i64, i64, String)) {
    ((entry.round_id, entry.unit_id), (entry.round_id, entry.version_id, entry.stratum.clone()))
}

/// Forms that count from a unit.
///
/// # Errors
/// The database failed.
pub fn count_of_unit(db: &mut Db, round_id: i64, unit_id: i64) -> Result<i64, StoreError> {
    let own = tally::table.filter(tally::round_id.eq(round_id)).filter(tally::unit_id.eq(unit_id));
    Ok(own.select(tally::n).load::<i64>(db)?.iter().sum())
}

/// Forms that count of a stratum, over all units.
///
/// # Errors
/// The database failed.
pub fn count_of_stratum(db: &mut Db, round_id: i64, version_id: i64, stratum: &str) -> Result<i64, StoreError> {
    let own = tally::table
        .filter(tally::round_id.eq(round_id))
        .filter(tally::version_id.eq(version_id))
        .filter(tally::stratum.eq(stratum));
    Ok(own.select(tally::n).load::<i64>(db)?.iter().sum())
}
