//! The parent again: whether a form was received, by its receipt. Told are the round, its closing time and what comes next –
//! never an answer, a school or a day. The receipt comes in a POST, so that it stands in no address and no log.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::code::{named, words};
use crate::intake::receipt::Receipt;
use crate::state::State;
use crate::store::rounds::{self, RoundRow};
use crate::web::error::Failure;
use crate::web::page::{show, show_as};
use crate::web::words::Words;

/// More than anybody types; the rest is not shown again.
const TYPED: usize = 60;

#[derive(Template)]
#[template(path = "web/respond/track.html")]
struct TrackPage<'a> {
    words: Words,
    typed: &'a str,
    /// Why there is nothing to tell; empty: nothing was asked yet.
    trouble: Option<Trouble>,
}

struct Trouble {
    title: String,
    text: String,
}

#[derive(Template)]
#[template(path = "web/respond/tracked.html")]
struct TrackedPage {
    words: Words,
    round: RoundRow,
    owner: String,
    closes: String,
    is_closed: bool,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    ma: String,
    lang: Option<String>,
}

/// `GET /tra-cuu`
pub(super) async fn ask(request: HttpRequest) -> Result<HttpResponse, Failure> {
    show(&TrackPage { words: words(&request), typed: "", trouble: None })
}

/// `POST /tra-cuu`
pub(super) async fn answer(state: web::Data<State>, asked: web::Form<Asked>) -> Result<HttpResponse, Failure> {
    let words = named(asked.lang.as_deref());
    let Some(receipt) = Receipt::parse(&asked.ma) else { return unreadable(words, &asked.ma) };
    let hash = receipt.hash();
    let found = state.store.read(move |db| {
        let Some(round) = rounds::of_receipt(db, &hash)? else { return Ok(None) };
        Ok(Some((rounds::owner_name(db, round.owner_id)?, round)))
    });
    match found.await? {
        Some((owner, round)) => {
            let (closes, is_closed) = (words.moment(round.closes_at), round.closes_at <= state.clock.now());
            show(&TrackedPage { words, round, owner, closes, is_closed })
        }
        None => unknown(words, &asked.ma),
    }
}

/// Not a receipt: too short, too long, or with letters that none has.
fn unreadable(words: Words, typed: &str) -> Result<HttpResponse, Failure> {
    let signs = typed.chars().filter(|c| c.is_alphanumeric()).count();
    let text = words.with("track-unreadable-text", "signs", signs);
    again(StatusCode::UNPROCESSABLE_ENTITY, words, typed, Trouble { title: words.say("track-unreadable-title"), text })
}

fn unknown(words: Words, typed: &str) -> Result<HttpResponse, Failure> {
    let text = words.say("track-unknown-text");
    again(StatusCode::NOT_FOUND, words, typed, Trouble { title: words.say("track-unknown-title"), text })
}

fn again(status: StatusCode, words: Words, typed: &str, trouble: Trouble) -> Result<HttpResponse, Failure> {
    let typed: String = typed.chars().take(TYPED).collect();
    show_as(status, &TrackPage { words, typed: &typed, trouble: Some(trouble) })
}
