//! Accounts of staff.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::roles::{self, Granting};
use super::schema::{account, account_link, session, unit};
use super::{Db, StoreError, unit_kinds};
use crate::survey::access::{Grant, Login, Role};

/// What signing in needs to know of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: i64,
    /// The unit that it belongs to.
    pub unit_id: i64,
    /// Empty until the first one-time link was used.
    pub password_hash: Option<String>,
}

/// One line of the list of accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// The login.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The unit's code.
    pub unit: String,
    /// Whether a password was set.
    pub is_ready: bool,
    /// Whether it may no longer sign in.
    pub is_disabled: bool,
}

/// Adds an account without a password, with all roles that people of its unit can have, and returns its number.
///
/// # Errors
/// [`StoreError::Exists`] when the login is taken.
pub fn add(db: &mut Db, login: &Login, name: &str, unit_id: i64, now: NaiveDateTime) -> Result<i64, StoreError> {
    let id = add_bare(db, login, name, unit_id, now)?;
    let nature = unit_kinds::nature_of(db, unit_id)?;
    let grants: Vec<Grant> = Role::of(nature).map(|role| Grant { role, unit_id }).collect();
    roles::grant(db, id, &grants, Granting { by: None, at: now })?;
    Ok(id)
}

/// Adds an account without a password and without any role, and returns its number.
///
/// # Errors
/// [`StoreError::Exists`] when the login is taken.
pub fn add_bare(db: &mut Db, login: &Login, name: &str, unit_id: i64, now: NaiveDateTime) -> Result<i64, StoreError> {
    let added = diesel::insert_into(account::table)
        .values((
            account::login.eq(login.as_str()),
            account::name.eq(name),
            account::unit_id.eq(unit_id),
            account::created_at.eq(now),
        ))
        .returning(account::id)
        .get_result(db)
        .map_err(StoreError::from);
    added.map_err(|error| if error.is_duplicate() { StoreError::Exists("an account with this login") } else { error })
}

/// The account with this login, unless it was disabled.
///
/// # Errors
/// The database failed.
pub fn by_login(db: &mut Db, login: &Login) -> Result<Option<Account>, StoreError> {
    let row: Option<(i64, i64, Option<String>)> = account::table
        .filter(account::login.eq(login.as_str()))
        .filter(account::disabled_at.is_null())
        .select((account::id, account::unit_id, account::password_hash))
        .first(db)
        .optional()?;
    Ok(row.map(|(id, unit_id, password_hash)| Account { id, unit_id, password_hash }))
}

/// The stored password of an account.
///
/// # Errors
/// The database failed.
pub fn password_hash(db: &mut Db, id: i64) -> Result<Option<String>, StoreError> {
    Ok(account::table.find(id).select(account::password_hash).first(db).optional()?.flatten())
}

/// Sets a new password. Whoever was signed in with the old one no longer is, and one-time links still around are void.
///
/// # Errors
/// The database failed.
pub fn set_password(db: &mut Db, id: i64, hash: &str) -> Result<(), StoreError> {
    diesel::update(account::table.find(id)).set(account::password_hash.eq(hash)).execute(db)?;
    diesel::delete(session::table.filter(session::account_id.eq(id))).execute(db)?;
    diesel::delete(account_link::table.filter(account_link::account_id.eq(id).and(account_link::used_at.is_null())))
        .execute(db)?;
    Ok(())
}

/// Stops an account: whoever was signed in no longer is, and one-time links are void.
///
/// # Errors
/// The database failed.
pub fn stop(db: &mut Db, id: i64, now: NaiveDateTime) -> Result<(), StoreError> {
    let running = account::table.find(id).filter(account::disabled_at.is_null());
    diesel::update(running).set(account::disabled_at.eq(now)).execute(db)?;
    diesel::delete(session::table.filter(session::account_id.eq(id))).execute(db)?;
    super::links::void_unused(db, id)?;
    diesel::delete(account_link::table.filter(account_link::account_id.eq(id))).execute(db)?;
    Ok(())
}

/// Whether an account may sign in.
///
/// # Errors
/// The database failed.
pub fn is_running(db: &mut Db, id: i64) -> Result<bool, StoreError> {
    let running = account::table.find(id).filter(account::disabled_at.is_null());
    Ok(running.select(account::id).first::<i64>(db).optional()?.is_some())
}

/// Lets a stopped account sign in again, with the password that it had.
///
/// # Errors
/// The database failed.
pub fn restart(db: &mut Db, id: i64) -> Result<(), StoreError> {
    diesel::update(account::table.find(id)).set(account::disabled_at.eq(None::<NaiveDateTime>)).execute(db)?;
    Ok(())
}

/// Every account, by login.
///
/// # Errors
/// The database failed.
pub fn list(db: &mut Db) -> Result<Vec<AccountRow>, StoreError> {
    type Row = (String, String, String, Option<String>, Option<NaiveDateTime>);
    let rows: Vec<Row> = account::table
        .inner_join(unit::table)
        .order(account::login)
        .select((account::login, account::name, unit::code, account::password_hash, account::disabled_at))
        .load(db)?;
    Ok(rows
        .into_iter()
        .map(|(login, name, unit, password_hash, disabled_at)| AccountRow {
            login,
            name,
            unit,
            is_ready: password_hash.is_some(),
            is_disabled: disabled_at.is_some(),
        })
        .collect())
}

/// A unit and every unit above it, by administration or by profession: who may look into what belongs to it.
///
/// # Errors
/// The database failed.
pub fn line_of(db: &mut Db, unit_id: i64) -> Result<Vec<i64>, StoreError> {
    let mut line = vec![unit_id];
    let mut next = 0;
    // grows while it is read; a unit is entered once, so that a circle in the data ends too
    while let Some(&id) = line.get(next) {
        let above: Option<(Option<i64>, Option<i64>)> =
            unit::table.find(id).select((unit::parent_id, unit::professional_parent_id)).first(db).optional()?;
        for parent in above.into_iter().flat_map(|(a, b)| [a, b]).flatten() {
            if !line.contains(&parent) {
                line.push(parent);
            }
        }
        next += 1;
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{at, store_with_units};

    #[test]
    fn a_login_is_given_once() {
        let (_database, store) = store_with_units();
        let login: Login = "an.nguyen".parse().unwrap();
        store.write_now(|db| add(db, &login, "Nguyễn Văn An", 2, at(0))).unwrap();
        let again = store.write_now(|db| add(db, &login, "Nguyễn Thị An", 2, at(0)));
        assert!(matches!(again, Err(StoreError::Exists(_))), "{again:?}");
        let rows = store.read_now(list).unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].unit.as_str(), rows[0].is_ready), ("P-HOA-BAN", false));
    }

    #[test]
    fn a_school_answers_to_its_ward_and_to_the_department() {
        let (_database, store) = store_with_units();
        assert_eq!(store.read_now(|db| line_of(db, 3)).unwrap(), [3, 2, 1]);
        assert_eq!(store.read_now(|db| line_of(db, 1)).unwrap(), [1]);
    }
}
