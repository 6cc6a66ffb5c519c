//! The list of campaigns.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::{all_mine, numbered};
use crate::state::State;
use crate::store::{campaigns, rounds};
use crate::survey::access::Right;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::session::Steering;

#[derive(Template)]
#[template(path = "web/manage/campaigns/list.html")]
struct ListPage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    rows: Vec<Row>,
}

struct Row {
    id: i64,
    title: String,
    number: String,
    owner: String,
    rounds: i64,
}

/// `GET /manage/campaigns`
pub(super) async fn show(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
) -> Result<HttpResponse, Failure> {
    let (reader, words) = (officer.0.clone(), officer.words);
    let rows = state
        .store
        .read(move |db| {
            let mut rows = Vec::new();
            for row in all_mine(db, &reader)? {
                let own = campaigns::rounds_of(db, row.id)?.len();
                rows.push(Row {
                    id: row.id,
                    number: numbered(&row.plan, words),
                    owner: rounds::owner_name(db, row.owner_id)?,
                    rounds: i64::try_from(own).unwrap_or(i64::MAX),
                    title: row.plan.title,
                });
            }
            Ok(rows)
        })
        .await?;
    let page = ListPage {
        desk: DeskFrame::new(&request, &officer, Room::Campaigns),
        said: said::said(&request, &state, &officer),
        trouble: Trouble::default(),
        rows,
    };
    said::show(&request, &page.trouble, &page)
}
