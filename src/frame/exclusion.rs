//! Leaving forms out of every figure, and taking that back.

use std::collections::BTreeMap;

use crate::catalogue::Catalogue;
use crate::intake::form::recounted;
use crate::store::exclusions::{self, Excluded, NewExclusion, Undone};
use crate::store::rounds::{self, RoundRow};
use crate::store::tallies::{Counts, TallyKey};
use crate::store::{Db, StoreError, releases};
use crate::survey::exclusion::Reason;

/// The most forms that are excluded at once: the intake waits until it is done.
pub const MOST: usize = 20_000;

/// Excludes those of these forms that the round has. Call it in a transaction.
///
/// # Errors
/// The database failed, or a form is damaged; nothing is excluded then.
pub fn exclude(
    db: &mut Db,
    catalogue: &Catalogue,
    round: &RoundRow,
    new: NewExclusion<'_>,
    forms: &[Vec<u8>],
) -> Result<Excluded, StoreError> {
    // whoever withdraws a form changes the round, too, and waits
    rounds::hold(db, &round.slug)?;
    let excluded = exclusions::insert(db, new, forms)?;
    if matches!(excluded, Excluded::Forms(_)) {
        recount(db, catalogue, round.id)?;
    }
    Ok(excluded)
}

/// Takes an exclusion back, for this reason. Call it in a transaction.
///
/// # Errors
/// As [`exclude`].
pub fn include(
    db: &mut Db,
    catalogue: &Catalogue,
    round: &RoundRow,
    exclusion: i64,
    undoing: (chrono::NaiveDateTime, i64, Option<&Reason>),
) -> Result<Undone, StoreError> {
    rounds::hold(db, &round.slug)?;
    let undone = exclusions::undo(db, round.id, exclusion, undoing)?;
    if undone == Undone::Now {
        recount(db, catalogue, round.id)?;
    }
    Ok(undone)
}

fn recount(db: &mut Db, catalogue: &Catalogue, round_id: i64) -> Result<(), StoreError> {
    let counts = counted(db, catalogue, round_id)?;
    // what waits to be published was counted otherwise
    releases::drop_candidates(db, round_id)?;
    exclusions::put_tallies(db, round_id, &counts)
}

/// What the excluded forms of a round add to its counters.
///
/// # Errors
/// As [`exclude`].
pub fn counted(db: &mut Db, catalogue: &Catalogue, round_id: i64) -> Result<BTreeMap<TallyKey, Counts>, StoreError> {
    let damaged = |why: String| StoreError::corrupt("submission", why);
    let versions = catalogue.of_round(db, round_id)?;
    let mut counts = BTreeMap::<TallyKey, Counts>::new();
    for row in exclusions::forms(db, round_id)? {
        let form = versions.iter().find(|form| form.id == row.version_id);
        let form = form.ok_or_else(|| damaged("it names an unknown version".to_owned()))?;
        let (stratum, cells) = recounted(form, &row.answers).map_err(damaged)?;
        let key = TallyKey {
            round_id,
            version_id: row.version_id,
            unit_id: row.unit_id,
            channel: row.channel.into(),
            stratum,
        };
        counts.entry(key).or_default().add(&Counts { n: 1, cells });
    }
    Ok(counts)
}
