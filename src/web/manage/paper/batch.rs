//! `/manage/paper/{id}`: one bundle, how far it is, and what comes next.

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::begin::{counted, counts, seal};
use super::progress::{Progress, Sheet, next_first, next_second};
use super::{Batch, address, aside, change, read};
use crate::state::State;
use crate::store::Db;
use crate::store::paper::{self, BatchRow};
use crate::store::paper_asides;
use crate::store::paper_forms;
use crate::survey::audit::Action;
use crate::survey::text::Lang;
use crate::web::deed::Deed;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::session::{Assistant, Officer};

#[derive(Template)]
#[template(path = "web/manage/paper/batch.html")]
struct BatchPage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    batch: BatchRow,
    form: String,
    is_frozen: bool,
    progress: Progress,
    /// Answers that stand aside, as sentences.
    asides: Vec<String>,
    /// Each sheet that was typed.
    sheets: Vec<(i64, Sheet)>,
    next_first: Option<i64>,
    next_second: Option<i64>,
    next_difference: Option<i64>,
}

impl BatchPage {
    fn counts(&self) -> [(&'static str, String); 3] {
        counted(self.desk.words)
    }

    fn count(&self, name: &str) -> String {
        let number = match name {
            "handed_out" => self.batch.handed_out,
            "returned" => self.batch.returned,
            _ => self.batch.valid,
        };
        number.to_string()
    }

    fn seal(&self) -> &str {
        &self.batch.seal
    }

    fn is_closed(&self) -> bool {
        self.batch.closed_at.is_some()
    }
}

/// `GET /manage/paper/{id}`
pub(super) async fn show(
    request: HttpRequest,
    officer: Assistant,
    state: web::Data<State>,
    id: web::Path<i64>,
) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, *id, Trouble::default()).await
}

pub(super) async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &web::Data<State>,
    id: i64,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let load = move |db: &mut Db, batch: &Batch| {
        let forms = paper_forms::of_batch(db, id)?;
        let is_open = batch.row.closed_at.is_none();
        let asides = if is_open { aside::counted(batch, &forms)? } else { paper_asides::of_batch(db, id)? };
        Ok((forms, asides))
    };
    let (batch, (forms, asides)) = read(state, officer, id, load).await?;
    let sheets = forms.iter().map(|form| Ok((form.number, Sheet::of(form)?))).collect::<Result<Vec<_>, Failure>>()?;
    let page = BatchPage {
        desk: DeskFrame::new(request, officer, Room::Paper),
        said: said::said(request, state, officer),
        trouble,
        asides: aside::told(&batch, &asides, officer.words),
        form: batch.form.questionnaire.title.get(Lang::VI).to_owned(),
        is_frozen: batch.is_frozen,
        progress: Progress::of(&forms)?,
        next_first: next_first(&batch.row, &forms),
        next_second: next_second(&forms, officer.account_id)?,
        next_difference: sheets.iter().find(|(_, sheet)| *sheet == Sheet::Differs).map(|(number, _)| *number),
        sheets,
        batch: batch.row,
    };
    said::show(request, &page.trouble, &page)
}

/// `POST /manage/paper/{id}`: the numbers are put right, as long as the bundle is open.
pub(super) async fn correct(
    request: HttpRequest,
    officer: Assistant,
    state: web::Data<State>,
    id: web::Path<i64>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let words = officer.words;
    let counts = match counts(&fields, words) {
        Ok(counts) => counts,
        Err(trouble) => return page(&request, &officer, &state, *id, trouble.typed(fields)).await,
    };
    let (seal, assistant, now, id) = (seal(&fields), officer.0.clone(), state.clock.now(), *id);
    let done = change(&state, &officer, id, move |db, batch| {
        let highest = paper_forms::of_batch(db, id)?.last().map_or(0, |form| form.number);
        if highest > counts.returned() {
            return Ok(Err(Trouble::at("returned", words.with("batch-wrong-typed", "number", highest))));
        }
        paper::correct(db, id, counts, &seal)?;
        let deed = Deed::with(Action::PaperBatchEdited, [batch.row.number.to_string()]);
        assistant.note(db, now, batch.row.unit_id, deed, &batch.row.slug)?;
        Ok(Ok(()))
    })
    .await?;
    match done {
        Some(Ok(())) => Ok(said::see_other(&state, &officer, address(id), &words.say("batch-corrected"))),
        Some(Err(trouble)) => page(&request, &officer, &state, id, trouble.typed(fields)).await,
        None => page(&request, &officer, &state, id, Trouble::page(words.say("batch-closed-already"))).await,
    }
}
