//! What went wrong when a page could not be shown. The reader gets a sentence and a way on ([`crate::web::error_page`]);
//! the log gets the cause, once.

use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpResponse, ResponseError};

use crate::store::StoreError;
use crate::web::way_back;
use crate::web::words::Words;

/// After so many seconds a program may ask again for what was not to be had: a large file takes about as long.
const SOON: u32 = 60;

/// Why a page could not be shown. Handlers of pages return `Result<HttpResponse, Failure>`.
#[derive(Debug, Clone, thiserror::Error)]
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
    /// Allowed, but not yet: the sentence says why and from when.
    #[error("sealed: {0}")]
    Sealed(String),
    /// The form stood on a page of another session.
    #[error("a form of another session")]
    Stale,
    /// The request makes no sense; the sentence says what to do.
    #[error("bad request: {0}")]
    Bad(String),
    /// Something changed in between; the sentence says what to do.
    #[error("conflict: {0}")]
    Conflict(String),
    /// There is nothing that a file could be made of, or nothing that may leave in one; the sentence says why.
    #[error("no file: {0}")]
    NoFile(String),
    /// Not now, but soon; the sentence says why, and what to do.
    #[error("busy: {0}")]
    Busy(String),
    /// Anything else.
    #[error("{0}")]
    Unknown(String),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Unknown(error.to_string())
    }
}

impl From<crate::document::NotPrinted> for Failure {
    fn from(error: crate::document::NotPrinted) -> Self {
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

/// What an answer has to tell its reader, in whichever language that turns out to be. It travels with the answer.
#[derive(Debug, Clone)]
pub struct Told {
    /// The answer's status.
    pub status: StatusCode,
    /// Which sentences: `error-title-…` and `error-text-…`.
    name: &'static str,
    /// A sentence of its own instead of `error-text-…`.
    said: Option<String>,
    reference: String,
}

impl Told {
    /// What can be said when only the status is known: the framework itself refused.
    pub fn of_status(status: StatusCode) -> Option<Self> {
        let name = match status {
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => "404",
            StatusCode::PAYLOAD_TOO_LARGE => "413",
            StatusCode::BAD_REQUEST => "400",
            _ => return None,
        };
        Some(Self { status, name, said: None, reference: String::new() })
    }

    fn of(failure: &Failure) -> Self {
        let (name, said) = match failure {
            Failure::NotFound => ("404", None),
            Failure::Forbidden => ("403", None),
            Failure::Sealed(text) => ("sealed", Some(text.clone())),
            Failure::Stale => ("stale", None),
            Failure::Bad(text) => ("400", Some(text.clone())),
            Failure::Conflict(text) => ("409", Some(text.clone())),
            Failure::NoFile(text) => ("no-file", Some(text.clone())),
            Failure::Busy(text) => ("503", Some(text.clone())),
            Failure::Unknown(_) | Failure::SignIn { .. } => ("500", None),
        };
        let reference = if name == "500" { reference() } else { String::new() };
        if let Failure::Unknown(cause) = failure {
            tracing::error!(reference, cause, "a request failed");
        }
        Self { status: failure.status_code(), name, said, reference }
    }

    /// What it is about.
    pub fn title(&self, words: Words) -> String {
        words.say(&format!("error-title-{}", self.name))
    }

    /// What happened and what to do.
    pub fn text(&self, words: Words) -> String {
        let sentence = || words.with(&format!("error-text-{}", self.name), "reference", &self.reference);
        self.said.clone().unwrap_or_else(sentence)
    }

    /// Whether the page with the form should be offered again.
    pub fn may_be_repeated(&self) -> bool {
        matches!(self.name, "stale" | "400" | "409" | "413" | "503")
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden | Self::Sealed(_) => StatusCode::FORBIDDEN,
            Self::SignIn { .. } => StatusCode::SEE_OTHER,
            Self::Bad(_) | Self::Stale => StatusCode::BAD_REQUEST,
            Self::Conflict(_) | Self::NoFile(_) => StatusCode::CONFLICT,
            Self::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Unknown(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The bare sentence; [`crate::web::guard`] puts a page around it once it is known who reads.
    fn error_response(&self) -> HttpResponse {
        if let Self::SignIn { back } = self {
            let back = way_back::encode(back);
            return HttpResponse::SeeOther().insert_header(("Location", format!("/sign-in?back={back}"))).finish();
        }
        let told = Told::of(self);
        let mut response = HttpResponse::build(told.status);
        response
            .insert_header(("Content-Type", "text/plain; charset=utf-8"))
            .insert_header(("Cache-Control", "no-store"));
        if let Self::Busy(_) = self {
            response.insert_header((RETRY_AFTER, SOON));
        }
        let mut response = response.body(told.text(Words::VI));
        response.extensions_mut().insert(told);
        response
    }
}
