//! Devices from which somebody signed in before. Whoever guesses at a login makes the next try wait, for everybody; a device
//! that was let in before has failures of its own, so that the person at it is not kept waiting by a stranger. An unknown device
//! shares them with its network alone, and gets a turn if its page was open for a while.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use chrono::NaiveDateTime;
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};

use super::waiting::Page;
use crate::secret::{Secret, random, same};
use crate::state::State;
use crate::store::failures::{self, Attempt};
use crate::store::strangers::{self, Stranger, Try};
use crate::store::{Db, StoreError};
use crate::web::visitor;

/// Where failures are counted.
#[derive(Debug, Clone, Copy)]
pub(super) enum Counter {
    /// For this login from this device, which is known.
    Known([u8; 32]),
    /// For this login from this network, and from everywhere.
    Unknown(Stranger),
}

impl Counter {
    /// Of this login at whatever sent this.
    pub(super) fn of(request: &HttpRequest, secret: &Secret, login: &str, page: &Page) -> Self {
        let device = known(request, secret, login);
        let login = login.as_bytes();
        if let Some(device) = device {
            return Self::Known(secret.mac("sign-in failure of a device", &[login, &device]));
        }
        let network = visitor::network(request);
        Self::Unknown(Stranger {
            near: secret.mac("sign-in failure in a network", &[login, &network]),
            everywhere: secret.mac("sign-in failure", &[login]),
            near_turn: secret.mac("sign-in turn in a network", &[login, &network]),
            turn: secret.mac("sign-in turn", &[login]),
            page: page.hash(secret),
            page_at: page.made_at,
        })
    }

    /// The key under which failures near by are counted.
    pub(super) fn key(&self) -> [u8; 32] {
        match self {
            Self::Known(key) => *key,
            Self::Unknown(stranger) => stranger.near,
        }
    }

    /// Asks to try a password.
    pub(super) fn attempt(&self, db: &mut Db, now: NaiveDateTime) -> Result<Try, StoreError> {
        match self {
            Self::Known(key) => Ok(match failures::attempt(db, key, now)? {
                Attempt::Counted => Try::Counted,
                Attempt::Wait(until) => Try::Wait(until),
            }),
            Self::Unknown(stranger) => strangers::attempt(db, stranger, now),
        }
    }

    /// The password was right.
    pub(super) fn succeed(&self, db: &mut Db) -> Result<(), StoreError> {
        match self {
            Self::Known(key) => failures::clear(db, key),
            Self::Unknown(stranger) => strangers::succeed(db, stranger),
        }
    }
}

/// A device that several people use remembers each.
fn name(secret: &Secret, login: &str) -> String {
    format!("device_{}", HEXLOWER.encode(&secret.mac("device cookie", &[login.as_bytes()])[..6]))
}

fn proof(secret: &Secret, login: &str, device: &[u8]) -> [u8; 32] {
    secret.mac("known device", &[login.as_bytes(), device])
}

fn known(request: &HttpRequest, secret: &Secret, login: &str) -> Option<[u8; 16]> {
    let cookie = request.cookie(&name(secret, login))?;
    let bytes = BASE64URL_NOPAD.decode(cookie.value().as_bytes()).ok()?;
    let (device, sent) = bytes.split_first_chunk::<16>()?;
    same(sent, &proof(secret, login, device)).then_some(*device)
}

/// Keeps that this login was let in from this device, for half a year.
pub(super) fn cookie(request: &HttpRequest, state: &State, login: &str) -> Cookie<'static> {
    let device = known(request, &state.secret, login).unwrap_or_else(random);
    let value = [&device[..], &proof(&state.secret, login, &device)].concat();
    Cookie::build(name(&state.secret, login), BASE64URL_NOPAD.encode(&value))
        .path("/sign-in")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(visitor::is_https(request))
        .max_age(Duration::days(180))
        .finish()
}
