//! What answers and expressions can be.

use std::borrow::Cow;
use std::fmt;

/// What kind of answer a question has, or of result an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Free text, or the code of one choice (`select_one`, `rating`).
    Text,
    /// A date as `2026-09-05`, perhaps with a time of day: `2026-09-05T08:15:30`.
    Date,
    /// A time of day as `08:15`.
    Time,
    /// `integer`, `decimal`, `range` and calculations of numbers.
    Number,
    /// A condition: true or false.
    Boolean,
    /// The codes of several choices (`select_multiple`, `rank`).
    Choices,
}

/// With its article, for sentences.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Type::Text => "a text",
            Type::Date => "a date",
            Type::Time => "a time of day",
            Type::Number => "a number",
            Type::Boolean => "a condition",
            Type::Choices => "a list of choices",
        })
    }
}

/// An answer, or the result of an expression. Results are always settled: no empty text, no empty
/// list and no number that is not finite, but [`Value::Empty`] instead.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Unanswered, or a calculation without a result.
    Empty,
    /// A text or the code of one choice.
    Text(Cow<'a, str>),
    /// A finite number.
    Number(f64),
    /// A condition.
    Boolean(bool),
    /// The codes of several choices, in the order of the answer.
    Choices(&'a [String]),
}

impl<'a> Value<'a> {
    /// The number this counts as; NaN when it is none, so that comparisons come out false.
    pub fn number(&self) -> f64 {
        match self {
            Value::Empty | Value::Choices(_) => f64::NAN,
            Value::Text(text) => number_in(text),
            Value::Number(number) => *number,
            Value::Boolean(holds) => f64::from(u8::from(*holds)),
        }
    }

    /// The text this counts as: how a calculation is stored and shown, in the same spelling as the
    /// browser's.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Value::Empty => Cow::Borrowed(""),
            Value::Text(text) => Cow::Borrowed(text),
            Value::Number(number) => Cow::Owned(spelt(*number)),
            Value::Boolean(true) => Cow::Borrowed("true"),
            Value::Boolean(false) => Cow::Borrowed("false"),
            Value::Choices([code]) => Cow::Borrowed(code),
            Value::Choices(codes) => Cow::Owned(codes.join(" ")),
        }
    }

    /// A number, or empty where arithmetic has no result. Zero loses its sign.
    pub(super) fn finite(number: f64) -> Value<'a> {
        if number.is_finite() { Value::Number(number + 0.0) } else { Value::Empty }
    }

    /// All ways of saying nothing become one.
    pub(super) fn settled(self) -> Value<'a> {
        match self {
            Value::Text(text) if text.is_empty() => Value::Empty,
            Value::Choices([]) => Value::Empty,
            Value::Number(number) => Value::finite(number),
            other => other,
        }
    }

    /// The same value, borrowed where this one owns.
    pub(super) fn borrowed(&self) -> Value<'_> {
        match self {
            Value::Empty => Value::Empty,
            Value::Text(text) => Value::Text(Cow::Borrowed(text)),
            Value::Number(number) => Value::Number(*number),
            Value::Boolean(holds) => Value::Boolean(*holds),
            Value::Choices(codes) => Value::Choices(codes),
        }
    }
}

/// `-?(digits[.digits] | .digits)` with blanks around, nothing else: Rust's own reading would let
/// `1e5` and `inf` pass.
pub(super) fn number_in(text: &str) -> f64 {
    let text = text.trim_matches([' ', '\t', '\r', '\n']);
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let mut points = 0;
    let mut digits = 0;
    for byte in unsigned.bytes() {
        match byte {
            b'0'..=b'9' => digits += 1,
            b'.' => points += 1,
            _ => return f64::NAN,
        }
    }
    if digits == 0 || points > 1 {
        return f64::NAN;
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => number,
        _ => f64::NAN,
    }
}

/// As JavaScript's `String(number)`.
fn spelt(number: f64) -> String {
    if number == 0.0 {
        "0".to_owned()
    } else if (1e-6..1e21).contains(&number.abs()) {
        number.to_string()
    } else if number.is_finite() {
        let written = format!("{number:e}");
        if written.contains("e-") { written } else { written.replace('e', "e+") }
    } else {
        String::new()
    }
}
