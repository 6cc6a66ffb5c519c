//! What can be wrong with a well spelt expression.

use super::date;
use super::value::Type;

/// Why an expression cannot be published.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("column {column}: {problem}")]
pub struct CheckError {
    /// 1-based, counted in characters.
    pub column: usize,
    /// What is wrong there.
    pub problem: Problem,
}

/// What can be wrong with a well spelt expression.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A code that no question has.
    #[error("no question has the code `{0}`: correct the code, or add the question")]
    UnknownQuestion(String),
    /// A question without choices where labels are asked for.
    #[error("the question `{0}` has no choices: name one that has, or use its answer itself, ${{{0}}}")]
    NoChoices(String),
    /// A code that no choice of the question has.
    #[error("`{question}` is never '{found}': correct the code, its choices are {codes}")]
    NoSuchChoice {
        /// As expressions write it.
        question: String,
        /// What stands there.
        found: String,
        /// Those that it could be.
        codes: String,
    },
    /// A name without `${}` that no choice has as a property.
    #[error("no choice has the property `{0}`: add it to the choices, or write ${{{0}}} for a question")]
    UnknownProperty(String),
    /// `.` where there is no own answer, as in a section.
    #[error("there is no own answer here for `.`: name a question, as in ${{A1}}")]
    NoOwnAnswer,
    /// An operand or argument of a type its place does not take.
    #[error("`{by}` needs {needs}, found {found}{advice}")]
    WrongType {
        /// The operator or function.
        by: &'static str,
        /// What it takes.
        needs: &'static str,
        /// What stands there.
        found: Type,
        /// What to write instead, if that is clear.
        advice: &'static str,
    },
    /// A text in a place for numbers that spells none.
    #[error("`{by}` needs a number, found the text '{text}'")]
    NotANumber {
        /// The operator or function.
        by: &'static str,
        /// The text.
        text: String,
    },
    /// A text in a place for dates that spells none.
    #[error("`{by}` needs a date, found the text '{text}': write year, month and day, as in '2026-09-05'")]
    NotADate {
        /// The operator or function.
        by: &'static str,
        /// The text.
        text: String,
    },
    /// A text in a place for times of day that spells none.
    #[error("`{by}` needs a time of day, found the text '{text}': write hours and minutes, as in '08:15'")]
    NotATime {
        /// The operator or function.
        by: &'static str,
        /// The text.
        text: String,
    },
    /// A code that `format-date` does not know.
    #[error("format-date knows no such code: use {}", date::CODES)]
    UnknownDateCode,
    /// Two sides of `=` or `!=`, or two results of a function, that have nothing in common.
    #[error("`{by}` puts {left} beside {right}: give both sides the same type")]
    Mixed {
        /// The operator or function.
        by: &'static str,
        /// The type of the one.
        left: Type,
        /// The type of the other.
        right: Type,
    },
}
