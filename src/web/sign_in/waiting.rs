//! The page at which somebody waits to sign in, named by a cookie of an hour. One that has been open for a while gives a turn
//! however many guesses others send; see [`brake`](crate::survey::access::brake).

use std::time::Duration;

use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, NaiveDateTime};
use data_encoding::BASE64URL_NOPAD;

use crate::secret::{Secret, random, same};
use crate::state::State;
use crate::survey::access::brake::{PAGE_LASTS, PATIENCE};
use crate::web::{session, visitor};

const COOKIE: &str = "sign_in_page";

/// A page that was shown to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Page {
    /// When, UTC.
    pub(super) made_at: NaiveDateTime,
    name: [u8; 16],
    /// Whether the browser does not have it yet.
    is_new: bool,
}

impl Page {
    /// The page that this was sent from, or a new one.
    pub(super) fn of(request: &HttpRequest, state: &State) -> Self {
        let now = state.clock.now();
        let cookie = request.cookie(COOKIE);
        let sent = cookie.and_then(|cookie| Self::open(&state.secret, cookie.value()));
        sent.filter(|page| page.made_at <= now && now - page.made_at < PAGE_LASTS).unwrap_or_else(|| Self::new(now))
    }

    fn new(made_at: NaiveDateTime) -> Self {
        Self { made_at, name: random(), is_new: true }
    }

    fn open(secret: &Secret, value: &str) -> Option<Self> {
        let bytes = BASE64URL_NOPAD.decode(value.as_bytes()).ok()?;
        let (seconds, rest) = bytes.split_first_chunk::<8>()?;
        let (name, mac) = rest.split_first_chunk::<16>()?;
        let made_at = DateTime::from_timestamp(i64::from_be_bytes(*seconds), 0)?.naive_utc();
        let page = Self { made_at, name: *name, is_new: false };
        same(mac, &page.hash(secret)).then_some(page)
    }

    /// Names it in the database, and proves that it is ours.
    pub(super) fn hash(&self, secret: &Secret) -> [u8; 32] {
        secret.mac("sign-in page", &[&self.seconds(), &self.name])
    }

    fn seconds(&self) -> [u8; 8] {
        self.made_at.and_utc().timestamp().to_be_bytes()
    }

    /// Takes one try from what this page may send, or its address if it was not open for long.
    ///
    /// # Errors
    /// Nothing is left: how long to wait.
    pub(super) fn spend(&self, request: &HttpRequest, state: &State) -> Result<(), Duration> {
        if state.clock.now() - self.made_at < PATIENCE {
            return visitor::spend(request, |state| &state.budgets.passwords);
        }
        state.budgets.waiting.spend_of(&self.name)?;
        visitor::spend(request, |state| &state.budgets.patient)
    }

    /// Lets the browser name it from now on.
    pub(super) fn keep(&self, request: &HttpRequest, state: &State, response: &mut HttpResponse) {
        if self.is_new {
            session::set_cookie(response, self.cookie(request, state));
        }
    }

    /// Another one for a page that gave its turn.
    pub(super) fn after_its_turn(state: &State) -> Self {
        Self::new(state.clock.now())
    }

    fn cookie(&self, request: &HttpRequest, state: &State) -> Cookie<'static> {
        let value = [&self.seconds()[..], &self.name, &self.hash(&state.secret)].concat();
        Cookie::build(COOKIE, BASE64URL_NOPAD.encode(&value))
            .path("/sign-in")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(visitor::is_https(request))
            .max_age(actix_web::cookie::time::Duration::seconds(PAGE_LASTS.num_seconds()))
            .finish()
    }
}
