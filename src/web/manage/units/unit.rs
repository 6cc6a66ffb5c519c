//! `/manage/units/{code}`: one unit, what stands above it and what it came from; and `/manage/units/new`.

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::facts::{Desk, Facts, save};
use super::told;
use crate::state::State;
use crate::store::units::Stored;
use crate::store::{Db, StoreError, successions, superiors, unit_kinds, units};
use crate::survey::audit::Action;
use crate::survey::unit::succession::Superiority;
use crate::survey::unit::{Kind, Kinds, Unit, UnitKind};
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::session::{Officer, Registrar};

/// One unit.
#[derive(Template)]
#[template(path = "web/manage/units/unit.html")]
struct UnitPage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    unit: Unit,
    kind: String,
    is_school: bool,
    facts: Facts,
    /// What stands above it now: in which respect, and what.
    superiors: Vec<(String, String)>,
    /// What stood, stands and will stand above it: respect, what, from when, basis.
    above: Vec<(String, String, String, String)>,
    /// What happened and will happen to it.
    stories: Vec<Told>,
    /// Whether something happened that can no longer be cancelled.
    has_past: bool,
    former: Vec<String>,
}

/// A unit that is to be added.
#[derive(Template)]
#[template(path = "web/manage/units/new.html")]
struct NewPage {
    desk: DeskFrame,
    trouble: Trouble,
    facts: Facts,
    is_school: bool,
    kinds: Vec<(String, String, bool)>,
    /// Offices: code, name, whether it is that.
    offices: Vec<(String, String, bool)>,
    /// Offices that can stand above in professional matters: code, name.
    guides: Vec<(String, String)>,
}

/// A change that was written down.
struct Told {
    id: i64,
    sentence: String,
    basis: String,
    /// Its day has not come.
    is_to_come: bool,
}

impl UnitPage {
    /// The place of what is wrong with a reason.
    fn reason(&self, told: &Told) -> String {
        format!("reason-{}", told.id)
    }
}

/// What the page of a unit is made of.
struct Known {
    stored: Stored,
    all: Vec<Stored>,
    above: Vec<superiors::Above>,
    stories: Vec<successions::Story>,
    former: Vec<String>,
    kinds: Kinds,
}

/// The unit of this code, if the officer looks after it.
pub(super) fn mine(db: &mut Db, officer: &Officer, code: &str) -> Result<Option<Stored>, StoreError> {
    let Some(stored) = units::by_code(db, code)? else { return Ok(None) };
    Ok(officer.reach(db)?.contains(&stored.id).then_some(stored))
}

/// `GET /manage/units/{code}`
pub(super) async fn show(
    request: HttpRequest,
    officer: Registrar,
    state: web::Data<State>,
    code: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, &code, Trouble::default()).await
}

pub(super) async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    code: &str,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let (own, code, today) = (officer.clone(), code.to_owned(), state.clock.today());
    let known = state.store.read(move |db| {
        let Some(stored) = mine(db, &own, &code)? else { return Ok(None) };
        Ok(Some(Known {
            all: units::all(db)?,
            above: superiors::of_unit(db, stored.id)?,
            stories: successions::of_unit(db, stored.id)?,
            former: successions::former_names(db, today)?.remove(&stored.id).unwrap_or_default(),
            kinds: unit_kinds::all(db)?,
            stored,
        }))
    });
    let Known { stored, all, above, stories, former, kinds } = known.await?.ok_or(Failure::NotFound)?;
    let (words, unit) = (officer.words, stored.unit);
    let name = |code: &crate::survey::unit::UnitCode| {
        all.iter().find(|known| known.unit.code == *code).map(|known| known.unit.name.clone()).unwrap_or_default()
    };
    let respect = |respect: Superiority| words.say(&format!("superior-{respect}"));
    let told = |story: &successions::Story| Told {
        id: story.id,
        sentence: told::story(story, words),
        basis: story.basis.clone(),
        is_to_come: story.day > today,
    };
    let page = UnitPage {
        desk: DeskFrame::new(request, officer, Room::Units),
        said: said::said(request, state, officer),
        kind: kinds.name(&unit.kind, words.interface()),
        is_school: unit.is_school(),
        facts: Facts::new(Some(&unit), &trouble, words),
        superiors: Superiority::ALL
            .iter()
            .map(|r| (respect(*r), r.of(&unit).map_or_else(|| told::nothing(*r, words), name)))
            .collect(),
        above: above
            .into_iter()
            .map(|row| {
                let name = row.name.unwrap_or_else(|| told::nothing(row.respect, words));
                (respect(row.respect), name, words.date(row.since), row.basis)
            })
            .collect(),
        has_past: stories.iter().any(|story| story.day <= today),
        stories: stories.iter().map(told).collect(),
        former,
        unit,
        trouble,
    };
    said::show(request, &page.trouble, &page)
}

/// `POST /manage/units/{code}`: dates, pupils, classes, a name that was written wrongly.
pub(super) async fn correct(
    request: HttpRequest,
    officer: Registrar,
    state: web::Data<State>,
    code: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (own, wanted, sent, now) = (officer.0.clone(), code.clone(), fields.clone(), state.clock.now());
    let done = state.store.write(move |db| {
        let Some(stored) = mine(db, &own, &wanted)? else { return Ok(None) };
        let desk = at_the_desk(db, &own, now)?;
        let done = save(db, &sent, Some(&stored.unit), &desk)?;
        if done.is_ok() {
            own.note(db, now, stored.id, Action::UnitChanged, stored.unit.code.as_str())?;
        }
        Ok(Some(done))
    });
    match done.await?.ok_or(Failure::NotFound)? {
        Ok(_) => {
            let sentence = officer.words.say("unit-saved");
            Ok(said::see_other(&state, &officer, format!("/manage/units/{}", code.as_str()), &sentence))
        }
        Err(trouble) => page(&request, &officer, &state, &code, trouble.typed(fields)).await,
    }
}

/// For whom fields are read.
fn at_the_desk(db: &mut Db, officer: &Officer, now: chrono::NaiveDateTime) -> Result<Desk, StoreError> {
    let post = units::by_id(db, officer.post())?;
    let post = post.ok_or_else(|| StoreError::corrupt("unit", "an officer's unit is gone"))?;
    Ok(Desk { own: post.unit.code, now, words: officer.words })
}

/// `GET /manage/units/new?kind=…`
pub(super) async fn begin(
    request: HttpRequest,
    officer: Registrar,
    state: web::Data<State>,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::read(request.query_string().as_bytes());
    new_page(&request, &officer, &state, Trouble::default().typed(fields)).await
}

async fn new_page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let (own, today, words) = (officer.clone(), state.clock.today(), officer.words);
    let known = state.store.read(move |db| {
        let reach = own.reach(db)?;
        let mut all = units::valid_on(db, today)?;
        all.retain(|known| reach.contains(&known.id) && known.unit.is_office());
        Ok((all, unit_kinds::all(db)?))
    });
    let (offices, kinds) = known.await?;
    let usual = kinds.usual_school().and_then(|kind| kinds.find(kind.code.as_str()));
    let kind = kinds.find(trouble.value("kind", "")).or(usual);
    let can = |test: fn(&Kind, &UnitKind) -> bool| {
        move |office: &&Stored| kind.is_none_or(|kind| test(kind, &office.unit.kind))
    };
    let parent = trouble.value("parent", &officer.unit_code).to_owned();
    let page = NewPage {
        desk: DeskFrame::new(request, officer, Room::Units),
        is_school: kind.is_some_and(|kind| kind.kind.nature.is_school()),
        kinds: kinds
            .iter()
            .map(|known| (known.kind.to_string(), known.name(words.interface()).to_owned(), Some(known) == kind))
            .collect(),
        offices: offices
            .iter()
            .filter(can(Kind::can_stand_below))
            .map(|known| {
                let code = known.unit.code.to_string();
                (code.clone(), known.unit.name.clone(), code == parent)
            })
            .collect(),
        guides: offices
            .iter()
            .filter(can(Kind::can_be_guided_by))
            .map(|known| (known.unit.code.to_string(), known.unit.name.clone()))
            .collect(),
        facts: Facts::new(None, &trouble, words),
        trouble,
    };
    said::show(request, &page.trouble, &page)
}

/// `POST /manage/units/new`
pub(super) async fn add(
    request: HttpRequest,
    officer: Registrar,
    state: web::Data<State>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (own, sent, now) = (officer.0.clone(), fields.clone(), state.clock.now());
    let done = state.store.write(move |db| {
        let desk = at_the_desk(db, &own, now)?;
        let done = save(db, &sent, None, &desk)?;
        if let Ok(unit) = &done {
            own.note(db, now, own.post(), Action::UnitChanged, unit.code.as_str())?;
        }
        Ok(done)
    });
    match done.await? {
        Ok(unit) => {
            let sentence = officer.words.with("unit-added", "name", &unit.name);
            Ok(said::see_other(&state, &officer, format!("/manage/units/{}", unit.code), &sentence))
        }
        Err(trouble) => new_page(&request, &officer, &state, trouble.typed(fields)).await,
    }
}
