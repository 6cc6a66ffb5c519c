//! Searching, and rules by which a theme takes texts.
//!
//! A search looks past diacritics and puts first what has the same. A rule takes diacritics at their word, as the words of
//! danger do: what is written with them matches the same, and their absence in a text that has none at all; what is written
//! without matches every spelling.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::corpus::Corpus;
use super::token::tokens;
use crate::vietnamese::{fold, nfc, syllable};

/// More is no search any more.
const MOST_TERMS: usize = 12;
/// The longest phrase.
const MOST_SYLLABLES: usize = 12;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Syllable {
    exact: String,
    folded: String,
    /// Whether more letters may follow: it was written with a star.
    is_prefix: bool,
}

impl Syllable {
    fn is(&self, exact: &str) -> bool {
        if self.is_prefix { exact.starts_with(&self.exact) } else { exact == self.exact }
    }

    fn sounds_like(&self, folded: &str) -> bool {
        if self.is_prefix { folded.starts_with(&self.folded) } else { folded == self.folded }
    }
}

/// Syllables that stand next to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    syllables: Vec<Syllable>,
    shown: String,
}

impl Term {
    /// Reads what somebody typed; none where there is nothing to look for. A star behind a syllable means that it goes on.
    pub fn parse(typed: &str) -> Option<Self> {
        let typed = nfc(typed);
        let syllables: Vec<Syllable> = tokens(&typed)
            .into_iter()
            .take(MOST_SYLLABLES)
            .map(|token| Syllable {
                exact: syllable(&typed[token.at.clone()]),
                folded: fold(&typed[token.at.clone()]),
                is_prefix: typed[token.at.end..].starts_with('*'),
            })
            .collect();
        let shown = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        (!syllables.is_empty()).then_some(Self { syllables, shown })
    }

    /// As it was typed.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Whether it was written without diacritics.
    fn is_plain(&self) -> bool {
        self.syllables.iter().all(|syllable| syllable.exact == syllable.folded)
    }

    fn spans(&self, text: &str, places: &[Range<usize>]) -> Vec<Range<usize>> {
        let hits = places.windows(self.syllables.len()).filter(|window| {
            let mut pairs = window.iter().zip(&self.syllables);
            pairs.all(|(at, syllable)| syllable.sounds_like(&fold(&text[at.clone()])))
        });
        hits.filter_map(|window| Some(window.first()?.start..window.last()?.end)).collect()
    }

    fn compile(&self, corpus: &Corpus, matches: impl Fn(&Syllable, &str, &str) -> bool) -> Vec<Vec<bool>> {
        let words = |syllable| corpus.words.iter().map(|word| matches(syllable, &word.exact, &word.folded)).collect();
        self.syllables.iter().map(words).collect()
    }
}

/// Whether syllables out of these sets stand next to each other in a text.
fn stands_in(sets: &[Vec<bool>], text: &[u32]) -> bool {
    let is_in = |(word, set): (&u32, &Vec<bool>)| set.get(*word as usize).copied().unwrap_or(false);
    text.windows(sets.len().max(1)).any(|window| window.iter().zip(sets).all(is_in))
}

/// What is searched for: every term has to occur. Words in quotation marks stand next to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    terms: Vec<Term>,
}

impl Query {
    /// Reads what somebody typed; none where there is nothing to look for.
    pub fn parse(typed: &str) -> Option<Self> {
        let mut terms = Vec::new();
        // every second piece stands between quotation marks; one that is not closed ends with the text
        for (place, piece) in typed.split(['"', '“', '”']).enumerate() {
            match place % 2 {
                1 => terms.extend(Term::parse(piece)),
                _ => terms.extend(piece.split_whitespace().filter_map(Term::parse)),
            }
        }
        terms.truncate(MOST_TERMS);
        (!terms.is_empty()).then_some(Self { terms })
    }

    /// The same for the texts of a corpus.
    pub fn compile(&self, corpus: &Corpus) -> Compiled {
        let loose = |syllable: &Syllable, _: &str, folded: &str| syllable.sounds_like(folded);
        let strict = |syllable: &Syllable, exact: &str, _: &str| syllable.is(exact);
        Compiled {
            loose: self.terms.iter().map(|term| term.compile(corpus, loose)).collect(),
            strict: self.terms.iter().map(|term| term.compile(corpus, strict)).collect(),
            is_plain: self.terms.iter().all(Term::is_plain),
        }
    }

    /// Where its terms stand in a text, in order and without overlaps.
    pub fn spans(&self, text: &str) -> Vec<Range<usize>> {
        let places: Vec<Range<usize>> = tokens(text).into_iter().map(|token| token.at).collect();
        let mut spans: Vec<_> = self.terms.iter().flat_map(|term| term.spans(text, &places)).collect();
        spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        let mut end = 0;
        spans.retain(|span| {
            let is_free = span.start >= end;
            end = if is_free { span.end } else { end };
            is_free
        });
        spans
    }
}

/// A query for the texts of one corpus.
#[derive(Debug)]
pub struct Compiled {
    loose: Vec<Vec<Vec<bool>>>,
    strict: Vec<Vec<Vec<bool>>>,
    is_plain: bool,
}

impl Compiled {
    /// Whether a text has all terms; then, whether with the same diacritics. Who typed none cannot have meant any.
    pub fn finds(&self, corpus: &Corpus, place: usize) -> Option<bool> {
        let text = corpus.text(place);
        let all = |terms: &[Vec<Vec<bool>>]| terms.iter().all(|term| stands_in(term, text));
        all(&self.loose).then(|| self.is_plain || all(&self.strict))
    }
}

/// A rule by which a theme takes texts: words and phrases as they were typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// One of these has to occur, if there are any.
    pub any: Vec<String>,
    /// All of these have to occur.
    pub all: Vec<String>,
    /// None of these may occur.
    pub none: Vec<String>,
}

impl Rule {
    /// Reads three fields, in which phrases stand on lines of their own or behind commas; none where nothing has to occur,
    /// because such a rule would take nearly everything.
    pub fn parse(any: &str, all: &str, none: &str) -> Option<Self> {
        let list = |typed: &str| {
            let pieces = typed.split(['\n', ',', ';']).filter_map(Term::parse);
            pieces.map(|term| term.shown).take(MOST_PHRASES).collect::<Vec<_>>()
        };
        let rule = Self { any: list(any), all: list(all), none: list(none) };
        (!rule.any.is_empty() || !rule.all.is_empty()).then_some(rule)
    }

    /// The same for the texts of a corpus.
    pub fn compile(&self, corpus: &Corpus) -> CompiledRule {
        let all = |list: &[String]| {
            let terms = list.iter().filter_map(|typed| Term::parse(typed));
            terms.map(|term| Careful::of(&term, corpus)).collect()
        };
        CompiledRule { any: all(&self.any), all: all(&self.all), none: all(&self.none) }
    }
}

/// Phrases in one field of a rule.
const MOST_PHRASES: usize = 60;

/// A term that takes diacritics at their word.
#[derive(Debug)]
struct Careful {
    loose: Vec<Vec<bool>>,
    strict: Vec<Vec<bool>>,
    is_plain: bool,
}

impl Careful {
    fn of(term: &Term, corpus: &Corpus) -> Self {
        Self {
            loose: term.compile(corpus, |syllable, _, folded| syllable.sounds_like(folded)),
            strict: term.compile(corpus, |syllable, exact, _| syllable.is(exact)),
            is_plain: term.is_plain(),
        }
    }

    fn occurs(&self, corpus: &Corpus, place: usize) -> bool {
        let may_differ = self.is_plain || corpus.is_typed_without(place);
        stands_in(if may_differ { &self.loose } else { &self.strict }, corpus.text(place))
    }
}

/// A rule for the texts of one corpus.
#[derive(Debug)]
pub struct CompiledRule {
    any: Vec<Careful>,
    all: Vec<Careful>,
    none: Vec<Careful>,
}

impl CompiledRule {
    /// Whether it takes a text.
    pub fn takes(&self, corpus: &Corpus, place: usize) -> bool {
        let occurs = |term: &Careful| term.occurs(corpus, place);
        (self.any.is_empty() || self.any.iter().any(occurs))
            && self.all.iter().all(occurs)
            && !self.none.iter().any(occurs)
    }
}
