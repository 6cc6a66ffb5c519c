//! One-time links with which somebody sets the first password, or a new one. Only their hashes are stored.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{account, account_link};
use super::{Db, StoreError, outbox};

/// Whose link it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkOwner {
    /// The account.
    pub account_id: i64,
    /// Its login.
    pub login: String,
    /// The person's name.
    pub name: String,
}

/// Makes a link; earlier ones of this account that were not used are void from now on.
///
/// # Errors
/// The database failed.
pub fn add(db: &mut Db, token_hash: &[u8], account_id: i64, expires_at: NaiveDateTime) -> Result<(), StoreError> {
    void_unused(db, account_id)?;
    add_beside(db, token_hash, account_id, expires_at)
}

/// Deletes the links of an account that were not used, and the letters that brought them.
///
/// # Errors
/// The database failed.
pub fn void_unused(db: &mut Db, account_id: i64) -> Result<(), StoreError> {
    let unused = account_link::account_id.eq(account_id).and(account_link::used_at.is_null());
    let mails: Vec<Option<i64>> = account_link::table.filter(unused).select(account_link::mail_id).load(db)?;
    outbox::void(db, &mails.into_iter().flatten().collect::<Vec<_>>())?;
    diesel::delete(account_link::table.filter(unused)).execute(db)?;
    Ok(())
}

/// Remembers which letter brings a link: it goes when the link does.
///
/// # Errors
/// The database failed.
pub fn mailed(db: &mut Db, token_hash: &[u8], mail_id: i64) -> Result<(), StoreError> {
    diesel::update(account_link::table.find(token_hash)).set(account_link::mail_id.eq(mail_id)).execute(db)?;
    Ok(())
}

/// Makes a link beside those that there are.
///
/// # Errors
/// The database failed.
pub fn add_beside(
    db: &mut Db,
    token_hash: &[u8],
    account_id: i64,
    expires_at: NaiveDateTime,
) -> Result<(), StoreError> {
    diesel::insert_into(account_link::table)
        .values((
            account_link::token_hash.eq(token_hash),
            account_link::account_id.eq(account_id),
            account_link::expires_at.eq(expires_at),
        ))
        .execute(db)?;
    Ok(())
}

/// Whose link this is, if it can still be used. Looking does not use it up: programs that check mail look, too.
///
/// # Errors
/// The database failed.
pub fn owner(db: &mut Db, token_hash: &[u8], now: NaiveDateTime) -> Result<Option<LinkOwner>, StoreError> {
    let row: Option<(i64, String, String)> = account_link::table
        .inner_join(account::table)
        .filter(account_link::token_hash.eq(token_hash))
        .filter(account_link::used_at.is_null())
        .filter(account_link::expires_at.gt(now))
        .filter(account::disabled_at.is_null())
        .select((account::id, account::login, account::name))
        .first(db)
        .optional()?;
    Ok(row.map(|(account_id, login, name)| LinkOwner { account_id, login, name }))
}

/// Uses the link up and returns its account; nothing when somebody was faster or the time has run out. Other links of the account
/// are void with it: its owner has a password, and whoever finds another letter later must not set the next.
///
/// # Errors
/// The database failed.
pub fn use_up(db: &mut Db, token_hash: &[u8], now: NaiveDateTime) -> Result<Option<i64>, StoreError> {
    let Some(owner) = owner(db, token_hash, now)? else { return Ok(None) };
    let unused = account_link::table.find(token_hash).filter(account_link::used_at.is_null());
    let used = diesel::update(unused).set(account_link::used_at.eq(now)).execute(db)?;
    if used == 0 {
        return Ok(None);
    }
    let brought_by: Option<i64> = account_link::table.find(token_hash).select(account_link::mail_id).first(db)?;
    outbox::void(db, brought_by.as_slice())?;
    void_unused(db, owner.account_id)?;
    Ok(Some(owner.account_id))
}

/// Deletes the links that were used or have expired.
///
/// # Errors
/// The database failed.
pub fn forget_expired(db: &mut Db, now: NaiveDateTime) -> Result<(), StoreError> {
    let spent = account_link::expires_at.le(now).or(account_link::used_at.is_not_null());
    diesel::delete(account_link::table.filter(spent)).execute(db)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{at, store_with_account};

    const HASH: [u8; 32] = [7; 32];

    #[test]
    fn a_link_survives_being_looked_at_and_works_once() {
        let (_database, store, account) = store_with_account();
        store.write_now(|db| add(db, &HASH, account, at(60))).unwrap();
        for _ in 0..2 {
            let owner = store.read_now(|db| owner(db, &HASH, at(1))).unwrap();
            assert_eq!(owner.map(|o| o.account_id), Some(account));
        }
        assert_eq!(store.write_now(|db| use_up(db, &HASH, at(2))).unwrap(), Some(account));
        assert_eq!(store.write_now(|db| use_up(db, &HASH, at(3))).unwrap(), None);
        assert_eq!(store.read_now(|db| owner(db, &HASH, at(3))).unwrap(), None);
    }

    #[test]
    fn a_link_runs_out() {
        let (_database, store, account) = store_with_account();
        store.write_now(|db| add(db, &HASH, account, at(60))).unwrap();
        assert_eq!(store.write_now(|db| use_up(db, &HASH, at(60))).unwrap(), None);
    }

    #[test]
    fn a_newer_link_voids_the_one_before() {
        let (_database, store, account) = store_with_account();
        store.write_now(|db| add(db, &HASH, account, at(60))).unwrap();
        store.write_now(|db| add(db, &[8; 32], account, at(60))).unwrap();
        assert_eq!(store.read_now(|db| owner(db, &HASH, at(1))).unwrap(), None);
        assert!(store.read_now(|db| owner(db, &[8; 32], at(1))).unwrap().is_some());
    }

    #[test]
    fn a_link_that_ran_out_or_was_used_is_forgotten() {
        let (_database, store, account) = store_with_account();
        store.write_now(|db| add(db, &HASH, account, at(60))).unwrap();
        store.write_now(|db| forget_expired(db, at(59))).unwrap();
        assert!(store.read_now(|db| owner(db, &HASH, at(59))).unwrap().is_some());
        store.write_now(|db| forget_expired(db, at(60))).unwrap();
        assert!(store.read_now(|db| owner(db, &HASH, at(59))).unwrap().is_none());
    }
}
