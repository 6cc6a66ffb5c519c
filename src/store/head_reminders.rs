//! Reminding the contacts of schools: who they are, and who was reminded on which day.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::schema::{account, account_mail, account_role, head_reminder};
use super::{Db, StoreError};
use crate::survey::access::Role;

/// Somebody whom a school named as its contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The account.
    pub account_id: i64,
    /// The person's name.
    pub name: String,
    /// Where mail goes; none: nowhere.
    pub address: Option<String>,
}

/// The contacts of these units, by the number of the unit: accounts that are in use.
///
/// # Errors
/// The database failed.
pub fn heads(db: &mut Db, units: &[i64]) -> Result<BTreeMap<i64, Vec<Head>>, StoreError> {
    let rows: Vec<(i64, i64, String, Option<String>)> = account_role::table
        .inner_join(account::table.on(account::id.eq(account_role::account_id)))
        .left_join(account_mail::table.on(account_mail::account_id.eq(account_role::account_id)))
        .filter(account_role::role.eq(Role::DauMoi.code()))
        .filter(account_role::unit_id.eq_any(units))
        .filter(account::disabled_at.is_null())
        .order((account_role::unit_id, account::name, account::id))
        .select((account_role::unit_id, account::id, account::name, account_mail::address.nullable()))
        .load(db)?;
    let mut heads = BTreeMap::<i64, Vec<Head>>::new();
    for (unit_id, account_id, name, address) in rows {
        heads.entry(unit_id).or_default().push(Head { account_id, name, address });
    }
    Ok(heads)
}

/// The units that were reminded of a round on a day.
///
/// # Errors
/// The database failed.
pub fn on(db: &mut Db, round_id: i64, day: NaiveDate) -> Result<HashSet<i64>, StoreError> {
    let units: Vec<i64> = head_reminder::table
        .filter(head_reminder::round_id.eq(round_id))
        .filter(head_reminder::day.eq(day))
        .select(head_reminder::unit_id)
        .load(db)?;
    Ok(units.into_iter().collect())
}

/// Writes down that a unit is reminded on a day; false: it was already. Whoever comes second of two who press at once, waits for
/// the first and is told so.
///
/// # Errors
/// The database failed.
pub fn note(db: &mut Db, round_id: i64, unit_id: i64, day: NaiveDate) -> Result<bool, StoreError> {
    let row = (head_reminder::round_id.eq(round_id), head_reminder::unit_id.eq(unit_id), head_reminder::day.eq(day));
    let inserted = super::dialect::both!(db, |c| diesel::insert_into(head_reminder::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(inserted == 1)
}
