//! How far a questionnaire is translated.

use serde_json::Value;

use super::edit::TEXTS;
use super::{Manuscript, Object};
use crate::survey::text::Lang;

impl Manuscript {
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
