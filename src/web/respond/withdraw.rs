//! The parent takes a form back. The secret comes in a POST, so that it stands in no address and no log.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::code::{named, words};
use crate::intake::IntakeError;
use crate::intake::withdrawal::{NotAWithdrawalCode, WithdrawalCode};
use crate::state::State;
use crate::store::{rounds, withdrawals};
use crate::survey::round::Gate;
use crate::web::error::Failure;
use crate::web::page::{show, show_as, show_too_many, whole_seconds};
use crate::web::visitor;
use crate::web::words::Words;

/// More than anybody types; the rest is not shown again.
const TYPED: usize = 60;

#[derive(Template)]
#[template(path = "web/respond/withdraw.html")]
struct WithdrawPage<'a> {
    words: Words,
    typed: &'a str,
    /// Why nothing was withdrawn; empty: nothing was asked yet.
    trouble: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "web/respond/withdraw_sure.html")]
struct SurePage<'a> {
    words: Words,
    code: &'a WithdrawalCode,
}

#[derive(Template)]
#[template(path = "web/respond/withdrawn.html")]
struct WithdrawnPage {
    words: Words,
    /// Another form may be begun in its place.
    is_open: bool,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    ma: String,
    sure: Option<String>,
    lang: Option<String>,
}

/// `GET /rut-lai`
pub(super) async fn ask(request: HttpRequest) -> Result<HttpResponse, Failure> {
    show(&WithdrawPage { words: words(&request), typed: "", trouble: None })
}

/// `POST /rut-lai`: first asks whether that is meant, for it cannot be undone. Whether there is such a form is told only
/// then, and not whether it was withdrawn before or never sent.
pub(super) async fn answer(
    request: HttpRequest,
    state: web::Data<State>,
    asked: web::Form<Asked>,
) -> Result<HttpResponse, Failure> {
    let words = named(asked.lang.as_deref());
    let code = match WithdrawalCode::parse(&asked.ma) {
        Ok(code) => code,
        Err(NotAWithdrawalCode::Receipt) => return again(Why::Receipt, words, &asked.ma),
        Err(NotAWithdrawalCode::Unreadable) => return again(Why::Unreadable, words, &asked.ma),
    };
    if asked.sure.is_none() {
        return show(&SurePage { words, code: &code });
    }
    if let Err(wait) = visitor::spend(&request, |state| &state.budgets.withdrawals) {
        let text = words.count("withdraw-crowded-text", i64::from(whole_seconds(wait)));
        let trouble = Some((words.say("withdraw-crowded-title"), text));
        return show_too_many(&WithdrawPage { words, typed: &code.groups().join(" "), trouble }, wait);
    }
    let is_open = is_open(&state, &code).await?;
    match state.withdraw(&code).await {
        Ok(true) => show(&WithdrawnPage { words, is_open }),
        Ok(false) => again(Why::Unknown, words, &asked.ma),
        Err(IntakeError::Busy) => again(Why::Busy, words, &asked.ma),
        Err(IntakeError::Store(error)) => Err(Failure::Unknown(error.to_string())),
    }
}

/// Whether the round of this form takes new ones; not, where there is no such form.
async fn is_open(state: &State, code: &WithdrawalCode) -> Result<bool, Failure> {
    let (hash, now) = (code.hash(&state.secret), state.clock.now());
    let round = state.store.read(move |db| match withdrawals::find(db, hash)? {
        Some(found) => rounds::by_id(db, found.round_id),
        None => Ok(None),
    });
    Ok(round.await?.is_some_and(|round| round.window().gate(now) == Gate::Open))
}

/// Why nothing was withdrawn.
#[derive(Debug, Clone, Copy)]
enum Why {
    Receipt,
    Unreadable,
    Unknown,
    Busy,
}

fn again(why: Why, words: Words, typed: &str) -> Result<HttpResponse, Failure> {
    let (status, name) = match why {
        Why::Receipt => (StatusCode::UNPROCESSABLE_ENTITY, "withdraw-receipt"),
        Why::Unreadable => (StatusCode::UNPROCESSABLE_ENTITY, "withdraw-unreadable"),
        Why::Unknown => (StatusCode::NOT_FOUND, "withdraw-unknown"),
        Why::Busy => (StatusCode::SERVICE_UNAVAILABLE, "withdraw-busy"),
    };
    let typed: String = typed.chars().take(TYPED).collect();
    let trouble = Some((words.say(&format!("{name}-title")), words.say(&format!("{name}-text"))));
    show_as(status, &WithdrawPage { words, typed: &typed, trouble })
}
