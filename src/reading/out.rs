//! Answers of forms that count in no figure.

use std::collections::BTreeMap;

use super::texts::Texts;
use crate::store::{Store, StoreError, open_answers};
use crate::survey::exclusion::Rule;

/// The answers of excluded forms at one moment: they keep their themes and are in no count, no key phrase and no file.
#[derive(Debug, Default)]
pub struct LeftOut {
    /// By what, by the places of the answers.
    rules: BTreeMap<usize, Vec<Rule>>,
    /// What exclusions there were: made, and taken back.
    pub(super) revision: (i64, i64),
}

impl LeftOut {
    pub(super) fn read(store: &Store, round_id: i64, texts: &Texts, revision: (i64, i64)) -> Result<Self, StoreError> {
        let mut rules = BTreeMap::<usize, Vec<Rule>>::new();
        for (id, rule) in store.read_now(|db| open_answers::left_out(db, round_id))? {
            if let Some(place) = texts.place(id) {
                rules.entry(place).or_default().push(rule);
            }
        }
        Ok(Self { rules, revision })
    }

    /// Whether the form of an answer is excluded.
    pub fn has(&self, place: usize) -> bool {
        self.rules.contains_key(&place)
    }

    /// The rules that exclude the form of an answer.
    pub fn rules(&self, place: usize) -> &[Rule] {
        self.rules.get(&place).map_or(&[], Vec::as_slice)
    }

    /// How many answers are left out.
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// How many answers each rule leaves out; one that several leave out counts for each.
    pub fn by_rule(&self) -> BTreeMap<Rule, i64> {
        let mut sums = BTreeMap::new();
        self.rules.values().flatten().for_each(|rule| *sums.entry(*rule).or_insert(0) += 1);
        sums
    }
}
