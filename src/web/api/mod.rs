//! For programs: JSON and CSV.

pub mod bearer;
mod collectors;
mod description;
pub mod problem;
mod rounds;
pub(crate) mod submissions;

use actix_web::guard::Get;
use actix_web::web::{QueryConfig, ServiceConfig, get, post, resource};
use actix_web::{Error, HttpRequest, Resource, error};

use problem::Problem;

/// Registers the API.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/api/v1/collectors/{code}/submissions", post().to(collectors::submit))
        .route("/api/v1/collectors/{code}", get().to(collectors::show))
        .route("/api/v1/rounds", get().to(rounds::list))
        .route("/api/v1/rounds/{round}", get().to(rounds::show))
        .service(asked("/api/v1/rounds/{round}/tallies").to(rounds::tallies))
        .service(asked("/api/v1/rounds/{round}/submissions").to(submissions::export))
        .route("/api/openapi.json", get().to(description::show));
}

/// A resource that is asked with words behind a question mark; those that it does not know are a problem like any other.
fn asked(path: &str) -> Resource {
    resource(path).guard(Get()).app_data(QueryConfig::default().error_handler(not_understood))
}

fn not_understood(error: error::QueryPayloadError, _: &HttpRequest) -> Error {
    Problem::bad_request(format!("The address asks for something else than there is: {error}.")).into()
}
