//! The packed counters, read.

use std::collections::BTreeMap;

use diesel::prelude::*;
use integer_encoding::VarInt;

use super::schema::{excluded_tally, tally};
use super::{Db, StoreError, exclusions};

/// What one tally row counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TallyKey {
    /// The round.
    pub round_id: i64,
    /// The questionnaire version.
    pub version_id: i64,
    /// The unit.
    pub unit_id: i64,
    /// The channel's code.
    pub channel: String,
    /// Answers to the declared strata, separated by `|`.
    pub stratum: String,
}

/// The counts of one key, all writers together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Submissions.
    pub n: i64,
    /// Cells in the order of the version's layout.
    pub cells: Vec<i64>,
}

impl Counts {
    /// Adds other counts of the same layout.
    pub fn add(&mut self, other: &Counts) {
        self.n += other.n;
        if self.cells.len() < other.cells.len() {
            self.cells.resize(other.cells.len(), 0);
        }
        for (cell, more) in self.cells.iter_mut().zip(&other.cells) {
            *cell += more;
        }
    }
}

/// One byte for small counts, more for large ones.
pub(super) fn pack(cells: &[i64]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(cells.len() * 2);
    let mut buffer = [0; 10];
    for cell in cells {
        let used = cell.encode_var(&mut buffer);
        bytes.extend_from_slice(&buffer[..used]);
    }
    bytes
}

/// The reverse of [`pack`].
pub(super) fn unpack(bytes: &[u8]) -> Result<Vec<i64>, StoreError> {
    let mut cells = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while !rest.is_empty() {
        let (cell, used) = i64::decode_var(rest).ok_or_else(|| StoreError::corrupt("tally", "a counter is cut off"))?;
        cells.push(cell);
        rest = &rest[used..];
    }
    Ok(cells)
}

#[derive(Queryable)]
struct Row {
    version_id: i64,
    unit_id: i64,
    channel: String,
    stratum: String,
    n: i64,
    cells: Vec<u8>,
}

/// All figures of a round in the order of their keys: what its writers counted, less what is excluded.
///
/// # Errors
/// The database failed, or a row is damaged.
pub fn of_round(db: &mut Db, round_id: i64) -> Result<Vec<(TallyKey, Counts)>, StoreError> {
    let mut counted = counted(db, round_id)?;
    for (key, counts) in exclusions::tallies(db, round_id)? {
        let less = Counts { n: -counts.n, cells: counts.cells.iter().map(|cell| -cell).collect() };
        counted.entry(key).or_default().add(&less);
    }
    Ok(counted.into_iter().collect())
}

/// All counters of a round, writers added up.
fn counted(db: &mut Db, round_id: i64) -> Result<BTreeMap<TallyKey, Counts>, StoreError> {
    let rows: Vec<Row> = tally::table
        .filter(tally::round_id.eq(round_id))
        .select((tally::version_id, tally::unit_id, tally::channel, tally::stratum, tally::n, tally::cells))
        .load(db)?;
    let mut sums = BTreeMap::<TallyKey, Counts>::new();
    for row in rows {
        let key = TallyKey {
            round_id,
            version_id: row.version_id,
            unit_id: row.unit_id,
            channel: row.channel,
            stratum: row.stratum,
        };
        sums.entry(key).or_default().add(&Counts { n: row.n, cells: unpack(&row.cells)? });
    }
    Ok(sums)
}

/// One row of a round's counters, as one writer left it.
#[derive(Debug)]
pub struct Stored {
    /// What it counts.
    pub key: TallyKey,
    /// Which writer counted.
    pub shard: i64,
    /// The counts; or why they cannot be read.
    pub counts: Result<Counts, StoreError>,
}

/// All rows of a round's counters, damaged ones too.
///
/// # Errors
/// The database failed.
pub fn rows_of_round(db: &mut Db, round_id: i64) -> Result<Vec<Stored>, StoreError> {
    type Found = (i64, i64, String, String, i64, i64, Vec<u8>);
    let columns =
        (tally::version_id, tally::unit_id, tally::channel, tally::stratum, tally::shard, tally::n, tally::cells);
    let rows: Vec<Found> = tally::table.filter(tally::round_id.eq(round_id)).select(columns).load(db)?;
    let stored = rows.into_iter().map(|(version_id, unit_id, channel, stratum, shard, n, cells)| Stored {
        key: TallyKey { round_id, version_id, unit_id, channel, stratum },
        shard,
        counts: unpack(&cells).map(|cells| Counts { n, cells }),
    });
    Ok(stored.collect())
}

/// Submissions per unit of a round.
///
/// # Errors
/// The database failed.
pub fn submissions_by_unit(db: &mut Db, round_id: i64) -> Result<std::collections::HashMap<i64, i64>, StoreError> {
    let rows: Vec<(i64, i64)> =
        tally::table.filter(tally::round_id.eq(round_id)).select((tally::unit_id, tally::n)).load(db)?;
    let mut sums = std::collections::HashMap::new();
    for (unit, n) in rows {
        *sums.entry(unit).or_insert(0) += n;
    }
    Ok(sums)
}

/// Submissions per unit of a round that count, those that are excluded taken off.
///
/// # Errors
/// The database failed.
pub fn counting_by_unit(db: &mut Db, round_id: i64) -> Result<std::collections::HashMap<i64, i64>, StoreError> {
    let mut sums = submissions_by_unit(db, round_id)?;
    let excluded: Vec<(i64, i64)> = excluded_tally::table
        .filter(excluded_tally::round_id.eq(round_id))
        .select((excluded_tally::unit_id, excluded_tally::n))
        .load(db)?;
    for (unit, n) in excluded {
        *sums.entry(unit).or_insert(0) -= n;
    }
    Ok(sums)
}

/// Submissions of one questionnaire version in one unit through one channel.
#[derive(Debug, Clone, Queryable)]
pub struct Inflow {
    /// The questionnaire version.
    pub version_id: i64,
    /// The unit.
    pub unit_id: i64,
    /// The channel's code.
    pub channel: String,
    /// Submissions; the same place may stand in several rows.
    pub n: i64,
}

/// Where a round's submissions came from; without the answers, which are many times larger.
///
/// # Errors
/// The database failed.
pub fn inflow(db: &mut Db, round_id: i64) -> Result<Vec<Inflow>, StoreError> {
    Ok(tally::table
        .filter(tally::round_id.eq(round_id))
        .select((tally::version_id, tally::unit_id, tally::channel, tally::n))
        .load(db)?)
}

/// Submissions of a round.
///
/// # Errors
/// The database failed.
pub fn submissions(db: &mut Db, round_id: i64) -> Result<i64, StoreError> {
    Ok(submissions_by_unit(db, round_id)?.values().sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn packed_counters_come_back(cells: Vec<i64>) {
            prop_assert_eq!(unpack(&pack(&cells)).unwrap(), cells);
        }
    }
}
