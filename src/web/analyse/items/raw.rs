//! `items.csv`: the questions as numbers, for programs; a line for each choice, on which the figures of its question stand again.

use crate::analysis::{Exact, combine};
use crate::tabulation::pooled::Item;
use crate::web::analyse::asking::Asking;
use crate::web::analyse::figure;
use crate::web::analyse::file::{DIGITS, ends};
use crate::web::analyse::precision::Precision;
use crate::web::words::Words;

/// The names of the columns. Shares are in per cent, of the answers; `low` and `high` are the ends of 95 % intervals, empty where no
/// sample was drawn.
const NAMES: [&str; 16] = [
    "code",
    "question",
    "asked",
    "answered",
    "not_applicable",
    "choice",
    "n",
    "percent",
    "low",
    "high",
    "satisfied",
    "satisfied_low",
    "satisfied_high",
    "mean",
    "mean_low",
    "mean_high",
];

/// All lines, of the items that the chosen people were asked.
pub(super) fn lines(precision: Precision<'_>, asking: &Asking, words: Words) -> Vec<Vec<String>> {
    let asked = precision.pool.items.iter().filter(|item| asking.asks(item));
    std::iter::once(NAMES.map(str::to_owned).to_vec())
        .chain(asked.flat_map(|item| of(item, precision, words)))
        .collect()
}

fn of(item: &Item<'_>, precision: Precision<'_>, words: Words) -> Vec<Vec<String>> {
    let (row, counts, rated) = (figure::row(item, words), &item.counts, rated(item, precision));
    let begin = [
        row.code,
        figure::label(item, words),
        counts.asked.to_string(),
        counts.answered.to_string(),
        counts.not_applicable.to_string(),
    ];
    let line = |choice: [String; 5]| begin.iter().cloned().chain(choice).chain(rated.iter().cloned()).collect();
    if row.cells.is_empty() {
        return vec![line(Default::default())];
    }
    let choice = |(cell, n): (figure::Cell, &u64)| {
        let [percent, low, high] = share(item, *n, counts.answered, precision);
        line([cell.label, n.to_string(), percent, low, high])
    };
    row.cells.into_iter().zip(figure::own(item)).map(choice).collect()
}

/// The two best levels and the mean, each with its interval; nothing of what is not rated.
fn rated(item: &Item<'_>, precision: Precision<'_>) -> [String; 6] {
    let pair = (item.measure, &item.counts);
    let Some(k) = combine::satisfied(pair) else { return Default::default() };
    let [satisfied, low, high] = share(item, k, item.counts.answered, precision);
    let mean = combine::item_mean(pair).map(|mean| mean.print(DIGITS)).unwrap_or_default();
    let [mean_low, mean_high] = ends(precision.mean(item), 1.0);
    [satisfied, low, high, mean, mean_low, mean_high]
}

/// In per cent, with its interval.
fn share(item: &Item<'_>, k: u64, n: u64, precision: Precision<'_>) -> [String; 3] {
    let percent = Exact::percent(k, n).map(|percent| percent.print(DIGITS)).unwrap_or_default();
    let [low, high] = ends(precision.share(item, k, n), 100.0);
    [percent, low, high]
}
