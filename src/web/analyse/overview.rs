//! `/analyse/{slug}`: what came in, from whom, what people are least content with and how sure that is.

mod finding;
mod sure;

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::web::Path;
use askama::Template;

use self::finding::Finding;
use self::sure::AsLow;
use super::asking::Asking;
use super::bars::{self, Bars};
use super::figure::{self, DomainRow, FEW, Row, Scored};
use super::file::Ending;
use super::filter::{Filter, Offer, level_name};
use super::frame::Frame;
use super::opened::Opened;
use super::precision::Precision;
use super::standing::{CLOSE, Standing};
use super::weighed::Weighed;
use crate::analysis::method::{Method, PercentPlaces};
use crate::analysis::{Measure, combine, response_rate, share};
use crate::survey::code::Level;
use crate::tabulation::Tabulation;
use crate::tabulation::cells::Cells;
use crate::tabulation::choice::Key;
use crate::tabulation::pooled::{Item, Pooled};
use crate::web::desk::DeskFrame;
use crate::web::error::Failure;
use crate::web::method::per_cent;
use crate::web::page;
use crate::web::words::Words;

/// How many items are named as the lowest.
const LOWEST: usize = 5;
/// How many as the highest.
const HIGHEST: usize = 3;

#[derive(Template)]
#[template(path = "web/analyse/overview.html")]
struct OverviewPage {
    desk: DeskFrame,
    frame: Frame,
    filter: Filter,
    audiences: Vec<Offer>,
    n: String,
    /// Of how many pupils, and the share.
    of: Option<(String, String)>,
    overall: Option<(String, String, String)>,
    /// Where that share is with 95 %, where a sample was drawn.
    overall_within: Option<String>,
    expectation: Option<(String, String)>,
    /// The lowest question, where anything is rated.
    finding: Option<Finding>,
    /// “Lowest” and “highest” are of the questions that everybody was asked.
    is_among: bool,
    /// Those that are as good as equal to the lowest, or may be as low had everybody been asked.
    ties: Option<String>,
    /// What only some were asked and stands lower still.
    for_some: Option<Low>,
    highest: Vec<Low>,
    /// Forms that a rule left out.
    left_out: Option<String>,
    /// The lowest as bars.
    bars: Option<bars::Part>,
    /// How people were reached, and whether that speaks of others.
    reached: String,
    /// How sure it all is.
    sure: Vec<String>,
    /// Whether the whole can only be told with weights, which stand on another page.
    is_weighted: bool,
    domains: Vec<DomainRow>,
    /// Where nothing is rated: the first questions with choices.
    answers: Vec<Row>,
    has_pupils: bool,
    from_levels: Vec<Came>,
    from_channels: Vec<Came>,
    levels: Vec<Offer>,
    units: Vec<Offer>,
    channels: Vec<Offer>,
    method: String,
}

/// An item near an end.
struct Low {
    code: String,
    label: String,
    /// Where only some forms ask it: which.
    only: Option<String>,
    /// The share with weights, where there are some.
    weighted: Option<String>,
    share: String,
    base: String,
    mean: String,
}

impl Low {
    /// The share that speaks for all.
    fn told(&self) -> String {
        self.weighted.as_ref().unwrap_or(&self.share).clone()
    }
}

/// From whom forms came.
struct Came {
    label: String,
    n: String,
    eligible: Option<String>,
    rate: Option<String>,
}

impl OverviewPage {
    /// What the bases of the domains are called.
    fn domain_base(&self) -> &'static str {
        if self.domains.iter().any(|domain| domain.is_counted) { "figure-base" } else { "figure-put-together" }
    }
}

/// `GET /analyse/{slug}`
pub(super) async fn show(opened: Opened) -> Result<HttpResponse, Failure> {
    let (words, tabulation, filter, method) = (opened.words(), &*opened.tabulation, &opened.filter, &opened.method);
    let pool = opened.pool();
    let asking = opened.asking();
    let cells = weighing(&opened, &pool, words);
    let weighed = cells.as_ref().map(|cells| Weighed { cells, reach: method.reach, places: method.places });
    let standing = Standing::of(&asking, &pool, cells.as_ref());
    let named = |scored: &Scored| low(tabulation, &asking, &pool, (scored, method.places), words);
    let order = &standing.general;
    let precision = Precision::of(method.reach, &pool);
    let overall = pool.overall.and_then(|place| pool.items.get(place));
    let overall = overall.map(|item| figure::sure_row(item, precision, words)).filter(|row| !row.share.is_empty());
    let sure = sure::sure(&opened, &pool, (&standing, cells.as_ref()), words);
    let finding = order.first().map(|first| match first.satisfied.n < FEW {
        true => Finding::too_few(count(pool.n, words), first.satisfied.n, words),
        false => Finding::of(&named(first), standing.is_among, &sure.margin, words),
    });
    let is_enough = order.first().is_some_and(|first| first.satisfied.n >= FEW);
    let levels = tabulation.levels_of(filter.audience, &filter.choice());
    let from_levels = came(opened.pools(Key::Level), |code| level_name(code, words), words);
    let page = OverviewPage {
        desk: opened.desk(),
        frame: opened.frame_of_part(),
        audiences: filter.audiences(tabulation, words),
        n: count(pool.n, words),
        of: pool.eligible.and_then(|all| Some((count(all, words), words.share(&response_rate(pool.n, all)?).0))),
        overall_within: overall.as_ref().and_then(|row| row.within.clone()),
        overall: overall.map(|row| (row.share, row.base, row.mean)),
        expectation: expected(&pool, method, words),
        finding,
        is_among: standing.is_among,
        ties: ties(&pool, &standing, &sure.as_low, method.places, words).filter(|_| is_enough),
        for_some: standing.lower_for_some().map(named),
        highest: standing.highest(HIGHEST, LOWEST).into_iter().map(named).collect(),
        left_out: opened.left_out.clone(),
        bars: bars(&pool, &standing, weighed, words).in_page(method.reach, words),
        reached: sure.reached,
        sure: sure.rest,
        is_weighted: precision.is_weighted(),
        domains: figure::domains(tabulation, (&levels, &asking), method, words),
        answers: if order.is_empty() { answers(&pool, &asking, words) } else { Vec::new() },
        has_pupils: from_levels.iter().any(|row| row.eligible.is_some()),
        from_levels,
        from_channels: came(opened.pools(Key::Channel), |code| words.say(&format!("channel-{code}")), words),
        levels: filter.levels(tabulation, words),
        units: filter.units(tabulation),
        channels: filter.channels(tabulation, words),
        method: opened.printed.clone(),
        filter: filter.clone(),
    };
    page::show(&page)
}

/// `GET /analyse/{slug}/lowest.{svg|png|csv}`: the lowest questions as the page draws them.
pub(super) async fn file(opened: Opened, path: Path<(String, Ending)>) -> Result<HttpResponse, Failure> {
    let (words, pool) = (opened.words(), opened.pool());
    let cells = weighing(&opened, &pool, words);
    let (reach, places) = (opened.method.reach, opened.method.places);
    let weighed = cells.as_ref().map(|cells| Weighed { cells, reach, places });
    let bars = bars(&pool, &Standing::of(&opened.asking(), &pool, cells.as_ref()), weighed, words);
    bars.file(&opened, "lowest", path.into_inner().1).await
}

/// What units and levels weigh where they were drawn each on its own, so that counts alone lean towards where more were drawn.
fn weighing<'o>(opened: &'o Opened, pool: &Pooled<'_>, words: Words) -> Option<Cells<'o>> {
    let is_weighted = Precision::of(opened.method.reach, pool).is_weighted();
    let is_known = pool.unknown.is_empty() && opened.filter.choice().channel.is_none();
    (is_weighted && is_known).then(|| opened.cells(words))
}

/// The lowest questions, to be drawn.
fn bars<'p>(pool: &'p Pooled<'p>, standing: &Standing, weighed: Option<Weighed<'p>>, words: Words) -> Bars<'p> {
    let title = if standing.is_among { "overview-lowest-chart-among" } else { "overview-lowest-chart" };
    let places = standing.general.iter().take(LOWEST).map(|scored| scored.place).collect();
    let title = words.say(title);
    let title = if weighed.is_some() { words.with("overview-chart-weighted", "title", title) } else { title };
    Bars { pool, places, title, weighed }
}

fn count(n: u64, words: Words) -> String {
    words.number(i64::try_from(n).unwrap_or(i64::MAX))
}

fn low(
    tabulation: &Tabulation,
    asking: &Asking,
    pool: &Pooled<'_>,
    (scored, places): (&Scored, PercentPlaces),
    words: Words,
) -> Low {
    let item = &pool.items[scored.place];
    let (share, base) = words.share(&scored.satisfied);
    let weighted = scored.weighted.as_ref().map(|share| per_cent(words, share, places));
    Low {
        code: item.question.code.clone(),
        label: figure::label(item, words),
        only: only(tabulation, asking, item, words),
        weighted: weighted.map(|share| words.with("overview-weighted", "share", share)),
        share,
        base,
        mean: words.decimal(&scored.mean.mean),
    }
}

/// Names what stands as low as the lowest; where a sample was drawn, what may do so, if that is more.
fn ties(
    pool: &Pooled<'_>,
    standing: &Standing,
    as_low: &[AsLow],
    places: PercentPlaces,
    words: Words,
) -> Option<String> {
    let named = |place: usize, share: &str| format!("{} ({share})", figure::named(&pool.items[place], words));
    let ties = standing.ties();
    if !as_low.is_empty() && as_low.len() >= ties.len().min(LOWEST) {
        let names = as_low.iter().take(LOWEST).map(|one| named(one.place, &one.share));
        let others = (as_low.len() > LOWEST).then(|| words.say("overview-unsure-others"));
        let items = names.chain(others).collect::<Vec<_>>().join("; ");
        return Some(words.with("overview-unsure", "items", items));
    }
    let names = ties.iter().take(LOWEST).map(|one| named(one.place, &one.told(places, words)));
    let values = [("points", CLOSE.to_string()), ("items", names.collect::<Vec<_>>().join("; "))];
    (!ties.is_empty()).then(|| words.fill("overview-ties", values))
}

/// The levels whose forms ask an item, where others do not.
fn only(tabulation: &Tabulation, asking: &Asking, item: &Item<'_>, words: Words) -> Option<String> {
    if asking.asks_everybody(item) {
        return None;
    }
    let forms = item.asked_in.iter().filter_map(|place| tabulation.forms.get(*place));
    let names: Vec<String> = forms.map(|form| level_name(form.questionnaire.level_code(), words)).collect();
    Some(words.with("overview-only", "levels", names.join("; ")))
}

/// The first questions with choices: what a poll or a slip is about.
fn answers(pool: &Pooled<'_>, asking: &Asking, words: Words) -> Vec<Row> {
    let has_choices = |item: &&Item<'_>| {
        matches!(item.measure, Measure::Single { .. } | Measure::Multiple { .. } | Measure::Rating { .. })
    };
    pool.items
        .iter()
        .filter(|item| asking.asks(item))
        .filter(has_choices)
        .take(4)
        .map(|item| figure::row(item, words))
        .collect()
}

/// Mean and share of those whose expectations were met.
fn expected(pool: &Pooled<'_>, method: &Method, words: Words) -> Option<(String, String)> {
    let item = pool.items.get(pool.expectation?)?;
    let found = combine::expectation(method.above, item.measure, &item.counts)?;
    let met = found.fulfilled.and_then(|k| share(k, found.n)).map(|share| words.share(&share));
    let met = met.map(|(share, base)| format!("{share} ({base})"));
    Some((words.per_cent(found.mean?.print(method.places.count())), met.unwrap_or_default()))
}

fn came(groups: BTreeMap<&str, Pooled<'_>>, name: impl Fn(&str) -> String, words: Words) -> Vec<Came> {
    if groups.len() < 2 {
        return Vec::new();
    }
    let one = |(code, pool): (&str, Pooled<'_>)| Came {
        label: name(code),
        n: count(pool.n, words),
        eligible: pool.eligible.map(|all| count(all, words)),
        rate: pool.eligible.and_then(|all| Some(words.share(&response_rate(pool.n, all)?).0)),
    };
    let rank = |code: &str| code.parse::<Level>().map_or(Level::ALL.len(), |level| level as usize);
    let mut groups: Vec<(&str, Pooled<'_>)> = groups.into_iter().collect();
    groups.sort_by_key(|(code, _)| rank(code));
    groups.into_iter().map(one).collect()
}
