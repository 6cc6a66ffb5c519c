//! What a form would meet: an officer tries one before a round opens and while it is open, and nothing is counted.

use serde::Deserialize;

use super::admission::School;
use super::fields::pupils;
use super::limits::{Group, left};
use super::stage::Stage;
use crate::store::rounds::RoundRow;
use crate::web::words::Words;

/// A form that is tried, as it was asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Trial {
    /// The number of its school.
    unit: String,
    /// The field of its group; empty: not known.
    pub(super) place: String,
    /// Forms that are assumed to have come in; empty: as many as have.
    pub(super) already: String,
}

impl Trial {
    /// The school that is chosen on the page: the one that was asked for, otherwise the first.
    pub(super) fn school<'s>(&self, schools: &'s [School]) -> Option<&'s School> {
        self.wanted(schools).or_else(|| schools.iter().find(|school| school.is_asked()))
    }

    fn wanted<'s>(&self, schools: &'s [School]) -> Option<&'s School> {
        schools.iter().find(|school| school.is_asked() && school.id.to_string() == self.unit)
    }

    /// What the form would meet, or what is wrong with the question; none while nothing was asked.
    pub(super) fn answer(
        &self,
        round: &RoundRow,
        schools: &[School],
        groups: &[Group],
        stage: Stage,
        words: Words,
    ) -> Option<Result<String, String>> {
        if self.unit.is_empty() {
            return None;
        }
        Some(self.met(round, schools, groups, stage, words))
    }

    fn met(
        &self,
        round: &RoundRow,
        schools: &[School],
        groups: &[Group],
        stage: Stage,
        words: Words,
    ) -> Result<String, String> {
        let school = self.wanted(schools).ok_or_else(|| words.say("limits-trial-no-school"))?;
        let mut own = groups.iter().filter(|group| school.is_asked_with(group)).flat_map(|group| &group.places);
        let place = own.find(|place| place.field == self.place);
        if place.is_none() && !self.place.is_empty() {
            return Err(words.with("limits-trial-no-pair", "school", &school.name));
        }
        let already = match self.already.trim() {
            "" => None,
            text => Some(pupils(text).ok_or_else(|| words.say("limits-trial-wrong-number"))?),
        };
        let of_school = left(round.unit_most, already.unwrap_or(school.n));
        let of_place = place.and_then(|place| left(place.most, already.unwrap_or(place.n)));
        let left = of_school.into_iter().chain(of_place).min();
        let about = place.map_or_else(|| school.name.clone(), |place| format!("{}, {}", school.name, place.label));
        let when = match already {
            Some(_) => "assumed",
            None if stage.has_begun() => "now",
            None => "later",
        };
        let values = [
            ("about", about),
            ("when", when.to_owned()),
            ("already", words.number(already.unwrap_or(0))),
            ("left", words.number(left.unwrap_or(0))),
        ];
        let name = match left {
            Some(0) => "limits-trial-full",
            Some(_) => "limits-trial-left",
            None => "limits-trial-any",
        };
        Ok(words.fill(name, values))
    }
}
