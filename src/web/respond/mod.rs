//! The parent: start page, form, submission, receipt, and the look-up of receipts.

mod access;
mod code;
mod form;
mod notice;
mod qr;
mod receipt;
mod secret;
mod start;
mod submit;
mod track;
mod violation;
mod withdraw;

use actix_web::guard;
use actix_web::middleware::Compress;
use actix_web::web::{ServiceConfig, get, post, resource};

pub use qr::address;
pub(crate) use qr::drawing;
pub use start::StartPages;
pub(crate) use violation::sentence;

/// Registers the pages of this room.
pub fn routes(config: &mut ServiceConfig) {
    // pages with questions are long and made for one reader; nothing secret stands in them that a stranger could guess at
    let form = resource("/k/{code}/phieu").wrap(Compress::default()).route(get().to(form::show));
    let sent = resource("/k/{code}").guard(guard::Post()).wrap(Compress::default()).to(submit::submit);
    config
        .route("/k", get().to(code::find))
        .route("/k/", get().to(code::find))
        .route("/k/{code}/", get().to(code::without_slash))
        .service(sent)
        .service(form)
        .route("/k/{code}", get().to(start::show))
        .route("/k/{code}/bien-nhan/{receipt}", get().to(receipt::show_receipt))
        .route("/k/{code}/rut-lai", post().to(secret::reveal))
        .route("/k/{code}/rut-lai", get().to(secret::elsewhere))
        .route("/rut-lai", get().to(withdraw::ask))
        .route("/rut-lai", post().to(withdraw::answer))
        .route("/tra-cuu", get().to(track::ask))
        .route("/tra-cuu", post().to(track::answer))
        .route("/k/{code}/qr.svg", get().to(qr::svg))
        .route("/k/{code}/qr.png", get().to(qr::png));
}
