//! The switch between languages, and what each language calls itself.

use askama::Template;
use askama::filters::HtmlSafe;
use isolang::Language;

use crate::catalogue::Entrance;
use crate::survey::text::Lang;
use crate::web::words::Words;

/// Names that ISO's table lacks: languages of Việt Nam as their own speakers write them.
const OWN_NAMES: [(&str, &str); 13] = [
    ("blt", "Tiếng Thái"),
    ("bdq", "Bahnar"),
    ("cjm", "Cham"),
    ("hmn", "Hmoob"),
    ("hmv", "Hmoob"),
    ("jra", "Jrai"),
    ("mtq", "Mường"),
    ("mww", "Hmoob Dawb"),
    ("nut", "Nùng"),
    ("rad", "Klei Êđê"),
    ("sed", "Rơteang"),
    ("tyz", "Tày"),
    // ISO has the name of the people only
    ("km", "ភាសាខ្មែរ"),
];

/// What a language calls itself; its code where nobody has told.
pub fn own_name(lang: &Lang) -> String {
    let code = lang.code();
    let known = OWN_NAMES.iter().find(|(known, _)| *known == code).map(|(_, name)| *name);
    let listed = || Language::from_639_1(code).or_else(|| Language::from_639_3(code))?.to_autonym();
    known.or_else(listed).unwrap_or(code).to_owned()
}

/// Languages that officers have a name for, those that are offered for a questionnaire first.
const NAMED: [&str; 21] = [
    "vi", "en", "km", "blt", "hmv", "hmn", "mww", "mtq", "tyz", "nut", "jra", "rad", "bdq", "sed", "cjm", "lo", "zh",
    "ko", "ja", "fr", "ru",
];
/// Of them, those that a questionnaire is offered in: two of the names stand for codes that files may have instead.
const NOT_OFFERED: [&str; 2] = ["hmn", "mww"];

/// What an officer calls a language: not everybody who has a form translated reads Khmer.
pub fn called(lang: &Lang, words: Words) -> String {
    if NAMED.contains(&lang.code()) {
        return words.say(&format!("language-{lang}"));
    }
    let name = own_name(lang);
    if name == lang.code() { words.with("language-other", "code", name) } else { name }
}

/// The name of a language where a label begins with it.
pub fn heading(name: impl AsRef<str>) -> String {
    let mut letters = name.as_ref().chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The languages that a questionnaire is offered in, besides whatever else it speaks.
pub fn offered() -> impl Iterator<Item = Lang> {
    NAMED.iter().filter(|code| !NOT_OFFERED.contains(code)).filter_map(|code| code.parse().ok())
}

/// Links to this page in other languages; nothing where there is only one. A template prints it with `{{ … }}`.
#[derive(Template)]
#[template(path = "web/switch.html")]
pub struct Switch {
    /// The language that the page was asked for in.
    current: Lang,
    languages: Vec<Lang>,
    /// What else the address of the page needs, such as `&phieu=…`.
    rest: String,
}

/// It is a template of its own, whose values are escaped.
impl HtmlSafe for Switch {}

impl Switch {
    /// For a page of the interface alone.
    pub fn of_interface(words: Words) -> Self {
        Self { current: words.interface(), languages: Words::languages().to_vec(), rest: String::new() }
    }

    /// For a page about a school's questionnaires: all of their languages, whether or not the interface speaks them.
    pub fn of(words: Words, entrance: &Entrance) -> Self {
        Self { current: words.0, languages: entrance.languages(), rest: String::new() }
    }

    /// The same, keeping the part of a form that is under way (from 0).
    pub fn of_part(words: Words, entrance: &Entrance, part: usize) -> Self {
        Self { rest: format!("&phan={}", part + 1), ..Self::of(words, entrance) }
    }

    /// The same, for the review of a form.
    pub fn of_review(words: Words, entrance: &Entrance) -> Self {
        Self { rest: "&phan=xem-lai".to_owned(), ..Self::of(words, entrance) }
    }

    /// The same, keeping the questionnaire that was chosen.
    pub fn of_form(words: Words, entrance: &Entrance, code: &str) -> Self {
        let rest = format!("&{}", form_urlencoded::Serializer::new(String::new()).append_pair("phieu", code).finish());
        Self { rest, ..Self::of(words, entrance) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_is_called_what_its_speakers_call_it() {
        for (code, name) in [
            ("vi", "Tiếng Việt"),
            ("en", "English"),
            ("km", "ភាសាខ្មែរ"),
            ("ko", "한국어"),
            ("zh", "中文"),
            ("jra", "Jrai"),
            ("fr", "français"),
            ("xq", "xq"),
        ] {
            assert_eq!(own_name(&code.parse().unwrap()), name, "{code}");
        }
    }

    #[test]
    fn an_officer_is_told_of_languages_by_names() {
        let said = |code: &str, words| called(&code.parse().unwrap(), words);
        assert_eq!((said("km", Words::VI), said("km", Words(Lang::EN))), ("tiếng Khmer".into(), "Khmer".into()));
        assert_eq!((said("de", Words::VI), said("xq", Words::VI)), ("Deutsch".into(), "ngôn ngữ mang mã xq".into()));
        let names: std::collections::BTreeSet<String> = offered().map(|lang| called(&lang, Words::VI)).collect();
        assert_eq!(names.len(), NAMED.len() - NOT_OFFERED.len());
        assert!(!names.iter().any(|name| name.contains("language-")), "{names:?}");
    }
}
