//! Every URL, grouped by who uses it.

use actix_web::web::{ServiceConfig, get};
use actix_web::{HttpResponse, Responder};

use crate::web::{assets, manage, session, sign_in};

/// Registers all routes.
pub fn all(config: &mut ServiceConfig) {
    everybody(config);
    staff(config);
}

fn everybody(config: &mut ServiceConfig) {
    config.route("/assets/{file}", get().to(assets::serve)).route("/healthz", get().to(alive));
}

fn staff(config: &mut ServiceConfig) {
    config.app_data(session::forms()).configure(sign_in::routes).configure(manage::routes);
}

async fn alive() -> impl Responder {
    HttpResponse::Ok().content_type("text/plain").body("ok")
}
