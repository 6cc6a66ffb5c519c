//! Published questionnaire versions. A row never changes.

use std::collections::HashSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{questionnaire_version, quota, round, round_questionnaire};
use super::{Db, StoreError, media, meta};
use crate::secret::digest;
use crate::survey::audio::Recording;

/// One published version.
#[derive(Debug, Clone, Queryable)]
pub struct VersionRow {
    /// Internal id.
    pub id: i64,
    /// The questionnaire's code.
    pub code: String,
    /// 1, 2, 3, …
    pub version: i64,
    /// The file as it was published.
    pub content: String,
}

const COLUMNS: (
    questionnaire_version::id,
    questionnaire_version::code,
    questionnaire_version::version,
    questionnaire_version::content,
) = (
    questionnaire_version::id,
    questionnaire_version::code,
    questionnaire_version::version,
    questionnaire_version::content,
);

/// Publishes a checked questionnaire with its recordings and returns the version's id; the same again is the same version.
///
/// # Errors
/// The database failed.
pub fn publish(
    db: &mut Db,
    code: &str,
    content: &str,
    recordings: &[Recording],
    now: NaiveDateTime,
) -> Result<i64, StoreError> {
    use questionnaire_version as q;
    let hash = content_hash(content, recordings);
    let latest: Option<(i64, i64, Vec<u8>)> = q::table
        .filter(q::code.eq(code))
        .order(q::version.desc())
        .select((q::id, q::version, q::content_hash))
        .first(db)
        .optional()?;
    let next = match latest {
        Some((id, _, known)) if known == hash => return Ok(id),
        Some((_, version, _)) => version + 1,
        None => 1,
    };
    let id = diesel::insert_into(q::table)
        .values((
            q::code.eq(code),
            q::version.eq(next),
            q::content.eq(content),
            q::content_hash.eq(hash),
            q::published_at.eq(now),
        ))
        .returning(q::id)
        .get_result(db)?;
    recordings.iter().try_for_each(|recording| media::insert(db, id, recording))?;
    Ok(id)
}

/// Of the text; where there are recordings, of the text and each of them.
fn content_hash(content: &str, recordings: &[Recording]) -> Vec<u8> {
    let text = digest(content.as_bytes()).to_vec();
    if recordings.is_empty() {
        return text;
    }
    let files = recordings.iter().flat_map(|file| digest(file.name.as_bytes()).into_iter().chain(digest(&file.bytes)));
    digest(&text.into_iter().chain(files).collect::<Vec<u8>>()).to_vec()
}

/// One published version as a list names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedRow {
    /// 1, 2, 3, …
    pub version: i64,
    /// When it was published first.
    pub published_at: NaiveDateTime,
    /// The rounds of these units that ask it, by title.
    pub rounds: Vec<String>,
}

/// The published versions of a questionnaire, the latest first, with the rounds of these units that ask them.
///
/// # Errors
/// The database failed.
pub fn of_code(db: &mut Db, code: &str, units: &HashSet<i64>) -> Result<Vec<PublishedRow>, StoreError> {
    use questionnaire_version as q;
    let versions: Vec<(i64, i64, NaiveDateTime)> = q::table
        .filter(q::code.eq(code))
        .order(q::version.desc())
        .select((q::id, q::version, q::published_at))
        .load(db)?;
    let used: Vec<(i64, i64, String)> = round_questionnaire::table
        .inner_join(round::table)
        .filter(round_questionnaire::version_id.eq_any(versions.iter().map(|(id, ..)| *id)))
        .order(round::id)
        .select((round_questionnaire::version_id, round::owner_id, round::title))
        .load(db)?;
    let rounds = |id: i64| {
        let mine = used.iter().filter(|(version, owner, _)| *version == id && units.contains(owner));
        mine.map(|(.., title)| title.clone()).collect()
    };
    let row = |(id, version, published_at)| PublishedRow { version, published_at, rounds: rounds(id) };
    Ok(versions.into_iter().map(row).collect())
}

/// The file of a published version.
///
/// # Errors
/// The database failed.
pub fn content_of(db: &mut Db, code: &str, version: i64) -> Result<Option<String>, StoreError> {
    use questionnaire_version as q;
    let found = q::table.filter(q::code.eq(code)).filter(q::version.eq(version));
    Ok(found.select(q::content).first(db).optional()?)
}

/// The versions that a round uses, in the order in which they were published.
///
/// # Errors
/// The database failed.
pub fn of_round(db: &mut Db, round_id: i64) -> Result<Vec<VersionRow>, StoreError> {
    Ok(round_questionnaire::table
        .inner_join(questionnaire_version::table)
        .filter(round_questionnaire::round_id.eq(round_id))
        .order(questionnaire_version::id)
        .select(COLUMNS)
        .load(db)?)
}

/// Lets a round that nobody could answer yet ask with these versions; quotas of others go with them.
///
/// # Errors
/// The database failed.
pub fn put(db: &mut Db, round_id: i64, versions: &[i64]) -> Result<(), StoreError> {
    let gone_quotas = quota::table.filter(quota::round_id.eq(round_id)).filter(quota::version_id.ne_all(versions));
    diesel::delete(gone_quotas).execute(db)?;
    diesel::delete(round_questionnaire::table.filter(round_questionnaire::round_id.eq(round_id))).execute(db)?;
    for version in versions {
        let row = (round_questionnaire::round_id.eq(round_id), round_questionnaire::version_id.eq(version));
        diesel::insert_into(round_questionnaire::table).values(row).execute(db)?;
    }
    meta::bump_revision(db)
}

/// Puts another version into a round that nobody could answer yet, with the quotas of the one before.
///
/// # Errors
/// The database failed.
pub fn replace(db: &mut Db, round_id: i64, old: i64, new: i64) -> Result<(), StoreError> {
    let own = round_questionnaire::table
        .filter(round_questionnaire::round_id.eq(round_id))
        .filter(round_questionnaire::version_id.eq(old));
    diesel::delete(own).execute(db)?;
    diesel::insert_into(round_questionnaire::table)
        .values((round_questionnaire::round_id.eq(round_id), round_questionnaire::version_id.eq(new)))
        .execute(db)?;
    diesel::update(quota::table.filter(quota::round_id.eq(round_id)).filter(quota::version_id.eq(old)))
        .set(quota::version_id.eq(new))
        .execute(db)?;
    meta::bump_revision(db)
}
