//! `/manage/tokens`: tokens with which programs read the API.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{NaiveDateTime, TimeDelta};
use serde::Deserialize;

use super::token_form::{Office, TokenForm, offices};
use crate::secret::{digest, random_token};
use crate::state::State;
use crate::store::accounts;
use crate::store::tokens::{self, TokenRow};
use crate::survey::audit::Action;
use crate::vietnamese;
use crate::web::deed::Deed;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page::{self, see_other};
use crate::web::session::{self, Officer, TokenMaker};
use crate::web::visitor;
use crate::web::words::Words;
use crate::web::wrong::Wrong;

/// The tokens of this unit and those below it.
#[derive(Template)]
#[template(path = "web/manage/tokens.html")]
struct TokensPage {
    desk: DeskFrame,
    rows: Vec<Row>,
    /// Where a token can read: one's own unit and those below it.
    offices: Vec<Office>,
    /// What was typed, when it has to be typed again.
    typed: TokenForm,
    wrong: Wrong,
    /// A form that is sent twice makes one token.
    nonce: String,
    /// The name and the text of the token just made: shown here and never again.
    made: Option<(String, String)>,
    done: Option<String>,
}

/// How long the browser keeps a new token before it has been shown.
const SHOWN_WITHIN: Duration = Duration::minutes(2);

/// One token as the page shows it.
struct Row {
    id: i64,
    name: String,
    scopes: String,
    unit: String,
    expires: String,
    /// Why it is no longer taken; empty: it is.
    ended: Option<String>,
}

impl Row {
    fn new(token: TokenRow, words: Words, now: NaiveDateTime) -> Self {
        let day = |utc: NaiveDateTime| vietnamese::date(vietnamese::local(utc).date());
        // a token ends with its last day; the moment stored is the midnight after it
        let last = |utc: NaiveDateTime| day(utc - chrono::TimeDelta::microseconds(1));
        let ended = match token.revoked_at {
            Some(at) => Some(words.with("token-revoked-on", "date", day(at))),
            None => (!token.is_valid(now)).then(|| words.say("token-expired")),
        };
        let scopes: Vec<_> = token.scopes.iter().map(|scope| words.say(&format!("scope-{scope}"))).collect();
        Self {
            id: token.id,
            name: token.name,
            scopes: scopes.join(", "),
            unit: token.unit_name,
            expires: token.expires_at.map_or_else(|| words.say("token-no-expiry"), last),
            ended,
        }
    }
}

/// What happened just before.
#[derive(Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

/// `GET /manage/tokens`
pub async fn show(
    request: HttpRequest,
    officer: TokenMaker,
    state: web::Data<State>,
    query: web::Query<Done>,
) -> Result<HttpResponse, Failure> {
    let made = just_made(&request, &state).await?;
    let done = ["revoked", "made-before"].into_iter().find(|done| *done == query.done);
    let done = done.map(|done| officer.words.say(&format!("token-done-{done}")));
    let is_made = made.is_some();
    let mut response = page::show(&TokensPage { made, done, ..load(&request, &officer, &state).await? })?;
    if is_made {
        let mut shown = cookie(&request, String::new());
        shown.make_removal();
        session::set_cookie(&mut response, shown);
    }
    Ok(response)
}

/// The token that the browser brings along once.
async fn just_made(request: &HttpRequest, state: &State) -> Result<Option<(String, String)>, Failure> {
    let Some(token) = request.cookie(COOKIE).map(|cookie| cookie.value().to_owned()) else { return Ok(None) };
    let (hash, now) = (digest(token.as_bytes()), state.clock.now());
    let found = state.store.read(move |db| tokens::find(db, &hash, now)).await?;
    Ok(found.map(|known| (known.name, token)))
}

const COOKIE: &str = "new_token";

/// Carries a new token from the answer that made it to the page that shows it: nothing here stores tokens.
fn cookie(request: &HttpRequest, token: String) -> Cookie<'static> {
    Cookie::build(COOKIE, token)
        .path("/manage/tokens")
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(visitor::is_https(request))
        .max_age(SHOWN_WITHIN)
        .finish()
}

async fn load(request: &HttpRequest, officer: &Officer, state: &State) -> Result<TokensPage, Failure> {
    let (reader, now, today) = (officer.clone(), state.clock.now(), state.clock.today());
    let (rows, offices) = state
        .store
        .read(move |db| {
            let mut mine = Vec::new();
            for row in tokens::list(db)? {
                if reader.may_manage(&accounts::line_of(db, row.unit_id)?) {
                    mine.push(row);
                }
            }
            Ok((mine, offices(db, reader.post(), today)?))
        })
        .await?;
    let typed = TokenForm { unit: officer.unit_code.clone(), aggregates: Some(String::new()), ..TokenForm::default() };
    Ok(TokensPage {
        desk: DeskFrame::new(request, officer, Room::Tokens),
        rows: rows.into_iter().map(|row| Row::new(row, officer.words, now)).collect(),
        offices,
        typed,
        wrong: Wrong::default(),
        nonce: random_token(),
        made: None,
        done: None,
    })
}

/// `POST /manage/tokens`: makes the token of this page and leads to the page that shows it once. The token follows from the
/// session and the page's nonce, so that a second press finds the first one's.
pub async fn add(
    request: HttpRequest,
    officer: TokenMaker,
    state: web::Data<State>,
    sent: web::Form<TokenForm>,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&sent.csrf)?;
    let (token, hash) = state.secret.api_token(&[&officer.token_hash, sent.nonce.as_bytes()]);
    match make(&officer, &state, &sent, hash).await? {
        Err(wrong) => {
            let typed = sent.into_inner();
            let page = TokensPage { wrong, typed, ..load(&request, &officer, &state).await? };
            page::show_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Ok(Made::Before) => Ok(see_other("/manage/tokens?done=made-before")),
        Ok(Made::Now) => {
            let mut response = see_other("/manage/tokens");
            session::set_cookie(&mut response, cookie(&request, token));
            Ok(response)
        }
    }
}

/// Whether the token is new.
enum Made {
    /// By this press, or by one a moment ago whose answer the browser threw away.
    Now,
    /// The page is an old one.
    Before,
}

async fn make(
    officer: &Officer,
    state: &State,
    form: &TokenForm,
    hash: [u8; 32],
) -> Result<Result<Made, Wrong>, Failure> {
    let (officer, form, now) = (officer.clone(), form.clone(), state.clock.now());
    let made = state.store.write(move |db| match form.parse(db, &officer, now)? {
        Ok(new) => {
            tokens::add(db, &hash, &new, now)?;
            let deed = Deed::with(Action::TokenMade, new.scopes.iter().map(|scope| scope.code()));
            officer.note(db, now, new.unit_id, deed, &new.name)?;
            Ok(Ok(Made::Now))
        }
        Err(wrong) => Ok(Err(wrong)),
    });
    match made.await {
        Err(error) if error.is_duplicate() => {
            let made_at = state.store.read(move |db| tokens::made_at(db, &hash)).await?;
            let is_fresh = made_at.is_some_and(|at| now - at < TimeDelta::minutes(1));
            Ok(Ok(if is_fresh { Made::Now } else { Made::Before }))
        }
        made => Ok(made?),
    }
}

/// A form with nothing in it but its proof.
#[derive(Deserialize)]
pub struct PlainForm {
    #[serde(rename = "_csrf")]
    csrf: String,
}

/// `POST /manage/tokens/{id}/revoke`
pub async fn revoke(
    officer: TokenMaker,
    state: web::Data<State>,
    id: web::Path<i64>,
    sent: web::Form<PlainForm>,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&sent.csrf)?;
    let (id, now) = (id.into_inner(), state.clock.now());
    let known = state
        .store
        .write(move |db| {
            let Some(unit) = tokens::unit_of(db, id)? else { return Ok(false) };
            if !officer.may_manage(&accounts::line_of(db, unit)?) {
                return Ok(false);
            }
            // revoked already: all the same
            tokens::revoke(db, id, now)?;
            officer.note(db, now, unit, Action::TokenRevoked, &id.to_string()).map(|()| true)
        })
        .await?;
    if known { Ok(see_other("/manage/tokens?done=revoked")) } else { Err(Failure::NotFound) }
}
