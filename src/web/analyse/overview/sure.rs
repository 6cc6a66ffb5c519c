//! How sure the first finding is, in sentences: who answered, and whether schools agree.

use super::{LOWEST, count};
use crate::analysis::interval::{Interval, NoInterval};
use crate::analysis::method::{PercentPlaces, Reach};
use crate::analysis::{combine, response_rate, share};
use crate::tabulation::Tabulation;
use crate::tabulation::cells::Cells;
use crate::tabulation::choice::{Choice, Key};
use crate::tabulation::pooled::Pooled;
use crate::web::analyse::figure::{self, FEW, Scored};
use crate::web::analyse::filter::Filter;
use crate::web::analyse::opened::Opened;
use crate::web::analyse::pupils;
use crate::web::analyse::standing::Standing;
use crate::web::analyse::weighed::Weighed;
use crate::web::method::{ends, no_estimate, no_interval};
use crate::web::words::Words;

/// Within how many of a school's own lowest an item counts as low there.
const AMONG: usize = 3;

/// Where the share of a finding lies had everybody been asked.
#[derive(Default)]
pub(super) enum Margin {
    /// Not to be told.
    #[default]
    None,
    /// Around the share as it was counted: `58,3–61,5 %`.
    Around { range: String },
    /// Around the share with weights, which is another than the counted one.
    Weighted { share: String, range: Option<String> },
}

/// An item whose share lies within the margin of the lowest.
pub(super) struct AsLow {
    pub place: usize,
    /// As the margin has it: counted, or with weights.
    pub share: String,
}

/// How sure a finding is.
pub(super) struct Sure {
    /// What stands with the finding: how people were reached, and whether it speaks of those who were not asked.
    pub reached: String,
    pub margin: Margin,
    /// What may be as low as the lowest had everybody been asked, lowest first.
    pub as_low: Vec<AsLow>,
    /// All else that is to be said.
    pub rest: Vec<String>,
}

/// The margin, why there is none, and what is to be said of it elsewhere.
#[derive(Default)]
struct Within {
    margin: Margin,
    as_low: Vec<AsLow>,
    why: Option<String>,
    rest: Vec<String>,
}

impl Within {
    fn none(why: String) -> Self {
        Self { why: Some(why), ..Self::default() }
    }
}

/// All that is to be said.
pub(super) fn sure(
    opened: &Opened,
    pool: &Pooled<'_>,
    (standing, cells): (&Standing, Option<&Cells<'_>>),
    words: Words,
) -> Sure {
    let is_few = standing.general.first().map_or(pool.n, |first| first.satisfied.n) < FEW;
    let first = standing.general.first().filter(|_| !is_few);
    let within = first.map(|first| within(opened, pool, (standing, first, cells), words)).unwrap_or_default();
    let has_range = matches!(within.margin, Margin::Around { .. } | Margin::Weighted { range: Some(_), .. });
    let cannot_tell = within.why.is_some();
    let about = match within.margin {
        Margin::None | Margin::Weighted { range: None, .. } => within.why,
        Margin::Around { .. } | Margin::Weighted { .. } => Some(words.say("sure-margin")),
    };
    let has_silent = cells.is_some_and(|cells| !cells.weights.without_forms.is_empty());
    let mut reached = reached(opened.method.reach, (is_few, cannot_tell, has_silent), words);
    reached.extend(about.into_iter().flat_map(|said| [" ".to_owned(), said]));
    let mut rest = answered(opened, pool, words);
    rest.extend(within.rest);
    // what comes next is named once
    let next = standing.general.get(1).filter(|_| standing.ties().is_empty() && within.as_low.is_empty());
    rest.extend(first.and(next).map(|next| {
        let interval = has_range.then(|| interval(opened, pool, (next, cells))).flatten();
        second(pool, standing, (next, interval), (opened.method.places, words))
    }));
    rest.extend(first.into_iter().flat_map(|first| beside(opened, pool, first, words)));
    Sure { reached, margin: within.margin, as_low: within.as_low, rest }
}

/// How people were reached. What few answered says nothing of others, drawn or not; neither does what has no margin.
fn reached(reach: Reach, (is_few, cannot_tell, has_silent): (bool, bool, bool), words: Words) -> String {
    match reach {
        Reach::Drawn(_) if is_few => words.say("sure-drawn-few"),
        Reach::Drawn(_) if cannot_tell => words.say("sure-drawn-unsure"),
        Reach::Drawn(_) if has_silent => words.say("sure-drawn-partly"),
        _ => words.say(&format!("sure-{}", reach.code()).replace('_', "-")),
    }
}

/// The question that comes next, and where its share would be had everybody been asked.
fn second(
    pool: &Pooled<'_>,
    standing: &Standing,
    (next, interval): (&Scored, Option<Interval>),
    (places, words): (PercentPlaces, Words),
) -> String {
    let label = figure::label(&pool.items[next.place], words);
    let share = next.told(places, words);
    let share = match interval {
        Some(interval) => words.fill("sure-next-within", [("share", share), ("range", ends(words, interval))]),
        None => share,
    };
    let values = [("share", share), ("code", code(pool, next)), ("label", label)];
    words.fill(if standing.is_among { "sure-next-among" } else { "sure-next" }, values)
}

/// Whether schools agree, and how many were asked at all.
fn beside(opened: &Opened, pool: &Pooled<'_>, first: &Scored, words: Words) -> Vec<String> {
    let mut said = Vec::new();
    let (low, of) = agreeing(&opened.tabulation, &opened.filter, first.place);
    if of >= 3 {
        let values =
            [("low", low.to_string()), ("of", of.to_string()), ("few", FEW.to_string()), ("code", code(pool, first))];
        said.push(words.fill("sure-schools", values));
    }
    if share(first.satisfied.n, pool.n).is_some_and(|share| share.k * 2 < share.n) {
        said.push(words.fill("sure-asked-few", [("n", count(first.satisfied.n, words)), ("of", count(pool.n, words))]));
    }
    said
}

/// How many answered, of how many, and what is not known of the others.
fn answered(opened: &Opened, pool: &Pooled<'_>, words: Words) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(all) = pool.eligible {
        let rate = response_rate(pool.n, all).map(|rate| words.share(&rate).0).unwrap_or_default();
        let values = [("n", count(pool.n, words)), ("all", count(all, words)), ("rate", rate)];
        said.push(words.fill(if pool.n > all { "sure-more" } else { "sure-rate" }, values));
    }
    said.extend(pupils::missing(&opened.tabulation, pool, words));
    match opened.method.reach {
        // whoever was not drawn was not asked, and nobody wrote down how many were
        Reach::Drawn(_) => said.push(words.say("sure-drawn-silent")),
        Reach::OpenLink | Reach::Everybody => said.extend(silent(pool, words)),
    }
    said
}

/// How many did not answer, where they are most.
fn silent(pool: &Pooled<'_>, words: Words) -> Option<String> {
    let (n, all) = (pool.n, pool.eligible?);
    let rest = all.checked_sub(n).filter(|rest| *rest > n)?;
    Some(words.with("sure-silent", "rest", words.share(&response_rate(rest, all)?).0))
}

/// Where the share of an item is in a sample: with weights where there are some.
fn interval(opened: &Opened, pool: &Pooled<'_>, (scored, cells): (&Scored, Option<&Cells<'_>>)) -> Option<Interval> {
    let (item, reach) = (pool.items.get(scored.place)?, opened.method.reach);
    match cells {
        Some(cells) => Weighed { cells, reach, places: opened.method.places }.within((scored.place, item)),
        None => reach.sample(pool.source_of(item)).ok()?.share(scored.satisfied.k, scored.satisfied.n),
    }
}

/// Where the lowest share is, if it can be told, and which others may be there.
fn within(
    opened: &Opened,
    pool: &Pooled<'_>,
    (standing, first, cells): (&Standing, &Scored, Option<&Cells<'_>>),
    words: Words,
) -> Within {
    if let Some(cells) = cells {
        return weighted(opened, pool, (standing, first, cells), words);
    }
    match opened.method.reach.sample(pool.source_of(&pool.items[first.place])) {
        Ok(sample) => {
            let Some(interval) = sample.share(first.satisfied.k, first.satisfied.n) else { return Within::default() };
            let may_be = |other: &&Scored| other.satisfied.k as f64 <= interval.high * other.satisfied.n as f64;
            let as_low = |other: &Scored| AsLow { place: other.place, share: words.share(&other.satisfied).0 };
            let as_low = standing.others().filter(may_be).map(as_low).collect();
            Within { margin: Margin::Around { range: ends(words, interval) }, as_low, ..Within::default() }
        }
        Err(NoInterval::Strata) if !pool.unknown.is_empty() => Within::none(words.say("sure-weighted-unknown")),
        Err(NoInterval::Strata) => Within::none(words.say("sure-weighted-channel")),
        Err(why @ NoInterval::MoreThanPupils { .. }) => Within::none(no_interval(words, &why)),
        Err(NoInterval::OpenLink | NoInterval::Everybody) => Within::default(),
    }
}

/// The lowest share of a stratified sample with weights: the counted one leans towards where more were drawn.
fn weighted(
    opened: &Opened,
    pool: &Pooled<'_>,
    (standing, first, cells): (&Standing, &Scored, &Cells<'_>),
    words: Words,
) -> Within {
    let (weights, answers) = (&cells.weights, cells.answers(first.place));
    let best = |scored: &Scored| combine::is_best(pool.items[scored.place].measure);
    let Some(is_in) = best(first) else { return Within::default() };
    let interval = match weights.share_interval(opened.method.reach, &is_in, &answers) {
        Ok(interval) => interval,
        Err(why) => {
            let margin = Margin::Weighted { share: first.told(opened.method.places, words), range: None };
            return Within { margin, ..Within::none(no_estimate(words, &why)) };
        }
    };
    let Some(interval) = interval else { return Within::default() };
    let places = |names: &[String]| i64::try_from(names.len()).unwrap_or(i64::MAX);
    let (single, silent) = (places(&weights.single), places(&weights.without_forms));
    let mut rest = vec![words.say("sure-weighted")];
    rest.extend((silent > 0).then(|| words.count("sure-weighted-silent", silent)));
    rest.extend((single > 0).then(|| words.count("sure-weighted-single", single)));
    let places = opened.method.places;
    // one more than are named, to say that there are others
    let as_low = standing.others().take(LOWEST + 1).filter_map(|other| {
        let is_as_low = other.weighted.as_ref()?.to_f64() <= interval.high * 100.0;
        is_as_low.then(|| AsLow { place: other.place, share: other.told(places, words) })
    });
    let as_low = as_low.collect();
    let share = first.told(places, words);
    Within { margin: Margin::Weighted { share, range: Some(ends(words, interval)) }, as_low, why: None, rest }
}

fn code(pool: &Pooled<'_>, scored: &Scored) -> String {
    pool.items[scored.place].question.code.clone()
}

/// In how many schools with enough forms the item is among the lowest, of how many.
fn agreeing(tabulation: &Tabulation, filter: &Filter, place: usize) -> (usize, usize) {
    let choice = Choice { units: None, ..filter.choice() };
    let schools = tabulation.pooled_by(filter.audience, &choice, Key::Unit);
    let asked = schools.values().filter(|pool| pool.items[place].counts.answered >= FEW);
    let low = |pool: &&Pooled<'_>| figure::lowest_first(pool).iter().take(AMONG).any(|scored| scored.place == place);
    let asked: Vec<&Pooled<'_>> = asked.collect();
    (asked.iter().copied().filter(|pool| low(pool)).count(), asked.len())
}
