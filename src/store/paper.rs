//! Bundles of forms on paper; what was typed from them is in [`super::paper_forms`].

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::schema::{paper_batch, round, unit};
use super::{Db, StoreError};
use crate::survey::batch::Counts;
use crate::survey::code::Channel;

/// A bundle that begins.
#[derive(Debug, Clone)]
pub struct NewBatch {
    /// The round.
    pub round_id: i64,
    /// The school.
    pub unit_id: i64,
    /// Through whom.
    pub channel: Channel,
    /// The questionnaire.
    pub version_id: i64,
    /// When the box was opened, UTC+7.
    pub collected_on: NaiveDate,
    /// What was counted.
    pub counts: Counts,
    /// The seal, in the officer's words.
    pub seal: String,
    /// Whether every form is typed twice.
    pub twice: bool,
    /// The account that begins it.
    pub made_by: i64,
}

/// A bundle, with the names that pages show.
#[derive(Debug, Clone, Queryable)]
pub struct BatchRow {
    /// Internal id.
    pub id: i64,
    /// Its round.
    pub round_id: i64,
    /// 1, 2, 3, … within the round.
    pub number: i64,
    /// The school.
    pub unit_id: i64,
    /// The channel's code.
    pub channel: String,
    /// The questionnaire's version.
    pub version_id: i64,
    /// When the box was opened, UTC+7.
    pub collected_on: NaiveDate,
    /// Forms handed out.
    pub handed_out: i64,
    /// Forms that came back.
    pub returned: i64,
    /// Forms that can be read.
    pub valid: i64,
    /// The seal.
    pub seal: String,
    /// Whether every form is typed twice.
    pub twice: bool,
    /// Why the numbers differ.
    pub note: String,
    /// When it was closed.
    pub closed_at: Option<NaiveDateTime>,
    /// The round's address.
    pub slug: String,
    /// The round's title.
    pub title: String,
    /// The school's name.
    pub unit_name: String,
}

/// Bundles with their names. A macro, because the type of the query is longer than the query.
macro_rules! rows {
    () => {
        paper_batch::table
            .inner_join(round::table)
            .inner_join(unit::table.on(unit::id.eq(paper_batch::unit_id)))
            .select((
                paper_batch::id,
                paper_batch::round_id,
                paper_batch::number,
                paper_batch::unit_id,
                paper_batch::channel,
                paper_batch::version_id,
                paper_batch::collected_on,
                paper_batch::handed_out,
                paper_batch::returned,
                paper_batch::valid,
                paper_batch::seal,
                paper_batch::twice,
                paper_batch::note,
                paper_batch::closed_at,
                round::slug,
                round::title,
                unit::name,
            ))
    };
}

/// Begins a bundle; returns its id. Call it in a transaction.
///
/// # Errors
/// The database failed.
pub fn make(db: &mut Db, new: &NewBatch, now: NaiveDateTime) -> Result<i64, StoreError> {
    db.count_alone(new.round_id)?;
    let last: Option<i64> = paper_batch::table
        .filter(paper_batch::round_id.eq(new.round_id))
        .select(diesel::dsl::max(paper_batch::number))
        .first(db)?;
    let number = last.unwrap_or(0) + 1;
    diesel::insert_into(paper_batch::table)
        .values((
            paper_batch::round_id.eq(new.round_id),
            paper_batch::number.eq(number),
            paper_batch::unit_id.eq(new.unit_id),
            paper_batch::channel.eq(new.channel.code()),
            paper_batch::version_id.eq(new.version_id),
            paper_batch::collected_on.eq(new.collected_on),
            paper_batch::handed_out.eq(new.counts.handed_out()),
            paper_batch::returned.eq(new.counts.returned()),
            paper_batch::valid.eq(new.counts.valid()),
            paper_batch::seal.eq(&new.seal),
            paper_batch::twice.eq(new.twice),
            paper_batch::made_by.eq(new.made_by),
            paper_batch::made_at.eq(now),
        ))
        .execute(db)?;
    let own = paper_batch::table.filter(paper_batch::round_id.eq(new.round_id)).filter(paper_batch::number.eq(number));
    Ok(own.select(paper_batch::id).first(db)?)
}

/// The bundles of these units, newest first.
///
/// # Errors
/// The database failed.
pub fn of_units(db: &mut Db, units: &HashSet<i64>) -> Result<Vec<BatchRow>, StoreError> {
    let all: Vec<BatchRow> = rows!().order(paper_batch::id.desc()).load(db)?;
    Ok(all.into_iter().filter(|batch| units.contains(&batch.unit_id)).collect())
}

/// A bundle.
///
/// # Errors
/// The database failed.
pub fn find(db: &mut Db, id: i64) -> Result<Option<BatchRow>, StoreError> {
    Ok(rows!().filter(paper_batch::id.eq(id)).first(db).optional()?)
}

/// A bundle that is not closed; nobody closes it, or types into it, until the end of the transaction.
///
/// # Errors
/// The database failed.
pub fn open_alone(db: &mut Db, id: i64) -> Result<Option<BatchRow>, StoreError> {
    let Some(batch) = find(db, id)? else { return Ok(None) };
    db.count_alone(batch.round_id)?;
    // what was true before the lock may have passed
    Ok(find(db, id)?.filter(|batch| batch.closed_at.is_none()))
}

/// Puts the numbers of a bundle right.
///
/// # Errors
/// The database failed.
pub fn correct(db: &mut Db, id: i64, counts: Counts, seal: &str) -> Result<(), StoreError> {
    diesel::update(paper_batch::table.find(id))
        .set((
            paper_batch::handed_out.eq(counts.handed_out()),
            paper_batch::returned.eq(counts.returned()),
            paper_batch::valid.eq(counts.valid()),
            paper_batch::seal.eq(seal),
        ))
        .execute(db)?;
    Ok(())
}

/// Closes a bundle: from here on its forms are sent.
///
/// # Errors
/// The database failed.
pub fn close(db: &mut Db, id: i64, note: &str, now: NaiveDateTime) -> Result<(), StoreError> {
    diesel::update(paper_batch::table.find(id))
        .set((paper_batch::closed_at.eq(now), paper_batch::note.eq(note)))
        .execute(db)?;
    Ok(())
}
