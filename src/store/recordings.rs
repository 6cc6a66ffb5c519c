//! Recordings of questionnaires that an office writes itself. A row never changes: its name contains the hash of its bytes.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::media::hash;
use super::schema::{questionnaire_draft, questionnaire_recording};
use super::{Db, StoreError};
use crate::survey::audio::Recording;

/// More recordings than any questionnaire has; in bytes, at most some 75 MB.
pub const MOST: i64 = 250;

/// Keeps a recording with a questionnaire; the same again changes nothing.
///
/// # Errors
/// The database failed.
pub fn add(db: &mut Db, draft_id: i64, recording: &Recording, now: NaiveDateTime) -> Result<(), StoreError> {
    use questionnaire_recording as r;
    let known: i64 =
        r::table.filter(r::draft_id.eq(draft_id)).filter(r::name.eq(&recording.name)).count().get_result(db)?;
    if known > 0 {
        return Ok(());
    }
    diesel::insert_into(r::table)
        .values((
            r::draft_id.eq(draft_id),
            r::name.eq(&recording.name),
            r::mime.eq(recording.mime),
            r::hash.eq(hash(&recording.bytes).to_vec()),
            r::bytes.eq(&recording.bytes),
            r::added_at.eq(now),
        ))
        .execute(db)?;
    Ok(())
}

/// The recordings of a questionnaire: name and hash.
///
/// # Errors
/// The database failed.
pub fn names(db: &mut Db, draft_id: i64) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    use questionnaire_recording as r;
    Ok(r::table.filter(r::draft_id.eq(draft_id)).select((r::name, r::hash)).load(db)?)
}

/// The recordings of a questionnaire themselves, by name.
///
/// # Errors
/// The database failed.
pub fn of_draft(db: &mut Db, draft_id: i64) -> Result<HashMap<String, Vec<u8>>, StoreError> {
    use questionnaire_recording as r;
    let rows: Vec<(String, Vec<u8>)> =
        r::table.filter(r::draft_id.eq(draft_id)).select((r::name, r::bytes)).load(db)?;
    Ok(rows.into_iter().collect())
}

/// The same for the questionnaire with this code; empty where none has it.
///
/// # Errors
/// The database failed.
pub fn of_code(db: &mut Db, code: &str) -> Result<HashMap<String, Vec<u8>>, StoreError> {
    let draft = questionnaire_draft::table.filter(questionnaire_draft::code.eq(code));
    let id: Option<i64> = draft.select(questionnaire_draft::id).first(db).optional()?;
    id.map_or_else(|| Ok(HashMap::new()), |id| of_draft(db, id))
}

/// Whether there is room for one more. Where there is not, those that are not named any more go first, and with them the way
/// back to versions that named them.
///
/// # Errors
/// The database failed.
pub fn make_room(db: &mut Db, draft_id: i64, named: &HashSet<String>) -> Result<bool, StoreError> {
    use questionnaire_recording as r;
    let kept = names(db, draft_id)?;
    let full = |n: usize| i64::try_from(n).unwrap_or(i64::MAX) >= MOST;
    if !full(kept.len()) {
        return Ok(true);
    }
    let (stay, go): (Vec<_>, Vec<_>) = kept.into_iter().map(|(name, _)| name).partition(|name| named.contains(name));
    let gone = r::table.filter(r::draft_id.eq(draft_id)).filter(r::name.eq_any(go));
    diesel::delete(gone).execute(db)?;
    Ok(!full(stay.len()))
}

/// A recording by the hash of its bytes: what it is, and the bytes.
///
/// # Errors
/// The database failed.
pub fn find(db: &mut Db, wanted: super::media::Hash) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    use questionnaire_recording as r;
    let file = r::table.filter(r::hash.eq(wanted.to_vec())).select((r::mime, r::bytes));
    Ok(file.first(db).optional()?)
}
