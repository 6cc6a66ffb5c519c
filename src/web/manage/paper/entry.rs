//! `/manage/paper/{id}/forms/{number}`: one sheet, typed with digits; the second time without seeing the first.

use std::collections::BTreeMap;

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use super::field::{Line, lines};
use super::progress::{next_first, next_second};
use super::{Batch, address, aside, change, read};
use crate::state::State;
use crate::store::paper::BatchRow;
use crate::store::paper_forms::{self, FormRow};
use crate::survey::batch::Typed;
use crate::survey::text::Lang;
use crate::survey::violation::Violation;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::page::see_other;
use crate::web::respond::sentence;
use crate::web::session::{Assistant, Officer};

#[derive(Template)]
#[template(path = "web/manage/paper/entry.html")]
struct EntryPage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    batch: BatchRow,
    number: i64,
    /// Whether it is typed a second time.
    is_again: bool,
    /// Whether the same person typed it the first time.
    is_own: bool,
    /// Whether something was kept of this sheet already.
    is_known: bool,
    lines: Vec<Line>,
}

impl EntryPage {
    /// Whether an answer is in trouble, not only the box that has to be ticked.
    fn is_wrong(&self) -> bool {
        !self.trouble.is_none() && self.trouble.says(REMOVE).is_none() && self.trouble.says("").is_none()
    }
}

/// The place of the box that is ticked before a sheet is deleted; no question has such a code.
const REMOVE: &str = "batch-remove";

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    again: String,
}

/// Whether a sheet is typed a second time.
fn is_again(asked: &str, batch: &Batch, form: Option<&FormRow>) -> bool {
    asked == "1" && batch.row.twice && form.is_some()
}

/// Sheets are numbered from 1 to as many as came back.
pub(super) fn is_there(batch: &Batch, number: i64) -> Result<(), Failure> {
    if (1..=batch.row.returned).contains(&number) { Ok(()) } else { Err(Failure::NotFound) }
}

/// `GET …/forms/{number}?again=1`
pub(super) async fn show(
    request: HttpRequest,
    officer: Assistant,
    state: web::Data<State>,
    path: web::Path<(i64, i64)>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Failure> {
    let (id, number) = *path;
    let (batch, form) = read(&state, &officer, id, move |db, _| paper_forms::find(db, id, number)).await?;
    is_there(&batch, number)?;
    if batch.row.closed_at.is_some() {
        return Ok(see_other(address(id)));
    }
    let again = is_again(&wanted.again, &batch, form.as_ref());
    let typed = match &form {
        // whoever types it again does not see what the first one read
        Some(form) if !again => form.first()?.unwrap_or_default(),
        _ => Typed::default(),
    };
    page(&request, &officer, &state, &batch, (number, again, form.as_ref()), &typed, Trouble::default())
}

fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    batch: &Batch,
    (number, is_again, form): (i64, bool, Option<&FormRow>),
    typed: &Typed,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let questionnaire = &batch.form.questionnaire;
    // what was kept before was confirmed when it was kept
    let is_confirmed = |code: &String| trouble.fields().is_empty() || aside::is_confirmed(trouble.fields(), code);
    let asides = aside::of(batch, typed).into_iter().map(|code| (code.clone(), is_confirmed(&code))).collect();
    let errors: BTreeMap<String, String> = questionnaire
        .questions
        .iter()
        .filter_map(|question| Some((question.code.clone(), trouble.says(&question.code)?.to_owned())))
        .collect();
    let page = EntryPage {
        desk: DeskFrame::new(request, officer, Room::Paper),
        said: said::said(request, state, officer),
        lines: lines(questionnaire, typed, &errors, &asides, officer.words),
        batch: batch.row.clone(),
        number,
        is_again,
        is_own: form.is_some_and(|form| form.first_by == officer.account_id),
        is_known: form.is_some(),
        trouble,
    };
    said::show(request, &page.trouble, &page)
}

/// What is wrong, each beside its question.
pub(super) fn wrong(violations: &[Violation], officer: &Officer) -> Trouble {
    let mut trouble = Trouble::default();
    for found in violations {
        trouble.add(found.question.clone(), sentence(officer.words, Lang::VI, found));
    }
    trouble
}

/// Which answers stand aside, each beside its question.
pub(super) fn odd(asides: &[String], batch: &Batch, officer: &Officer) -> Trouble {
    let mut trouble = Trouble::default();
    for code in asides {
        trouble.add(code.clone(), aside::sentence(&batch.form.questionnaire, code, officer.words));
    }
    trouble
}

/// What became of a sheet.
enum Kept {
    /// There is no sheet with this number.
    Nowhere,
    /// It is kept; where work goes on.
    Next(String),
    /// Both readings differ.
    Differs,
    /// It cannot be kept.
    Wrong(Vec<Violation>),
    /// There are answers to which no other leads, and nobody said that they stand there.
    Aside(Vec<String>),
    /// Somebody else typed a sheet with this number since the page was shown.
    Taken,
}

/// `POST …/forms/{number}`
pub(super) async fn save(
    request: HttpRequest,
    officer: Assistant,
    state: web::Data<State>,
    path: web::Path<(i64, i64)>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let ((id, number), words) = (*path, officer.words);
    let (sent, account, now) = (fields.clone(), officer.account_id, state.clock.now());
    let done = change(&state, &officer, id, move |db, batch| {
        if is_there(&batch, number).is_err() {
            return Ok(Kept::Nowhere);
        }
        let typed = Typed::of(&batch.form.questionnaire, sent.pairs());
        if let Err(violations) = typed.parse(&batch.form.questionnaire, batch.occasion()) {
            return Ok(Kept::Wrong(violations));
        }
        let asides = aside::of(&batch, &typed);
        if !aside::are_confirmed(&sent, &asides) {
            return Ok(Kept::Aside(asides));
        }
        let known = paper_forms::find(db, id, number)?;
        let again = is_again(sent.one("again"), &batch, known.as_ref());
        let was_empty = sent.has("known", "0");
        if was_empty && known.as_ref().is_some_and(|form| form.first_by != account) {
            return Ok(Kept::Taken);
        }
        let Some(first) = known.filter(|_| again).map(|form| form.first()).transpose()?.flatten() else {
            paper_forms::type_first(db, id, number, &typed, account, (!batch.row.twice).then_some(now))?;
            let next = next_first(&batch.row, &paper_forms::of_batch(db, id)?);
            return Ok(Kept::Next(next.map_or_else(|| address(id), |next| format!("{}/forms/{next}", address(id)))));
        };
        let is_same = first.differences(&typed, &batch.form.questionnaire).is_empty();
        paper_forms::type_second(db, id, number, &typed, account, is_same.then_some(now))?;
        if !is_same {
            return Ok(Kept::Differs);
        }
        let next = next_second(&paper_forms::of_batch(db, id)?, account)?;
        Ok(Kept::Next(next.map_or_else(|| address(id), |next| format!("{}/forms/{next}?again=1", address(id)))))
    })
    .await?;
    match done {
        Some(Kept::Next(to)) => Ok(said::see_other(&state, &officer, to, &words.with("batch-kept", "number", number))),
        Some(Kept::Nowhere) => Err(Failure::NotFound),
        Some(Kept::Differs) => Ok(see_other(format!("{}/forms/{number}/compare", address(id)))),
        Some(back @ (Kept::Wrong(_) | Kept::Aside(_) | Kept::Taken)) => {
            let (batch, form) = read(&state, &officer, id, move |db, _| paper_forms::find(db, id, number)).await?;
            let typed = Typed::of(&batch.form.questionnaire, fields.pairs());
            let again = is_again(fields.one("again"), &batch, form.as_ref());
            let trouble = match back {
                Kept::Wrong(violations) => wrong(&violations, &officer),
                Kept::Aside(asides) => odd(&asides, &batch, &officer),
                Kept::Taken => Trouble::page(words.with("batch-taken", "number", number)),
                _ => Trouble::default(),
            };
            let trouble = trouble.typed(fields);
            page(&request, &officer, &state, &batch, (number, again, form.as_ref()), &typed, trouble)
        }
        None => Ok(said::see_other(&state, &officer, address(id), &words.say("batch-closed-already"))),
    }
}

/// `POST …/forms/{number}/remove`: a sheet was typed that does not count.
pub(super) async fn remove(
    request: HttpRequest,
    officer: Assistant,
    state: web::Data<State>,
    path: web::Path<(i64, i64)>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (id, number) = *path;
    let (batch, form) = read(&state, &officer, id, move |db, _| paper_forms::find(db, id, number)).await?;
    is_there(&batch, number)?;
    if !fields.is_sure() && batch.row.closed_at.is_none() {
        let typed = form.as_ref().map(FormRow::first).transpose()?.flatten().unwrap_or_default();
        let trouble = Trouble::at(REMOVE, officer.words.say("said-not-sure"));
        return page(&request, &officer, &state, &batch, (number, false, form.as_ref()), &typed, trouble);
    }
    let done = change(&state, &officer, id, move |db, _| paper_forms::remove(db, id, number)).await?;
    let name = if done.is_some() { "batch-removed" } else { "batch-closed-already" };
    Ok(said::see_other(&state, &officer, address(id), &officer.words.with(name, "number", number)))
}
