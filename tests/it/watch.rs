//! What an operator watches.

use std::net::TcpListener;

use langnghe::app::Watched;
use serde_json::{Value, json};

use crate::support::{PRIMARY, TestApp, app, key};

fn listener() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (listener, url)
}

/// The same installation behind another door: the public address, and the answer of `/metrics` there.
async fn behind(app: &TestApp, watched: Watched) -> (String, u16) {
    let (public, url) = listener();
    let state = app.state.clone();
    app.serve(state, public, watched);
    let answer = app.client.get(format!("{url}/metrics")).send().await.unwrap();
    (url, answer.status().as_u16())
}

/// The value of a line of the text format.
fn value(text: &str, line: &str) -> f64 {
    let found = text.lines().find_map(|one| one.strip_prefix(line)).unwrap_or_else(|| panic!("no {line} in {text}"));
    found.trim().parse().unwrap()
}

#[tokio::test]
async fn forms_are_counted_by_what_became_of_them() {
    let app = app().await;
    let key = key();
    for a1 in ["5", "5", "5", "4"] {
        app.send(PRIMARY, key, json!({"A1": a1})).await;
    }
    app.state.clock.advance(8 * 24 * 3600);
    app.send(PRIMARY, crate::support::key(), json!({"A1": "5"})).await;
    let intake = app.state.intake.clone();
    tokio::task::spawn_blocking(move || intake.drain()).await.unwrap();
    app.send(PRIMARY, crate::support::key(), json!({"A1": "5"})).await;
    let text = app.state.meters.text();
    let outcome = |name: &str| value(&text, &format!("langnghe_intake_forms_total{{outcome=\"{name}\"}}"));
    let outcomes = ["accepted", "repeat", "conflict", "closed", "busy", "failed"].map(outcome);
    assert_eq!(outcomes, [1.0, 2.0, 1.0, 1.0, 1.0, 0.0]);
    assert_eq!(value(&text, "langnghe_intake_batch_forms_sum"), 5.0);
    assert!(value(&text, "langnghe_intake_commit_seconds_count") <= 5.0);
}

#[tokio::test]
async fn requests_are_counted_by_route_and_no_code_receipt_or_invention_becomes_a_label() {
    let app = app().await;
    let code = app.code(PRIMARY).to_owned();
    let sent = app.send(PRIMARY, key(), json!({"A1": "5", "G2": "bí mật"})).await;
    let receipt = sent.json::<Value>().await.unwrap()["receipt"].as_str().unwrap().to_owned();
    app.get(&format!("/k/{code}/bien-nhan/{receipt}")).await;
    app.get("/k/ZZZZZZ").await;
    app.get("/no-such-page").await;
    let invented = reqwest::Method::from_bytes(b"INVENTED").unwrap();
    app.client.request(invented, app.path(&format!("/k/{code}"))).send().await.unwrap();
    let text = app.state.meters.text();
    let count = |route: &str, method: &str, status: &str| {
        let labels = format!("{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}}");
        value(&text, &format!("langnghe_http_request_seconds_count{labels}"))
    };
    assert_eq!(count("/api/v1/collectors/{code}/submissions", "POST", "2xx"), 1.0);
    assert_eq!(count("/k/{code}/bien-nhan/{receipt}", "GET", "2xx"), 1.0);
    assert_eq!((count("/k/{code}", "GET", "4xx"), count("none", "GET", "4xx")), (1.0, 1.0));
    for secret in [code.as_str(), &receipt, "ZZZZZZ", "no-such-page", "INVENTED", "bí mật", "127.0.0.1"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[tokio::test]
async fn the_numbers_stand_at_their_own_address_and_in_public_only_when_told_so() {
    let app = app().await;
    assert_eq!(app.get("/metrics").await.status(), 404);
    assert_eq!(behind(&app, Watched::InPublic).await.1, 200);
    let (own, watch) = listener();
    let (_, in_public) = behind(&app, Watched::Apart(own)).await;
    assert_eq!(in_public, 404);
    let answer = app.client.get(format!("{watch}/metrics")).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/plain; version=0.0.4");
    let text = answer.text().await.unwrap();
    assert_eq!(value(&text, "langnghe_open_rounds"), 1.0);
    assert_eq!((value(&text, "langnghe_database_up"), value(&text, "langnghe_intake_waiting_forms")), (1.0, 0.0));
    assert_eq!(value(&text, &format!("langnghe_build_info{{version=\"{}\"}}", env!("CARGO_PKG_VERSION"))), 1.0);
    assert!(value(&text, "process_resident_memory_bytes") > 1e6);
    assert_eq!(app.client.get(format!("{watch}/manage")).send().await.unwrap().status(), 404);
}
