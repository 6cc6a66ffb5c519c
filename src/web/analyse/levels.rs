//! `/analyse/{slug}/levels`: levels beside each other – what came in (T1), who answered (T2), domains (T4), the whole and
//! expectations (T5) – and all of them together by the round's rule.

mod raw;
mod respondents;

use actix_web::HttpResponse;
use askama::Template;

use super::conditions::Conditions;
use super::figure;
use super::filter::{Filter, Offer, level_name};
use super::frame::Frame;
use super::opened::Opened;
use super::precision::Precision;
use super::{file, pupils};
use crate::analysis::combine::{self, Block, Uncombined};
use crate::analysis::method::Method;
use crate::analysis::{mean, response_rate, share, top_two_box};
use crate::tabulation::Tabulation;
use crate::tabulation::pooled::Pooled;
use crate::tabulation::reading::{self, Levels, block, share_within};
use crate::web::desk::DeskFrame;
use crate::web::error::Failure;
use crate::web::method::{ends, uncombined};
use crate::web::page;
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/analyse/levels.html")]
struct LevelsPage {
    desk: DeskFrame,
    frame: Frame,
    filter: Filter,
    audiences: Vec<Offer>,
    /// What the columns are called: the levels, then all of them together.
    heads: Vec<String>,
    /// Each with its title.
    tables: Vec<(String, Vec<Line>)>,
    /// Why levels cannot be put together.
    trouble: Option<String>,
    /// Whose pupils are missing.
    missing: Option<String>,
    /// Whether some domain has an interval, which is then explained.
    has_intervals: bool,
    /// Why all levels together have no interval, although people were drawn.
    why_none: Option<String>,
    /// Whether the page of weights has one.
    is_weighted: bool,
    left_out: Option<String>,
    method: String,
}

/// One line of a table: what it is about, and one cell per level, then all together.
struct Line {
    label: String,
    cells: Vec<String>,
}

/// `GET /analyse/{slug}/levels`
pub(super) async fn show(opened: Opened) -> Result<HttpResponse, Failure> {
    let (words, tabulation, filter, method) = (opened.words(), &*opened.tabulation, &opened.filter, &opened.method);
    let levels = tabulation.levels_of(filter.audience, &filter.choice());
    let precision = Precision::of(method.reach, &levels.all);
    let (domains, trouble) = domains(tabulation, &levels, method, words);
    page::show(&LevelsPage {
        desk: opened.desk(),
        frame: opened.frame_of_part(),
        audiences: filter.audiences(tabulation, words),
        heads: heads(&levels, words),
        tables: [
            ("levels-came", came(&levels, words)),
            ("levels-respondents", respondents::lines(tabulation, &levels, words)),
            ("levels-domains", domains),
            ("levels-whole", whole(&levels, method, words)),
        ]
        .into_iter()
        .filter(|(_, lines)| !lines.is_empty())
        .map(|(title, lines)| (words.say(title), lines))
        .collect(),
        trouble,
        missing: pupils::missing(tabulation, &levels.all, words),
        has_intervals: has_intervals(&levels, method),
        why_none: precision.why_not(words),
        is_weighted: precision.is_weighted(),
        left_out: opened.left_out.clone(),
        method: opened.printed.clone(),
        filter: filter.clone(),
    })
}

/// `GET /analyse/{slug}/levels.csv`
pub(super) async fn file(opened: Opened) -> Result<HttpResponse, Failure> {
    let levels = opened.tabulation.levels_of(opened.filter.audience, &opened.filter.choice());
    let lines = raw::lines(&opened.tabulation, &levels, &opened.method, opened.words());
    file::table(&opened.file_name("levels"), &Conditions::of(&opened, &levels.all).for_programs(lines))
}

/// Whether a domain of some level has an interval.
fn has_intervals(levels: &Levels<'_>, method: &Method) -> bool {
    let has_one = |pool: &Pooled<'_>| (0..pool.domains.len()).any(|place| share_within(pool, place, method).is_some());
    levels.levels.iter().any(|(_, pool)| has_one(pool))
}

/// What the columns are called: the levels that have forms, and all of them.
fn heads(levels: &Levels<'_>, words: Words) -> Vec<String> {
    let levels = levels.levels.iter().map(|(code, _)| level_name(code, words));
    levels.chain([words.say("levels-all")]).collect()
}

fn line(label: String, levels: &Levels<'_>, cell: impl Fn(&Pooled<'_>) -> Option<String>) -> Line {
    let pools = levels.levels.iter().map(|(_, pool)| pool).chain([&levels.all]);
    Line { label, cells: pools.map(|pool| cell(pool).unwrap_or_default()).collect() }
}

/// Who could answer, who did; what came in stands apart where some of it is left out.
fn came(levels: &Levels<'_>, words: Words) -> Vec<Line> {
    let count = |n: u64| words.number(i64::try_from(n).unwrap_or(i64::MAX));
    let received = line(words.say("levels-received"), levels, |pool| Some(count(pool.received)));
    let rest = [
        line(words.say("show-n"), levels, |pool| Some(count(pool.n))),
        line(words.say("figure-pupils"), levels, |pool| pool.eligible.map(count)),
        line(words.say("rounds-share"), levels, |pool| Some(words.share(&response_rate(pool.n, pool.eligible?)?).0)),
    ];
    let has_left_out = levels.all.received != levels.all.n;
    has_left_out.then_some(received).into_iter().chain(rest).collect()
}

/// Mean and satisfied share of each domain; all levels together by the rule, or why not.
fn domains(round: &Tabulation, levels: &Levels<'_>, method: &Method, words: Words) -> (Vec<Line>, Option<String>) {
    let (mut lines, mut trouble) = (Vec::new(), None);
    for (place, domain) in levels.all.domains.iter().enumerate() {
        let name = format!("{} · {}", domain.index.code, figure::title(domain, words));
        let together = levels.domain(place, method, |code, pool| pupils::group(round, code, pool, words));
        let together = together.inspect_err(|why| {
            // that nobody answered one domain hides no reason of another
            if *why != Uncombined::Nothing || trouble.is_none() {
                trouble = Some(uncombined(words, why));
            }
        });
        let together = together.ok();
        let own = levels.levels.iter().map(|(_, pool)| block(pool, place, method));
        let blocks: Vec<Option<Block>> = own.chain([together]).collect();
        let cells = |print: &dyn Fn(&Block) -> String| {
            blocks.iter().map(|block| block.as_ref().map(print).unwrap_or_default()).collect()
        };
        let label = |what: &str| format!("{name}: {}", words.say(what));
        let places = method.places.count();
        let mean = cells(&|block| words.decimal(block.mean.print(2)));
        let satisfied = cells(&|block| words.per_cent(block.share.print(places)));
        lines.push(Line { label: label("levels-mean"), cells: mean });
        lines.push(Line { label: label("levels-satisfied"), cells: satisfied });
        let within = |pool: &Pooled<'_>| share_within(pool, place, method).map(|interval| ends(words, interval));
        let mut cells: Vec<String> = levels.levels.iter().map(|(_, pool)| within(pool).unwrap_or_default()).collect();
        // several levels are not one sample
        cells.push(if cells.len() == 1 { cells[0].clone() } else { String::new() });
        if cells.iter().any(|cell| !cell.is_empty()) {
            lines.push(Line { label: label("levels-within"), cells });
        }
    }
    lines.extend(index(round, levels, method, words));
    (lines, trouble)
}

/// All domains together by the round's rules; nothing where there is one alone.
fn index(round: &Tabulation, levels: &Levels<'_>, method: &Method, words: Words) -> Vec<Line> {
    if levels.all.domains.len() < 2 {
        return Vec::new();
    }
    let together = levels.whole(method, |code, pool| pupils::group(round, code, pool, words)).ok();
    let own = levels.levels.iter().map(|(_, pool)| reading::whole(pool, method));
    let blocks: Vec<Option<Block>> = own.chain([together]).collect();
    let line = |label: &str, print: &dyn Fn(&Block) -> String| {
        let cells = blocks.iter().map(|block| block.as_ref().map(print).unwrap_or_default());
        Line { label: words.say(label), cells: cells.collect() }
    };
    vec![
        line("levels-index-mean", &|block| words.decimal(block.mean.print(2))),
        line("levels-index-satisfied", &|block| words.per_cent(block.share.print(method.places.count()))),
    ]
}

/// Satisfaction on the whole as it was asked, and expectations; all levels together are all answers together.
fn whole(levels: &Levels<'_>, method: &Method, words: Words) -> Vec<Line> {
    let all = &levels.all;
    let expected = |pool: &Pooled<'_>| {
        let item = pool.items.get(pool.expectation?)?;
        combine::expectation(method.above, item.measure, &item.counts)
    };
    let with_base = |share: crate::analysis::Share| {
        let (percent, base) = words.share(&share);
        format!("{percent} ({base})")
    };
    let mut lines = Vec::new();
    let within = |pool: &Pooled<'_>, place: Option<usize>, k: Option<u64>| {
        let item = pool.items.get(place?)?;
        let interval = Precision::of(method.reach, pool).share(item, k?, item.counts.answered)?;
        Some(ends(words, interval))
    };
    if all.overall.is_some() {
        lines.push(line(words.say("levels-overall"), levels, |pool| {
            let item = pool.items.get(pool.overall?)?;
            mean(item.measure, &item.counts).map(|mean| words.decimal(&mean.mean))
        }));
        lines.push(line(words.say("levels-overall-satisfied"), levels, |pool| {
            let item = pool.items.get(pool.overall?)?;
            top_two_box(item.measure, &item.counts).map(with_base)
        }));
        lines.push(line(words.say("levels-overall-within"), levels, |pool| {
            let item = pool.items.get(pool.overall?)?;
            within(pool, pool.overall, combine::satisfied((item.measure, &item.counts)))
        }));
    }
    if all.expectation.is_some() {
        let places = method.places.count();
        lines.push(line(words.say("levels-expected"), levels, |pool| {
            Some(words.per_cent(expected(pool)?.mean?.print(places)))
        }));
        lines.push(line(words.say("levels-expected-80"), levels, |pool| {
            let found = expected(pool)?;
            share(found.fulfilled?, found.n).map(with_base)
        }));
        lines.push(line(words.say("levels-expected-within"), levels, |pool| {
            within(pool, pool.expectation, expected(pool)?.fulfilled)
        }));
    }
    // without a sample nothing is said of intervals
    lines.retain(|line| line.cells.iter().any(|cell| !cell.is_empty()));
    lines
}
