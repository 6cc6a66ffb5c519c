//! Paper hides nothing: what stands on a sheet although its other answers do not lead to it is told to whoever types. And a bundle
//! knows whose forms lie in it.

use reqwest::StatusCode;

use crate::paper::Typist;
use crate::support::{FORM, PRIMARY, ROUND, app, app_for};

const BOTH: &str = "THTHCS-DONG-SEN";
/// The child does not stay for lunch, and the lunch is rated.
const ODD: [(&str, &str); 3] = [("ban_tru", "2"), ("A1", "5"), ("D6", "4")];
const STANDS_THERE: (&str, &str) = ("giu-nguyen", "D6");

#[tokio::test]
async fn an_answer_against_a_condition_is_told_beside_its_question_with_the_numbers_on_paper() {
    let app = app().await;
    let typist = Typist::new(&app, "nhap-mot").await;
    let form = format!("{}/forms/1", typist.begin("1", false).await);
    let page = typist.desk.page(&form).await;
    assert!(page.contains("<b>T2</b>") && !page.contains("<b>ban_tru</b>"), "as on paper: {page}");
    let odd = typist.desk.post(&form, &ODD).await;
    assert_eq!(odd.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = odd.text().await.unwrap();
    assert!(page.contains("id=\"loi-D6\">Theo câu T2"), "{page}");
    assert!(page.contains("name=\"giu-nguyen\" value=\"D6\">"), "{page}");
    let other = [&ODD[..], &[("D7", "3"), STANDS_THERE]].concat();
    assert_eq!(typist.desk.post(&form, &other).await.status(), 422, "nobody looked at the next one");
    assert_eq!(typist.desk.post(&form, &[("ban_tru", "1"), ("A1", "5"), ("D6", "4")]).await.status(), 303, "mistyped");
}

#[tokio::test]
async fn what_really_stands_on_the_sheet_does_not_count_and_the_bundle_says_so() {
    let app = app().await;
    let typist = Typist::new(&app, "nhap-mot").await;
    let batch = typist.begin("2", false).await;
    typist.types(&batch, 1, &[&ODD[..], &[STANDS_THERE]].concat()).await;
    typist.types(&batch, 2, &[("ban_tru", "1"), ("D6", "4")]).await;
    let page = typist.desk.page(&format!("{batch}/forms/1")).await;
    assert!(page.contains("value=\"D6\" checked") && !page.contains("loi-D6"), "said already: {page}");
    assert_eq!(typist.close(&batch, "").await, StatusCode::SEE_OTHER);
    let answers = app.answers();
    let rated = answers.iter().filter(|answers| answers.get("D6").is_some()).count();
    assert_eq!((answers.len(), rated), (2, 1), "{answers:?}");
    let page = typist.desk.page(&batch).await;
    assert!(page.contains("Câu D6: 1 phiếu"), "kept when the sheets are forgotten: {page}");
}

#[tokio::test]
async fn whoever_decides_between_two_readings_is_told_as_well() {
    let app = app().await;
    let typist = Typist::new(&app, "nhap-mot").await;
    let batch = typist.begin("1", true).await;
    typist.types(&batch, 1, &[("ban_tru", "1"), ("D6", "4")]).await;
    let compare = typist.again(&batch, 1, &[("ban_tru", "1"), ("D6", "5")]).await;
    let neither = [("chon-D6", "first")];
    assert_eq!(typist.desk.post(&compare, &neither).await.status(), 303);
    let batch = typist.begin("1", true).await;
    typist.types(&batch, 1, &[("ban_tru", "1"), ("A1", "5"), ("D6", "4")]).await;
    let compare = typist.again(&batch, 1, &[("ban_tru", "2"), ("A1", "5")]).await;
    let mixed = [("chon-ban_tru", "second"), ("chon-D6", "first")];
    let odd = typist.desk.post(&compare, &mixed).await;
    assert_eq!(odd.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(odd.text().await.unwrap().contains("Theo câu T2"));
    assert_eq!(typist.desk.post(&compare, &[&mixed[..], &[STANDS_THERE]].concat()).await.status(), 303);
}

#[tokio::test]
async fn a_bundle_takes_the_only_form_of_its_school_and_asks_where_there_are_two() {
    let app = app_for(&[FORM, "hai-long-thcs"], &[BOTH, PRIMARY]).await;
    let typist = Typist::new(&app, "nhap-mot").await;
    let alone = typist.begin("1", false).await;
    assert!(typist.desk.page(&alone).await.contains("trường tiểu học"), "the only one of the primary school");
    let day = app.state.clock.today().to_string();
    let numbers = [("day", &*day), ("handed_out", "9"), ("returned", "4"), ("valid", "1")];
    let new = [&[("round", ROUND), ("code", app.code(BOTH))][..], &numbers].concat();
    let refused = typist.desk.post("/manage/paper/new", &new).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text().await.unwrap();
    assert!(page.contains("Trường này có nhiều mẫu phiếu") && page.contains("trường trung học cơ sở"), "{page}");
}
