//! `/analyse/{slug}/trend`: this round beside earlier ones of the same office, by stable codes (T6), and one figure through all
//! of them. Schools that were merged or split since are followed, or each round is shown as it was surveyed.

mod files;
mod notes;
mod pasts;
mod rows;
mod series;

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::Query;
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

pub(super) use self::files::{file, rounds_file};
use self::pasts::read;
use self::rows::Row;
use self::series::Series;
use super::conditions::Conditions;
use super::drawn::Drawn;
use super::filter::{Filter, Offer};
use super::frame::Frame;
use super::opened::Opened;
use crate::analysis::method::Method;
use crate::tabulation::Tabulation;
use crate::tabulation::choice::Choice;
use crate::tabulation::reading::Levels;
use crate::web::desk::DeskFrame;
use crate::web::error::Failure;
use crate::web::page;
use crate::web::words::Words;

/// So many earlier rounds are shown.
const MOST: usize = 8;

/// Beside the filter, as it stands in the address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wish {
    /// The round to compare with, by its short name.
    from: String,
    /// `current` or `surveyed`.
    by: String,
    /// The figure to draw.
    series: String,
}

impl Wish {
    /// The page about what it names and this round does not have; none where it has everything.
    fn lacks(&self, read: &Read) -> Result<Option<HttpResponse>, Failure> {
        let (levels, ways) = (read.now.levels(&read.opened.filter), [By::Current, By::Surveyed]);
        let known = [
            ("trend-no-way", &self.by, ways.iter().any(|way| way.code() == self.by)),
            ("trend-no-round", &self.from, read.pasts.iter().any(|past| past.slug == self.from)),
            ("trend-no-series", &self.series, Series::named(&levels.all, &self.series).is_some()),
        ];
        let unknown = known.into_iter().filter(|(_, code, is_known)| !code.is_empty() && !is_known);
        let unknown: Vec<String> =
            unknown.map(|(name, code, _)| read.opened.words().with(name, "code", code)).collect();
        if unknown.is_empty() { Ok(None) } else { read.opened.lacks(unknown).map(Some) }
    }

    fn by(&self) -> By {
        if self.by == By::Surveyed.code() { By::Surveyed } else { By::Current }
    }

    /// The end of an address with this instead of one of its parts.
    fn query(&self, filter: &Filter, from: &str, by: By, series: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(filter.query());
        query.append_pair("by", by.code());
        for (name, value) in [("from", from), ("series", series)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        query.finish()
    }
}

/// Which units of earlier rounds count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    /// Those that became the units of this round.
    Current,
    /// All that were asked then, under their codes of then.
    Surveyed,
}

impl By {
    fn code(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Surveyed => "surveyed",
        }
    }
}

/// A round with what of it is compared.
struct Past {
    slug: String,
    title: String,
    day: NaiveDate,
    tabulation: Arc<Tabulation>,
    method: Method,
    choice: Choice,
    /// Names of units that were divided since and are counted whole.
    divided: Vec<String>,
    /// Names of units that became none of this round's.
    left_out: Vec<String>,
}

impl Past {
    /// Under what its figures hold, for a table of several rounds.
    fn conditions(&self, words: Words) -> [String; 3] {
        Conditions::cells(&self.tabulation.excluded, &self.method, words)
    }

    fn levels(&self, filter: &Filter) -> Levels<'_> {
        self.tabulation.levels_of(filter.audience, &self.choice)
    }
}

#[derive(Template)]
#[template(path = "web/analyse/trend.html")]
struct TrendPage {
    desk: DeskFrame,
    frame: Frame,
    filter: Filter,
    audiences: Vec<Offer>,
    levels: Vec<Offer>,
    channels: Vec<Offer>,
    units: Vec<Offer>,
    /// The ways to count units: name of its words, address, whether it is chosen.
    ways: Vec<(&'static str, String, bool)>,
    /// The earlier rounds: title, address of the comparison with it, whether it is chosen.
    pasts: Vec<(String, String, bool)>,
    /// The two rounds of the table: when they closed.
    days: (String, String),
    rows: Vec<Row>,
    chart: Option<Drawn>,
    chart_title: String,
    chart_rows: Vec<series::Line>,
    /// Whether some of them have no interval because schools and levels were drawn each on its own.
    has_strata: bool,
    notes: Vec<String>,
    /// What the differences of the table do not say.
    cautions: Vec<String>,
    left_out: Option<String>,
    method: String,
    query: String,
}

/// Everything that is read for the page and its files.
struct Read {
    opened: Opened,
    now: Past,
    /// From the latest to the first.
    pasts: Vec<Past>,
}

/// `GET /analyse/{slug}/trend`
pub(super) async fn show(opened: Opened, wish: Query<Wish>) -> Result<HttpResponse, Failure> {
    let read = read(opened, &wish).await?;
    let (words, filter, by) = (read.opened.words(), &read.opened.filter, wish.by());
    if let Some(page) = wish.lacks(&read)? {
        return Ok(page);
    }
    let levels = read.now.levels(filter);
    let pool = &levels.all;
    let before = chosen(&read.pasts, &wish);
    let series = Series::find(pool, &wish.series);
    let key = series.as_ref().map(|series| series.key.clone()).unwrap_or_default();
    let from = before.map(|past| past.slug.clone()).unwrap_or_default();
    let line = series.as_ref().map(|series| series::lines(series, &read, words));
    let chart = line.as_ref().and_then(|line| series::chart(line));
    let page = TrendPage {
        desk: read.opened.desk(),
        frame: read.opened.frame(),
        audiences: filter.audiences(&read.now.tabulation, words),
        levels: filter.levels(&read.now.tabulation, words),
        channels: filter.channels(&read.now.tabulation, words),
        units: filter.units(&read.now.tabulation),
        ways: [(By::Current, "trend-by-current"), (By::Surveyed, "trend-by-surveyed")]
            .map(|(way, name)| (name, wish.query(filter, &from, way, &key), way == by))
            .to_vec(),
        pasts: read
            .pasts
            .iter()
            .map(|past| (past.title.clone(), wish.query(filter, &past.slug, by, &key), past.slug == from))
            .collect(),
        days: (before.map(|past| words.date(past.day)).unwrap_or_default(), words.date(read.now.day)),
        rows: before.map(|before| rows::rows(&read, &levels, before, &from, &wish, words)).unwrap_or_default(),
        chart: chart.map(|chart| Drawn::by(|breadth| chart.draw(breadth))),
        chart_title: series.as_ref().map(|series| series.title(pool, words)).unwrap_or_default(),
        has_strata: line.iter().flatten().any(|line| line.has_strata),
        chart_rows: line.unwrap_or_default(),
        notes: notes::notes(&read.now, &read.pasts, words),
        cautions: before.map(|past| notes::cautions(&read, &levels.all, past, words)).unwrap_or_default(),
        left_out: read.opened.left_out.clone(),
        method: read.opened.printed.clone(),
        query: wish.query(filter, &from, by, &key),
        filter: filter.clone(),
    };
    page::show(&page)
}

/// The round to compare with: the one that was asked for, else the latest.
fn chosen<'p>(pasts: &'p [Past], wish: &Wish) -> Option<&'p Past> {
    pasts.iter().find(|past| past.slug == wish.from).or_else(|| pasts.first())
}
