//! What expressions may look at.

use std::collections::HashMap;

use super::super::super::expression::{Scope, Type};
use super::super::super::question::{Choice, OTHER, Question};

/// What an expression may look at.
pub(super) struct Known<'q> {
    pub questions: &'q [Question],
    pub places: &'q HashMap<String, usize>,
    /// The question whose expression is checked.
    pub own: Option<&'q Question>,
    /// Of the question whose filter is checked.
    pub choices: &'q [Choice],
}

impl Known<'_> {
    fn find(&self, code: &str) -> Option<&Question> {
        self.questions.get(*self.places.get(code)?)
    }
}

impl Scope for Known<'_> {
    fn question(&self, code: &str) -> Option<Type> {
        self.find(code)?.kind.value_type()
    }

    fn has_choices(&self, code: &str) -> bool {
        self.find(code).is_some_and(|question| question.kind.has_labels())
    }

    fn codes(&self, question: Option<&str>) -> Option<Vec<&str>> {
        let asked = question.map_or(self.own, |code| self.find(code))?;
        let kind = &asked.kind;
        let listed = kind.choices().iter().chain(kind.scale()).map(|choice| choice.code.as_str());
        let apart = kind.not_applicable().into_iter().chain(kind.takes_other().then_some(OTHER));
        kind.has_labels().then(|| listed.chain(apart).collect())
    }

    fn has_attribute(&self, name: &str) -> bool {
        let is_filter = !self.choices.is_empty();
        is_filter && (name == Choice::NAME || self.choices.iter().any(|choice| choice.attributes.contains_key(name)))
    }
}
