//! Forms that nothing published tells apart.
//!
//! Two cells of the tallies that belong to the same published groups are one class. Within a class, forms that are counted in the
//! same releases make a block. Which form was there when is not known, only how many of each pair of answers there
//! were at each release; but those who can have been there from some release to the last are at least the smallest
//! number since, and a world in which they were is as good as the true one: it has the same figures.

use std::collections::{BTreeMap, BTreeSet};

use super::super::cell::CellKey;
use super::super::group::{self, GroupId};
use super::super::input::{Atom, Questionnaire};
use super::joint::{Grid, Joint};

/// The blocks of a questionnaire for two of its questions; none where some tallies were not crossed at the time.
pub(super) fn blocks(
    snapshots: &[&[Atom]],
    (sheet, asked): (usize, &Questionnaire),
    pair: (usize, usize),
    published: &BTreeSet<GroupId>,
) -> Option<Vec<Grid<u64>>> {
    let cells = cells(snapshots, (sheet, asked), pair)?;
    let mut classes: BTreeMap<(Vec<GroupId>, usize), Grid<u64>> = BTreeMap::new();
    for (key, moments) in cells {
        let groups = group::groups_of(&key).into_iter().filter(|group| published.contains(group));
        let groups: Vec<GroupId> = groups.collect();
        for (since, block) in lasting(&moments).into_iter().enumerate() {
            let class = classes.entry((groups.clone(), since));
            class.and_modify(|sum| *sum = sum.with(&block, |one, other| one + other)).or_insert(block);
        }
    }
    Some(classes.into_values().collect())
}

/// Per cell of the tallies, how the pairs of answers stood at each moment; none where some tallies were not crossed at the time.
pub(in super::super) fn cells(
    snapshots: &[&[Atom]],
    (sheet, asked): (usize, &Questionnaire),
    pair: (usize, usize),
) -> Option<BTreeMap<CellKey, Vec<Grid<u64>>>> {
    let size = |place: usize| asked.questions[place].measure.cells().len() + 1;
    let nothing = || vec![Grid::new(size(pair.0), size(pair.1)); snapshots.len()];
    let mut cells = BTreeMap::new();
    for (moment, snapshot) in snapshots.iter().enumerate() {
        for atom in snapshot.iter().filter(|atom| atom.questionnaire == sheet) {
            let moments: &mut Vec<Grid<u64>> = cells.entry(CellKey::of(atom)).or_insert_with(nothing);
            moments[moment] = moments[moment].with(&Joint::of(atom, asked, pair)?, |one, other| one + other);
        }
    }
    Some(cells)
}

/// Those who are counted from a moment to the last, and not before, moment by moment.
pub(in super::super) fn lasting(moments: &[Grid<u64>]) -> Vec<Grid<u64>> {
    let mut least = moments.to_vec();
    for moment in (1..least.len()).rev() {
        least[moment - 1] = least[moment - 1].with(&least[moment], u64::min);
    }
    for moment in (1..least.len()).rev() {
        least[moment] = least[moment].with(&least[moment - 1], |one, before| one - before);
    }
    least
}
