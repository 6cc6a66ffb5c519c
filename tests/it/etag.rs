//! A reader who asks again gets what has changed.

use chrono::TimeDelta;
use langnghe::store::rounds;
use langnghe::survey::access::Scope;
use serde_json::Value;

use crate::support::{ROUND, TestApp, app};

async fn ask(app: &TestApp, token: &str, format: &str, known: Option<&str>) -> reqwest::Response {
    let path = app.path(&format!("/api/v1/rounds/{ROUND}/tallies?by=unit&format={format}"));
    let request = app.client.get(path).bearer_auth(token);
    known.into_iter().fold(request, |request, etag| request.header("If-None-Match", etag)).send().await.unwrap()
}

#[tokio::test]
async fn an_extended_round_is_told_again() {
    let app = app().await;
    let front = app.token("SO-AN-LANH", Scope::Aggregates);
    let first = ask(&app, &front, "json", None).await;
    let etag = first.headers()["etag"].to_str().unwrap().to_owned();
    let first: Value = first.json().await.unwrap();
    assert_eq!(ask(&app, &front, "json", Some(&etag)).await.status(), 304);
    app.change(|db, id| rounds::close_at(db, id, app.state.clock.now() + TimeDelta::days(30)));
    let second = ask(&app, &front, "json", Some(&etag)).await;
    assert_eq!(second.status(), 200);
    assert_ne!(second.headers()["etag"].to_str().unwrap(), etag);
    let second: Value = second.json().await.unwrap();
    assert_ne!(first["closes_at"], second["closes_at"]);
}

#[tokio::test]
async fn each_format_has_an_etag_of_its_own() {
    let app = app().await;
    let front = app.token("SO-AN-LANH", Scope::Aggregates);
    let json = ask(&app, &front, "json", None).await.headers()["etag"].clone();
    let csv = ask(&app, &front, "csv", Some(json.to_str().unwrap())).await;
    assert_eq!(csv.status(), 200);
    let etag = csv.headers()["etag"].to_str().unwrap().to_owned();
    assert_eq!(ask(&app, &front, "csv", Some(&etag)).await.status(), 304);
}
