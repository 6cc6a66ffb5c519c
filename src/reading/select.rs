//! What a reader asked for, and what that is split by.

use std::collections::{BTreeMap, HashSet};

use super::Reading;
use super::texts::Answer;
use crate::analysis::text::{KeyPhrase, Query};
use crate::store::themes::Theme;
use crate::survey::opinion::{OpinionKind, Satisfaction};
use crate::survey::text::Lang;

/// Which themes answers have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// This one.
    Theme(Theme),
    /// None.
    Nothing,
}

/// What a reader asked for; what is none chooses nothing.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// The question's code.
    pub question: Option<String>,
    /// These units.
    pub units: Option<HashSet<i64>>,
    /// The level's code.
    pub level: Option<String>,
    /// The language of the form.
    pub lang: Option<Lang>,
    /// How content the form is; `Some(None)`: it does not say.
    pub satisfaction: Option<Option<Satisfaction>>,
    /// Which kind of message it is.
    pub kind: Option<OpinionKind>,
    /// What it is about.
    pub about: Option<About>,
    /// What it says.
    pub query: Option<Query>,
}

/// By what answers are counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Split {
    /// How content the form is.
    Satisfaction,
    /// Which kind of message it is.
    Kind,
    /// The level.
    Level,
    /// The language of the form.
    Lang,
    /// The unit.
    Unit,
}

/// What a reader gets, as places of answers.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// With the diacritics that were searched for first; otherwise in the order of random ids.
    pub places: Vec<usize>,
    /// How many have these diacritics.
    pub exact: usize,
    /// All others.
    pub rest: Vec<usize>,
    /// What was asked for as well, of excluded forms: it counts nowhere.
    pub out: Vec<usize>,
}

impl Reading {
    /// The places of all answers that count.
    pub fn counted(&self) -> Vec<usize> {
        (0..self.texts.answers.len()).filter(|place| !self.out.has(*place)).collect()
    }

    /// The answers that a reader asked for.
    pub fn find(&self, filter: &Filter) -> Found {
        let query = filter.query.as_ref().map(|query| query.compile(&self.texts.corpus));
        let (mut exact, mut other, mut rest, mut out) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (place, answer) in self.texts.answers.iter().enumerate() {
            let said = match &query {
                _ if !self.takes(filter, place, answer) => None,
                None => Some(true),
                Some(query) => query.finds(&self.texts.corpus, place),
            };
            match said {
                Some(_) if self.out.has(place) => out.push(place),
                None if self.out.has(place) => {}
                Some(true) => exact.push(place),
                Some(false) => other.push(place),
                None => rest.push(place),
            }
        }
        let count = exact.len();
        exact.append(&mut other);
        Found { places: exact, exact: count, rest, out }
    }

    fn takes(&self, filter: &Filter, place: usize, answer: &Answer) -> bool {
        let question = || self.texts.questions.get(usize::from(answer.question));
        let is_about = |about: &About| match about {
            About::Theme(theme) => self.marks.has(place, theme),
            About::Nothing => self.marks.is_bare(place),
        };
        filter.units.as_ref().is_none_or(|units| units.contains(&answer.unit))
            && filter.question.as_ref().is_none_or(|code| Some(code) == question())
            && filter.level.as_deref().is_none_or(|level| level == self.texts.level(answer))
            && filter.lang.is_none_or(|lang| lang == answer.lang)
            && filter.satisfaction.is_none_or(|class| class == answer.satisfaction)
            && filter.kind.is_none_or(|kind| Some(kind) == answer.kind)
            && filter.about.as_ref().is_none_or(is_about)
    }

    /// The phrases that mark what was found; where everything was found, the most frequent ones.
    pub fn key_phrases(&self, found: &Found, most: usize) -> Vec<KeyPhrase> {
        self.texts.phrases.key(&self.texts.corpus, &found.places, &found.rest, most)
    }

    /// In which part an answer is counted, by its code; empty: the form does not say.
    pub fn part(&self, split: Split, answer: &Answer) -> String {
        match split {
            Split::Satisfaction => answer.satisfaction.map_or_else(String::new, |class| class.code().to_owned()),
            Split::Kind => answer.kind.map_or_else(String::new, |kind| kind.code().to_owned()),
            Split::Level => self.texts.level(answer).to_owned(),
            Split::Lang => answer.lang.code().to_owned(),
            Split::Unit => answer.unit.to_string(),
        }
    }

    /// How many of these answers fall in each part, by its code.
    pub fn bases(&self, places: &[usize], split: Split) -> BTreeMap<String, u64> {
        let mut bases = BTreeMap::new();
        for answer in places.iter().filter_map(|place| self.texts.answers.get(*place)) {
            *bases.entry(self.part(split, answer)).or_default() += 1;
        }
        bases
    }

    /// Those of these answers that have a theme.
    pub fn with_theme(&self, places: &[usize], theme: &Theme) -> Vec<usize> {
        places.iter().copied().filter(|place| self.marks.has(*place, theme)).collect()
    }
}
