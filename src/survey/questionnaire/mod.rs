//! Questionnaires: read from files, checked whole, immutable once published.

pub mod file;
pub mod limit;
mod logic;
pub mod mistake;
mod order;
mod property;
mod read;
mod recordings;
pub mod scale;

use std::collections::{BTreeSet, HashMap};

use super::code::{Audience, Instrument, Level};
use super::pipe;
use super::question::{KindName, Question, Rule};
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
    /// All places, each after those that decide about it: by `relevant`, its section's, `calculation` or `choice_filter`.
    pub order: Vec<usize>,
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

    /// The places of the questions whose answers decide whether this one is asked and what it offers, by its own rules or its
    /// section's. Where a calculation decides, the questions that it looks at do, because it is a function of their answers.
    pub fn decided_by(&self, place: usize) -> BTreeSet<usize> {
        let mut deciding = BTreeSet::new();
        let mut waiting = self.looks_at(place);
        let mut seen = BTreeSet::new();
        while let Some(place) = waiting.pop_first() {
            match self.questions.get(place).filter(|_| seen.insert(place)) {
                Some(question) if question.calculation.is_some() => waiting.extend(self.looks_at(place)),
                Some(_) => drop(deciding.insert(place)),
                None => {}
            }
        }
        deciding
    }

    /// The places of the questions that decide directly about the value of this one.
    pub(super) fn looks_at(&self, place: usize) -> BTreeSet<usize> {
        let Some(question) = self.questions.get(place) else { return BTreeSet::new() };
        let section = self.sections.get(question.section).and_then(|section| section.relevant.as_ref());
        let rules =
            [section, question.relevant.as_ref(), question.calculation.as_ref(), question.choice_filter.as_ref()];
        let codes = rules.into_iter().flatten().flat_map(|rule| rule.expression.references());
        codes.filter_map(|code| self.place(code)).collect()
    }

    /// All expressions.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        let sections = self.sections.iter().filter_map(|section| section.relevant.as_ref());
        sections.chain(self.questions.iter().flat_map(Question::rules))
    }

    /// Whether the pages of this questionnaire need `functions.js` beside the script of the form: for functions that few use, or
    /// to read what is typed where something looks at it.
    pub fn script_functions(&self) -> bool {
        let is_typed = |code: &str| {
            let question = self.place(code).and_then(|place| self.questions.get(place));
            question.is_some_and(|question| {
                use KindName::{Date, Decimal, Text, Time};
                matches!(question.kind_name, Text | Decimal | Date | Time)
            })
        };
        let texts = self.questions.iter().flat_map(|question| std::iter::once(&question.label).chain(&question.hint));
        self.rules().any(|rule| rule.expression.needs_functions() || rule.expression.references().any(is_typed))
            || texts.flat_map(Text::iter).any(|(_, text)| pipe::answers(text).any(is_typed))
    }

    /// The modules in `public/form/` that make its questions easier to use, each once.
    pub fn scripts(&self) -> BTreeSet<&'static str> {
        let asked = self.questions.iter().filter(|question| !question.withheld);
        asked.filter_map(|question| question.kind.script()).collect()
    }

    /// Whether it asks for pictures.
    pub fn takes_pictures(&self) -> bool {
        self.questions.iter().any(|question| !question.withheld && question.kind.pictures() > 0)
    }

    /// Takes out what asks for pictures: a round has them only where its officer allowed it. The questions keep their places
    /// and cells, and nobody is asked.
    pub fn withhold_pictures(&mut self) {
        for question in &mut self.questions {
            question.withheld = question.kind.pictures() > 0;
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_of_the_section_decides_like_one_of_the_question() {
        let text = r#"{"code": "thu", "instrument": "khao_sat", "audience": "phu_huynh", "languages": ["vi"],
            "title": {"vi": "Thử"}, "sections": [
            {"code": "A", "title": {"vi": "A"}, "questions": [
                {"code": "A1", "kind": "integer", "label": {"vi": "?"}},
                {"code": "A2", "kind": "integer", "label": {"vi": "?"}}]},
            {"code": "B", "title": {"vi": "B"}, "relevant": "${A2} > 0", "questions": [
                {"code": "B1", "kind": "text", "label": {"vi": "?"}},
                {"code": "B2", "kind": "text", "label": {"vi": "?"}, "relevant": "${A1} > 1 and ${A1} < 9"}]}]}"#;
        let questionnaire = Questionnaire::parse(text).unwrap();
        let deciding = |code| questionnaire.decided_by(questionnaire.place(code).unwrap());
        assert_eq!(deciding("A2"), BTreeSet::new());
        assert_eq!(deciding("B1"), BTreeSet::from([1]));
        assert_eq!(deciding("B2"), BTreeSet::from([0, 1]));
    }
}
