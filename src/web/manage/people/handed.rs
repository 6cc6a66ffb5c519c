//! A one-time link, shown once to whoever hands it over: to copy, or to print as a slip.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::{NaiveDateTime, TimeDelta};

use crate::mail::Address;
use crate::secret::{digest, random_token};
use crate::state::State;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page;
use crate::web::respond::drawing;
use crate::web::session::Officer;

/// How long a link works: a slip that goes by post, and a weekend.
const LASTS: TimeDelta = TimeDelta::days(7);

/// A link that is about to be handed over; the database gets its hash.
#[derive(Clone)]
pub(super) struct Link {
    pub(super) url: String,
    pub(super) hash: [u8; 32],
    pub(super) until: NaiveDateTime,
}

impl Link {
    pub(super) fn new(state: &State) -> Self {
        let token = random_token();
        let url = format!("{}/link/{token}", state.public_url);
        Self { url, hash: digest(token.as_bytes()), until: state.clock.now() + LASTS }
    }
}

/// Whose link it is.
pub(super) struct Receiver {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) login: String,
    pub(super) unit: String,
}

#[derive(Template)]
#[template(path = "web/manage/people/handed.html")]
struct HandedPage {
    desk: DeskFrame,
    /// What was done.
    done: String,
    receiver: Receiver,
    url: String,
    qr: String,
    until: String,
    /// To be pasted into Zalo.
    message: String,
    /// Where the link also goes by mail.
    mailed: Option<String>,
}

/// The page with the link; it is never shown again.
pub(super) fn show(
    request: &HttpRequest,
    officer: &Officer,
    link: Link,
    receiver: Receiver,
    mailed: Option<&Address>,
    done: String,
) -> Result<HttpResponse, Failure> {
    let words = officer.words;
    let until = words.moment(link.until);
    let values = [
        ("name", receiver.name.clone()),
        ("inviter", officer.name.clone()),
        ("unit", officer.unit_name.clone()),
        ("until", until.clone()),
        ("url", link.url.clone()),
    ];
    page::show(&HandedPage {
        desk: DeskFrame::new(request, officer, Room::People),
        done,
        qr: drawing(&link.url)?,
        message: words.fill("people-message", values),
        mailed: mailed.map(|address| words.with("mail-link-sent", "address", address)),
        url: link.url,
        until,
        receiver,
    })
}
