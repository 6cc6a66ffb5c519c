//! Everything that was ever saved of a questionnaire, line by line.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use super::super::schema::{account, questionnaire_history};
use super::super::{Db, StoreError};
use super::Change;

/// How a change came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Occasion {
    /// Somebody pressed a button.
    Asked,
    /// A page saved this item while somebody typed.
    ByItself(String),
    /// It brings back this revision.
    Restores(i64),
}

impl Occasion {
    fn restores(&self) -> Option<i64> {
        if let Self::Restores(revision) = self { Some(*revision) } else { None }
    }

    fn item(&self) -> Option<&str> {
        if let Self::ByItself(item) = self { Some(item) } else { None }
    }
}

/// Within this time, in seconds, what a page saves of one item by itself is one line of the history.
const ONE_STEP: i64 = 60;

/// One line of the history.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct HistoryRow {
    /// Which revision.
    pub revision: i64,
    /// The revision that it brought back.
    pub restores: Option<i64>,
    /// When it was saved.
    pub changed_at: NaiveDateTime,
    /// The name of whoever saved it.
    pub name: String,
}

/// A line of the history to be written.
pub(super) struct Line<'a> {
    pub revision: i64,
    pub occasion: &'a Occasion,
    /// When it began, where it goes on with what was saved before.
    pub since: NaiveDateTime,
    pub content: &'a str,
}

pub(super) fn remember(db: &mut Db, id: i64, line: &Line<'_>, by: i64, now: NaiveDateTime) -> Result<(), StoreError> {
    diesel::insert_into(questionnaire_history::table)
        .values((
            questionnaire_history::draft_id.eq(id),
            questionnaire_history::revision.eq(line.revision),
            questionnaire_history::restores.eq(line.occasion.restores()),
            questionnaire_history::item.eq(line.occasion.item()),
            questionnaire_history::since.eq(line.since),
            questionnaire_history::content.eq(line.content),
            questionnaire_history::changed_at.eq(now),
            questionnaire_history::changed_by.eq(by),
        ))
        .execute(db)?;
    Ok(())
}

/// When the line of the history began of which this is the rest. What stood there goes: a page that showed it is compared with
/// the line before, which can only show two texts side by side that need not have been.
pub(super) fn carried_on(
    db: &mut Db,
    id: i64,
    change: &Change,
    by: i64,
    now: NaiveDateTime,
) -> Result<NaiveDateTime, StoreError> {
    use questionnaire_history as h;
    let Some(item) = change.occasion.item() else { return Ok(now) };
    let last = h::table.find((id, change.from)).filter(h::item.eq(item)).filter(h::changed_by.eq(by));
    let began: Option<Option<NaiveDateTime>> = last.select(h::since).first(db).optional()?;
    match began.flatten().filter(|began| now - *began < TimeDelta::seconds(ONE_STEP)) {
        Some(began) => {
            diesel::delete(h::table.find((id, change.from))).execute(db)?;
            Ok(began)
        }
        None => Ok(now),
    }
}

/// Its history, the latest first.
///
/// # Errors
/// The database failed.
pub fn history(db: &mut Db, id: i64) -> Result<Vec<HistoryRow>, StoreError> {
    Ok(questionnaire_history::table
        .inner_join(account::table)
        .filter(questionnaire_history::draft_id.eq(id))
        .order(questionnaire_history::revision.desc())
        .select((
            questionnaire_history::revision,
            questionnaire_history::restores,
            questionnaire_history::changed_at,
            account::name,
        ))
        .load(db)?)
}

/// The file as it was saved under this revision; where that line went on under a later one, the line before it.
///
/// # Errors
/// The database failed.
pub fn content_of(db: &mut Db, id: i64, revision: i64) -> Result<Option<String>, StoreError> {
    let saved = questionnaire_history::table
        .filter(questionnaire_history::draft_id.eq(id))
        .filter(questionnaire_history::revision.le(revision))
        .order(questionnaire_history::revision.desc());
    Ok(saved.select(questionnaire_history::content).first(db).optional()?)
}
