//! A parent takes a form back, and nobody else sees that.

use std::collections::HashSet;

use langnghe::intake::withdrawal::WithdrawalCode;
use langnghe::state::State;
use langnghe::store::alerts::{self, Part};
use langnghe::store::tallies::{self, Counts, TallyKey};
use langnghe::store::{rounds, units};
use langnghe::survey::access::Scope;
use reqwest::Response;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::commands::run;
use crate::support::{OTHER_PRIMARY, PRIMARY, ROUND, TestApp, app, key};

fn code(app: &TestApp, key: Uuid) -> String {
    WithdrawalCode::of(&app.state.secret, app.round.id, key).groups().join("-")
}

async fn withdraw(app: &TestApp, code: &str) -> Response {
    app.submit("/rut-lai", &[("ma", code), ("sure", "1")]).await
}

/// Every counter that is not zero.
fn counters(app: &TestApp) -> Vec<(TallyKey, Counts)> {
    let counts = app.state.store.read_now(|db| tallies::of_round(db, app.round.id)).unwrap();
    counts.into_iter().filter(|(_, counts)| counts.n != 0 || counts.cells.iter().any(|cell| *cell != 0)).collect()
}

/// The groups of a code on a page.
fn shown_code(page: &str) -> Option<String> {
    let groups = page.split("<p class=\"receipt\">").nth(1)?.split("</p>").next()?;
    Some(groups.replace("<span>", "").replace("</span>", " ").trim().to_owned())
}

#[tokio::test]
async fn the_code_is_shown_on_tap_to_the_device_that_sent_the_form() {
    let app = app().await;
    let sent = app.fill_in(PRIMARY, &[("A1", "4")]).await;
    let cookie = sent.headers()["set-cookie"].to_str().unwrap().to_owned();
    for part in ["HttpOnly", "SameSite=Lax", "Max-Age=900", &format!("Path=/k/{}", app.code(PRIMARY))] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    let receipt = app.get(sent.headers()["location"].to_str().unwrap()).await.text().await.unwrap();
    assert!(receipt.contains("Xem mã rút lại phiếu") && !receipt.contains("RUT"), "{receipt}");
    let page = app.submit(&format!("/k/{}/rut-lai", app.code(PRIMARY)), &[("lang", "vi")]).await;
    assert_eq!((page.status().as_u16(), &page.headers()["cache-control"]), (200, &"no-store".parse().unwrap()));
    let page = page.text().await.unwrap();
    let code = shown_code(&page).unwrap();
    assert!(code.starts_with("RUT ") && code.len() == 23, "{code}");
    assert!(page.contains(&langnghe::vietnamese::moment(app.round.closes_at)), "{page}");
    assert_eq!(withdraw(&app, &code).await.status(), 200);
    assert_eq!((app.stored(), app.counted()), (0, 0));
}

#[tokio::test]
async fn another_device_a_later_hour_and_another_school_do_not_see_the_code() {
    let app = app().await;
    let sent = app.fill_in(PRIMARY, &[("A1", "4")]).await;
    let address = sent.headers()["location"].to_str().unwrap().to_owned();
    let stranger = reqwest::Client::new();
    let tap = |code: &str| app.path(&format!("/k/{code}/rut-lai"));
    let seen = stranger.get(app.path(&address)).send().await.unwrap().text().await.unwrap();
    assert!(!seen.contains("Xem mã rút lại") && seen.contains("chỉ xem được trên máy vừa gửi"), "{seen}");
    let refused = stranger.post(tap(app.code(PRIMARY))).form(&[("lang", "vi")]).send().await.unwrap();
    assert_eq!(refused.status(), 410);
    assert!(!refused.text().await.unwrap().contains("RUT"));
    let cookie = sent.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let taken = stranger.post(tap(app.code(OTHER_PRIMARY))).header("Cookie", cookie).form(&[("lang", "vi")]);
    assert_eq!(taken.send().await.unwrap().status(), 410);
    app.state.clock.advance(16 * 60);
    let late = app.submit(&format!("/k/{}/rut-lai", app.code(PRIMARY)), &[("lang", "vi")]).await;
    assert_eq!(late.status(), 410);
}

#[tokio::test]
async fn a_form_that_is_withdrawn_takes_exactly_its_numbers_with_it() {
    let app = app().await;
    app.send(PRIMARY, key(), json!({"khoi_lop": "lop_3", "A1": "5", "G2": "Tốt"})).await;
    app.send(OTHER_PRIMARY, key(), json!({"khoi_lop": "lop_3", "A1": "2"})).await;
    let before = counters(&app);
    let own = key();
    app.send(PRIMARY, own, json!({"khoi_lop": "lop_3", "A1": "1", "ban_tru": "co", "C1": "2"})).await;
    assert_ne!(counters(&app), before);
    assert_eq!(withdraw(&app, &code(&app, own)).await.status(), 200);
    assert_eq!(counters(&app), before);
    assert_eq!((app.stored(), app.counted()), (2, 2));
    agrees(&app);
}

fn agrees(app: &TestApp) {
    let done = run(&app.database, &["verify"], &[("SECRET_KEY", &"ab".repeat(32))]);
    let said = String::from_utf8_lossy(&done.stdout);
    assert_eq!((done.status.code(), said.as_ref()), (Some(0), ""), "{}", String::from_utf8_lossy(&done.stderr));
}

#[tokio::test]
async fn whichever_program_withdraws_a_form_the_sums_stay_right() {
    let app = app().await;
    let keys: Vec<Uuid> = (0..12).map(|_| key()).collect();
    for (at, key) in keys.iter().enumerate() {
        app.send(PRIMARY, *key, json!({"A1": (1 + at % 5).to_string()})).await;
    }
    let url = langnghe::store::DatabaseUrl::parse(&app.database.url).unwrap();
    let store = langnghe::store::Store::open(&url).unwrap();
    let other = State::new(store, app.state.secret.clone(), app.state.clock.clone(), &app.url).unwrap();
    for key in &keys[..6] {
        let code = WithdrawalCode::of(&app.state.secret, app.round.id, *key);
        assert!(other.withdraw(&code).await.unwrap());
        assert!(!app.state.withdraw(&code).await.unwrap(), "it is gone already");
    }
    app.send(PRIMARY, key(), json!({"A1": "3"})).await;
    assert!(app.state.withdraw(&WithdrawalCode::of(&app.state.secret, app.round.id, keys[6])).await.unwrap());
    tokio::task::spawn_blocking(move || other.intake.drain()).await.unwrap();
    assert_eq!((app.stored(), app.counted()), (6, 6));
    agrees(&app);
}

#[tokio::test]
async fn a_receipt_says_the_same_before_and_after() {
    let app = app().await;
    let own = key();
    let sent: Value = app.send(PRIMARY, own, json!({"A1": "1"})).await.json().await.unwrap();
    let receipt = sent["receipt"].as_str().unwrap();
    let pages = async || {
        let own = app.get(&format!("/k/{}/bien-nhan/{receipt}", app.code(PRIMARY))).await.text().await.unwrap();
        (own, app.submit("/tra-cuu", &[("ma", receipt)]).await.text().await.unwrap())
    };
    let before = pages().await;
    withdraw(&app, &code(&app, own)).await;
    assert_eq!(pages().await, before);
    assert!(before.1.contains("Phiếu này đã gửi"));
    assert_eq!(app.submit("/rut-lai", &[("ma", receipt)]).await.status(), 422, "a receipt withdraws nothing");
}

#[tokio::test]
async fn the_old_form_sent_again_is_not_counted_and_a_new_one_is() {
    let app = app().await;
    let own = key();
    app.send(PRIMARY, own, json!({"A1": "1"})).await;
    withdraw(&app, &code(&app, own)).await;
    assert_eq!(app.send(PRIMARY, own, json!({"A1": "1"})).await.status(), 200);
    assert_eq!(app.send(PRIMARY, own, json!({"A1": "2"})).await.status(), 409);
    assert_eq!(app.counted(), 0);
    assert_eq!(app.send(PRIMARY, key(), json!({"A1": "1"})).await.status(), 201);
    assert_eq!((app.stored(), app.counted()), (1, 1));
    agrees(&app);
}

#[tokio::test]
async fn an_alert_stays_with_its_school_and_words_when_its_form_goes() {
    let app = app().await;
    let own = key();
    app.send(PRIMARY, own, json!({"A1": "1", "G2": "Con tôi bị bạn đánh"})).await;
    let waiting = || {
        let owners = app.state.store.read_now(|db| Ok(HashSet::from([units::id_by_code(db, "SO-AN-LANH")?.unwrap()])));
        let part = Part { offset: 0, limit: 10 };
        app.state.store.read_now(|db| alerts::open(db, &owners.unwrap(), part)).unwrap()
    };
    let before = waiting();
    assert!(before[0].text.is_some());
    withdraw(&app, &code(&app, own)).await;
    let after = waiting();
    assert_eq!((after.len(), &after[0].words, &after[0].unit_name), (1, &before[0].words, &before[0].unit_name));
    assert_eq!(after[0].text, None);
}

#[tokio::test]
async fn unknown_and_already_withdrawn_get_the_same_answer_after_being_asked_whether_they_mean_it() {
    let app = app().await;
    let own = key();
    app.send(PRIMARY, own, json!({"A1": "1"})).await;
    let asked = app.submit("/rut-lai", &[("ma", &code(&app, own))]).await;
    assert_eq!((asked.status().as_u16(), app.counted()), (200, 1), "nothing is withdrawn by typing the code");
    assert!(asked.text().await.unwrap().contains("name=\"sure\""));
    withdraw(&app, &code(&app, own)).await;
    let answer = async |code: &str| {
        let answer = withdraw(&app, code).await;
        (answer.status(), answer.text().await.unwrap().replace(code, "…"))
    };
    let [again, never] = [answer(&code(&app, own)).await, answer(&code(&app, key())).await];
    assert_eq!((again.0.as_u16(), &again), (404, &never));
}

#[tokio::test]
async fn nothing_is_withdrawn_from_frozen_figures_and_the_way_to_the_form_is_forgotten() {
    let app = app().await;
    let [first, second] = [key(), key()];
    app.send(PRIMARY, first, json!({"A1": "1"})).await;
    app.send(PRIMARY, second, json!({"A1": "1"})).await;
    app.change(|db, id| rounds::close_at(db, id, app.state.clock.now()));
    assert_eq!(withdraw(&app, &code(&app, first)).await.status(), 200, "in the grace period");
    app.freeze().await;
    assert_eq!(withdraw(&app, &code(&app, second)).await.status(), 404);
    assert_eq!((app.stored(), app.counted()), (1, 1));
    agrees(&app);
}

#[tokio::test]
async fn a_release_counts_what_was_not_withdrawn() {
    let app = app().await;
    let keys: Vec<Uuid> = (0..30).map(|_| key()).collect();
    for (at, key) in keys.iter().enumerate() {
        app.send(PRIMARY, *key, json!({"khoi_lop": "lop_3", "A1": (1 + at % 5).to_string()})).await;
    }
    for key in &keys[..5] {
        withdraw(&app, &code(&app, *key)).await;
    }
    app.freeze().await;
    let token = app.token("SO-AN-LANH", Scope::Aggregates);
    let release: Value =
        app.feed(&token, &format!("/api/v1/rounds/{ROUND}/tallies?by=total")).await.json().await.unwrap();
    assert!(release.to_string().contains("\"n\":25"), "{release}");
    assert!(!release.to_string().contains("\"n\":30"), "{release}");
}
