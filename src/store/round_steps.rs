//! What was done to rounds that had begun, and why.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{account, round, round_step};
use super::{Db, StoreError, meta};
use crate::survey::round::{Pause, Step};

/// One step to be written down.
#[derive(Debug, Clone, Copy)]
pub struct NewStep<'a> {
    /// What was done.
    pub step: Step,
    /// When, UTC.
    pub at: NaiveDateTime,
    /// Until when, of a pause or an extension, UTC.
    pub until: Option<NaiveDateTime>,
    /// Why.
    pub reason: &'a str,
    /// Who; none: the command line.
    pub account_id: Option<i64>,
}

/// One step as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRow {
    /// What was done.
    pub step: Step,
    /// When, UTC.
    pub at: NaiveDateTime,
    /// Until when, UTC.
    pub until: Option<NaiveDateTime>,
    /// Why.
    pub reason: String,
    /// Who; none: the command line.
    pub person: Option<String>,
}

/// Writes a step down.
///
/// # Errors
/// The database failed.
pub fn note(db: &mut Db, round_id: i64, new: NewStep<'_>) -> Result<(), StoreError> {
    diesel::insert_into(round_step::table)
        .values((
            round_step::round_id.eq(round_id),
            round_step::step.eq(new.step.code()),
            round_step::at.eq(new.at),
            round_step::until.eq(new.until),
            round_step::reason.eq(new.reason),
            round_step::account_id.eq(new.account_id),
        ))
        .execute(db)?;
    Ok(())
}

/// A step as the database has it.
type Row = (String, NaiveDateTime, Option<NaiveDateTime>, String, Option<String>);

/// What was done to a round, the latest first.
///
/// # Errors
/// The database failed, or holds a step that this program does not know.
pub fn of_round(db: &mut Db, round_id: i64) -> Result<Vec<StepRow>, StoreError> {
    let rows: Vec<Row> = round_step::table
        .left_join(account::table)
        .filter(round_step::round_id.eq(round_id))
        .order(round_step::id.desc())
        .select((round_step::step, round_step::at, round_step::until, round_step::reason, account::name.nullable()))
        .load(db)?;
    let read = |(step, at, until, reason, person): Row| {
        let step = step.parse().map_err(|error| StoreError::corrupt("step of a round", error))?;
        Ok(StepRow { step, at, until, reason, person })
    };
    rows.into_iter().map(read).collect()
}

/// Lets a round pause, or go on.
///
/// # Errors
/// The database failed.
pub fn pause(db: &mut Db, round_id: i64, pause: Option<Pause>) -> Result<(), StoreError> {
    diesel::update(round::table.find(round_id))
        .set((
            round::paused_at.eq(pause.map(|pause| pause.since)),
            round::paused_until.eq(pause.map(|pause| pause.until)),
        ))
        .execute(db)?;
    meta::bump_revision(db)
}

/// Seals the results of a round that has not begun until its figures are frozen, or opens them again.
///
/// # Errors
/// The database failed.
pub fn seal(db: &mut Db, round_id: i64, since: Option<NaiveDateTime>) -> Result<(), StoreError> {
    diesel::update(round::table.find(round_id)).set(round::sealed_at.eq(since)).execute(db)?;
    meta::bump_revision(db)
}
