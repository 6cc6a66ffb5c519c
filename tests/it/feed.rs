//! The Front's feed: releases only, and nothing to be learnt by subtracting.

use std::collections::BTreeSet;

use langnghe::command::tokens as command;
use langnghe::store::{rounds, tokens};
use langnghe::survey::access::Scope;
use serde_json::{Value, json};

use crate::support::{FORM, OTHER_PRIMARY, PRIMARY, ROUND, TestApp, app, app_for, key};

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
async fn a_revoked_and_an_expired_token_are_refused() {
    let app = app().await;
    let path = format!("/api/v1/rounds/{ROUND}/tallies");
    let revoked = app.token("SO-AN-LANH", Scope::Aggregates);
    let expiring = command::add(&app.state, "a week", &[Scope::Aggregates], "SO-AN-LANH", Some(7)).unwrap();
    let lasting = app.token("SO-AN-LANH", Scope::Aggregates);
    let first = app.state.store.read_now(tokens::list).unwrap().pop().unwrap();
    app.change(|db, _| tokens::revoke(db, first.id, app.state.clock.now()));
    assert_eq!(app.feed(&revoked, &path).await.status(), 401);
    assert_eq!(app.feed(&expiring, &path).await.status(), 200);
    app.state.clock.advance(7 * 24 * 3600);
    let refused = app.feed(&expiring, &path).await;
    assert_eq!(refused.status(), 401);
    assert!(refused.headers()["www-authenticate"].to_str().unwrap().contains("invalid_token"));
    assert_eq!(app.feed(&lasting, &path).await.status(), 200);
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
    assert_eq!(problem["by"], json!(["total", "unit", "level", "channel", "khoi_lop"]));
    let unread = app.feed(&front, &format!("/api/v1/rounds/{ROUND}/tallies?format=xml")).await;
    assert_eq!(unread.status(), 400);
    assert_eq!(unread.headers()["content-type"], "application/problem+json");
}

#[tokio::test]
async fn a_schools_token_reads_its_own_row_and_nothing_to_subtract_it_from() {
    let app = app().await;
    for i in 0..40 {
        let unit = if i % 2 == 0 { PRIMARY } else { OTHER_PRIMARY };
        app.send(unit, key(), json!({"A1": (1 + i % 5).to_string()})).await;
    }
    app.freeze().await;
    let school = app.token(PRIMARY, Scope::Aggregates);
    for by in ["total", "level", "channel", "khoi_lop"] {
        let answer = app.feed(&school, &format!("/api/v1/rounds/{ROUND}/tallies?by={by}")).await;
        assert_eq!(answer.status(), 403, "{by}");
    }
    let own = tallies(&app, &school, "unit").await;
    let keys = |groups: &Value| groups.as_array().unwrap().iter().map(|g| g["key"].clone()).collect::<Vec<_>>();
    assert_eq!(
        (keys(&own["groups"]), keys(&own["questionnaires"][0]["groups"])),
        (vec![json!(PRIMARY)], vec![json!(PRIMARY)])
    );
    let whole = tallies(&app, &app.token("SO-AN-LANH", Scope::Aggregates), "unit").await;
    assert_eq!(keys(&whole["groups"]), [OTHER_PRIMARY, PRIMARY]);
    let live: Value = app.feed(&school, &format!("/api/v1/rounds/{ROUND}")).await.json().await.unwrap();
    assert_eq!(live["units"].as_array().unwrap().len(), 1, "the others' numbers of forms are not told either");
}

/// The status of a reading by somebody who has what this tag names, and the tag of the answer.
async fn tagged(app: &TestApp, token: &str, known: &str) -> (u16, String) {
    let url = app.path(&format!("/api/v1/rounds/{ROUND}/tallies?by=total"));
    let answer = app.client.get(url).bearer_auth(token).header("If-None-Match", known).send().await.unwrap();
    (answer.status().as_u16(), answer.headers()["etag"].to_str().unwrap().to_owned())
}

#[tokio::test]
async fn the_etag_stays_while_nothing_new_is_released_and_changes_with_each_release() {
    let app = app().await;
    app.change(|db, id| rounds::allow_interim(db, id, Some(app.state.clock.now())));
    let front = app.token("SO-AN-LANH", Scope::Aggregates);
    let mut tags = vec![tagged(&app, &front, "").await.1];
    for i in 0..60 {
        app.send(PRIMARY, key(), json!({"A1": (1 + i % 5).to_string()})).await;
        let last = tags.last().unwrap().clone();
        assert_eq!(tagged(&app, &front, &last).await, (304, last), "a form alone changes nothing");
        if i % 15 == 14 {
            app.look().await;
            let (status, tag) = tagged(&app, &front, tags.last().unwrap()).await;
            if status == 200 {
                tags.push(tag);
            }
        }
    }
    app.freeze().await;
    tags.push(tagged(&app, &front, tags.last().unwrap()).await.1);
    let released = tallies(&app, &front, "total").await["release"]["number"].as_u64().unwrap();
    assert!(released >= 3, "{released}");
    assert_eq!(tags.iter().collect::<BTreeSet<_>>().len() as u64, released + 1, "one before the first release");
}

/// Measures of the CSV, and where the JSON has them.
const OF_GROUPS: [(&str, &str); 8] = [
    ("n", "/n"),
    ("eligible", "/eligible"),
    ("response_rate_k", "/response_rate/k"),
    ("response_rate_percent", "/response_rate/percent"),
    ("expectation_n", "/expectation/n"),
    ("expectation_mean", "/expectation/mean"),
    ("expectation_share80_k", "/expectation/share80/k"),
    ("expectation_share80_percent", "/expectation/share80/percent"),
];
const OF_QUESTIONS: [(&str, &str); 7] = [
    ("asked", "/asked"),
    ("answered", "/answered"),
    ("not_applicable", "/not_applicable"),
    ("sum", "/sum"),
    ("mean", "/mean"),
    ("top_two_box_k", "/top_two_box/k"),
    ("top_two_box_percent", "/top_two_box/percent"),
];
const OF_INDICES: [(&str, &str); 6] = [
    ("mean_of_items", "/mean_of_items"),
    ("pooled_mean", "/pooled_mean"),
    ("top_two_box_of_items", "/top_two_box_of_items"),
    ("pooled_answers", "/pooled_top_two_box/n"),
    ("pooled_top_two_box_k", "/pooled_top_two_box/k"),
    ("pooled_top_two_box_percent", "/pooled_top_two_box/percent"),
];

/// Question, measure and value of everything that the JSON tells of a group.
fn figures(group: &Value) -> Vec<[String; 3]> {
    let mut found = Vec::new();
    let mut list = |code: &str, place: &Value, measures: &[(&str, &str)]| {
        let bare = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        if place["suppressed"] == true {
            return found.push([code, "suppressed", "1"].map(str::to_owned));
        }
        for (measure, path) in measures {
            found.extend(place.pointer(path).map(|value| [code.to_owned(), (*measure).to_owned(), bare(value)]));
        }
        for cell in place["distribution"].as_array().into_iter().flatten() {
            found.push([code.to_owned(), format!("choice:{}", cell["code"].as_str().unwrap()), bare(&cell["n"])]);
        }
    };
    list("", group, &OF_GROUPS);
    for (kind, measures) in [("questions", &OF_QUESTIONS[..]), ("indices", &OF_INDICES[..])] {
        let members = group[kind].as_array().into_iter().flatten();
        members.for_each(|member| list(member["code"].as_str().unwrap(), member, measures));
    }
    found
}

/// The whole table as rows of the CSV.
fn as_rows(json: &Value) -> BTreeSet<[String; 7]> {
    let sheets = json["questionnaires"].as_array().unwrap().iter();
    let sheets = sheets.map(|sheet| (sheet["code"].as_str().unwrap(), sheet["version"].to_string(), &sheet["groups"]));
    let mut rows = BTreeSet::new();
    for (sheet, version, groups) in [("", String::new(), &json["groups"])].into_iter().chain(sheets) {
        for group in groups.as_array().unwrap() {
            let place = [&json["by"], &group["key"]].map(|text| text.as_str().unwrap());
            for [question, measure, value] in figures(group) {
                let [by, key] = place.map(str::to_owned);
                rows.insert([by, key, sheet.to_owned(), version.clone(), question, measure, value]);
            }
        }
    }
    rows
}

#[tokio::test]
async fn the_csv_says_figure_by_figure_what_the_json_says() {
    let app = app_for(&[FORM], &[PRIMARY, OTHER_PRIMARY, "TH-BEN-SEN"]).await;
    for i in 0..60 {
        let unit = if i < 36 { PRIMARY } else { [OTHER_PRIMARY, "TH-BEN-SEN"][usize::from(i > 54)] };
        let rating = (1 + i % 5).to_string();
        let answers = json!({"khoi_lop": "lop_1", "A1": rating, "A2": "9", "E1": rating, "E2": rating, "E3": rating,
            "E4": rating, "F1": (10 * (i % 11)).to_string(), "F2": rating, "G1": ["bua_an"], "phut_den_truong": (1 + i).to_string()});
        assert_eq!(app.send(unit, key(), answers).await.status(), 201);
    }
    app.freeze().await;
    let front = app.token("SO-AN-LANH", Scope::Aggregates);
    let mut measures = BTreeSet::new();
    for by in ["total", "unit", "level", "channel", "khoi_lop"] {
        let path = format!("/api/v1/rounds/{ROUND}/tallies?by={by}&format=csv");
        let text = app.feed(&front, &path).await.text().await.unwrap();
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let rows: Vec<[String; 7]> = reader.deserialize().map(Result::unwrap).collect();
        assert_eq!(rows.iter().cloned().collect::<BTreeSet<_>>(), as_rows(&tallies(&app, &front, by).await), "{by}");
        measures.extend(rows.into_iter().map(|row| row[5].clone()));
    }
    let known = [&OF_GROUPS[..], &OF_QUESTIONS, &OF_INDICES].concat();
    let unseen: Vec<_> = known.iter().filter(|(measure, _)| !measures.contains(*measure)).collect();
    assert!(unseen.is_empty() && measures.contains("suppressed") && measures.contains("choice:5"), "{unseen:?}");
}
