//! What every page shares: the headers that go with it.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
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

/// As [`show`], with 429 and how long to wait.
///
/// # Errors
/// The template failed.
pub fn show_too_many(page: &impl Template, wait: Duration) -> Result<HttpResponse, Failure> {
    let mut response = show_as(StatusCode::TOO_MANY_REQUESTS, page)?;
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(whole_seconds(wait)));
    Ok(response)
}

/// 429 for a script, with how long to wait.
pub fn show_wait(wait: Duration) -> HttpResponse {
    HttpResponse::TooManyRequests().insert_header((RETRY_AFTER, whole_seconds(wait))).finish()
}

/// Seconds to wait, rounded up: after them it works.
pub fn whole_seconds(wait: Duration) -> u32 {
    u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1)
}

/// A picture that people sent, for one reader: no cache keeps it, and no browser takes it for anything else.
pub fn picture(jpeg: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(("Content-Type", "image/jpeg"))
        .insert_header(("X-Content-Type-Options", "nosniff"))
        .insert_header(("Content-Disposition", "inline; filename=\"anh.jpg\""))
        .insert_header(("Content-Security-Policy", "default-src 'none'; sandbox"))
        .insert_header(("Cache-Control", "no-store"))
        .body(jpeg)
}

/// To another page after a POST.
pub fn see_other(to: impl Into<String>) -> HttpResponse {
    HttpResponse::SeeOther().insert_header(("Location", to.into())).finish()
}

/// A page, or a part of one, that is meant for one reader.
pub fn html(status: StatusCode, body: String) -> HttpResponse {
    HttpResponse::build(status)
        .insert_header(("Content-Type", "text/html; charset=utf-8"))
        .insert_header(("Cache-Control", "no-store"))
        .body(body)
}
