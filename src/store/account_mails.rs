//! The mail addresses of staff: where links to set a password go. Only some have one.

use diesel::prelude::*;

use super::dialect::both;
use super::schema::{account, account_mail};
use super::{Db, StoreError};

/// Somebody who gets a link by mail.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Reached {
    /// The account.
    pub account_id: i64,
    /// Its login.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// Where mail goes.
    pub address: String,
}

/// A box that an office shares; more accounts than this with one address are a mistake.
const MOST: i64 = 5;

/// Where mail for this account goes.
///
/// # Errors
/// The database failed.
pub fn of(db: &mut Db, account_id: i64) -> Result<Option<String>, StoreError> {
    Ok(account_mail::table.find(account_id).select(account_mail::address).first(db).optional()?)
}

/// Sets where mail for this account goes, or that it goes nowhere.
///
/// # Errors
/// The database failed.
pub fn set(db: &mut Db, account_id: i64, address: Option<&str>) -> Result<(), StoreError> {
    let Some(address) = address else {
        diesel::delete(account_mail::table.find(account_id)).execute(db)?;
        return Ok(());
    };
    both!(db, |c| diesel::insert_into(account_mail::table)
        .values((account_mail::account_id.eq(account_id), account_mail::address.eq(address)))
        .on_conflict(account_mail::account_id)
        .do_update()
        .set(account_mail::address.eq(address))
        .execute(c))?;
    Ok(())
}

/// Who is meant by a login or an address that somebody typed: accounts that are in use and have an address.
///
/// # Errors
/// The database failed.
pub fn meant(db: &mut Db, typed: &str) -> Result<Vec<Reached>, StoreError> {
    Ok(account_mail::table
        .inner_join(account::table)
        .filter(account::login.eq(typed).or(account_mail::address.eq(typed)))
        .filter(account::disabled_at.is_null())
        .order(account::id)
        .limit(MOST)
        .select((account::id, account::login, account::name, account_mail::address))
        .load(db)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::accounts;
    use crate::store::tests::{at, store_with_account};

    #[test]
    fn somebody_is_found_by_login_and_by_address_until_the_account_is_stopped() {
        let (_database, store, account) = store_with_account();
        store.write_now(|db| set(db, account, Some("an@example.vn"))).unwrap();
        let found = |typed: &str| store.read_now(|db| meant(db, typed)).unwrap().len();
        assert_eq!((found("an.nguyen"), found("an@example.vn"), found("binh@example.vn")), (1, 1, 0));
        store.write_now(|db| accounts::stop(db, account, at(1))).unwrap();
        assert_eq!((found("an.nguyen"), found("an@example.vn")), (0, 0));
        store.write_now(|db| set(db, account, None)).unwrap();
        assert_eq!(store.read_now(|db| of(db, account)).unwrap(), None);
    }
}
