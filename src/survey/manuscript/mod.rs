//! A questionnaire while it is being written: the file as a document, changed piece by piece.
//!
//! The document is the JSON of a questionnaire file, kept whole: what a form does not know stays as it was written. It may have
//! mistakes at any time ([`Manuscript::read`] names them); only one without can be asked in a round.

mod ahead;
mod choices;
mod core;
mod diff;
mod edit;
mod history;
mod library;
mod mended;
mod moving;
mod origin;
mod passages;
mod question;
mod reading;
mod scales;
mod shown;
mod skeleton;
mod translation;
mod wording;

use serde_json::{Map, Value};

use super::questionnaire::{Mistake, Questionnaire};
use super::text::{Lang, without_hidden};

pub use choices::{Pasted, pasted};
pub use core::{Core, Departure};
pub use diff::{Change, Fact, What, diff, facts};
pub use history::{Entry, redone, undone};
pub use moving::Direction;
pub use passages::{Owner, Passage};
pub use question::{ChoiceEdit, QuestionEdit, Texts, code_of};
pub use reading::{Hint, hints};
pub use scales::{ScaleEdit, ScaleStart};
pub use skeleton::{Beginning, skeleton};
pub use wording::{Piece, wordings};

/// The largest questionnaire file, in bytes: some ten times the longest template.
pub const LARGEST_FILE: usize = 256 * 1024;

/// A questionnaire as a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Manuscript(Map<String, Value>);

/// Where a question stands: the place of its section and its place there, from 0.
pub type Place = (usize, usize);

/// The properties of a question or a section.
pub type Object = Map<String, Value>;

impl Manuscript {
    /// Reads a file as a document. Mistakes of the questionnaire are no obstacle.
    ///
    /// # Errors
    /// It is no JSON object: the mistake says in which line and column reading stopped.
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mistake = |line, message: String| Mistake { line, path: "$".to_owned(), message };
        match serde_json::from_str(text) {
            Ok(Value::Object(map)) => Ok(Self(map)),
            Ok(_) => Err(mistake(1, "a questionnaire file is one object between { and }".to_owned())),
            Err(error) => Err(mistake(error.line(), format!("this is not JSON: {error}"))),
        }
    }

    /// The file.
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(&self.0).map(|text| text + "\n").unwrap_or_default()
    }

    /// The questionnaire that it is, if it is one.
    ///
    /// # Errors
    /// All its mistakes, with lines of [`Self::text`].
    pub fn read(&self) -> Result<Questionnaire, Vec<Mistake>> {
        Questionnaire::parse(&self.text())
    }

    /// Its code.
    pub fn code(&self) -> &str {
        string(&self.0, "code")
    }

    /// A text of it or of one of its parts, in this language, otherwise in Vietnamese.
    pub fn text_of<'a>(object: &'a Object, name: &str, lang: Lang) -> &'a str {
        let text = object.get(name).and_then(Value::as_object);
        let of = |lang: Lang| text.and_then(|text| text.get(lang.code())).and_then(Value::as_str);
        of(lang).or_else(|| of(Lang::VI)).unwrap_or_default()
    }

    /// What it is called.
    pub fn title(&self, lang: Lang) -> &str {
        Self::text_of(&self.0, "title", lang)
    }

    /// What it is called in lists: in Vietnamese, without characters that nobody sees or that a database refuses.
    pub fn name(&self) -> String {
        without_hidden(self.title(Lang::VI)).trim().to_owned()
    }

    /// Everything that does not belong to one section.
    pub fn cover(&self) -> &Object {
        &self.0
    }

    /// Its languages, Vietnamese first.
    pub fn languages(&self) -> Vec<Lang> {
        let listed = self.0.get("languages").and_then(Value::as_array).into_iter().flatten();
        let others = listed.filter_map(|code| code.as_str()?.parse().ok()).filter(|lang| *lang != Lang::VI);
        let mut languages = vec![Lang::VI];
        for lang in others {
            if !languages.contains(&lang) {
                languages.push(lang);
            }
        }
        languages
    }

    /// The names of its scales.
    pub fn scales(&self) -> Vec<&str> {
        self.0.get("scales").and_then(Value::as_object).into_iter().flatten().map(|(name, _)| name.as_str()).collect()
    }

    /// Its sections.
    pub fn sections(&self) -> Vec<&Object> {
        elements(&self.0, "sections")
    }

    /// The questions of a section.
    pub fn questions(section: &Object) -> Vec<&Object> {
        elements(section, "questions")
    }

    /// All questions with their places.
    pub fn all(&self) -> impl Iterator<Item = (Place, &Object)> {
        let sections = self.sections().into_iter().enumerate();
        sections.flat_map(|(s, section)| {
            Self::questions(section).into_iter().enumerate().map(move |(q, question)| ((s, q), question))
        })
    }

    /// The question at this place.
    pub fn at(&self, place: Place) -> Option<&Object> {
        let section = self.sections().into_iter().nth(place.0)?;
        Self::questions(section).into_iter().nth(place.1)
    }

    /// The place of a question by its address: its code, or `@1-2` where no code leads to it.
    pub fn find(&self, address: &str) -> Option<Place> {
        if let Some(numbers) = address.strip_prefix('@') {
            let (s, q) = numbers.split_once('-')?;
            let place = (s.parse().ok()?, q.parse().ok()?);
            return self.at(place).map(|_| place);
        }
        self.all().find(|(_, question)| string(question, "code") == address).map(|(place, _)| place)
    }

    /// The address of the question at this place.
    pub fn address(&self, place: Place) -> String {
        let code = self.at(place).map_or("", |question| string(question, "code"));
        if !code.is_empty() && !code.starts_with('@') && self.find(code) == Some(place) {
            return code.to_owned();
        }
        format!("@{}-{}", place.0, place.1)
    }

    /// The place of a section by its address: its code, or `@1`.
    pub fn find_section(&self, address: &str) -> Option<usize> {
        let sections = self.sections();
        if let Some(number) = address.strip_prefix('@') {
            return number.parse().ok().filter(|place| *place < sections.len());
        }
        sections.iter().position(|section| string(section, "code") == address)
    }

    /// The address of a section.
    pub fn section_address(&self, place: usize) -> String {
        let sections = self.sections();
        let code = sections.get(place).map_or("", |section| string(section, "code"));
        if !code.is_empty() && !code.starts_with('@') && self.find_section(code) == Some(place) {
            return code.to_owned();
        }
        format!("@{place}")
    }
}

/// A property that is a text, or an empty one.
pub fn string<'a>(object: &'a Object, name: &str) -> &'a str {
    object.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The objects of a list.
fn elements<'a>(object: &'a Object, name: &str) -> Vec<&'a Object> {
    object.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object).collect()
}

#[cfg(test)]
mod tests;
