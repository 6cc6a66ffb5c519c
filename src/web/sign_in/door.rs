//! `/sign-in` and `/sign-out`.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::NaiveDateTime;
use serde::Deserialize;

use crate::password::{self, Turn};
use crate::state::State;
use crate::store::strangers::Try;
use crate::store::{StoreError, accounts, audit, authenticators, failures, links, sessions};
use crate::survey::access::Login;
use crate::survey::audit::Action;
use crate::vietnamese;
use crate::web::error::Failure;
use crate::web::page::{self, see_other};
use crate::web::session::{self, Officer};
use crate::web::sign_in::device::{self, Counter};
use crate::web::sign_in::waiting::Page;
use crate::web::sign_in::{kept, second};
use crate::web::way_back;
use crate::web::words::Words;

/// The sign-in form.
#[derive(Template)]
#[template(path = "web/sign_in/door.html")]
struct SignInPage<'a> {
    words: Words,
    /// Not where the page answers a form: there is no such page to open.
    other_language: Option<String>,
    sent: &'a SignInForm,
    problem: Option<String>,
    /// The session ended while a form was being filled in.
    is_ended: bool,
}

/// Where the form leads afterwards.
#[derive(Deserialize)]
pub struct Back {
    #[serde(default)]
    back: String,
}

/// What the form sends.
#[derive(Default, Deserialize)]
pub struct SignInForm {
    login: String,
    password: String,
    #[serde(default)]
    back: String,
    /// What was sent after the session had ended; see [`kept`].
    #[serde(default)]
    kept: String,
}

/// `GET /sign-in`: who is signed in already goes on to where work begins.
pub async fn show(request: HttpRequest, query: web::Query<Back>) -> Result<HttpResponse, Failure> {
    if let Some(officer) = session::find(&request).await? {
        return Ok(see_other(way_back::decode(&query.back).unwrap_or_else(|| officer.home().to_owned())));
    }
    let sent = SignInForm { back: query.into_inner().back, ..SignInForm::default() };
    let mut response = page::show(&form(&request, &sent, None))?;
    let state = session::state(&request)?;
    Page::of(&request, &state).keep(&request, &state, &mut response);
    Ok(response)
}

fn form<'a>(request: &HttpRequest, sent: &'a SignInForm, problem: Option<String>) -> SignInPage<'a> {
    let other_language = (sent.kept.is_empty()).then(|| session::other_language(request));
    SignInPage { words: session::words(request), other_language, sent, problem, is_ended: false }
}

/// Somebody sent a form after the session had ended. What was sent is kept through sign-in, which leads back to the page.
///
/// # Errors
/// The template failed.
pub fn ended(request: &HttpRequest, state: &State, body: &[u8]) -> Result<HttpResponse, Failure> {
    let back = way_back::came_from(request).map_or_else(String::new, |page| way_back::encode(&page));
    let sent = SignInForm { back, kept: kept::seal(state, request.path(), body), ..SignInForm::default() };
    let page = SignInPage { other_language: None, is_ended: true, ..form(request, &sent, None) };
    page::show_as(StatusCode::UNAUTHORIZED, &page)
}

/// `POST /sign-in`
pub async fn sign_in(
    request: HttpRequest,
    state: web::Data<State>,
    form: web::Form<SignInForm>,
) -> Result<HttpResponse, Failure> {
    let page = Page::of(&request, &state);
    if let Err(wait) = page.spend(&request, &state) {
        let mut response = crowded(&request, &form, wait)?;
        page.keep(&request, &state, &mut response);
        return Ok(response);
    }
    let (outcome, page) = check(&request, &state, page, &form.login, &form.password).await?;
    match outcome {
        Outcome::Right(entered, password_hash) => {
            let account = entered.account_id;
            if state.store.read(move |db| authenticators::is_on(db, account)).await? {
                return second::ask(&request, &state, &entered, &password_hash, &form.back, &form.kept);
            }
            enter(&request, &state, entered, &form.back, &form.kept).await
        }
        outcome => {
            let mut response = refuse(&request, &form, outcome, state.clock.now())?;
            page.keep(&request, &state, &mut response);
            Ok(response)
        }
    }
}

/// Somebody who has shown who it is.
pub(super) struct Entered {
    pub(super) account_id: i64,
    pub(super) login: String,
}

/// Opens a session and leads on, to the page that was wanted or to the form that was kept.
pub(super) async fn enter(
    request: &HttpRequest,
    state: &State,
    entered: Entered,
    back: &str,
    kept: &str,
) -> Result<HttpResponse, Failure> {
    let (old, account) = (session::token_hash(request), entered.account_id);
    let (token, hash) = session::new_token();
    let now = state.clock.now();
    let is_open = state
        .store
        .write(move |db| {
            // the account may have been stopped since its password was found right
            if !accounts::is_running(db, account)? {
                return Ok(false);
            }
            forget(db, now)?;
            old.map_or(Ok(()), |old| sessions::end(db, &old))?;
            audit::note_own(db, account, Action::SignIn, now)?;
            sessions::open(db, &hash, account, now)?;
            Ok(true)
        })
        .await?;
    if !is_open {
        return Ok(see_other("/sign-in"));
    }
    let back = way_back::decode(back).unwrap_or_else(|| "/sign-in".to_owned());
    let mut response = match kept::open(state, kept) {
        Some(kept) => kept::ask(&kept, &session::csrf(state, &hash), &back, session::words(request))?,
        None => see_other(back),
    };
    session::set_cookie(&mut response, session::cookie(request, token));
    session::set_cookie(&mut response, device::cookie(request, state, &entered.login));
    Ok(response)
}

/// What came of a login and a password.
enum Outcome {
    /// With the stored form of the password, to which a second step is bound.
    Right(Entered, String),
    Wrong,
    Wait(NaiveDateTime),
    Busy,
}

/// With the page at which to go on waiting.
async fn check(
    request: &HttpRequest,
    state: &State,
    page: Page,
    typed: &str,
    password: &str,
) -> Result<(Outcome, Page), Failure> {
    let Ok(turn) = password::turn().await else { return Ok((Outcome::Busy, page)) };
    let login = typed.parse::<Login>().ok();
    // what cannot be a login is slowed down all the same: the answer tells nobody which logins exist
    let name = login.as_ref().map_or(typed, Login::as_str);
    let (name, counter) = (name.to_owned(), Counter::of(request, &state.secret, name, &page));
    let now = state.clock.now();
    let (attempt, account) = state
        .store
        .write(move |db| {
            let attempt = counter.attempt(db, now)?;
            let account = login.map_or(Ok(None), |login| accounts::by_login(db, &login))?;
            Ok((attempt, account))
        })
        .await?;
    let page = match attempt {
        Try::Wait(until) => return Ok((Outcome::Wait(until), page)),
        Try::Counted => page,
        Try::Turn => Page::after_its_turn(state),
    };
    let (id, hash) = account.map_or((None, None), |account| (Some(account.id), account.password_hash));
    if !verify(turn, password, hash.clone()).await? {
        // a name that no account has is not written down: people type passwords there
        if let Some(id) = id {
            let noted =
                state.store.write(move |db| match attempt == Try::Counted && failures::slows(db, &counter.key())? {
                    true => audit::note_own(db, id, Action::SignInBlocked, now),
                    false => Ok(()),
                });
            noted.await?;
        }
        return Ok((Outcome::Wrong, page));
    }
    state.store.write(move |db| counter.succeed(db)).await?;
    let right = |account_id| Outcome::Right(Entered { account_id, login: name }, hash.unwrap_or_default());
    Ok((id.map_or(Outcome::Wrong, right), page))
}

async fn verify(turn: Turn, password: &str, hash: Option<String>) -> Result<bool, Failure> {
    turn.verify(password.to_owned(), hash).await.map_err(|e| Failure::Unknown(e.to_string()))
}

fn refuse(
    request: &HttpRequest,
    sent: &SignInForm,
    outcome: Outcome,
    now: NaiveDateTime,
) -> Result<HttpResponse, Failure> {
    let words = session::words(request);
    let again = |problem| form(request, sent, Some(problem));
    let (status, problem) = match outcome {
        Outcome::Wait(until) => {
            let wait = (until - now).to_std().unwrap_or_default();
            return page::show_too_many(&again(wait_sentence(words, until, now)), wait);
        }
        Outcome::Busy => (StatusCode::SERVICE_UNAVAILABLE, words.say("sign-in-busy")),
        Outcome::Wrong | Outcome::Right(..) => (StatusCode::UNPROCESSABLE_ENTITY, words.say("sign-in-wrong")),
    };
    page::show_as(status, &again(problem))
}

/// Too many passwords from one address.
fn crowded(request: &HttpRequest, sent: &SignInForm, wait: Duration) -> Result<HttpResponse, Failure> {
    let problem = crowded_sentence(session::words(request), wait);
    page::show_too_many(&form(request, sent, Some(problem)), wait)
}

/// When this address may try a password again; used wherever one is asked for.
pub fn crowded_sentence(words: Words, wait: Duration) -> String {
    words.count("sign-in-crowded", i64::from(page::whole_seconds(wait)))
}

/// When a password may be tried again; used wherever one is asked for.
pub fn wait_sentence(words: Words, until: NaiveDateTime, now: NaiveDateTime) -> String {
    waiting("sign-in", words, until, now)
}

/// When the digits of the second step may be tried again.
pub fn wait_for_code_sentence(words: Words, until: NaiveDateTime, now: NaiveDateTime) -> String {
    waiting("second", words, until, now)
}

fn waiting(what: &str, words: Words, until: NaiveDateTime, now: NaiveDateTime) -> String {
    let seconds = (until - now).num_seconds().max(0) + 1;
    if seconds < 60 {
        return words.count(&format!("{what}-wait-seconds"), seconds);
    }
    let minutes = seconds.div_euclid(60) + i64::from(seconds % 60 > 0);
    let clock = vietnamese::local(until).format("%H:%M:%S").to_string();
    words.fill(&format!("{what}-wait-minutes"), [("minutes", minutes.to_string()), ("clock", clock)])
}

/// Signing in is rare enough to clean up behind those who never sign out.
fn forget(db: &mut crate::store::Db, now: NaiveDateTime) -> Result<(), StoreError> {
    sessions::forget_expired(db, now)?;
    links::forget_expired(db, now)?;
    failures::forget_old(db, now)
}

#[derive(Deserialize)]
#[doc(hidden)]
pub struct SignOutForm {
    #[serde(rename = "_csrf")]
    csrf: String,
}

/// `POST /sign-out`
pub async fn sign_out(
    request: HttpRequest,
    officer: Officer,
    state: web::Data<State>,
    form: web::Form<SignOutForm>,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&form.csrf)?;
    state.store.write(move |db| sessions::end(db, &officer.token_hash)).await?;
    let mut response = see_other("/sign-in");
    session::set_cookie(&mut response, session::no_cookie(&request));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::text::Lang;

    #[test]
    fn the_page_says_when_to_try_again() {
        let now = chrono::NaiveDate::from_ymd_opt(2026, 5, 7).unwrap().and_hms_opt(1, 0, 0).unwrap();
        let after = |seconds| wait_sentence(Words::VI, now + chrono::TimeDelta::seconds(seconds), now);
        assert!(after(14).contains("15 giây"), "{}", after(14));
        assert!(after(900).contains("16 phút") && after(900).contains("08:15:00"), "{}", after(900));
        for lang in [Words(Lang::VI), Words(Lang::EN)] {
            for seconds in [14, 900] {
                let told = wait_for_code_sentence(lang, now + chrono::TimeDelta::seconds(seconds), now);
                assert!(told.contains("Mã xác nhận") || told.contains("wrong codes"), "{told}");
            }
        }
    }
}
