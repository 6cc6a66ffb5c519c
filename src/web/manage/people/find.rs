//! Finding a unit by what people call it.

use crate::store::units::Stored;
use crate::survey::unit::Unit;
use crate::vietnamese::fold;

/// So many units are offered to choose from; more help nobody.
const OFFERED: usize = 12;

/// What was found for what was typed.
pub(super) enum Found {
    /// This one.
    One(Box<Stored>),
    /// One of these, as code and name.
    Several(Vec<(String, String)>),
    /// Nothing.
    Nothing,
}

/// The unit with this code, the only one of this name, or the only one whose name and code hold every word; diacritics may be
/// left out.
pub(super) fn unit<'a>(units: impl IntoIterator<Item = &'a Stored>, typed: &str) -> Found {
    let words: Vec<String> = fold(typed).split_whitespace().map(str::to_owned).collect();
    let mut found: Vec<&Stored> = Vec::new();
    for stored in units {
        if stored.unit.code.as_str().eq_ignore_ascii_case(typed.trim()) {
            return Found::One(Box::new(stored.clone()));
        }
        if !words.is_empty() && holds(&stored.unit, &words) {
            found.push(stored);
        }
    }
    let is_exact = |stored: &&Stored| fold(&stored.unit.name).split_whitespace().eq(words.iter());
    if found.iter().any(is_exact) {
        found.retain(is_exact);
    }
    match found.as_slice() {
        [] => Found::Nothing,
        [one] => Found::One(Box::new((*one).clone())),
        several => {
            let offered = several.iter().take(OFFERED);
            Found::Several(offered.map(|s| (s.unit.code.to_string(), s.unit.name.clone())).collect())
        }
    }
}

fn holds(unit: &Unit, words: &[String]) -> bool {
    let text = format!("{} {}", fold(&unit.name), fold(unit.code.as_str()));
    words.iter().all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::unit::{Preset, parse_csv};

    #[test]
    fn a_unit_is_found_by_its_code_or_by_words_without_diacritics() {
        let plan = parse_csv(Preset::PhuongSo.csv(), &[]).unwrap();
        let all: Vec<Stored> = plan.units().cloned().zip(1..).map(|(unit, id)| Stored { id, unit }).collect();
        let name = |typed: &str| match unit(&all, typed) {
            Found::One(stored) => stored.unit.name,
            Found::Several(offered) => format!("{} to choose from", offered.len()),
            Found::Nothing => String::new(),
        };
        assert_eq!(name("th-hoa-mai"), "Trường Tiểu học Hoa Mai");
        assert_eq!(name("tieu hoc hoa mai"), "Trường Tiểu học Hoa Mai");
        assert_eq!(name("Tiểu học"), "12 to choose from");
        assert_eq!((name(" "), name("không có")), (String::new(), String::new()));
    }

    #[test]
    fn a_name_that_is_typed_whole_wins_over_longer_ones_that_hold_it() {
        let plan = parse_csv(Preset::PhuongSo.csv(), &[]).unwrap();
        let names = ["Phường Bến Sen Đông", "Phường Bến Sen", "Trường Mầm non Phường Bến Sen"];
        let named = plan.units().zip(names).zip(1..);
        let all: Vec<Stored> = named
            .map(|((unit, name), id)| Stored { id, unit: Unit { name: name.to_owned(), ..unit.clone() } })
            .collect();
        let found = |typed: &str| match unit(&all, typed) {
            Found::One(stored) => Some(stored.id),
            Found::Several(_) | Found::Nothing => None,
        };
        assert_eq!([found("Phường Bến Sen"), found(" phuong  ben sen "), found("Bến Sen")], [Some(2), Some(2), None]);
    }
}
