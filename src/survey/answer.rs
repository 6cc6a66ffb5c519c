//! One answer, as a question kind has accepted it.

use chrono::{NaiveDate, NaiveTime};

use super::picture::PictureId;
use super::question::Hundredths;

/// What was answered. Which variants a question uses is its kind's business.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// One choice, by its place in the list.
    Choice(usize),
    /// The scale's “does not apply / don't know”.
    NotApplicable,
    /// “Other”, with what was typed (possibly nothing).
    Other(String),
    /// Several choices, in the order of the list; of a rank, in the order given.
    Choices {
        /// Their places in the list.
        places: Vec<usize>,
        /// Their codes, in the same order as the places.
        codes: Vec<String>,
    },
    /// Pictures, in the order in which they were sent.
    Pictures {
        /// Their ids.
        ids: Vec<PictureId>,
        /// The same as they are written, in the same order.
        texts: Vec<String>,
    },
    /// A whole number.
    Number(i64),
    /// A number with a fraction.
    Decimal(Hundredths),
    /// A day.
    Date(NaiveDate),
    /// A time of day, to the minute.
    Time(NaiveTime),
    /// A box that was ticked.
    Ticked,
    /// A text in NFC, not empty.
    Text(String),
}

/// What became of one question in one submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// Irrelevant by the questionnaire's logic; whatever was sent is dropped.
    NotAsked,
    /// Asked, left open.
    Skipped,
    /// Asked and answered.
    Answered(Answer),
}

impl Slot {
    /// The answer, if there is one.
    pub fn answer(&self) -> Option<&Answer> {
        match self {
            Self::Answered(answer) => Some(answer),
            Self::NotAsked | Self::Skipped => None,
        }
    }
}
