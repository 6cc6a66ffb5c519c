//! Which questions the chosen part of a round was asked: a nursery is asked other things than a school, and what nobody there was
//! asked is neither listed nor counted.

use std::collections::BTreeSet;

use super::filter::Filter;
use crate::survey::code::EVERY_LEVEL;
use crate::tabulation::Tabulation;
use crate::tabulation::pooled::Item;

/// The questionnaires of what is chosen, by their place in the round.
pub(super) struct Asking(BTreeSet<usize>);

impl Asking {
    /// Those of the audience, at the level and in the unit that are chosen.
    pub fn of(round: &Tabulation, filter: &Filter) -> Self {
        let is_meant = |place: &usize| {
            round.forms.get(*place).is_some_and(|form| {
                let (questionnaire, level) = (&form.questionnaire, form.questionnaire.level_code());
                questionnaire.audience == filter.audience
                    && filter.level.as_deref().is_none_or(|own| own == level)
                    && filter.unit.as_deref().is_none_or(|unit| is_asked(round, unit, *place, level))
            })
        };
        Self((0..round.forms.len()).filter(is_meant).collect())
    }

    /// Whether one of them asks this item.
    pub fn asks(&self, item: &Item<'_>) -> bool {
        item.asked_in.iter().any(|place| self.0.contains(place))
    }

    /// Whether all of them do.
    pub fn asks_everybody(&self, item: &Item<'_>) -> bool {
        self.0.iter().all(|place| item.asked_in.contains(place))
    }
}

/// Whether a unit is asked with this questionnaire, or was: forms of a unit that was taken out of the round stay.
fn is_asked(round: &Tabulation, unit: &str, place: usize, level: &str) -> bool {
    let is_its_level = |own: &str| own == level || own == EVERY_LEVEL || level == EVERY_LEVEL;
    round.asked.iter().any(|(asked, own)| asked == unit && is_its_level(own))
        || round.atoms.iter().any(|atom| atom.questionnaire == place && atom.unit == unit)
}
