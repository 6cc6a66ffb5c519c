//! Pupils whose number is missing, said by name: a sum without them would be a guess.

use super::filter::level_name;
use crate::tabulation::Tabulation;
use crate::tabulation::pooled::Pooled;
use crate::tabulation::pupils::Place;
use crate::web::words::Words;

/// So many names are read; of more it is said how many there are.
const MOST: usize = 20;

/// What people call a level of a unit.
pub(super) fn name(round: &Tabulation, unit: &str, level: &str, words: Words) -> String {
    let unit = round.units.get(unit).map_or(unit, String::as_str);
    format!("{unit} ({})", level_name(level, words))
}

/// Whose pupils are missing, as a sentence; none: nobody's.
pub(super) fn missing(round: &Tabulation, pool: &Pooled<'_>, words: Words) -> Option<String> {
    (!pool.unknown.is_empty()).then(|| words.with("pupils-missing", "places", names(round, &pool.unknown, words)))
}

/// What a level is called where levels are put together by their pupils: itself, or the places whose pupils are missing there.
pub(super) fn group(round: &Tabulation, level: &str, pool: &Pooled<'_>, words: Words) -> String {
    if pool.unknown.is_empty() { level_name(level, words) } else { names(round, &pool.unknown, words) }
}

fn names(round: &Tabulation, places: &[Place<'_>], words: Words) -> String {
    let named = places.iter().take(MOST).map(|place| name(round, place.unit, place.level, words));
    let named = named.collect::<Vec<_>>().join("; ");
    match places.len().saturating_sub(MOST) {
        0 => named,
        more => words.fill("pupils-and-more", [("names", named), ("n", more.to_string())]),
    }
}
