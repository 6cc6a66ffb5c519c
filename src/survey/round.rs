//! A round: one fielding period, as dates.

use chrono::{NaiveDateTime, TimeDelta};

/// Forms begun before closing are taken for so long after it.
pub const GRACE: TimeDelta = TimeDelta::hours(24);

/// Groups below this many submissions never leave the steering unit.
pub const MINIMUM_GROUP: i64 = 10;
/// The same for rounds among staff, who are fewer and easier to recognise.
pub const MINIMUM_GROUP_STAFF: i64 = 20;

/// When a round takes answers. Times are UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Empty: not yet opened.
    pub opens_at: Option<NaiveDateTime>,
    /// The first moment at which no new form may be begun.
    pub closes_at: NaiveDateTime,
    /// When the figures were frozen; from then on no form is taken, late or not.
    pub frozen_at: Option<NaiveDateTime>,
}

/// What a round does with a form at some moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// Not yet.
    NotYet,
    /// Takes it.
    Open,
    /// Takes it if it was begun before closing, and marks it late.
    Grace,
    /// No more.
    Closed,
}

impl Window {
    /// What happens to a form now.
    pub fn gate(&self, now: NaiveDateTime) -> Gate {
        if self.frozen_at.is_some() {
            return Gate::Closed;
        }
        match self.opens_at {
            Some(opens_at) if now >= opens_at => {}
            _ => return Gate::NotYet,
        }
        if now < self.closes_at {
            Gate::Open
        } else if now < self.closes_at + GRACE {
            Gate::Grace
        } else {
            Gate::Closed
        }
    }

    /// Whether a form may be taken now, given when it was begun; `Some(true)` is late.
    pub fn takes(&self, now: NaiveDateTime, begun: Option<NaiveDateTime>) -> Option<bool> {
        match self.gate(now) {
            Gate::Open => Some(false),
            Gate::Grace if begun.is_some_and(|begun| begun < self.closes_at) => Some(true),
            _ => None,
        }
    }
}

/// The round's name on the command line and in URLs.
///
/// # Errors
/// A sentence that says what a slug is.
pub fn parse_slug(text: &str) -> Result<String, &'static str> {
    let fine = (3..=48).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-');
    if fine { Ok(text.to_owned()) } else { Err("a round's short name has 3 to 48 small letters, digits and hyphens") }
}

/// A slug from a title: folded, words joined by hyphens.
pub fn slug_of(title: &str) -> String {
    let folded = crate::vietnamese::fold(title);
    let words: Vec<&str> = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let mut slug = words.join("-");
    slug.truncate(40);
    let slug = slug.trim_end_matches('-').to_owned();
    if slug.len() < 3 { format!("dot-{slug}").trim_end_matches('-').to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn at(hour: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 5, 7).unwrap().and_hms_opt(hour, 0, 0).unwrap()
    }

    #[test]
    fn a_form_begun_before_closing_is_late_but_taken_for_a_day() {
        let window = Window { opens_at: Some(at(8)), closes_at: at(15), frozen_at: None };
        assert_eq!(window.takes(at(7), None), None);
        assert_eq!(window.takes(at(9), None), Some(false));
        assert_eq!(window.takes(at(16), Some(at(14))), Some(true));
        assert_eq!(window.takes(at(16), Some(at(15))), None);
        assert_eq!(window.takes(at(16), None), None);
        assert_eq!(window.takes(at(15) + GRACE, Some(at(14))), None);
    }

    #[test]
    fn a_title_becomes_a_slug() {
        assert_eq!(slug_of("Phụ huynh tiểu học, HK2 2026"), "phu-huynh-tieu-hoc-hk2-2026");
        assert!(parse_slug(&slug_of("Đ")).is_ok());
    }
}
