//! What accounts share with telephones, sealed, and the hashes of codes on paper.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{authenticator, recovery_code};
use super::{Db, StoreError};

/// The second step of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authenticator {
    /// What is shared, sealed with the installation's key.
    pub sealed: Vec<u8>,
    /// Since when signing in asks for it; none: it was not tried yet.
    pub confirmed_at: Option<NaiveDateTime>,
}

/// The second step of an account, also one that was not tried yet.
///
/// # Errors
/// The database failed.
pub fn find(db: &mut Db, account_id: i64) -> Result<Option<Authenticator>, StoreError> {
    let row: Option<(Vec<u8>, Option<NaiveDateTime>)> = authenticator::table
        .find(account_id)
        .select((authenticator::sealed, authenticator::confirmed_at))
        .first(db)
        .optional()?;
    Ok(row.map(|(sealed, confirmed_at)| Authenticator { sealed, confirmed_at }))
}

/// Whether signing in to this account asks for digits.
///
/// # Errors
/// The database failed.
pub fn is_on(db: &mut Db, account_id: i64) -> Result<bool, StoreError> {
    Ok(find(db, account_id)?.is_some_and(|known| known.confirmed_at.is_some()))
}

/// Keeps what is shared until it is tried; replaces what was not. Says whether it did: one that is in use stays.
///
/// # Errors
/// The database failed.
pub fn begin(db: &mut Db, account_id: i64, sealed: &[u8]) -> Result<bool, StoreError> {
    if is_on(db, account_id)? {
        return Ok(false);
    }
    diesel::delete(authenticator::table.find(account_id)).execute(db)?;
    diesel::insert_into(authenticator::table)
        .values((
            authenticator::account_id.eq(account_id),
            authenticator::sealed.eq(sealed),
            authenticator::last_step.eq(0_i64),
        ))
        .execute(db)?;
    Ok(true)
}

/// From now on signing in asks for digits, or for one of these codes on paper.
///
/// # Errors
/// The database failed.
pub fn confirm(db: &mut Db, account_id: i64, codes: &[[u8; 32]], now: NaiveDateTime) -> Result<(), StoreError> {
    diesel::update(authenticator::table.find(account_id)).set(authenticator::confirmed_at.eq(now)).execute(db)?;
    for code in codes {
        diesel::insert_into(recovery_code::table)
            .values((recovery_code::account_id.eq(account_id), recovery_code::hash.eq(&code[..])))
            .execute(db)?;
    }
    Ok(())
}

/// Takes the digits of a step; says whether they had not been taken yet. Digits that somebody looked at over a shoulder
/// are worth nothing once they were used.
///
/// # Errors
/// The database failed.
pub fn take_step(db: &mut Db, account_id: i64, step: i64) -> Result<bool, StoreError> {
    let earlier = authenticator::table.find(account_id).filter(authenticator::last_step.lt(step));
    Ok(diesel::update(earlier).set(authenticator::last_step.eq(step)).execute(db)? == 1)
}

/// Takes a code on paper; says whether there was such a one.
///
/// # Errors
/// The database failed.
pub fn take_code(db: &mut Db, account_id: i64, hash: &[u8]) -> Result<bool, StoreError> {
    let code = recovery_code::account_id.eq(account_id).and(recovery_code::hash.eq(hash));
    Ok(diesel::delete(recovery_code::table.filter(code)).execute(db)? == 1)
}

/// How many codes on paper are left.
///
/// # Errors
/// The database failed.
pub fn codes_left(db: &mut Db, account_id: i64) -> Result<i64, StoreError> {
    Ok(recovery_code::table.filter(recovery_code::account_id.eq(account_id)).count().get_result(db)?)
}

/// Signing in asks for the password alone again; says whether it had asked for more.
///
/// # Errors
/// The database failed.
pub fn remove(db: &mut Db, account_id: i64) -> Result<bool, StoreError> {
    diesel::delete(recovery_code::table.filter(recovery_code::account_id.eq(account_id))).execute(db)?;
    Ok(diesel::delete(authenticator::table.find(account_id)).execute(db)? == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{at, store_with_account};

    #[test]
    fn digits_and_codes_are_taken_once() {
        let (_database, store, account) = store_with_account();
        store
            .write_now(|db| {
                assert!(begin(db, account, b"one")? && begin(db, account, b"two")?);
                assert!(!is_on(db, account)?);
                confirm(db, account, &[[1; 32], [2; 32]], at(1))?;
                assert!(is_on(db, account)? && !begin(db, account, b"three")?);
                let steps = [take_step(db, account, 5)?, take_step(db, account, 5)?, take_step(db, account, 4)?];
                assert_eq!((steps, take_step(db, account, 6)?), ([true, false, false], true));
                let codes = [take_code(db, account, &[1; 32])?, take_code(db, account, &[1; 32])?];
                assert_eq!((codes, codes_left(db, account)?), ([true, false], 1));
                assert!(remove(db, account)? && !remove(db, account)?);
                assert_eq!((is_on(db, account)?, codes_left(db, account)?), (false, 0));
                Ok(())
            })
            .unwrap();
    }
}
