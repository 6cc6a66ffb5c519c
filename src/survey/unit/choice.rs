//! By which rule schools are chosen: all, or by level, by who runs them, by the office above them; and some by hand.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::survey::code::{Level, SchoolType};
use crate::survey::unit::{Unit, UnitCode};

/// The rule as it was chosen. What it gives is worked out when it is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Choice {
    /// Whether schools are chosen by what they are; otherwise only by hand.
    pub by_rule: bool,
    /// Schools with one of these levels; empty: with any.
    pub levels: BTreeSet<Level>,
    /// Run by one of these; empty: by anybody.
    pub types: BTreeSet<SchoolType>,
    /// Below one of these offices; empty: anywhere.
    pub wards: BTreeSet<UnitCode>,
    /// These, too, whatever they are.
    pub also: BTreeSet<UnitCode>,
    /// Never these.
    pub except: BTreeSet<UnitCode>,
}

impl Choice {
    /// Whether it gives this unit.
    pub fn gives(&self, unit: &Unit) -> bool {
        unit.is_school() && !self.except.contains(&unit.code) && (self.also.contains(&unit.code) || self.fits(unit))
    }

    fn fits(&self, unit: &Unit) -> bool {
        let level = self.levels.is_empty() || unit.enrolment.keys().any(|level| self.levels.contains(level));
        let run = self.types.is_empty() || unit.school_type.is_some_and(|run| self.types.contains(&run));
        let ward = self.wards.is_empty() || unit.parents().any(|above| self.wards.contains(above));
        self.by_rule && level && run && ward
    }

    /// As it is after somebody put this unit in by hand, or took it out.
    #[must_use]
    pub fn with(mut self, unit: &Unit, is_in: bool) -> Self {
        self.also.remove(&unit.code);
        self.except.remove(&unit.code);
        // what the rule says anyway needs no hand
        if self.fits(unit) != is_in {
            let by_hand = if is_in { &mut self.also } else { &mut self.except };
            by_hand.insert(unit.code.clone());
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::unit::{Preset, parse_csv};
    use proptest::prelude::*;

    fn schools() -> Vec<Unit> {
        let plan = parse_csv(Preset::PhuongSo.csv(), &[]).unwrap();
        plan.against(&[]).new.into_iter().filter(Unit::is_school).collect()
    }

    fn given(choice: &Choice) -> Vec<String> {
        schools().iter().filter(|unit| choice.gives(unit)).map(|unit| unit.code.to_string()).collect()
    }

    fn ward(code: &str) -> BTreeSet<UnitCode> {
        BTreeSet::from([code.parse().unwrap()])
    }

    #[test]
    fn level_kind_and_ward_narrow_each_other_down_and_nothing_chosen_gives_nothing() {
        let all = Choice { by_rule: true, ..Choice::default() };
        let primary = Choice { levels: BTreeSet::from([Level::TieuHoc]), ..all.clone() };
        let here = Choice { wards: ward("P-HOA-BAN"), ..primary.clone() };
        let (all, primary, here) = (given(&all), given(&primary), given(&here));
        assert_eq!((all.len(), given(&Choice::default()).len()), (schools().len(), 0));
        assert!(primary.len() < all.len() && here.len() < primary.len() && !here.is_empty());
        assert!(here.iter().all(|code| primary.contains(code)) && here.contains(&"TH-HOA-BAN".to_owned()));
    }

    proptest! {
        #[test]
        fn what_was_put_in_or_taken_out_by_hand_stays_so(
            by_rule: bool,
            levels in prop::collection::btree_set(prop::sample::select(Level::ALL), 0..3),
            hands in prop::collection::vec((0..44_usize, any::<bool>()), 0..8),
        ) {
            let all = schools();
            let mut choice = Choice { by_rule, levels, ..Choice::default() };
            let before = choice.clone();
            for (place, is_in) in &hands {
                let Some(unit) = all.get(*place) else { continue };
                choice = choice.with(unit, *is_in);
                prop_assert_eq!(choice.gives(unit), *is_in);
            }
            let touched = |unit: &Unit| hands.iter().any(|(place, _)| all.get(*place) == Some(unit));
            for unit in all.iter().filter(|unit| !touched(unit)) {
                prop_assert_eq!(choice.gives(unit), before.gives(unit));
            }
        }
    }
}
