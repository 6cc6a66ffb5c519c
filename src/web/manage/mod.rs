//! The organizer's desk.

pub mod account;
pub mod tokens;

use actix_web::web::{ServiceConfig, get, post};

/// Registers the pages of this room.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/manage/account", get().to(account::show))
        .route("/manage/account", post().to(account::change_password))
        .route("/manage/account/sign-out-everywhere", post().to(account::sign_out_everywhere))
        .route("/manage/tokens", get().to(tokens::show))
        .route("/manage/tokens", post().to(tokens::add))
        .route("/manage/tokens/{id}/revoke", post().to(tokens::revoke));
}
