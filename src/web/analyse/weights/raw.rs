//! `weights.csv`: the figures as numbers, for programs; a line for each rated question and for each domain.

use crate::analysis::interval::Interval;
use crate::analysis::{Exact, Measure, combine};
use crate::tabulation::cells::{Cells, Weighted};
use crate::tabulation::pooled::Item;
use crate::tabulation::reading::Levels;
use crate::web::analyse::figure;
use crate::web::analyse::file::DIGITS;
use crate::web::analyse::opened::Opened;
use crate::web::words::Words;

/// The names of the columns. Shares, their difference and the ends of the interval are in per cent.
const NAMES: [&str; 11] = [
    "question",
    "label",
    "k",
    "n",
    "satisfied",
    "mean",
    "satisfied_weighted",
    "mean_weighted",
    "difference",
    "low",
    "high",
];

/// All lines.
pub(super) fn lines(opened: &Opened, cells: &Cells<'_>, words: Words) -> Vec<Vec<String>> {
    let counted = cells.counted();
    let rated = counted.all.items.iter().enumerate();
    let lines = rated.filter_map(|(place, item)| line(opened, item, (place, cells), words));
    let domains = cells.domains(&opened.method).0.into_iter().enumerate();
    let domains = domains.filter_map(|(place, weighted)| domain(opened, &counted, (place, weighted), words));
    std::iter::once(NAMES.map(str::to_owned).to_vec()).chain(lines).chain(domains).collect()
}

/// A domain by the round's rules: it has no interval, and k and n only where they are what the share is made of.
fn domain(
    opened: &Opened,
    counted: &Levels<'_>,
    (place, weighted): (usize, Option<Weighted>),
    words: Words,
) -> Option<Vec<String>> {
    let domain = counted.all.domains.get(place)?;
    let counted = counted.domain(place, &opened.method, |level, _| level.to_owned()).ok()?;
    let base = |n: u64| if counted.is_counted() { n.to_string() } else { String::new() };
    let print = |value: Option<Exact>| value.map(|value| value.print(DIGITS)).unwrap_or_default();
    let (mean, share) = weighted.map(|one| (one.mean, one.share)).unzip();
    Some(vec![
        domain.index.code.clone(),
        figure::title(domain, words),
        base(counted.k),
        base(counted.n),
        counted.share.print(DIGITS),
        counted.mean.print(DIGITS),
        print(share.clone()),
        print(mean),
        print(share.map(|share| share.minus(&counted.share))),
        String::new(),
        String::new(),
    ])
}

fn line(opened: &Opened, item: &Item<'_>, (place, cells): (usize, &Cells<'_>), words: Words) -> Option<Vec<String>> {
    let Measure::Rating { points, .. } = item.measure else { return None };
    let (pair, best) = ((item.measure, &item.counts), combine::is_best(item.measure)?);
    let (weights, answers) = (&cells.weights, &cells.answers(place));
    let (share, weighted) = (combine::item_share(pair)?, weights.share(&best, answers));
    let print = |value: Option<Exact>| value.map(|value| value.print(DIGITS)).unwrap_or_default();
    let between = weights.share_interval(opened.method.reach, &best, answers).ok().flatten();
    let end = |of: fn(&Interval) -> f64| between.as_ref().map(|one| format!("{:.DIGITS$}", of(one) * 100.0));
    Some(vec![
        item.question.code.clone(),
        item.question.label.get(words.interface()).to_owned(),
        combine::satisfied(pair)?.to_string(),
        item.counts.answered.to_string(),
        share.print(DIGITS),
        print(combine::item_mean(pair)),
        print(weighted.clone()),
        print(weights.mean(points, answers)),
        print(weighted.map(|one| one.minus(&share))),
        end(|one| one.low).unwrap_or_default(),
        end(|one| one.high).unwrap_or_default(),
    ])
}
