//! From tallies to published figures, purely: no database, no web, no clock.
//!
//! ```text
//! input        what callers hand in: questionnaires, finest cells of the tallies, pupils
//! exact        exact numbers of any length    ┐ exact arithmetic
//! decimal      fractions, printed half-up     ┘
//! score        means, top-two-box, indices, expectation, response rate
//! method       how a round's figures are worked out, and how its people were reached
//! combine      domains and the whole, by the rule of the method
//! interval     how sure a figure is, where a sample was drawn
//! sizing       how many forms are enough
//! weight       weights by enrolment
//! group        which groups there are, and their cells
//! cell         cells through time: what changed between releases
//! span         what adding and subtracting published figures can give
//! search       small sets among that
//! disclosure   which groups can be shown so that there are none
//! overlap      the few who are in two groups at once
//! crossing     tables of two questions, and which of their cells can be shown
//! interim      when a release may be made during fieldwork
//! release      the document
//! build        making it
//! view         one kind of table of it, as JSON or CSV rows
//! ```
//!
//! Start at [`Release::build`]. Beside it, for the steering unit alone: `pace` and `signs`, what is reckoned
//! with a [`method::Method`], and `frame` with `crosstab`.
//!
//! # What readers cannot find out
//!
//! A reader may add and subtract all figures of all tables of all releases of a round, and is assumed to
//! know which cells (questionnaire × unit × level × channel × strata) have submissions, and answers to a
//! question. Then no combination gives
//!
//! * a set of submissions smaller than `k`, nor one of answers to a question;
//! * a set of answers smaller than `3k` that are all the same – the same choice, or for a multiple choice one
//!   that all of them made, for a rank an item that all of them named or put at one position, for a number
//!   or a date the same bin or class. Distribution, mean, sum, top-two-box, expectation
//!   and overall are functions of the counts that were checked; an index is shown where all of its items are;
//! * such answers by way of **who is asked**. A question is shown only where every question is shown that
//!   decides, through others too, whether it is asked. So whatever combination of its `asked`, `answered`,
//!   `not_applicable` or of those skipped (the rest of `asked`) gives a set, the same combination of the
//!   deciding question was checked; and where that is one question with listed choices, its figures on the
//!   set say already how many are asked. Where several questions decide together, or a number, a text or a
//!   multiple choice does, the number of those asked is news: that all of a set smaller than `3k` are asked
//!   is searched for as well, over all questions with the same deciders at once, since one may be shown
//!   where the other is not;
//! * the answers to a question by which there is a table, from that table: its keys and `n` tell them, so
//!   its groups count as published figures of that question.
//!
//! * of a **table of two questions**, a cell with fewer than `k` answers, or that all of a row or a column smaller
//!   than `3k` answered alike: `crossing` says how, and what it adds to this list. A table of a question by
//!   groups repeats figures of these groups and is as safe as they are.
//!
//! What an earlier release shows cannot be taken back: it is a given in every later check, and for a deciding
//! question so is what it showed of the questions that depend on it.
//!
//! What this does not promise:
//!
//! * A single answer that few of a school gave who are in one grade is not pinned by the tables of school and grade, nor of any two
//!   kinds of group (`overlap`); but a question is looked at without those that depend on it, and sums within classes are not.
//! * That all of a group are among the two best levels, or that none is, may be shown where they did not answer alike: it is what
//!   satisfaction surveys are for, and tells nobody's answer.
//! * “Không dùng / không rõ” and skipping are no answers: a difference may tell that a whole group of `k` or
//!   more did so. Choices with small counts, or with none, are shown in a group that is shown.
//! * The strata are taken for known about a person, like the school; `n` by stratum is not checked for
//!   telling that all of a school are in one grade.
//! * Rules that look at different questions can be compared where all of them are shown: that is a
//!   cross-table of a few cells, of which only the unanimous whole is protected. A `constraint` that
//!   compares two answers bounds one by the other.
//! * Sums are exact, so somebody who knows all answers but one can compute that one. A number
//!   without bounds has no bins and is told of `3k` answers or more.
//! * Bounds are computed for cells of tables of two questions alone: for groups, “at least 15 of these 20” can
//!   follow from figures of which none is small.
//! * That something is withheld can hint at why.

pub mod bound;
mod build;
mod cell;
pub mod combine;
mod crossing;
pub mod crosstab;
mod decimal;
mod disclosure;
mod exact;
mod figures;
pub mod frame;
mod group;
mod input;
mod interim;
pub mod interval;
pub mod method;
mod overlap;
pub mod pace;
mod published;
mod release;
mod score;
mod search;
pub mod signs;
pub mod sizing;
mod span;
pub mod text;
mod view;
pub mod weight;

#[cfg(test)]
mod tests;

pub use build::{Earlier, Moment, Refused};
pub use crossing::{Chosen, CrossCell, CrossRow, Crosstab, Joint, MOST_TABLES, Unfit, Withheld};
pub use decimal::{Ratio, print_mean};
pub use exact::Exact;
pub use group::{CHANNEL, LEVEL, TOTAL, UNIT};
pub use input::{Atom, Bin, Counts, Eligible, Index, Malformed, Measure, Measured, Questionnaire};
pub use interim::may_release;
pub use release::{
    Answers, Cell, Excluded, Figures, Group, Index as IndexResult, Overall, Question, Release, Sheet, Table,
};
pub use score::{Expectation, IndexScore, Mean, Share, expectation, index, mean, response_rate, share, top_two_box};
pub use view::{COLUMNS, CsvRow, SheetView, View};
