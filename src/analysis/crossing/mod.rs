//! *Bảng chéo công bố*: tables of two questions, or of a question by groups, that a release carries.
//!
//! ```text
//! chosen    which tables can be chosen, and which go together
//! joint     how often two answers came together, per cell of the tallies
//! document  the table as it is published
//! block     forms that nothing published tells apart, through time
//! guard     which cells must be hidden
//! publish   making the table
//! ```
//!
//! A table of a question by unit, level, channel or stratum shows again what the release shows of these groups. A
//! table of two questions is news, and is made so that:
//!
//! * **A row is a group.** Those who gave one answer, by what they answered to the other question, are a group
//!   like a school: the search for small and unanimous sets ([`search`](super::search)) looks at rows together
//!   with all groups in which the column's question is shown, now and in earlier releases, and at columns
//!   likewise. A row that takes part in a leak is hidden as a whole.
//! * **A cell is a set.** A cell of fewer than `k` answers is hidden, and so is one that says that all of a row
//!   or column smaller than `3k` answered alike. For each hidden cell that must be protected there are two
//!   **worlds** that agree in every published figure – of this table, of both questions in all groups, of all
//!   other tables and of earlier releases – and in which the cell differs by at least `k`; or by all that the
//!   questions' own figures leave open, where that is less. So nobody can be certain that a cell lies below `k`,
//!   unless the questions' figures, which are published anyway, say so already. More cells are hidden until
//!   there are such worlds; where there are none, the table is not published.
//!
//! Worlds are made by exchange: within forms that all published groups treat alike (a [`block`]), the answers to
//! everything on the column's side are given to other people of the block. That leaves all figures of all
//! questions as they were, and changes this table alone, because **tables form no ring**: questions that decide
//! about each other belong together, and each table must join questions that nothing else joins. So each table
//! can be looked at alone, exactly.
//!
//! Tables of two questions are published once, in the closing release: two of them could be subtracted.
//!
//! Not promised: what a combination of tables says about the answers of one unit (which no table shows), where
//! that unit's figures are nearly unanimous; and that a cell without answers, in a row that is hidden, stays
//! unknown. A `constraint` that compares two answers bounds one by the other.

mod block;
mod chosen;
mod document;
mod guard;
mod joint;
mod publish;

#[cfg(test)]
mod tests;

pub(super) use block::{cells as crossed, lasting};
pub use chosen::{Chosen, MOST_TABLES, Unfit};
pub(super) use chosen::{Place, Rows};
pub use document::{CrossCell, CrossRow, Crosstab, Withheld};
pub(super) use joint::Grid;
pub use joint::Joint;
