//! Words of danger in free texts: violence, abuse, self-harm, drowning. A text that has one is shown to a person at once;
//! the program decides nothing itself.
//!
//! **What matches.** Whole syllables only: `đánh` is not found inside another word. Capitals, normal form and the place of
//! a tone (`dọa`, `doạ`) never matter. Diacritics do, because `đánh` (to beat) and `danh` (name) are different words:
//!
//! * a word written with diacritics matches the same diacritics, and also their absence in a text that has no diacritics
//!   at all, for many people type without;
//! * a word written without any (English, or typed in haste) matches every spelling.
//!
//! The intake runs this over every free text, so the list is compiled once into two automata over syllables separated by
//! single spaces; the spaces are part of each pattern, which is what keeps matches whole.

use std::collections::BTreeSet;
use std::ops::Range;

use aho_corasick::AhoCorasick;
use unicode_normalization::char::is_combining_mark;

use crate::vietnamese::{fold, nfc, syllable};

const DEFAULT: &str = include_str!("../../survey-templates/danger-words.txt");

/// The list that a new installation begins with.
pub fn default_words() -> impl Iterator<Item = Word> {
    DEFAULT.lines().filter(|line| !line.starts_with('#')).filter_map(|line| Word::parse(line).ok())
}

/// A word or phrase of the list: syllables separated by single spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word(String);

/// Not a word for the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a word of danger has 2 to 60 letters or digits")]
pub struct NotAWord;

impl Word {
    /// Reads what somebody typed; punctuation only separates.
    ///
    /// # Errors
    /// [`NotAWord`] when too little or too much remains.
    pub fn parse(typed: &str) -> Result<Self, NotAWord> {
        let typed = nfc(typed);
        let syllables: Vec<&str> = syllables(&typed).map(|at| &typed[at]).collect();
        let word = syllables.join(" ").to_lowercase();
        if (2..=60).contains(&word.chars().count()) { Ok(Self(word)) } else { Err(NotAWord) }
    }

    /// As it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two spellings of the same word share; no two entries of the list have the same key.
    pub fn key(&self) -> String {
        self.0.split(' ').map(syllable).collect::<Vec<_>>().join(" ")
    }
}

/// The list cannot be compiled: far too many words.
#[derive(Debug, thiserror::Error)]
#[error("the list of words of danger cannot be used: {0}")]
pub struct Unusable(#[from] aho_corasick::BuildError);

/// A compiled list.
#[derive(Debug, Clone)]
pub struct Matcher {
    words: Vec<Word>,
    /// Every word as it is spelled.
    spelled: AhoCorasick,
    /// Every word without diacritics.
    plain: AhoCorasick,
    /// Which of `words` were written without diacritics.
    is_plain: Vec<bool>,
}

impl Matcher {
    /// Compiles a list.
    ///
    /// # Errors
    /// [`Unusable`].
    pub fn new(words: impl IntoIterator<Item = Word>) -> Result<Self, Unusable> {
        let words: Vec<Word> = words.into_iter().collect();
        let spelled: Vec<String> = words.iter().map(|word| format!(" {} ", word.key())).collect();
        let plain: Vec<String> = words.iter().map(|word| format!(" {} ", fold(&word.0))).collect();
        let is_plain = spelled.iter().zip(&plain).map(|(a, b)| a == b).collect();
        Ok(Self { spelled: AhoCorasick::new(&spelled)?, plain: AhoCorasick::new(&plain)?, words, is_plain })
    }

    /// Which words occur in this text, each once, in the order of the list.
    pub fn find(&self, text: &str) -> Vec<&str> {
        let found: BTreeSet<usize> = self.matches(text).into_iter().map(|(word, _)| word).collect();
        found.into_iter().map(|word| self.words[word].as_str()).collect()
    }

    /// Where words occur, as byte ranges of the text, in order and without overlaps.
    pub fn spans(&self, text: &str) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = self.matches(text).into_iter().map(|(_, range)| range).collect();
        ranges.sort_by_key(|range| (range.start, range.end));
        let mut spans: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
        for range in ranges {
            match spans.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => spans.push(range),
            }
        }
        spans
    }

    fn matches(&self, text: &str) -> Vec<(usize, Range<usize>)> {
        if self.words.is_empty() {
            return Vec::new();
        }
        let places: Vec<Range<usize>> = syllables(text).collect();
        let spelled = Line::of(places.iter().map(|at| syllable(&text[at.clone()])));
        let plain = Line::of(places.iter().map(|at| fold(&text[at.clone()])));
        let typed_without = spelled.text == plain.text;
        let mut found: Vec<(usize, Range<usize>)> = Vec::new();
        let mut note = |word: usize, line: &Line, at: Range<usize>| {
            // a pattern begins with the space before its first syllable and ends with the one after its last
            let first = line.starts.partition_point(|start| *start <= at.start);
            let last = line.starts.partition_point(|start| *start < at.end).saturating_sub(1);
            if let (Some(first), Some(last)) = (places.get(first), places.get(last)) {
                found.push((word, first.start..last.end));
            }
        };
        for hit in self.spelled.find_overlapping_iter(&spelled.text) {
            note(hit.pattern().as_usize(), &spelled, hit.range());
        }
        for hit in self.plain.find_overlapping_iter(&plain.text) {
            let word = hit.pattern().as_usize();
            if typed_without || self.is_plain[word] {
                note(word, &plain, hit.range());
            }
        }
        found
    }
}

/// Syllables with one space before and after each, and where each begins.
struct Line {
    text: String,
    starts: Vec<usize>,
}

impl Line {
    fn of(syllables: impl Iterator<Item = String>) -> Self {
        let mut line = Self { text: String::from(" "), starts: Vec::new() };
        for syllable in syllables {
            line.starts.push(line.text.len());
            line.text.push_str(&syllable);
            line.text.push(' ');
        }
        line
    }
}

/// Where the syllables of a text are: letters, digits and marks on them; everything else separates.
fn syllables(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut characters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let inside = |c: char| c.is_alphanumeric() || is_combining_mark(c);
        let (start, first) = characters.find(|(_, c)| inside(*c))?;
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = characters.next_if(|(_, c)| inside(*c)) {
            end = at + c.len_utf8();
        }
        Some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    fn matcher(words: &[&str]) -> Matcher {
        Matcher::new(words.iter().map(|word| Word::parse(word).unwrap())).unwrap()
    }

    #[test]
    fn a_word_is_found_whatever_its_capitals_form_and_place_of_the_tone() {
        let list = matcher(&["bị đánh", "đe dọa"]);
        assert_eq!(list.find("Con tôi BỊ  ĐÁNH, rồi bị đe doạ."), ["bị đánh", "đe dọa"]);
        assert_eq!(list.find(&"con bị đánh".nfd().collect::<String>()), ["bị đánh"]);
    }

    #[test]
    fn only_whole_syllables_count() {
        let list = matcher(&["tát", "die", "abuse"]);
        assert!(list.find("cô giáo tátx, diễn văn, audience, diet, disabuse").is_empty());
        assert_eq!(list.find("cô tát."), ["tát"]);
    }

    #[test]
    fn diacritics_count_unless_the_text_has_none() {
        let list = matcher(&["bị đánh", "dao"]);
        assert!(list.find("danh sách bị danh").is_empty());
        assert_eq!(list.find("con toi bi danh hoai"), ["bị đánh"]);
        // written without: every spelling
        assert_eq!(list.find("dạo này"), ["dao"]);
    }

    #[test]
    fn phrases_may_overlap_and_are_marked_as_one() {
        let list = matcher(&["bị đánh", "đánh đập"]);
        let text = "Cháu bị đánh đập nhiều, bị đánh.";
        assert_eq!(list.find(text).len(), 2);
        let marked: Vec<&str> = list.spans(text).into_iter().map(|span| &text[span]).collect();
        assert_eq!(marked, ["bị đánh đập", "bị đánh"]);
    }

    #[test]
    fn the_list_that_comes_with_the_program_has_no_word_twice() {
        let words: Vec<Word> = default_words().collect();
        let keys: BTreeSet<String> = words.iter().map(Word::key).collect();
        assert!((55..=90).contains(&words.len()), "{}", words.len());
        assert_eq!(keys.len(), words.len());
        let list = Matcher::new(words).unwrap();
        for harmless in [
            "Cô giáo nhiệt tình, cơm ngon, con thích đi học.",
            "Đề nghị công khai danh sách các khoản thu, đạo đức tốt.",
            "Con dạo này ngoan hơn, tất cả đều tốt.",
            "tat ca deu tot, danh sach lop ro rang, com ngon",
            "Nhà vệ sinh cần thêm xà phòng, sân trường ít bóng mát.",
        ] {
            assert!(list.find(harmless).is_empty(), "{harmless}: {:?}", list.find(harmless));
        }
    }

    #[test]
    fn a_word_is_two_to_sixty_characters() {
        assert_eq!(Word::parse("  Tự-tử! ").unwrap().as_str(), "tự tử");
        for wrong in ["", "x", "…", &"a".repeat(61)] {
            assert!(Word::parse(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn spans_always_cut_at_characters(text in "(?s).{0,120}") {
            let list = matcher(&["bị đánh", "tát", "die"]);
            for span in list.spans(&text) {
                prop_assert!(text.get(span).is_some());
            }
        }

        #[test]
        fn a_word_between_others_is_found(before in "[a-zđáê ,.]{0,30}", after in "[a-zđáê ,.]{0,30}") {
            let list = matcher(&["đuối nước"]);
            prop_assert_eq!(list.find(&format!("{before} Đuối nước {after}")), ["đuối nước"]);
        }
    }
}
