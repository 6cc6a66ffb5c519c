//! The cross-tables that somebody chose to be published with a round's closing release.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::dialect::both;
use super::schema::{account, release_table};
use super::{Db, StoreError};

/// A table that was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct TableRow {
    /// The questionnaire version.
    pub version_id: i64,
    /// What makes the rows: `unit`, `level`, `channel`, or the code of a question.
    pub by: String,
    /// The question whose answers are the columns.
    pub question: String,
    /// When it was chosen, UTC.
    pub chosen_at: NaiveDateTime,
    /// The name of who chose it.
    pub person: String,
}

/// The tables of a round, in the order in which they were chosen.
///
/// # Errors
/// The database failed.
pub fn of_round(db: &mut Db, round_id: i64) -> Result<Vec<TableRow>, StoreError> {
    use release_table as t;
    Ok(t::table
        .inner_join(account::table)
        .filter(t::round_id.eq(round_id))
        .order((t::chosen_at, t::version_id, t::by_code, t::question))
        .select((t::version_id, t::by_code, t::question, t::chosen_at, account::name))
        .load(db)?)
}

/// Chooses a table; one that is chosen already stays as it is.
///
/// # Errors
/// The database failed.
pub fn choose(
    db: &mut Db,
    round_id: i64,
    (version_id, by, question): (i64, &str, &str),
    by_whom: i64,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    use release_table as t;
    let row = (
        t::round_id.eq(round_id),
        t::version_id.eq(version_id),
        t::by_code.eq(by),
        t::question.eq(question),
        t::chosen_at.eq(now),
        t::chosen_by.eq(by_whom),
    );
    both!(db, |c| diesel::insert_into(t::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// Takes a table out again; says whether it was chosen.
///
/// # Errors
/// The database failed.
pub fn drop(db: &mut Db, round_id: i64, (version_id, by, question): (i64, &str, &str)) -> Result<bool, StoreError> {
    let row = release_table::table.find((round_id, version_id, by, question));
    Ok(diesel::delete(row).execute(db)? > 0)
}
