//! Mistakes of a questionnaire as officers read them: where, in the words of the outline, and what.

use super::sentence::said;
use crate::survey::manuscript::{Manuscript, Place, string};
use crate::survey::questionnaire::Mistake;
use crate::survey::text::Lang;
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
        let (place, address) = match sheet {
            None => {
                let values = [("line", mistake.line.to_string()), ("path", mistake.path.clone())];
                (words.fill("q-mistake-line", values), None)
            }
            Some(sheet) => match section.zip(question).filter(|place| sheet.at(*place).is_some()) {
                Some(place) => (in_question(sheet, place, rest, words), Some(sheet.address(place))),
                None => (section.map_or_else(|| in_cover(rest, words), |at| in_section(sheet, at, rest, words)), None),
            },
        };
        Self { place, message: said(&mistake.message, words), address }
    }
}

/// A question, one of its choices or rows, or one of its properties.
fn in_question(sheet: &Manuscript, place: Place, rest: &str, words: Words) -> String {
    let code = sheet.at(place).map_or("", |question| string(question, "code")).to_owned();
    let element = |list: &str| index(rest, list).map(|(n, _)| n + 1);
    let (name, key, value) = match (element("choices["), element("rows[")) {
        (Some(n), _) => ("q-mistake-choice", "n", n.to_string()),
        (_, Some(n)) => ("q-mistake-row", "n", n.to_string()),
        _ if rest.is_empty() => ("q-mistake-question", "n", String::new()),
        _ => ("q-mistake-property", "property", property(rest, words)),
    };
    words.fill(name, [("code", code), (key, value)])
}

fn in_section(sheet: &Manuscript, at: usize, rest: &str, words: Words) -> String {
    let sections = sheet.sections();
    let code = sections.get(at).map_or("", |section| string(section, "code"));
    // one that has no code yet is known by its title, or by its place
    let title = sections.get(at).map_or("", |section| Manuscript::text_of(section, "title", Lang::VI));
    let number = (at + 1).to_string();
    let called = [code, title, &number].into_iter().find(|name| !name.is_empty()).unwrap_or_default().to_owned();
    let name = if rest.is_empty() { "q-mistake-section" } else { "q-mistake-section-property" };
    words.fill(name, [("code", called), ("property", property(rest, words))])
}

/// What does not belong to one part: scales, indices, the cover.
fn in_cover(rest: &str, words: Words) -> String {
    let scale = rest.strip_prefix("scales.").and_then(|rest| rest.split(['.', '[']).next());
    match (scale, index(rest, "indices[")) {
        (Some(name), _) => words.with("q-mistake-scale", "code", name),
        (_, Some((n, _))) => words.with("q-mistake-index", "code", n + 1),
        _ if rest.is_empty() => words.say("q-mistake-whole"),
        _ => words.with("q-mistake-cover", "property", property(rest, words)),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_names_the_place_in_the_words_of_the_outline() {
        let text = r#"{"sections": [{"code": "B", "questions": [{"code": "A1"}]}]}"#;
        let sheet = Manuscript::parse(text).unwrap();
        let line = |path: &str| {
            let mistake = Mistake { line: 1, path: path.to_owned(), message: "\"label\" is missing".to_owned() };
            Line::new(&mistake, Some(&sheet), Words::VI)
        };
        assert_eq!(line("$.sections[0].questions[0].relevant").address.as_deref(), Some("A1"));
        for (path, place) in [
            ("$.sections[0].questions[0].relevant", "Câu A1, mục “Điều kiện hiện”:"),
            ("$.sections[0].questions[0].choices[1].label", "Câu A1, phương án trả lời thứ 2:"),
            ("$.sections[0].questions[0]", "Câu A1:"),
            ("$.sections[0].title", "Phần B, mục “Tên”:"),
            ("$.scales.hai_long.choices[0].label", "Thang điểm “hai_long”:"),
            ("$", "Cả phiếu:"),
        ] {
            assert_eq!(line(path).place, place);
        }
    }
}
