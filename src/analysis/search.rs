//! The search for small sets that published figures give away.
//!
//! A set of cells is given away when its zero-one vector is in the span of the published rows. A set
//! that weighs less than the limit holds only cells that do, so all others are barred first, and what
//! is left of the span is mostly nothing, or a few rows that fall apart into components. Within a
//! component every set is a choice of basis rows; rows are decided one by one, and a branch ends as soon
//! as a finished column is neither 0 nor 1 or the finished columns weigh too much.

use std::collections::BTreeMap;

use super::span::{self, Row};

/// Decisions the search may take per component before it gives up and calls the component unsafe.
const BUDGET: u32 = 60_000;

/// What one search looks at.
pub(super) struct Hunt<'a> {
    /// Column positions per published row; the rows of earlier releases first.
    pub(super) rows: &'a [Vec<usize>],
    /// How many rows are of earlier releases.
    pub(super) fixed: usize,
    /// Weight per column; `None`: a set with this column is none of our concern.
    pub(super) weights: &'a [Option<u64>],
    /// Sets of this weight or more are safe.
    pub(super) limit: u64,
}

impl Hunt<'_> {
    /// For each component that gives away a small set, the rows involved. Sets that earlier releases
    /// gave away by themselves are left out: nothing can be done about them now.
    pub(super) fn leaks(&self) -> Vec<Vec<usize>> {
        let (places, weights) = self.ordered();
        let barred = self.weights.len() - weights.len();
        let rows: Vec<Vec<usize>> = self.rows.iter().map(|row| placed(row, &places)).collect();
        let basis = span::vanishing(&rows, barred);
        let parts = components(basis);
        parts.into_iter().filter_map(|part| self.leak_in(part, &weights, barred)).collect()
    }

    fn leak_in(&self, part: Vec<Row>, weights: &[u64], barred: usize) -> Option<Vec<usize>> {
        let fixed = self.fixed;
        let changeable = |row: &Row| row.origin.iter().any(|&(origin, _)| origin >= fixed);
        if !part.iter().any(changeable) {
            return None;
        }
        Descent::new(part, fixed, self.limit, |column| weights[column - barred]).run()
    }

    /// The new place of each column, barred ones first, then the heavier the earlier (a heavy first
    /// column makes choosing its row expensive); and the weights of those not barred.
    fn ordered(&self) -> (Vec<usize>, Vec<u64>) {
        let open = |column: &usize| self.weights[*column].filter(|&weight| weight < self.limit);
        let mut order: Vec<usize> = (0..self.weights.len()).collect();
        order.sort_by_key(|column| open(column).map_or((0, 0), |weight| (1, u64::MAX - weight)));
        let mut places = vec![0; order.len()];
        for (place, &column) in order.iter().enumerate() {
            places[column] = place;
        }
        (places, order.iter().filter_map(open).collect())
    }
}

fn placed(row: &[usize], places: &[usize]) -> Vec<usize> {
    let mut row: Vec<usize> = row.iter().map(|&column| places[column]).collect();
    row.sort_unstable();
    row
}

/// Rows that share columns, directly or through others, belong together. A small set is made of small
/// sets within components, so each can be searched alone.
fn components(basis: Vec<Row>) -> Vec<Vec<Row>> {
    let mut parts: Vec<Vec<Row>> = Vec::new();
    let mut home: BTreeMap<usize, usize> = BTreeMap::new();
    for row in basis {
        let mut joined = vec![row];
        let touched: Vec<usize> =
            joined[0].entries.iter().filter_map(|(column, _)| home.get(column).copied()).collect();
        for part in touched {
            joined.append(&mut parts[part]);
        }
        for (column, _) in joined.iter().flat_map(|row| &row.entries) {
            home.insert(*column, parts.len());
        }
        parts.push(joined);
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The search within one component.
struct Descent {
    rows: Vec<Step>,
    /// Weight per column of the component.
    weights: Vec<u64>,
    /// Sum of the chosen rows per column.
    values: Vec<u64>,
    chosen: Vec<usize>,
    fixed: usize,
    limit: u64,
    budget: u32,
}

/// One decision: whether a row is taken.
struct Step {
    row: Row,
    /// Columns that no later row touches.
    finished: Vec<usize>,
}

impl Descent {
    /// Rows with most columns come first: the others then finish their columns at once.
    fn new(mut part: Vec<Row>, fixed: usize, limit: u64, weight: impl Fn(usize) -> u64) -> Self {
        part.sort_by_key(|row| (usize::MAX - row.entries.len(), row.entries[0].0));
        let weights = renumbered(&mut part).into_iter().map(weight).collect::<Vec<u64>>();
        let mut last = vec![0; weights.len()];
        for (position, row) in part.iter().enumerate() {
            row.entries.iter().for_each(|&(column, _)| last[column] = position);
        }
        let finished = |position| (0..last.len()).filter(|&column| last[column] == position).collect();
        let rows = part.into_iter().enumerate();
        let rows = rows.map(|(position, row)| Step { row, finished: finished(position) }).collect();
        let values = vec![0; weights.len()];
        Self { rows, weights, values, chosen: Vec::new(), fixed, limit, budget: BUDGET }
    }

    /// The published rows that together give a small set away, or all of the component's when the
    /// search was given up.
    fn run(mut self) -> Option<Vec<usize>> {
        if !self.descend(0, 0) {
            return None;
        }
        if self.budget == 0 {
            self.chosen = (0..self.rows.len()).collect();
            let origins = self.chosen.iter().flat_map(|&row| &self.rows[row].row.origin);
            return Some(origins.map(|origin| origin.0).collect());
        }
        Some(self.involved().into_keys().collect())
    }

    /// Decides the rows from `position` on; true when a leak was found or the budget is spent.
    fn descend(&mut self, position: usize, weight: u64) -> bool {
        self.budget = self.budget.saturating_sub(1);
        if self.budget == 0 {
            return true;
        }
        if position == self.rows.len() {
            return self.involved().keys().any(|&origin| origin >= self.fixed);
        }
        if self.admits(position, weight) {
            return true;
        }
        self.take(position);
        let found = self.admits(position, weight);
        if !found {
            self.put_back(position);
        }
        found
    }

    /// Goes on if the columns finished by this decision allow it.
    fn admits(&mut self, position: usize, weight: u64) -> bool {
        let weight = self.finished_weight(position, weight).filter(|&weight| weight < self.limit);
        weight.is_some_and(|weight| self.descend(position + 1, weight))
    }

    /// The weight with the columns finished here; nothing if one of them is neither 0 nor 1.
    fn finished_weight(&self, position: usize, weight: u64) -> Option<u64> {
        self.rows[position].finished.iter().try_fold(weight, |weight, &column| match self.values[column] {
            0 => Some(weight),
            1 => Some(weight.saturating_add(self.weights[column])),
            _ => None,
        })
    }

    fn take(&mut self, position: usize) {
        self.chosen.push(position);
        for &(column, value) in &self.rows[position].row.entries {
            self.values[column] = span::add(self.values[column], value);
        }
    }

    fn put_back(&mut self, position: usize) {
        self.chosen.pop();
        for &(column, value) in &self.rows[position].row.entries {
            self.values[column] = span::less(self.values[column], value);
        }
    }

    /// The published rows in the sum of the chosen ones.
    fn involved(&self) -> BTreeMap<usize, u64> {
        let mut sum = BTreeMap::new();
        for &(origin, value) in self.chosen.iter().flat_map(|&row| &self.rows[row].row.origin) {
            let coefficient = sum.entry(origin).or_insert(0);
            *coefficient = span::add(*coefficient, value);
        }
        sum.retain(|_, coefficient| *coefficient != 0);
        sum
    }
}

/// Gives the columns of a component numbers from 0 and returns what they were.
fn renumbered(part: &mut [Row]) -> Vec<usize> {
    let all = part.iter().flat_map(|row| row.entries.iter().map(|entry| entry.0));
    let mut columns: Vec<usize> = all.collect();
    columns.sort_unstable();
    columns.dedup();
    let places: BTreeMap<usize, usize> = columns.iter().enumerate().map(|(place, &column)| (column, place)).collect();
    for (column, _) in part.iter_mut().flat_map(|row| &mut row.entries) {
        *column = places.get(column).copied().unwrap_or_default();
    }
    columns
}
