//! Devices from which somebody signed in before. Whoever guesses at a login makes the next try wait, for everybody; a device
//! that was let in before has failures of its own, so that the person at it is not kept waiting by a stranger.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};

use crate::secret::{Secret, random, same};
use crate::state::State;
use crate::web::visitor;

/// Where failures are counted: for this login from this device if it is known, from everywhere else together.
pub(super) fn failure_key(request: &HttpRequest, secret: &Secret, login: &str) -> [u8; 32] {
    match known(request, secret, login) {
        Some(device) => secret.mac("sign-in failure of a device", &[login.as_bytes(), &device]),
        None => secret.mac("sign-in failure", &[login.as_bytes()]),
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
