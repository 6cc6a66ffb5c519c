//! Saving: what an officer changes is changed in what stands there now, not in what stood there when the page was opened. Where
//! somebody else changed the same thing meanwhile, both are shown, and nothing is lost.

use crate::state::State;
use crate::store::audit::{self, Entry};
use crate::store::questionnaire_drafts::{self, Change, Occasion};
use crate::store::{Db, StoreError};
use crate::survey::audit::Action;
use crate::survey::manuscript::{Departure, Fact, LARGEST_FILE, Manuscript};
use crate::web::error::Failure;
use crate::web::manage::trouble::Trouble;
use crate::web::session::Officer;
use crate::web::words::Words;

use super::own::{Own, document, mine};

/// What a change works with.
pub(super) struct Standing {
    /// What stands there now.
    pub own: Own,
    /// What the officer saw.
    pub base: Manuscript,
}

/// What came of a change.
pub(super) enum Outcome {
    /// It was saved under this revision, or stands there already.
    Saved(i64),
    /// It was not, because of this.
    Trouble(Trouble),
    /// Somebody else changed the same thing meanwhile.
    Clash(Clash),
}

/// Two versions of one thing.
pub(super) struct Clash {
    /// What the officer wanted to save.
    pub mine: Vec<Fact>,
    /// What was saved meanwhile; none: it was taken out.
    pub theirs: Option<Vec<Fact>>,
    /// The revision that is there now.
    pub revision: i64,
}

/// Why a change is not made.
pub(super) enum Stop {
    /// Something about what was typed.
    Trouble(Trouble),
    /// Both versions.
    Clash(Vec<Fact>, Option<Vec<Fact>>),
}

impl Stop {
    /// Something that concerns the whole page.
    pub(super) fn page(words: Words, name: &str) -> Self {
        Self::Trouble(Trouble::page(words.say(name)))
    }
}

/// Changes the questionnaire with this number. `seen` is the revision that the officer's page showed; `item` what a page saved
/// by itself.
pub(super) async fn change(
    state: &State,
    officer: &Officer,
    id: i64,
    seen: i64,
    item: Option<String>,
    work: impl FnOnce(&Standing) -> Result<Manuscript, Stop> + Send + 'static,
) -> Result<Outcome, Failure> {
    let (officer, now) = (officer.clone(), state.clock.now());
    let outcome = state
        .store
        .write(move |db| {
            let Some(standing) = standing(db, &officer, id, seen)? else { return Ok(None) };
            let revision = standing.own.row.revision;
            let changed = match work(&standing) {
                Ok(changed) => changed,
                Err(Stop::Trouble(trouble)) => return Ok(Some(Outcome::Trouble(trouble))),
                Err(Stop::Clash(mine, theirs)) => {
                    return Ok(Some(Outcome::Clash(Clash { mine, theirs, revision })));
                }
            };
            if let Some(trouble) = held(&standing.own, &changed, officer.words) {
                return Ok(Some(Outcome::Trouble(trouble)));
            }
            if changed == standing.own.sheet {
                return Ok(Some(Outcome::Saved(revision)));
            }
            let occasion = item.map_or(Occasion::Asked, Occasion::ByItself);
            save(db, &standing.own, &changed, occasion, officer.account_id, now)
                .map(|saved| Some(Outcome::Saved(saved)))
        })
        .await?;
    outcome.ok_or(Failure::NotFound)
}

/// What stands there and what the officer saw; none where there is nothing to be seen.
fn standing(db: &mut Db, officer: &Officer, id: i64, seen: i64) -> Result<Option<Standing>, StoreError> {
    questionnaire_drafts::hold(db, id)?;
    let Some(own) = mine(db, officer, id)? else { return Ok(None) };
    let Some(content) = questionnaire_drafts::content_of(db, id, seen)? else { return Ok(None) };
    Ok(Some(Standing { base: document(&content)?, own }))
}

/// Saves what was changed over what stands there, within the transaction that holds it.
pub(super) fn save(
    db: &mut Db,
    own: &Own,
    changed: &Manuscript,
    occasion: Occasion,
    by: i64,
    now: chrono::NaiveDateTime,
) -> Result<i64, StoreError> {
    let change = Change { from: own.row.revision, title: changed.name(), content: changed.text(), occasion };
    match questionnaire_drafts::save(db, own.row.id, &change, by, now)? {
        Some(revision) => {
            note(db, own, by, now)?;
            Ok(revision)
        }
        None => Err(StoreError::Unavailable("a questionnaire changed that was held".to_owned())),
    }
}

/// Who writes saves every few seconds: the log says once an hour that somebody is at it. What was changed stands in the history.
fn note(db: &mut Db, own: &Own, by: i64, now: chrono::NaiveDateTime) -> Result<(), StoreError> {
    let (action, subject, unit_id) = (Action::QuestionnaireChanged, own.row.code.as_str(), own.row.owner_id);
    let entry = Entry { at: now, account_id: Some(by), unit_id, action, subject, detail: "" };
    audit::note_once_in(db, entry, ONE_NOTE)
}

/// For this long changes by one person are one line of the log.
const ONE_NOTE: chrono::TimeDelta = chrono::TimeDelta::hours(1);

/// What the template holds fast and this would change.
fn held(own: &Own, changed: &Manuscript, words: Words) -> Option<Trouble> {
    if changed.code() != own.row.code {
        return Some(Trouble::page(words.with("q-code-fixed", "code", &own.row.code)));
    }
    if changed.text().len() > LARGEST_FILE {
        return Some(Trouble::page(words.say("q-too-large")));
    }
    let departure = own.core.as_ref()?.forbidden(changed)?;
    let (name, code) = match departure {
        Departure::Changed(code) => ("q-core-changed", code),
        Departure::Reworded(code) => ("q-core-reworded", code),
        Departure::LeftOut(_) => return None,
    };
    Some(Trouble::page(words.with(name, "code", code)))
}
