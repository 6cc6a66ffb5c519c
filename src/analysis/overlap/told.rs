//! What is told of a question: how many gave each answer, cell by cell.

use super::super::crossing::{self, Grid};
use super::super::input::add_cells;
use super::places::Places;
use super::world::Part;

/// One thing that is told of a question: a whole distribution, or one choice of several that can be ticked.
pub(super) struct Told {
    /// Who gave which answer.
    pub(super) parts: Vec<Part>,
    /// Per cell, how many give each answer now.
    pub(super) now: Vec<Vec<u64>>,
    /// How many of the answers, from the first, must not be pinned.
    pub(super) answers: usize,
}

impl Told {
    /// How many of each cell gave each answer at each moment, as rows of one question.
    pub(super) fn of(places: &Places, answers: usize, moments: impl Fn(usize) -> Vec<Grid<u64>>) -> Self {
        let mut told = Self { parts: Vec::new(), now: Vec::new(), answers };
        for (place, (cell, _)) in places.cells.iter().enumerate() {
            let moments = moments(*cell);
            let last = moments.last().map(|last| (0..last.columns - 1).map(|answer| last.column(answer)).collect());
            let last: Vec<u64> = last.unwrap_or_default();
            if !last.is_empty() {
                told.answers = told.answers.min(last.len());
            }
            told.now.push(last);
            let lasting = crossing::lasting(&moments).into_iter().enumerate();
            let some = lasting.filter(|(_, forms)| forms.places().any(|place| forms.at(place) > 0));
            told.parts.extend(some.map(|(since, forms)| Part { cell: place, since, forms }));
        }
        // who gave no answer pins none
        told.answers = told.answers.min(told.now.iter().map(Vec::len).max().unwrap_or(0));
        told
    }

    /// Per kind and group, how many gave each answer.
    pub(super) fn by_group(&self, places: &Places) -> Vec<Vec<Vec<u64>>> {
        let nothing = |sizes: &Vec<u64>| vec![Vec::new(); sizes.len()];
        let mut sums: Vec<Vec<Vec<u64>>> = places.sizes.iter().map(nothing).collect();
        for ((_, at), now) in places.cells.iter().zip(&self.now) {
            for (kind, &group) in at.iter().enumerate() {
                add_cells(&mut sums[kind][group], now);
            }
        }
        sums
    }
}
