//! Failed sign-ins from devices that nobody was let in from before: counted per login and network, per login over all
//! networks, and with turns for whoever waits at a page. The numbers are in [`crate::survey::access::brake`].

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use super::dialect::both;
use super::failures::MEMORY;
use super::schema::sign_in_failure;
use super::{Db, StoreError};
use crate::survey::access::brake::{PATIENCE, SHARE, TURN, TURN_EVERYWHERE, delay_everywhere};
use crate::survey::access::delay_after;

/// Somebody at an unknown device: under which keyed hashes tries are counted. None of them tells a login or an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stranger {
    /// Of the login and the network.
    pub near: [u8; 32],
    /// Of the login.
    pub everywhere: [u8; 32],
    /// For the turns of the login in the network.
    pub near_turn: [u8; 32],
    /// For the turns of the login.
    pub turn: [u8; 32],
    /// Of the page at which somebody waits.
    pub page: [u8; 32],
    /// When that page was made, UTC.
    pub page_at: NaiveDateTime,
}

/// Whether a password may be tried now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Try {
    /// Yes; it was counted as failed, until [`succeed`] says otherwise.
    Counted,
    /// Yes, because the page was waited at; it gives no other turn.
    Turn,
    /// Not before then.
    Wait(NaiveDateTime),
}

/// Asks to try a password; counted before the password is checked, as in [`super::failures::attempt`].
///
/// # Errors
/// The database failed.
pub fn attempt(db: &mut Db, who: &Stranger, now: NaiveDateTime) -> Result<Try, StoreError> {
    let near = held(db, &who.near, now)?;
    let everywhere = held(db, &who.everywhere, now)?;
    let free_at = (near.1 + delay_after(near.0)).max(everywhere.1 + delay_everywhere(everywhere.0));
    if now < free_at {
        return turn(db, who, free_at, now);
    }
    put(db, &who.near, near.0 + 1, now)?;
    if near.0 < SHARE {
        put(db, &who.everywhere, everywhere.0 + 1, now)?;
    }
    Ok(Try::Counted)
}

/// A turn for whoever waited long enough, at a page that gave none yet.
fn turn(db: &mut Db, who: &Stranger, free_at: NaiveDateTime, now: NaiveDateTime) -> Result<Try, StoreError> {
    let near = held(db, &who.near_turn, now)?;
    let everywhere = held(db, &who.turn, now)?;
    if is_used(db, &who.page)? {
        return Ok(Try::Wait(free_at));
    }
    let after = |(turns, last): Count, pause: TimeDelta| if turns == 0 { now } else { last + pause };
    let turn_at = (who.page_at + PATIENCE).max(after(near, TURN)).max(after(everywhere, TURN_EVERYWHERE));
    if now < turn_at {
        return Ok(Try::Wait(free_at.min(turn_at)));
    }
    let page = held(db, &who.page, now)?;
    for (key, (turns, _)) in [(&who.near_turn, near), (&who.turn, everywhere), (&who.page, page)] {
        put(db, key, turns + 1, now)?;
    }
    Ok(Try::Turn)
}

/// Whether a page gave its turn. Looking leaves no row: most pages never wait.
fn is_used(db: &mut Db, page: &[u8]) -> Result<bool, StoreError> {
    let turns: Option<i64> =
        sign_in_failure::table.find(page).select(sign_in_failure::failures).first(db).optional()?;
    Ok(turns.is_some_and(|turns| turns > 0))
}

/// The password was right: ordinary mistyping in this network is forgotten, and one try less counts over all networks.
///
/// # Errors
/// The database failed.
pub fn succeed(db: &mut Db, who: &Stranger) -> Result<(), StoreError> {
    use sign_in_failure as f;
    diesel::delete(f::table.find(&who.near[..])).execute(db)?;
    let counted = f::table.find(&who.everywhere[..]).filter(f::failures.gt(0));
    diesel::update(counted).set(f::failures.eq(f::failures - 1)).execute(db)?;
    Ok(())
}

/// How many, and when the last was, UTC.
type Count = (i64, NaiveDateTime);

/// A count, which nobody else changes until this transaction ends.
fn held(db: &mut Db, key: &[u8], now: NaiveDateTime) -> Result<Count, StoreError> {
    use sign_in_failure as f;
    both!(db, |c| diesel::insert_into(f::table)
        .values((f::login_hash.eq(key), f::failures.eq(0), f::last_failed_at.eq(now)))
        .on_conflict(f::login_hash)
        .do_update()
        .set(f::failures.eq(f::failures))
        .execute(c))?;
    let (count, last): Count = f::table.find(key).select((f::failures, f::last_failed_at)).first(db)?;
    Ok(if now - last >= MEMORY { (0, last) } else { (count, last) })
}

fn put(db: &mut Db, key: &[u8], count: i64, now: NaiveDateTime) -> Result<(), StoreError> {
    use sign_in_failure as f;
    diesel::update(f::table.find(key)).set((f::failures.eq(count), f::last_failed_at.eq(now))).execute(db)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use crate::store::tests::{at, store_with_units};

    /// Somebody in this network, at a page that was made then.
    fn stranger(network: u8, page: u8, page_at: i64) -> Stranger {
        let key = |what: u8, of: u8| [[what; 16], [of; 16]].concat().try_into().unwrap();
        Stranger {
            near: key(1, network),
            everywhere: key(2, 0),
            near_turn: key(3, network),
            turn: key(4, 0),
            page: key(5, page),
            page_at: at(page_at),
        }
    }

    fn ask(store: &Store, who: &Stranger, second: i64) -> Try {
        store.write_now(|db| attempt(db, who, at(second))).unwrap()
    }

    /// How many of the tries that somebody sends every second get through, always with a page that was just made.
    fn flood(store: &Store, network: u8, from: i64, until: i64) -> usize {
        (from..until).filter(|now| ask(store, &stranger(network, 99, *now), *now) == Try::Counted).count()
    }

    #[test]
    fn whoever_guesses_elsewhere_does_not_slow_the_owner_down() {
        let (_database, store) = store_with_units();
        let guesses = flood(&store, 1, 0, 600);
        assert!((5..15).contains(&guesses), "{guesses} in ten minutes");
        assert_eq!(ask(&store, &stranger(2, 1, 600), 600), Try::Counted);
    }

    #[test]
    fn who_waits_at_a_page_gets_one_turn_beside_whoever_sends_without_pause() {
        let (_database, store) = store_with_units();
        flood(&store, 1, 0, 300);
        let owner = stranger(1, 1, 300);
        assert_eq!(ask(&store, &owner, 310), Try::Wait(at(345)));
        flood(&store, 1, 311, 345);
        assert_eq!(ask(&store, &owner, 345), Try::Turn);
        assert!(matches!(ask(&store, &owner, 361), Try::Wait(_)), "the page has had its turn");
    }

    #[test]
    fn waiting_at_many_pages_gives_four_turns_a_minute() {
        let (_database, store) = store_with_units();
        flood(&store, 1, 0, 300);
        let turns = (0..600_u32).filter(|n| {
            let page = stranger(1, u8::try_from(n % 200).unwrap(), 0);
            ask(&store, &page, 300 + i64::from(*n) / 2) == Try::Turn
        });
        assert_eq!(turns.count(), 20);
    }

    #[test]
    fn many_networks_together_brake_the_login_and_a_page_gives_a_turn_all_the_same() {
        let (_database, store) = store_with_units();
        let everywhere = stranger(0, 0, 0).everywhere;
        store
            .write_now(|db| {
                held(db, &everywhere, at(0))?;
                put(db, &everywhere, 300, at(0))
            })
            .unwrap();
        assert_eq!(ask(&store, &stranger(7, 1, 0), 10), Try::Wait(at(30)));
        assert_eq!(ask(&store, &stranger(7, 1, -50), 10), Try::Turn);
        assert_eq!(ask(&store, &stranger(7, 2, 0), 30), Try::Counted);
    }

    #[test]
    fn one_network_adds_its_share_to_the_whole_and_no_more() {
        let (_database, store) = store_with_units();
        let guesses = (0..40).filter(|n| ask(&store, &stranger(1, 99, n * 1000), n * 1000) == Try::Counted).count();
        let key = stranger(1, 0, 0).everywhere;
        assert_eq!((guesses, store.write_now(|db| held(db, &key, at(40_000))).unwrap().0), (40, SHARE));
    }

    #[test]
    fn the_right_password_forgets_mistyping() {
        let (_database, store) = store_with_units();
        let owner = stranger(1, 1, 0);
        (0..5).for_each(|second| assert_eq!(ask(&store, &owner, second), Try::Counted));
        store.write_now(|db| succeed(db, &owner)).unwrap();
        (5..10).for_each(|second| assert_eq!(ask(&store, &owner, second), Try::Counted));
    }
}
