//! The people behind the accounts, with their roles, as those who look after them see them.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{account, account_role, unit, unit_kind};
use super::{Db, StoreError, roles, unit_kinds};
use crate::survey::access::Grant;
use crate::survey::code::UnitNature;
use crate::vietnamese::compare;

/// Where an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The first link was not used yet.
    Invited,
    /// In use.
    Active,
    /// Stopped.
    Stopped,
}

/// Somebody with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The account.
    pub id: i64,
    /// Its login.
    pub login: String,
    /// The name.
    pub name: String,
    /// The unit.
    pub unit_id: i64,
    /// Its code.
    pub unit_code: String,
    /// Its name.
    pub unit_name: String,
    /// What it is.
    pub unit_nature: UnitNature,
    /// When somebody last signed in.
    pub signed_in_at: Option<NaiveDateTime>,
    /// Where the account stands.
    pub standing: Standing,
    /// What was granted, each with the name of its unit.
    pub grants: Vec<(Grant, String)>,
}

type Row = (
    (i64, String, String),
    (i64, String, String, String),
    (Option<String>, Option<NaiveDateTime>, Option<NaiveDateTime>),
);

macro_rules! rows {
    () => {
        account::table
            .inner_join(unit::table.on(unit::id.eq(account::unit_id)))
            .inner_join(unit_kind::table.on(unit_kind::code.eq(unit::kind)))
            .select((
                (account::id, account::login, account::name),
                (unit::id, unit::code, unit::name, unit_kind::nature),
                (account::password_hash, account::disabled_at, account::signed_in_at),
            ))
    };
}

/// Everybody of these units, by name as in a dictionary.
///
/// # Errors
/// The database failed.
pub fn of_units(db: &mut Db, units: &HashSet<i64>) -> Result<Vec<Person>, StoreError> {
    let rows: Vec<Row> = rows!().load(db)?;
    let granted: Vec<(i64, String, i64, String)> = account_role::table
        .inner_join(unit::table)
        .select((account_role::account_id, account_role::role, account_role::unit_id, unit::name))
        .load(db)?;
    let mut grants: HashMap<i64, Vec<(Grant, String)>> = HashMap::new();
    for (id, role, unit_id, name) in granted {
        grants.entry(id).or_default().push((roles::read((role, unit_id))?, name));
    }
    let mine = rows.into_iter().filter(|(_, (unit_id, ..), _)| units.contains(unit_id));
    let people: Result<Vec<_>, _> =
        mine.map(|row| person(row.0.0, grants.remove(&row.0.0).unwrap_or_default(), row)).collect();
    let mut people = people?;
    people.sort_by(|a, b| compare(&a.name, &b.name).then_with(|| a.login.cmp(&b.login)));
    Ok(people)
}

/// The person behind an account.
///
/// # Errors
/// The database failed.
pub fn find(db: &mut Db, account_id: i64) -> Result<Option<Person>, StoreError> {
    let row: Option<Row> = rows!().filter(account::id.eq(account_id)).first(db).optional()?;
    let Some(row) = row else { return Ok(None) };
    let names: Vec<(String, i64, String)> = account_role::table
        .inner_join(unit::table)
        .filter(account_role::account_id.eq(account_id))
        .select((account_role::role, account_role::unit_id, unit::name))
        .load(db)?;
    let grants: Result<Vec<_>, StoreError> =
        names.into_iter().map(|(role, unit_id, name)| Ok((roles::read((role, unit_id))?, name))).collect();
    person(account_id, grants?, row).map(Some)
}

fn person(id: i64, mut grants: Vec<(Grant, String)>, row: Row) -> Result<Person, StoreError> {
    let ((_, login, name), (unit_id, unit_code, unit_name, nature), (password, disabled_at, signed_in_at)) = row;
    grants.sort();
    let standing = match (disabled_at, password) {
        (Some(_), _) => Standing::Stopped,
        (None, None) => Standing::Invited,
        (None, Some(_)) => Standing::Active,
    };
    let unit_nature = unit_kinds::nature(&nature)?;
    Ok(Person { id, login, name, unit_id, unit_code, unit_name, unit_nature, signed_in_at, standing, grants })
}

/// The number of the account with this login, also one that was stopped.
///
/// # Errors
/// The database failed.
pub fn id_by_login(db: &mut Db, login: &str) -> Result<Option<i64>, StoreError> {
    Ok(account::table.filter(account::login.eq(login)).select(account::id).first(db).optional()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::accounts;
    use crate::store::tests::{at, store_with_account};

    #[test]
    fn people_are_those_of_the_units_and_their_standing_follows_from_what_happened() {
        let (_database, store, account) = store_with_account();
        let standing = || store.read_now(|db| find(db, account)).unwrap().unwrap().standing;
        assert_eq!(standing(), Standing::Invited);
        store.write_now(|db| accounts::set_password(db, account, "x")).unwrap();
        assert_eq!(standing(), Standing::Active);
        store.write_now(|db| accounts::stop(db, account, at(5))).unwrap();
        assert_eq!(standing(), Standing::Stopped);
        let of = |units: &[i64]| store.read_now(|db| of_units(db, &units.iter().copied().collect())).unwrap();
        assert_eq!((of(&[1, 3]).len(), of(&[2]).len()), (0, 1));
        assert_eq!(of(&[2])[0].grants.len(), 6);
    }
}
