//! `/analyse/{slug}/units/{code}`: one unit, beside all others together.

use std::collections::BTreeSet;

use actix_web::HttpResponse;
use actix_web::web::Path;
use askama::Template;

use super::asking::Asking;
use super::bars::{self, Bars};
use super::figure::{self, FEW};
use super::file::Ending;
use super::filter::{Filter, Offer};
use super::frame::Frame;
use super::opened::Opened;
use super::pupils;
use super::standing::Standing;
use crate::analysis::interval::{self, Interval};
use crate::analysis::method::Reach;
use crate::analysis::{Exact, Share, response_rate, top_two_box};
use crate::tabulation::choice::Choice;
use crate::tabulation::pooled::{Item, Pooled};
use crate::web::desk::DeskFrame;
use crate::web::error::Failure;
use crate::web::method::{no_interval, signed};
use crate::web::page;
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
    /// Whose pupils are missing.
    missing: Option<String>,
    overall: Option<(String, String, String)>,
    /// The lowest questions here; none where few people answered.
    bars: Option<bars::Part>,
    /// So many forms are enough to name them.
    few: u64,
    left_out: Option<String>,
    /// How much a difference says.
    caution: String,
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
    /// Where it is with 95 %, where a sample was drawn.
    between: Option<String>,
    is_few: bool,
}

/// `GET /analyse/{slug}/units/{code}`
pub(super) async fn show(opened: Opened, path: Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let code = path.into_inner().1;
    let (words, tabulation, filter) = (opened.words(), &*opened.tabulation, &opened.filter);
    let name = tabulation.units.get(&code).ok_or(Failure::NotFound)?.clone();
    let others = tabulation.units.keys().filter(|other| **other != code).cloned().collect();
    let (here, elsewhere) = (
        tabulation.pooled(filter.audience, &only(filter, &code)),
        tabulation.pooled(filter.audience, &Choice { units: Some(others), ..filter.choice() }),
    );
    let count = |n: u64| words.number(i64::try_from(n).unwrap_or(i64::MAX));
    let overall = here.overall.and_then(|place| here.items.get(place)).map(|item| figure::row(item, words));
    let reach = opened.method.reach;
    let is_sampled = [&here, &elsewhere].into_iter().try_for_each(|pool| reach.sample(pool.source()).map(drop));
    page::show(&UnitPage {
        desk: opened.desk(),
        frame: opened.frame_of_part(),
        audiences: filter.audiences(tabulation, words),
        n: count(here.n),
        of: here.eligible.and_then(|all| Some((count(all), words.share(&response_rate(here.n, all)?).0))),
        missing: pupils::missing(tabulation, &here, words),
        is_more: here.eligible.is_some_and(|all| here.n > all),
        overall: overall.filter(|row| !row.share.is_empty()).map(|row| (row.share, row.base, row.mean)),
        bars: (here.n >= FEW).then(|| lowest(&opened.asking(), &here, words).in_page(reach, words)).flatten(),
        few: FEW,
        left_out: opened.left_out_of(&only(filter, &code)),
        caution: match &is_sampled {
            Ok(()) => words.say("one-unit-sample"),
            Err(why) => format!("{} {}", no_interval(words, why), words.say("one-unit-careful")),
        },
        rows: rows(&here, &elsewhere, reach, words),
        method: opened.printed.clone(),
        code,
        name,
        filter: filter.clone(),
    })
}

/// `GET …/units/{code}/lowest.{svg|png|csv}`: the unit's lowest questions as its page draws them.
pub(super) async fn file(opened: Opened, path: Path<(String, String, Ending)>) -> Result<HttpResponse, Failure> {
    let (_, code, ending) = path.into_inner();
    let (words, filter) = (opened.words(), &opened.filter);
    let name = opened.tabulation.units.get(&code).ok_or(Failure::NotFound)?;
    let here = opened.tabulation.pooled(filter.audience, &only(filter, &code));
    if here.n < FEW {
        return Err(Failure::NoFile(words.with("one-unit-few", "few", FEW)));
    }
    let mut bars = lowest(&opened.asking(), &here, words);
    bars.title = format!("{name} – {}", bars.title);
    bars.file(&opened, &format!("lowest-{code}"), ending).await
}

/// What is chosen, of this unit alone.
fn only(filter: &Filter, code: &str) -> Choice {
    Choice { units: Some(BTreeSet::from([code.to_owned()])), ..filter.choice() }
}

/// The unit's lowest questions, to be drawn: of those that all of its forms ask and at least half of its people answered.
fn lowest<'p>(asking: &Asking, here: &'p Pooled<'p>, words: Words) -> Bars<'p> {
    let general = Standing::of(asking, here, None).general;
    let places = general.iter().take(5).map(|scored| scored.place).collect();
    Bars { pool: here, places, title: words.say("overview-lowest-chart"), weighed: None }
}

/// The rated questions, here and in all other units together, in the order of the questionnaire.
fn rows(here: &Pooled<'_>, elsewhere: &Pooled<'_>, reach: Reach, words: Words) -> Vec<Row> {
    let satisfied = |item: &Item<'_>| top_two_box(item.measure, &item.counts);
    let pairs = here.items.iter().zip(&elsewhere.items);
    let row = |(item, other): (&Item<'_>, &Item<'_>)| {
        let own = satisfied(item)?;
        let ((share, base), theirs) = (words.share(&own), satisfied(other));
        let between = theirs.as_ref().and_then(|theirs| {
            let one = reach.sample(here.source_of(item)).ok()?;
            let two = reach.sample(elsewhere.source_of(other)).ok()?;
            interval::difference((&one, own.k, own.n), (&two, theirs.k, theirs.n))
        });
        let (elsewhere, elsewhere_base) = theirs.as_ref().map(|share| words.share(share)).unwrap_or_default();
        Some(Row {
            between: between.map(|between| points(between, words)),
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
    let points = Exact::percent(own.k, own.n)?.minus(&Exact::percent(other.k, other.n)?);
    Some(signed(words, &points.print(1)))
}

/// From one difference to another, in percentage points.
fn points(between: Interval, words: Words) -> String {
    let [low, high] = [between.low, between.high].map(|end| signed(words, &format!("{:.1}", end * 100.0)));
    words.fill("one-unit-between", [("low", low), ("high", high)])
}
