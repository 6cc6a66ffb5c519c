//! The form itself. What carries a key is never cached.

use std::collections::{BTreeSet, HashMap};

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::code::{entrance, words};
use super::notice::{self, Turned};
use super::unfinished::part_of;
use super::violation::sentence;
use crate::catalogue::{Entrance, Published};
use crate::intake::receipt::begun_stamp;
use crate::state::State;
use crate::survey::code::Way;
use crate::survey::question::{Field, Phrases, PicturesAt, Question};
use crate::survey::raw::RawAnswers;
use crate::survey::round::Gate;
use crate::survey::text::Lang;
use crate::survey::violation::Violation;
use crate::unfinished::Ticket;
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
    /// The form that was saved on the way, if this is one.
    pub ticket: Option<Ticket>,
    /// The name of a sentence to stand above the questions.
    pub note: Option<&'static str>,
    /// Where it stands, when it is filled in part by part; otherwise all parts are shown, to be sent at once.
    pub journey: Option<Journey>,
}

/// A form that is saved as it is filled in, one part on the page at a time.
pub(super) struct Journey {
    /// Where its parts are sent.
    pub address: String,
    /// What a browser without cookies proves with that it may.
    pub proof: String,
    /// What lets another device in; none after too many wrong tries.
    pub digits: Option<String>,
    /// Where its pictures are sent.
    pub pictures: PicturesAt,
    /// How it is filled in.
    pub way: Way,
    /// The part to be shown, from 0.
    pub part: usize,
    /// Which parts have something to ask.
    pub open: Vec<bool>,
}

impl<'a> Sheet<'a> {
    /// A form begun now, with these answers.
    pub(super) fn fresh(state: &State, entrance: &Entrance, raw: RawAnswers<'a>) -> Self {
        let begun = begun_stamp(&state.secret, entrance.code, state.clock.now());
        Self { key: Uuid::new_v4(), begun, raw, ticket: None, note: None, journey: None }
    }
}

struct Part<'a> {
    /// From 1.
    number: usize,
    is_shown: bool,
    title: &'a str,
    minutes_left: u32,
    fields: Vec<String>,
}

struct Wrong {
    /// Where the question stands.
    address: String,
    label: String,
    message: String,
}

impl FormPage<'_> {
    /// The same page in another language.
    fn switched(&self, lang: &str) -> String {
        match self.journey {
            Some(journey) => format!("?lang={lang}&phan={}", journey.part + 1),
            None => format!("?lang={lang}&phieu={}", self.form.questionnaire.code),
        }
    }

    /// Whether nothing is asked after this part.
    fn is_last(&self, journey: &Journey) -> bool {
        !journey.open.iter().skip(journey.part + 1).any(|is_open| *is_open)
    }
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
    /// Another language costs nothing: nothing was typed, or it is saved.
    may_switch: bool,
    journey: Option<&'a Journey>,
    parts: Vec<Part<'a>>,
    wrong: Vec<Wrong>,
    /// Modules that kinds of its questions bring along.
    scripts: BTreeSet<&'static str>,
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
    let messages = messages(violations, words, lang);
    let count = u32::try_from(questionnaire.sections.len()).unwrap_or(1).max(1);
    let mut parts = Vec::with_capacity(questionnaire.sections.len());
    for (number, section) in (1u32..).zip(&questionnaire.sections) {
        let mut fields = Vec::with_capacity(section.questions.len());
        let asked = questionnaire.questions[section.questions.clone()].iter().filter(|question| !question.withheld);
        for question in asked {
            fields.push(field(question, form, words, lang, sheet, &messages)?);
        }
        parts.push(Part {
            number: number as usize,
            is_shown: sheet.journey.as_ref().is_none_or(|journey| journey.part + 1 == number as usize),
            title: section.title.get(lang),
            minutes_left: (questionnaire.minutes * (count - number + 1)).div_ceil(count),
            fields,
        });
    }
    let wrong = violations
        .iter()
        .map(|violation| Wrong {
            address: match (&sheet.journey, part_of(questionnaire, &violation.question)) {
                (Some(journey), Some(part)) if part != journey.part => {
                    format!("{}&phan={}#{}", journey.address, part + 1, violation.question)
                }
                _ => format!("#{}", violation.question),
            },
            label: questionnaire
                .place(&violation.question)
                .map_or(String::new(), |place| questionnaire.questions[place].label.get(lang).to_owned()),
            message: messages.get(violation.question.as_str()).cloned().unwrap_or_default(),
        })
        .collect();
    let note = sheet.note.map(|name| words.say(name));
    let journey = sheet.journey.as_ref();
    let may_switch = sheet.raw.is_empty() || (journey.is_some() && violations.is_empty());
    let begun = &sheet.begun;
    let asked = questionnaire.questions.iter().filter(|question| !question.withheld);
    let scripts = asked.filter_map(|question| question.kind.script()).collect();
    let key = sheet.key;
    let page = FormPage { words, lang, entrance, form, key, begun, note, may_switch, journey, parts, wrong, scripts };
    show_as(status, &page)
}

/// One question by itself, as it stands on the page.
pub(super) fn alone(
    question: &Question,
    form: &Published,
    words: Words,
    sheet: &Sheet<'_>,
    violations: &[Violation],
) -> Result<String, Failure> {
    let lang = form.questionnaire.lang(words.0);
    field(question, form, words, lang, sheet, &messages(violations, words, lang))
}

/// What is wrong, by question.
fn messages(violations: &[Violation], words: Words, lang: Lang) -> HashMap<&str, String> {
    violations.iter().map(|v| (v.question.as_str(), sentence(words, lang, v))).collect()
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
        value: sheet.raw.get(&question.code),
        other: sheet.raw.get(&other),
        error: messages.get(question.code.as_str()).map(String::as_str),
        shown_when: shown_when(question, form),
        pictures: sheet.journey.as_ref().map(|journey| &journey.pictures),
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
    fn say(&self, name: &str) -> String {
        Words::say(self, name)
    }

    fn with(&self, name: &str, key: &'static str, value: String) -> String {
        Words::with(self, name, key, value)
    }
}
