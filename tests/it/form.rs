//! The parent's form where things go wrong: nothing typed is lost, nobody is thanked for what was not stored.

use diesel::connection::SimpleConnection;
use langnghe::release;
use langnghe::store::{collectors, rounds, units};
use reqwest::header::{CONTENT_ENCODING, ETAG, IF_NONE_MATCH, RETRY_AFTER};
use serde_json::{Value, json};

use crate::support::{OTHER_PRIMARY, PRIMARY, TestApp, app, hidden, key, make_round};

const HOUR: i64 = 3600;

impl TestApp {
    /// The hidden fields of a form that is begun now at this code.
    async fn begin_at(&self, code: &str) -> Vec<(String, String)> {
        let form = self.get(&format!("/k/{code}/phieu")).await.text().await.unwrap();
        ["_key", "_begun", "_lang", "_phieu"].map(|name| (name.to_owned(), hidden(&form, name))).to_vec()
    }

    /// Sends fields as a browser does.
    async fn send_form(&self, code: &str, fields: &[(String, String)], more: &[(&str, &str)]) -> reqwest::Response {
        let own = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let all: Vec<_> = own.chain(more.iter().copied()).collect();
        self.client.post(self.path(&format!("/k/{code}"))).form(&all).send().await.unwrap()
    }
}

#[tokio::test]
async fn nobody_is_thanked_for_another_form_after_the_figures_are_frozen() {
    let app = app().await;
    let key = key();
    assert_eq!(app.send(PRIMARY, key, json!({"A1": "5"})).await.status(), 201);
    app.change(|db, id| rounds::close_at(db, id, app.state.clock.now()));
    let (state, round) = (app.state.clone(), app.round.clone());
    tokio::task::spawn_blocking(move || release::freeze(&state, &round)).await.unwrap().unwrap();
    app.state.catalogue.refresh().unwrap();
    assert_eq!(app.send(PRIMARY, key, json!({"A1": "4"})).await.status(), 410);
    assert_eq!((app.stored(), app.counted()), (1, 1));
}

#[tokio::test]
async fn a_closed_round_says_so_before_it_asks_for_corrections() {
    let app = app().await;
    let code = app.code(PRIMARY).to_owned();
    let late = app.begin_at(&code).await;
    app.change(|db, id| rounds::close_at(db, id, app.state.clock.now() - chrono::TimeDelta::hours(1)));
    assert_eq!(app.send(PRIMARY, key(), json!({"A1": "7"})).await.status(), 410);
    let page = app.send_form(&code, &late, &[("A1", "7")]).await;
    assert_eq!(page.status(), 410);
    assert!(page.text().await.unwrap().contains("Đợt lấy ý kiến đã kết thúc"));
}

#[tokio::test]
async fn a_text_beside_a_question_without_other_is_not_silently_dropped() {
    let app = app().await;
    let refused = app.send(PRIMARY, key(), json!({"A1": "5", "A1_other": "mất chữ"})).await;
    assert_eq!(refused.status(), 422);
    let body: Value = refused.json().await.unwrap();
    assert_eq!(body["violations"][0]["question"], "A1_other");
    let foreign = json!({"key": key(), "lang": "fr", "answers": {"A1": "5"}});
    assert_eq!(app.post(app.code(PRIMARY), foreign).await.status(), 422);
    assert_eq!(app.stored(), 0);
}

#[tokio::test]
async fn a_form_without_its_key_comes_back_whole_with_a_new_one() {
    let app = app().await;
    let page = app.send_form(app.code(PRIMARY), &[], &[("_key", "?"), ("A1", "4"), ("G2", "còn nguyên")]).await;
    assert_eq!((page.status().as_u16(), app.stored()), (422, 0));
    let page = page.text().await.unwrap();
    assert!(page.contains("còn nguyên") && page.contains("bấm Gửi phiếu lần nữa"));
    assert!(uuid::Uuid::parse_str(&hidden(&page, "_key")).is_ok());
}

#[tokio::test]
async fn an_empty_form_is_asked_for_one_answer_and_not_counted() {
    let app = app().await;
    let page = app.fill_in(PRIMARY, &[("G2", "  ")]).await;
    assert_eq!(page.status(), 422);
    assert!(page.text().await.unwrap().contains("Phiếu chưa có câu trả lời nào"));
    assert_eq!(app.send(PRIMARY, key(), json!({})).await.status(), 422);
    assert_eq!(app.stored(), 0);
}

#[tokio::test]
async fn whoever_began_before_a_code_was_revoked_may_send_for_an_hour() {
    let app = app().await;
    let code = app.code(PRIMARY).to_owned();
    let begun = app.begin_at(&code).await;
    let row = app.state.store.read_now(|db| collectors::of_round(db, app.round.id)).unwrap();
    let row = row.into_iter().find(|row| row.code == code).unwrap();
    app.state.clock.advance(60);
    app.change(|db, _| collectors::revoke(db, row.id, app.state.clock.now()));
    assert_eq!(app.get(&format!("/k/{code}/phieu")).await.status(), 404);
    assert_eq!(app.send_form(&code, &begun, &[("A1", "5")]).await.status(), 303);
    app.state.clock.advance(HOUR);
    assert_eq!(app.send_form(&code, &begun, &[("A1", "4")]).await.status(), 404);
    assert_eq!(app.stored(), 1);
}

#[tokio::test]
async fn whoever_began_before_a_school_was_taken_out_may_still_send() {
    let app = app().await;
    let code = app.code(OTHER_PRIMARY).to_owned();
    let begun = app.begin_at(&code).await;
    app.state.clock.advance(60);
    let unit = app.state.store.read_now(|db| units::id_by_code(db, OTHER_PRIMARY)).unwrap().unwrap();
    app.change(|db, id| rounds::remove_unit(db, id, unit, app.state.clock.now()));
    assert_eq!(app.send(OTHER_PRIMARY, key(), json!({"A1": "5"})).await.status(), 404);
    assert_eq!(app.send_form(&code, &begun, &[("A1", "5")]).await.status(), 303);
    assert_eq!((app.stored(), app.counted()), (1, 1));
}

#[tokio::test]
async fn when_the_database_fails_the_form_waits_on_the_page() {
    let app = app().await;
    let form = app.begin_at(app.code(PRIMARY)).await;
    app.change(|db, _| Ok(db.batch_execute("ALTER TABLE receipt RENAME TO receipt_away")?));
    let page = app.send_form(app.code(PRIMARY), &form, &[("G2", "chờ một lát")]).await;
    assert_eq!((page.status().as_u16(), page.headers().contains_key(RETRY_AFTER)), (503, true));
    let text = page.text().await.unwrap();
    assert!(text.contains("chờ một lát") && text.contains("Chưa gửi được phiếu"), "{text}");
    let told = app.send(PRIMARY, key(), json!({"A1": "5"})).await;
    assert_eq!((told.status().as_u16(), told.headers().contains_key(RETRY_AFTER)), (503, true));
    app.change(|db, _| Ok(db.batch_execute("ALTER TABLE receipt_away RENAME TO receipt")?));
    assert_eq!(app.send_form(app.code(PRIMARY), &form, &[("G2", "chờ một lát")]).await.status(), 303);
    assert_eq!((app.stored(), app.counted()), (1, 1));
}

#[tokio::test]
async fn a_phone_that_kept_the_start_page_hears_at_once_that_the_round_is_closed() {
    let app = app().await;
    let path = app.path(&format!("/k/{}", app.code(PRIMARY)));
    let first = app.client.get(&path).send().await.unwrap();
    let etag = first.headers()[ETAG].clone();
    let again = async || app.client.get(&path).header(IF_NONE_MATCH, etag.clone()).send().await.unwrap();
    assert_eq!(again().await.status(), 304);
    app.change(|db, id| rounds::close_at(db, id, app.state.clock.now()));
    assert!(again().await.text().await.unwrap().contains("đã kết thúc"));
}

#[tokio::test]
async fn only_parents_are_asked_about_another_child() {
    let app = app().await;
    let round = make_round(&app.state, "can-bo", &["can-bo-giao-vien"], &[PRIMARY]);
    let rows = app.state.store.read_now(|db| collectors::of_round(db, round.id)).unwrap();
    app.state.catalogue.refresh().unwrap();
    let begun = app.begin_at(&rows[0].code).await;
    let sent = app.send_form(&rows[0].code, &begun, &[("A1", "5")]).await;
    let receipt = app.get(sent.headers()["location"].to_str().unwrap()).await.text().await.unwrap();
    assert!(receipt.contains("Người khác trả lời trên máy này") && !receipt.contains("con khác"), "{receipt}");
}

#[tokio::test]
async fn the_form_travels_compressed() {
    let app = app().await;
    let path = app.path(&format!("/k/{}/phieu", app.code(PRIMARY)));
    let sent = app.client.get(path).header("Accept-Encoding", "gzip").send().await.unwrap();
    assert_eq!(sent.headers()[CONTENT_ENCODING], "gzip");
    assert!(sent.bytes().await.unwrap().len() < 8_000);
}

#[tokio::test]
async fn posters_of_an_open_round_lead_to_their_forms_even_while_the_database_is_away() {
    let app = app().await;
    assert_eq!(app.get("/readyz").await.status(), 200);
    app.change(|db, _| Ok(db.batch_execute("ALTER TABLE collector RENAME TO collector_away")?));
    for school in [PRIMARY, OTHER_PRIMARY] {
        assert_eq!(app.get(&format!("/k/{}/phieu", app.code(school))).await.status(), 200, "{school}");
    }
}

#[tokio::test]
async fn what_the_framework_refuses_is_a_page_too() {
    let app = app().await;
    let code = app.code(PRIMARY);
    let huge = app.client.post(app.path(&format!("/k/{code}"))).body("G2=".to_owned() + &"a".repeat(1024 * 1024));
    let huge = huge.header("Content-Type", "application/x-www-form-urlencoded").send().await.unwrap();
    assert_eq!(huge.status(), 413);
    assert!(huge.text().await.unwrap().contains("Nội dung gửi lên quá lớn"));
    let twice = app.get("/k?ma=a&ma=b").await;
    assert_eq!((twice.status().as_u16(), twice.text().await.unwrap().contains("<html")), (400, true));
    let page = app.get(&format!("/k/{code}?lang=xx")).await.text().await.unwrap();
    assert!(page.contains("<html lang=\"vi\">"), "a language that pages are not written in");
}

#[tokio::test]
async fn a_form_drawn_from_another_version_is_told_why_and_keeps_its_answers() {
    let app = app().await;
    let code = app.code(PRIMARY).to_owned();
    let told: Value = app.get(&format!("/api/v1/collectors/{code}")).await.json().await.unwrap();
    let now = told["versions"]["hai-long-tieu-hoc"].as_i64().unwrap();
    let old = json!({"key": key(), "version": now + 1, "answers": {"A1": "5"}});
    let refused: Value = app.post(&code, old).await.json().await.unwrap();
    assert_eq!(
        (&refused["violations"][0]["question"], &refused["versions"]["hai-long-tieu-hoc"]),
        (&json!("version"), &json!(now))
    );
    let page = app.send_form(&code, &app.begin_at(&code).await, &[("_ban", "77"), ("A1", "4")]).await;
    assert_eq!(page.status(), 422);
    let page = page.text().await.unwrap();
    assert!(page.contains("Mẫu phiếu đã được sửa") && page.contains("value=\"4\" checked"), "{page}");
    let same = json!({"key": key(), "version": now, "answers": {"A1": "5"}});
    assert_eq!((app.post(&code, same).await.status().as_u16(), app.stored()), (201, 1));
}
