//! “Xem lại”: everything that was answered, to be checked before it is sent. The page carries the whole form, so that it can
//! be sent even when the saved one is forgotten meanwhile.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use uuid::Uuid;

use super::notice::Turned;
use super::part::{Visit, address};
use super::unfinished::{Opened, part_of};
use crate::catalogue::{Entrance, Published};
use crate::intake::receipt::begun_stamp;
use crate::survey::code::Way;
use crate::survey::question::{OTHER, Question};
use crate::survey::raw::RawAnswers;
use crate::survey::route::Route;
use crate::survey::submission::Submission;
use crate::survey::text::Lang;
use crate::web::languages::Switch;
use crate::web::page;
use crate::web::words::Words;

struct Line<'a> {
    code: &'a str,
    label: String,
    /// What was answered; empty: skipped.
    answer: String,
}

struct Part<'a> {
    title: String,
    /// From 1.
    number: usize,
    lines: Vec<Line<'a>>,
}

#[derive(Template)]
#[template(path = "web/respond/review.html")]
struct ReviewPage<'a> {
    words: Words,
    lang: Lang,
    way: Way,
    entrance: &'a Entrance,
    form: &'a Published,
    key: Uuid,
    begun: String,
    ticket: String,
    proof: String,
    access: &'a str,
    pressed: bool,
    /// Where the form's parts are.
    under_way: String,
    /// The last part, from 1.
    last: usize,
    /// Without cookies the way back is a button, which brings the proof along: an address does not.
    keeps_cookies: bool,
    switch: Switch,
    filled: Vec<(&'a str, &'a str)>,
    parts: Vec<Part<'a>>,
    /// Questions that were skipped.
    skipped: i64,
}

impl ReviewPage<'_> {
    fn is_trial(&self) -> bool {
        self.way == Way::Trial
    }

    fn has_skipped(&self) -> bool {
        self.skipped > 0
    }
}

/// The review, or the first part in which something has to be put right before the form can be sent.
pub(super) fn show(visit: &Visit, opened: &Opened<'_>) -> Result<HttpResponse, Turned> {
    let questionnaire = &opened.form.questionnaire;
    let violations = visit.wrong(opened);
    if !violations.is_empty() {
        let part = violations.iter().find_map(|violation| part_of(questionnaire, &violation.question)).unwrap_or(0);
        return visit.page(StatusCode::OK, opened, part, &violations, None);
    }
    let lang = visit.lang(opened);
    let parts = parts(visit, opened, lang);
    let key = visit.ticket.key(&visit.state.secret);
    let lines = || parts.iter().flat_map(|part| &part.lines);
    let review = ReviewPage {
        words: visit.words,
        lang,
        way: opened.way,
        entrance: &visit.entrance,
        form: opened.form,
        key,
        begun: begun_stamp(&visit.state.secret, visit.entrance.code, key, opened.begun_at()),
        ticket: visit.ticket.to_string(),
        access: &opened.access,
        pressed: false,
        proof: visit.ticket.proof(&visit.state.secret),
        under_way: address(&visit.entrance, &visit.ticket, visit.words, None),
        last: questionnaire.sections.len(),
        keeps_cookies: visit.keeps_cookies,
        switch: Switch::of_review(visit.words, &visit.entrance),
        filled: opened.filled().collect(),
        skipped: lines().filter(|line| line.answer.is_empty()).map(|_| 1).sum(),
        parts,
    };
    visit.remembered(page::show(&review)?)
}

/// What was asked, part by part.
fn parts<'a>(visit: &Visit, opened: &Opened<'a>, lang: Lang) -> Vec<Part<'a>> {
    let questionnaire = &opened.form.questionnaire;
    let route = opened.route(lang);
    // what would be stored, not what was sent: a text beside a choice that was taken back is not
    let stored = Submission { slots: route.slots().to_vec() }.document(questionnaire);
    let raw: RawAnswers<'_> = serde_json::from_str(&stored).unwrap_or_default();
    let mut parts = Vec::with_capacity(questionnaire.sections.len());
    for (place, section) in questionnaire.sections.iter().enumerate() {
        let questions = section.questions.clone().zip(&questionnaire.questions[section.questions.clone()]);
        let lines: Vec<Line<'_>> = questions
            .filter(|(at, question)| question.is_asked() && route.is_asked(*at))
            .map(|(_, question)| line(question, &raw, &route, lang, visit.words))
            .collect();
        if !lines.is_empty() {
            parts.push(Part { title: route.told(section.title.get(lang)), number: place + 1, lines });
        }
    }
    parts
}

fn line<'a>(question: &'a Question, raw: &RawAnswers<'_>, route: &Route<'_>, lang: Lang, words: Words) -> Line<'a> {
    let other = raw.get(&format!("{}_other", question.code));
    let mut shown = raw.get(&question.code).map(|own| question.kind.shown(own, other, lang)).unwrap_or_default();
    if question.kind.takes_other()
        && let Some(first) = shown.first_mut().filter(|first| *first == OTHER)
    {
        *first = words.say("question-other");
    }
    let pictures = || shown.first().and_then(|number| number.parse::<i64>().ok());
    let answer = match question.kind.pictures() {
        0 => shown.join(" – "),
        _ => pictures().map(|n| words.count("review-pictures", n)).unwrap_or_default(),
    };
    Line { code: &question.code, label: route.told(question.label.get(lang)), answer }
}
