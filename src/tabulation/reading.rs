//! Domains of an audience as the round reads them: items by one rule, levels by another, both stored with the round. Every page that
//! prints a domain of several levels asks here, so that none prints another reading.

use std::collections::BTreeMap;

use super::choice::{Choice, Key};
use super::pooled::Pooled;
use super::{Tabulation, pooled};
use crate::analysis::bound;
use crate::analysis::combine::{self, Block, Group, Item, Uncombined};
use crate::analysis::interval::Interval;
use crate::analysis::method::{ItemRule, Method};
use crate::survey::code::{Audience, Level};

/// The answers of an audience, together and by level.
#[derive(Debug, Clone)]
pub struct Levels<'t> {
    /// All of them.
    pub all: Pooled<'t>,
    /// By the level's code, from the lowest; those that have forms.
    pub levels: Vec<(&'t str, Pooled<'t>)>,
}

impl Tabulation {
    /// The answers of one audience among the forms that the choice takes.
    pub fn levels_of(&self, audience: Audience, choice: &Choice) -> Levels<'_> {
        let groups: BTreeMap<&str, Pooled<'_>> = self.pooled_by(audience, choice, Key::Level);
        Levels::of(self.pooled(audience, choice), groups.into_iter().collect())
    }
}

/// A domain of these answers by the rule of items; none without answers.
pub fn block(pool: &Pooled<'_>, place: usize, method: &Method) -> Option<Block> {
    let places = pool.domains.get(place)?.items.iter();
    let items: Vec<Item<'_>> =
        places.filter_map(|place| pool.items.get(*place)).map(|item| (item.measure, &item.counts)).collect();
    combine::domain(method.items, &items)
}

/// All domains of these answers by the rule of items; none without answers.
pub fn whole(pool: &Pooled<'_>, method: &Method) -> Option<Block> {
    let items = |domain: &pooled::Domain<'_>| {
        let items = domain.items.iter().filter_map(|place| pool.items.get(*place));
        items.map(|item| (item.measure, &item.counts)).collect::<Vec<Item<'_>>>()
    };
    combine::overall(method.items, &pool.domains.iter().map(items).collect::<Vec<_>>())
}

/// The widest that the interval of a domain's share can be, from 0 to 1; none where no sample was drawn.
pub fn share_within(pool: &Pooled<'_>, place: usize, method: &Method) -> Option<Interval> {
    let sample = method.reach.sample(pool.source()).ok()?;
    let items = pool.domains.get(place)?.items.iter().filter_map(|place| pool.items.get(*place));
    let part = |item: &pooled::Item<'_>| {
        let (k, n) = (combine::satisfied((item.measure, &item.counts))?, item.counts.answered);
        let weight = match method.items {
            ItemRule::MeanOfItems => 1.0,
            ItemRule::Pooled => n as f64,
        };
        Some((k, n, weight))
    };
    bound::share_within(&sample, &items.filter_map(part).collect::<Vec<_>>())
}

impl<'t> Levels<'t> {
    /// These, from the lowest level.
    pub(super) fn of(all: Pooled<'t>, mut levels: Vec<(&'t str, Pooled<'t>)>) -> Self {
        let rank = |code: &str| code.parse::<Level>().map_or(Level::ALL.len(), |level| level as usize);
        levels.sort_by_key(|(code, _)| rank(code));
        Self { all, levels }
    }

    /// A domain, by its place, over all levels by the rule of groups. One level alone is what it is. `name` says what people call a
    /// level, by its code, or whose pupils are missing there.
    ///
    /// # Errors
    /// Nobody answered, or levels cannot be weighed.
    pub fn domain(
        &self,
        place: usize,
        method: &Method,
        name: impl Fn(&str, &Pooled<'_>) -> String,
    ) -> Result<Block, Uncombined> {
        let together = self.together(method, |pool| block(pool, place, method), name)?;
        let items = self.all.domains.get(place).map(|domain| domain.items.as_slice()).unwrap_or_default();
        let is_used = |place: &&usize| self.all.items.get(**place).is_some_and(|item| item.counts.answered > 0);
        Ok(Block { used: items.iter().filter(is_used).count(), items: items.len(), ..together })
    }

    /// All domains together by the rule of items, over all levels by the rule of groups (formula 5). `name` as for [`Self::domain`].
    ///
    /// # Errors
    /// As for [`Self::domain`].
    pub fn whole(&self, method: &Method, name: impl Fn(&str, &Pooled<'_>) -> String) -> Result<Block, Uncombined> {
        self.together(method, |pool| whole(pool, method), name)
    }

    /// Something of each level, over all of them by the rule of groups.
    pub(super) fn together(
        &self,
        method: &Method,
        of: impl Fn(&Pooled<'_>) -> Option<Block>,
        name: impl Fn(&str, &Pooled<'_>) -> String,
    ) -> Result<Block, Uncombined> {
        let own = self.levels.iter().filter_map(|(code, pool)| Some((name(code, pool), pool.eligible, of(pool)?)));
        let mut own: Vec<(String, Option<u64>, Block)> = own.collect();
        if own.len() == 1 {
            return own.pop().map(|(_, _, block)| block).ok_or(Uncombined::Nothing);
        }
        let together = |of: fn(&Block) -> &crate::analysis::Exact| {
            let group = |(name, pupils, block): &(String, Option<u64>, Block)| Group {
                name: name.clone(),
                value: of(block).clone(),
                n: block.n,
                pupils: *pupils,
            };
            combine::across(method.groups, &own.iter().map(group).collect::<Vec<_>>())
        };
        Ok(Block {
            mean: together(|block| &block.mean)?,
            share: together(|block| &block.share)?,
            k: own.iter().map(|(_, _, block)| block.k).sum(),
            n: own.iter().map(|(_, _, block)| block.n).sum(),
            used: own.iter().map(|(_, _, block)| block.used).max().unwrap_or(0),
            items: own.iter().map(|(_, _, block)| block.items).max().unwrap_or(0),
        })
    }
}
