//! Texts outside of questions, and how far a questionnaire is translated.

use serde_json::Value;

use super::edit::TEXTS;
use super::question::set_texts;
use super::{Manuscript, Object, Texts};
use crate::survey::text::Lang;

/// A text that belongs to no question or section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherText {
    /// Where the object stands that has it, as a JSON pointer, and the name of the text there.
    pub at: (String, &'static str),
    /// It in each language.
    pub texts: Texts,
}

impl Manuscript {
    /// The texts outside of questions and sections: title, purpose, scales and indices.
    pub fn other_texts(&self) -> Vec<OtherText> {
        let mut places = vec![(String::new(), "title"), (String::new(), "purpose")];
        for (name, scale) in self.0.get("scales").and_then(Value::as_object).into_iter().flatten() {
            let name = name.replace('~', "~0").replace('/', "~1");
            let points = scale.get("choices").and_then(Value::as_array).map_or(0, Vec::len);
            places.extend((0..points).map(|point| (format!("/scales/{name}/choices/{point}"), "label")));
            if scale.get("not_applicable").is_some() {
                places.push((format!("/scales/{name}/not_applicable"), "label"));
            }
        }
        let indices = self.0.get("indices").and_then(Value::as_array).map_or(0, Vec::len);
        places.extend((0..indices).map(|index| (format!("/indices/{index}"), "title")));
        let languages = self.languages();
        places
            .into_iter()
            .map(|at| {
                let object = self.object(&at.0);
                let of = |lang: &Lang| object?.get(at.1)?.get(lang.code())?.as_str();
                let texts = languages.iter().map(|lang| (*lang, of(lang).unwrap_or_default().to_owned())).collect();
                OtherText { at, texts }
            })
            .collect()
    }

    fn object(&self, pointer: &str) -> Option<&Object> {
        match pointer.strip_prefix('/') {
            None => Some(&self.0),
            Some(path) => {
                let (first, rest) = path.split_once('/')?;
                self.0.get(first)?.pointer(&format!("/{rest}"))?.as_object()
            }
        }
    }

    /// Sets such a text.
    pub fn set_other_text(&mut self, text: &OtherText) {
        let (pointer, name) = &text.at;
        let object = match pointer.strip_prefix('/').and_then(|path| path.split_once('/')) {
            None => Some(&mut self.0),
            Some((first, rest)) => {
                self.0.get_mut(first).and_then(|value| value.pointer_mut(&format!("/{rest}"))?.as_object_mut())
            }
        };
        object.into_iter().for_each(|object| set_texts(object, name, &text.texts));
    }

    /// For each language how many of all texts stand in it, and how many there are.
    pub fn translated(&self) -> Vec<(Lang, usize, usize)> {
        let mut texts = Vec::new();
        self.0.iter().for_each(|(name, value)| collect(name, value, &mut texts));
        let has = |text: &Object, lang: &Lang| {
            text.get(lang.code()).and_then(Value::as_str).is_some_and(|text| !text.trim().is_empty())
        };
        let count = |lang: Lang| (lang, texts.iter().filter(|text| has(text, &lang)).count(), texts.len());
        self.languages().into_iter().map(count).collect()
    }
}

fn collect<'a>(name: &str, value: &'a Value, texts: &mut Vec<&'a Object>) {
    match value {
        Value::Object(text) if TEXTS.contains(&name) => texts.push(text),
        Value::Object(object) => object.iter().for_each(|(name, value)| collect(name, value, texts)),
        Value::Array(list) => list.iter().for_each(|value| collect(name, value, texts)),
        _ => {}
    }
}
