//! Choices that only some questionnaires offer: forms of the others cannot have chosen them, and are in no base of theirs.

/// For each cell and row of a table, the forms of its bases that were not offered it. Empty where all were offered everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Withheld {
    cells: Vec<Cell>,
    rows: Vec<u64>,
}

/// Of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cell {
    /// Forms of its column that were not offered its row.
    pub of_column: u64,
    /// Forms of its row that were not offered its column.
    pub of_row: u64,
    /// Forms of the base that were not offered both.
    pub of_base: u64,
}

/// What forms of one version add to a table.
pub(super) struct Part<'a> {
    /// Forms in each row.
    pub rows: &'a [u64],
    /// Forms in each column.
    pub columns: &'a [u64],
    /// Forms in the table.
    pub base: u64,
}

impl Withheld {
    /// Adds forms that were offered these rows and columns and no others.
    pub(super) fn add(&mut self, part: &Part<'_>, rows: &[bool], columns: &[bool]) {
        if rows.iter().chain(columns).all(|is_offered| *is_offered) || part.base == 0 {
            return;
        }
        self.cells.resize(rows.len() * columns.len(), Cell::default());
        self.rows.resize(rows.len(), 0);
        for (row, has_row) in rows.iter().enumerate() {
            self.rows[row] += if *has_row { 0 } else { part.base };
            for (column, has_column) in columns.iter().enumerate() {
                let cell = &mut self.cells[row * columns.len() + column];
                cell.of_column += if *has_row { 0 } else { part.columns[column] };
                cell.of_row += if *has_column { 0 } else { part.rows[row] };
                cell.of_base += if *has_row && *has_column { 0 } else { part.base };
            }
        }
    }

    /// Of a cell, by its place row after row.
    pub fn cell(&self, at: usize) -> Cell {
        self.cells.get(at).copied().unwrap_or_default()
    }

    /// Forms of the base that were not offered this row.
    pub fn row(&self, row: usize) -> u64 {
        self.rows.get(row).copied().unwrap_or(0)
    }
}
