//! Excluded forms as files of rows need them: what each is, without what it says.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::schema::{excluded_form, exclusion, submission};
use super::{Db, StoreError};
use crate::survey::exclusion::Rule;

/// A form that counts in no figure, and one rule that excludes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOutRow {
    /// Its random id.
    pub id: Vec<u8>,
    /// By which rule.
    pub rule: Rule,
    /// The unit.
    pub unit_id: i64,
    /// The channel's code.
    pub channel: String,
    /// The questionnaire version it answered.
    pub version_id: i64,
    /// The language it was answered in.
    pub lang: String,
    /// The day it came in, UTC+7.
    pub submitted_on: NaiveDate,
}

/// A row as the database has it.
type Found = (Vec<u8>, String, i64, String, i64, String, NaiveDate);

/// The excluded forms of a round in the order of their ids, each as often as rules exclude it.
///
/// # Errors
/// The database failed, or a rule is unknown.
pub fn of_round(db: &mut Db, round_id: i64) -> Result<Vec<LeftOutRow>, StoreError> {
    use submission as s;
    let own = s::id.eq(excluded_form::submission_id).and(s::round_id.eq(excluded_form::round_id));
    let rows: Vec<Found> = excluded_form::table
        .inner_join(exclusion::table)
        .inner_join(s::table.on(own))
        .filter(excluded_form::round_id.eq(round_id))
        .select((s::id, exclusion::rule, s::unit_id, s::channel, s::version_id, s::lang, s::submitted_on))
        .distinct()
        .order((s::id, exclusion::rule))
        .load(db)?;
    let read = |(id, rule, unit_id, channel, version_id, lang, submitted_on): Found| {
        let rule = rule.parse().map_err(|error| StoreError::corrupt("exclusion", error))?;
        Ok(LeftOutRow { id, rule, unit_id, channel, version_id, lang, submitted_on })
    };
    rows.into_iter().map(read).collect()
}
