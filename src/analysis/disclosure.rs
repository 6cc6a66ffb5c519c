//! *Bảo vệ danh tính*: which groups can be shown so that nobody is found by adding and subtracting.
//!
//! Everything published about a round, in this release and before, can be combined. The rule: no
//! combination may isolate a non-empty set of submissions smaller than `k` (domain.md §2.4, formula 11),
//! nor one smaller than `3k` whose answers to a question are all the same. Readers are assumed to know
//! which cells are empty. A smaller group is never shown; then groups that take part in a leak are
//! withheld, the smallest first, totals last, until [`search`](super::search) finds none.

use std::collections::BTreeMap;

use super::cell::Change;
use super::search::{Effort, Hunt};

/// Unanimous answers are hidden on bases below this many times `k`.
pub(super) const UNANIMOUS: u64 = 3;

/// What is published already, what might be, and what it is about.
pub(super) struct Problem<'a> {
    /// What can be isolated: changes of a cell in a period.
    pub(super) columns: Vec<Change>,
    /// Columns per group that an earlier release shows; this cannot be taken back.
    pub(super) fixed: Vec<Vec<usize>>,
    pub(super) candidates: Vec<Candidate>,
    /// The smallest group that may be isolated, in submissions or answers.
    pub(super) k: u64,
    /// What finding out may cost.
    pub(super) effort: &'a Effort,
}

/// A group that might be shown.
pub(super) struct Candidate {
    pub(super) columns: Vec<usize>,
    /// Its base now.
    pub(super) size: u64,
    /// Withheld only when nothing else helps.
    pub(super) total: bool,
    /// Whether it may be shown as far as timing goes.
    pub(super) ready: bool,
}

/// Columns that belong to exactly the same published groups: nothing tells them apart.
struct Merged {
    weight: u64,
    unanimous: Vec<bool>,
}

impl Problem<'_> {
    /// Which candidates can be shown.
    pub(super) fn shown(&self) -> Vec<bool> {
        let presentable = |candidate: &Candidate| candidate.ready && candidate.size >= self.k;
        let mut shown: Vec<bool> = self.candidates.iter().map(presentable).collect();
        loop {
            let leaks = self.leaks(&shown);
            if leaks.is_empty() {
                return shown;
            }
            for leak in leaks {
                self.withhold(&leak, &mut shown);
            }
        }
    }

    /// Withholds the least of the groups that take part in a leak, with those that equal it; the lesser
    /// half of them when there is no time left to look closer.
    fn withhold(&self, leak: &[usize], shown: &mut [bool]) {
        let mut groups = leak.to_vec();
        groups.sort_by_key(|&group| (self.candidates[group].total, self.candidates[group].size, group));
        groups.dedup();
        groups.truncate(if self.effort.is_spent() { groups.len().div_ceil(2) } else { 1 });
        for group in groups {
            let columns = &self.candidates[group].columns;
            for (other, candidate) in self.candidates.iter().enumerate() {
                shown[other] &= candidate.columns != *columns;
            }
        }
    }

    /// The candidates involved in each leak there is.
    fn leaks(&self, shown: &[bool]) -> Vec<Vec<usize>> {
        let open = self.open(shown);
        let mut rows: Vec<&Vec<usize>> = self.fixed.iter().collect();
        rows.extend(open.iter().map(|&group| &self.candidates[group].columns));
        let (rows, merged) = self.merged(&rows);
        let hunt = |weights: &[Option<u64>], limit| {
            let fixed = self.fixed.len();
            let hunt = Hunt { rows: &rows, fixed, weights, limit, effort: self.effort };
            let candidates = |leak: Vec<usize>| {
                leak.into_iter().filter_map(|row| open.get(row.checked_sub(fixed)?).copied()).collect()
            };
            hunt.leaks().into_iter().map(candidates).collect::<Vec<Vec<usize>>>()
        };
        let small: Vec<Option<u64>> = merged.iter().map(|column| Some(column.weight)).collect();
        let leaks = hunt(&small, self.k);
        if !leaks.is_empty() {
            return leaks;
        }
        let choices = self.columns.iter().map(|column| column.unanimous.len()).max().unwrap_or(0);
        let unanimous = (0..choices).map(|choice| agreeing(&merged, choice));
        unanimous.flat_map(|weights| hunt(&weights, self.k * UNANIMOUS)).collect()
    }

    /// The candidates still shown, the smallest first.
    fn open(&self, shown: &[bool]) -> Vec<usize> {
        let mut open: Vec<usize> = (0..shown.len()).filter(|&group| shown[group]).collect();
        open.sort_by_key(|&group| (self.candidates[group].columns.len(), group));
        open
    }

    /// Rows over merged columns.
    fn merged(&self, rows: &[&Vec<usize>]) -> (Vec<Vec<usize>>, Vec<Merged>) {
        let mut signatures = vec![Vec::new(); self.columns.len()];
        for (row, columns) in rows.iter().enumerate() {
            columns.iter().for_each(|&column| signatures[column].push(row));
        }
        let mut classes: BTreeMap<Vec<usize>, Merged> = BTreeMap::new();
        for (signature, column) in signatures.into_iter().zip(&self.columns) {
            if !signature.is_empty() {
                classes.entry(signature).and_modify(|class| class.add(column)).or_insert_with(|| Merged::of(column));
            }
        }
        let mut over = vec![Vec::new(); rows.len()];
        for (column, signature) in classes.keys().enumerate() {
            signature.iter().for_each(|&row| over[row].push(column));
        }
        (over, classes.into_values().collect())
    }
}

/// The weights of columns in which everybody may have chosen `choice`; the others are of no concern.
fn agreeing(columns: &[Merged], choice: usize) -> Vec<Option<u64>> {
    let agrees = |column: &Merged| column.unanimous.get(choice).copied().unwrap_or(false);
    columns.iter().map(|column| agrees(column).then_some(column.weight)).collect()
}

impl Merged {
    fn of(column: &Change) -> Self {
        Self { weight: column.weight, unanimous: column.unanimous.clone() }
    }

    fn add(&mut self, column: &Change) {
        self.weight = self.weight.saturating_add(column.weight);
        for (choice, unanimous) in self.unanimous.iter_mut().enumerate() {
            *unanimous &= column.unanimous.get(choice).copied().unwrap_or(false);
        }
    }
}
