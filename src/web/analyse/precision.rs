//! How sure the figures of a page are: where a share or a mean would be, had everybody been asked. Only for forms that were drawn
//! by chance; of others nothing is said.

use super::figure::FEW;
use crate::analysis::Measure;
use crate::analysis::interval::{Interval, NoInterval, Sample};
use crate::analysis::method::Reach;
use crate::tabulation::pooled::{Item, Pooled};
use crate::web::method::no_interval;
use crate::web::words::Words;

/// The precision of what was pooled.
#[derive(Clone, Copy)]
pub(super) struct Precision<'p> {
    reach: Reach,
    pub pool: &'p Pooled<'p>,
}

impl<'p> Precision<'p> {
    pub fn of(reach: Reach, pool: &'p Pooled<'p>) -> Self {
        Self { reach, pool }
    }

    /// Of `k` out of `n` answers to an item, from 0 to 1, with 95 %; none where no simple sample was drawn.
    pub fn share(&self, item: &Item<'_>, k: u64, n: u64) -> Option<Interval> {
        self.sample(item)?.share(k, n)
    }

    /// Of a rated item's mean, on the scale's points; none for few answers either, whose distribution is not known.
    pub fn mean(&self, item: &Item<'_>) -> Option<Interval> {
        let Measure::Rating { points, .. } = item.measure else { return None };
        let sample = self.sample(item).filter(|_| item.counts.answered >= FEW)?;
        Some(sample.mean(points, &item.counts.choices)?.interval)
    }

    /// Why the whole has none, although people were drawn.
    pub fn why_not(&self, words: Words) -> Option<String> {
        let why = self.reach.sample(self.pool.source()).err()?;
        why.is_of_drawn().then(|| no_interval(words, &why))
    }

    /// Whether that is because units and levels were drawn each on its own, so that weights tell it.
    pub fn is_weighted(&self) -> bool {
        self.reach.sample(self.pool.source()) == Err(NoInterval::Strata)
    }

    fn sample(&self, item: &Item<'_>) -> Option<Sample> {
        self.reach.sample(self.pool.source_of(item)).ok()
    }
}
