//! `/manage/assist`: the schools of open rounds for which this officer may enter forms for people who cannot.

use std::collections::HashSet;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::state::State;
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, collectors, rounds};
use crate::survey::access::is_assisted;
use crate::survey::code::Channel;
use crate::survey::round::Gate;
use crate::vietnamese::{compare, fold};
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page;
use crate::web::session::{Assistant, Officer};

#[derive(Template)]
#[template(path = "web/manage/assist.html")]
struct AssistPage {
    desk: DeskFrame,
    /// What was searched for.
    q: String,
    rounds: Vec<Asked>,
}

struct Asked {
    title: String,
    schools: Vec<School>,
}

struct School {
    name: String,
    code: String,
}

/// What is looked for on the page.
#[derive(Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
}

/// `GET /manage/assist?q=…`
pub async fn show(
    request: HttpRequest,
    officer: Assistant,
    state: web::Data<State>,
    search: web::Query<Search>,
) -> Result<HttpResponse, Failure> {
    let desk = DeskFrame::new(&request, &officer, Room::Assist);
    let q = search.into_inner().q.trim().to_owned();
    let (state, wanted) = (state.into_inner(), fold(&q));
    let store = state.store.clone();
    let mut rounds = store.read(move |db| load(db, &state, &officer)).await?;
    for round in &mut rounds {
        round.schools.retain(|school| fold(&school.name).contains(&wanted));
    }
    rounds.retain(|round| !round.schools.is_empty());
    page::show(&AssistPage { desk, q, rounds })
}

fn load(db: &mut Db, state: &State, officer: &Officer) -> Result<Vec<Asked>, StoreError> {
    let (wanted, now) = (officer.unit_nature.channel(), state.clock.now());
    let below = officer.assists(db)?;
    let mut asked = Vec::new();
    for round in rounds::all(db)?.into_iter().filter(|round| round.window().gate(now) == Gate::Open) {
        let forms = state.catalogue.of_round(db, round.id)?;
        if !forms.iter().any(|form| is_assisted(form.questionnaire.audience)) {
            continue;
        }
        let schools = schools(db, wanted, &below, &round)?;
        if !schools.is_empty() {
            asked.push(Asked { title: round.title, schools });
        }
    }
    Ok(asked)
}

/// One code per school: that of the officers' own channel where there is one, otherwise another, such as the school's.
fn schools(db: &mut Db, wanted: Channel, below: &HashSet<i64>, round: &RoundRow) -> Result<Vec<School>, StoreError> {
    let mut rows = collectors::of_round(db, round.id)?;
    rows.retain(|row| row.revoked_at.is_none() && below.contains(&row.unit_id));
    let school = Channel::Truong.code();
    rows.sort_by_key(|row| (row.unit_id, row.channel != wanted.code(), row.channel != school));
    rows.dedup_by_key(|row| row.unit_id);
    rows.sort_by(|a, b| compare(&a.unit_name, &b.unit_name));
    Ok(rows.into_iter().map(|row| School { name: row.unit_name, code: row.code }).collect())
}
