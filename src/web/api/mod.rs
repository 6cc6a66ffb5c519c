//! For programs: JSON and CSV.

pub mod bearer;
mod collectors;
mod description;
pub mod problem;
mod rounds;
pub(crate) mod submissions;

use actix_web::web::{QueryConfig, ServiceConfig, get, post, scope};

use problem::Problem;

/// Registers the API.
pub fn routes(config: &mut ServiceConfig) {
    let v1 = scope("/api/v1")
        .app_data(queries())
        .route("/collectors/{code}/submissions", post().to(collectors::submit))
        .route("/collectors/{code}", get().to(collectors::show))
        .route("/rounds", get().to(rounds::list))
        .route("/rounds/{round}", get().to(rounds::show))
        .route("/rounds/{round}/tallies", get().to(rounds::tallies))
        .route("/rounds/{round}/submissions", get().to(submissions::export));
    config.service(v1).route("/api/openapi.json", get().to(description::show));
}

/// What stands after the question mark and cannot be read gets a problem that says why.
fn queries() -> QueryConfig {
    QueryConfig::default().error_handler(|error, _| {
        Problem::bad_request(format!("The part of the address after the question mark is not understood: {error}."))
            .into()
    })
}
