//! Units as they are counted, printed and drawn.

use crate::analysis::interval::{Interval, NoInterval};
use crate::analysis::{Exact, Share, combine, mean, response_rate, top_two_box};
use crate::chart::{Intervals, Point};
use crate::tabulation::choice::Key;
use crate::tabulation::pooled::Pooled;
use crate::vietnamese;
use crate::web::analyse::figure::{self, FEW};
use crate::web::analyse::file::{DIGITS, ends};
use crate::web::analyse::opened::Opened;
use crate::web::method::per_cent;
use crate::web::words::Words;

/// One unit.
pub(super) struct Row {
    pub code: String,
    pub name: String,
    pub n: String,
    pub rate: Option<String>,
    pub share: String,
    pub base: String,
    pub mean: String,
    pub interval: Option<String>,
    pub remark: Option<String>,
}

/// One unit as it was counted.
pub(super) struct Counted<'t> {
    pub code: &'t str,
    name: &'t str,
    pool: Pooled<'t>,
    satisfied: Option<Share>,
    pub interval: Option<Interval>,
    /// Whether it has none because its levels were drawn each on its own.
    pub has_strata: bool,
}

/// The share of all units together, against which each is held.
pub(super) struct Whole {
    /// 0–1
    share: f64,
    /// How it is told.
    said: String,
}

impl Whole {
    /// As it was counted; with weights where units and levels were drawn each on its own. None where it cannot be told.
    pub(super) fn of(opened: &Opened, pool: &Pooled<'_>, place: Option<usize>, words: Words) -> Option<Self> {
        let place = place?;
        let item = pool.items.get(place)?;
        if opened.method.reach.sample(pool.source_of(item)) != Err(NoInterval::Strata) {
            let share = top_two_box(item.measure, &item.counts)?;
            return Some(Self {
                share: portion(&share),
                said: words.with("among-whole", "share", words.share(&share).0),
            });
        }
        if !pool.unknown.is_empty() {
            return None;
        }
        let cells = opened.cells(words);
        let share = cells.weights.share(&combine::is_best(item.measure)?, &cells.answers(place))?;
        let printed = per_cent(words, &share, opened.method.places);
        Some(Self { share: share.to_f64() / 100.0, said: words.with("among-whole-weighted", "share", printed) })
    }
}

/// The units that have forms, by name as people look for them.
pub(super) fn counted(opened: &Opened, place: Option<usize>) -> Vec<Counted<'_>> {
    let Opened { tabulation, filter, method, .. } = opened;
    let groups = tabulation.pooled_by(filter.audience, &filter.choice(), Key::Unit);
    let one = |(code, pool)| {
        let pool: Pooled<'_> = pool;
        let item = place.and_then(|place| pool.items.get(place));
        let satisfied = item.and_then(|item| top_two_box(item.measure, &item.counts));
        let sample = method.reach.sample(item.map_or_else(|| pool.source(), |item| pool.source_of(item)));
        let has_strata = sample == Err(NoInterval::Strata);
        let interval = sample.ok().zip(satisfied.as_ref()).and_then(|(sample, share)| sample.share(share.k, share.n));
        let name = tabulation.units.get(code).map_or(code, String::as_str);
        Counted { code, name, satisfied, interval, has_strata, pool }
    };
    let mut all: Vec<Counted<'_>> = groups.into_iter().map(one).collect();
    all.sort_by(|a, b| vietnamese::compare(a.name, b.name));
    all
}

/// Whether a unit's interval leaves out the share of the whole; of few answers it says nothing.
fn stands_out(unit: &Counted<'_>, whole: Option<&Whole>) -> bool {
    unit.compared(whole).is_some_and(|(interval, whole)| whole.share < interval.low || interval.high < whole.share)
}

impl Counted<'_> {
    /// What can be held against the whole.
    fn compared<'w>(&self, whole: Option<&'w Whole>) -> Option<(Interval, &'w Whole)> {
        self.satisfied.as_ref().filter(|share| share.n >= FEW)?;
        self.interval.zip(whole)
    }
}

/// How many units stand out, and that chance alone makes one in twenty do so; none where fewer than two can be compared.
pub(super) fn by_chance(units: &[Counted<'_>], whole: Option<&Whole>, words: Words) -> Option<String> {
    let of = units.iter().filter(|unit| unit.compared(whole).is_some()).count();
    let found = units.iter().filter(|unit| stands_out(unit, whole)).count();
    let values = [("of", of.to_string()), ("found", found.to_string()), ("few", FEW.to_string())];
    (of > 1).then(|| words.fill("among-chance", values))
}

/// 0–1.
#[expect(clippy::cast_precision_loss, reason = "a place on an axis")]
fn portion(share: &Share) -> f64 {
    share.k as f64 / share.n as f64
}

pub(super) fn row(unit: &Counted<'_>, place: Option<usize>, whole: Option<&Whole>, words: Words) -> Row {
    let count = |n: u64| words.number(i64::try_from(n).unwrap_or(i64::MAX));
    let (share, base) = unit.satisfied.as_ref().map(|share| words.share(share)).unwrap_or_default();
    let item = place.and_then(|place| unit.pool.items.get(place));
    let ends = |interval: Interval| {
        let interval = interval.times(100.0);
        format!(
            "{} – {}",
            words.decimal(format!("{:.1}", interval.low)),
            words.per_cent(format!("{:.1}", interval.high))
        )
    };
    let is_few = item.is_none_or(|item| item.counts.answered < FEW);
    let is_more = unit.pool.eligible.is_some_and(|pupils| unit.pool.n > pupils);
    let remark = match () {
        () if is_more => Some("among-more"),
        () if !unit.pool.unknown.is_empty() => Some("among-unknown"),
        () if is_few => Some("figure-few"),
        () if stands_out(unit, whole) => Some("among-stands-out"),
        () => None,
    };
    Row {
        code: unit.code.to_owned(),
        name: unit.name.to_owned(),
        n: unit
            .pool
            .eligible
            .map_or_else(|| count(unit.pool.n), |all| format!("{} / {}", count(unit.pool.n), count(all))),
        rate: unit.pool.eligible.and_then(|all| Some(words.share(&response_rate(unit.pool.n, all)?).0)),
        share,
        base,
        mean: item
            .and_then(|item| mean(item.measure, &item.counts))
            .map(|mean| words.decimal(&mean.mean))
            .unwrap_or_default(),
        interval: unit.interval.map(ends),
        remark: remark.map(|name| words.say(name)),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a place on an axis")]
pub(super) fn chart(
    pool: &Pooled<'_>,
    place: usize,
    whole: Option<&Whole>,
    units: &[Counted<'_>],
    words: Words,
) -> Option<Intervals> {
    let item = pool.items.get(place)?;
    top_two_box(item.measure, &item.counts)?;
    let point = |unit: &Counted<'_>| {
        let share = unit.satisfied.as_ref()?;
        let (percent, base) = words.share(share);
        Some(Point {
            label: unit.name.to_owned(),
            note: format!("{percent} ({base})"),
            share: portion(share) as f32,
            interval: unit.interval.map(|interval| (interval.low as f32, interval.high as f32)),
            stands_out: stands_out(unit, whole),
            is_few: share.n < FEW,
        })
    };
    Some(Intervals {
        title: figure::named(item, words),
        whole: whole.map(|whole| (whole.share as f32, whole.said.clone())),
        points: units.iter().filter_map(point).collect(),
    })
}

/// `units.csv`: `satisfied` people of those who `answered`; their share and the ends of its 95 % interval in per cent.
pub(super) fn table(units: &[Counted<'_>]) -> Vec<Vec<String>> {
    let heads = ["unit", "unit_name", "n", "pupils", "satisfied", "answered", "percent", "low", "high"];
    let mut lines = vec![heads.map(str::to_owned).to_vec()];
    for unit in units {
        let share = unit.satisfied.as_ref();
        let of = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
        let percent = share.and_then(|share| Exact::percent(share.k, share.n));
        let [low, high] = ends(unit.interval, 100.0);
        lines.push(vec![
            unit.code.to_owned(),
            unit.name.to_owned(),
            unit.pool.n.to_string(),
            of(unit.pool.eligible),
            of(share.map(|share| share.k)),
            of(share.map(|share| share.n)),
            percent.map(|percent| percent.print(DIGITS)).unwrap_or_default(),
            low,
            high,
        ]);
    }
    lines
}
