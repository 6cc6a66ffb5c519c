//! Pictures of submissions. They are read one by one and in the order of their random ids.

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::schema::picture;
use super::{Db, StoreError};
use crate::survey::picture::PictureId;

/// A picture that comes with a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPicture {
    /// As the answers name it.
    pub id: PictureId,
    /// The code of the question that asked for it.
    pub question: String,
    /// The picture, drawn anew.
    pub jpeg: Vec<u8>,
}

/// Keeps the pictures of a form that is being stored.
///
/// # Errors
/// The database failed.
pub(super) fn keep(db: &mut Db, round_id: i64, unit_id: i64, new: &[NewPicture]) -> Result<(), StoreError> {
    use picture as p;
    for picture in new {
        diesel::insert_into(p::table)
            .values((
                p::round_id.eq(round_id),
                p::id.eq(&picture.id.bytes()[..]),
                p::unit_id.eq(unit_id),
                p::question.eq(&picture.question),
                p::jpeg.eq(&picture.jpeg),
            ))
            .execute(db)?;
    }
    Ok(())
}

/// One picture of a round, as JPEG.
///
/// # Errors
/// The database failed.
pub fn find(db: &mut Db, round_id: i64, id: PictureId) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(picture::table.find((round_id, &id.bytes()[..])).select(picture::jpeg).first(db).optional()?)
}

/// How many pictures came from each unit, by its id.
///
/// # Errors
/// The database failed.
pub fn by_unit(db: &mut Db, round_id: i64) -> Result<Vec<(i64, i64)>, StoreError> {
    Ok(picture::table
        .filter(picture::round_id.eq(round_id))
        .group_by(picture::unit_id)
        .select((picture::unit_id, count_star()))
        .load(db)?)
}

/// A page of a unit's pictures behind the one given, each with the code of its question.
///
/// # Errors
/// The database failed.
pub fn of_unit(
    db: &mut Db,
    round_id: i64,
    unit_id: i64,
    after: Option<PictureId>,
    limit: i64,
) -> Result<Vec<(PictureId, String)>, StoreError> {
    let after = after.map_or(Vec::new(), |id| id.bytes().to_vec());
    let rows: Vec<(Vec<u8>, String)> = picture::table
        .filter(picture::round_id.eq(round_id))
        .filter(picture::unit_id.eq(unit_id))
        .filter(picture::id.gt(after))
        .order(picture::id)
        .limit(limit)
        .select((picture::id, picture::question))
        .load(db)?;
    rows.into_iter().map(|(id, question)| Ok((parse(id)?, question))).collect()
}

fn parse(id: Vec<u8>) -> Result<PictureId, StoreError> {
    let bytes = id.try_into().map_err(|_| StoreError::corrupt("id of a picture", "it has not 16 bytes"))?;
    Ok(PictureId::new(bytes))
}

/// Deletes pictures, as the form that names them is; returns how many there were.
///
/// # Errors
/// The database failed.
pub fn delete_of(db: &mut Db, round_id: i64, ids: &[PictureId]) -> Result<usize, StoreError> {
    let mut deleted = 0;
    for id in ids {
        deleted += diesel::delete(picture::table.find((round_id, &id.bytes()[..]))).execute(db)?;
    }
    Ok(deleted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::empty_store;

    fn story(byte: u8) -> NewPicture {
        NewPicture { id: PictureId::new([byte; 16]), question: "anh".to_owned(), jpeg: vec![byte; 3] }
    }

    #[test]
    fn pictures_come_in_the_order_of_their_ids_page_by_page_for_one_unit() {
        let (_database, store) = empty_store();
        store.write_now(|db| keep(db, 1, 3, &[story(9), story(2), story(5)])).unwrap();
        store.write_now(|db| keep(db, 1, 4, &[story(1)])).unwrap();
        let page = |after| store.read_now(|db| of_unit(db, 1, 3, after, 2)).unwrap();
        let ids = |page: Vec<(PictureId, String)>| page.into_iter().map(|(id, _)| id.bytes()[0]).collect::<Vec<_>>();
        assert_eq!(ids(page(None)), [2, 5]);
        assert_eq!(ids(page(Some(PictureId::new([5; 16])))), [9]);
        let mut counts = store.read_now(|db| by_unit(db, 1)).unwrap();
        counts.sort_unstable();
        assert_eq!(counts, [(3, 3), (4, 1)]);
    }

    #[test]
    fn the_pictures_of_a_form_that_is_withdrawn_go_and_no_others() {
        let (_database, store) = empty_store();
        store.write_now(|db| keep(db, 1, 3, &[story(1), story(2), story(3)])).unwrap();
        let mine = [PictureId::new([1; 16]), PictureId::new([2; 16]), PictureId::new([8; 16])];
        assert_eq!(store.write_now(|db| delete_of(db, 2, &mine)).unwrap(), 0, "another round");
        assert_eq!(store.write_now(|db| delete_of(db, 1, &mine)).unwrap(), 2);
        let is_there = |byte| store.read_now(|db| find(db, 1, PictureId::new([byte; 16]))).unwrap().is_some();
        assert!(!is_there(1) && !is_there(2) && is_there(3));
    }
}
