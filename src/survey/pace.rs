//! How long a form took, as coarsely as it is of use: a time in seconds would help somebody to tell whose form it was.

use chrono::TimeDelta;

use super::code::codes;

codes! {
    /// How fast a form was filled in, against the time that reading its questions takes.
    Pace {
        /// In less than a third of that time: nobody can have read them.
        Rushed = "rushed",
        /// In less than that time.
        Brisk = "brisk",
        /// In that time or longer, however much longer.
        Ordinary = "ordinary",
        /// Nothing proves when it was begun, somebody else wrote it down, or it has too few words to tell.
        Unknown = "unknown",
    }
}

impl Pace {
    /// A reader's time for a word, in milliseconds: 200 words a minute. It is the threshold in use for questions on screens
    /// (Zhang & Conrad 2014, “Speeding in Web Surveys”).
    pub const MILLIS_A_WORD: i32 = 300;
    /// Whoever takes less than this part of the time has not read.
    pub const PART: i32 = 3;
    /// With fewer words a second decides, and stamps know no smaller time.
    pub const LEAST_WORDS: usize = 100;

    /// The pace of a form whose questions have so many words. `took` is the server's own time from when the form was begun, where
    /// that is proven: whoever waits, or sends a form again, only becomes slower.
    pub fn of(took: Option<TimeDelta>, words: usize) -> Self {
        let Some(took) = took.filter(|took| *took >= TimeDelta::zero() && words >= Self::LEAST_WORDS) else {
            return Self::Unknown;
        };
        let reading =
            TimeDelta::milliseconds(i64::try_from(words).unwrap_or(i64::MAX / 1000) * i64::from(Self::MILLIS_A_WORD));
        match () {
            () if took < reading / Self::PART => Self::Rushed,
            () if took < reading => Self::Brisk,
            () => Self::Ordinary,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn took(seconds: i64, words: usize) -> Pace {
        Pace::of(Some(TimeDelta::seconds(seconds)), words)
    }

    #[test]
    fn two_hundred_words_take_a_minute_and_a_third_of_it_is_no_reading() {
        assert_eq!(
            [took(19, 200), took(20, 200), took(59, 200), took(60, 200)].map(Pace::code),
            ["rushed", "brisk", "brisk", "ordinary"]
        );
    }

    #[test]
    fn what_cannot_be_told_is_not_guessed() {
        assert_eq!([took(0, 99), took(-1, 500), Pace::of(None, 500)], [Pace::Unknown; 3]);
    }

    proptest! {
        #[test]
        fn whoever_takes_longer_is_never_called_faster(seconds in 0_i64..2_000_000_000, more in 0_i64..1_000_000, words in 100_usize..5000) {
            prop_assert!(took(seconds, words) <= took(seconds + more, words));
        }
    }
}
