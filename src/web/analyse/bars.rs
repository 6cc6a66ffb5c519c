//! Questions on one scale as bars: in a page with their table, and as files.

use actix_web::HttpResponse;

use super::conditions::Conditions;
use super::drawn::Drawn;
use super::figure::{self, Row};
use super::file::{self, Ending};
use super::opened::Opened;
use super::precision::Precision;
use super::weighed::Weighed;
use crate::analysis::method::Reach;
use crate::analysis::{mean, top_two_box};
use crate::chart::{Breadth, Diverging};
use crate::tabulation::pooled::{Item, Pooled};
use crate::web::error::Failure;
use crate::web::words::Words;

/// What is drawn, whatever it becomes.
pub(super) struct Bars<'p> {
    /// Where the questions are from.
    pub pool: &'p Pooled<'p>,
    /// Their places in the pool, from the top.
    pub places: Vec<usize>,
    /// What the chart is called.
    pub title: String,
    /// Where units and levels were drawn each on its own: what they weigh. Bars, shares and means are those with weights then.
    pub weighed: Option<Weighed<'p>>,
}

/// The bars in a page whose template includes `web/analyse/bars.html` for them, as `part`.
pub(super) struct Part {
    pub title: String,
    pub drawn: Drawn,
    /// What the columns of the points are called.
    pub levels: Vec<String>,
    pub rated: Vec<Row>,
    /// Whether some share has an interval.
    pub has_within: bool,
    /// Whether shares and means are those with weights.
    pub is_weighted: bool,
}

impl Bars<'_> {
    /// With its table; none where there is nothing to draw.
    pub fn in_page(&self, reach: Reach, words: Words) -> Option<Part> {
        let chart = self.chart(self.title.clone(), words)?;
        let precision = Precision::of(reach, self.pool);
        let row = |at: (usize, &Item<'_>)| {
            let mut row = figure::sure_row(at.1, precision, words);
            self.weighed.into_iter().for_each(|weighed| weighed.row(&mut row, at, words));
            row
        };
        let rated: Vec<Row> = self.items().into_iter().map(row).collect();
        Some(Part {
            title: self.title.clone(),
            drawn: Drawn::by(|breadth| chart.draw(breadth)),
            levels: chart.levels,
            has_within: rated.iter().any(|row| row.within.is_some()),
            is_weighted: self.weighed.is_some(),
            rated,
        })
    }

    /// As a file that is about this, with the conditions of its figures; a table that has nothing to tell has its head alone.
    pub async fn file(&self, opened: &Opened, about: &str, ending: Ending) -> Result<HttpResponse, Failure> {
        let (name, words, conditions) = (opened.file_name(about), opened.words(), Conditions::of(opened, self.pool));
        if ending == Ending::Csv {
            let precision = Precision::of(opened.method.reach, self.pool);
            return file::sheet(&name, &conditions.in_words(self.lines(precision, words)), words);
        }
        let title = opened.named(&self.title);
        let chart = self.chart(title, words).ok_or_else(|| file::nothing(self.pool.n, words))?;
        file::drawing(&name, ending, chart.draw(Breadth::Desk).footed(conditions.foot())).await
    }

    fn chart(&self, title: String, words: Words) -> Option<Diverging> {
        let mut chart = figure::bars(self.pool, &self.places, title, words)?;
        if let Some(weighed) = self.weighed {
            for (bar, at) in chart.bars.iter_mut().zip(self.items()) {
                weighed.bar(bar, at, &figure::row(at.1, words).base, words);
            }
        }
        Some(chart)
    }

    fn items(&self) -> Vec<(usize, &Item<'_>)> {
        figure::alike(self.pool, &self.places)
    }

    /// The table for spreadsheets: k and n apart, because `1/4` would become a day.
    fn lines(&self, precision: Precision<'_>, words: Words) -> Vec<Vec<String>> {
        let items = self.items();
        let say = |names: &[&str]| names.iter().map(|name| words.say(name)).collect::<Vec<_>>();
        let mut head =
            say(&["figure-code", "figure-question", "figure-mean", "figure-percent", "figure-k", "figure-of"]);
        head.extend(self.weighed.map(|_| words.say("figure-weighted-percent")));
        head.extend(say(&["figure-low", "figure-high"]));
        head.extend(items.first().map(|(_, item)| figure::levels(item, words)).unwrap_or_default());
        head.extend(say(&["figure-na", "figure-skipped"]));
        std::iter::once(head).chain(items.iter().map(|at| line(*at, self.weighed, precision, words))).collect()
    }
}

/// The share as it was counted, and with weights where there are some; then the interval is of that.
fn line(
    (place, item): (usize, &Item<'_>),
    weighed: Option<Weighed<'_>>,
    precision: Precision<'_>,
    words: Words,
) -> Vec<String> {
    let counts = &item.counts;
    let mean = mean(item.measure, counts).map(|mean| words.decimal(&mean.mean)).unwrap_or_default();
    let share = top_two_box(item.measure, counts);
    let within = match weighed {
        Some(weighed) => weighed.within((place, item)),
        None => share.as_ref().and_then(|share| precision.share(item, share.k, share.n)),
    };
    let weighted = weighed.map(|weighed| weighed.share((place, item)).map(|share| share.print(weighed.places.count())));
    let ends = within.map(|within| [within.low, within.high].map(|end| words.decimal(format!("{:.1}", end * 100.0))));
    let [percent, k, n] = share.map_or_else(Default::default, |share| {
        [words.decimal(&share.percent), share.k.to_string(), share.n.to_string()]
    });
    let skipped = counts.asked.saturating_sub(counts.answered + counts.not_applicable);
    let mut line = vec![item.question.code.clone(), figure::label(item, words), mean, percent, k, n];
    line.extend(weighted.map(|share| words.decimal(share.unwrap_or_default())));
    line.extend(ends.unwrap_or_default());
    line.extend(counts.choices.iter().chain([&counts.not_applicable, &skipped]).map(u64::to_string));
    line
}
