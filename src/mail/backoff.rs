//! How long to wait before something is tried again.

use chrono::TimeDelta;

/// After so many attempts to deliver one mail. A server that greylists wants to be asked again after some minutes.
pub(super) fn after_attempts(attempts: i64) -> TimeDelta {
    match attempts {
        ..=0 => TimeDelta::minutes(5),
        1 => TimeDelta::minutes(15),
        2 => TimeDelta::minutes(30),
        3 => TimeDelta::hours(1),
        4 => TimeDelta::hours(2),
        _ => TimeDelta::hours(4),
    }
}

/// One mail is tried for so long at most, as mail servers do, even where it would not be pointless later. About two days.
pub(super) const MOST_ATTEMPTS: i64 = 16;

/// After so many failures in a row that had nothing to do with any one mail.
pub(super) fn after_failures(failures: u32) -> TimeDelta {
    TimeDelta::seconds(1_i64 << failures.min(9)).min(TimeDelta::minutes(5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_grows_and_ends() {
        assert!((0..MOST_ATTEMPTS).all(|n| after_attempts(n) <= after_attempts(n + 1)));
        let all: TimeDelta = (0..MOST_ATTEMPTS).map(after_attempts).sum();
        assert_eq!(all.num_days(), 1, "{all}");
        assert!((0..40).all(|n| after_failures(n) <= after_failures(n + 1)));
        assert_eq!((after_failures(0), after_failures(99)), (TimeDelta::seconds(1), TimeDelta::minutes(5)));
    }
}
