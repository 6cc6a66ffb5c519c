//! The audit log: what people did. Lines are written in the transaction of what they tell about, and never changed.

use std::collections::HashSet;

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use super::schema::{account, audit, unit};
use super::{Db, StoreError};
use crate::survey::audit::Action;
use crate::vietnamese::fold;

/// One line to be written.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// When.
    pub at: NaiveDateTime,
    /// Who; none: the command line.
    pub account_id: Option<i64>,
    /// The unit that it is about: whoever looks after its people reads the line.
    pub unit_id: i64,
    /// What was done.
    pub action: Action,
    /// To what: a login, the address of a round, the name of a token.
    pub subject: &'a str,
    /// More, as codes and dates; mostly empty.
    pub detail: &'a str,
}

/// One line as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number: later lines have larger ones.
    pub id: i64,
    /// When, UTC.
    pub at: NaiveDateTime,
    /// Who, as name and login.
    pub person: Option<(String, String)>,
    /// The name of the unit that it is about.
    pub unit: String,
    /// What was done.
    pub action: Action,
    /// To what.
    pub subject: String,
    /// More.
    pub detail: String,
}

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// About these units.
    pub units: HashSet<i64>,
    /// By somebody whose name or login holds this; diacritics may be left out.
    pub person: String,
    /// Only this.
    pub action: Option<Action>,
    /// About something whose name holds this.
    pub subject: String,
    /// From this moment on.
    pub from: Option<NaiveDateTime>,
    /// Before this moment.
    pub until: Option<NaiveDateTime>,
}

/// Writes a line.
///
/// # Errors
/// The database failed.
pub fn note(db: &mut Db, entry: Entry<'_>) -> Result<(), StoreError> {
    diesel::insert_into(audit::table)
        .values((
            audit::at.eq(entry.at),
            audit::account_id.eq(entry.account_id),
            audit::unit_id.eq(entry.unit_id),
            audit::action.eq(entry.action.code()),
            audit::subject.eq(entry.subject),
            audit::detail.eq(entry.detail),
        ))
        .execute(db)?;
    Ok(())
}

/// Writes a line unless the same stands there of the same person, and is not older than that.
///
/// # Errors
/// The database failed.
pub fn note_once_in(db: &mut Db, entry: Entry<'_>, span: TimeDelta) -> Result<(), StoreError> {
    let same = audit::unit_id.eq(entry.unit_id).and(audit::action.eq(entry.action.code()));
    let theirs = audit::account_id.eq(entry.account_id).and(audit::subject.eq(entry.subject));
    let lines = audit::table.filter(same).filter(theirs).filter(audit::at.gt(entry.at - span));
    let known: i64 = lines.count().get_result(db)?;
    if known > 0 { Ok(()) } else { note(db, entry) }
}

/// What gives whoever does it a way into somebody's account.
const ENTRIES: [Action; 3] = [Action::PersonInvited, Action::LinkMade, Action::MailChanged];

/// Who made the last link for this login, or said where its links go: when, UTC, and the account; none: the command line.
///
/// # Errors
/// The database failed.
pub fn last_entry(db: &mut Db, login: &str) -> Result<Option<(NaiveDateTime, Option<i64>)>, StoreError> {
    let lines = audit::table.filter(audit::subject.eq(login)).filter(audit::action.eq_any(ENTRIES.map(Action::code)));
    Ok(lines.order(audit::id.desc()).select((audit::at, audit::account_id)).first(db).optional()?)
}

/// When one of these accounts last gave itself a way into this login's account, and which.
///
/// # Errors
/// The database failed.
pub fn last_entry_by(db: &mut Db, login: &str, by: &[i64]) -> Result<Option<(NaiveDateTime, i64)>, StoreError> {
    let lines = audit::table.filter(audit::subject.eq(login)).filter(audit::action.eq_any(ENTRIES.map(Action::code)));
    let theirs = lines.filter(audit::account_id.eq_any(by)).filter(audit::account_id.is_not_null());
    let last: Option<(NaiveDateTime, Option<i64>)> =
        theirs.order(audit::id.desc()).select((audit::at, audit::account_id)).first(db).optional()?;
    Ok(last.and_then(|(at, who)| Some((at, who?))))
}

/// Writes a line about what somebody did to the own account.
///
/// # Errors
/// The database failed.
pub fn note_own(db: &mut Db, account_id: i64, action: Action, at: NaiveDateTime) -> Result<(), StoreError> {
    let (login, unit_id): (String, i64) =
        account::table.find(account_id).select((account::login, account::unit_id)).first(db)?;
    note(db, Entry { at, account_id: Some(account_id), unit_id, action, subject: &login, detail: "" })
}

type Row = (i64, NaiveDateTime, Option<i64>, String, String, String, String);

/// So many rows are read at once while looking.
const CHUNK: i64 = 500;

/// The newest lines that fit, below a number where one is given; at most so many.
///
/// # Errors
/// The database failed, or holds a deed that this program does not know.
pub fn find(db: &mut Db, search: &Search, below: Option<i64>, most: usize) -> Result<Vec<Line>, StoreError> {
    let people: Vec<(i64, String, String)> =
        account::table.select((account::id, account::name, account::login)).load(db)?;
    let units: Vec<i64> = search.units.iter().copied().collect();
    let actions: Vec<&str> =
        Action::ALL.iter().filter(|a| search.action.is_none_or(|b| b == **a)).map(|a| a.code()).collect();
    let (from, until) = (search.from.unwrap_or(NaiveDateTime::MIN), search.until);
    let (person, subject) = (fold(&search.person), fold(&search.subject));
    let mut found = Vec::new();
    let mut below = below.unwrap_or(i64::MAX);
    loop {
        let rows: Vec<Row> = audit::table
            .inner_join(unit::table)
            .filter(audit::id.lt(below).and(audit::unit_id.eq_any(&units)).and(audit::action.eq_any(&actions)))
            .order(audit::id.desc())
            .limit(CHUNK)
            .select((audit::id, audit::at, audit::account_id, unit::name, audit::action, audit::subject, audit::detail))
            .load(db)?;
        let Some(last) = rows.last() else { return Ok(found) };
        below = last.0;
        for (id, at, who, unit, action, about, detail) in rows {
            let who = people.iter().find(|(id, ..)| Some(*id) == who);
            let is_by = person.is_empty()
                || who.is_some_and(|(_, name, login)| fold(&format!("{name} {login}")).contains(&person));
            if at < from || until.is_some_and(|until| at >= until) || !is_by || !fold(&about).contains(&subject) {
                continue;
            }
            let action = action.parse().map_err(|e| StoreError::corrupt("deed", e))?;
            let person = who.map(|(_, name, login)| (name.clone(), login.clone()));
            found.push(Line { id, at, person, unit, action, subject: about, detail });
            if found.len() == most {
                return Ok(found);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{at, store_with_account};
    use diesel::connection::SimpleConnection;

    #[test]
    fn lines_are_found_by_person_deed_subject_and_time_the_newest_first() {
        let (_database, store, account) = store_with_account();
        store
            .write_now(|db| {
                note_own(db, account, Action::SignIn, at(1))?;
                let made = Entry {
                    at: at(2),
                    account_id: None,
                    unit_id: 2,
                    action: Action::RoundMade,
                    subject: "y-kien",
                    detail: "",
                };
                note(db, made)?;
                note(db, Entry { action: Action::RoundOpened, at: at(3), account_id: Some(account), ..made })
            })
            .unwrap();
        let ward = Search { units: HashSet::from([2]), ..Search::default() };
        let of = |search: &Search| -> Vec<&'static str> {
            let lines = store.read_now(|db| find(db, search, None, 10)).unwrap();
            lines.iter().map(|line| line.action.code()).collect()
        };
        assert_eq!(of(&ward), ["round-opened", "round-made", "sign-in"]);
        assert_eq!(of(&Search { person: "nguyễn văn".into(), ..ward.clone() }), ["round-opened", "sign-in"]);
        assert_eq!(of(&Search { subject: "Ý-KIẾN".into(), ..ward.clone() }), ["round-opened", "round-made"]);
        assert_eq!(of(&Search { action: Some(Action::SignIn), ..ward.clone() }), ["sign-in"]);
        assert_eq!(of(&Search { from: Some(at(2)), until: Some(at(3)), ..ward.clone() }), ["round-made"]);
        assert_eq!(of(&Search { units: HashSet::from([1, 3]), ..ward.clone() }), [""; 0]);
        let first = store.read_now(|db| find(db, &ward, None, 1)).unwrap().remove(0).id;
        assert_eq!(store.read_now(|db| find(db, &ward, Some(first), 10)).unwrap().len(), 2);
    }

    #[test]
    fn what_was_written_can_be_neither_changed_nor_deleted() {
        let (_database, store, account) = store_with_account();
        store.write_now(|db| note_own(db, account, Action::SignIn, at(1))).unwrap();
        for statement in ["UPDATE audit SET subject = 'x'", "DELETE FROM audit"] {
            let refused = store.write_now(|db| Ok(db.batch_execute(statement)?));
            assert!(refused.is_err_and(|error| error.to_string().contains("append-only")), "{statement}");
        }
    }
}
