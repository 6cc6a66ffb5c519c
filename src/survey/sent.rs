//! What was sent, in the order of the questionnaire.

use super::questionnaire::Questionnaire;
use super::raw::{Raw, RawAnswers};
use super::violation::{Reason, Violation};

/// What was sent for one question.
#[derive(Clone, Copy, Default)]
pub(super) struct Sent<'a> {
    /// Under its own name.
    pub own: Option<&'a Raw<'a>>,
    /// Beside “other”.
    pub other: Option<&'a Raw<'a>>,
}

/// Naming a few unknown names is help; naming thousands is not.
const MOST_UNKNOWN: usize = 20;

/// Brings what was sent into the questionnaire's order; names that it does not have are violations.
pub(super) fn sort<'a>(questionnaire: &Questionnaire, raw: &'a RawAnswers<'_>) -> (Vec<Sent<'a>>, Vec<Violation>) {
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
