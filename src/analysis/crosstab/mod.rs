//! A table of one question by another, and what can be said about it.
//!
//! ```text
//! mod    counts, bases and shares, as they were counted
//! test   Pearson's chi-square with its conditions, Cramér's V, adjusted residuals
//! mean   means and standard deviations by group, and how much of the variance lies between groups
//! ```
//!
//! What it says is about the forms that came in. Whether it can be said of more than those depends on how they were drawn, which
//! the caller knows.

mod mean;
mod test;

use super::decimal::Ratio;
use super::frame::offered::Cell;
use super::frame::{Absent, Crossed, Moments, Withheld};

pub use mean::{Means, Spread};
pub use test::{ChiSquare, LEAST_EXPECTED, MOST_BELOW, STANDS_OUT, Test, Untested};

/// A table; rows and columns of which there are no forms are in it, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Forms by row and column.
    pub cells: Vec<Vec<u64>>,
    /// Forms of the base by row.
    pub rows: Vec<u64>,
    /// Forms of the base by column.
    pub columns: Vec<u64>,
    /// Forms that are in a row and in a column.
    pub base: u64,
    /// Whether a form may be in several rows or columns: cells then add up to more than the base.
    pub overlaps: bool,
    /// Forms that are in no row, by why: not asked, skipped, does not apply.
    pub no_row: [u64; 3],
    /// Forms that are in a row and in no column, by why.
    pub no_column: [u64; 3],
    /// All forms that were looked at.
    pub forms: u64,
    moments: Vec<Moments>,
    all: Moments,
    withheld: Withheld,
}

impl Table {
    /// What was counted.
    pub fn of(crossed: &Crossed) -> Self {
        let (rows, columns) = crossed.size();
        Self {
            cells: (0..rows).map(|row| (0..columns).map(|column| crossed.cell(row, column)).collect()).collect(),
            rows: (0..rows).map(|row| crossed.row(row)).collect(),
            columns: (0..columns).map(|column| crossed.column(column)).collect(),
            base: crossed.base(),
            overlaps: crossed.is_overlapping(),
            no_row: Absent::ALL.map(|why| crossed.rows_absent(why)),
            no_column: Absent::ALL.map(|why| crossed.columns_absent(why)),
            forms: crossed.forms(),
            moments: crossed.moments().to_vec(),
            all: crossed.all(),
            withheld: crossed.withheld().clone(),
        }
    }

    /// Forms of a column that were offered this row.
    pub fn asked_in_column(&self, row: usize, column: usize) -> u64 {
        self.columns[column].saturating_sub(self.withheld_from(row, column).of_column)
    }

    /// Forms of the base that were offered this row.
    pub fn asked(&self, row: usize) -> u64 {
        self.base.saturating_sub(self.withheld.row(row))
    }

    /// Whether some forms of the base were not offered something that stands in the table.
    pub fn is_uneven(&self) -> bool {
        (0..self.cells.len()).any(|row| {
            let cells = 0..self.columns.len();
            self.rows[row] > 0
                && cells
                    .into_iter()
                    .any(|column| self.columns[column] > 0 && self.withheld_from(row, column) != Cell::default())
        })
    }

    fn withheld_from(&self, row: usize, column: usize) -> Cell {
        self.withheld.cell(row * self.columns.len() + column)
    }

    /// The share of a column's forms that are in this row, of those that were offered it, in per cent; none where none was.
    pub fn of_column(&self, row: usize, column: usize) -> Option<Ratio> {
        Ratio::percent(self.cells[row][column], self.asked_in_column(row, column))
    }

    /// The share of a row's forms that are in this column, of those that were offered it, in per cent.
    pub fn of_row(&self, row: usize, column: usize) -> Option<Ratio> {
        let withheld = self.withheld_from(row, column).of_row;
        Ratio::percent(self.cells[row][column], self.rows[row].saturating_sub(withheld))
    }

    /// The share of the base that is in this cell, of the forms that were offered both, in per cent.
    pub fn of_base(&self, row: usize, column: usize) -> Option<Ratio> {
        let withheld = self.withheld_from(row, column).of_base;
        Ratio::percent(self.cells[row][column], self.base.saturating_sub(withheld))
    }

    /// Whether the two have to do with each other, where that can be asked.
    pub fn test(&self) -> Test {
        test::test(self)
    }

    /// Means of the rows by column, where the rows count something; `unit` of what is counted make one.
    pub fn means(&self, unit: i64) -> Means {
        Means::of(&self.moments, self.all, unit, !self.overlaps)
    }
}

#[cfg(test)]
mod tests;
