//! A question on the form: what surrounds the part that its kind draws.

use askama::Template;

use super::super::raw::Raw;
use super::super::text::{Lang, Text};
use super::Question;

/// The few sentences of the interface that stand inside questions.
pub trait Phrases {
    /// The sentence with this name.
    fn say(&self, name: &str) -> String;
    /// The sentence with one value put in.
    fn with(&self, name: &str, key: &'static str, value: String) -> String;
}

/// One question with what was typed so far.
pub struct Field<'a> {
    /// The question.
    pub question: &'a Question,
    /// The language of its texts.
    pub lang: Lang,
    /// What was typed.
    pub value: Option<&'a Raw<'a>>,
    /// What was typed beside “other”.
    pub other: Option<&'a Raw<'a>>,
    /// What is wrong with it, in words.
    pub error: Option<&'a str>,
    /// When it is shown, for the script: the compiled expression as JSON.
    pub shown_when: Option<String>,
    /// Where its pictures are sent; none: this page takes none.
    pub pictures: Option<&'a PicturesAt>,
    /// The interface's sentences.
    pub phrases: &'a dyn Phrases,
}

/// Where the pictures of one form are sent and seen.
#[derive(Debug, Clone)]
pub struct PicturesAt {
    /// The address in front of a picture's id.
    pub address: String,
    /// What follows behind the question mark.
    pub query: String,
}

impl PicturesAt {
    /// Where a picture for this question is sent.
    pub fn sending(&self, question: &str) -> String {
        format!("{}?{}&cau={question}", self.address, self.query)
    }

    /// Where one is seen.
    pub fn picture(&self, id: &str) -> String {
        format!("{}/{id}?{}", self.address, self.query)
    }
}

impl Field<'_> {
    /// The question's code, which is also its name in the form.
    pub fn name(&self) -> &str {
        &self.question.code
    }

    /// A text in the form's language.
    pub fn read<'t>(&self, text: &'t Text) -> &'t str {
        text.get(self.lang)
    }

    /// Whether this code was chosen.
    pub fn has(&self, code: &str) -> bool {
        match self.value {
            Some(Raw::One(text)) => text.trim() == code,
            Some(Raw::Many(list)) => list.iter().any(|text| text.trim() == code),
            Some(Raw::Null | Raw::Foreign) | None => false,
        }
    }

    /// What was typed, as text.
    pub fn typed(&self) -> &str {
        first(self.value)
    }

    /// What was typed beside “other”.
    pub fn typed_other(&self) -> &str {
        first(self.other)
    }

    /// The ids of what describes the control, for screen readers.
    pub fn described_by(&self) -> String {
        let mut ids = Vec::new();
        if self.question.hint.is_some() {
            ids.push(format!("{}-goi", self.name()));
        }
        if self.error.is_some() {
            ids.push(format!("loi-{}", self.name()));
        }
        ids.join(" ")
    }

    /// The whole question as HTML.
    ///
    /// # Errors
    /// The template failed.
    pub fn render(&self) -> Result<String, askama::Error> {
        let inner = self.question.kind.view(self)?;
        if self.question.has_answers() { Frame { field: self, inner }.render() } else { Ok(inner) }
    }
}

fn first<'a>(raw: Option<&'a Raw<'_>>) -> &'a str {
    match raw {
        Some(Raw::One(text)) => text,
        Some(Raw::Many(list)) => list.first().map_or("", |text| text),
        Some(Raw::Null | Raw::Foreign) | None => "",
    }
}

#[derive(Template)]
#[template(path = "survey/question/frame.html")]
struct Frame<'a> {
    field: &'a Field<'a>,
    inner: String,
}
