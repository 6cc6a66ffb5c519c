//! The kinds of group of a questionnaire, who is in two groups at once, and which groups are withheld for their sake.

use std::collections::{BTreeMap, BTreeSet};

use super::super::cell::CellKey;
use super::super::group::{CHANNEL, LEVEL, UNIT};
use super::Telling;
use super::told::Told;
use super::world::{Part, World};

/// The kinds of group of a questionnaire, and who is in two of its groups at once.
pub(super) struct Places {
    /// `unit`, `level`, `channel` or the code of a stratum; a kind of one group is none.
    pub(super) kinds: Vec<String>,
    /// Keys of the groups in order, kind by kind.
    pub(super) keys: Vec<Vec<String>>,
    /// Per kind and group, its forms.
    pub(super) sizes: Vec<Vec<u64>>,
    /// The questionnaire's cells of the tallies: which they are, and their group of each kind.
    pub(super) cells: Vec<(usize, Vec<usize>)>,
    /// So many may be told to have answered alike.
    pub(super) enough: u64,
    /// Who is in two groups at once and fewer than `k`.
    pub(super) few: Vec<Few>,
}

/// Few people, and an answer that somebody of them gave.
pub(super) type Pin<'p> = (&'p Few, usize);

/// Two groups, each with its kind.
type Pair = [(usize, usize); 2];

/// Fewer than `k` people.
#[derive(Debug)]
pub(super) struct Few {
    /// Their two groups, each with its kind.
    groups: Pair,
    /// Places of their cells among those of the questionnaire.
    cells: Vec<usize>,
}

/// The group of a kind to which a cell belongs; empty where it has none.
pub(super) fn key_of<'k>(key: &'k CellKey, kind: &str) -> &'k str {
    match kind {
        UNIT => &key.unit,
        LEVEL => &key.level,
        CHANNEL => &key.channel,
        _ => key.strata.iter().find(|(code, _)| code == kind).map_or("", |(_, value)| value),
    }
}

impl Places {
    fn spot(&self, key: &CellKey) -> Vec<usize> {
        let at = |kind: usize| {
            let own = key_of(key, &self.kinds[kind]);
            self.keys[kind].binary_search_by(|key| key.as_str().cmp(own)).unwrap_or_default()
        };
        (0..self.kinds.len()).map(at).collect()
    }

    pub(super) fn add(&mut self, cell: usize, key: &CellKey, n: u64) {
        let at = self.spot(key);
        at.iter().enumerate().for_each(|(kind, &group)| self.sizes[kind][group] += n);
        self.cells.push((cell, at));
    }

    /// Those who are in two groups at once and fewer than `k`.
    pub(super) fn few(&self, n: impl Fn(usize) -> u64, k: u64) -> Vec<Few> {
        let mut both: BTreeMap<Pair, (u64, Vec<usize>)> = BTreeMap::new();
        for (place, (cell, at)) in self.cells.iter().enumerate() {
            for one in 0..at.len() {
                for other in one + 1..at.len() {
                    let (sum, cells) = both.entry([(one, at[one]), (other, at[other])]).or_default();
                    *sum += n(*cell);
                    cells.push(place);
                }
            }
        }
        let small = both.into_iter().filter(|(_, (sum, _))| (1..k).contains(sum));
        small.map(|(groups, (_, cells))| Few { groups, cells }).collect()
    }

    /// Withholds groups of a kind until nothing of the few is pinned; false: all of them would have to be.
    pub(super) fn open_up(
        &self,
        (told, pins): &(&Told, Vec<Pin<'_>>),
        telling: &mut Telling,
        kind: usize,
        until: &[Option<usize>],
        by_four: bool,
    ) -> bool {
        let mut pins = pins.iter().peekable();
        while pins.peek().is_some() {
            let world = World::new(&told.parts, self.classes(told, telling, until), by_four);
            while pins.next_if(|(few, answer)| world.is_open(&few.cells, *answer)).is_some() {}
            if let Some((few, _)) = pins.peek()
                && !self.withhold(telling, kind, few)
            {
                return false;
            }
        }
        true
    }

    /// The answers that few gave, without those that all of a group gave in which that may be told, or all of the whole.
    pub(super) fn pins(&self, told: &Told) -> Vec<Pin<'_>> {
        let sums = told.by_group(self);
        let is_pin = |(few, answer): &(&Few, usize)| {
            let is_told = |n: u64, all: u64| n == all && all >= self.enough;
            let alike =
                |(kind, group): (usize, usize)| is_told(sums[kind][group][*answer], sums[kind][group].iter().sum());
            let whole =
                || is_told(told.now.iter().filter_map(|now| now.get(*answer)).sum(), told.now.iter().flatten().sum());
            few.cells.iter().any(|&cell| told.now[cell].get(*answer).is_some_and(|n| *n > 0))
                && !few.groups.into_iter().any(alike)
                && !whole()
        };
        let all = self.few.iter().flat_map(|few| (0..told.answers).map(move |answer| (few, answer)));
        all.filter(is_pin).collect()
    }

    /// The class of each part in each kind: 0 for all whom nothing published tells apart.
    fn classes(&self, told: &Told, telling: &Telling, until: &[Option<usize>]) -> Vec<Vec<usize>> {
        let class = |part: &Part, kind: usize, group: usize| {
            let was_told = until[kind].is_some_and(|last| part.since <= last);
            let is_told = telling[kind].as_ref().is_some_and(|hidden| !hidden.contains(&group));
            if was_told || is_told { group + 1 } else { 0 }
        };
        let of = |part: &Part| {
            let (_, at) = &self.cells[part.cell];
            at.iter().enumerate().map(|(kind, &group)| class(part, kind, group)).collect()
        };
        told.parts.iter().map(of).collect()
    }

    /// Withholds one more group of a kind, that of the few if it is not yet, and never one alone; false: nothing would be left.
    fn withhold(&self, telling: &mut Telling, kind: usize, few: &Few) -> bool {
        let Some(hidden) = &mut telling[kind] else { return false };
        let mut rest: Vec<usize> = (0..self.keys[kind].len()).filter(|group| !hidden.contains(group)).collect();
        rest.sort_by_key(|&group| (!few.groups.contains(&(kind, group)), self.sizes[kind][group], group));
        let more = if hidden.is_empty() { 2 } else { 1 };
        if rest.len() <= more {
            return false;
        }
        hidden.extend(rest.into_iter().take(more));
        true
    }

    /// Groups as kinds and keys.
    pub(super) fn withheld(&self, telling: &Telling) -> BTreeSet<(String, String)> {
        let mut withheld = BTreeSet::new();
        for (kind, told) in telling.iter().enumerate() {
            let hides = |group: &usize| told.as_ref().is_none_or(|hidden| hidden.contains(group));
            let groups = (0..self.keys[kind].len()).filter(hides);
            withheld.extend(groups.map(|group| (self.kinds[kind].clone(), self.keys[kind][group].clone())));
        }
        withheld
    }
}
