//! `/sign-in/code`: the second step, for accounts that have one. Between the two steps nothing is stored: the page carries
//! who typed the right password, sealed for a few minutes.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{DateTime, NaiveDateTime, TimeDelta};
use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;

use crate::authenticator::{Shared, recovery_hash};
use crate::secret::{Secret, same};
use crate::state::State;
use crate::store::failures::{self, Attempt};
use crate::store::{Db, StoreError, accounts, audit, authenticators};
use crate::survey::audit::Action;
use crate::web::error::Failure;
use crate::web::page::{self, see_other};
use crate::web::session;
use crate::web::sign_in::door::{self, Entered, wait_for_code_sentence};
use crate::web::visitor;
use crate::web::words::Words;

/// Whoever looks for the telephone longer than this types the password again.
const GOOD_FOR: TimeDelta = TimeDelta::minutes(10);

#[derive(Template)]
#[template(path = "web/sign_in/second.html")]
struct SecondPage<'a> {
    words: Words,
    other_language: Option<String>,
    ticket: &'a str,
    back: &'a str,
    kept: &'a str,
    problem: Option<String>,
}

/// What the page sends.
#[derive(Deserialize)]
pub struct SecondForm {
    ticket: String,
    digits: String,
    #[serde(default)]
    back: String,
    #[serde(default)]
    kept: String,
}

/// Somebody who typed the right password.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Ticket {
    account_id: i64,
    login: String,
}

impl Ticket {
    /// The seal covers the password that was right: after another one was set the ticket is worth nothing.
    fn seal(&self, secret: &Secret, password_hash: &str, now: NaiveDateTime) -> String {
        let text = format!("{}\n{}\n{}", now.and_utc().timestamp(), self.account_id, self.login);
        let mac = secret.mac("second step", &[text.as_bytes(), password_hash.as_bytes()]);
        BASE64URL_NOPAD.encode(&[&mac[..], text.as_bytes()].concat())
    }

    fn open(db: &mut Db, secret: &Secret, sealed: &str, now: NaiveDateTime) -> Result<Option<Self>, StoreError> {
        let Some((mac, text, at, ticket)) = Self::read(sealed) else { return Ok(None) };
        let password = accounts::password_hash(db, ticket.account_id)?.unwrap_or_default();
        let is_ours = same(&mac, &secret.mac("second step", &[text.as_bytes(), password.as_bytes()]));
        let is_fresh = now - at < GOOD_FOR && at <= now;
        Ok(Some(ticket).filter(|_| is_ours && is_fresh))
    }

    fn read(sealed: &str) -> Option<(Vec<u8>, String, NaiveDateTime, Self)> {
        let bytes = BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?;
        let (mac, text) = bytes.split_at_checked(32)?;
        let text = std::str::from_utf8(text).ok()?;
        let mut lines = text.splitn(3, '\n');
        let at = DateTime::from_timestamp(lines.next()?.parse().ok()?, 0)?.naive_utc();
        let ticket = Self { account_id: lines.next()?.parse().ok()?, login: lines.next()?.to_owned() };
        Some((mac.to_vec(), text.to_owned(), at, ticket))
    }
}

/// The page that asks for the digits, after the right password.
pub(super) fn ask(
    request: &HttpRequest,
    state: &State,
    entered: &Entered,
    password_hash: &str,
    back: &str,
    kept: &str,
) -> Result<HttpResponse, Failure> {
    let ticket = Ticket { account_id: entered.account_id, login: entered.login.clone() };
    let ticket = ticket.seal(&state.secret, password_hash, state.clock.now());
    page::show(&form(request, &ticket, back, kept, None))
}

fn form<'a>(
    request: &HttpRequest,
    ticket: &'a str,
    back: &'a str,
    kept: &'a str,
    problem: Option<String>,
) -> SecondPage<'a> {
    SecondPage { words: session::words(request), other_language: None, ticket, back, kept, problem }
}

/// What came of digits.
enum Outcome {
    Right(Ticket),
    Wrong,
    Wait(NaiveDateTime),
    /// The page is too old, or not ours.
    Over,
}

/// `GET /sign-in/code`: a reload, after the page was closed.
pub(super) async fn again() -> HttpResponse {
    see_other("/sign-in")
}

/// `POST /sign-in/code`
pub(super) async fn check(
    request: HttpRequest,
    state: web::Data<State>,
    sent: web::Form<SecondForm>,
) -> Result<HttpResponse, Failure> {
    if let Err(wait) = visitor::spend(&request, |state| &state.budgets.passwords) {
        let problem = session::words(&request).count("second-crowded", i64::from(page::whole_seconds(wait)));
        return page::show_too_many(&form(&request, &sent.ticket, &sent.back, &sent.kept, Some(problem)), wait);
    }
    let (secret, ticket, digits, now) =
        (state.secret.clone(), sent.ticket.clone(), sent.digits.clone(), state.clock.now());
    let outcome = state.store.write(move |db| take(db, &secret, &ticket, &digits, now)).await?;
    let words = session::words(&request);
    let (status, problem) = match outcome {
        Outcome::Right(Ticket { account_id, login }) => {
            let entered = Entered { account_id, login };
            return door::enter(&request, &state, entered, &sent.back, &sent.kept).await;
        }
        Outcome::Over => return Ok(see_other("/sign-in")),
        Outcome::Wrong => (StatusCode::UNPROCESSABLE_ENTITY, words.say("second-wrong")),
        Outcome::Wait(until) => (StatusCode::TOO_MANY_REQUESTS, wait_for_code_sentence(words, until, now)),
    };
    page::show_as(status, &form(&request, &sent.ticket, &sent.back, &sent.kept, Some(problem)))
}

fn take(db: &mut Db, secret: &Secret, sealed: &str, digits: &str, now: NaiveDateTime) -> Result<Outcome, StoreError> {
    let Some(ticket) = Ticket::open(db, secret, sealed, now)? else { return Ok(Outcome::Over) };
    let key = secret.mac("second step failure", &[&ticket.account_id.to_le_bytes()]);
    if let Attempt::Wait(until) = failures::attempt(db, &key, now)? {
        return Ok(Outcome::Wait(until));
    }
    if !is_right(db, secret, ticket.account_id, digits, now)? {
        // whoever gets here knows the password
        if failures::slows(db, &key)? {
            audit::note_own(db, ticket.account_id, Action::CodesWrong, now)?;
        }
        return Ok(Outcome::Wrong);
    }
    failures::clear(db, &key)?;
    Ok(Outcome::Right(ticket))
}

/// Takes the digits of the telephone, or a code on paper; either is good once.
///
/// # Errors
/// The database failed.
pub fn is_right(
    db: &mut Db,
    secret: &Secret,
    account_id: i64,
    typed: &str,
    now: NaiveDateTime,
) -> Result<bool, StoreError> {
    let Some(known) = authenticators::find(db, account_id)? else { return Ok(false) };
    let step = Shared::open(secret, account_id, &known.sealed)
        .and_then(|shared| shared.step_of(typed, now.and_utc().timestamp()));
    match step {
        Some(step) => authenticators::take_step(db, account_id, step),
        None => authenticators::take_code(db, account_id, &recovery_hash(secret, account_id, typed)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{at, store_with_account};

    #[test]
    fn a_ticket_opens_for_ten_minutes_and_not_after_another_password() {
        let (_database, store, account_id) = store_with_account();
        let secret = Secret::parse(&"5a".repeat(32)).unwrap();
        let set = |hash: &'static str| store.write_now(|db| accounts::set_password(db, account_id, hash)).unwrap();
        set("one");
        let ticket = Ticket { account_id, login: "an.nguyen".into() };
        let sealed = ticket.seal(&secret, "one", at(0));
        let open = |text: &str, seconds| store.read_now(|db| Ticket::open(db, &secret, text, at(seconds))).unwrap();
        assert_eq!(open(&sealed, 599), Some(ticket));
        assert_eq!((open(&sealed, 600), open("", 1), open(&sealed[1..], 1)), (None, None, None));
        set("two");
        assert_eq!(open(&sealed, 1), None);
    }
}
