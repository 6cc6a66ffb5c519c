//! What every page shares: the headers that go with it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::web::error::Failure;

/// Renders a page that is meant for one reader: no cache may keep it.
///
/// # Errors
/// The template failed.
pub fn show(page: &impl Template) -> Result<HttpResponse, Failure> {
    show_as(StatusCode::OK, page)
}

/// As [`show`], with another status.
///
/// # Errors
/// The template failed.
pub fn show_as(status: StatusCode, page: &impl Template) -> Result<HttpResponse, Failure> {
    Ok(html(status, page.render()?))
}

/// To another page after a POST.
pub fn see_other(to: impl Into<String>) -> HttpResponse {
    HttpResponse::SeeOther().insert_header(("Location", to.into())).finish()
}

fn html(status: StatusCode, body: String) -> HttpResponse {
    HttpResponse::build(status)
        .insert_header(("Content-Type", "text/html; charset=utf-8"))
        .insert_header(("Cache-Control", "no-store"))
        .body(body)
}
