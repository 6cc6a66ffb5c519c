//! `/analyse/{slug}/weights`: each rated question as it was counted and weighted by pupils, side by side, with what the weights
//! cost. Cells that cannot be weighted are named.

mod raw;

use actix_web::HttpResponse;
use askama::Template;

use super::conditions::Conditions;
use super::figure;
use super::filter::{Filter, Offer};
use super::frame::Frame;
use super::opened::Opened;
use super::{file, pupils};
use crate::analysis::combine::{self, Block};
use crate::analysis::method::{Design, Method, Reach};
use crate::analysis::weight::Weights;
use crate::analysis::{Exact, Measure};
use crate::tabulation::cells::{Cells, Weighted};
use crate::tabulation::pooled::{Domain, Item, Pooled};
use crate::tabulation::reading::Levels;
use crate::web::desk::DeskFrame;
use crate::web::error::Failure;
use crate::web::method::{ends, no_estimate, per_cent, signed};
use crate::web::page;
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/analyse/weights.html")]
struct WeightsPage {
    desk: DeskFrame,
    frame: Frame,
    filter: Filter,
    audiences: Vec<Offer>,
    levels: Vec<Offer>,
    channels: Vec<Offer>,
    units: Vec<Offer>,
    rows: Vec<Row>,
    /// Domains by the round's rules.
    domains: Vec<Row>,
    cost: Option<Cost>,
    /// Why there is nothing to put side by side.
    why: Option<String>,
    left_out: Option<String>,
    /// How many forms have no weight and stand in neither column.
    left_aside: Option<String>,
    /// What has to be said about cells.
    notes: Vec<String>,
    /// Why no figure has an interval.
    no_interval: Option<String>,
    method: String,
    query: String,
}

/// What the weights cost, as it is printed.
struct Cost {
    n: String,
    effect: String,
    effective: String,
}

/// One question.
struct Row {
    title: String,
    share: String,
    base: String,
    mean: String,
    weighted_share: String,
    weighted_mean: String,
    /// Weighted minus counted, in percentage points.
    difference: String,
    interval: String,
}

impl Opened {
    /// What is chosen, by level and unit, with what each cell weighs.
    pub(super) fn cells(&self, words: Words) -> Cells<'_> {
        let (round, filter) = (&self.tabulation, &self.filter);
        round.cells(filter.audience, &filter.choice(), |unit, level| pupils::name(round, unit, level, words))
    }

    fn rows(&self, counted: &Levels<'_>, cells: &Cells<'_>, words: Words) -> Vec<Row> {
        let rated = counted.all.items.iter().enumerate();
        rated.filter_map(|(place, item)| row(item, &cells.weights, &cells.answers(place), self.method, words)).collect()
    }

    /// The domains, and all of them together.
    fn domains(&self, counted: &Levels<'_>, cells: &Cells<'_>, words: Words) -> Vec<Row> {
        let (method, domains) = (&self.method, &counted.all.domains);
        let (each, whole) = cells.domains(method);
        let one = |(place, (domain, weighted)): (usize, (&Domain<'_>, Option<Weighted>))| {
            let title = format!("{} · {}", domain.index.code, figure::title(domain, words));
            let counted = counted.domain(place, method, |level, _| level.to_owned()).ok()?;
            Some(together(title, &counted, &weighted?, self.method, words))
        };
        let all = || {
            let counted = counted.whole(method, |level, _| level.to_owned()).ok()?;
            Some(together(words.say("weights-all-domains"), &counted, &whole?, self.method, words))
        };
        let rows = domains.iter().zip(each).enumerate().filter_map(one);
        rows.chain(if domains.len() > 1 { all() } else { None }).collect()
    }
}

/// `GET /analyse/{slug}/weights`
pub(super) async fn show(opened: Opened) -> Result<HttpResponse, Failure> {
    let (words, filter, round) = (opened.words(), &opened.filter, &opened.tabulation);
    let cells = opened.cells(words);
    let counted = cells.counted();
    let rows = opened.rows(&counted, &cells, words);
    let page = WeightsPage {
        desk: opened.desk(),
        frame: opened.frame_of_part(),
        audiences: filter.audiences(round, words),
        levels: filter.levels(round, words),
        channels: filter.channels(round, words),
        units: filter.units(round),
        why: nothing(&cells, is_unrated(&counted.all, &rows), filter, words),
        left_out: opened.left_out.clone(),
        left_aside: left_aside(opened.pool().n, counted.all.n, words),
        domains: opened.domains(&counted, &cells, words),
        rows,
        cost: cells.weights.cost().map(|cost| Cost {
            n: words.number(i64::try_from(cost.n).unwrap_or(i64::MAX)),
            effect: words.decimal(cost.effect.print(2)),
            effective: words.decimal(cost.effective.print(0)),
        }),
        notes: notes(&cells.weights, opened.method.reach, words),
        no_interval: cells.weights.estimate(opened.method.reach, &[], &[]).err().map(|why| no_estimate(words, &why)),
        method: opened.printed.clone(),
        query: filter.query(),
        filter: filter.clone(),
    };
    page::show(&page)
}

/// `GET /analyse/{slug}/weights.csv`
pub(super) async fn file(opened: Opened) -> Result<HttpResponse, Failure> {
    let words = opened.words();
    let lines = raw::lines(&opened, &opened.cells(words), words);
    file::table(&opened.file_name("weights"), &Conditions::of(&opened, &opened.pool()).for_programs(lines))
}

/// A difference in percentage points, as fine as the shares beside it.
fn apart(difference: &Exact, method: Method, words: Words) -> String {
    signed(words, &difference.print(method.places.count()))
}

fn row(item: &Item<'_>, weights: &Weights, answers: &[&[u64]], method: Method, words: Words) -> Option<Row> {
    let Measure::Rating { points, .. } = item.measure else { return None };
    let (pair, best) = ((item.measure, &item.counts), combine::is_best(item.measure)?);
    let (share, mean) = (combine::item_share(pair)?, combine::item_mean(pair)?);
    let weighted = weights.share(&best, answers);
    let print = |share: &Exact| per_cent(words, share, method.places);
    let number = |n: u64| words.number(i64::try_from(n).unwrap_or(i64::MAX));
    let between = weights.share_interval(method.reach, &best, answers).ok().flatten();
    Some(Row {
        title: figure::named(item, words),
        base: format!("{}/{}", number(combine::satisfied(pair)?), number(item.counts.answered)),
        difference: weighted.as_ref().map(|one| apart(&one.minus(&share), method, words)).unwrap_or_default(),
        share: print(&share),
        mean: words.decimal(mean.print(2)),
        weighted_share: weighted.as_ref().map(print).unwrap_or_default(),
        weighted_mean: weights.mean(points, answers).map(|mean| words.decimal(mean.print(2))).unwrap_or_default(),
        interval: between.map(|between| ends(words, between)).unwrap_or_default(),
    })
}

/// Several items together as they were counted and with weights. One person answers several of them, so how sure it is cannot be told
/// from counts.
fn together(title: String, counted: &Block, weighted: &Weighted, method: Method, words: Words) -> Row {
    let print = |share: &Exact| per_cent(words, share, method.places);
    Row {
        title,
        base: String::new(),
        difference: apart(&weighted.share.minus(&counted.share), method, words),
        share: print(&counted.share),
        mean: words.decimal(counted.mean.print(2)),
        weighted_share: print(&weighted.share),
        weighted_mean: words.decimal(weighted.mean.print(2)),
        interval: String::new(),
    }
}

/// Whether nothing is rated, or nobody who has a weight rated anything.
fn is_unrated(counted: &Pooled<'_>, rows: &[Row]) -> bool {
    let is_rated = |item: &Item<'_>| matches!(item.measure, Measure::Rating { .. });
    rows.is_empty() && (counted.n > 0 || !counted.items.iter().any(is_rated))
}

/// Why nothing can be put side by side: nobody is counted in pupils, nothing is known yet, or nothing is rated.
fn nothing(cells: &Cells<'_>, is_unrated: bool, filter: &Filter, words: Words) -> Option<String> {
    let has_cost = cells.weights.cost().is_some();
    match (filter.audience.is_counted_in_pupils(), has_cost, is_unrated) {
        (false, ..) => {
            let audience = words.say(&format!("audience-{}", filter.audience.code()));
            Some(words.with("weights-none-audience", "audience", audience))
        }
        (true, _, true) => Some(words.say("weights-none-rated")),
        (true, false, false) => Some(words.say("weights-none")),
        (true, true, false) => None,
    }
}

/// Says that both columns are of the forms that have a weight, where others came in.
fn left_aside(n: u64, counted: u64, words: Words) -> Option<String> {
    let number = |n: u64| words.number(i64::try_from(n).unwrap_or(i64::MAX));
    let aside = n.checked_sub(counted).filter(|aside| *aside > 0 && counted > 0)?;
    Some(words.fill("weights-aside", [("n", number(counted)), ("aside", number(aside))]))
}

fn notes(weights: &Weights, reach: Reach, words: Words) -> Vec<String> {
    let Weights { without_pupils, without_forms, more_than_pupils, single, .. } = weights;
    let is_stratified = reach == Reach::Drawn(Design::Stratified);
    let note = |name: &str, cells: &[String]| (!cells.is_empty()).then(|| words.with(name, "cells", cells.join("; ")));
    let all = [
        note("weights-no-pupils", without_pupils),
        note("weights-no-forms", without_forms),
        note("weights-more", more_than_pupils),
        note("weights-single", single).filter(|_| is_stratified),
    ];
    all.into_iter().flatten().collect()
}
