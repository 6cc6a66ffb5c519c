//! Which roles were granted to whom, and on which unit.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::dialect::both;
use super::schema::{account, account_role, unit};
use super::{Db, StoreError, accounts};
use crate::survey::access::{Grant, Role};

/// Who grants, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Granting {
    /// The account that grants; none: the command line.
    pub by: Option<i64>,
    /// When.
    pub at: NaiveDateTime,
}

/// What was granted to an account.
///
/// # Errors
/// The database failed, or holds a role that this program does not know.
pub fn of(db: &mut Db, account_id: i64) -> Result<Vec<Grant>, StoreError> {
    let rows: Vec<(String, i64)> = account_role::table
        .filter(account_role::account_id.eq(account_id))
        .order((account_role::unit_id, account_role::role))
        .select((account_role::role, account_role::unit_id))
        .load(db)?;
    let mut grants = rows.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    grants.sort();
    Ok(grants)
}

pub(super) fn read((role, unit_id): (String, i64)) -> Result<Grant, StoreError> {
    Ok(Grant { role: role.parse().map_err(|e| StoreError::corrupt("role", e))?, unit_id })
}

/// Grants; what was granted before stays as it is.
///
/// # Errors
/// The database failed.
pub fn grant(db: &mut Db, account_id: i64, grants: &[Grant], granting: Granting) -> Result<(), StoreError> {
    for grant in grants {
        let row = (
            account_role::account_id.eq(account_id),
            account_role::role.eq(grant.role.code()),
            account_role::unit_id.eq(grant.unit_id),
            account_role::granted_at.eq(granting.at),
            account_role::granted_by.eq(granting.by),
        );
        both!(db, |c| diesel::insert_into(account_role::table).values(row).on_conflict_do_nothing().execute(c))?;
    }
    Ok(())
}

/// Leaves exactly these roles on this unit; those on other units stay.
///
/// # Errors
/// The database failed.
pub fn put(db: &mut Db, account_id: i64, unit_id: i64, roles: &[Role], granting: Granting) -> Result<(), StoreError> {
    let codes: Vec<&str> = roles.iter().map(|role| role.code()).collect();
    let there = account_role::account_id.eq(account_id).and(account_role::unit_id.eq(unit_id));
    diesel::delete(account_role::table.filter(there.and(account_role::role.ne_all(codes)))).execute(db)?;
    let grants: Vec<Grant> = roles.iter().map(|role| Grant { role: *role, unit_id }).collect();
    grant(db, account_id, &grants, granting)
}

/// Takes every role from an account.
///
/// # Errors
/// The database failed.
pub fn take_all(db: &mut Db, account_id: i64) -> Result<(), StoreError> {
    diesel::delete(account_role::table.filter(account_role::account_id.eq(account_id))).execute(db)?;
    Ok(())
}

/// The units with none above them whose people only this account looks after: without it the installation would be shut
/// to everybody. Call it after [`Db::change_people_alone`].
///
/// # Errors
/// The database failed.
pub fn kept_by(db: &mut Db, account_id: i64) -> Result<Vec<i64>, StoreError> {
    let keepers: Vec<(i64, i64)> = account_role::table
        .inner_join(account::table.on(account::id.eq(account_role::account_id)))
        .inner_join(unit::table.on(unit::id.eq(account_role::unit_id)))
        .filter(account_role::role.eq(Role::QuanTri.code()))
        .filter(account::disabled_at.is_null())
        // whoever was only invited keeps nothing yet
        .filter(account::password_hash.is_not_null())
        .filter(unit::parent_id.is_null().and(unit::professional_parent_id.is_null()))
        .select((account_role::unit_id, account_role::account_id))
        .load(db)?;
    let is_kept = |unit: i64| keepers.iter().any(|(other, who)| *other == unit && *who != account_id);
    let own = keepers.iter().filter(|(_, who)| *who == account_id).map(|(unit, _)| *unit);
    Ok(own.filter(|unit| !is_kept(*unit)).collect())
}

/// Somebody who looks after people.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Keeper {
    /// The account.
    pub account_id: i64,
    /// The person's name.
    pub name: String,
    /// The name of the person's unit.
    pub unit: String,
}

/// Who looks after the people of a unit and can sign in, those nearest to it first.
///
/// # Errors
/// The database failed.
pub fn keepers_of(db: &mut Db, unit_id: i64) -> Result<Vec<Keeper>, StoreError> {
    let line = accounts::line_of(db, unit_id)?;
    let mut keepers: Vec<(i64, Keeper)> = account_role::table
        .inner_join(account::table.on(account::id.eq(account_role::account_id)))
        .inner_join(unit::table.on(unit::id.eq(account::unit_id)))
        .filter(account_role::role.eq(Role::QuanTri.code()).and(account_role::unit_id.eq_any(&line)))
        .filter(account::disabled_at.is_null().and(account::password_hash.is_not_null()))
        .order(account::id)
        .select((account_role::unit_id, (account::id, account::name, unit::name)))
        .load(db)?;
    keepers.sort_by_key(|(granted_on, _)| line.iter().position(|unit| unit == granted_on));
    Ok(keepers.into_iter().map(|(_, keeper)| keeper).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{at, store_with_account};

    fn granting() -> Granting {
        Granting { by: None, at: at(0) }
    }

    fn codes(db: &mut Db, account: i64) -> Result<Vec<(&'static str, i64)>, StoreError> {
        Ok(of(db, account)?.into_iter().map(|grant| (grant.role.code(), grant.unit_id)).collect())
    }

    #[test]
    fn an_account_begins_with_the_roles_of_its_unit_and_keeps_those_that_are_ticked() {
        let (_database, store, account) = store_with_account();
        let roles = ["quan_tri", "chu_tri", "soan_phieu", "duyet", "xu_ly", "phan_tich"];
        assert_eq!(store.read_now(|db| codes(db, account)).unwrap(), roles.map(|role| (role, 2)));
        store.write_now(|db| put(db, account, 3, &[Role::DauMoi], granting())).unwrap();
        store.write_now(|db| put(db, account, 2, &[Role::PhanTich], granting())).unwrap();
        assert_eq!(store.read_now(|db| codes(db, account)).unwrap(), [("dau_moi", 3), ("phan_tich", 2)]);
        store.write_now(|db| take_all(db, account)).unwrap();
        assert_eq!(store.read_now(|db| codes(db, account)).unwrap(), []);
    }

    #[test]
    fn the_only_one_who_looks_after_the_top_unit_is_known() {
        let (_database, store, account) = store_with_account();
        let kept = |account| store.read_now(|db| kept_by(db, account)).unwrap();
        assert_eq!(kept(account), [0; 0], "a ward is not the top");
        let top = [Grant { role: Role::QuanTri, unit_id: 1 }];
        let enters = |account| store.write_now(|db| accounts::set_password(db, account, "hash")).unwrap();
        store.write_now(|db| grant(db, account, &top, granting())).unwrap();
        enters(account);
        assert_eq!(kept(account), [1]);
        let add = |db: &mut Db| accounts::add(db, &"binh".parse().unwrap(), "Trần Thị Bình", 1, at(0));
        let second = store.write_now(add).unwrap();
        assert_eq!(kept(account), [1], "whoever was only invited keeps nothing yet");
        enters(second);
        assert_eq!((kept(account).len(), kept(second).len()), (0, 0));
        store.write_now(|db| accounts::stop(db, second, at(1))).unwrap();
        assert_eq!((kept(account), kept(second).len()), (vec![1], 0));
    }
}
