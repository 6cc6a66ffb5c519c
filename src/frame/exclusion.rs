//! Leaving forms out of every figure, and taking that back.

use std::collections::BTreeMap;

use crate::catalogue::Catalogue;
use crate::intake::form::recounted;
use crate::store::exclusions::{self, Excluded, NewExclusion, Undone};
use crate::store::rounds::{self, RoundRow};
use crate::store::submissions::{self, Chosen};
use crate::store::tallies::{Counts, TallyKey};
use crate::store::{Db, StoreError, releases};
use crate::survey::exclusion::{Days, Reason};

/// The most forms that are excluded at once: the intake waits until it is done.
pub const MOST: usize = 20_000;

/// The forms that a unit has on these days, in the order of their ids: as the table has them and not a frame, which may be some
/// minutes old, for a day is left out whole.
///
/// # Errors
/// The database failed.
pub fn of_days(db: &mut Db, round_id: i64, (unit, days): (i64, Days)) -> Result<Vec<Vec<u8>>, StoreError> {
    let (from, to) = (Some(days.first()), Some(days.last()));
    submissions::ids(db, round_id, &Chosen { units: Some(vec![unit]), from, to, ..Chosen::default() })
}

/// Excludes those of these forms that the round has; see [`exclusions::insert`]. Call it in a transaction.
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
    if matches!(excluded, Excluded::Forms { .. }) {
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
