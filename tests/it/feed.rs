//! The Front's feed: releases only, and nothing to be learnt by subtracting.

use langnghe::survey::access::Scope;
use serde_json::{Value, json};

use crate::support::{OTHER_PRIMARY, PRIMARY, ROUND, TestApp, app, key};

async fn tallies(app: &TestApp, token: &str, by: &str) -> Value {
    let answer = app.feed(token, &format!("/api/v1/rounds/{ROUND}/tallies?by={by}")).await;
    assert_eq!(answer.status(), 200, "{by}");
    answer.json().await.unwrap()
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
    app.freeze().await;
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
    app.freeze().await;
    let front = app.token("SO-AN-LANH", Scope::Aggregates);
    let units = tallies(&app, &front, "unit").await;
    assert!(units["groups"].as_array().unwrap().iter().all(|group| group["suppressed"] == true), "{}", units["groups"]);
    let total = tallies(&app, &front, "total").await;
    assert_eq!(total["groups"][0]["n"], 33);
}

#[tokio::test]
async fn a_table_that_does_not_exist_is_refused_with_the_names_of_those_that_do() {
    let app = app().await;
    app.send(PRIMARY, key(), json!({"A1": "5"})).await;
    app.freeze().await;
    let front = app.token("SO-AN-LANH", Scope::Aggregates);
    let answer = app.feed(&front, &format!("/api/v1/rounds/{ROUND}/tallies?by=ban_tru")).await;
    assert_eq!(answer.status(), 422);
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    let problem: Value = answer.json().await.unwrap();
    assert_eq!(problem["by"], json!(["channel", "khoi_lop", "level", "total", "unit"]));
    let unread = app.feed(&front, &format!("/api/v1/rounds/{ROUND}/tallies?format=xml")).await;
    assert_eq!(unread.status(), 400);
    assert_eq!(unread.headers()["content-type"], "application/problem+json");
}
