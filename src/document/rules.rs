//! When a question is asked, in words: paper hides nothing by itself.

use crate::survey::expression::Condition;
use crate::survey::question::{KindName, Phrases, Question};
use crate::survey::questionnaire::Questionnaire;
use crate::survey::text::Lang;

/// What is needed to say it.
#[derive(Clone, Copy)]
pub(super) struct Teller<'a> {
    pub(super) questionnaire: &'a Questionnaire,
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
        let together: Vec<&Question> = questions[place..]
            .iter()
            .filter(|question| is_printed(question))
            .take_while(|question| same(question))
            .collect();
        let after = questions[place..].iter().filter(|question| is_printed(question)).nth(together.len());
        let codes = together.iter().filter(|question| question.is_asked()).map(|question| question.code.as_str());
        Some(self.only_if(&rule.expression, &codes.collect::<Vec<_>>(), after.map(|question| question.code.as_str())))
    }

    /// The sentence at the head of a part that is not asked of everybody.
    pub(super) fn of_section(&self, section: usize) -> Option<String> {
        let rule = self.questionnaire.sections.get(section)?.relevant.as_ref()?;
        let next =
            self.questionnaire.questions.iter().find(|question| question.section > section && is_printed(question));
        Some(self.only_if(&rule.expression, &[], next.map(|question| question.code.as_str())))
    }

    fn only_if(
        &self,
        expression: &crate::survey::expression::Expression,
        codes: &[&str],
        next: Option<&str>,
    ) -> String {
        let Some(condition) = expression.condition().and_then(|condition| self.say(&condition)) else {
            let looked_at: std::collections::BTreeSet<&str> = expression.references().collect();
            let list = looked_at.into_iter().collect::<Vec<_>>().join(", ");
            return self.phrases.with("paper-depends", "questions", list);
        };
        let only = match codes {
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

    fn say(&self, condition: &Condition) -> Option<String> {
        match condition {
            Condition::All(parts) => self.joined(parts, "paper-and"),
            Condition::Any(parts) => self.joined(parts, "paper-or"),
            Condition::Is { question, value, holds } => self.is(question, value, *holds),
            Condition::Size { question, relation, number } => {
                self.printed(question)?;
                let name = match *relation {
                    "<" => "paper-below",
                    "<=" => "paper-at-most",
                    ">" => "paper-above",
                    _ => "paper-at-least",
                };
                Some(self.phrases.fill(name, &[("question", question.clone()), ("number", number.clone())]))
            }
        }
    }

    fn joined(&self, parts: &[Condition], word: &str) -> Option<String> {
        let said: Vec<String> = parts.iter().map(|part| self.say(part)).collect::<Option<_>>()?;
        Some(said.join(&format!(" {} ", self.phrases.say(word))))
    }

    fn is(&self, code: &str, value: &str, holds: bool) -> Option<String> {
        let question = self.printed(code)?;
        if value.is_empty() {
            let name = if holds { "paper-unanswered" } else { "paper-answered" };
            return Some(self.phrases.with(name, "question", code.to_owned()));
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
        Some(self.phrases.fill(name, &[("question", code.to_owned()), ("answer", label)]))
    }

    /// The question, if people can see on paper what they answered to it.
    fn printed(&self, code: &str) -> Option<&Question> {
        let place = self.questionnaire.place(code)?;
        self.questionnaire.questions.get(place).filter(|question| is_printed(question))
    }
}

/// Whether a question stands on paper.
pub(super) fn is_printed(question: &Question) -> bool {
    !question.withheld && question.kind_name != KindName::Calculate && question.kind.pictures() == 0
}
