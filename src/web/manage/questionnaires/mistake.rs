//! Mistakes of a questionnaire as officers read them: where, in the words of the outline, and what.

use crate::survey::manuscript::{Manuscript, string};
use crate::survey::questionnaire::Mistake;
use crate::web::words::Words;

/// One mistake, as a line of a list.
pub(super) struct Line {
    /// Where it is.
    pub(super) place: String,
    /// What is wrong and what to do.
    pub(super) message: String,
    /// The address of the question that it is about.
    pub(super) address: Option<String>,
}

impl Line {
    /// A mistake of a document; without one it is said by the line of the file.
    pub(super) fn new(mistake: &Mistake, sheet: Option<&Manuscript>, words: Words) -> Self {
        let (section, question, rest) = parts(&mistake.path);
        let found = sheet.zip(section).and_then(|(sheet, section)| {
            let place = (section, question?);
            Some((sheet.address(place), string(sheet.at(place)?, "code").to_owned()))
        });
        let line =
            || words.fill("q-mistake-line", [("line", mistake.line.to_string()), ("path", mistake.path.clone())]);
        let place = match (&found, sheet, section) {
            (Some((_, code)), ..) if rest.is_empty() => words.with("q-mistake-question", "code", code),
            (Some((_, code)), ..) => {
                words.fill("q-mistake-property", [("code", code.clone()), ("property", property(rest, words))])
            }
            (None, Some(_), Some(section)) => words.with("q-mistake-section", "n", section + 1),
            (None, Some(_), None) => words.with("q-mistake-cover", "property", property(rest, words)),
            (None, None, _) => line(),
        };
        Self { place, message: said(&mistake.message, words), address: found.map(|(address, _)| address) }
    }
}

/// The section and question of a path, and what follows.
fn parts(path: &str) -> (Option<usize>, Option<usize>, &str) {
    let rest = path.trim_start_matches(['$', '.']);
    let Some((section, rest)) = index(rest, "sections[") else { return (None, None, rest) };
    match index(rest, "questions[") {
        Some((question, rest)) => (Some(section), Some(question), rest),
        None => (Some(section), None, rest),
    }
}

fn index<'a>(path: &'a str, list: &str) -> Option<(usize, &'a str)> {
    let (number, rest) = path.strip_prefix(list)?.split_once(']')?;
    Some((number.parse().ok()?, rest.trim_start_matches('.')))
}

/// A property as the editor calls it.
pub(super) fn property(path: &str, words: Words) -> String {
    let name: String = path.split(['.', '[']).next().unwrap_or_default().to_owned();
    let known = super::properties::NAMES.contains(&name.as_str());
    if known { words.say(&format!("q-property-{name}")) } else { path.to_owned() }
}

/// What `langnghe check` says, in the language of the page as far as it is known there; what is not known is said as it is.
pub(super) fn said(message: &str, words: Words) -> String {
    // of an expression: which one is said by the place already
    let message = captures("{} of {}, column {}", message).map_or(message, |found| {
        let column = found.last().map_or(0, |rest| rest.len() + "column ".len());
        if message.starts_with("text of ") { message } else { &message[message.len() - column..] }
    });
    let known = super::properties::SENTENCES.iter().find_map(|(key, pattern)| Some((key, captures(pattern, message)?)));
    match known {
        Some((key, found)) => {
            let values: Vec<(&'static str, String)> =
                ["a", "b", "c"].into_iter().zip(found.into_iter().map(|text| piece(text, words))).collect();
            words.fill(key, values)
        }
        None => message.to_owned(),
    }
}

/// What was put into a sentence, with the words of ours in the language of the page.
fn piece(text: &str, words: Words) -> String {
    let pieces = super::properties::PIECES.into_iter().filter(|(english, _)| text.contains(english));
    pieces.fold(text.to_owned(), |text, (english, name)| text.replace(english, &words.say(name)))
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

    #[test]
    fn a_sentence_gives_back_what_was_put_into_it() {
        assert_eq!(captures("{} is missing", "\"label\" is missing"), Some(vec!["\"label\""]));
        assert_eq!(captures("column {}: {}", "column 7: no question"), Some(vec!["7", "no question"]));
        assert_eq!((captures("a {} c", "a b d"), captures("x", "x")), (None, Some(vec![])));
    }

    #[test]
    fn every_sentence_and_name_is_there_in_both_languages() {
        use crate::survey::question::KindName;
        use crate::web::manage::questionnaires::properties::{NAMES, PIECES, SENTENCES};
        let sentences = SENTENCES.iter().chain(&PIECES).map(|(key, _)| (*key).to_owned());
        let names = NAMES.iter().map(|name| format!("q-property-{name}"));
        let pieces = PIECES.iter().map(|(_, key)| (*key).to_owned());
        let kinds = KindName::ALL.iter().map(|kind| format!("kind-{kind}"));
        for key in sentences.filter(|key| key.starts_with("q-")).chain(names).chain(pieces).chain(kinds) {
            for words in [Words::VI, Words(crate::survey::text::Lang::EN)] {
                let said = words.fill(&key, ["a", "b", "c"].map(|name| (name, "x".to_owned())));
                assert!(!said.contains(&key), "{key}");
            }
        }
    }

    #[test]
    fn what_is_misspelt_is_said_in_vietnamese() {
        for (message, sentence) in [
            (
                "relevant of A1, column 7: expected an operator or `)`, found the end of the expression",
                "cột 7: ở đây cần một phép",
            ),
            ("column 3: `=` puts a number beside a text: give both sides the same type", "hai bên của ="),
            ("column 1: `and` needs a condition, found a number: compare it", "cột 1: and cần loại giá trị khác"),
            ("this is not JSON: expected value at line 2 column 9", "column 9"),
            ("the text in language km is missing", "thiếu chữ bằng ngôn ngữ “km”"),
        ] {
            assert!(said(message, Words::VI).contains(sentence), "{}", said(message, Words::VI));
        }
        assert_eq!(said("something new", Words::VI), "something new");
    }

    #[test]
    fn a_mistake_names_the_question_in_the_words_of_the_outline() {
        let sheet = Manuscript::parse(r#"{"sections": [{"questions": [{"code": "A1"}]}]}"#).unwrap();
        let path = "$.sections[0].questions[0].relevant".to_owned();
        let mistake = Mistake { line: 1, path, message: "\"label\" is missing".to_owned() };
        let line = Line::new(&mistake, Some(&sheet), Words::VI);
        assert_eq!(line.address.as_deref(), Some("A1"));
        assert!(line.place.contains("A1") && !line.message.contains("missing"), "{} {}", line.place, line.message);
    }
}
