//! `/manage/rounds/{slug}/units`: which units a round asks, and how many people.

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::fields::Fields;
use super::{change, read};
use crate::draft::add_units;
use crate::state::State;
use crate::store::rounds::{self, RoundRow, TargetRow};
use crate::store::units;
use crate::survey::code::UnitKind;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page::{self, see_other};
use crate::web::session::Steering;

/// The units of a round.
#[derive(Template)]
#[template(path = "web/manage/rounds/targets.html")]
struct TargetsPage {
    desk: DeskFrame,
    round: RoundRow,
    rows: Vec<Row>,
    /// Schools that could be added: code and name.
    others: Vec<(String, String)>,
}

struct Row {
    unit_id: i64,
    name: String,
    level: String,
    level_name: String,
    eligible: Option<i64>,
}

/// `GET …/units`
pub(super) async fn show(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    let (unit_id, today) = (officer.unit_id, state.clock.today());
    let (round, targets, known) = read(&state, &officer, &slug, move |db, round| {
        let below = units::subtree(db, unit_id)?;
        let known: Vec<_> = units::valid_on(db, today)?.into_iter().filter(|s| below.contains(&s.id)).collect();
        Ok((round.clone(), rounds::targets(db, round.id)?, known))
    })
    .await?;
    let words = officer.words;
    let mut rows: Vec<Row> = targets
        .iter()
        .filter_map(|target| {
            let unit = known.iter().find(|stored| stored.id == target.unit_id)?;
            Some(Row {
                unit_id: target.unit_id,
                name: unit.unit.name.clone(),
                level_name: words.say(&format!("level-short-{}", target.level)),
                level: target.level.clone(),
                eligible: target.eligible,
            })
        })
        .collect();
    rows.sort_by(|a, b| crate::vietnamese::compare(&a.name, &b.name));
    let asked = |id: i64| targets.iter().any(|target| target.unit_id == id);
    let others = known
        .iter()
        .filter(|stored| stored.unit.kind == UnitKind::Truong && !asked(stored.id))
        .map(|stored| (stored.unit.code.as_str().to_owned(), stored.unit.name.clone()))
        .collect();
    page::show(&TargetsPage { desk: DeskFrame::new(&request, &officer, Room::Rounds), round, rows, others })
}

fn back(slug: &str) -> HttpResponse {
    see_other(format!("/manage/rounds/{slug}/units"))
}

/// `POST …/units/correct`: another number of pupils.
pub(super) async fn correct(
    officer: Steering,
    state: web::Data<State>,
    slug: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::read(&body);
    officer.check_csrf(fields.one("_csrf"))?;
    let eligible = fields.number("eligible").filter(|n| (0..=100_000).contains(n));
    let (Some(unit_id), level) = (fields.number("unit"), fields.one("level").to_owned()) else {
        return Err(Failure::Bad(officer.words.say("targets-wrong")));
    };
    let done = change(&state, &officer, &slug, move |db, round| {
        let known = rounds::targets(db, round.id)?.into_iter().any(|t| t.unit_id == unit_id && t.level == level);
        if known {
            rounds::put_target(db, round.id, &TargetRow { unit_id, level, eligible })?;
        }
        Ok(if known { Ok(()) } else { Err("targets-wrong") })
    })
    .await?;
    match done {
        Ok(()) => Ok(back(&slug)),
        Err(name) => Err(Failure::Bad(officer.words.say(name))),
    }
}

/// `POST …/units/remove`: its links stop, what came in stays.
pub(super) async fn remove(
    officer: Steering,
    state: web::Data<State>,
    slug: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::read(&body);
    officer.check_csrf(fields.one("_csrf"))?;
    let Some(unit_id) = fields.number("unit") else { return Err(Failure::Bad(officer.words.say("targets-wrong"))) };
    let now = state.clock.now();
    let _: Result<(), &str> =
        change(&state, &officer, &slug, move |db, round| rounds::remove_unit(db, round.id, unit_id, now).map(Ok))
            .await?;
    Ok(back(&slug))
}

/// `POST …/units/add`
pub(super) async fn add(
    officer: Steering,
    state: web::Data<State>,
    slug: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::read(&body);
    officer.check_csrf(fields.one("_csrf"))?;
    let (code, own, now) = (fields.one("unit").to_owned(), officer.unit_id, state.clock.now());
    let done = change(&state, &officer, &slug, move |db, round| {
        let found = units::id_by_code(db, &code)?;
        let below = units::subtree(db, own)?;
        match found.filter(|id| below.contains(id)) {
            Some(id) => add_units(db, round.id, &[id], now).map(Ok),
            None => Ok(Err("targets-wrong")),
        }
    })
    .await?;
    match done {
        Ok(()) => Ok(back(&slug)),
        Err(name) => Err(Failure::Bad(officer.words.say(name))),
    }
}
