//! Tokens with which programs read the API. Only their hashes are stored.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{api_token, unit};
use super::{Db, StoreError};
use crate::survey::access::Scopes;

/// What a token is to be.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// Who it is for, in words.
    pub name: String,
    /// What it may read.
    pub scopes: Scopes,
    /// The unit below which it may read.
    pub unit_id: i64,
    /// Until when; empty: until it is revoked.
    pub expires_at: Option<NaiveDateTime>,
}

/// A token that is good now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidToken {
    /// Its number.
    pub id: i64,
    /// Who it is for.
    pub name: String,
    /// What it may read.
    pub scopes: Scopes,
    /// The unit below which it may read.
    pub unit_id: i64,
}

/// One line of the list of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRow {
    /// Its number.
    pub id: i64,
    /// Who it is for.
    pub name: String,
    /// What it may read.
    pub scopes: Scopes,
    /// The unit below which it may read.
    pub unit_id: i64,
    /// That unit's code.
    pub unit_code: String,
    /// That unit's name.
    pub unit_name: String,
    /// When it was made.
    pub created_at: NaiveDateTime,
    /// Until when it is good.
    pub expires_at: Option<NaiveDateTime>,
    /// Since when it is not.
    pub revoked_at: Option<NaiveDateTime>,
}

impl TokenRow {
    /// Whether the API takes it.
    pub fn is_valid(&self, now: NaiveDateTime) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| end > now)
    }
}

/// Adds a token and returns its number.
///
/// # Errors
/// The database failed.
pub fn add(db: &mut Db, token_hash: &[u8], new: &NewToken, now: NaiveDateTime) -> Result<i64, StoreError> {
    Ok(diesel::insert_into(api_token::table)
        .values((
            api_token::name.eq(&new.name),
            api_token::token_hash.eq(token_hash),
            api_token::scopes.eq(new.scopes.to_string()),
            api_token::unit_id.eq(new.unit_id),
            api_token::created_at.eq(now),
            api_token::expires_at.eq(new.expires_at),
        ))
        .returning(api_token::id)
        .get_result(db)?)
}

/// The token with this hash, if it was not revoked and has not expired.
///
/// # Errors
/// The database failed.
pub fn find(db: &mut Db, token_hash: &[u8], now: NaiveDateTime) -> Result<Option<ValidToken>, StoreError> {
    let row: Option<(i64, String, String, i64)> = api_token::table
        .filter(api_token::token_hash.eq(token_hash))
        .filter(api_token::revoked_at.is_null())
        .filter(api_token::expires_at.is_null().or(api_token::expires_at.gt(now)))
        .select((api_token::id, api_token::name, api_token::scopes, api_token::unit_id))
        .first(db)
        .optional()?;
    row.map(|(id, name, scopes, unit_id)| Ok(ValidToken { id, name, scopes: read(&scopes)?, unit_id })).transpose()
}

/// When the token with this hash was made.
///
/// # Errors
/// The database failed.
pub fn made_at(db: &mut Db, token_hash: &[u8]) -> Result<Option<NaiveDateTime>, StoreError> {
    let known = api_token::table.filter(api_token::token_hash.eq(token_hash));
    Ok(known.select(api_token::created_at).first(db).optional()?)
}

/// Every token, the newest first.
///
/// # Errors
/// The database failed.
pub fn list(db: &mut Db) -> Result<Vec<TokenRow>, StoreError> {
    type Row = (i64, String, String, i64, String, String, NaiveDateTime, Option<NaiveDateTime>, Option<NaiveDateTime>);
    let rows: Vec<Row> = api_token::table
        .inner_join(unit::table)
        .order(api_token::id.desc())
        .select((
            api_token::id,
            api_token::name,
            api_token::scopes,
            unit::id,
            unit::code,
            unit::name,
            api_token::created_at,
            api_token::expires_at,
            api_token::revoked_at,
        ))
        .load(db)?;
    rows.into_iter()
        .map(|(id, name, scopes, unit_id, unit_code, unit_name, created_at, expires_at, revoked_at)| {
            let scopes = read(&scopes)?;
            Ok(TokenRow { id, name, scopes, unit_id, unit_code, unit_name, created_at, expires_at, revoked_at })
        })
        .collect()
}

/// The unit of a token.
///
/// # Errors
/// The database failed.
pub fn unit_of(db: &mut Db, id: i64) -> Result<Option<i64>, StoreError> {
    Ok(api_token::table.find(id).select(api_token::unit_id).first(db).optional()?)
}

/// Revokes a token; says whether there was one to revoke.
///
/// # Errors
/// The database failed.
pub fn revoke(db: &mut Db, id: i64, now: NaiveDateTime) -> Result<bool, StoreError> {
    let open = api_token::table.find(id).filter(api_token::revoked_at.is_null());
    Ok(diesel::update(open).set(api_token::revoked_at.eq(now)).execute(db)? == 1)
}

fn read(scopes: &str) -> Result<Scopes, StoreError> {
    scopes.parse().map_err(|e| StoreError::corrupt("scopes of a token", e))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{at, store_with_units};
    use crate::survey::access::Scope;

    const HASH: [u8; 32] = [3; 32];

    fn token(expires_at: Option<NaiveDateTime>) -> NewToken {
        let scopes = Scopes::from_iter([Scope::Aggregates]);
        NewToken { name: "Mặt trận phường".to_owned(), scopes, unit_id: 2, expires_at }
    }

    #[test]
    fn a_revoked_token_is_no_longer_known_but_still_listed() {
        let (_database, store) = store_with_units();
        let id = store.write_now(|db| add(db, &HASH, &token(None), at(0))).unwrap();
        let found = store.read_now(|db| find(db, &HASH, at(1))).unwrap().unwrap();
        assert_eq!((found.id, found.unit_id), (id, 2));
        assert!(found.scopes.allow(Scope::Aggregates));
        assert!(store.write_now(|db| revoke(db, id, at(2))).unwrap());
        assert!(!store.write_now(|db| revoke(db, id, at(3))).unwrap());
        assert_eq!(store.read_now(|db| find(db, &HASH, at(3))).unwrap(), None);
        let rows = store.read_now(list).unwrap();
        assert_eq!(rows[0].revoked_at, Some(at(2)));
        assert!(!rows[0].is_valid(at(3)));
    }

    #[test]
    fn a_token_runs_out() {
        let (_database, store) = store_with_units();
        store.write_now(|db| add(db, &HASH, &token(Some(at(60))), at(0))).unwrap();
        assert!(store.read_now(|db| find(db, &HASH, at(59))).unwrap().is_some());
        assert!(store.read_now(|db| find(db, &HASH, at(60))).unwrap().is_none());
    }
}
