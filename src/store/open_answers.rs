//! Free texts of a round's forms, one row per answer, so that reading them does not mean reading every form.
//!
//! Rows are compared with the forms by pages of the forms' random ids ([`known`], [`insert`]), because nothing else tells
//! which forms are new. They go with their form by themselves: a foreign key deletes them, whoever deletes the form.

use std::collections::HashSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::dialect::both;
use super::schema::{excluded_form, exclusion, open_answer, open_state, submission};
use super::{Db, StoreError};
use crate::survey::exclusion::Rule;

/// An answer to be kept.
#[derive(Debug, Clone, PartialEq, Eq, Insertable)]
#[diesel(table_name = open_answer)]
pub struct NewAnswer {
    /// The round.
    pub round_id: i64,
    /// Random, and leading to nothing.
    pub id: i64,
    /// Its form.
    pub submission_id: Vec<u8>,
    /// The question's code.
    pub question: String,
    /// The questionnaire version that asked.
    pub version_id: i64,
    /// The unit.
    pub unit_id: i64,
    /// The channel's code.
    pub channel: String,
    /// The language of the form.
    pub lang: String,
    /// How content the form is: a code of [`crate::survey::opinion::Satisfaction`].
    pub satisfaction: Option<&'static str>,
    /// Which kind of message it is: a code of [`crate::survey::opinion::OpinionKind`].
    pub kind: Option<&'static str>,
    /// As it was written.
    pub text: String,
}

/// An answer as it is read; nothing leads from it to its form.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct AnswerRow {
    /// Its id.
    pub id: i64,
    /// The question's code.
    pub question: String,
    /// The questionnaire version that asked.
    pub version_id: i64,
    /// The unit.
    pub unit_id: i64,
    /// The channel's code.
    pub channel: String,
    /// The language of the form.
    pub lang: String,
    /// How content the form is.
    pub satisfaction: Option<String>,
    /// Which kind of message it is.
    pub kind: Option<String>,
    /// As it was written.
    pub text: String,
}

/// How far a round's rows are in step with its forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Queryable)]
pub struct InStep {
    /// Forms when they were compared last.
    pub n: i64,
    /// Forms that had been withdrawn by then.
    pub withdrawn: i64,
    /// Goes up whenever themes change, or what they were applied to.
    pub revision: i64,
    /// When that was, UTC: the answers of all forms that were there are kept. None: they were never compared.
    pub compared_at: Option<NaiveDateTime>,
}

/// How far the rows of a round are in step; none: they were never compared.
///
/// # Errors
/// The database failed.
pub fn in_step(db: &mut Db, round_id: i64) -> Result<Option<InStep>, StoreError> {
    let columns = (open_state::n, open_state::withdrawn, open_state::revision, open_state::compared_at);
    Ok(open_state::table.find(round_id).select(columns).first(db).optional()?)
}

/// Notes that all rows were compared when the round had so many forms, of which so many more had been withdrawn.
///
/// # Errors
/// The database failed.
pub fn settle(db: &mut Db, round_id: i64, (n, withdrawn): (i64, i64), at: NaiveDateTime) -> Result<(), StoreError> {
    let row = (open_state::n.eq(n), open_state::withdrawn.eq(withdrawn), open_state::compared_at.eq(at));
    if diesel::update(open_state::table.find(round_id)).set(row).execute(db)? == 0 {
        let row = (open_state::round_id.eq(round_id), row, open_state::revision.eq(0_i64));
        both!(db, |c| diesel::insert_into(open_state::table).values(row).on_conflict_do_nothing().execute(c))?;
    }
    Ok(())
}

/// Says that themes of a round changed, or what they were applied to.
///
/// # Errors
/// The database failed.
pub(super) fn bump(db: &mut Db, round_id: i64) -> Result<(), StoreError> {
    let raised = open_state::revision.eq(open_state::revision + 1);
    if diesel::update(open_state::table.find(round_id)).set(raised).execute(db)? == 0 {
        // -1: the rows were not compared yet
        let row = (
            open_state::round_id.eq(round_id),
            open_state::n.eq(-1_i64),
            open_state::withdrawn.eq(-1_i64),
            open_state::revision.eq(1_i64),
        );
        both!(db, |c| diesel::insert_into(open_state::table).values(row).on_conflict_do_nothing().execute(c))?;
    }
    Ok(())
}

/// The forms between these two ids, both included, whose answers are kept.
///
/// # Errors
/// The database failed.
pub fn known(db: &mut Db, round_id: i64, from: &[u8], to: &[u8]) -> Result<HashSet<Vec<u8>>, StoreError> {
    let ids: Vec<Vec<u8>> = open_answer::table
        .filter(open_answer::round_id.eq(round_id))
        .filter(open_answer::submission_id.between(from, to))
        .select(open_answer::submission_id)
        .load(db)?;
    Ok(ids.into_iter().collect())
}

/// Keeps answers, all of a form at once; those whose form has gone meanwhile, or that another instance kept before, are left
/// out. Call it in a transaction.
///
/// # Errors
/// The database failed.
pub fn insert(db: &mut Db, round_id: i64, answers: &[NewAnswer]) -> Result<(), StoreError> {
    let wanted: Vec<&[u8]> = answers.iter().map(|answer| answer.submission_id.as_slice()).collect();
    let forms = submission::table.filter(submission::round_id.eq(round_id)).filter(submission::id.eq_any(wanted));
    let forms = forms.select(submission::id);
    let there: Vec<Vec<u8>> = match db {
        // nobody withdraws them until they are kept; whoever comes after deletes these rows, too
        Db::Pg(connection) => forms.for_key_share().load(connection)?,
        // holds the only write lock already
        Db::Sqlite(connection) => forms.load(connection)?,
    };
    let there: HashSet<Vec<u8>> = there.into_iter().collect();
    for answer in answers.iter().filter(|answer| there.contains(&answer.submission_id)) {
        both!(db, |c| diesel::insert_into(open_answer::table).values(answer).on_conflict_do_nothing().execute(c))?;
    }
    Ok(())
}

/// One page of a round's answers in the order of their random ids, after the one given.
///
/// # Errors
/// The database failed.
pub fn page(db: &mut Db, round_id: i64, after: i64, limit: i64) -> Result<Vec<AnswerRow>, StoreError> {
    use open_answer as a;
    Ok(a::table
        .filter(a::round_id.eq(round_id))
        .filter(a::id.gt(after))
        .order(a::id)
        .limit(limit)
        .select((a::id, a::question, a::version_id, a::unit_id, a::channel, a::lang, a::satisfaction, a::kind, a::text))
        .load(db)?)
}

/// How many answers of a round are kept.
///
/// # Errors
/// The database failed.
pub fn count(db: &mut Db, round_id: i64) -> Result<i64, StoreError> {
    Ok(open_answer::table.filter(open_answer::round_id.eq(round_id)).count().get_result(db)?)
}

/// What these answers say, in no order; those that have gone are missing.
///
/// # Errors
/// The database failed.
pub fn texts(db: &mut Db, round_id: i64, ids: &[i64]) -> Result<Vec<(i64, String)>, StoreError> {
    let own = open_answer::table.filter(open_answer::round_id.eq(round_id)).filter(open_answer::id.eq_any(ids));
    Ok(own.select((open_answer::id, open_answer::text)).load(db)?)
}

/// The answers of excluded forms, each as often as rules exclude its form, in the order of their ids.
///
/// # Errors
/// The database failed, or a rule is unknown.
pub fn left_out(db: &mut Db, round_id: i64) -> Result<Vec<(i64, Rule)>, StoreError> {
    use open_answer as a;
    let own = a::submission_id.eq(excluded_form::submission_id).and(a::round_id.eq(excluded_form::round_id));
    let rows: Vec<(i64, String)> = excluded_form::table
        .inner_join(exclusion::table)
        .inner_join(a::table.on(own))
        .filter(excluded_form::round_id.eq(round_id))
        .select((a::id, exclusion::rule))
        .distinct()
        .order((a::id, exclusion::rule))
        .load(db)?;
    let read =
        |(id, rule): (i64, String)| Ok((id, rule.parse().map_err(|error| StoreError::corrupt("exclusion", error))?));
    rows.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use diesel::connection::SimpleConnection;

    use super::*;
    use crate::store::tests::store_with_units;

    fn answer(id: i64, form: u8, question: &str) -> NewAnswer {
        NewAnswer {
            round_id: 1,
            id,
            submission_id: vec![form],
            question: question.to_owned(),
            version_id: 1,
            unit_id: 3,
            channel: "truong".to_owned(),
            lang: "vi".to_owned(),
            satisfaction: Some("neutral"),
            kind: None,
            text: "Sân trường nắng".to_owned(),
        }
    }

    fn forms(db: &mut Db) -> Result<(), StoreError> {
        db.batch_execute(
            "INSERT INTO round (id, slug, title, owner_id, minimum_group, contact, created_at, closes_at)
             VALUES (1, 'dot-1', 'Đợt 1', 2, 10, '', '2026-01-01 00:00:00', '2026-02-01 00:00:00');",
        )?;
        for id in ["01", "02"] {
            let id = match db {
                Db::Pg(_) => format!(r"'\x{id}'"),
                Db::Sqlite(_) => format!("x'{id}'"),
            };
            db.batch_execute(&format!(
                "INSERT INTO submission VALUES (1, {id}, 3, 'truong', 1, 'vi', 'web', FALSE, '2026-01-02', '{{}}', 'unknown')"
            ))?;
        }
        Ok(())
    }

    #[test]
    fn answers_are_kept_once_and_go_with_their_form() {
        let (_database, store) = store_with_units();
        store.write_now(forms).unwrap();
        let all = [answer(7, 1, "G2"), answer(5, 1, "G3"), answer(9, 2, "G2"), answer(1, 3, "G2")];
        for _ in 0..2 {
            store.write_now(|db| insert(db, 1, &all)).unwrap();
        }
        let ids = |db: &mut Db| Ok(page(db, 1, 0, 9)?.into_iter().map(|row| row.id).collect::<Vec<_>>());
        // the third form is not there (any more)
        assert_eq!(store.read_now(ids).unwrap(), [5, 7, 9]);
        assert_eq!(store.read_now(|db| known(db, 1, &[0], &[1])).unwrap(), HashSet::from([vec![1]]));
        store
            .write_now(|db| Ok(diesel::delete(submission::table.filter(submission::id.eq(vec![1_u8]))).execute(db)?))
            .unwrap();
        assert_eq!(store.read_now(ids).unwrap(), [9]);
    }

    #[test]
    fn what_changed_before_the_first_comparison_does_not_count_as_one() {
        let (_database, store) = store_with_units();
        store.write_now(forms).unwrap();
        let read = || store.read_now(|db| in_step(db, 1)).unwrap();
        assert_eq!(read(), None);
        store.write_now(|db| bump(db, 1)).unwrap();
        assert_eq!(read(), Some(InStep { n: -1, withdrawn: -1, revision: 1, compared_at: None }));
        let at = chrono::NaiveDate::from_ymd_opt(2026, 1, 2).and_then(|day| day.and_hms_opt(8, 0, 0)).unwrap();
        store.write_now(|db| settle(db, 1, (2, 0), at)).unwrap();
        assert_eq!(read(), Some(InStep { n: 2, withdrawn: 0, revision: 1, compared_at: Some(at) }));
    }
}
