//! Questionnaires: read from files, checked whole, immutable once published.

pub mod file;
pub mod mistake;
mod read;
pub mod scale;

use std::collections::HashMap;

use super::code::{Audience, Instrument, Level};
use super::question::{Question, Rule};
use super::text::{Lang, Text};

pub use mistake::Mistake;

/// A questionnaire that passed every check.
#[derive(Debug)]
pub struct Questionnaire {
    /// A stable name.
    pub code: String,
    /// Which of the three instruments.
    pub instrument: Instrument,
    /// Whom it asks.
    pub audience: Audience,
    /// The level it is about; none: every level.
    pub level: Option<Level>,
    /// Vietnamese first.
    pub languages: Vec<Lang>,
    /// What the form is called.
    pub title: Text,
    /// What the answers are for.
    pub purpose: Option<Text>,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// Its parts.
    pub sections: Vec<Section>,
    /// All questions of all parts, in order.
    pub questions: Vec<Question>,
    /// Places of the questions by which tallies are kept apart.
    pub strata: Vec<usize>,
    /// Domains.
    pub indices: Vec<Index>,
    /// The place of the question about expectations.
    pub expectation: Option<usize>,
    /// The place of the question about overall satisfaction.
    pub overall: Option<usize>,
    places: HashMap<String, usize>,
}

/// One part of the form.
#[derive(Debug)]
pub struct Section {
    /// A stable code.
    pub code: String,
    /// What it is about.
    pub title: Text,
    /// When it is asked at all.
    pub relevant: Option<Rule>,
    /// The places of its questions.
    pub questions: std::ops::Range<usize>,
}

/// A domain: rated questions whose results are put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// A stable code.
    pub code: String,
    /// What it is called.
    pub title: Option<Text>,
    /// Places of its questions.
    pub questions: Vec<usize>,
}

impl Questionnaire {
    /// Reads and checks a questionnaire file.
    ///
    /// # Errors
    /// All mistakes, with path and line.
    pub fn parse(text: &str) -> Result<Self, Vec<Mistake>> {
        read::questionnaire(text)
    }

    /// The place of a question.
    pub fn place(&self, code: &str) -> Option<usize> {
        self.places.get(code).copied()
    }

    /// The language to show: the wanted one if the questionnaire has it, Vietnamese otherwise.
    pub fn lang(&self, wanted: Lang) -> Lang {
        if self.languages.contains(&wanted) { wanted } else { Lang::VI }
    }

    /// The level's code in tables and exports.
    pub fn level_code(&self) -> &'static str {
        self.level.map_or(super::code::EVERY_LEVEL, Level::code)
    }
}
