//! What differs between two versions, in the words of the editor: “Kiểu câu hỏi: Chọn một”, not `kind: select_one`.

use super::mistake::property;
use crate::survey::text::Lang;
use crate::web::languages::called;
use crate::web::words::Words;

/// A property, with its language where it has one.
pub(super) fn named(path: &str, words: Words) -> String {
    match path.split_once('.') {
        Some((name, lang)) => format!("{} ({})", property(name, words), language(lang, words)),
        None => property(path, words),
    }
}

/// The value of a property, where the file has a code for something that has a name.
pub(super) fn value(path: &str, value: &str, words: Words) -> String {
    let in_group = |group: &str| words.say(&format!("{group}-{value}"));
    match (path, value) {
        (_, "") => String::new(),
        ("kind", _) => known(in_group("kind"), value),
        ("audience", _) => known(in_group("audience"), value),
        ("level", _) => known(in_group("level"), value),
        ("languages", _) => value.split(", ").map(|lang| language(lang, words)).collect::<Vec<_>>().join(", "),
        ("appearance", _) => known(in_group("q-appearance"), value),
        ("choices" | "rows", _) => value.replace(" – exclusive: true", &format!(" – {}", words.say("q-exclusive"))),
        (_, "true") => words.say("q-value-yes"),
        (_, "false") => words.say("q-value-no"),
        _ => value.to_owned(),
    }
}

fn language(code: &str, words: Words) -> String {
    code.parse::<Lang>().map_or_else(|_| code.to_owned(), |lang| called(&lang, words))
}

/// What was found among the sentences, or the code itself where there is none for it.
fn known(said: String, code: &str) -> String {
    if said.ends_with(&format!("-{code}")) || said.starts_with("Unknown") { code.to_owned() } else { said }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_the_file_are_said_as_the_editor_says_them() {
        let vi = |path: &str, text: &str| value(path, text, Words::VI);
        assert_eq!(named("label.km", Words::VI), "Câu hỏi (tiếng Khmer)");
        assert_eq!((vi("kind", "select_one"), vi("kind", "khong_co")), ("Chọn một".into(), "khong_co".into()));
        assert_eq!((vi("languages", "vi, en"), vi("required", "true")), ("tiếng Việt, tiếng Anh".into(), "có".into()));
        assert_eq!(vi("choices", "co – Có – exclusive: true"), "co – Có – chọn riêng một mình");
        assert_eq!(vi("relevant", "${A1} = 'co'"), "${A1} = 'co'");
    }
}
