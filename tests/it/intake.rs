//! What is sent is stored once, counted once, and proven by a receipt.

use std::sync::Arc;

use futures_util::future::join_all;
use langnghe::catalogue::Catalogue;
use langnghe::intake::IntakeError;
use langnghe::intake::form::{Circumstances, entry};
use langnghe::store::intake::{Entry, Stored};
use langnghe::store::{alerts, submissions, tallies};
use langnghe::survey::code::{Channel, Mode};
use langnghe::survey::pace::Pace;
use langnghe::survey::route::Occasion;
use langnghe::survey::submission;
use langnghe::survey::text::Lang;
use serde_json::{Value, json};

use crate::support::{OTHER_PRIMARY, PRIMARY, ROUND, TestApp, app, key};

#[tokio::test]
async fn the_same_key_fifty_times_at_once_is_one_submission_one_receipt_one_count() {
    let app = app().await;
    let key = key();
    let sends = (0..50).map(|_| app.send(PRIMARY, key, json!({"A1": "5", "G2": "Tốt"})));
    let answers = join_all(sends).await;
    let created = answers.iter().filter(|answer| answer.status() == 201).count();
    assert_eq!((created, answers.iter().filter(|answer| answer.status() == 200).count()), (1, 49));
    let mut receipts = Vec::new();
    for answer in answers {
        receipts.push(answer.json::<Value>().await.unwrap()["receipt"].clone());
    }
    receipts.dedup();
    assert_eq!((receipts.len(), app.stored(), app.counted()), (1, 1, 1));
}

#[tokio::test]
async fn words_of_danger_are_read_once_however_many_forms_come_first() {
    let app = app().await;
    let fresh = Catalogue::new(&app.state.store);
    let lists = join_all((0..40).map(|_| fresh.danger())).await;
    let first = lists[0].as_ref().unwrap();
    assert!(lists.iter().all(|list| Arc::ptr_eq(list.as_ref().unwrap(), first)));
}

#[tokio::test]
async fn a_key_used_for_other_answers_is_a_conflict_and_the_first_form_stays() {
    let app = app().await;
    let key = key();
    assert_eq!(app.send(PRIMARY, key, json!({"A1": "5"})).await.status(), 201);
    assert_eq!(app.send(PRIMARY, key, json!({"A1": "1"})).await.status(), 409);
    assert_eq!(app.send(OTHER_PRIMARY, key, json!({"A1": "5"})).await.status(), 409);
    assert_eq!(app.send(PRIMARY, key, json!({"A1": "5"})).await.status(), 200);
    assert_eq!((app.stored(), app.answers()[0]["A1"].clone()), (1, json!("5")));
}

#[tokio::test]
async fn one_form_raises_its_own_cells_by_exactly_one() {
    let app = app().await;
    app.send(PRIMARY, key(), json!({"khoi_lop": "lop_3", "A1": "5", "A2": "9", "F1": "80"})).await;
    app.send(PRIMARY, key(), json!({"khoi_lop": "lop_3", "A1": "4"})).await;
    let rows = app.state.store.read_now(|db| tallies::of_round(db, app.round.id)).unwrap();
    assert_eq!((rows.len(), rows[0].0.stratum.as_str(), rows[0].1.n), (1, "lop_3", 2));
    let forms = app.state.store.read_now(|db| app.state.catalogue.of_round(db, app.round.id)).unwrap();
    let cells =
        |code: &str| forms[0].layout.cells(&rows[0].1.cells, forms[0].questionnaire.place(code).unwrap()).to_vec();
    assert_eq!(cells("A1"), [2, 2, 0, 0, 0, 0, 1, 1]);
    assert_eq!(cells("A2"), [2, 0, 1, 0, 0, 0, 0, 0]);
    assert_eq!(cells("F1")[..4], [2, 1, 0, 80]);
}

#[tokio::test]
async fn a_receipt_proves_that_a_form_was_sent_and_shows_nothing_of_it() {
    let app = app().await;
    let answer = app.fill_in(PRIMARY, &[("A1", "5"), ("G2", "Thầy cô tận tình")]).await;
    assert_eq!(answer.status(), 303);
    let receipt = answer.headers()["location"].to_str().unwrap().to_owned();
    let page = app.get(&receipt).await.text().await.unwrap();
    assert!(page.contains("Đã nhận phiếu") && page.contains("Trả lời cho con khác"));
    assert!(!page.contains("tận tình"));
    let guessed = format!("/k/{}/bien-nhan/00000000000000000000", app.code(PRIMARY));
    assert_eq!(app.get(&guessed).await.status(), 404);
}

#[tokio::test]
async fn branches_that_do_not_apply_are_dropped_and_skipped_questions_are_told_from_unasked_ones() {
    let app = app().await;
    app.send(PRIMARY, key(), json!({"ban_tru": "khong", "D6": "5", "A1": "4"})).await;
    let stored = &app.answers()[0];
    assert_eq!((stored.get("D6"), stored["A1"].clone(), stored["A2"].clone()), (None, json!("4"), Value::Null));
}

#[tokio::test]
async fn a_free_text_with_a_word_of_danger_raises_an_alert_in_the_same_moment() {
    let app = app().await;
    app.send(PRIMARY, key(), json!({"G3": "Con bị đánh ở cổng trường, con sợ lắm"})).await;
    let owners = std::collections::HashSet::from([app.round.owner_id]);
    let part = alerts::Part { offset: 0, limit: 9 };
    let open = app.state.store.read_now(|db| alerts::open(db, &owners, part)).unwrap();
    assert_eq!((open.len(), open[0].question.as_str()), (1, "G3"));
}

#[tokio::test]
async fn a_full_or_stopping_intake_asks_to_come_back_and_loses_nothing() {
    let app = app().await;
    assert_eq!(app.send(PRIMARY, key(), json!({"A1": "5"})).await.status(), 201);
    let intake = app.state.intake.clone();
    tokio::task::spawn_blocking(move || intake.drain()).await.unwrap();
    let answer = app.send(PRIMARY, key(), json!({"A1": "5"})).await;
    assert_eq!((answer.status().as_u16(), answer.headers().contains_key("retry-after")), (503, true));
    let page = app.fill_in(PRIMARY, &[("A1", "2"), ("G2", "vẫn còn đây")]).await;
    assert_eq!(page.status(), 503);
    assert!(page.text().await.unwrap().contains("vẫn còn đây"));
    assert_eq!((app.stored(), app.counted()), (1, 1));
}

#[tokio::test]
async fn each_channel_counts_by_itself() {
    let app = app().await;
    let front = app.codes[&(PRIMARY.to_owned(), Channel::MatTran.code().to_owned())].clone();
    app.post(&front, json!({"key": key(), "answers": {"A1": "1"}})).await;
    app.send(PRIMARY, key(), json!({"A1": "5"})).await;
    let rows = app.state.store.read_now(|db| tallies::of_round(db, app.round.id)).unwrap();
    let channels: Vec<_> = rows.iter().map(|(key, counts)| (key.channel.as_str(), counts.n)).collect();
    assert_eq!(channels, [("mat_tran", 1), ("truong", 1)]);
}

/// Forms that are ready to be stored, as a page or the API makes them.
async fn ready(app: &TestApp, count: usize) -> Vec<Entry> {
    let entrance = app.state.catalogue.entrance(app.code(PRIMARY).parse().unwrap()).await.unwrap().unwrap();
    let form = &entrance.forms[0];
    let answers = serde_json::from_str(r#"{"A1": "5"}"#).unwrap();
    let occasion = Occasion { now: chrono::NaiveDateTime::default(), lang: Lang::VI };
    let filled = submission::parse(&form.questionnaire, &answers, occasion).unwrap();
    let today = app.state.clock.today();
    let with = || Circumstances {
        key: key(),
        lang: Lang::VI,
        mode: Mode::Api,
        begun: None,
        pace: Pace::Unknown,
        today,
        pressed: false,
        access: None,
    };
    (0..count).map(|_| entry(&app.state.secret, &entrance, form, &filled, with(), Vec::new()).0).collect()
}

fn receipts(app: &TestApp) -> i64 {
    app.state.store.read_now(|db| submissions::receipts(db, app.round.id)).unwrap()
}

#[tokio::test]
async fn a_server_that_stops_stores_every_form_it_had_accepted_and_refuses_the_next() {
    let app = app().await;
    let (mut forms, intake) = (ready(&app, 1001).await, app.state.intake.clone());
    let next = forms.pop().unwrap();
    let accepted = join_all(forms.into_iter().map(|form| intake.accept(form)));
    // the forms are begun first: all of them wait in the queue when the server starts to stop
    let stopped = async {
        tokio::task::spawn_blocking({
            let intake = intake.clone();
            move || intake.drain()
        })
        .await
    };
    let (fates, stopped) = tokio::join!(biased; accepted, stopped);
    stopped.unwrap();
    assert!(fates.iter().all(|fate| matches!(fate, Ok(Stored::New))), "{fates:?}");
    assert!(matches!(intake.accept(next).await, Err(IntakeError::Busy)));
    assert_eq!((app.stored(), app.counted(), receipts(&app)), (1000, 1000, 1000));
}

#[tokio::test]
async fn forms_sent_while_the_server_stops_are_stored_or_asked_to_come_back() {
    let app = app().await;
    let sends = join_all((0..300).map(|_| app.send(PRIMARY, key(), json!({"A1": "5"}))));
    let stops = async {
        // as soon as the first form is there
        while app.stored() == 0 {
            tokio::task::yield_now().await;
        }
        let intake = app.state.intake.clone();
        tokio::task::spawn_blocking(move || intake.drain()).await.unwrap();
    };
    let (answers, ()) = tokio::join!(sends, stops);
    let with = |status: u16| answers.iter().filter(|answer| answer.status() == status).count();
    assert_eq!(with(201) + with(503), 300);
    assert!(with(201) >= 1);
    assert_eq!((app.stored(), app.counted(), receipts(&app)), (with(201) as i64, with(201) as i64, with(201) as i64));
}

#[tokio::test]
async fn a_form_that_the_database_refuses_fails_alone() {
    let app = app().await;
    let mut forms = ready(&app, 60).await;
    // two forms of one id can never stand in the table together
    forms[40].id = forms[20].id;
    let refused = forms[40].clone();
    let fates = join_all(forms.into_iter().map(|form| app.state.intake.accept(form))).await;
    let new = fates.iter().filter(|fate| matches!(fate, Ok(Stored::New))).count();
    let failed = fates.iter().filter(|fate| matches!(fate, Err(IntakeError::Store(_)))).count();
    assert_eq!((new, failed), (59, 1), "{fates:?}");
    assert_eq!((app.stored(), app.counted(), receipts(&app)), (59, 59, 59), "nothing of it is left behind");
    let again = Entry { id: *key().as_bytes(), ..refused };
    assert!(matches!(app.state.intake.accept(again).await, Ok(Stored::New | Stored::Repeat)));
}

#[tokio::test]
async fn counts_stay_right_when_another_program_takes_forms_meanwhile() {
    let app = app().await;
    let key_of_app = [("SECRET_KEY", "ab".repeat(32))];
    let settings: Vec<(&str, &str)> = key_of_app.iter().map(|(name, value)| (*name, value.as_str())).collect();
    for seed in ["1", "2"] {
        assert_eq!(app.send(PRIMARY, key(), json!({"A1": "5", "khoi_lop": "lop_3"})).await.status(), 201);
        let other = ["simulate", ROUND, "--submissions", "30", "--seed", seed];
        let done = crate::commands::run(&app.database, &other, &settings);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    assert_eq!(app.send(PRIMARY, key(), json!({"A1": "4", "khoi_lop": "lop_3"})).await.status(), 201);
    assert_eq!((app.stored(), app.counted()), (63, 63));
    assert!(crate::commands::run(&app.database, &["verify"], &settings).status.success());
}
