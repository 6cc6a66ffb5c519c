//! A school with two levels: the form asks the level first, and each level counts by itself.

use serde_json::{Value, json};

use crate::support::{FORM, PRIMARY, ROUND, TestApp, app_for, key};
use langnghe::survey::access::Scope;

const BOTH: &str = "THTHCS-DONG-SEN";
const SECONDARY: &str = "hai-long-thcs";

async fn two_levels() -> TestApp {
    app_for(&[FORM, SECONDARY], &[BOTH, PRIMARY]).await
}

async fn send(app: &TestApp, questionnaire: Value, answers: Value) -> (u16, Value) {
    let body = json!({"key": key(), "questionnaire": questionnaire, "answers": answers});
    let answer = app.post(app.code(BOTH), body).await;
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn the_start_page_of_a_school_with_two_levels_asks_the_level_first() {
    let app = two_levels().await;
    let page = app.get(&format!("/k/{}", app.code(BOTH))).await.text().await.unwrap();
    let choices: Vec<&str> = page.split("type=\"radio\" name=\"phieu\" value=\"").skip(1).collect();
    assert!(choices[0].starts_with(FORM) && choices[0].contains("Tiểu học"), "{}", choices[0]);
    assert!(choices[1].starts_with(SECONDARY) && choices[1].contains("Trung học cơ sở"), "{}", choices[1]);
    let alone = app.get(&format!("/k/{}", app.code(PRIMARY))).await.text().await.unwrap();
    assert!(!alone.contains("type=\"radio\"") && alone.contains(&format!("name=\"phieu\" value=\"{FORM}\"")));
}

#[tokio::test]
async fn nobody_gets_the_form_of_a_level_that_was_not_chosen() {
    let app = two_levels().await;
    let code = app.code(BOTH);
    for wrong in ["", "?phieu=", "?phieu=hai-long-thpt"] {
        let answer = app.get(&format!("/k/{code}/phieu{wrong}")).await;
        assert_eq!(answer.status(), 303);
        assert_eq!(answer.headers()["location"], format!("/k/{code}?lang=vi#chon"));
    }
    let form = app.get(&format!("/k/{code}/phieu?phieu={SECONDARY}")).await.text().await.unwrap();
    assert!(
        form.contains("id=\"hoc_them\"") && !form.contains("id=\"ban_tru\""),
        "the form for lower secondary school"
    );
}

#[tokio::test]
async fn a_program_must_say_which_level_was_answered() {
    let app = two_levels().await;
    let told: Value = app.get(&format!("/api/v1/collectors/{}", app.code(BOTH))).await.json().await.unwrap();
    let codes: Vec<&Value> = told["questionnaires"].as_array().unwrap().iter().map(|form| &form["code"]).collect();
    assert_eq!(codes, [FORM, SECONDARY]);
    for unsaid in [Value::Null, json!("hai-long-thpt"), json!("")] {
        let (status, problem) = send(&app, unsaid.clone(), json!({"A1": "5"})).await;
        assert_eq!((status, &problem["questionnaires"]), (422, &json!([FORM, SECONDARY])), "{unsaid}");
    }
    assert_eq!(send(&app, json!(SECONDARY), json!({"ban_tru": "co"})).await.0, 422, "a question of the other level");
    assert_eq!(app.stored(), 0);
}

#[tokio::test]
async fn each_levels_answers_count_under_its_own_level() {
    let app = two_levels().await;
    for i in 0..27 {
        let (form, rating) = if i < 15 { (FORM, 4 + i % 2) } else { (SECONDARY, 1 + i % 2) };
        assert_eq!(send(&app, json!(form), json!({"A1": rating.to_string()})).await.0, 201);
    }
    app.freeze().await;
    let token = app.token("SO-AN-LANH", Scope::Aggregates);
    let path = |by: &str| format!("/api/v1/rounds/{ROUND}/tallies?by={by}");
    let levels: Value = app.feed(&token, &path("level")).await.json().await.unwrap();
    let count = |group: &Value| (group["key"].clone(), group["n"].clone());
    let counted: Vec<_> = levels["groups"].as_array().unwrap().iter().map(count).collect();
    assert_eq!(counted, [(json!("thcs"), json!(12)), (json!("tieu_hoc"), json!(15))]);
    let total: Value = app.feed(&token, &path("total")).await.json().await.unwrap();
    let sums = total["questionnaires"].as_array().unwrap().iter().map(|sheet| {
        let group = &sheet["groups"][0];
        let rated = group["questions"].as_array().unwrap().iter().find(|question| question["code"] == "A1").unwrap();
        (sheet["code"].as_str().unwrap(), group["eligible"].as_i64().unwrap(), rated["sum"].as_i64().unwrap())
    });
    assert_eq!(sums.collect::<Vec<_>>(), [(FORM, 1640 + 684, 67), (SECONDARY, 512, 18)]);
}
