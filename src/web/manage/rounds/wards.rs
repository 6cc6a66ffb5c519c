//! Schools under the office above each of them.

use std::collections::HashMap;

use crate::store::units::Stored;
use crate::vietnamese;

/// One office with what belongs to the schools below it.
#[derive(Debug, Clone)]
pub(super) struct Ward<T> {
    /// The office's code; empty for schools that stand below none.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What belongs to its schools, in the order in which it came.
    pub inside: Vec<T>,
}

/// Puts what belongs to schools, given with the school's number, under the offices above them; offices in the order of a
/// dictionary.
pub(super) fn by_ward<T>(units: &[Stored], things: impl IntoIterator<Item = (i64, T)>) -> Vec<Ward<T>> {
    let names: HashMap<&str, &str> = units.iter().map(|s| (s.unit.code.as_str(), s.unit.name.as_str())).collect();
    let above: HashMap<i64, &str> =
        units.iter().filter_map(|s| Some((s.id, s.unit.parent.as_ref()?.as_str()))).collect();
    let mut wards: HashMap<&str, Ward<T>> = HashMap::new();
    for (unit_id, thing) in things {
        let code = above.get(&unit_id).copied().unwrap_or_default();
        let name = names.get(code).copied().unwrap_or(code);
        let ward = wards.entry(code).or_insert_with(|| Ward {
            code: code.to_owned(),
            name: name.to_owned(),
            inside: Vec::new(),
        });
        ward.inside.push(thing);
    }
    let mut wards: Vec<Ward<T>> = wards.into_values().collect();
    wards.sort_by(|a, b| vietnamese::compare(&a.name, &b.name));
    wards
}
