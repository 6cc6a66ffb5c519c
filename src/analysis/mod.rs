//! From tallies to published figures, purely: no database, no web, no clock.
//!
//! ```text
//! input        what callers hand in: questionnaires, finest cells of the tallies, pupils
//! wide         naturals of any length         ┐ exact arithmetic
//! decimal      fractions, printed half-up     ┘
//! score        means, top-two-box, indices, expectation, response rate
//! group        which groups there are, and their cells
//! cell         cells through time: what changed between releases
//! span         what adding and subtracting published figures can give
//! search       small sets among that
//! disclosure   which groups can be shown so that there are none
//! interim      when a release may be made during fieldwork
//! release      the document
//! build        making it
//! view         one kind of table of it, as JSON or CSV rows
//! ```
//!
//! Start at [`Release::build`].

mod build;
mod cell;
mod decimal;
mod disclosure;
mod group;
mod input;
mod interim;
mod release;
mod score;
mod search;
mod span;
mod view;
mod wide;

#[cfg(test)]
mod tests;

pub use build::{Earlier, Moment, Refused};
pub use decimal::{Ratio, print_mean};
pub use group::{CHANNEL, LEVEL, TOTAL, UNIT};
pub use input::{Atom, Bin, Counts, Eligible, Index, Malformed, Measure, Measured, Questionnaire};
pub use interim::may_release;
pub use release::{Answers, Cell, Figures, Group, Index as IndexResult, Overall, Question, Release, Sheet, Table};
pub use score::{Expectation, IndexScore, Mean, Share, expectation, index, mean, response_rate, share, top_two_box};
pub use view::{COLUMNS, CsvRow, SheetView, View};
