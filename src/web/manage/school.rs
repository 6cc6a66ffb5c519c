//! `/manage/school`: what a school is told about the rounds that ask about it: whether it has reached the goal, and nothing of
//! other schools. As of yesterday evening, so that nobody at the school sees the moment at which somebody answers.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use crate::catalogue::Catalogue;
use crate::state::State;
use crate::store::rounds::{RoundRow, TargetRow};
use crate::store::{Db, StoreError, arrivals, goals, rounds, successions, units};
use crate::survey::round::{Gate, Goal, forms_expected};
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
    /// When the school ends or has ended, by which decision, and who takes over.
    ending: Option<String>,
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
    let catalogue = state.catalogue.clone();
    let work = move |db: &mut Db| Ok((asked(db, &catalogue, unit, today)?, ending(db, unit, today)?));
    let (asked, ending) = state.store.read(work).await?;
    let begun = asked.into_iter().filter(|asked| asked.round.window().gate(now) != Gate::NotYet);
    page::show(&SchoolPage {
        desk: DeskFrame::new(&request, &officer, Room::School),
        school: officer.unit_name.clone(),
        ending: ending.map(|ending| ending.told(words)),
        rows: begun.map(|asked| Row::new(&asked, asked.round.window().gate(now), today, words)).collect(),
        day: words.date(today.pred_opt().unwrap_or(today)),
    })
}

/// The end of a school.
struct Ending {
    /// Its last day.
    last: NaiveDate,
    is_over: bool,
    /// The decision; empty where none was written down.
    basis: String,
    /// Who takes over.
    heirs: Vec<String>,
}

fn ending(db: &mut Db, unit: i64, today: NaiveDate) -> Result<Option<Ending>, StoreError> {
    let Some(stored) = units::by_id(db, unit)? else { return Ok(None) };
    let Some(last) = stored.unit.valid_to.filter(|_| !stored.unit.never_begins()) else { return Ok(None) };
    let mut ending = Ending { last, is_over: last < today, basis: String::new(), heirs: Vec::new() };
    let own = stored.unit.code.as_str();
    for story in successions::of_unit(db, unit)?.into_iter().filter(|story| story.day.pred_opt() == Some(last)) {
        let taken_over = story.parts.iter().filter(|part| part.old == own && part.new != own);
        ending.heirs.extend(taken_over.map(|part| part.new_name.clone()));
        ending.basis = story.basis;
    }
    Ok(Some(ending))
}

impl Ending {
    fn told(&self, words: Words) -> String {
        let last = words.with(if self.is_over { "school-over" } else { "school-ends" }, "last", words.date(self.last));
        let basis = (!self.basis.is_empty()).then(|| words.with("school-by", "basis", &self.basis));
        let heirs = (!self.heirs.is_empty()).then(|| words.with("school-heirs", "names", self.heirs.join("; ")));
        let sentences = [Some(last), basis, heirs, Some(words.say("school-over-rounds"))];
        sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

fn asked(db: &mut Db, catalogue: &Catalogue, unit: i64, today: NaiveDate) -> Result<Vec<Asked>, StoreError> {
    let mut all = Vec::new();
    for round in rounds::all(db)? {
        let targets: Vec<_> = rounds::targets(db, round.id)?.into_iter().filter(|t| t.unit_id == unit).collect();
        if targets.is_empty() {
            continue;
        }
        // one unknown level makes the whole unknown
        let forms = catalogue.of_round(db, round.id)?;
        let expected = |target: &TargetRow| {
            forms_expected(&target.level, target.eligible, forms.iter().map(|form| &form.questionnaire))
        };
        let eligible: Option<i64> = targets.iter().map(expected).sum();
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
