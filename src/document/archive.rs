//! Several files in one, each named so that it finds its school.

use std::collections::HashSet;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::NotPrinted;

/// Letters of a name that Windows takes within a folder of its own.
const LONGEST: usize = 120;

/// A file name from a unit's code and name: what no file system takes becomes a space.
pub fn file_name(code: &str, name: &str, ending: &str) -> String {
    let refused = |c: char| c.is_control() || "/\\:*?\"<>|".contains(c);
    let clean: String = format!("{code} {name}").chars().map(|c| if refused(c) { ' ' } else { c }).collect();
    let words: Vec<&str> = clean.split_whitespace().collect();
    let short: String = words.join(" ").chars().take(LONGEST).collect();
    format!("{}.{ending}", short.trim_end_matches([' ', '.']))
}

/// A ZIP that is being filled.
pub struct Archive {
    writer: ZipWriter<Cursor<Vec<u8>>>,
    names: HashSet<String>,
}

impl Default for Archive {
    fn default() -> Self {
        Self { writer: ZipWriter::new(Cursor::new(Vec::new())), names: HashSet::new() }
    }
}

impl Archive {
    /// Adds a file; a second one of the same name gets a number.
    ///
    /// # Errors
    /// It does not fit into a ZIP.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), NotPrinted> {
        let failed = |error: &dyn std::fmt::Display| NotPrinted(format!("{name}: {error}"));
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "bin"));
        let numbered = (2..).map(|n: u32| format!("{stem} ({n}).{ending}"));
        let free = std::iter::once(name.to_owned()).chain(numbered).find(|name| !self.names.contains(name));
        let free = free.unwrap_or_else(|| name.to_owned());
        // a PDF and a PNG are small already
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        self.writer.start_file(&free, options).map_err(|error| failed(&error))?;
        self.names.insert(free);
        self.writer.write_all(bytes).map_err(|error| failed(&error))
    }

    /// The whole file.
    ///
    /// # Errors
    /// It does not fit into a ZIP.
    pub fn finish(self) -> Result<Vec<u8>, NotPrinted> {
        self.writer.finish().map(Cursor::into_inner).map_err(|error| NotPrinted(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_finds_its_school_on_every_system() {
        assert_eq!(file_name("TH-HOA-MAI", "Trường Tiểu học Hoa Mai", "pdf"), "TH-HOA-MAI Trường Tiểu học Hoa Mai.pdf");
        assert_eq!(file_name("A", "Trường “Ạ”/B: C?", "pdf"), "A Trường “Ạ” B C.pdf");
        assert!(file_name("A", &"ộ".repeat(500), "pdf").chars().count() <= LONGEST + 4);
    }

    #[test]
    fn two_of_one_name_are_both_there() {
        let mut archive = Archive::default();
        archive.add("A.pdf", b"1").unwrap();
        archive.add("A.pdf", b"2").unwrap();
        let bytes = archive.finish().unwrap();
        let zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let names: Vec<_> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
        assert_eq!(names, ["A.pdf", "A (2).pdf"]);
    }
}
