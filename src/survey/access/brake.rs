//! How guessing at a password slows down without keeping its owner out. Failures are counted per login and network; a count
//! per login over all networks begins far later; and whoever waits at a page for a while gets a turn all the same.
//!
//! What that leaves to guess, per login and day: about 100 from one network by posting alone, 5 760 by waiting at many
//! pages; from however many networks together 3 200 by posting alone, 24 800 with pages. The passwords that guessing starts
//! with are refused when they are chosen.

use chrono::TimeDelta;

/// What one network adds to the count over all networks at most: fifteen networks have to guess before it brakes.
pub const SHARE: i64 = 20;

/// How many failures over all networks pass before they brake.
const FREE_EVERYWHERE: i64 = 300;

/// How long a page has to have been open before it gives a turn.
pub const PATIENCE: TimeDelta = TimeDelta::seconds(45);

/// How long a page is good for a turn.
pub const PAGE_LASTS: TimeDelta = TimeDelta::hours(1);

/// Between two turns of one network. A third of [`PATIENCE`]: a guesser who waits as people do, at one page, takes one turn in
/// three.
pub const TURN: TimeDelta = TimeDelta::seconds(15);

/// Between two turns over all networks: one network takes at most every fourth.
pub const TURN_EVERYWHERE: TimeDelta = TimeDelta::seconds(4);

/// How long the next try from an unknown device waits after so many failures over all networks.
pub fn delay_everywhere(failures: i64) -> TimeDelta {
    if failures < FREE_EVERYWHERE { TimeDelta::zero() } else { TimeDelta::seconds(30) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_network_never_brakes_the_others() {
        assert_eq!(delay_everywhere(SHARE), TimeDelta::zero());
        assert!(FREE_EVERYWHERE / SHARE >= 15 && delay_everywhere(FREE_EVERYWHERE) > TimeDelta::zero());
        assert!(TURN > TURN_EVERYWHERE * 3 && PATIENCE >= TURN * 3 && PAGE_LASTS > PATIENCE);
    }
}
