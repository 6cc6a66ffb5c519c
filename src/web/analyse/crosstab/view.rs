//! A cross-tab as it is printed.

use super::asked::{Asked, Plan, Share};
use super::names;
use super::samples::Samples;
use crate::analysis::Ratio;
use crate::analysis::crosstab::{ChiSquare, STANDS_OUT, Table, Test};
use crate::chart::{MOST_PARTS, Stack, Stacked};
use crate::frame::{Key, Variable};
use crate::web::method::no_interval;
use crate::web::words::Words;

/// More classes than this, and those without forms are left out.
const MANY: usize = 12;
/// More groups than this are not drawn.
const MOST_DRAWN: usize = 40;

/// One cell.
pub(super) struct Cell {
    pub percent: String,
    pub count: String,
    /// More or fewer than independence would have, beyond chance.
    pub sign: Option<Sign>,
}

/// Beyond chance.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    More,
    Fewer,
}

pub(super) struct Row {
    pub label: String,
    /// The same table, forms of this class alone.
    pub only: String,
    pub cells: Vec<Cell>,
    pub all: Cell,
}

pub(super) struct Column {
    pub label: String,
    pub only: String,
    pub n: String,
}

pub(super) struct MeanRow {
    pub label: String,
    pub n: String,
    pub mean: String,
    pub deviation: String,
    /// Where it is with 95 %, or that there are too few answers to say; none where no sample was drawn.
    pub interval: Option<String>,
}

/// The table and what is said about it.
pub(super) struct View {
    pub row: String,
    pub column: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    pub base: String,
    pub share: String,
    /// On which forms it stands, and which are not in it.
    pub bases: Vec<String>,
    pub test: Vec<String>,
    pub has_signs: bool,
    pub means: Vec<MeanRow>,
    pub between: Option<String>,
    /// Whether means have intervals.
    pub has_intervals: bool,
    /// Why not, where nothing else says so.
    pub no_interval: Option<String>,
    pub many_columns: bool,
    pub chart: Option<Stacked>,
}

/// Prints.
pub(super) struct Printer<'a> {
    pub asked: &'a Asked,
    pub plan: &'a Plan<'a>,
    pub table: &'a Table,
    pub words: Words,
    /// What was drawn by chance, or why means have no interval.
    pub samples: Samples,
}

impl Printer<'_> {
    /// Everything.
    pub(super) fn view(&self) -> View {
        let (rows, columns) = (self.shown_rows(), self.shown_columns());
        let test = self.table.test();
        let made = match &test {
            Test::Made(made) if made.p < 0.05 => Some(made),
            Test::Made(_) | Test::Not(_) => None,
        };
        let means = self.plan.row.mean_of.map(|unit| self.table.means(unit));
        let printed: Vec<Row> = rows.iter().map(|row| self.row(*row, &columns, made)).collect();
        View {
            row: names::variable(self.plan.row, self.words),
            column: names::variable(self.plan.column, self.words),
            columns: columns.iter().map(|column| self.column(*column)).collect(),
            has_signs: printed.iter().flat_map(|row| &row.cells).any(|cell| cell.sign.is_some()),
            rows: printed,
            base: self.count(self.table.base),
            share: self.words.say(&format!("crosstab-of-{}", self.asked.share.code())),
            bases: self.bases(),
            test: self.test(&test),
            means: means.as_ref().map(|means| self.means(means, &columns)).unwrap_or_default(),
            has_intervals: self.samples.any(),
            no_interval: self.samples.why_not().map(|why| no_interval(self.words, &why)),
            between: means.and_then(|means| means.between).map(|between| self.between(between)),
            many_columns: columns.len() > MANY && columns.len() > rows.len(),
            chart: self.chart(&rows, &columns),
        }
    }

    pub(super) fn count(&self, n: u64) -> String {
        self.words.number(i64::try_from(n).unwrap_or(i64::MAX))
    }

    fn percent(&self, share: Option<Ratio>) -> String {
        share.map_or_else(|| "–".to_owned(), |share| self.words.per_cent(share.print(1)))
    }

    fn shown_rows(&self) -> Vec<usize> {
        shown(self.plan.row, &self.table.rows)
    }

    pub(super) fn shown_columns(&self) -> Vec<usize> {
        shown(self.plan.column, &self.table.columns)
    }

    fn row_label(&self, row: usize) -> String {
        names::class(self.plan.row, &self.plan.row.classes[row], self.words)
    }

    pub(super) fn column_label(&self, column: usize) -> String {
        names::class(self.plan.column, &self.plan.column.classes[column], self.words)
    }

    fn column(&self, column: usize) -> Column {
        let class = &self.plan.column.classes[column];
        Column {
            label: self.column_label(column),
            only: self.asked.only(self.plan.column.key.name(), &class.code),
            n: self.count(self.table.columns[column]),
        }
    }

    fn row(&self, row: usize, columns: &[usize], made: Option<&ChiSquare>) -> Row {
        let class = &self.plan.row.classes[row];
        let sign = |column: usize| match made.and_then(|made| made.residuals[row][column]) {
            Some(residual) if residual > STANDS_OUT => Some(Sign::More),
            Some(residual) if residual < -STANDS_OUT => Some(Sign::Fewer),
            _ => None,
        };
        let cell = |column: &usize| match self.is_withheld(row, *column) {
            // nobody can have chosen what was not offered
            true => Cell { percent: self.words.say("crosstab-unasked"), count: String::new(), sign: None },
            false => Cell {
                percent: self.percent(self.share(row, *column)),
                count: self.count(self.table.cells[row][*column]),
                sign: sign(*column),
            },
        };
        let whole = match self.asked.share {
            Share::Row => self.table.rows[row],
            Share::Column | Share::Base => self.table.asked(row),
        };
        let all = Cell {
            percent: self.percent(Ratio::percent(self.table.rows[row], whole)),
            count: self.count(self.table.rows[row]),
            sign: None,
        };
        Row {
            label: self.row_label(row),
            only: self.asked.only(self.plan.row.key.name(), &class.code),
            cells: columns.iter().map(cell).collect(),
            all,
        }
    }

    /// Whether no form of the column was offered the row, or the other way round.
    fn is_withheld(&self, row: usize, column: usize) -> bool {
        self.table.columns[column] > 0 && self.table.asked_in_column(row, column) == 0
            || self.table.rows[row] > 0 && self.table.of_row(row, column).is_none()
    }

    fn share(&self, row: usize, column: usize) -> Option<Ratio> {
        match self.asked.share {
            Share::Column => self.table.of_column(row, column),
            Share::Row => self.table.of_row(row, column),
            Share::Base => self.table.of_base(row, column),
        }
    }

    /// How the columns divide; of a list with many choices the most frequent ones, and the rest together.
    fn chart(&self, rows: &[usize], columns: &[usize]) -> Option<Stacked> {
        let filled =
            |all: &[usize], totals: &[u64]| all.iter().copied().filter(|at| totals[*at] > 0).collect::<Vec<_>>();
        let (mut rows, columns) = (filled(rows, &self.table.rows), filled(columns, &self.table.columns));
        if self.table.overlaps || rows.len() < 2 || columns.is_empty() || columns.len() > MOST_DRAWN {
            return None;
        }
        let mut rest = Vec::new();
        if rows.len() > MOST_PARTS {
            let mut by_size = rows.clone();
            by_size.sort_by_key(|row| std::cmp::Reverse(self.table.rows[*row]));
            rest = by_size.split_off(MOST_PARTS - 1);
            rows.retain(|row| !rest.contains(row));
        }
        let rest_label = (!rest.is_empty()).then(|| self.words.say("crosstab-rest"));
        let stack = |column: usize| {
            let of = |rows: &[usize]| rows.iter().map(|row| self.table.cells[*row][column]).sum::<u64>();
            let own = rows.iter().map(|row| of(&[*row]));
            Stack {
                label: self.column_label(column),
                note: format!("n = {}", self.count(self.table.columns[column])),
                counts: own.chain((!rest.is_empty()).then(|| of(&rest))).collect(),
            }
        };
        let title = format!(
            "{} – {}",
            names::variable(self.plan.row, self.words),
            names::variable(self.plan.column, self.words)
        );
        let parts = rows.iter().map(|row| self.row_label(*row)).chain(rest_label).collect();
        Some(Stacked { title, parts, stacks: columns.into_iter().map(stack).collect() })
    }

    /// One line for each cell, for programs and spreadsheets.
    pub(super) fn lines(&self) -> Vec<Vec<String>> {
        let header = [
            "row",
            "row_label",
            "column",
            "column_label",
            "n",
            "row_n",
            "column_n",
            "base",
            "residual",
            "column_asked",
        ];
        let residuals = match self.table.test() {
            Test::Made(made) => Some(made.residuals),
            Test::Not(_) => None,
        };
        let (rows, columns) = (self.shown_rows(), self.shown_columns());
        let cells = rows.iter().flat_map(|row| columns.iter().map(|column| (*row, *column)));
        let line = |(row, column): (usize, usize)| {
            let residual = residuals.as_ref().and_then(|all| all[row][column]);
            vec![
                self.plan.row.classes[row].code.clone(),
                self.row_label(row),
                self.plan.column.classes[column].code.clone(),
                self.column_label(column),
                self.table.cells[row][column].to_string(),
                self.table.rows[row].to_string(),
                self.table.columns[column].to_string(),
                self.table.base.to_string(),
                residual.map_or_else(String::new, |residual| format!("{residual:.4}")),
                self.table.asked_in_column(row, column).to_string(),
            ]
        };
        std::iter::once(header.map(str::to_owned).to_vec()).chain(cells.map(line)).collect()
    }
}

/// The classes that are printed: all answers of a question, of a long list those that were given.
fn shown(variable: &Variable, totals: &[u64]) -> Vec<usize> {
    let is_short = matches!(variable.key, Key::Question(_)) && totals.len() <= MANY;
    (0..totals.len()).filter(|at| is_short || totals[*at] > 0).collect()
}
