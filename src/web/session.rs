//! Who is signed in: the session cookie, the rights that come with it, and what protects both.
//!
//! A handler of a staff page takes an [`Officer`] (anybody signed in) or one with a right, such as [`Planner`]: from then on
//! the request acts with that right, and [`Officer::may_manage`] and [`Officer::reach`] are about it. Before it changes
//! anything it calls [`Officer::check_csrf`] with the form's `_csrf`. [`crate::web::guard`] stands before all of them.

use std::collections::HashSet;
use std::future::Future;
use std::pin::Pin;

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use chrono::NaiveDateTime;

use crate::secret::{digest, random_token, same};
use crate::state::State;
use crate::store::sessions::{self, SignedIn};
use crate::store::{Db, StoreError, alerts, units};
use crate::survey::access::{self, Grants, Right};
use crate::survey::code::UnitNature;
use crate::survey::text::Lang;
use crate::web::error::Failure;
use crate::web::words::Words;
use crate::web::{visitor, way_back};

pub use crate::web::officers::*;

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct Officer {
    /// The account.
    pub account_id: i64,
    /// Its login.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The unit that the account belongs to.
    pub unit_id: i64,
    /// The unit's code.
    pub unit_code: String,
    /// The unit's name.
    pub unit_name: String,
    /// What the unit is.
    pub unit_nature: UnitNature,
    /// What was granted to the account.
    pub grants: Grants,
    /// The right with which this request acts; none: whoever is signed in may do it.
    acting: Option<Right>,
    /// What each form of this session carries in its hidden field `_csrf`.
    pub csrf: String,
    /// The stored form of the session's token.
    pub token_hash: [u8; 32],
    /// The language of the pages.
    pub words: Words,
    /// How many opinions wait to be read by somebody of this unit.
    pub waiting: i64,
}

impl Officer {
    fn new((who, waiting): (SignedIn, i64), token_hash: [u8; 32], csrf: String, words: Words) -> Self {
        Self {
            account_id: who.account_id,
            login: who.login,
            name: who.name,
            unit_id: who.unit_id,
            unit_code: who.unit_code,
            unit_name: who.unit_name,
            unit_nature: who.unit_nature,
            grants: who.grants,
            acting: None,
            csrf,
            token_hash,
            words,
            waiting,
        }
    }

    /// Whether this account may do this anywhere.
    pub fn may(&self, right: Right) -> bool {
        self.grants.may_somewhere(right)
    }

    /// Whether this account may do this to what belongs to the first of these units, each followed by those above it.
    pub fn may_at(&self, right: Right, owner_line: &[i64]) -> bool {
        self.grants.may(right, owner_line)
    }

    /// Whether the right with which this request acts reaches what belongs to the first of these units.
    pub fn may_manage(&self, owner_line: &[i64]) -> bool {
        self.acting.is_some_and(|right| self.may_at(right, owner_line))
    }

    /// All units that the right reaches with which this request acts.
    ///
    /// # Errors
    /// The database failed.
    pub fn reach(&self, db: &mut Db) -> Result<HashSet<i64>, StoreError> {
        let roots: Vec<i64> = self.acting.into_iter().flat_map(|right| self.grants.roots(right)).collect();
        units::subtrees(db, &roots)
    }

    /// The units for whose people this officer may enter forms; see [`access::assists_below`]. Officers of offices do so where
    /// their right reaches; the Front, whose bodies stand beside the schools, below the office above it.
    ///
    /// # Errors
    /// The database failed.
    pub fn assists(&self, db: &mut Db) -> Result<HashSet<i64>, StoreError> {
        let Some(above) = access::assists_below(self.unit_nature, &units::line(db, self.unit_id)?) else {
            return Ok(HashSet::new());
        };
        if self.unit_nature.watches() { units::subtree(db, above) } else { self.reach(db) }
    }

    /// The unit for which this request acts: one's own where the right begins there, otherwise the first where it does.
    pub fn post(&self) -> i64 {
        let mut roots = self.acting.into_iter().flat_map(|right| self.grants.roots(right)).peekable();
        let first = roots.peek().copied();
        if roots.any(|unit| unit == self.unit_id) { self.unit_id } else { first.unwrap_or(self.unit_id) }
    }

    /// Refuses whoever may not do this anywhere, and acts with that right from then on.
    ///
    /// # Errors
    /// [`Failure::Forbidden`]
    pub fn acting(self, right: Right) -> Result<Self, Failure> {
        if self.may(right) { Ok(Self { acting: Some(right), ..self }) } else { Err(Failure::Forbidden) }
    }

    /// Where this officer's work begins.
    pub fn home(&self) -> &'static str {
        const ROOMS: [(Right, &str); 5] = [
            (Right::See, "/manage"),
            (Right::Opinions, "/manage/alerts"),
            (Right::Assist, "/manage/assist"),
            (Right::People, "/manage/people"),
            (Right::Units, "/manage/units"),
        ];
        let is_school = self.unit_nature.is_school() && self.may(Right::Releases);
        let otherwise = if is_school { "/manage/school" } else { "/manage/account" };
        ROOMS.into_iter().find(|(right, _)| self.may(*right)).map_or(otherwise, |(_, path)| path)
    }

    /// Refuses a form that did not come from a page of this session.
    ///
    /// # Errors
    /// [`Failure::Stale`]
    pub fn check_csrf(&self, sent: &str) -> Result<(), Failure> {
        if same(self.csrf.as_bytes(), sent.as_bytes()) { Ok(()) } else { Err(Failure::Stale) }
    }
}

impl FromRequest for Officer {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { find(&request).await?.ok_or_else(|| sign_in(&request)) })
    }
}

/// What handlers and jobs share.
///
/// # Errors
/// The application was put together without it.
pub fn state(request: &HttpRequest) -> Result<web::Data<State>, Failure> {
    request
        .app_data::<web::Data<State>>()
        .cloned()
        .ok_or_else(|| Failure::Unknown("the application has no State".to_owned()))
}

/// Who sends this request, if the session is open.
///
/// # Errors
/// The database failed.
pub async fn find(request: &HttpRequest) -> Result<Option<Officer>, Failure> {
    let state = state(request)?;
    let Some(hash) = token_hash(request) else { return Ok(None) };
    let now = state.clock.now();
    let Some(found) = state.store.read(move |db| with_waiting(db, &hash, now)).await? else { return Ok(None) };
    if found.0.is_stale(now) {
        state.store.write(move |db| sessions::touch(db, &hash, now)).await?;
    }
    Ok(Some(Officer::new(found, hash, csrf(&state, &hash), words(request))))
}

/// Who is behind the token, and what waits for them: the frame of every page says so.
fn with_waiting(db: &mut Db, hash: &[u8], now: NaiveDateTime) -> Result<Option<(SignedIn, i64)>, StoreError> {
    let Some(who) = sessions::find(db, hash, now)? else { return Ok(None) };
    let roots: Vec<i64> = who.grants.roots(Right::Opinions).collect();
    let waiting = alerts::waiting(db, &roots)?;
    Ok(Some((who, waiting)))
}

/// What each form of a session carries.
pub fn csrf(state: &State, token_hash: &[u8; 32]) -> String {
    data_encoding::BASE64URL_NOPAD.encode(&state.secret.mac("csrf", &[token_hash]))
}

/// The stored form of the token in this request's cookie, whether or not a session belongs to it.
pub fn token_hash(request: &HttpRequest) -> Option<[u8; 32]> {
    request.cookie(cookie_name(request)).map(|cookie| digest(cookie.value().as_bytes()))
}

fn sign_in(request: &HttpRequest) -> Failure {
    let back = match *request.method() {
        Method::GET => request.uri().path_and_query().map_or("/sign-in", |path| path.as_str()),
        // the address may not answer GET; from here one is led to where work begins
        _ => "/sign-in",
    };
    Failure::SignIn { back: back.to_owned() }
}

/// A new session's token: the cookie gets the first, the database the second.
pub fn new_token() -> (String, [u8; 32]) {
    let token = random_token();
    let hash = digest(token.as_bytes());
    (token, hash)
}

fn cookie_name(request: &HttpRequest) -> &'static str {
    if visitor::is_https(request) { "__Host-session" } else { "session" }
}

/// The cookie that keeps somebody signed in until the browser closes or the session ends.
pub fn cookie(request: &HttpRequest, token: String) -> Cookie<'static> {
    Cookie::build(cookie_name(request), token)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(visitor::is_https(request))
        .finish()
}

/// The cookie that signs out.
pub fn no_cookie(request: &HttpRequest) -> Cookie<'static> {
    let mut cookie = cookie(request, String::new());
    cookie.make_removal();
    cookie
}

/// Puts a cookie into an answer.
pub fn set_cookie(response: &mut HttpResponse, cookie: Cookie<'static>) {
    if let Err(error) = response.add_cookie(&cookie) {
        tracing::warn!(%error, "a cookie could not be set");
    }
}

const LANGUAGE_COOKIE: &str = "desk_lang";

/// The language of a staff page: `?lang=`, else what was chosen before, else Vietnamese.
pub fn words(request: &HttpRequest) -> Words {
    let asked = asked_language(request.query_string());
    let kept = || request.cookie(LANGUAGE_COOKIE).and_then(|cookie| language(cookie.value()));
    Words(asked.or_else(kept).unwrap_or(Lang::VI))
}

fn language(code: &str) -> Option<Lang> {
    code.parse().ok().filter(|lang| Words::languages().contains(lang))
}

/// The language in a query string.
pub(super) fn asked_language(query: &str) -> Option<Lang> {
    query.split('&').find_map(|pair| pair.strip_prefix("lang=")).and_then(language)
}

/// Keeps a language for later pages.
pub(super) fn language_cookie(lang: Lang) -> Cookie<'static> {
    Cookie::build(LANGUAGE_COOKIE, lang.to_string())
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(Duration::days(365))
        .finish()
}

/// The address of this page in the other language; where the page answers a form, that of the page with the form.
pub fn other_language(request: &HttpRequest) -> String {
    let other = words(request).say("other-language-code");
    let before = if request.method().is_safe() { None } else { way_back::came_from(request) };
    let (path, query) = match &before {
        Some(page) => page.split_once('?').unwrap_or((page, "")),
        None => (request.path(), request.query_string()),
    };
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang="));
    let query: Vec<_> = kept.map(str::to_owned).chain([format!("lang={other}")]).collect();
    format!("{path}?{}", query.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_languages_are_taken() {
        assert_eq!(asked_language("back=x&lang=en"), Some(Lang::EN));
        assert_eq!(asked_language("lang=fr"), None);
        assert_eq!(asked_language("slang=en"), None);
    }
}
