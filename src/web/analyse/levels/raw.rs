//! `levels.csv`: the figures as numbers, for programs; a line for each figure and level.

use crate::analysis::Exact;
use crate::analysis::combine::{self, Block};
use crate::analysis::method::Method;
use crate::tabulation::Tabulation;
use crate::tabulation::pooled::{Item, Pooled};
use crate::tabulation::reading::{self, Levels, block};
use crate::web::analyse::figure;
use crate::web::analyse::file::DIGITS;
use crate::web::analyse::filter::level_name;
use crate::web::analyse::pupils;
use crate::web::words::Words;

/// The names of the columns. Shares are in per cent; k and n are what a share or a mean was made of.
pub(super) const NAMES: [&str; 7] = ["figure", "label", "level", "level_name", "value", "k", "n"];

/// A figure with its code.
struct Figure {
    code: String,
    label: String,
    value: Exact,
    k: Option<u64>,
    n: Option<u64>,
}

/// All lines; levels together have no code. Of domains they are put together by the round's rule, so they have no k and n.
pub(super) fn lines(round: &Tabulation, levels: &Levels<'_>, method: &Method, words: Words) -> Vec<Vec<String>> {
    let mut lines = vec![NAMES.map(str::to_owned).to_vec()];
    for (code, pool) in &levels.levels {
        let figures = plain(pool, method, words).into_iter().chain(domains(pool, method, words));
        let figures = figures.chain(index(pool, reading::whole(pool, method), words));
        lines.extend(figures.map(|figure| line(figure, code, &level_name(code, words))));
    }
    let figures = plain(&levels.all, method, words).into_iter().chain(together(round, levels, method, words));
    lines.extend(figures.map(|figure| line(figure, "", &words.say("levels-all"))));
    lines
}

fn line(figure: Figure, level: &str, name: &str) -> Vec<String> {
    let Figure { code, label, value, k, n } = figure;
    let count = |count: Option<u64>| count.map(|count| count.to_string()).unwrap_or_default();
    vec![code, label, level.to_owned(), name.to_owned(), value.print(DIGITS), count(k), count(n)]
}

/// What one answer or one form tells.
fn plain(pool: &Pooled<'_>, method: &Method, words: Words) -> Vec<Figure> {
    let figure = |code: &str, label: &str, value: Option<Exact>, k: Option<u64>, n: Option<u64>| {
        Some(Figure { code: code.to_owned(), label: words.say(label), value: value?, k, n })
    };
    let (n, pupils) = (pool.n, pool.eligible);
    let rate = pupils.and_then(|pupils| Exact::percent(n, pupils));
    let mut found = vec![
        figure("received", "levels-received", Some(Exact::whole(pool.received)), None, None),
        figure("forms", "show-n", Some(Exact::whole(n)), None, None),
        figure("pupils", "figure-pupils", pupils.map(Exact::whole), None, None),
        figure("response_rate", "rounds-share", rate, Some(n), pupils),
    ];
    if let Some(item) = pool.overall.and_then(|place| pool.items.get(place)) {
        let (pair, n) = (pair(item), Some(item.counts.answered));
        found.push(figure("overall_mean", "levels-overall", combine::item_mean(pair), None, n));
        let (share, k) = (combine::item_share(pair), combine::satisfied(pair));
        found.push(figure("overall_satisfied", "levels-overall-satisfied", share, k, n));
    }
    if let Some(item) = pool.expectation.and_then(|place| pool.items.get(place))
        && let Some(told) = combine::expectation(method.above, item.measure, &item.counts)
    {
        let share = told.fulfilled.and_then(|k| Exact::percent(k, told.n));
        found.push(figure("expectation_mean", "levels-expected", told.mean, None, Some(told.n)));
        found.push(figure("expectation_80", "levels-expected-80", share, told.fulfilled, Some(told.n)));
    }
    found.into_iter().flatten().collect()
}

fn pair<'a>(item: &'a Item<'_>) -> combine::Item<'a> {
    (item.measure, &item.counts)
}

fn domains(pool: &Pooled<'_>, method: &Method, words: Words) -> Vec<Figure> {
    let of = |(place, domain)| {
        let Block { mean, share, k, n, .. } = block(pool, place, method)?;
        Some(named(domain, Some(mean), Some(share), (Some(k), Some(n)), words))
    };
    pool.domains.iter().enumerate().filter_map(of).flatten().collect()
}

fn together(round: &Tabulation, levels: &Levels<'_>, method: &Method, words: Words) -> Vec<Figure> {
    let of = |(place, domain)| {
        let name = |code: &str, pool: &Pooled<'_>| pupils::group(round, code, pool, words);
        let Block { mean, share, .. } = levels.domain(place, method, name).ok()?;
        Some(named(domain, Some(mean), Some(share), (None, None), words))
    };
    let whole = levels.whole(method, |code, pool| pupils::group(round, code, pool, words)).ok();
    let domains = levels.all.domains.iter().enumerate().filter_map(of).flatten();
    domains.chain(index(&levels.all, whole, words)).collect()
}

/// All domains together; nothing where there is one alone.
fn index(pool: &Pooled<'_>, whole: Option<Block>, words: Words) -> Vec<Figure> {
    let Some(Block { mean, share, .. }) = whole.filter(|_| pool.domains.len() > 1) else { return Vec::new() };
    let figure = |(code, label, value): (&str, &str, Exact)| Figure {
        code: code.to_owned(),
        label: words.say(label),
        value,
        k: None,
        n: None,
    };
    let figures =
        [("index_mean", "levels-index-mean", mean), ("index_satisfied", "levels-index-satisfied", share)].map(figure);
    figures.into()
}

/// Mean and satisfied share of a domain.
fn named(
    domain: &crate::tabulation::pooled::Domain<'_>,
    mean: Option<Exact>,
    share: Option<Exact>,
    (k, n): (Option<u64>, Option<u64>),
    words: Words,
) -> Vec<Figure> {
    let (code, title) = (&domain.index.code, figure::title(domain, words));
    let label = |what: &str| format!("{title}: {}", words.say(what));
    let mean = mean.map(|value| (format!("{code}_mean"), label("levels-mean"), value, None));
    let share = share.map(|value| (format!("{code}_satisfied"), label("levels-satisfied"), value, k));
    let figure = |(code, label, value, k)| Figure { code, label, value, k, n };
    [mean, share].into_iter().flatten().map(figure).collect()
}
