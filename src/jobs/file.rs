//! A file that is complete when it has its name.

use std::fs::{DirEntry, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use data_encoding::HEXLOWER;

use crate::export::{Count, Roomy, Summed};

/// What the name of an unfinished file ends in.
const PART: &str = ".part";
/// An unfinished file that nobody wrote to for so long is of a program that was killed.
const ABANDONED: Duration = Duration::from_secs(3600);

/// A file that is being written: its bytes are counted and summed up. It goes when it is dropped before [`Part::finish`].
pub(super) struct Part<F: FnMut() -> io::Result<()>> {
    out: Summed<Roomy>,
    path: PathBuf,
    target: PathBuf,
    /// Asked before each write: whether to go on.
    go_on: F,
}

impl<F: FnMut() -> io::Result<()>> Part<F> {
    /// In a folder that only its owner reads; it is made where there is none.
    pub fn begin(folder: &Path, key: &[u8], go_on: F) -> io::Result<Self> {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let target = folder.join(HEXLOWER.encode(key));
        // of two workers each writes its own
        let own = HEXLOWER.encode(&crate::secret::random::<4>());
        let path = folder.join(format!("{}-{own}{PART}", HEXLOWER.encode(key)));
        let out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        Ok(Self { out: Summed::new(Roomy::new(out)), path, target, go_on })
    }

    /// Gives the file its name once it is on the disk; returns its size and sum.
    pub fn finish(self) -> io::Result<(u64, [u8; 32])> {
        self.out.out().file().sync_all()?;
        std::fs::rename(&self.path, &self.target)?;
        Ok(self.out.sum())
    }
}

impl<F: FnMut() -> io::Result<()>> Write for Part<F> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (self.go_on)()?;
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl<F: FnMut() -> io::Result<()>> Drop for Part<F> {
    fn drop(&mut self) {
        // gone already where it was finished
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Where it stands which excluded forms a file left out or has.
fn told(folder: &Path, key: &[u8]) -> PathBuf {
    folder.join(format!("{}.excluded", HEXLOWER.encode(key)))
}

/// Writes down which excluded forms a file left out or has: they may change while it lies there.
pub(super) fn tell(folder: &Path, key: &[u8], count: &Count) -> io::Result<()> {
    let options = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).clone();
    options.open(told(folder, key))?.write_all(count.to_string().as_bytes())
}

/// The excluded forms that a file left out or has; none: it did not meet any.
#[must_use]
pub fn excluded(folder: &Path, key: &[u8]) -> Option<Count> {
    let count: Count = std::fs::read_to_string(told(folder, key)).ok()?.parse().ok()?;
    Some(count).filter(|count| count.forms > 0)
}

/// Deletes what belongs to none of these keys, and what nobody finishes. An unfinished file of a live job belongs to it as long as
/// somebody writes to it.
pub(super) fn sweep(folder: &Path, keys: &[Vec<u8>]) {
    let names: Vec<String> = keys.iter().map(|key| HEXLOWER.encode(key)).collect();
    let Ok(found) = std::fs::read_dir(folder) else { return };
    for entry in found.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_ours = name.len() >= 32 && name.as_bytes()[..32].iter().all(u8::is_ascii_hexdigit);
        let belongs = || names.iter().any(|key| name.starts_with(key.as_str()));
        if is_ours && (!belongs() || is_abandoned(&entry, &name)) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

fn is_abandoned(entry: &DirEntry, name: &str) -> bool {
    let written = || entry.metadata().and_then(|known| known.modified()).ok().and_then(|at| at.elapsed().ok());
    name.ends_with(PART) && written().is_some_and(|since| since > ABANDONED)
}
