//! Forms that are withdrawn: the row goes, and its numbers with it. Whichever writer does it takes them from its own shard of
//! the counters, where a cell may become negative; the sum over the shards is right.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::super::tallies::{Counts, TallyKey};
use super::super::{Db, StoreError, exclusions, pictures, withdrawals};
use crate::survey::picture::PictureId;
use crate::survey::round::{Gate, Window};

/// A form that its parent takes back.
#[derive(Debug, Clone)]
pub struct Withdrawal {
    /// Keyed hash of the secret.
    pub hash: i64,
    /// The form's random id.
    pub submission_id: Vec<u8>,
    /// Where it was counted.
    pub key: TallyKey,
    /// What it added to the counters.
    pub cells: Vec<i64>,
    /// The pictures that it names.
    pub pictures: Vec<PictureId>,
}

/// Withdraws what is still there, takes it out of what the batch counts, and says which were.
pub(super) fn withdraw(
    db: &mut Db,
    leaving: &[Withdrawal],
    windows: &BTreeMap<i64, Window>,
    now: NaiveDateTime,
    counts: &mut BTreeMap<TallyKey, Counts>,
) -> Result<Vec<bool>, StoreError> {
    let mut gone = Vec::with_capacity(leaving.len());
    for form in leaving {
        let round_id = form.key.round_id;
        // as long as forms come in that were begun in time; figures that are frozen do not change
        let may = windows
            .get(&round_id)
            .is_some_and(|window| matches!(window.gate(now), Gate::Open | Gate::Paused | Gate::Grace));
        let is_gone = may && withdrawals::remove(db, round_id, form.hash, &form.submission_id)?;
        if is_gone {
            pictures::delete_of(db, round_id, &form.pictures)?;
            let less = Counts { n: -1, cells: form.cells.iter().map(|cell| -cell).collect() };
            counts.entry(form.key.clone()).or_default().add(&less);
            exclusions::forget_form(db, &form.submission_id, &form.key, &less)?;
        }
        gone.push(is_gone);
    }
    Ok(gone)
}
