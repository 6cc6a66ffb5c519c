//! The organizer's desk.

pub mod account;
pub mod alerts;
pub mod assist;
pub mod audit;
mod fields;
pub mod paper;
pub mod people;
pub mod questionnaires;
pub mod rounds;
mod said;
pub mod second_step;
pub mod token_form;
pub mod tokens;
mod trouble;
pub mod unit_import;
pub mod units;

use actix_web::web::{ServiceConfig, get, post};

/// Registers the pages of this room.
pub fn routes(config: &mut ServiceConfig) {
    rounds::routes(config);
    questionnaires::routes(config);
    people::routes(config);
    paper::routes(config);
    config
        .route("/manage/account", get().to(account::show))
        .route("/manage/account", post().to(account::change_password))
        .route("/manage/account/sign-out-everywhere", post().to(account::sign_out_everywhere))
        .route("/manage/account/sessions/end", get().to(account::elsewhere))
        .route("/manage/account/sessions/end", post().to(account::end))
        .route("/manage/account/codes", get().to(second_step::elsewhere))
        .route("/manage/account/codes", post().to(second_step::begin))
        .route("/manage/account/codes/confirm", get().to(second_step::elsewhere))
        .route("/manage/account/codes/confirm", post().to(second_step::confirm))
        .route("/manage/account/codes/off", get().to(second_step::elsewhere))
        .route("/manage/account/codes/off", post().to(second_step::off))
        .route("/manage/audit", get().to(audit::show))
        .route("/manage/audit.csv", get().to(audit::file))
        .route("/manage/assist", get().to(assist::show))
        .route("/manage/alerts", get().to(alerts::show))
        .route("/manage/alerts/words", post().to(alerts::add_word))
        .route("/manage/alerts/words/remove", post().to(alerts::remove_word))
        .route("/manage/alerts/{id}/handled", post().to(alerts::handle))
        .route("/manage/units", get().to(units::show))
        .route("/manage/units.csv", get().to(units::file))
        .route("/manage/units/import", get().to(unit_import::show))
        .route("/manage/units/import", post().to(unit_import::import))
        .route("/manage/units/import/undo", post().to(unit_import::undo))
        .route("/manage/units/import/undo", get().to(unit_import::elsewhere))
        .route("/manage/tokens", get().to(tokens::show))
        .route("/manage/tokens", post().to(tokens::add))
        .route("/manage/tokens/{id}/revoke", post().to(tokens::revoke));
}
