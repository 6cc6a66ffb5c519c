//! What is wrong with an answer.

use super::picture::Unfit;
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
    /// The same name, or the same choice, more than once.
    Repeated,
    /// A list where one value belongs, or the reverse; an object; true or false.
    WrongType,
    /// Not a whole number.
    NotANumber,
    /// Below the smallest or above the largest value.
    OutOfRange {
        /// The smallest value, if any.
        min: Option<i64>,
        /// The largest value, if any.
        max: Option<i64>,
    },
    /// Between two steps.
    OffStep {
        /// The distance between two allowed values.
        step: i64,
    },
    /// Too long, counted in what readers see as letters.
    TooLong {
        /// How many are allowed.
        max: usize,
        /// How many there are.
        have: usize,
    },
    /// A character that no keyboard types.
    ControlCharacter,
    /// The whole form is empty.
    NothingAnswered,
    /// About pictures.
    Picture(Unfit),
    /// The questionnaire's own rule, with its message if it has one.
    Constraint(Option<Text>),
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
            Self::Repeated => "repeated",
            Self::WrongType => "wrong-type",
            Self::NotANumber => "not-a-number",
            Self::OutOfRange { .. } => "out-of-range",
            Self::OffStep { .. } => "off-step",
            Self::TooLong { .. } => "too-long",
            Self::ControlCharacter => "control-character",
            Self::NothingAnswered => "nothing-answered",
            Self::Picture(unfit) => unfit.name(),
            Self::Constraint(_) => "constraint",
        }
    }
}
