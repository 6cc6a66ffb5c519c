//! Errors of the API, as RFC 9457 writes them.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::store::StoreError;
use crate::web::error::reference;

/// What went wrong, for a program and for the person who reads its log. Handlers of the API return
/// `Result<HttpResponse, Problem>`.
#[derive(Debug, Clone)]
pub struct Problem(Box<Parts>);

/// Boxed, so that results of the API stay small.
#[derive(Debug, Clone)]
struct Parts {
    status: StatusCode,
    detail: String,
    members: Map<String, Value>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Problem {
    /// A problem with this status and one English sentence that says what to do.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self(Box::new(Parts { status, detail: detail.into(), members: Map::new(), headers: Vec::new() }))
    }

    /// 400.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// 401, with the challenge that the standard asks for.
    pub fn unauthorized(detail: impl Into<String>, challenge: &'static str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, detail).with_header(WWW_AUTHENTICATE, HeaderValue::from_static(challenge))
    }

    /// 403.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, detail)
    }

    /// 404.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    /// What stands after `?`, or 400.
    ///
    /// # Errors
    /// A parameter has a value that it cannot have.
    pub fn query<T: DeserializeOwned>(request: &HttpRequest) -> Result<T, Self> {
        let wanted = Query::from_query(request.query_string());
        wanted
            .map(Query::into_inner)
            .map_err(|error| Self::bad_request(format!("Check what stands after “?”: {error}.")))
    }

    /// 400 where something stands after `?`: the address knows no parameter.
    ///
    /// # Errors
    /// There is one.
    pub fn no_query(request: &HttpRequest) -> Result<(), Self> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Nothing {}
        Self::query::<Nothing>(request).map(|_| ())
    }

    /// 429: come back after some seconds.
    pub fn too_many(seconds: u32, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, detail).with_header(RETRY_AFTER, HeaderValue::from(seconds))
    }

    /// 503: come back after some seconds.
    pub fn busy(seconds: u32) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "The service is busy; please repeat the request a little later.")
            .with_header(RETRY_AFTER, HeaderValue::from(seconds))
    }

    /// Adds a member of our own, such as `violations`.
    pub fn with(mut self, name: &str, value: impl Serialize) -> Self {
        if let Ok(value) = serde_json::to_value(value) {
            self.0.members.insert(name.to_owned(), value);
        }
        self
    }

    /// Adds a header.
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    fn body(&self) -> Value {
        let mut body = Map::new();
        body.insert("type".to_owned(), "about:blank".into());
        body.insert("title".to_owned(), self.0.status.canonical_reason().unwrap_or("Error").into());
        body.insert("status".to_owned(), self.0.status.as_u16().into());
        body.insert("detail".to_owned(), self.0.detail.as_str().into());
        body.extend(self.0.members.clone());
        Value::Object(body)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.status, self.0.detail)
    }
}

impl std::error::Error for Problem {}

impl From<StoreError> for Problem {
    /// The cause goes to the log, its reference to the caller.
    fn from(error: StoreError) -> Self {
        Self::failed(&error)
    }
}

impl Problem {
    /// 500, with a reference to the cause in the log.
    pub fn failed(error: &dyn std::error::Error) -> Self {
        let reference = reference();
        tracing::error!(reference, cause = %error, "a request of the API failed");
        let detail = "That did not work. Please try again; if it fails again, tell the administrator the reference.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, detail).with("reference", reference)
    }
}

impl Problem {
    /// 503, with a reference to the cause in the log: nothing was stored, and the same key may be sent again.
    pub fn not_stored(error: &dyn std::error::Error) -> Self {
        let reference = reference();
        tracing::error!(reference, cause = %error, "a form could not be stored");
        let detail = "Nothing was stored. Please send the same form with the same key again a little later.";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail)
            .with("reference", reference)
            .with_header(RETRY_AFTER, HeaderValue::from(20))
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.0.status
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.0.status);
        response.insert_header((CONTENT_TYPE, "application/problem+json")).insert_header((CACHE_CONTROL, "no-store"));
        for header in &self.0.headers {
            response.insert_header(header.clone());
        }
        response.body(self.body().to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_its_status_and_what_to_do() {
        let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "Two answers are missing.")
            .with("violations", [("question", "A1")]);
        let body = problem.body().to_string();
        let start = r#"{"type":"about:blank","title":"Unprocessable Entity","status":422,"detail":"Two answers"#;
        assert!(body.starts_with(start), "{body}");
        assert!(body.contains(r#""violations":"#), "{body}");
        let response = problem.error_response();
        assert_eq!(response.headers().get(CONTENT_TYPE).unwrap(), "application/problem+json");
    }

    #[test]
    fn a_refusal_says_how_to_identify_oneself() {
        let response = Problem::unauthorized("No token.", "Bearer").error_response();
        assert_eq!(response.headers().get(WWW_AUTHENTICATE).unwrap(), "Bearer");
    }
}
