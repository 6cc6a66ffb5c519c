//! What every answer tells the browser about safety.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use actix_web::middleware::Next;
use actix_web::{Error, web};

use crate::state::State;

/// Nothing from elsewhere, nothing inline, in nobody's frame.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; \
                      base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Middleware: adds the headers unless a handler has set its own.
///
/// # Errors
/// Those of the rooms behind it.
pub async fn security<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let is_https = request.app_data::<web::Data<State>>().is_some_and(|state| state.is_https());
    let mut response = next.call(request).await?;
    for (name, value) in headers(is_https) {
        if !response.headers().contains_key(&name) {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
    }
    Ok(response)
}

fn headers(is_https: bool) -> impl Iterator<Item = (HeaderName, &'static str)> {
    [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // enough for the same-origin check of older browsers; one-time links and codes never reach another site
        (REFERRER_POLICY, "same-origin"),
    ]
    .into_iter()
    .chain(is_https.then_some((STRICT_TRANSPORT_SECURITY, "max-age=31536000")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_installation_on_https_demands_https() {
        assert!(headers(true).any(|(name, _)| name == STRICT_TRANSPORT_SECURITY));
        assert!(!headers(false).any(|(name, _)| name == STRICT_TRANSPORT_SECURITY));
    }
}
