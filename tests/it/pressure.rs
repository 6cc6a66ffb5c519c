//! “Tôi được yêu cầu chọn mức nào”: a number for the steering unit, and nothing else anywhere.

use langnghe::store::{pressure, units};
use langnghe::survey::access::Scope;
use serde_json::json;

use crate::support::{OTHER_PRIMARY, PRIMARY, ROUND, TestApp, app, key};

fn pressed(app: &TestApp, unit: &str) -> i64 {
    let counts = app.state.store.read_now(|db| {
        let unit = units::id_by_code(db, unit)?.unwrap();
        Ok(pressure::of_round(db, app.round.id)?.get(&unit).copied())
    });
    counts.unwrap().unwrap_or(0)
}

#[tokio::test]
async fn each_new_form_with_the_tick_counts_once_for_its_school() {
    let app = app().await;
    let own = key();
    let body = json!({"key": own, "pressed": true, "answers": {"A1": "5"}});
    assert_eq!(app.post(app.code(PRIMARY), body.clone()).await.status(), 201);
    assert_eq!(app.post(app.code(PRIMARY), body).await.status(), 200);
    assert_eq!(app.fill_in(PRIMARY, &[("A1", "5"), ("_ep", "1")]).await.status(), 303);
    assert_eq!(app.fill_in(PRIMARY, &[("A1", "5")]).await.status(), 303);
    assert_eq!((pressed(&app, PRIMARY), pressed(&app, OTHER_PRIMARY)), (2, 0));
}

#[tokio::test]
async fn the_tick_is_in_no_answer_and_no_export_and_only_the_steering_unit_reads_the_number() {
    let app = app().await;
    for at in 0..12 {
        let answers = json!({"A1": (1 + at % 5).to_string(), "khoi_lop": "lop_3"});
        app.post(app.code(PRIMARY), json!({"key": key(), "pressed": at < 7, "answers": answers})).await;
    }
    assert!(app.answers().iter().all(|answers| !answers.to_string().contains("press")));
    app.sign_in("canbo", "SO-AN-LANH").await;
    let page = app.get(&format!("/manage/rounds/{ROUND}")).await.text().await.unwrap();
    let said = page.split("Người trả lời báo bị yêu cầu chọn mức: ").nth(1).unwrap();
    assert!(said.starts_with('7') && said.contains("không phải bằng chứng"), "{said}");
    let rows = app.token("SO-AN-LANH", Scope::Submissions);
    let csv = app.feed(&rows, &format!("/api/v1/rounds/{ROUND}/submissions?format=csv")).await.text().await.unwrap();
    assert_eq!(csv.lines().count(), 13);
    assert!(!csv.to_lowercase().contains("press"), "{csv}");
    app.freeze().await;
    let front = app.token("SO-AN-LANH", Scope::Aggregates);
    let told = app.feed(&front, &format!("/api/v1/rounds/{ROUND}/tallies?by=unit")).await.text().await.unwrap();
    assert!(told.contains("\"n\":12") && !told.replace("suppressed", "").contains("press"), "{told}");
}

#[tokio::test]
async fn a_school_sees_no_page_with_the_number() {
    let app = app().await;
    app.fill_in(PRIMARY, &[("A1", "5"), ("_ep", "1")]).await;
    app.sign_in("hieutruong", PRIMARY).await;
    let page = app.get(&format!("/manage/rounds/{ROUND}")).await;
    assert!(page.status() == 403 || page.status() == 404);
    assert!(!page.text().await.unwrap().contains("chọn mức"));
}
