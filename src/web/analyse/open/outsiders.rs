//! What of an answer's origin a file for outsiders tells: a school, a level, a language or how content somebody is only where
//! enough answers share it, because two dissatisfied mothers of one school are found by whoever knows the school.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::reading::{Reading, Split};

/// In this order: what is told of an answer narrows the group in which the next has to be frequent enough.
const PARTS: [Split; 4] = [Split::Unit, Split::Level, Split::Lang, Split::Satisfaction];

/// Which columns of which answers are told.
#[derive(Debug, Default)]
pub(super) struct Told(HashMap<usize, Vec<Split>>);

impl Told {
    /// Among these answers: a column is told of an answer where at least so many answers to the same question share what is told
    /// of it before and the value in this column. One form answers a question once, so answers are forms here. What is not told
    /// must be as many, and of several values: else the gap would say what it hides.
    pub fn of(reading: &Reading, places: &[usize], least: usize) -> Self {
        let answers = || places.iter().filter_map(|place| Some((*place, reading.texts.answers.get(*place)?)));
        let mut groups: Vec<usize> = answers().map(|(_, answer)| usize::from(answer.question)).collect();
        let mut told: HashMap<usize, Vec<Split>> = answers().map(|(place, _)| (place, Vec::new())).collect();
        for part in PARTS {
            let values = answers().map(|(_, answer)| reading.part(part, answer));
            let keys: Vec<(usize, String)> = groups.iter().copied().zip(values).collect();
            let is_told = told_values(&keys, least);
            for ((place, _), is_told) in answers().zip(&is_told) {
                told.entry(place).or_default().extend(is_told.then_some(part));
            }
            groups = numbered(keys, &is_told);
        }
        Self(told)
    }

    /// Whether this column is told of an answer.
    pub fn tells(&self, place: usize, part: Split) -> bool {
        self.0.get(&place).is_some_and(|told| told.contains(&part))
    }
}

/// Whether the value of each of these, a group with a value, is told in its group.
fn told_values(keys: &[(usize, String)], least: usize) -> Vec<bool> {
    let mut sizes = BTreeMap::<usize, BTreeMap<&str, usize>>::new();
    keys.iter().for_each(|(group, value)| *sizes.entry(*group).or_default().entry(value).or_default() += 1);
    let told: BTreeMap<usize, BTreeSet<&str>> =
        sizes.into_iter().map(|(group, values)| (group, frequent(values, least))).collect();
    keys.iter().map(|(group, value)| told.get(group).is_some_and(|told| told.contains(value.as_str()))).collect()
}

/// The values of a group that so many share; of these the rarest is not told either while what is not told is few, or one value.
fn frequent(values: BTreeMap<&str, usize>, least: usize) -> BTreeSet<&str> {
    let (mut told, mut rest): (Vec<_>, Vec<_>) = values.into_iter().partition(|(_, n)| *n >= least);
    told.sort_by_key(|(value, n)| (Reverse(*n), *value));
    let is_plain = |rest: &[(&str, usize)]| rest.len() == 1 || rest.iter().map(|(_, n)| n).sum::<usize>() < least;
    while !rest.is_empty() && is_plain(&rest) {
        let Some(rarest) = told.pop() else { break };
        rest.push(rarest);
    }
    told.into_iter().map(|(value, _)| value).collect()
}

/// A number for each group: the same group with the same value, or with one that is not told.
fn numbered(keys: Vec<(usize, String)>, is_told: &[bool]) -> Vec<usize> {
    let mut numbers = HashMap::<(usize, Option<String>), usize>::new();
    let told = keys.into_iter().zip(is_told);
    told.map(|((group, value), is_told)| {
        let next = numbers.len();
        *numbers.entry((group, is_told.then_some(value))).or_insert(next)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(all: &[(usize, &str)]) -> Vec<(usize, String)> {
        all.iter().map(|(group, value)| (*group, (*value).to_owned())).collect()
    }

    #[test]
    fn what_few_share_is_not_told_and_narrows_no_further_group() {
        let all = keys(&[(0, "A"), (0, "A"), (0, "B"), (1, "A"), (0, "C")]);
        let told = told_values(&all, 2);
        assert_eq!(told, [true, true, false, false, false]);
        // B and C stay together: nobody sees which is which
        assert_eq!(numbered(all, &told), [0, 0, 1, 2, 1]);
    }

    #[test]
    fn a_gap_does_not_say_what_it_hides() {
        let told = |all: &[&str], least| {
            let all: Vec<(usize, &str)> = all.iter().map(|value| (0, *value)).collect();
            told_values(&keys(&all), least)
        };
        assert_eq!(told(&["A", "A", "A", "A", "B"], 2), [false; 5]);
        // C is told; B goes with the one who would else be the only gap
        assert_eq!(told(&["A", "B", "B", "C", "C", "C"], 2), [false, false, false, true, true, true]);
    }

    #[test]
    fn a_least_of_one_tells_everything() {
        assert_eq!(told_values(&keys(&[(0, "A"), (1, "A")]), 1), [true, true]);
    }
}
