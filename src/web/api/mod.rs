//! For programs: JSON and CSV.

pub mod bearer;
mod collectors;
mod description;
pub mod problem;
mod release;
mod rounds;
pub(crate) mod submissions;

use actix_web::web::{ServiceConfig, get, post, scope};

/// Registers the API.
pub fn routes(config: &mut ServiceConfig) {
    let v1 = scope("/api/v1")
        .route("/collectors/{code}/submissions", post().to(collectors::submit))
        .route("/collectors/{code}", get().to(collectors::show))
        .route("/rounds", get().to(rounds::list))
        .route("/rounds/{round}", get().to(rounds::show))
        .route("/rounds/{round}/tallies", get().to(rounds::tallies))
        .route("/rounds/{round}/submissions", get().to(submissions::export));
    config.service(v1).route("/api/openapi.json", get().to(description::show));
}
