//! Cells through time: the tallies as they stood at each release, and what changed in between.
//!
//! A figure of release *r* covers everything counted up to *r*. So the smallest things a reader can
//! isolate are changes of one cell in one period, and those are the columns of the disclosure check.

use std::collections::BTreeMap;
use std::slice;

use super::input::{Atom, Counts};

/// What makes a cell: questionnaire × unit × level × channel × strata.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CellKey {
    pub(super) questionnaire: usize,
    pub(super) unit: String,
    pub(super) level: String,
    pub(super) channel: String,
    pub(super) strata: Vec<(String, String)>,
}

impl CellKey {
    pub(super) fn of(atom: &Atom) -> Self {
        let mut strata = atom.strata.clone();
        strata.sort();
        Self {
            questionnaire: atom.questionnaire,
            unit: atom.unit.clone(),
            level: atom.level.clone(),
            channel: atom.channel.clone(),
            strata,
        }
    }
}

/// The counts of a cell at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) n: u64,
    questions: Vec<Counts>,
}

impl Tally {
    pub(super) fn question(&self, question: usize) -> &Counts {
        static NONE: Counts = Counts::NONE;
        self.questions.get(question).unwrap_or(&NONE)
    }

    fn add(&mut self, atom: &Atom) {
        self.n += atom.n;
        self.questions.resize(self.questions.len().max(atom.questions.len()), Counts::NONE);
        for (counts, more) in self.questions.iter_mut().zip(&atom.questions) {
            counts.add(more);
        }
    }
}

/// What a group is measured by: who is counted, and whose answers could be given away.
#[derive(Clone, Copy, Debug)]
pub(super) enum Base {
    Submissions,
    /// Answers to the question at this position.
    Answers(usize),
    /// Answers to the question at this position, a number without classes: its sum is told, so all of few may have said the same.
    Unclassed(usize),
    /// Submissions again; what could be given away is that all of them were asked this question.
    Asked(usize),
}

impl Base {
    pub(super) fn of(self, tally: &Tally) -> u64 {
        match self {
            Self::Submissions | Self::Asked(_) => tally.n,
            Self::Answers(question) | Self::Unclassed(question) => tally.question(question).answered,
        }
    }

    fn distribution(self, tally: &Tally) -> &[u64] {
        match self {
            Self::Submissions => &[],
            Self::Answers(question) => tally.question(question).cells(),
            Self::Unclassed(question) => slice::from_ref(&tally.question(question).answered),
            Self::Asked(question) => slice::from_ref(&tally.question(question).asked),
        }
    }

    /// Whether nothing was answered differently; being asked or having no opinion is no answer.
    fn same(self, before: &Tally, after: &Tally) -> bool {
        match self {
            Self::Submissions => before == after,
            Self::Asked(question) => before.question(question).asked == after.question(question).asked,
            Self::Answers(question) | Self::Unclassed(question) => {
                let (before, after) = (before.question(question), after.question(question));
                let cells = |counts: &Counts| counts.cells().iter().any(|&n| n > 0);
                before.sum == after.sum && (before.cells() == after.cells() || !cells(before) && !cells(after))
            }
        }
    }
}

/// All cells of a round at a sequence of moments.
pub(super) struct Cells {
    pub(super) keys: Vec<CellKey>,
    /// Per moment, in order of time, one tally per cell.
    moments: Vec<Vec<Tally>>,
}

/// How one cell changed in one period.
pub(super) struct Change {
    /// The period, counted from 0.
    pub(super) period: usize,
    /// Submissions (answers) that are certainly behind any figure with this change in it.
    pub(super) weight: u64,
    /// Per cell of the distribution, whether all of the change could be this one answer.
    pub(super) unanimous: Vec<bool>,
}

impl Cells {
    pub(super) fn new(snapshots: &[&[Atom]]) -> Self {
        let mut index = BTreeMap::new();
        for atom in snapshots.iter().flat_map(|snapshot| snapshot.iter()) {
            index.insert(CellKey::of(atom), 0);
        }
        index.values_mut().enumerate().for_each(|(position, cell)| *cell = position);
        let moments = snapshots.iter().map(|snapshot| tallies(snapshot, &index)).collect();
        Self { keys: index.into_keys().collect(), moments }
    }

    pub(super) fn at(&self, moment: usize, cell: usize) -> &Tally {
        &self.moments[moment][cell]
    }

    /// The base of a set of cells at a moment.
    pub(super) fn total(&self, moment: usize, cells: &[usize], base: Base) -> u64 {
        cells.iter().map(|&cell| base.of(self.at(moment, cell))).sum()
    }

    /// How much a set of cells changed in the period that ends at `moment`: what came plus what went.
    /// A cell whose counts differ although its base is the same lost one and gained one, at least.
    pub(super) fn moved(&self, moment: usize, cells: &[usize], base: Base) -> u64 {
        let moved = |&cell: &usize| {
            let (came, went) = self.step(cell, moment, base);
            came + went
        };
        cells.iter().map(moved).sum()
    }

    /// The changes of a cell up to `moment`, those that change nothing left out.
    ///
    /// Withdrawals blur who is behind a figure: whoever came in one period and went in a later one is
    /// in the difference of the two and not in their sum. So a weight is what can be relied on for
    /// any combination of periods: arrivals less everything that ever went, and nothing for a period
    /// of net withdrawal. Nor is anything relied on where an answer became rarer although more answered:
    /// the difference would tell what those had answered who went.
    pub(super) fn changes(&self, cell: usize, moment: usize, base: Base) -> Vec<Change> {
        let steps = (0..=moment).map(|period| (period, self.step(cell, period, base)));
        let steps: Vec<_> = steps.filter(|(_, step)| *step != (0, 0)).collect();
        let gone: u64 = steps.iter().map(|(_, (_, went))| went).sum();
        let change = |(period, (came, went)): (usize, (u64, u64))| Change {
            period,
            weight: if went > 0 || self.is_rarer(cell, period, base) { 0 } else { came.saturating_sub(gone) },
            unanimous: self.unanimous(cell, period, base),
        };
        steps.into_iter().map(change).collect()
    }

    /// What came and what went in a period, at least.
    fn step(&self, cell: usize, period: usize, base: Base) -> (u64, u64) {
        let (before, after) = (self.before(period, cell), self.at(period, cell));
        let (old, new) = (base.of(before), base.of(after));
        if old == new {
            let exchanged = u64::from(!base.same(before, after));
            return (exchanged, exchanged);
        }
        (new.saturating_sub(old), old.saturating_sub(new))
    }

    /// Whether an answer was taken out of a cell in a period, as its figures tell.
    fn is_rarer(&self, cell: usize, period: usize, base: Base) -> bool {
        let (old, new) = (base.distribution(self.before(period, cell)), base.distribution(self.at(period, cell)));
        old.iter().enumerate().any(|(choice, &n)| new.get(choice).copied().unwrap_or(0) < n)
    }

    /// Those who came may all have answered alike where an answer grew by as many as came; where others went it grew by more.
    fn unanimous(&self, cell: usize, period: usize, base: Base) -> Vec<bool> {
        let (before, after) = (self.before(period, cell), self.at(period, cell));
        let (old, new) = (base.distribution(before), base.distribution(after));
        let grown = difference(base.of(before), base.of(after));
        let count = |counts: &[u64], choice: usize| counts.get(choice).copied().unwrap_or(0);
        let choices = 0..old.len().max(new.len());
        choices.map(|choice| difference(count(old, choice), count(new, choice)) >= grown).collect()
    }

    fn before(&self, period: usize, cell: usize) -> &Tally {
        static NOTHING: Tally = Tally { n: 0, questions: Vec::new() };
        period.checked_sub(1).map_or(&NOTHING, |before| self.at(before, cell))
    }
}

fn tallies(snapshot: &[Atom], index: &BTreeMap<CellKey, usize>) -> Vec<Tally> {
    let mut tallies = vec![Tally::default(); index.len()];
    for atom in snapshot {
        if let Some(&cell) = index.get(&CellKey::of(atom)) {
            tallies[cell].add(atom);
        }
    }
    tallies
}

fn difference(before: u64, after: u64) -> i128 {
    i128::from(after) - i128::from(before)
}
