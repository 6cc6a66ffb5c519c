//! `/`: for somebody who typed the address by hand, which parents do with a paper in front of them.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::web::error::Failure;
use crate::web::page;
use crate::web::session;
use crate::web::words::Words;

/// What this is, a box for the code on the invitation, and the door for staff.
#[derive(Template)]
#[template(path = "web/front.html")]
struct FrontPage {
    words: Words,
}

/// `GET /`
pub async fn show(request: HttpRequest) -> Result<HttpResponse, Failure> {
    in_words(session::words(&request))
}

/// The page in this language; also the answer to a code that was not typed at all.
///
/// # Errors
/// The template failed.
pub fn in_words(words: Words) -> Result<HttpResponse, Failure> {
    page::show(&FrontPage { words })
}
