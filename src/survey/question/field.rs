//! A question on the form: what surrounds the part that its kind draws.

use std::borrow::Cow;
use std::fmt;

use askama::Template;
use askama::filters::{Escaper, Html, HtmlSafe};

use super::super::pipe::{self, Piece, pieces};
use super::super::raw::Raw;
use super::super::route::Route;
use super::super::script;
use super::super::text::{Lang, LangAttribute, Text};
use super::Question;

/// The few sentences of the interface that stand inside questions.
pub trait Phrases {
    /// The language that they are in.
    fn lang(&self) -> Lang;
    /// The sentence with this name.
    fn say(&self, name: &str) -> String;
    /// What the reader calls a language.
    fn language(&self, lang: Lang) -> String {
        lang.code().to_owned()
    }
    /// The sentence with one value put in.
    fn with(&self, name: &str, key: &'static str, value: String) -> String {
        self.fill(name, &[(key, value)])
    }
    /// The sentence with several values put in.
    fn fill(&self, name: &str, values: &[(&'static str, String)]) -> String;
}

/// One question with what was typed so far.
pub struct Field<'a> {
    /// The question.
    pub question: &'a Question,
    /// The language of its texts.
    pub lang: Lang,
    /// Where its recording is, if there is one in this language.
    pub audio: Option<&'a str>,
    /// What was typed.
    pub value: Option<&'a Raw<'a>>,
    /// What was typed beside “other”.
    pub other: Option<&'a Raw<'a>>,
    /// What is wrong with it, in words.
    pub error: Option<&'a str>,
    /// Which way the form goes so far.
    pub route: &'a Route<'a>,
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

    /// A text in the form's language, answers put in, for attributes and wherever the script has nothing to change.
    pub fn read<'t>(&self, text: &'t Text) -> Cow<'t, str> {
        let text = text.get(self.lang);
        if pipe::has_answers(text) { self.say_text(text).to_string().into() } else { text.into() }
    }

    /// A text in the form's language, each answer in an element that the script can renew.
    pub fn say<'t>(&'t self, text: &'t Text) -> Said<'t> {
        Said::new(text.get(self.lang), self.route)
    }

    fn say_text<'t>(&'t self, text: &'t str) -> Said<'t> {
        Said { text, route: self.route, as_html: false }
    }

    /// When it is shown, for the script.
    pub fn when(&self) -> Option<String> {
        script::when(self.route.questionnaire, self.question).map(|rule| rule.to_string())
    }

    /// When it is required, for the script.
    pub fn need(&self) -> Option<String> {
        script::need(self.question).map(|rule| rule.to_string())
    }

    /// Which choices are offered, for the script.
    pub fn only(&self) -> Option<String> {
        script::only(self.question).map(|rule| rule.to_string())
    }

    /// Whether the form cannot be sent without it, with the answers so far.
    pub fn is_required(&self) -> bool {
        self.route.is_required(self.question)
    }

    /// Whether a choice is shown.
    pub fn offers(&self, code: &str) -> bool {
        self.route.is_choice_open(self.question, code)
    }

    /// For the tag around the question's texts: their language, where the page speaks another.
    pub fn texts_in(&self) -> LangAttribute {
        LangAttribute::beside(self.lang, self.phrases.lang())
    }

    /// For a tag within them that holds a sentence of the interface.
    pub fn phrases_in(&self) -> LangAttribute {
        LangAttribute::beside(self.phrases.lang(), self.lang)
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

    /// What was chosen, one by one, in the order in which it was sent.
    pub fn typed_list(&self) -> Vec<&str> {
        match self.value {
            Some(Raw::One(text)) => vec![text],
            Some(Raw::Many(list)) => list.iter().map(AsRef::as_ref).collect(),
            Some(Raw::Null | Raw::Foreign) | None => Vec::new(),
        }
    }

    /// What was typed beside “other”.
    pub fn typed_other(&self) -> &str {
        first(self.other)
    }

    /// The ids of what describes the control, for screen readers.
    pub fn described_by(&self) -> String {
        let mut ids = Vec::new();
        if let Some(row) = &self.question.row {
            ids.push(format!("{}-de", row.heading));
        }
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
        if self.question.is_asked() { Frame { field: self, inner }.render() } else { Ok(inner) }
    }
}

/// A text with answers in it.
#[derive(Debug)]
pub struct Said<'a> {
    text: &'a str,
    route: &'a Route<'a>,
    as_html: bool,
}

impl<'a> Said<'a> {
    /// As HTML, each answer in an element that the script can renew.
    pub fn new(text: &'a str, route: &'a Route<'a>) -> Self {
        Self { text, route, as_html: true }
    }
}

impl fmt::Display for Said<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (_, piece) in pieces(self.text) {
            match piece {
                Piece::Answer(code) if self.as_html => {
                    write!(f, "<span data-say=\"{code}\">")?;
                    Html.write_escaped_str(&mut *f, &self.route.said(code))?;
                    f.write_str("</span>")?;
                }
                Piece::Answer(code) => f.write_str(&self.route.said(code))?,
                Piece::Words(words) | Piece::Broken(words) if self.as_html => Html.write_escaped_str(&mut *f, words)?,
                Piece::Words(words) | Piece::Broken(words) => f.write_str(words)?,
            }
        }
        Ok(())
    }
}

/// Everything in it is escaped where it is written as HTML, and it is put into templates as nothing else.
impl HtmlSafe for Said<'_> {}

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
