//! A round's forms by column, so that any question can be crossed with any other without reading a form again.
//!
//! Forms stand in the order of their random ids, which tells nothing, in blocks of one questionnaire version each. A block has a
//! run of bytes per column; [`Encoding`] says how they are read. An [`Axis`] makes one classification of the columns of
//! several versions, and [`Crossed`] counts two of them against each other, block by block.

mod axis;
mod codec;
mod count;
pub(super) mod offered;

#[cfg(test)]
mod tests;

pub use axis::{Axis, Lane, Source};
pub use codec::{BLOCK, Column, Damaged, Encoding, Value};
pub use count::{Absent, Crossed, Moments};
pub use offered::Withheld;
