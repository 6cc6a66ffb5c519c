//! What an operator watches: every request is counted under the pattern of its route, and `/metrics` shows the numbers.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::{self, ServiceConfig, get};
use actix_web::{Error, HttpResponse};

use crate::state::State;
use crate::store::rounds;

/// Registers `/metrics`. Not part of the public routes: who may read it is decided by where it listens.
pub fn routes(config: &mut ServiceConfig) {
    config.route("/metrics", get().to(show));
}

/// Middleware: counts and times what is behind it.
///
/// # Errors
/// Those of the rooms behind it.
pub async fn requests<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let begun = Instant::now();
    let response = next.call(request).await?;
    let answered = response.request();
    if let Some(state) = answered.app_data::<web::Data<State>>() {
        // an address that is no route may hold anything, and has one name for all
        let route = answered.match_pattern();
        let (method, status) = (method(answered.method()), class(response.status()));
        state.meters.request(route.as_deref().unwrap_or("none"), method, status, begun.elapsed());
    }
    Ok(response)
}

/// Anybody may invent methods; labels are few.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        _ => "other",
    }
}

fn class(status: StatusCode) -> &'static str {
    match status.as_u16() / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    }
}

/// `GET /metrics`
async fn show(state: web::Data<State>) -> HttpResponse {
    let meters = &state.meters;
    meters.waiting.set(i64::try_from(state.intake.waiting()).unwrap_or(i64::MAX));
    let now = state.clock.now();
    match state.store.read(move |db| rounds::count_open(db, now)).await {
        Ok(open) => {
            meters.open_rounds.set(open);
            meters.database_up.set(1);
        }
        Err(error) => {
            tracing::warn!(%error, "the open rounds could not be counted");
            meters.database_up.set(0);
        }
    }
    HttpResponse::Ok()
        .content_type(prometheus::TEXT_FORMAT)
        .insert_header(("Cache-Control", "no-store"))
        .body(meters.text())
}
