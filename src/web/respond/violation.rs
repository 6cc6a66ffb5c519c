//! What is wrong with an answer, in words.

use crate::survey::picture::Unfit;
use crate::survey::text::Lang;
use crate::survey::violation::{Bound, Reason, Steps, Violation};
use crate::vietnamese;
use crate::web::words::Words;

/// One sentence that says what to put right.
pub(crate) fn sentence(words: Words, lang: Lang, violation: &Violation) -> String {
    let name = format!("violation-{}", violation.reason.name());
    match &violation.reason {
        Reason::Constraint(Some(message)) => message.get(lang).to_owned(),
        Reason::UnknownQuestion => words.with(&name, "name", &violation.question),
        Reason::OutOfRange { min, max } => out_of_range(words, *min, *max),
        Reason::OffStep { steps } => words.with(&name, "which", told(words, *steps)),
        Reason::TwoReadings { whole, fraction } => {
            words.fill(&name, [("whole", whole.clone()), ("fraction", with_comma(words, fraction))])
        }
        Reason::TooShort { min } | Reason::TooFew { min } => words.with(&name, "min", number(words, *min)),
        Reason::TooLong { max, have } | Reason::TooMany { max, have } => {
            let [max, over] = [*max, have - max].map(|n| number(words, n));
            words.fill(&name, [("max", max), ("over", over)])
        }
        Reason::Picture(Unfit::TooMany { max }) => words.with(&name, "max", max),
        Reason::NotTogether { choice } | Reason::RankedTwice { choice } => {
            words.with(&name, "choice", choice.get(lang))
        }
        Reason::GroupFull { group } => words.with(&name, "group", group),
        _ => words.say(&name),
    }
}

/// Which numbers are possible.
pub(crate) fn told(words: Words, steps: Steps) -> String {
    let (name, values) = steps.told();
    words.fill(name, values)
}

fn number(words: Words, n: usize) -> String {
    words.number(i64::try_from(n).unwrap_or(i64::MAX))
}

/// “Từ … đến …”, “… trở lên” or “không quá …”, of numbers, dates or times.
fn out_of_range(words: Words, min: Option<Bound>, max: Option<Bound>) -> String {
    let of_what = match min.or(max) {
        Some(Bound::Date(_)) => "-date",
        Some(Bound::Time(_)) => "-time",
        Some(Bound::Whole(_) | Bound::Decimal(_)) | None => "",
    };
    let name = |what: &str| format!("violation-{what}{of_what}");
    match (min.map(|min| written(words, min)), max.map(|max| written(words, max))) {
        (Some(min), Some(max)) => words.fill(&name("out-of-range"), [("min", min), ("max", max)]),
        (Some(min), None) => words.with(&name("too-small"), "min", min),
        (None, max) => words.with(&name("too-large"), "max", max.unwrap_or_default()),
    }
}

fn written(words: Words, bound: Bound) -> String {
    match bound {
        Bound::Whole(number) => words.number(number),
        Bound::Decimal(number) => with_comma(words, &number.to_string()),
        Bound::Date(date) => vietnamese::date(date),
        Bound::Time(time) => time.format("%H:%M").to_string(),
    }
}

/// The fraction as readers of the language expect it.
fn with_comma(words: Words, number: &str) -> String {
    if words.0 == Lang::EN { number.to_owned() } else { number.replace('.', ",") }
}
