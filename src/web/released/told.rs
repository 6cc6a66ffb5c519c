//! `/manage/released`: what is published, for those who are told what came of rounds: heads of schools, the Front. They see releases and
//! nothing else, and all of them see the same.

use std::collections::HashSet;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::{OwnView, Published, ReleasedView, newest, of_unit};
use crate::analysis::{Release, UNIT};
use crate::state::State;
use crate::store::rounds::{self, RoundRow};
use crate::store::{Db, StoreError, units};
use crate::survey::access;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page;
use crate::web::session::{Contact, Officer};

/// The rounds of which something is published.
#[derive(Template)]
#[template(path = "web/released/list.html")]
struct ListPage {
    desk: DeskFrame,
    rows: Vec<Row>,
}

struct Row {
    slug: String,
    title: String,
    day: String,
}

/// One release.
#[derive(Template)]
#[template(path = "web/released/told.html")]
struct ToldPage {
    desk: DeskFrame,
    title: String,
    /// What became of the figures of the reader's own unit; none: it was not asked.
    own: Option<String>,
    /// Its answers, as far as they are published.
    own_sheets: Vec<OwnView>,
    released: ReleasedView,
}

/// The units whose rounds an officer is told about. A body that watches stands beside the schools, so its eyes reach what lies
/// below the office above it.
fn reach(db: &mut Db, officer: &Officer) -> Result<HashSet<i64>, StoreError> {
    let mut reach = officer.reach(db)?;
    if officer.unit_nature.watches()
        && let Some(above) = access::assists_below(officer.unit_nature, &units::line(db, officer.unit_id)?)
    {
        reach.extend(units::subtree(db, above)?);
    }
    Ok(reach)
}

/// Whether a round is of one of these units, or asks about one.
fn is_told(db: &mut Db, reach: &HashSet<i64>, round: &RoundRow) -> Result<bool, StoreError> {
    let is_asked = |unit: &rounds::NamedUnit| reach.contains(&unit.id);
    Ok(reach.contains(&round.owner_id) || rounds::units(db, round.id)?.iter().any(is_asked))
}

/// `GET /manage/released`
pub async fn list(request: HttpRequest, officer: Contact, state: web::Data<State>) -> Result<HttpResponse, Failure> {
    let reader = officer.0.clone();
    let found = state.store.read(move |db| {
        let (reach, mut found) = (reach(db, &reader)?, Vec::new());
        for round in rounds::all(db)? {
            if let Some(published) = newest(db, round.id)?
                && is_told(db, &reach, &round)?
            {
                found.push((round, published.at));
            }
        }
        Ok(found)
    });
    let mut found = found.await?;
    found.sort_by_key(|(_, at)| std::cmp::Reverse(*at));
    let row = |(round, at): (RoundRow, _)| Row { slug: round.slug, title: round.title, day: officer.words.day(at) };
    let rows = found.into_iter().map(row).collect();
    page::show(&ListPage { desk: DeskFrame::new(&request, &officer, Room::Released), rows })
}

/// `GET /manage/released/{slug}`
pub async fn show(
    request: HttpRequest,
    officer: Contact,
    state: web::Data<State>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    let (reader, inner, slug) = (officer.0.clone(), state.clone(), slug.into_inner());
    let found = state.store.read(move |db| {
        let Some(round) = rounds::by_slug(db, &slug)? else { return Ok(None) };
        let reach = reach(db, &reader)?;
        if !is_told(db, &reach, &round)? {
            return Ok(None);
        }
        // what is not published does not exist here
        let Some(published) = newest(db, round.id)? else { return Ok(None) };
        let tabulation = inner.tabulations.of(db, &inner.catalogue, &round, inner.clock.now())?;
        Ok(Some((round, published, tabulation)))
    });
    let (round, published, tabulation): (RoundRow, Published, _) = found.await?.ok_or(Failure::NotFound)?;
    page::show(&ToldPage {
        desk: DeskFrame::new(&request, &officer, Room::Released),
        title: round.title,
        own: own(&published.release, &officer),
        own_sheets: of_unit(&published, &tabulation, &officer.unit_code, officer.words),
        released: ReleasedView::new(&published, &tabulation, officer.words),
    })
}

/// Whether the figures of the reader's own unit are published, in a sentence. Why they are not is not said: whether a group is small
/// or guards another one is for nobody to know.
fn own(release: &Release, officer: &Officer) -> Option<String> {
    let tables = release.questionnaires.iter().flat_map(|sheet| &sheet.tables).filter(|table| table.by == UNIT);
    let groups = tables.flat_map(|table| &table.groups).filter(|group| group.key == officer.unit_code);
    let (shown, withheld): (Vec<_>, Vec<_>) = groups.partition(|group| !group.suppressed);
    let name = match (shown.is_empty(), withheld.is_empty()) {
        (true, true) => return None,
        (true, false) => "released-own-withheld",
        (false, _) => "released-own-shown",
    };
    Some(officer.words.fill(name, [("unit", officer.unit_name.clone()), ("k", release.k.to_string())]))
}
