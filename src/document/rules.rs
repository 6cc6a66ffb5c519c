//! When a question is asked, in words: paper hides nothing by itself.

use std::collections::BTreeSet;

use crate::survey::expression::{Condition, Expression};
use crate::survey::numbering::Numbering;
use crate::survey::question::{KindName, Phrases, Question};
use crate::survey::questionnaire::Questionnaire;
use crate::survey::text::Lang;

/// What is needed to say it.
#[derive(Clone, Copy)]
pub(super) struct Teller<'a> {
    pub(super) questionnaire: &'a Questionnaire,
    pub(super) numbering: &'a Numbering,
    pub(super) lang: Lang,
    pub(super) phrases: &'a dyn Phrases,
}

impl Teller<'_> {
    /// The sentence before the question at this place, if it is not asked of everybody and the one before it does not say so.
    pub(super) fn sentence(&self, place: usize) -> Option<String> {
        let questions = &self.questionnaire.questions;
        let rule = questions.get(place)?.relevant.as_ref()?;
        let same =
            |question: &Question| question.relevant.as_ref().is_some_and(|other| other.expression == rule.expression);
        let before = questions[..place].iter().rev().find(|question| is_printed(question));
        if before.is_some_and(same) {
            return None;
        }
        let others = |at: &usize| questions.get(*at).is_some_and(is_printed);
        let mut from = (place..questions.len()).filter(others).peekable();
        let mut together = Vec::new();
        while let Some(at) = from.next_if(|at| same(&questions[*at])) {
            together.extend(self.numbering.at(at));
        }
        Some(self.only_if(&rule.expression, &together, from.find_map(|at| self.numbering.at(at))))
    }

    /// The sentence at the head of a part that is not asked of everybody.
    pub(super) fn of_section(&self, section: usize) -> Option<String> {
        let rule = self.questionnaire.sections.get(section)?.relevant.as_ref()?;
        let later = self.questionnaire.sections.iter().skip(section + 1).flat_map(|later| later.questions.clone());
        let next = later.into_iter().find_map(|place| self.numbering.at(place));
        Some(self.only_if(&rule.expression, &[], next))
    }

    fn only_if(&self, expression: &Expression, numbers: &[&str], next: Option<&str>) -> String {
        let Some(condition) = expression.condition().and_then(|condition| self.say(&condition)) else {
            return self.depends(expression);
        };
        let only = match numbers {
            [] | [_] => self.phrases.with("paper-only-if", "condition", condition),
            several => {
                let values = [("questions", several.join(", ")), ("condition", condition)];
                self.phrases.fill("paper-only-if-several", &values)
            }
        };
        match next {
            Some(next) => format!("{only} {}", self.phrases.with("paper-skip-to", "question", next.to_owned())),
            None => only,
        }
    }

    /// What no sentence says plainly: the questions that decide it, also those behind what is worked out.
    fn depends(&self, expression: &Expression) -> String {
        let places = expression.references().filter_map(|code| self.questionnaire.place(code));
        let behind = places.flat_map(|place| match self.numbering.at(place) {
            Some(_) => BTreeSet::from([place]),
            None => self.questionnaire.decided_by(place),
        });
        let places: BTreeSet<usize> = behind.collect();
        let numbers: Vec<&str> = places.into_iter().filter_map(|place| self.numbering.at(place)).collect();
        match numbers[..] {
            [] => self.phrases.say("paper-depends-somehow"),
            _ => self.phrases.with("paper-depends", "questions", numbers.join(", ")),
        }
    }

    fn say(&self, condition: &Condition) -> Option<String> {
        match condition {
            Condition::All(parts) => self.joined(parts, "paper-and"),
            Condition::Any(parts) => self.joined(parts, "paper-or"),
            Condition::Is { question, value, holds } => self.is(question, value, *holds),
            Condition::Size { question, relation, number } => {
                let (_, asked) = self.printed(question)?;
                let name = match *relation {
                    "<" => "paper-below",
                    "<=" => "paper-at-most",
                    ">" => "paper-above",
                    _ => "paper-at-least",
                };
                Some(self.phrases.fill(name, &[("question", asked.to_owned()), ("number", number.clone())]))
            }
        }
    }

    fn joined(&self, parts: &[Condition], word: &str) -> Option<String> {
        let said: Vec<String> = parts.iter().map(|part| self.say(part)).collect::<Option<_>>()?;
        Some(said.join(&format!(" {} ", self.phrases.say(word))))
    }

    fn is(&self, code: &str, value: &str, holds: bool) -> Option<String> {
        let (question, asked) = self.printed(code)?;
        if value.is_empty() {
            let name = if holds { "paper-unanswered" } else { "paper-answered" };
            return Some(self.phrases.with(name, "question", asked.to_owned()));
        }
        let known = question.ticked().into_iter().find(|ticked| ticked.code == value);
        let label = match known {
            Some(ticked) => {
                let label = ticked
                    .label
                    .map_or_else(|| self.phrases.say("paper-other"), |label| label.get(self.lang).to_owned());
                format!("{} “{label}”", ticked.mark)
            }
            None => value.to_owned(),
        };
        let name = if holds { "paper-is" } else { "paper-is-not" };
        Some(self.phrases.fill(name, &[("question", asked.to_owned()), ("answer", label)]))
    }

    /// The question and what it is called, if people can see on paper what they answered to it.
    fn printed(&self, code: &str) -> Option<(&Question, &str)> {
        let place = self.questionnaire.place(code)?;
        Some((self.questionnaire.questions.get(place)?, self.numbering.at(place)?))
    }
}

/// Whether a question stands on paper.
pub(super) fn is_printed(question: &Question) -> bool {
    !question.withheld && question.kind_name != KindName::Calculate && question.kind.pictures() == 0
}
