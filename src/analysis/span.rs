//! What can be had by adding and subtracting published figures: linear algebra on sparse rows.
//!
//! A published group is a row of zeros and ones over the cells. Everything an attacker can compute is
//! in the span of the rows; [`vanishing`] gives a reduced basis of the part that is zero on a given set
//! of columns. Arithmetic is modulo the prime 2⁶¹ − 1: a combination that exists over the fractions
//! exists modulo every prime that divides none of its denominators, and the determinants of
//! zero-one matrices of this kind are small.

use std::collections::BTreeMap;

/// 2⁶¹ − 1.
const PRIME: u64 = (1 << 61) - 1;

/// A sparse vector: positions in rising order with values 1..PRIME.
type Sparse = Vec<(usize, u64)>;

/// A combination of published rows.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its values by column.
    pub(super) entries: Sparse,
    /// The published rows it was made of, with their coefficients.
    pub(super) origin: Sparse,
}

/// The reduced basis of all combinations that are zero on the columns before `barred`.
///
/// Each row is 1 at its first column, where all the others are 0; so a vector of zeros and ones in the
/// span is the sum of the rows at whose first columns it is 1. Of equal rows the later is dropped.
/// `touched` grows by the entries that were looked at.
pub(super) fn vanishing(published: &[Vec<usize>], barred: usize, touched: &mut u64) -> Vec<Row> {
    let mut pivots = BTreeMap::new();
    for (position, columns) in published.iter().enumerate() {
        if let Some((lead, row)) = echelon(Row::of(position, columns), &pivots, touched) {
            pivots.insert(lead, row);
        }
    }
    reduced(pivots.split_off(&barred), touched)
}

/// The row less what earlier rows explain, scaled to lead with 1; nothing if they explain all of it.
fn echelon(mut row: Row, pivots: &BTreeMap<usize, Row>, touched: &mut u64) -> Option<(usize, Row)> {
    loop {
        let &(lead, value) = row.entries.first()?;
        match pivots.get(&lead) {
            Some(pivot) => {
                *touched += pivot.len();
                row = row.minus(value, pivot);
            }
            None => return Some((lead, row.scaled(inverse(value)))),
        }
    }
}

/// From the last row upwards, clears the leading columns of the rows below.
fn reduced(pivots: BTreeMap<usize, Row>, touched: &mut u64) -> Vec<Row> {
    let mut done: BTreeMap<usize, Row> = BTreeMap::new();
    for (lead, mut row) in pivots.into_iter().rev() {
        let entries = row.entries.clone();
        for (column, value) in entries.into_iter().skip(1) {
            if let Some(pivot) = done.get(&column) {
                *touched += pivot.len();
                row = row.minus(value, pivot);
            }
        }
        done.insert(lead, row);
    }
    done.into_values().collect()
}

impl Row {
    fn of(position: usize, columns: &[usize]) -> Self {
        let entries = columns.iter().map(|&column| (column, 1)).collect();
        Self { entries, origin: vec![(position, 1)] }
    }

    fn len(&self) -> u64 {
        (self.entries.len() + self.origin.len()) as u64
    }

    fn minus(&self, factor: u64, other: &Self) -> Self {
        Self {
            entries: subtract(&self.entries, factor, &other.entries),
            origin: subtract(&self.origin, factor, &other.origin),
        }
    }

    fn scaled(mut self, factor: u64) -> Self {
        for (_, value) in self.entries.iter_mut().chain(&mut self.origin) {
            *value = multiply(*value, factor);
        }
        self
    }
}

/// `left − factor · right`.
fn subtract(left: &Sparse, factor: u64, right: &Sparse) -> Sparse {
    let mut result = Vec::with_capacity(left.len() + right.len());
    let mut left = left.iter().copied().peekable();
    for &(position, value) in right {
        while let Some(entry) = left.next_if(|entry| entry.0 < position) {
            result.push(entry);
        }
        let before = left.next_if(|entry| entry.0 == position).map_or(0, |entry| entry.1);
        let after = add(before, PRIME - multiply(factor, value));
        if after != 0 {
            result.push((position, after));
        }
    }
    result.extend(left);
    result
}

/// Sum modulo the prime, of values up to the prime itself.
pub(super) fn add(left: u64, right: u64) -> u64 {
    let sum = left + right;
    if sum < PRIME { sum } else { (sum - PRIME) % PRIME }
}

/// Difference modulo the prime.
pub(super) fn less(left: u64, right: u64) -> u64 {
    add(left, PRIME - right)
}

fn multiply(left: u64, right: u64) -> u64 {
    if left == 1 || right == 1 {
        return left * right;
    }
    // 2⁶¹ is 1: the upper half counts as much as the lower one
    let product = u128::from(left) * u128::from(right);
    add((product & u128::from(PRIME)) as u64, (product >> 61) as u64)
}

/// By Fermat: `value^(p − 2)`.
fn inverse(value: u64) -> u64 {
    let (mut result, mut base, mut exponent) = (1, value, PRIME - 2);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = multiply(result, base);
        }
        base = multiply(base, base);
        exponent >>= 1;
    }
    result
}
