//! `/analyse/{slug}/items`: every question, domain by domain – bars over the points, mean, k/n – and its table (T3).

use actix_web::HttpResponse;
use actix_web::web::Path;
use askama::Template;

use super::asking::Asking;
use super::conditions::Conditions;
use super::drawn::Drawn;
use super::figure::{self, Row};
use super::file;
use super::filter::{Filter, Offer};
use super::frame::Frame;
use super::opened::Opened;
use crate::chart::Breadth;
use crate::survey::question::KindName;
use crate::tabulation::pooled::Pooled;
use crate::web::desk::DeskFrame;
use crate::web::error::Failure;
use crate::web::page;
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/analyse/items.html")]
struct ItemsPage {
    desk: DeskFrame,
    frame: Frame,
    filter: Filter,
    audiences: Vec<Offer>,
    levels: Vec<Offer>,
    channels: Vec<Offer>,
    units: Vec<Offer>,
    is_empty: bool,
    parts: Vec<Part>,
    query: String,
    left_out: Option<String>,
    method: String,
}

/// A domain, or what belongs to none.
struct Part {
    code: String,
    title: String,
    chart: Option<Drawn>,
    /// What the columns of the points are called.
    levels: Vec<String>,
    rated: Vec<Row>,
    others: Vec<Row>,
}

/// `GET /analyse/{slug}/items`
pub(super) async fn show(opened: Opened) -> Result<HttpResponse, Failure> {
    let (words, tabulation, filter, pool) = (opened.words(), &*opened.tabulation, &opened.filter, opened.pool());
    page::show(&ItemsPage {
        desk: opened.desk(),
        frame: opened.frame_of_part(),
        audiences: filter.audiences(tabulation, words),
        levels: filter.levels(tabulation, words),
        channels: filter.channels(tabulation, words),
        units: filter.units(tabulation),
        is_empty: pool.n == 0,
        parts: parts(&pool, &opened.asking(), words),
        query: filter.query(),
        left_out: opened.left_out.clone(),
        method: opened.printed.clone(),
        filter: filter.clone(),
    })
}

/// `GET /analyse/{slug}/items.{svg|png|csv}`: the same as a drawing, a picture and a table.
pub(super) async fn file(opened: Opened, path: Path<(String, file::Ending)>) -> Result<HttpResponse, Failure> {
    let (words, pool, name) = (opened.words(), opened.pool(), opened.file_name("items"));
    let (ending, conditions) = (path.into_inner().1, Conditions::of(&opened, &pool));
    if ending == file::Ending::Csv {
        return file::table(&name, &conditions.for_programs(table(&pool, &opened.asking(), words)));
    }
    let places: Vec<usize> = figure::scored(&pool).iter().map(|scored| scored.place).collect();
    let title = opened.named(&words.say("analyse-items"));
    let chart = figure::bars(&pool, &places, title, words).ok_or(Failure::NotFound)?;
    file::drawing(&name, ending, chart.draw(Breadth::Desk).footed(conditions.foot())).await
}

/// The questions that the chosen people were asked, domain by domain.
fn parts(pool: &Pooled<'_>, asking: &Asking, words: Words) -> Vec<Part> {
    let is_asked = |place: &usize| pool.items.get(*place).is_some_and(|item| asking.asks(item));
    let mut parts = Vec::new();
    let mut taken = Vec::new();
    for domain in &pool.domains {
        let title = domain.index.title.as_ref().map(|title| title.get(words.interface()).to_owned());
        let asked: Vec<usize> = domain.items.iter().copied().filter(is_asked).collect();
        if !asked.is_empty() {
            parts.push(part(pool, &asked, domain.index.code.clone(), title.unwrap_or_default(), words));
        }
        taken.extend(&domain.items);
    }
    let is_left = |place: &usize| !taken.contains(place) && pool.items[*place].question.kind_name != KindName::Note;
    let rest: Vec<usize> = (0..pool.items.len()).filter(is_asked).filter(is_left).collect();
    if !rest.is_empty() {
        parts.push(part(pool, &rest, String::new(), words.say("items-others"), words));
    }
    parts
}

fn part(pool: &Pooled<'_>, places: &[usize], code: String, title: String, words: Words) -> Part {
    let rows = places.iter().filter_map(|place| pool.items.get(*place)).map(|item| figure::row(item, words));
    let (rated, others): (Vec<Row>, Vec<Row>) = rows.partition(|row| row.is_rating && row.cells.len() <= 5);
    let rated_places: Vec<usize> = places
        .iter()
        .copied()
        .filter(|place| rated.iter().any(|row| row.code == pool.items[*place].question.code))
        .collect();
    let chart = figure::bars(pool, &rated_places, title.clone(), words);
    Part {
        levels: rated.first().map(|row| row.cells.iter().map(|cell| cell.label.clone()).collect()).unwrap_or_default(),
        chart: chart.map(|chart| Drawn::by(|breadth| chart.draw(breadth))),
        code,
        title,
        rated,
        others,
    }
}

/// The table of the items that were asked: one line per choice, for programs.
fn table(pool: &Pooled<'_>, asking: &Asking, words: Words) -> Vec<Vec<String>> {
    let heads = ["code", "question", "asked", "answered", "not_applicable", "choice", "n"];
    let mut lines = vec![heads.map(str::to_owned).to_vec()];
    for item in pool.items.iter().filter(|item| asking.asks(item)) {
        let row = figure::row(item, words);
        let counts = &item.counts;
        let own = if counts.choices.is_empty() { &counts.bins } else { &counts.choices };
        let common = [
            row.code,
            figure::label(item, words),
            counts.asked.to_string(),
            counts.answered.to_string(),
            counts.not_applicable.to_string(),
        ];
        if row.cells.is_empty() {
            lines.push(common.iter().cloned().chain([String::new(), String::new()]).collect());
        }
        for (cell, n) in row.cells.iter().zip(own.iter().chain(std::iter::repeat(&0))) {
            lines.push(common.iter().cloned().chain([cell.label.clone(), n.to_string()]).collect());
        }
    }
    lines
}
