//! `levels.csv`: the figures as numbers, for programs; a line for each figure and level.

use super::respondents;
use crate::analysis::combine::{self, Block};
use crate::analysis::interval::Interval;
use crate::analysis::method::Method;
use crate::analysis::{Exact, Measure};
use crate::tabulation::Tabulation;
use crate::tabulation::pooled::{Domain, Item, Pooled};
use crate::tabulation::reading::{self, Levels, block, share_within};
use crate::web::analyse::figure;
use crate::web::analyse::file::{DIGITS, ends};
use crate::web::analyse::filter::level_name;
use crate::web::analyse::precision::Precision;
use crate::web::analyse::pupils;
use crate::web::words::Words;

/// The names of the columns. Shares are in per cent; k and n are what a share or a mean was made of; low and high are the ends of its
/// 95 % interval, of a domain the widest that it can be, empty where no sample was drawn.
pub(super) const NAMES: [&str; 9] = ["figure", "label", "level", "level_name", "value", "k", "n", "low", "high"];

/// A figure with its code.
struct Figure {
    code: String,
    label: String,
    value: Exact,
    /// Decimals of the value.
    places: usize,
    k: Option<u64>,
    n: Option<u64>,
    /// In the units of the value.
    within: Option<Interval>,
}

impl Figure {
    /// Alone.
    fn of(code: impl Into<String>, label: String, value: Exact) -> Self {
        Self { code: code.into(), label, value, places: DIGITS, k: None, n: None, within: None }
    }

    /// A count.
    fn counted(code: &str, label: String, count: u64) -> Self {
        Self { places: 0, ..Self::of(code, label, Exact::whole(count)) }
    }

    fn out_of(self, k: Option<u64>, n: Option<u64>) -> Self {
        Self { k, n, ..self }
    }

    fn within(self, within: Option<Interval>) -> Self {
        Self { within, ..self }
    }
}

/// All lines; levels together have no code. Of domains they are put together by the round's rule, so they have no k and n.
pub(super) fn lines(round: &Tabulation, levels: &Levels<'_>, method: &Method, words: Words) -> Vec<Vec<String>> {
    let mut lines = vec![NAMES.map(str::to_owned).to_vec()];
    for (code, pool) in &levels.levels {
        let figures = plain(round, pool, method, words).into_iter().chain(domains(pool, method, words));
        let figures = figures.chain(index(pool, reading::whole(pool, method), words));
        lines.extend(figures.map(|figure| line(figure, code, &level_name(code, words))));
    }
    let figures = plain(round, &levels.all, method, words).into_iter().chain(together(round, levels, method, words));
    lines.extend(figures.map(|figure| line(figure, "", &words.say("levels-all"))));
    lines
}

fn line(figure: Figure, level: &str, name: &str) -> Vec<String> {
    let Figure { code, label, value, places, k, n, within } = figure;
    let count = |count: Option<u64>| count.map(|count| count.to_string()).unwrap_or_default();
    let [low, high] = ends(within, 1.0);
    vec![code, label, level.to_owned(), name.to_owned(), value.print(places), count(k), count(n), low, high]
}

/// What one answer or one form tells.
fn plain(round: &Tabulation, pool: &Pooled<'_>, method: &Method, words: Words) -> Vec<Figure> {
    let (n, pupils) = (pool.n, pool.eligible);
    let count = |code: &str, label: &str, count: Option<u64>| Some(Figure::counted(code, words.say(label), count?));
    let rate = pupils.and_then(|pupils| Exact::percent(n, pupils));
    let forms = [
        count("received", "levels-received", Some(pool.received)),
        count("forms", "show-n", Some(n)),
        count("pupils", "figure-pupils", pupils),
        rate.map(|rate| Figure::of("response_rate", words.say("rounds-share"), rate).out_of(Some(n), pupils)),
    ];
    let precision = Precision::of(method.reach, pool);
    let asked = overall(precision, words).into_iter().chain(expected(precision, method, words));
    forms.into_iter().flatten().chain(respondents(round, precision, words)).chain(asked).collect()
}

/// Who answered: the answers that questionnaires count apart, by their codes.
fn respondents(round: &Tabulation, precision: Precision<'_>, words: Words) -> Vec<Figure> {
    let strata = precision.pool.items.iter().filter(|item| respondents::is_stratum(round, item));
    let of = |item: &Item<'_>| {
        let (question, counts) = (item.question, &item.counts);
        let Measure::Single { codes, .. } = item.measure else { return Vec::new() };
        let figure = |(code, n): (&String, &u64)| {
            let label =
                respondents::label(item, &figure::choice(question.kind.as_ref(), code, words.interface()), words);
            let share = Exact::percent(*n, counts.answered)?;
            let within = precision.share(item, *n, counts.answered).map(per_cent);
            let figure = Figure::of(format!("{}_{code}", question.code), label, share);
            Some(figure.out_of(Some(*n), Some(counts.answered)).within(within))
        };
        codes.iter().zip(figure::own(item)).filter_map(figure).collect()
    };
    strata.flat_map(of).collect()
}

/// Satisfaction on the whole as it was asked.
fn overall(precision: Precision<'_>, words: Words) -> Vec<Figure> {
    let Some(item) = precision.pool.overall.and_then(|place| precision.pool.items.get(place)) else {
        return Vec::new();
    };
    let (pair, n) = ((item.measure, &item.counts), item.counts.answered);
    let k = combine::satisfied(pair);
    let mean = combine::item_mean(pair).map(|value| Figure::of("overall_mean", words.say("levels-overall"), value));
    let share = combine::item_share(pair)
        .map(|value| Figure::of("overall_satisfied", words.say("levels-overall-satisfied"), value));
    let within = k.and_then(|k| precision.share(item, k, n)).map(per_cent);
    let mean = mean.map(|mean| mean.out_of(None, Some(n)).within(precision.mean(item)));
    mean.into_iter().chain(share.map(|share| share.out_of(k, Some(n)).within(within))).collect()
}

/// How far expectations were met.
fn expected(precision: Precision<'_>, method: &Method, words: Words) -> Vec<Figure> {
    let asked = precision.pool.expectation.and_then(|place| precision.pool.items.get(place));
    let told = asked.and_then(|item| Some((item, combine::expectation(method.above, item.measure, &item.counts)?)));
    let Some((item, told)) = told else { return Vec::new() };
    let (n, k) = (told.n, told.fulfilled);
    let mean = told.mean.map(|value| Figure::of("expectation_mean", words.say("levels-expected"), value));
    let share = k.and_then(|k| Exact::percent(k, n));
    let share = share.map(|value| Figure::of("expectation_80", words.say("levels-expected-80"), value));
    let within = k.and_then(|k| precision.share(item, k, n)).map(per_cent);
    let mean = mean.map(|mean| mean.out_of(None, Some(n)));
    mean.into_iter().chain(share.map(|share| share.out_of(k, Some(n)).within(within))).collect()
}

fn per_cent(interval: Interval) -> Interval {
    interval.times(100.0)
}

fn domains(pool: &Pooled<'_>, method: &Method, words: Words) -> Vec<Figure> {
    let of = |(place, domain)| {
        let block = block(pool, place, method)?;
        let (k, n) = (Some(block.k), Some(block.n));
        let [mean, share] = named(domain, block, words);
        let within = share_within(pool, place, method).map(per_cent);
        Some([mean.out_of(None, n), share.out_of(k, n).within(within)])
    };
    pool.domains.iter().enumerate().filter_map(of).flatten().collect()
}

/// Several levels are not one sample, so that domains of them together have no interval; one level alone is what it is.
fn together(round: &Tabulation, levels: &Levels<'_>, method: &Method, words: Words) -> Vec<Figure> {
    let alone = levels.levels.first().filter(|_| levels.levels.len() == 1).map(|(_, pool)| pool);
    let of = |(place, domain)| {
        let name = |code: &str, pool: &Pooled<'_>| pupils::group(round, code, pool, words);
        let [mean, share] = named(domain, levels.domain(place, method, name).ok()?, words);
        let within = alone.and_then(|pool| share_within(pool, place, method)).map(per_cent);
        Some([mean, share.within(within)])
    };
    let whole = levels.whole(method, |code, pool| pupils::group(round, code, pool, words)).ok();
    let domains = levels.all.domains.iter().enumerate().filter_map(of).flatten();
    domains.chain(index(&levels.all, whole, words)).collect()
}

/// All domains together; nothing where there is one alone.
fn index(pool: &Pooled<'_>, whole: Option<Block>, words: Words) -> Vec<Figure> {
    let Some(Block { mean, share, .. }) = whole.filter(|_| pool.domains.len() > 1) else { return Vec::new() };
    let figures = [("index_mean", "levels-index-mean", mean), ("index_satisfied", "levels-index-satisfied", share)];
    figures.map(|(code, label, value)| Figure::of(code, words.say(label), value)).into()
}

/// Mean and satisfied share of a domain.
fn named(domain: &Domain<'_>, block: Block, words: Words) -> [Figure; 2] {
    let (code, title) = (&domain.index.code, figure::title(domain, words));
    let figure = |code: String, label: &str, value| Figure::of(code, format!("{title}: {}", words.say(label)), value);
    [
        figure(format!("{code}_mean"), "levels-mean", block.mean),
        figure(format!("{code}_satisfied"), "levels-satisfied", block.share),
    ]
}
