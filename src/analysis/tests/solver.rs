//! How little and how much of something there can be, where sums of it are known and no number is negative: a linear program.

use std::collections::{BTreeMap, BTreeSet};

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem, SolveOutcome};

/// What is added, and what is taken off.
type Sum = (Vec<usize>, Vec<usize>);

/// Sums of unknown numbers, by the numbers' places.
pub(super) struct Sums {
    unknowns: usize,
    known: BTreeMap<Sum, u64>,
}

impl Sums {
    pub(super) fn of(unknowns: usize) -> Self {
        Self { unknowns, known: BTreeMap::new() }
    }

    /// A sum is `n`. What is published twice must be the same twice.
    pub(super) fn learn(&mut self, added: Vec<usize>, taken_off: Vec<usize>, n: u64) {
        let known = *self.known.entry((added, taken_off)).or_insert(n);
        assert_eq!(known, n, "two published figures contradict each other");
    }

    /// The least and the most that `wanted` can come to.
    pub(super) fn bounds(&self, wanted: &[usize]) -> (f64, f64) {
        (self.end(wanted, OptimizationDirection::Minimize), self.end(wanted, OptimizationDirection::Maximize))
    }

    /// Whether `wanted`, which is `n` in truth, can be nothing else.
    pub(super) fn pin(&self, wanted: &[usize], n: u64) -> bool {
        let is_end = |direction| (self.end(wanted, direction) - n as f64).abs() < 1e-6;
        // mostly there can be more, and the other end need not be looked for
        is_end(OptimizationDirection::Maximize) && is_end(OptimizationDirection::Minimize)
    }

    fn end(&self, wanted: &[usize], direction: OptimizationDirection) -> f64 {
        let mut problem = Problem::new(direction);
        let mut equations = vec![Vec::new(); self.known.len()];
        for (is_wanted, signs) in self.classes(wanted) {
            let variable = problem.add_var(if is_wanted { 1.0 } else { 0.0 }, (0.0, f64::INFINITY));
            signs.into_iter().for_each(|(equation, sign)| equations[equation].push((variable, f64::from(sign))));
        }
        for (terms, n) in equations.iter().zip(self.known.values()).filter(|(terms, _)| !terms.is_empty()) {
            problem.add_constraint(terms, ComparisonOp::Eq, *n as f64);
        }
        match problem.solve() {
            Ok(SolveOutcome::Solution(solution)) => solution.objective(),
            // nothing that is published says anything about it
            Err(Error::Unbounded) => f64::INFINITY,
            other => panic!("{other:?}"),
        }
    }

    /// Unknowns that no sum tells apart, as one: whether they are wanted, and in which sums they stand with which sign.
    fn classes(&self, wanted: &[usize]) -> BTreeSet<(bool, Vec<(usize, i8)>)> {
        let mut signs = vec![Vec::new(); self.unknowns];
        for (equation, (added, taken_off)) in self.known.keys().enumerate() {
            added.iter().for_each(|&at| signs[at].push((equation, 1)));
            taken_off.iter().for_each(|&at| signs[at].push((equation, -1)));
        }
        let nothing = self.nothing();
        let classes = signs.into_iter().enumerate().filter(|(at, _)| !nothing.contains(at));
        classes.map(|(at, signs)| (wanted.contains(&at), signs)).collect()
    }

    /// What must be nothing because a sum of it is.
    fn nothing(&self) -> BTreeSet<usize> {
        let zero = self.known.iter().filter(|((_, taken_off), n)| **n == 0 && taken_off.is_empty());
        zero.flat_map(|((added, _), _)| added).copied().collect()
    }
}

#[test]
fn bounds_are_what_sums_leave_open() {
    let mut sums = Sums::of(4);
    sums.learn(vec![0, 1], Vec::new(), 5);
    sums.learn(vec![1, 2], Vec::new(), 3);
    sums.learn(vec![3], vec![0], 0);
    assert_eq!(sums.bounds(&[0]), (2.0, 5.0));
    assert!(!sums.pin(&[3], 4) && !sums.pin(&[3], 2));
    sums.learn(vec![2], Vec::new(), 0);
    assert!(sums.pin(&[3], 2), "as many as of the first, which are 5 - 3");
}
