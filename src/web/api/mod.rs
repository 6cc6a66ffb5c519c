//! For programs: JSON and CSV.

pub mod bearer;
mod collectors;
mod description;
pub mod problem;
mod rounds;
pub(crate) mod submissions;

use actix_web::web::{ServiceConfig, get, post};

/// Registers the API.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/api/v1/collectors/{code}/submissions", post().to(collectors::submit))
        .route("/api/v1/collectors/{code}", get().to(collectors::show))
        .route("/api/v1/rounds", get().to(rounds::list))
        .route("/api/v1/rounds/{round}", get().to(rounds::show))
        .route("/api/v1/rounds/{round}/tallies", get().to(rounds::tallies))
        .route("/api/v1/rounds/{round}/submissions", get().to(submissions::export))
        .route("/api/openapi.json", get().to(description::show));
}
