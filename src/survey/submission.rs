//! One completed form: from what was sent to what counts.

use super::answer::{Answer, Slot};
use super::expression::{Answers, Value};
use super::picture::{PictureId, Unfit};
use super::question::Question;
use super::questionnaire::Questionnaire;
use super::raw::{Raw, RawAnswers};
use super::violation::{Reason, Violation};

/// A form that fulfils its questionnaire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// One slot per question, in the questionnaire's order.
    pub slots: Vec<Slot>,
}

/// Reads a form: irrelevant branches are dropped, everything else must fulfil the questionnaire.
///
/// # Errors
/// All violations, in the order of the questionnaire; unknown names last. A form without any answer is one, too.
pub fn parse(questionnaire: &Questionnaire, raw: &RawAnswers<'_>) -> Result<Submission, Vec<Violation>> {
    let (sent, mut unknown) = sort(questionnaire, raw);
    let (slots, mut violations) = read(questionnaire, &sent);
    violations.append(&mut unknown);
    if violations.is_empty() {
        violations.extend(nothing_answered(questionnaire, &slots));
    }
    if violations.is_empty() { Ok(Submission { slots }) } else { Err(violations) }
}

/// What is asked, question by question, given what was filled in so far; what cannot be taken yet counts as skipped.
pub fn asked(questionnaire: &Questionnaire, raw: &RawAnswers<'_>) -> Vec<bool> {
    let (sent, _) = sort(questionnaire, raw);
    read(questionnaire, &sent).0.iter().map(|slot| *slot != Slot::NotAsked).collect()
}

fn read(questionnaire: &Questionnaire, sent: &[Sent<'_>]) -> (Vec<Slot>, Vec<Violation>) {
    let mut reading = Reading { questionnaire, slots: Vec::with_capacity(questionnaire.questions.len()) };
    let mut violations = Vec::new();
    for (question, sent) in questionnaire.questions.iter().zip(sent) {
        let slot = match reading.slot(question, sent) {
            Ok(slot) => slot,
            Err(reason) => {
                violations.push(Violation { question: question.code.clone(), reason });
                Slot::Skipped
            }
        };
        reading.slots.push(slot);
    }
    (reading.slots, violations)
}

/// An empty form is a slip of the thumb (Back, then Send), not an opinion; it is told at the first question.
fn nothing_answered(questionnaire: &Questionnaire, slots: &[Slot]) -> Option<Violation> {
    if slots.iter().any(|slot| slot.answer().is_some()) {
        return None;
    }
    let first = questionnaire.questions.iter().find(|question| question.has_answers())?;
    Some(Violation { question: first.code.clone(), reason: Reason::NothingAnswered })
}

/// What was sent for one question.
#[derive(Clone, Copy, Default)]
struct Sent<'a> {
    own: Option<&'a Raw<'a>>,
    other: Option<&'a Raw<'a>>,
}

/// Brings what was sent into the questionnaire's order; names that it does not have are violations.
fn sort<'a>(questionnaire: &Questionnaire, raw: &'a RawAnswers<'_>) -> (Vec<Sent<'a>>, Vec<Violation>) {
    let mut sent = vec![Sent::default(); questionnaire.questions.len()];
    let mut unknown = Vec::new();
    let mut next = 0;
    for (name, value) in raw.iter() {
        // answers usually come in order, so look at the next place first
        let place = match questionnaire.questions.get(next) {
            Some(question) if question.code == name => Some(next),
            _ => questionnaire.place(name),
        };
        if let Some(place) = place {
            sent[place].own = Some(value);
            next = place + 1;
            continue;
        }
        let takes_other = |place: &usize| questionnaire.questions[*place].kind.takes_other();
        match name.strip_suffix("_other").and_then(|base| questionnaire.place(base)).filter(takes_other) {
            Some(place) => sent[place].other = Some(value),
            None if unknown.len() < MOST_UNKNOWN => {
                let question = name.chars().take(64).collect();
                unknown.push(Violation { question, reason: Reason::UnknownQuestion });
            }
            None => {}
        }
    }
    (sent, unknown)
}

/// Naming a few unknown names is help; naming thousands is not.
const MOST_UNKNOWN: usize = 20;

struct Reading<'a> {
    questionnaire: &'a Questionnaire,
    slots: Vec<Slot>,
}

impl Reading<'_> {
    fn slot(&self, question: &Question, sent: &Sent<'_>) -> Result<Slot, Reason> {
        if question.withheld && sent.own.is_some_and(|own| !own.is_empty()) {
            return Err(Reason::Picture(Unfit::NotTaken));
        }
        if question.withheld || !self.is_relevant(question) {
            return Ok(Slot::NotAsked);
        }
        let answer = match (sent.own, sent.other) {
            (None, None) => None,
            (own, other) => question.kind.read(own.unwrap_or(&Raw::Null), other)?,
        };
        let Some(answer) = answer else {
            return if question.required { Err(Reason::Required) } else { Ok(Slot::Skipped) };
        };
        if let Some(rule) = &question.constraint
            && !rule.compiled.test(self, &question.kind.value(&answer))
        {
            return Err(Reason::Constraint(question.constraint_message.clone()));
        }
        Ok(Slot::Answered(answer))
    }

    fn is_relevant(&self, question: &Question) -> bool {
        let section = self.questionnaire.sections.get(question.section).and_then(|section| section.relevant.as_ref());
        [section, question.relevant.as_ref()].into_iter().flatten().all(|rule| rule.compiled.test(self, &Value::Empty))
    }
}

impl Answers for Reading<'_> {
    fn get(&self, question: usize) -> Value<'_> {
        let Some(answer) = self.slots.get(question).and_then(Slot::answer) else { return Value::Empty };
        self.questionnaire.questions.get(question).map_or(Value::Empty, |asked| asked.kind.value(answer))
    }
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

    /// The free texts, with their questions' codes: what people wrote in their own words.
    pub fn free_texts<'a>(&'a self, questionnaire: &'a Questionnaire) -> impl Iterator<Item = (&'a str, &'a str)> {
        questionnaire.questions.iter().zip(&self.slots).filter_map(|(question, slot)| match slot.answer()? {
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
                // other control characters were refused at the door
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
