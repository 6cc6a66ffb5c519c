//! Devices that many people use, pages of other sites, and schools that have enough forms: nobody's form is lost to them.

use langnghe::store::quotas;
use reqwest::header::SET_COOKIE;
use reqwest::{Client, Response, StatusCode};
use serde_json::json;

use crate::phone::{begin, fill_in, location, open, phone, review, send};
use crate::support::{OTHER_PRIMARY, PRIMARY, TestApp, app, key};

/// A form that a page of another site sends by itself.
async fn from_another_site(app: &TestApp, phone: &Client, path: &str) -> Response {
    phone.post(app.path(path)).header("Sec-Fetch-Site", "cross-site").form(&[("lang", "vi")]).send().await.unwrap()
}

#[tokio::test]
async fn no_page_of_another_site_changes_what_a_telephone_is_or_holds() {
    let app = app().await;
    let parent = phone();
    let form = begin(&app, &parent, &[]).await;
    for step in ["may-chung", "phieu"] {
        let answer = from_another_site(&app, &parent, &format!("/k/{}/{step}", app.code(PRIMARY))).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        assert!(!answer.headers().contains_key(SET_COOKIE), "{step}");
    }
    assert_eq!(open(&app, &parent, &form).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_device_for_everybody_stands_for_one_poster() {
    let app = app().await;
    let [own, other] = [PRIMARY, OTHER_PRIMARY].map(|unit| format!("/k/{}", app.code(unit)));
    let tablet = phone();
    tablet.post(app.path(&format!("{own}/may-chung"))).send().await.unwrap();
    open(&app, &tablet, &format!("{own}/may-chung")).await;
    let form = begin(&app, &tablet, &[]).await;
    fill_in(&app, &tablet, &form, &[("_phan", "2"), ("_di", "luu"), ("A1", "1")]).await;
    assert!(location(&open(&app, &tablet, &other).await).starts_with(&format!("{own}/may-chung")));
    tablet.post(app.path(&format!("{other}/may-chung"))).send().await.unwrap();
    assert_eq!(open(&app, &tablet, &form).await.status(), StatusCode::FORBIDDEN, "the last person's answers");
}

/// A school from which one form counts, and has come in.
async fn enough() -> (TestApp, Client, String) {
    let app = app().await;
    app.change(|db, id| quotas::replace(db, id, Some(1), &[]));
    app.state.catalogue.refresh().unwrap();
    let parent = phone();
    let form = begin(&app, &parent, &[]).await;
    fill_in(&app, &parent, &form, &[("_phan", "2"), ("_di", "luu"), ("A1", "4")]).await;
    (app, parent, form)
}

#[tokio::test]
async fn a_school_that_has_enough_forms_says_so_at_the_next_part() {
    let (app, parent, form) = enough().await;
    assert_eq!(app.send(PRIMARY, key(), json!({"A1": "5"})).await.status(), StatusCode::CREATED);
    for step in ["kiem", "tiep"] {
        let answer = fill_in(&app, &parent, &form, &[("_phan", "3"), ("_di", step)]).await;
        assert_eq!(answer.status(), StatusCode::GONE, "{step}");
    }
    assert!(review(&app, &parent, &form).await.contains("Đã đủ số phiếu"));
}

#[tokio::test]
async fn the_receipt_of_the_last_form_that_counts_asks_for_no_other() {
    let (app, parent, form) = enough().await;
    let review = review(&app, &parent, &form).await;
    let receipt = location(&send(&app, &parent, &review, &[]).await);
    let page = open(&app, &parent, &receipt).await.text().await.unwrap();
    assert!(page.contains("Đã nhận phiếu") && !page.contains("Trả lời cho con khác"), "{page}");
}
