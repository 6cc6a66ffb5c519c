//! The one transaction that stores a batch of forms: what one-time codes and quotas turn away first, then receipts (they tell a
//! repeat), submissions, what is withdrawn, counters, alerts.

mod arriving;
mod gate;
mod leaving;
mod postgres;
mod shard;
mod sqlite;
mod statement;

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

pub use self::gate::{Limits, count_of_stratum, count_of_unit};
pub use self::leaving::Withdrawal;
pub use self::shard::Shard;
use super::access_codes::CodeHash;
use super::alerts::{self, NewAlert};
use super::pictures::{self, NewPicture};
use super::schema::round;
use super::tallies::{Counts, TallyKey};
use super::{Db, StoreError, pressure};
use crate::survey::round::{Pause, Window};

/// A form that is ready to be stored.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The round.
    pub round_id: i64,
    /// Random id of the submission.
    pub id: [u8; 16],
    /// The unit.
    pub unit_id: i64,
    /// The channel's code.
    pub channel: &'static str,
    /// The questionnaire version.
    pub version_id: i64,
    /// The language.
    pub lang: crate::survey::text::Lang,
    /// How it came in.
    pub mode: &'static str,
    /// When the form was begun, if that is known, UTC.
    pub begun: Option<NaiveDateTime>,
    /// How fast it was filled in, by the class's code.
    pub pace: &'static str,
    /// Today, UTC+7.
    pub submitted_on: NaiveDate,
    /// The answers as JSON.
    pub answers: String,
    /// The stratum it counts in.
    pub stratum: String,
    /// What it adds to the counters.
    pub cells: Vec<i64>,
    /// The beginning of the SHA-256 of the receipt: 128 bits.
    pub receipt_hash: [u8; 16],
    /// Keyed fingerprint of the answers: 64 bits, which is plenty to tell two forms of one key apart.
    pub fingerprint: [u8; 8],
    /// Free texts with words of danger: question and words.
    pub alerts: Vec<(String, Vec<String>)>,
    /// Keyed hash of the secret with which it can be withdrawn.
    pub withdrawal: i64,
    /// Whether the parent said that the answers were demanded.
    pub pressed: bool,
    /// Whether all its ratings are the same; none where there are too few to tell.
    pub rated_alike: Option<bool>,
    /// The one-time code that it spends, in a round that asks for one.
    pub access: Option<CodeHash>,
    /// How many forms may count where it counts.
    pub limits: Limits,
    /// The pictures that the answers name.
    pub pictures: Vec<NewPicture>,
}

/// What became of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// Stored now.
    New,
    /// The same form was stored before.
    Repeat,
    /// The key was used for other answers.
    Conflict,
    /// The round does not take it (any more).
    Closed,
    /// Its one-time code is used up, or belongs to another unit.
    Spent,
    /// As many forms as shall count have come in already.
    Full,
}

/// What became of a batch.
#[derive(Debug)]
pub struct Outcome {
    /// Of each form.
    pub fates: Vec<Stored>,
    /// Of each withdrawal, whether the form was there and is gone.
    pub gone: Vec<bool>,
}

/// Stores and withdraws a batch in one transaction, counted in this shard.
///
/// # Errors
/// The database failed; nothing of the batch is kept, and the shard must be taken anew.
pub fn store(
    db: &mut Db,
    batch: &[Entry],
    leaving: &[Withdrawal],
    shard: &mut Shard,
    now: NaiveDateTime,
) -> Result<Outcome, StoreError> {
    db.before_freezing(|db| write(db, batch, leaving, shard, now))
}

fn write(
    db: &mut Db,
    batch: &[Entry],
    leaving: &[Withdrawal],
    shard: &mut Shard,
    now: NaiveDateTime,
) -> Result<Outcome, StoreError> {
    let rounds = batch.iter().map(|entry| entry.round_id).chain(leaving.iter().map(|form| form.key.round_id));
    let windows = windows(db, rounds)?;
    let mut late: Vec<Option<bool>> = batch
        .iter()
        .map(|entry| windows.get(&entry.round_id).and_then(|window| window.takes(now, entry.begun)))
        .collect();
    let turned = gate::turn_away(db, batch, &mut late)?;
    let mut fates = match db {
        Db::Sqlite(connection) => sqlite::forms(connection, batch, &late)?,
        Db::Pg(connection) => postgres::forms(connection, batch, &late)?,
    };
    close_what_is_shut(&mut fates, &late, &turned);
    let new: Vec<&Entry> =
        batch.iter().zip(&fates).filter(|(_, fate)| **fate == Stored::New).map(|(entry, _)| entry).collect();
    let mut counts = counts(&new);
    let gone = leaving::withdraw(db, leaving, &windows, now, &mut counts)?;
    let number = shard.number;
    match db {
        Db::Sqlite(connection) => sqlite::counters(connection, counts, shard)?,
        Db::Pg(connection) => postgres::counters(connection, counts, shard)?,
    }
    note_pressure(db, &new, number)?;
    arriving::note(db, &new, number, now)?;
    for entry in &new {
        raise(db, entry)?;
        pictures::keep(db, entry.round_id, entry.unit_id, &entry.pictures)?;
    }
    Ok(Outcome { fates, gone })
}

/// When a round opens, closes and was frozen, and from when until when it pauses.
type Times =
    (Option<NaiveDateTime>, NaiveDateTime, Option<NaiveDateTime>, Option<NaiveDateTime>, Option<NaiveDateTime>);

/// The rounds may have been closed since the form was read: only what the database says counts. They cannot freeze until
/// the batch is committed (see [`Db::before_freezing`]), so no form slips into frozen figures.
fn windows(db: &mut Db, rounds: impl Iterator<Item = i64>) -> Result<BTreeMap<i64, Window>, StoreError> {
    let mut ids: Vec<i64> = rounds.collect();
    ids.sort_unstable();
    ids.dedup();
    let mut windows = BTreeMap::new();
    for id in ids {
        let columns = (round::opens_at, round::closes_at, round::frozen_at, round::paused_at, round::paused_until);
        let row: Option<Times> = round::table.find(id).select(columns).first(db).optional()?;
        if let Some((opens_at, closes_at, frozen_at, since, until)) = row {
            let pause = since.zip(until).map(|(since, until)| Pause { since, until });
            windows.insert(id, Window { opens_at, closes_at, frozen_at, pause });
        }
    }
    Ok(windows)
}

/// A repeat of a stored form keeps its answer even after closing; a new form does not get in, and is told why.
fn close_what_is_shut(fates: &mut [Stored], late: &[Option<bool>], turned: &BTreeMap<usize, Stored>) {
    for (at, (fate, late)) in fates.iter_mut().zip(late).enumerate() {
        if late.is_none() && matches!(fate, Stored::New | Stored::Closed) {
            *fate = turned.get(&at).copied().unwrap_or(Stored::Closed);
        }
    }
}

/// Counters once per key instead of once per form.
fn counts(new: &[&Entry]) -> BTreeMap<TallyKey, Counts> {
    let mut counts = BTreeMap::<TallyKey, Counts>::new();
    for entry in new {
        let key = TallyKey {
            round_id: entry.round_id,
            version_id: entry.version_id,
            unit_id: entry.unit_id,
            channel: entry.channel.to_owned(),
            stratum: entry.stratum.clone(),
        };
        let sum = counts.entry(key).or_default();
        sum.n += 1;
        if sum.cells.is_empty() {
            sum.cells.clone_from(&entry.cells);
        } else {
            for (cell, more) in sum.cells.iter_mut().zip(&entry.cells) {
                *cell += more;
            }
        }
    }
    counts
}

fn note_pressure(db: &mut Db, new: &[&Entry], shard: i64) -> Result<(), StoreError> {
    let mut more = BTreeMap::<(i64, i64), i64>::new();
    for entry in new.iter().filter(|entry| entry.pressed) {
        *more.entry((entry.round_id, entry.unit_id)).or_default() += 1;
    }
    for ((round_id, unit_id), more) in more {
        pressure::add(db, round_id, unit_id, shard, more)?;
    }
    Ok(())
}

fn raise(db: &mut Db, entry: &Entry) -> Result<(), StoreError> {
    for (question, words) in &entry.alerts {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let new = NewAlert {
            round_id: entry.round_id,
            unit_id: entry.unit_id,
            submission_id: &entry.id,
            question,
            words: &words,
            raised_on: entry.submitted_on,
        };
        alerts::insert(db, &[new])?;
    }
    Ok(())
}
