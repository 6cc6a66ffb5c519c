//! The answers of an audience by level and unit, with what each cell weighs.
//!
//! What is put side by side – counted, and with weights – is of the same forms, those of cells that have a weight, and read by the same
//! rules: items within a level, then levels. Where levels count by their answers, those of a weighted reading count by their pupils,
//! because there a form stands for its pupils.

use std::collections::{BTreeMap, BTreeSet};

use super::Tabulation;
use super::choice::{Choice, Key};
use super::pooled::{Domain, Pooled};
use super::pupils::is_counted;
use super::reading::Levels;
use crate::analysis::method::{GroupRule, ItemRule, Method};
use crate::analysis::weight::{Answers, Cell, Weights};
use crate::analysis::{Exact, Measure, combine};
use crate::survey::code::Audience;

/// Cells of one audience.
#[derive(Debug)]
pub struct Cells<'t> {
    /// What they weigh.
    pub weights: Weights,
    /// Unit and level of each, by code.
    pub places: Vec<(String, &'static str)>,
    /// Forms and pupils of each.
    pub sizes: Vec<Cell>,
    /// Answers of each; none: no form came in. Items stand in the order of [`Tabulation::pooled`].
    pools: Vec<Option<Pooled<'t>>>,
    /// The same items without answers.
    unanswered: Pooled<'t>,
}

impl Tabulation {
    /// The cells of an audience: every level of every unit that is asked or has forms. `name` says what people call one.
    pub fn cells(&self, audience: Audience, choice: &Choice, name: impl Fn(&str, &str) -> String) -> Cells<'_> {
        let is_counted = is_counted(audience, choice);
        let (mut places, mut sizes, mut pools) = (Vec::new(), Vec::new(), Vec::new());
        for level in self.levels(audience).into_iter().filter(|one| choice.level.as_ref().is_none_or(|l| l == one)) {
            let narrow = Choice { level: Some(level.to_owned()), ..choice.clone() };
            let mut by_unit = self.pooled_by(audience, &narrow, Key::Unit);
            let asked = self.places(audience, &narrow).into_iter().filter(|(_, pupils)| is_counted || pupils.is_some());
            let asked: BTreeMap<&str, Option<u64>> = asked.map(|(place, pupils)| (place.unit, pupils)).collect();
            let units: BTreeSet<&str> = by_unit.keys().chain(asked.keys()).copied().collect();
            for unit in units {
                let pool = by_unit.remove(unit);
                let own = asked.get(unit).copied().flatten().filter(|_| is_counted);
                let n = pool.as_ref().map_or(0, |pool| pool.n);
                sizes.push(Cell { name: name(unit, level), pupils: own, n });
                places.push((unit.to_owned(), level));
                pools.push(pool);
            }
        }
        Cells { weights: Weights::of(&sizes), places, sizes, pools, unanswered: self.unanswered(audience) }
    }

    /// The levels that questionnaires of an audience ask about.
    fn levels(&self, audience: Audience) -> BTreeSet<&'static str> {
        let own = self.forms.iter().filter(|form| form.questionnaire.audience == audience);
        own.map(|form| form.questionnaire.level_code()).collect()
    }
}

/// A mean and a satisfied share in per cent, both weighted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighted {
    /// Of points.
    pub mean: Exact,
    /// 0–100
    pub share: Exact,
}

impl<'t> Cells<'t> {
    /// What was counted in the cells that have a weight.
    pub fn counted(&self) -> Levels<'t> {
        let (mut all, mut levels) = (self.unanswered.clone(), Vec::new());
        for level in self.levels() {
            let mut own = self.unanswered.clone();
            let at = self.places.iter().zip(&self.pools).enumerate().filter(|(_, ((_, one), _))| *one == level);
            at.filter(|(cell, _)| self.weights.has(*cell))
                .filter_map(|(_, (_, pool))| pool.as_ref())
                .for_each(|pool| own.join(pool));
            own.eligible = Some(self.pupils(level));
            all.join(&own);
            levels.push((level, own));
        }
        levels.retain(|(_, own)| own.n > 0);
        all.eligible = Some(levels.iter().filter_map(|(_, own)| own.eligible).sum());
        Levels::of(all, levels)
    }

    /// Each domain by the rules, none without answers that have a weight; and all of them together (formula 5).
    pub fn domains(&self, method: &Method) -> (Vec<Option<Weighted>>, Option<Weighted>) {
        // fractions of hundreds of digits: each is worked out once
        let by_level = |domain: &Domain<'_>| -> BTreeMap<&str, Weighted> {
            let own = |level| Some((level, self.block(&domain.items, level, method.items)?));
            self.levels().into_iter().filter_map(own).collect()
        };
        let all: Vec<BTreeMap<&str, Weighted>> = self.unanswered.domains.iter().map(by_level).collect();
        let each = all.iter().map(|own| self.across(method, |level| own.get(level).cloned())).collect();
        (each, self.whole(method, &all))
    }

    fn whole(&self, method: &Method, domains: &[BTreeMap<&str, Weighted>]) -> Option<Weighted> {
        self.across(method, |level| match method.items {
            ItemRule::Pooled => {
                let items = self.unanswered.domains.iter().flat_map(|domain| domain.items.iter().copied());
                self.block(&items.collect::<Vec<_>>(), level, method.items)
            }
            ItemRule::MeanOfItems => mean(domains.iter().filter_map(|own| Some((own.get(level)?.clone(), 1)))),
        })
    }

    /// Something of each level, over all of them by the rule of groups. One level alone is what it is.
    fn across(&self, method: &Method, of: impl Fn(&str) -> Option<Weighted>) -> Option<Weighted> {
        let weight = |level: &str| match method.groups {
            GroupRule::Simple => 1,
            GroupRule::ByAnswers | GroupRule::ByPupils => self.pupils(level),
        };
        let own = self.levels().into_iter().filter_map(|level| Some((of(level)?, weight(level))));
        let mut own: Vec<(Weighted, u64)> = own.collect();
        if own.len() == 1 { own.pop().map(|(one, _)| one) } else { mean(own.into_iter()) }
    }

    fn block<'p>(&'p self, items: &[usize], level: &str, rule: ItemRule) -> Option<Weighted> {
        let answers = |item: usize| -> Vec<Answers<'p>> {
            let own = |((_, one), pool): (&(String, &str), &'p Option<Pooled<'t>>)| {
                if *one == level { choices(pool.as_ref(), item) } else { &[] }
            };
            self.places.iter().zip(&self.pools).map(own).collect()
        };
        let by = |points: &dyn Fn(&Measure) -> Option<Vec<i64>>| {
            let item = |place: &usize| Some((points(self.unanswered.items.get(*place)?.measure)?, answers(*place)));
            self.weights.together(rule, &items.iter().filter_map(item).collect::<Vec<_>>())
        };
        let share = by(&combine::is_best)?.times(&Exact::whole(100));
        Some(Weighted { mean: by(&points)?, share })
    }

    fn levels(&self) -> BTreeSet<&'static str> {
        self.places.iter().map(|(_, level)| *level).collect()
    }

    /// The pupils of a level as far as they are known.
    fn pupils(&self, level: &str) -> u64 {
        let own = self.places.iter().zip(&self.sizes).filter(|((_, one), _)| *one == level);
        own.filter_map(|(_, size)| size.pupils).sum()
    }

    /// Per cell, how many chose each choice of an item.
    pub fn answers(&self, item: usize) -> Vec<&[u64]> {
        self.pools.iter().map(|pool| choices(pool.as_ref(), item)).collect()
    }
}

/// `Σ w·x / Σ w`
fn mean(parts: impl Iterator<Item = (Weighted, u64)>) -> Option<Weighted> {
    let (means, shares): (Vec<_>, Vec<_>) = parts.map(|(one, n)| ((one.mean, n), (one.share, n))).unzip();
    Some(Weighted { mean: Exact::weighted_mean(means)?, share: Exact::weighted_mean(shares)? })
}

fn points(measure: &Measure) -> Option<Vec<i64>> {
    if let Measure::Rating { points, .. } = measure { Some(points.clone()) } else { None }
}

fn choices<'p>(pool: Option<&'p Pooled<'_>>, item: usize) -> &'p [u64] {
    pool.and_then(|pool| pool.items.get(item)).map_or(&[], |item| &item.counts.choices)
}
