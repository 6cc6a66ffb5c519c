//! How many forms there will be when a round closes, as far as the days that have passed can tell.

/// A projection from so many whole days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlook {
    /// If every hour that is left is like those of the poorest of these days.
    pub low: i64,
    /// If it is like their average.
    pub likely: i64,
    /// If it is like those of the richest of these days.
    pub high: i64,
    /// How many days were looked at.
    pub days: usize,
}

/// A projection looks at so many days at most: what was longer ago says little about tomorrow.
const LOOKED_AT: usize = 7;
/// One day is no pattern.
const ENOUGH: usize = 2;
const MINUTES: i128 = 24 * 60;

/// The outlook from the forms of whole days, the latest last, of what has come in so far and of the minutes that are left;
/// nothing where too few days are over. Rounded down: a promise is better kept than broken.
pub fn outlook(whole_days: &[i64], so_far: i64, minutes_left: i64) -> Option<Outlook> {
    let days = &whole_days[whole_days.len().saturating_sub(LOOKED_AT)..];
    if days.len() < ENOUGH {
        return None;
    }
    let more = |forms: i128, days: i128| {
        let more = forms * i128::from(minutes_left.max(0)) / (days * MINUTES);
        so_far.saturating_add(i64::try_from(more).unwrap_or(i64::MAX))
    };
    let (least, most) = (days.iter().min()?, days.iter().max()?);
    let sum: i128 = days.iter().map(|n| i128::from(*n)).sum();
    Some(Outlook {
        low: more(i128::from(*least), 1),
        likely: more(sum, i128::try_from(days.len()).ok()?),
        high: more(i128::from(*most), 1),
        days: days.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_days_that_are_left_are_taken_to_be_like_those_that_were() {
        // 30 forms in three days, 10 a day, from 4 to 16; 36 hours are left: one day and a half
        let outlook = outlook(&[10, 4, 16], 37, 36 * 60).unwrap();
        assert_eq!(outlook, Outlook { low: 37 + 6, likely: 37 + 15, high: 37 + 24, days: 3 });
    }

    #[test]
    fn only_the_last_week_counts_and_a_first_day_says_nothing() {
        let days = [900, 7, 7, 7, 7, 7, 7, 7];
        assert_eq!(outlook(&days, 0, 24 * 60), Some(Outlook { low: 7, likely: 7, high: 7, days: 7 }));
        assert_eq!((outlook(&[50], 50, 60), outlook(&[], 0, 60)), (None, None));
    }

    #[test]
    fn after_closing_what_came_in_is_what_there_is() {
        assert_eq!(outlook(&[10, 20], 33, -5).map(|o| (o.low, o.likely, o.high)), Some((33, 33, 33)));
    }

    proptest! {
        #[test]
        fn the_likely_number_lies_between_the_others_and_never_below_what_is_there(
            days in prop::collection::vec(0_i64..1_000_000, 2..40), so_far in 0_i64..10_000_000, left in 0_i64..200_000
        ) {
            let Outlook { low, likely, high, .. } = outlook(&days, so_far, left).unwrap();
            prop_assert!(so_far <= low && low <= likely && likely <= high);
        }
    }
}
