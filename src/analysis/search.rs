//! The search for small sets that published figures give away.
//!
//! A set of cells is given away when its zero-one vector is in the span of the published rows. A set
//! that weighs less than the limit holds only cells that do, so all others are barred first, and what
//! is left of the span is mostly nothing, or a few rows that fall apart into components. Within a
//! component every set is a choice of basis rows; rows are decided one by one, and a branch ends as soon
//! as a finished column is neither 0 nor 1 or the finished columns weigh too much.
//!
//! All searches of a release share an [`Effort`]. What is not decided within it counts as given away, so
//! a release that is too hard shows less, never more.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::span::{self, Row};

/// What the searches of one release may look at, in entries of rows: some seconds.
const WHOLE: u64 = 1_000_000_000;
/// What one component may cost before it is given up and called unsafe.
const COMPONENT: u64 = 100_000_000;
/// What a component may cost when the whole is spent.
const SCRAPS: u64 = 10_000;

/// How much of the work that a release may cost is left.
pub(super) struct Effort {
    left: Cell<u64>,
    scraps: u64,
}

impl Effort {
    /// What a release may cost.
    pub(super) fn whole() -> Self {
        Self::of(WHOLE, SCRAPS)
    }

    /// So many entries; afterwards each component may cost `scraps`.
    pub(super) fn of(entries: u64, scraps: u64) -> Self {
        Self { left: Cell::new(entries), scraps }
    }

    /// Whether nothing is left.
    pub(super) fn is_spent(&self) -> bool {
        self.left.get() == 0
    }

    fn spend(&self, entries: u64) {
        self.left.set(self.left.get().saturating_sub(entries));
    }

    fn for_component(&self) -> u64 {
        self.left.get().clamp(self.scraps, COMPONENT)
    }
}

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
    pub(super) effort: &'a Effort,
}

impl Hunt<'_> {
    /// For each component that gives away a small set, the rows involved. Sets that earlier releases
    /// gave away by themselves are left out: nothing can be done about them now.
    pub(super) fn leaks(&self) -> Vec<Vec<usize>> {
        let (places, weights) = self.ordered();
        let barred = self.weights.len() - weights.len();
        let rows: Vec<Vec<usize>> = self.rows.iter().map(|row| placed(row, &places)).collect();
        let mut touched = 0;
        let basis = span::vanishing(&rows, barred, &mut touched);
        self.effort.spend(touched);
        let parts = components(basis);
        parts.into_iter().filter_map(|part| self.leak_in(part, &weights, barred)).collect()
    }

    fn leak_in(&self, part: Vec<Row>, weights: &[u64], barred: usize) -> Option<Vec<usize>> {
        let fixed = self.fixed;
        let changeable = |row: &Row| row.origin.iter().any(|&(origin, _)| origin >= fixed);
        if !part.iter().any(changeable) {
            return None;
        }
        let mut descent = Descent::new(part, fixed, self.limit, |column| weights[column - barred]);
        let budget = self.effort.for_component();
        descent.budget = budget;
        let leak = descent.run();
        self.effort.spend(budget - descent.budget);
        leak
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
    let mut above: Vec<usize> = (0..basis.len()).collect();
    let mut home: BTreeMap<usize, usize> = BTreeMap::new();
    for (position, row) in basis.iter().enumerate() {
        for &(column, _) in &row.entries {
            let first = *home.entry(column).or_insert(position);
            let (one, other) = (top(&mut above, first), top(&mut above, position));
            above[one.max(other)] = one.min(other);
        }
    }
    let mut parts: BTreeMap<usize, Vec<Row>> = BTreeMap::new();
    for (position, row) in basis.into_iter().enumerate() {
        parts.entry(top(&mut above, position)).or_default().push(row);
    }
    parts.into_values().collect()
}

/// The first row that a row is known to belong with; the way there is shortened.
fn top(above: &mut [usize], mut row: usize) -> usize {
    while above[row] != row {
        above[row] = above[above[row]];
        row = above[row];
    }
    row
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
    budget: u64,
}

/// One decision: whether a row is taken.
struct Step {
    row: Row,
    /// Columns that no later row touches, with the row's own values.
    finished: Vec<(usize, u64)>,
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
        let step = |(position, row): (usize, Row)| {
            let finished = row.entries.iter().copied().filter(|&(column, _)| last[column] == position).collect();
            Step { row, finished }
        };
        let rows = part.into_iter().enumerate().map(step).collect();
        let values = vec![0; weights.len()];
        Self { rows, weights, values, chosen: Vec::new(), fixed, limit, budget: 0 }
    }

    /// The published rows that together give a small set away, or all of the component's when the
    /// search was given up.
    fn run(&mut self) -> Option<Vec<usize>> {
        if !self.descend(0, 0) {
            return None;
        }
        if self.budget == 0 {
            let origins = self.rows.iter().flat_map(|step| &step.row.origin);
            return Some(origins.map(|origin| origin.0).collect());
        }
        Some(self.involved().into_keys().collect())
    }

    /// Decides the rows from `position` on; true when a leak was found or the budget is spent.
    fn descend(&mut self, position: usize, weight: u64) -> bool {
        let Some(step) = self.rows.get(position) else {
            return self.involved().keys().any(|&origin| origin >= self.fixed);
        };
        self.budget = self.budget.saturating_sub(1 + step.finished.len() as u64);
        if self.budget == 0 {
            return true;
        }
        if let Some(weight) = self.finished_weight(step, weight, |value, _| value)
            && self.descend(position + 1, weight)
        {
            return true;
        }
        let Some(weight) = self.finished_weight(&self.rows[position], weight, span::add) else {
            return false;
        };
        self.take(position);
        let found = self.descend(position + 1, weight);
        if !found {
            self.put_back(position);
        }
        found
    }

    /// The weight with the columns finished at a step, where `change` makes their values of those so far
    /// and the row's; nothing if one is neither 0 nor 1, or if they weigh too much.
    fn finished_weight(&self, step: &Step, weight: u64, change: fn(u64, u64) -> u64) -> Option<u64> {
        let finished =
            step.finished.iter().try_fold(weight, |weight, &(column, own)| match change(self.values[column], own) {
                0 => Some(weight),
                1 => Some(weight.saturating_add(self.weights[column])),
                _ => None,
            });
        finished.filter(|&weight| weight < self.limit)
    }

    fn take(&mut self, position: usize) {
        self.chosen.push(position);
        self.budget = self.budget.saturating_sub(2 * self.rows[position].row.entries.len() as u64);
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
