//! What is wrong with an answer, in words.

use crate::survey::picture::Unfit;
use crate::survey::text::Lang;
use crate::survey::violation::{Reason, Violation};
use crate::vietnamese::count;
use crate::web::words::Words;

/// One sentence that says what to put right.
pub(crate) fn sentence(words: Words, lang: Lang, violation: &Violation) -> String {
    let name = format!("violation-{}", violation.reason.name());
    match &violation.reason {
        Reason::Constraint(Some(message)) => message.get(lang).to_owned(),
        Reason::UnknownQuestion => words.with(&name, "name", &violation.question),
        Reason::OutOfRange { min: Some(min), max: Some(max) } => {
            words.fill(&name, [("min", count(*min)), ("max", count(*max))])
        }
        Reason::OutOfRange { min: Some(min), max: None } => words.with("violation-too-small", "min", count(*min)),
        Reason::OutOfRange { max, .. } => words.with("violation-too-large", "max", count(max.unwrap_or(i64::MAX))),
        Reason::OffStep { step } => words.with(&name, "step", step),
        Reason::TooLong { max, have } => {
            let [max, over] = [*max, have - max].map(|n| count(i64::try_from(n).unwrap_or(i64::MAX)));
            words.fill(&name, [("max", max), ("over", over)])
        }
        Reason::Picture(Unfit::TooMany { max }) => words.with(&name, "max", max),
        _ => words.say(&name),
    }
}
