//! Every URL, grouped by who uses it.

use actix_web::web::{ServiceConfig, get};
use actix_web::{HttpResponse, Responder};

use crate::web::assets;

/// Registers all routes.
pub fn all(config: &mut ServiceConfig) {
    everybody(config);
}

fn everybody(config: &mut ServiceConfig) {
    config.route("/assets/{file}", get().to(assets::serve)).route("/healthz", get().to(alive));
}

async fn alive() -> impl Responder {
    HttpResponse::Ok().content_type("text/plain").body("ok")
}
