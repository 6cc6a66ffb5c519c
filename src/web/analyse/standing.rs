//! Which items stand lowest, and which of them may be named so: what everybody was asked comes first, and shares that lie close
//! together are no order.

use std::cmp::Reverse;

use super::asking::Asking;
use super::figure::{self, FEW, Scored};
use crate::analysis::{Exact, combine};
use crate::tabulation::cells::Cells;
use crate::tabulation::pooled::{Item, Pooled};

/// Shares that are less than so many points of per cent apart count as equal: on a page that is read in a minute nobody should act
/// on less, drawn sample or not.
pub(super) const CLOSE: u32 = 2;

/// The items by share, lowest first.
pub(super) struct Standing {
    /// Those that all forms ask and at least half of the people answered; where there are none, all.
    pub general: Vec<Scored>,
    /// Those that only some people answered, and no few.
    pub particular: Vec<Scored>,
    /// Whether there are others besides the general ones: then “lowest” is of those alone, and has to say so.
    pub is_among: bool,
    /// How content people are on the whole: what the question about the whole says, and all answers together.
    whole: Vec<Exact>,
}

impl Standing {
    /// `cells`: where units and levels were drawn each on its own, what they weigh; shares and their order are then those with
    /// weights.
    pub fn of(asking: &Asking, pool: &Pooled<'_>, cells: Option<&Cells<'_>>) -> Self {
        let is_general = |scored: &Scored| {
            pool.items.get(scored.place).is_some_and(|item| asking.asks_everybody(item))
                && scored.satisfied.n * 2 >= pool.n
        };
        let mut all = figure::lowest_first(pool);
        if let Some(cells) = cells {
            all.iter_mut().for_each(|scored| scored.weighted = weighted(pool, cells, scored.place));
            all.sort_by_cached_key(|scored| (scored.satisfied.n < FEW, scored.percent(), Reverse(scored.satisfied.n)));
        }
        let whole = whole(pool, &all, cells);
        let (general, mut particular): (Vec<_>, Vec<_>) = all.into_iter().partition(is_general);
        if general.is_empty() {
            return Self { general: particular, particular: Vec::new(), is_among: false, whole };
        }
        let is_among = !particular.is_empty();
        particular.retain(|scored| scored.satisfied.n >= FEW);
        Self { general, particular, is_among, whole }
    }

    /// Those after the lowest that are as good as equal to it.
    pub fn ties(&self) -> &[Scored] {
        let Some((first, rest)) = self.general.split_first() else { return &[] };
        // what few answered comes last, whatever its share
        let is_tied = |other: &&Scored| other.satisfied.n >= FEW && is_close(&first.percent(), &other.percent());
        &rest[..rest.iter().take_while(is_tied).count()]
    }

    /// Those after the lowest that no few people answered, lowest first.
    pub fn others(&self) -> impl Iterator<Item = &Scored> {
        self.general.iter().skip(1).filter(|scored| scored.satisfied.n >= FEW)
    }

    /// Those with the largest shares, largest first, at most so many; none of the lowest ones shown, nor what is as good as equal to
    /// the last of them, nor what lies below the whole: of nine questions that all were asked, the best may be a poor one.
    pub fn highest(&self, most: usize, lowest: usize) -> Vec<&Scored> {
        let Some(last) = self.general.iter().take(lowest).next_back() else { return Vec::new() };
        let is_high = |scored: &&Scored| {
            scored.satisfied.n >= FEW
                && !is_close(&last.percent(), &scored.percent())
                && self.whole.iter().all(|whole| scored.percent() >= *whole)
        };
        self.general.iter().skip(lowest).rev().filter(is_high).take(most).collect()
    }

    /// What only some were asked and stands lower than the lowest of what all were asked, by more than counts as equal.
    pub fn lower_for_some(&self) -> Option<&Scored> {
        let (first, some) = (self.general.first()?, self.particular.first()?);
        let (low, lowest) = (some.percent(), first.percent());
        (low < lowest && !is_close(&low, &lowest)).then_some(some)
    }
}

/// How content people are on the whole: what they say when asked so, and all of these answers together.
fn whole(pool: &Pooled<'_>, all: &[Scored], cells: Option<&Cells<'_>>) -> Vec<Exact> {
    let counted = |item: &Item<'_>| combine::item_share((item.measure, &item.counts));
    let asked = pool.overall.and_then(|place| match cells {
        Some(cells) => weighted(pool, cells, place),
        None => pool.items.get(place).and_then(counted),
    });
    let (k, n) = all.iter().fold((0, 0), |(k, n), one| (k + one.satisfied.k, n + one.satisfied.n));
    asked.into_iter().chain(Exact::percent(k, n)).collect()
}

/// The share of an item with weights, in per cent.
fn weighted(pool: &Pooled<'_>, cells: &Cells<'_>, place: usize) -> Option<Exact> {
    let is_best = combine::is_best(pool.items.get(place)?.measure)?;
    cells.weights.share(&is_best, &cells.answers(place))
}

/// Whether the higher share is less than [`CLOSE`] points above the lower one, exactly.
fn is_close(lower: &Exact, higher: &Exact) -> bool {
    higher.minus(lower) < Exact::whole(CLOSE)
}

#[cfg(test)]
mod tests {
    use super::is_close;
    use crate::analysis::Exact;

    #[test]
    fn two_points_apart_is_an_order_and_less_is_none() {
        let of = |k, n| Exact::percent(k, n).unwrap();
        assert!(is_close(&of(600, 1000), &of(619, 1000)));
        assert!(!is_close(&of(600, 1000), &of(620, 1000)));
        assert!(is_close(&of(1, 3), &of(34, 100)));
    }
}
