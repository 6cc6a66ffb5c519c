//! `/analyse`: the rounds that have something to read.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::state::State;
use crate::store::{rounds, tallies};
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::rounds::Stage;
use crate::web::page;
use crate::web::session::Insider;

#[derive(Template)]
#[template(path = "web/analyse/list.html")]
struct ListPage {
    desk: DeskFrame,
    rows: Vec<Row>,
}

struct Row {
    slug: String,
    title: String,
    owner: Option<String>,
    n: String,
    label: String,
    tone: &'static str,
    sentence: String,
    is_sealed: bool,
}

/// `GET /analyse`
pub(super) async fn show(
    request: HttpRequest,
    officer: Insider,
    state: web::Data<State>,
) -> Result<HttpResponse, Failure> {
    let (reader, now, words) = (officer.0.clone(), state.clock.now(), officer.words);
    let rows = state
        .store
        .read(move |db| {
            let below = reader.reach(db)?;
            let mut rows = Vec::new();
            for round in rounds::all(db)?.into_iter().filter(|round| below.contains(&round.owner_id)) {
                let stage = Stage::of(&round, now);
                if !stage.has_begun() {
                    continue;
                }
                let owner = match round.owner_id == reader.unit_id {
                    true => None,
                    false => Some(rounds::owner_name(db, round.owner_id)?),
                };
                rows.push(Row {
                    n: words.number(tallies::submissions(db, round.id)?),
                    label: stage.label(words),
                    tone: stage.tone(),
                    sentence: stage.sentence(&round, words),
                    is_sealed: round.is_sealed(),
                    owner,
                    slug: round.slug,
                    title: round.title,
                });
            }
            Ok(rows)
        })
        .await?;
    page::show(&ListPage { desk: DeskFrame::new(&request, &officer, Room::Results), rows })
}
