//! Releases, and the snapshots that wait to become one.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{release, round};
use super::{Db, StoreError};
use crate::store::rounds::RoundRow;

/// A snapshot of a round's tallies; published or not.
#[derive(Debug, Clone, Queryable)]
pub struct ReleaseRow {
    /// The round.
    pub round_id: i64,
    /// 1, 2, 3, … within the round.
    pub number: i64,
    /// When the tallies were read, UTC.
    pub taken_at: NaiveDateTime,
    /// When readers got it, UTC; empty: a candidate.
    pub published_at: Option<NaiveDateTime>,
    /// The cells as they were counted, as JSON.
    pub atoms: String,
    /// The document, as JSON.
    pub content: Option<String>,
}

/// All snapshots of a round, oldest first.
///
/// # Errors
/// The database failed.
pub fn of_round(db: &mut Db, round_id: i64) -> Result<Vec<ReleaseRow>, StoreError> {
    Ok(release::table.filter(release::round_id.eq(round_id)).order(release::number).load(db)?)
}

/// The newest published release: number, when it was published, and the document.
///
/// # Errors
/// The database failed.
pub fn newest(db: &mut Db, round_id: i64) -> Result<Option<(i64, NaiveDateTime, String)>, StoreError> {
    let row: Option<(i64, Option<NaiveDateTime>, Option<String>)> = release::table
        .filter(release::round_id.eq(round_id))
        .filter(release::published_at.is_not_null())
        .order(release::number.desc())
        .select((release::number, release::published_at, release::content))
        .first(db)
        .optional()?;
    Ok(row.and_then(|(number, at, content)| Some((number, at?, content?))))
}

/// Keeps a snapshot, published or as a candidate, under the next number.
///
/// # Errors
/// [`StoreError`]; also when another instance kept one at the same moment.
pub fn insert(db: &mut Db, new: &ReleaseRow) -> Result<(), StoreError> {
    diesel::insert_into(release::table)
        .values((
            release::round_id.eq(new.round_id),
            release::number.eq(new.number),
            release::taken_at.eq(new.taken_at),
            release::published_at.eq(new.published_at),
            release::atoms.eq(&new.atoms),
            release::content.eq(&new.content),
        ))
        .execute(db)?;
    Ok(())
}

/// Publishes a candidate.
///
/// # Errors
/// The database failed.
pub fn publish(db: &mut Db, round_id: i64, number: i64, content: &str, at: NaiveDateTime) -> Result<(), StoreError> {
    diesel::update(release::table.find((round_id, number)).filter(release::published_at.is_null()))
        .set((release::published_at.eq(at), release::content.eq(content)))
        .execute(db)?;
    Ok(())
}

/// Forgets candidates: the closing release takes their place.
///
/// # Errors
/// The database failed.
pub fn drop_candidates(db: &mut Db, round_id: i64) -> Result<(), StoreError> {
    diesel::delete(release::table.filter(release::round_id.eq(round_id)).filter(release::published_at.is_null()))
        .execute(db)?;
    Ok(())
}

/// Frozen rounds that still lack their closing release.
///
/// # Errors
/// The database failed.
pub fn unclosed(db: &mut Db) -> Result<Vec<RoundRow>, StoreError> {
    let closing = release::table
        .filter(release::round_id.eq(round::id))
        .filter(release::published_at.is_not_null())
        .filter(release::taken_at.nullable().ge(round::frozen_at));
    Ok(round::table
        .filter(round::frozen_at.is_not_null())
        .filter(diesel::dsl::not(diesel::dsl::exists(closing)))
        .load(db)?)
}

/// Open rounds in which interim releases are allowed.
///
/// # Errors
/// The database failed.
pub fn interim_rounds(db: &mut Db, now: NaiveDateTime) -> Result<Vec<RoundRow>, StoreError> {
    Ok(round::table
        .filter(round::interim_allowed_at.is_not_null())
        .filter(round::frozen_at.is_null())
        .filter(round::sealed_at.is_null())
        .filter(round::opens_at.le(now))
        .load(db)?)
}
