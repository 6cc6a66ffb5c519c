//! The words of danger that this installation looks for. The column `folded` holds [`Word::key`]: capitals and the place of
//! a tone are folded away, diacritics are not, because they make different words.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::dialect::both;
use super::meta;
use super::schema::danger_word;
use super::{Db, StoreError};
use crate::survey::danger::{Word, default_words};
use crate::vietnamese::compare;

/// The list, as in a dictionary.
///
/// # Errors
/// The database failed.
pub fn all(db: &mut Db) -> Result<Vec<Word>, StoreError> {
    let words: Vec<String> = danger_word::table.select(danger_word::word).load(db)?;
    let words: Result<Vec<Word>, _> = words.iter().map(|word| Word::parse(word)).collect();
    let mut words = words.map_err(|e| StoreError::corrupt("word of danger", e))?;
    words.sort_by(|a, b| compare(a.as_str(), b.as_str()));
    Ok(words)
}

/// Adds a word; says whether it is new.
///
/// # Errors
/// The database failed.
pub fn add(db: &mut Db, word: &Word, now: NaiveDateTime) -> Result<bool, StoreError> {
    let added = insert(db, word, now)?;
    if added {
        meta::bump_revision(db)?;
    }
    Ok(added)
}

fn insert(db: &mut Db, word: &Word, now: NaiveDateTime) -> Result<bool, StoreError> {
    let row = (danger_word::folded.eq(word.key()), danger_word::word.eq(word.as_str()), danger_word::added_at.eq(now));
    let rows = both!(db, |c| diesel::insert_into(danger_word::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(rows > 0)
}

/// Removes a word; says whether it was there.
///
/// # Errors
/// The database failed.
pub fn remove(db: &mut Db, word: &Word) -> Result<bool, StoreError> {
    let removed = diesel::delete(danger_word::table.find(word.key())).execute(db)? > 0;
    if removed {
        meta::bump_revision(db)?;
    }
    Ok(removed)
}

/// Puts the list that comes with the program into a database that has none.
///
/// # Errors
/// The database failed.
pub fn seed_if_empty(db: &mut Db, now: NaiveDateTime) -> Result<(), StoreError> {
    let known: i64 = danger_word::table.count().get_result(db)?;
    if known > 0 {
        return Ok(());
    }
    for word in default_words() {
        insert(db, &word, now)?;
    }
    meta::bump_revision(db)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{at, store_with_units};

    #[test]
    fn the_list_is_seeded_once_and_can_be_changed() {
        let (_database, store) = store_with_units();
        let write = |work: &dyn Fn(&mut Db) -> Result<bool, StoreError>| store.write_now(work).unwrap();
        store.write_now(|db| seed_if_empty(db, at(0))).unwrap();
        let word = Word::parse("đe doạ").unwrap();
        let revision = store.read_now(meta::revision).unwrap();
        // the list has "đe dọa": the same word
        assert!(!write(&|db| add(db, &word, at(1))));
        assert_eq!(store.read_now(meta::revision).unwrap(), revision);
        assert!(write(&|db| remove(db, &word)));
        assert!(!write(&|db| remove(db, &word)));
        assert_eq!(store.read_now(meta::revision).unwrap(), revision + 1);
        store.write_now(|db| seed_if_empty(db, at(2))).unwrap();
        assert_eq!(store.read_now(all).unwrap().len(), default_words().count() - 1);
    }
}
