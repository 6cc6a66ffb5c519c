//! What is wrong with an answer.

use chrono::{NaiveDate, NaiveTime};

use super::picture::Unfit;
use super::question::Hundredths;
use super::text::Text;

/// One thing to put right before the form can be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The question's code, or the unknown name that was sent.
    pub question: String,
    /// What is wrong.
    pub reason: Reason,
}

/// Why an answer cannot be taken. The sentences are the pages' business; [`Reason::name`] finds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Needed, and missing.
    Required,
    /// No such question.
    UnknownQuestion,
    /// Not one of the choices.
    UnknownChoice,
    /// One of the choices, but not with these other answers.
    NotOffered,
    /// The same name, or the same choice, more than once.
    Repeated,
    /// A list where one value belongs, or the reverse; an object; true or false.
    WrongType,
    /// Not a whole number.
    NotANumber,
    /// Not a number, with or without a fraction.
    NotADecimal,
    /// More digits behind the comma than are kept.
    TooFine,
    /// A number that one reader takes for thousands and another for a fraction, such as `1.200`.
    TwoReadings {
        /// The one reading.
        whole: String,
        /// The other, with a point.
        fraction: String,
    },
    /// Not a date.
    NotADate,
    /// A date that no calendar has, such as 31/2.
    NoSuchDay,
    /// Not a time of day.
    NotATime,
    /// Below the smallest or above the largest value.
    OutOfRange {
        /// The smallest value, if any.
        min: Option<Bound>,
        /// The largest value, if any.
        max: Option<Bound>,
    },
    /// Between two steps.
    OffStep {
        /// The values that are allowed.
        steps: Steps,
    },
    /// Too long, counted in what readers see as letters.
    TooLong {
        /// How many are allowed.
        max: usize,
        /// How many there are.
        have: usize,
    },
    /// Too short.
    TooShort {
        /// How many letters are needed.
        min: usize,
    },
    /// Fewer choices than are asked for.
    TooFew {
        /// How many are needed.
        min: usize,
    },
    /// More choices than are asked for.
    TooMany {
        /// How many are allowed.
        max: usize,
        /// How many there are.
        have: usize,
    },
    /// A choice that goes with no other stands beside others.
    NotTogether {
        /// The choice.
        choice: Text,
    },
    /// One thing at two positions of an order.
    RankedTwice {
        /// The thing.
        choice: Text,
    },
    /// The box is not ticked that must be.
    NotTicked,
    /// The sign � (U+FFFD), which stands where a letter was lost on its way.
    LostCharacter,
    /// The whole form is empty.
    NothingAnswered,
    /// As many forms as shall count have come in from the group that this answer belongs to.
    GroupFull {
        /// What the group is called in the form's language.
        group: String,
    },
    /// About pictures.
    Picture(Unfit),
    /// The questionnaire's own rule, with its message if it has one.
    Constraint(Option<Text>),
}

/// The smallest or largest value of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// A whole number.
    Whole(i64),
    /// A number with a fraction.
    Decimal(Hundredths),
    /// A date.
    Date(NaiveDate),
    /// A time of day.
    Time(NaiveTime),
}

/// Whole numbers at equal distances: from `min` in steps of `step` to `max`, which is one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steps {
    /// The first.
    pub min: i64,
    /// The last.
    pub max: i64,
    /// From one to the next, 1 or more.
    pub step: i64,
}

impl Steps {
    /// All of them.
    pub fn values(self) -> impl Iterator<Item = i64> {
        (0..=(self.max - self.min) / self.step).map(move |at| self.min + at * self.step)
    }

    /// Whether a number between both ends is one of them.
    pub fn holds(self, number: i64) -> bool {
        (number - self.min) % self.step == 0
    }

    /// The sentence part that tells which they are, with what is put in: every whole number, every ten, or others.
    pub fn told(self) -> (&'static str, [(&'static str, String); 4]) {
        let name = match self.step {
            1 => "steps-each",
            10 if self.min % 10 == 0 => "steps-tens",
            _ => "steps-apart",
        };
        let values = [("min", self.min), ("max", self.max), ("step", self.step)].map(|(key, n)| (key, n.to_string()));
        let [min, max, step] = values;
        (name, [min, max, step, ("values", self.listed())])
    }

    /// The first three and the last; all where there is nothing to leave out.
    fn listed(self) -> String {
        const SHOWN: usize = 3;
        let mut first: Vec<String> = self.values().take(SHOWN + 2).map(|value| value.to_string()).collect();
        if first.len() > SHOWN + 1 {
            first.truncate(SHOWN);
            first.extend(["…".to_owned(), self.max.to_string()]);
        }
        first.join(", ")
    }
}

impl Reason {
    /// Whether it says something about the whole form, although it is told at one question.
    pub fn is_about_the_whole(&self) -> bool {
        matches!(self, Self::NothingAnswered)
    }

    /// A stable name, under which pages keep the sentence.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::UnknownQuestion => "unknown-question",
            Self::UnknownChoice => "unknown-choice",
            Self::NotOffered => "not-offered",
            Self::Repeated => "repeated",
            Self::WrongType => "wrong-type",
            Self::NotANumber => "not-a-number",
            Self::NotADecimal => "not-a-decimal",
            Self::TooFine => "too-fine",
            Self::TwoReadings { .. } => "two-readings",
            Self::NotADate => "not-a-date",
            Self::NoSuchDay => "no-such-day",
            Self::NotATime => "not-a-time",
            Self::OutOfRange { .. } => "out-of-range",
            Self::OffStep { .. } => "off-step",
            Self::TooLong { .. } => "too-long",
            Self::TooShort { .. } => "too-short",
            Self::TooFew { .. } => "too-few",
            Self::TooMany { .. } => "too-many",
            Self::NotTogether { .. } => "not-together",
            Self::RankedTwice { .. } => "ranked-twice",
            Self::NotTicked => "not-ticked",
            Self::LostCharacter => "lost-character",
            Self::NothingAnswered => "nothing-answered",
            Self::GroupFull { .. } => "group-full",
            Self::Picture(unfit) => unfit.name(),
            Self::Constraint(_) => "constraint",
        }
    }
}
