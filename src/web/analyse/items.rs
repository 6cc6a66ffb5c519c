//! `/analyse/{slug}/items`: every question, domain by domain – bars over the points, mean, k/n – and its table (T3).

mod raw;

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
use super::precision::Precision;
use crate::chart::Breadth;
use crate::survey::question::KindName;
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
    /// Why what was drawn has no intervals.
    why_none: Option<String>,
    /// Whether the page of weights has them.
    is_weighted: bool,
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
    /// Whether some share has an interval.
    has_within: bool,
    /// Never: of all questions the counts are shown; the page of weights has the others.
    is_weighted: bool,
    others: Vec<Row>,
}

/// `GET /analyse/{slug}/items`
pub(super) async fn show(opened: Opened) -> Result<HttpResponse, Failure> {
    let (words, tabulation, filter, pool) = (opened.words(), &*opened.tabulation, &opened.filter, opened.pool());
    let precision = Precision::of(opened.method.reach, &pool);
    page::show(&ItemsPage {
        desk: opened.desk(),
        frame: opened.frame_of_part(),
        audiences: filter.audiences(tabulation, words),
        levels: filter.levels(tabulation, words),
        channels: filter.channels(tabulation, words),
        units: filter.units(tabulation),
        is_empty: pool.n == 0,
        parts: parts(precision, &opened.asking(), words),
        why_none: precision.why_not(words),
        is_weighted: precision.is_weighted(),
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
        return file::table(
            &name,
            &conditions.for_programs(raw::lines(Precision::of(opened.method.reach, &pool), &opened.asking(), words)),
        );
    }
    let places: Vec<usize> = figure::scored(&pool).iter().map(|scored| scored.place).collect();
    let title = opened.named(&words.say("analyse-items"));
    let chart = figure::bars(&pool, &places, title, words).ok_or_else(|| file::nothing(pool.n, words))?;
    file::drawing(&name, ending, chart.draw(Breadth::Desk).footed(conditions.foot())).await
}

/// The questions that the chosen people were asked, domain by domain.
fn parts(precision: Precision<'_>, asking: &Asking, words: Words) -> Vec<Part> {
    let pool = precision.pool;
    let is_asked = |place: &usize| pool.items.get(*place).is_some_and(|item| asking.asks(item));
    let mut parts = Vec::new();
    let mut taken = Vec::new();
    for domain in &pool.domains {
        let title = domain.index.title.as_ref().map(|title| title.get(words.interface()).to_owned());
        let asked: Vec<usize> = domain.items.iter().copied().filter(is_asked).collect();
        if !asked.is_empty() {
            parts.push(part(precision, &asked, domain.index.code.clone(), title.unwrap_or_default(), words));
        }
        taken.extend(&domain.items);
    }
    let is_left = |place: &usize| !taken.contains(place) && pool.items[*place].question.kind_name != KindName::Note;
    let rest: Vec<usize> = (0..pool.items.len()).filter(is_asked).filter(is_left).collect();
    if !rest.is_empty() {
        parts.push(part(precision, &rest, String::new(), words.say("items-others"), words));
    }
    parts
}

fn part(precision: Precision<'_>, places: &[usize], code: String, title: String, words: Words) -> Part {
    let pool = precision.pool;
    let rows =
        places.iter().filter_map(|place| pool.items.get(*place)).map(|item| figure::sure_row(item, precision, words));
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
        has_within: rated.iter().any(|row| row.within.is_some()),
        is_weighted: false,
        rated,
        others,
    }
}
