//! Files that a published version names. A row never changes.

use diesel::prelude::*;

use super::schema::media;
use super::{Db, StoreError, recordings};
use crate::secret::digest;
use crate::survey::audio::Recording;

/// What a file is called in addresses: the beginning of the hash of its bytes.
pub type Hash = [u8; 16];

/// The name of these bytes.
pub fn hash(bytes: &[u8]) -> Hash {
    let mut name = Hash::default();
    name.copy_from_slice(&digest(bytes)[..16]);
    name
}

/// Puts a recording beside its version.
///
/// # Errors
/// The database failed.
pub(super) fn insert(db: &mut Db, version_id: i64, recording: &Recording) -> Result<(), StoreError> {
    diesel::insert_into(media::table)
        .values((
            media::version_id.eq(version_id),
            media::name.eq(&recording.name),
            media::mime.eq(recording.mime),
            media::hash.eq(hash(&recording.bytes).to_vec()),
            media::bytes.eq(&recording.bytes),
        ))
        .execute(db)?;
    Ok(())
}

/// The files of a version: name and hash.
///
/// # Errors
/// The database failed.
pub fn of_version(db: &mut Db, version_id: i64) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    let files = media::table.filter(media::version_id.eq(version_id)).select((media::name, media::hash));
    Ok(files.load(db)?)
}

/// A file by the hash of its bytes: what it is, and the bytes. One that only a questionnaire has that is still being written is
/// heard by whoever writes it; its address cannot be guessed.
///
/// # Errors
/// The database failed.
pub fn find(db: &mut Db, hash: Hash) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    let file = media::table.filter(media::hash.eq(hash.to_vec())).select((media::mime, media::bytes));
    match file.first(db).optional()? {
        Some(found) => Ok(Some(found)),
        None => recordings::find(db, hash),
    }
}
