//! `/manage/rounds/{slug}/units`: which units a round asks, and how many people.

use std::collections::HashMap;

use actix_web::web::{self};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::fields::pupils;
use super::form::RoundForm;
use super::trouble::Trouble;
use super::wards::{Ward, by_ward};
use super::{crowds, read, said};
use crate::draft::add_units;
use crate::state::State;
use crate::store::rounds::{NamedUnit, RoundRow, TargetRow};
use crate::store::units::Stored;
use crate::store::{Db, StoreError, questionnaires, rounds, tallies, unit_choices, units};
use crate::survey::access::Right;
use crate::survey::audit::Action;
use crate::survey::code;
use crate::survey::questionnaire::Questionnaire;
use crate::survey::round::levels_asked;
use crate::vietnamese::compare;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::session::{Officer, Planner, Steering};
use crate::web::words::Words;

/// The units of a round.
#[derive(Template)]
#[template(path = "web/manage/rounds/targets.html")]
struct TargetsPage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    round: RoundRow,
    rows: Vec<Row>,
    /// Who is asked too often this term, as sentences.
    crowds: Vec<String>,
    /// Schools that were taken out.
    removed: Vec<Row>,
    /// Schools that could be added: code and name.
    others: Vec<Ward<(String, String)>>,
}

struct Row {
    unit_id: i64,
    name: String,
    levels: Vec<Level>,
    /// Forms that came in.
    n: i64,
    /// Why the school was just not taken out.
    error: Option<String>,
}

struct Level {
    /// Names this field on the page.
    place: String,
    code: String,
    name: String,
    /// The number as the page says it; nothing when unknown.
    eligible: Option<String>,
    /// The number as the field shows it: what was typed, if that was wrong.
    typed: String,
}

/// What the page is made of.
struct Roll {
    targets: Vec<TargetRow>,
    /// Every unit that the round asks or has asked.
    named: Vec<NamedUnit>,
    forms: HashMap<i64, i64>,
    others: Vec<Ward<(String, String)>>,
}

impl Roll {
    fn read(db: &mut Db, state: &State, officer: &Officer, round: &RoundRow) -> Result<Self, StoreError> {
        let named = rounds::units(db, round.id)?;
        let below = officer.reach(db)?;
        let all = units::valid_on(db, state.clock.today())?;
        let questionnaires = questionnaires_of(db, round.id)?;
        let is_new = |stored: &&Stored| {
            stored.unit.is_school()
                && below.contains(&stored.id)
                && !named.iter().any(|known| known.id == stored.id)
                && !levels_asked(&stored.unit, &questionnaires).is_empty()
        };
        let others = all.iter().filter(is_new);
        let others = others.map(|s| (s.id, (s.unit.code.as_str().to_owned(), s.unit.name.clone())));
        Ok(Self {
            targets: rounds::targets(db, round.id)?,
            forms: tallies::submissions_by_unit(db, round.id)?,
            others: by_ward(&all, others),
            named,
        })
    }

    /// A row for each unit; those that were taken out have no level.
    fn rows(&self, trouble: &Trouble, words: Words) -> Vec<Row> {
        let row = |unit: &NamedUnit| {
            let mut own: Vec<&TargetRow> = self.targets.iter().filter(|target| target.unit_id == unit.id).collect();
            own.sort_by_key(|target| code::Level::from_code(&target.level));
            Row {
                unit_id: unit.id,
                name: unit.name.clone(),
                levels: own.into_iter().map(|target| Level::new(target, trouble, words)).collect(),
                n: self.forms.get(&unit.id).copied().unwrap_or(0),
                error: trouble.says(&format!("remove-{}", unit.id)).map(str::to_owned),
            }
        };
        let mut rows: Vec<Row> = self.named.iter().map(row).collect();
        rows.sort_by(|a, b| compare(&a.name, &b.name));
        rows
    }
}

fn place_of(unit_id: i64, level: &str) -> String {
    format!("{unit_id}-{level}")
}

impl Level {
    fn new(target: &TargetRow, trouble: &Trouble, words: Words) -> Self {
        let place = place_of(target.unit_id, &target.level);
        let eligible = target.eligible.map(|n| words.number(n));
        let usual = eligible.clone().unwrap_or_default();
        Self {
            typed: trouble.value_at(&place, "eligible", &usual).to_owned(),
            name: words.say(&format!("level-short-{}", target.level)),
            code: target.level.clone(),
            place,
            eligible,
        }
    }
}

pub(super) fn questionnaires_of(db: &mut Db, round_id: i64) -> Result<Vec<Questionnaire>, StoreError> {
    let versions = questionnaires::of_round(db, round_id)?;
    Ok(versions.iter().filter_map(|row| Questionnaire::parse(&row.content).ok()).collect())
}

/// `GET …/units`
pub(super) async fn show(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, &slug, Trouble::default()).await
}

async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    slug: &str,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let (own, reader) = (officer.clone(), state.clone());
    let (round, roll, crowds) = read(state, officer, slug, move |db, round| {
        let roll = Roll::read(db, &reader, &own, &round)?;
        let crowds = crowds::sentences(db, &round, reader.clock.now(), own.words)?;
        Ok((round, roll, crowds))
    })
    .await?;
    let rows = roll.rows(&trouble, officer.words);
    let (rows, removed) = rows.into_iter().partition(|row: &Row| !row.levels.is_empty());
    let page = TargetsPage {
        desk: DeskFrame::new(request, officer, Room::Rounds),
        said: said::said(request, state, officer),
        rows,
        crowds,
        removed,
        others: roll.others,
        round,
        trouble,
    };
    said::show(request, &page.trouble, &page)
}

/// `POST …/units/correct`: another number of pupils, or that nobody knows it.
pub(super) async fn correct(form: RoundForm<Planner>) -> Result<HttpResponse, Failure> {
    let fields = &form.fields;
    let words = form.words();
    let (unit_id, level) = (fields.number("unit"), fields.one("level").to_owned());
    let (is_unknown, eligible) = (fields.one("unknown") == "1", pupils(fields.one("eligible")));
    let done = form
        .change(Action::RoundEdited, move |db, round| {
            let mut targets = rounds::targets(db, round.id)?.into_iter();
            let Some(mut target) = targets.find(|t| Some(t.unit_id) == unit_id && t.level == level) else {
                return Ok(Err(Trouble::page(words.say("targets-wrong"))));
            };
            target.eligible = match eligible {
                _ if is_unknown => None,
                Some(n) => Some(n),
                None => {
                    let place = place_of(target.unit_id, &target.level);
                    return Ok(Err(Trouble::at(place, words.say("targets-eligible-wrong"))));
                }
            };
            rounds::put_target(db, round.id, &target)?;
            let unit = name(db, round.id, target.unit_id)?;
            Ok(Ok(match target.eligible {
                Some(n) => words.fill("said-corrected", [("unit", unit), ("pupils", words.number(n))]),
                None => words.with("said-unknown", "unit", unit),
            }))
        })
        .await?;
    form.answer(done, "/units", page).await
}

fn name(db: &mut Db, round_id: i64, unit_id: i64) -> Result<String, StoreError> {
    let found = rounds::units(db, round_id)?.into_iter().find(|unit| unit.id == unit_id);
    Ok(found.map(|unit| unit.name).unwrap_or_default())
}

/// `POST …/units/remove`: its links stop, what came in stays.
pub(super) async fn remove(form: RoundForm<Planner>) -> Result<HttpResponse, Failure> {
    let fields = &form.fields;
    let (unit_id, is_sure) = (fields.number("unit"), fields.is_sure());
    let (words, now) = (form.words(), form.now());
    let done = form
        .change(Action::RoundEdited, move |db, round| {
            let targets = rounds::targets(db, round.id)?;
            let Some(target) = targets.iter().find(|target| Some(target.unit_id) == unit_id) else {
                return Ok(Err(Trouble::page(words.say("targets-wrong"))));
            };
            if !is_sure {
                return Ok(Err(Trouble::at(format!("remove-{}", target.unit_id), words.say("said-not-sure"))));
            }
            rounds::remove_unit(db, round.id, target.unit_id, now)?;
            unit_choices::by_hand(db, round.id, target.unit_id, false)?;
            Ok(Ok(words.with("said-removed", "unit", name(db, round.id, target.unit_id)?)))
        })
        .await?;
    form.answer(done, "/units", page).await
}

/// `POST …/units/return`: a school that was taken out, with its codes and numbers as they were.
pub(super) async fn bring_back(form: RoundForm<Planner>) -> Result<HttpResponse, Failure> {
    let fields = &form.fields;
    let (words, unit_id) = (form.words(), fields.number("unit"));
    let done = form
        .change(Action::RoundEdited, move |db, round| {
            let Some(unit) = rounds::units(db, round.id)?.into_iter().find(|unit| Some(unit.id) == unit_id) else {
                return Ok(Err(Trouble::page(words.say("targets-wrong"))));
            };
            rounds::return_unit(db, round.id, unit.id)?;
            unit_choices::by_hand(db, round.id, unit.id, true)?;
            Ok(Ok(words.with("said-returned", "unit", unit.name)))
        })
        .await?;
    form.answer(done, "/units", page).await
}

/// `POST …/units/add`
pub(super) async fn add(form: RoundForm<Planner>) -> Result<HttpResponse, Failure> {
    let RoundForm { officer, fields, .. } = &form;
    let (code, own) = (fields.one("unit").to_owned(), officer.0.clone());
    let (words, now) = (form.words(), form.now());
    let done = form
        .change(Action::RoundEdited, move |db, round| {
            let below = own.reach(db)?;
            let found = units::by_code(db, &code)?.filter(|s| below.contains(&s.id) && s.unit.is_school());
            let Some(school) = found else { return Ok(Err(Trouble::at("add", words.say("targets-no-such-school")))) };
            let unit = school.unit.name.clone();
            let known = rounds::units(db, round.id)?;
            if known.iter().any(|unit| unit.id == school.id) {
                return Ok(Err(Trouble::at("add", words.with("targets-known-already", "unit", unit))));
            }
            if levels_asked(&school.unit, &questionnaires_of(db, round.id)?).is_empty() {
                return Ok(Err(Trouble::at("add", words.with("targets-misfit", "unit", unit))));
            }
            add_units(db, round.id, &[school.id], now)?;
            unit_choices::by_hand(db, round.id, school.id, true)?;
            Ok(Ok(words.with("said-added", "unit", unit)))
        })
        .await?;
    form.answer(done, "/units", page).await
}
