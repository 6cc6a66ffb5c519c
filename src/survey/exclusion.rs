//! Why forms count in no figure.

use chrono::NaiveDate;

use super::code::codes;
use super::text::without_hidden;
use crate::vietnamese::nfc;

codes! {
    /// A rule by which forms are found that may say little, or that somebody named them.
    Rule {
        /// All ratings are the same, and there are many.
        Alike = "alike",
        /// Most of what was asked was left open.
        Open = "open",
        /// The same long text stands in several forms.
        SameText = "same-text",
        /// It was sent before anybody could have read it.
        Fast = "fast",
        /// A unit's forms of some days.
        UnitDays = "unit-days",
        /// Somebody named the forms.
        ByHand = "by-hand",
    }
}

impl Rule {
    /// With fewer ratings it means little that all are the same.
    pub const LEAST_RATINGS: usize = 10;
    /// In per cent: so much of what was asked was left open.
    pub const MOST_OPEN: usize = 50;
    /// With fewer questions it means little that many are open.
    pub const LEAST_ASKED: usize = 10;
    /// In so many forms the same text stands.
    pub const SAME_FORMS: u32 = 3;
    /// Shorter texts than of so many words are the same by chance.
    pub const SAME_WORDS: usize = 6;

    /// Those that look for forms themselves.
    pub const SEARCHING: [Self; 4] = [Self::Alike, Self::Open, Self::SameText, Self::Fast];
}

/// Why forms are left out, or taken back: one line without anything that nobody sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(String);

/// Why a text is no reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreasoned {
    /// It is hardly a word.
    Short,
    /// It has more letters than are kept.
    Long,
}

impl Reason {
    /// It has so many letters at least.
    pub const LEAST: usize = 5;
    /// And at most.
    pub const MOST: usize = 500;

    /// Reads what somebody typed. Lines become one, because it is printed beside figures.
    ///
    /// # Errors
    /// It is too short, or too long.
    pub fn parse(typed: &str) -> Result<Self, Unreasoned> {
        let spaced: String = typed.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        let seen = nfc(&without_hidden(&spaced));
        let line = seen.split_whitespace().collect::<Vec<_>>().join(" ");
        match line.chars().count() {
            ..Self::LEAST => Err(Unreasoned::Short),
            Self::LEAST..=Self::MOST => Ok(Self(line)),
            _ => Err(Unreasoned::Long),
        }
    }

    /// The same where no reason is asked for: nothing is none.
    ///
    /// # Errors
    /// As [`Reason::parse`].
    pub fn if_any(typed: &str) -> Result<Option<Self>, Unreasoned> {
        if typed.trim().is_empty() { Ok(None) } else { Self::parse(typed).map(Some) }
    }

    /// The line.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Days, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    first: NaiveDate,
    last: NaiveDate,
}

impl Days {
    /// From one day to another; none where the other comes first.
    pub fn of(first: NaiveDate, last: NaiveDate) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// The first one.
    pub fn first(self) -> NaiveDate {
        self.first
    }

    /// The last one.
    pub fn last(self) -> NaiveDate {
        self.last
    }

    /// Whether a day is among them.
    pub fn has(self, day: NaiveDate) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_line_of_what_people_see() {
        let reason = Reason::parse(" Gửi\u{202e} thử\r\n\u{0}của\ttổ  kỹ thuật\u{200b} ").unwrap();
        assert_eq!(reason.as_str(), "Gửi thử của tổ kỹ thuật");
        assert_eq!(Reason::parse("thu\u{309}, gu\u{31b}\u{309}i").unwrap().as_str(), "thủ, gửi");
    }

    #[test]
    fn a_reason_is_a_word_at_least_and_a_paragraph_at_most() {
        assert_eq!(Reason::parse("\u{200b}\u{200b}\u{200b}\u{200b}a\u{200b}"), Err(Unreasoned::Short));
        assert!(Reason::parse(&"ế".repeat(500)).is_ok());
        assert_eq!(Reason::parse(&"ế".repeat(501)), Err(Unreasoned::Long));
    }
}
