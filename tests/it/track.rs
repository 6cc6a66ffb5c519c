//! A parent asks whether a form was received.

use langnghe::release;
use langnghe::store::rounds;
use reqwest::Response;
use serde_json::{Value, json};

use crate::support::{PRIMARY, TestApp, app, key};

/// The receipt of a form that was sent now.
async fn sent(app: &TestApp) -> String {
    let answer = app.send(PRIMARY, key(), json!({"A1": "1", "G2": "Thầy cô tận tình"})).await;
    answer.json::<Value>().await.unwrap()["receipt"].as_str().unwrap().to_owned()
}

async fn ask(app: &TestApp, typed: &str) -> Response {
    app.client.post(app.path("/tra-cuu")).form(&[("ma", typed)]).send().await.unwrap()
}

#[tokio::test]
async fn a_receipt_is_found_however_it_is_typed() {
    let app = app().await;
    let receipt = sent(&app).await;
    let grouped: Vec<&str> = (0..5).map(|i| &receipt[i * 4..i * 4 + 4]).collect();
    let letters = receipt.replace('0', "o").replace('1', "L");
    let typed = [
        receipt.clone(),
        receipt.to_lowercase(),
        grouped.join(" - "),
        format!(" {letters}\u{a0}"),
        letters.to_lowercase(),
    ];
    for typed in typed {
        let answer = ask(&app, &typed).await;
        assert_eq!(answer.status(), 200, "{typed}");
        assert!(!answer.headers().contains_key("set-cookie"));
        assert_eq!(answer.headers()["cache-control"], "no-store");
        assert!(answer.text().await.unwrap().contains("Phiếu này đã gửi"), "{typed}");
    }
}

#[tokio::test]
async fn only_the_round_and_its_dates_are_told_never_answers_school_or_day() {
    let app = app().await;
    let receipt = sent(&app).await;
    let page = ask(&app, &receipt).await.text().await.unwrap();
    let closes = langnghe::vietnamese::moment(app.round.closes_at);
    assert!(page.contains("Ý kiến cha mẹ") && page.contains(&closes) && page.contains("Hết hạn nhận phiếu."), "{page}");
    let today = langnghe::vietnamese::date(app.state.clock.today());
    for secret in [receipt.as_str(), "tận tình", "Hoa Mai", PRIMARY, app.code(PRIMARY), &today] {
        assert!(!page.contains(secret), "{secret} in {page}");
    }
    app.change(|db, id| rounds::close_at(db, id, app.state.clock.now()));
    let (state, round) = (app.state.clone(), app.round.clone());
    tokio::task::spawn_blocking(move || release::freeze(&state, &round)).await.unwrap().unwrap();
    let later = ask(&app, &receipt).await.text().await.unwrap();
    assert!(later.contains("Đã hết hạn nhận phiếu.") && later.contains("Phiếu này đã gửi"));
}

#[tokio::test]
async fn a_receipt_that_nobody_got_is_answered_kindly_with_what_to_check() {
    let app = app().await;
    sent(&app).await;
    let unknown = ask(&app, "0123 4567 89AB CDEF GHJK").await;
    assert_eq!(unknown.status(), 404);
    let page = unknown.text().await.unwrap();
    assert!(page.contains("Chưa thấy phiếu có mã này") && page.contains("Tắt bộ gõ tiếng Việt"));
    assert!(page.contains("value=\"0123 4567 89AB CDEF GHJK\""), "what was typed can be corrected");
    for wrong in ["", "K7M2PX", "Đ123456789ABCDEFGHJK", "U123456789ABCDEFGHJK", &"A".repeat(5000)] {
        let answer = ask(&app, wrong).await;
        assert_eq!(answer.status(), 422, "{wrong}");
        assert!(answer.text().await.unwrap().contains("Mã này chưa đúng"));
    }
    let escaped = ask(&app, "\"><script>").await.text().await.unwrap();
    assert!(!escaped.contains("<script>"));
}

#[tokio::test]
async fn the_page_speaks_both_languages_and_is_one_tap_away_from_the_receipt() {
    let app = app().await;
    let answer = app.fill_in(PRIMARY, &[("A1", "5")]).await;
    let receipt = app.get(answer.headers()["location"].to_str().unwrap()).await.text().await.unwrap();
    assert!(receipt.contains("href=\"/tra-cuu?lang=vi\""));
    for (path, sentence) in [("/tra-cuu", "Phiếu đã gửi chưa?"), ("/tra-cuu?lang=en", "Was the form sent?")] {
        let page = app.get(path).await;
        assert_eq!((page.status().as_u16(), page.headers().contains_key("set-cookie")), (200, false));
        let text = page.text().await.unwrap();
        assert!(text.contains(sentence) && !text.contains("<script"), "{text}");
    }
    let form = [("ma", "x"), ("lang", "en")];
    let english = app.client.post(app.path("/tra-cuu")).form(&form).header("Origin", "null").send().await.unwrap();
    assert!(english.text().await.unwrap().contains("This is not a receipt code"));
}
