//! Units: the list, one of them, what becomes of them, and files of many.

mod asked;
mod cancel;
mod change;
mod facts;
mod import;
mod kinds;
mod list;
mod told;
mod unit;

use actix_web::web::{ServiceConfig, get, post};

pub(super) use self::list::harmless;

/// Registers the pages of this room.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/manage/units", get().to(list::show))
        .route("/manage/units.csv", get().to(list::file))
        .route("/manage/units/import", get().to(import::show))
        .route("/manage/units/import", post().to(import::receive))
        .route("/manage/units/import/undo", post().to(import::undo::undo))
        .route("/manage/units/import/undo", get().to(import::undo::elsewhere))
        .route("/manage/units/new", get().to(unit::begin))
        .route("/manage/units/new", post().to(unit::add))
        .route("/manage/units/kinds", get().to(kinds::show))
        .route("/manage/units/kinds", post().to(kinds::save))
        .route("/manage/units/{code}", get().to(unit::show))
        .route("/manage/units/{code}", post().to(unit::correct))
        .route("/manage/units/{code}/change", get().to(change::show))
        .route("/manage/units/{code}/change", post().to(change::record))
        .route("/manage/units/{code}/cancel", post().to(cancel::cancel))
        .route("/manage/units/{code}/{_:cancel}", get().to(cancel::to_the_unit));
}
