//! The questionnaires of an officer's area, as they stand in the database.

use std::collections::{BTreeSet, HashSet};

use crate::state::State;
use crate::store::questionnaire_drafts::{self, DraftRow};
use crate::store::{Db, StoreError, recordings, units};
use crate::survey::manuscript::{Core, Manuscript, Object, Place};
use crate::survey::questionnaire::{Mistake, Questionnaire};
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
    /// The recordings that lie beside it: names and hashes.
    pub recordings: Vec<(String, Vec<u8>)>,
}

impl Own {
    /// Reads a row, with what lies beside it.
    pub(super) fn read(db: &mut Db, row: DraftRow) -> Result<Self, StoreError> {
        let sheet = document(&row.content)?;
        let core = row.based_on.as_deref().and_then(core_of);
        let recordings = recordings::names(db, row.id)?;
        Ok(Self { row, sheet, core, recordings })
    }

    /// Everything that keeps it out of rounds.
    pub(super) fn mistakes(&self) -> Vec<Mistake> {
        let found = self.sheet.read().err().unwrap_or_default();
        if found.is_empty() { self.missing() } else { found }
    }

    /// The recordings that it names and that are not there.
    fn missing(&self) -> Vec<Mistake> {
        let is_there = |name: &str| self.recordings.iter().any(|(known, _)| known == name);
        let of_question = |((s, q), question): (Place, &Object)| {
            let named = question.get("audio").and_then(|audio| audio.as_object()).into_iter().flatten();
            let files = named.filter_map(|(lang, name)| Some((lang, name.as_str()?)));
            let missing = files.filter(|(_, name)| !is_there(name)).map(|(lang, name)| Mistake {
                line: 1,
                path: format!("$.sections[{s}].questions[{q}].audio.{lang}"),
                message: format!("{name}: the file is missing"),
            });
            missing.collect::<Vec<_>>()
        };
        self.sheet.all().flat_map(of_question).collect()
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
    if officer.may_manage(&line) { Own::read(db, row).map(Some) } else { Ok(None) }
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
    let mut usable = Vec::new();
    for row in rows {
        let own = Own::read(db, row)?;
        let questionnaire = own.sheet.read().ok().filter(|_| own.missing().is_empty());
        usable.extend(questionnaire.map(|questionnaire| Usable { text: own.row.content, questionnaire }));
    }
    usable.sort_by(|a, b| {
        crate::vietnamese::compare(
            a.questionnaire.title.get(crate::survey::text::Lang::VI),
            b.questionnaire.title.get(crate::survey::text::Lang::VI),
        )
    });
    Ok(usable)
}
