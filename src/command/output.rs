//! `--output FILE`: whoever finds the file under its name finds all of it.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::CommandError;

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
