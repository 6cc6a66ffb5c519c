//! Programs identify themselves with `Authorization: Bearer <token>`.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{AUTHORIZATION, HeaderValue, WWW_AUTHENTICATE};
use actix_web::{FromRequest, HttpRequest, web};

use crate::secret::digest;
use crate::state::State;
use crate::store::tokens;
use crate::survey::access::{Scope, Scopes};
use crate::web::api::problem::Problem;
use crate::web::page::whole_seconds;
use crate::web::visitor;

/// A program with a token that is good now.
#[derive(Debug, Clone)]
pub struct Bearer {
    /// The token's number.
    pub token_id: i64,
    /// Who it is for.
    pub name: String,
    /// What it may read.
    pub scopes: Scopes,
    /// The unit below which it may read.
    pub unit_id: i64,
}

impl Bearer {
    /// Refuses a token without this scope.
    ///
    /// # Errors
    /// 403.
    pub fn require(&self, scope: Scope) -> Result<(), Problem> {
        if self.scopes.allow(scope) {
            return Ok(());
        }
        let detail = format!("This token lacks the scope {scope}; ask the steering unit for one that has it.");
        let challenge = HeaderValue::from_static(match scope {
            Scope::Aggregates => r#"Bearer realm="langnghe", error="insufficient_scope", scope="aggregates""#,
            Scope::Submissions => r#"Bearer realm="langnghe", error="insufficient_scope", scope="submissions""#,
        });
        Err(Problem::forbidden(detail).with_header(WWW_AUTHENTICATE, challenge))
    }
}

impl FromRequest for Bearer {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { find(&request).await })
    }
}

async fn find(request: &HttpRequest) -> Result<Bearer, Problem> {
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some(token) = header.and_then(token_of) else {
        let detail = "Send a token in the header Authorization: Bearer <token>.";
        return Err(Problem::unauthorized(detail, r#"Bearer realm="langnghe""#));
    };
    let Some(state) = request.app_data::<web::Data<State>>() else {
        return Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "The application has no State."));
    };
    let (hash, now) = (digest(token.as_bytes()), state.clock.now());
    match state.store.read(move |db| tokens::find(db, &hash, now)).await? {
        Some(token) => {
            Ok(Bearer { token_id: token.id, name: token.name, scopes: token.scopes, unit_id: token.unit_id })
        }
        None => Err(refusal(request)),
    }
}

/// A good token is never slowed down, whatever its neighbours behind the same address do; a bad one is told to wait once
/// there were too many of them.
fn refusal(request: &HttpRequest) -> Problem {
    if let Err(wait) = visitor::spend(request, |state| &state.budgets.tokens) {
        let detail = "Too many tokens that are not good came from this address; wait, and check the token first.";
        return Problem::too_many(whole_seconds(wait), detail);
    }
    let detail = "This token is unknown, was revoked or has expired; ask the steering unit for a new one.";
    Problem::unauthorized(detail, r#"Bearer realm="langnghe", error="invalid_token""#)
}

/// The token in the header's value; the scheme's name may be written in any case.
fn token_of(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_is_read_in_any_case() {
        assert_eq!(token_of("Bearer ln_x"), Some("ln_x"));
        assert_eq!(token_of("bearer  ln_x "), Some("ln_x"));
        assert_eq!(token_of("Basic ln_x"), None);
        assert_eq!(token_of("Bearer "), None);
        assert_eq!(token_of("ln_x"), None);
    }

    #[test]
    fn a_token_without_the_scope_is_refused() {
        let scopes = Scopes::from_iter([Scope::Aggregates]);
        let bearer = Bearer { token_id: 1, name: String::new(), scopes, unit_id: 1 };
        assert!(bearer.require(Scope::Aggregates).is_ok());
        assert!(bearer.require(Scope::Submissions).is_err());
    }
}
