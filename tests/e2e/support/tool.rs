//! Programs from elsewhere.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs a program to its end and returns its stdout.
pub fn run(program: &str, arguments: &[&str]) -> String {
    let done = Command::new(program).args(arguments).output();
    let done = done.unwrap_or_else(|error| panic!("cannot run {program}: {error}. Install it"));
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    let complained = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{program} {arguments:?} failed:\n{said}{complained}");
    said
}

/// What a picture of a QR code says.
pub fn read_qr(picture: &Path) -> String {
    run("zbarimg", &["--quiet", "--raw", &picture.to_string_lossy()]).trim_end().to_owned()
}

/// A file from the environment, or from its usual place.
pub fn file(variable: &str, usual: &str) -> PathBuf {
    let path =
        std::env::var(variable).map_or_else(|_| Path::new(env!("CARGO_MANIFEST_DIR")).join(usual), PathBuf::from);
    assert!(path.is_file(), "{} is missing: install it, or say with {variable} where it is", path.display());
    path
}
