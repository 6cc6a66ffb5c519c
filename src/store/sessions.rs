//! Open sessions of staff. Only the hash of a session's token is stored.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use super::schema::{account, session, unit, unit_kind};
use super::{Db, StoreError, roles, unit_kinds};
use crate::survey::access::Grants;
use crate::survey::code::UnitNature;

/// A session ends after so long without a request…
pub const IDLE: TimeDelta = TimeDelta::hours(12);
/// …and after so long in any case.
pub const LONGEST: TimeDelta = TimeDelta::days(7);
/// How stale `last_seen_at` may be: pages should not each cost a write.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(5);

/// Who is behind an open session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The account.
    pub account_id: i64,
    /// Its login.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The unit that the account belongs to.
    pub unit_id: i64,
    /// The unit's code.
    pub unit_code: String,
    /// The unit's name.
    pub unit_name: String,
    /// What the unit is.
    pub unit_nature: UnitNature,
    /// What was granted to the account.
    pub grants: Grants,
    /// When a request was last noted.
    pub last_seen_at: NaiveDateTime,
}

impl SignedIn {
    /// Whether this request should be noted.
    pub fn is_stale(&self, now: NaiveDateTime) -> bool {
        now - self.last_seen_at >= SEEN_EVERY
    }
}

/// Opens a session.
///
/// # Errors
/// The database failed.
pub fn open(db: &mut Db, token_hash: &[u8], account_id: i64, now: NaiveDateTime) -> Result<(), StoreError> {
    diesel::insert_into(session::table)
        .values((
            session::token_hash.eq(token_hash),
            session::account_id.eq(account_id),
            session::created_at.eq(now),
            session::last_seen_at.eq(now),
            session::expires_at.eq(now + LONGEST),
        ))
        .execute(db)?;
    diesel::update(account::table.find(account_id)).set(account::signed_in_at.eq(now)).execute(db)?;
    Ok(())
}

/// Who is behind this token, if the session is still open and the account was not closed.
///
/// # Errors
/// The database failed.
pub fn find(db: &mut Db, token_hash: &[u8], now: NaiveDateTime) -> Result<Option<SignedIn>, StoreError> {
    type Row = (i64, String, String, i64, String, String, String, NaiveDateTime);
    let row: Option<Row> = session::table
        .inner_join(account::table.on(account::id.eq(session::account_id)))
        .inner_join(unit::table.on(unit::id.eq(account::unit_id)))
        .inner_join(unit_kind::table.on(unit_kind::code.eq(unit::kind)))
        .filter(session::token_hash.eq(token_hash))
        .filter(session::expires_at.gt(now))
        .filter(session::last_seen_at.gt(now - IDLE))
        .filter(account::disabled_at.is_null())
        .select((
            account::id,
            account::login,
            account::name,
            unit::id,
            unit::code,
            unit::name,
            unit_kind::nature,
            session::last_seen_at,
        ))
        .first(db)
        .optional()?;
    let Some((account_id, login, name, unit_id, unit_code, unit_name, nature, last_seen_at)) = row else {
        return Ok(None);
    };
    let unit_nature = unit_kinds::nature(&nature)?;
    let grants = Grants::new(unit_nature, roles::of(db, account_id)?);
    Ok(Some(SignedIn { account_id, login, name, unit_id, unit_code, unit_name, unit_nature, grants, last_seen_at }))
}

/// Notes a request, so that the session does not fall idle.
///
/// # Errors
/// The database failed.
pub fn touch(db: &mut Db, token_hash: &[u8], now: NaiveDateTime) -> Result<(), StoreError> {
    diesel::update(session::table.find(token_hash)).set(session::last_seen_at.eq(now)).execute(db)?;
    Ok(())
}

/// How many sessions this account has open.
///
/// # Errors
/// The database failed.
pub fn count_open(db: &mut Db, account_id: i64, now: NaiveDateTime) -> Result<i64, StoreError> {
    Ok(session::table
        .filter(session::account_id.eq(account_id))
        .filter(session::expires_at.gt(now))
        .filter(session::last_seen_at.gt(now - IDLE))
        .count()
        .get_result(db)?)
}

/// One open session of an account, for its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSession {
    /// The stored form of its token.
    pub token_hash: Vec<u8>,
    /// When it began.
    pub created_at: NaiveDateTime,
    /// When a request was last noted.
    pub last_seen_at: NaiveDateTime,
}

/// The open sessions of an account, the one that was used last first.
///
/// # Errors
/// The database failed.
pub fn of_account(db: &mut Db, account_id: i64, now: NaiveDateTime) -> Result<Vec<OwnSession>, StoreError> {
    let rows: Vec<(Vec<u8>, NaiveDateTime, NaiveDateTime)> = session::table
        .filter(session::account_id.eq(account_id))
        .filter(session::expires_at.gt(now))
        .filter(session::last_seen_at.gt(now - IDLE))
        .order((session::last_seen_at.desc(), session::created_at.desc()))
        .select((session::token_hash, session::created_at, session::last_seen_at))
        .load(db)?;
    let session = |(token_hash, created_at, last_seen_at)| OwnSession { token_hash, created_at, last_seen_at };
    Ok(rows.into_iter().map(session).collect())
}

/// Ends all sessions of an account but this one.
///
/// # Errors
/// The database failed.
pub fn end_others(db: &mut Db, account_id: i64, token_hash: &[u8]) -> Result<(), StoreError> {
    let others = session::account_id.eq(account_id).and(session::token_hash.ne(token_hash));
    diesel::delete(session::table.filter(others)).execute(db)?;
    Ok(())
}

/// Ends one session.
///
/// # Errors
/// The database failed.
pub fn end(db: &mut Db, token_hash: &[u8]) -> Result<(), StoreError> {
    diesel::delete(session::table.find(token_hash)).execute(db)?;
    Ok(())
}

/// Ends every session of an account.
///
/// # Errors
/// The database failed.
pub fn end_all(db: &mut Db, account_id: i64) -> Result<(), StoreError> {
    diesel::delete(session::table.filter(session::account_id.eq(account_id))).execute(db)?;
    Ok(())
}

/// Deletes the sessions that have expired.
///
/// # Errors
/// The database failed.
pub fn forget_expired(db: &mut Db, now: NaiveDateTime) -> Result<(), StoreError> {
    diesel::delete(session::table.filter(session::expires_at.le(now).or(session::last_seen_at.le(now - IDLE))))
        .execute(db)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{at, store_with_account};

    const HASH: [u8; 32] = [9; 32];
    const HOUR: i64 = 3600;

    #[test]
    fn a_session_falls_idle_after_twelve_hours() {
        let (_database, store, account) = store_with_account();
        store.write_now(|db| open(db, &HASH, account, at(0))).unwrap();
        let find = |seconds| store.read_now(|db| find(db, &HASH, at(seconds))).unwrap();
        assert_eq!(find(12 * HOUR - 1).map(|who| who.login), Some("an.nguyen".to_owned()));
        assert_eq!(find(12 * HOUR), None);
        store.write_now(|db| touch(db, &HASH, at(11 * HOUR))).unwrap();
        assert!(find(22 * HOUR).is_some());
    }

    #[test]
    fn a_session_ends_after_a_week_however_busy() {
        let (_database, store, account) = store_with_account();
        store.write_now(|db| open(db, &HASH, account, at(0))).unwrap();
        let week = 7 * 24 * HOUR;
        store.write_now(|db| touch(db, &HASH, at(week - 60))).unwrap();
        assert!(store.read_now(|db| find(db, &HASH, at(week - 1))).unwrap().is_some());
        assert!(store.read_now(|db| find(db, &HASH, at(week))).unwrap().is_none());
    }

    #[test]
    fn ending_all_sessions_ends_them_on_every_device() {
        let (_database, store, account) = store_with_account();
        for n in 0..3 {
            store.write_now(|db| open(db, &[n; 32], account, at(0))).unwrap();
        }
        assert_eq!(store.read_now(|db| count_open(db, account, at(1))).unwrap(), 3);
        store.write_now(|db| end(db, &[0; 32])).unwrap();
        assert_eq!(store.read_now(|db| count_open(db, account, at(1))).unwrap(), 2);
        store.write_now(|db| end_all(db, account)).unwrap();
        assert_eq!(store.read_now(|db| count_open(db, account, at(1))).unwrap(), 0);
    }

    #[test]
    fn a_request_is_noted_every_five_minutes_at_most() {
        let (_database, store, account) = store_with_account();
        store.write_now(|db| open(db, &HASH, account, at(0))).unwrap();
        let who = store.read_now(|db| find(db, &HASH, at(1))).unwrap().unwrap();
        assert!(!who.is_stale(at(299)));
        assert!(who.is_stale(at(300)));
    }

    #[test]
    fn only_sessions_that_ended_are_forgotten() {
        let (_database, store, account) = store_with_account();
        store.write_now(|db| open(db, &[1; 32], account, at(0))).unwrap();
        store.write_now(|db| open(db, &[2; 32], account, at(HOUR))).unwrap();
        store.write_now(|db| forget_expired(db, at(12 * HOUR))).unwrap();
        assert!(store.read_now(|db| find(db, &[1; 32], at(1))).unwrap().is_none());
        assert!(store.read_now(|db| find(db, &[2; 32], at(HOUR + 1))).unwrap().is_some());
    }
}
