//! Mails as `.eml` files, where there is no mail server. Any mail program opens them; a file goes when its mail is pointless,
//! because it may hold a link.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

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

/// Deletes what is pointless by now.
pub(super) fn tidy(folder: &Path, now: NaiveDateTime) -> io::Result<()> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let until = name.to_str().and_then(|name| name.split_once('-')).map(|(until, _)| until);
        let until = until.and_then(|until| NaiveDateTime::parse_from_str(until, UNTIL).ok());
        if until.is_some_and(|until| until <= now) {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::store::tests::at;

    #[test]
    fn a_file_is_its_owners_alone_is_written_once_and_goes_in_time() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("mail");
        tidy(&folder, at(0)).unwrap();
        write(&folder, &[1; 16], at(60), b"first").unwrap();
        write(&folder, &[1; 16], at(60), b"again").unwrap();
        std::fs::write(folder.join("note.txt"), "not ours").unwrap();
        let names = || std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect::<Vec<_>>();
        assert_eq!(names().len(), 2);
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        let eml = names().into_iter().find(|name| name.to_str().unwrap().ends_with(".eml")).unwrap();
        assert_eq!((mode(&folder), mode(&folder.join(eml))), (0o700, 0o600));
        tidy(&folder, at(59)).unwrap();
        assert_eq!(names().len(), 2);
        tidy(&folder, at(60)).unwrap();
        assert_eq!(names(), ["note.txt"]);
    }
}
