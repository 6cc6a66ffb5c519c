//! The time. Tests move it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{NaiveDate, NaiveDateTime, SubsecRound, TimeDelta, Utc};

/// The time in UTC, truncated to microseconds because PostgreSQL keeps no more.
#[derive(Clone, Debug, Default)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    /// Now, UTC.
    pub fn now(&self) -> NaiveDateTime {
        Utc::now().naive_utc().trunc_subsecs(6) + TimeDelta::seconds(self.0.load(Ordering::Relaxed))
    }

    /// Today in Việt Nam.
    pub fn today(&self) -> NaiveDate {
        crate::vietnamese::local(self.now()).date()
    }

    /// Moves this clock by some seconds.
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::Relaxed);
    }
}
