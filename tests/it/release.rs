//! What is released, round by round.

use diesel::RunQueryDsl;
use langnghe::release;
use langnghe::store::{Db, StoreError, releases, retention, rounds};
use langnghe::survey::access::Scope;
use langnghe::survey::question::KindName;
use serde_json::{Value, json};

use crate::support::{FORM, OTHER_PRIMARY, PRIMARY, ROUND, TestApp, app, key, make_round};

async fn look(app: &TestApp) {
    let state = app.state.clone();
    tokio::task::spawn_blocking(move || release::due(&state)).await.unwrap().unwrap();
}

/// Makes the counters of a round unreadable.
fn damage(db: &mut Db, round_id: i64) -> Result<(), StoreError> {
    match db {
        Db::Sqlite(db) => {
            diesel::sql_query(format!("UPDATE tally SET cells = x'ff' WHERE round_id = {round_id}")).execute(db)?
        }
        Db::Pg(db) => {
            diesel::sql_query(format!("UPDATE tally SET cells = '\\xff' WHERE round_id = {round_id}")).execute(db)?
        }
    };
    Ok(())
}

#[tokio::test]
async fn a_damaged_round_keeps_no_other_round_waiting() {
    let app = app().await;
    app.send(PRIMARY, key(), json!({"A1": "5"})).await;
    let other = make_round(&app.state, "tieu-hoc-2", &[FORM], &[PRIMARY]);
    app.change(damage);
    app.state.clock.advance(9 * 24 * 3600);
    look(&app).await;
    let released = |id| app.state.store.read_now(|db| releases::newest(db, id)).unwrap().is_some();
    assert!(!released(app.round.id));
    assert!(released(other.id));
}

#[tokio::test]
async fn how_many_are_asked_about_boarding_does_not_tell_who_boards() {
    let app = app().await;
    let text = langnghe::survey::templates::find(FORM).unwrap().text;
    let form = langnghe::survey::questionnaire::Questionnaire::parse(text).unwrap();
    let place = form.place("ban_tru").unwrap();
    let ratings = (0..form.questions.len()).filter(|&question| {
        form.questions[question].kind_name == KindName::Rating && form.decided_by(question).contains(&place)
    });
    let codes: Vec<&str> = ratings.map(|question| form.questions[question].code.as_str()).collect();
    assert!(codes.len() >= 2, "{codes:?}");
    let answers = |i: usize, boards: bool| {
        let level = (1 + i % 5).to_string();
        let mut answers = json!({"A1": level, "ban_tru": if boards { "co" } else { "khong" }});
        codes.iter().filter(|_| boards).for_each(|code| answers[code] = level.clone().into());
        answers
    };
    for i in 0..14 {
        assert_eq!(app.send(PRIMARY, key(), answers(i, true)).await.status(), 201);
    }
    for i in 0..60 {
        assert_eq!(app.send(OTHER_PRIMARY, key(), answers(i, i % 3 > 0)).await.status(), 201);
    }
    app.change(|db, id| rounds::close_at(db, id, app.state.clock.now()));
    let (state, round) = (app.state.clone(), app.round.clone());
    tokio::task::spawn_blocking(move || release::freeze(&state, &round)).await.unwrap().unwrap();
    let front = app.token("SO-AN-LANH", Scope::Aggregates);
    let told: Value = app.feed(&front, &format!("/api/v1/rounds/{ROUND}/tallies?by=unit")).await.json().await.unwrap();
    let groups = told["questionnaires"][0]["groups"].as_array().unwrap();
    let shown = |unit: &str, code: &str| {
        let group = groups.iter().find(|group| group["key"] == unit).unwrap();
        let question = group["questions"].as_array().unwrap().iter().find(|question| question["code"] == code).unwrap();
        question["suppressed"] == false || question["asked"].is_number()
    };
    assert!(shown(PRIMARY, "A1"));
    for code in codes.into_iter().chain(["ban_tru"]) {
        assert!(!shown(PRIMARY, code), "{code} at the school where all 14 board");
    }
}

#[tokio::test]
async fn two_years_after_closing_the_forms_are_deleted_and_the_figures_stay() {
    let app = app().await;
    for _ in 0..12 {
        app.send(PRIMARY, key(), json!({"A1": "5"})).await;
    }
    app.freeze().await;
    let now = app.state.clock.now();
    let forget = |closed_by| app.state.store.write_now(|db| retention::forget_some(db, closed_by, now)).unwrap();
    let closed = app.state.store.read_now(|db| rounds::by_id(db, app.round.id)).unwrap().unwrap().closes_at;
    assert!(!forget(closed - chrono::TimeDelta::seconds(1)));
    assert_eq!(app.stored(), 12);
    while forget(closed) {}
    assert_eq!((app.stored(), app.counted()), (0, 12));
    assert!(app.state.store.read_now(|db| retention::is_forgotten(db, app.round.id)).unwrap());
}
