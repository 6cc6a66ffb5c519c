//! Many texts as numbers of their syllables: what is counted and searched again and again is compared as numbers.

use std::collections::HashMap;

use super::token::tokens;
use crate::vietnamese::{fold, syllable};

/// Stands where a phrase ends.
pub(super) const BREAK: u32 = 0;

/// A syllable in one spelling; capitals, normal form and the place of the tone do not count.
#[derive(Debug)]
pub(super) struct Word {
    /// As texts with diacritics are compared.
    pub exact: Box<str>,
    /// Without diacritics.
    pub folded: Box<str>,
    /// The word that stands for all with these letters: the one without diacritics, if anybody wrote it.
    pub fold: u32,
    /// As people write it most often.
    pub shown: Box<str>,
}

/// Texts, in the order in which they came.
#[derive(Debug)]
pub struct Corpus {
    pub(super) words: Vec<Word>,
    tokens: Vec<u32>,
    starts: Vec<usize>,
    typed_without: Vec<bool>,
}

impl Corpus {
    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.typed_without.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.typed_without.is_empty()
    }

    /// The syllables of a text.
    pub(super) fn text(&self, place: usize) -> &[u32] {
        match (self.starts.get(place), self.starts.get(place + 1)) {
            (Some(start), Some(end)) => self.tokens.get(*start..*end).unwrap_or_default(),
            _ => &[],
        }
    }

    /// Whether a text has no diacritics at all: many people type without.
    pub(super) fn is_typed_without(&self, place: usize) -> bool {
        self.typed_without.get(place).copied().unwrap_or(false)
    }
}

/// Puts a corpus together.
#[derive(Debug, Default)]
pub struct Builder {
    words: Vec<(Box<str>, Box<str>)>,
    /// Every spelling that occurred, its word, and how often.
    spellings: HashMap<Box<str>, (u32, u32)>,
    by_exact: HashMap<Box<str>, u32>,
    by_folded: HashMap<Box<str>, u32>,
    tokens: Vec<u32>,
    starts: Vec<usize>,
    typed_without: Vec<bool>,
}

impl Builder {
    /// Adds a text.
    pub fn push(&mut self, text: &str) {
        self.starts.push(self.tokens.len());
        let mut plain = true;
        for token in tokens(text) {
            if token.begins {
                self.tokens.push(BREAK);
            }
            let word = self.word(&text[token.at]);
            plain &= self.words.get(word as usize - 1).is_some_and(|(exact, folded)| exact == folded);
            self.tokens.push(word);
        }
        self.typed_without.push(plain);
    }

    fn word(&mut self, spelling: &str) -> u32 {
        if let Some((word, count)) = self.spellings.get_mut(spelling) {
            *count += 1;
            return *word;
        }
        let exact: Box<str> = syllable(spelling).into();
        let word = match self.by_exact.get(&exact) {
            Some(word) => *word,
            None => self.new_word(exact, fold(spelling).into()),
        };
        self.spellings.insert(spelling.into(), (word, 1));
        word
    }

    fn new_word(&mut self, exact: Box<str>, folded: Box<str>) -> u32 {
        // more syllables than fit into 32 bits are more texts than fit into any memory
        let word = u32::try_from(self.words.len() + 1).unwrap_or(u32::MAX);
        if exact == folded {
            self.by_folded.insert(folded.clone(), word);
        } else {
            self.by_folded.entry(folded.clone()).or_insert(word);
        }
        self.by_exact.insert(exact.clone(), word);
        self.words.push((exact, folded));
        word
    }

    /// All texts that were added.
    pub fn finish(mut self) -> Corpus {
        self.starts.push(self.tokens.len());
        let mut shown: Vec<(u32, Box<str>)> = vec![Default::default(); self.words.len() + 1];
        for (spelling, (word, count)) in self.spellings {
            let best = &mut shown[word as usize];
            // of two that are equally frequent the same one every time
            if (count, &best.1) > (best.0, &spelling) || best.0 == 0 {
                *best = (count, spelling);
            }
        }
        let none = Word { exact: Box::default(), folded: Box::default(), fold: BREAK, shown: Box::default() };
        let words = self.words.into_iter().zip(shown.into_iter().skip(1));
        let words = words.map(|((exact, folded), (_, shown))| {
            let fold = self.by_folded.get(&folded).copied().unwrap_or(BREAK);
            Word { exact, folded, fold, shown }
        });
        self.tokens.shrink_to_fit();
        Corpus {
            words: std::iter::once(none).chain(words).collect(),
            tokens: self.tokens,
            starts: self.starts,
            typed_without: self.typed_without,
        }
    }
}
