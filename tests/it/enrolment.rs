//! Pupils behind forms: each counted once, never guessed, and what is drawn in each school on its own is told with weights.

use langnghe::analysis::method::{Design, GroupRule, Method, Reach};
use langnghe::store::round_methods::{self, Decision};
use langnghe::store::rounds::{self, TargetRow};
use langnghe::store::units;
use langnghe::survey::access::Role;
use serde_json::{Value, json};

use crate::people::{Desk, id_of};
use crate::support::{OTHER_PRIMARY, PRIMARY, ROUND, TestApp, app, app_for, key};

const UPPER: &str = "THPT-BEN-SEN";

async fn analyst(app: &TestApp) -> Desk<'_> {
    Desk::of(app, "phan-tich", "SO-AN-LANH", &[Role::PhanTich]).await
}

fn page(below: &str) -> String {
    format!("/analyse/{ROUND}{below}")
}

fn decide(app: &TestApp, method: Method) {
    let (account, now) = (id_of(app, "phan-tich"), app.state.clock.now());
    let decision = Decision { method, basis: "Bốc thăm từ danh sách lớp", reason: "" };
    app.change(|db, round| round_methods::decide(db, round, decision, account, now));
}

/// So many forms of a primary school, of which some are content with A1.
async fn forms(app: &TestApp, school: &str, content: usize, n: usize) {
    for form in 0..n {
        let mark = if form < content { "5" } else { "2" };
        assert_eq!(app.send(school, key(), json!({"A1": mark})).await.status(), 201);
    }
}

/// Nobody knows how many pupils a primary school has.
fn forget(app: &TestApp, school: &str) {
    app.change(|db, round| {
        let unit_id = units::id_by_code(db, school)?.unwrap();
        rounds::put_target(db, round, &TargetRow { unit_id, level: "tieu_hoc".to_owned(), eligible: None })
    });
}

#[actix_web::test]
async fn pupils_are_counted_once_where_parents_and_pupils_are_asked() {
    let app = app_for(&["hai-long-thpt", "hai-long-hoc-sinh-thpt"], &[UPPER]).await;
    for questionnaire in ["hai-long-thpt", "hai-long-thpt", "hai-long-hoc-sinh-thpt"] {
        let form = json!({"key": key(), "questionnaire": questionnaire, "answers": {"A1": "5"}});
        assert_eq!(app.post(app.code(UPPER), form).await.status(), 201);
    }
    let desk = analyst(&app).await;
    for (audience, n) in [("phu_huynh", 2), ("hoc_sinh", 1)] {
        let units = desk.page(&page(&format!("/units?audience={audience}"))).await;
        assert!(units.contains(&format!(">{n} / 1.038<")), "{units}");
    }
    let sizes = desk.page(&format!("/analyse/sample-size?round={ROUND}")).await;
    assert!(sizes.matches(">1.038<").count() == 4 && !sizes.contains("2.076"), "a school and all, twice: {sizes}");
}

#[actix_web::test]
async fn progress_still_expects_a_form_from_parents_and_one_from_pupils() {
    let app = app_for(&["hai-long-thpt", "hai-long-hoc-sinh-thpt"], &[UPPER]).await;
    let desk = Desk::of(&app, "chu-tri", "SO-AN-LANH", &[Role::ChuTri]).await;
    let progress = desk.page(&format!("/manage/rounds/{ROUND}/progress")).await;
    assert!(progress.contains("0 / 2.076"), "{progress}");
}

#[actix_web::test]
async fn a_sample_drawn_in_each_school_has_no_plain_interval_over_schools() {
    let app = app().await;
    forms(&app, PRIMARY, 6, 30).await;
    forms(&app, OTHER_PRIMARY, 27, 30).await;
    let desk = analyst(&app).await;
    decide(&app, Method { reach: Reach::Drawn(Design::Stratified), ..Method::USUAL });
    let whole = desk.page(&page("")).await;
    // (1640·0,2 + 1186·0,9) / 2826, where 33 of 60 are 55 %
    assert!(whole.contains("<p>49,4\u{a0}% (khoảng ") && whole.contains("Số đếm được: 55,0\u{a0}% (33/60"), "{whole}");
    assert!(whole.contains("đếm được 33/60)"), "the bars are those with weights: {whole}");
    let table = desk.page(&page("/lowest.csv")).await;
    assert!(table.contains(";55,0;33;60;49,4;"), "{table}");
    let one = desk.page(&page(&format!("?unit={PRIMARY}"))).await;
    assert!(one.contains("<p>20,0\u{a0}% (khoảng "), "one school is a simple sample: {one}");
    let levels = desk.page(&page("/levels")).await;
    assert!(levels.contains("phải tính có trọng số") && !levels.contains("%, rộng nhất"), "{levels}");
    let units = desk.page(&page("/units")).await;
    assert!(units.contains("Cả đợt, có trọng số: 49,4") && units.contains("khác mức chung, ngoài sai số"), "{units}");
    assert!(units.contains("Trong 2 đơn vị có từ 30 câu trả lời, 2 đơn vị khác mức chung"), "{units}");
    let figures: Value = desk.get(&page("/figures.json")).await.json().await.unwrap();
    let items = figures["audiences"][0]["items"].as_array().unwrap();
    let a1 = items.iter().find(|item| item["code"] == "A1").unwrap();
    assert!(a1["sure"]["none"].is_string() && a1["weighted"]["sure"]["share_wilson"].is_array(), "{a1}");
}

#[actix_web::test]
async fn a_missing_number_of_pupils_is_named_and_never_guessed() {
    let app = app().await;
    forms(&app, PRIMARY, 30, 30).await;
    forms(&app, OTHER_PRIMARY, 10, 30).await;
    forget(&app, PRIMARY);
    let desk = analyst(&app).await;
    decide(&app, Method { groups: GroupRule::ByPupils, reach: Reach::Drawn(Design::Stratified), ..Method::USUAL });
    for below in ["", "/units", "/levels"] {
        let page = desk.page(&page(below)).await;
        assert!(page.contains("Chưa rõ số học sinh của Trường Tiểu học Hoa Mai (Tiểu học);"), "{below}: {page}");
        assert!(!page.contains("nhiều phiếu hơn học sinh") && !page.contains("1.186 học sinh"), "{below}: {page}");
    }
    assert!(desk.page(&page("")).await.contains("phải biết số học sinh của từng nơi"));
    let one_channel = desk.page(&page("?channel=truong")).await;
    assert!(one_channel.contains("của riêng một kênh không tính được"), "{one_channel}");
    let figures: Value = desk.get(&page("/figures.json")).await.json().await.unwrap();
    let whole = &figures["audiences"][0]["whole"];
    assert_eq!((&whole["pupils"], &whole["pupils_missing"]), (&Value::Null, &json!(["TH-HOA-MAI tieu_hoc"])));
}

#[actix_web::test]
async fn forms_without_a_weight_stand_in_neither_column() {
    let app = app().await;
    forms(&app, PRIMARY, 3, 3).await;
    forms(&app, OTHER_PRIMARY, 1, 3).await;
    forget(&app, PRIMARY);
    let desk = analyst(&app).await;
    let weights = desk.page(&page("/weights")).await;
    assert!(weights.contains("chỉ gồm 3 phiếu") && weights.contains("Còn 3 phiếu ở nơi chưa biết"), "{weights}");
    assert!(weights.contains("33,3\u{a0}%<small>1/3</small>") && !weights.contains("4/6"), "{weights}");
    let table = desk.page(&page("/weights.csv")).await;
    let line = table.lines().find(|line| line.starts_with("A1,")).unwrap();
    assert!(line.contains(",1,3,33.333") && line.contains(",0.0000000000,"), "weighting changes nothing here: {line}");
}

#[actix_web::test]
async fn levels_by_pupils_name_the_school_whose_pupils_are_missing() {
    let app = app_for(&["hai-long-tieu-hoc", "hai-long-thcs"], &["THTHCS-DONG-SEN", PRIMARY]).await;
    for questionnaire in ["hai-long-tieu-hoc", "hai-long-thcs"] {
        let form = json!({"key": key(), "questionnaire": questionnaire, "answers": {"A1": "5"}});
        assert_eq!(app.post(app.code("THTHCS-DONG-SEN"), form).await.status(), 201);
    }
    let desk = analyst(&app).await;
    decide(&app, Method { groups: GroupRule::ByPupils, ..Method::USUAL });
    assert!(!desk.page(&page("/levels")).await.contains("Chưa gộp được"));
    forget(&app, PRIMARY);
    app.state.clock.advance(3);
    for below in ["", "/levels", "/method"] {
        let page = desk.page(&page(below)).await;
        assert!(page.contains("chưa biết số học sinh của Trường Tiểu học Hoa Mai (Tiểu học)."), "{below}: {page}");
    }
}

#[actix_web::test]
async fn the_pupils_of_a_school_that_was_taken_out_stay_as_its_forms_do() {
    let app = app().await;
    forms(&app, PRIMARY, 1, 1).await;
    let now = app.state.clock.now();
    app.change(|db, round| {
        for school in [PRIMARY, OTHER_PRIMARY] {
            let unit = units::id_by_code(db, school)?.unwrap();
            rounds::remove_unit(db, round, unit, now)?;
        }
        Ok(())
    });
    let figures: Value = analyst(&app).await.get(&page("/figures.json")).await.json().await.unwrap();
    let whole = &figures["audiences"][0]["whole"];
    assert_eq!((&whole["n"], &whole["pupils"]), (&json!(1), &json!(1640)), "nothing came from the other: {whole}");
}

#[actix_web::test]
async fn nobody_who_was_not_drawn_is_said_to_be_silent() {
    let app = app().await;
    forms(&app, PRIMARY, 1, 4).await;
    let desk = analyst(&app).await;
    let silent = "chưa trả lời và có thể nghĩ khác";
    assert!(desk.page(&page("")).await.contains(silent));
    for design in [Design::Simple, Design::Stratified] {
        decide(&app, Method { reach: Reach::Drawn(design), ..Method::USUAL });
        let page = desk.page(&page("")).await;
        assert!(!page.contains(silent) && page.contains("không biết đã chọn bao nhiêu người"), "{page}");
    }
}

/// How wide the interval of a mean over forty forms is where a school has so many pupils.
async fn width(pupils: i64) -> Option<f64> {
    let app = app().await;
    let desk = analyst(&app).await;
    decide(&app, Method { reach: Reach::Drawn(Design::Simple), ..Method::USUAL });
    app.change(|db, round| {
        let unit_id = units::id_by_code(db, PRIMARY)?.unwrap();
        rounds::put_target(db, round, &TargetRow { unit_id, level: "tieu_hoc".to_owned(), eligible: Some(pupils) })
    });
    forms(&app, PRIMARY, 30, 40).await;
    let table = desk.page(&page(&format!("/crosstab.csv?row=A1&column=_unit&means=1&unit={PRIMARY}"))).await;
    let line = table.lines().find(|line| line.starts_with(PRIMARY)).expect("the school's line");
    let end = |at: usize| line.split(',').nth(at).and_then(|end| end.parse::<f64>().ok());
    end(5).zip(end(6)).map(|(low, high)| high - low)
}

#[actix_web::test]
async fn a_crosstab_has_no_interval_where_more_forms_than_pupils_came() {
    let (of_many, of_fifty) = (width(1_000_000).await.unwrap(), width(50).await.unwrap());
    // √(1 − n / N) of what a sample of very many has
    assert!((of_fifty / of_many - (1.0_f64 - 40.0 / 50.0).sqrt()).abs() < 0.001, "{of_fifty} {of_many}");
    assert_eq!(width(39).await, None);
}
