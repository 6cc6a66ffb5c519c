//! `/analyse/{slug}/units/{code}`: one unit, beside all others together.

use std::collections::BTreeSet;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::drawn::Drawn;
use super::figure::{self, FEW};
use super::filter::{Asked, Filter, Offer};
use super::frame::{Frame, Tab};
use super::{Opened, open};
use crate::analysis::{Exact, Share, response_rate, top_two_box};
use crate::state::State;
use crate::tabulation::pooled::{Choice, Item, Pooled};
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page;
use crate::web::session::Insider;
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/analyse/unit.html")]
struct UnitPage {
    desk: DeskFrame,
    frame: Frame,
    audiences: Vec<Offer>,
    filter: Filter,
    code: String,
    name: String,
    n: String,
    of: Option<(String, String)>,
    is_more: bool,
    overall: Option<(String, String, String)>,
    chart: Option<Drawn>,
    rows: Vec<Row>,
    method: String,
}

/// One question, here and elsewhere.
struct Row {
    label: String,
    share: String,
    base: String,
    elsewhere: String,
    elsewhere_base: String,
    /// In percentage points, signed.
    difference: String,
    is_few: bool,
}

/// `GET /analyse/{slug}/units/{code}`
pub(super) async fn show(
    request: HttpRequest,
    officer: Insider,
    state: web::Data<State>,
    path: web::Path<(String, String)>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let (slug, code) = path.into_inner();
    let Opened { round, tabulation, printed, filter, .. } =
        match open(&request, &state, &officer, &slug, &asked, Tab::Units).await? {
            Ok(opened) => opened,
            Err(answer) => return Ok(answer),
        };
    let words = officer.words;
    let name = tabulation.units.get(&code).ok_or(Failure::NotFound)?.clone();
    let only = Choice { units: Some(BTreeSet::from([code.clone()])), ..filter.choice() };
    let others = tabulation.units.keys().filter(|other| **other != code).cloned().collect();
    let (here, elsewhere) = (
        tabulation.pooled(filter.audience, &only),
        tabulation.pooled(filter.audience, &Choice { units: Some(others), ..filter.choice() }),
    );
    let order = figure::lowest_first(&here);
    let lowest: Vec<usize> = order.iter().take(5).map(|scored| scored.place).collect();
    let chart = figure::bars(&here, &lowest, words.say("overview-lowest-chart"), words);
    let count = |n: u64| words.number(i64::try_from(n).unwrap_or(i64::MAX));
    let overall = here.overall.and_then(|place| here.items.get(place)).map(|item| figure::row(item, words));
    page::show(&UnitPage {
        desk: DeskFrame::new(&request, &officer, Room::Results),
        frame: Frame::new(&officer, &round, Tab::Units, state.clock.now()),
        audiences: filter.audiences(&tabulation, words),
        n: count(here.n),
        of: here.eligible.and_then(|all| Some((count(all), words.share(&response_rate(here.n, all)?).0))),
        is_more: here.eligible.is_some_and(|all| here.n > all),
        overall: overall.filter(|row| !row.share.is_empty()).map(|row| (row.share, row.base, row.mean)),
        chart: chart.map(|chart| Drawn::by(|breadth| chart.draw(breadth))),
        rows: rows(&here, &elsewhere, words),
        method: printed,
        code,
        name,
        filter,
    })
}

/// The rated questions, here and in all other units together, in the order of the questionnaire.
fn rows(here: &Pooled<'_>, elsewhere: &Pooled<'_>, words: Words) -> Vec<Row> {
    let satisfied = |item: &Item<'_>| top_two_box(item.measure, &item.counts);
    let pairs = here.items.iter().zip(&elsewhere.items);
    let row = |(item, other): (&Item<'_>, &Item<'_>)| {
        let own = satisfied(item)?;
        let ((share, base), theirs) = (words.share(&own), satisfied(other));
        let (elsewhere, elsewhere_base) = theirs.as_ref().map(|share| words.share(share)).unwrap_or_default();
        Some(Row {
            label: figure::named(item, words),
            share,
            base,
            elsewhere,
            elsewhere_base,
            difference: theirs.and_then(|theirs| difference(&own, &theirs, words)).unwrap_or_default(),
            is_few: item.counts.answered < FEW,
        })
    };
    pairs.filter_map(row).collect()
}

/// In percentage points, exactly, with its sign.
fn difference(own: &Share, other: &Share, words: Words) -> Option<String> {
    let points = Exact::percent(own.k, own.n)?.minus(&Exact::percent(other.k, other.n)?).print(1);
    let sign = if points.starts_with('-') || points == "0.0" { "" } else { "+" };
    Some(format!("{sign}{}", words.decimal(points)))
}
