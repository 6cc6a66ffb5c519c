//! Reading what stands behind a question mark, or in a form, into what is wanted.

use std::str::FromStr;

use serde::de::DeserializeOwned;
use serde::de::value::{Error as NotAWord, StrDeserializer};

use super::csv::Layout;
use super::excluded::Excluded;
use super::mistake::Mistake;
use super::wanted::{Selection, Wanted};
use crate::survey::text::Lang;

/// What was sent, and what is wrong with it.
pub(super) struct Door {
    pairs: Vec<(String, String)>,
    mistakes: Vec<Mistake>,
}

impl Door {
    /// What is wanted by these pairs of name and value.
    ///
    /// # Errors
    /// Every mistake there is.
    pub fn open(pairs: Vec<(String, String)>) -> Result<Wanted, Vec<Mistake>> {
        let mut door = Self { pairs, mistakes: Vec::new() };
        let wanted = door.wanted();
        if door.mistakes.is_empty() { Ok(wanted) } else { Err(door.mistakes) }
    }

    fn wanted(&mut self) -> Wanted {
        let plain = Layout::default();
        let layout = Layout {
            delimiter: self.word("delimiter").unwrap_or(plain.delimiter),
            decimal: self.word("decimal").unwrap_or(plain.decimal),
            bom: self.flag("bom").unwrap_or(plain.bom),
        };
        let selection = Selection {
            units: self.list("unit"),
            levels: self.list("level"),
            channels: self.list("channel"),
            languages: self.languages(),
            from: self.list("from").pop(),
            to: self.list("to").pop(),
            questionnaires: self.list("questionnaire"),
            questions: self.list("question"),
        };
        if selection.from.zip(selection.to).is_some_and(|(from, to)| to < from) {
            self.mistakes.push(Mistake::Backwards);
        }
        let (labels, split) = (self.flag("labels").unwrap_or(false), self.flag("split").unwrap_or(false));
        let excluded = self.list("excluded").pop().unwrap_or(Excluded::Out);
        Wanted { kind: self.word("format").unwrap_or_default(), layout, labels, split, excluded, selection }
    }

    fn values(&self, name: &str) -> Vec<String> {
        let sent = self.pairs.iter().filter(|(known, _)| known == name);
        sent.flat_map(|(_, value)| value.split(','))
            .map(str::trim)
            .filter(|v| !v.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// Pages call it `form_lang`: there `lang` is the language of the page.
    fn languages(&mut self) -> Vec<Lang> {
        let mut languages = self.list("lang");
        for lang in self.list("form_lang") {
            if !languages.contains(&lang) {
                languages.push(lang);
            }
        }
        languages
    }

    /// Each code once.
    fn list<T: FromStr + PartialEq>(&mut self, name: &'static str) -> Vec<T> {
        let mut read: Vec<T> = Vec::new();
        for found in self.values(name) {
            match found.parse() {
                Ok(value) if !read.contains(&value) => read.push(value),
                Ok(_) => {}
                Err(_) => self.mistakes.push(Mistake::Value { name, found }),
            }
        }
        read
    }

    fn word<T: DeserializeOwned>(&mut self, name: &'static str) -> Option<T> {
        let found = self.values(name).pop()?;
        let read: Result<T, NotAWord> = T::deserialize(StrDeserializer::new(&found));
        read.map_err(|_| self.mistakes.push(Mistake::Value { name, found })).ok()
    }

    /// 1 is yes, 0 is no.
    fn flag(&mut self, name: &'static str) -> Option<bool> {
        let found = self.values(name).pop()?;
        match found.as_str() {
            "1" => Some(true),
            "0" => Some(false),
            _ => {
                self.mistakes.push(Mistake::Value { name, found });
                None
            }
        }
    }
}
