//! The Front's feed: releases only, and nothing to be learnt by subtracting.

use langnghe::release;
use langnghe::store::rounds;
use langnghe::survey::access::Scope;
use serde_json::{Value, json};

use crate::support::{OTHER_PRIMARY, PRIMARY, ROUND, TestApp, app, key};

const K: i64 = 10;
const TABLES: [&str; 5] = ["total", "unit", "level", "channel", "khoi_lop"];

async fn tallies(app: &TestApp, token: &str, by: &str) -> Value {
    let answer = app.feed(token, &format!("/api/v1/rounds/{ROUND}/tallies?by={by}")).await;
    assert_eq!(answer.status(), 200, "{by}");
    answer.json().await.unwrap()
}

async fn look(app: &TestApp) {
    let state = app.state.clone();
    tokio::task::spawn_blocking(move || release::due(&state)).await.unwrap().unwrap();
}

async fn freeze(app: &TestApp) {
    app.change(|db, id| rounds::close_at(db, id, app.state.clock.now()));
    let (state, round) = (app.state.clone(), app.round.clone());
    tokio::task::spawn_blocking(move || release::freeze(&state, &round)).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_token_is_needed_and_opens_only_its_own_scope_and_rounds() {
    let app = app().await;
    let path = format!("/api/v1/rounds/{ROUND}/tallies");
    assert_eq!(app.get(&path).await.status(), 401);
    assert_eq!(app.feed("ln_wrong", &path).await.status(), 401);
    let rows = app.token("SO-AN-LANH", Scope::Submissions);
    assert_eq!(app.feed(&rows, &path).await.status(), 403);
    let front = app.token("SO-AN-LANH", Scope::Aggregates);
    assert_eq!(app.feed(&front, &format!("/api/v1/rounds/{ROUND}/submissions")).await.status(), 403);
    let stranger = app.token("THPT-AN-LANH", Scope::Aggregates);
    assert_eq!(app.feed(&stranger, &path).await.status(), 404);
}

#[tokio::test]
async fn nothing_is_told_before_the_first_release_and_the_etag_names_it() {
    let app = app().await;
    let front = app.token("SO-AN-LANH", Scope::Aggregates);
    for _ in 0..12 {
        app.send(PRIMARY, key(), json!({"A1": "5"})).await;
    }
    assert_eq!(tallies(&app, &front, "total").await["release"], Value::Null);
    freeze(&app).await;
    let path = format!("/api/v1/rounds/{ROUND}/tallies?by=total");
    let answer = app.feed(&front, &path).await;
    let etag = answer.headers()["etag"].to_str().unwrap().to_owned();
    let told: Value = answer.json().await.unwrap();
    assert_eq!((told["release"]["number"].as_i64(), told["groups"][0]["n"].as_i64()), (Some(1), Some(12)));
    let again =
        app.client.get(app.path(&path)).bearer_auth(&front).header("If-None-Match", &etag).send().await.unwrap();
    assert_eq!(again.status(), 304);
    let csv = app.feed(&front, &format!("{path}&format=csv")).await;
    assert_ne!(csv.headers()["etag"].to_str().unwrap(), etag);
    assert!(csv.text().await.unwrap().starts_with("\u{feff}by,key,questionnaire,version,question,measure,value\r\n"));
}

#[tokio::test]
async fn small_groups_and_unanimous_answers_stay_hidden() {
    let app = app().await;
    for i in 0..30 {
        app.send(PRIMARY, key(), json!({"A1": "5", "A2": if i % 2 == 0 { "4" } else { "2" }})).await;
    }
    for _ in 0..3 {
        app.send(OTHER_PRIMARY, key(), json!({"A1": "1"})).await;
    }
    freeze(&app).await;
    let front = app.token("SO-AN-LANH", Scope::Aggregates);
    let units = tallies(&app, &front, "unit").await;
    assert!(units["groups"].as_array().unwrap().iter().all(|group| group["suppressed"] == true), "{}", units["groups"]);
    let total = tallies(&app, &front, "total").await;
    assert_eq!(total["groups"][0]["n"], 33);
}

/// One number that somebody could write down: which group it is about, and how many forms.
fn numbers(reading: &Value, by: &str, out: &mut Vec<(String, i64)>) {
    let groups = reading["groups"].as_array().cloned().unwrap_or_default();
    for group in groups.iter().filter(|group| group["suppressed"] == false) {
        out.push((format!("{by}:{}", group["key"].as_str().unwrap()), group["n"].as_i64().unwrap()));
    }
}

#[tokio::test]
async fn an_attacker_who_reads_after_every_form_with_two_tokens_never_isolates_a_small_group() {
    let app = app().await;
    app.change(|db, id| rounds::allow_interim(db, id, Some(app.state.clock.now())));
    let front = app.token("SO-AN-LANH", Scope::Aggregates);
    let school = app.token(PRIMARY, Scope::Aggregates);
    let mut readings: Vec<Vec<(String, i64)>> = Vec::new();
    for i in 0..120 {
        let unit = if i % 3 == 0 { OTHER_PRIMARY } else { PRIMARY };
        let grade = format!("lop_{}", 1 + i % 2);
        app.send(unit, key(), json!({"khoi_lop": grade, "A1": (1 + i % 5).to_string()})).await;
        look(&app).await;
        let mut reading = Vec::new();
        for by in TABLES {
            numbers(&tallies(&app, &front, by).await, by, &mut reading);
        }
        numbers(&tallies(&app, &school, "unit").await, "unit", &mut reading);
        if readings.last() != Some(&reading) {
            readings.push(reading);
        }
    }
    freeze(&app).await;
    let mut last = Vec::new();
    for by in TABLES {
        numbers(&tallies(&app, &front, by).await, by, &mut last);
    }
    assert!(last.iter().any(|(group, n)| group == "total:total" && *n == 120), "{last:?}");
    readings.push(last);
    assert!(readings.iter().filter(|reading| !reading.is_empty()).count() >= 3, "releases were made during fieldwork");
    for reading in &readings {
        within_one(reading);
    }
    for (earlier, later) in readings.iter().flat_map(|a| readings.iter().map(move |b| (a, b))) {
        between_two(earlier, later);
    }
}

fn harmless(what: &str, n: i64) {
    assert!(n <= 0 || n >= K, "{what} isolates {n} forms");
}

/// The total less any set of groups of one table.
fn within_one(reading: &[(String, i64)]) {
    let total = reading.iter().find(|(group, _)| group == "total:total").map_or(0, |(_, n)| *n);
    for (group, n) in reading {
        harmless(group, *n);
    }
    for table in TABLES.iter().skip(1) {
        let rows: Vec<_> = reading.iter().filter(|(group, _)| group.starts_with(&format!("{table}:"))).collect();
        for chosen in 1..(1u32 << rows.len().min(10)) {
            let sum: i64 = rows.iter().enumerate().filter(|(i, _)| chosen >> i & 1 == 1).map(|(_, (_, n))| n).sum();
            if total > 0 {
                harmless(&format!("total less {table} {chosen:b}"), total - sum);
            }
        }
    }
}

/// What came in between two readings: each group, and the rest of the total.
fn between_two(earlier: &[(String, i64)], later: &[(String, i64)]) {
    let find =
        |reading: &[(String, i64)], wanted: &str| reading.iter().find(|(group, _)| group == wanted).map(|(_, n)| *n);
    let whole = find(later, "total:total").zip(find(earlier, "total:total")).map(|(b, a)| b - a);
    for (group, before) in earlier {
        let Some(after) = find(later, group) else { continue };
        harmless(&format!("{group} between two readings"), after - before);
        if let Some(whole) = whole {
            harmless(&format!("all but {group} between two readings"), whole - (after - before));
        }
    }
}
