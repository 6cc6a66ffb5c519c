//! Which cells of a table must be hidden.
//!
//! A world is changed by exchange: one form at (a, b) and one at (a′, b′) of the same block give each other their column's
//! answers and stand at (a, b′) and (a′, b) then. That changes no row, no column and no block, only these four cells;
//! as long as all four are hidden, nothing that is published. What all blocks together can move a cell up and down
//! is how uncertain it is, at least.

use super::super::disclosure::UNANIMOUS;
use super::joint::Grid;

/// Two places of a table, of which one is the corner opposite to the other.
type Spot = (usize, usize);

/// What must stay uncertain, and how far.
#[derive(Clone, Copy, Debug)]
struct Need {
    spot: Spot,
    amount: u64,
    ways: Ways,
}

/// How a cell may be moved to count as uncertain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ways {
    /// Up and down.
    Both,
    /// Down, to another answer within the row: not all of the row answered alike.
    AlongRow,
    /// Down, to another answer within the column.
    AlongColumn,
}

/// A table under way.
pub(super) struct Guard {
    blocks: Vec<Grid<u64>>,
    total: Grid<u64>,
    hidden: Grid<bool>,
    k: u64,
}

impl Guard {
    /// A table of these blocks; its last row and its last column are those without an answer.
    pub(super) fn new(blocks: Vec<Grid<u64>>, k: u64) -> Option<Self> {
        let first = blocks.first()?;
        let nothing = Grid::new(first.rows, first.columns);
        let total = blocks.iter().fold(nothing, |sum, block| sum.with(block, |one, other| one + other));
        let mut guard = Self { hidden: Grid::new(total.rows, total.columns), blocks, total, k };
        // the table has no row for those without an answer
        guard.hide_row(guard.total.rows - 1);
        Some(guard)
    }

    /// How often each pair of answers came.
    pub(super) fn total(&self) -> &Grid<u64> {
        &self.total
    }

    /// Hides a row.
    pub(super) fn hide_row(&mut self, row: usize) {
        (0..self.hidden.columns).for_each(|column| *self.hidden.at_mut((row, column)) = true);
    }

    /// Hides a column.
    pub(super) fn hide_column(&mut self, column: usize) {
        (0..self.hidden.rows).for_each(|row| *self.hidden.at_mut((row, column)) = true);
    }

    /// The cells that are hidden in the end; none: the table cannot be shown.
    pub(super) fn hide(mut self) -> Option<Grid<bool>> {
        let needs = self.needs();
        needs.iter().for_each(|need| *self.hidden.at_mut(need.spot) = true);
        for need in &needs {
            while let Some(missing) = self.missing(need) {
                let corner = self.best_corner(need, missing)?;
                corners(need.spot, corner).into_iter().for_each(|spot| *self.hidden.at_mut(spot) = true);
            }
        }
        Some(self.hidden)
    }

    fn is_answer(&self, (row, column): Spot) -> bool {
        row + 1 < self.total.rows && column + 1 < self.total.columns
    }

    /// Cells that say something about fewer than `k`, or that all of a small row or column answered alike.
    fn needs(&self) -> Vec<Need> {
        let answers: Vec<Spot> = self.total.places().filter(|spot| self.is_answer(*spot)).collect();
        let small = answers.iter().filter(|spot| (1..self.k).contains(&self.total.at(**spot)));
        let small = small.map(|&spot| Need { spot, amount: self.left_open(spot).min(self.k), ways: Ways::Both });
        let alike = answers.iter().flat_map(|&spot| self.alike(spot));
        small.chain(alike).filter(|need| need.amount > 0 || need.ways == Ways::Both).collect()
    }

    /// How far a cell can lie apart in two worlds, as far as the figures of both questions over the whole say.
    fn left_open(&self, (row, column): Spot) -> u64 {
        let (row, column) = (self.total.row(row), self.total.column(column));
        let all: u64 = (0..self.total.rows).map(|row| self.total.row(row)).sum();
        row.min(column) - (row + column).saturating_sub(all)
    }

    /// Whether a cell is all of its row or column, and these are few.
    fn alike(&self, spot: Spot) -> Vec<Need> {
        let n = self.total.at(spot);
        let few = |answered: u64| n > 0 && n == answered && n < UNANIMOUS * self.k;
        let (rows, columns) = (self.total.rows - 1, self.total.columns - 1);
        let in_row = (0..columns).map(|column| self.total.at((spot.0, column))).sum();
        let in_column = (0..rows).map(|row| self.total.at((row, spot.1))).sum();
        let mut needs = Vec::new();
        if few(in_row) {
            let others = (0..columns).filter(|column| *column != spot.1).map(|column| self.total.column(column)).sum();
            needs.push(Need { spot, amount: self.k.min(n).min(others), ways: Ways::AlongRow });
        }
        if few(in_column) {
            let others = (0..rows).filter(|row| *row != spot.0).map(|row| self.total.row(row)).sum();
            needs.push(Need { spot, amount: self.k.min(n).min(others), ways: Ways::AlongColumn });
        }
        needs
    }

    /// How much uncertainty a need lacks.
    fn missing(&self, need: &Need) -> Option<u64> {
        let open = |corner: &Spot| corners(need.spot, *corner).into_iter().all(|spot| self.hidden.at(spot));
        let open: Vec<Spot> = self.opposite(need).filter(open).collect();
        need.amount.checked_sub(self.room(need, &open)).filter(|missing| *missing > 0)
    }

    /// The corners with which a cell can exchange.
    fn opposite(&self, need: &Need) -> impl Iterator<Item = Spot> + use<> {
        let (at, ways, size) = (need.spot, need.ways, (self.total.rows, self.total.columns));
        self.total.places().filter(move |(row, column)| {
            *row != at.0
                && *column != at.1
                && (ways != Ways::AlongRow || *column + 1 < size.1)
                && (ways != Ways::AlongColumn || *row + 1 < size.0)
        })
    }

    /// How far exchange with these corners moves a cell, as far as it is needed.
    fn room(&self, need: &Need, opposite: &[Spot]) -> u64 {
        let mut room = 0;
        let mut scratch = Grid::new(self.total.rows, self.total.columns);
        for block in &self.blocks {
            scratch.copy_from(block);
            room += moved(&mut scratch, need.spot, opposite, false);
            if need.ways == Ways::Both {
                scratch.copy_from(block);
                room += moved(&mut scratch, need.spot, opposite, true);
            }
            if room >= need.amount {
                break;
            }
        }
        room
    }

    /// The corner that costs least of those that help enough; else the one that helps most.
    fn best_corner(&self, need: &Need, missing: u64) -> Option<Spot> {
        let closed = |corner: &Spot| corners(need.spot, *corner).into_iter().any(|spot| !self.hidden.at(spot));
        let helpful = self.opposite(need).filter(closed).filter_map(|corner| {
            let gain = self.room(need, &[corner]).min(missing);
            let price: u64 = corners(need.spot, corner).into_iter().map(|spot| self.price(spot)).sum();
            (gain > 0).then_some((std::cmp::Reverse(gain), price, corner))
        });
        helpful.min().map(|(.., corner)| corner)
    }

    /// What is lost by hiding a cell: its answers, and a place in the table.
    fn price(&self, spot: Spot) -> u64 {
        match (self.hidden.at(spot), self.is_answer(spot)) {
            (true, _) => 0,
            (false, true) => 1 + self.total.at(spot),
            // without it the row has no per cents
            (false, false) => 1 + self.k,
        }
    }
}

/// The four cells of an exchange.
fn corners((row, column): Spot, (other_row, other_column): Spot) -> [Spot; 4] {
    [(row, column), (row, other_column), (other_row, column), (other_row, other_column)]
}

/// How far a cell moves when a block exchanges all it can with these corners, one after the other.
fn moved(block: &mut Grid<u64>, spot: Spot, opposite: &[Spot], up: bool) -> u64 {
    let mut sum = 0;
    for &corner in opposite {
        let [own, right, below, far] = corners(spot, corner);
        let (from, to) = if up { ([right, below], [own, far]) } else { ([own, far], [right, below]) };
        let forms = block.at(from[0]).min(block.at(from[1]));
        from.into_iter().for_each(|spot| *block.at_mut(spot) -= forms);
        to.into_iter().for_each(|spot| *block.at_mut(spot) += forms);
        sum += forms;
    }
    sum
}
