//! `min` and `max` as they stand in a file.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Number;

use super::super::question::Hundredths;
use super::file::Given;
use super::mistake::Finder;

/// A smallest or largest value: a number, or a date or time as a text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "a number, or a date or time as a text, is needed here")]
pub enum Limit {
    /// Of numbers, and of how many choices.
    Number(Number),
    /// Of dates (`2026-09-05`) and times (`07:30`).
    Moment(String),
}

impl Limit {
    /// A whole number.
    pub fn whole(&self) -> Option<i64> {
        match self {
            Self::Number(number) => number.as_i64(),
            Self::Moment(_) => None,
        }
    }

    /// A number with up to two digits behind its point.
    pub fn hundredths(&self) -> Option<Hundredths> {
        match self {
            Self::Number(number) => Hundredths::read(&number.to_string()).ok(),
            Self::Moment(_) => None,
        }
    }

    /// The text of a date or time.
    pub fn moment(&self) -> Option<&str> {
        match self {
            Self::Number(_) => None,
            Self::Moment(text) => Some(text),
        }
    }
}

impl Finder<'_> {
    /// A limit that may be there, read as its kind reads it; `wanted` says what it must be.
    pub fn limit<T>(
        &self,
        given: &Given<Limit>,
        name: &str,
        read: impl Fn(&Limit) -> Option<T>,
        wanted: &str,
    ) -> Option<T> {
        let limit = read(self.optional(given, name)?);
        if limit.is_none() {
            self.child(name).report(format!("{name} must be {wanted}"));
        }
        limit
    }

    /// Whether a smallest value lies above a largest one, which is reported.
    pub fn is_crossed<T: PartialOrd + std::fmt::Display>(&self, min: Option<&T>, max: Option<&T>) -> bool {
        let Some((min, max)) = min.zip(max).filter(|(min, max)| min > max) else { return false };
        self.child("min").report(format!("min {min} is above max {max}"));
        true
    }
}
