//! Which items stand lowest, and which of them may be named so: what everybody was asked comes first, and shares that lie close
//! together are no order.

use super::asking::Asking;
use super::figure::{self, FEW, Scored};
use crate::analysis::{Share, share, top_two_box};
use crate::tabulation::pooled::Pooled;

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
    whole: Vec<Share>,
}

impl Standing {
    pub fn of(asking: &Asking, pool: &Pooled<'_>) -> Self {
        let is_general = |scored: &Scored| {
            pool.items.get(scored.place).is_some_and(|item| asking.asks_everybody(item))
                && scored.satisfied.n * 2 >= pool.n
        };
        let all = figure::lowest_first(pool);
        let whole = whole(pool, &all);
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
        let is_tied = |other: &&Scored| other.satisfied.n >= FEW && is_close(&first.satisfied, &other.satisfied);
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
                && !is_close(&last.satisfied, &scored.satisfied)
                && self.whole.iter().all(|whole| figure::compare(&scored.satisfied, whole).is_ge())
        };
        self.general.iter().skip(lowest).rev().filter(is_high).take(most).collect()
    }

    /// What only some were asked and stands lower than the lowest of what all were asked, by more than counts as equal.
    pub fn lower_for_some(&self) -> Option<&Scored> {
        let (first, some) = (self.general.first()?, self.particular.first()?);
        let is_lower = figure::compare(&some.satisfied, &first.satisfied).is_lt();
        (is_lower && !is_close(&some.satisfied, &first.satisfied)).then_some(some)
    }
}

/// How content people are on the whole: what they say when asked so, and all of these answers together.
fn whole(pool: &Pooled<'_>, all: &[Scored]) -> Vec<Share> {
    let asked = pool.overall.and_then(|place| pool.items.get(place));
    let asked = asked.and_then(|item| top_two_box(item.measure, &item.counts));
    let together = share(all.iter().map(|one| one.satisfied.k).sum(), all.iter().map(|one| one.satisfied.n).sum());
    asked.into_iter().chain(together).collect()
}

/// Whether the higher share is less than [`CLOSE`] points above the lower one, exactly.
fn is_close(lower: &Share, higher: &Share) -> bool {
    let cross = |one: &Share, other: &Share| u128::from(one.k) * u128::from(other.n);
    let apart = cross(higher, lower).saturating_sub(cross(lower, higher)) * 100;
    apart < u128::from(CLOSE) * u128::from(lower.n) * u128::from(higher.n)
}

#[cfg(test)]
mod tests {
    use super::is_close;
    use crate::analysis::share;

    #[test]
    fn two_points_apart_is_an_order_and_less_is_none() {
        let of = |k, n| share(k, n).unwrap();
        assert!(is_close(&of(600, 1000), &of(619, 1000)));
        assert!(!is_close(&of(600, 1000), &of(620, 1000)));
        assert!(is_close(&of(1, 3), &of(34, 100)));
    }
}
