//! What was typed from sheets of paper, until it is sent.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{paper_batch, paper_form};
use super::{Db, StoreError};
use crate::survey::batch::Typed;

/// What was typed from one sheet.
#[derive(Debug, Clone, Queryable)]
pub struct FormRow {
    /// The number on the sheet.
    pub number: i64,
    first: String,
    /// Who typed it first.
    pub first_by: i64,
    second: String,
    /// Who typed it again.
    pub second_by: Option<i64>,
    /// When both were the same.
    pub settled_at: Option<NaiveDateTime>,
    /// When it was sent.
    pub sent_at: Option<NaiveDateTime>,
    /// Sent, and not counted because there were enough.
    pub turned_away: bool,
}

impl FormRow {
    /// What was typed first; none once it is sent.
    ///
    /// # Errors
    /// The row is damaged.
    pub fn first(&self) -> Result<Option<Typed>, StoreError> {
        read(&self.first)
    }

    /// What was typed the second time.
    ///
    /// # Errors
    /// The row is damaged.
    pub fn second(&self) -> Result<Option<Typed>, StoreError> {
        read(&self.second)
    }
}

fn read(text: &str) -> Result<Option<Typed>, StoreError> {
    if text.is_empty() {
        return Ok(None);
    }
    serde_json::from_str(text).map(Some).map_err(|error| StoreError::corrupt("paper_form", error))
}

fn written(typed: &Typed) -> Result<String, StoreError> {
    serde_json::to_string(typed).map_err(|error| StoreError::corrupt("paper_form", error))
}

const FORM: (
    paper_form::number,
    paper_form::first,
    paper_form::first_by,
    paper_form::second,
    paper_form::second_by,
    paper_form::settled_at,
    paper_form::sent_at,
    paper_form::turned_away,
) = (
    paper_form::number,
    paper_form::first,
    paper_form::first_by,
    paper_form::second,
    paper_form::second_by,
    paper_form::settled_at,
    paper_form::sent_at,
    paper_form::turned_away,
);

/// The forms of a bundle, by number.
///
/// # Errors
/// The database failed.
pub fn of_batch(db: &mut Db, batch_id: i64) -> Result<Vec<FormRow>, StoreError> {
    let own = paper_form::table.filter(paper_form::batch_id.eq(batch_id));
    Ok(own.order(paper_form::number).select(FORM).load(db)?)
}

/// One form of a bundle.
///
/// # Errors
/// The database failed.
pub fn find(db: &mut Db, batch_id: i64, number: i64) -> Result<Option<FormRow>, StoreError> {
    Ok(paper_form::table.find((batch_id, number)).select(FORM).first(db).optional()?)
}

/// Keeps what was typed from a sheet for the first time; what was typed before from this sheet is gone.
///
/// # Errors
/// The database failed.
pub fn type_first(
    db: &mut Db,
    batch_id: i64,
    number: i64,
    typed: &Typed,
    by: i64,
    settled_at: Option<NaiveDateTime>,
) -> Result<(), StoreError> {
    remove(db, batch_id, number)?;
    diesel::insert_into(paper_form::table)
        .values((
            paper_form::batch_id.eq(batch_id),
            paper_form::number.eq(number),
            paper_form::first.eq(written(typed)?),
            paper_form::first_by.eq(by),
            paper_form::settled_at.eq(settled_at),
        ))
        .execute(db)?;
    Ok(())
}

/// Keeps what was typed from a sheet for the second time.
///
/// # Errors
/// The database failed.
pub fn type_second(
    db: &mut Db,
    batch_id: i64,
    number: i64,
    typed: &Typed,
    by: i64,
    settled_at: Option<NaiveDateTime>,
) -> Result<(), StoreError> {
    diesel::update(paper_form::table.find((batch_id, number)))
        .set((
            paper_form::second.eq(written(typed)?),
            paper_form::second_by.eq(by),
            paper_form::settled_at.eq(settled_at),
        ))
        .execute(db)?;
    Ok(())
}

/// Keeps what both readings of a sheet come to.
///
/// # Errors
/// The database failed.
pub fn settle(db: &mut Db, batch_id: i64, number: i64, typed: &Typed, now: NaiveDateTime) -> Result<(), StoreError> {
    let text = written(typed)?;
    diesel::update(paper_form::table.find((batch_id, number)))
        .set((paper_form::first.eq(&text), paper_form::second.eq(&text), paper_form::settled_at.eq(now)))
        .execute(db)?;
    Ok(())
}

/// Takes out what was typed from a sheet.
///
/// # Errors
/// The database failed.
pub fn remove(db: &mut Db, batch_id: i64, number: i64) -> Result<(), StoreError> {
    diesel::delete(paper_form::table.find((batch_id, number))).execute(db)?;
    Ok(())
}

/// How many sheets of each bundle were typed.
///
/// # Errors
/// The database failed.
pub fn entered(db: &mut Db) -> Result<BTreeMap<i64, i64>, StoreError> {
    let rows: Vec<(i64, i64)> = paper_form::table
        .group_by(paper_form::batch_id)
        .select((paper_form::batch_id, diesel::dsl::count_star()))
        .load(db)?;
    Ok(rows.into_iter().collect())
}

/// A form was sent: what was typed is forgotten.
///
/// # Errors
/// The database failed.
pub fn sent(db: &mut Db, batch_id: i64, number: i64, turned_away: bool, now: NaiveDateTime) -> Result<(), StoreError> {
    diesel::update(paper_form::table.find((batch_id, number)))
        .set((
            paper_form::first.eq(""),
            paper_form::second.eq(""),
            paper_form::sent_at.eq(now),
            paper_form::turned_away.eq(turned_away),
        ))
        .execute(db)?;
    Ok(())
}

/// Forgets what was typed and never sent: the figures of this round are frozen.
///
/// # Errors
/// The database failed.
pub(super) fn forget(db: &mut Db, round_id: i64) -> Result<(), StoreError> {
    let own = paper_batch::table.filter(paper_batch::round_id.eq(round_id)).select(paper_batch::id);
    let batches: Vec<i64> = own.load(db)?;
    diesel::update(paper_form::table.filter(paper_form::batch_id.eq_any(batches)))
        .set((paper_form::first.eq(""), paper_form::second.eq("")))
        .execute(db)?;
    Ok(())
}
