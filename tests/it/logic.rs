//! Questions that decide about each other, through the whole program.

use chrono::TimeDelta;
use langnghe::release;
use langnghe::store::{Db, collectors, submissions};
use langnghe::survey::access::Scope;
use serde_json::{Value, json};

use crate::support::{PRIMARY, TestApp, app, hidden, key, round_of};

const FORM: &str = r#"{"code": "chon-truong", "instrument": "khao_sat", "audience": "phu_huynh", "languages": ["vi"],
  "title": {"vi": "Chọn trường"}, "strata": ["cap"], "sections": [{"code": "A", "title": {"vi": "A"}, "questions": [
    {"code": "truong", "kind": "select_one", "label": {"vi": "Trường cấp ${cap} nào?"}, "choice_filter": "cap = ${cap}",
      "required": "${cap} != ''",
      "choices": [{"code": "hoa_mai", "label": {"vi": "Hoa Mai"}, "cap": "th"}, {"code": "le_loi", "label": {"vi": "Lê Lợi"}, "cap": "thcs"}]},
    {"code": "cap", "kind": "select_one", "label": {"vi": "Cấp?"},
      "choices": [{"code": "th", "label": {"vi": "Tiểu học"}}, {"code": "thcs", "label": {"vi": "THCS"}}]},
    {"code": "ngay", "kind": "calculate", "label": {"vi": "Ngày trả lời"}, "calculation": "format-date(today(), '%d/%m/%Y')"},
    {"code": "ten", "kind": "calculate", "label": {"vi": "Tên trường"}, "calculation": "jr:choice-name(${truong}, '${truong}')"},
    {"code": "ghi", "kind": "note", "label": {"vi": "Đã chọn ${ten}"}, "relevant": "${ten} != ''"}]}]}"#;

/// The code of the poster of a round with this form.
fn poster(app: &TestApp) -> (i64, String) {
    let round = round_of(&app.state, "chon-truong", vec![FORM.to_owned()], &[PRIMARY]);
    let rows = app.state.store.read_now(|db| collectors::of_round(db, round.id)).unwrap();
    app.state.catalogue.refresh().unwrap();
    (round.id, rows.into_iter().find(|row| row.channel == "truong").unwrap().code)
}

fn stored(app: &TestApp, round: i64) -> Vec<Value> {
    let rows = app.state.store.read_now(|db: &mut Db| submissions::page(db, round, &[], 100)).unwrap();
    rows.iter().map(|row| serde_json::from_str(&row.answers).unwrap()).collect()
}

#[tokio::test]
async fn the_server_works_out_and_filters_whatever_a_client_sends() {
    let app = app().await;
    let (round, code) = poster(&app);
    let sent =
        app.post(&code, json!({"key": key(), "answers": {"truong": "hoa_mai", "cap": "th", "ten": "Lê Lợi"}})).await;
    assert_eq!(sent.status(), 201);
    let wrong = app.post(&code, json!({"key": key(), "answers": {"truong": "le_loi", "cap": "th"}})).await;
    assert_eq!(wrong.status(), 422);
    assert_eq!(wrong.json::<Value>().await.unwrap()["violations"][0]["question"], "truong");
    let missing = app.post(&code, json!({"key": key(), "answers": {"cap": "th"}})).await;
    assert_eq!(missing.status(), 422);
    let today = app.state.clock.today().format("%d/%m/%Y").to_string();
    let document = json!({"truong": "hoa_mai", "cap": "th", "ngay": today, "ten": "Hoa Mai"});
    assert_eq!(stored(&app, round), [document]);
}

#[tokio::test]
async fn a_form_sent_again_after_midnight_says_the_same_and_counts_once() {
    let app = app().await;
    let (round, code) = poster(&app);
    let page = app.get(&format!("/k/{code}/phieu")).await.text().await.unwrap();
    let begun = ["_key", "_begun", "_lang", "_phieu"].map(|name| (name, hidden(&page, name)));
    let form: Vec<(&str, String)> =
        begun.into_iter().chain([("cap", "th".into()), ("truong", "hoa_mai".into())]).collect();
    let send = || async { app.client.post(app.path(&format!("/k/{code}"))).form(&form).send().await.unwrap() };
    assert_eq!(send().await.status(), 303);
    app.state.clock.advance(TimeDelta::hours(20).num_seconds());
    assert_eq!(send().await.status(), 303, "the moment is that of the beginning");
    assert_eq!(stored(&app, round).len(), 1);
}

#[tokio::test]
async fn the_page_says_what_the_script_has_to_know() {
    let app = app().await;
    let (_, code) = poster(&app);
    let page = app.get(&format!("/k/{code}/phieu")).await.text().await.unwrap();
    for part in [
        "data-logic=",
        "data-only=",
        "data-need=",
        "<span data-say=\"cap\">",
        "<span data-say=\"ten\">",
        "/assets/form-functions.",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("Ngày trả lời"), "nobody is asked what is worked out");
    let plain = app.get(&format!("/k/{}/phieu", app.code(PRIMARY))).await.text().await.unwrap();
    assert!(!plain.contains("/assets/form-functions."));
}

#[tokio::test]
async fn what_was_worked_out_is_in_the_rows_and_in_no_published_figure() {
    let app = app().await;
    let (round, code) = poster(&app);
    for n in 0..30 {
        let (school, level) = [("hoa_mai", "th"), ("le_loi", "thcs")][n % 2];
        let sent = app.post(&code, json!({"key": key(), "answers": {"truong": school, "cap": level}})).await;
        assert_eq!(sent.status(), 201);
    }
    let token = app.token("SO-AN-LANH", Scope::Submissions);
    let rows = app.feed(&token, "/api/v1/rounds/chon-truong/submissions?format=csv").await.text().await.unwrap();
    assert!(rows.lines().next().unwrap().ends_with("truong,cap,ngay,ten"), "{rows}");
    let round = app.state.store.read_now(|db| langnghe::store::rounds::by_id(db, round)).unwrap().unwrap();
    let state = app.state.clone();
    tokio::task::spawn_blocking(move || release::freeze(&state, &round)).await.unwrap().unwrap();
}
