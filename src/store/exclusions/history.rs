//! What was excluded and what was taken back: when, by whom, and why.

use std::collections::{BTreeSet, HashMap};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::super::schema::{account, exclusion};
use super::super::{Db, StoreError};
use crate::survey::exclusion::{Days, Rule};

/// An exclusion, in force or taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExclusionRow {
    /// Its number.
    pub id: i64,
    /// By which rule.
    pub rule: Rule,
    /// The unit and its days, where the rule is about those.
    pub days: Option<(i64, Days)>,
    /// Why.
    pub reason: String,
    /// How many forms it was about.
    pub forms: i64,
    /// When, UTC.
    pub made_at: NaiveDateTime,
    /// Who.
    pub made_by: String,
    /// Where it was taken back.
    pub undone: Option<TakenBack>,
}

/// How an exclusion was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    /// When, UTC.
    pub at: NaiveDateTime,
    /// Who.
    pub by: String,
    /// Why; empty where no reason was given.
    pub why: String,
}

/// An exclusion as the database has it.
type Row = (i64, String, String, i64, NaiveDateTime, String, Undoing, Place);

/// When it was taken back, by whom, and why.
type Undoing = (Option<NaiveDateTime>, Option<i64>, String);

/// A unit, its first day and its last.
type Place = (Option<i64>, Option<NaiveDate>, Option<NaiveDate>);

/// The exclusions of a round, newest first.
///
/// # Errors
/// The database failed, or a rule is unknown.
pub fn history(db: &mut Db, round_id: i64) -> Result<Vec<ExclusionRow>, StoreError> {
    let rows: Vec<Row> = exclusion::table
        .inner_join(account::table)
        .filter(exclusion::round_id.eq(round_id))
        .order(exclusion::id.desc())
        .select((
            exclusion::id,
            exclusion::rule,
            exclusion::reason,
            exclusion::forms,
            exclusion::made_at,
            account::name,
            (exclusion::undone_at, exclusion::undone_by, exclusion::undone_reason),
            (exclusion::unit_id, exclusion::first_day, exclusion::last_day),
        ))
        .load(db)?;
    let names = undoers(db, rows.iter().filter_map(|row| row.6.1))?;
    let read = |(id, rule, reason, forms, made_at, made_by, (undone_at, undone_by, why), (unit, first, last)): Row| {
        let rule = rule.parse().map_err(|error| StoreError::corrupt("exclusion", error))?;
        let days = first.zip(last).and_then(|(first, last)| Days::of(first, last));
        let by = undone_by.and_then(|account| names.get(&account)).cloned().unwrap_or_default();
        let (days, undone) = (unit.zip(days), undone_at.map(|at| TakenBack { at, by, why }));
        Ok(ExclusionRow { id, rule, days, reason, forms, made_at, made_by, undone })
    };
    rows.into_iter().map(read).collect()
}

/// The names of those who took exclusions back.
fn undoers(db: &mut Db, accounts: impl Iterator<Item = i64>) -> Result<HashMap<i64, String>, StoreError> {
    let accounts: BTreeSet<i64> = accounts.collect();
    let named = account::table.filter(account::id.eq_any(accounts)).select((account::id, account::name));
    Ok(named.load::<(i64, String)>(db)?.into_iter().collect())
}
