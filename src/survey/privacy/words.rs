//! The words of a text, and what stands between them.

use std::ops::Range;

use crate::vietnamese::fold;

/// A run of letters and digits.
pub(super) struct Word<'a> {
    pub text: &'a str,
    pub at: Range<usize>,
    /// In small letters.
    pub lower: String,
    /// In small letters without diacritics.
    pub folded: String,
    /// Whether nothing but spaces stands between it and the word before it.
    pub follows: bool,
}

impl Word<'_> {
    pub fn is_capitalised(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    pub fn is_capitals(&self) -> bool {
        self.text.chars().all(char::is_uppercase) && self.text.chars().count() > 1
    }
}

/// The words of a text, in order; masks are none.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let masks = super::masks(text);
    let (mut found, mut end): (Vec<Word<'_>>, usize) = (Vec::new(), 0);
    let mut rest = text.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        if !first.is_alphanumeric() || masks.iter().any(|mask| mask.contains(&start)) {
            continue;
        }
        let mut stop = start + first.len_utf8();
        while let Some((at, c)) = rest.next_if(|(_, c)| c.is_alphanumeric()) {
            stop = at + c.len_utf8();
        }
        let word = &text[start..stop];
        found.push(Word {
            text: word,
            lower: word.to_lowercase(),
            folded: fold(word),
            follows: end > 0 && text[end..start].chars().all(|c| c == ' '),
            at: start..stop,
        });
        end = stop;
    }
    found
}
