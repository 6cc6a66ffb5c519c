//! `/manage/units/import/undo`: the units are as they were before the last import.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::{ImportPage, count};
use crate::state::State;
use crate::store::unit_imports::{self, LastImport};
use crate::survey::audit::Action;
use crate::web::deed::Deed;
use crate::web::error::Failure;
use crate::web::page::{self, see_other};
use crate::web::session::Registrar;
use crate::web::words::Words;

/// `POST /manage/units/import/undo`
pub(in crate::web::manage::units) async fn undo(
    request: HttpRequest,
    officer: Registrar,
    state: web::Data<State>,
    sent: web::Form<Undo>,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&sent._csrf)?;
    let (office, id, now) = (officer.post(), sent.id, state.clock.now());
    let registrar = officer.0.clone();
    let undone = state.store.write(move |db| {
        let undone = unit_imports::undo(db, office, id, now)?;
        if let Some(undone) = &undone {
            let counts = [format!("removed={}", undone.removed), format!("restored={}", undone.restored)];
            registrar.note(db, now, office, Deed::with(Action::UnitsImported, counts), "undo")?;
        }
        Ok(undone)
    });
    let undone = undone.await?;
    let words = officer.words;
    let sentence = match undone {
        None => words.say("units-undo-late"),
        Some(undone) => {
            let values = [("removed", count(undone.removed)), ("restored", count(undone.restored))];
            let kept =
                (!undone.kept.is_empty()).then(|| words.with("units-undo-kept", "names", undone.kept.join(", ")));
            [Some(words.fill("units-undone", values)), kept].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
    };
    page::show(&ImportPage { done: Some(sentence), ..ImportPage::new(&request, &officer) })
}

/// `GET /manage/units/import/undo`: the page after it, in another language or loaded again.
pub(in crate::web::manage::units) async fn elsewhere() -> HttpResponse {
    see_other("/manage/units/import")
}

/// Which import is to be taken back.
#[derive(Deserialize)]
pub(in crate::web::manage::units) struct Undo {
    #[serde(default)]
    _csrf: String,
    id: i64,
}

/// The last import, in a sentence.
pub(super) struct Last {
    pub(super) id: i64,
    pub(super) text: String,
}

impl Last {
    pub(super) fn new(last: &LastImport, words: Words) -> Self {
        let values =
            [("moment", words.moment(last.imported_at)), ("new", count(last.added)), ("changed", count(last.changed))];
        Self { id: last.id, text: words.fill("units-last", values) }
    }
}
