//! What parents are told before their children are asked.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::dialect::both;
use super::schema::parents_notice;
use super::{Db, StoreError, meta};

/// The notice of a round.
///
/// # Errors
/// The database failed.
pub fn of_round(db: &mut Db, round_id: i64) -> Result<Option<String>, StoreError> {
    Ok(parents_notice::table.find(round_id).select(parents_notice::content).first(db).optional()?)
}

/// Writes the notice of a round down; an empty one is none.
///
/// # Errors
/// The database failed.
pub fn put(db: &mut Db, round_id: i64, text: &str, by: i64, now: NaiveDateTime) -> Result<(), StoreError> {
    let values =
        (parents_notice::content.eq(text), parents_notice::changed_at.eq(now), parents_notice::changed_by.eq(by));
    if text.is_empty() {
        diesel::delete(parents_notice::table.find(round_id)).execute(db)?;
    } else {
        both!(db, |c| diesel::insert_into(parents_notice::table)
            .values((parents_notice::round_id.eq(round_id), values))
            .on_conflict(parents_notice::round_id)
            .do_update()
            .set(values)
            .execute(c))?;
    }
    meta::bump_revision(db)
}
