//! Room that files of rows leave on the disk: beside them lie the forms that come in, and those are never refused for a file.

use std::fs::File;
use std::io::{self, Write};

use rustix::fs::fstatvfs;

/// So much is left free at least, in bytes, …
const LEFT: u64 = 1 << 30;
/// … or so manieth part of a small disk.
const PART: u64 = 20;
/// How often the disk is asked, in bytes that were written.
const ASKED: u64 = 1 << 20;

/// A file that stops growing, as on a full disk, before there is no room for anything else.
#[derive(Debug)]
pub struct Roomy {
    file: File,
    /// Written since the disk was asked, in bytes; none: it was not asked yet.
    since: Option<u64>,
}

impl Roomy {
    /// This file.
    pub fn new(file: File) -> Self {
        Self { file, since: None }
    }

    /// The file alone.
    pub fn into_inner(self) -> File {
        self.file
    }

    /// The file.
    pub fn file(&self) -> &File {
        &self.file
    }

    fn ask(&mut self) -> io::Result<()> {
        if self.since.is_some_and(|since| since < ASKED) {
            return Ok(());
        }
        self.since = Some(0);
        let disk = fstatvfs(&self.file)?;
        let size = |blocks: u64| blocks.saturating_mul(disk.f_frsize);
        if is_spent(size(disk.f_blocks), size(disk.f_bavail)) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Ok(())
    }
}

/// Whether nothing more may be taken of a disk with so many bytes, of which so many are free.
fn is_spent(all: u64, free: u64) -> bool {
    free < LEFT.min(all / PART)
}

impl Write for Roomy {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.ask()?;
        let written = self.file.write(bytes)?;
        self.since = self.since.map(|since| since + written as u64);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::is_spent;

    const GIB: u64 = 1 << 30;

    #[test]
    fn a_large_disk_keeps_a_gibibyte_and_a_small_one_its_twentieth_part() {
        assert!(!is_spent(500 * GIB, GIB) && is_spent(500 * GIB, GIB - 1));
        assert!(!is_spent(GIB, GIB / 20) && is_spent(GIB, GIB / 20 - 1));
    }
}
