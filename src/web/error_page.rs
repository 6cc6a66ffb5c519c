//! The page around what went wrong: staff stay at their desk, everybody else gets the public frame; in the language of
//! whoever reads.

use actix_web::http::header::{CONTENT_TYPE, RETRY_AFTER};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::survey::text::Lang;
use crate::web::desk::DeskFrame;
use crate::web::error::{Failure, Told};
use crate::web::page::show_as;
use crate::web::session;
use crate::web::way_back;
use crate::web::words::Words;

/// For somebody who is signed in.
#[derive(Template)]
#[template(path = "web/error_desk.html")]
struct DeskErrorPage {
    desk: DeskFrame,
    title: String,
    text: String,
    /// The page that the form stood on.
    reopen: Option<String>,
}

/// For everybody else.
#[derive(Template)]
#[template(path = "web/error_public.html")]
struct PublicErrorPage {
    words: Words,
    title: String,
    text: String,
    reopen: Option<String>,
    home: String,
}

/// The page to show instead of this answer; none where the answer is what it should be.
pub async fn instead_of<B>(request: &HttpRequest, answer: &HttpResponse<B>) -> Option<HttpResponse> {
    let told = answer.extensions().get::<Told>().cloned();
    // a page that turns somebody away says so itself; what the framework refuses is bare text
    let by_status = || answer.error().filter(|_| !is_html(answer)).and_then(|_| Told::of_status(answer.status()));
    let told = told.or_else(by_status)?;
    let page = page(request, &told).await.inspect_err(|error| tracing::error!(%error, "an error page failed"));
    let mut page = page.ok()?;
    if let Some(seconds) = answer.headers().get(RETRY_AFTER) {
        page.headers_mut().insert(RETRY_AFTER, seconds.clone());
    }
    Some(page)
}

fn is_html<B>(answer: &HttpResponse<B>) -> bool {
    let kind = answer.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}

fn is_public(request: &HttpRequest) -> bool {
    let path = request.path();
    path.starts_with("/k/") || matches!(path, "/k" | "/tra-cuu")
}

async fn page(request: &HttpRequest, told: &Told) -> Result<HttpResponse, Failure> {
    // when the database is what fails, nobody is known; the page still comes
    let officer = if is_public(request) { None } else { session::find(request).await.ok().flatten() };
    let reopen = Some(told).filter(|told| told.may_be_repeated()).and_then(|_| way_back::came_from(request));
    match officer {
        Some(officer) => {
            let (title, text) = (told.title(officer.words), told.text(officer.words));
            let desk = DeskFrame::in_no_room(request, &officer);
            show_as(told.status, &DeskErrorPage { desk, title, text, reopen })
        }
        None => {
            let words = words(request);
            let home = if words.0 == Lang::VI { "/".to_owned() } else { format!("/?lang={}", words.0) };
            let (title, text) = (told.title(words), told.text(words));
            show_as(told.status, &PublicErrorPage { words, title, text, reopen, home })
        }
    }
}

/// A form that is sent names no language in its address; the page that it stood on does.
fn words(request: &HttpRequest) -> Words {
    let before = way_back::came_from(request);
    let query = before.as_deref().and_then(|page| page.split_once('?')).map_or("", |(_, query)| query);
    match session::asked_language(query) {
        Some(lang) if session::asked_language(request.query_string()).is_none() => Words(lang),
        _ => session::words(request),
    }
}
