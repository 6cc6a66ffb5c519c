//! `/manage/rounds/new`: a round from templates and own questionnaires for chosen units.

use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{NaiveTime, TimeDelta};
use serde::Deserialize;

use super::fields::{Fields, day, day_and_time};
use super::plan::{School, plan, rule};
use super::trouble::Trouble;
use super::wards::{Ward, by_ward};
use super::{refresh, said};
use crate::draft::draft;
use crate::state::State;
use crate::store::campaigns::{self, CampaignRow};
use crate::store::{StoreError, round_steps, rounds, unit_choices, units};
use crate::survey::audit::Action;
use crate::survey::code::Channel;
use crate::survey::questionnaire::Questionnaire;
use crate::survey::templates;
use crate::vietnamese;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::campaigns::all_mine;
use crate::web::manage::questionnaires::{Usable, usable};
use crate::web::session::{Officer, Planner};
use crate::web::words::Words;

/// How long after the closing day a new form proposes to tell the result.
const TELLS_WITHIN: TimeDelta = TimeDelta::days(30);

/// The form for a new round, with what was typed and what is wrong with it.
#[derive(Template)]
#[template(path = "web/manage/rounds/begin.html")]
struct BeginPage {
    desk: DeskFrame,
    trouble: Trouble,
    /// The day and time a new form proposes.
    proposed: (String, String),
    /// The day it proposes for telling the result.
    results: String,
    /// Written by the officer's area.
    own: Vec<Offer>,
    templates: Vec<Offer>,
    channels: Vec<(&'static str, String)>,
    /// Plans that the round can carry out: number and title.
    campaigns: Vec<(String, String)>,
    wards: Vec<Ward<School>>,
    /// Schools of all wards.
    schools: i64,
}

/// A questionnaire that can be chosen.
pub(super) struct Offer {
    pub(super) code: String,
    pub(super) title: String,
    pub(super) about: String,
}

impl Offer {
    pub(super) fn new(questionnaire: &Questionnaire, words: Words) -> Self {
        Self {
            code: questionnaire.code.clone(),
            title: questionnaire.title.get(words.0).to_owned(),
            about: words.say(&format!("audience-{}", questionnaire.audience)),
        }
    }
}

/// What a round can be made from.
struct Material {
    wards: Vec<Ward<School>>,
    own: Vec<Usable>,
    campaigns: Vec<CampaignRow>,
}

/// The plan that a round shall carry out.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    campaign: Option<i64>,
}

impl BeginPage {
    fn has(&self, name: &str, value: &str) -> bool {
        self.trouble.fields().has(name, value)
    }

    /// How many schools of a ward were ticked one by one.
    fn ticked(&self, ward: &Ward<School>) -> i64 {
        let ticked = ward.inside.iter().filter(|school| self.has("unit", school.stored.unit.code.as_str()));
        i64::try_from(ticked.count()).unwrap_or(i64::MAX)
    }
}

/// `GET /manage/rounds/new`
pub(super) async fn show(
    request: HttpRequest,
    officer: Planner,
    state: web::Data<State>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Failure> {
    let material = material(&state, &officer).await?;
    let chosen = material.campaigns.iter().find(|row| Some(row.id) == wanted.campaign).cloned();
    let trouble = match chosen {
        Some(row) => Trouble::default().typed(proposed_by(&state, row).await?),
        None => Trouble::default(),
    };
    page(&request, &officer, &state, material, trouble)
}

/// The fields that a plan fills in: whom to ask, and the questionnaires that it names.
async fn proposed_by(state: &State, row: CampaignRow) -> Result<Fields, Failure> {
    let (id, contact) = (row.id, row.plan.contact);
    let codes = state.store.read(move |db| campaigns::questionnaires(db, id)).await?;
    let (closes, results) = proposed(state);
    let mut fields = form_urlencoded::Serializer::new(String::new());
    fields.append_pair("campaign", &id.to_string()).append_pair("contact", &contact);
    fields.append_pair("day", &closes.0).append_pair("time", &closes.1).append_pair("results", &results);
    fields.extend_pairs(codes.iter().map(|code| ("template", code)));
    Ok(Fields::read(fields.finish().as_bytes()))
}

/// When a new round closes unless somebody says otherwise, and when its result is told.
fn proposed(state: &State) -> ((String, String), String) {
    let in_two_weeks = vietnamese::local(state.clock.now()).date() + TimeDelta::days(14);
    let closes = vietnamese::utc(in_two_weeks.and_time(NaiveTime::MIN) + TimeDelta::hours(22));
    (day_and_time(closes), day(Some(in_two_weeks + TELLS_WITHIN)))
}

/// `POST /manage/rounds/new`
pub(super) async fn make(
    request: HttpRequest,
    officer: Planner,
    state: web::Data<State>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let material = material(&state, &officer).await?;
    let now = state.clock.now();
    let (draft_of, left_out) = match plan(&fields, &material.wards, &material.own, &officer, now) {
        Ok(plan) => plan,
        Err(trouble) => return page(&request, &officer, &state, material, trouble.typed(fields)),
    };
    let to = format!("/manage/rounds/{}", draft_of.slug);
    let pictures_allowed_at = fields.has("pictures", "1").then_some(now);
    let sealed_at = fields.has("sealed", "1").then_some(now);
    let campaign = fields.number("campaign").filter(|id| material.campaigns.iter().any(|row| row.id == *id));
    let (planner, choice) = (officer.0.clone(), rule(&fields, &material.wards));
    let made = state.store.write(move |db| {
        let made = draft(db, &draft_of, now)?;
        planner.note(db, now, draft_of.owner_id, Action::RoundMade, &draft_of.slug)?;
        round_steps::seal(db, made.round_id, sealed_at)?;
        campaigns::put_round(db, made.round_id, campaign)?;
        unit_choices::put(db, made.round_id, &choice)?;
        rounds::allow_pictures(db, made.round_id, pictures_allowed_at)
    });
    match made.await {
        Ok(_) => {
            refresh(&state).await?;
            Ok(said::see_other(&state, &officer, to, &saved(left_out, officer.words)))
        }
        Err(error) => page(&request, &officer, &state, material, refused(error, officer.words)?.typed(fields)),
    }
}

/// What was saved, and which schools were left out.
fn saved(left_out: usize, words: Words) -> String {
    let saved = words.say("said-saved");
    match i64::try_from(left_out).unwrap_or(i64::MAX) {
        0 => saved,
        n => format!("{saved} {}", words.count("said-left-out", n)),
    }
}

/// What the store refuses, beside its field; anything else is a failure.
fn refused(error: StoreError, words: Words) -> Result<Trouble, Failure> {
    match error {
        StoreError::Exists(_) => Ok(Trouble::at("slug", words.say("begin-slug-taken"))),
        StoreError::NobodyAsked => Ok(Trouble::at("unit", words.say("begin-no-level"))),
        other => Err(other.into()),
    }
}

/// The schools that the officer may ask, under the office above each, and the questionnaires of the area.
async fn material(state: &State, officer: &Officer) -> Result<Material, Failure> {
    let (officer, words, today) = (officer.clone(), officer.words, state.clock.today());
    let material = state
        .store
        .read(move |db| {
            let below = officer.reach(db)?;
            let all = units::valid_on(db, today)?;
            let schools = all.iter().filter(|s| s.unit.is_school() && below.contains(&s.id));
            let schools = schools.map(|stored| {
                let levels = stored.unit.enrolment.keys().map(|level| words.say(&format!("level-short-{level}")));
                let pupils = words.count("begin-pupils", stored.unit.pupils());
                let about = format!("{} · {pupils}", levels.collect::<Vec<_>>().join(", "));
                (stored.id, School { stored: stored.clone(), about })
            });
            let campaigns = all_mine(db, &officer)?;
            Ok(Material { wards: by_ward(&all, schools), own: usable(db, &below)?, campaigns })
        })
        .await?;
    Ok(material)
}

fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    material: Material,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let words = officer.words;
    let (proposed, results) = proposed(state);
    let Material { wards, own, campaigns } = material;
    let others = Channel::ALL.iter().filter(|channel| **channel != Channel::Truong);
    let page = BeginPage {
        desk: DeskFrame::new(request, officer, Room::Rounds),
        proposed,
        results,
        campaigns: campaigns.into_iter().map(|row| (row.id.to_string(), row.plan.title)).collect(),
        own: own.iter().map(|usable| Offer::new(&usable.questionnaire, words)).collect(),
        templates: templates::all().iter().map(|template| Offer::new(&template.questionnaire, words)).collect(),
        channels: others.map(|channel| (channel.code(), words.say(&format!("channel-{channel}")))).collect(),
        schools: i64::try_from(wards.iter().map(|ward| ward.inside.len()).sum::<usize>()).unwrap_or(i64::MAX),
        wards,
        trouble,
    };
    said::show(request, &page.trouble, &page)
}
