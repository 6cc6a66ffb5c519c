//! Files that are being made: who asked for which, how far each is, and what became of it.
//!
//! A worker takes a job by writing down until when it holds it, and renews that while it works. Of two that see the same job one
//! finds it held when its statement runs, on either database. A worker that died leaves a job that is held no more: it is begun
//! anew, so a job may run more than once, and its file is complete once.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use super::schema::export_job;
use super::{Db, StoreError};
use crate::survey::code::codes;

/// How long a job is held without news of its worker.
pub const HELD: TimeDelta = TimeDelta::seconds(60);
/// How long a file is kept: it holds what people wrote, and can be made again.
pub const KEPT: TimeDelta = TimeDelta::days(7);
/// So often a job is begun, at most, before its failure is shown.
pub const MOST_TRIES: i64 = 3;

codes! {
    /// Why there is no file.
    Failure {
        /// No room was left on the disk.
        Full = "full",
        /// What was asked for does not fit the round any more.
        Changed = "changed",
        /// Something else, which the log tells.
        Failed = "failed",
    }
}

/// The random name of a job.
pub type JobKey = [u8; 16];

/// One job.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct JobRow {
    /// Its number.
    pub id: i64,
    /// Its random name.
    pub key: Vec<u8>,
    /// The round.
    pub round_id: i64,
    /// Who asked.
    pub account_id: i64,
    /// For what, as in an address.
    pub wanted: String,
    /// The language of labels.
    pub lang: String,
    /// When, UTC.
    pub asked_at: NaiveDateTime,
    /// Until when a worker holds it, UTC.
    pub held_until: Option<NaiveDateTime>,
    /// How often it was begun.
    pub tries: i64,
    /// Rows that the file has so far.
    pub seen: i64,
    /// How many it was to have at most when it was asked for.
    pub total: i64,
    /// When it ended, UTC.
    pub finished_at: Option<NaiveDateTime>,
    /// Rows in the file.
    pub written: Option<i64>,
    /// Bytes of the file.
    pub size: Option<i64>,
    /// What the file's bytes come to.
    pub sha256: Option<Vec<u8>>,
    /// Why there is no file.
    pub failed: Option<String>,
}

/// A new job.
#[derive(Debug)]
pub struct NewJob<'a> {
    /// Its random name.
    pub key: JobKey,
    /// The round.
    pub round_id: i64,
    /// Who asks.
    pub account_id: i64,
    /// For what, as in an address.
    pub wanted: &'a str,
    /// The language of labels.
    pub lang: &'a str,
    /// How many rows the file will have at most.
    pub total: i64,
}

/// A file that is complete.
#[derive(Debug, Clone, Copy)]
pub struct Finished {
    /// Rows in it.
    pub written: i64,
    /// Bytes.
    pub size: i64,
    /// What they come to.
    pub sha256: [u8; 32],
}

/// Writes down what somebody asks for. The same asked for again while it is being made is the same job.
///
/// # Errors
/// The database failed.
pub fn ask(db: &mut Db, new: &NewJob<'_>, now: NaiveDateTime) -> Result<(), StoreError> {
    use export_job as j;
    let same: i64 = j::table
        .filter(j::round_id.eq(new.round_id))
        .filter(j::account_id.eq(new.account_id))
        .filter(j::wanted.eq(new.wanted))
        .filter(j::lang.eq(new.lang))
        .filter(j::finished_at.is_null())
        .count()
        .get_result(db)?;
    if same == 0 {
        diesel::insert_into(j::table)
            .values((
                j::key.eq(&new.key[..]),
                j::round_id.eq(new.round_id),
                j::account_id.eq(new.account_id),
                j::wanted.eq(new.wanted),
                j::lang.eq(new.lang),
                j::asked_at.eq(now),
                j::total.eq(new.total),
            ))
            .execute(db)?;
    }
    Ok(())
}

/// What somebody asked for of a round, newest first.
///
/// # Errors
/// The database failed.
pub fn of_account(db: &mut Db, round_id: i64, account_id: i64) -> Result<Vec<JobRow>, StoreError> {
    use export_job as j;
    let mine = j::table.filter(j::round_id.eq(round_id)).filter(j::account_id.eq(account_id));
    Ok(mine.order(j::id.desc()).load(db)?)
}

/// The job of this name, if this account asked for it.
///
/// # Errors
/// The database failed.
pub fn find(db: &mut Db, key: &[u8], round_id: i64, account_id: i64) -> Result<Option<JobRow>, StoreError> {
    use export_job as j;
    let mine = j::table.filter(j::key.eq(key)).filter(j::round_id.eq(round_id)).filter(j::account_id.eq(account_id));
    Ok(mine.first(db).optional()?)
}

/// Takes the oldest job that nobody works on.
///
/// # Errors
/// The database failed.
pub fn take(db: &mut Db, now: NaiveDateTime) -> Result<Option<JobRow>, StoreError> {
    use export_job as j;
    let free = || j::finished_at.is_null().and(j::held_until.is_null().or(j::held_until.le(now)));
    let Some(id) = j::table.filter(free()).order(j::id).select(j::id).first::<i64>(db).optional()? else {
        return Ok(None);
    };
    let taken = diesel::update(j::table.filter(j::id.eq(id)).filter(free()))
        .set((j::held_until.eq(now + HELD), j::tries.eq(j::tries + 1), j::seen.eq(0)))
        .execute(db)?;
    if taken == 0 { Ok(None) } else { Ok(j::table.find(id).first(db).optional()?) }
}

/// Whether a job waits.
///
/// # Errors
/// The database failed.
pub fn is_waiting(db: &mut Db, now: NaiveDateTime) -> Result<bool, StoreError> {
    use export_job as j;
    let free = j::table.filter(j::finished_at.is_null()).filter(j::held_until.is_null().or(j::held_until.le(now)));
    Ok(free.count().get_result::<i64>(db)? > 0)
}

/// Tells how far a job is, and holds it on.
///
/// # Errors
/// The database failed.
pub fn hold(db: &mut Db, id: i64, seen: i64, now: NaiveDateTime) -> Result<(), StoreError> {
    use export_job as j;
    diesel::update(j::table.find(id)).set((j::seen.eq(seen), j::held_until.eq(now + HELD))).execute(db)?;
    Ok(())
}

/// Gives a job back, to be begun anew by whoever comes.
///
/// # Errors
/// The database failed.
pub fn release(db: &mut Db, id: i64) -> Result<(), StoreError> {
    let none: Option<NaiveDateTime> = None;
    diesel::update(export_job::table.find(id)).set(export_job::held_until.eq(none)).execute(db)?;
    Ok(())
}

/// Writes down that the file is complete; false: another worker was faster.
///
/// # Errors
/// The database failed.
pub fn finish(db: &mut Db, id: i64, file: &Finished, now: NaiveDateTime) -> Result<bool, StoreError> {
    use export_job as j;
    let changed = diesel::update(j::table.filter(j::id.eq(id)).filter(j::finished_at.is_null()))
        .set((
            j::finished_at.eq(now),
            j::seen.eq(j::total),
            j::written.eq(file.written),
            j::size.eq(file.size),
            j::sha256.eq(&file.sha256[..]),
        ))
        .execute(db)?;
    Ok(changed == 1)
}

/// Writes down that there will be no file.
///
/// # Errors
/// The database failed.
pub fn fail(db: &mut Db, id: i64, why: Failure, now: NaiveDateTime) -> Result<(), StoreError> {
    use export_job as j;
    diesel::update(j::table.filter(j::id.eq(id)).filter(j::finished_at.is_null()))
        .set((j::finished_at.eq(now), j::failed.eq(why.code())))
        .execute(db)?;
    Ok(())
}

/// A job that ended is to be done once more.
///
/// # Errors
/// The database failed.
pub fn again(db: &mut Db, id: i64) -> Result<(), StoreError> {
    use export_job as j;
    let (no_time, no_number): (Option<NaiveDateTime>, Option<i64>) = (None, None);
    let (no_text, no_bytes): (Option<String>, Option<Vec<u8>>) = (None, None);
    diesel::update(j::table.find(id))
        .set((
            j::finished_at.eq(no_time),
            j::held_until.eq(no_time),
            j::failed.eq(no_text),
            j::tries.eq(0),
            j::seen.eq(0),
            j::written.eq(no_number),
            j::size.eq(no_number),
            j::sha256.eq(no_bytes),
        ))
        .execute(db)?;
    Ok(())
}

/// Forgets jobs that ended before a time.
///
/// # Errors
/// The database failed.
pub fn forget(db: &mut Db, before: NaiveDateTime) -> Result<(), StoreError> {
    diesel::delete(export_job::table.filter(export_job::finished_at.lt(before))).execute(db)?;
    Ok(())
}

/// The names of all jobs: files of other names may go.
///
/// # Errors
/// The database failed.
pub fn keys(db: &mut Db) -> Result<Vec<Vec<u8>>, StoreError> {
    Ok(export_job::table.select(export_job::key).load(db)?)
}
