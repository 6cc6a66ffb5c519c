//! The withdrawal code, shown on tap to the device that has just sent the form, and to nobody else.
//!
//! The receipt page knows only the receipt, which anybody may be shown. So the right to see the code is a cookie that comes
//! with the answer to the form: a quarter of an hour, for the pages of this poster only, sealed with the installation's key.
//! It holds the form's key, from which the code follows; nothing is stored.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::TimeDelta;
use uuid::Uuid;

use super::code::{named, words};
use crate::catalogue::Entrance;
use crate::intake::receipt::Receipt;
use crate::intake::withdrawal::WithdrawalCode;
use crate::secret::{Secret, same};
use crate::state::State;
use crate::survey::collector::CollectorCode;
use crate::survey::round::{GRACE, Gate};
use crate::web::page::{see_other, show_as};
use crate::web::respond::notice::Turned;
use crate::web::session::set_cookie;
use crate::web::words::Words;

const NAME: &str = "vua_gui";
/// How long the device may see the code.
const MINUTES: i64 = 15;

/// What the receipt page can say about withdrawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Offer {
    /// This device may see the code.
    Here,
    /// Another one has sent the form, or it was too long ago, or there are no cookies.
    Elsewhere,
    /// Nothing can be withdrawn any more.
    Over,
}

/// Lets this device see the code of the form that it has just sent.
pub(super) fn remember(mut response: HttpResponse, state: &State, entrance: &Entrance, key: Uuid) -> HttpResponse {
    let until = (state.clock.now() + TimeDelta::minutes(MINUTES)).and_utc().timestamp();
    let seal = seal(&state.secret, entrance.code, until, key);
    let cookie = Cookie::build(NAME, format!("{until}.{}.{seal}", key.simple()))
        .path(format!("/k/{}", entrance.code))
        .max_age(Duration::minutes(MINUTES))
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(state.is_https())
        .finish();
    set_cookie(&mut response, cookie);
    response
}

/// What the page of this receipt can say.
pub(super) fn offer(request: &HttpRequest, state: &State, entrance: &Entrance, receipt: &Receipt) -> Offer {
    if !is_open(state, entrance) {
        return Offer::Over;
    }
    let own = just_sent(request, state, entrance).map(|key| Receipt::of(&state.secret, entrance.round.id, key));
    if own.as_ref() == Some(receipt) { Offer::Here } else { Offer::Elsewhere }
}

/// Forms can be withdrawn for as long as forms come in that were begun in time.
fn is_open(state: &State, entrance: &Entrance) -> bool {
    matches!(entrance.round.window().gate(state.clock.now()), Gate::Open | Gate::Paused | Gate::Grace)
}

/// The key of the form that this device has just sent here.
fn just_sent(request: &HttpRequest, state: &State, entrance: &Entrance) -> Option<Uuid> {
    let cookie = request.cookie(NAME)?;
    let mut parts = cookie.value().split('.');
    let (until, key, sealed) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
    let genuine = same(seal(&state.secret, entrance.code, until, key).as_bytes(), sealed.as_bytes());
    (genuine && state.clock.now().and_utc().timestamp() < until).then_some(key)
}

fn seal(secret: &Secret, code: CollectorCode, until: i64, key: Uuid) -> String {
    let mac = secret.mac("just sent", &[code.as_str().as_bytes(), &until.to_be_bytes(), key.as_bytes()]);
    data_encoding::HEXLOWER.encode(&mac[..16])
}

#[derive(Template)]
#[template(path = "web/respond/secret.html")]
struct SecretPage<'a> {
    words: Words,
    entrance: &'a Entrance,
    /// None: this device may not see it.
    code: Option<WithdrawalCode>,
    until: String,
    address: String,
    /// An officer has entered the form for somebody.
    is_assisted: bool,
    /// Another form may be begun.
    is_open: bool,
}

/// `POST /k/{code}/rut-lai`: the tap. A POST, so that no preview and no page kept by the browser shows the code.
pub(super) async fn reveal(
    request: HttpRequest,
    state: web::Data<State>,
    code: web::Path<String>,
    asked: web::Form<Asked>,
) -> Result<HttpResponse, Turned> {
    let words = named(asked.lang.as_deref());
    let entrance = super::code::entrance_begun(&state, &code, words).await?;
    let key = just_sent(&request, &state, &entrance).filter(|_| is_open(&state, &entrance));
    let closes = entrance.round.closes_at;
    let page = SecretPage {
        words,
        entrance: &entrance,
        code: key.map(|key| WithdrawalCode::of(&state.secret, entrance.round.id, key)),
        // promised is the closing time; a late form has the time that other late forms have
        until: words.moment(if state.clock.now() < closes { closes } else { closes + GRACE }),
        address: format!("{}/rut-lai", state.public_url),
        is_assisted: asked.assisted.is_some(),
        is_open: entrance.round.window().gate(state.clock.now()) == Gate::Open,
    };
    let status = if page.code.is_some() { StatusCode::OK } else { StatusCode::GONE };
    Ok(show_as(status, &page)?)
}

#[derive(serde::Deserialize)]
pub(super) struct Asked {
    lang: Option<String>,
    #[serde(rename = "nhap-ho")]
    assisted: Option<String>,
}

/// `GET /k/{code}/rut-lai`: whoever reloads or types this address.
pub(super) async fn elsewhere(request: HttpRequest) -> HttpResponse {
    see_other(format!("/rut-lai?lang={}", words(&request).0))
}
