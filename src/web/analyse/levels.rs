//! `/analyse/{slug}/levels`: levels beside each other – who was asked and answered (T1), domains (T4), the whole and
//! expectations (T5) – and all of them together by the round's rule.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

mod raw;

use super::figure;
use super::filter::{Asked, Filter, Offer, level_name};
use super::frame::{Frame, Tab};
use super::{Opened, file, open};
use crate::analysis::combine::{self, Group};
use crate::analysis::method::Method;
use crate::analysis::{Exact, mean, response_rate, share, top_two_box};
use crate::state::State;
use crate::survey::code::Level;
use crate::tabulation::pooled::{Key, Pooled};
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::method::uncombined;
use crate::web::page;
use crate::web::session::Insider;
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/analyse/levels.html")]
struct LevelsPage {
    desk: DeskFrame,
    frame: Frame,
    filter: Filter,
    audiences: Vec<Offer>,
    heads: Vec<String>,
    /// Each with its title.
    tables: Vec<(String, Vec<Line>)>,
    /// Why levels cannot be put together.
    trouble: Option<String>,
    method: String,
}

/// One line of a table: what it is about, and one cell per level, then all together.
struct Line {
    label: String,
    cells: Vec<String>,
}

struct Column<'t> {
    /// The level's code.
    code: String,
    name: String,
    pool: Pooled<'t>,
}

/// `GET /analyse/{slug}/levels`
pub(super) async fn show(
    request: HttpRequest,
    officer: Insider,
    state: web::Data<State>,
    slug: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let opened = match open(&request, &state, &officer, &slug, &asked, Tab::Levels).await? {
        Ok(opened) => opened,
        Err(answer) => return Ok(answer),
    };
    let words = officer.words;
    let columns = columns(&opened, words);
    let Opened { round, tabulation, method, printed, filter } = &opened;
    let all = tabulation.pooled(filter.audience, &filter.choice());
    let (domains, trouble) = domains(&columns, &all, method, words);
    page::show(&LevelsPage {
        desk: DeskFrame::new(&request, &officer, Room::Results),
        frame: Frame::new(&officer, round, Tab::Levels, state.clock.now()),
        audiences: filter.audiences(tabulation, words),
        heads: columns.iter().map(|column| column.name.clone()).collect(),
        tables: [
            ("levels-came", came(&columns, &all, words)),
            ("levels-domains", domains),
            ("levels-whole", whole(&columns, &all, method, words)),
        ]
        .into_iter()
        .filter(|(_, lines)| !lines.is_empty())
        .map(|(title, lines)| (words.say(title), lines))
        .collect(),
        trouble,
        method: printed.clone(),
        filter: filter.clone(),
    })
}

/// `GET /analyse/{slug}/levels.csv`
pub(super) async fn file(
    request: HttpRequest,
    officer: Insider,
    state: web::Data<State>,
    slug: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let opened = match open(&request, &state, &officer, &slug, &asked, Tab::Levels).await? {
        Ok(opened) => opened,
        Err(answer) => return Ok(answer),
    };
    let words = officer.words;
    let columns = columns(&opened, words);
    let all = opened.tabulation.pooled(opened.filter.audience, &opened.filter.choice());
    let lines = raw::lines(&columns, &all, &opened.method, words);
    file::table(&format!("{slug}-levels"), &lines)
}

/// The levels that have forms, from the lowest.
fn columns(opened: &Opened, words: Words) -> Vec<Column<'_>> {
    let groups = opened.tabulation.pooled_by(opened.filter.audience, &opened.filter.choice(), Key::Level);
    let rank = |code: &str| code.parse::<Level>().map_or(Level::ALL.len(), |level| level as usize);
    let mut all: Vec<(&str, Pooled<'_>)> = groups.into_iter().collect();
    all.sort_by_key(|(code, _)| rank(code));
    all.into_iter().map(|(code, pool)| Column { code: code.to_owned(), name: level_name(code, words), pool }).collect()
}

fn line(label: String, columns: &[Column<'_>], all: &Pooled<'_>, cell: impl Fn(&Pooled<'_>) -> Option<String>) -> Line {
    let pools = columns.iter().map(|column| &column.pool).chain([all]);
    Line { label, cells: pools.map(|pool| cell(pool).unwrap_or_default()).collect() }
}

/// Who could answer, who did.
fn came(columns: &[Column<'_>], all: &Pooled<'_>, words: Words) -> Vec<Line> {
    let count = |n: u64| words.number(i64::try_from(n).unwrap_or(i64::MAX));
    vec![
        line(words.say("show-n"), columns, all, |pool| Some(count(pool.n))),
        line(words.say("figure-pupils"), columns, all, |pool| pool.eligible.map(count)),
        line(words.say("rounds-share"), columns, all, |pool| {
            Some(words.share(&response_rate(pool.n, pool.eligible?)?).0)
        }),
    ]
}

/// A domain in each level.
fn blocks(columns: &[Column<'_>], place: usize, method: &Method) -> Vec<Option<combine::Block>> {
    let of = |column: &Column<'_>| figure::block(&column.pool, column.pool.domains.get(place)?, method.items);
    columns.iter().map(of).collect()
}

/// One of its figures, of the levels that have it.
fn groups(columns: &[Column<'_>], blocks: &[Option<combine::Block>], of: fn(&combine::Block) -> &Exact) -> Vec<Group> {
    let there = columns.iter().zip(blocks).filter_map(|(column, block)| Some((column, block.as_ref()?)));
    let group = |(column, block): (&Column<'_>, &combine::Block)| Group {
        name: column.name.clone(),
        value: of(block).clone(),
        n: block.n,
        pupils: column.pool.eligible,
    };
    there.map(group).collect()
}

/// Mean and satisfied share of each domain; all levels together by the rule, or why not.
fn domains(columns: &[Column<'_>], all: &Pooled<'_>, method: &Method, words: Words) -> (Vec<Line>, Option<String>) {
    let (mut lines, mut trouble) = (Vec::new(), None);
    for (place, domain) in all.domains.iter().enumerate() {
        let name = format!("{} · {}", domain.index.code, figure::title(domain, words));
        let blocks = blocks(columns, place, method);
        let mut together = |of: fn(&combine::Block) -> &Exact| {
            let together = combine::across(method.groups, &groups(columns, &blocks, of));
            together.inspect_err(|why| trouble = Some(uncombined(words, why))).ok()
        };
        let (mean, satisfied) = (together(|block| &block.mean), together(|block| &block.share));
        let places = method.places.count();
        let print = |value: &Exact| words.decimal(value.print(2));
        let percent = |value: &Exact| words.per_cent(value.print(places));
        let cells = |of: fn(&combine::Block) -> &Exact, all: Option<Exact>, print: &dyn Fn(&Exact) -> String| {
            let own = blocks.iter().map(|block| block.as_ref().map(|block| print(of(block))).unwrap_or_default());
            own.chain([all.map(|all| print(&all)).unwrap_or_default()]).collect()
        };
        let label = |name: &str, what: &str| format!("{name}: {}", words.say(what));
        lines.push(Line { label: label(&name, "levels-mean"), cells: cells(|block| &block.mean, mean, &print) });
        lines.push(Line {
            label: label(&name, "levels-satisfied"),
            cells: cells(|block| &block.share, satisfied, &percent),
        });
    }
    (lines, trouble)
}

/// Satisfaction on the whole as it was asked, and expectations; all levels together are all answers together.
fn whole(columns: &[Column<'_>], all: &Pooled<'_>, method: &Method, words: Words) -> Vec<Line> {
    let expected = |pool: &Pooled<'_>| {
        let item = pool.items.get(pool.expectation?)?;
        combine::expectation(method.above, item.measure, &item.counts)
    };
    let with_base = |share: crate::analysis::Share| {
        let (percent, base) = words.share(&share);
        format!("{percent} ({base})")
    };
    let mut lines = Vec::new();
    if all.overall.is_some() {
        lines.push(line(words.say("levels-overall"), columns, all, |pool| {
            let item = pool.items.get(pool.overall?)?;
            mean(item.measure, &item.counts).map(|mean| words.decimal(&mean.mean))
        }));
        lines.push(line(words.say("levels-overall-satisfied"), columns, all, |pool| {
            let item = pool.items.get(pool.overall?)?;
            top_two_box(item.measure, &item.counts).map(with_base)
        }));
    }
    if all.expectation.is_some() {
        let places = method.places.count();
        lines.push(line(words.say("levels-expected"), columns, all, |pool| {
            Some(words.per_cent(expected(pool)?.mean?.print(places)))
        }));
        lines.push(line(words.say("levels-expected-80"), columns, all, |pool| {
            let found = expected(pool)?;
            share(found.fulfilled?, found.n).map(with_base)
        }));
    }
    lines
}
