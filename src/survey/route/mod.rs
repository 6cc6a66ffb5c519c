//! Which way a form goes with what was answered so far: what is asked, what is offered, what is worked out.
//!
//! A value of a question hangs on other questions by its own `relevant` and its section's, by its `calculation` and by its
//! `choice_filter`. These never run in a circle ([`Questionnaire::order`]), so one pass decides all of them. `constraint` and
//! `required` look at the finished form and decide nothing else: two questions may well bound each other.

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::NaiveDateTime;

use super::answer::{Answer, Slot};
use super::expression::{Answers, Compiled, Value};
use super::picture::Unfit;
use super::pipe;
use super::question::{Choice, OTHER, Question, Required};
use super::questionnaire::Questionnaire;
use super::raw::{Raw, RawAnswers};
use super::sent::{Sent, sort};
use super::text::Lang;
use super::violation::{Reason, Violation};

/// What expressions may ask besides answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occasion {
    /// Việt Nam's local time when the form was begun, or now where that is not proven. Not the time of sending: a form that is
    /// sent again after midnight must say the same.
    pub now: NaiveDateTime,
    /// The language of the form, for labels of choices.
    pub lang: Lang,
}

/// A form as far as it has been filled in.
#[derive(Debug)]
pub struct Route<'q> {
    pub(super) questionnaire: &'q Questionnaire,
    pub(super) occasion: Occasion,
    /// The questions that stand on the page, where it does not have all of them.
    page: Option<Range<usize>>,
    slots: Vec<Slot>,
    /// Why an answer could not be read, with its place.
    unreadable: Vec<(usize, Reason)>,
}

impl<'q> Route<'q> {
    /// The way with these answers; unreadable ones count as none.
    pub fn of(questionnaire: &'q Questionnaire, raw: &RawAnswers<'_>, occasion: Occasion) -> Self {
        Self::decide(questionnaire, &sort(questionnaire, raw).0, occasion)
    }

    /// The same way, seen from a page with these questions only.
    pub fn on_page(self, places: Range<usize>) -> Self {
        Self { page: Some(places), ..self }
    }

    pub(super) fn is_on_page(&self, place: usize) -> bool {
        self.page.as_ref().is_none_or(|page| page.contains(&place))
    }

    /// Whether the question at this place belongs on its page: it is asked, or something on the same page may yet decide that it
    /// is. Without script, whoever fills in the page must be able to see both.
    pub fn is_open(&self, place: usize) -> bool {
        self.is_asked(place) || self.hangs_on_page(place)
    }

    /// Which sections have something to show: a question that is asked, or a note.
    pub fn open_sections(&self) -> Vec<bool> {
        let is_shown = |place: usize| self.is_asked(place) && self.questionnaire.questions[place].calculation.is_none();
        self.questionnaire.sections.iter().map(|section| section.questions.clone().any(is_shown)).collect()
    }

    /// Whether a choice is shown: it is offered, or something on the same page may yet decide that it is.
    pub fn is_choice_open(&self, question: &Question, code: &str) -> bool {
        self.offers(question, code)
            || self.questionnaire.place(&question.code).is_some_and(|place| self.hangs_on_page(place))
    }

    /// Whether anything on the page decides about the question, through others too.
    fn hangs_on_page(&self, place: usize) -> bool {
        let mut waiting = self.questionnaire.looks_at(place);
        let mut seen = BTreeSet::new();
        while let Some(next) = waiting.pop_first() {
            let is_calculated = self.questionnaire.questions[next].calculation.is_some();
            if self.is_on_page(next) && !is_calculated {
                return true;
            }
            if seen.insert(next) {
                waiting.extend(self.questionnaire.looks_at(next).difference(&seen));
            }
        }
        false
    }

    pub(super) fn decide(questionnaire: &'q Questionnaire, sent: &[Sent<'_>], occasion: Occasion) -> Self {
        // what is not decided yet says nothing
        let slots = vec![Slot::NotAsked; questionnaire.questions.len()];
        let mut route = Self { questionnaire, occasion, page: None, slots, unreadable: Vec::new() };
        for &place in &questionnaire.order {
            let slot = route.slot(&questionnaire.questions[place], sent[place]);
            route.slots[place] = slot.unwrap_or_else(|reason| {
                route.unreadable.push((place, reason));
                Slot::Skipped
            });
        }
        route
    }

    fn slot(&self, question: &Question, sent: Sent<'_>) -> Result<Slot, Reason> {
        if question.withheld && sent.own.is_some_and(|own| !own.is_empty()) {
            return Err(Reason::Picture(Unfit::NotTaken));
        }
        if question.withheld || !self.is_relevant(question) || self.offers_nothing(question) {
            return Ok(Slot::NotAsked);
        }
        if let Some(rule) = &question.calculation {
            return Ok(self.calculated(&rule.compiled));
        }
        let answer = match (sent.own, sent.other) {
            (None, None) => None,
            (own, other) => question.kind.read(own.unwrap_or(&Raw::Null), other)?,
        };
        let Some(answer) = answer else { return Ok(Slot::Skipped) };
        if self.was_offered(question, &answer) { Ok(Slot::Answered(answer)) } else { Err(Reason::NotOffered) }
    }

    fn was_offered(&self, question: &Question, answer: &Answer) -> bool {
        match question.kind.value(answer) {
            _ if question.choice_filter.is_none() => true,
            Value::Choices(codes) => codes.iter().all(|code| self.offers(question, code)),
            Value::Text(code) => self.offers(question, &code),
            _ => true,
        }
    }

    fn is_relevant(&self, question: &Question) -> bool {
        let section = self.questionnaire.sections.get(question.section).and_then(|section| section.relevant.as_ref());
        [section, question.relevant.as_ref()].into_iter().flatten().all(|rule| rule.compiled.test(self, &Value::Empty))
    }

    /// A list from which everything was filtered is no question.
    fn offers_nothing(&self, question: &Question) -> bool {
        question.choice_filter.is_some()
            && !question.kind.takes_other()
            && !question.kind.choices().iter().any(|choice| self.offers(question, &choice.code))
    }

    /// Whether a question offers the choice with this code, with these answers. Codes outside its list are its kind's business.
    pub fn offers(&self, question: &Question, code: &str) -> bool {
        let Some(rule) = &question.choice_filter else { return true };
        let Some(choice) = question.kind.choices().iter().find(|choice| choice.code == code) else { return true };
        rule.compiled.test(&Offer { route: self, choice }, &Value::Empty)
    }

    fn calculated(&self, rule: &Compiled) -> Slot {
        let value = rule.evaluate(self, &Value::Empty);
        // texts of the questionnaire file may hold characters that a stored document must not
        let text: String = value.text().chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        if text.is_empty() { Slot::Skipped } else { Slot::Answered(Answer::Text(text)) }
    }

    /// Whether the question at this place is asked.
    pub fn is_asked(&self, place: usize) -> bool {
        self.slots.get(place).is_some_and(|slot| *slot != Slot::NotAsked)
    }

    /// Whether the form cannot be sent without an answer to this question.
    pub fn is_required(&self, question: &Question) -> bool {
        match &question.required {
            Required::Never => false,
            Required::Always => true,
            Required::When(rule) => rule.compiled.test(self, &Value::Empty),
        }
    }

    /// What became of each question, in the questionnaire's order.
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    pub(super) fn into_slots(self) -> Vec<Slot> {
        self.slots
    }

    /// Everything that is to be put right, in the order of the questionnaire.
    pub fn violations(&self) -> Vec<Violation> {
        let questions = self.questionnaire.questions.iter().zip(&self.slots).enumerate();
        let wrong = questions.filter_map(|(place, (question, slot))| {
            let unreadable = || self.unreadable.iter().find(|(at, _)| *at == place).map(|(_, reason)| reason.clone());
            let reason = match slot {
                Slot::NotAsked => None,
                Slot::Skipped => unreadable().or_else(|| self.is_required(question).then(|| question.kind.missing())),
                Slot::Answered(answer) => self.broken(question, answer),
            };
            Some(Violation { question: question.code.clone(), reason: reason? })
        });
        wrong.collect()
    }

    fn broken(&self, question: &Question, answer: &Answer) -> Option<Reason> {
        let rule = question.constraint.as_ref()?;
        let holds = rule.compiled.test(self, &question.kind.value(answer));
        (!holds).then(|| Reason::Constraint(question.constraint_message.clone()))
    }

    /// A text with the answers that it mentions.
    pub fn told(&self, text: &str) -> String {
        let piece = |piece| match piece {
            pipe::Piece::Answer(code) => self.said(code),
            pipe::Piece::Words(words) | pipe::Piece::Broken(words) => words.to_owned(),
        };
        pipe::pieces(text).into_iter().map(|(_, found)| piece(found)).collect()
    }

    /// The answer to a question as people know it, for texts that mention it; empty without one.
    pub fn said(&self, code: &str) -> String {
        let Some(place) = self.questionnaire.place(code) else { return String::new() };
        let named = |code: &str| self.label(place, code).map_or_else(|| pipe::shown(code), str::to_owned);
        match self.get(place) {
            Value::Choices(codes) => codes.iter().map(|code| named(code)).collect::<Vec<_>>().join(", "),
            Value::Number(number) if self.occasion.lang != Lang::EN => Value::Number(number).text().replace('.', ","),
            value => named(&value.text()),
        }
    }
}

impl Answers for Route<'_> {
    fn get(&self, question: usize) -> Value<'_> {
        let Some(answer) = self.slots.get(question).and_then(Slot::answer) else { return Value::Empty };
        self.questionnaire.questions.get(question).map_or(Value::Empty, |asked| asked.kind.value(answer))
    }

    fn label(&self, question: usize, code: &str) -> Option<&str> {
        let kind = &self.questionnaire.questions.get(question)?.kind;
        match self.slots.get(question).and_then(Slot::answer) {
            Some(Answer::Other(typed)) if code == OTHER => Some(typed),
            _ => kind.label(code).map(|label| label.get(self.occasion.lang)),
        }
    }

    fn now(&self) -> Option<NaiveDateTime> {
        Some(self.occasion.now)
    }
}

/// One choice before a filter.
struct Offer<'a> {
    route: &'a Route<'a>,
    choice: &'a Choice,
}

impl Answers for Offer<'_> {
    fn get(&self, question: usize) -> Value<'_> {
        self.route.get(question)
    }

    fn label(&self, question: usize, code: &str) -> Option<&str> {
        self.route.label(question, code)
    }

    fn attribute(&self, name: &str) -> Value<'_> {
        match name {
            Choice::NAME => Value::Text(self.choice.code.as_str().into()),
            other => self.choice.attributes.get(other).map_or(Value::Empty, |text| Value::Text(text.into())),
        }
    }

    fn now(&self) -> Option<NaiveDateTime> {
        self.route.now()
    }
}

#[cfg(test)]
mod tests;
