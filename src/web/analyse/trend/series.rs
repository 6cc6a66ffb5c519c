//! One figure through all rounds.

use super::{Past, Read};
use crate::analysis::combine::{self, Block, Uncombined};
use crate::analysis::interval::{Interval, NoInterval};
use crate::chart;
use crate::tabulation::pooled::Pooled;
use crate::tabulation::reading::Levels;
use crate::tabulation::trend::{self, Asked, Compared, Link, compare};
use crate::web::analyse::asking::Asking;
use crate::web::analyse::conditions::Conditions;
use crate::web::analyse::figure::{self, FEW};
use crate::web::analyse::pupils;
use crate::web::method::{ends, per_cent, uncombined};
use crate::web::words::Words;

/// What a figure is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// All domains together.
    Whole,
    /// A domain, by its place.
    Domain(usize),
    /// An item, by its place.
    Item(usize),
}

/// A figure with its name in addresses.
#[derive(Debug, Clone)]
pub(super) struct Series {
    pub key: String,
    pub kind: Kind,
}

/// One round in it.
pub(super) struct Line {
    pub round: String,
    pub day: String,
    pub share: String,
    pub base: String,
    pub mean: String,
    pub interval: String,
    pub note: String,
    pub is_few: bool,
    /// 0–1; none: nothing to draw.
    drawn: Option<f32>,
    /// Per cent and mean in decimals, k where the share is k/n, and n.
    numbers: [String; 4],
    between: Option<Interval>,
    /// Whether it has no interval because schools and levels were drawn each on its own.
    pub has_strata: bool,
    joins: bool,
    conditions: [String; 3],
}

/// Whether few people stand behind a figure: of a domain, which counts answers to several questions, at most as many as sent a form.
pub(super) fn is_few(pool: &Pooled<'_>, block: &Block) -> bool {
    block.n.min(pool.n) < FEW
}

/// The interval of a share, or why it has none.
type Between = Result<Option<Interval>, NoInterval>;

impl Series {
    /// Every figure of a round: the whole, its domains, its rated items.
    pub fn all(pool: &Pooled<'_>) -> Vec<Self> {
        let domains = pool.domains.iter().enumerate();
        let rated = pool.items.iter().enumerate().filter(|(_, item)| combine::is_best(item.measure).is_some());
        let mut all = vec![Self { key: "whole".into(), kind: Kind::Whole }];
        all.extend(domains.map(|(at, one)| Self { key: format!("domain-{}", one.index.code), kind: Kind::Domain(at) }));
        for (at, item) in rated {
            // the same code in other words is another item
            let same = pool.items[..at].iter().filter(|other| other.question.code == item.question.code).count();
            let key =
                if same == 0 { item.question.code.clone() } else { format!("{}-{}", item.question.code, same + 1) };
            all.push(Self { key, kind: Kind::Item(at) });
        }
        all
    }

    /// The one of this name.
    pub fn named(pool: &Pooled<'_>, key: &str) -> Option<Self> {
        Self::all(pool).into_iter().find(|series| series.key == key)
    }

    /// The same; without a name the question about the whole, or else all domains together.
    pub fn find(pool: &Pooled<'_>, key: &str) -> Option<Self> {
        let usual = pool.overall.map_or(Kind::Whole, Kind::Item);
        Self::named(pool, key).or_else(|| Self::all(pool).into_iter().find(|series| series.kind == usual))
    }

    /// Whether the chosen people were asked anything of it.
    pub fn is_asked(&self, pool: &Pooled<'_>, asking: &Asking) -> bool {
        let asks = |place: &usize| pool.items.get(*place).is_some_and(|item| asking.asks(item));
        match self.kind {
            Kind::Whole => true,
            Kind::Domain(at) => pool.domains.get(at).is_some_and(|domain| domain.items.iter().any(asks)),
            Kind::Item(at) => asks(&at),
        }
    }

    /// This round and an earlier one, by this round's rules.
    pub fn compared(&self, read: &Read, rounds: (&Levels<'_>, &Levels<'_>), words: Words) -> Compared {
        let domains = &rounds.0.all.domains;
        let items: Vec<Vec<usize>> = match self.kind {
            Kind::Whole => domains.iter().map(|domain| domain.items.clone()).collect(),
            Kind::Domain(at) => domains.get(at).map(|domain| domain.items.clone()).into_iter().collect(),
            Kind::Item(_) => Vec::new(),
        };
        let asked = match self.kind {
            Kind::Item(at) => Asked::Question(at),
            Kind::Whole | Kind::Domain(_) => Asked::Domains(&items),
        };
        compare(&read.now.method, rounds, asked, |level, pool| pupils::group(&read.now.tabulation, level, pool, words))
    }

    /// What people call it.
    pub fn title(&self, pool: &Pooled<'_>, words: Words) -> String {
        match self.kind {
            Kind::Whole => words.say("trend-whole"),
            Kind::Domain(at) => pool.domains.get(at).map_or_else(String::new, |domain| {
                let title = domain.index.title.as_ref().map(|title| title.get(words.interface()));
                format!("{} · {}", domain.index.code, title.unwrap_or_default())
            }),
            Kind::Item(at) => pool.items.get(at).map_or_else(String::new, |item| figure::named(item, words)),
        }
    }

    /// The interval of the share, where it is one question and a sample was drawn.
    fn between(&self, past: &Past, pool: &Pooled<'_>, block: Option<&Block>) -> Between {
        let (Some(block), Kind::Item(at)) = (block, &self.kind) else { return Ok(None) };
        let source = pool.items.get(*at).map_or_else(|| pool.source(), |item| pool.source_of(item));
        past.method.reach.sample(source).map(|sample| sample.share(block.k, block.n))
    }
}

/// The figure in every round, from the first to this one.
pub(super) fn lines(series: &Series, read: &Read, words: Words) -> Vec<Line> {
    let filter = &read.opened.filter;
    let now = read.now.levels(filter);
    let mut lines: Vec<Line> = Vec::with_capacity(read.pasts.len() + 1);
    for past in read.pasts.iter().rev() {
        let then = past.levels(filter);
        let compared = series.compared(read, (&now, &then), words);
        let between = series.between(past, &then.all, compared.then.as_ref().ok());
        lines.push(line(read, (past, &then.all), compared.link, compared.then, between, words));
    }
    // how this round stands to the one before it is how that one stands to this
    let own = series.compared(read, (&now, &now), words).now;
    let between = series.between(&read.now, &now.all, own.as_ref().ok());
    lines.push(line(read, (&read.now, &now.all), Link::Same, own, between, words));
    let joins: Vec<bool> = lines.windows(2).map(|pair| pair.iter().all(|line| line.joins)).collect();
    if let Some(first) = lines.first_mut() {
        first.joins = false;
    }
    for (line, joins) in lines.iter_mut().skip(1).zip(joins) {
        line.joins = joins;
    }
    lines
}

fn line(
    read: &Read,
    (past, pool): (&Past, &Pooled<'_>),
    link: Link,
    side: trend::Read,
    between: Between,
    words: Words,
) -> Line {
    let notes = [Some(said(link, words)).filter(|note| !note.is_empty()), unweighed(&side, words)];
    let block = side.ok();
    let (has_strata, between) = (between == Err(NoInterval::Strata), between.ok().flatten());
    let places = read.now.method.places;
    Line {
        round: past.title.clone(),
        day: words.date(past.day),
        share: block.as_ref().map(|block| per_cent(words, &block.share, places)).unwrap_or_default(),
        base: block.as_ref().map(|block| figure::base(block, words)).unwrap_or_default(),
        mean: block.as_ref().map(|block| words.decimal(block.mean.print(2))).unwrap_or_default(),
        interval: between.map(|between| ends(words, between)).unwrap_or_default(),
        note: notes.into_iter().flatten().collect::<Vec<_>>().join("; "),
        is_few: block.as_ref().is_some_and(|block| is_few(pool, block)),
        numbers: block.as_ref().map(|block| numbers(block, places.count(), words)).unwrap_or_default(),
        drawn: block.as_ref().map(|block| (block.share.to_f64() / 100.0) as f32),
        joins: link.joins() && block.is_some(),
        conditions: past.conditions(words),
        between,
        has_strata,
    }
}

/// Per cent and mean in decimals, k where the share is k/n, and n.
pub(super) fn numbers(block: &Block, places: usize, words: Words) -> [String; 4] {
    let k = if block.is_counted() { block.k.to_string() } else { String::new() };
    [words.decimal(block.share.print(places)), words.decimal(block.mean.print(2)), k, block.n.to_string()]
}

/// The same for spreadsheets: k and n apart, because `2/4` would become a day.
pub(super) fn table(series: &Series, read: &Read, words: Words) -> Vec<Vec<String>> {
    let heads = ["trend-figure", "rounds-round", "trend-day", "figure-percent", "trend-mean", "trend-k"];
    let rest = ["trend-answers", "trend-low", "trend-high", "trend-note"];
    let head = heads.into_iter().chain(rest).map(|name| words.say(name)).chain(Conditions::heads(words)).collect();
    let title = series.title(&read.now.levels(&read.opened.filter).all, words);
    let end = |end: Option<f64>| end.map(|end| words.decimal(format!("{:.1}", end * 100.0))).unwrap_or_default();
    let row = |line: Line| {
        let ends = line.between.map(|between| (between.low, between.high)).unzip();
        let about = [title.clone(), line.round, line.day].into_iter().chain(line.numbers);
        about.chain([end(ends.0), end(ends.1), line.note]).chain(line.conditions).collect()
    };
    std::iter::once(head).chain(lines(series, read, words).into_iter().map(row)).collect()
}

/// Why the levels of a round cannot be put together, where that is why it has no figure.
pub(super) fn unweighed(side: &trend::Read, words: Words) -> Option<String> {
    side.as_ref().err().filter(|why| **why != Uncombined::Nothing).map(|why| uncombined(words, why))
}

/// What has to be said about a comparison; nothing where the same was asked.
pub(super) fn said(link: Link, words: Words) -> String {
    match link {
        Link::Same => String::new(),
        Link::Reworded => words.say("trend-reworded"),
        Link::Partly => words.say("trend-partly"),
        Link::Rescaled => words.say("trend-rescaled"),
        Link::Absent => words.say("trend-absent"),
    }
}

/// The drawing; none where no round has anything to draw.
pub(super) fn chart(lines: &[Line]) -> Option<chart::Line> {
    let step = |line: &Line| {
        Some(chart::Step {
            label: line.day.clone(),
            note: line.share.clone(),
            base: line.base.clone(),
            share: line.drawn?,
            interval: line.between.map(|between| (between.low as f32, between.high as f32)),
            joins: line.joins,
        })
    };
    let steps: Vec<_> = lines.iter().filter_map(step).collect();
    (!steps.is_empty()).then(|| chart::Line { title: String::new(), steps })
}
