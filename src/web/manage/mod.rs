//! The organizer's desk.

pub mod account;
pub mod alerts;
pub mod assist;
pub mod audit;
mod audit_detail;
pub mod campaigns;
pub(in crate::web) mod fields;
mod merge;
pub mod paper;
pub mod people;
pub mod questionnaires;
pub mod rounds;
pub mod rules;
mod said;
pub mod school;
pub mod second_step;
pub mod token_form;
pub mod tokens;
mod trouble;
pub mod units;

use actix_web::web::{ServiceConfig, get, post};

/// Registers the pages of this room.
pub fn routes(config: &mut ServiceConfig) {
    rounds::routes(config);
    campaigns::routes(config);
    questionnaires::routes(config);
    people::routes(config);
    paper::routes(config);
    units::routes(config);
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
        .route("/manage/rules", get().to(rules::show))
        .route("/manage/rules", post().to(rules::save))
        .route("/manage/rules/contacts", get().to(rules::elsewhere))
        .route("/manage/rules/contacts", post().to(rules::limit))
        .route("/manage/audit", get().to(audit::show))
        .route("/manage/audit.csv", get().to(audit::file))
        .route("/manage/school", get().to(school::show))
        .route("/manage/assist", get().to(assist::show))
        .route("/manage/alerts", get().to(alerts::show))
        .route("/manage/alerts/words", post().to(alerts::add_word))
        .route("/manage/alerts/words/remove", post().to(alerts::remove_word))
        .route("/manage/alerts/{id}/handled", post().to(alerts::handle))
        .route("/manage/tokens", get().to(tokens::show))
        .route("/manage/tokens", post().to(tokens::add))
        .route("/manage/tokens/{id}/revoke", post().to(tokens::revoke));
}
