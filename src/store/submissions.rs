//! Completed forms, read in pages.

use chrono::NaiveDate;
use compact_str::CompactString;
use diesel::prelude::*;

use super::dialect::both;
use super::schema::submission;
use super::{Db, StoreError};

/// One stored form. Codes are short and lie in the row itself: a round is read a million rows at a time.
#[derive(Debug, Clone, Queryable)]
pub struct SubmissionRow {
    /// Random id.
    pub id: Vec<u8>,
    /// The unit.
    pub unit_id: i64,
    /// The channel's code.
    #[diesel(deserialize_as = String)]
    pub channel: CompactString,
    /// The questionnaire version it answered.
    pub version_id: i64,
    /// The language it was answered in.
    #[diesel(deserialize_as = String)]
    pub lang: CompactString,
    /// How it came in.
    #[diesel(deserialize_as = String)]
    pub mode: CompactString,
    /// The day it came in, UTC+7.
    pub submitted_on: NaiveDate,
    /// The answers, as JSON.
    pub answers: String,
    /// How fast it was filled in, by the class's code.
    #[diesel(deserialize_as = String)]
    pub pace: CompactString,
}

/// One page of a round's forms in the order of their random ids, after the one given. Pages keep memory small and hold no
/// long transaction, so that writers and checkpoints go on.
///
/// # Errors
/// The database failed.
pub fn page(db: &mut Db, round_id: i64, after: &[u8], limit: i64) -> Result<Vec<SubmissionRow>, StoreError> {
    use submission as s;
    Ok(s::table
        .filter(s::round_id.eq(round_id))
        .filter(s::id.gt(after))
        .order(s::id)
        .limit(limit)
        .select((s::id, s::unit_id, s::channel, s::version_id, s::lang, s::mode, s::submitted_on, s::answers, s::pace))
        .load(db)?)
}

/// Which forms of a round are wanted; nothing wants all of them, an empty list none.
#[derive(Debug, Clone, Default)]
pub struct Chosen {
    /// Of these units.
    pub units: Option<Vec<i64>>,
    /// Of these questionnaire versions.
    pub versions: Option<Vec<i64>>,
    /// Through these channels, by code.
    pub channels: Option<Vec<String>>,
    /// Answered in these languages, by code.
    pub languages: Option<Vec<String>>,
    /// From this day on.
    pub from: Option<NaiveDate>,
    /// Until this day.
    pub to: Option<NaiveDate>,
}

/// A query with these conditions more. A text, because the query is of another type for each database.
macro_rules! choosing {
    ($query:expr, $chosen:expr) => {{
        let mut query = $query.into_boxed();
        if let Some(units) = &$chosen.units {
            query = query.filter(submission::unit_id.eq_any(units));
        }
        if let Some(versions) = &$chosen.versions {
            query = query.filter(submission::version_id.eq_any(versions));
        }
        if let Some(channels) = &$chosen.channels {
            query = query.filter(submission::channel.eq_any(channels));
        }
        if let Some(languages) = &$chosen.languages {
            query = query.filter(submission::lang.eq_any(languages));
        }
        if let Some(from) = $chosen.from {
            query = query.filter(submission::submitted_on.ge(from));
        }
        if let Some(to) = $chosen.to {
            query = query.filter(submission::submitted_on.le(to));
        }
        query
    }};
}

/// The same of those chosen forms only whose ids do not lie behind `until`. The two ids should lie close together: then no
/// condition can make a planner leave their order.
///
/// # Errors
/// The database failed.
pub fn page_until(
    db: &mut Db,
    round_id: i64,
    (after, until): (&[u8], &[u8]),
    chosen: &Chosen,
    limit: i64,
) -> Result<Vec<SubmissionRow>, StoreError> {
    use submission as s;
    Ok(both!(db, |c| {
        let slice = s::table.filter(s::round_id.eq(round_id)).filter(s::id.gt(after)).filter(s::id.le(until));
        choosing!(slice, chosen)
            .order(s::id)
            .limit(limit)
            .select((
                s::id,
                s::unit_id,
                s::channel,
                s::version_id,
                s::lang,
                s::mode,
                s::submitted_on,
                s::answers,
                s::pace,
            ))
            .load(c)
    })?)
}

/// How many of the chosen forms a round has, counted row by row; of more than `most` it says one more than that. Where few are
/// chosen it looks at every form of the round: about a second for each million.
///
/// # Errors
/// The database failed.
pub fn count_up_to(db: &mut Db, round_id: i64, chosen: &Chosen, most: i64) -> Result<i64, StoreError> {
    let found: Vec<i64> = both!(db, |c| {
        let of_round = submission::table.filter(submission::round_id.eq(round_id));
        choosing!(of_round, chosen).limit(most.saturating_add(1)).select(submission::unit_id).load(c)
    })?;
    Ok(i64::try_from(found.len()).unwrap_or(i64::MAX))
}

/// The ids of the chosen forms of a round, in their order. It looks at every form of the round: about a second for each million.
///
/// # Errors
/// The database failed.
pub fn ids(db: &mut Db, round_id: i64, chosen: &Chosen) -> Result<Vec<Vec<u8>>, StoreError> {
    Ok(both!(db, |c| {
        let of_round = submission::table.filter(submission::round_id.eq(round_id));
        choosing!(of_round, chosen).order(submission::id).select(submission::id).load(c)
    })?)
}

/// Those forms of a round that have one of these few ids.
///
/// # Errors
/// The database failed.
pub fn named(db: &mut Db, round_id: i64, ids: &[Vec<u8>]) -> Result<Vec<SubmissionRow>, StoreError> {
    use submission as s;
    Ok(s::table
        .filter(s::round_id.eq(round_id))
        .filter(s::id.eq_any(ids))
        .select((s::id, s::unit_id, s::channel, s::version_id, s::lang, s::mode, s::submitted_on, s::answers, s::pace))
        .load(db)?)
}

/// How many forms a round has, counted row by row.
///
/// # Errors
/// The database failed.
pub fn count(db: &mut Db, round_id: i64) -> Result<i64, StoreError> {
    Ok(submission::table.filter(submission::round_id.eq(round_id)).count().get_result(db)?)
}

/// How many forms of a round came in after closing.
///
/// # Errors
/// The database failed.
pub fn late(db: &mut Db, round_id: i64) -> Result<i64, StoreError> {
    Ok(submission::table
        .filter(submission::round_id.eq(round_id))
        .filter(submission::late.eq(true))
        .count()
        .get_result(db)?)
}

/// How many forms of a round came in each way, by the mode's code.
///
/// # Errors
/// The database failed.
pub fn by_mode(db: &mut Db, round_id: i64) -> Result<Vec<(String, i64)>, StoreError> {
    Ok(submission::table
        .filter(submission::round_id.eq(round_id))
        .group_by(submission::mode)
        .select((submission::mode, diesel::dsl::count_star()))
        .order(submission::mode)
        .load(db)?)
}

/// How many keys a round has seen.
///
/// # Errors
/// The database failed.
pub fn receipts(db: &mut Db, round_id: i64) -> Result<i64, StoreError> {
    use super::schema::receipt;
    Ok(receipt::table.filter(receipt::round_id.eq(round_id)).count().get_result(db)?)
}

/// Whether a receipt with this hash was given out in any round.
///
/// # Errors
/// The database failed.
pub fn has_receipt(db: &mut Db, round_id: i64, hash: &[u8]) -> Result<bool, StoreError> {
    use super::schema::receipt;
    let found: i64 =
        receipt::table.filter(receipt::round_id.eq(round_id)).filter(receipt::hash.eq(hash)).count().get_result(db)?;
    Ok(found > 0)
}
