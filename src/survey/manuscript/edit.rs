//! Adding, copying and taking out questions and sections.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Manuscript, Object, Place, string};
use crate::survey::question::KindName;
use crate::survey::text::Lang;

/// Properties that are texts in several languages.
pub(super) const TEXTS: [&str; 5] = ["title", "label", "hint", "purpose", "constraint_message"];

impl Manuscript {
    /// Every code of a question, a row or a section.
    pub fn codes(&self) -> BTreeSet<String> {
        let sections = self.sections().into_iter().map(|section| string(section, "code").to_owned());
        let questions = self.all().flat_map(|(_, question)| {
            let rows = super::elements(question, "rows").into_iter();
            std::iter::once(question).chain(rows).map(|object| string(object, "code").to_owned())
        });
        sections.chain(questions).filter(|code| !code.is_empty()).collect()
    }

    /// A code that nothing has yet and that is not reserved: the stem with a number.
    pub fn free_code(&self, stem: &str, reserved: &BTreeSet<String>) -> String {
        let taken = self.codes();
        let stem: String = stem.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(24).collect();
        let stem = if stem.starts_with(|c: char| c.is_ascii_alphabetic()) { stem } else { format!("Q{stem}") };
        let is_free = |code: &String| !taken.contains(code) && !reserved.contains(code);
        (1..).map(|n| format!("{stem}{n}")).find(is_free).unwrap_or(stem)
    }

    /// Adds an empty section at the end; its address.
    pub fn add_section(&mut self, title: &str, reserved: &BTreeSet<String>) -> String {
        let code = self.free_code("PHAN", reserved);
        let title = self.in_every_language(title);
        let place = self.sections().len();
        let section = json!({"code": code, "title": title, "questions": []});
        self.sections_mut().into_iter().for_each(|sections| sections.push(section.clone()));
        self.section_address(place)
    }

    /// Adds a question at the end of a section; its address.
    pub fn add_question(&mut self, section: usize, kind: KindName, reserved: &BTreeSet<String>) -> Option<String> {
        let stem = string(self.sections().get(section)?, "code").to_owned();
        let code = self.free_code(&stem, reserved);
        let mut question = json!({"code": code, "kind": kind.code(), "label": {}});
        if matches!(kind, KindName::Rating | KindName::Matrix)
            && let (Some(scale), Some(question)) = (self.scales().first(), question.as_object_mut())
        {
            question.insert("scale".to_owned(), json!(scale));
        }
        let questions = self.questions_mut(section)?;
        questions.push(question);
        let place = (section, questions.len() - 1);
        Some(self.address(place))
    }

    /// Puts a question into a section before the one that stands there, or at the end.
    pub fn insert(&mut self, place: Place, question: Object) -> Option<String> {
        let questions = self.questions_mut(place.0)?;
        let at = place.1.min(questions.len());
        questions.insert(at, Value::Object(question));
        Some(self.address((place.0, at)))
    }

    /// Puts another question in the place of this one.
    pub fn put(&mut self, place: Place, question: Object) -> bool {
        let slot = self.questions_mut(place.0).and_then(|questions| questions.get_mut(place.1));
        slot.map(|slot| *slot = Value::Object(question)).is_some()
    }

    /// Copies a question behind itself, with codes of its own; the copy's address.
    pub fn duplicate(&mut self, place: Place, reserved: &BTreeSet<String>) -> Option<String> {
        let copy = self.at(place)?.clone();
        self.insert_copy((place.0, place.1 + 1), copy, reserved)
    }

    /// Puts a copy of a question, here or from elsewhere, into a section, with codes that are free here.
    pub fn insert_copy(&mut self, place: Place, mut copy: Object, reserved: &BTreeSet<String>) -> Option<String> {
        let stem = format!("{}_", string(&copy, "code").trim_end_matches(|c: char| c.is_ascii_digit()));
        let mut reserved = reserved.clone();
        let code = self.free_code(stem.trim_end_matches("__"), &reserved);
        reserved.insert(code.clone());
        copy.insert("code".to_owned(), json!(code));
        for row in copy.get_mut("rows").and_then(Value::as_array_mut).into_iter().flatten() {
            let own = self.free_code(&format!("{code}_"), &reserved);
            reserved.insert(own.clone());
            if let Some(row) = row.as_object_mut() {
                row.insert("code".to_owned(), json!(own));
            }
        }
        self.insert(place, copy)
    }

    /// Takes a question out.
    pub fn remove(&mut self, place: Place) -> Option<Object> {
        let questions = self.questions_mut(place.0)?;
        if place.1 >= questions.len() {
            return None;
        }
        let Value::Object(gone) = questions.remove(place.1) else { return None };
        self.forget(&gone);
        Some(gone)
    }

    /// Takes a section out with all its questions.
    pub fn remove_section(&mut self, section: usize) -> bool {
        if section >= self.sections().len() {
            return false;
        }
        let Some(gone) = self.sections_mut().map(|sections| sections.remove(section)) else { return false };
        let questions = gone.as_object().map(Self::questions).unwrap_or_default();
        questions.into_iter().for_each(|question| self.forget(question));
        true
    }

    /// Gives a question or a row another code, and tells everything that mentions it.
    pub fn rename(&mut self, old: &str, new: &str) {
        let (old_mention, new_mention) = (format!("${{{old}}}"), format!("${{{new}}}"));
        for (_, value) in self.0.iter_mut() {
            replace(value, &old_mention, &new_mention);
        }
        self.0.get_mut("strata").into_iter().for_each(|list| rename_in(list, old, new));
        for index in self.0.get_mut("indices").and_then(Value::as_array_mut).into_iter().flatten() {
            index.get_mut("questions").into_iter().for_each(|list| rename_in(list, old, new));
        }
        for role in ["expectation", "overall"] {
            if let Some(value) = self.0.get_mut(role).filter(|value| value.as_str() == Some(old)) {
                *value = json!(new);
            }
        }
    }

    /// Adds a scale, unless there is one of this name.
    pub fn add_scale(&mut self, name: &str, scale: Value) {
        let scales = self.0.entry("scales").or_insert_with(|| json!({}));
        if let Some(scales) = scales.as_object_mut() {
            scales.entry(name).or_insert(scale);
        }
    }

    /// Sets or takes away a property of the cover.
    pub fn set(&mut self, name: &str, value: Option<Value>) {
        match value {
            Some(value) => drop(self.0.insert(name.to_owned(), value)),
            None => drop(self.0.shift_remove(name)),
        }
    }

    /// Sets a section's title in some languages and when it is asked.
    pub fn set_section(&mut self, section: usize, title: &[(Lang, String)], relevant: &str) -> bool {
        let found = self.sections_mut().and_then(|sections| sections.get_mut(section)?.as_object_mut());
        let Some(object) = found else { return false };
        super::question::set_texts(object, "title", title);
        super::question::set_string(object, "relevant", relevant);
        true
    }

    /// Sets the languages; texts in languages that are left out go.
    pub fn set_languages(&mut self, languages: &[Lang]) {
        for (name, value) in self.0.iter_mut() {
            only_in(name, value, languages);
        }
        let codes: Vec<&str> = languages.iter().map(Lang::code).collect();
        self.0.insert("languages".to_owned(), json!(codes));
    }

    fn in_every_language(&self, text: &str) -> Value {
        self.languages().iter().map(|lang| (lang.code().to_owned(), json!(text))).collect::<Object>().into()
    }

    /// What does not belong to one question but names it does so no longer.
    fn forget(&mut self, gone: &Object) {
        let mut codes: BTreeSet<&str> = super::elements(gone, "rows").into_iter().map(|r| string(r, "code")).collect();
        codes.insert(string(gone, "code"));
        codes.remove("");
        let keep = |value: &Value| value.as_str().is_none_or(|code| !codes.contains(code));
        let lists = self.0.get_mut("strata").and_then(Value::as_array_mut).into_iter();
        lists.for_each(|list| list.retain(keep));
        for index in self.0.get_mut("indices").and_then(Value::as_array_mut).into_iter().flatten() {
            let list = index.get_mut("questions").and_then(Value::as_array_mut);
            list.into_iter().for_each(|list| list.retain(keep));
        }
        for role in ["expectation", "overall"] {
            if self.0.get(role).is_some_and(|value| !keep(value)) {
                self.0.shift_remove(role);
            }
        }
    }

    /// The list of sections, made where there is none.
    pub(super) fn sections_mut(&mut self) -> Option<&mut Vec<Value>> {
        list_of(&mut self.0, "sections")
    }

    pub(super) fn questions_mut(&mut self, section: usize) -> Option<&mut Vec<Value>> {
        list_of(self.sections_mut()?.get_mut(section)?.as_object_mut()?, "questions")
    }
}

/// A list of objects. Whatever is no object there has no place in the outline, so it would make places disagree; it is a
/// mistake in any case, and goes when the list is changed.
fn list_of<'a>(object: &'a mut Object, name: &str) -> Option<&'a mut Vec<Value>> {
    let value = object.entry(name).or_insert_with(|| Value::Array(Vec::new()));
    if !value.is_array() {
        *value = Value::Array(Vec::new());
    }
    let list = value.as_array_mut()?;
    list.retain(Value::is_object);
    Some(list)
}

fn replace(value: &mut Value, old: &str, new: &str) {
    match value {
        Value::String(text) if text.contains(old) => *text = text.replace(old, new),
        Value::Array(list) => list.iter_mut().for_each(|value| replace(value, old, new)),
        Value::Object(object) => object.iter_mut().for_each(|(_, value)| replace(value, old, new)),
        _ => {}
    }
}

fn rename_in(list: &mut Value, old: &str, new: &str) {
    for value in list.as_array_mut().into_iter().flatten().filter(|value| value.as_str() == Some(old)) {
        *value = json!(new);
    }
}

fn only_in(name: &str, value: &mut Value, languages: &[Lang]) {
    match value {
        Value::Object(texts) if TEXTS.contains(&name) || name == "audio" => {
            texts.retain(|code, _| languages.iter().any(|lang| lang.code() == code));
        }
        Value::Object(object) => object.iter_mut().for_each(|(name, value)| only_in(name, value, languages)),
        Value::Array(list) => list.iter_mut().for_each(|value| only_in(name, value, languages)),
        _ => {}
    }
}
