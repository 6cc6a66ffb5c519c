//! What stands before every page of staff: forms from other sites and broken forms are turned away here.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HOST, HeaderMap, ORIGIN};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse, ResponseError, web};

use crate::state::State;
use crate::survey::text::Lang;
use crate::web::error::Failure;
use crate::web::error_page;
use crate::web::sign_in::door;
use crate::web::{session, visitor};

/// Where the pages begin that only somebody signed in may use…
const DESK: [&str; 4] = ["/manage", "/analyse", "/opinions", "/liaison"];
/// …and the doors to them.
const DOORS: [&str; 2] = ["/sign-in", "/link/"];

/// Stands before every page: a request that changes something must come from this site, the language that a member of
/// staff asked for is kept, a form that is sent after the session ended is not lost, and what goes wrong gets a page. The
/// parents' pages and the API are left alone: neither has a session to protect; what a parents' page does to the device itself
/// asks [`is_foreign`].
///
/// # Errors
/// Those of the rooms behind it.
pub async fn check<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    if request.path().starts_with("/api/") {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let is_parents = ["/k/", "/thu/"].iter().any(|room| request.path().starts_with(room))
        || ["/tra-cuu", "/rut-lai"].contains(&request.path());
    if !is_parents
        && !request.method().is_safe()
        && let Some(refused) = refusal(&mut request).await
    {
        let page = error_page::instead_of(request.request(), &refused).await;
        return Ok(request.into_response(page.unwrap_or(refused)).map_into_right_body());
    }
    let asked = staff_language(request.request());
    let mut response = next.call(request).await?;
    if let Some(cookie) = asked.map(session::language_cookie)
        && let Err(error) = response.response_mut().add_cookie(&cookie)
    {
        tracing::warn!(%error, "the language could not be kept");
    }
    Ok(match error_page::instead_of(response.request(), response.response()).await {
        Some(mut page) => {
            asked.map(session::language_cookie).into_iter().for_each(|cookie| session::set_cookie(&mut page, cookie));
            response.into_response(page).map_into_right_body()
        }
        None => response.map_into_left_body(),
    })
}

/// The answer to a form that must not reach its handler.
async fn refusal(request: &mut ServiceRequest) -> Option<HttpResponse> {
    if !is_from_here(request.request()) {
        let text = session::words(request.request()).say("staff-form-elsewhere");
        return Some(Failure::Bad(text).error_response());
    }
    let is_desk = DESK.iter().any(|room| request.path().starts_with(room));
    // where the database fails, the handler will say so
    if !is_desk || !matches!(session::find(request.request()).await, Ok(None)) {
        return None;
    }
    let is_plain = request.content_type() == "application/x-www-form-urlencoded";
    let body = if is_plain { request.extract::<web::Bytes>().await.unwrap_or_default() } else { web::Bytes::new() };
    let state = session::state(request.request()).ok()?;
    let page = door::ended(request.request(), &state, &body);
    Some(page.unwrap_or_else(|failure| failure.error_response()))
}

/// The language that this address asks for; visitors who are not staff get no cookie at all.
fn staff_language(request: &HttpRequest) -> Option<Lang> {
    let is_staff = DESK.iter().chain(&DOORS).any(|room| request.path().starts_with(room));
    session::asked_language(request.query_string()).filter(|_| is_staff)
}

/// Whether the browser says that another site sent this form. Parents' pages take what says nothing: browsers inside other
/// apps hide where a form was.
pub fn is_foreign(request: &HttpRequest) -> bool {
    let site = request.headers().get("sec-fetch-site").and_then(|site| site.to_str().ok());
    match site {
        Some(site) => matches!(site, "cross-site" | "same-site"),
        None => request.headers().get(ORIGIN).is_some_and(|origin| origin != "null") && !is_from_here(request),
    }
}

fn is_from_here(request: &HttpRequest) -> bool {
    let public = request.app_data::<web::Data<State>>().map(|state| state.public_url.clone());
    is_same_origin(request.headers(), public.as_deref().unwrap_or_default(), visitor::told_scheme(request))
}

/// Whether the browser says that this request comes from a page of ours. Browsers that say nothing at all send no
/// `Origin` either and are left to the `_csrf` field. Where a proxy tells the scheme, a page that came in the clear is not ours.
fn is_same_origin(headers: &HeaderMap, public_url: &str, told_scheme: Option<&str>) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(ORIGIN.as_str()) else { return true };
    let (scheme, host) = origin.split_once("://").unwrap_or(("", ""));
    let is_this_scheme = told_scheme.is_none_or(|told| told == scheme);
    origin == public_url || (!host.is_empty() && text(HOST.as_str()) == Some(host) && is_this_scheme)
}

/// With every school of a province ticked, or with such a form carried through sign-in.
const LARGEST_FORM: usize = 64 * 1024;

/// A form with fields missing or spoilt gets a page, too.
pub fn forms() -> web::FormConfig {
    forms_up_to(LARGEST_FORM)
}

/// The same for forms of so many bytes.
pub fn forms_up_to(limit: usize) -> web::FormConfig {
    web::FormConfig::default().limit(limit).error_handler(|error, request| {
        tracing::debug!(%error, "a form could not be read");
        Failure::Bad(session::words(request).say("staff-form-broken")).into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{HeaderName, HeaderValue};

    fn from(headers: &[(&'static str, &'static str)]) -> bool {
        from_told(headers, None)
    }

    fn from_told(headers: &[(&'static str, &'static str)], told: Option<&str>) -> bool {
        let map = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        is_same_origin(&map, "https://khaosat.example.vn", told)
    }

    #[test]
    fn a_form_on_another_site_is_refused() {
        assert!(from(&[("sec-fetch-site", "same-origin")]));
        assert!(from(&[("sec-fetch-site", "none")]));
        assert!(!from(&[("sec-fetch-site", "same-site")]));
        assert!(!from(&[("sec-fetch-site", "cross-site"), ("origin", "https://khaosat.example.vn")]));
        assert!(from(&[("origin", "https://khaosat.example.vn")]));
        assert!(from(&[("origin", "http://10.0.0.5:8080"), ("host", "10.0.0.5:8080")]));
        assert!(!from(&[("origin", "https://evil.example"), ("host", "khaosat.example.vn")]));
        assert!(!from(&[("origin", "null"), ("host", "khaosat.example.vn")]));
        assert!(from(&[]));
    }

    #[test]
    fn behind_https_a_page_that_came_in_the_clear_is_another_site() {
        let clear = [("origin", "http://noi-bo.example.vn"), ("host", "noi-bo.example.vn")];
        assert!(from_told(&clear, Some("http")) && !from_told(&clear, Some("https")));
        let encrypted = [("origin", "https://noi-bo.example.vn"), ("host", "noi-bo.example.vn")];
        assert!(from_told(&encrypted, Some("https")));
    }
}
