//! Mails as `.eml` files, where there is no mail server. Any mail program opens them; a file goes when its mail is pointless,
//! because it may hold a link.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

/// When a file goes, at the beginning of its name.
const UNTIL: &str = "%Y%m%dT%H%M%S";

/// Writes one mail; the same mail again is the same file.
pub(super) fn write(folder: &Path, key: &[u8], until: NaiveDateTime, message: &[u8]) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let name = format!("{}-{}", until.format(UNTIL), data_encoding::HEXLOWER.encode(key));
    let (arriving, file) = (folder.join(format!("{name}.part")), folder.join(format!("{name}.eml")));
    let mut out = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&arriving)?;
    out.write_all(message)?;
    out.sync_all()?;
    std::fs::rename(arriving, file)
}

/// A mail that lies in the folder.
pub(super) struct File {
    pub(super) path: PathBuf,
    /// Pointless from then on, as its name says.
    pub(super) until: NaiveDateTime,
    /// The key of the mail.
    pub(super) key: Vec<u8>,
}

/// What lies in the folder; what others put there is theirs.
pub(super) fn kept(folder: &Path) -> io::Result<Vec<File>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut kept = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).and_then(|name| name.split_once('-'));
        let Some((until, key)) = name else { continue };
        let until = NaiveDateTime::parse_from_str(until, UNTIL).ok();
        let key = data_encoding::HEXLOWER.decode(key.as_bytes()).ok();
        if let Some((until, key)) = until.zip(key) {
            kept.push(File { path, until, key });
        }
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::store::tests::at;

    #[test]
    fn a_file_is_its_owners_alone_is_written_once_and_says_until_when_it_is_good() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("mail");
        assert_eq!(kept(&folder).unwrap().len(), 0);
        write(&folder, &[1; 16], at(60), b"first").unwrap();
        write(&folder, &[1; 16], at(60), b"again").unwrap();
        std::fs::write(folder.join("note.txt"), "not ours").unwrap();
        let names = || std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect::<Vec<_>>();
        assert_eq!(names().len(), 2);
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        let eml = names().into_iter().find(|name| name.to_str().unwrap().ends_with(".eml")).unwrap();
        assert_eq!((mode(&folder), mode(&folder.join(eml))), (0o700, 0o600));
        let files = kept(&folder).unwrap();
        let [file] = &files[..] else { panic!("what is not ours stays out of it") };
        assert_eq!((file.until, &file.key[..]), (at(60), &[1; 16][..]));
    }
}
