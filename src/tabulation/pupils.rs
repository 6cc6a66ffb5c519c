//! Pupils whom forms could have come from: those of each level of each unit once, whatever number of questionnaires asks about
//! them. Where one number is missing, the sum is not known, and whose it is is said; it is never guessed.

use std::collections::{BTreeMap, BTreeSet};

use super::Tabulation;
use super::choice::{Choice, Key};
use crate::analysis::{Atom, Eligible};
use crate::store::rounds::TargetRow;
use crate::survey::code::{Audience, EVERY_LEVEL};

/// A level of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place<'t> {
    /// The unit's code.
    pub unit: &'t str,
    /// The level's code.
    pub level: &'t str,
}

/// The pupils of some levels of some units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pupils<'t> {
    /// All of them; none where some number is not known, nobody is counted, or there are none.
    pub all: Option<u64>,
    /// Where the number is not known.
    pub unknown: Vec<Place<'t>>,
    /// Every level of every unit that was asked, with its number where it is known.
    asked: Vec<(Place<'t>, Option<u64>)>,
    /// Whether forms speak of pupils.
    is_counted: bool,
}

impl<'t> Pupils<'t> {
    /// Out of the places with their numbers. `is_counted`: whether forms speak of pupils.
    fn of(asked: Vec<(Place<'t>, Option<u64>)>, is_counted: bool) -> Self {
        // whoever is counted over all levels of a unit is counted there once more
        let whole: BTreeSet<&str> =
            asked.iter().filter(|(place, _)| place.level == EVERY_LEVEL).map(|(place, _)| place.unit).collect();
        let is_once = |place: &Place<'_>| place.level == EVERY_LEVEL || !whole.contains(place.unit);
        let once = || asked.iter().filter(|(place, _)| is_counted && is_once(place));
        let unknown: Vec<Place<'t>> = once().filter(|(_, pupils)| pupils.is_none()).map(|(place, _)| *place).collect();
        let sum: u64 = once().filter_map(|(_, pupils)| *pupils).sum();
        Self { all: (unknown.is_empty() && sum > 0).then_some(sum), unknown, asked, is_counted }
    }

    /// Every level of every unit that was asked.
    pub fn places(&self) -> impl Iterator<Item = Place<'t>> {
        self.asked.iter().map(|(place, _)| *place)
    }

    /// Those of some levels alone.
    pub fn at(&self, levels: &BTreeSet<&str>) -> Self {
        let own = self.asked.iter().filter(|(place, _)| levels.contains(place.level));
        Self::of(own.copied().collect(), self.is_counted)
    }
}

impl Tabulation {
    /// The levels of units at which an audience is asked, with their pupils where these are known; those that were taken out only
    /// if forms came from them. The channel does not choose: pupils are counted by unit and level, never by how a form came in.
    pub(super) fn places(&self, audience: Audience, choice: &Choice) -> Vec<(Place<'_>, Option<u64>)> {
        let forms = self.forms.iter().filter(|form| form.questionnaire.audience == audience);
        let levels: BTreeSet<&str> = forms.map(|form| form.questionnaire.level_code()).collect();
        let asked = self.eligible.iter().map(|one| {
            let Eligible { unit, level, pupils } = one;
            (Place { unit, level }, *pupils)
        });
        let is_chosen = |place: &Place<'_>| {
            levels.contains(place.level)
                && choice.units.as_ref().is_none_or(|units| units.contains(place.unit))
                && choice.level.as_ref().is_none_or(|level| level == place.level)
        };
        asked.filter(|(place, _)| is_chosen(place)).collect()
    }

    /// The pupils of what is chosen.
    pub fn pupils(&self, audience: Audience, choice: &Choice) -> Pupils<'_> {
        Pupils::of(self.places(audience, choice), is_counted(audience, choice))
    }

    /// The same by unit or level, by its code; of channels, none.
    pub fn pupils_by(&self, audience: Audience, choice: &Choice, key: Key) -> BTreeMap<&str, Pupils<'_>> {
        let mut groups: BTreeMap<&str, Vec<(Place<'_>, Option<u64>)>> = BTreeMap::new();
        for (place, pupils) in self.places(audience, choice) {
            let code = match key {
                Key::Unit => place.unit,
                Key::Level => place.level,
                Key::Channel => continue,
            };
            groups.entry(code).or_default().push((place, pupils));
        }
        let is_counted = is_counted(audience, choice);
        groups.into_iter().map(|(code, asked)| (code, Pupils::of(asked, is_counted))).collect()
    }
}

/// Whether forms of this choice can be held against numbers of pupils.
pub(super) fn is_counted(audience: Audience, choice: &Choice) -> bool {
    audience.is_counted_in_pupils() && choice.channel.is_none()
}

/// The pupils of what a round asks or has forms from.
pub(super) fn counted(targets: impl Iterator<Item = (TargetRow, String, bool)>, atoms: &[Atom]) -> Vec<Eligible> {
    let from: BTreeSet<(&str, &str)> = atoms.iter().map(|atom| (atom.unit.as_str(), atom.level.as_str())).collect();
    let is_part = |(target, unit, is_removed): &(TargetRow, String, bool)| {
        !is_removed || from.contains(&(unit.as_str(), target.level.as_str()))
    };
    let eligible = |(target, unit, _): (TargetRow, String, bool)| Eligible {
        unit,
        level: target.level,
        pupils: target.eligible.and_then(|pupils| u64::try_from(pupils).ok()),
    };
    targets.filter(is_part).map(eligible).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Place<'_> = Place { unit: "TH-A", level: "tieu_hoc" };
    const B: Place<'_> = Place { unit: "TH-B", level: "tieu_hoc" };

    #[test]
    fn a_sum_with_one_unknown_number_is_unknown_and_says_whose() {
        let of = |b| Pupils::of(vec![(A, Some(100)), (B, b)], true);
        assert_eq!((of(Some(896)).all, of(Some(896)).unknown), (Some(996), vec![]));
        assert_eq!((of(None).all, of(None).unknown), (None, vec![B]));
        assert_eq!(of(None).places().count(), 2);
    }

    #[test]
    fn staff_is_not_counted_in_pupils_and_all_levels_hold_each_of_them() {
        let staff = Pupils::of(vec![(A, Some(100)), (B, None)], false);
        assert_eq!((staff.all, staff.unknown), (None, vec![]));
        let whole = Place { unit: "TH-A", level: EVERY_LEVEL };
        assert_eq!(Pupils::of(vec![(A, Some(100)), (whole, Some(150))], true).all, Some(150));
    }

    #[test]
    fn what_one_level_was_asked_was_asked_of_its_pupils() {
        let secondary = Place { unit: "THCS-C", level: "thcs" };
        let both = Pupils::of(vec![(A, Some(100)), (secondary, None)], true);
        let primary = both.at(&BTreeSet::from(["tieu_hoc"]));
        assert_eq!((both.all, primary.all, primary.places().count()), (None, Some(100), 1));
    }
}
