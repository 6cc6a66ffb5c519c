//! Phrases of the checker's sentences about expressions, and the names of ours for them.

use crate::web::words::Words;

/// What contains another stands before it.
const PIECES: [(&str, &str); 41] = [
    (": use selected() or count-selected()", "q-advice-selected"),
    (": compare it, as in ${A1} = 1 or ${A1} = 2", "q-advice-compare"),
    (": join comparisons with `and`, or use number()", "q-advice-join"),
    (": use decimal-date-time() for its days since 1970", "q-advice-days"),
    (": use decimal-time() for its part of the day", "q-advice-share"),
    (": write year, month and day, as in '2026-09-05'", "q-advice-date"),
    (": write hours and minutes, as in '08:15'", "q-advice-clock"),
    ("put texts between straight quotes, 'like this'", "q-advice-quotes"),
    ("write a plain `-`", "q-advice-minus"),
    ("name a question as ${A1}, its own answer as a single `.`", "q-advice-own"),
    ("write `!=` or not(…)", "q-advice-not"),
    ("write `div` to divide", "q-advice-div"),
    ("write `mod` for the remainder", "q-advice-mod"),
    ("write ", "q-advice-write"),
    ("the end of the expression", "q-piece-end"),
    ("an operator such as `and` or `=`, or the end", "q-piece-operator-or-end"),
    ("an operator or `)`", "q-piece-operator"),
    ("a question such as ${A1}, a text, a number or a function", "q-piece-operand"),
    ("expected a question, a text, a number, a function or an operator", "q-piece-operand-or-operator"),
    ("a pattern between quotes, as in regex(., '[0-9]{10}')", "q-piece-pattern"),
    ("the question between quotes, as in jr:choice-name(${A1}, '${A1}')", "q-piece-choice-name"),
    ("`,` and ", "q-piece-comma-and"),
    ("`,` or `)` after an argument of ", "q-piece-after-argument"),
    ("a list of choices", "q-piece-choices"),
    ("a question with choices", "q-piece-question-choices"),
    ("one value", "q-piece-one-value"),
    ("a format between quotes", "q-piece-format"),
    ("a number or a date", "q-piece-number-or-date"),
    ("a time of day", "q-piece-time"),
    ("a condition", "q-piece-condition"),
    ("a number", "q-piece-number"),
    ("the number", "q-piece-number"),
    ("a date", "q-piece-date"),
    ("a text", "q-piece-text"),
    ("the text", "q-piece-text"),
    ("at least 1 argument", "q-piece-at-least-one-argument"),
    ("arguments", "q-piece-argument"),
    ("argument", "q-piece-argument"),
    ("from ", "q-piece-from"),
    (" to ", "q-piece-to"),
    (" pictures", "q-piece-pictures"),
];

/// What was put into a sentence, with the words of ours in the language of the page. What is already said is not looked at again.
pub(super) fn piece(text: &str, words: Words) -> String {
    let mut said = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        match PIECES.iter().find(|(english, _)| rest.starts_with(english)) {
            Some((english, name)) => {
                said.push_str(&words.say(name));
                rest = &rest[english.len()..];
            }
            None => {
                if letter != '`' {
                    said.push(letter);
                }
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    said
}

#[cfg(test)]
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    PIECES.iter().map(|(_, name)| *name)
}
