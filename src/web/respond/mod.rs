//! The parent: start page, form, submission, receipt, and the look-up of receipts.

mod code;
mod form;
mod notice;
mod qr;
mod receipt;
mod start;
mod submit;
mod track;
mod violation;

use actix_web::web::{ServiceConfig, get, post};

pub use qr::address;
pub use start::StartPages;
pub(crate) use violation::sentence;

/// Registers the pages of this room.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/k", get().to(code::find))
        .route("/k/{code}", get().to(start::show))
        .route("/k/{code}", post().to(submit::submit))
        .route("/k/{code}/phieu", get().to(form::show))
        .route("/k/{code}/bien-nhan/{receipt}", get().to(receipt::show_receipt))
        .route("/tra-cuu", get().to(track::ask))
        .route("/tra-cuu", post().to(track::answer))
        .route("/k/{code}/qr.svg", get().to(qr::svg))
        .route("/k/{code}/qr.png", get().to(qr::png));
}
