//! A group of which enough forms have come in: told where it was chosen, by its name.

use langnghe::store::quotas::{self, StratumQuota};
use reqwest::{Client, StatusCode};
use serde_json::json;

use crate::phone::{begin, fill_in, location, open, phone, press, review, send};
use crate::support::{FORM, PRIMARY, TestApp, app, key};

/// A round that counts one form of grade 3.
async fn one_of_grade_3() -> TestApp {
    let app = app().await;
    let entrance = app.state.catalogue.entrance(app.code(PRIMARY).parse().unwrap()).await.unwrap().unwrap();
    let version_id = entrance.form(Some(FORM)).unwrap().id;
    let limit = StratumQuota { version_id, stratum: "lop_3".to_owned(), most: 1 };
    app.change(|db, id| quotas::replace(db, id, None, &[limit]));
    app
}

async fn fill_it(app: &TestApp) {
    assert_eq!(app.send(PRIMARY, key(), json!({"A1": "5", "khoi_lop": "lop_3"})).await.status(), 201);
}

/// Leaves the part in which the grade is chosen.
async fn choose(app: &TestApp, phone: &Client, form: &str, grade: &str, step: &str) -> reqwest::Response {
    fill_in(app, phone, form, &[("_phan", "1"), ("_di", step), ("khoi_lop", grade)]).await
}

#[tokio::test]
async fn a_full_group_is_told_beside_the_question_as_soon_as_its_part_is_left() {
    let app = one_of_grade_3().await;
    fill_it(&app).await;
    let parent = phone();
    let form = begin(&app, &parent, &[]).await;
    assert_eq!(choose(&app, &parent, &form, "lop_3", "kiem").await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let refused = choose(&app, &parent, &form, "lop_3", "tiep").await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text().await.unwrap();
    assert!(page.contains("Nhóm “Lớp 3” đã nhận đủ phiếu") && page.contains("href=\"#khoi_lop\""), "{page}");
    let review = review(&app, &parent, &form).await;
    assert!(review.contains("Nhóm “Lớp 3” đã nhận đủ phiếu") && !review.contains("_key"), "{review}");
    assert_eq!(choose(&app, &parent, &form, "lop_4", "tiep").await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_form_whose_group_became_full_meanwhile_is_told_which_group_it_is() {
    let app = one_of_grade_3().await;
    let parent = phone();
    let form = begin(&app, &parent, &[]).await;
    choose(&app, &parent, &form, "lop_3", "tiep").await;
    let review = review(&app, &parent, &form).await;
    fill_it(&app).await;
    let refused = send(&app, &parent, &review, &[]).await;
    assert_eq!(refused.status(), StatusCode::GONE);
    let page = refused.text().await.unwrap();
    assert!(page.contains("Đã đủ số phiếu") && page.contains("Nhóm “Lớp 3”"), "{page}");
}

#[tokio::test]
async fn a_trial_says_of_a_full_group_what_a_parent_would_be_told() {
    let app = one_of_grade_3().await;
    app.sign_in("chuyen.vien", "SO-AN-LANH").await;
    let (csrf, path) = (app.csrf().await, format!("/k/{}/thu", app.code(PRIMARY)));
    let form = location(&press(&app, &app.client, &path, &[("_csrf", &csrf)]).await);
    choose(&app, &app.client, &form, "lop_3", "tiep").await;
    let trial = review(&app, &app.client, &form).await;
    fill_it(&app).await;
    let tried = send(&app, &app.client, &trial, &[]).await.text().await.unwrap();
    assert!(tried.contains("không được nhận") && tried.contains("Nhóm “Lớp 3” đã nhận đủ phiếu"), "{tried}");
    let told = choose(&app, &app.client, &form, "lop_3", "tiep").await;
    assert_eq!(told.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(open(&app, &app.client, &form).await.status(), StatusCode::OK);
}
