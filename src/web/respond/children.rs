//! `/k/{code}/thu-cha-me`: what parents are told before their children are asked.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::NaiveDateTime;

use super::code::{entrance, words};
use super::notice::Turned;
use crate::catalogue::Entrance;
use crate::state::State;
use crate::survey::notice::{self, Values};
use crate::web::error::Failure;
use crate::web::page::show;
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/respond/children.html")]
struct NoticePage<'a> {
    words: Words,
    entrance: &'a Entrance,
    text: String,
}

/// The letter as it reads now: every page and paper that shows it asks here, so all say the same. It is in Vietnamese, like
/// everything that officers write.
pub fn letter(text: &str, closes_at: NaiveDateTime, contact: &str) -> String {
    let words = Words::VI;
    let contact = if contact.is_empty() { words.say("children-no-contact") } else { contact.to_owned() };
    notice::fill(text, &Values { closes: words.moment(closes_at), contact })
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
    let written = entrance.parents_notice.as_deref().ok_or(Failure::NotFound)?;
    let text = letter(written, entrance.round.closes_at, &entrance.round.contact);
    Ok(show(&NoticePage { words, entrance: &entrance, text })?)
}
