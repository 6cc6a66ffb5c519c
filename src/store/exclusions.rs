//! Forms that count in no figure: which, by what rule, why, and what they had added to the counters. They stay where they are; an
//! exclusion that is taken back leaves everything as it was.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{account, excluded_form, excluded_tally, exclusion, submission};
use super::submissions::SubmissionRow;
use super::tallies::{Counts, TallyKey, pack, unpack};
use super::{Db, StoreError};
use crate::survey::exclusion::Rule;

/// Values in one statement.
const SOME: usize = 500;

/// An exclusion to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewExclusion<'a> {
    /// The round.
    pub round_id: i64,
    /// By which rule.
    pub rule: Rule,
    /// Why.
    pub reason: &'a str,
    /// When, UTC.
    pub at: NaiveDateTime,
    /// Who.
    pub by: i64,
}

/// An exclusion, in force or taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExclusionRow {
    /// Its number.
    pub id: i64,
    /// By which rule.
    pub rule: Rule,
    /// Why.
    pub reason: String,
    /// How many forms it was about.
    pub forms: i64,
    /// When, UTC.
    pub made_at: NaiveDateTime,
    /// Who.
    pub made_by: String,
    /// When it was taken back, UTC, and why.
    pub undone: Option<(NaiveDateTime, String)>,
}

/// Excludes those of these forms that the round has, and says how many. Call it in a transaction that holds the round, and write
/// the counters anew in it.
///
/// # Errors
/// The database failed.
pub fn insert(db: &mut Db, new: NewExclusion<'_>, forms: &[Vec<u8>]) -> Result<i64, StoreError> {
    let id: i64 = diesel::insert_into(exclusion::table)
        .values((
            exclusion::round_id.eq(new.round_id),
            exclusion::rule.eq(new.rule.code()),
            exclusion::reason.eq(new.reason),
            exclusion::forms.eq(0),
            exclusion::made_at.eq(new.at),
            exclusion::made_by.eq(new.by),
            exclusion::undone_reason.eq(""),
        ))
        .returning(exclusion::id)
        .get_result(db)?;
    let mut excluded = 0;
    for some in forms.chunks(SOME) {
        let of_round = submission::table.filter(submission::round_id.eq(new.round_id));
        let there: Vec<Vec<u8>> = of_round.filter(submission::id.eq_any(some)).select(submission::id).load(db)?;
        for form in there {
            let row = (
                excluded_form::round_id.eq(new.round_id),
                excluded_form::submission_id.eq(form),
                excluded_form::exclusion_id.eq(id),
            );
            excluded += i64::try_from(diesel::insert_into(excluded_form::table).values(row).execute(db)?).unwrap_or(0);
        }
    }
    match excluded {
        // nothing was done, and nothing stays of it
        0 => diesel::delete(exclusion::table.find(id)).execute(db)?,
        _ => diesel::update(exclusion::table.find(id)).set(exclusion::forms.eq(excluded)).execute(db)?,
    };
    Ok(excluded)
}

/// Takes an exclusion back; says whether it was in force. Call it as [`insert`].
///
/// # Errors
/// The database failed.
pub fn undo(
    db: &mut Db,
    round_id: i64,
    id: i64,
    (at, by, reason): (NaiveDateTime, i64, &str),
) -> Result<bool, StoreError> {
    let own = exclusion::table.find(id).filter(exclusion::round_id.eq(round_id));
    let undone = diesel::update(own.filter(exclusion::undone_at.is_null()))
        .set((exclusion::undone_at.eq(at), exclusion::undone_by.eq(by), exclusion::undone_reason.eq(reason)))
        .execute(db)?;
    if undone > 0 {
        diesel::delete(excluded_form::table.filter(excluded_form::exclusion_id.eq(id))).execute(db)?;
    }
    Ok(undone > 0)
}

/// An exclusion as the database has it.
type Row = (i64, String, String, i64, NaiveDateTime, String, Option<NaiveDateTime>, String);

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
            exclusion::undone_at,
            exclusion::undone_reason,
        ))
        .load(db)?;
    let read = |(id, rule, reason, forms, made_at, made_by, undone_at, why): Row| {
        let rule = rule.parse().map_err(|error| StoreError::corrupt("exclusion", error))?;
        Ok(ExclusionRow { id, rule, reason, forms, made_at, made_by, undone: undone_at.map(|at| (at, why)) })
    };
    rows.into_iter().map(read).collect()
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
        let columns = (s::id, s::unit_id, s::channel, s::version_id, s::lang, s::mode, s::submitted_on, s::answers);
        let of_round = s::table.filter(s::round_id.eq(round_id)).filter(s::id.eq_any(some));
        forms.extend(of_round.select(columns).load::<SubmissionRow>(db)?);
    }
    Ok(forms)
}

type TallyRow = (i64, i64, String, String, i64, Vec<u8>);

/// What excluded forms had added to the counters.
///
/// # Errors
/// The database failed, or a row is damaged.
pub fn tallies(db: &mut Db, round_id: i64) -> Result<BTreeMap<TallyKey, Counts>, StoreError> {
    use excluded_tally as t;
    let columns = (t::version_id, t::unit_id, t::channel, t::stratum, t::n, t::cells);
    let rows: Vec<TallyRow> = t::table.filter(t::round_id.eq(round_id)).select(columns).load(db)?;
    let read = |(version_id, unit_id, channel, stratum, n, cells): TallyRow| {
        Ok((TallyKey { round_id, version_id, unit_id, channel, stratum }, Counts { n, cells: unpack(&cells)? }))
    };
    rows.into_iter().map(read).collect()
}

/// Writes anew what excluded forms had added to the counters.
///
/// # Errors
/// The database failed.
pub fn put_tallies(db: &mut Db, round_id: i64, counts: &BTreeMap<TallyKey, Counts>) -> Result<(), StoreError> {
    diesel::delete(excluded_tally::table.filter(excluded_tally::round_id.eq(round_id))).execute(db)?;
    for (key, counts) in counts {
        let place = (
            excluded_tally::round_id.eq(round_id),
            excluded_tally::version_id.eq(key.version_id),
            excluded_tally::unit_id.eq(key.unit_id),
            excluded_tally::channel.eq(&key.channel),
            excluded_tally::stratum.eq(&key.stratum),
        );
        let own = (excluded_tally::n.eq(counts.n), excluded_tally::cells.eq(pack(&counts.cells)));
        diesel::insert_into(excluded_tally::table).values((place, own)).execute(db)?;
    }
    Ok(())
}

/// Forgets that a form was excluded which is withdrawn; `less` is what the counters lose with it.
///
/// # Errors
/// The database failed.
pub(super) fn forget_form(db: &mut Db, form: &[u8], key: &TallyKey, less: &Counts) -> Result<(), StoreError> {
    let own = excluded_form::table.filter(excluded_form::round_id.eq(key.round_id));
    if diesel::delete(own.filter(excluded_form::submission_id.eq(form))).execute(db)? == 0 {
        return Ok(());
    }
    let id = (key.round_id, key.version_id, key.unit_id, &key.channel, &key.stratum);
    let row = excluded_tally::table.find(id).select((excluded_tally::n, excluded_tally::cells));
    let Some((n, cells)) = row.first::<(i64, Vec<u8>)>(db).optional()? else { return Ok(()) };
    let mut counts = Counts { n, cells: unpack(&cells)? };
    counts.add(less);
    diesel::update(excluded_tally::table.find(id))
        .set((excluded_tally::n.eq(counts.n), excluded_tally::cells.eq(pack(&counts.cells))))
        .execute(db)?;
    Ok(())
}

/// Forgets which forms were excluded, because they are deleted; figures stay as they are.
///
/// # Errors
/// The database failed.
pub(super) fn forget_forms(db: &mut Db, round_id: i64) -> Result<(), StoreError> {
    diesel::delete(excluded_form::table.filter(excluded_form::round_id.eq(round_id))).execute(db)?;
    Ok(())
}
