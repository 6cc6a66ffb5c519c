//! Forms that somebody is in the middle of: sealed, in no backup, gone when they are sent, idle or too late.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use super::dialect::both;
use super::schema::{round, unfinished, unfinished_part, unfinished_picture};
use super::{Db, StoreError};
use crate::survey::code::Way;
use crate::survey::picture::PictureId;
use crate::survey::round::GRACE;

/// A form that nobody touched for so long is forgotten.
pub const IDLE: TimeDelta = TimeDelta::hours(48);

/// More pictures are not kept for one form: three questions with three each, and some that were taken out in another tab.
pub const MOST_PICTURES: i64 = 12;

/// What is known about an unfinished form without opening it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = unfinished)]
pub struct UnfinishedRow {
    /// SHA-256 of the secret in its address.
    pub hash: Vec<u8>,
    /// Its round.
    pub round_id: i64,
    /// The code it was begun at.
    pub collector: String,
    /// The questionnaire version it was drawn from.
    pub version_id: i64,
    /// When it was begun, UTC.
    pub begun_at: NaiveDateTime,
    /// When something was saved last, UTC.
    pub touched_at: NaiveDateTime,
    /// The code of how it is filled in.
    pub way: String,
    /// Four-digit codes that were wrong.
    pub tries: i64,
}

impl UnfinishedRow {
    /// How it is filled in.
    ///
    /// # Errors
    /// The row holds a way that this version does not know.
    pub fn way(&self) -> Result<Way, StoreError> {
        self.way.parse().map_err(|error| StoreError::corrupt("way of filling in", error))
    }
}

/// One part of it: the section's place, and what was filled in, sealed.
pub type Part = (i64, Vec<u8>);

/// One change; several are made in one transaction.
#[derive(Debug, Clone)]
pub enum Change {
    /// A form is begun.
    Begin(UnfinishedRow),
    /// A part was filled in, at this time.
    Save(Vec<u8>, Part, NaiveDateTime),
    /// A picture was sent, sealed, at this time.
    Add(Vec<u8>, PictureId, Vec<u8>, NaiveDateTime),
    /// It was taken out again.
    Remove(Vec<u8>, PictureId),
    /// Four digits are about to be compared: counted beforehand, and not at all where so many were wrong already. Whoever
    /// compared first and counted afterwards would let any number of requests at once compare.
    Try(Vec<u8>, i64),
    /// They were right: that try does not count.
    Right(Vec<u8>),
    /// It was sent, or given up.
    End(Vec<u8>),
}

/// What a [`Change::Try`] found: how many wrong tries there were before it, where it may be made. None for other changes.
pub type TriesBefore = Option<i64>;

/// Makes changes, in order. Parts of a form that is gone are not kept.
///
/// # Errors
/// The database failed.
pub fn apply(db: &mut Db, changes: &[Change]) -> Result<Vec<TriesBefore>, StoreError> {
    let mut before = vec![None; changes.len()];
    for (change, before) in changes.iter().zip(&mut before) {
        match change {
            Change::Begin(row) => {
                diesel::insert_into(unfinished::table).values(row).execute(db)?;
            }
            Change::Save(hash, part, now) => save(db, hash, part, *now)?,
            Change::Add(hash, id, sealed, now) => add(db, hash, *id, sealed, *now)?,
            Change::Remove(hash, id) => {
                diesel::delete(unfinished_picture::table.find((hash, &id.bytes()[..]))).execute(db)?;
            }
            Change::Try(hash, most) => *before = reserve(db, hash, *most)?,
            Change::Right(hash) => {
                let tries = unfinished::tries.eq(unfinished::tries - 1);
                let counted = unfinished::table.find(hash).filter(unfinished::tries.gt(0));
                diesel::update(counted).set(tries).execute(db)?;
            }
            Change::End(hash) => {
                diesel::delete(unfinished_picture::table.filter(unfinished_picture::hash.eq(hash))).execute(db)?;
                diesel::delete(unfinished_part::table.filter(unfinished_part::hash.eq(hash))).execute(db)?;
                diesel::delete(unfinished::table.find(hash)).execute(db)?;
            }
        }
    }
    Ok(before)
}

/// Counts one more try, if fewer than so many were counted.
fn reserve(db: &mut Db, hash: &[u8], most: i64) -> Result<TriesBefore, StoreError> {
    let left = unfinished::table.find(hash).filter(unfinished::tries.lt(most));
    let counted = diesel::update(left).set(unfinished::tries.eq(unfinished::tries + 1)).returning(unfinished::tries);
    Ok(counted.get_result::<i64>(db).optional()?.map(|tries| tries - 1))
}

/// Whether the form is still there; if so, it is not idle.
fn touch(db: &mut Db, hash: &[u8], now: NaiveDateTime) -> Result<bool, StoreError> {
    let touched = diesel::update(unfinished::table.find(hash)).set(unfinished::touched_at.eq(now)).execute(db)?;
    Ok(touched > 0)
}

fn add(db: &mut Db, hash: &[u8], id: PictureId, sealed: &[u8], now: NaiveDateTime) -> Result<(), StoreError> {
    use unfinished_picture as p;
    if touch(db, hash, now)? && pictures(db, hash)? < MOST_PICTURES {
        diesel::insert_into(p::table)
            .values((p::hash.eq(hash), p::id.eq(&id.bytes()[..]), p::sealed.eq(sealed)))
            .execute(db)?;
    }
    Ok(())
}

/// How many pictures are kept for an unfinished form, whether its answers name them or not.
///
/// # Errors
/// The database failed.
pub fn pictures(db: &mut Db, hash: &[u8]) -> Result<i64, StoreError> {
    Ok(unfinished_picture::table.filter(unfinished_picture::hash.eq(hash)).count().get_result(db)?)
}

/// A picture of an unfinished form, sealed.
///
/// # Errors
/// The database failed.
pub fn picture(db: &mut Db, hash: &[u8], id: PictureId) -> Result<Option<Vec<u8>>, StoreError> {
    let found = unfinished_picture::table.find((hash, &id.bytes()[..]));
    Ok(found.select(unfinished_picture::sealed).first(db).optional()?)
}

fn save(db: &mut Db, hash: &[u8], (part, sealed): &Part, now: NaiveDateTime) -> Result<(), StoreError> {
    use unfinished_part as p;
    if !touch(db, hash, now)? {
        return Ok(());
    }
    both!(db, |db| diesel::insert_into(p::table)
        .values((p::hash.eq(hash), p::part.eq(part), p::sealed.eq(sealed)))
        .on_conflict((p::hash, p::part))
        .do_update()
        .set(p::sealed.eq(sealed))
        .execute(db))?;
    Ok(())
}

/// An unfinished form with its parts.
///
/// # Errors
/// The database failed.
pub fn find(db: &mut Db, hash: &[u8], now: NaiveDateTime) -> Result<Option<(UnfinishedRow, Vec<Part>)>, StoreError> {
    let row: Option<UnfinishedRow> =
        unfinished::table.find(hash).filter(unfinished::touched_at.gt(now - IDLE)).first(db).optional()?;
    let Some(row) = row else { return Ok(None) };
    let parts = unfinished_part::table
        .filter(unfinished_part::hash.eq(hash))
        .select((unfinished_part::part, unfinished_part::sealed))
        .order(unfinished_part::part)
        .load(db)?;
    Ok(Some((row, parts)))
}

/// Deletes what was idle for too long, and what no round takes any more.
///
/// # Errors
/// The database failed.
pub fn forget(db: &mut Db, now: NaiveDateTime) -> Result<(), StoreError> {
    let shut = round::table
        .filter(round::frozen_at.is_not_null().or(round::closes_at.le(now - GRACE)))
        .select(round::id)
        .load::<i64>(db)?;
    let gone = unfinished::table
        .filter(unfinished::touched_at.le(now - IDLE).or(unfinished::round_id.eq_any(shut)))
        .select(unfinished::hash)
        .load::<Vec<u8>>(db)?;
    for hash in gone {
        apply(db, &[Change::End(hash)])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{at, empty_store};

    fn begun(byte: u8) -> UnfinishedRow {
        UnfinishedRow {
            hash: vec![byte; 32],
            round_id: 1,
            collector: "H7K3QP".to_owned(),
            version_id: 1,
            begun_at: at(0),
            touched_at: at(0),
            way: Way::Own.code().to_owned(),
            tries: 0,
        }
    }

    #[test]
    fn a_part_that_is_saved_again_replaces_itself_and_nothing_else() {
        let (_database, store) = empty_store();
        let hash = vec![1; 32];
        let changes = [
            Change::Begin(begun(1)),
            Change::Save(hash.clone(), (0, b"a".to_vec()), at(1)),
            Change::Save(hash.clone(), (1, b"b".to_vec()), at(2)),
            Change::Save(hash.clone(), (0, b"c".to_vec()), at(3)),
            Change::Save(vec![9; 32], (0, b"of nobody".to_vec()), at(3)),
        ];
        store.write_now(|db| apply(db, &changes)).unwrap();
        let (row, parts) = store.read_now(|db| find(db, &hash, at(4))).unwrap().unwrap();
        assert_eq!((row.touched_at, parts), (at(3), vec![(0, b"c".to_vec()), (1, b"b".to_vec())]));
        assert_eq!(store.read_now(|db| find(db, &[9; 32], at(4))).unwrap(), None);
    }

    #[test]
    fn pictures_belong_to_a_form_are_bounded_and_go_with_it() {
        let (_database, store) = empty_store();
        let picture_of = |byte: u8, id: u8| Change::Add(vec![byte; 32], PictureId::new([id; 16]), vec![id], at(1));
        let kept = |byte: u8| store.read_now(|db| pictures(db, &[byte; 32])).unwrap();
        store.write_now(|db| apply(db, &[Change::Begin(begun(1)), picture_of(1, 7), picture_of(9, 7)])).unwrap();
        assert_eq!((kept(1), kept(9)), (1, 0));
        let sealed = |byte: u8| store.read_now(|db| picture(db, &[byte; 32], PictureId::new([7; 16]))).unwrap();
        assert_eq!((sealed(1), sealed(2)), (Some(vec![7]), None));
        let many: Vec<Change> = (20..60).map(|id| picture_of(1, id)).collect();
        store.write_now(|db| apply(db, &many)).unwrap();
        assert_eq!(kept(1), MOST_PICTURES);
        store.write_now(|db| apply(db, &[Change::Remove(vec![1; 32], PictureId::new([7; 16]))])).unwrap();
        assert_eq!(kept(1), MOST_PICTURES - 1);
        store.write_now(|db| forget(db, at(1) + IDLE)).unwrap();
        assert_eq!(kept(1), 0);
    }

    #[test]
    fn tries_are_counted_before_they_are_made_and_a_right_one_is_given_back() {
        let (_database, store) = empty_store();
        let hash = vec![1; 32];
        let try_it = || Change::Try(hash.clone(), 2);
        let changes = [Change::Begin(begun(1)), try_it(), try_it(), try_it(), Change::Right(hash.clone()), try_it()];
        let made = store.write_now(|db| apply(db, &changes)).unwrap();
        assert_eq!(made, [None, Some(0), Some(1), None, None, Some(1)]);
        assert_eq!(store.write_now(|db| apply(db, &[Change::Try(vec![9; 32], 2)])).unwrap(), [None]);
    }

    #[test]
    fn forty_eight_idle_hours_and_a_form_is_gone() {
        let (_database, store) = empty_store();
        store.write_now(|db| apply(db, &[Change::Begin(begun(1)), Change::Begin(begun(2))])).unwrap();
        let later = IDLE.num_seconds();
        store.write_now(|db| apply(db, &[Change::Save(vec![2; 32], (0, vec![7]), at(60))])).unwrap();
        store.write_now(|db| forget(db, at(later))).unwrap();
        let is_there = |byte: u8| store.read_now(|db| find(db, &[byte; 32], at(1))).unwrap().is_some();
        assert!(!is_there(1) && is_there(2));
        assert_eq!(store.read_now(|db| find(db, &[2; 32], at(60 + later))).unwrap(), None);
    }
}
