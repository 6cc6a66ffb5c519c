//! Where a round stands, in words.

use chrono::{NaiveDateTime, TimeDelta};

use crate::store::rounds::RoundRow;
use crate::survey::round::{GRACE, Gate};
use crate::web::words::Words;

/// Where a round stands; all of it follows from its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Stage {
    /// Nobody sees it yet.
    Draft,
    /// Opens at a date that was set.
    Planned,
    /// Takes forms.
    Open,
    /// Takes only forms that were begun before the pause.
    Paused,
    /// Takes only forms that were begun before closing.
    Late,
    /// Takes none; the figures are about to freeze.
    Closed,
    /// The figures are frozen.
    Frozen,
}

impl Stage {
    /// Where this round stands now.
    pub(in crate::web) fn of(round: &RoundRow, now: NaiveDateTime) -> Self {
        match (round.frozen_at, round.opens_at, round.window().gate(now)) {
            (Some(_), _, _) => Self::Frozen,
            (None, None, _) => Self::Draft,
            (None, Some(_), Gate::NotYet) => Self::Planned,
            (None, Some(_), Gate::Open) => Self::Open,
            (None, Some(_), Gate::Paused) => Self::Paused,
            (None, Some(_), Gate::Grace) => Self::Late,
            (None, Some(_), Gate::Closed) => Self::Closed,
        }
    }

    /// Whether forms have ever been taken.
    pub(in crate::web) fn has_begun(self) -> bool {
        !matches!(self, Self::Draft | Self::Planned)
    }

    /// Whether the time for forms is over.
    pub(in crate::web) fn is_over(self) -> bool {
        matches!(self, Self::Late | Self::Closed | Self::Frozen)
    }

    /// The name of the sentence that says that a code leads nowhere now.
    pub(in crate::web) fn warning(self) -> Option<&'static str> {
        match self {
            Self::Open => None,
            Self::Paused => Some("links-paused"),
            Self::Draft | Self::Planned => Some("links-not-open"),
            Self::Late | Self::Closed => Some("links-closed"),
            Self::Frozen => Some("links-frozen"),
        }
    }

    /// The look of its pill.
    pub(in crate::web) fn tone(self) -> &'static str {
        match self {
            Self::Open => "",
            Self::Late | Self::Paused => "warn",
            _ => "off",
        }
    }

    /// A word or two.
    pub(in crate::web) fn label(self, words: Words) -> String {
        words.say(match self {
            Self::Draft => "stage-draft",
            Self::Planned => "stage-planned",
            Self::Open => "stage-open",
            Self::Paused => "stage-paused",
            Self::Late | Self::Closed => "stage-closed",
            Self::Frozen => "stage-frozen",
        })
    }

    /// The sentence with the date that matters now.
    pub(in crate::web) fn sentence(self, round: &RoundRow, words: Words) -> String {
        let (name, at) = match self {
            Self::Draft => ("stage-draft-until", round.closes_at),
            Self::Planned => ("stage-planned-from", round.opens_at.unwrap_or(round.closes_at)),
            Self::Open => ("stage-open-until", round.closes_at),
            Self::Paused => ("stage-paused-until", round.paused_until.unwrap_or(round.closes_at)),
            Self::Late => ("stage-late-until", round.closes_at + GRACE),
            Self::Closed => ("stage-closed-since", round.closes_at),
            Self::Frozen => ("stage-frozen-since", round.frozen_at.unwrap_or(round.closes_at)),
        };
        words.with(name, "at", words.moment(at))
    }
}

/// How long is left: `6 ngày`, in the last day `5 giờ`, in the last hour minutes.
pub(super) fn left(round: &RoundRow, now: NaiveDateTime, words: Words) -> String {
    let left = round.closes_at - now;
    match left {
        left if left >= TimeDelta::days(1) => words.count("left-days", left.num_days()),
        left if left >= TimeDelta::hours(1) => words.count("left-hours", left.num_hours()),
        left => words.count("left-minutes", left.num_minutes().max(0)),
    }
}

/// From its opening to its closing, as days.
pub(super) fn span(round: &RoundRow, words: Words) -> String {
    let closes = day(round.closes_at, words);
    match round.opens_at {
        Some(opens) => format!("{} – {closes}", day(opens, words)),
        None => words.with("span-until", "day", closes),
    }
}

/// A day as readers of this language write it.
pub(super) fn day(utc: NaiveDateTime, words: Words) -> String {
    words.day(utc)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::store::tests::at;

    pub(in crate::web::manage::rounds) fn round(opens: Option<i64>, frozen: Option<i64>) -> RoundRow {
        RoundRow {
            id: 1,
            slug: "ph".into(),
            title: "Phụ huynh".into(),
            owner_id: 1,
            minimum_group: 10,
            contact: String::new(),
            created_at: at(0),
            opens_at: opens.map(at),
            closes_at: at(200_000),
            frozen_at: frozen.map(at),
            interim_allowed_at: None,
            withdrawn: 0,
            access: "open".into(),
            unit_most: None,
            pictures_allowed_at: None,
            results_by: None,
            paused_at: None,
            paused_until: None,
            sealed_at: None,
        }
    }

    #[test]
    fn the_dates_tell_where_a_round_stands() {
        let of = |opens, frozen, now| Stage::of(&round(opens, frozen), at(now));
        assert_eq!(of(None, None, 300_000), Stage::Draft);
        assert_eq!(of(Some(100), None, 99), Stage::Planned);
        assert_eq!(of(Some(100), None, 100), Stage::Open);
        assert_eq!(of(Some(100), None, 200_000), Stage::Late);
        assert_eq!(of(Some(100), None, 300_000), Stage::Closed);
        assert_eq!(of(Some(100), Some(210_000), 210_000), Stage::Frozen);
    }

    #[test]
    fn the_last_day_is_counted_in_hours() {
        let left = |now| left(&round(Some(0), None), at(now), Words::VI);
        assert_eq!(left(0), "2 ngày");
        assert_eq!(left(200_000 - 7_200), "2 giờ");
        assert_eq!(left(200_000 - 61), "1 phút");
    }
}
