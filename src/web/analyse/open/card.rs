//! One answer on the desk, with its themes and why it has them.

use super::piece::{Piece, pieces};
use super::{Desk, label, table};
use crate::analysis::text::Query;
use crate::reading::{Answer, Reading, Split};
use crate::store::themes::Coding;
use crate::web::analyse::quality::said::name;
use crate::web::words::Words;

/// An answer.
pub(super) struct Card {
    pub id: i64,
    pub text: Vec<Piece>,
    pub question: String,
    pub about: Vec<String>,
    pub themes: Vec<Chip>,
    /// Whether what was searched for stands in it with other diacritics.
    pub is_other: bool,
    pub lang: String,
    /// The rules that leave out its form; none: it counts.
    pub left_out: Option<String>,
}

/// A theme of an answer.
pub(super) struct Chip {
    pub code: String,
    pub name: String,
    pub why: String,
}

pub(super) fn card(
    looked: &Desk,
    reading: &Reading,
    (place, answer): (usize, &Answer),
    (text, query): (&str, Option<&Query>),
    is_other: bool,
    words: Words,
) -> Card {
    let part = |split| {
        let code = reading.part(split, answer);
        (!code.is_empty()).then(|| table::name(looked, split, &code, words))
    };
    let chips = reading.marks.verdicts(place).filter(|verdict| verdict.by.is_on).map(|verdict| Chip {
        code: verdict.theme.code.clone(),
        name: verdict.theme.name.clone(),
        why: why(verdict.by, words),
    });
    let question = reading.texts.questions.get(usize::from(answer.question)).map_or("", String::as_str);
    Card {
        id: answer.id,
        text: pieces(text, query),
        question: label(&reading.texts, question, words.0),
        about: [Split::Unit, Split::Level, Split::Satisfaction, Split::Kind].into_iter().filter_map(part).collect(),
        themes: chips.collect(),
        is_other,
        lang: answer.lang.code().to_owned(),
        left_out: left_out(reading, place, words),
    }
}

fn left_out(reading: &Reading, place: usize, words: Words) -> Option<String> {
    let rules = reading.out.rules(place).iter().map(|rule| name(*rule, words));
    let rules: Vec<String> = rules.collect();
    (!rules.is_empty()).then(|| words.with("voice-left-out-card", "rules", rules.join(", ")))
}

/// Who or which rule applied a theme, and when the person did or the rule was made.
pub(super) fn why(coding: &Coding, words: Words) -> String {
    let when = [("by", coding.by.clone()), ("at", words.moment(coding.at))];
    match &coding.rule {
        None => words.fill("voice-by-hand", when),
        Some(rule) => {
            let shown = rule.any.iter().chain(&rule.all).take(4).cloned().collect::<Vec<_>>().join(", ");
            let [by, at] = when;
            words.fill("voice-by-rule", [by, at, ("rule", shown)])
        }
    }
}
