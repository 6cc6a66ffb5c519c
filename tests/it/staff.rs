//! Staff: signing in, making a round, and what a school's head may not.

use langnghe::password;
use langnghe::store::{accounts, units};
use reqwest::Response;

use crate::support::{PRIMARY, ROUND, TestApp, app, hidden};

const PASSWORD: &str = "mot-cau-rat-dai-2026";

/// An account of this unit, signed in.
async fn sign_in(app: &TestApp, login: &str, unit: &str) -> Response {
    let hash = password::hash(PASSWORD).unwrap();
    let now = app.state.clock.now();
    app.state
        .store
        .write_now(|db| {
            let unit = units::id_by_code(db, unit)?.unwrap();
            let id = accounts::add(db, &login.parse().unwrap(), "Người thử", unit, now)?;
            accounts::set_password(db, id, &hash)
        })
        .unwrap();
    enter(app, login, PASSWORD).await
}

async fn enter(app: &TestApp, login: &str, password: &str) -> Response {
    let fields = [("login", login), ("password", password)];
    app.client.post(app.path("/sign-in")).form(&fields).send().await.unwrap()
}

async fn post(app: &TestApp, path: &str, fields: &[(&str, &str)]) -> Response {
    app.client.post(app.path(path)).form(fields).send().await.unwrap()
}

#[tokio::test]
async fn a_wrong_password_is_refused_and_the_right_one_opens_the_desk() {
    let app = app().await;
    assert_eq!(app.get("/manage").await.status(), 303);
    assert_eq!(sign_in(&app, "chuyenvien", "SO-AN-LANH").await.status(), 303);
    let desk = app.get("/manage").await;
    assert_eq!(desk.status(), 200);
    assert!(desk.text().await.unwrap().contains("Ý kiến cha mẹ"));
    assert_ne!(enter(&app, "chuyenvien", "sai-mat-khau-roi").await.status(), 303);
}

#[tokio::test]
async fn an_officer_makes_opens_and_closes_a_round_without_script() {
    let app = app().await;
    sign_in(&app, "chuyenvien", "SO-AN-LANH").await;
    let page = app.get("/manage/rounds/new").await.text().await.unwrap();
    let csrf = hidden(&page, "_csrf");
    let (day, time) = (hidden(&page, "day\" type=\"date"), "22:00");
    let wrong = post(&app, "/manage/rounds/new", &[("_csrf", &csrf), ("title", ""), ("day", &day)]).await;
    assert_eq!(wrong.status(), 422);
    let fields = [("_csrf", csrf.as_str()), ("title", "Phụ huynh THCS"), ("day", &day), ("time", time)];
    let more = [("template", "hai-long-thcs"), ("template", "hai-long-tieu-hoc"), ("unit", PRIMARY)];
    let made = post(&app, "/manage/rounds/new", &[&fields[..], &more[..]].concat()).await;
    assert_eq!(made.headers()["location"], "/manage/rounds/phu-huynh-thcs");
    let opened = post(&app, "/manage/rounds/phu-huynh-thcs/open", &[("_csrf", &csrf), ("sure", "1")]).await;
    assert_eq!(opened.headers()["location"], "/manage/rounds/phu-huynh-thcs");
    let links = app.get("/manage/rounds/phu-huynh-thcs/links").await.text().await.unwrap();
    let code = links.split("/k/").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(app.get(&format!("/k/{code}")).await.status(), 200);
    let poster = app.get("/manage/rounds/phu-huynh-thcs/print").await.text().await.unwrap();
    assert!(poster.contains(&format!("/k/{code}/qr.svg")));
    let closed = post(&app, "/manage/rounds/phu-huynh-thcs/close", &[("_csrf", &csrf), ("sure", "1")]).await;
    assert_eq!(closed.headers()["location"], "/manage/rounds/phu-huynh-thcs");
    let gone = app.get(&format!("/k/{code}")).await.text().await.unwrap();
    assert!(gone.contains("Đợt lấy ý kiến đã kết thúc"));
}

#[tokio::test]
async fn a_form_without_its_secret_or_from_another_site_changes_nothing() {
    let app = app().await;
    sign_in(&app, "chuyenvien", "SO-AN-LANH").await;
    let path = format!("/manage/rounds/{ROUND}/close");
    assert_ne!(post(&app, &path, &[("sure", "1")]).await.status(), 303);
    let page = app.get(&format!("/manage/rounds/{ROUND}")).await.text().await.unwrap();
    let fields = [("_csrf", hidden(&page, "_csrf")), ("sure", "1".to_owned())];
    let elsewhere = app
        .client
        .post(app.path(&path))
        .header("Origin", "http://elsewhere.example")
        .form(&fields)
        .send()
        .await
        .unwrap();
    assert_eq!(elsewhere.status(), 400);
    assert_eq!(app.get(&format!("/k/{}/phieu", app.code(PRIMARY))).await.status(), 200);
}

#[tokio::test]
async fn a_school_head_sees_no_round_and_no_rows() {
    let app = app().await;
    sign_in(&app, "hieutruong", PRIMARY).await;
    for path in ["/manage", "/manage/rounds/tieu-hoc", "/manage/rounds/tieu-hoc/export.csv", "/manage/alerts"] {
        assert_eq!(app.get(path).await.status(), 403, "{path}");
    }
}

#[tokio::test]
async fn rows_go_to_the_steering_unit_as_csv_that_excel_reads() {
    let app = app().await;
    app.fill_in(PRIMARY, &[("A1", "5"), ("A2", "9"), ("ban_tru", "khong"), ("G2", "=1+1\n\"mát\"; sạch")]).await;
    sign_in(&app, "chuyenvien", "SO-AN-LANH").await;
    let answer = app.get(&format!("/manage/rounds/{ROUND}/export.csv?delimiter=semicolon&decimal=comma")).await;
    let text = answer.text().await.unwrap();
    let body = text.strip_prefix('\u{feff}').expect("the mark of UTF-8");
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(body.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cell = |name: &str| rows[0].get(headers.iter().position(|header| header == name).unwrap()).unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!((cell("A1"), cell("A2"), cell("A3"), cell("D6")), ("5", "9", "-9", ""));
    assert_eq!((cell("unit"), cell("mode"), cell("G2")), (PRIMARY, "web", "'=1+1\n\"mát\"; sạch"));
    assert!(body.lines().next().unwrap().starts_with("submission;round;unit;") && body.contains("\r\n"));
}
