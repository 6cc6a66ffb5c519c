//! The door for staff: signing in, with a second step where there is one, and out, and the one-time link that sets a password.

mod device;
pub mod door;
pub mod forgotten;
pub mod kept;
pub mod link;
pub mod second;
#[cfg(test)]
mod tests;
mod waiting;

use actix_web::web::{ServiceConfig, get, post};

/// Registers the pages of this room.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/sign-in", get().to(door::show))
        .route("/sign-in", post().to(door::sign_in))
        .route("/sign-in/forgotten", get().to(forgotten::show))
        .route("/sign-in/forgotten", post().to(forgotten::ask))
        .route("/sign-in/code", get().to(second::again))
        .route("/sign-in/code", post().to(second::check))
        .route("/sign-out", post().to(door::sign_out))
        .route("/link/{token}", get().to(link::show))
        .route("/link/{token}", post().to(link::set_password));
}
