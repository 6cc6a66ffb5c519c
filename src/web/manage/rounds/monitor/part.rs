//! The live part of the page: the page contains it, and what a stream or a later request brings replaces it.

use askama::Template;
use chrono::Timelike;

use super::chart::{Chart, Item};
use super::figures::{Figures, Standing};
use crate::vietnamese;
use crate::web::manage::rounds::progress::UnitCount;
use crate::web::manage::rounds::stage::{Stage, left};
use crate::web::words::Words;

/// Fewer forms in an hour are not told exactly: a number of one says when somebody answered.
const FEW: i64 = 5;
/// The chart shows so many days at most; the table has all.
const MOST_DAYS: usize = 31;

/// The part by itself, as a stream or a later request brings it.
#[derive(Template)]
#[template(path = "web/manage/rounds/monitor/part.html")]
struct Alone<'a> {
    part: &'a Part,
}

/// The numbers, in the reader's language.
pub(super) struct Part {
    pub(super) words: Words,
    pub(super) id: String,
    pub(super) n: String,
    pub(super) share: Option<(String, String)>,
    pub(super) today: String,
    pub(super) left: Option<String>,
    pub(super) silent: i64,
    /// What is expected at closing, and how that is reckoned.
    pub(super) outlook: Option<(String, String)>,
    /// The hours of today, or why they are not shown.
    pub(super) hours: Result<Chart, String>,
    pub(super) days: Option<Chart>,
    pub(super) rows: Vec<Row>,
    pub(super) has_share: bool,
    pub(super) read_at: String,
}

/// One school.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) levels: Vec<String>,
    pub(super) of: String,
    pub(super) per_mille: Option<i64>,
    pub(super) share: String,
    pub(super) today: String,
    pub(super) last: String,
    pub(super) tone: &'static str,
    pub(super) state: String,
}

impl Part {
    /// The part without the page around it.
    pub(super) fn alone(&self) -> Result<String, askama::Error> {
        Alone { part: self }.render()
    }

    pub(super) fn new(figures: &Figures, words: Words) -> Self {
        let progress = &figures.progress;
        let today = figures.arrivals.days().get(&figures.today).copied().unwrap_or(0);
        let local = vietnamese::local(figures.at);
        Self {
            words,
            id: figures.id(),
            n: words.number(progress.n),
            share: progress.counted.share(words).map(|share| (share, progress.counted.of(words))),
            today: words.number(today),
            left: (figures.stage == Stage::Open).then(|| left(&figures.round, figures.at, words)),
            silent: i64::try_from(figures.silent().len()).unwrap_or(i64::MAX),
            outlook: outlook(figures, words),
            hours: hours(figures, today, words),
            days: days(figures, words),
            rows: figures
                .schools()
                .into_iter()
                .map(|(unit, standing)| Row::new(figures, unit, standing, words))
                .collect(),
            has_share: progress.counted.eligible.is_some(),
            read_at: format!("{:02}:{:02}:{:02}", local.hour(), local.minute(), local.second()),
        }
    }
}

fn outlook(figures: &Figures, words: Words) -> Option<(String, String)> {
    if figures.stage != Stage::Open {
        return None;
    }
    let Some(found) = figures.outlook() else { return Some((words.say("monitor-outlook-early"), String::new())) };
    let values = [("likely", found.likely), ("low", found.low), ("high", found.high)];
    let says = words.fill("monitor-outlook", values.map(|(name, n)| (name, words.number(n))));
    Some((says, words.with("monitor-outlook-how", "days", found.days)))
}

fn hours(figures: &Figures, today: i64, words: Words) -> Result<Chart, String> {
    let enough = figures.round.minimum_group;
    if today < enough {
        return Err(words.with("monitor-hours-few", "k", enough));
    }
    let item = |hour: u32| {
        let n = figures.arrivals.hours.get(&hour).copied().unwrap_or(0);
        let is_few = (1..FEW).contains(&n);
        Item {
            label: words.fill("monitor-hour", [("from", hour.to_string()), ("to", (hour + 1).to_string())]),
            n: if is_few { FEW / 2 } else { n },
            shown: if is_few { words.with("monitor-hour-few", "n", FEW) } else { words.number(n) },
            tick: hour.is_multiple_of(6).then(|| words.with("monitor-hour-tick", "hour", hour)),
        }
    };
    let title = words.say("monitor-hours");
    Ok(Chart::new("chart-hours", title, words.say("monitor-hours-heading"), (0..24).map(item).collect()))
}

fn days(figures: &Figures, words: Words) -> Option<Chart> {
    let all = figures.days();
    let shown = &all[all.len().saturating_sub(MOST_DAYS)..];
    let step = shown.len().div_ceil(5).max(1);
    let items = shown.iter().enumerate().map(|(at, (day, n))| Item {
        label: words.date(*day),
        n: *n,
        shown: words.number(*n),
        tick: at.is_multiple_of(step).then(|| day.format("%d/%m").to_string()),
    });
    let title = words.say("monitor-days");
    (!shown.is_empty()).then(|| Chart::new("chart-days", title, words.say("monitor-days-heading"), items.collect()))
}

impl Row {
    fn new(figures: &Figures, unit: &UnitCount, standing: Standing, words: Words) -> Self {
        let is_over = figures.stage.is_over();
        let (tone, state) = match standing {
            Standing::Removed => ("off", words.say("row-removed")),
            Standing::Waiting => ("off", words.say("row-waiting")),
            Standing::Silent if is_over => ("off", words.say("row-none")),
            Standing::Silent => ("bad", words.say("row-silent")),
            Standing::Quiet(last) => ("warn", words.count("monitor-quiet", (figures.today - last).num_days())),
            Standing::Slow => ("warn", words.say("row-slow")),
            Standing::Met => ("", words.say("monitor-met")),
            Standing::Going if is_over => ("", words.say("row-some")),
            Standing::Going => ("", words.say("row-going")),
        };
        let levels = unit.levels.iter().filter(|_| unit.levels.len() > 1);
        Self {
            name: unit.name.clone(),
            levels: levels
                .map(|(level, count)| format!("{} {}", words.say(&format!("level-short-{level}")), count.of(words)))
                .collect(),
            of: unit.all.of(words),
            per_mille: unit.all.per_mille(),
            share: unit.all.share(words).unwrap_or_default(),
            today: words.number(figures.on(unit, figures.today)),
            last: figures.last_day(unit).map(|day| words.date(day)).unwrap_or_default(),
            tone,
            state,
        }
    }
}
