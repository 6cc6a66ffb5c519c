//! Themes of open answers, and what they were applied to: by hand or by rule, by whom and when, and undone.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::dialect::both;
use super::schema::{account, coding, coding_mark, theme};
use super::{Db, StoreError, open_answers};
use crate::analysis::text::Rule;
use crate::vietnamese::nfc;

/// The most themes of a round, those put aside included: more than anybody tells apart.
pub const MOST: i64 = 64;
/// The longest code of a theme, in letters.
pub const LONGEST_CODE: usize = 60;

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

impl Theme {
    /// Whether this is its name, in capital or small letters.
    pub fn is_called(&self, name: &str) -> bool {
        let plain = |name: &str| nfc(name.trim()).to_lowercase();
        plain(&self.name) == plain(name)
    }
}

/// What became of a name that somebody gave to a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// The theme has it.
    Done,
    /// The theme that has it was put aside, and is in use again.
    Again,
    /// Another theme has it; nothing was changed.
    Known,
    /// There is no room for one more theme.
    Full,
    /// There is no theme of that code.
    Missing,
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

/// Adds a theme and changes no other. Its code is this one or, where another theme has it, the first that is free with a number
/// after it; one of the same name that was put aside is taken up again.
///
/// # Errors
/// The database failed; [`StoreError::Exists`] where two do so at once.
pub fn add(
    db: &mut Db,
    round_id: i64,
    code: &str,
    name: &str,
    by: i64,
    at: NaiveDateTime,
) -> Result<Named, StoreError> {
    let all = of_round(db, round_id)?;
    let mut same = all.iter().filter(|theme| theme.is_called(name));
    match same.clone().find(|theme| theme.ended_at.is_none()).or_else(|| same.next()) {
        Some(theme) if theme.ended_at.is_none() => return Ok(Named::Known),
        Some(theme) => return call(db, round_id, theme, &theme.name),
        None => {}
    }
    let place = all.last().map_or(0, |theme| theme.place + 1);
    if place >= MOST {
        return Ok(Named::Full);
    }
    let code = free_code(&all, code);
    let row = (theme::round_id.eq(round_id), theme::code.eq(code), theme::name.eq(name), theme::place.eq(place));
    diesel::insert_into(theme::table).values((row, theme::made_by.eq(by), theme::made_at.eq(at))).execute(db)?;
    open_answers::bump(db, round_id)?;
    Ok(Named::Done)
}

/// Gives the theme of this code this name, and takes it up again where it was put aside.
///
/// # Errors
/// The database failed.
pub fn rename(db: &mut Db, round_id: i64, code: &str, name: &str) -> Result<Named, StoreError> {
    let all = of_round(db, round_id)?;
    let Some(own) = all.iter().find(|theme| theme.code == code) else { return Ok(Named::Missing) };
    if !own.is_called(name) && all.iter().any(|theme| theme.is_called(name)) {
        return Ok(Named::Known);
    }
    call(db, round_id, own, name)
}

fn call(db: &mut Db, round_id: i64, own: &Theme, name: &str) -> Result<Named, StoreError> {
    let row = (theme::name.eq(name), theme::ended_at.eq(None::<NaiveDateTime>));
    diesel::update(theme::table.find(own.id)).set(row).execute(db)?;
    open_answers::bump(db, round_id)?;
    Ok(if own.ended_at.is_some() { Named::Again } else { Named::Done })
}

/// This code, or with the first number from 2 that makes it one that no theme has.
fn free_code(all: &[Theme], code: &str) -> String {
    let numbered = |number: i64| {
        let end = format!("-{number}");
        let begin: String = code.chars().take(LONGEST_CODE - end.len()).collect();
        begin.trim_end_matches('-').to_owned() + &end
    };
    let mut codes = std::iter::once(code.to_owned()).chain((2..=MOST + 1).map(numbered));
    codes.find(|code| !all.iter().any(|theme| theme.code == *code)).unwrap_or_else(|| code.to_owned())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(code: &str) -> Theme {
        Theme { id: 1, code: code.to_owned(), name: "Sân trường".to_owned(), place: 0, ended_at: None }
    }

    #[test]
    fn a_code_that_another_theme_has_gets_a_number_within_its_length() {
        let long = "a".repeat(LONGEST_CODE);
        let all = ["san-truong", "san-truong-2", &long].map(theme);
        assert_eq!(free_code(&all, "san-truong"), "san-truong-3");
        assert_eq!(free_code(&all, "bua-an"), "bua-an");
        assert_eq!(free_code(&all, &long), format!("{}-2", "a".repeat(LONGEST_CODE - 2)));
    }

    #[test]
    fn a_name_is_the_same_in_capitals_and_decomposed_and_another_with_other_diacritics() {
        let theme = theme("san-truong");
        assert!(theme.is_called(" SÂN TRƯỜNG ") && theme.is_called("sa\u{302}n trường"));
        assert!(!theme.is_called("Sàn trường"));
    }
}
