//! `/analyse/{slug}/units`: units beside each other, by name, each with its base and – where a sample was drawn – its interval.
//! Not a ladder: who is first says little, and what does differ is marked.

mod counted;

use std::collections::BTreeSet;

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use askama::Template;
use serde::Deserialize;

use self::counted::{Row, Whole, by_chance, chart, counted, row, table};
use super::conditions::Conditions;
use super::drawn::Drawn;
use super::figure::{self, FEW};
use super::filter::{Filter, Offer};
use super::frame::Frame;
use super::opened::Opened;
use super::{file, pupils};
use crate::analysis::method::{Method, Reach};
use crate::chart::Breadth;
use crate::tabulation::Tabulation;
use crate::tabulation::pooled::Pooled;
use crate::vietnamese;
use crate::web::desk::DeskFrame;
use crate::web::error::Failure;
use crate::web::page;
use crate::web::words::Words;

/// Units on one page: as many as a chart can be read with.
const PER_PAGE: usize = 50;

/// Which question, and which page of the list.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Wanted {
    of: Option<String>,
    page: Option<usize>,
}

#[derive(Template)]
#[template(path = "web/analyse/units.html")]
struct UnitsPage {
    desk: DeskFrame,
    frame: Frame,
    filter: Filter,
    audiences: Vec<Offer>,
    levels: Vec<Offer>,
    questions: Vec<Offer>,
    title: String,
    chart: Option<Drawn>,
    rows: Vec<Row>,
    /// How the drawing is read.
    lead: String,
    has_intervals: bool,
    /// Below this many answers a dot is small and grey.
    few: u64,
    /// Whether some unit has none because its levels were drawn each on its own.
    has_strata: bool,
    /// How many units stand out, and how many would by chance.
    by_chance: Option<String>,
    /// Whose pupils are missing.
    missing: Option<String>,
    /// Units that were asked and have no forms.
    silent: Vec<String>,
    left_out: Option<String>,
    method: String,
    query: String,
    /// This page and how many there are, from 1.
    place: (usize, usize),
}

/// `GET /analyse/{slug}/units`
pub(super) async fn show(opened: Opened, wanted: Query<Wanted>) -> Result<HttpResponse, Failure> {
    let (words, tabulation, filter, pool) = (opened.words(), &*opened.tabulation, &opened.filter, opened.pool());
    let place = match question(&pool, wanted.of()) {
        Ok(place) => place,
        Err(code) => return opened.lacks(vec![words.with("filter-no-question", "code", code)]),
    };
    let (all, whole) = (counted(&opened, place), Whole::of(&opened, &pool, place, words));
    let pages = all.len().div_ceil(PER_PAGE).max(1);
    let page = wanted.page.unwrap_or(1).clamp(1, pages);
    let shown = &all[(page - 1) * PER_PAGE..all.len().min(page * PER_PAGE)];
    let chart = place.and_then(|place| chart(&pool, place, whole.as_ref(), shown, words));
    let has_intervals = all.iter().any(|unit| unit.interval.is_some());
    page::show(&UnitsPage {
        desk: opened.desk(),
        frame: opened.frame_of_part(),
        audiences: filter.audiences(tabulation, words),
        levels: filter.levels(tabulation, words),
        questions: questions(&pool, place, words),
        title: place.map(|place| named(&pool, place, words)).unwrap_or_default(),
        chart: chart.map(|chart| Drawn::by(|breadth| chart.draw(breadth))),
        rows: shown.iter().map(|unit| row(unit, place, whole.as_ref(), words)).collect(),
        lead: words.say(lead(&opened.method, has_intervals)),
        has_intervals,
        by_chance: by_chance(&all, whole.as_ref(), words),
        few: FEW,
        has_strata: all.iter().any(|unit| unit.has_strata),
        missing: pupils::missing(tabulation, &pool, words),
        silent: silent(tabulation, filter, &all.iter().map(|unit| unit.code).collect()),
        left_out: opened.left_out.clone(),
        method: opened.printed.clone(),
        query: address(filter, place.map(|place| pool.items[place].question.code.as_str())),
        place: (page, pages),
        filter: filter.clone(),
    })
}

/// `GET /analyse/{slug}/units.{svg|png|csv}`: all units, as a drawing, a picture and a table.
pub(super) async fn file(
    opened: Opened,
    path: Path<(String, file::Ending)>,
    wanted: Query<Wanted>,
) -> Result<HttpResponse, Failure> {
    let (words, pool, ending) = (opened.words(), opened.pool(), path.into_inner().1);
    let place = match question(&pool, wanted.of()) {
        Ok(place) => place.ok_or_else(|| file::nothing(pool.n, words))?,
        Err(code) => return opened.lacks(vec![words.with("filter-no-question", "code", code)]),
    };
    let all = counted(&opened, Some(place));
    let name = opened.file_name(&format!("units-{}", pool.items[place].question.code));
    let conditions = Conditions::of(&opened, &pool);
    if ending == file::Ending::Csv {
        return file::table(&name, &conditions.for_programs(table(&all)));
    }
    let whole = Whole::of(&opened, &pool, Some(place), words);
    let mut chart = chart(&pool, place, whole.as_ref(), &all, words).ok_or(Failure::NotFound)?;
    chart.title = opened.named(&chart.title);
    file::drawing(&name, ending, chart.draw(Breadth::Desk).footed(conditions.foot())).await
}

/// How the drawing is read: the name of its words.
fn lead(method: &Method, has_intervals: bool) -> &'static str {
    match method.reach {
        Reach::Drawn(_) if has_intervals => "among-lead-sample",
        Reach::Drawn(_) => "among-lead-drawn",
        Reach::OpenLink | Reach::Everybody => "among-lead-open",
    }
}

impl Wanted {
    fn of(&self) -> Option<&str> {
        self.of.as_deref().filter(|code| !code.is_empty())
    }
}

/// The question that is compared: the one asked for, else the one about the whole, else the first rated one.
///
/// # Errors
/// The code that no rated question with answers has.
fn question<'w>(whole: &Pooled<'_>, wanted: Option<&'w str>) -> Result<Option<usize>, &'w str> {
    let rated = figure::rated(whole);
    let has_code = |place: &usize, code: &str| whole.items.get(*place).is_some_and(|item| item.question.code == code);
    match wanted {
        Some(code) => rated.iter().copied().find(|place| has_code(place, code)).map(Some).ok_or(code),
        None => Ok(whole.overall.filter(|place| rated.contains(place)).or(rated.first().copied())),
    }
}

/// Names of the units that were asked and have no forms, as people look for them.
fn silent(tabulation: &Tabulation, filter: &Filter, answering: &BTreeSet<&str>) -> Vec<String> {
    let asked = tabulation.asked_in(filter.audience, &filter.choice());
    let codes = asked.into_iter().filter(|code| !answering.contains(code));
    let mut names: Vec<String> = codes.filter_map(|code| tabulation.units.get(code)).cloned().collect();
    names.sort_by(|a, b| vietnamese::compare(a, b));
    names
}

fn questions(whole: &Pooled<'_>, chosen: Option<usize>, words: Words) -> Vec<Offer> {
    let offer = |place: usize| Offer {
        code: whole.items[place].question.code.clone(),
        label: named(whole, place, words),
        is_chosen: chosen == Some(place),
    };
    figure::rated(whole).into_iter().map(offer).collect()
}

fn named(whole: &Pooled<'_>, place: usize, words: Words) -> String {
    figure::named(&whole.items[place], words)
}

fn address(filter: &Filter, of: Option<&str>) -> String {
    of.map_or_else(|| filter.query(), |code| format!("{}&of={code}", filter.query()))
}
