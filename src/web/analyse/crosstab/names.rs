//! What variables and their classes are called.

use chrono::NaiveDate;

use super::asked::Trouble;
use crate::frame::{Class, Key, Label, Variable, Variables};
use crate::survey::question::KindName;
use crate::survey::text::Text;
use crate::web::figures::coded;
use crate::web::languages;
use crate::web::words::Words;

/// What a variable is called: `A1 · Trường lớp sạch sẽ`.
pub(super) fn variable(variable: &Variable, words: Words) -> String {
    let name = match &variable.key {
        Key::Unit => return words.say("crosstab-unit"),
        Key::Level => return words.say("crosstab-level"),
        Key::Channel => return words.say("crosstab-channel"),
        Key::Language => return words.say("crosstab-language"),
        Key::Mode => return words.say("crosstab-mode"),
        Key::Day => return words.say("crosstab-day"),
        Key::Question(name) => name,
    };
    let said = |text: &Option<Text>| text.as_ref().map(|text| text.get(words.interface()).to_owned());
    let (code, label) = (name.split('@').next().unwrap_or(name), said(&variable.title).unwrap_or_default());
    let question = coded(code, label);
    let question = match said(&variable.form) {
        Some(form) => words.fill("crosstab-of-form", [("question", question), ("form", form)]),
        None => question,
    };
    if variable.kind == Some(KindName::Rank) { words.with("crosstab-rank", "question", question) } else { question }
}

/// What forms call a class; several wordings beside each other.
fn wordings(texts: &[Text], words: Words) -> String {
    let mut said: Vec<&str> = Vec::new();
    for text in texts.iter().map(|text| text.get(words.interface())) {
        if !said.contains(&text) {
            said.push(text);
        }
    }
    said.join(" / ")
}

/// What a class is called.
pub(super) fn class(variable: &Variable, class: &Class, words: Words) -> String {
    match (&class.label, &variable.key) {
        (Label::Texts(texts), _) => wordings(texts, words),
        (Label::Name(name), Key::Question(_)) => words.range(name),
        (Label::Name(name), _) => name.clone(),
        (Label::Code, Key::Level) => words.say(&format!("level-short-{}", class.code)),
        (Label::Code, Key::Channel) => words.say(&format!("channel-{}", class.code)),
        (Label::Code, Key::Mode) => words.say(&format!("mode-{}", class.code)),
        (Label::Code, Key::Language) => {
            class.code.parse().map_or_else(|_| class.code.clone(), |lang| languages::called(&lang, words))
        }
        (Label::Code, Key::Day) => {
            class.code.parse::<NaiveDate>().map_or_else(|_| class.code.clone(), |day| words.date(day))
        }
        (Label::Code, Key::Unit | Key::Question(_)) => words.say("crosstab-other"),
    }
}

/// What is wrong with an address, as a sentence.
pub(super) fn trouble(trouble: &Trouble, variables: &Variables, words: Words) -> String {
    let called = |name: &str| variables.find(name).map_or_else(|| name.to_owned(), |one| variable(one, words));
    match trouble {
        Trouble::NoVariable(name) => words.with("crosstab-no-variable", "name", name),
        Trouble::Several(code, _) => words.with("crosstab-several", "code", code),
        Trouble::NoClass(name, code) => {
            words.fill("crosstab-no-class", [("variable", called(name)), ("code", code.clone())])
        }
        Trouble::NoDay(text) => words.with("crosstab-no-day", "text", text),
        Trouble::Backwards => words.say("crosstab-backwards"),
        Trouble::Same => words.say("crosstab-same"),
        Trouble::NoClasses(name) => words.with("crosstab-no-classes", "variable", called(name)),
    }
}
