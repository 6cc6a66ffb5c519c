//! Newer versions of the questionnaires of a round that nobody could answer yet.

use chrono::NaiveDateTime;

use super::add_units;
use crate::store::rounds::{RoundRow, TargetRow};
use crate::store::{Db, StoreError, questionnaire_drafts, questionnaires, recordings, rounds, units};
use crate::survey::questionnaire::Questionnaire;

/// Takes the newest version of the own questionnaires of a round that nobody could answer yet; returns the codes of those that
/// are newer. Units, corrected numbers of pupils and
/// quotas stay as far as the new questions have a place for them.
///
/// # Errors
/// A questionnaire that does not read; the database failed.
pub fn renew(db: &mut Db, round: &RoundRow, now: NaiveDateTime) -> Result<Vec<String>, StoreError> {
    let (round_id, below) = (round.id, units::subtree(db, round.owner_id)?);
    let mut renewed = Vec::new();
    for row in questionnaires::of_round(db, round_id)? {
        // one of another office that has the same code is another questionnaire
        let own = questionnaire_drafts::by_code(db, &row.code)?.filter(|own| below.contains(&own.owner_id));
        let Some(own) = own.filter(|own| own.archived_at.is_none()) else { continue };
        let Ok(questionnaire) = Questionnaire::parse(&own.content) else { continue };
        // a recording that it names would have to lie beside it
        let files = recordings::of_code(db, &row.code)?;
        let Ok(recordings) = questionnaire.recordings(&own.content, |name| files.get(name).cloned()) else { continue };
        let version = questionnaires::publish(db, &row.code, &own.content, &recordings, now)?;
        if version != row.id {
            questionnaires::replace(db, round_id, row.id, version)?;
            renewed.push(row.code);
        }
    }
    if !renewed.is_empty() {
        settle(db, round_id, now)?;
    }
    Ok(renewed)
}

/// After its questionnaires changed, a round asks each unit at the levels that they are about now.
pub(super) fn settle(db: &mut Db, round_id: i64, now: NaiveDateTime) -> Result<(), StoreError> {
    let before = rounds::targets(db, round_id)?;
    let mut asked: Vec<i64> = before.iter().map(|target| target.unit_id).collect();
    asked.dedup();
    for unit_id in &asked {
        rounds::remove_unit(db, round_id, *unit_id, now)?;
    }
    add_units(db, round_id, &asked, now)?;
    let after = rounds::targets(db, round_id)?;
    // numbers of pupils that somebody corrected stay so
    let is_still = |old: &&TargetRow| after.iter().any(|new| (new.unit_id, &new.level) == (old.unit_id, &old.level));
    before.iter().filter(is_still).try_for_each(|target| rounds::put_target(db, round_id, target))
}
