//! Which answers of a round a page or a file does not have: those of forms that came in since, and those beyond a sample.

use chrono::NaiveDateTime;

use super::count;
use crate::reading::Opened;
use crate::vietnamese;
use crate::web::words::Words;

/// What is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limits {
    /// Answers from this moment on, UTC; none: nothing came in since.
    since: Option<NaiveDateTime>,
    /// All but so many, taken at random, of so many; none: none is missing.
    sample: Option<(usize, i64)>,
}

/// The same in words; none where nothing is missing.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Up to which moment there are answers.
    pub behind: Option<String>,
    /// How many of how many there are.
    pub sample: Option<String>,
}

impl Limits {
    /// What is missing of the answers that were opened.
    pub fn of(opened: &Opened) -> Self {
        let texts = opened.reading.as_ref().map(|reading| &reading.texts);
        Self {
            since: texts.filter(|_| opened.is_behind).map(|texts| texts.compared_at),
            sample: texts.and_then(|texts| Some((texts.answers.len(), texts.sample_of?))),
        }
    }

    /// What a page says.
    pub fn on_page(self, words: Words) -> Said {
        self.said(["voice-behind", "voice-sample"], words)
    }

    fn said(self, [behind, sample]: [&str; 2], words: Words) -> Said {
        let of = |(n, all)| words.fill(sample, [("n", count(words, n)), ("all", count(words, all))]);
        Said { behind: self.since.map(|at| words.with(behind, "at", words.moment(at))), sample: self.sample.map(of) }
    }

    /// What a file says, line by line.
    pub fn in_file(self, words: Words) -> impl Iterator<Item = (String, String)> {
        let Said { behind, sample } = self.said(["voice-about-until-is", "voice-about-sample-is"], words);
        let behind = behind.map(|sentence| (words.say("voice-about-until"), sentence));
        let sample = sample.map(|sentence| (words.say("voice-about-sample"), sentence));
        behind.into_iter().chain(sample)
    }

    /// What a file's name says: not everybody looks at its second sheet, and CSV has none.
    pub fn in_name(self) -> String {
        let sample = self.sample.map_or_else(String::new, |(n, _)| format!("-mau-{n}"));
        let until = self.since.map(|at| vietnamese::local(at).format("-den-%Y-%m-%d-%Hh%M").to_string());
        sample + &until.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::text::Lang;

    #[test]
    fn a_file_of_a_sample_that_is_behind_says_both_in_its_name_and_in_words() {
        let at = chrono::NaiveDate::from_ymd_opt(2026, 11, 27).and_then(|day| day.and_hms_opt(3, 5, 59)).unwrap();
        let limits = Limits { since: Some(at), sample: Some((400_000, 412_345)) };
        assert_eq!(limits.in_name(), "-mau-400000-den-2026-11-27-10h05");
        let about: Vec<String> = limits.in_file(Words(Lang::VI)).map(|(_, sentence)| sentence).collect();
        assert!(about[0].contains("trước 10:05 ngày 27/11/2026"), "{about:?}");
        assert!(about[1].contains("400.000") && about[1].contains("412.345"), "{about:?}");
    }

    #[test]
    fn a_file_of_everything_has_a_plain_name() {
        let limits = Limits { since: None, sample: None };
        assert_eq!((limits.in_name(), limits.in_file(Words(Lang::VI)).count()), (String::new(), 0));
    }
}
