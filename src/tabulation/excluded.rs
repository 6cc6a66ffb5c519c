//! Which forms of a round count in no figure, remembered: whoever counts in a frame needs all of their ids, each time.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use parking_lot::Mutex;

use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, exclusions, retention};
use crate::survey::exclusion::Rule;

/// How many rounds are remembered; some MB each where a hundred thousand forms are excluded.
const MOST: usize = 16;

/// The excluded forms of a round.
#[derive(Debug, Default)]
pub struct ExcludedForms {
    /// Their random ids, in order.
    pub ids: Vec<Vec<u8>>,
    /// How many each rule excludes; one that several exclude counts for each.
    pub by_rule: BTreeMap<Rule, i64>,
}

/// What must be as it was for a list to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    /// Exclusions that were made, and taken back.
    exclusions: (i64, i64),
    /// Forms that were taken back by who sent them.
    withdrawn: i64,
    /// Whether the forms are deleted.
    is_forgotten: bool,
}

/// What was read of a round.
type Known = (Stamp, Arc<ExcludedForms>);

/// Lists that were read.
#[derive(Debug, Clone, Default)]
pub struct Exclusions(Arc<Mutex<HashMap<i64, Known>>>);

impl Exclusions {
    /// The excluded forms of a round, as they are now.
    ///
    /// # Errors
    /// The database failed, or a rule is unknown.
    pub fn of(&self, db: &mut Db, round: &RoundRow) -> Result<Arc<ExcludedForms>, StoreError> {
        let stamp = Stamp {
            exclusions: exclusions::revision(db, round.id)?,
            withdrawn: round.withdrawn,
            is_forgotten: retention::is_forgotten(db, round.id)?,
        };
        if let Some((known, forms)) = self.0.lock().get(&round.id)
            && *known == stamp
        {
            return Ok(forms.clone());
        }
        let by_rule = exclusions::by_rule(db, round.id)?;
        let forms = Arc::new(ExcludedForms { ids: exclusions::of_round(db, round.id)?, by_rule });
        let mut known = self.0.lock();
        if known.len() >= MOST
            && let Some(other) = known.keys().find(|id| **id != round.id).copied()
        {
            known.remove(&other);
        }
        known.insert(round.id, (stamp, forms.clone()));
        Ok(forms)
    }
}
