//! Pieces of one to three syllables, and in how many texts they stand.

use std::collections::HashMap;

use super::corpus::{BREAK, Corpus};

/// The most syllables of a piece.
pub(super) const LONGEST: usize = 3;

/// Up to three words; unused places are breaks.
pub(super) type Gram = [u32; LONGEST];

/// What stands in the map of one spelling of phrases: in how many texts, and which phrase it became.
#[derive(Debug, Default)]
pub(super) struct Level {
    /// Of texts with diacritics, by words.
    pub spelled: HashMap<Gram, u32>,
    /// Of texts without, by letters.
    pub plain: HashMap<Gram, u32>,
}

impl Level {
    fn of(&mut self, is_plain: bool) -> &mut HashMap<Gram, u32> {
        if is_plain { &mut self.plain } else { &mut self.spelled }
    }

    pub fn map(&self, is_plain: bool) -> &HashMap<Gram, u32> {
        if is_plain { &self.plain } else { &self.spelled }
    }
}

/// In how many texts each phrase of this length occurs whose parts were kept.
pub(super) fn counted(corpus: &Corpus, length: usize, below: Option<&Level>) -> Level {
    let mut level = Level::default();
    let mut own: Vec<Gram> = Vec::new();
    for place in 0..corpus.len() {
        let is_plain = corpus.is_typed_without(place);
        let known = below.map(|level| level.map(is_plain));
        own.clear();
        grams(corpus, place, length, |gram| {
            if known.is_none_or(|known| parts(&gram, length).iter().all(|part| known.contains_key(part))) {
                own.push(gram);
            }
        });
        own.sort_unstable();
        own.dedup();
        let map = level.of(is_plain);
        own.iter().for_each(|gram| *map.entry(*gram).or_default() += 1);
    }
    level
}

/// A phrase without its last and without its first word.
fn parts(gram: &Gram, length: usize) -> [Gram; 2] {
    let (mut first, mut last) = (*gram, [BREAK; LONGEST]);
    first[length - 1] = BREAK;
    last[..length - 1].copy_from_slice(&gram[1..length]);
    [first, last]
}

/// Calls with each phrase of this length in a text; of a text without diacritics, by letters.
pub(super) fn grams(corpus: &Corpus, place: usize, length: usize, mut found: impl FnMut(Gram)) {
    let is_plain = corpus.is_typed_without(place);
    for window in corpus.text(place).windows(length).filter(|window| !window.contains(&BREAK)) {
        let mut gram = [BREAK; LONGEST];
        gram[..length].copy_from_slice(window);
        found(if is_plain { folded(corpus, &gram) } else { gram });
    }
}

pub(super) fn folded(corpus: &Corpus, gram: &Gram) -> Gram {
    gram.map(|word| corpus.words.get(word as usize).map_or(BREAK, |word| word.fold))
}
