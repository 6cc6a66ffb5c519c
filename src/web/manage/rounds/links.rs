//! `/manage/rounds/{slug}/links`: the codes of a round, and a message to paste.

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::fields::Fields;
use super::{change, read};
use crate::state::State;
use crate::store::collectors;
use crate::store::rounds::RoundRow;
use crate::survey::code::Channel;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page::{self, see_other};
use crate::web::respond::address;
use crate::web::session::Steering;

/// The links of a round.
#[derive(Template)]
#[template(path = "web/manage/rounds/links.html")]
struct LinksPage {
    desk: DeskFrame,
    round: RoundRow,
    rows: Vec<Row>,
}

struct Row {
    id: i64,
    unit_id: i64,
    unit_name: String,
    channel: String,
    channel_name: String,
    code: String,
    url: String,
    message: String,
    is_revoked: bool,
}

/// `GET …/links`
pub(super) async fn show(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    let (round, codes) =
        read(&state, &officer, &slug, |db, round| Ok((round.clone(), collectors::of_round(db, round.id)?))).await?;
    let words = officer.words;
    let closes = words.moment(round.closes_at);
    let rows = codes
        .into_iter()
        .map(|row| {
            let url = row.code.parse().map_or_else(|_| String::new(), |code| address(&state.public_url, code));
            let message = words.fill(
                "links-message-text",
                [("unit", row.unit_name.clone()), ("url", url.clone()), ("closes", closes.clone())],
            );
            Row {
                id: row.id,
                unit_id: row.unit_id,
                channel_name: words.say(&format!("channel-{}", row.channel)),
                channel: row.channel,
                unit_name: row.unit_name,
                code: row.code,
                url,
                message,
                is_revoked: row.revoked_at.is_some(),
            }
        })
        .collect();
    page::show(&LinksPage { desk: DeskFrame::new(&request, &officer, Room::Rounds), round, rows })
}

fn back(slug: &str) -> HttpResponse {
    see_other(format!("/manage/rounds/{slug}/links"))
}

/// `POST …/links/revoke`: a lost or copied poster.
pub(super) async fn revoke(
    officer: Steering,
    state: web::Data<State>,
    slug: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::read(&body);
    officer.check_csrf(fields.one("_csrf"))?;
    let (id, now) = (fields.number("id"), state.clock.now());
    let done = change(&state, &officer, &slug, move |db, round| {
        let own = collectors::of_round(db, round.id)?.into_iter().find(|row| Some(row.id) == id);
        match own {
            Some(row) => collectors::revoke(db, row.id, now).map(Ok),
            None => Ok(Err("targets-wrong")),
        }
    })
    .await?;
    match done {
        Ok(()) => Ok(back(&slug)),
        Err(name) => Err(Failure::Bad(officer.words.say(name))),
    }
}

/// `POST …/links/add`: a new code for a unit and channel that the round has.
pub(super) async fn add(
    officer: Steering,
    state: web::Data<State>,
    slug: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::read(&body);
    officer.check_csrf(fields.one("_csrf"))?;
    let (unit_id, channel, now) = (fields.number("unit"), Channel::from_code(fields.one("channel")), state.clock.now());
    let done = change(&state, &officer, &slug, move |db, round| {
        let rows = collectors::of_round(db, round.id)?;
        match (rows.into_iter().find(|row| Some(row.unit_id) == unit_id), channel) {
            (Some(row), Some(channel)) => collectors::insert(db, round.id, row.unit_id, channel, now).map(|_| Ok(())),
            _ => Ok(Err("targets-wrong")),
        }
    })
    .await?;
    match done {
        Ok(()) => Ok(back(&slug)),
        Err(name) => Err(Failure::Bad(officer.words.say(name))),
    }
}
