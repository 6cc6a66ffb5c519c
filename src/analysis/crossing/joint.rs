//! How often two answers came together.

use serde::{Deserialize, Serialize};

use super::super::input::{Atom, Counts, Questionnaire};

/// The forms of one cell of the tallies by the answers to two questions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joint {
    /// The code of the question that makes the rows.
    pub rows: String,
    /// The code of the question that makes the columns.
    pub columns: String,
    /// Row, column and forms; rows and columns are places in the measure's cells, or their number for those without an answer.
    pub counts: Vec<(usize, usize, u64)>,
}

/// Numbers in rows and columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Grid<T> {
    pub(in super::super) rows: usize,
    pub(in super::super) columns: usize,
    values: Vec<T>,
}

impl<T: Copy + Default> Grid<T> {
    pub(in super::super) fn new(rows: usize, columns: usize) -> Self {
        Self { rows, columns, values: vec![T::default(); rows * columns] }
    }

    pub(in super::super) fn at(&self, (row, column): (usize, usize)) -> T {
        self.values[row * self.columns + column]
    }

    pub(in super::super) fn at_mut(&mut self, (row, column): (usize, usize)) -> &mut T {
        &mut self.values[row * self.columns + column]
    }

    pub(in super::super) fn places(&self) -> impl Iterator<Item = (usize, usize)> + use<T> {
        let columns = self.columns;
        (0..self.rows).flat_map(move |row| (0..columns).map(move |column| (row, column)))
    }

    /// Rows as columns.
    pub(in super::super) fn turned(&self) -> Self {
        let mut turned = Self::new(self.columns, self.rows);
        self.places().for_each(|(row, column)| *turned.at_mut((column, row)) = self.at((row, column)));
        turned
    }

    /// The same with the values of another grid of the same size.
    pub(in super::super) fn with(&self, other: &Self, combine: impl Fn(T, T) -> T) -> Self {
        let values = self.values.iter().zip(&other.values).map(|(one, other)| combine(*one, *other)).collect();
        Self { rows: self.rows, columns: self.columns, values }
    }

    pub(in super::super) fn copy_from(&mut self, other: &Self) {
        self.values.copy_from_slice(&other.values);
    }
}

impl Grid<u64> {
    /// One row.
    pub(in super::super) fn of_row(values: &[u64]) -> Self {
        Self { rows: 1, columns: values.len(), values: values.to_vec() }
    }

    pub(in super::super) fn row(&self, row: usize) -> u64 {
        (0..self.columns).map(|column| self.at((row, column))).sum()
    }

    pub(in super::super) fn column(&self, column: usize) -> u64 {
        (0..self.rows).map(|row| self.at((row, column))).sum()
    }
}

impl Joint {
    /// The joint of these questions in a cell of the tallies, if it is there and agrees with the tallies of both.
    pub(super) fn of(atom: &Atom, asked: &Questionnaire, (row, column): (usize, usize)) -> Option<Grid<u64>> {
        let codes = [row, column].map(|place| asked.questions[place].code.as_str());
        let joint = atom.joints.iter().find(|joint| [&*joint.rows, &*joint.columns] == codes)?;
        let cells = [row, column].map(|place| asked.questions[place].measure.cells().len());
        let grid = joint.grid(cells)?;
        let agree = (0..cells[0]).all(|at| Some(&grid.row(at)) == atom.questions[row].cells().get(at))
            && (0..cells[1]).all(|at| Some(&grid.column(at)) == atom.questions[column].cells().get(at))
            && (0..=cells[0]).map(|at| grid.row(at)).sum::<u64>() == atom.n;
        agree.then_some(grid)
    }

    fn grid(&self, [rows, columns]: [usize; 2]) -> Option<Grid<u64>> {
        let mut grid = Grid::new(rows + 1, columns + 1);
        for &(row, column, n) in &self.counts {
            if row > rows || column > columns {
                return None;
            }
            *grid.at_mut((row, column)) += n;
        }
        Some(grid)
    }

    /// Counts one form more.
    pub fn add(&mut self, row: usize, column: usize) {
        match self.counts.iter_mut().find(|(at, other, _)| (*at, *other) == (row, column)) {
            Some((.., n)) => *n += 1,
            None => self.counts.push((row, column, 1)),
        }
    }
}

/// What one form says, if its tally counts one form: the place of its answer, or the number of cells.
impl Counts {
    /// The only cell in which a single form counts; none where it gave no answer.
    pub fn only(&self) -> Option<usize> {
        self.cells().iter().position(|n| *n > 0)
    }
}
