//! An officer's way through the pages for units and alerts, without script.

use langnghe::store::units;
use reqwest::Response;

use crate::support::{PRIMARY, TestApp, app};

const HEADER: &str = "code,name,kind,school_type,parent,professional_parent,valid_from,valid_to,\
                      enrol_mam_non,enrol_tieu_hoc,enrol_thcs,enrol_thpt,enrol_gdtx";

/// An officer of a ward, and the secret of the desk's forms.
async fn at_the_wards_desk() -> (TestApp, String) {
    let app = app().await;
    assert_eq!(app.sign_in("canbo", "P-HOA-BAN").await.status(), 303);
    let csrf = app.csrf().await;
    (app, csrf)
}

/// Sends the form of the page for imports.
async fn upload(app: &TestApp, fields: &[(&str, &str)]) -> Response {
    let part = |(name, value): &(&str, &str)| {
        format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let body = fields.iter().map(part).collect::<String>() + "--x--\r\n";
    let request = app.client.post(app.path("/manage/units/import")).body(body);
    request.header("Content-Type", "multipart/form-data; boundary=x").send().await.unwrap()
}

async fn page(answer: Response) -> (u16, String) {
    (answer.status().as_u16(), answer.text().await.unwrap())
}

fn leads_to(answer: &Response) -> &str {
    answer.headers()["location"].to_str().unwrap()
}

#[tokio::test]
async fn an_office_checks_a_file_and_then_imports_it() {
    let (app, csrf) = at_the_wards_desk().await;
    let (status, found) = page(app.get("/manage/units?q=hoa+mai").await).await;
    assert!(status == 200 && found.contains("Trường Tiểu học Hoa Mai") && !found.contains("Ban Mai"), "{found}");

    let csv =
        format!("{HEADER}\nTH-MOI,Trường Tiểu học Mới,truong,cong_lap,P-HOA-BAN,SO-AN-LANH,2026-08-01,,,300,,,\n");
    let (status, trial) = page(upload(&app, &[("_csrf", &csrf), ("file", &csv)]).await).await;
    assert!(status == 200 && trial.contains("name=\"confirm\"") && trial.contains("TH-MOI"), "{trial}");
    let known = || app.state.store.read_now(|db| units::by_code(db, "TH-MOI")).unwrap();
    assert!(known().is_none());

    // a browser sends the hidden field with other line ends
    let carried = csv.replace('\n', "\r\n");
    let done = upload(&app, &[("_csrf", &csrf), ("confirm", "1"), ("csv", &carried)]).await;
    assert_eq!((done.status().as_u16(), leads_to(&done)), (303, "/manage/units?new=1&changed=0"));
    assert_eq!(known().unwrap().unit.pupils(), 300);
}

#[tokio::test]
async fn a_file_of_a_neighbour_or_from_another_session_changes_nothing() {
    let (app, csrf) = at_the_wards_desk().await;
    let neighbour = format!("{HEADER}\nTH-BEN-SEN,Đổi tên,truong,cong_lap,P-BEN-SEN,SO-AN-LANH,2025-07-01,,,1,,,\n");
    let (status, told) = page(upload(&app, &[("_csrf", &csrf), ("confirm", "1"), ("csv", &neighbour)]).await).await;
    assert!(status == 422 && told.contains("TH-BEN-SEN") && told.contains("Dòng 2"), "{told}");
    assert_eq!(upload(&app, &[("_csrf", "x"), ("confirm", "1"), ("csv", &neighbour)]).await.status(), 400);
    assert_eq!(upload(&app, &[("_csrf", &csrf)]).await.status(), 422);
    let kept = app.state.store.read_now(|db| units::by_code(db, "TH-BEN-SEN")).unwrap().unwrap();
    assert_eq!(kept.unit.name, "Trường Tiểu học Bến Sen");
}

#[tokio::test]
async fn columns_that_are_missing_are_named_in_one_line() {
    let (app, csrf) = at_the_wards_desk().await;
    let csv = "kind,parent\ntruong,P-HOA-BAN\n";
    let (status, told) = page(upload(&app, &[("_csrf", &csrf), ("file", csv)]).await).await;
    assert_eq!((status, told.matches("Dòng 1<").count()), (422, 1), "{told}");
    assert!(told.contains("code, name") && told.contains("Có 1 lỗi"), "{told}");
}

#[tokio::test]
async fn the_list_of_words_can_be_changed() {
    let (app, csrf) = at_the_wards_desk().await;
    let word = |word: &'static str| [("_csrf", csrf.as_str()), ("word", word)];
    let added = app.submit("/manage/alerts/words", &word("bị bỏ đói")).await;
    assert_eq!(leads_to(&added), "/manage/alerts?done=added#words");
    let (status, listed) = page(app.get("/manage/alerts?done=added").await).await;
    assert!(status == 200 && listed.contains("bị bỏ đói"), "{listed}");
    assert_eq!(leads_to(&app.submit("/manage/alerts/words", &word("!")).await), "/manage/alerts?word=%21#words");
    let refused = app.get("/manage/alerts?word=%21").await.text().await.unwrap();
    assert!(refused.contains("aria-invalid=\"true\"") && refused.contains("value=\"!\""), "{refused}");
    let removed = app.submit("/manage/alerts/words/remove", &word("bị bỏ đói")).await;
    assert_eq!(leads_to(&removed), "/manage/alerts?done=removed#words");
    assert!(!app.get("/manage/alerts").await.text().await.unwrap().contains("bị bỏ đói"));
}

#[tokio::test]
async fn a_school_sees_neither() {
    let app = app().await;
    app.sign_in("hieutruong", PRIMARY).await;
    for path in ["/manage/units", "/manage/units.csv", "/manage/units/import", "/manage/alerts"] {
        assert_eq!(app.get(path).await.status(), 403, "{path}");
    }
}
