//! `/manage/rounds/{slug}/units/choice`: schools by rule. The rule is kept as it was chosen, and the page says what it gives now.

use std::collections::BTreeSet;
use std::str::FromStr;

use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::fields::Fields;
use super::form::RoundForm;
use super::stage::Stage;
use super::targets::questionnaires_of;
use super::trouble::Trouble;
use super::{read, said};
use crate::draft::add_units;
use crate::state::State;
use crate::store::rounds::RoundRow;
use crate::store::units::Stored;
use crate::store::{Db, StoreError, rounds, unit_choices, units};
use crate::survey::access::Right;
use crate::survey::audit::Action;
use crate::survey::code::{Level, SchoolType};
use crate::survey::round::levels_asked;
use crate::survey::unit::UnitCode;
use crate::survey::unit::choice::Choice;
use crate::vietnamese::compare;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::session::{Officer, Planner, Steering};
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/manage/rounds/choose.html")]
struct ChoosePage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    round: RoundRow,
    choice: Choice,
    levels: Vec<Tick>,
    types: Vec<Tick>,
    wards: Vec<Tick>,
    /// The schools that were put in or taken out by hand.
    also: Vec<String>,
    except: Vec<String>,
    gives: Given,
    is_draft: bool,
    /// The rule on the page is not saved: it is looked at.
    is_tried: bool,
}

struct Tick {
    code: String,
    label: String,
    is_ticked: bool,
}

/// What a rule gives now, beside what the round asks.
#[derive(Default)]
struct Given {
    /// All of them.
    all: Vec<Stored>,
    /// Not yet in the round.
    new: Vec<String>,
    /// In the round, and not given.
    gone: Vec<String>,
}

impl Given {
    fn n(&self) -> i64 {
        i64::try_from(self.all.len()).unwrap_or(i64::MAX)
    }
}

/// The schools within the officer's reach that the round could ask.
fn candidates(db: &mut Db, state: &State, officer: &Officer, round: &RoundRow) -> Result<Vec<Stored>, StoreError> {
    let (below, asked) = (officer.reach(db)?, questionnaires_of(db, round.id)?);
    let all = units::valid_on(db, state.clock.today())?.into_iter();
    let fits = |stored: &Stored| below.contains(&stored.id) && !levels_asked(&stored.unit, &asked).is_empty();
    Ok(all.filter(fits).collect())
}

fn given(db: &mut Db, round: &RoundRow, candidates: Vec<Stored>, choice: &Choice) -> Result<Given, StoreError> {
    let asked: BTreeSet<i64> = rounds::targets(db, round.id)?.into_iter().map(|target| target.unit_id).collect();
    let all: Vec<Stored> = candidates.into_iter().filter(|stored| choice.gives(&stored.unit)).collect();
    let new = all.iter().filter(|stored| !asked.contains(&stored.id)).map(|stored| stored.unit.name.clone());
    let mut new: Vec<String> = new.collect();
    let is_gone = |id: &i64| asked.contains(id) && !all.iter().any(|stored| stored.id == *id);
    let gone = rounds::units(db, round.id)?.into_iter().filter(|unit| is_gone(&unit.id)).map(|unit| unit.name);
    let mut gone: Vec<String> = gone.collect();
    new.sort_by(|a, b| compare(a, b));
    gone.sort_by(|a, b| compare(a, b));
    Ok(Given { all, new, gone })
}

/// The rule as it was ticked; what was done by hand before stays. Where a rule ends, the schools that it gave are by hand.
fn typed(fields: &Fields, before: Choice, asked: BTreeSet<UnitCode>) -> Choice {
    fn all<T: FromStr + Ord>(fields: &Fields, name: &str) -> BTreeSet<T> {
        fields.all(name).filter_map(|code| code.parse().ok()).collect()
    }
    let by_hand = |codes: BTreeSet<UnitCode>| if fields.has("forget", "1") { BTreeSet::new() } else { codes };
    let by_rule = fields.one("by") == "rule";
    let kept = if before.by_rule && !by_rule { asked } else { before.also };
    Choice {
        by_rule,
        levels: all(fields, "level"),
        types: all(fields, "type"),
        wards: all(fields, "ward"),
        also: by_hand(kept),
        except: by_hand(before.except),
    }
}

/// What the round was chosen by; a round of earlier days has its schools by hand.
fn known(db: &mut Db, round: &RoundRow) -> Result<Choice, StoreError> {
    if let Some(choice) = unit_choices::of_round(db, round.id)? {
        return Ok(choice);
    }
    Ok(Choice { also: asked(db, round)?, ..Choice::default() })
}

/// The codes of the schools that the round asks.
fn asked(db: &mut Db, round: &RoundRow) -> Result<BTreeSet<UnitCode>, StoreError> {
    let asked: BTreeSet<i64> = rounds::targets(db, round.id)?.into_iter().map(|target| target.unit_id).collect();
    let named = rounds::units(db, round.id)?.into_iter().filter(|unit| asked.contains(&unit.id));
    Ok(named.filter_map(|unit| unit.code.parse().ok()).collect())
}

/// `GET …/units/choice`
pub(super) async fn show(
    request: HttpRequest,
    officer: Steering,
    state: Data<State>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, &slug, Trouble::default()).await
}

/// `POST …/units/choice`: looks at what a rule would give, or takes it.
pub(super) async fn choose(form: RoundForm<Planner>) -> Result<HttpResponse, Failure> {
    if form.fields.one("wish") != "take" {
        return form.refuse(Trouble::default(), page).await;
    }
    let (planner, own, sent) = (form.officer.0.clone(), form.state.get_ref().clone(), form.fields.clone());
    let (words, now) = (form.words(), form.now());
    let done = form
        .change(Action::RoundEdited, move |db, round| {
            if Stage::of(&round, now).has_begun() {
                return Ok(Err(Trouble::page(words.say("choice-too-late"))));
            }
            let choice = typed(&sent, known(db, &round)?, asked(db, &round)?);
            let candidates = candidates(db, &own, &planner, &round)?;
            let given = given(db, &round, candidates, &choice)?;
            if given.all.is_empty() {
                return Ok(Err(Trouble::at("by", words.say("choice-nobody"))));
            }
            take(db, &round, &choice, &given, now)?;
            Ok(Ok(words.count("said-chosen", given.n())))
        })
        .await?;
    form.answer(done, "/units", page).await
}

/// Puts in what the rule gives, and takes out what it does not.
fn take(
    db: &mut Db,
    round: &RoundRow,
    choice: &Choice,
    given: &Given,
    now: chrono::NaiveDateTime,
) -> Result<(), StoreError> {
    unit_choices::put(db, round.id, choice)?;
    let wanted: BTreeSet<i64> = given.all.iter().map(|stored| stored.id).collect();
    let asked: BTreeSet<i64> = rounds::targets(db, round.id)?.into_iter().map(|target| target.unit_id).collect();
    for gone in asked.difference(&wanted) {
        rounds::remove_unit(db, round.id, *gone, now)?;
    }
    let new: Vec<i64> = wanted.difference(&asked).copied().collect();
    add_units(db, round.id, &new, now)
}

async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    slug: &str,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let (viewer, own, words) = (officer.clone(), state.clone(), officer.words);
    // what was ticked is looked at, whether or not it was to be taken
    let tried = Some(trouble.fields().clone()).filter(|fields| !fields.is_empty());
    let is_tried = tried.is_some();
    let (round, choice, gives, all) = read(state, officer, slug, move |db, round| {
        let known = known(db, &round)?;
        let asked = asked(db, &round)?;
        let choice = tried.map_or_else(|| known.clone(), |fields| typed(&fields, known.clone(), asked));
        let candidates = candidates(db, &own, &viewer, &round)?;
        let gives = given(db, &round, candidates, &choice)?;
        Ok((round, choice, gives, units::valid_on(db, own.clock.today())?))
    })
    .await?;
    let page = ChoosePage {
        desk: DeskFrame::new(request, officer, Room::Rounds),
        said: said::said(request, state, officer),
        levels: ticks(Level::ALL, &choice.levels, "level-", words),
        types: ticks(SchoolType::ALL, &choice.types, "school-type-", words),
        wards: offices(&all, &choice),
        also: names(&all, &choice.also),
        except: names(&all, &choice.except),
        is_draft: !Stage::of(&round, state.clock.now()).has_begun(),
        is_tried,
        round,
        choice,
        gives,
        trouble,
    };
    said::show(request, &page.trouble, &page)
}

fn ticks<T: Copy + Ord + ToString>(all: &[T], chosen: &BTreeSet<T>, prefix: &str, words: Words) -> Vec<Tick> {
    let tick = |value: &T| {
        let code = value.to_string();
        Tick { label: words.say(&format!("{prefix}{code}")), is_ticked: chosen.contains(value), code }
    };
    all.iter().map(tick).collect()
}

/// Every office that stands directly above a school.
fn offices(all: &[Stored], choice: &Choice) -> Vec<Tick> {
    let above: BTreeSet<&UnitCode> = all.iter().filter(|s| s.unit.is_school()).flat_map(|s| s.unit.parents()).collect();
    let mut offices: Vec<&Stored> = all.iter().filter(|stored| above.contains(&stored.unit.code)).collect();
    offices.sort_by(|a, b| compare(&a.unit.name, &b.unit.name));
    let tick = |office: &&Stored| Tick {
        code: office.unit.code.to_string(),
        label: office.unit.name.clone(),
        is_ticked: choice.wards.contains(&office.unit.code),
    };
    offices.iter().map(tick).collect()
}

fn names(all: &[Stored], codes: &BTreeSet<UnitCode>) -> Vec<String> {
    let named = all.iter().filter(|stored| codes.contains(&stored.unit.code)).map(|stored| stored.unit.name.clone());
    let mut names: Vec<String> = named.collect();
    names.sort_by(|a, b| compare(a, b));
    names
}
