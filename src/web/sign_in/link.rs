//! `/link/{token}`: the one-time link that sets a password.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::password;
use crate::secret::digest;
use crate::state::State;
use crate::store::links::LinkOwner;
use crate::store::{accounts, audit, authenticators, links, sessions};
use crate::survey::access::{PASSWORD_LENGTH, WeakPassword, check_password};
use crate::survey::audit::Action;
use crate::vietnamese;
use crate::web::account_news::{News, Told};
use crate::web::error::Failure;
use crate::web::page::{self, see_other};
use crate::web::session;
use crate::web::sign_in::device;
use crate::web::words::Words;
use crate::web::wrong::Wrong;

/// The form for a new password.
#[derive(Template)]
#[template(path = "web/sign_in/link.html")]
struct LinkPage<'a> {
    words: Words,
    other_language: Option<String>,
    owner: &'a LinkOwner,
    rule: String,
    wrong: Wrong,
}

/// The link is used, out of date or not one of ours: the page does not say which.
#[derive(Template)]
#[template(path = "web/sign_in/link_gone.html")]
struct LinkGonePage {
    words: Words,
    other_language: Option<String>,
}

/// A new password, typed twice.
#[derive(Deserialize)]
pub struct NewPassword {
    password: String,
    again: String,
}

/// What is wrong with a new password, in the fields `password` and `again`.
pub fn new_password_wrong(words: Words, login: &str, password: &str, again: &str) -> Wrong {
    let mut wrong = Wrong::default();
    if let Err(weak) = check_password(password, login) {
        let sentence = match weak {
            WeakPassword::Short => words.count("password-short", PASSWORD_LENGTH as i64),
            WeakPassword::Login => words.say("password-login"),
            WeakPassword::Common => words.say("password-common"),
        };
        wrong.add("password", sentence);
    }
    if vietnamese::nfc(password) != vietnamese::nfc(again) {
        wrong.add("again", words.say("password-differs"));
    }
    wrong
}

/// `GET /link/{token}`: shows the form and leaves the link as it is.
pub async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    token: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    match owner(&state, &token).await? {
        Some(owner) => page::show(&form(&request, &owner, Wrong::default())),
        None => gone(&request),
    }
}

/// `POST /link/{token}`: sets the password, uses the link up and signs in.
pub async fn set_password(
    request: HttpRequest,
    state: web::Data<State>,
    token: web::Path<String>,
    sent: web::Form<NewPassword>,
) -> Result<HttpResponse, Failure> {
    let words = session::words(&request);
    let Some(owner) = owner(&state, &token).await? else { return gone(&request) };
    let wrong = new_password_wrong(words, &owner.login, &sent.password, &sent.again);
    if !wrong.is_empty() {
        return page::show_as(StatusCode::UNPROCESSABLE_ENTITY, &form(&request, &owner, wrong));
    }
    let Ok(turn) = password::turn().await else {
        let busy = Wrong::one("password", words.say("sign-in-busy"));
        return page::show_as(StatusCode::SERVICE_UNAVAILABLE, &form(&request, &owner, busy));
    };
    let hash = turn.hash(sent.password.clone()).await.map_err(|e| Failure::Unknown(e.to_string()))?;
    match use_up(&state, words, &token, hash).await? {
        Used::SignedIn(session_token) => {
            let mut response = see_other("/sign-in");
            session::set_cookie(&mut response, session::cookie(&request, session_token));
            session::set_cookie(&mut response, device::cookie(&request, &state, &owner.login));
            Ok(response)
        }
        // the telephone is asked for as well: whoever found a link has no telephone
        Used::Set => Ok(see_other("/sign-in")),
        Used::Gone => gone(&request),
    }
}

async fn owner(state: &State, token: &str) -> Result<Option<LinkOwner>, Failure> {
    let (hash, now) = (digest(token.as_bytes()), state.clock.now());
    Ok(state.store.read(move |db| links::owner(db, &hash, now)).await?)
}

/// What came of a link.
enum Used {
    /// The password is set, and this is the token of a session.
    SignedIn(String),
    /// The password is set; signing in takes a second step.
    Set,
    /// Somebody was faster, or the time has run out.
    Gone,
}

/// All or nothing: the link, the password, and a session for whoever set it.
async fn use_up(state: &State, words: Words, link: &str, password_hash: String) -> Result<Used, Failure> {
    let (link_hash, now, secret) = (digest(link.as_bytes()), state.clock.now(), state.secret.clone());
    let (token, token_hash) = session::new_token();
    let done = state
        .store
        .write(move |db| {
            let Some(account) = links::use_up(db, &link_hash, now)? else { return Ok(Used::Gone) };
            accounts::set_password(db, account, &password_hash)?;
            audit::note_own(db, account, Action::LinkUsed, now)?;
            Told { secret: &secret, words, by: None, now }.tell(db, account, News::PasswordSet)?;
            if authenticators::is_on(db, account)? {
                return Ok(Used::Set);
            }
            sessions::open(db, &token_hash, account, now)?;
            Ok(Used::SignedIn(token))
        })
        .await?;
    Ok(done)
}

fn form<'a>(request: &HttpRequest, owner: &'a LinkOwner, wrong: Wrong) -> LinkPage<'a> {
    let words = session::words(request);
    LinkPage {
        words,
        other_language: Some(session::other_language(request)),
        owner,
        rule: words.count("password-rule", PASSWORD_LENGTH as i64),
        wrong,
    }
}

fn gone(request: &HttpRequest) -> Result<HttpResponse, Failure> {
    let page = LinkGonePage { words: session::words(request), other_language: Some(session::other_language(request)) };
    page::show_as(StatusCode::GONE, &page)
}
