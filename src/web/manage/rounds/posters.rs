//! `/manage/rounds/{slug}/print`: one A4 sheet per code.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::read;
use crate::state::State;
use crate::store::rounds::{self, RoundRow};
use crate::store::{collectors, questionnaires};
use crate::survey::questionnaire::Questionnaire;
use crate::web::error::Failure;
use crate::web::page;
use crate::web::respond::address;
use crate::web::session::{Steering, words};
use crate::web::words::Words;

/// Posters to print.
#[derive(Template)]
#[template(path = "web/manage/rounds/posters.html")]
struct PostersPage {
    words: Words,
    round: RoundRow,
    owner: String,
    closes: String,
    minutes: u32,
    posters: Vec<Poster>,
}

struct Poster {
    unit_name: String,
    code: String,
    url: String,
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    code: Option<String>,
}

/// `GET …/print?code=…`
pub(super) async fn show(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    slug: web::Path<String>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Failure> {
    let (round, codes, owner, minutes) = read(&state, &officer, &slug, |db, round| {
        let owner = rounds::owner_name(db, round.owner_id)?;
        let longest = questionnaires::of_round(db, round.id)?
            .iter()
            .filter_map(|row| Questionnaire::parse(&row.content).ok())
            .map(|questionnaire| questionnaire.minutes)
            .max();
        Ok((round.clone(), collectors::of_round(db, round.id)?, owner, longest.unwrap_or(5)))
    })
    .await?;
    let words = words(&request);
    let posters = codes
        .into_iter()
        .filter(|row| row.revoked_at.is_none() && wanted.code.as_ref().is_none_or(|code| *code == row.code))
        .map(|row| Poster {
            url: row.code.parse().map_or_else(|_| String::new(), |code| address(&state.public_url, code)),
            unit_name: row.unit_name,
            code: row.code,
        })
        .collect();
    page::show(&PostersPage { words, owner, closes: words.moment(round.closes_at), minutes, posters, round })
}
