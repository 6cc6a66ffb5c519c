//! The answers of an audience by level and unit, with what each cell weighs.

use std::collections::{BTreeMap, BTreeSet};

use super::Tabulation;
use super::pooled::{Choice, Key, Pooled};
use super::pupils::is_counted;
use crate::analysis::method::ItemRule;
use crate::analysis::weight::{Cell, Weights};
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
        Cells { weights: Weights::of(&sizes), places, sizes, pools }
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

impl Cells<'_> {
    /// Each domain by the rule of items; none without answers that have a weight. `pool` is of the same choice.
    pub fn domains(&self, pool: &Pooled<'_>, rule: ItemRule) -> Vec<Option<Weighted>> {
        pool.domains.iter().map(|domain| self.block(pool, &domain.items, rule)).collect()
    }

    /// All domains together by the rule (formula 5), out of each.
    pub fn whole(&self, pool: &Pooled<'_>, rule: ItemRule, domains: &[Option<Weighted>]) -> Option<Weighted> {
        if rule == ItemRule::Pooled {
            let items: Vec<usize> = pool.domains.iter().flat_map(|domain| domain.items.iter().copied()).collect();
            return self.block(pool, &items, rule);
        }
        let mean = |of: fn(&Weighted) -> &Exact| Exact::mean(domains.iter().flatten().map(|domain| of(domain).clone()));
        Some(Weighted { mean: mean(|one| &one.mean)?, share: mean(|one| &one.share)? })
    }

    fn block(&self, pool: &Pooled<'_>, items: &[usize], rule: ItemRule) -> Option<Weighted> {
        let by = |points: &dyn Fn(&Measure) -> Option<Vec<i64>>| {
            let item = |place: &usize| Some((points(pool.items.get(*place)?.measure)?, self.answers(*place)));
            self.weights.together(rule, &items.iter().filter_map(item).collect::<Vec<_>>())
        };
        let share = by(&combine::is_best)?.times(&Exact::whole(100));
        Some(Weighted { mean: by(&points)?, share })
    }

    /// Per cell, how many chose each choice of an item.
    pub fn answers(&self, item: usize) -> Vec<&[u64]> {
        self.pools.iter().map(|pool| choices(pool.as_ref(), item)).collect()
    }
}

fn points(measure: &Measure) -> Option<Vec<i64>> {
    if let Measure::Rating { points, .. } = measure { Some(points.clone()) } else { None }
}

fn choices<'p>(pool: Option<&'p Pooled<'_>>, item: usize) -> &'p [u64] {
    pool.and_then(|pool| pool.items.get(item)).map_or(&[], |item| &item.counts.choices)
}
