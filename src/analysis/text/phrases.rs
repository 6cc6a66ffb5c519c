//! Phrases of one to three syllables, and which of them mark a selection of texts.
//!
//! **What counts as the same phrase.** Capitals and the place of a tone never matter; diacritics do, because `má` and `mà` are
//! different words. A text without any diacritics counts for the spelling that is most frequent in texts that have them:
//! `hoc phi` is counted as `học phí`.
//!
//! **What is counted** is texts, not occurrences: somebody who writes a word ten times is still one.
//!
//! **What is shown** is the whole phrase: one that is nearly always (in nine of ten texts) a piece of a longer one is the longer.
//!
//! **What marks a selection** is the log-likelihood ratio `G² = 2·Σ O·ln(O/E)` over the four cells with/without the phrase ×
//! inside/outside the selection, with `E = row·column/all` (T. Dunning, “Accurate methods for the statistics of surprise and
//! coincidence”, Computational Linguistics 19, 1993). It is trusted with small counts, where chi-square is not.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::corpus::{BREAK, Corpus};
use super::grams::{Gram, LONGEST, Level, counted, folded, grams};
use super::whole::{self, nearly};

/// In fewer texts than this a phrase is a coincidence, and may be somebody's own.
const LEAST: u32 = 3;
/// In large corpora a phrase has to occur in one of so many texts.
const RAREST: usize = 20_000;
/// From here on a difference is no accident: 0.1 % of chi-square with one degree of freedom, because thousands of phrases are
/// compared at once.
const SURPRISING: f64 = 10.828;
/// So many times more phrases are looked at than are shown, because many are pieces of others.
const LOOKED_AT: usize = 12;

const LIST: &str = include_str!("stop-syllables.txt");

static STOP: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let words = LIST.lines().filter(|line| !line.starts_with('#'));
    words.map(crate::vietnamese::syllable).filter(|word| !word.is_empty()).collect()
});

/// The phrases of a corpus, and which texts have them.
#[derive(Debug, Default)]
pub struct Phrases {
    grams: Vec<Gram>,
    /// In how many texts each occurs.
    counts: Vec<u32>,
    of_text: Vec<u32>,
    starts: Vec<usize>,
}

/// A phrase of a selection.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyPhrase {
    /// As people write it most often.
    pub text: String,
    /// Texts of the selection that have it.
    pub inside: u64,
    /// Other texts that have it.
    pub outside: u64,
    /// How surprising that is; none where there is nothing to compare with.
    pub surprise: Option<f64>,
}

/// `G²` of a phrase that `a` of `n` texts inside have and `b` of `m` outside; zero where there is nothing to compare.
pub fn log_likelihood(a: u64, n: u64, b: u64, m: u64) -> f64 {
    let (with, all) = (a + b, n + m);
    let term = |observed: u64, row: u64, column: u64| match observed {
        0 => 0.0,
        observed => {
            let expected = row as f64 * column as f64 / all as f64;
            observed as f64 * (observed as f64 / expected).ln()
        }
    };
    let without = all.saturating_sub(with);
    let cells = term(a, n, with) + term(b, m, with);
    2.0 * (cells + term(n.saturating_sub(a), n, without) + term(m.saturating_sub(b), m, without))
}

impl Phrases {
    /// All phrases of a corpus that are frequent enough. Level by level: a phrase can be no more frequent than its parts, so
    /// only those of frequent parts are counted.
    pub fn of(corpus: &Corpus) -> Self {
        let least = LEAST.max(u32::try_from(corpus.len() / RAREST).unwrap_or(u32::MAX));
        let mut phrases = Self::default();
        let mut levels: Vec<Level> = Vec::new();
        for length in 1..=LONGEST {
            let counted = counted(corpus, length, levels.last());
            levels.push(phrases.keep(corpus, counted, least));
        }
        phrases.list(corpus, &levels);
        phrases
    }

    /// Gives numbers to the phrases that are frequent enough; what was written without diacritics is the most frequent
    /// phrase of the same letters, if there is one.
    fn keep(&mut self, corpus: &Corpus, counted: Level, least: u32) -> Level {
        let mut best: HashMap<Gram, (u32, Gram)> = HashMap::new();
        for (gram, count) in &counted.spelled {
            let place = best.entry(folded(corpus, gram)).or_default();
            *place = (*place).max((*count, *gram));
        }
        let mut sums = counted.spelled;
        let mut meant: Vec<(Gram, Gram)> = Vec::with_capacity(counted.plain.len());
        for (plain, count) in counted.plain {
            let gram = best.get(&plain).map_or(plain, |(_, gram)| *gram);
            *sums.entry(gram).or_default() += count;
            meant.push((plain, gram));
        }
        let mut kept: Vec<(Gram, u32)> = sums.into_iter().filter(|(_, count)| *count >= least).collect();
        // the same numbers every time, whatever the order of the map
        kept.sort_unstable();
        let mut level = Level::default();
        for (gram, count) in kept {
            let number = u32::try_from(self.grams.len()).unwrap_or(u32::MAX);
            level.spelled.insert(gram, number);
            self.grams.push(gram);
            self.counts.push(count);
        }
        let known = meant.into_iter().filter_map(|(plain, gram)| Some((plain, *level.spelled.get(&gram)?)));
        level.plain = known.collect();
        level
    }

    /// Notes which texts have which phrases; only those that can be shown.
    fn list(&mut self, corpus: &Corpus, levels: &[Level]) {
        let is_shown: Vec<bool> = self.grams.iter().map(|gram| says_something(corpus, gram)).collect();
        let mut own = Vec::new();
        for place in 0..corpus.len() {
            self.starts.push(self.of_text.len());
            own.clear();
            for (length, level) in (1..).zip(levels) {
                let map = level.map(corpus.is_typed_without(place));
                grams(corpus, place, length, |gram| own.extend(map.get(&gram)));
            }
            own.retain(|phrase: &u32| is_shown.get(*phrase as usize).copied().unwrap_or(false));
            own.sort_unstable();
            own.dedup();
            self.of_text.extend_from_slice(&own);
        }
        self.starts.push(self.of_text.len());
    }

    fn of_text(&self, place: usize) -> &[u32] {
        match (self.starts.get(place), self.starts.get(place + 1)) {
            (Some(start), Some(end)) => self.of_text.get(*start..*end).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The phrases that mark the texts at these places against `rest`, which must not contain them; without a rest, the most
    /// frequent ones. At most so many.
    pub fn key(&self, corpus: &Corpus, selected: &[usize], rest: &[usize], most: usize) -> Vec<KeyPhrase> {
        let (inside, outside) = (self.count(selected), self.count(rest));
        let (n, m) = (selected.len() as u64, rest.len() as u64);
        let mut found: Vec<(f64, u64, usize)> = Vec::new();
        for (phrase, a) in inside.iter().enumerate().filter(|(_, a)| **a >= u64::from(LEAST)) {
            let b = outside.get(phrase).copied().unwrap_or(0);
            let is_more = u128::from(*a) * u128::from(m) > u128::from(b) * u128::from(n);
            let surprise = if m == 0 { *a as f64 } else { log_likelihood(*a, n, b, m) };
            if m == 0 || (is_more && surprise >= SURPRISING) {
                found.push((surprise, *a, phrase));
            }
        }
        found.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.2.cmp(&other.2)));
        found.truncate(most * LOOKED_AT);
        let pieces: Vec<usize> = found.iter().map(|(_, _, phrase)| *phrase).collect();
        let (having, lacking) = (self.having(&pieces, selected), self.having(&pieces, rest));
        let mut chosen: Vec<(Vec<u32>, KeyPhrase)> = Vec::new();
        for (((_, a, phrase), inside), outside) in found.iter().zip(&having).zip(&lacking) {
            let is_said = |words: &[u32], a: u64| {
                chosen.iter().any(|(known, one)| contains(known, words) && nearly(one.inside, a))
            };
            if is_said(self.words(*phrase), *a) {
                continue;
            }
            let words = self.whole(corpus, *phrase, inside);
            let (a, b) = (whole::count(corpus, &words, inside), whole::count(corpus, &words, outside));
            if is_said(&words, a) {
                continue;
            }
            chosen.retain(|(known, one)| !(contains(&words, known) && nearly(one.inside, a)));
            let surprise = (m > 0).then(|| log_likelihood(a, n, b, m));
            chosen.push((words.clone(), KeyPhrase { text: shown(corpus, &words), inside: a, outside: b, surprise }));
        }
        chosen.truncate(most);
        chosen.into_iter().map(|(_, phrase)| phrase).collect()
    }

    /// The whole of which a phrase is nearly always a piece in these texts, which have it.
    fn whole(&self, corpus: &Corpus, phrase: usize, places: &[usize]) -> Vec<u32> {
        let words = self.words(phrase);
        let whole = whole::extended(corpus, words, places, |word| is_stop(corpus, word));
        // what a sample said holds for all
        let holds = nearly(whole::count(corpus, &whole, places), places.len() as u64);
        if holds { whole } else { words.to_vec() }
    }

    /// For each of these phrases those of these texts that have it.
    fn having(&self, phrases: &[usize], places: &[usize]) -> Vec<Vec<usize>> {
        let numbers: HashMap<usize, usize> = phrases.iter().copied().zip(0..).collect();
        let mut having = vec![Vec::new(); phrases.len()];
        for place in places {
            let own = self.of_text(*place).iter().filter_map(|phrase| numbers.get(&(*phrase as usize)));
            own.for_each(|number| having[*number].push(*place));
        }
        having
    }

    fn count(&self, places: &[usize]) -> Vec<u64> {
        let mut counts = vec![0; self.grams.len()];
        for phrase in places.iter().flat_map(|place| self.of_text(*place)) {
            if let Some(count) = counts.get_mut(*phrase as usize) {
                *count += 1;
            }
        }
        counts
    }

    fn words(&self, phrase: usize) -> &[u32] {
        let gram = self.grams.get(phrase).map_or(&[][..], |gram| &gram[..]);
        gram.split(|word| *word == BREAK).next().unwrap_or_default()
    }
}

/// As people write it most often.
fn shown(corpus: &Corpus, words: &[u32]) -> String {
    let words = words.iter().filter_map(|word| corpus.words.get(*word as usize));
    words.map(|word| &*word.shown).collect::<Vec<_>>().join(" ")
}

fn is_stop(corpus: &Corpus, word: u32) -> bool {
    corpus.words.get(word as usize).is_none_or(|word| STOP.contains(&*word.exact))
}

/// Whether a phrase is worth reading: its ends are no stop-syllables, and it is not only numbers.
fn says_something(corpus: &Corpus, gram: &Gram) -> bool {
    let words: Vec<&str> = gram
        .iter()
        .filter(|word| **word != BREAK)
        .filter_map(|word| Some(&*corpus.words.get(*word as usize)?.exact))
        .collect();
    let is_stop = |word: Option<&&str>| word.is_none_or(|word| STOP.contains(*word));
    let has_letters = words.iter().any(|word| word.chars().any(char::is_alphabetic));
    has_letters && !is_stop(words.first()) && !is_stop(words.last())
}

fn contains(whole: &[u32], part: &[u32]) -> bool {
    whole.windows(part.len().max(1)).any(|window| window == part)
}
