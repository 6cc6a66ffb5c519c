//! Where a command writes: to stdout, whose reader may have seen enough, or with `--output FILE`, where whoever finds the file under
//! its name finds all of it.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::CommandError;

/// Why printing ended before its time.
#[derive(Debug)]
pub(super) enum Unprinted {
    /// Nobody takes what is printed.
    Out(io::Error),
    /// What was to be printed could not be made.
    Work(CommandError),
}

impl From<io::Error> for Unprinted {
    fn from(error: io::Error) -> Self {
        Self::Out(error)
    }
}

impl From<CommandError> for Unprinted {
    fn from(error: CommandError) -> Self {
        Self::Work(error)
    }
}

/// Prints to stdout. A reader that has seen enough (`| head`) ends it, and is no failure.
pub(super) fn print(work: impl FnOnce(&mut dyn Write) -> Result<(), Unprinted>) -> Result<(), CommandError> {
    let mut out = BufWriter::new(io::stdout().lock());
    match work(&mut out).and_then(|()| Ok(out.flush()?)) {
        Err(Unprinted::Out(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(Unprinted::Out(source)) => Err(CommandError::File { path: PathBuf::from("stdout"), source }),
        Err(Unprinted::Work(error)) => Err(error),
        Ok(()) => Ok(()),
    }
}

/// Prints one line.
pub(super) fn print_line(line: &dyn std::fmt::Display) -> Result<(), CommandError> {
    print(|out| Ok(writeln!(out, "{line}")?))
}

/// Links that lead to links: more is a circle.
const MOST_LINKS: usize = 40;

/// Writes a file whole or not at all: under another name beside it first, and behind a link where there is one. What is no
/// regular file (a pipe, a device) is written to as it is, and never replaced.
pub(super) fn write<T>(
    path: &Path,
    work: impl FnOnce(&mut (dyn Write + Send)) -> Result<T, CommandError>,
) -> Result<T, CommandError> {
    let failed = |source| CommandError::File { path: path.to_owned(), source };
    let target = followed(path);
    match std::fs::metadata(&target) {
        Ok(found) if !found.is_file() => {
            let mut out = BufWriter::new(OpenOptions::new().write(true).open(&target).map_err(failed)?);
            let done = work(&mut out)?;
            out.flush().map_err(failed)?;
            Ok(done)
        }
        Ok(found) => replace(path, &target, Some(&found), work),
        Err(error) if error.kind() == io::ErrorKind::NotFound => replace(path, &target, None, work),
        Err(error) => Err(failed(error)),
    }
}

/// Where a path leads, whether or not there is anything yet.
fn followed(path: &Path) -> PathBuf {
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(next) = std::fs::read_link(&target) else { break };
        target = target.parent().map_or_else(|| next.clone(), |folder| folder.join(&next));
    }
    target
}

fn replace<T>(
    path: &Path,
    target: &Path,
    before: Option<&Metadata>,
    work: impl FnOnce(&mut (dyn Write + Send)) -> Result<T, CommandError>,
) -> Result<T, CommandError> {
    let failed = |source| CommandError::File { path: path.to_owned(), source };
    let mut name = target.as_os_str().to_owned();
    name.push(format!(".part-{}", data_encoding::HEXLOWER.encode(&crate::secret::random::<4>())));
    let part = PathBuf::from(name);
    let mut out = BufWriter::new(File::create_new(&part).map_err(failed)?);
    let _unfinished = Unfinished(&part);
    let done = work(&mut out)?;
    out.flush().map_err(failed)?;
    if let Some(before) = before {
        out.get_ref().set_permissions(before.permissions()).map_err(failed)?;
        // only root may give a file away
        let _ = std::os::unix::fs::chown(&part, Some(before.uid()), Some(before.gid()));
    }
    out.get_ref().sync_all().map_err(failed)?;
    std::fs::rename(&part, target).map_err(failed)?;
    Ok(done)
}

/// Removed when writing ends, unless it has its own name by then.
struct Unfinished<'a>(&'a Path);

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(self.0);
    }
}
