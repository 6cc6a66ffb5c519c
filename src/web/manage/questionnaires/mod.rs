//! Questionnaires that an office writes itself: the list, a new one, the editor, and what is done with one of them.
//!
//! One that the officer may not manage does not exist for that officer. Every change goes through `change`, which knows what
//! the officer had before them and keeps what the template holds fast.

mod begin;
mod change;
mod check;
mod conflict;
mod cover;
mod editor;
mod history;
mod json;
mod library;
mod list;
mod mistake;
mod names;
mod outline;
mod own;
mod pieces;
mod preview;
mod properties;
mod question;
mod quiet;
mod recordings;
mod save;
mod scales;
mod section;
mod sentence;
mod translate;
mod upload;
mod views;
mod worded;
mod writing;

use actix_web::web::{ServiceConfig, get, post};

pub use self::history::{Line, differences};
pub use self::own::{Usable, usable};

/// Registers the pages of this room.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/manage/questionnaires", get().to(list::show))
        .route("/manage/questionnaires/new", get().to(begin::show))
        .route("/manage/questionnaires/new", post().to(begin::make))
        .route("/manage/questionnaires/upload", get().to(begin::show))
        .route("/manage/questionnaires/upload", post().to(upload::make))
        .route("/manage/questionnaires/{id}", get().to(editor::show))
        .route("/manage/questionnaires/{id}/outline", post().to(outline::save))
        .route("/manage/questionnaires/{id}/question", post().to(save::save))
        .route("/manage/questionnaires/{id}/section", post().to(section::save))
        .route("/manage/questionnaires/{id}/cover", get().to(cover::show))
        .route("/manage/questionnaires/{id}/cover", post().to(cover::save))
        .route("/manage/questionnaires/{id}/scales", get().to(scales::show))
        .route("/manage/questionnaires/{id}/scales", post().to(scales::save))
        .route("/manage/questionnaires/{id}/translate", get().to(translate::show))
        .route("/manage/questionnaires/{id}/translate", post().to(translate::save))
        .route("/manage/questionnaires/{id}/recordings", post().to(recordings::add))
        .route("/manage/questionnaires/{id}/recordings/remove", post().to(recordings::remove))
        .route("/manage/questionnaires/{id}/names", get().to(names::show))
        .route("/manage/questionnaires/{id}/json", get().to(json::show))
        .route("/manage/questionnaires/{id}/json", post().to(json::save))
        .route("/manage/questionnaires/{id}/library", get().to(library::show))
        .route("/manage/questionnaires/{id}/library", post().to(library::save))
        .route("/manage/questionnaires/{id}/history", get().to(history::show))
        .route("/manage/questionnaires/{id}/history", post().to(history::restore))
        .route("/manage/questionnaires/{id}/check", post().to(check::check))
        .route("/manage/questionnaires/{id}/xem", get().to(preview::show))
        // a form that came back with a sentence stands at the address it was sent to; whoever opens that gets the page
        .route("/manage/questionnaires/{id}/{_:outline|question|section|recordings}", get().to(editor::to_the_page))
        .route("/manage/questionnaires/{id}/file.json", get().to(list::file))
        .route("/manage/questionnaires/{id}/archive", post().to(list::archive));
}
