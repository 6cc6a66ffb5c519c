//! Forms that count in no figure: which, by what rule, why, and what they had added to the counters. They stay where they are; an
//! exclusion that is taken back leaves everything as it was.

mod counters;
mod history;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use diesel::prelude::*;

pub(super) use self::counters::forget_form;
pub use self::counters::{put_tallies, tallies};
pub use self::history::{ExclusionRow, TakenBack, history};
use super::schema::{excluded_form, exclusion, submission};
use super::submissions::SubmissionRow;
use super::{Db, StoreError};
use crate::survey::exclusion::{Days, Reason, Rule};

/// Values in one statement.
const SOME: usize = 500;

/// An exclusion to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewExclusion<'a> {
    /// The round.
    pub round_id: i64,
    /// By which rule.
    pub rule: Rule,
    /// The unit and its days, where the rule is about those.
    pub days: Option<(i64, Days)>,
    /// Why.
    pub reason: &'a Reason,
    /// When, UTC.
    pub at: NaiveDateTime,
    /// Who.
    pub by: i64,
}

/// What became of an exclusion that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Excluded {
    /// Forms were excluded.
    Forms {
        /// So many.
        now: i64,
        /// So many others the rule excludes already.
        already: i64,
    },
    /// The rule excludes all of them already: nothing was done, and nothing is written down.
    Already,
    /// The round has none of them any more.
    Nothing,
    /// Somebody named these, and the round has no such forms: nothing was done.
    Unknown(Vec<Vec<u8>>),
}

/// Excludes those of these forms that the round has and that this rule does not exclude already; of forms that somebody named it
/// must have all, because a slip of the pen means another form. Each form is given once. Call it in a transaction that holds the
/// round, and write the counters anew in it.
///
/// # Errors
/// The database failed.
pub fn insert(db: &mut Db, new: NewExclusion<'_>, forms: &[Vec<u8>]) -> Result<Excluded, StoreError> {
    let there = known(db, new.round_id, forms)?;
    let unknown = || forms.iter().filter(|form| !there.contains(*form)).cloned().collect();
    if new.rule == Rule::ByHand && there.len() < forms.len() {
        return Ok(Excluded::Unknown(unknown()));
    }
    if there.is_empty() {
        return Ok(Excluded::Nothing);
    }
    let out: BTreeSet<Vec<u8>> = of_rule(db, new.round_id, new.rule)?.into_iter().collect();
    let fresh: Vec<&Vec<u8>> = there.difference(&out).collect();
    if fresh.is_empty() {
        return Ok(Excluded::Already);
    }
    let [now, already] = [fresh.len(), there.len() - fresh.len()].map(|n| i64::try_from(n).unwrap_or(i64::MAX));
    let id = begin(db, new, now)?;
    for form in fresh {
        let (round, form) = (excluded_form::round_id.eq(new.round_id), excluded_form::submission_id.eq(form));
        diesel::insert_into(excluded_form::table)
            .values((round, form, excluded_form::exclusion_id.eq(id)))
            .execute(db)?;
    }
    Ok(Excluded::Forms { now, already })
}

/// Those of these forms that the round has.
fn known(db: &mut Db, round_id: i64, forms: &[Vec<u8>]) -> Result<BTreeSet<Vec<u8>>, StoreError> {
    let mut there = BTreeSet::new();
    for some in forms.chunks(SOME) {
        let of_round = submission::table.filter(submission::round_id.eq(round_id));
        there.extend(of_round.filter(submission::id.eq_any(some)).select(submission::id).load::<Vec<u8>>(db)?);
    }
    Ok(there)
}

fn begin(db: &mut Db, new: NewExclusion<'_>, forms: i64) -> Result<i64, StoreError> {
    let days = new.days.map(|(_, days)| days);
    let row = (
        exclusion::round_id.eq(new.round_id),
        exclusion::rule.eq(new.rule.code()),
        exclusion::reason.eq(new.reason.as_str()),
        exclusion::forms.eq(forms),
        exclusion::made_at.eq(new.at),
        exclusion::made_by.eq(new.by),
        exclusion::undone_reason.eq(""),
        exclusion::unit_id.eq(new.days.map(|(unit, _)| unit)),
        exclusion::first_day.eq(days.map(Days::first)),
        exclusion::last_day.eq(days.map(Days::last)),
    );
    Ok(diesel::insert_into(exclusion::table).values(row).returning(exclusion::id).get_result(db)?)
}

/// The forms that this rule excludes, in the order of their ids.
///
/// # Errors
/// The database failed.
pub fn of_rule(db: &mut Db, round_id: i64, rule: Rule) -> Result<Vec<Vec<u8>>, StoreError> {
    Ok(excluded_form::table
        .inner_join(exclusion::table)
        .filter(excluded_form::round_id.eq(round_id))
        .filter(exclusion::rule.eq(rule.code()))
        .select(excluded_form::submission_id)
        .distinct()
        .order(excluded_form::submission_id)
        .load(db)?)
}

/// What became of taking an exclusion back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undone {
    /// It was in force, and is no longer.
    Now,
    /// Somebody had taken it back before, perhaps in another tab.
    Before,
    /// The round has none of this number.
    Unknown,
}

/// Takes an exclusion back. Call it as [`insert`].
///
/// # Errors
/// The database failed.
pub fn undo(
    db: &mut Db,
    round_id: i64,
    id: i64,
    (at, by, reason): (NaiveDateTime, i64, Option<&Reason>),
) -> Result<Undone, StoreError> {
    let own = exclusion::table.find(id).filter(exclusion::round_id.eq(round_id));
    let reason = reason.map_or("", Reason::as_str);
    let undone = diesel::update(own.filter(exclusion::undone_at.is_null()))
        .set((exclusion::undone_at.eq(at), exclusion::undone_by.eq(by), exclusion::undone_reason.eq(reason)))
        .execute(db)?;
    if undone > 0 {
        diesel::delete(excluded_form::table.filter(excluded_form::exclusion_id.eq(id))).execute(db)?;
        return Ok(Undone::Now);
    }
    Ok(if own.count().get_result::<i64>(db)? > 0 { Undone::Before } else { Undone::Unknown })
}

/// Changes with every exclusion that is made or taken back.
///
/// # Errors
/// The database failed.
pub fn revision(db: &mut Db, round_id: i64) -> Result<(i64, i64), StoreError> {
    let of_round = exclusion::table.filter(exclusion::round_id.eq(round_id));
    let undone = of_round.filter(exclusion::undone_at.is_not_null());
    Ok((of_round.count().get_result(db)?, undone.count().get_result(db)?))
}

/// The forms of a round that are excluded, each once, in the order of their ids.
///
/// # Errors
/// The database failed.
pub fn of_round(db: &mut Db, round_id: i64) -> Result<Vec<Vec<u8>>, StoreError> {
    Ok(excluded_form::table
        .filter(excluded_form::round_id.eq(round_id))
        .select(excluded_form::submission_id)
        .distinct()
        .order(excluded_form::submission_id)
        .load(db)?)
}

/// How many forms of a round are excluded, by rule; one that several rules exclude counts for each.
///
/// # Errors
/// The database failed, or a rule is unknown.
pub fn by_rule(db: &mut Db, round_id: i64) -> Result<BTreeMap<Rule, i64>, StoreError> {
    let rows: Vec<(String, Vec<u8>)> = excluded_form::table
        .inner_join(exclusion::table)
        .filter(excluded_form::round_id.eq(round_id))
        .select((exclusion::rule, excluded_form::submission_id))
        .distinct()
        .load(db)?;
    let mut rules = BTreeMap::new();
    for (rule, _) in rows {
        let rule: Rule = rule.parse().map_err(|error| StoreError::corrupt("exclusion", error))?;
        *rules.entry(rule).or_insert(0) += 1;
    }
    Ok(rules)
}

/// The excluded forms themselves.
///
/// # Errors
/// The database failed.
pub fn forms(db: &mut Db, round_id: i64) -> Result<Vec<SubmissionRow>, StoreError> {
    use submission as s;
    let mut forms = Vec::new();
    for some in of_round(db, round_id)?.chunks(SOME) {
        let columns =
            (s::id, s::unit_id, s::channel, s::version_id, s::lang, s::mode, s::submitted_on, s::answers, s::pace);
        let of_round = s::table.filter(s::round_id.eq(round_id)).filter(s::id.eq_any(some));
        forms.extend(of_round.select(columns).load::<SubmissionRow>(db)?);
    }
    Ok(forms)
}

/// Forgets which forms were excluded, because they are deleted; figures stay as they are.
///
/// # Errors
/// The database failed.
pub(super) fn forget_forms(db: &mut Db, round_id: i64) -> Result<(), StoreError> {
    diesel::delete(excluded_form::table.filter(excluded_form::round_id.eq(round_id))).execute(db)?;
    Ok(())
}
