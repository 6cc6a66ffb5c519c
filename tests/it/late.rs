//! After closing: what was begun in time, and nothing else.

use chrono::TimeDelta;
use langnghe::intake::withdrawal::WithdrawalCode;
use langnghe::store::rounds;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::phone::{begin, fill_in, location, open, phone, press, review, send};
use crate::support::{PRIMARY, TestApp, app, key};

const GO_ON: &str = "Làm tiếp phiếu đang dở trên máy này";

fn close(app: &TestApp) {
    app.change(|db, id| rounds::close_at(db, id, app.state.clock.now() - TimeDelta::seconds(1)));
}

#[tokio::test]
async fn whoever_began_in_time_and_saved_nothing_goes_on_from_the_start_page() {
    let app = app().await;
    let (parent, start) = (phone(), format!("/k/{}", app.code(PRIMARY)));
    let form = begin(&app, &parent, &[]).await;
    app.state.clock.advance(60);
    close(&app);
    let page = open(&app, &parent, &start).await;
    assert_eq!(page.headers()["cache-control"], "no-store", "made for this device");
    assert!(page.text().await.unwrap().contains(GO_ON));
    let on = press(&app, &parent, &format!("{start}/phieu"), &[("lang", "vi")]).await;
    assert_eq!(location(&on), form);
    fill_in(&app, &parent, &form, &[("_phan", "2"), ("_di", "luu"), ("A1", "2")]).await;
    let sent = send(&app, &parent, &review(&app, &parent, &form).await, &[]).await;
    assert!(location(&sent).contains("/bien-nhan/") && app.stored() == 1);
}

#[tokio::test]
async fn after_closing_a_stranger_is_offered_no_form_to_go_on_with() {
    let app = app().await;
    close(&app);
    let start = format!("/k/{}", app.code(PRIMARY));
    let stranger = phone();
    let page = open(&app, &stranger, &start).await.text().await.unwrap();
    assert!(page.contains("đã kết thúc") && !page.contains(GO_ON), "{page}");
    let begun = press(&app, &stranger, &format!("{start}/phieu"), &[("lang", "vi")]).await.text().await.unwrap();
    assert!(begun.contains("đã kết thúc") && !begun.contains(GO_ON), "{begun}");
}

#[tokio::test]
async fn one_page_that_was_opened_in_time_lets_one_form_in_after_closing() {
    let app = app().await;
    let begun = app.begin(PRIMARY).await;
    app.state.clock.advance(60);
    close(&app);
    let mut others = begun.clone();
    others[0].1 = key().to_string();
    assert_eq!(app.finish(PRIMARY, others, &[("A1", "4")]).await.status(), StatusCode::GONE);
    assert_eq!(app.finish(PRIMARY, begun.clone(), &[("A1", "4")]).await.status(), StatusCode::SEE_OTHER);
    let conflict = app.finish(PRIMARY, begun, &[("A1", "1")]).await;
    assert_eq!(conflict.status(), StatusCode::CONFLICT);
    let page = conflict.text().await.unwrap();
    assert!(page.contains("Giữ phiếu lúc nãy") && !page.contains("name=\"_key\""), "no other form is offered: {page}");
}

#[tokio::test]
async fn the_stamp_for_programs_vouches_for_the_key_that_came_with_it() {
    let app = app().await;
    let told: Value = app.get(&format!("/api/v1/collectors/{}", app.code(PRIMARY))).await.json().await.unwrap();
    let send = async |key: Value| {
        let body = json!({"key": key, "begun": told["begun"], "answers": {"A1": "5"}});
        app.post(app.code(PRIMARY), body).await.status()
    };
    assert_eq!(send(json!(key())).await, StatusCode::CREATED, "while it is open, any key will do");
    app.state.clock.advance(60);
    close(&app);
    assert_eq!(send(json!(key())).await, StatusCode::GONE);
    assert_eq!(send(told["key"].clone()).await, StatusCode::CREATED);
}

#[tokio::test]
async fn another_form_out_of_a_conflict_is_taken_after_closing_if_it_was_offered_before() {
    let app = app().await;
    let begun = app.begin(PRIMARY).await;
    app.finish(PRIMARY, begun.clone(), &[("A1", "4")]).await;
    let page = app.finish(PRIMARY, begun, &[("A1", "1")]).await.text().await.unwrap();
    app.state.clock.advance(60);
    close(&app);
    assert_eq!(send(&app, &phone(), &page, &[]).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(app.stored(), 2);
}

#[tokio::test]
async fn whoever_withdraws_after_closing_is_not_sent_to_fill_in_another_form() {
    let app = app().await;
    let withdraw = async |key| {
        let code = WithdrawalCode::of(&app.state.secret, app.round.id, key).groups().concat();
        app.submit("/rut-lai", &[("ma", &code), ("sure", "1")]).await.text().await.unwrap()
    };
    let keys = [key(), key()];
    for key in keys {
        app.send(PRIMARY, key, json!({"A1": "5"})).await;
    }
    assert!(withdraw(keys[0]).await.contains("quét mã QR"));
    close(&app);
    let late = withdraw(keys[1]).await;
    assert!(late.contains("Đã rút lại phiếu") && !late.contains("quét mã QR"), "{late}");
    assert!(late.contains("không điền phiếu mới được"));
}
