//! Facts about the installation: the revision that caches watch, the fingerprint of the secret.

use diesel::prelude::*;

use super::dialect::both;
use super::schema::meta;
use super::{Db, StoreError};

/// How often something changed that caches hold (rounds, collectors, questionnaires, units); only ever grows.
///
/// # Errors
/// The database failed.
pub fn revision(db: &mut Db) -> Result<i64, StoreError> {
    let text: Option<String> = meta::table.find("revision").select(meta::value).first(db).optional()?;
    Ok(text.and_then(|t| t.parse().ok()).unwrap_or(0))
}

/// Tells every instance's caches that they are out of date; call it in the transaction of the change.
///
/// # Errors
/// The database failed.
pub fn bump_revision(db: &mut Db) -> Result<(), StoreError> {
    diesel::sql_query("UPDATE meta SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT) WHERE name = 'revision'")
        .execute(db)?;
    Ok(())
}

/// One stored fact.
///
/// # Errors
/// The database failed.
pub fn get(db: &mut Db, name: &str) -> Result<Option<String>, StoreError> {
    Ok(meta::table.find(name).select(meta::value).first(db).optional()?)
}

/// Stores a fact, replacing the one before.
///
/// # Errors
/// The database failed.
pub fn put(db: &mut Db, name: &str, value: &str) -> Result<(), StoreError> {
    both!(db, |c| diesel::insert_into(meta::table)
        .values((meta::name.eq(name), meta::value.eq(value)))
        .on_conflict(meta::name)
        .do_update()
        .set(meta::value.eq(value))
        .execute(c))?;
    Ok(())
}
