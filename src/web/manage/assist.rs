//! `/manage/assist`: the schools of open rounds for which this officer may enter forms for people who cannot.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::NaiveDateTime;

use crate::state::State;
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, collectors, rounds, units};
use crate::survey::access::may_assist;
use crate::survey::code::{Channel, UnitKind};
use crate::survey::round::Gate;
use crate::vietnamese::compare;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page;
use crate::web::session::Officer;

#[derive(Template)]
#[template(path = "web/manage/assist.html")]
struct AssistPage {
    desk: DeskFrame,
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

/// `GET /manage/assist`
pub async fn show(request: HttpRequest, officer: Officer, state: web::Data<State>) -> Result<HttpResponse, Failure> {
    if !officer.assists() {
        return Err(Failure::Forbidden);
    }
    let (kind, unit, now) = (officer.unit_kind, officer.unit_id, state.clock.now());
    let rounds = state.store.read(move |db| load(db, kind, unit, now)).await?;
    page::show(&AssistPage { desk: DeskFrame::new(&request, &officer, Room::Assist), rounds })
}

fn load(db: &mut Db, kind: UnitKind, unit: i64, now: NaiveDateTime) -> Result<Vec<Asked>, StoreError> {
    let own_line = units::line(db, unit)?;
    let mut asked = Vec::new();
    for round in rounds::all(db)?.into_iter().filter(|round| round.window().gate(now) == Gate::Open) {
        let schools = schools(db, kind, &own_line, &round)?;
        if !schools.is_empty() {
            asked.push(Asked { title: round.title, schools });
        }
    }
    Ok(asked)
}

/// One code per school: that of the Front for its officers where there is one, otherwise the school's.
fn schools(db: &mut Db, kind: UnitKind, own_line: &[i64], round: &RoundRow) -> Result<Vec<School>, StoreError> {
    let wanted = if kind == UnitKind::MatTran { Channel::MatTran } else { Channel::Truong };
    let mut rows = collectors::of_round(db, round.id)?;
    rows.retain(|row| row.revoked_at.is_none());
    rows.sort_by_key(|row| (row.unit_id, row.channel != wanted.code()));
    rows.dedup_by_key(|row| row.unit_id);
    let mut schools = Vec::new();
    for row in rows {
        if may_assist(kind, own_line, &units::line(db, row.unit_id)?) {
            schools.push(School { name: row.unit_name, code: row.code });
        }
    }
    schools.sort_by(|a, b| compare(&a.name, &b.name));
    Ok(schools)
}
