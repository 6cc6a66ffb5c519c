//! The questionnaires of an officer's area, as they stand in the database.

use std::collections::{BTreeSet, HashSet};

use crate::state::State;
use crate::store::questionnaire_drafts::{self, DraftRow};
use crate::store::{Db, StoreError, units};
use crate::survey::manuscript::{Core, Manuscript};
use crate::survey::questionnaire::Questionnaire;
use crate::survey::templates;
use crate::web::error::Failure;
use crate::web::session::Officer;

/// One of them, with its document and the core that it keeps.
pub(super) struct Own {
    /// As it is stored.
    pub row: DraftRow,
    /// The document.
    pub sheet: Manuscript,
    /// The items of its template.
    pub core: Option<Core>,
}

impl Own {
    /// Reads a row.
    pub(super) fn read(row: DraftRow) -> Result<Self, StoreError> {
        let sheet = document(&row.content)?;
        let core = row.based_on.as_deref().and_then(core_of);
        Ok(Self { row, sheet, core })
    }

    /// Codes that own items must not take.
    pub(super) fn reserved(&self) -> BTreeSet<String> {
        self.core.as_ref().map(Core::codes).unwrap_or_default()
    }
}

/// A stored file as a document.
pub(super) fn document(content: &str) -> Result<Manuscript, StoreError> {
    Manuscript::parse(content).map_err(|mistake| StoreError::corrupt("questionnaire", mistake))
}

/// The core of a template.
pub(super) fn core_of(template: &str) -> Option<Core> {
    let template = templates::find(template)?;
    Manuscript::parse(template.text).ok().map(Core::of)
}

/// The one with this number, if the officer may manage it.
pub(super) fn mine(db: &mut Db, officer: &Officer, id: i64) -> Result<Option<Own>, StoreError> {
    let Some(row) = questionnaire_drafts::find(db, id)? else { return Ok(None) };
    let line = units::line(db, row.owner_id)?;
    if officer.may_manage(&line) { Own::read(row).map(Some) } else { Ok(None) }
}

/// The same outside a transaction.
///
/// # Errors
/// [`Failure::NotFound`], also where it is somebody else's.
pub(super) async fn load(state: &State, officer: &Officer, id: i64) -> Result<Own, Failure> {
    let officer = officer.clone();
    state.store.read(move |db| mine(db, &officer, id)).await?.ok_or(Failure::NotFound)
}

/// A questionnaire that a round can ask.
#[derive(Debug)]
pub struct Usable {
    /// The file.
    pub text: String,
    /// What it asks.
    pub questionnaire: Questionnaire,
}

/// The own questionnaires of these units that have no mistakes, by title as people look for them.
///
/// # Errors
/// The database failed.
pub fn usable(db: &mut Db, below: &HashSet<i64>) -> Result<Vec<Usable>, StoreError> {
    let rows = questionnaire_drafts::of_units(db, below)?.into_iter().filter(|row| row.archived_at.is_none());
    let mut usable: Vec<Usable> = rows
        .filter_map(|row| {
            let questionnaire = Questionnaire::parse(&row.content).ok()?;
            // a recording that it names would have to lie beside it
            questionnaire.recordings(&row.content, |_| None).ok()?;
            Some(Usable { text: row.content, questionnaire })
        })
        .collect();
    usable.sort_by(|a, b| {
        crate::vietnamese::compare(
            a.questionnaire.title.get(crate::survey::text::Lang::VI),
            b.questionnaire.title.get(crate::survey::text::Lang::VI),
        )
    });
    Ok(usable)
}
