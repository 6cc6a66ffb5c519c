//! How often one address may ask for something that costs the machine much, so that whoever guesses does not take it away
//! from everybody else. In memory, per process: this protects the processor; accounts are protected by what is stored.
//!
//! Addresses are kept as keyed hashes and forgotten as soon as their budget is full again.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hash};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::Clock as _;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::clock::Clock;

/// Password checks per minute: a whole office behind one address signs in at eight o'clock, and still a flood of guesses
/// takes less than a tenth of two cores.
const PASSWORDS: NonZeroU32 = NonZeroU32::new(120).unwrap();
/// The same from one page at which somebody waits for a turn: nobody types faster.
const WAITING: NonZeroU32 = NonZeroU32::new(6).unwrap();
/// Wrong tokens per minute: a program whose token was revoked may ask once a second.
const TOKENS: NonZeroU32 = NonZeroU32::new(60).unwrap();

/// Withdrawals per minute: a code has 80 bits, so this only keeps guesses from costing the database much.
const WITHDRAWALS: NonZeroU32 = NonZeroU32::new(60).unwrap();

/// Wrong one-time codes per minute from one address: a school hall shares one, and some mistype.
const CODES: NonZeroU32 = NonZeroU32::new(60).unwrap();
/// The same for one poster, from everywhere.
const CODES_OF_POSTER: NonZeroU32 = NonZeroU32::new(240).unwrap();

/// Forms begun per minute from one address: a school hall at once, and no flood of rows.
const FORMS: NonZeroU32 = NonZeroU32::new(600).unwrap();
/// Addresses of forms under way that there are not, per minute: old links are opened now and then. 128 bits keep guessing from
/// success; this keeps it from costing much.
const TICKETS: NonZeroU32 = NonZeroU32::new(120).unwrap();

/// All budgets of one process.
pub struct Budgets {
    /// Password checks.
    pub passwords: Budget,
    /// Password checks from pages that were waited at, so that whoever sends without pause takes nobody's.
    pub patient: Budget,
    /// The same by the page.
    pub waiting: Budget,
    /// Tokens that are not good.
    pub tokens: Budget,
    /// Forms that somebody wants to take back.
    pub withdrawals: Budget,
    /// One-time codes that let nobody in, by address.
    pub codes: Budget,
    /// The same by the poster's code.
    pub codes_of_poster: Budget,
    /// Forms that are begun and saved on the way.
    pub forms: Budget,
    /// Addresses of forms under way that there are not.
    pub tickets: Budget,
}

impl Budgets {
    /// Full budgets.
    pub fn new(clock: &Clock) -> Self {
        Self {
            passwords: Budget::per_minute(PASSWORDS, clock),
            patient: Budget::per_minute(PASSWORDS, clock),
            waiting: Budget::per_minute(WAITING, clock),
            tokens: Budget::per_minute(TOKENS, clock),
            withdrawals: Budget::per_minute(WITHDRAWALS, clock),
            codes: Budget::per_minute(CODES, clock),
            codes_of_poster: Budget::per_minute(CODES_OF_POSTER, clock),
            forms: Budget::per_minute(FORMS, clock),
            tickets: Budget::per_minute(TICKETS, clock),
        }
    }

    /// Forgets addresses whose budgets are full again.
    pub fn tidy(&self) {
        for budget in [
            &self.passwords,
            &self.patient,
            &self.waiting,
            &self.tokens,
            &self.withdrawals,
            &self.codes,
            &self.codes_of_poster,
            &self.forms,
            &self.tickets,
        ] {
            budget.limiter.retain_recent();
            budget.limiter.shrink_to_fit();
        }
    }
}

/// So many per minute and address, all at once or one after the other.
pub struct Budget {
    limiter: RateLimiter<u64, HashMapStateStore<u64>, Ticks, NoOpMiddleware<Duration>>,
    keys: RandomState,
}

impl Budget {
    fn per_minute(many: NonZeroU32, clock: &Clock) -> Self {
        let limiter = RateLimiter::new(Quota::per_minute(many), HashMapStateStore::default(), Ticks(clock.clone()));
        Self { limiter, keys: RandomState::new() }
    }

    /// Takes one.
    ///
    /// # Errors
    /// Nothing is left: how long to wait.
    pub fn spend(&self, address: IpAddr) -> Result<(), Duration> {
        self.spend_of(&household(address))
    }

    /// Takes one from the budget of something that is no address.
    ///
    /// # Errors
    /// As [`Budget::spend`].
    pub fn spend_of(&self, what: &impl Hash) -> Result<(), Duration> {
        let key = self.keys.hash_one(what);
        self.limiter.check_key(&key).map_err(|not_until| not_until.wait_time_from(self.limiter.clock().now()))
    }
}

/// What one subscriber has: an IPv4 address, or the /64 network of an IPv6 address.
fn household(address: IpAddr) -> u64 {
    match address.to_canonical() {
        IpAddr::V4(address) => u64::from(u32::from(address)),
        // global addresses begin with 2 or 3, so that the upper half never looks like an IPv4 address
        IpAddr::V6(address) => (u128::from(address) >> 64) as u64,
    }
}

/// Our clock, as the limiter reads it.
struct Ticks(Clock);

impl governor::clock::Clock for Ticks {
    type Instant = Duration;

    fn now(&self) -> Duration {
        let micros = self.0.now().and_utc().timestamp_micros();
        Duration::from_micros(u64::try_from(micros).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_spent_budget_fills_again_and_is_nobody_elses() {
        let clock = Clock::default();
        let budget = Budget::per_minute(NonZeroU32::new(6).unwrap(), &clock);
        (0..6).for_each(|_| budget.spend(at("203.0.113.7")).unwrap());
        let wait = budget.spend(at("203.0.113.7")).unwrap_err();
        assert!(wait > Duration::from_secs(9) && wait <= Duration::from_secs(10), "{wait:?}");
        assert_eq!(budget.spend(at("203.0.113.8")), Ok(()));
        clock.advance(10);
        assert_eq!(budget.spend(at("::ffff:203.0.113.7")), Ok(()));
        assert!(budget.spend(at("203.0.113.7")).is_err());
    }

    #[test]
    fn a_household_shares_its_ipv6_network_and_is_forgotten_when_it_rests() {
        let clock = Clock::default();
        let budgets = Budgets::new(&clock);
        (0..PASSWORDS.get()).for_each(|_| budgets.passwords.spend(at("2001:db8:1:2::1")).unwrap());
        assert!(budgets.passwords.spend(at("2001:db8:1:2:ffff::9")).is_err());
        assert_eq!(budgets.passwords.spend(at("2001:db8:1:3::1")), Ok(()));
        clock.advance(61);
        budgets.tidy();
        assert!(budgets.passwords.limiter.is_empty());
    }
}
