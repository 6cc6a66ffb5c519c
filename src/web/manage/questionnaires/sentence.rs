//! What `langnghe check` says about a mistake, in the words of the page: an officer reads of rating scales and of Khmer, not of
//! `"scale"` and `km`. A sentence of the checker is known by its pattern; what was put into it is said anew, piece by piece.

use crate::survey::question::KindName;
use crate::web::languages::called;
use crate::web::words::Words;

use super::mistake::property;
use super::pieces::piece;

/// How a value in a sentence of the checker is said.
#[derive(Clone, Copy)]
enum Say {
    /// As it is, without quotes and ticks: a code, a number.
    Plain,
    /// The name that the editor has for a property.
    Property,
    /// The name of a language.
    Language,
    /// The name of one kind of question, or of several.
    Kinds,
    /// A phrase of the checker.
    Phrase,
}
use Say::{Kinds, Language, Phrase, Plain, Property};

/// The name of a sentence of ours, what the checker says in its place, and how its values `a`, `b`, `c` are said. What a later
/// pattern would also fit stands before it.
const SENTENCES: [(&str, &str, &[Say]); 62] = [
    ("q-wrong-recording", "{}: the file is missing", &[Plain]),
    ("q-wrong-language", "the text in language {} is missing", &[Language]),
    ("q-wrong-missing", "{} is missing", &[Property]),
    ("q-wrong-language-other", "language {} is not among the questionnaire's languages", &[Language]),
    ("q-wrong-language-first", "the first language must be \"vi\"", &[]),
    ("q-wrong-language-code", "{} is not a language code of {}", &[Plain]),
    ("q-wrong-known", "{} is not known; use one of: {}", &[Plain, Plain]),
    ("q-wrong-no-question", "there is no question in it", &[]),
    ("q-wrong-two-choices", "at least two choices are needed", &[]),
    ("q-wrong-one-row", "at least one row is needed", &[]),
    ("q-wrong-choice-twice", "the code {} stands twice", &[Plain]),
    ("q-wrong-code-twice", "another question has the code {}", &[Plain]),
    ("q-wrong-section-twice", "another section has this code", &[]),
    ("q-wrong-code-taken", "{} is a name that the product uses itself; choose another", &[Plain]),
    ("q-wrong-code", "{} must be 1 to 32 letters a–z, digits or _, beginning with a letter", &[Plain]),
    ("q-wrong-choice-code", "{} must be 1 to 32 letters a–z, digits or _", &[Plain]),
    ("q-wrong-slug", "{} must be 2 to 64 small letters, digits or hyphens", &[Plain]),
    ("q-wrong-recording-name", "{} must be letters a–z, digits, '.', '_' and '-'{}", &[Plain]),
    ("q-wrong-scale", "there is no scale {}; the scales are: {}", &[Plain, Plain]),
    ("q-wrong-scale-points", "the codes of a scale are whole numbers, rising from lowest to highest", &[]),
    ("q-wrong-scale-outside", "its code must differ from the points of the scale", &[]),
    ("q-wrong-unread", "{} is not a property here, and the choice_filter does not look at it{}", &[Property]),
    ("q-wrong-unknown", "{} is not a property here; check its spelling", &[Property]),
    ("q-wrong-twice", "this name stands twice; keep one", &[]),
    ("q-wrong-kind-property", "a question of kind {} has no {} (only {})", &[Kinds, Property, Kinds]),
    ("q-wrong-kind", "{} must be a question of kind {}", &[Plain, Kinds]),
    ("q-wrong-no-such", "there is no question {}", &[Plain]),
    ("q-wrong-strata", "at most two strata{}", &[]),
    ("q-wrong-default", "the question itself does not take this as an answer", &[]),
    ("q-wrong-exclusive", "only a select_multiple has an exclusive choice", &[]),
    ("q-wrong-appearance", "here the appearance can only be {}", &[]),
    ("q-wrong-choice-text", "a property of a choice is a text between quotes", &[]),
    ("q-wrong-limit-number", "a number, or a date or time as a text, is needed here", &[]),
    ("q-wrong-limit-whole", "{} must be a whole number{}", &[]),
    ("q-wrong-limit-decimal", "{} must be a number with at most two digits behind its point", &[]),
    ("q-wrong-limit-date", "{} must be a date in quotes{}", &[]),
    ("q-wrong-limit-time", "{} must be a time in quotes{}", &[]),
    ("q-wrong-length", "max_length must be from 1 to {}", &[Plain]),
    ("q-wrong-limit-pictures", "max must be {}", &[Phrase]),
    ("q-wrong-lengths", "min_length {} is above max_length {}", &[Plain, Plain]),
    ("q-wrong-min-max", "min {} is above max {}", &[Plain, Plain]),
    ("q-wrong-how-many", "of {} choices, from min {} to max {} cannot be chosen{}", &[Plain, Plain, Plain]),
    ("q-wrong-other", "with or_other the code \"other\" is taken{}", &[]),
    (
        "q-wrong-range",
        "a range needs min below max and a step that leads from {} to {} exactly, not {}",
        &[Plain, Plain, Plain],
    ),
    ("q-wrong-json", "this is not JSON: {}", &[Plain]),
    ("q-wrong-json", "this is not a questionnaire in JSON: {}", &[Plain]),
    ("q-wrong-object", "a questionnaire file is one object between { and }", &[]),
    ("q-wrong-given", "invalid {}", &[]),
    ("q-wrong-given", "expected true, false or an expression", &[]),
    ("q-wrong-given", "a text, a number, or a list of codes is needed here", &[]),
    ("q-wrong-piped-here", "answers can be shown in titles, labels and hints, not here", &[]),
    ("q-wrong-piped", "text of {}, column {}: no question has the code {}", &[Plain, Plain, Plain]),
    ("q-wrong-piped-open", "text of {}, column {}: expected the code of a question{}", &[Plain]),
    ("q-wrong-circle", "these questions decide about each other in a circle: {}; take one{}", &[Plain]),
    ("q-wrong-gives", "this gives {}, but a condition is needed, such as {}", &[Phrase, Phrase]),
    ("q-wrong-gives-many", "a calculation gives one value, this gives a list of choices{}", &[]),
    ("q-wrong-minute", "now() would keep the minute{}", &[]),
    ("q-wrong-too-long", "an expression has at most 2000 characters{}", &[]),
    ("q-wrong-own", "there is no own answer here for `.`{}", &[]),
    ("q-wrong-reference", "no question has the code {}: correct the code, or add the question", &[Plain]),
    (
        "q-wrong-attribute",
        "no choice has the property {}: add it to the choices, or write {} for a question",
        &[Plain, Phrase],
    ),
    ("q-wrong-choice-only", "the question {} has no choices: {}", &[Plain]),
];

/// The same for what is wrong with an expression.
const OF_EXPRESSIONS: [(&str, &str, &[Say]); 15] = [
    ("q-wrong-never", "{} is never {}: correct the code, its choices are {}", &[Plain, Plain, Plain]),
    ("q-wrong-mixed", "{} puts {} beside {}: give both sides the same type", &[Plain, Phrase, Phrase]),
    ("q-wrong-date-code", "format-date knows no such code: use {}", &[Plain]),
    ("q-wrong-type", "{} needs {}, found {}", &[Plain, Phrase, Phrase]),
    ("q-wrong-braces", "expected `{` after `$`: write a question as ${A1}", &[]),
    ("q-wrong-after-brace", "expected the code of a question right after `${`", &[]),
    ("q-wrong-closing-brace", "expected `}` right after the question code {}", &[Plain]),
    ("q-wrong-quote", "expected a closing {} for the text that begins here", &[Plain]),
    ("q-wrong-deep", "expected at most {} levels{}", &[Plain]),
    (
        "q-wrong-name",
        "expected a question, a text, a number or a function, found {}: write {} for a question, {}",
        &[Plain, Phrase],
    ),
    ("q-wrong-expected", "expected {}, found {}", &[Phrase, Phrase]),
    ("q-wrong-arguments", "{}() takes {}, found {}", &[Plain, Phrase, Plain]),
    ("q-wrong-large", "this number is too large: write a smaller one", &[]),
    ("q-wrong-sign", "{} has no meaning here: {}", &[Plain, Phrase]),
    ("q-wrong-function", "there is no function {}: use one of {}", &[Plain, Plain]),
];

/// What the checker says, in the language of the page.
pub(super) fn said(message: &str, words: Words) -> String {
    match inside_expression(message) {
        Some((column, rest)) => {
            let said = known(rest, words).unwrap_or_else(|| words.say("q-wrong-rule"));
            words.fill("q-wrong-column", [("n", column.to_owned()), ("said", said)])
        }
        None => known(message, words).unwrap_or_else(|| words.say("q-wrong-anything")),
    }
}

/// The column and the mistake, where it is one of an expression; which expression it is, the place says already.
fn inside_expression(message: &str) -> Option<(&str, &str)> {
    if message.starts_with("text of ") {
        return None;
    }
    let found = captures("{} of {}, column {}", message).and_then(|found| found.last().copied());
    found.or_else(|| message.strip_prefix("column "))?.split_once(": ")
}

fn known(message: &str, words: Words) -> Option<String> {
    let all = SENTENCES.iter().chain(&OF_EXPRESSIONS);
    let (key, says, found) =
        all.clone().find_map(|(key, pattern, says)| Some((key, says, captures(pattern, message)?)))?;
    let values = ["a", "b", "c"].into_iter().zip(found.into_iter().zip(*says));
    let values: Vec<(&'static str, String)> =
        values.map(|(name, (text, say))| (name, value(text, *say, words))).collect();
    Some(words.fill(key, values))
}

/// What was put into a sentence, as the page says it.
fn value(text: &str, say: Say, words: Words) -> String {
    let bare = text.trim_matches(|c| matches!(c, '"' | '`' | '\''));
    match say {
        Plain => bare.strip_prefix("${").and_then(|code| code.strip_suffix('}')).unwrap_or(bare).replace('"', ""),
        Property => property(bare, words),
        Language => bare.parse().map_or_else(|_| bare.to_owned(), |lang| called(&lang, words)),
        Kinds => bare.split(", ").map(|code| kind(code, words)).collect::<Vec<_>>().join(", "),
        Phrase => piece(text, words),
    }
}

fn kind(code: &str, words: Words) -> String {
    KindName::from_code(code).map_or_else(|| code.to_owned(), |kind| words.say(&format!("kind-{kind}")))
}

/// What stands in a sentence where its pattern has `{}`.
fn captures<'a>(pattern: &str, mut text: &'a str) -> Option<Vec<&'a str>> {
    let mut pieces = pattern.split("{}");
    text = text.strip_prefix(pieces.next()?)?;
    let mut found = Vec::new();
    let pieces: Vec<&str> = pieces.collect();
    for (at, piece) in pieces.iter().enumerate() {
        let is_last = at + 1 == pieces.len();
        let end = if is_last && piece.is_empty() { text.len() } else { text.find(piece)? };
        found.push(&text[..end]);
        text = &text[end + piece.len()..];
    }
    text.is_empty().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::question::KindName;
    use crate::survey::text::Lang;
    use crate::web::manage::questionnaires::{pieces, properties};

    #[test]
    fn a_sentence_gives_back_what_was_put_into_it() {
        assert_eq!(captures("{} is missing", "\"label\" is missing"), Some(vec!["\"label\""]));
        assert_eq!(captures("the code {} stands {}", "the code 7 stands twice"), Some(vec!["7", "twice"]));
        assert_eq!((captures("a {} c", "a b d"), captures("x", "x")), (None, Some(vec![])));
    }

    #[test]
    fn every_sentence_and_name_is_there_in_both_languages() {
        let sentences = SENTENCES.iter().chain(&OF_EXPRESSIONS).map(|(key, ..)| (*key).to_owned());
        let names = properties::NAMES.iter().map(|name| format!("q-property-{name}"));
        let kinds = KindName::ALL.iter().map(|kind| format!("kind-{kind}"));
        for key in sentences.chain(names).chain(pieces::names().map(str::to_owned)).chain(kinds) {
            for words in [Words::VI, Words(Lang::EN)] {
                let said = words.fill(&key, ["a", "b", "c"].map(|name| (name, "x".to_owned())));
                assert!(!said.contains(&key), "{key}");
            }
        }
    }

    #[test]
    fn what_is_wrong_is_said_without_the_words_of_the_file() {
        for (message, sentence) in [
            ("\"scale\" is missing", "chưa có mục “Thang điểm”"),
            ("the text in language km is missing", "chưa có lời bằng tiếng Khmer"),
            (
                "a question of kind rating has no \"choices\" (only rank, select_one)",
                "“Chấm điểm theo thang” không có mục",
            ),
            ("max must be a date in quotes such as \"2026-09-05\"", "cần một ngày."),
            ("invalid type: string \"x\", expected i64", "không đúng loại"),
            ("something new", "chưa dùng được"),
            (
                "relevant of A1, column 7: expected an operator or `)`, found the end of the expression",
                "ký tự thứ 7: ở đây cần một phép hoặc dấu đóng ngoặc, nhưng gặp hết công thức.",
            ),
            (
                "relevant of A1, column 3: `=` puts a number beside a text: give both sides the same type",
                "hai bên của “=” không cùng loại: một bên là số, bên kia là chữ.",
            ),
            (
                "required of B2, column 1: `and` needs a condition, found a number: compare it, as in ${A1} = 1 or ${A1} = 2",
                "“and” cần điều kiện, nhưng gặp số. Xin so sánh",
            ),
            (
                "relevant of A1, column 4: `&` has no meaning here: write `and`",
                "dấu “&” không dùng được ở đây: xin viết and.",
            ),
            (
                "relevant of A1, column 9: `${A1}` is never '7': correct the code, its choices are 1, 2",
                "câu A1 không có phương án trả lời “7”",
            ),
            ("relevant of A1, column 9: this group is not closed by `)`", "ký tự thứ 9: chỗ này chưa đúng cách viết"),
        ] {
            let said = said(message, Words::VI);
            assert!(said.contains(sentence), "{said}");
        }
    }
}
