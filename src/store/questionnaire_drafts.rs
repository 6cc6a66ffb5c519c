//! Questionnaires that offices write themselves, and everything that was ever saved of them.

use std::collections::HashSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::questionnaire_draft;
use super::{Db, StoreError};

mod history;

pub use history::{HistoryRow, Occasion, content_of, history};
use history::{Line, carried_on, remember};

/// One of them, as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct DraftRow {
    /// Its number.
    pub id: i64,
    /// The unit that it belongs to.
    pub owner_id: i64,
    /// Its code; no other has it.
    pub code: String,
    /// What it is called, in Vietnamese.
    pub title: String,
    /// The code of the official template whose items it keeps.
    pub based_on: Option<String>,
    /// The file.
    pub content: String,
    /// Counts up with each change.
    pub revision: i64,
    /// When it was last changed.
    pub changed_at: NaiveDateTime,
    /// By which account.
    pub changed_by: i64,
    /// Since when it is put away.
    pub archived_at: Option<NaiveDateTime>,
}

/// One to be made.
#[derive(Debug, Clone)]
pub struct NewDraft {
    /// The unit that it belongs to.
    pub owner_id: i64,
    /// Its code.
    pub code: String,
    /// What it is called, in Vietnamese.
    pub title: String,
    /// The code of the official template whose items it keeps.
    pub based_on: Option<String>,
    /// The file.
    pub content: String,
}

/// What is saved over one.
#[derive(Debug, Clone)]
pub struct Change {
    /// The revision that was changed.
    pub from: i64,
    /// What it is called now.
    pub title: String,
    /// The file.
    pub content: String,
    /// How it came about.
    pub occasion: Occasion,
}

/// Makes one, with the first line of its history; its number.
///
/// # Errors
/// [`StoreError::Exists`] when the code is taken.
pub fn insert(db: &mut Db, new: &NewDraft, by: i64, now: NaiveDateTime) -> Result<i64, StoreError> {
    let inserted = diesel::insert_into(questionnaire_draft::table)
        .values((
            questionnaire_draft::owner_id.eq(new.owner_id),
            questionnaire_draft::code.eq(&new.code),
            questionnaire_draft::title.eq(&new.title),
            questionnaire_draft::based_on.eq(&new.based_on),
            questionnaire_draft::content.eq(&new.content),
            questionnaire_draft::revision.eq(1),
            questionnaire_draft::changed_at.eq(now),
            questionnaire_draft::changed_by.eq(by),
        ))
        .returning(questionnaire_draft::id)
        .get_result::<i64>(db)
        .map_err(StoreError::from);
    let id = inserted.map_err(|error| if error.is_duplicate() { StoreError::Exists("code") } else { error })?;
    let first = Line { revision: 1, occasion: &Occasion::Asked, since: now, content: &new.content };
    remember(db, id, &first, by, now)?;
    Ok(id)
}

/// The one with this number.
///
/// # Errors
/// The database failed.
pub fn find(db: &mut Db, id: i64) -> Result<Option<DraftRow>, StoreError> {
    Ok(questionnaire_draft::table.find(id).first(db).optional()?)
}

/// The one with this code.
///
/// # Errors
/// The database failed.
pub fn by_code(db: &mut Db, code: &str) -> Result<Option<DraftRow>, StoreError> {
    Ok(questionnaire_draft::table.filter(questionnaire_draft::code.eq(code)).first(db).optional()?)
}

/// The one with this number, which nobody else changes until the end of the transaction.
///
/// # Errors
/// The database failed.
pub fn hold(db: &mut Db, id: i64) -> Result<Option<DraftRow>, StoreError> {
    let row = questionnaire_draft::table.find(id);
    diesel::update(row).set(questionnaire_draft::revision.eq(questionnaire_draft::revision)).execute(db)?;
    find(db, id)
}

/// Those of these units, the latest change first.
///
/// # Errors
/// The database failed.
pub fn of_units(db: &mut Db, units: &HashSet<i64>) -> Result<Vec<DraftRow>, StoreError> {
    let all: Vec<DraftRow> = questionnaire_draft::table
        .order(questionnaire_draft::changed_at.desc())
        .then_order_by(questionnaire_draft::id)
        .load(db)?;
    Ok(all.into_iter().filter(|row| units.contains(&row.owner_id)).collect())
}

/// Saves a change and returns its revision; none when somebody saved another one since.
///
/// # Errors
/// The database failed.
pub fn save(db: &mut Db, id: i64, change: &Change, by: i64, now: NaiveDateTime) -> Result<Option<i64>, StoreError> {
    let revision = change.from + 1;
    let unchanged = questionnaire_draft::table.find(id).filter(questionnaire_draft::revision.eq(change.from));
    let saved = diesel::update(unchanged)
        .set((
            questionnaire_draft::title.eq(&change.title),
            questionnaire_draft::content.eq(&change.content),
            questionnaire_draft::revision.eq(revision),
            questionnaire_draft::changed_at.eq(now),
            questionnaire_draft::changed_by.eq(by),
        ))
        .execute(db)?;
    if saved == 0 {
        return Ok(None);
    }
    let since = carried_on(db, id, change, by, now)?;
    let line = Line { revision, occasion: &change.occasion, since, content: &change.content };
    remember(db, id, &line, by, now)?;
    Ok(Some(revision))
}

/// Puts one away, or brings it back.
///
/// # Errors
/// The database failed.
pub fn archive(db: &mut Db, id: i64, since: Option<NaiveDateTime>) -> Result<(), StoreError> {
    diesel::update(questionnaire_draft::table.find(id)).set(questionnaire_draft::archived_at.eq(since)).execute(db)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{at, store_with_account};

    fn draft() -> NewDraft {
        NewDraft {
            owner_id: 2,
            code: "phieu-phuong".into(),
            title: "Phiếu của phường".into(),
            based_on: None,
            content: "{}".into(),
        }
    }

    #[test]
    fn of_two_who_change_the_same_revision_the_second_is_told() {
        let (_database, store, by) = store_with_account();
        let id = store.write_now(|db| insert(db, &draft(), by, at(0))).unwrap();
        let change = |content: &str| Change {
            from: 1,
            title: "Phiếu".into(),
            content: content.into(),
            occasion: Occasion::Asked,
        };
        let save = |content: &str| store.write_now(|db| save(db, id, &change(content), by, at(1))).unwrap();
        assert_eq!((save("{\"a\":1}"), save("{\"b\":2}")), (Some(2), None));
        let row = store.read_now(|db| find(db, id)).unwrap().unwrap();
        assert_eq!((row.revision, row.content.as_str()), (2, "{\"a\":1}"));
        let history = store.read_now(|db| history(db, id)).unwrap();
        assert_eq!(history.iter().map(|row| row.revision).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(store.read_now(|db| content_of(db, id, 1)).unwrap().unwrap(), "{}");
    }

    #[test]
    fn what_a_page_saves_of_one_item_within_a_minute_is_one_line_of_the_history() {
        let (_database, store, by) = store_with_account();
        let id = store.write_now(|db| insert(db, &draft(), by, at(0))).unwrap();
        let saved = |from: i64, item: &str, second: i64| {
            let occasion = Occasion::ByItself(item.into());
            let change = Change { from, title: "Phiếu".into(), content: format!("{{\"n\":{from}}}"), occasion };
            store.write_now(|db| save(db, id, &change, by, at(second))).unwrap().unwrap();
            let history = store.read_now(|db| history(db, id)).unwrap();
            history.iter().map(|row| row.revision).collect::<Vec<_>>()
        };
        assert_eq!(saved(1, "question A1", 10), [2, 1]);
        assert_eq!(saved(2, "question A1", 40), [3, 1]);
        assert_eq!(saved(3, "question A1", 69), [4, 1], "a minute after it began");
        assert_eq!(saved(4, "question A1", 71), [5, 4, 1]);
        assert_eq!(saved(5, "question A2", 72), [6, 5, 4, 1]);
        let content = |revision| store.read_now(|db| content_of(db, id, revision)).unwrap().unwrap();
        assert_eq!((content(3), content(4)), ("{}".to_owned(), "{\"n\":3}".to_owned()));
    }

    #[test]
    fn no_two_questionnaires_have_one_code_and_what_is_put_away_keeps_it() {
        let (_database, store, by) = store_with_account();
        let id = store.write_now(|db| insert(db, &draft(), by, at(0))).unwrap();
        store.write_now(|db| archive(db, id, Some(at(1)))).unwrap();
        let again = store.write_now(|db| insert(db, &draft(), by, at(2)));
        assert!(matches!(again, Err(StoreError::Exists(_))), "{again:?}");
        let mine = |unit| store.read_now(|db| of_units(db, &HashSet::from([unit]))).unwrap().len();
        assert_eq!((mine(2), mine(1)), (1, 0));
    }
}
