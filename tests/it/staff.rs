//! Staff: signing in, making a round, and what a school's head may not.

use langnghe::store::{collectors, rounds, units};
use langnghe::survey::access::Scope;
use serde_json::{Value, json};

use crate::support::{OTHER_PRIMARY, PRIMARY, ROUND, app, hidden, key};

#[tokio::test]
async fn a_wrong_password_is_refused_and_the_right_one_opens_the_desk() {
    let app = app().await;
    assert_eq!(app.get("/manage").await.status(), 303);
    assert_eq!(app.sign_in("chuyenvien", "SO-AN-LANH").await.status(), 303);
    let desk = app.get("/manage").await;
    assert_eq!(desk.status(), 200);
    assert!(desk.text().await.unwrap().contains("Ý kiến cha mẹ"));
    assert_ne!(
        app.submit("/sign-in", &[("login", "chuyenvien"), ("password", "sai-mat-khau-roi")]).await.status(),
        303
    );
}

#[tokio::test]
async fn an_officer_makes_opens_and_closes_a_round_without_script() {
    let app = app().await;
    app.sign_in("chuyenvien", "SO-AN-LANH").await;
    let page = app.get("/manage/rounds/new").await.text().await.unwrap();
    let csrf = hidden(&page, "_csrf");
    let (day, time) = (hidden(&page, "day\" type=\"date"), "22:00");
    let wrong = app.submit("/manage/rounds/new", &[("_csrf", &csrf), ("title", ""), ("day", &day)]).await;
    assert_eq!(wrong.status(), 422);
    let fields = [("_csrf", csrf.as_str()), ("title", "Phụ huynh THCS"), ("day", &day), ("time", time)];
    let more = [("template", "hai-long-thcs"), ("template", "hai-long-tieu-hoc"), ("unit", PRIMARY)];
    let more = [&more[..], &[("contact", "Phòng Khảo thí")]].concat();
    let made = app.submit("/manage/rounds/new", &[&fields[..], &more[..]].concat()).await;
    assert_eq!(made.headers()["location"], "/manage/rounds/phu-huynh-thcs");
    let opened = app.submit("/manage/rounds/phu-huynh-thcs/open", &[("_csrf", &csrf), ("sure", "1")]).await;
    assert_eq!(opened.headers()["location"], "/manage/rounds/phu-huynh-thcs");
    let links = app.get("/manage/rounds/phu-huynh-thcs/links").await.text().await.unwrap();
    let code = links.split("/k/").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(app.get(&format!("/k/{code}")).await.status(), 200);
    let poster = app.get("/manage/rounds/phu-huynh-thcs/print").await.text().await.unwrap();
    assert!(poster.contains(&format!("/k/{code}/qr.svg")));
    let closed = app
        .submit("/manage/rounds/phu-huynh-thcs/close", &[("_csrf", &csrf), ("sure", "1"), ("reason", "Mưa bão")])
        .await;
    assert_eq!(closed.headers()["location"], "/manage/rounds/phu-huynh-thcs");
    let gone = app.get(&format!("/k/{code}")).await.text().await.unwrap();
    assert!(gone.contains("Đợt lấy ý kiến đã kết thúc"));
}

#[tokio::test]
async fn a_form_without_its_secret_or_from_another_site_changes_nothing() {
    let app = app().await;
    app.sign_in("chuyenvien", "SO-AN-LANH").await;
    let path = format!("/manage/rounds/{ROUND}/close");
    assert_ne!(app.submit(&path, &[("sure", "1")]).await.status(), 303);
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
    app.sign_in("hieutruong", PRIMARY).await;
    for path in ["/manage", "/manage/rounds/tieu-hoc", "/manage/rounds/tieu-hoc/export.csv", "/manage/alerts"] {
        assert_eq!(app.get(path).await.status(), 403, "{path}");
    }
}

#[tokio::test]
async fn rows_go_to_the_steering_unit_as_csv_that_excel_reads() {
    let app = app().await;
    app.fill_in(PRIMARY, &[("A1", "5"), ("A2", "9"), ("ban_tru", "khong"), ("G2", "=1+1\n\"mát\"; sạch")]).await;
    app.sign_in("chuyenvien", "SO-AN-LANH").await;
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

#[tokio::test]
async fn a_corrected_number_of_pupils_is_what_the_response_rate_is_made_of() {
    let app = app().await;
    for i in 0..30 {
        app.send(PRIMARY, key(), json!({"A1": (1 + i % 5).to_string()})).await;
    }
    app.sign_in("chuyenvien", "SO-AN-LANH").await;
    let csrf = app.csrf().await;
    let unit = |code: &str| app.state.store.read_now(|db| units::id_by_code(db, code)).unwrap().unwrap().to_string();
    let path = format!("/manage/rounds/{ROUND}/units/correct");
    for (school, eligible) in [(PRIMARY, "120"), (OTHER_PRIMARY, "80")] {
        let unit = unit(school);
        let fields = [("_csrf", csrf.as_str()), ("unit", &unit), ("level", "tieu_hoc"), ("eligible", eligible)];
        assert_eq!(app.submit(&path, &fields).await.status(), 303);
    }
    app.freeze().await;
    let front = app.token("SO-AN-LANH", Scope::Aggregates);
    let told =
        app.feed(&front, &format!("/api/v1/rounds/{ROUND}/tallies?by=total")).await.json::<Value>().await.unwrap();
    for group in [&told["groups"][0], &told["questionnaires"][0]["groups"][0]] {
        assert_eq!(group["eligible"], 200);
        assert_eq!(group["response_rate"], json!({"k": 30, "n": 200, "percent": "15.0"}));
    }
}

#[tokio::test]
async fn the_round_of_another_office_does_not_exist_for_a_ward() {
    let app = app().await;
    app.send(PRIMARY, key(), json!({"G3": "Con bị đánh ở cổng trường, con sợ lắm"})).await;
    app.sign_in("canbo", "P-HOA-BAN").await;
    let csrf = app.csrf().await;
    for page in ["", "/units", "/links", "/print", "/export.csv"] {
        assert_eq!(app.get(&format!("/manage/rounds/{ROUND}{page}")).await.status(), 404, "{page}");
    }
    let code = app.state.store.read_now(|db| collectors::of_round(db, app.round.id)).unwrap().remove(0);
    let before =
        app.state.store.read_now(|db| Ok((rounds::by_id(db, app.round.id)?, rounds::targets(db, app.round.id)?)));
    let (id, unit) = (code.id.to_string(), code.unit_id.to_string());
    let fields = [
        ("_csrf", &*csrf),
        ("sure", "1"),
        ("day", "2100-01-01"),
        ("time", "08:00"),
        ("allow", "1"),
        ("unit", &unit),
        ("level", "tieu_hoc"),
        ("eligible", "7"),
        ("id", &id),
        ("channel", "truong"),
    ];
    let posts = ["open", "extend", "close", "freeze", "interim", "units/correct", "units/remove", "units/add"];
    for what in posts.iter().chain(&["links/revoke", "links/add"]) {
        assert_eq!(app.submit(&format!("/manage/rounds/{ROUND}/{what}"), &fields).await.status(), 404, "{what}");
    }
    let after =
        app.state.store.read_now(|db| Ok((rounds::by_id(db, app.round.id)?, rounds::targets(db, app.round.id)?)));
    assert_eq!(format!("{before:?}"), format!("{after:?}"));
    let codes = app.state.store.read_now(|db| collectors::of_round(db, app.round.id)).unwrap();
    assert!(codes.len() == 4 && codes.iter().all(|code| code.revoked_at.is_none()));
}

#[tokio::test]
async fn the_lists_of_a_ward_hold_nothing_of_another_offices_round() {
    let app = app().await;
    app.send(PRIMARY, key(), json!({"G3": "Con bị đánh ở cổng trường, con sợ lắm"})).await;
    app.token("SO-AN-LANH", Scope::Aggregates);
    let seen = async |path: &str| app.get(path).await.text().await.unwrap();
    let signs = [("/manage", "Ý kiến cha mẹ"), ("/manage/alerts", "con sợ lắm"), ("/manage/tokens", ">test<")];
    app.sign_in("canbo", "P-HOA-BAN").await;
    for (path, sign) in signs {
        assert!(!seen(path).await.contains(sign), "{path}");
    }
    app.sign_in("chuyenvien", "SO-AN-LANH").await;
    for (path, sign) in signs {
        assert!(seen(path).await.contains(sign), "the office sees its own on {path}");
    }
}
