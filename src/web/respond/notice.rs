//! Pages that say why there is no form here now, and what to do.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use askama::Template;

use super::full::Full;
use super::share::Share;
use crate::catalogue::Entrance;
use crate::intake::receipt::Receipt;
use crate::survey::code::Audience;
use crate::survey::round::Gate;
use crate::web::error::Failure;
use crate::web::page::show_as;
use crate::web::words::Words;

/// Why a parent does not get the page asked for.
#[derive(Debug)]
pub(super) enum Turned {
    /// No such code.
    Unknown {
        /// What was in the address.
        typed: String,
        /// The language.
        words: Words,
    },
    /// The round takes this form no more.
    Shut {
        /// Where it was begun.
        entrance: Arc<Entrance>,
        /// What the round does with it.
        gate: Gate,
        /// The language.
        words: Words,
    },
    /// The unfinished form is gone: sent, given up or forgotten.
    Gone {
        /// Where it was begun.
        entrance: Arc<Entrance>,
        /// The language.
        words: Words,
        /// The receipt, where it was sent from this device.
        receipt: Option<Receipt>,
    },
    /// Something failed.
    Failed(Failure),
}

impl From<Failure> for Turned {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl std::fmt::Display for Turned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown { .. } => f.write_str("unknown code"),
            Self::Shut { .. } => f.write_str("the round is shut"),
            Self::Gone { .. } => f.write_str("the unfinished form is gone"),
            Self::Failed(failure) => failure.fmt(f),
        }
    }
}

impl ResponseError for Turned {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Unknown { .. } => StatusCode::NOT_FOUND,
            Self::Shut { .. } | Self::Gone { .. } => StatusCode::GONE,
            Self::Failed(failure) => failure.status_code(),
        }
    }

    fn error_response(&self) -> HttpResponse {
        match self {
            Self::Unknown { typed, words } => unknown(typed, *words),
            Self::Shut { entrance, gate, words } => shut(StatusCode::GONE, entrance, *gate, *words),
            Self::Gone { entrance, words, receipt } => gone(entrance, *words, receipt.as_ref()),
            Self::Failed(failure) => return failure.error_response(),
        }
        .unwrap_or_else(|failure| failure.error_response())
    }
}

#[derive(Template)]
#[template(path = "web/respond/unknown.html")]
struct UnknownPage<'a> {
    words: Words,
    typed: &'a str,
}

/// No such code: 404 with a way to type it again.
pub(super) fn unknown(typed: &str, words: Words) -> Result<HttpResponse, Failure> {
    show_as(StatusCode::NOT_FOUND, &UnknownPage { words, typed })
}

#[derive(Template)]
#[template(path = "web/respond/gone.html")]
struct GonePage<'a> {
    words: Words,
    entrance: &'a Entrance,
    receipt: Option<&'a Receipt>,
}

impl GonePage<'_> {
    fn title(&self) -> String {
        self.words.say(if self.receipt.is_some() { "gone-sent-title" } else { "gone-title" })
    }
}

/// The unfinished form is gone.
fn gone(entrance: &Entrance, words: Words, receipt: Option<&Receipt>) -> Result<HttpResponse, Failure> {
    show_as(StatusCode::GONE, &GonePage { words, entrance, receipt })
}

#[derive(Template)]
#[template(path = "web/respond/shut.html")]
struct ShutPage<'a> {
    words: Words,
    /// On the page that people share.
    share: Option<Share>,
    entrance: &'a Entrance,
    title: String,
    text: String,
    advice: String,
    /// This device holds a form that was begun in time, which is still taken.
    goes_on: bool,
    /// An officer wants to enter a form for somebody.
    is_desk: bool,
}

/// The round is not open: a friendly page instead of the form. A form that was sent gets the same page with 410.
pub(super) fn shut(status: StatusCode, entrance: &Entrance, gate: Gate, words: Words) -> Result<HttpResponse, Failure> {
    show_as(status, &ShutPage::new(entrance, gate, words))
}

/// The same in place of the start page, whose link is shared before the round opens, too. It is made for this device, which may
/// hold a form to go on with.
pub(super) fn shut_start(
    public_url: &str,
    entrance: &Entrance,
    gate: Gate,
    words: Words,
    goes_on: bool,
) -> Result<HttpResponse, Failure> {
    let share = Some(Share::new(public_url, entrance, words)?);
    show_as(StatusCode::OK, &ShutPage { share, goes_on, ..ShutPage::new(entrance, gate, words) })
}

/// The same for an officer who wants to enter a form for somebody.
pub(super) fn shut_desk(entrance: &Entrance, gate: Gate, words: Words) -> Result<HttpResponse, Failure> {
    show_as(StatusCode::GONE, &ShutPage { is_desk: true, ..ShutPage::new(entrance, gate, words) })
}

impl<'a> ShutPage<'a> {
    fn new(entrance: &'a Entrance, gate: Gate, words: Words) -> Self {
        let opens = entrance.round.opens_at.map(|at| words.moment(at));
        let closes = words.moment(entrance.round.closes_at);
        let (title, text, advice) = match (gate, opens) {
            (Gate::NotYet, Some(opens)) => (
                "shut-early-title",
                words.fill("shut-early-text", [("opens", opens), ("closes", closes)]),
                "shut-early-advice",
            ),
            (Gate::Paused, _) => {
                let until = entrance.round.paused_until.map(|at| words.moment(at)).unwrap_or_default();
                let text = words.fill("shut-paused-text", [("until", until), ("closes", closes)]);
                ("shut-paused-title", text, "shut-paused-advice")
            }
            (Gate::NotYet, None) => ("shut-early-title", words.say("shut-draft-text"), "shut-early-advice"),
            (Gate::Grace, _) => {
                ("shut-closed-title", words.with("shut-closed-text", "closes", closes), "shut-grace-advice")
            }
            _ => ("shut-closed-title", words.with("shut-closed-text", "closes", closes), "shut-closed-advice"),
        };
        let (title, advice) = (words.say(title), words.say(advice));
        Self { words, share: None, entrance, title, text, advice, goes_on: false, is_desk: false }
    }

    fn full(entrance: &'a Entrance, full: &Full, words: Words) -> Self {
        let [title, advice] = ["title", "advice"].map(|part| words.say(&format!("quota-full-{part}")));
        let text = full.text(entrance, words);
        Self { words, share: None, entrance, title, text, advice, goes_on: false, is_desk: false }
    }
}

/// As many forms as shall count have come in from the unit.
pub(super) fn full(status: StatusCode, entrance: &Entrance, words: Words) -> Result<HttpResponse, Failure> {
    show_as(status, &ShutPage::full(entrance, &Full::Unit, words))
}

/// A form was sent that counts no more.
pub(super) fn full_sent(entrance: &Entrance, full: &Full, words: Words) -> Result<HttpResponse, Failure> {
    show_as(StatusCode::GONE, &ShutPage::full(entrance, full, words))
}

/// The same for an officer who wants to enter a form for somebody.
pub(super) fn full_desk(entrance: &Entrance, words: Words) -> Result<HttpResponse, Failure> {
    show_as(StatusCode::GONE, &ShutPage { is_desk: true, ..ShutPage::full(entrance, &Full::Unit, words) })
}

/// The same in place of the start page.
pub(super) fn full_start(public_url: &str, entrance: &Entrance, words: Words) -> Result<HttpResponse, Failure> {
    let share = Some(Share::new(public_url, entrance, words)?);
    show_as(StatusCode::OK, &ShutPage { share, ..ShutPage::full(entrance, &Full::Unit, words) })
}

/// How sentences name people of whom nothing is known.
pub(super) const EVERYBODY: &str = "everybody";

impl Entrance {
    /// To whom its pages speak, as sentences name them.
    pub(super) fn whom(&self) -> &'static str {
        self.audience().map_or(EVERYBODY, Audience::code)
    }
}

impl Words {
    /// The sentence in the wording for these people: parents are asked about “con khác”, others are not.
    pub(super) fn for_audience(&self, name: &str, audience: Option<Audience>) -> String {
        match audience {
            Some(Audience::PhuHuynh) => self.say(name),
            Some(Audience::NhanDan) => self.say(&format!("{name}-nhan-dan")),
            _ => self.say(&format!("{name}-khac")),
        }
    }
}
