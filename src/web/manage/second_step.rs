//! `/manage/account/codes`: turning the second step of signing in on and off, for one's own account.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::account;
use crate::authenticator::{Shared, recovery_codes, recovery_hash};
use crate::state::State;
use crate::store::failures::{self, Attempt};
use crate::store::{audit, authenticators};
use crate::survey::audit::Action;
use crate::web::account_news::{News, Told};
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page::{self, see_other};
use crate::web::respond::drawing;
use crate::web::session::Officer;
use crate::web::sign_in::door::wait_for_code_sentence;
use crate::web::sign_in::second::is_right;
use crate::web::wrong::Wrong;

/// What is scanned with the app, and a field to try it.
#[derive(Template)]
#[template(path = "web/manage/second_step.html")]
struct TryPage {
    desk: DeskFrame,
    qr: String,
    text: String,
    wrong: Wrong,
}

/// The codes on paper, shown once.
#[derive(Template)]
#[template(path = "web/manage/second_step_on.html")]
struct OnPage {
    desk: DeskFrame,
    codes: Vec<String>,
}

/// A form with digits, or with nothing but its proof.
#[derive(Deserialize)]
pub struct DigitsForm {
    #[serde(rename = "_csrf")]
    csrf: String,
    #[serde(default)]
    digits: String,
}

/// `GET` of any of these addresses: a reload.
pub async fn elsewhere() -> HttpResponse {
    see_other("/manage/account")
}

/// `POST /manage/account/codes`: something new to share with a telephone; nothing changes before it was tried.
pub async fn begin(
    request: HttpRequest,
    officer: Officer,
    state: web::Data<State>,
    sent: web::Form<DigitsForm>,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&sent.csrf)?;
    let (account, shared) = (officer.account_id, Shared::new());
    let sealed = shared.seal(&state.secret, account).ok_or_else(|| Failure::Unknown("sealing failed".to_owned()))?;
    if !state.store.write(move |db| authenticators::begin(db, account, &sealed)).await? {
        return Ok(see_other("/manage/account"));
    }
    page::show(&trial(&request, &officer, &shared, Wrong::default())?)
}

fn trial(request: &HttpRequest, officer: &Officer, shared: &Shared, wrong: Wrong) -> Result<TryPage, Failure> {
    Ok(TryPage {
        desk: DeskFrame::new(request, officer, Room::Account),
        qr: drawing(&shared.address(&officer.login))?,
        text: shared.text(),
        wrong,
    })
}

/// `POST /manage/account/codes/confirm`: the digits are right, so signing in asks for them from now on.
pub async fn confirm(
    request: HttpRequest,
    officer: Officer,
    state: web::Data<State>,
    sent: web::Form<DigitsForm>,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&sent.csrf)?;
    let (account, now, secret) = (officer.account_id, state.clock.now(), state.secret.clone());
    let known = state.store.read(move |db| authenticators::find(db, account)).await?;
    let known = known.filter(|known| known.confirmed_at.is_none());
    let Some(shared) = known.and_then(|known| Shared::open(&secret, account, &known.sealed)) else {
        return Ok(see_other("/manage/account"));
    };
    let Some(step) = shared.step_of(&sent.digits, now.and_utc().timestamp()) else {
        let wrong = Wrong::one("digits", officer.words.say("second-wrong"));
        return page::show_as(StatusCode::UNPROCESSABLE_ENTITY, &trial(&request, &officer, &shared, wrong)?);
    };
    let codes = recovery_codes();
    let hashes: Vec<[u8; 32]> = codes.iter().map(|code| recovery_hash(&secret, account, code)).collect();
    let confirmed = state.store.write(move |db| {
        // two presses at once: the digits are taken by one of them
        if authenticators::is_on(db, account)? || !authenticators::take_step(db, account, step)? {
            return Ok(false);
        }
        authenticators::confirm(db, account, &hashes, now)?;
        audit::note_own(db, account, Action::CodesOn, now).map(|()| true)
    });
    if !confirmed.await? {
        return Ok(see_other("/manage/account"));
    }
    page::show(&OnPage { desk: DeskFrame::new(&request, &officer, Room::Account), codes })
}

/// `POST /manage/account/codes/off`: with the digits once more, so that a desk left open is not enough.
pub async fn off(
    request: HttpRequest,
    officer: Officer,
    state: web::Data<State>,
    sent: web::Form<DigitsForm>,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&sent.csrf)?;
    let (account, now, secret, words) = (officer.account_id, state.clock.now(), state.secret.clone(), officer.words);
    let digits = sent.digits.clone();
    let done = state.store.write(move |db| {
        let key = secret.mac("second step failure", &[&account.to_le_bytes()]);
        if let Attempt::Wait(until) = failures::attempt(db, &key, now)? {
            return Ok(Err(wait_for_code_sentence(words, until, now)));
        }
        if !is_right(db, &secret, account, &digits, now)? {
            return Ok(Err(words.say("second-wrong")));
        }
        failures::clear(db, &key)?;
        authenticators::remove(db, account)?;
        Told { secret: &secret, words, by: None, now }.tell(db, account, News::CodesGone)?;
        audit::note_own(db, account, Action::CodesOff, now).map(Ok)
    });
    match done.await? {
        Ok(()) => Ok(see_other("/manage/account?done=codes-off")),
        Err(sentence) => account::refused(&request, &officer, &state, Wrong::one("digits", sentence)).await,
    }
}
