//! Themes of open answers, and what they were applied to: by hand or by rule, by whom and when, and undone.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::dialect::both;
use super::schema::{account, coding, coding_mark, theme};
use super::{Db, StoreError, open_answers};
use crate::analysis::text::Rule;

/// The most themes of a round, those put aside included: more than anybody tells apart.
pub const MOST: i64 = 64;

/// What answers can be about.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Theme {
    /// Its number.
    pub id: i64,
    /// Its name in addresses and files.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Its place among the themes of the round, below [`MOST`].
    pub place: i64,
    /// When it was put aside.
    pub ended_at: Option<NaiveDateTime>,
}

/// One application of a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coding {
    /// Its number; of two applications by hand to the same answer the later one counts.
    pub id: i64,
    /// The theme.
    pub theme_id: i64,
    /// Whether it gave the theme, or took it away.
    pub is_on: bool,
    /// The rule; none: by hand.
    pub rule: Option<Rule>,
    /// Who.
    pub by: String,
    /// When.
    pub at: NaiveDateTime,
}

/// An application to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewCoding<'a> {
    /// The round.
    pub round_id: i64,
    /// The theme.
    pub theme_id: i64,
    /// Whether it gives the theme, or takes it away.
    pub is_on: bool,
    /// The rule; none: by hand.
    pub rule: Option<&'a Rule>,
    /// The account.
    pub by: i64,
    /// When.
    pub at: NaiveDateTime,
}

/// The themes of a round, those put aside included, in the order in which they were made.
///
/// # Errors
/// The database failed.
pub fn of_round(db: &mut Db, round_id: i64) -> Result<Vec<Theme>, StoreError> {
    let columns = (theme::id, theme::code, theme::name, theme::place, theme::ended_at);
    Ok(theme::table.filter(theme::round_id.eq(round_id)).order(theme::place).select(columns).load(db)?)
}

/// Makes a theme; one of this code that was put aside is taken up again under this name. Says whether there was room.
///
/// # Errors
/// The database failed; [`StoreError::Exists`] where two do so at once.
pub fn put(db: &mut Db, round_id: i64, code: &str, name: &str, by: i64, at: NaiveDateTime) -> Result<bool, StoreError> {
    let own = theme::table.filter(theme::round_id.eq(round_id));
    let none: Option<NaiveDateTime> = None;
    let known = diesel::update(own.filter(theme::code.eq(code)));
    if known.set((theme::name.eq(name), theme::ended_at.eq(none))).execute(db)? == 0 {
        let last: Option<i64> = own.select(diesel::dsl::max(theme::place)).first(db)?;
        let place = last.map_or(0, |last| last + 1);
        if place >= MOST {
            return Ok(false);
        }
        let row = (theme::round_id.eq(round_id), theme::code.eq(code), theme::name.eq(name), theme::place.eq(place));
        diesel::insert_into(theme::table).values((row, theme::made_by.eq(by), theme::made_at.eq(at))).execute(db)?;
    }
    open_answers::bump(db, round_id)?;
    Ok(true)
}

/// Puts a theme aside; what it was applied to is kept for the day on which it is taken up again.
///
/// # Errors
/// The database failed.
pub fn end(db: &mut Db, round_id: i64, code: &str, at: NaiveDateTime) -> Result<bool, StoreError> {
    let own = theme::table.filter(theme::round_id.eq(round_id)).filter(theme::code.eq(code));
    let ended = diesel::update(own.filter(theme::ended_at.is_null())).set(theme::ended_at.eq(at)).execute(db)?;
    open_answers::bump(db, round_id)?;
    Ok(ended > 0)
}

/// The applications of a round that were not undone, the first first.
///
/// # Errors
/// The database failed, or a rule is damaged.
pub fn codings(db: &mut Db, round_id: i64) -> Result<Vec<Coding>, StoreError> {
    type Row = (i64, i64, bool, Option<String>, String, NaiveDateTime);
    let live = coding::table.filter(coding::round_id.eq(round_id)).filter(coding::ended_at.is_null());
    let columns = (coding::id, coding::theme_id, coding::is_on, coding::rule, account::name, coding::made_at);
    let rows: Vec<Row> = live.inner_join(account::table).order(coding::id).select(columns).load(db)?;
    let read = |(id, theme_id, is_on, rule, by, at): Row| {
        let rule = rule.map(|json| serde_json::from_str(&json)).transpose();
        Ok(Coding { id, theme_id, is_on, rule: rule.map_err(|error| StoreError::corrupt("coding", error))?, by, at })
    };
    rows.into_iter().map(read).collect()
}

/// Applies a theme to these answers, or makes the rule that will find them; returns the number of the application.
///
/// # Errors
/// The database failed.
pub fn apply(db: &mut Db, new: &NewCoding<'_>, answers: &[i64]) -> Result<i64, StoreError> {
    let rule = new.rule.map(serde_json::to_string).transpose().map_err(|error| StoreError::corrupt("coding", error))?;
    let id: i64 = diesel::insert_into(coding::table)
        .values((
            coding::round_id.eq(new.round_id),
            coding::theme_id.eq(new.theme_id),
            coding::is_on.eq(new.is_on),
            coding::rule.eq(rule),
            coding::made_by.eq(new.by),
            coding::made_at.eq(new.at),
        ))
        .returning(coding::id)
        .get_result(db)?;
    mark(db, new.round_id, id, answers)?;
    open_answers::bump(db, new.round_id)?;
    Ok(id)
}

/// Adds answers to an application; those that have gone, or that are among them already, are left out.
///
/// # Errors
/// The database failed.
pub fn mark(db: &mut Db, round_id: i64, coding_id: i64, answers: &[i64]) -> Result<(), StoreError> {
    for some in answers.chunks(500) {
        let there: Vec<i64> = open_answers::texts(db, round_id, some)?.into_iter().map(|(id, _)| id).collect();
        for answer in there {
            let row = (
                coding_mark::round_id.eq(round_id),
                coding_mark::answer_id.eq(answer),
                coding_mark::coding_id.eq(coding_id),
            );
            both!(db, |c| diesel::insert_into(coding_mark::table).values(row).on_conflict_do_nothing().execute(c))?;
        }
    }
    Ok(())
}

/// Undoes an application; says whether there was one.
///
/// # Errors
/// The database failed.
pub fn undo(db: &mut Db, round_id: i64, coding_id: i64, at: NaiveDateTime) -> Result<bool, StoreError> {
    let own = coding::table.find(coding_id).filter(coding::round_id.eq(round_id)).filter(coding::ended_at.is_null());
    if diesel::update(own).set(coding::ended_at.eq(at)).execute(db)? == 0 {
        return Ok(false);
    }
    diesel::delete(coding_mark::table.filter(coding_mark::coding_id.eq(coding_id))).execute(db)?;
    open_answers::bump(db, round_id)?;
    Ok(true)
}

/// Which answers the applications of a round are about: application and answer, in the order of the applications.
///
/// # Errors
/// The database failed.
pub fn marks(db: &mut Db, round_id: i64) -> Result<Vec<(i64, i64)>, StoreError> {
    Ok(coding_mark::table
        .filter(coding_mark::round_id.eq(round_id))
        .order(coding_mark::coding_id)
        .select((coding_mark::coding_id, coding_mark::answer_id))
        .load(db)?)
}
