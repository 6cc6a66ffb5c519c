//! The form itself. What carries a key is never cached.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::code::{entrance, words};
use super::notice::{self, Turned};
use super::violation::sentence;
use crate::catalogue::{Entrance, Published};
use crate::intake::receipt::begun_stamp;
use crate::state::State;
use crate::survey::question::{Field, Phrases, Question};
use crate::survey::raw::RawAnswers;
use crate::survey::round::Gate;
use crate::survey::text::Lang;
use crate::survey::violation::Violation;
use crate::web::error::Failure;
use crate::web::page::{see_other, show_as};
use crate::web::words::Words;

#[derive(Deserialize)]
struct Choice {
    phieu: Option<String>,
}

/// `GET /k/{code}/phieu`: an empty form with a fresh key. Nothing is stored by looking.
pub(super) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    code: web::Path<String>,
) -> Result<HttpResponse, Turned> {
    let words = words(&request);
    let entrance = entrance(&state, &code, words).await?;
    let words = words.among(&entrance.languages());
    let gate = entrance.round.window().gate(state.clock.now());
    if gate != Gate::Open {
        return Ok(notice::shut(StatusCode::OK, &entrance, gate, words)?);
    }
    let choice =
        web::Query::<Choice>::from_query(request.query_string()).ok().and_then(|query| query.into_inner().phieu);
    let Some(form) = entrance.form(choice.as_deref()) else {
        return Ok(see_other(format!("/k/{}?lang={}#chon", entrance.code, words.0)));
    };
    let sheet = Sheet::fresh(&state, &entrance, RawAnswers::default());
    Ok(render(StatusCode::OK, &entrance, form, words, &sheet, &[])?)
}

/// A form as it is being filled in.
pub(super) struct Sheet<'a> {
    /// Made when it was begun.
    pub key: Uuid,
    /// The stamp that says when.
    pub begun: String,
    /// What was typed.
    pub raw: RawAnswers<'a>,
    /// The name of a sentence to stand above the questions.
    pub note: Option<&'static str>,
}

impl<'a> Sheet<'a> {
    /// A form begun now, with these answers.
    pub(super) fn fresh(state: &State, entrance: &Entrance, raw: RawAnswers<'a>) -> Self {
        let begun = begun_stamp(&state.secret, entrance.code, state.clock.now());
        Self { key: Uuid::new_v4(), begun, raw, note: None }
    }
}

struct Part<'a> {
    number: usize,
    title: &'a str,
    minutes_left: u32,
    fields: Vec<String>,
}

struct Wrong {
    code: String,
    label: String,
    message: String,
}

#[derive(Template)]
#[template(path = "web/respond/form.html")]
struct FormPage<'a> {
    words: Words,
    lang: Lang,
    entrance: &'a Entrance,
    form: &'a Published,
    key: Uuid,
    begun: &'a str,
    note: Option<String>,
    /// Nothing was typed yet: another language costs nothing.
    is_empty: bool,
    parts: Vec<Part<'a>>,
    wrong: Vec<Wrong>,
}

/// The form with what was typed so far and, where something is wrong, a sentence beside each question and a summary on top.
pub(super) fn render(
    status: StatusCode,
    entrance: &Entrance,
    form: &Published,
    words: Words,
    sheet: &Sheet<'_>,
    violations: &[Violation],
) -> Result<HttpResponse, Failure> {
    let questionnaire = &form.questionnaire;
    let lang = questionnaire.lang(words.0);
    let messages: HashMap<&str, String> =
        violations.iter().map(|v| (v.question.as_str(), sentence(words, lang, v))).collect();
    let count = u32::try_from(questionnaire.sections.len()).unwrap_or(1).max(1);
    let mut parts = Vec::with_capacity(questionnaire.sections.len());
    for (number, section) in (1u32..).zip(&questionnaire.sections) {
        let mut fields = Vec::with_capacity(section.questions.len());
        for question in &questionnaire.questions[section.questions.clone()] {
            fields.push(field(question, form, words, lang, sheet, &messages)?);
        }
        parts.push(Part {
            number: number as usize,
            title: section.title.get(lang),
            minutes_left: (questionnaire.minutes * (count - number + 1)).div_ceil(count),
            fields,
        });
    }
    let wrong = violations
        .iter()
        .map(|violation| Wrong {
            code: violation.question.clone(),
            label: questionnaire
                .place(&violation.question)
                .map_or(String::new(), |place| questionnaire.questions[place].label.get(lang).to_owned()),
            message: messages.get(violation.question.as_str()).cloned().unwrap_or_default(),
        })
        .collect();
    let note = sheet.note.map(|name| words.say(name));
    let is_empty = sheet.raw.is_empty();
    let page =
        FormPage { words, lang, entrance, form, key: sheet.key, begun: &sheet.begun, note, is_empty, parts, wrong };
    show_as(status, &page)
}

fn field(
    question: &Question,
    form: &Published,
    words: Words,
    lang: Lang,
    sheet: &Sheet<'_>,
    messages: &HashMap<&str, String>,
) -> Result<String, Failure> {
    let other = format!("{}_other", question.code);
    let field = Field {
        question,
        lang,
        audio: form.audio(question, lang),
        value: sheet.raw.get(&question.code),
        other: sheet.raw.get(&other),
        error: messages.get(question.code.as_str()).map(String::as_str),
        shown_when: shown_when(question, form),
        phrases: &words,
    };
    Ok(field.render()?)
}

/// When a question is shown, as JSON for the script: its own condition and that of its section.
fn shown_when(question: &Question, form: &Published) -> Option<String> {
    let section = form.questionnaire.sections.get(question.section).and_then(|section| section.relevant.as_ref());
    let both: Vec<_> =
        [section, question.relevant.as_ref()].into_iter().flatten().map(|rule| rule.expression.to_json()).collect();
    match both.as_slice() {
        [] => None,
        [one] => Some(one.to_string()),
        [one, two, ..] => Some(json!(["and", one, two]).to_string()),
    }
}

impl Phrases for Words {
    fn lang(&self) -> Lang {
        self.interface()
    }

    fn say(&self, name: &str) -> String {
        Words::say(self, name)
    }

    fn with(&self, name: &str, key: &'static str, value: String) -> String {
        Words::with(self, name, key, value)
    }
}
