//! A file that is whole before anybody gets a byte of it, with what its bytes come to.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::spool::nameless;
use super::{ExportError, Occasion, Roomy, Rows};

/// What is gathered before it is written.
const BUFFER: usize = 256 * 1024;

/// Counts and sums up the bytes that go through it.
pub struct Summed<W> {
    out: W,
    size: u64,
    sum: Sha256,
}

impl<W> Summed<W> {
    /// On the way to `out`.
    pub fn new(out: W) -> Self {
        Self { out, size: 0, sum: Sha256::new() }
    }

    /// What it writes to.
    pub fn out(&self) -> &W {
        &self.out
    }

    /// How many bytes went through, and their SHA-256.
    pub fn sum(&self) -> (u64, [u8; 32]) {
        (self.size, self.sum.clone().finalize().into())
    }
}

impl<W: Write> Write for Summed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.size += written as u64;
        self.sum.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A file without a name: it is gone when whoever reads it is.
#[derive(Debug)]
pub struct Whole {
    /// Its bytes.
    pub file: File,
    /// How many.
    pub size: u64,
    /// What they come to.
    pub sha256: [u8; 32],
    /// How many rows it has; of a codebook, how many columns it describes.
    pub written: u64,
}

impl Whole {
    /// Makes the file in this folder, which only its owner reads.
    ///
    /// # Errors
    /// The database failed, or there was no room.
    pub fn of(rows: &Rows, occasion: &Occasion<'_>, folder: &Path) -> Result<Self, ExportError> {
        let mut out = BufWriter::with_capacity(BUFFER, Summed::new(Roomy::new(nameless(folder)?)));
        let written = super::write(rows, occasion, folder, &mut out, &mut |_| {})?;
        let summed = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        let (size, sha256) = summed.sum();
        Ok(Self { file: summed.out.into_inner(), size, sha256, written })
    }
}
