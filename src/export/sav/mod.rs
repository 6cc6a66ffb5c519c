//! A system file of SPSS (`.sav`), which PSPP, R and Stata read as well, after the description in the PSPP developer's guide.
//!
//! Codes that are numbers become numbers, others texts; both bear their labels. Not asked is system-missing (of a text: empty),
//! not answered (mostly -9) and “does not apply” are missing by declaration, so that they count nowhere and can still be told apart.
//! A question with several choices is a set of 0/1 variables. Texts are as wide as the longest; where one is longer than SPSS
//! takes, it goes on in another variable.

mod bytes;
mod data;
mod dictionary;
mod extension;
mod names;
mod plan;

use std::io::{BufWriter, Write};
use std::path::Path;

use self::data::Compressor;
use self::plan::Plan;
use super::spool::Spool;
use super::{ExportError, Occasion, Rows};

/// What is gathered before it is passed on.
const BUFFER: usize = 256 * 1024;

/// Writes the file.
///
/// # Errors
/// The database failed, or a file could not be written.
pub(super) fn write(
    rows: &Rows,
    occasion: &Occasion<'_>,
    scratch: &Path,
    out: impl Write,
    progress: &mut dyn FnMut(u64),
) -> Result<u64, ExportError> {
    let mut spool = Spool::of(rows, scratch, progress)?;
    let plan = Plan::of(&rows.variables, &spool.widths, occasion.phrases);
    let mut out = BufWriter::with_capacity(BUFFER, out);
    out.write_all(&dictionary::written(&plan, rows, occasion, spool.rows))?;
    let mut compressor = Compressor::new(&mut out);
    spool.each(|cells| {
        for (column, cell) in plan.columns.iter().zip(cells) {
            data::cell(column, cell, &mut compressor)?;
        }
        Ok(())
    })?;
    compressor.end()?;
    out.flush()?;
    Ok(spool.rows)
}
