//! `/manage/school`: what a school is told about the rounds that ask about it: whether it has reached the goal, and nothing of
//! other schools. As of yesterday evening, so that nobody at the school sees the moment at which somebody answers.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use crate::state::State;
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, arrivals, goals, rounds};
use crate::survey::round::{Gate, Goal};
use crate::vietnamese;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page;
use crate::web::session::Contact;
use crate::web::words::Words;

/// The rounds that ask about a school.
#[derive(Template)]
#[template(path = "web/manage/school.html")]
struct SchoolPage {
    desk: DeskFrame,
    school: String,
    rows: Vec<Row>,
    /// The last day that counts here.
    day: String,
}

struct Row {
    title: String,
    until: String,
    goal: String,
    tone: &'static str,
    state: String,
}

/// One round, and whether the school has reached its goal by the end of a day; none where nobody knows.
struct Asked {
    round: RoundRow,
    goal: Goal,
    is_met: Option<bool>,
}

/// `GET /manage/school`
pub async fn show(request: HttpRequest, officer: Contact, state: web::Data<State>) -> Result<HttpResponse, Failure> {
    if !officer.unit_nature.is_school() {
        return Err(Failure::NotFound);
    }
    let (unit, today, now, words) = (officer.unit_id, state.clock.today(), state.clock.now(), officer.words);
    let asked = state.store.read(move |db| asked(db, unit, today)).await?;
    let begun = asked.into_iter().filter(|asked| asked.round.window().gate(now) != Gate::NotYet);
    page::show(&SchoolPage {
        desk: DeskFrame::new(&request, &officer, Room::School),
        school: officer.unit_name.clone(),
        rows: begun.map(|asked| Row::new(&asked, asked.round.window().gate(now), today, words)).collect(),
        day: words.date(today.pred_opt().unwrap_or(today)),
    })
}

fn asked(db: &mut Db, unit: i64, today: NaiveDate) -> Result<Vec<Asked>, StoreError> {
    let mut all = Vec::new();
    for round in rounds::all(db)? {
        let targets: Vec<_> = rounds::targets(db, round.id)?.into_iter().filter(|t| t.unit_id == unit).collect();
        if targets.is_empty() {
            continue;
        }
        // one unknown level makes the whole unknown
        let eligible: Option<i64> = targets.iter().map(|target| target.eligible).sum();
        let days: BTreeMap<NaiveDate, i64> =
            arrivals::of_round(db, round.id, today)?.units.remove(&unit).unwrap_or_default().days;
        let n = days.range(..today).map(|(_, n)| n).sum();
        let goal = goals::of_round(db, round.id)?;
        all.push(Asked { is_met: goal.is_met(n, eligible), goal, round });
    }
    Ok(all)
}

impl Row {
    fn new(asked: &Asked, gate: Gate, today: NaiveDate, words: Words) -> Self {
        let (tone, state) = match asked.is_met {
            Some(true) => ("", "school-met"),
            // it opened today, so no day has been counted
            Some(false) if asked.round.opens_at.is_none_or(|at| vietnamese::local(at).date() >= today) => {
                ("off", "school-not-counted")
            }
            Some(false) => ("off", "school-not-met"),
            None => ("off", "school-unknown"),
        };
        let until = if matches!(gate, Gate::Open | Gate::Paused) { "school-until" } else { "school-closed" };
        Self {
            title: asked.round.title.clone(),
            until: words.with(until, "at", words.moment(asked.round.closes_at)),
            goal: match asked.is_met {
                Some(_) => words.with("school-goal", "goal", words.percent(asked.goal.per_mille())),
                None => "–".to_owned(),
            },
            tone,
            state: words.say(state),
        }
    }
}
