//! Recordings of questions, for people who listen more easily than they read.

use std::io::Cursor;
use std::time::Duration;

use lofty::config::{ParseOptions, ParsingMode};
use lofty::file::{AudioFile, FileType};
use lofty::probe::Probe;

/// The most that a recording may weigh, in bytes: a phone in the hills fetches it within a few seconds.
pub const HEAVIEST: usize = 300_000;
/// The longest recording: whoever speaks longer reads more than a question.
pub const LONGEST: Duration = Duration::from_secs(30);

/// The name of a recording's file: letters a–z, digits, `.`, `_` and `-`, ending in `.mp3`, `.opus` or `.ogg`.
pub fn is_file_name(name: &str) -> bool {
    let stem = [".mp3", ".opus", ".ogg"].iter().find_map(|ending| name.strip_suffix(ending));
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    name.len() <= 80
        && stem.is_some_and(|stem| !stem.is_empty() && !stem.starts_with('.') && stem.bytes().all(is_plain))
}

/// A recording that browsers can play.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// The name of its file.
    pub name: String,
    /// What to tell browsers.
    pub mime: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Why a file cannot be used as a recording: a sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// There is none.
    #[error("the file is missing")]
    Missing,
    /// Too many bytes.
    #[error("the file is larger than {} kB; save it with one channel at 24–48 kbit/s", HEAVIEST / 1000)]
    TooHeavy,
    /// Too many seconds.
    #[error("the recording takes {0} seconds, but {LONGEST} at most are heard to the end; record the question alone", LONGEST = LONGEST.as_secs())]
    TooLong(u64),
    /// Not what its name says.
    #[error("the file is not a recording in MP3, Ogg Opus or Ogg Vorbis; convert it, changing its name is not enough")]
    NotAudio,
}

impl Recording {
    /// Looks into the bytes, whatever the name says.
    ///
    /// # Errors
    /// [`Unusable`].
    pub fn parse(name: &str, bytes: Vec<u8>) -> Result<Self, Unusable> {
        if bytes.len() > HEAVIEST {
            return Err(Unusable::TooHeavy);
        }
        // what stands in tags is of no interest, and nothing that anybody hears
        let options = ParseOptions::new().read_tags(false).read_cover_art(false).parsing_mode(ParsingMode::Strict);
        let probe = Probe::new(Cursor::new(&bytes)).options(options).guess_file_type();
        let probe = probe.map_err(|_| Unusable::NotAudio)?;
        let mime = match probe.file_type() {
            Some(FileType::Mpeg) => "audio/mpeg",
            Some(FileType::Opus | FileType::Vorbis) => "audio/ogg",
            _ => return Err(Unusable::NotAudio),
        };
        let length = probe.read().map_err(|_| Unusable::NotAudio)?.properties().duration();
        if length.is_zero() {
            return Err(Unusable::NotAudio);
        }
        // encoders add silence at both ends
        if length > LONGEST + Duration::from_secs(1) {
            return Err(Unusable::TooLong(length.as_secs()));
        }
        Ok(Self { name: name.to_owned(), mime, bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MP3: &[u8] = include_bytes!("../../tests/media/beep.mp3");
    const OPUS: &[u8] = include_bytes!("../../tests/media/beep.opus");

    fn judged(bytes: &[u8]) -> Result<&'static str, Unusable> {
        Recording::parse("A1.vi.mp3", bytes.to_vec()).map(|recording| recording.mime)
    }

    #[test]
    fn a_recording_is_known_by_its_bytes() {
        assert_eq!((judged(MP3), judged(OPUS)), (Ok("audio/mpeg"), Ok("audio/ogg")));
        assert_eq!(judged(b"<script>alert(1)</script>"), Err(Unusable::NotAudio));
        assert_eq!(judged(b"ID3\x04\0\0\0\0\0\0"), Err(Unusable::NotAudio));
        assert_eq!(judged(b""), Err(Unusable::NotAudio));
    }

    #[test]
    fn a_recording_that_nobody_would_hear_to_the_end_is_refused() {
        assert_eq!(judged(include_bytes!("../../tests/media/silence-40s.mp3")), Err(Unusable::TooLong(40)));
        assert_eq!(judged(&MP3.repeat(HEAVIEST / MP3.len() + 1)), Err(Unusable::TooHeavy));
    }

    #[test]
    fn a_files_name_leads_nowhere_else() {
        assert!(is_file_name("A1.vi.mp3") && is_file_name("cau-1_km.opus"));
        for wrong in ["", ".mp3", "..mp3", "../A1.mp3", "a/b.ogg", "A1.wav", "câu.mp3", "A1.mp3 "] {
            assert!(!is_file_name(wrong), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..400), of in 0_usize..3) {
            let _ = judged(&bytes);
            // damaged in the middle, too
            let whole = [MP3, OPUS, b"OggS"][of];
            bytes.splice(0..0, whole[..whole.len() / 2].iter().copied());
            let _ = judged(&bytes);
        }
    }
}
