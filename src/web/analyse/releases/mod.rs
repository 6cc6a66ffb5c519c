//! `/analyse/{slug}/releases`: what is published of a round, and which cross-tables will be. Who plans the round chooses them until
//! its figures are frozen; what is published cannot be taken back.

mod choose;

use actix_web::http::StatusCode;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use self::choose::{Chooser, ChosenTable};
use super::even_sealed;
use super::frame::{Frame, Tab};
use crate::analysis::{Chosen, Unfit};
use crate::release;
use crate::state::State;
use crate::store::rounds::{self, RoundRow};
use crate::store::{Db, StoreError, units};
use crate::store::{release_tables, releases};
use crate::survey::access::Right;
use crate::survey::audit::Action;
use crate::tabulation::Tabulation;
use crate::web::deed::Deed;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page::{self, see_other};
use crate::web::released::{self, ReleasedView};
use crate::web::session::{Insider, Officer, Planner};
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/analyse/releases/page.html")]
struct ReleasesPage {
    desk: DeskFrame,
    frame: Frame,
    is_saved: bool,
    trouble: Option<String>,
    /// What stands about choosing: still open, or over.
    state: String,
    chosen: Vec<ChosenTable>,
    may_change: bool,
    choosers: Vec<Chooser>,
    released: Option<ReleasedView>,
}

/// A table, as a form names it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    #[serde(rename = "_csrf")]
    csrf: String,
    version: i64,
    by: String,
    question: String,
}

#[derive(Deserialize)]
pub(super) struct Query {
    saved: Option<String>,
}

/// `GET …/releases`
pub(super) async fn show(
    request: HttpRequest,
    officer: Insider,
    state: Data<State>,
    slug: web::Path<String>,
    query: web::Query<Query>,
) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, &slug, query.saved.is_some(), None).await
}

async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &Data<State>,
    slug: &str,
    is_saved: bool,
    trouble: Option<String>,
) -> Result<HttpResponse, Failure> {
    let (reader, slug, inner, words) = (officer.clone(), slug.to_owned(), state.clone(), officer.words);
    let found = state.store.read(move |db| {
        let Some(round) = even_sealed(db, &reader, &slug)? else { return Ok(None) };
        let tabulation = inner.tabulations.of(db, &inner.catalogue, &round, inner.clock.now())?;
        let rows = release_tables::of_round(db, round.id)?;
        let published = released::newest(db, round.id)?;
        let may_plan = reader.grants.may(Right::Plan, &units::line(db, round.owner_id)?);
        Ok(Some((round, tabulation, rows, published, may_plan)))
    });
    let (round, tabulation, rows, published, may_plan) = found.await?.ok_or(Failure::NotFound)?;
    let may_change = may_plan && round.frozen_at.is_none();
    let chosen: Vec<ChosenTable> = rows.iter().map(|row| ChosenTable::new(row, &tabulation, words)).collect();
    let page = ReleasesPage {
        desk: DeskFrame::new(request, officer, Room::Results),
        frame: Frame::new(officer, &round, Tab::Releases, state.clock.now()),
        is_saved,
        state: match round.frozen_at {
            Some(at) => words.with("released-chosen-until", "day", words.moment(at)),
            None if may_plan => words.say("released-choose-lead"),
            None => words.say("released-choose-planner"),
        },
        choosers: if may_change { choose::choosers(&tabulation, &rows, words) } else { Vec::new() },
        chosen,
        may_change,
        released: published.map(|published| ReleasedView::new(&published, &tabulation, words)),
        trouble,
    };
    let status = if page.trouble.is_none() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page::show_as(status, &page)
}

/// What keeps a table from being chosen.
enum Refusal {
    Frozen,
    /// Something is published already that a table of two questions cannot be checked against.
    Late,
    Unfit(Unfit),
}

impl Refusal {
    fn told(&self, words: Words) -> String {
        match self {
            Self::Late => words.say("released-unfit-late"),
            Self::Frozen => words.say("released-frozen"),
            Self::Unfit(unfit) => choose::told(unfit, words),
        }
    }
}

/// `POST …/releases`
pub(super) async fn add(
    request: HttpRequest,
    officer: Planner,
    state: Data<State>,
    slug: web::Path<String>,
    sent: web::Form<Sent>,
) -> Result<HttpResponse, Failure> {
    let inner = state.clone();
    let choose = move |db: &mut Db, round: &RoundRow, planner: &Officer, sent: &Sent| {
        let now = inner.clock.now();
        let tabulation = inner.tabulations.of(db, &inner.catalogue, round, now)?;
        let table = match fitting(db, round.id, &tabulation, sent)? {
            Ok(table) => table,
            Err(unfit) => return Ok(Err(Refusal::Unfit(unfit))),
        };
        let crosses = tabulation.questionnaires.iter().any(|asked| {
            (&asked.code, asked.version) == (&table.questionnaire, table.version) && table.crosses_answers(asked)
        });
        if crosses && releases::newest(db, round.id)?.is_some() {
            return Ok(Err(Refusal::Late));
        }
        if crosses {
            // a snapshot that waits does not know how these answers came together; the next one does
            releases::drop_candidates(db, round.id)?;
        }
        release_tables::choose(db, round.id, (sent.version, &sent.by, &sent.question), planner.account_id, now)?;
        Ok(Ok(Some(Deed::with(Action::TableChosen, [&table.questionnaire, &table.by, &table.question]))))
    };
    change(&request, &officer, &state, &slug, sent.into_inner(), choose).await
}

/// `POST …/releases/remove`
pub(super) async fn remove(
    request: HttpRequest,
    officer: Planner,
    state: Data<State>,
    slug: web::Path<String>,
    sent: web::Form<Sent>,
) -> Result<HttpResponse, Failure> {
    let drop = |db: &mut Db, round: &RoundRow, _: &Officer, sent: &Sent| {
        let was_there = release_tables::drop(db, round.id, (sent.version, &sent.by, &sent.question))?;
        Ok(Ok(was_there.then(|| Deed::with(Action::TableDropped, [&sent.by, &sent.question]))))
    };
    change(&request, &officer, &state, &slug, sent.into_inner(), drop).await
}

/// Changes which tables are chosen, while the round's figures are not frozen, and writes down what was changed.
async fn change(
    request: &HttpRequest,
    officer: &Planner,
    state: &Data<State>,
    slug: &str,
    sent: Sent,
    deed: impl FnOnce(&mut Db, &RoundRow, &Officer, &Sent) -> Result<Result<Option<Deed>, Refusal>, StoreError>
    + Send
    + 'static,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&sent.csrf)?;
    let (planner, name, now) = (officer.0.clone(), slug.to_owned(), state.clock.now());
    let done = state.store.write(move |db| {
        // whether it is frozen is asked within the transaction
        rounds::hold(db, &name)?;
        let Some(round) = even_sealed(db, &planner, &name)? else { return Ok(None) };
        if round.frozen_at.is_some() {
            return Ok(Some(Err(Refusal::Frozen)));
        }
        let done = deed(db, &round, &planner, &sent)?;
        if let Ok(Some(deed)) = &done {
            planner.note(db, now, round.owner_id, deed.clone(), &name)?;
        }
        Ok(Some(done))
    });
    match done.await?.ok_or(Failure::NotFound)? {
        Ok(_) => Ok(see_other(format!("/analyse/{slug}/releases?saved=1"))),
        Err(refusal) => page(request, officer, state, slug, false, Some(refusal.told(officer.words))).await,
    }
}

/// The table that was sent, if it goes with those that are chosen.
fn fitting(
    db: &mut Db,
    round_id: i64,
    tabulation: &Tabulation,
    sent: &Sent,
) -> Result<Result<Chosen, Unfit>, StoreError> {
    let others = release::tables(db, round_id, tabulation)?;
    let Some(place) = tabulation.forms.iter().position(|form| form.id == sent.version) else {
        return Ok(Err(Unfit::Unknown(sent.version.to_string())));
    };
    let asked = &tabulation.questionnaires[place];
    let table = Chosen {
        questionnaire: asked.code.clone(),
        version: asked.version,
        by: sent.by.clone(),
        question: sent.question.clone(),
    };
    Ok(table.fits(&tabulation.questionnaires, &others).map(|()| table))
}
