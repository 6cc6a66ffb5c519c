//! Pearson's chi-square test of independence, without a correction for continuity.
//!
//! With `O` counted and `E = row · column / n` expected: `χ² = Σ (O − E)² / E` with `(r − 1)(c − 1)` degrees of freedom over the
//! rows and columns that have forms; Cramér's `V = √(χ² / (n · min(r − 1, c − 1)))`; adjusted residuals
//! `(O − E) / √(E (1 − row/n) (1 − column/n))` (Haberman 1973). It is not made where too few are expected (Cochran 1954): more
//! than one cell in five below five, or one below one.

use statrs::distribution::{ChiSquared, ContinuousCDF};

use super::Table;

/// Cells in which fewer are expected count as small.
pub const LEAST_EXPECTED: u64 = 5;
/// In per cent: more small cells than this, and nothing is tested.
pub const MOST_BELOW: u64 = 20;
/// Residuals beyond this stand out: one cell in twenty does by chance alone.
pub const STANDS_OUT: f64 = 1.96;

/// What can be said about two questions together.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// The test was made.
    Made(ChiSquare),
    /// It was not, and why.
    Not(Untested),
}

/// Why no test was made.
#[derive(Debug, Clone, PartialEq)]
pub enum Untested {
    /// A form may be in several rows or columns.
    Overlapping,
    /// Some forms were not offered some of the choices: that nobody chose them says nothing.
    Uneven,
    /// Fewer than two rows or two columns have forms.
    NothingToCompare,
    /// Too few forms are expected in too many cells.
    TooFew {
        /// Cells in which fewer than [`LEAST_EXPECTED`] are expected.
        below: usize,
        /// All cells.
        cells: usize,
        /// The fewest that are expected in a cell.
        least: f64,
    },
}

/// The test, made.
#[derive(Debug, Clone, PartialEq)]
pub struct ChiSquare {
    /// χ².
    pub statistic: f64,
    /// Degrees of freedom.
    pub freedom: u64,
    /// How often chance alone gives as much or more, 0–1.
    pub p: f64,
    /// Cramér's V, 0–1.
    pub v: f64,
    /// Adjusted residuals by row and column of the table; none where a row or column has no forms or all of them.
    pub residuals: Vec<Vec<Option<f64>>>,
}

pub(super) fn test(table: &Table) -> Test {
    if table.overlaps {
        return Test::Not(Untested::Overlapping);
    }
    let filled = |totals: &[u64]| (0..totals.len()).filter(|at| totals[*at] > 0).collect::<Vec<_>>();
    let (rows, columns) = (filled(&table.rows), filled(&table.columns));
    if rows.len() < 2 || columns.len() < 2 {
        return Test::Not(Untested::NothingToCompare);
    }
    let cells = || rows.iter().flat_map(|row| columns.iter().map(|column| (*row, *column)));
    let expected: Vec<f64> = cells().map(|(row, column)| expected(table, row, column)).collect();
    if table.is_uneven() {
        return Test::Not(Untested::Uneven);
    }
    if let Some(refused) = too_few(&expected) {
        return Test::Not(refused);
    }
    let part = |((row, column), expected): ((usize, usize), &f64)| {
        (float(table.cells[row][column]) - expected).powi(2) / expected
    };
    let statistic: f64 = cells().zip(&expected).map(part).sum();
    let freedom = ((rows.len() - 1) * (columns.len() - 1)) as u64;
    let smaller = rows.len().min(columns.len()) - 1;
    let Ok(distribution) = ChiSquared::new(float(freedom)) else { return Test::Not(Untested::NothingToCompare) };
    Test::Made(ChiSquare {
        statistic,
        freedom,
        p: distribution.sf(statistic),
        v: (statistic / (float(table.base) * float(smaller as u64))).sqrt(),
        residuals: residuals(table),
    })
}

fn too_few(expected: &[f64]) -> Option<Untested> {
    let below = expected.iter().filter(|expected| **expected < float(LEAST_EXPECTED)).count();
    let least = expected.iter().copied().fold(f64::INFINITY, f64::min);
    let refused = below * 100 > expected.len() * MOST_BELOW as usize || least < 1.0;
    refused.then_some(Untested::TooFew { below, cells: expected.len(), least })
}

fn residuals(table: &Table) -> Vec<Vec<Option<f64>>> {
    let n = float(table.base);
    let residual = |row: usize, column: usize| {
        let expected = expected(table, row, column);
        let spread = expected * (1.0 - float(table.rows[row]) / n) * (1.0 - float(table.columns[column]) / n);
        (spread > 0.0).then(|| (float(table.cells[row][column]) - expected) / spread.sqrt())
    };
    (0..table.rows.len()).map(|row| (0..table.columns.len()).map(|column| residual(row, column)).collect()).collect()
}

fn expected(table: &Table, row: usize, column: usize) -> f64 {
    float(table.rows[row]) * float(table.columns[column]) / float(table.base)
}

#[expect(clippy::cast_precision_loss, reason = "numbers of forms are far below 2^53")]
fn float(n: u64) -> f64 {
    n as f64
}
