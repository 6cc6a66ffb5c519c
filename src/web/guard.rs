//! What stands before every page of staff: forms from other sites and broken forms are turned away here.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HOST, HeaderMap, ORIGIN};
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest, ResponseError, web};

use crate::state::State;
use crate::web::error::Failure;
use crate::web::{session, visitor};

/// Where staff's pages begin.
const STAFF: [&str; 6] = ["/sign-in", "/link/", "/manage", "/analyse", "/opinions", "/liaison"];

/// Stands before every page: a request that changes something must come from this site, and the language that a
/// member of staff asked for is kept. The parents' pages and the API are left alone: neither has a session to protect, and in-app browsers hide
/// where a form was.
///
/// # Errors
/// Those of the rooms behind it.
pub async fn check<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let path = request.path();
    if path.starts_with("/k/") || path.starts_with("/api/") || path == "/tra-cuu" {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let words = session::words(request.request());
    if !request.method().is_safe() && !is_from_here(request.request()) {
        let refused = Failure::Bad(words.say("staff-form-elsewhere")).error_response();
        return Ok(request.into_response(refused).map_into_right_body());
    }
    // visitors who are not staff get no cookie at all
    let is_staff = STAFF.iter().any(|room| path.starts_with(room));
    let asked = session::asked_language(request.query_string()).filter(|_| is_staff);
    let mut response = next.call(request).await?;
    if let Some(lang) = asked {
        let cookie = session::language_cookie(lang);
        if let Err(error) = response.response_mut().add_cookie(&cookie) {
            tracing::warn!(%error, "the language could not be kept");
        }
    }
    Ok(response.map_into_left_body())
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

/// A form with fields missing or spoilt gets a page, too.
pub fn forms() -> web::FormConfig {
    web::FormConfig::default().error_handler(|error, request| {
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
