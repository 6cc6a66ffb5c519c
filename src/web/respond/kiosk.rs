//! A device that stands somewhere for everybody: whoever comes next finds nothing of whoever was before.
//!
//! A cookie that lasts as long as the browser is open says that this is such a device. While it is there, the start page of
//! its poster is this one, forms are begun in this way, and every page without a watch of its own leads back by itself.
//! Whoever only looks at the address is asked first: it changes what this browser keeps.

use actix_web::body::MessageBody;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Bytes;
use actix_web::{Error, HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::code::{entrance, named, words};
use super::device::Device;
use super::notice::{self, Turned};
use super::sent::Sent;
use super::{qr, start};
use crate::catalogue::Entrance;
use crate::state::State;
use crate::store::unfinished::Change;
use crate::survey::collector::CollectorCode;
use crate::survey::round::Gate;
use crate::web::error::Failure;
use crate::web::guard;
use crate::web::page::{self, see_other};
use crate::web::session::set_cookie;
use crate::web::words::Words;

/// The cookie; its value is the code of the poster that the device stands for.
const KIOSK: &str = "may-chung";
/// Where parents can get to from a poster; a device of staff may have opened the shared start page, too, only to look at it.
const PAGES: [&str; 3] = ["/k", "/rut-lai", "/tra-cuu"];
/// Seconds until a page that nobody watches leads back to the start.
const UNWATCHED: u32 = 90;
/// Seconds until a part leads back to the start where no script watches: nobody needs as long for one.
pub(super) const WITHOUT_SCRIPT: u32 = 600;

#[derive(Template)]
#[template(path = "web/respond/kiosk_ask.html")]
struct AskPage<'a> {
    words: Words,
    entrance: &'a Entrance,
    /// Where the question is.
    address: String,
    /// Whether this is such a device now.
    is_here: bool,
}

#[derive(Deserialize)]
pub(super) struct Wish {
    /// To be an ordinary device again.
    thoi: Option<String>,
}

/// `GET /k/{code}/may-chung`: the start page of such a device. What was under way is forgotten when the next form is begun.
pub(super) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    code: web::Path<String>,
    wish: web::Query<Wish>,
) -> Result<HttpResponse, Turned> {
    let words = words(&request);
    let entrance = entrance(&state, &code, words).await?;
    let is_here = home(&request) == Some(entrance.code);
    if !is_here || wish.thoi.is_some() {
        let address = format!("{}/may-chung", qr::address(&state.public_url, entrance.code));
        return Ok(page::show(&AskPage { words, entrance: &entrance, address, is_here })?);
    }
    let gate = entrance.round.window().gate(state.clock.now());
    let mut page = if gate != Gate::Open {
        notice::shut(StatusCode::OK, &entrance, gate, words)?
    } else if start::is_full(&state, &entrance).await? {
        notice::full(StatusCode::OK, &entrance, words)?
    } else {
        let page = start::for_everybody(&state, &entrance, words)?;
        return Ok(Device::default().keep(&state, &entrance, page)?);
    };
    lead(&mut page, entrance.code);
    // whoever was before has left: this device proves nothing any more
    Ok(Device::default().keep(&state, &entrance, page)?)
}

/// `POST /k/{code}/may-chung`: from now on the device stands for everybody, or no longer.
pub(super) async fn turn(
    request: HttpRequest,
    state: web::Data<State>,
    code: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Turned> {
    let sent = Sent::read(&body)?;
    let words = named(sent.get("lang"));
    let entrance = entrance(&state, &code, words).await?;
    if guard::is_foreign(&request) {
        return Ok(see_other(format!("/k/{}/may-chung?lang={}", entrance.code, words.0)));
    }
    let ends = sent.get("thoi").is_some();
    let mut device = Device::of(&request);
    clear(&state, &mut device).await;
    let rest = if ends { "" } else { "/may-chung" };
    let mut answer = see_other(format!("/k/{}{rest}?lang={}", entrance.code, words.0));
    let cookie = Cookie::build(KIOSK, entrance.code.to_string()).path("/").http_only(true).same_site(SameSite::Lax);
    let mut cookie = cookie.secure(state.is_https()).finish();
    if ends {
        cookie.make_removal();
    }
    set_cookie(&mut answer, cookie);
    Ok(device.keep(&state, &entrance, answer)?)
}

/// Whether this device stands for everybody, at whatever poster it was told to.
pub(super) fn is_here(request: &HttpRequest) -> bool {
    home(request).is_some()
}

/// The poster that the device stands for.
pub(super) fn home(request: &HttpRequest) -> Option<CollectorCode> {
    request.cookie(KIOSK)?.value().parse().ok()
}

/// The poster that the device stands for, where it is not this one: whoever comes to this one is led there, and forms of this
/// one are a stranger's.
///
/// # Errors
/// The database failed.
pub(super) async fn home_elsewhere(
    request: &HttpRequest,
    state: &State,
    entrance: &Entrance,
) -> Result<Option<CollectorCode>, Failure> {
    let Some(home) = home(request).filter(|home| *home != entrance.code) else { return Ok(None) };
    // a poster that was revoked is nobody's home
    let known = state.catalogue.entrance(home).await.map_err(Failure::from)?;
    Ok(known.filter(|entrance| entrance.is_live()).map(|_| home))
}

/// Forgets what this device holds.
pub(super) async fn clear(state: &State, device: &mut Device) {
    for ticket in device.forms(state) {
        // where that fails, the form goes with the idle ones; the device holds no proof of it any more
        let _ = state.unfinished.change(Change::End(ticket.hash())).await;
        device.leave(&ticket);
    }
}

/// Middleware: on such a device a page that has no watch of its own – a notice, a question about a code, a look-up – leads
/// back to the start after a while. Parts, review and receipt bring `kiosk.js`, which asks first; for a browser that runs no
/// script they lead back, too, only later.
///
/// # Errors
/// Those of the rooms behind it.
pub async fn lead_back<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let code = home(request.request());
    let path = request.path().to_owned();
    let mut response = next.call(request).await?;
    let is_page = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let is_for_parents = path == "/" || PAGES.iter().any(|page| path.starts_with(page));
    let has_watch = ["/phieu/", "/bien-nhan/", "/may-chung"].iter().any(|place| path.contains(place));
    let is_watched = response.status().is_success() && has_watch;
    if let Some(code) = code.filter(|_| is_page && !is_watched && is_for_parents) {
        lead(response.response_mut(), code);
    }
    Ok(response)
}

/// The page leads back to the start after a while.
fn lead<B>(page: &mut HttpResponse<B>, code: CollectorCode) {
    if let Ok(value) = HeaderValue::from_str(&format!("{UNWATCHED}; url=/k/{code}/may-chung")) {
        page.headers_mut().insert(HeaderName::from_static("refresh"), value);
    }
}
