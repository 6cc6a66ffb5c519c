//! What a handler may reach.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{NaiveDateTime, SubsecRound, TimeDelta, Utc};

use crate::secret::Secret;
use crate::store::Store;

/// Everything shared between requests; cheap to clone.
#[derive(Clone)]
pub struct State {
    /// The database.
    pub store: Store,
    /// The installation's key.
    pub secret: Secret,
    /// The time.
    pub clock: Clock,
    /// What QR codes point to, without a slash at the end.
    pub public_url: Arc<str>,
}

impl State {
    /// Whether cookies may demand https.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// The time in UTC, truncated to microseconds because PostgreSQL keeps no more. Tests move it.
#[derive(Clone, Debug, Default)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    /// Now, UTC.
    pub fn now(&self) -> NaiveDateTime {
        Utc::now().naive_utc().trunc_subsecs(6) + TimeDelta::seconds(self.0.load(Ordering::Relaxed))
    }

    /// Moves this clock by some seconds.
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::Relaxed);
    }
}
