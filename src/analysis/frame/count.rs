//! Counting two axes against each other.

use super::offered::{Part, Withheld};
use super::{Axis, Lane};

/// Why a form is in no class of an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Absent {
    /// The question was not asked.
    NotAsked,
    /// It was asked and not answered.
    Skipped,
    /// It does not apply, or whoever answered does not know.
    NotApplicable,
}

impl Absent {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::NotAsked, Self::Skipped, Self::NotApplicable];
}

/// Numbers of one class, as exact sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moments {
    /// How many.
    pub n: u64,
    /// Their sum.
    pub sum: i128,
    /// The sum of their squares.
    pub squares: i128,
}

impl Moments {
    fn add(&mut self, value: i64) {
        let value = i128::from(value);
        self.n += 1;
        // blocks that somebody damaged can hold any number; no answers reach these bounds
        self.sum = self.sum.saturating_add(value);
        self.squares = self.squares.saturating_add(value * value);
    }

    fn take(&mut self, more: &Self) {
        self.n += more.n;
        self.sum = self.sum.saturating_add(more.sum);
        self.squares = self.squares.saturating_add(more.squares);
    }
}

fn add_all(sums: &mut [u64], more: &[u64]) {
    sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
}

/// Forms by two axes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crossed {
    rows: Side,
    columns: Side,
    /// Row by row, over the classes and the reasons why there is none; where forms may be in several classes, all classes of
    /// that axis are one here.
    standing: Vec<u64>,
    /// Where forms may be in several classes: row by row, over the classes alone.
    cells: Vec<u64>,
    /// What the rows count in a mean: by class of the columns, and of all that are in one.
    moments: Vec<Moments>,
    all: Moments,
    withheld: Withheld,
}

/// One axis of what was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Side {
    classes: usize,
    overlaps: bool,
    standings: usize,
    /// Where forms may be in several classes, of either axis: forms of the base in each.
    totals: Vec<u64>,
}

impl Side {
    fn of(axis: &Axis) -> Self {
        let totals = vec![0; axis.classes];
        Self { classes: axis.classes, overlaps: axis.overlaps, standings: axis.standings(), totals }
    }

    fn width(&self) -> usize {
        self.standings + Absent::ALL.len()
    }
}

impl Crossed {
    /// Nothing counted yet.
    pub fn new(rows: &Axis, columns: &Axis) -> Self {
        let (rows, columns) = (Side::of(rows), Side::of(columns));
        Self {
            standing: vec![0; rows.width() * columns.width()],
            cells: vec![0; rows.classes * columns.classes],
            moments: vec![Moments::default(); columns.classes],
            all: Moments::default(),
            withheld: Withheld::default(),
            rows,
            columns,
        }
    }

    /// Adds the forms of a block that are kept.
    pub fn add(&mut self, rows: &Lane, columns: &Lane, kept: &[bool]) {
        let width = self.columns.width();
        for ((row, column), kept) in rows.standing.iter().zip(&columns.standing).zip(kept) {
            if let Some(cell) = self.standing.get_mut(usize::from(*row) * width + usize::from(*column)) {
                *cell += u64::from(*kept);
            }
        }
        if self.overlaps() {
            self.add_overlapping(rows, columns, kept);
        }
        if !rows.values.is_empty() {
            self.add_values(rows, columns, kept);
        }
    }

    /// Adds what was counted in the forms of one version, which offers these classes and no others.
    pub fn take(&mut self, part: &Self, rows: &[bool], columns: &[bool]) {
        add_all(&mut self.standing, &part.standing);
        add_all(&mut self.cells, &part.cells);
        add_all(&mut self.rows.totals, &part.rows.totals);
        add_all(&mut self.columns.totals, &part.columns.totals);
        self.moments.iter_mut().zip(&part.moments).for_each(|(sum, more)| sum.take(more));
        self.all.take(&part.all);
        let (in_rows, in_columns) = part.size();
        let in_rows: Vec<u64> = (0..in_rows).map(|row| part.row(row)).collect();
        let in_columns: Vec<u64> = (0..in_columns).map(|column| part.column(column)).collect();
        self.withheld.add(&Part { rows: &in_rows, columns: &in_columns, base: part.base() }, rows, columns);
    }

    /// Forms that were not offered what stands in the table.
    pub fn withheld(&self) -> &Withheld {
        &self.withheld
    }

    fn overlaps(&self) -> bool {
        self.rows.overlaps || self.columns.overlaps
    }

    fn add_overlapping(&mut self, rows: &Lane, columns: &Lane, kept: &[bool]) {
        for at in (0..kept.len()).filter(|at| kept[*at]) {
            let (row_bits, column_bits) = (rows.classes(at, &self.rows), columns.classes(at, &self.columns));
            if row_bits.is_empty() || column_bits.is_empty() {
                continue;
            }
            column_bits.clone().for_each(|column| self.columns.totals[column] += 1);
            for row in row_bits {
                self.rows.totals[row] += 1;
                column_bits.clone().for_each(|column| self.cells[row * self.columns.classes + column] += 1);
            }
        }
    }

    fn add_values(&mut self, rows: &Lane, columns: &Lane, kept: &[bool]) {
        for (at, value) in rows.values.iter().enumerate() {
            let (Some(value), Some(true)) = (value, kept.get(at)) else { continue };
            let classes = columns.classes(at, &self.columns);
            if !classes.is_empty() {
                self.all.add(*value);
            }
            classes.for_each(|column| self.moments[column].add(*value));
        }
    }

    /// Forms in a class of the rows and in one of the columns.
    pub fn cell(&self, row: usize, column: usize) -> u64 {
        let found = match self.overlaps() {
            true => self.cells.get(row * self.columns.classes + column),
            false => self.standing.get(row * self.columns.width() + column),
        };
        found.copied().unwrap_or(0)
    }

    /// Forms that are in a class of both: the base of the table.
    pub fn base(&self) -> u64 {
        self.sum(0..self.rows.standings, 0..self.columns.standings)
    }

    fn sum(&self, rows: std::ops::Range<usize>, columns: std::ops::Range<usize>) -> u64 {
        let width = self.columns.width();
        rows.map(|row| columns.clone().map(|column| self.standing[row * width + column]).sum::<u64>()).sum()
    }

    /// Forms of the base in a class of the rows.
    pub fn row(&self, row: usize) -> u64 {
        if self.overlaps() { self.rows.totals[row] } else { self.sum(row..row + 1, 0..self.columns.standings) }
    }

    /// Forms of the base in a class of the columns.
    pub fn column(&self, column: usize) -> u64 {
        if self.overlaps() { self.columns.totals[column] } else { self.sum(0..self.rows.standings, column..column + 1) }
    }

    /// Forms that are in no class of the rows for this reason, whatever they are in the columns.
    pub fn rows_absent(&self, why: Absent) -> u64 {
        let row = self.rows.standings + why as usize;
        self.sum(row..row + 1, 0..self.columns.width())
    }

    /// Forms that are in a class of the rows, but for this reason in none of the columns.
    pub fn columns_absent(&self, why: Absent) -> u64 {
        let column = self.columns.standings + why as usize;
        self.sum(0..self.rows.standings, column..column + 1)
    }

    /// All forms that were kept.
    pub fn forms(&self) -> u64 {
        self.standing.iter().sum()
    }

    /// How many classes the rows have, and how many the columns.
    pub fn size(&self) -> (usize, usize) {
        (self.rows.classes, self.columns.classes)
    }

    /// Whether forms may be in several classes of either axis.
    pub fn is_overlapping(&self) -> bool {
        self.overlaps()
    }

    /// What the rows count in a mean, by class of the columns.
    pub fn moments(&self) -> &[Moments] {
        &self.moments
    }

    /// The same of all forms that are in a class of the columns.
    pub fn all(&self) -> Moments {
        self.all
    }
}

/// Classes of one form.
#[derive(Clone)]
struct Classes(u64, std::ops::Range<usize>);

impl Classes {
    fn is_empty(&self) -> bool {
        self.0 == 0 && self.1.is_empty()
    }
}

impl Iterator for Classes {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        if self.0 == 0 {
            return self.1.next();
        }
        let class = self.0.trailing_zeros() as usize;
        self.0 &= self.0 - 1;
        Some(class)
    }
}

impl Lane {
    fn classes(&self, form: usize, side: &Side) -> Classes {
        let standing = usize::from(self.standing[form]);
        match side.overlaps {
            true => Classes(self.bits[form], 0..0),
            false if standing < side.classes => Classes(0, standing..standing + 1),
            false => Classes(0, 0..0),
        }
    }
}
