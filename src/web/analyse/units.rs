//! `/analyse/{slug}/units`: units beside each other, by name, each with its base and – where a sample was drawn – its interval.
//! Not a ladder: who is first says little, and what does differ is marked.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::drawn::Drawn;
use super::figure::{self, FEW};
use super::filter::{Asked, Filter, Offer};
use super::frame::{Frame, Tab};
use super::{Opened, file, open};
use crate::analysis::interval::Interval;
use crate::analysis::method::Method;
use crate::analysis::{Share, mean, response_rate, top_two_box};
use crate::chart::{Breadth, Intervals, Point};
use crate::state::State;
use crate::tabulation::Tabulation;
use crate::tabulation::pooled::{Key, Pooled};
use crate::vietnamese;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page;
use crate::web::session::Insider;
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
    has_intervals: bool,
    /// Units without forms.
    silent: usize,
    method: String,
    query: String,
    /// This page and how many there are, from 1.
    place: (usize, usize),
}

/// One unit.
struct Row {
    code: String,
    name: String,
    n: String,
    rate: Option<String>,
    share: String,
    base: String,
    mean: String,
    interval: Option<String>,
    remark: Option<String>,
}

/// One unit as it was counted.
struct Counted<'t> {
    code: &'t str,
    name: &'t str,
    pool: Pooled<'t>,
    satisfied: Option<Share>,
    interval: Option<Interval>,
}

/// `GET /analyse/{slug}/units`
pub(super) async fn show(
    request: HttpRequest,
    officer: Insider,
    state: web::Data<State>,
    slug: web::Path<String>,
    asked: web::Query<Asked>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Failure> {
    let Opened { round, tabulation, method, printed, filter } =
        match open(&request, &state, &officer, &slug, &asked, Tab::Units).await? {
            Ok(opened) => opened,
            Err(answer) => return Ok(answer),
        };
    let words = officer.words;
    let whole = tabulation.pooled(filter.audience, &filter.choice());
    let place = question(&whole, wanted.of.as_deref());
    let all = counted(&tabulation, &filter, &method, place);
    let pages = all.len().div_ceil(PER_PAGE).max(1);
    let page = wanted.page.unwrap_or(1).clamp(1, pages);
    let shown = &all[(page - 1) * PER_PAGE..all.len().min(page * PER_PAGE)];
    let chart = place.and_then(|place| chart(&whole, place, shown, words));
    page::show(&UnitsPage {
        desk: DeskFrame::new(&request, &officer, Room::Results),
        frame: Frame::new(&officer, &round, Tab::Units, state.clock.now()),
        audiences: filter.audiences(&tabulation, words),
        levels: filter.levels(&tabulation, words),
        questions: questions(&whole, place, words),
        title: place.map(|place| named(&whole, place, words)).unwrap_or_default(),
        chart: chart.map(|chart| Drawn::by(|breadth| chart.draw(breadth))),
        rows: shown.iter().map(|unit| row(unit, place, &whole, words)).collect(),
        has_intervals: all.iter().any(|unit| unit.interval.is_some()),
        silent: tabulation.units.len().saturating_sub(all.len()),
        method: printed,
        query: address(&filter, place.map(|place| whole.items[place].question.code.as_str())),
        place: (page, pages),
        filter,
    })
}

/// `GET /analyse/{slug}/units.{svg|png|csv}`: all units, as a drawing, a picture and a table.
pub(super) async fn file(
    request: HttpRequest,
    officer: Insider,
    state: web::Data<State>,
    path: web::Path<(String, file::Ending)>,
    asked: web::Query<Asked>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Failure> {
    let (slug, ending) = path.into_inner();
    let Opened { tabulation, method, filter, .. } =
        match open(&request, &state, &officer, &slug, &asked, Tab::Units).await? {
            Ok(opened) => opened,
            Err(answer) => return Ok(answer),
        };
    let words = officer.words;
    let whole = tabulation.pooled(filter.audience, &filter.choice());
    let place = question(&whole, wanted.of.as_deref()).ok_or(Failure::NotFound)?;
    let all = counted(&tabulation, &filter, &method, Some(place));
    let name = format!("{slug}-units-{}", whole.items[place].question.code);
    if ending == file::Ending::Csv {
        return file::table(&name, &table(&all));
    }
    let drawing = chart(&whole, place, &all, words).ok_or(Failure::NotFound)?.draw(Breadth::Desk);
    file::drawing(&name, ending, drawing).await
}

/// The question that is compared: the one asked for, else the one about the whole, else the first rated one.
fn question(whole: &Pooled<'_>, wanted: Option<&str>) -> Option<usize> {
    let rated = figure::rated(whole);
    let asked = wanted.and_then(|code| rated.iter().copied().find(|place| whole.items[*place].question.code == code));
    asked.or(whole.overall.filter(|place| rated.contains(place))).or(rated.first().copied())
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

/// The units that have forms, by name as people look for them.
fn counted<'t>(tabulation: &'t Tabulation, filter: &Filter, method: &Method, place: Option<usize>) -> Vec<Counted<'t>> {
    let groups = tabulation.pooled_by(filter.audience, &filter.choice(), Key::Unit);
    let one = |(code, pool): (&'t str, Pooled<'t>)| {
        let item = place.and_then(|place| pool.items.get(place));
        let satisfied = item.and_then(|item| top_two_box(item.measure, &item.counts));
        let sample = method.reach.sample(pool.n, pool.eligible).ok();
        let interval = sample.zip(satisfied.as_ref()).and_then(|(sample, share)| sample.share(share.k, share.n));
        let name = tabulation.units.get(code).map_or(code, String::as_str);
        Counted { code, name, satisfied, interval, pool }
    };
    let mut all: Vec<Counted<'t>> = groups.into_iter().map(one).collect();
    all.sort_by(|a, b| vietnamese::compare(a.name, b.name));
    all
}

/// Whether a unit's interval leaves out the share of the whole.
fn stands_out(unit: &Counted<'_>, whole: &Pooled<'_>, place: Option<usize>) -> bool {
    let item = place.and_then(|place| whole.items.get(place));
    let share = item.and_then(|item| top_two_box(item.measure, &item.counts)).map(|share| portion(&share));
    unit.interval.zip(share).is_some_and(|(interval, share)| share < interval.low || interval.high < share)
}

/// 0–1.
#[expect(clippy::cast_precision_loss, reason = "a place on an axis")]
fn portion(share: &Share) -> f64 {
    share.k as f64 / share.n as f64
}

fn row(unit: &Counted<'_>, place: Option<usize>, whole: &Pooled<'_>, words: Words) -> Row {
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
    let remark = match (stands_out(unit, whole, place), is_more, is_few) {
        (true, ..) => Some("among-stands-out"),
        (false, true, _) => Some("among-more"),
        (false, false, true) => Some("figure-few"),
        (false, false, false) => None,
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
fn chart(whole: &Pooled<'_>, place: usize, units: &[Counted<'_>], words: Words) -> Option<Intervals> {
    let item = whole.items.get(place)?;
    let all = top_two_box(item.measure, &item.counts)?;
    let point = |unit: &Counted<'_>| {
        let share = unit.satisfied.as_ref()?;
        let (percent, base) = words.share(share);
        Some(Point {
            label: unit.name.to_owned(),
            note: format!("{percent} ({base})"),
            share: portion(share) as f32,
            interval: unit.interval.map(|interval| (interval.low as f32, interval.high as f32)),
            stands_out: stands_out(unit, whole, Some(place)),
            is_few: share.n < FEW,
        })
    };
    Some(Intervals {
        title: named(whole, place, words),
        whole: Some((portion(&all) as f32, words.with("among-whole", "share", words.share(&all).0))),
        points: units.iter().filter_map(point).collect(),
    })
}

fn table(units: &[Counted<'_>]) -> Vec<Vec<String>> {
    let heads = ["unit", "unit_name", "n", "pupils", "satisfied", "answered", "low", "high"];
    let mut lines = vec![heads.map(str::to_owned).to_vec()];
    for unit in units {
        let share = unit.satisfied.as_ref();
        let of = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
        let end = |end: Option<f64>| end.map(|end| format!("{end:.12}")).unwrap_or_default();
        lines.push(vec![
            unit.code.to_owned(),
            unit.name.to_owned(),
            unit.pool.n.to_string(),
            of(unit.pool.eligible),
            of(share.map(|share| share.k)),
            of(share.map(|share| share.n)),
            end(unit.interval.map(|interval| interval.low)),
            end(unit.interval.map(|interval| interval.high)),
        ]);
    }
    lines
}
