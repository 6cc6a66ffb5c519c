//! Texts that come again and again stand once in the file.

use std::collections::HashMap;
use std::io::Write;

use super::super::ExportError;

/// Different texts at most: what comes after them stands where it is used, so memory stays small whatever is asked for.
const MOST: usize = 20_000;
/// Longer ones come once.
const LONGEST: usize = 400;

/// The texts that cells share, by their places.
#[derive(Default)]
pub(super) struct Shared {
    places: HashMap<Box<str>, Box<str>>,
    texts: Vec<Box<str>>,
}

impl Shared {
    /// The number of a text, as it is written; none where the list is full.
    pub fn place(&mut self, text: &str) -> Option<&str> {
        if !self.places.contains_key(text) {
            if self.texts.len() >= MOST || text.len() > LONGEST {
                return None;
            }
            self.places.insert(text.into(), self.texts.len().to_string().into());
            self.texts.push(text.into());
        }
        self.places.get(text).map(AsRef::as_ref)
    }

    /// Writes the part of the file.
    pub fn write(&self, out: &mut impl Write) -> Result<(), ExportError> {
        let mut xml = br#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">"#.to_vec();
        for text in &self.texts {
            xml.extend_from_slice(br#"<si><t xml:space="preserve">"#);
            escape(text, &mut xml);
            xml.extend_from_slice(b"</t></si>");
        }
        xml.extend_from_slice(b"</sst>");
        Ok(out.write_all(&xml)?)
    }
}

/// Writes a text as XML. What Excel would read as an escape of its own (`_x0041_`) is escaped, what XML cannot hold becomes
/// the sign for a lost character.
pub(super) fn escape(text: &str, out: &mut Vec<u8>) {
    let mut begin = 0;
    for (at, byte) in text.bytes().enumerate() {
        let instead: &[u8] = match byte {
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            b'\r' => b"_x000D_",
            b'_' if is_escape(&text.as_bytes()[at..]) => b"_x005F_",
            0xEF if matches!(&text.as_bytes()[at..], [_, 0xBF, 0xBE | 0xBF, ..]) => "\u{fffd}".as_bytes(),
            0..0x20 if !matches!(byte, b'\n' | b'\t') => "\u{fffd}".as_bytes(),
            _ => continue,
        };
        out.extend_from_slice(&text.as_bytes()[begin..at]);
        out.extend_from_slice(instead);
        begin = at + if byte == 0xEF { 3 } else { 1 };
    }
    out.extend_from_slice(&text.as_bytes()[begin..]);
}

fn is_escape(text: &[u8]) -> bool {
    matches!(text, [b'_', b'x', a, b, c, d, b'_', ..] if [a, b, c, d].iter().all(|digit| digit.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut out = Vec::new();
        escape(text, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_text_is_xml_and_reads_back() {
        assert_eq!(escaped("Cô & trò <3> \"ế\"\n"), "Cô &amp; trò &lt;3&gt; \"ế\"\n");
        assert_eq!(escaped("_x0041_ _x004_"), "_x005F_x0041_ _x004_");
        assert_eq!(escaped("a\u{ffff}b\u{fffd}\u{1}"), "a\u{fffd}b\u{fffd}\u{fffd}");
    }

    #[test]
    fn a_text_keeps_its_place() {
        let mut shared = Shared::default();
        let places: Vec<String> = ["a", "b", "a"].iter().filter_map(|t| shared.place(t).map(str::to_owned)).collect();
        assert_eq!(places, ["0", "1", "0"]);
        assert_eq!(shared.place(&"x".repeat(LONGEST + 1)), None);
    }
}
