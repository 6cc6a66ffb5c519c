//! Rows of figures as pages print them.

use super::asking::Asking;
use super::precision::Precision;
use super::pupils;
use crate::analysis::combine::{Block, Uncombined};
pub(super) use crate::analysis::interval::FEW;
use crate::analysis::method::{Method, PercentPlaces};
use crate::analysis::{Counts, Exact, Mean, Measure, Share, mean, share, top_two_box};
use crate::chart::{Bar, Diverging};
use crate::survey::question::Kind;
use crate::survey::text::Lang;
use crate::tabulation::Tabulation;
use crate::tabulation::pooled::{Domain, Item, Pooled};
use crate::tabulation::reading::Levels;
use crate::web::figures::coded;
use crate::web::method::{ends, per_cent, uncombined};
use crate::web::words::Words;

/// One question.
pub(super) struct Row {
    pub code: String,
    /// With its code, where readers know it.
    pub label: String,
    /// `4,21`
    pub mean: String,
    /// `88,4 %`
    pub share: String,
    /// Where the share is with 95 %, where a sample was drawn: `87,6–89,2 %`.
    pub within: Option<String>,
    /// `6.192/7.004`
    pub base: String,
    /// Answers per choice: code, label, count, per cent.
    pub cells: Vec<Cell>,
    /// “Không dùng / không rõ”.
    pub not_applicable: String,
    /// Asked and left open.
    pub skipped: String,
    /// Answers.
    pub answered: String,
    pub is_few: bool,
    pub is_rating: bool,
}

impl Row {
    /// Whether the shares of its choices have intervals.
    pub fn has_within(&self) -> bool {
        self.cells.iter().any(|cell| cell.within.is_some())
    }
}

/// One choice of a question.
pub(super) struct Cell {
    pub label: String,
    pub count: String,
    pub percent: String,
    /// Where the share is with 95 %, where a sample was drawn.
    pub within: Option<String>,
    /// Of a thousand, for a bar.
    pub tenths: u64,
}

/// One domain.
pub(super) struct DomainRow {
    pub code: String,
    pub title: String,
    pub mean: String,
    pub share: String,
    pub base: String,
    /// Whether the base is `k/n`, not how many answers were put together.
    pub is_counted: bool,
    pub items: usize,
}

/// What an item scored.
pub(super) struct Scored {
    /// Its place in the pool.
    pub place: usize,
    /// The two highest levels.
    pub satisfied: Share,
    /// Their share with weights, in per cent, where units and levels were drawn each on its own.
    pub weighted: Option<Exact>,
    /// On the scale's points.
    pub mean: Mean,
}

impl Scored {
    /// The share that speaks for all, in per cent: with weights where there are some, else as it was counted.
    pub fn percent(&self) -> Exact {
        let counted = || Exact::percent(self.satisfied.k, self.satisfied.n).unwrap_or_else(|| Exact::whole(0));
        self.weighted.clone().unwrap_or_else(counted)
    }

    /// The same as people read it.
    pub fn told(&self, places: PercentPlaces, words: Words) -> String {
        self.weighted.as_ref().map_or_else(|| words.share(&self.satisfied).0, |share| per_cent(words, share, places))
    }
}

/// The rated items that have answers and stand on a scale of satisfaction, in the order of the questionnaire.
pub(super) fn scored(pool: &Pooled<'_>) -> Vec<Scored> {
    let score = |(place, item): (usize, &Item<'_>)| {
        let satisfied = top_two_box(item.measure, &item.counts)?;
        Some(Scored { place, satisfied, weighted: None, mean: mean(item.measure, &item.counts)? })
    };
    pool.items.iter().enumerate().filter_map(score).collect()
}

/// Places of the items on a scale of satisfaction that have answers.
pub(super) fn rated(pool: &Pooled<'_>) -> Vec<usize> {
    scored(pool).iter().map(|scored| scored.place).collect()
}

/// Those of a domain, lowest share first; of equal shares the one with more answers. What few answered comes last: its share
/// is easily moved.
pub(super) fn lowest_first(pool: &Pooled<'_>) -> Vec<Scored> {
    let in_domain = |scored: &Scored| pool.domains.iter().any(|domain| domain.items.contains(&scored.place));
    let mut all: Vec<Scored> = scored(pool).into_iter().filter(in_domain).collect();
    let is_few = |scored: &Scored| scored.satisfied.n < FEW;
    all.sort_by(|a, b| {
        let by_share = || compare(&a.satisfied, &b.satisfied).then(b.satisfied.n.cmp(&a.satisfied.n));
        is_few(a).cmp(&is_few(b)).then_with(by_share)
    });
    all
}

/// Which share is smaller, exactly.
fn compare(a: &Share, b: &Share) -> std::cmp::Ordering {
    let cross = |one: &Share, other: &Share| u128::from(one.k) * u128::from(other.n);
    cross(a, b).cmp(&cross(b, a))
}

/// A question as a row.
pub(super) fn row(item: &Item<'_>, words: Words) -> Row {
    let counts = &item.counts;
    let number = |n: u64| words.number(i64::try_from(n).unwrap_or(i64::MAX));
    let satisfied = top_two_box(item.measure, counts);
    let (share, base) = satisfied.as_ref().map(|share| words.share(share)).unwrap_or_default();
    Row {
        code: item.question.code.clone(),
        label: named(item, words),
        mean: mean(item.measure, counts).map(|mean| words.decimal(&mean.mean)).unwrap_or_default(),
        share,
        within: None,
        base,
        cells: cells(item, words),
        not_applicable: number(counts.not_applicable),
        skipped: number(counts.asked.saturating_sub(counts.answered + counts.not_applicable)),
        answered: number(counts.answered),
        is_few: counts.answered < FEW,
        is_rating: matches!(item.measure, Measure::Rating { .. }),
    }
}

/// The same with how sure its shares are.
pub(super) fn sure_row(item: &Item<'_>, precision: Precision<'_>, words: Words) -> Row {
    let mut row = row(item, words);
    let within = |k, n| Some(ends(words, precision.share(item, k, n)?));
    row.within = top_two_box(item.measure, &item.counts).and_then(|share| within(share.k, share.n));
    for (cell, n) in row.cells.iter_mut().zip(own(item)) {
        cell.within = within(*n, item.counts.answered);
    }
    row
}

/// Answers per choice, in the order of the cells of its row.
pub(super) fn own<'i>(item: &'i Item<'_>) -> impl Iterator<Item = &'i u64> {
    let Counts { choices, bins, .. } = &item.counts;
    if choices.is_empty() { bins } else { choices }.iter().chain(std::iter::repeat(&0))
}

/// The same behind its code, as tables name it.
pub(super) fn named(item: &Item<'_>, words: Words) -> String {
    coded(&item.question.code, label(item, words))
}

/// What was asked, in the reader's language where the questionnaire has it.
pub(super) fn label(item: &Item<'_>, words: Words) -> String {
    item.question.label.get(words.interface()).to_owned()
}

fn cells(item: &Item<'_>, words: Words) -> Vec<Cell> {
    let (counts, kind) = (&item.counts, item.question.kind.as_ref());
    let listed = match item.measure {
        Measure::Rating { codes, .. }
        | Measure::Single { codes, .. }
        | Measure::Multiple { codes }
        | Measure::Class { codes } => codes.iter().map(|code| choice(kind, code, words.interface())).collect(),
        Measure::Number { bins, .. } => bins.iter().map(|bin| words.range(&bin.label)).collect(),
        Measure::Rank { .. } | Measure::Counted | Measure::Text => Vec::new(),
    };
    let other = matches!(item.measure, Measure::Single { other: true, .. }).then(|| words.say("figure-other"));
    let labels = listed.into_iter().chain(other);
    labels.zip(own(item)).map(|(label, n)| cell(label, *n, counts.answered, words)).collect()
}

fn cell(label: String, n: u64, of: u64, words: Words) -> Cell {
    let percent = share(n, of).map(|share| words.share(&share).0).unwrap_or_default();
    let tenths = if of == 0 { 0 } else { (n * 2000 + of) / (2 * of) };
    Cell { label, count: words.number(i64::try_from(n).unwrap_or(i64::MAX)), percent, within: None, tenths }
}

/// What people read for a choice.
pub(super) fn choice(kind: &dyn Kind, code: &str, lang: Lang) -> String {
    kind.label(code).map_or_else(|| code.to_owned(), |label| label.get(lang).to_owned())
}

/// The domains that have answers, by the round's method; where levels cannot be put together, why. Of each, as many items as the
/// chosen people were asked.
pub(super) fn domains(
    round: &Tabulation,
    (levels, asking): (&Levels<'_>, &Asking),
    method: &Method,
    words: Words,
) -> Vec<DomainRow> {
    let is_asked = |place: &&usize| levels.all.items.get(**place).is_some_and(|item| asking.asks(item));
    let row = |(place, domain): (usize, &Domain<'_>)| {
        let read = levels.domain(place, method, |code, pool| pupils::group(round, code, pool, words));
        let (mean, share, base, is_counted) = match read {
            Ok(block) => (
                words.decimal(block.mean.print(2)),
                words.per_cent(block.share.print(method.places.count())),
                base(&block, words),
                block.is_counted(),
            ),
            Err(Uncombined::Nothing) => return None,
            Err(why) => (String::new(), String::new(), uncombined(words, &why), false),
        };
        let (code, title) = (domain.index.code.clone(), title(domain, words));
        let items = domain.items.iter().filter(is_asked).count();
        Some(DomainRow { code, title, mean, share, base, is_counted, items })
    };
    levels.all.domains.iter().enumerate().filter_map(row).collect()
}

/// What a share stands on: `k/n` where it is that, otherwise how many answers were put together in it.
pub(super) fn base(block: &Block, words: Words) -> String {
    let n = words.number(i64::try_from(block.n).unwrap_or(i64::MAX));
    match share(block.k, block.n) {
        Some(counted) if block.is_counted() => words.share(&counted).1,
        _ => words.with("figure-answers", "n", n),
    }
}

/// What a domain is called.
pub(super) fn title(domain: &Domain<'_>, words: Words) -> String {
    domain.index.title.as_ref().map(|title| title.get(words.interface()).to_owned()).unwrap_or_default()
}

/// Those of these items that can be drawn beside each other, with their places: rated on the scale of the first one, with answers.
pub(super) fn alike<'p, 't>(pool: &'p Pooled<'t>, places: &[usize]) -> Vec<(usize, &'p Item<'t>)> {
    let mut items: Vec<(usize, &Item<'t>)> =
        places.iter().filter_map(|place| Some((*place, pool.items.get(*place)?))).collect();
    let scale = items.first().map(|(_, first)| first.measure).filter(|scale| matches!(scale, Measure::Rating { .. }));
    items.retain(|(_, item)| Some(item.measure) == scale && item.counts.answered > 0);
    items
}

/// The levels of a scale in words, lowest first.
pub(super) fn levels(item: &Item<'_>, words: Words) -> Vec<String> {
    let Measure::Rating { codes, .. } = item.measure else { return Vec::new() };
    codes.iter().map(|code| choice(item.question.kind.as_ref(), code, words.interface())).collect()
}

/// Bars of these items over their common scale; none where there is nothing to draw.
pub(super) fn bars(pool: &Pooled<'_>, places: &[usize], title: String, words: Words) -> Option<Diverging> {
    let items = alike(pool, places);
    let levels = levels(items.first()?.1, words);
    let bar = |(_, item): &(usize, &Item<'_>)| {
        let row = row(item, words);
        Bar { label: row.label, note: format!("{} ({})", row.share, row.base), counts: item.counts.choices.clone() }
    };
    Some(Diverging { title, levels, bars: items.iter().map(bar).collect() })
}
