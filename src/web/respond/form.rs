//! The form itself. What carries a key is never cached.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::NaiveDateTime;
use serde::Deserialize;
use uuid::Uuid;

use super::access;
use super::code::{entrance, words};
use super::notice::{self, Turned};
use super::qr;
use super::start;
use super::unfinished::part_of;
use super::violation::sentence;
use crate::catalogue::{Entrance, Published};
use crate::intake::receipt::begun_stamp;
use crate::state::State;
use crate::survey::code::Way;
use crate::survey::question::{Field, Phrases, PicturesAt, Question, Said};
use crate::survey::raw::{Raw, RawAnswers};
use crate::survey::round::{Access, Gate};
use crate::survey::route::{Occasion, Route};
use crate::survey::text::Lang;
use crate::survey::violation::Violation;
use crate::unfinished::Ticket;
use crate::vietnamese::local;
use crate::web::assets;
use crate::web::error::Failure;
use crate::web::languages::{Switch, called, own_name};
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
    if start::is_full(&state, &entrance).await? {
        return Ok(notice::full(StatusCode::OK, &entrance, words)?);
    }
    let mut sheet = Sheet::fresh(&state, &entrance, RawAnswers::default());
    if entrance.access == Access::Codes {
        let typed = access::in_address(&request, &entrance).unwrap_or_default();
        match access::check(&request, &state, &entrance, &typed).await {
            Ok(code) => code.as_str().clone_into(&mut sheet.access),
            Err(trouble) => return Ok(access::ask(trouble, &entrance, words, &form.questionnaire.code, &typed)?),
        }
    }
    Ok(render(StatusCode::OK, &entrance, form, words, &sheet, &[])?)
}

/// A form as it is being filled in.
pub(super) struct Sheet<'a> {
    /// What a link to this page shall lead others to: the start page.
    pub shared: String,
    /// Made when it was begun.
    pub key: Uuid,
    /// The stamp that says when.
    pub begun: String,
    /// When, UTC; now where that is not proven. Expressions go by it.
    pub moment: NaiveDateTime,
    /// What was typed.
    pub raw: RawAnswers<'a>,
    /// The form that was saved on the way, if this is one.
    pub ticket: Option<Ticket>,
    /// The one-time code as it was typed; empty where the round asks for none.
    pub access: String,
    /// Whether it says that the answers were demanded.
    pub pressed: bool,
    /// The name of a sentence to stand above the questions.
    pub note: Option<&'static str>,
    /// Whether it is only looked at, and cannot be sent; see [`super::preview`].
    pub preview: bool,
    /// Where it stands, when it is filled in part by part; otherwise all parts are shown, to be sent at once.
    pub journey: Option<Journey>,
}

/// A form that is saved as it is filled in, one part on the page at a time.
pub(super) struct Journey {
    /// Where its parts are sent.
    pub address: String,
    /// What a browser without cookies proves with that it may.
    pub proof: String,
    /// Whether the browser has shown that it keeps cookies, so that an address leads it back here.
    pub keeps_cookies: bool,
    /// What lets another device in; none after too many wrong tries.
    pub digits: Option<String>,
    /// Where its pictures are sent.
    pub pictures: PicturesAt,
    /// How it is filled in.
    pub way: Way,
    /// The part to be shown, from 0.
    pub part: usize,
    /// Which parts were saved: what is empty there was left empty.
    pub saved: Vec<bool>,
    /// Which parts have something to ask.
    pub open: Vec<bool>,
}

impl<'a> Sheet<'a> {
    /// A form begun now, with these answers.
    pub(super) fn fresh(state: &State, entrance: &Entrance, raw: RawAnswers<'a>) -> Self {
        let moment = state.clock.now();
        let key = Uuid::new_v4();
        let begun = begun_stamp(&state.secret, entrance.code, key, moment);
        let access = String::new();
        Self {
            shared: qr::address(&state.public_url, entrance.code),
            key,
            begun,
            moment,
            raw,
            ticket: None,
            access,
            pressed: false,
            note: None,
            preview: false,
            journey: None,
        }
    }
}

impl Sheet<'_> {
    /// Everything that was typed, as fields of a form that carries it along.
    pub(super) fn answers(&self) -> Vec<(&str, &str)> {
        self.raw.iter().flat_map(|(name, raw)| values(raw).into_iter().map(move |value| (name, value))).collect()
    }
}

fn values<'a>(raw: &'a Raw<'_>) -> Vec<&'a str> {
    match raw {
        Raw::One(text) => vec![text],
        Raw::Many(list) => list.iter().map(AsRef::as_ref).collect(),
        Raw::Null | Raw::Foreign => Vec::new(),
    }
}

struct Part<'a> {
    /// From 1.
    number: usize,
    is_shown: bool,
    title: Said<'a>,
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
    /// The languages of a form that is only looked at, with what each calls itself.
    fn languages(&self) -> Vec<(Lang, String)> {
        self.form.questionnaire.languages.iter().map(|lang| (*lang, own_name(lang))).collect()
    }

    /// The name of the heading over what is wrong.
    fn wrong_title(&self) -> &'static str {
        if self.journey.is_some() { "part-wrong-title" } else { "form-wrong-title" }
    }

    /// The same page in other languages.
    fn switch(&self) -> Switch {
        match self.journey {
            Some(journey) => Switch::of_part(self.words, self.entrance, journey.part),
            None => Switch::of_form(self.words, self.entrance, &self.form.questionnaire.code),
        }
    }

    /// The script of the form: with all functions of expressions only where one of them is used.
    fn script(&self) -> &'static str {
        let needs_functions = self.form.questionnaire.script_functions();
        assets::url(if needs_functions { "form-functions.js" } else { "form.js" })
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
    shared: &'a str,
    ticket: Option<Ticket>,
    key: Uuid,
    begun: &'a str,
    access: &'a str,
    pressed: bool,
    note: Option<String>,
    /// It cannot be sent.
    preview: bool,
    /// Another language costs nothing: nothing was typed, or it is saved.
    may_switch: bool,
    journey: Option<&'a Journey>,
    parts: Vec<Part<'a>>,
    /// For the script.
    logic: Option<String>,
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
    let messages = messages(violations, words, lang);
    let occasion = Occasion { now: local(sheet.moment), lang };
    let mut route = Route::of(questionnaire, &sheet.raw, occasion);
    // the script has all parts before it; without it, what a part hangs on was decided on the pages before
    let logic = route.logic();
    if let Some(section) = sheet.journey.as_ref().and_then(|journey| questionnaire.sections.get(journey.part)) {
        route = route.on_page(section.questions.clone());
    }
    let pictures = sheet.journey.as_ref().map(|journey| &journey.pictures);
    let drawing = Drawing { form, route: &route, words, lang, raw: &sheet.raw, messages: &messages, pictures };
    let count = u32::try_from(questionnaire.sections.len()).unwrap_or(1).max(1);
    let mut parts = Vec::with_capacity(questionnaire.sections.len());
    for (number, section) in (1u32..).zip(&questionnaire.sections) {
        let mut fields = Vec::with_capacity(section.questions.len());
        let questions = &questionnaire.questions[section.questions.clone()];
        let is_saved = sheet.journey.as_ref().is_some_and(|journey| journey.saved.get(parts.len()) == Some(&true));
        let is_untouched = !is_saved && questions.iter().all(|question| sheet.raw.get(&question.code).is_none());
        for question in questions.iter().filter(|question| !question.withheld) {
            fields.push(drawing.field(question, is_untouched)?);
        }
        parts.push(Part {
            number: number as usize,
            is_shown: sheet.journey.as_ref().is_none_or(|journey| journey.part + 1 == number as usize),
            title: Said::new(section.title.get(lang), &route),
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
                .map_or(String::new(), |place| route.told(questionnaire.questions[place].label.get(lang))),
            message: messages.get(violation.question.as_str()).cloned().unwrap_or_default(),
        })
        .collect();
    let note = sheet.note.map(|name| words.say(name));
    let journey = sheet.journey.as_ref();
    let page = FormPage {
        words,
        lang,
        entrance,
        form,
        shared: &sheet.shared,
        ticket: sheet.ticket,
        key: sheet.key,
        begun: &sheet.begun,
        access: &sheet.access,
        pressed: sheet.pressed,
        note,
        preview: sheet.preview,
        may_switch: !sheet.preview
            && match journey {
                // another language is another address, which proves nothing by itself
                Some(journey) => journey.keeps_cookies && violations.is_empty(),
                None => sheet.raw.is_empty(),
            },
        journey,
        parts,
        logic,
        wrong,
    };
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
    let route = Route::of(&form.questionnaire, &sheet.raw, Occasion { now: local(sheet.moment), lang });
    let (messages, pictures) =
        (messages(violations, words, lang), sheet.journey.as_ref().map(|journey| &journey.pictures));
    Drawing { form, route: &route, words, lang, raw: &sheet.raw, messages: &messages, pictures }.field(question, false)
}

/// What is wrong, by question.
fn messages(violations: &[Violation], words: Words, lang: Lang) -> HashMap<&str, String> {
    violations.iter().map(|v| (v.question.as_str(), sentence(words, lang, v))).collect()
}

/// What all questions of a page are drawn with.
struct Drawing<'a> {
    form: &'a Published,
    route: &'a Route<'a>,
    words: Words,
    lang: Lang,
    raw: &'a RawAnswers<'a>,
    messages: &'a HashMap<&'a str, String>,
    pictures: Option<&'a PicturesAt>,
}

impl Drawing<'_> {
    fn field(&self, question: &Question, is_untouched: bool) -> Result<String, Failure> {
        let other = format!("{}_other", question.code);
        let field = Field {
            question,
            lang: self.lang,
            audio: self.form.audio(question, self.lang),
            value: question.filled(self.raw, is_untouched),
            other: self.raw.get(&other),
            error: self.messages.get(question.code.as_str()).map(String::as_str),
            route: self.route,
            pictures: self.pictures,
            phrases: &self.words,
        };
        Ok(field.render()?)
    }
}

impl Phrases for Words {
    fn lang(&self) -> Lang {
        self.interface()
    }

    fn say(&self, name: &str) -> String {
        Words::say(self, name)
    }

    fn fill(&self, name: &str, values: &[(&'static str, String)]) -> String {
        Words::fill(self, name, values)
    }

    fn language(&self, lang: Lang) -> String {
        called(&lang, *self)
    }
}
