//! Which items stand lowest, and which of them may be named so: what everybody was asked comes first, and shares that lie close
//! together are no order.

use super::figure::{self, FEW, Scored};
use super::filter::Filter;
use crate::analysis::Share;
use crate::tabulation::Tabulation;
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
}

impl Standing {
    pub fn of(tabulation: &Tabulation, filter: &Filter, pool: &Pooled<'_>) -> Self {
        let is_general = |scored: &Scored| {
            pool.items.get(scored.place).is_some_and(|item| is_asked_everywhere(tabulation, filter, item))
                && scored.satisfied.n * 2 >= pool.n
        };
        let (general, mut particular): (Vec<_>, Vec<_>) = figure::lowest_first(pool).into_iter().partition(is_general);
        if general.is_empty() {
            return Self { general: particular, particular: Vec::new(), is_among: false };
        }
        let is_among = !particular.is_empty();
        particular.retain(|scored| scored.satisfied.n >= FEW);
        Self { general, particular, is_among }
    }

    /// Those after the lowest that are as good as equal to it.
    pub fn ties(&self) -> &[Scored] {
        let Some((first, rest)) = self.general.split_first() else { return &[] };
        &rest[..rest.partition_point(|other| is_close(&first.satisfied, &other.satisfied))]
    }

    /// Those with the largest shares, largest first, at most so many; none of the lowest ones named, nor what is as good as equal.
    pub fn highest(&self, most: usize, lowest: usize) -> Vec<&Scored> {
        let Some((first, _)) = self.general.split_first() else { return Vec::new() };
        let is_high = |scored: &&Scored| scored.satisfied.n >= FEW && !is_close(&first.satisfied, &scored.satisfied);
        self.general.iter().skip(lowest).rev().filter(is_high).take(most).collect()
    }

    /// What only some were asked and stands lower than the lowest of what all were asked, by more than counts as equal.
    pub fn lower_for_some(&self) -> Option<&Scored> {
        let (first, some) = (self.general.first()?, self.particular.first()?);
        let is_lower = figure::compare(&some.satisfied, &first.satisfied).is_lt();
        (is_lower && !is_close(&some.satisfied, &first.satisfied)).then_some(some)
    }
}

/// Whether all forms of the audience, and of the level if one is chosen, ask this item.
pub(super) fn is_asked_everywhere(tabulation: &Tabulation, filter: &Filter, item: &Item<'_>) -> bool {
    let level = filter.level.as_deref();
    let is_meant = |place: &usize| {
        tabulation.forms.get(*place).is_some_and(|form| {
            let questionnaire = &form.questionnaire;
            questionnaire.audience == filter.audience && level.is_none_or(|level| level == questionnaire.level_code())
        })
    };
    (0..tabulation.forms.len()).filter(is_meant).all(|place| item.asked_in.contains(&place))
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
