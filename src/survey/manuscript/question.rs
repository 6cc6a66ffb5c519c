//! One question as a form shows it, and back. Only what the form changed is written: everything else about the question stays
//! as it stood in the file, whether or not the form knows it.

use std::collections::BTreeSet;

use serde_json::{Number, Value, json};

use super::{Object, choices, elements, string};
use crate::survey::question::{KindName, room};
use crate::survey::text::Lang;

/// A text in each language of the questionnaire; empty where it is not translated.
pub type Texts = Vec<(Lang, String)>;

/// A choice of a list, or a row of a matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceEdit {
    /// Its code, by which it is found in the file; empty: it is new, and a code is made.
    pub code: String,
    /// What people read.
    pub label: Texts,
    /// Whether it goes with no other choice.
    pub exclusive: bool,
}

/// A question as a form shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionEdit {
    /// Its code.
    pub code: String,
    /// Which kind; none where the file names none that there is.
    pub kind: Option<KindName>,
    /// What is asked, the help beside it, and what is said when the constraint does not hold.
    pub texts: Vec<(&'static str, Texts)>,
    /// Properties that are one line: expressions, names, numbers, dates.
    pub lines: Vec<(&'static str, String)>,
    /// Whether “other” is offered.
    pub or_other: bool,
    /// Its choices.
    pub choices: Vec<ChoiceEdit>,
    /// The rows of a matrix.
    pub rows: Vec<ChoiceEdit>,
}

/// Texts in languages.
const TEXTS: [&str; 3] = ["label", "hint", "constraint_message"];
/// Properties of one line that are texts in the file.
const WORDS: [&str; 6] = ["relevant", "constraint", "calculation", "choice_filter", "scale", "appearance"];
/// Properties of one line that are numbers, dates or times in the file.
const NUMBERS: [&str; 5] = ["min", "max", "step", "min_length", "max_length"];

impl QuestionEdit {
    /// The question as it stands.
    pub fn of(question: &Object, languages: &[Lang]) -> Self {
        let texts = TEXTS.into_iter().map(|name| (name, texts(question, name, languages)));
        let words = WORDS.into_iter().map(|name| (name, string(question, name).to_owned()));
        let numbers = NUMBERS.into_iter().map(|name| (name, line(question.get(name))));
        let others = [("required", required(question)), ("default", line(question.get("default")))];
        Self {
            code: string(question, "code").to_owned(),
            kind: KindName::from_code(string(question, "kind")),
            texts: texts.collect(),
            lines: words.chain(numbers).chain(others).collect(),
            or_other: question.get("or_other") == Some(&Value::Bool(true)),
            choices: list(question, "choices", languages),
            rows: list(question, "rows", languages),
        }
    }

    /// A line by the name of its property.
    pub fn line(&self, name: &str) -> &str {
        self.lines.iter().find(|(known, _)| *known == name).map_or("", |(_, line)| line)
    }

    /// Texts by the name of their property.
    pub fn text(&self, name: &str) -> &[(Lang, String)] {
        self.texts.iter().find(|(known, _)| *known == name).map_or(&[], |(_, texts)| texts)
    }

    /// Whether questions of this kind have this property; the form leaves the others out.
    pub fn takes(&self, property: &str) -> bool {
        self.kind.is_none_or(|kind| room(kind).takes(property))
    }

    /// The question with what was changed. `taken` are the codes that new rows must not have.
    pub fn apply(&self, question: &Object, languages: &[Lang], taken: &BTreeSet<String>) -> Object {
        let before = Self::of(question, languages);
        let mut changed = question.clone();
        if self.code != before.code {
            set_string(&mut changed, "code", &self.code);
        }
        if let Some(kind) = self.kind.filter(|_| self.kind != before.kind) {
            changed.insert("kind".to_owned(), json!(kind.code()));
            let special = [&WORDS[1..], &NUMBERS[..]].concat().into_iter();
            let special = special.chain(["required", "constraint_message", "default", "or_other", "choices", "rows"]);
            special.filter(|name| !room(kind).takes(name)).for_each(|name| drop(changed.shift_remove(name)));
        }
        for ((name, texts), (_, old)) in self.texts.iter().zip(&before.texts) {
            if texts != old {
                set_texts(&mut changed, name, texts);
            }
        }
        for ((name, line), _) in self.lines.iter().zip(&before.lines).filter(|(new, old)| new != old) {
            set_line(&mut changed, name, line, self.kind);
        }
        if self.or_other != before.or_other {
            set(&mut changed, "or_other", self.or_other.then_some(Value::Bool(true)));
        }
        if self.choices != before.choices {
            let list = rebuilt(question, "choices", &self.choices, |choice, codes| code_of(&label(choice), codes));
            set(&mut changed, "choices", Some(list));
        }
        if self.rows != before.rows {
            let own = |_: &ChoiceEdit, codes: &BTreeSet<String>| {
                let mut numbered = (1..).map(|n| format!("{}_{n}", self.code));
                numbered.find(|code| !codes.contains(code) && !taken.contains(code)).unwrap_or_default()
            };
            set(&mut changed, "rows", Some(rebuilt(question, "rows", &self.rows, own)));
        }
        changed
    }
}

/// A code for a choice with this label, which no other has.
pub fn code_of(label: &str, codes: &BTreeSet<String>) -> String {
    choices::free(label, codes)
}

fn label(choice: &ChoiceEdit) -> String {
    choice.label.iter().find(|(_, text)| !text.is_empty()).map(|(_, text)| text.clone()).unwrap_or_default()
}

/// A list with what was changed about its elements; those with neither code nor text are left out.
fn rebuilt(
    question: &Object,
    name: &str,
    edits: &[ChoiceEdit],
    fresh: impl Fn(&ChoiceEdit, &BTreeSet<String>) -> String,
) -> Value {
    let old = elements(question, name);
    let mut codes: BTreeSet<String> = edits.iter().map(|edit| edit.code.clone()).collect();
    let mut list = Vec::new();
    for edit in edits.iter().filter(|edit| !edit.code.is_empty() || !label(edit).is_empty()) {
        let known = old.iter().find(|known| !edit.code.is_empty() && string(known, "code") == edit.code);
        let mut element = known.map(|known| (*known).clone()).unwrap_or_default();
        let code = if edit.code.is_empty() { fresh(edit, &codes) } else { edit.code.clone() };
        codes.insert(code.clone());
        element.insert("code".to_owned(), json!(code));
        set_texts(&mut element, "label", &edit.label);
        if edit.exclusive != (element.get("exclusive") == Some(&Value::Bool(true))) {
            set(&mut element, "exclusive", edit.exclusive.then_some(Value::Bool(true)));
        }
        list.push(Value::Object(element));
    }
    Value::Array(list)
}

fn texts(object: &Object, name: &str, languages: &[Lang]) -> Texts {
    let found = object.get(name).and_then(Value::as_object);
    let of = |lang: &Lang| found.and_then(|texts| texts.get(lang.code())).and_then(Value::as_str).unwrap_or_default();
    languages.iter().map(|lang| (*lang, of(lang).to_owned())).collect()
}

fn list(object: &Object, name: &str, languages: &[Lang]) -> Vec<ChoiceEdit> {
    let edit = |element: &Object| ChoiceEdit {
        code: string(element, "code").to_owned(),
        label: texts(element, "label", languages),
        exclusive: element.get("exclusive") == Some(&Value::Bool(true)),
    };
    elements(object, name).into_iter().map(edit).collect()
}

fn required(question: &Object) -> String {
    match question.get("required") {
        Some(Value::Bool(true)) => "true".to_owned(),
        Some(Value::String(rule)) => rule.clone(),
        _ => String::new(),
    }
}

/// A number, a date or a list of codes as one line.
fn line(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(codes)) => codes.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        Some(value @ (Value::Number(_) | Value::Bool(_))) => value.to_string(),
        _ => String::new(),
    }
}

fn set_line(object: &mut Object, name: &str, line: &str, kind: Option<KindName>) {
    let value = match (name, line) {
        (_, "") => None,
        ("required", "true") => Some(Value::Bool(true)),
        ("default", _) if matches!(kind, Some(KindName::SelectMultiple | KindName::Rank)) => {
            Some(line.split([' ', ',', ';']).filter(|code| !code.is_empty()).collect::<Vec<_>>().into())
        }
        (name, line) if NUMBERS.contains(&name) => Some(number(line).map_or_else(|| json!(line), Value::Number)),
        (_, line) => Some(json!(line)),
    };
    set(object, name, value);
}

/// A number as people write it, with a comma or a point.
fn number(line: &str) -> Option<Number> {
    let line = line.replace(',', ".");
    line.parse::<i64>().map(Number::from).ok().or_else(|| line.parse().ok().and_then(Number::from_f64))
}

fn set(object: &mut Object, name: &str, value: Option<Value>) {
    match value {
        Some(value) => drop(object.insert(name.to_owned(), value)),
        None => drop(object.shift_remove(name)),
    }
}

pub(super) fn set_string(object: &mut Object, name: &str, text: &str) {
    set(object, name, (!text.is_empty()).then(|| json!(text)));
}

/// Puts texts in these languages; a text that stands in no language any more goes.
pub(super) fn set_texts(object: &mut Object, name: &str, texts: &[(Lang, String)]) {
    let mut found = object.get(name).and_then(Value::as_object).cloned().unwrap_or_default();
    for (lang, text) in texts {
        set_string(&mut found, lang.code(), text);
    }
    let value = (!found.is_empty() || matches!(name, "label" | "title")).then_some(Value::Object(found));
    set(object, name, value);
}
