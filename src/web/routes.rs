//! Every URL, grouped by who uses it.

use actix_web::web::{self, ServiceConfig, get};
use actix_web::{HttpRequest, HttpResponse, Responder, ResponseError};

use crate::state::State;
use crate::web::api::problem::Problem;
use crate::web::error::Failure;
use crate::web::{analyse, api, assets, front, guard, manage, released, respond, sign_in};

/// Registers all routes.
pub fn all(config: &mut ServiceConfig) {
    // routes are tried in this order: what thousands ask for comes first
    api::routes(config);
    respond::routes(config);
    everybody(config);
    staff(config);
}

fn everybody(config: &mut ServiceConfig) {
    config
        .route("/", get().to(front::show))
        .route("/assets/{file}", get().to(assets::serve))
        .route("/healthz", get().to(alive))
        .route("/readyz", get().to(ready));
}

fn staff(config: &mut ServiceConfig) {
    config
        .app_data(guard::forms())
        .configure(sign_in::routes)
        .configure(manage::routes)
        .configure(analyse::routes)
        .configure(released::routes);
}

/// The process answers.
async fn alive() -> impl Responder {
    HttpResponse::Ok().content_type("text/plain").body("ok")
}

/// The database answers and is migrated, and forms are taken.
async fn ready(state: web::Data<State>) -> impl Responder {
    let store = state.store.clone();
    let migrated = web::block(move || store.require_migrated()).await;
    match migrated {
        Ok(Ok(())) if !state.intake.is_stopping() => HttpResponse::Ok().content_type("text/plain").body("ready"),
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready");
            HttpResponse::ServiceUnavailable().content_type("text/plain").body("the database is not ready")
        }
        _ => HttpResponse::ServiceUnavailable().content_type("text/plain").body("stopping"),
    }
}

/// No such address: a page for people, a problem for programs.
pub async fn nothing_here(request: HttpRequest) -> HttpResponse {
    if request.path().starts_with("/api/") {
        return Problem::not_found("There is nothing at this address.").error_response();
    }
    Failure::NotFound.error_response()
}
