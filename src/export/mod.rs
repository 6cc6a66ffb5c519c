//! Rows for analysts, and what their columns mean, streaming at constant memory.
//!
//! [`Wanted`] is what somebody asks for, [`Rows`] what the round has of it, [`write()`] makes the file. All kinds of files are
//! written from the same cells and described by the same [`Variable`]s, so they agree.

mod about;
mod codebook;
mod columns;
pub mod csv;
mod ddi;
mod door;
mod excluded;
mod filter;
mod fitting;
mod fixed;
mod jsonl;
mod kind;
mod line;
mod mistake;
mod no_answer;
#[cfg(feature = "parquet")]
mod parquet;
mod reader;
mod room;
mod rows;
mod sav;
mod selected;
mod sheet;
mod spool;
mod turns;
mod variable;
mod wanted;
mod whole;
mod xlsx;

#[cfg(test)]
mod tests;

use std::io::{self, Write};
use std::path::Path;

pub use about::Occasion;
pub use excluded::{Count, Excluded, NoCount};
pub use kind::Kind;
pub use mistake::Mistake;
pub use no_answer::NoAnswer;
pub use room::Roomy;
pub use rows::{Refused, Rows};
pub use turns::{TooMany, Turn, Turns};
pub use variable::{Level, Meaning, Variable};
pub use wanted::{Selection, Wanted};
pub use whole::{Summed, Whole};
pub use xlsx::{Column, write_table};

use crate::store::StoreError;

/// Why an export stopped.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file, or a reader who went away.
    #[error("the file could not be written: {0}")]
    Write(#[from] io::Error),
}

impl ExportError {
    /// Whether there was no room left: on the disk, or within what the process may use of it.
    pub fn is_full_disk(&self) -> bool {
        matches!(self, Self::Write(error)
            if matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge))
    }
}

/// Writes the whole file and returns how many rows it has; `progress` is told after each page how many there are so far. A file that ended in an error is not complete, and whoever called knows it. What has to wait until all rows were
/// seen lies in `scratch` meanwhile, in a file without a name.
///
/// # Errors
/// The database failed, or the file could not be written.
pub fn write(
    rows: &Rows,
    occasion: &Occasion<'_>,
    scratch: &Path,
    out: &mut (dyn Write + Send),
    progress: &mut dyn FnMut(u64),
) -> Result<u64, ExportError> {
    let wanted = &rows.wanted;
    match wanted.kind {
        Kind::Csv => csv::write(rows, wanted.layout, out, progress),
        Kind::Jsonl => jsonl::write(rows, out, progress),
        Kind::Xlsx => xlsx::write(rows, occasion, out, progress),
        Kind::Sav => sav::write(rows, occasion, scratch, out, progress),
        #[cfg(feature = "parquet")]
        Kind::Parquet => parquet::write(rows, out, progress),
        Kind::Codebook => codebook::write(rows, wanted.layout, out),
        Kind::Ddi => ddi::write(rows, occasion, out),
    }
}
