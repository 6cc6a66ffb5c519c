//! An officer enters a form for somebody: what would keep it out is told before it is read aloud.

use langnghe::intake::access::AccessCode;
use langnghe::store::{access_codes, quotas, rounds, units};
use langnghe::survey::round::Access;
use reqwest::{Response, StatusCode};
use serde_json::json;

use crate::phone::{carried, location, open, press, review, send};
use crate::support::{FORM, OTHER_PRIMARY, PRIMARY, TestApp, app, app_for, hidden, key};

/// An officer of the Front, signed in, who presses “Nhập hộ” at the first school.
async fn assist(app: &TestApp, fields: &[(&str, &str)]) -> Response {
    let csrf = app.csrf().await;
    let path = format!("/k/{}/nhap-ho", app.code(PRIMARY));
    press(app, &app.client, &path, &[&[("_csrf", csrf.as_str())], fields].concat()).await
}

async fn signed_in() -> TestApp {
    let app = app().await;
    app.sign_in("mat.tran", "MT-HOA-BAN").await;
    app
}

#[tokio::test]
async fn in_a_round_with_codes_the_code_is_asked_for_and_checked_before_the_form_is_read_aloud() {
    let app = signed_in().await;
    app.change(|db, id| rounds::set_access(db, id, Access::Codes));
    let code = AccessCode::make(&app.state.secret, app.round.id);
    app.change(|db, id| {
        let unit = units::id_by_code(db, PRIMARY)?.unwrap();
        access_codes::insert(db, id, unit, &[code.hash(&app.state.secret).bytes()])
    });
    let asked = assist(&app, &[]).await.text().await.unwrap();
    assert!(asked.contains("Xin gõ mã dùng một lần") && asked.contains("/nhap-ho\""), "{asked}");
    let field = [("phieu", FORM), ("_csrf", &hidden(&asked, "_csrf")), ("ma", "AAAA")];
    let path = format!("/k/{}/nhap-ho", app.code(PRIMARY));
    let wrong = press(&app, &app.client, &path, &field).await.text().await.unwrap();
    assert!(wrong.contains("Mã này chưa đúng") && wrong.contains("/nhap-ho\""), "{wrong}");
    let form = location(&assist(&app, &[("phieu", FORM), ("ma", &code.groups().join(" "))]).await);
    press(&app, &app.client, &form, &[("_phan", "2"), ("_di", "luu"), ("A1", "2")]).await;
    let sent = send(&app, &app.client, &review(&app, &app.client, &form).await, &[]).await;
    assert_eq!((sent.status(), app.counted()), (StatusCode::SEE_OTHER, 1));
    let spent = assist(&app, &[("ma", code.as_str())]).await;
    assert!(spent.text().await.unwrap().contains("Mã này đã dùng"));
}

#[tokio::test]
async fn at_a_school_with_enough_forms_and_after_closing_the_officer_is_told_so_at_once() {
    let app = signed_in().await;
    app.change(|db, id| quotas::replace(db, id, Some(1), &[]));
    app.send(PRIMARY, key(), json!({"A1": "5"})).await;
    let full = assist(&app, &[]).await.text().await.unwrap();
    assert!(full.contains("Đã đủ số phiếu") && full.contains("href=\"/manage/assist\""), "{full}");
    app.state.clock.advance(7 * 24 * 3600 + 60);
    app.submit("/sign-in", &[("login", "mat.tran"), ("password", crate::support::PASSWORD)]).await;
    let closed = assist(&app, &[]).await.text().await.unwrap();
    assert!(closed.contains("Đợt lấy ý kiến đã kết thúc") && closed.contains("href=\"/manage/assist\""), "{closed}");
    assert!(!closed.contains("người làm trước"));
}

#[tokio::test]
async fn no_form_of_staff_is_entered_for_anybody() {
    let app = app_for(&["can-bo-giao-vien"], &[PRIMARY]).await;
    app.sign_in("mat.tran", "MT-HOA-BAN").await;
    assert_eq!(assist(&app, &[]).await.status(), StatusCode::NOT_FOUND);
    let mixed = app_for(&[FORM, "can-bo-giao-vien"], &[PRIMARY, OTHER_PRIMARY]).await;
    mixed.sign_in("mat.tran", "MT-HOA-BAN").await;
    assert_eq!(assist(&mixed, &[]).await.status(), StatusCode::SEE_OTHER, "the only form that is not for staff");
    let which = assist(&mixed, &[("phieu", "can-bo-giao-vien")]).await.text().await.unwrap();
    assert!(which.contains(FORM) && !which.contains("value=\"can-bo-giao-vien\""), "{which}");
}

#[tokio::test]
async fn the_officer_hands_the_withdrawal_code_to_whoever_answered() {
    let app = signed_in().await;
    let form = location(&assist(&app, &[]).await);
    press(&app, &app.client, &form, &[("_phan", "2"), ("_di", "luu"), ("A1", "2")]).await;
    let sent = send(&app, &app.client, &review(&app, &app.client, &form).await, &[]).await;
    let receipt = open(&app, &app.client, &location(&sent)).await.text().await.unwrap();
    assert!(receipt.contains("Xem mã rút lại phiếu") && receipt.contains("đưa cho người trả lời"), "{receipt}");
    let tap: Vec<(String, String)> = carried(receipt.split("/rut-lai\">").nth(1).unwrap());
    let tap: Vec<(&str, &str)> = tap.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let shown = press(&app, &app.client, &format!("/k/{}/rut-lai", app.code(PRIMARY)), &tap).await;
    let shown = shown.text().await.unwrap();
    assert!(shown.contains("<span>RUT") && shown.contains("href=\"/manage/assist\""), "{shown}");
}
