//! The API's description: valid, complete, and true of what is really answered.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use actix_web::introspection::IntrospectionTree;
use actix_web::test::{TestRequest, call_and_read_body, init_service};
use actix_web::{App, web};
use langnghe::intake::access::AccessCode;
use langnghe::release;
use langnghe::store::{quotas, rounds};
use langnghe::survey::access::Scope;
use langnghe::survey::round::Access;
use langnghe::web::routes;
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};

use crate::support::{PRIMARY, ROUND, TestApp, app, key};

/// Answers as they came, for the validator.
struct Seen {
    app: TestApp,
    answers: Vec<Value>,
}

impl Seen {
    async fn note(&mut self, method: &str, answer: Response) {
        let (path, status) = (answer.url().path().to_owned(), answer.status().as_u16());
        let header = |(name, value): (&reqwest::header::HeaderName, &reqwest::header::HeaderValue)| {
            (name.to_string(), value.to_str().unwrap().to_owned())
        };
        let headers: BTreeMap<String, String> = answer.headers().iter().map(header).collect();
        let body = answer.text().await.unwrap();
        self.answers.push(json!({"method": method, "path": path, "status": status, "headers": headers, "body": body}));
    }

    async fn get(&mut self, path: &str, token: Option<&str>) {
        let request = self.app.client.get(self.app.path(path));
        let request = token.into_iter().fold(request, RequestBuilder::bearer_auth);
        let answer = request.send().await.unwrap();
        self.note("GET", answer).await;
    }

    async fn post(&mut self, body: impl Into<reqwest::Body>) {
        let answer = self.app.raw(self.app.code(PRIMARY), body).await;
        self.note("POST", answer).await;
    }
}

/// Python with the validator: where `tests/run` puts it, or where `OPENAPI_PYTHON` says.
fn python() -> PathBuf {
    let usual = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/test-tools/python/bin/python");
    let path = std::env::var_os("OPENAPI_PYTHON").map_or(usual, PathBuf::from);
    assert!(path.is_file(), "{} is missing; tests/run makes it", path.display());
    path
}

fn complaints(document: &Value, answers: &[Value]) -> String {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/openapi.py");
    let mut child =
        Command::new(python()).arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("python");
    let given = json!({"document": document, "answers": answers}).to_string();
    child.stdin.take().unwrap().write_all(given.as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success() || !done.stdout.is_empty(), "tests/openapi.py failed");
    String::from_utf8(done.stdout).unwrap()
}

async fn collectors(seen: &mut Seen) {
    let code = seen.app.code(PRIMARY).to_owned();
    seen.get(&format!("/api/v1/collectors/{code}"), None).await;
    seen.get("/api/v1/collectors/ZZZZZZ", None).await;
    let answer = seen.app.post("ZZZZZZ", json!({})).await;
    seen.note("POST", answer).await;
    let key = key();
    let form = |a1: &str| json!({"key": key, "lang": "vi", "answers": {"A1": a1}}).to_string();
    for body in [form("5"), form("5"), form("4"), form("7"), "{".to_owned(), " ".repeat(1024 * 1024)] {
        seen.post(body).await;
    }
    let url = seen.app.path(&format!("/api/v1/collectors/{code}/submissions"));
    let plain = seen.app.client.post(url).body("{}").send().await.unwrap();
    seen.note("POST", plain).await;
}

/// What a client asks for that has a file already, or a part of it.
async fn parts(seen: &mut Seen, export: &str, token: &str) {
    let asked = |name: &str, value: &str| {
        let request = seen.app.client.get(seen.app.path(export)).bearer_auth(token);
        request.header(name, value).send()
    };
    let whole = asked("Accept", "*/*").await.unwrap();
    let tag = whole.headers()["etag"].to_str().unwrap().to_owned();
    let answers = [asked("If-None-Match", &tag).await, asked("Range", "bytes=9-").await];
    let beyond = asked("Range", "bytes=99999999-").await;
    for answer in answers.into_iter().chain([beyond]) {
        seen.note("GET", answer.unwrap()).await;
    }
}

async fn rounds_and_rows(seen: &mut Seen) {
    let [front, school] = ["SO-AN-LANH", PRIMARY].map(|unit| seen.app.token(unit, Scope::Aggregates));
    let rows = seen.app.token("SO-AN-LANH", Scope::Submissions);
    let round = format!("/api/v1/rounds/{ROUND}");
    let [tallies, export] = ["tallies", "submissions"].map(|what| format!("{round}/{what}"));
    for path in ["/api/v1/rounds", &round, &tallies] {
        for token in [Some(front.as_str()), Some(&rows), Some("ln_wrong"), None] {
            seen.get(path, token).await;
        }
    }
    for by in ["total", "unit", "level", "channel", "khoi_lop", "nothing"] {
        seen.get(&format!("{tallies}?by={by}"), Some(&front)).await;
    }
    for path in ["/api/v1/rounds", &round] {
        seen.get(&format!("{path}?unit=A"), Some(&front)).await;
    }
    seen.get(&format!("{tallies}?format=csv"), Some(&front)).await;
    seen.get(&format!("{tallies}?format=xml"), Some(&front)).await;
    seen.get(&format!("{tallies}?by=total"), Some(&school)).await;
    seen.get(&tallies, Some(&school)).await;
    for what in ["", "/tallies", "/submissions"] {
        let token = if what == "/submissions" { &rows } else { &front };
        seen.get(&format!("/api/v1/rounds/no-such-round{what}"), Some(token)).await;
    }
    for token in [Some(rows.as_str()), Some(&front), None] {
        seen.get(&export, token).await;
    }
    seen.get(&format!("{export}?delimiter=pipe"), Some(&rows)).await;
    parts(seen, &export, &rows).await;
    for path in ["/api/v1/rounds", &round, &tallies, &export] {
        while seen.app.state.budgets.tokens.spend([127, 0, 0, 1].into()).is_ok() {}
        seen.get(path, Some("ln_wrong")).await;
    }
    let known = seen.app.client.get(seen.app.path(&tallies)).bearer_auth(&front).header("If-None-Match", "*");
    let answer = known.send().await.unwrap();
    seen.note("GET", answer).await;
}

/// A code that is missing, one that is spent, and a quota that is full.
async fn turned_away(seen: &mut Seen) {
    let code = AccessCode::make(&seen.app.state.secret, seen.app.round.id);
    seen.app.change(|db, id| rounds::set_access(db, id, Access::Codes));
    for sent in [None, Some("AAAA AAAA AAAA"), Some(code.as_str())] {
        seen.post(json!({"key": key(), "access_code": sent, "answers": {"A1": "5"}}).to_string()).await;
    }
    seen.app.change(|db, id| rounds::set_access(db, id, Access::Open));
    seen.app.change(|db, id| quotas::replace(db, id, Some(1), &[]));
    for pressed in [true, false] {
        seen.post(json!({"key": key(), "pressed": pressed, "answers": {"A1": "5"}}).to_string()).await;
    }
    seen.app.change(|db, id| quotas::replace(db, id, None, &[]));
}

async fn freeze(app: &TestApp) {
    app.change(|db, id| rounds::close_at(db, id, app.state.clock.now()));
    let (state, round) = (app.state.clone(), app.round.clone());
    tokio::task::spawn_blocking(move || release::freeze(&state, &round)).await.unwrap().unwrap();
}

#[tokio::test]
async fn the_description_is_valid_openapi_and_every_answer_fits_it() {
    let mut seen = Seen { app: app().await, answers: Vec::new() };
    let document: Value = seen.app.get("/api/openapi.json").await.json().await.unwrap();
    assert_eq!(document["info"]["version"], env!("CARGO_PKG_VERSION"));
    seen.get("/api/openapi.json", None).await;
    let before = seen.app.token("SO-AN-LANH", Scope::Aggregates);
    seen.get(&format!("/api/v1/rounds/{ROUND}/tallies"), Some(&before)).await;
    collectors(&mut seen).await;
    turned_away(&mut seen).await;
    for i in 0..40 {
        let point = |shift: usize| (1 + (i + shift) % 5).to_string();
        let answers = json!({"khoi_lop": format!("lop_{}", 1 + i % 2), "A1": point(0), "A2": point(1), "A3": point(2),
            "A4": point(3), "A6": point(4), "F1": (10 * (i % 11)).to_string(), "F2": point(0), "phut_den_truong": i});
        seen.post(json!({"key": key(), "answers": answers}).to_string()).await;
    }
    freeze(&seen.app).await;
    seen.post(json!({"key": key(), "answers": {}}).to_string()).await;
    rounds_and_rows(&mut seen).await;
    let intake = seen.app.state.intake.clone();
    tokio::task::spawn_blocking(move || intake.drain()).await.unwrap();
    seen.post(json!({"key": key(), "answers": {"A1": "5"}}).to_string()).await;
    let tables: Vec<_> = seen.answers.iter().filter(|a| a["path"].as_str().unwrap().ends_with("tallies")).collect();
    let shown = |word: &str| tables.iter().any(|answer| answer["body"].as_str().unwrap().contains(word));
    for word in
        ["\"response_rate\"", "\"top_two_box\"", "\"pooled_mean\"", "\"share80\"", "\"overall\"", "\"distribution\""]
    {
        assert!(shown(word), "no answer shows {word}, so nothing was held against its description");
    }
    assert_eq!(complaints(&document, &seen.answers), "");
}

/// Method and path of everything below `/api/`, as the server registers it.
async fn registered() -> BTreeSet<(String, String)> {
    let report = async |tree: web::Data<IntrospectionTree>| tree.report_as_json();
    let app = App::new().configure(routes::all).route("/report", web::get().to(report));
    let body = call_and_read_body(&init_service(app).await, TestRequest::get().uri("/report").to_request()).await;
    let listed: Vec<Value> = serde_json::from_slice(&body).unwrap();
    let of_api = listed.iter().filter(|one| one["full_path"].as_str().unwrap().starts_with("/api/"));
    let routes = of_api.flat_map(|one| {
        let methods = one["methods"].as_array().unwrap().iter();
        methods.map(|method| (method.as_str().unwrap().to_owned(), one["full_path"].as_str().unwrap().to_owned()))
    });
    routes.collect()
}

#[actix_web::test]
async fn every_route_of_the_api_is_described_and_every_described_one_exists() {
    let document: Value = serde_json::from_str(include_str!("../../src/web/api/openapi.json")).unwrap();
    let paths = document["paths"].as_object().unwrap().iter();
    let described: BTreeSet<(String, String)> = paths
        .flat_map(|(path, item)| item.as_object().unwrap().keys().map(move |method| (method.to_uppercase(), path)))
        .filter(|(method, _)| method != "PARAMETERS")
        .map(|(method, path)| (method, path.clone()))
        .collect();
    assert!(described.len() >= 7);
    assert_eq!(registered().await, described);
}
