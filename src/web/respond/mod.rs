//! The parent: start page, form, submission, receipt, and the look-up of receipts.

mod access;
mod again;
mod begin;
mod behalf;
mod card;
mod children;
mod code;
mod device;
mod elsewhere;
mod form;
mod full;
mod kiosk;
mod leave;
mod media;
mod notice;
mod part;
mod pictures;
pub mod preview;
mod qr;
mod receipt;
mod review;
mod secret;
mod sent;
mod share;
mod start;
mod submit;
mod track;
mod unfinished;
mod upload;
mod violation;
mod withdraw;

use actix_web::guard;
use actix_web::middleware::from_fn;
use actix_web::web::{ServiceConfig, get, post, resource};

use crate::web::compressed;

pub use card::Cards;
pub(crate) use children::letter;
pub use kiosk::lead_back;
pub use qr::address;
pub(crate) use qr::drawing;
pub use start::StartPages;
pub(crate) use violation::{sentence, told};

/// Registers the pages of this room.
pub fn routes(config: &mut ServiceConfig) {
    // pages with questions are long and made for one reader; nothing secret stands in them that a stranger could guess at
    let form = resource("/k/{code}/phieu")
        .wrap(from_fn(compressed::page))
        .route(get().to(form::show))
        .route(post().to(begin::begin));
    let under_way = resource("/k/{code}/phieu/{ticket}")
        .wrap(from_fn(compressed::page))
        .route(get().to(part::show))
        .route(post().to(part::go));
    let sent = resource("/k/{code}").guard(guard::Post()).wrap(from_fn(compressed::page)).to(submit::submit);
    config
        .route("/k", get().to(code::find))
        .route("/k/", get().to(code::find))
        .route("/k/{code}/", get().to(code::without_slash))
        .service(sent)
        .service(form)
        .service(under_way)
        .route("/k/{code}/phieu/{ticket}/anh", post().to(pictures::send))
        .route("/k/{code}/phieu/{ticket}/anh/{id}", get().to(pictures::see))
        .route("/k/{code}", get().to(start::start))
        .route("/k/{code}/thu-cha-me", get().to(children::notice))
        .route("/k/{code}/may-chung", get().to(kiosk::show))
        .route("/k/{code}/may-chung", post().to(kiosk::turn))
        .route("/k/{code}/nhap-ho", post().to(behalf::assist))
        .route("/k/{code}/nhap-ho", get().to(behalf::elsewhere))
        .route("/k/{code}/thu", get().to(behalf::elsewhere))
        .route("/k/{code}/thu", post().to(behalf::rehearse))
        .route("/k/{code}/bien-nhan/{receipt}", get().to(receipt::show_receipt))
        .route("/k/{code}/rut-lai", post().to(secret::reveal))
        .route("/k/{code}/rut-lai", get().to(secret::elsewhere))
        .route("/thu/{token}", get().to(leave::ask))
        .route("/thu/{token}", post().to(leave::leave))
        .route("/rut-lai", get().to(withdraw::ask))
        .route("/rut-lai", post().to(withdraw::answer))
        .route("/tra-cuu", get().to(track::ask))
        .route("/tra-cuu", post().to(track::answer))
        .route("/k/{code}/qr.svg", get().to(qr::svg))
        .route("/k/{code}/qr.png", get().to(qr::png))
        .route("/k/{code}/card.png", get().to(card::show))
        .route("/media/{file}", get().to(media::serve));
}
