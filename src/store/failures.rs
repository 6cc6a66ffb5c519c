//! Failed sign-ins, so that guessing slows down on every instance. Keyed by an HMAC of the login: the table tells nobody
//! which names were tried.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use super::dialect::both;
use super::schema::sign_in_failure;
use super::{Db, StoreError};
use crate::survey::access::delay_after;

/// Failures are forgotten after so long without another.
pub(super) const MEMORY: TimeDelta = TimeDelta::hours(24);

/// Whether a password may be tried now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// Yes; it was counted as failed, until [`clear`] says otherwise.
    Counted,
    /// Not before then.
    Wait(NaiveDateTime),
}

/// Asks to try a password. The attempt is counted before the password is checked: tries that arrive together cannot slip
/// past each other, on one instance or on several.
///
/// # Errors
/// The database failed.
pub fn attempt(db: &mut Db, login_hash: &[u8], now: NaiveDateTime) -> Result<Attempt, StoreError> {
    use sign_in_failure as f;
    // changes nothing in a row that is there, but holds it until this transaction ends
    both!(db, |c| diesel::insert_into(f::table)
        .values((f::login_hash.eq(login_hash), f::failures.eq(0), f::last_failed_at.eq(now)))
        .on_conflict(f::login_hash)
        .do_update()
        .set(f::failures.eq(f::failures))
        .execute(c))?;
    let (failures, last): (i64, NaiveDateTime) =
        f::table.find(login_hash).select((f::failures, f::last_failed_at)).first(db)?;
    let failures = if now - last >= MEMORY { 0 } else { failures };
    let free_at = last + delay_after(failures);
    if now < free_at {
        return Ok(Attempt::Wait(free_at));
    }
    diesel::update(f::table.find(login_hash))
        .set((f::failures.eq(failures + 1), f::last_failed_at.eq(now)))
        .execute(db)?;
    Ok(Attempt::Counted)
}

/// Whether the next try has to wait: as many as are ordinary mistyping were wrong.
///
/// # Errors
/// The database failed.
pub fn slows(db: &mut Db, login_hash: &[u8]) -> Result<bool, StoreError> {
    let row: Option<i64> =
        sign_in_failure::table.find(login_hash).select(sign_in_failure::failures).first(db).optional()?;
    Ok(row.is_some_and(|failures| delay_after(failures) > TimeDelta::zero()))
}

/// The password was right.
///
/// # Errors
/// The database failed.
pub fn clear(db: &mut Db, login_hash: &[u8]) -> Result<(), StoreError> {
    diesel::delete(sign_in_failure::table.find(login_hash)).execute(db)?;
    Ok(())
}

/// Deletes what is too old to count.
///
/// # Errors
/// The database failed.
pub fn forget_old(db: &mut Db, now: NaiveDateTime) -> Result<(), StoreError> {
    diesel::delete(sign_in_failure::table.filter(sign_in_failure::last_failed_at.le(now - MEMORY))).execute(db)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{at, store_with_units};

    const LOGIN: [u8; 32] = [1; 32];

    #[test]
    fn the_sixth_guess_in_a_row_waits_and_waiting_does_not_make_it_longer() {
        let (_database, store) = store_with_units();
        let guess = |seconds| store.write_now(|db| attempt(db, &LOGIN, at(seconds))).unwrap();
        for second in 0..5 {
            assert_eq!(guess(second), Attempt::Counted);
        }
        assert_eq!(guess(5), Attempt::Wait(at(4 + 15)));
        assert_eq!(guess(18), Attempt::Wait(at(4 + 15)));
        assert_eq!(guess(19), Attempt::Counted);
        assert_eq!(guess(20), Attempt::Wait(at(19 + 30)));
    }

    #[test]
    fn success_and_a_day_of_rest_forget_failures() {
        let (_database, store) = store_with_units();
        let guess = |seconds| store.write_now(|db| attempt(db, &LOGIN, at(seconds))).unwrap();
        (0..5).for_each(|second| assert_eq!(guess(second), Attempt::Counted));
        store.write_now(|db| clear(db, &LOGIN)).unwrap();
        (6..11).for_each(|second| assert_eq!(guess(second), Attempt::Counted));
        assert!(matches!(guess(11), Attempt::Wait(_)));
        assert_eq!(guess(10 + 24 * 3600), Attempt::Counted);
        assert_eq!(guess(11 + 24 * 3600), Attempt::Counted);
    }

    #[test]
    fn another_login_is_not_slowed_down() {
        let (_database, store) = store_with_units();
        for _ in 0..6 {
            store.write_now(|db| attempt(db, &LOGIN, at(0))).unwrap();
        }
        assert_eq!(store.write_now(|db| attempt(db, &[2; 32], at(0))).unwrap(), Attempt::Counted);
    }
}
