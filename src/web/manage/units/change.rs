//! `/manage/units/{code}/change`: what becomes of a unit, told in plain words: what happens, from which day, by which decision.
//! The page says what would follow, and only a second press writes it down.

use std::collections::HashSet;

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::NaiveDate;

use super::asked::{HEIRS, Plan, read};
use super::told;
use super::unit::mine;
use crate::state::State;
use crate::store::successions::{self, Record};
use crate::store::units::Stored;
use crate::store::{Db, StoreError, rounds, unit_kinds, units};
use crate::survey::audit::Action;
use crate::survey::round::Gate;
use crate::survey::unit::succession::{Effects, SuccessionKind, Wrong};
use crate::survey::unit::{ImportPlan, Unit, UnitCode};
use crate::web::deed::Deed;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::session::{Officer, Registrar};
use crate::web::words::Words;

/// The questions, and below them what would follow.
#[derive(Template)]
#[template(path = "web/manage/units/change.html")]
struct ChangePage {
    desk: DeskFrame,
    trouble: Trouble,
    unit: Unit,
    /// What happens, once that was chosen.
    kind: Option<SuccessionKind>,
    kinds: Vec<(&'static str, String, String)>,
    /// Units of the same kind under the same office: code and name.
    siblings: Vec<(String, String)>,
    /// What can stand above: code and name.
    offices: Vec<(String, String)>,
    /// The fields of each unit that one is split into.
    heirs: Vec<usize>,
    /// What would follow.
    effects: Option<Vec<String>>,
    /// Everything that was sent, to be sent once more.
    sent: Vec<(String, String)>,
}

/// `GET …/change?kind=…`
pub(super) async fn show(
    request: HttpRequest,
    officer: Registrar,
    state: web::Data<State>,
    code: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::read(request.query_string().as_bytes());
    page(&request, &officer, &state, &code, Trouble::default().typed(fields), None).await
}

async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    code: &str,
    trouble: Trouble,
    effects: Option<Vec<String>>,
) -> Result<HttpResponse, Failure> {
    let (own, code, today, words) = (officer.clone(), code.to_owned(), state.clock.today(), officer.words);
    let known = state.store.read(move |db| {
        let Some(stored) = mine(db, &own, &code)? else { return Ok(None) };
        let reach = own.reach(db)?;
        let mut around = units::valid_on(db, today)?;
        around.retain(|known| reach.contains(&known.id));
        Ok(Some((stored.unit, around)))
    });
    let (unit, around) = known.await?.ok_or(Failure::NotFound)?;
    let named = |known: &Unit| (known.code.to_string(), known.name.clone());
    let is_sibling = |known: &&Unit| known.kind == unit.kind && known.parent == unit.parent && known.code != unit.code;
    let around = || around.iter().map(|known| &known.unit);
    let kind = SuccessionKind::from_code(trouble.fields().one("kind"));
    let explained = |kind: &SuccessionKind| {
        let say = |part: &str| words.say(&format!("{part}-{kind}"));
        (kind.code(), say("change"), say("change-text"))
    };
    let page = ChangePage {
        desk: DeskFrame::new(request, officer, Room::Units),
        kinds: SuccessionKind::ALL.iter().map(explained).collect(),
        siblings: around().filter(is_sibling).map(named).collect(),
        offices: around().filter(|known| known.is_office() && known.code != unit.code).map(named).collect(),
        heirs: (1..=HEIRS).collect(),
        sent: trouble
            .fields()
            .pairs()
            .filter(|(name, _)| !matches!(*name, "_csrf" | "confirm"))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        kind,
        unit,
        effects,
        trouble,
    };
    said::show(request, &page.trouble, &page)
}

impl ChangePage {
    /// What a field shows.
    fn value(&self, name: &str) -> &str {
        self.trouble.fields().one(name)
    }

    /// What a field of a numbered unit shows.
    fn nth(&self, name: &str, at: &usize) -> &str {
        self.trouble.fields().one(&format!("{name}_{at}"))
    }

    /// Whether this was chosen.
    fn has(&self, name: &str, value: &str) -> bool {
        self.trouble.fields().has(name, value)
    }

    /// Whether this office is chosen to stand above: what was sent, otherwise what stands there now.
    fn stands_above(&self, name: &str, code: &str) -> bool {
        let now = if name == "parent" { &self.unit.parent } else { &self.unit.professional_parent };
        let sent = self.sent.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        sent.unwrap_or(now.as_ref().map_or("", UnitCode::as_str)) == code
    }

    fn is(&self, code: &str) -> bool {
        self.kind.is_some_and(|kind| kind.code() == code)
    }
}

/// `POST …/change`: what would follow, or with `confirm` the change itself.
pub(super) async fn record(
    request: HttpRequest,
    officer: Registrar,
    state: web::Data<State>,
    code: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let is_sure = fields.one("confirm") == "1";
    let (own, wanted, sent) = (officer.0.clone(), code.clone(), fields.clone());
    let (now, today) = (state.clock.now(), state.clock.today());
    let work = move |db: &mut Db| {
        let Some(stored) = mine(db, &own, &wanted)? else { return Ok(None) };
        let outcome = match consider(db, &own, &stored.unit, &sent)? {
            Ok((plan, effects)) if is_sure => {
                let Plan { change, day, basis } = plan;
                let record = Record { kind: change.kind(), day, basis: &basis };
                successions::record(db, &effects, record, now, today)?;
                let deed = Deed::with(Action::UnitSucceeded, [change.kind().code(), &day.to_string()]);
                own.note(db, now, stored.id, deed, stored.unit.code.as_str())?;
                Ok(Vec::new())
            }
            Ok((plan, effects)) => Ok(follows(db, &effects, plan.day, now, own.words)?),
            Err(trouble) => Err(trouble),
        };
        Ok(Some(outcome))
    };
    let done = if is_sure { state.store.write(work).await? } else { state.store.read(work).await? };
    match done.ok_or(Failure::NotFound)? {
        Ok(_) if is_sure => {
            let sentence = officer.words.say("change-done");
            Ok(said::see_other(&state, &officer, format!("/manage/units/{}", code.as_str()), &sentence))
        }
        Ok(effects) => {
            let shown = Trouble::default().typed(fields);
            page(&request, &officer, &state, &code, shown, Some(effects)).await
        }
        Err(trouble) => page(&request, &officer, &state, &code, trouble.typed(fields), None).await,
    }
}

/// What was sent and what follows from it, if it can be, and if all of it belongs to the officer's office.
fn consider(
    db: &mut Db,
    officer: &Officer,
    unit: &Unit,
    fields: &Fields,
) -> Result<Result<(Plan, Effects), Trouble>, StoreError> {
    let words = officer.words;
    let plan = match read(fields, unit, words) {
        Ok(plan) => plan,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let reach = officer.reach(db)?;
    let all = units::all(db)?;
    let is_changed = |known: &&Stored| reach.contains(&known.id) && plan.change.units().contains(&known.unit.code);
    let changed: Vec<i64> = all.iter().filter(is_changed).map(|known| known.id).collect();
    // a second press of the button, or a page that is sent again
    if successions::is_recorded(db, plan.change.kind(), plan.day, &changed)? {
        return Ok(Err(Trouble::page(words.say("change-recorded-before"))));
    }
    let inside: HashSet<UnitCode> =
        all.iter().filter(|known| reach.contains(&known.id)).map(|known| known.unit.code.clone()).collect();
    let existing: Vec<Unit> = all.into_iter().map(|stored| stored.unit).collect();
    let effects = match plan.change.effects(plan.day, &existing, &unit_kinds::all(db)?) {
        Ok(effects) => effects,
        Err(wrong) => return Ok(Err(Trouble::page(wrong_sentence(wrong, words)))),
    };
    let is_new = |code: &UnitCode| !existing.iter().any(|known| known.code == *code);
    let is_mine = effects
        .parts
        .iter()
        .all(|part| inside.contains(&part.old) && (inside.contains(&part.new) || is_new(&part.new)));
    let post = units::by_id(db, officer.post())?;
    let stays = post.is_some_and(|post| after(&effects, &existing).outside(&post.unit.code, &existing).is_empty());
    Ok(if is_mine && stays { Ok((plan, effects)) } else { Err(Trouble::page(words.say("change-not-yours"))) })
}

/// The units that become different, as they will be.
fn after(effects: &Effects, existing: &[Unit]) -> ImportPlan {
    let mut units = effects.units.clone();
    for (code, respect, above) in &effects.superiors {
        let known = units.iter().position(|unit| unit.code == *code);
        let before = known.and_then(|at| units.get(at)).or_else(|| existing.iter().find(|unit| unit.code == *code));
        if let Some(moved) = before.map(|unit| respect.below(unit, above.clone())) {
            match known {
                Some(at) => units[at] = moved,
                None => units.push(moved),
            }
        }
    }
    ImportPlan::of(units)
}

/// What would follow, and what the officer should know besides.
fn follows(
    db: &mut Db,
    effects: &Effects,
    day: NaiveDate,
    now: chrono::NaiveDateTime,
    words: Words,
) -> Result<Vec<String>, StoreError> {
    let existing: Vec<Unit> = units::all(db)?.into_iter().map(|stored| stored.unit).collect();
    let mut told = told::effects(effects, day, &existing, words);
    let ending: HashSet<&str> =
        effects.units.iter().filter(|unit| unit.valid_to.is_some()).map(|unit| unit.code.as_str()).collect();
    for round in rounds::all(db)?.into_iter().filter(|round| matches!(round.window().gate(now), Gate::Open)) {
        let asked = rounds::units(db, round.id)?.into_iter().filter(|unit| ending.contains(unit.code.as_str()));
        let names: Vec<String> = asked.map(|unit| unit.name).collect();
        if !names.is_empty() {
            told.push(words.fill("effect-round", [("round", round.title), ("name", names.join("; "))]));
        }
    }
    if !ending.is_empty() {
        told.push(words.say("effect-accounts"));
    }
    Ok(told)
}

fn wrong_sentence(wrong: Wrong, words: Words) -> String {
    words.say(match wrong {
        Wrong::NoSuchUnit => "change-wrong-unit",
        Wrong::CodeTaken => "unit-code-taken",
        Wrong::Same => "change-wrong-same",
        Wrong::Kinds => "change-wrong-kinds",
        Wrong::Shares => "change-wrong-shares",
        Wrong::Nothing => "change-wrong-nothing",
        Wrong::Superior => "change-wrong-superior",
        Wrong::SameKind => "change-wrong-same-kind",
        Wrong::Place => "change-wrong-place",
        Wrong::Top => "change-wrong-top",
    })
}
