//! One completed form: from what was sent to what counts.

use super::answer::{Answer, Slot};
use super::expression::Value;
use super::picture::PictureId;
use super::question::KindName;
use super::questionnaire::Questionnaire;
use super::raw::RawAnswers;
use super::route::{Occasion, Route};
use super::sent::sort;
use super::text::Lang;
use super::violation::{Reason, Violation};

/// With fewer ratings it means little that all are the same.
const ENOUGH_RATINGS: usize = 10;

/// A form that fulfils its questionnaire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// One slot per question, in the questionnaire's order.
    pub slots: Vec<Slot>,
}

/// Reads a form: irrelevant branches are dropped, calculations done here, everything else must fulfil the questionnaire.
///
/// # Errors
/// All violations, in the order of the questionnaire; unknown names last. A form without any answer is one, too.
pub fn parse(
    questionnaire: &Questionnaire,
    raw: &RawAnswers<'_>,
    occasion: Occasion,
) -> Result<Submission, Vec<Violation>> {
    let (sent, mut unknown) = sort(questionnaire, raw);
    let route = Route::decide(questionnaire, &sent, occasion);
    let mut violations = route.violations();
    violations.append(&mut unknown);
    if violations.is_empty() {
        violations.extend(nothing_answered(questionnaire, route.slots()));
    }
    if violations.is_empty() { Ok(Submission { slots: route.into_slots() }) } else { Err(violations) }
}

/// An empty form is a slip of the thumb (Back, then Send), not an opinion; it is told at the first question.
fn nothing_answered(questionnaire: &Questionnaire, slots: &[Slot]) -> Option<Violation> {
    let asked = || questionnaire.questions.iter().zip(slots).filter(|(question, _)| question.is_asked());
    if asked().any(|(_, slot)| slot.answer().is_some()) {
        return None;
    }
    let (first, _) = asked().next()?;
    Some(Violation { question: first.code.clone(), reason: Reason::NothingAnswered })
}

impl Submission {
    /// As it is stored: `{"A1":"5","A2":null}` – null is asked and not answered, a missing member was not asked.
    pub fn document(&self, questionnaire: &Questionnaire) -> String {
        let mut document = Document::new();
        for (question, slot) in questionnaire.questions.iter().zip(&self.slots) {
            match slot {
                Slot::NotAsked => {}
                Slot::Skipped if question.has_answers() => document.null(&question.code),
                Slot::Skipped => {}
                Slot::Answered(answer) => question.kind.store(&question.code, answer, &mut document),
            }
        }
        document.finish()
    }

    /// The stratum this form counts in: its answers to the declared strata, in order, separated by `|`.
    pub fn stratum(&self, questionnaire: &Questionnaire) -> String {
        let mut stratum = String::new();
        for (i, place) in questionnaire.strata.iter().enumerate() {
            if i > 0 {
                stratum.push('|');
            }
            let question = &questionnaire.questions[*place];
            if let Some(answer) = self.slots.get(*place).and_then(Slot::answer)
                && let Value::Text(code) = question.kind.value(answer)
            {
                stratum.push_str(&code);
            }
        }
        stratum
    }

    /// The pictures that it names, with their questions' codes.
    pub fn pictures<'a>(&'a self, questionnaire: &'a Questionnaire) -> impl Iterator<Item = (&'a str, PictureId)> {
        questionnaire.questions.iter().zip(&self.slots).flat_map(|(question, slot)| {
            let ids = match slot.answer() {
                Some(Answer::Pictures { ids, .. }) => ids.as_slice(),
                _ => &[],
            };
            ids.iter().map(|id| (question.code.as_str(), *id))
        })
    }

    /// Words of the questions that it was asked, hints and choices aside, as spaces part them.
    pub fn words_asked(&self, questionnaire: &Questionnaire, lang: Lang) -> usize {
        let asked = questionnaire.questions.iter().zip(&self.slots).filter(|(_, slot)| !matches!(slot, Slot::NotAsked));
        asked.map(|(question, _)| 1 + question.label.get(lang).bytes().filter(|byte| *byte == b' ').count()).sum()
    }

    /// Whether all ratings are the same, “does not apply” aside; none where there are too few to tell.
    pub fn rated_alike(&self, questionnaire: &Questionnaire) -> Option<bool> {
        let ratings =
            questionnaire.questions.iter().zip(&self.slots).filter_map(|(question, slot)| match slot.answer()? {
                Answer::Choice(place) if question.kind_name == KindName::Rating => Some(*place),
                _ => None,
            });
        let (mut count, mut first, mut is_alike) = (0, None, true);
        for place in ratings {
            count += 1;
            is_alike &= *first.get_or_insert(place) == place;
        }
        (count >= ENOUGH_RATINGS).then_some(is_alike)
    }

    /// The free texts, with their questions' codes: what people wrote in their own words.
    pub fn free_texts<'a>(&'a self, questionnaire: &'a Questionnaire) -> impl Iterator<Item = (&'a str, &'a str)> {
        let asked = questionnaire.questions.iter().zip(&self.slots).filter(|(question, _)| question.is_asked());
        asked.filter_map(|(question, slot)| match slot.answer()? {
            Answer::Text(text) | Answer::Other(text) if !text.is_empty() => {
                Some((question.code.as_str(), text.as_str()))
            }
            _ => None,
        })
    }
}

/// Reads a stored document back, without asking the rules again: they were asked when it came in.
///
/// # Errors
/// The codes of questions whose stored answer their kind no longer reads, which means that the row is damaged.
pub fn restore(questionnaire: &Questionnaire, stored: &RawAnswers<'_>) -> Result<Submission, Vec<Violation>> {
    let (sent, mut damaged) = sort(questionnaire, stored);
    let mut slots = Vec::with_capacity(sent.len());
    for (question, sent) in questionnaire.questions.iter().zip(&sent) {
        slots.push(match sent.own {
            None => Slot::NotAsked,
            Some(own) => match question.kind.read(own, sent.other) {
                Ok(Some(answer)) => Slot::Answered(answer),
                Ok(None) => Slot::Skipped,
                Err(reason) => {
                    damaged.push(Violation { question: question.code.clone(), reason });
                    Slot::Skipped
                }
            },
        });
    }
    if damaged.is_empty() { Ok(Submission { slots }) } else { Err(damaged) }
}

/// The stored document, written member by member.
#[derive(Debug)]
pub struct Document(String);

impl Document {
    fn new() -> Self {
        let mut text = String::with_capacity(640);
        text.push('{');
        Self(text)
    }

    /// A member that was asked and not answered.
    pub fn null(&mut self, name: &str) {
        self.name(name);
        self.0.push_str("null");
    }

    /// A member with a code, number or text.
    pub fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        self.quoted(value);
    }

    /// A member with several codes.
    pub fn list(&mut self, name: &str, values: &[String]) {
        self.name(name);
        self.0.push('[');
        for (i, value) in values.iter().enumerate() {
            if i > 0 {
                self.0.push(',');
            }
            self.quoted(value);
        }
        self.0.push(']');
    }

    fn name(&mut self, name: &str) {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        // codes are ASCII letters, digits and underscores: nothing to escape
        self.0.push('"');
        self.0.push_str(name);
        self.0.push_str("\":");
    }

    fn quoted(&mut self, value: &str) {
        self.0.push('"');
        for c in value.chars() {
            match c {
                '"' => self.0.push_str("\\\""),
                '\\' => self.0.push_str("\\\\"),
                '\n' => self.0.push_str("\\n"),
                '\t' => self.0.push_str("\\t"),
                // other control characters were taken out at the door
                other => self.0.push(other),
            }
        }
        self.0.push('"');
    }

    fn finish(mut self) -> String {
        self.0.push('}');
        self.0
    }
}
