//! What of an answer's origin a file for outsiders tells: a school, a level, a language or how content somebody is only where
//! enough answers share it, because two dissatisfied mothers of one school are found by whoever knows the school.

use std::collections::HashMap;

use crate::reading::{Reading, Split};

/// In this order: what is told of an answer narrows the group in which the next has to be frequent enough.
const PARTS: [Split; 4] = [Split::Unit, Split::Level, Split::Lang, Split::Satisfaction];

/// Which columns of which answers are told.
#[derive(Debug, Default)]
pub(super) struct Told(HashMap<usize, Vec<Split>>);

impl Told {
    /// Among these answers: a column is told of an answer where at least so many answers to the same question share what is told
    /// of it before and the value in this column. One form answers a question once, so answers are forms here.
    pub fn of(reading: &Reading, places: &[usize], least: usize) -> Self {
        let answers = || places.iter().filter_map(|place| Some((*place, reading.texts.answers.get(*place)?)));
        let mut groups: Vec<usize> = answers().map(|(_, answer)| usize::from(answer.question)).collect();
        let mut told: HashMap<usize, Vec<Split>> = answers().map(|(place, _)| (place, Vec::new())).collect();
        for part in PARTS {
            let values = answers().map(|(_, answer)| reading.part(part, answer));
            let keys: Vec<(usize, String)> = groups.iter().copied().zip(values).collect();
            let is_told = frequent(&keys, least);
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

/// Whether each of these stands there so many times.
fn frequent(keys: &[(usize, String)], least: usize) -> Vec<bool> {
    let mut sizes = HashMap::<&(usize, String), usize>::new();
    keys.iter().for_each(|key| *sizes.entry(key).or_default() += 1);
    keys.iter().map(|key| sizes.get(key).is_some_and(|size| *size >= least)).collect()
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
        let told = frequent(&all, 2);
        assert_eq!(told, [true, true, false, false, false]);
        // B and C stay together: nobody sees which is which
        assert_eq!(numbered(all, &told), [0, 0, 1, 2, 1]);
    }

    #[test]
    fn a_least_of_one_tells_everything() {
        assert_eq!(frequent(&keys(&[(0, "A"), (1, "A")]), 1), [true, true]);
    }
}
