//! When a round takes forms.

use chrono::TimeDelta;
use langnghe::release;
use langnghe::store::{collectors, rounds};
use serde_json::{Value, json};

use crate::support::{OTHER_PRIMARY, PRIMARY, TestApp, app, key};

const HOUR: i64 = 3600;

/// A key and its stamp.
async fn begun(app: &TestApp) -> (Value, String) {
    let told: Value = app.get(&format!("/api/v1/collectors/{}", app.code(PRIMARY))).await.json().await.unwrap();
    (told["key"].clone(), told["begun"].as_str().unwrap().to_owned())
}

async fn send(app: &TestApp, begun: Option<&(Value, String)>) -> u16 {
    let (key, begun) = begun.map_or_else(|| (json!(key()), None), |(key, begun)| (key.clone(), Some(begun)));
    app.post(app.code(PRIMARY), json!({"key": key, "begun": begun, "answers": {"A1": "5"}})).await.status().as_u16()
}

#[tokio::test]
async fn a_form_begun_before_closing_is_taken_for_a_day_and_marked_late() {
    let app = app().await;
    let (before, second) = (begun(&app).await, begun(&app).await);
    app.state.clock.advance(7 * 24 * HOUR + HOUR);
    let after = begun(&app).await;
    assert_eq!(send(&app, None).await, 410);
    assert_eq!(send(&app, Some(&after)).await, 410);
    assert_eq!(
        send(&app, Some(&(before.0.clone(), format!("{}0", before.1)))).await,
        410,
        "a stamp that we did not make"
    );
    assert_eq!(send(&app, Some(&before)).await, 201);
    let late = app.state.store.read_now(|db| langnghe::store::submissions::late(db, app.round.id)).unwrap();
    assert_eq!(late, 1);
    app.state.clock.advance(24 * HOUR);
    assert_eq!(send(&app, Some(&second)).await, 410);
}

#[tokio::test]
async fn a_parent_who_began_before_closing_may_send_the_page_after_it() {
    let app = app().await;
    let begun = app.begin(PRIMARY).await;
    app.state.clock.advance(7 * 24 * HOUR + HOUR);
    let mut guessed = begun.clone();
    guessed[1].1 = "1700000000.000000000000000000000000".to_owned();
    assert_eq!(app.finish(PRIMARY, guessed, &[("A1", "1")]).await.status(), 410, "a stamp that we did not make");
    let sent = app.finish(PRIMARY, begun, &[("A1", "4")]).await;
    assert_eq!(sent.status(), 303);
    let receipt = app.get(sent.headers()["location"].to_str().unwrap()).await.text().await.unwrap();
    assert!(receipt.contains("Đã nhận phiếu"));
    let late = app.state.store.read_now(|db| langnghe::store::submissions::late(db, app.round.id)).unwrap();
    assert_eq!((app.stored(), late, app.answers()[0]["A1"].clone()), (1, 1, json!("4")));
}

#[tokio::test]
async fn pages_outside_the_window_say_so_kindly() {
    let app = app().await;
    app.change(|db, id| rounds::open(db, id, app.state.clock.now() + TimeDelta::hours(1)));
    let early = app.get(&format!("/k/{}", app.code(PRIMARY))).await;
    assert_eq!(early.status(), 200);
    assert!(early.text().await.unwrap().contains("Chưa đến ngày lấy ý kiến"));
    assert_eq!(send(&app, None).await, 410);
    app.change(|db, id| rounds::open(db, id, app.state.clock.now()));
    app.change(|db, id| rounds::close_at(db, id, app.state.clock.now()));
    let closed = app.get(&format!("/k/{}", app.code(PRIMARY))).await.text().await.unwrap();
    assert!(closed.contains("Đợt lấy ý kiến đã kết thúc"));
}

#[tokio::test]
async fn a_round_can_be_closed_early_and_extended() {
    let app = app().await;
    app.change(|db, id| rounds::close_at(db, id, app.state.clock.now()));
    assert_eq!(send(&app, None).await, 410);
    app.change(|db, id| rounds::close_at(db, id, app.state.clock.now() + TimeDelta::hours(2)));
    assert_eq!(send(&app, None).await, 201);
}

#[tokio::test]
async fn frozen_figures_take_no_form_at_all_and_are_released() {
    let app = app().await;
    let before = begun(&app).await;
    assert_eq!(send(&app, None).await, 201);
    app.state.clock.advance(7 * 24 * HOUR + 24 * HOUR + 1);
    let state = app.state.clone();
    tokio::task::spawn_blocking(move || release::due(&state)).await.unwrap().unwrap();
    app.state.catalogue.refresh().unwrap();
    assert_eq!(send(&app, Some(&before)).await, 410);
    let released = app.state.store.read_now(|db| langnghe::store::releases::newest(db, app.round.id)).unwrap();
    assert_eq!(released.map(|(number, ..)| number), Some(1));
}

#[tokio::test]
async fn a_revoked_code_and_a_removed_school_stop_while_the_others_go_on() {
    let app = app().await;
    let row = app.state.store.read_now(|db| collectors::of_round(db, app.round.id)).unwrap().remove(0);
    app.change(|db, _| collectors::revoke(db, row.id, app.state.clock.now()));
    assert_eq!(app.get(&format!("/k/{}", row.code)).await.status(), 404);
    let unit = app.state.store.read_now(|db| langnghe::store::units::id_by_code(db, OTHER_PRIMARY)).unwrap().unwrap();
    app.change(|db, id| rounds::remove_unit(db, id, unit, app.state.clock.now()));
    assert_eq!(app.get(&format!("/k/{}", app.code(OTHER_PRIMARY))).await.status(), 404);
    assert_eq!(app.get(&format!("/k/{}", app.code(PRIMARY))).await.status(), 200);
}
