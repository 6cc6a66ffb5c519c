//! The parent: start page, form, submission, receipt, and the look-up of receipts.

mod card;
mod code;
mod form;
mod media;
mod notice;
mod qr;
mod receipt;
mod share;
mod start;
mod submit;
mod track;
mod violation;

use actix_web::guard;
use actix_web::middleware::Compress;
use actix_web::web::{ServiceConfig, get, post, resource};

pub use card::Cards;
pub use qr::address;
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
        .route("/tra-cuu", get().to(track::ask))
        .route("/tra-cuu", post().to(track::answer))
        .route("/k/{code}/qr.svg", get().to(qr::svg))
        .route("/k/{code}/qr.png", get().to(qr::png))
        .route("/k/{code}/card.png", get().to(card::show))
        .route("/media/{file}", get().to(media::serve));
}
