//! Phrases as far as people nearly always go on with them: `lời thắc` is a piece of `trả lời thắc mắc`, and says nothing.

use std::collections::HashMap;

use super::corpus::{BREAK, Corpus};

/// A phrase goes on with a word that stands there in so many of its texts: nine of ten.
const NEARLY_ALWAYS: (usize, usize) = (9, 10);
/// Longer phrases are sentences that people copied.
const LONGEST: usize = 14;
/// So many texts tell how a phrase goes on. Ids are random, so the first so many are a fair sample.
const ENOUGH: usize = 400;
/// Words that join and say little alone, but complete the word before them.
const COMPLETING: &[&str] = &["lại", "ra", "vào", "lên", "xuống", "được", "thể"];

/// Whether one number is nearly as great as the other.
pub(super) fn nearly(a: u64, b: u64) -> bool {
    let (part, whole) = NEARLY_ALWAYS;
    a.min(b) * whole as u64 >= a.max(b) * part as u64
}

/// How many of these texts have a phrase.
pub(super) fn count(corpus: &Corpus, words: &[u32], places: &[usize]) -> u64 {
    places.iter().filter(|place| starts(corpus, **place, words).next().is_some()).count() as u64
}

/// A phrase with what nearly always stands beside it in these texts, which all have it. What is only a stop-syllable at an end
/// is not taken along.
pub(super) fn extended(corpus: &Corpus, words: &[u32], places: &[usize], is_stop: impl Fn(u32) -> bool) -> Vec<u32> {
    let places = places.get(..ENOUGH).unwrap_or(places);
    let (part, all) = NEARLY_ALWAYS;
    let mut whole = words.to_vec();
    let mut before = 0;
    while whole.len() < LONGEST {
        let beside = |side| neighbour(corpus, &whole, places, side).filter(|(_, n)| n * all >= places.len() * part);
        match (beside(Side::After), beside(Side::Before)) {
            (Some((word, _)), _) => whole.push(word),
            (None, Some((word, _))) => {
                whole.insert(0, word);
                before += 1;
            }
            (None, None) => break,
        }
    }
    let ends = |word: u32| !is_stop(word) || completes(corpus, word);
    let after = whole.iter().skip(before + words.len()).copied().collect::<Vec<_>>();
    let kept = after.iter().rposition(|word| ends(*word)).map_or(0, |last| last + 1);
    let first = whole.iter().take(before).position(|word| !is_stop(*word)).unwrap_or(before);
    whole.truncate(before + words.len() + kept);
    whole.split_off(first)
}

fn completes(corpus: &Corpus, word: u32) -> bool {
    corpus.words.get(word as usize).is_some_and(|word| COMPLETING.contains(&&*word.exact))
}

/// Where a neighbour stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// The word that stands beside a phrase in most of these texts, and in how many; texts without diacritics count for what they may
/// mean.
fn neighbour(corpus: &Corpus, words: &[u32], places: &[usize], side: Side) -> Option<(u32, usize)> {
    let (mut spelled, mut plain) = (HashMap::<u32, usize>::new(), HashMap::<u32, usize>::new());
    for place in places {
        let text = corpus.text(*place);
        let beside = |start: usize| match side {
            Side::Before => text.get(start.checked_sub(1)?).copied(),
            Side::After => text.get(start + words.len()).copied(),
        };
        let mut own: Vec<u32> =
            starts(corpus, *place, words).filter_map(beside).filter(|word| *word != BREAK).collect();
        own.sort_unstable();
        own.dedup();
        let sums = if corpus.is_typed_without(*place) { &mut plain } else { &mut spelled };
        own.into_iter().for_each(|word| *sums.entry(word).or_default() += 1);
    }
    let meant = |word: u32| plain.get(&fold(corpus, word)).copied().unwrap_or(0);
    let with = spelled.iter().map(|(word, n)| (*word, n + meant(*word)));
    // the same word every time, whatever the order of the map
    with.chain(plain.iter().map(|(word, n)| (*word, *n))).max_by_key(|(word, n)| (*n, std::cmp::Reverse(*word)))
}

fn fold(corpus: &Corpus, word: u32) -> u32 {
    corpus.words.get(word as usize).map_or(BREAK, |word| word.fold)
}

/// Where a phrase begins in a text; of a text without diacritics, by letters.
fn starts<'a>(corpus: &'a Corpus, place: usize, words: &'a [u32]) -> impl Iterator<Item = usize> + 'a {
    let is_plain = corpus.is_typed_without(place);
    let same = move |a: u32, b: u32| if is_plain { fold(corpus, a) == fold(corpus, b) } else { a == b };
    let windows = corpus.text(place).windows(words.len().max(1)).enumerate();
    windows
        .filter(move |(_, window)| !window.contains(&BREAK) && window.iter().zip(words).all(|(a, b)| same(*a, *b)))
        .map(|(start, _)| start)
}
