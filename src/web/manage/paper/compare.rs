//! `/manage/paper/{id}/forms/{number}/compare`: where two readings of a sheet differ, somebody looks at the sheet and decides, field
//! by field.

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::entry::{is_there, wrong};
use super::field::legend;
use super::{Batch, address, aside, change, read};
use crate::state::State;
use crate::store::paper::BatchRow;
use crate::store::paper_forms::{self, FormRow};
use crate::survey::batch::Typed;
use crate::survey::numbering::Numbering;
use crate::survey::question::Question;
use crate::survey::text::Lang;
use crate::survey::violation::Violation;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::page::see_other;
use crate::web::session::{Assistant, Officer};

#[derive(Template)]
#[template(path = "web/manage/paper/compare.html")]
struct ComparePage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    batch: BatchRow,
    number: i64,
    fields: Vec<Difference>,
    /// Answers to which no other leads: code, what is odd about it, and whether it was said that it stands on the sheet.
    asides: Vec<(String, String, bool)>,
}

/// A field that was read in two ways.
struct Difference {
    name: String,
    label: String,
    legend: Option<String>,
    first: String,
    second: String,
}

/// Both readings of a sheet, where they differ.
fn readings(form: &FormRow) -> Result<Option<(Typed, Typed)>, Failure> {
    Ok(form.first()?.zip(form.second()?).filter(|_| form.settled_at.is_none()))
}

/// `GET …/compare`
pub(super) async fn show(
    request: HttpRequest,
    officer: Assistant,
    state: web::Data<State>,
    path: web::Path<(i64, i64)>,
) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, *path, Trouble::default()).await
}

async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &web::Data<State>,
    (id, number): (i64, i64),
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let (batch, form) = read(state, officer, id, move |db, _| paper_forms::find(db, id, number)).await?;
    is_there(&batch, number)?;
    let both = form.as_ref().map(readings).transpose()?.flatten();
    let Some((first, second)) = both.filter(|_| batch.row.closed_at.is_none()) else {
        return Ok(see_other(address(id)));
    };
    let page = ComparePage {
        desk: DeskFrame::new(request, officer, Room::Paper),
        said: said::said(request, state, officer),
        asides: asides(&batch, &trouble, officer),
        fields: differences(&batch, &first, &second, officer),
        batch: batch.row,
        number,
        trouble,
    };
    said::show(request, &page.trouble, &page)
}

fn differences(batch: &Batch, first: &Typed, second: &Typed, officer: &Officer) -> Vec<Difference> {
    let questionnaire = &batch.form.questionnaire;
    let numbering = Numbering::of(questionnaire);
    let difference = |name: String| {
        let place = questionnaire.place(&name).or_else(|| questionnaire.place(name.strip_suffix("_other")?));
        let question = questionnaire.questions.get(place?)?;
        let number = numbering.at(place?).unwrap_or(&question.code);
        let other =
            if name == question.code { String::new() } else { format!(" ({})", officer.words.say("batch-other")) };
        Some(Difference {
            label: format!("{number}. {}{other}", question.label.get(Lang::VI)),
            legend: legend(question, officer.words),
            first: first.get(&name).to_owned(),
            second: second.get(&name).to_owned(),
            name,
        })
    };
    first.differences(second, questionnaire).into_iter().filter_map(difference).collect()
}

/// Before the code of a question: its place on the page as an answer to which no other leads.
const ASIDE: &str = "le-";

/// The answers aside of which this page tells.
fn asides(batch: &Batch, trouble: &Trouble, officer: &Officer) -> Vec<(String, String, bool)> {
    let questionnaire = &batch.form.questionnaire;
    let numbering = Numbering::of(questionnaire);
    let told = |question: &Question| {
        trouble.says(&format!("{ASIDE}{}", question.code))?;
        let number = numbering.named(questionnaire, &question.code)?;
        let sentence = aside::sentence(questionnaire, &question.code, officer.words);
        let is_said = aside::is_confirmed(trouble.fields(), &question.code);
        Some((question.code.clone(), format!("{number}. {} {sentence}", question.label.get(Lang::VI)), is_said))
    };
    questionnaire.questions.iter().filter_map(told).collect()
}

/// What became of the decisions.
enum Outcome {
    Settled,
    /// Fields about which nothing was said.
    Open(Vec<String>),
    Wrong(Vec<Violation>),
    /// Answers to which no other leads, and nobody said that they stand there.
    Aside(Vec<String>),
    /// There is nothing to decide any more.
    Gone,
}

/// `POST …/compare`
pub(super) async fn settle(
    request: HttpRequest,
    officer: Assistant,
    state: web::Data<State>,
    path: web::Path<(i64, i64)>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let ((id, number), words, now) = (*path, officer.words, state.clock.now());
    let sent = fields.clone();
    let done = change(&state, &officer, id, move |db, batch| {
        let Some(form) = paper_forms::find(db, id, number)?.filter(|form| form.settled_at.is_none()) else {
            return Ok(Outcome::Gone);
        };
        let Some((first, second)) = form.first()?.zip(form.second()?) else { return Ok(Outcome::Gone) };
        let (settled, open) = decided(&batch, &first, &second, &sent);
        if !open.is_empty() {
            return Ok(Outcome::Open(open));
        }
        if let Err(violations) = settled.parse(&batch.form.questionnaire, batch.occasion()) {
            return Ok(Outcome::Wrong(violations));
        }
        // what one of the readers found on the sheet already is not asked again
        let known = [aside::of(&batch, &first), aside::of(&batch, &second)].concat();
        let asides: Vec<String> =
            aside::of(&batch, &settled).into_iter().filter(|code| !known.contains(code)).collect();
        if !aside::are_confirmed(&sent, &asides) {
            return Ok(Outcome::Aside(asides));
        }
        paper_forms::settle(db, id, number, &settled, now)?;
        Ok(Outcome::Settled)
    })
    .await?;
    let trouble = match done {
        Some(Outcome::Settled) => {
            return Ok(said::see_other(&state, &officer, address(id), &words.with("batch-decided", "number", number)));
        }
        Some(Outcome::Gone) => return Ok(see_other(address(id))),
        None => return Ok(said::see_other(&state, &officer, address(id), &words.say("batch-closed-already"))),
        Some(Outcome::Wrong(violations)) => wrong(&violations, &officer),
        Some(Outcome::Aside(asides)) => {
            let mut trouble = Trouble::default();
            asides
                .into_iter()
                .for_each(|code| trouble.add(format!("{ASIDE}{code}"), words.say("batch-stands-there-not")));
            trouble
        }
        Some(Outcome::Open(open)) => {
            let mut trouble = Trouble::default();
            open.into_iter().for_each(|name| trouble.add(name, words.say("batch-decide")));
            trouble
        }
    };
    page(&request, &officer, &state, (id, number), trouble.typed(fields)).await
}

/// The sheet as it was decided, and the fields about which nothing was said.
fn decided(batch: &Batch, first: &Typed, second: &Typed, sent: &Fields) -> (Typed, Vec<String>) {
    let mut settled = first.clone();
    let mut open = Vec::new();
    for name in first.differences(second, &batch.form.questionnaire) {
        match sent.one(&format!("chon-{name}")) {
            "first" => {}
            "second" => settled.set(&name, second.get(&name)),
            "other" => settled.set(&name, sent.one(&format!("khac-{name}"))),
            _ => open.push(name),
        }
    }
    (settled, open)
}
