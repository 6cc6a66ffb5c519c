//! What a visitor sees when something fails. The reader gets a sentence and a way on; the log gets the cause, once.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};

use crate::store::StoreError;
use crate::web::page::{self, Plain};
use crate::web::words::Words;

/// Why a page could not be shown. Handlers of pages return `Result<HttpResponse, Failure>`.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Nothing there, or nothing that this person may know of.
    #[error("not found")]
    NotFound,
    /// Signed in, but not allowed.
    #[error("forbidden")]
    Forbidden,
    /// Not signed in: shown as a redirect to the sign-in page, which leads back to this path.
    #[error("not signed in")]
    SignIn {
        /// Where to go afterwards.
        back: String,
    },
    /// The request makes no sense; the sentence says what to do.
    #[error("bad request: {0}")]
    Bad(String),
    /// Something changed in between; the sentence says what to do.
    #[error("conflict: {0}")]
    Conflict(String),
    /// Anything else.
    #[error("{0}")]
    Unknown(String),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Unknown(error.to_string())
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Self {
        Self::Unknown(format!("template: {error}"))
    }
}

/// A short reference that ties what the visitor reads to one line of the log.
pub fn reference() -> String {
    data_encoding::BASE32_NOPAD.encode(&crate::secret::random::<5>())
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::SignIn { .. } => StatusCode::SEE_OTHER,
            Self::Bad(_) => StatusCode::BAD_REQUEST,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Unknown(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let words = Words::VI;
        let text = match self {
            Self::SignIn { back } => {
                let back = data_encoding::BASE64URL_NOPAD.encode(back.as_bytes());
                return HttpResponse::SeeOther().insert_header(("Location", format!("/sign-in?back={back}"))).finish();
            }
            Self::NotFound => words.say("error-text-404"),
            Self::Forbidden => words.say("error-text-403"),
            Self::Bad(text) | Self::Conflict(text) => text.clone(),
            Self::Unknown(cause) => {
                let reference = reference();
                tracing::error!(reference, cause, "a request failed");
                words.with("error-text-500", "reference", reference)
            }
        };
        let status = self.status_code();
        let title = words.say(&format!("error-title-{}", status.as_u16()));
        page::plain(status, &Plain { words, title: &title, text: &text, back: "/" })
    }
}
