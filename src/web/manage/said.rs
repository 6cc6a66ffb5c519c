//! A sentence that the page after a change says once. It travels in a cookie that this page takes away, so that a reload
//! does not say it again; the seal keeps others from putting words into our mouth.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use data_encoding::BASE64URL_NOPAD;

use super::trouble::Trouble;
use crate::secret::same;
use crate::state::State;
use crate::web::error::Failure;
use crate::web::page;
use crate::web::session::{self, Officer, set_cookie};

const NAME: &str = "said";

/// To a page that will say this.
pub(super) fn see_other(state: &State, officer: &Officer, to: impl Into<String>, sentence: &str) -> HttpResponse {
    let mut response = page::see_other(to);
    let sealed = BASE64URL_NOPAD.encode(&seal(state, officer, sentence));
    let mut cookie = cookie(state, format!("{sealed}.{}", BASE64URL_NOPAD.encode(sentence.as_bytes())));
    cookie.set_max_age(Duration::minutes(1));
    set_cookie(&mut response, cookie);
    response
}

/// What this page was asked to say.
pub(super) fn said(request: &HttpRequest, state: &State, officer: &Officer) -> Option<String> {
    let cookie = request.cookie(NAME)?;
    let (sealed, text) = cookie.value().split_once('.')?;
    let sentence = String::from_utf8(BASE64URL_NOPAD.decode(text.as_bytes()).ok()?).ok()?;
    let sealed = BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?;
    same(&seal(state, officer, &sentence), &sealed).then_some(sentence)
}

/// Shows a page with its trouble, if there is any, and forgets what was said.
pub(super) fn show(request: &HttpRequest, trouble: &Trouble, page: &impl Template) -> Result<HttpResponse, Failure> {
    let mut response = page::show_as(trouble.status(), page)?;
    if request.cookie(NAME).is_some() {
        let mut gone = cookie(&*session::state(request)?, String::new());
        gone.make_removal();
        set_cookie(&mut response, gone);
    }
    Ok(response)
}

fn seal(state: &State, officer: &Officer, sentence: &str) -> [u8; 32] {
    state.secret.mac("said", &[&officer.token_hash, sentence.as_bytes()])
}

fn cookie(state: &State, value: String) -> Cookie<'static> {
    Cookie::build(NAME, value)
        .path("/manage")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(state.is_https())
        .finish()
}
