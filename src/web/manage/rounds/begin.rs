//! `/manage/rounds/new`: a round from templates for chosen units.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::fields::{Fields, day_and_time};
use super::refresh;
use crate::draft::{Draft, draft};
use crate::state::State;
use crate::store::{StoreError, units};
use crate::survey::code::{Channel, UnitKind};
use crate::survey::round::{parse_slug, slug_of};
use crate::survey::templates;
use crate::survey::unit::UnitCode;
use crate::vietnamese;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page::{see_other, show_as};
use crate::web::session::Steering;
use crate::web::words::Words;

/// The form for a new round, with what was typed and what is wrong with it.
#[derive(Template)]
#[template(path = "web/manage/rounds/begin.html")]
struct BeginPage {
    desk: DeskFrame,
    fields: Fields,
    /// The day and time a new form proposes.
    proposed: (String, String),
    templates: Vec<Offer>,
    channels: Vec<(&'static str, String)>,
    groups: Vec<Group>,
    /// By field.
    errors: BTreeMap<&'static str, String>,
}

/// A questionnaire that can be chosen.
struct Offer {
    code: &'static str,
    title: &'static str,
    about: String,
}

/// Schools under one office.
#[derive(Debug, Clone)]
struct Group {
    code: String,
    name: String,
    schools: Vec<School>,
}

#[derive(Debug, Clone)]
struct School {
    id: i64,
    code: String,
    name: String,
    about: String,
}

impl BeginPage {
    fn error(&self, field: &str) -> Option<&String> {
        self.errors.get(field)
    }

    fn typed_or<'a>(&'a self, name: &'a str, proposed: &'a str) -> &'a str {
        match self.fields.one(name) {
            "" => proposed,
            typed => typed,
        }
    }
}

/// `GET /manage/rounds/new`
pub(super) async fn show(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
) -> Result<HttpResponse, Failure> {
    let groups = groups(&state, officer.unit_id, officer.words).await?;
    page(StatusCode::OK, &request, &officer, &state, Fields::default(), groups, BTreeMap::new())
}

/// `POST /manage/rounds/new`
pub(super) async fn make(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::read(&body);
    officer.check_csrf(fields.one("_csrf"))?;
    let groups = groups(&state, officer.unit_id, officer.words).await?;
    let now = state.clock.now();
    let plan = match read(&fields, &groups, &officer, now) {
        Ok(plan) => plan,
        Err(errors) => {
            return page(StatusCode::UNPROCESSABLE_ENTITY, &request, &officer, &state, fields, groups, errors);
        }
    };
    let slug = plan.slug.clone();
    match state.store.write(move |db| draft(db, &plan, now)).await {
        Ok(_) => {
            refresh(&state).await?;
            Ok(see_other(format!("/manage/rounds/{slug}")))
        }
        Err(StoreError::Exists(_)) => {
            let errors = BTreeMap::from([("slug", officer.words.say("begin-slug-taken"))]);
            page(StatusCode::UNPROCESSABLE_ENTITY, &request, &officer, &state, fields, groups, errors)
        }
        Err(error) => Err(error.into()),
    }
}

/// What was typed, as a round; or a sentence for each field that is wrong.
fn read(
    fields: &Fields,
    groups: &[Group],
    officer: &Steering,
    now: chrono::NaiveDateTime,
) -> Result<Draft, BTreeMap<&'static str, String>> {
    let words = officer.words;
    let mut errors = BTreeMap::new();
    let title = fields.one("title").to_owned();
    if title.is_empty() || title.chars().count() > 120 {
        errors.insert("title", words.say("begin-title-wrong"));
    }
    let slug = match fields.one("slug") {
        "" => slug_of(&title),
        typed => typed.to_owned(),
    };
    if parse_slug(&slug).is_err() {
        errors.insert("slug", words.say("begin-slug-wrong"));
    }
    let closes_at = fields.moment().filter(|at| *at > now);
    if closes_at.is_none() {
        errors.insert("day", words.say("begin-closes-wrong"));
    }
    let chosen: Vec<&templates::Template> = fields.all("template").filter_map(templates::find).collect();
    if chosen.is_empty() {
        errors.insert("template", words.say("begin-template-wrong"));
    }
    let unit_ids: Vec<i64> = groups
        .iter()
        .flat_map(|group| {
            let whole = fields.has("whole", &group.code);
            group.schools.iter().filter(move |school| whole || fields.has("unit", &school.code))
        })
        .map(|school| school.id)
        .collect();
    if unit_ids.is_empty() {
        errors.insert("unit", words.say("begin-unit-wrong"));
    }
    let Some(closes_at) = closes_at.filter(|_| errors.is_empty()) else { return Err(errors) };
    let mut channels = vec![Channel::Truong];
    channels.extend(fields.all("channel").filter_map(Channel::from_code).filter(|channel| *channel != Channel::Truong));
    channels.dedup();
    Ok(Draft {
        title,
        slug,
        owner_id: officer.unit_id,
        contact: fields.one("contact").chars().take(200).collect(),
        closes_at,
        questionnaires: chosen.iter().map(|template| template.text.to_owned()).collect(),
        unit_ids,
        channels,
    })
}

/// The schools that the officer may ask, under the office above each.
async fn groups(state: &State, unit_id: i64, words: Words) -> Result<Vec<Group>, Failure> {
    let today = state.clock.today();
    let groups = state
        .store
        .read(move |db| {
            let below = units::subtree(db, unit_id)?;
            let all = units::valid_on(db, today)?;
            let names: BTreeMap<&UnitCode, &str> =
                all.iter().map(|stored| (&stored.unit.code, stored.unit.name.as_str())).collect();
            let mut groups = BTreeMap::<String, Group>::new();
            for stored in all.iter().filter(|s| s.unit.kind == UnitKind::Truong && below.contains(&s.id)) {
                let Some(parent) = &stored.unit.parent else { continue };
                let group = groups.entry(parent.as_str().to_owned()).or_insert_with(|| Group {
                    code: parent.as_str().to_owned(),
                    name: names.get(parent).copied().unwrap_or(parent.as_str()).to_owned(),
                    schools: Vec::new(),
                });
                let levels: Vec<String> =
                    stored.unit.enrolment.keys().map(|level| words.say(&format!("level-short-{level}"))).collect();
                let pupils = words.count("begin-pupils", stored.unit.pupils());
                group.schools.push(School {
                    id: stored.id,
                    code: stored.unit.code.as_str().to_owned(),
                    name: stored.unit.name.clone(),
                    about: format!("{} · {pupils}", levels.join(", ")),
                });
            }
            Ok(groups.into_values().collect::<Vec<_>>())
        })
        .await?;
    Ok(groups)
}

fn page(
    status: StatusCode,
    request: &HttpRequest,
    officer: &Steering,
    state: &State,
    fields: Fields,
    groups: Vec<Group>,
    errors: BTreeMap<&'static str, String>,
) -> Result<HttpResponse, Failure> {
    let words = officer.words;
    let in_two_weeks = vietnamese::local(state.clock.now()).date() + chrono::TimeDelta::days(14);
    let proposed =
        day_and_time(vietnamese::utc(in_two_weeks.and_time(chrono::NaiveTime::MIN) + chrono::TimeDelta::hours(22)));
    let offers = templates::all().iter().map(|template| {
        let questionnaire = &template.questionnaire;
        Offer {
            code: &questionnaire.code,
            title: questionnaire.title.get(words.0),
            about: words.say(&format!("audience-{}", questionnaire.audience)),
        }
    });
    let channels = Channel::ALL.iter().map(|channel| (channel.code(), words.say(&format!("channel-{channel}"))));
    show_as(
        status,
        &BeginPage {
            desk: DeskFrame::new(request, officer, Room::Rounds),
            fields,
            proposed,
            templates: offers.collect(),
            channels: channels.collect(),
            groups,
            errors,
        },
    )
}
