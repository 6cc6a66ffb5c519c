//! Making a release: decide what can be shown, then compute only that.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use super::cell::{Base, Cells};
use super::crossing::{Chosen, Crosstab};
use super::disclosure::{Candidate, Problem};
use super::group::{self, GroupId, Members};
use super::input::{self, Atom, Eligible, Malformed, Measure, Questionnaire};
use super::interim::Interim;
use super::published::{published_groups, published_question};
use super::release::{Release, Table};
use super::search::Effort;

/// A release made before, with the snapshot behind it. The snapshot never leaves the steering unit.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// What was published.
    pub release: Release,
    /// The cells behind it, as they were then.
    pub atoms: Vec<Atom>,
}

/// When a release is made.
#[derive(Clone, Copy, Debug)]
pub enum Moment<'a> {
    /// After the last submission of the round.
    Closing {
        /// The tables of two questions, or of a question by groups, that were chosen to be published with it.
        tables: &'a [Chosen],
    },
    /// During fieldwork: the tallies are a candidate taken some time ago, `now` is how they stand at
    /// present (see `interim`).
    Interim {
        /// The cells as they are now.
        now: &'a [Atom],
    },
}

/// Why there is no release.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refused {
    /// The tallies do not fit their questionnaires.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// Too little has changed for an interim release.
    #[error("the round has not changed enough since its last release, or since this snapshot")]
    TooSoon,
    /// An interim release that takes too long to make safe; the closing release hides more instead.
    #[error("what has been released so far leaves too many combinations to check")]
    TooHard,
}

impl Release {
    /// Makes the release of `atoms`, given everything published about the round so far.
    ///
    /// `k` is the smallest group shown, in submissions; `earlier` is in order of time. The same input
    /// gives the same document, byte for byte. A chosen table that cannot be shown takes no other figure away: the release is the one
    /// without it, and says that the table is withheld.
    ///
    /// # Errors
    /// When tallies do not fit their questionnaires, or an interim release comes too soon or is too hard.
    pub fn build(
        questionnaires: &[Questionnaire],
        atoms: &[Atom],
        eligible: &[Eligible],
        k: u64,
        earlier: &[Earlier],
        moment: Moment<'_>,
    ) -> Result<Self, Refused> {
        let Moment::Closing { tables } = moment else {
            return Self::build_within(&Effort::whole(), questionnaires, atoms, eligible, k, earlier, moment);
        };
        let (mut left, mut withheld) = (tables.to_vec(), Vec::new());
        loop {
            let moment = Moment::Closing { tables: &left };
            let release = Self::build_within(&Effort::whole(), questionnaires, atoms, eligible, k, earlier, moment)?;
            let (none, shown): (Vec<Crosstab>, Vec<Crosstab>) =
                release.crosstabs.iter().cloned().partition(|table| table.suppressed);
            if none.is_empty() {
                let mut crosstabs = [shown, withheld].concat();
                crosstabs.sort_by_key(|table| tables.iter().position(|chosen| chosen.is_of(table)));
                return Ok(Self { crosstabs, ..release });
            }
            // what is not shown anyway must not cost other figures
            left.retain(|chosen| !none.iter().any(|table| chosen.is_of(table)));
            withheld.extend(none);
        }
    }

    pub(super) fn build_within(
        effort: &Effort,
        questionnaires: &[Questionnaire],
        atoms: &[Atom],
        eligible: &[Eligible],
        k: u64,
        earlier: &[Earlier],
        moment: Moment<'_>,
    ) -> Result<Self, Refused> {
        input::check_order(questionnaires)?;
        let snapshots = snapshots(atoms, earlier, moment);
        for snapshot in &snapshots {
            input::check(questionnaires, snapshot)?;
        }
        let cells = Cells::new(&snapshots);
        let members = group::members(&cells.keys);
        let interim = matches!(moment, Moment::Interim { .. });
        let tables = match moment {
            Moment::Closing { tables } => tables,
            Moment::Interim { .. } => &[],
        };
        let builder =
            Builder { questionnaires, eligible, k, earlier, snapshots, tables, interim, cells, members, effort };
        let whole = GroupId::new(None, group::TOTAL, group::TOTAL);
        if interim && !builder.ready(&whole, Base::Submissions) {
            return Err(Refused::TooSoon);
        }
        let release = builder.release();
        if builder.gave_up() { Err(Refused::TooHard) } else { Ok(release) }
    }
}

/// Earlier snapshots, this one, and for an interim release the present one.
fn snapshots<'a>(atoms: &'a [Atom], earlier: &'a [Earlier], moment: Moment<'a>) -> Vec<&'a [Atom]> {
    let mut snapshots: Vec<&[Atom]> = earlier.iter().map(|before| before.atoms.as_slice()).collect();
    snapshots.push(atoms);
    if let Moment::Interim { now } = moment {
        snapshots.push(now);
    }
    snapshots
}

/// What a release is made of.
pub(super) struct Builder<'a> {
    pub(super) questionnaires: &'a [Questionnaire],
    pub(super) eligible: &'a [Eligible],
    pub(super) k: u64,
    pub(super) earlier: &'a [Earlier],
    /// The tallies behind the earlier releases and this one.
    pub(super) snapshots: Vec<&'a [Atom]>,
    pub(super) tables: &'a [Chosen],
    pub(super) interim: bool,
    pub(super) cells: Cells,
    pub(super) members: Members,
    pub(super) effort: &'a Effort,
}

/// Kinds of table with their groups.
pub(super) type Layout = Vec<(String, Vec<GroupId>)>;

/// Per question, the groups in which it is shown.
pub(super) type Shown<'g> = Vec<BTreeSet<&'g GroupId>>;

impl Builder<'_> {
    fn release(&self) -> Release {
        let round = group::tables(None, &self.members, self.eligible);
        let sheets = self.questionnaires.iter().enumerate();
        let sheets: Vec<Layout> =
            sheets.map(|sheet| group::tables(Some(sheet), &self.members, self.eligible)).collect();
        let all: Vec<&GroupId> = [&round].into_iter().chain(&sheets).flatten().flat_map(|(_, groups)| groups).collect();
        let shown = self.shown(&all, Base::Submissions, self.published(published_groups));
        let tables = round.iter().map(|(by, groups)| Table {
            by: by.clone(),
            groups: groups.iter().map(|group| self.round_group(group, &shown)).collect(),
        });
        let asked = || sheets.iter().zip(self.questionnaires.iter().enumerate());
        let questions: Vec<Shown<'_>> =
            asked().map(|(layout, asked)| self.questions_shown(asked, &open(layout, &shown))).collect();
        Release {
            k: self.k,
            interim: self.interim,
            method: None,
            excluded: Vec::new(),
            tables: tables.collect(),
            questionnaires: asked()
                .zip(&questions)
                .map(|((layout, asked), questions)| self.sheet(layout, asked, &shown, questions))
                .collect(),
            crosstabs: self.crosstabs(&sheets, &questions),
        }
    }

    /// The position of this release among the moments.
    pub(super) fn present(&self) -> usize {
        self.earlier.len()
    }

    pub(super) fn cells_of(&self, group: &GroupId) -> &[usize] {
        self.members.get(group).map(Vec::as_slice).unwrap_or_default()
    }

    fn ready(&self, group: &GroupId, base: Base) -> bool {
        let timing = Interim { candidate: self.present(), k: self.k };
        !self.interim || timing.ready(&self.cells, &self.members, group, base)
    }

    /// An interim release can wait: it is not made with what a search that was cut short leaves.
    fn gave_up(&self) -> bool {
        self.interim && self.effort.is_spent()
    }

    /// What earlier releases show of something, with their positions among the moments.
    pub(super) fn published(&self, of: impl Fn(&Release) -> Vec<GroupId>) -> Vec<(usize, GroupId)> {
        let before = self.earlier.iter().enumerate();
        before.flat_map(|(moment, before)| of(&before.release).into_iter().map(move |group| (moment, group))).collect()
    }

    /// Which of the groups can be shown on a base, next to groups that are known as of some moment.
    pub(super) fn shown<'g>(
        &self,
        groups: &[&'g GroupId],
        base: Base,
        known: Vec<(usize, GroupId)>,
    ) -> BTreeSet<&'g GroupId> {
        if self.gave_up() {
            return BTreeSet::new();
        }
        let (columns, of_cell) = self.columns(base);
        let over = |group: &GroupId, until: usize| -> Vec<usize> {
            let cells = self.cells_of(group).iter().flat_map(|&cell| &of_cell[cell]);
            cells.filter(|(period, _)| *period <= until).map(|(_, column)| *column).collect()
        };
        let candidate = |group: &&GroupId| Candidate {
            columns: over(group, self.present()),
            size: self.cells.total(self.present(), self.cells_of(group), base),
            total: group.is_total(),
            ready: self.ready(group, base),
        };
        let problem = Problem {
            fixed: known.iter().map(|(moment, group)| over(group, *moment)).collect(),
            candidates: groups.iter().map(candidate).collect(),
            columns,
            k: self.k,
            effort: self.effort,
        };
        let shown = groups.iter().zip(problem.shown());
        shown.filter(|(_, shown)| *shown).map(|(group, _)| *group).collect()
    }

    /// The changes of all cells, and per cell the period and position of each of its changes.
    fn columns(&self, base: Base) -> (Vec<super::cell::Change>, Vec<Vec<(usize, usize)>>) {
        let mut columns = Vec::new();
        let mut of_cell = Vec::with_capacity(self.cells.keys.len());
        for cell in 0..self.cells.keys.len() {
            let changes = self.cells.changes(cell, self.present(), base);
            let places = changes.iter().zip(columns.len()..);
            of_cell.push(places.map(|(change, column)| (change.period, column)).collect());
            columns.extend(changes);
        }
        (columns, of_cell)
    }

    /// Per question, the groups in which it can be shown: where all is shown that decides whether it is asked.
    fn questions_shown<'g>(&self, (sheet, asked): (usize, &Questionnaire), open: &[&'g GroupId]) -> Shown<'g> {
        let mut shown: Shown<'_> = vec![BTreeSet::new(); asked.questions.len()];
        let mut by_deciding: BTreeMap<Vec<usize>, Vec<&GroupId>> = BTreeMap::new();
        let veil = self.veil(sheet, asked);
        // what cannot be decided stays hidden; `check_order` refused such questionnaires
        for position in asked.in_order().unwrap_or_default() {
            let question = &asked.questions[position];
            let deciding = asked.deciding(position);
            let decided = |group: &&&GroupId| deciding.iter().all(|&question| shown[question].contains(**group));
            let groups = by_deciding.entry(deciding.clone()).or_insert_with(|| {
                let groups = open.iter().filter(decided).copied().collect();
                self.askable((sheet, asked), position, groups)
            });
            let mut known = self.published(|release| published_question(release, sheet, &asked.telling_of(position)));
            let own_table = open.iter().filter(|group| group.by == question.code);
            known.extend(own_table.map(|group| (self.present(), (*group).clone())));
            let told: Vec<&GroupId> = groups.iter().filter(|group| !veil.hides(position, group)).copied().collect();
            shown[position] = self.shown(&told, base_of(&question.measure, position), known);
        }
        shown
    }

    /// The groups in which it can be told of how many people a question is asked, and all those that the
    /// same questions decide: rules that look at the same answers can be compared.
    fn askable<'g>(
        &self,
        (sheet, asked): (usize, &Questionnaire),
        question: usize,
        mut groups: Vec<&'g GroupId>,
    ) -> Vec<&'g GroupId> {
        if !asked.is_asked_jointly(question) {
            return groups;
        }
        let alike = asked.decided_alike(question);
        let codes: Vec<&str> = alike.iter().map(|&place| asked.questions[place].code.as_str()).collect();
        for &place in &alike {
            let known = self.published(|release| published_question(release, sheet, &codes));
            groups = self.shown(&groups, Base::Asked(place), known).into_iter().collect();
        }
        groups
    }
}

/// What is told of a question: of a number without classes, a sum that may be of equal answers.
fn base_of(measure: &Measure, question: usize) -> Base {
    match measure {
        Measure::Number { bins, .. } if bins.is_empty() => Base::Unclassed(question),
        _ => Base::Answers(question),
    }
}

/// The groups of a layout that are shown.
fn open<'g>(layout: &'g Layout, shown: &BTreeSet<&GroupId>) -> Vec<&'g GroupId> {
    layout.iter().flat_map(|(_, groups)| groups).filter(|group| shown.contains(group)).collect()
}
