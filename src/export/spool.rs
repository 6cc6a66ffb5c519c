//! Rows that wait on the disk until all were seen, for files whose head says how wide their columns are.
//!
//! Reading the database twice would not do: between the two a longer text may come in.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use super::{ExportError, Roomy, Rows};

/// What is written at once.
const BUFFER: usize = 256 * 1024;
/// Announces that the length of a cell follows in four bytes.
const LONG: u8 = 255;

/// All rows, and how long the longest cell of each column is.
pub(super) struct Spool {
    file: File,
    /// How many rows there are.
    pub rows: u64,
    /// In bytes.
    pub widths: Vec<usize>,
}

impl Spool {
    /// Reads the rows into a file without a name in this folder: it is gone when the process is.
    ///
    /// # Errors
    /// The database failed, or the file could not be written.
    pub fn of(rows: &Rows, folder: &Path, progress: &mut dyn FnMut(u64)) -> Result<Self, ExportError> {
        let mut widths = vec![0; rows.variables.len()];
        let mut out = BufWriter::with_capacity(BUFFER, Roomy::new(nameless(folder)?));
        let mut record = Vec::with_capacity(4096);
        let count = rows.each(
            |line| {
                record.clear();
                for (width, cell) in widths.iter_mut().zip(line.cells()) {
                    *width = cell.len().max(*width);
                    put(cell.as_bytes(), &mut record);
                }
                out.write_all(&length(record.len()))?;
                Ok::<(), ExportError>(out.write_all(&record)?)
            },
            progress,
        )?;
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?.into_inner();
        Ok(Self { file, rows: count, widths })
    }

    /// Works on every row, in the order in which they were read.
    ///
    /// # Errors
    /// Those of `work`; or the file could not be read.
    pub fn each(&mut self, mut work: impl FnMut(Cells<'_>) -> Result<(), ExportError>) -> Result<(), ExportError> {
        self.file.rewind()?;
        let mut reader = BufReader::with_capacity(BUFFER, &self.file);
        let (mut head, mut record) = ([0; 4], Vec::new());
        for _ in 0..self.rows {
            reader.read_exact(&mut head)?;
            record.resize(u32::from_le_bytes(head) as usize, 0);
            reader.read_exact(&mut record)?;
            work(Cells(&record))?;
        }
        Ok(())
    }
}

fn put(cell: &[u8], record: &mut Vec<u8>) {
    match u8::try_from(cell.len()) {
        Ok(short) if short < LONG => record.push(short),
        _ => {
            record.push(LONG);
            record.extend_from_slice(&length(cell.len()));
        }
    }
    record.extend_from_slice(cell);
}

/// An answer has some ten thousand letters at most.
fn length(bytes: usize) -> [u8; 4] {
    u32::try_from(bytes).unwrap_or(u32::MAX).to_le_bytes()
}

/// The cells of one row.
pub(super) struct Cells<'a>(&'a [u8]);

impl<'a> Iterator for Cells<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let (first, rest) = self.0.split_first()?;
        let (length, rest) = match *first {
            LONG => rest.split_first_chunk().map(|(bytes, rest)| (u32::from_le_bytes(*bytes) as usize, rest))?,
            short => (usize::from(short), rest),
        };
        let (cell, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some(cell)
    }
}

/// A file that only this process sees. The folder is made where there is none, for its owner alone.
pub(super) fn nameless(folder: &Path) -> io::Result<File> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let name = data_encoding::HEXLOWER.encode(&crate::secret::random::<8>());
    let path = folder.join(format!(".langnghe-{name}"));
    let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(file)
}
