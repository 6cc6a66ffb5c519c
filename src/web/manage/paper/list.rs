//! `/manage/paper`: all bundles that this officer may work on.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::state::State;
use crate::store::paper::{self, BatchRow};
use crate::store::paper_forms;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::session::Assistant;

#[derive(Template)]
#[template(path = "web/manage/paper/list.html")]
struct ListPage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    /// Each with how many sheets were typed.
    batches: Vec<(BatchRow, i64)>,
}

/// `GET /manage/paper`
pub(super) async fn show(
    request: HttpRequest,
    officer: Assistant,
    state: web::Data<State>,
) -> Result<HttpResponse, Failure> {
    let assistant = officer.0.clone();
    let load = move |db: &mut crate::store::Db| {
        let below = assistant.assists(db)?;
        let entered = paper_forms::entered(db)?;
        let batches = paper::of_units(db, &below)?;
        Ok(batches
            .into_iter()
            .map(|batch| (entered.get(&batch.id).copied().unwrap_or(0), batch))
            .map(|(n, b)| (b, n))
            .collect())
    };
    let batches = state.store.read(load).await?;
    let page = ListPage {
        desk: DeskFrame::new(&request, &officer, Room::Paper),
        said: said::said(&request, &state, &officer),
        trouble: Trouble::default(),
        batches,
    };
    said::show(&request, &page.trouble, &page)
}
