//! What select_multiple and rank have in common: several codes of one list, and how many.

use super::super::questionnaire::file::QuestionFile;
use super::super::questionnaire::limit::Limit;
use super::super::questionnaire::mistake::Finder;
use super::super::raw::Raw;
use super::super::violation::Reason;
use super::{Choice, place};

/// How many choices an answer has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct HowMany {
    pub(super) min: usize,
    pub(super) max: usize,
}

impl HowMany {
    /// `min` and `max` of a question with so many choices.
    pub(super) fn read(file: &QuestionFile, choices: usize, at: &Finder<'_>) -> Option<Self> {
        let number = |limit: &Limit| limit.whole().and_then(|number| usize::try_from(number).ok());
        let wanted = "a whole number of choices";
        let min = at.limit(&file.min, "min", number, wanted).unwrap_or(1);
        let max = at.limit(&file.max, "max", number, wanted).unwrap_or(choices);
        if min < 1 || min > max || max > choices {
            at.report(format!("of {choices} choices, from min {min} to max {max} cannot be chosen: 1 ≤ min ≤ max"));
            return None;
        }
        Some(Self { min, max })
    }

    /// # Errors
    /// [`Reason::TooFew`], [`Reason::TooMany`].
    pub(super) fn check(self, have: usize) -> Result<(), Reason> {
        if have < self.min {
            return Err(Reason::TooFew { min: self.min });
        }
        if have > self.max { Err(Reason::TooMany { max: self.max, have }) } else { Ok(()) }
    }
}

/// The places of the codes that were sent, in the order in which they came; empty ones are skipped.
///
/// # Errors
/// [`Reason::UnknownChoice`], [`Reason::WrongType`].
pub(super) fn places(choices: &[Choice], raw: &Raw<'_>) -> Result<Vec<usize>, Reason> {
    let find = |code: &str| place(choices, code).ok_or(Reason::UnknownChoice);
    match raw {
        Raw::Null => Ok(Vec::new()),
        Raw::One(text) if text.trim().is_empty() => Ok(Vec::new()),
        Raw::One(text) => Ok(vec![find(text.trim())?]),
        Raw::Many(list) => {
            let codes = list.iter().map(|text| text.trim()).filter(|code| !code.is_empty());
            codes.take(choices.len() + 1).map(find).collect()
        }
        Raw::Foreign => Err(Reason::WrongType),
    }
}

/// The first place that comes again.
pub(super) fn repeated(places: &[usize]) -> Option<usize> {
    (1..places.len()).map(|at| places[at]).zip(1..).find(|(place, at)| places[..*at].contains(place)).map(|(p, _)| p)
}

/// The codes at these places.
pub(super) fn codes(choices: &[Choice], places: &[usize]) -> Vec<String> {
    places.iter().map(|at| choices[*at].code.clone()).collect()
}

/// The codes of a stored answer.
pub(super) fn stored<'a>(raw: &'a Raw<'_>) -> Vec<&'a str> {
    match raw {
        Raw::One(text) => vec![text],
        Raw::Many(list) => list.iter().map(AsRef::as_ref).collect(),
        Raw::Null | Raw::Foreign => Vec::new(),
    }
}
