//! The Front's feed: rounds and their releases, never a submission.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{ETAG, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDateTime;
use serde::Deserialize;
use serde_json::{Value, json};

use super::bearer::Bearer;
use super::problem::Problem;
use super::release::{csv_body, excluded, made};
use crate::analysis::{CHANNEL, Crosstab, LEVEL, Release, TOTAL, UNIT, View};
use crate::catalogue::Published;
use crate::state::State;
use crate::store::rounds::{NamedUnit, RoundRow};
use crate::store::{StoreError, releases, rounds, tallies, units};
use crate::survey::access::Scope;
use crate::survey::round::Gate;
use crate::web::attachment::EXCLUDED;

/// What a token may see of a round.
struct Sight {
    round: RoundRow,
    units: Vec<NamedUnit>,
    /// The units it may see; none: the whole round, totals included.
    only: Option<HashSet<String>>,
}

impl Sight {
    fn sees(&self, unit_code: &str) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(unit_code))
    }
}

/// The round as this token sees it; a round in which it has no unit does not exist for it.
async fn sight(state: &State, bearer: &Bearer, slug: &str) -> Result<Sight, Problem> {
    let (slug, unit_id) = (slug.to_owned(), bearer.unit_id);
    let found = state
        .store
        .read(move |db| {
            let Some(round) = rounds::by_slug(db, &slug)? else { return Ok(None) };
            let below = units::subtree(db, unit_id)?;
            Ok(look(rounds::units(db, round.id)?, round, &below))
        })
        .await?;
    found.ok_or_else(|| Problem::not_found("There is no such round, or this token may not see it."))
}

fn look(units: Vec<NamedUnit>, round: RoundRow, below: &HashSet<i64>) -> Option<Sight> {
    if below.contains(&round.owner_id) {
        return Some(Sight { round, units, only: None });
    }
    let only: HashSet<String> =
        units.iter().filter(|unit| below.contains(&unit.id)).map(|unit| unit.code.clone()).collect();
    (!only.is_empty()).then_some(Sight { round, units, only: Some(only) })
}

fn described(round: &RoundRow, now: NaiveDateTime) -> Value {
    let gate = round.window().gate(now);
    json!({
        "round": round.slug,
        "title": round.title,
        "opens_at": round.opens_at.map(|at| at.and_utc()),
        "closes_at": round.closes_at.and_utc(),
        "frozen_at": round.frozen_at.map(|at| at.and_utc()),
        "paused_until": round.paused_until.filter(|_| gate == Gate::Paused).map(|at| at.and_utc()),
        "minimum_group": round.minimum_group,
    })
}

/// `GET /api/v1/rounds`
pub(super) async fn list(
    request: HttpRequest,
    state: web::Data<State>,
    bearer: Bearer,
) -> Result<HttpResponse, Problem> {
    bearer.require(Scope::Aggregates)?;
    Problem::no_query(&request)?;
    let (unit_id, now) = (bearer.unit_id, state.clock.now());
    let visible = state
        .store
        .read(move |db| {
            let below = units::subtree(db, unit_id)?;
            let mut visible = Vec::new();
            for round in rounds::all(db)? {
                if let Some(sight) = look(rounds::units(db, round.id)?, round, &below) {
                    visible.push(described(&sight.round, now));
                }
            }
            Ok(visible)
        })
        .await?;
    Ok(HttpResponse::Ok().insert_header(("Cache-Control", "no-store")).json(json!({"rounds": visible})))
}

/// `GET /api/v1/rounds/{round}`: with live numbers of submissions per school – never answers, never below a school.
pub(super) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    bearer: Bearer,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    bearer.require(Scope::Aggregates)?;
    Problem::no_query(&request)?;
    let sight = sight(&state, &bearer, &slug).await?;
    let id = sight.round.id;
    let (counts, targets) =
        state.store.read(move |db| Ok((tallies::counting_by_unit(db, id)?, rounds::targets(db, id)?))).await?;
    let units: Vec<Value> = sight
        .units
        .iter()
        .filter(|unit| sight.sees(&unit.code))
        .map(|unit| {
            let mut asked = targets.iter().filter(|target| target.unit_id == unit.id).map(|target| target.eligible);
            // a school that was taken out has nobody to be asked, which is not the same as none
            let eligible: Option<i64> =
                asked.next().and_then(|first| asked.try_fold(first?, |sum, next| Some(sum + next?)));
            json!({"unit": unit.code, "name": unit.name, "n": counts.get(&unit.id).unwrap_or(&0), "eligible": eligible})
        })
        .collect();
    let mut body = described(&sight.round, state.clock.now());
    body["units"] = units.into();
    Ok(HttpResponse::Ok().insert_header(("Cache-Control", "no-store")).json(body))
}

/// A program is told of a parameter that there is not: a filter with a slip of the pen would be none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    by: Option<String>,
    format: Option<Format>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Format {
    Json,
    Csv,
}

/// `GET /api/v1/rounds/{round}/tallies?by=…&format=…`
pub(super) async fn tallies(
    request: HttpRequest,
    state: web::Data<State>,
    bearer: Bearer,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    bearer.require(Scope::Aggregates)?;
    let wanted: Wanted = Problem::query(&request)?;
    let sight = sight(&state, &bearer, &slug).await?;
    let by = wanted.by.unwrap_or_else(|| if sight.only.is_some() { UNIT } else { TOTAL }.to_owned());
    let format = wanted.format.unwrap_or(Format::Json);
    if sight.only.is_some() && by != UNIT {
        return Err(Problem::forbidden("This token sees some units of the round only; ask with by=unit."));
    }
    let id = sight.round.id;
    let catalogue = state.catalogue.clone();
    let (newest, forms) =
        state.store.read(move |db| Ok((releases::newest(db, id)?, catalogue.of_round(db, id)?))).await?;
    require_table(&by, &forms)?;
    let release: Option<Release> = match &newest {
        Some((_, _, content)) => {
            Some(serde_json::from_str(content).map_err(|error| StoreError::corrupt("release", error))?)
        }
        None => None,
    };
    // of tables that show more than some units only whoever sees the whole round is told
    let crosstabs = release.as_ref().filter(|_| sight.only.is_none() && by == TOTAL);
    let crosstabs = crosstabs.map(|release| release.crosstabs.clone()).unwrap_or_default();
    let view = release.as_ref().and_then(|release| release.view(&by)).map(|view| narrowed(view, &sight));
    let excluded = release.as_ref().and_then(excluded);
    let (kind, body) = match format {
        Format::Json => {
            let made = newest.zip(release).map(|((number, at, _), release)| made(number, at, &release));
            (
                "application/json",
                json_body(described(&sight.round, state.clock.now()), &sight, &by, made.into(), (view, crosstabs))?,
            )
        }
        Format::Csv => ("text/csv; charset=utf-8", csv_body(view)?),
    };
    let etag = etag(&sight.round.slug, &by, format, &body);
    if matches(&request, &etag) {
        return Ok(HttpResponse::NotModified().insert_header((ETAG, etag)).finish());
    }
    let mut answer = HttpResponse::Ok();
    if format == Format::Csv
        && let Some(excluded) = excluded
    {
        answer.insert_header((EXCLUDED, excluded));
    }
    Ok(answer
        .content_type(kind)
        .insert_header((ETAG, etag))
        .insert_header(("Cache-Control", "private, no-cache"))
        .body(body))
}

/// Names the filter, the format and everything that is told: dates and names change without a new release.
fn etag(slug: &str, by: &str, format: Format, body: &[u8]) -> String {
    let mut told = format!("{slug} {by} {format:?} ").into_bytes();
    told.extend_from_slice(body);
    format!("\"{}\"", data_encoding::HEXLOWER.encode(&crate::secret::digest(&told)[..12]))
}

fn matches(request: &HttpRequest, etag: &str) -> bool {
    let known = request.headers().get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or("");
    known.split(',').any(|one| one.trim().trim_start_matches("W/") == etag || one.trim() == "*")
}

/// Refuses a table that no release of this round can have.
fn require_table(by: &str, forms: &[Arc<Published>]) -> Result<(), Problem> {
    let mut known = vec![TOTAL, UNIT, LEVEL, CHANNEL];
    for questionnaire in forms.iter().map(|form| &form.questionnaire) {
        let strata = questionnaire.strata.iter().map(|place| questionnaire.questions[*place].code.as_str());
        known.extend(strata);
    }
    if known.contains(&by) {
        return Ok(());
    }
    let mut seen = HashSet::new();
    known.retain(|table| seen.insert(*table));
    let detail = format!("There is no table by {by:?}; ask with one of those listed under \"by\".");
    Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail).with("by", known))
}

/// A token for some units gets their rows and nothing that they could be subtracted from.
fn narrowed(mut view: View, sight: &Sight) -> View {
    if sight.only.is_some() {
        view.round.retain(|group| sight.sees(&group.key) && group.key != TOTAL);
        for sheet in &mut view.questionnaires {
            sheet.groups.retain(|group| sight.sees(&group.key) && group.key != TOTAL);
        }
    }
    view
}

fn json_body(
    mut body: Value,
    sight: &Sight,
    by: &str,
    release: Value,
    (view, crosstabs): (Option<View>, Vec<Crosstab>),
) -> Result<Vec<u8>, StoreError> {
    body["release"] = release;
    if !crosstabs.is_empty() {
        body["crosstabs"] = serde_json::to_value(crosstabs).map_err(|error| StoreError::corrupt("release", error))?;
    }
    body["by"] = by.into();
    if let Some(view) = view {
        let mut view = serde_json::to_value(view).map_err(|error| StoreError::corrupt("release", error))?;
        if by == UNIT {
            let names: HashMap<&str, &str> =
                sight.units.iter().map(|unit| (unit.code.as_str(), unit.name.as_str())).collect();
            name_groups(&mut view, &names);
        }
        body["k"] = view["k"].take();
        body["groups"] = view["round"].take();
        body["questionnaires"] = view["questionnaires"].take();
    } else {
        body["groups"] = json!([]);
        body["questionnaires"] = json!([]);
    }
    Ok(body.to_string().into_bytes())
}

/// Puts the unit's name beside its code.
fn name_groups(value: &mut Value, names: &HashMap<&str, &str>) {
    match value {
        Value::Object(members) => {
            let name = members.get("key").and_then(Value::as_str).and_then(|key| names.get(key).copied());
            if let Some(name) = name {
                members.insert("name".to_owned(), name.into());
            }
            members.values_mut().for_each(|value| name_groups(value, names));
        }
        Value::Array(list) => list.iter_mut().for_each(|value| name_groups(value, names)),
        _ => {}
    }
}
