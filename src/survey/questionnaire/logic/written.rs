//! One expression of the file, and what its property asks of it.

use std::fmt;

use super::super::super::expression::{Expression, Type};
use super::super::super::question::{Choice, Question, Required, Rule, calculate};
use super::super::mistake::Finder;

/// An expression that is well spelt.
pub(super) struct Written<'a> {
    pub of: Of,
    pub property: Property,
    /// The code of the question or section.
    pub owner: String,
    /// The question or section.
    pub at: Finder<'a>,
    pub expression: Expression,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Section(usize),
    Question(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Property {
    Relevant,
    Required,
    Constraint,
    Calculation,
    ChoiceFilter,
}

impl Property {
    pub fn name(self) -> &'static str {
        match self {
            Self::Relevant => "relevant",
            Self::Required => "required",
            Self::Constraint => "constraint",
            Self::Calculation => "calculation",
            Self::ChoiceFilter => "choice_filter",
        }
    }

    /// Whether it decides about the value of its question, rather than judging it.
    pub fn decides(self) -> bool {
        matches!(self, Self::Relevant | Self::Calculation | Self::ChoiceFilter)
    }
}

impl Written<'_> {
    pub fn report(&self, message: impl fmt::Display) {
        said(&self.at, self.property, &self.owner, message);
    }
}

pub(super) fn said(at: &Finder<'_>, property: Property, owner: &str, message: impl fmt::Display) {
    let name = property.name();
    at.child(name).report(format!("{name} of {owner}, {message}"));
}

/// Whether an expression gives what its property needs.
pub(super) fn fits(written: &Written<'_>, gives: Type) -> bool {
    match (written.property, gives) {
        (Property::Calculation, Type::Choices) => {
            written.report("column 1: a calculation gives one value, this gives a list of choices: use count-selected() or jr:choice-name()");
        }
        (Property::Calculation, _) => match written.expression.asks_time() {
            None => return true,
            // domain.md: a submission carries a date, because minutes tell who answered
            Some(column) => written.report(format!(
                "column {column}: now() would keep the minute with the answers, which can tell who gave them: use today()"
            )),
        },
        (_, Type::Boolean) => return true,
        (_, other) => written.report(format!(
            "column 1: this gives {other}, but a condition is needed, such as ${{A1}} = '5'"
        )),
    }
    false
}

/// A misspelt property of a choice would otherwise filter in silence.
pub(super) fn unread_attributes(written: &Written<'_>, choices: &[Choice]) {
    let at = written.at.child("choices");
    for (place, choice) in choices.iter().enumerate() {
        for name in choice.attributes.keys().filter(|name| !written.expression.attributes().any(|read| read == *name)) {
            at.item(place).child(name).report(format!(
                "{name:?} is not a property here, and the choice_filter does not look at it; check its spelling"
            ));
        }
    }
}

pub(super) fn give(question: &mut Question, property: Property, rule: Rule, gives: Type) {
    match property {
        Property::Relevant => question.relevant = Some(rule),
        Property::Required => question.required = Required::When(rule),
        Property::Constraint => question.constraint = Some(rule),
        Property::ChoiceFilter => question.choice_filter = Some(rule),
        Property::Calculation => {
            question.calculation = Some(rule);
            question.kind = calculate::giving(gives);
        }
    }
}
