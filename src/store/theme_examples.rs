//! The answers that stand for themes in reports, as a person made them ready for outsiders.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{account, theme, theme_example};
use super::{Db, StoreError};

/// An example.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Example {
    /// The theme.
    pub theme_id: i64,
    /// The answer that it was made of.
    pub answer_id: i64,
    /// As outsiders may read it.
    pub text: String,
    /// Who chose it.
    pub by: String,
}

/// The examples of a round. An example goes with its answer when the form is withdrawn.
///
/// # Errors
/// The database failed.
pub fn of_round(db: &mut Db, round_id: i64) -> Result<Vec<Example>, StoreError> {
    let own = theme_example::table.inner_join(account::table).filter(theme_example::round_id.eq(round_id));
    let columns = (theme_example::theme_id, theme_example::answer_id, theme_example::text, account::name);
    Ok(own.select(columns).load(db)?)
}

/// Puts an example in the place of the one that a theme had; says whether the theme is one of the round.
///
/// # Errors
/// The database failed.
pub fn put(
    db: &mut Db,
    round_id: i64,
    (theme_id, answer_id): (i64, i64),
    text: &str,
    by: i64,
    at: NaiveDateTime,
) -> Result<bool, StoreError> {
    let own = theme::table.find(theme_id).filter(theme::round_id.eq(round_id));
    if own.count().get_result::<i64>(db)? == 0 {
        return Ok(false);
    }
    diesel::delete(theme_example::table.find(theme_id)).execute(db)?;
    diesel::insert_into(theme_example::table)
        .values((
            theme_example::theme_id.eq(theme_id),
            theme_example::round_id.eq(round_id),
            theme_example::answer_id.eq(answer_id),
            theme_example::text.eq(text),
            theme_example::chosen_by.eq(by),
            theme_example::chosen_at.eq(at),
        ))
        .execute(db)?;
    Ok(true)
}

/// Takes the example of a theme away.
///
/// # Errors
/// The database failed.
pub fn remove(db: &mut Db, round_id: i64, theme_id: i64) -> Result<(), StoreError> {
    let own = theme_example::table.find(theme_id).filter(theme_example::round_id.eq(round_id));
    diesel::delete(own).execute(db)?;
    Ok(())
}
