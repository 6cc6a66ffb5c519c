//! `/k/{code}/thu-cha-me`: what parents are told before their children are asked.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::code::{entrance, words};
use super::notice::Turned;
use crate::catalogue::Entrance;
use crate::state::State;
use crate::web::error::Failure;
use crate::web::page::show;
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/respond/children.html")]
struct NoticePage<'a> {
    words: Words,
    entrance: &'a Entrance,
    text: &'a str,
}

/// `GET /k/{code}/thu-cha-me`
pub(super) async fn notice(
    request: HttpRequest,
    state: web::Data<State>,
    code: web::Path<String>,
) -> Result<HttpResponse, Turned> {
    let words = words(&request);
    let entrance = entrance(&state, &code, words).await?;
    let words = words.among(&entrance.languages());
    let text = entrance.parents_notice.as_deref().ok_or(Failure::NotFound)?;
    Ok(show(&NoticePage { words, entrance: &entrance, text })?)
}
