//! What every program may expect of the addresses it asks.

use langnghe::release;
use langnghe::store::rounds;
use langnghe::survey::access::Scope;
use reqwest::{Method, Response};
use serde_json::Value;

use crate::support::{PRIMARY, ROUND, app};

async fn problem(answer: Response, status: u16) -> Value {
    assert_eq!(answer.status().as_u16(), status);
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    let problem: Value = answer.json().await.unwrap();
    assert!(problem["detail"].as_str().is_some_and(|detail| detail.len() > 20), "{problem}");
    problem
}

#[tokio::test]
async fn a_table_that_no_questionnaire_has_is_refused_before_and_after_the_first_release() {
    let app = app().await;
    let front = app.token("SO-AN-LANH", Scope::Aggregates);
    let path = |by: &str| format!("/api/v1/rounds/{ROUND}/tallies?by={by}");
    for released in [false, true] {
        if released {
            app.change(|db, id| rounds::close_at(db, id, app.state.clock.now()));
            let (state, round) = (app.state.clone(), app.round.clone());
            tokio::task::spawn_blocking(move || release::freeze(&state, &round)).await.unwrap().unwrap();
        }
        let refused = problem(app.feed(&front, &path("foo")).await, 422).await;
        assert_eq!(refused["by"], serde_json::json!(["total", "unit", "level", "channel", "khoi_lop"]));
        for by in ["total", "unit", "level", "channel", "khoi_lop"] {
            assert_eq!(app.feed(&front, &path(by)).await.status(), 200, "{by}, released: {released}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_a_problem_that_says_what_to_do() {
    let app = app().await;
    let front = app.token("SO-AN-LANH", Scope::Aggregates);
    let rows = app.token("SO-AN-LANH", Scope::Submissions);
    problem(app.feed(&front, &format!("/api/v1/rounds/{ROUND}/tallies?format=xml")).await, 400).await;
    problem(app.feed(&rows, &format!("/api/v1/rounds/{ROUND}/submissions?delimiter=point")).await, 400).await;
    problem(app.raw(app.code(PRIMARY), vec![b' '; 1024 * 1024]).await, 413).await;
}

#[tokio::test]
async fn a_parameter_that_there_is_not_is_refused_by_name() {
    let app = app().await;
    let front = app.token("SO-AN-LANH", Scope::Aggregates);
    for path in ["", "?unit=A", &format!("/{ROUND}?unit=A"), &format!("/{ROUND}/tallies?by=unit&unit=A")] {
        let answer = app.feed(&front, &format!("/api/v1/rounds{path}")).await;
        if path.is_empty() {
            assert_eq!(answer.status(), 200);
        } else {
            let detail = problem(answer, 400).await["detail"].to_string();
            assert!(detail.contains("`unit`"), "{path}: {detail}");
        }
    }
}

#[tokio::test]
async fn whatever_can_be_read_can_be_asked_for_its_headers() {
    let app = app().await;
    let front = app.token("SO-AN-LANH", Scope::Aggregates);
    let code = app.code(PRIMARY).to_owned();
    let paths = [
        "/healthz".to_owned(),
        "/readyz".to_owned(),
        "/sign-in".to_owned(),
        format!("/k/{code}"),
        format!("/k/{code}/phieu"),
        format!("/k/{code}/qr.png"),
        format!("/api/v1/collectors/{code}"),
        format!("/api/v1/rounds/{ROUND}/tallies?by=unit"),
        "/api/v1/rounds/none/tallies".to_owned(),
        "/nowhere".to_owned(),
    ];
    for path in paths {
        let ask = |method: Method| app.client.request(method, app.path(&path)).bearer_auth(&front).send();
        let (head, get) = (ask(Method::HEAD).await.unwrap(), ask(Method::GET).await.unwrap());
        assert_eq!(head.status(), get.status(), "{path}");
        for name in ["content-type", "etag", "cache-control", "content-security-policy"] {
            assert_eq!(head.headers().get(name), get.headers().get(name), "{path}: {name}");
        }
        let length = head.headers().get("content-length").map(|length| length.to_str().unwrap().to_owned());
        assert!(head.bytes().await.unwrap().is_empty(), "{path}");
        let body = get.bytes().await.unwrap();
        assert_eq!(length, Some(body.len().to_string()), "{path}");
    }
    let post = app.client.head(app.path(&format!("/api/v1/collectors/{code}/submissions"))).send().await.unwrap();
    assert!(post.status().is_client_error(), "nothing is sent by asking for headers");
}
