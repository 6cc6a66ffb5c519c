//! `/analyse/{slug}/figures.json`: everything that pages of a round work out, for programs: fractions exactly (`"448/578"` in
//! lowest terms; one of hundreds of digits as 40 decimals), what takes roots or distributions as numbers. Whoever doubts a figure can work it out again from the rows.

use std::collections::BTreeSet;

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::{read, strange};
use crate::analysis::combine::{self, Block};
use crate::analysis::interval::{Estimate, Interval};
use crate::analysis::method::Method;
use crate::analysis::weight::Weights;
use crate::analysis::{Exact, Measure};
use crate::state::State;
use crate::store::rounds::RoundRow;
use crate::store::{Db, round_methods};
use crate::survey::code::Audience;
use crate::tabulation::Tabulation;
use crate::tabulation::cells::{Cells, Weighted};
use crate::tabulation::choice::{Choice, Key};
use crate::tabulation::pooled::{Item as PooledItem, Pooled};
use crate::tabulation::pupils::Place;
use crate::tabulation::reading::{self, Levels};
use crate::web::error::Failure;
use crate::web::method::{method_sentence, no_estimate, no_interval, uncombined};
use crate::web::session::Insider;
use crate::web::words::Words;

/// `GET …/figures.json`: of the whole round, so its address knows no filter.
pub(super) async fn show(
    request: HttpRequest,
    officer: Insider,
    state: web::Data<State>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    let (known, catalogue, now) = (state.tabulations.clone(), state.catalogue.clone(), state.clock.now());
    let work = move |db: &mut Db, round: RoundRow| {
        Ok((known.of(db, &catalogue, &round, now)?, round_methods::of_round(db, round.id)?))
    };
    let (tabulation, method) = read(&state, &officer, &slug, work).await?;
    if let Some(refused) = strange::refused(&strange::besides(request.query_string(), &["lang"]), officer.words) {
        return Err(Failure::Bad(refused));
    }
    let figures = Figures { round: &tabulation, method, words: officer.words };
    let document = json!({
        "round": *slug,
        "at": tabulation.at.and_utc().to_rfc3339(),
        "method": figures.method(),
        "left_out": tabulation.excluded.iter().map(|(rule, n)| (rule.code().to_owned(), Value::from(*n))).collect::<serde_json::Map<_, _>>(),
        "audiences": tabulation.audiences().into_iter().map(|audience| figures.audience(audience)).collect::<Vec<_>>(),
    });
    Ok(HttpResponse::Ok().json(document))
}

struct Figures<'a> {
    round: &'a Tabulation,
    method: Method,
    words: Words,
}

impl Figures<'_> {
    fn method(&self) -> Value {
        let Method { items, groups, reach, above, places } = self.method;
        json!({
            "items": items.code(), "groups": groups.code(), "reach": reach.code(), "above": above.code(),
            "percent_places": places.count(), "sentence": method_sentence(self.words, &self.method),
        })
    }

    fn audience(&self, audience: Audience) -> Value {
        let all = Choice::default();
        let pool = self.round.pooled(audience, &all);
        let cells = self.round.cells(audience, &all, |unit, level| format!("{unit} {level}"));
        let counted = cells.counted();
        let part = |code: String, choice: Choice| (code, self.group(&self.round.levels_of(audience, &choice)));
        let level = |code: &str| part(code.to_owned(), Choice { level: Some(code.to_owned()), ..Choice::default() });
        let unit = |code: &str| {
            let units = Some(BTreeSet::from([code.to_owned()]));
            part(code.to_owned(), Choice { units, ..Choice::default() })
        };
        let by = |key| self.round.pooled_by(audience, &all, key).into_keys();
        json!({
            "audience": audience.code(),
            "whole": self.group(&self.round.levels_of(audience, &all)),
            "items": (0..pool.items.len()).map(|place| self.item(&pool, (&cells, &counted.all), place)).collect::<Vec<_>>(),
            "levels": by(Key::Level).map(level).collect::<serde_json::Map<_, _>>(),
            "units": by(Key::Unit).map(unit).collect::<serde_json::Map<_, _>>(),
            "across_levels": self.across(audience),
            "together": self.together(audience),
            "weights": weights(&cells), "domains_weighted": self.domains_weighted(&counted, &cells),
        })
    }

    /// Forms, pupils, domains, the whole and the expectation of a group, by the round's rules as pages read them. What has no reading
    /// is null; why, `together` says.
    fn group(&self, levels: &Levels<'_>) -> Value {
        let pool = &levels.all;
        let domains = pool.domains.iter().enumerate().map(|(place, domain)| {
            let block = levels.domain(place, &self.method, group).ok().map(|block| {
                let mut told = self.block(&block);
                told["share_within"] = self.share_within(levels, place).into();
                told
            });
            (domain.index.code.clone(), block.into())
        });
        let whole = levels.whole(&self.method, group).ok().map(|block| self.block(&block));
        let rate = pool.eligible.and_then(|pupils| Exact::percent(pool.n, pupils));
        json!({
            "n": pool.n, "received": pool.received, "pupils": pool.eligible,
            "pupils_missing": pool.unknown.iter().map(code).collect::<Vec<_>>(), "response_rate": rate.map(|rate| self.number(&rate)),
            "domains": domains.collect::<serde_json::Map<_, _>>(), "overall": whole, "expectation": self.expectation(pool),
        })
    }

    /// Several levels are not one sample.
    fn share_within(&self, levels: &Levels<'_>, place: usize) -> Option<Value> {
        let [(_, level)] = levels.levels.as_slice() else { return None };
        reading::share_within(level, place, &self.method).map(interval)
    }

    fn block(&self, block: &Block) -> Value {
        json!({
            "mean": mean(&block.mean), "share": self.number(&block.share), "k": block.k, "n": block.n,
            "used": block.used, "items": block.items,
        })
    }

    fn expectation(&self, pool: &Pooled<'_>) -> Option<Value> {
        let item = pool.items.get(pool.expectation?)?;
        let met = combine::expectation(self.method.above, item.measure, &item.counts)?;
        let k = met.fulfilled;
        Some(json!({
            "code": item.question.code, "mean": met.mean.map(|mean| self.number(&mean)), "n": met.n, "fulfilled": k,
            "share": k.and_then(|k| Exact::percent(k, met.n)).map(|share| self.number(&share)),
        }))
    }

    fn item(&self, pool: &Pooled<'_>, cells: (&Cells<'_>, &Pooled<'_>), place: usize) -> Value {
        let Some(item) = pool.items.get(place) else { return Value::Null };
        let counts = &item.counts;
        let pair = (item.measure, counts);
        let share = combine::item_share(pair).map(|share| self.number(&share));
        json!({
            "code": item.question.code,
            "asked_in": item.asked_in.iter().filter_map(|form| self.round.forms.get(*form)).map(|form| &form.questionnaire.code).collect::<Vec<_>>(),
            "asked": counts.asked, "answered": counts.answered, "not_applicable": counts.not_applicable,
            "choices": choices(item), "mean": combine::item_mean(pair).map(|value| mean(&value)),
            "satisfied": combine::satisfied(pair), "share": share,
            "sure": self.sure(pool, item), "weighted": self.weighted(item, cells, place),
        })
    }

    /// Intervals of the unweighted figures, or why there are none.
    fn sure(&self, pool: &Pooled<'_>, item: &PooledItem<'_>) -> Option<Value> {
        let Measure::Rating { points, .. } = item.measure else { return None };
        let k = combine::satisfied((item.measure, &item.counts))?;
        Some(match self.method.reach.sample(pool.source_of(item)) {
            Err(why) => json!({ "none": no_interval(self.words, &why) }),
            Ok(sample) => json!({
                "share": sample.share(k, item.counts.answered).map(interval),
                "share_error": sample.share_error(k, item.counts.answered),
                "mean": sample.mean(points, &item.counts.choices).map(estimate),
            }),
        })
    }

    /// With weights, and beside it what was counted in the same forms.
    fn weighted(
        &self,
        item: &PooledItem<'_>,
        (cells, counted): (&Cells<'_>, &Pooled<'_>),
        place: usize,
    ) -> Option<Value> {
        let Measure::Rating { points, .. } = item.measure else { return None };
        let (best, answers, weights) = (combine::is_best(item.measure)?, cells.answers(place), &cells.weights);
        let own = counted.items.get(place).map(|own| (own.measure, &own.counts))?;
        let (share, own_share) = (weights.share(&best, &answers), combine::item_share(own));
        let reach = self.method.reach;
        let sure = match weights.estimate(reach, points, &answers) {
            Err(why) => json!({ "none": no_estimate(self.words, &why) }),
            Ok(of_mean) => json!({
                "mean": of_mean.map(estimate),
                "share": weights.estimate(reach, &best, &answers).ok().flatten().map(estimate),
                "share_wilson": weights.share_interval(reach, &best, &answers).ok().flatten().map(interval),
            }),
        };
        Some(json!({
            "mean": weights.mean(points, &answers).map(|value| mean(&value)),
            "share": share.as_ref().map(|share| self.number(share)),
            "counted": { "k": combine::satisfied(own), "n": own.1.answered, "share": own_share.as_ref().map(|share| self.number(share)) },
            "difference": share.zip(own_share).map(|(share, own)| self.number(&share.minus(&own))),
            "sure": sure,
        }))
    }

    /// Each domain with weights, and all of them together.
    fn domains_weighted(&self, counted: &Levels<'_>, cells: &Cells<'_>) -> Value {
        let told = |one: Weighted, counted: Block| {
            json!({
                "mean": mean(&one.mean), "share": self.number(&one.share), "counted": self.block(&counted),
                "difference": self.number(&one.share.minus(&counted.share)),
            })
        };
        let (each, whole) = cells.domains(&self.method);
        let named = counted.all.domains.iter().zip(each).enumerate();
        let each = named.map(|(place, (domain, own))| {
            let own = own.zip(counted.domain(place, &self.method, group).ok());
            (domain.index.code.clone(), own.map(|(own, counted)| told(own, counted)).into())
        });
        let whole = whole.zip(counted.whole(&self.method, group).ok());
        json!({
            "each": each.collect::<serde_json::Map<_, _>>(),
            "whole": whole.map(|(own, counted)| told(own, counted)),
        })
    }

    /// Each domain over all levels, as pages print it.
    fn together(&self, audience: Audience) -> Value {
        let levels = self.round.levels_of(audience, &Choice::default());
        let read = levels.all.domains.iter().enumerate().map(|(place, domain)| {
            let read = match levels.domain(place, &self.method, group) {
                Ok(block) => self.block(&block),
                Err(why) => json!({ "none": uncombined(self.words, &why) }),
            };
            (domain.index.code.clone(), read)
        });
        read.collect::<serde_json::Map<_, _>>().into()
    }

    /// The satisfied share of the whole form over all levels, as pages print it.
    fn across(&self, audience: Audience) -> Value {
        let levels = self.round.levels_of(audience, &Choice::default());
        match levels.whole(&self.method, group) {
            Ok(block) => json!({ "share": self.number(&block.share) }),
            Err(why) => json!({ "none": uncombined(self.words, &why) }),
        }
    }

    /// A share, or the difference of two in percentage points: exactly, and as pages print it.
    fn number(&self, share: &Exact) -> Value {
        json!({ "exact": share.written(), "printed": share.print(self.method.places.count()) })
    }
}

/// A level of a unit.
fn code(place: &Place<'_>) -> String {
    format!("{} {}", place.unit, place.level)
}

/// A level, or whose pupils are missing there.
fn group(level: &str, pool: &Pooled<'_>) -> String {
    let missing: Vec<String> = pool.unknown.iter().map(code).collect();
    if missing.is_empty() { level.to_owned() } else { missing.join("; ") }
}

fn mean(value: &Exact) -> Value {
    json!({ "exact": value.written(), "printed": value.print(2) })
}

fn choices(item: &PooledItem<'_>) -> Value {
    let codes = match item.measure {
        Measure::Rating { codes, .. } | Measure::Single { codes, .. } | Measure::Multiple { codes } => codes.as_slice(),
        _ => &[],
    };
    codes
        .iter()
        .cloned()
        .zip(item.counts.choices.iter().map(|n| Value::from(*n)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn interval(interval: Interval) -> Value {
    json!([interval.low, interval.high])
}

fn estimate(estimate: Estimate) -> Value {
    json!({ "value": estimate.value, "error": estimate.error, "interval": interval(estimate.interval) })
}

fn weights(cells: &Cells<'_>) -> Value {
    let Weights { without_pupils, without_forms, more_than_pupils, single, .. } = &cells.weights;
    let cost = cells.weights.cost();
    let cell = |(place, (unit, level)): (usize, &(String, &str))| {
        let size = &cells.sizes[place];
        let weight = cells.weights.weight(place).map(|weight| weight.written());
        json!({ "unit": unit, "level": level, "pupils": size.pupils, "n": size.n, "weight": weight })
    };
    json!({
        "cells": cells.places.iter().enumerate().map(cell).collect::<Vec<_>>(),
        "design_effect": cost.as_ref().map(|cost| cost.effect.written()),
        "effective_n": cost.as_ref().map(|cost| cost.effective.written()),
        "without_pupils": without_pupils, "without_forms": without_forms,
        "more_than_pupils": more_than_pupils, "single": single,
    })
}
