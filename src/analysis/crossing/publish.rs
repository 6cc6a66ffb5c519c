//! Making the tables of a release.

use std::collections::BTreeSet;

use super::super::build::{Builder, Layout, Shown};
use super::super::cell::{Base, Cells};
use super::super::group::{self, GroupId, TOTAL};
use super::super::input::{Atom, Counts, Questionnaire};
use super::super::published::{published_groups, published_question};
use super::super::score;
use super::block::{blocks, cells as cells_of};
use super::chosen::{Chosen, Rows};
use super::document::{CrossCell, CrossRow, Crosstab, Withheld};
use super::guard::Guard;
use super::joint::Joint;

/// How the groups are called that the answers to a question make. No stratum has this code: codes have no spaces.
const LINE: &str = "answers to the other question";

impl Builder<'_> {
    /// The tables that were chosen; those that do not fit the round are left out.
    pub(in super::super) fn crosstabs(&self, layouts: &[Layout], shown: &[Shown<'_>]) -> Vec<Crosstab> {
        let mut before: Vec<Chosen> = Vec::new();
        let mut tables = Vec::new();
        for chosen in self.tables {
            let Ok(place) = chosen.place(self.questionnaires) else { continue };
            if chosen.fits(self.questionnaires, &before).is_err() {
                continue;
            }
            before.push(chosen.clone());
            let asked = (place.sheet, &self.questionnaires[place.sheet]);
            let (layout, shown) = (&layouts[place.sheet], &shown[place.sheet]);
            let (rows, is_late) = match place.rows {
                Rows::Groups => (self.by_groups(layout, &chosen.by, asked.1, place.column, shown), false),
                Rows::Question(row) => {
                    let pair = (row, place.column);
                    (self.by_answers(asked, pair, layout, shown), self.is_late(asked, pair))
                }
            };
            tables.push(table(chosen, rows, if is_late { Withheld::Late } else { Withheld::Few }));
        }
        tables
    }

    /// Whether how the answers came together is known now and was not at some earlier release.
    fn is_late(&self, asked: (usize, &Questionnaire), pair: (usize, usize)) -> bool {
        let is_known = |snapshots: &[&[Atom]]| cells_of(snapshots, asked, pair).is_some();
        is_known(&self.snapshots[self.present()..]) && !is_known(&self.snapshots)
    }

    /// What the release shows of the groups, once more.
    fn by_groups(
        &self,
        layout: &Layout,
        by: &str,
        asked: &Questionnaire,
        column: usize,
        shown: &Shown<'_>,
    ) -> Option<Vec<CrossRow>> {
        let (_, groups) = layout.iter().find(|(kind, _)| kind == by)?;
        let codes = asked.questions[column].measure.cells();
        let row = |group: &GroupId| {
            let counts = shown[column].contains(group).then(|| self.counts(group, column));
            let n = counts.as_ref().map(|counts| counts.answered);
            let cell = |at: usize| counts.as_ref().and_then(|counts| counts.cells().get(at).copied());
            CrossRow { key: group.key.clone(), n, cells: cells(&codes, n, cell) }
        };
        Some(groups.iter().map(row).collect())
    }

    /// A table of two questions; none where it cannot be shown.
    fn by_answers(
        &self,
        (sheet, asked): (usize, &Questionnaire),
        pair: (usize, usize),
        layout: &Layout,
        shown: &Shown<'_>,
    ) -> Option<Vec<CrossRow>> {
        let whole = GroupId::new(Some(sheet), TOTAL, TOTAL);
        if ![pair.0, pair.1].iter().all(|question| shown[*question].contains(&whole)) {
            return None;
        }
        let published = self.published_of(sheet, layout, shown);
        let mut guard = Guard::new(blocks(&self.snapshots, (sheet, asked), pair, &published)?, self.k)?;
        let open_rows = self.lines((sheet, asked), pair, false, &shown[pair.1]);
        let open_columns = self.lines((sheet, asked), (pair.1, pair.0), true, &shown[pair.0]);
        let [rows, columns] = [pair.0, pair.1].map(|question| asked.questions[question].measure.cells());
        // where nobody said something, the question's own figures tell
        let total = guard.total().clone();
        let closed = |open: &BTreeSet<usize>, line: usize, said: u64| said > 0 && !open.contains(&line);
        (0..rows.len()).filter(|row| closed(&open_rows, *row, total.row(*row))).for_each(|row| guard.hide_row(row));
        let closed_columns = (0..columns.len()).filter(|at| closed(&open_columns, *at, total.column(*at)));
        closed_columns.for_each(|column| guard.hide_column(column));
        let hidden = guard.hide()?;
        let row = |(at, code): (usize, &std::borrow::Cow<'_, str>)| {
            let answered = (0..columns.len()).map(|column| total.at((at, column))).sum();
            let n = (!hidden.at((at, columns.len()))).then_some(answered);
            let is_known = |column: usize| total.row(at) == 0 || total.column(column) == 0;
            let cell = |column: usize| (is_known(column) || !hidden.at((at, column))).then(|| total.at((at, column)));
            CrossRow { key: code.to_string(), n, cells: cells(&columns, n, cell) }
        };
        Some(rows.iter().enumerate().map(row).collect())
    }

    /// All groups of a questionnaire of which anything is published, now or before.
    fn published_of(&self, sheet: usize, layout: &Layout, shown: &Shown<'_>) -> BTreeSet<GroupId> {
        let now = layout.iter().flat_map(|(_, groups)| groups);
        let now = now.filter(|group| shown.iter().any(|shown| shown.contains(group))).cloned();
        let before = self.published(published_groups).into_iter().map(|(_, group)| group);
        now.chain(before.filter(|group| group.questionnaire == Some(sheet))).collect()
    }

    /// The answers to the first question that can be shown by those to the second, as groups beside all others.
    fn lines(
        &self,
        (sheet, asked): (usize, &Questionnaire),
        (line, told): (usize, usize),
        turned: bool,
        shown: &BTreeSet<&GroupId>,
    ) -> BTreeSet<usize> {
        let split = |atoms: &&[Atom]| split(atoms, (sheet, asked), (line, told), turned);
        let snapshots: Vec<Vec<Atom>> = self.snapshots.iter().map(split).collect();
        let snapshots: Vec<&[Atom]> = snapshots.iter().map(Vec::as_slice).collect();
        let cells = Cells::new(&snapshots);
        let members = group::members(&cells.keys);
        let builder = Builder { snapshots, cells, members, tables: &[], ..*self };
        let mut known = self.published(|release| published_question(release, sheet, &asked.telling_of(told)));
        known.extend(shown.iter().map(|group| (self.present(), (*group).clone())));
        let answers = asked.questions[line].measure.cells().len();
        let groups: Vec<GroupId> =
            (0..answers).map(|answer| GroupId::new(Some(sheet), LINE, &answer.to_string())).collect();
        let mut open: Vec<&GroupId> = groups.iter().collect();
        // that all of a few answered says that all of them were asked, and so what they said to the deciding question
        let is_decided = !asked.deciding(told).is_empty();
        for base in is_decided.then_some(Base::Asked(0)).into_iter().chain([Base::Answers(0)]) {
            open = builder.shown(&open, base, known.clone()).into_iter().collect();
        }
        open.iter().filter_map(|group| group.key.parse().ok()).collect()
    }
}

/// The cells of the tallies once more, each divided by the answers to one question, with the tallies of the other alone.
fn split(
    atoms: &[Atom],
    (sheet, asked): (usize, &Questionnaire),
    (line, told): (usize, usize),
    turned: bool,
) -> Vec<Atom> {
    let mut parts = Vec::new();
    for atom in atoms.iter().filter(|atom| atom.questionnaire == sheet) {
        let pair = if turned { (told, line) } else { (line, told) };
        let Some(grid) = Joint::of(atom, asked, pair) else { continue };
        let at = |own: usize, other: usize| grid.at(if turned { (other, own) } else { (own, other) });
        let (own, others) = if turned { (grid.columns, grid.rows) } else { (grid.rows, grid.columns) };
        for answer in 0..own {
            let choices: Vec<u64> = (0..others - 1).map(|other| at(answer, other)).collect();
            let answered = choices.iter().sum();
            let n = answered + at(answer, others - 1);
            let strata = [atom.strata.clone(), vec![(LINE.to_owned(), answer.to_string())]].concat();
            // whoever answered was asked; of the others the table says nothing
            let counts = Counts { asked: answered, answered, choices, ..Counts::NONE };
            parts.push(Atom { strata, n, questions: vec![counts], joints: Vec::new(), ..atom.clone() });
        }
    }
    parts
}

fn cells(codes: &[std::borrow::Cow<'_, str>], base: Option<u64>, n: impl Fn(usize) -> Option<u64>) -> Vec<CrossCell> {
    let cell = |(at, code): (usize, &std::borrow::Cow<'_, str>)| {
        let n = n(at);
        let percent = n.and_then(|n| score::share(n, base?)).map(|share| share.percent);
        CrossCell { code: code.to_string(), suppressed: n.is_none(), n, percent }
    };
    codes.iter().enumerate().map(cell).collect()
}

fn table(chosen: &Chosen, rows: Option<Vec<CrossRow>>, why: Withheld) -> Crosstab {
    // a table of which nothing is left is none
    let rows = rows.filter(|rows| rows.iter().any(|row| row.cells.iter().any(|cell| !cell.suppressed)));
    let suppressed = rows.is_none();
    let rows = rows.unwrap_or_default();
    let hidden = rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.suppressed).count() as u64;
    Crosstab {
        questionnaire: chosen.questionnaire.clone(),
        version: chosen.version,
        by: chosen.by.clone(),
        question: chosen.question.clone(),
        suppressed,
        why: suppressed.then_some(why),
        hidden,
        rows,
    }
}
