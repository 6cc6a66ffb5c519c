//! Quotas: as many forms as shall count, not one more, and the officer can see what a form would meet.

use futures_util::future::join_all;
use langnghe::store::quotas::{self, StratumQuota};
use langnghe::store::{rounds, units};
use reqwest::Response;
use serde_json::{Value, json};

use crate::support::{FORM, OTHER_PRIMARY, PRIMARY, ROUND, TestApp, app, app_for, key};

const TWO_LEVELS: &str = "THTHCS-DONG-SEN";

/// A round that counts so many forms of each school, and so many of grade 3.
async fn limited(unit_most: Option<i64>, grade_3: Option<i64>) -> TestApp {
    let app = app().await;
    let code = app.code(PRIMARY).parse().unwrap();
    let entrance = app.state.catalogue.entrance(code).await.unwrap().unwrap();
    let version_id = entrance.form(Some(FORM)).unwrap().id;
    let strata: Vec<StratumQuota> =
        grade_3.map(|most| StratumQuota { version_id, stratum: "lop_3".to_owned(), most }).into_iter().collect();
    app.change(|db, id| quotas::replace(db, id, unit_most, &strata));
    app
}

fn count(answers: &[Response], status: u16) -> usize {
    answers.iter().filter(|answer| answer.status() == status).count()
}

#[tokio::test]
async fn sixty_forms_at_once_for_forty_places_are_forty() {
    let app = limited(Some(40), None).await;
    let answers = join_all((0..60).map(|_| app.send(PRIMARY, key(), json!({"A1": "5"})))).await;
    assert_eq!((count(&answers, 201), count(&answers, 410)), (40, 20));
    assert_eq!((app.stored(), app.counted()), (40, 40));
    let full: Value = app.send(PRIMARY, key(), json!({"A1": "5"})).await.json().await.unwrap();
    assert_eq!(full["reason"], "quota_full");
    assert_eq!(app.send(OTHER_PRIMARY, key(), json!({"A1": "5"})).await.status(), 201, "each school has its own");
}

#[tokio::test]
async fn the_quota_of_a_grade_is_for_all_schools_together_and_leaves_other_grades_alone() {
    let app = limited(None, Some(3)).await;
    let grade = |n: u8| json!({"A1": "5", "khoi_lop": format!("lop_{n}")});
    let sends = [PRIMARY, OTHER_PRIMARY].into_iter().cycle().take(10).map(|unit| app.send(unit, key(), grade(3)));
    assert_eq!(count(&join_all(sends).await, 201), 3);
    assert_eq!(app.send(PRIMARY, key(), grade(4)).await.status(), 201);
    assert_eq!(app.counted(), 4);
}

#[tokio::test]
async fn a_repeat_is_thanked_although_the_quota_is_full() {
    let app = limited(Some(1), None).await;
    let own = key();
    assert_eq!(app.send(PRIMARY, own, json!({"A1": "5"})).await.status(), 201);
    assert_eq!(app.send(PRIMARY, own, json!({"A1": "5"})).await.status(), 200);
    assert_eq!(app.send(PRIMARY, own, json!({"A1": "1"})).await.status(), 409);
    assert_eq!(app.send(PRIMARY, key(), json!({"A1": "5"})).await.status(), 410);
}

#[tokio::test]
async fn a_parent_reads_that_enough_forms_came_in_before_beginning_and_after_sending() {
    let app = limited(Some(1), None).await;
    let begun = app.begin(PRIMARY).await;
    app.send(PRIMARY, key(), json!({"A1": "5"})).await;
    let late = app.finish(PRIMARY, begun, &[("A1", "4")]).await;
    assert_eq!(late.status(), 410);
    assert!(late.text().await.unwrap().contains("Đã đủ số phiếu"));
    for page in ["", "/phieu"] {
        let page = app.get(&format!("/k/{}{page}", app.code(PRIMARY))).await.text().await.unwrap();
        assert!(page.contains("Đã đủ số phiếu") && !page.contains("_key"), "{page}");
    }
}

/// What the page answers to a form that is tried with these fields.
async fn answer(app: &TestApp, fields: &str) -> String {
    let page = app.get(&format!("/manage/rounds/{ROUND}/admission?{fields}")).await.text().await.unwrap();
    let answer = page.split("role=\"status\"><b>").chain(page.split("role=\"alert\">").skip(1)).nth(1);
    answer.unwrap_or_default().split("</").next().unwrap().to_owned()
}

#[tokio::test]
async fn before_opening_an_officer_sees_what_happens_when_a_quota_is_full() {
    let app = limited(Some(40), None).await;
    app.change(|db, id| rounds::open(db, id, app.state.clock.now() + chrono::TimeDelta::days(1)));
    app.sign_in("canbo", "SO-AN-LANH").await;
    let unit = app.state.store.read_now(|db| units::id_by_code(db, PRIMARY)).unwrap().unwrap();
    let before = answer(&app, &format!("unit={unit}")).await;
    assert!(before.starts_with("Khi đợt mở, ") && before.contains("còn 40 phiếu"), "{before}");
    let full = answer(&app, &format!("unit={unit}&already=40")).await;
    assert!(full.starts_with("Nếu đã có 40 phiếu, ") && full.contains("đã đủ"), "{full}");
    assert!(answer(&app, &format!("unit={unit}&already=nhieu")).await.contains("từ 0 trở lên"));
    let page = app.get(&format!("/manage/rounds/{ROUND}/admission?unit={unit}&already=39")).await.text().await.unwrap();
    assert!(page.contains(&format!("value=\"{unit}\" selected")) && page.contains("value=\"39\""), "{page}");
    assert!(page.contains("admission#thu\"") && page.contains("id=\"thu\""), "the page lands at the answer");
}

#[tokio::test]
async fn a_school_is_tried_with_its_own_groups_only() {
    let app = app_for(&[FORM, "hai-long-thcs"], &[PRIMARY, TWO_LEVELS]).await;
    app.sign_in("canbo", "SO-AN-LANH").await;
    let number = |code: &str| app.state.store.read_now(|db| units::id_by_code(db, code)).unwrap().unwrap();
    let page = format!("/manage/rounds/{ROUND}/admission?unit=");
    let groups = async |code: &str| {
        let page = app.get(&format!("{page}{}", number(code))).await.text().await.unwrap();
        let select = page.split("id=\"thu-nhom\"").nth(1).unwrap().split("</select>").next().unwrap().to_owned();
        select.split("value=\"").skip(2).map(|part| part.split('"').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let (one, both) = (groups(PRIMARY).await, groups(TWO_LEVELS).await);
    let grade_6 = both.iter().find(|field| field.ends_with("-lop_6")).unwrap();
    assert!(one.iter().any(|field| field.ends_with("-lop_3")) && one.len() < both.len(), "{one:?} {both:?}");
    assert!(!one.contains(grade_6), "{one:?}");
    let impossible = answer(&app, &format!("unit={}&place={grade_6}", number(PRIMARY))).await;
    assert!(impossible.contains("không có nhóm vừa chọn"), "{impossible}");
    assert!(answer(&app, "unit=0").await.contains("Không tìm thấy trường"));
}

#[tokio::test]
async fn an_officer_sets_quotas_before_opening_and_tries_a_form_without_counting_it() {
    let app = app().await;
    app.sign_in("canbo", "SO-AN-LANH").await;
    app.change(|db, id| rounds::open(db, id, app.state.clock.now() + chrono::TimeDelta::days(1)));
    let csrf = app.csrf().await;
    let page = format!("/manage/rounds/{ROUND}/admission");
    let form = app.get(&page).await.text().await.unwrap();
    let grade_3 = form.split("name=\"").filter_map(|part| part.split('"').next()).find(|name| name.ends_with("lop_3"));
    let grade_3 = grade_3.unwrap().to_owned();
    let wrong = [("_csrf", &*csrf), ("access", "open"), ("unit_most", "0")];
    assert_eq!(app.submit(&page, &wrong).await.status(), 422);
    let fields = [("_csrf", &*csrf), ("access", "open"), ("unit_most", "2"), (&*grade_3, "1")];
    assert_eq!(app.submit(&page, &fields).await.status(), 303);
    app.change(|db, id| rounds::open(db, id, app.state.clock.now()));
    let unit = form.split("<option value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let tried = async |place: &str| {
        let asked = app.get(&format!("{page}?unit={unit}&place={place}")).await.text().await.unwrap();
        asked.split("role=\"status\"><b>").nth(1).unwrap().split("</b>").next().unwrap().to_owned()
    };
    assert!(tried("").await.contains("còn 2 phiếu"));
    assert!(tried(&grade_3).await.contains("còn 1 phiếu"));
    app.send(PRIMARY, key(), json!({"khoi_lop": "lop_3", "A1": "5"})).await;
    app.send(OTHER_PRIMARY, key(), json!({"A1": "5"})).await;
    assert!(tried(&grade_3).await.contains("Đã đủ số phiếu"));
    assert_eq!(app.counted(), 2, "nothing was counted by trying");
    assert_eq!(app.submit(&page, &fields).await.status(), 422, "too late to change");
}
