//! A round beside earlier ones: only what asked the same is compared, and schools that were merged since are followed.

use chrono::TimeDelta;
use langnghe::analysis::method::{Design, Method, Reach};
use langnghe::store::round_methods::{self, Decision};
use langnghe::store::rounds::RoundRow;
use langnghe::store::successions::{self, Record};
use langnghe::store::{collectors, rounds, units};
use langnghe::survey::access::Role;
use langnghe::survey::templates;
use langnghe::survey::unit::succession::{Change, Heir};
use langnghe::survey::unit::{Kinds, Unit};
use serde_json::json;

use crate::people::{Desk, id_of};
use crate::support::{FORM, OTHER_PRIMARY, PRIMARY, ROUND, TestApp, app, app_for, key, round_of};

/// A later round of the same office, whose questionnaire was changed like this.
fn later(app: &TestApp, slug: &str, change: impl FnOnce(String) -> String, schools: &[&str]) -> RoundRow {
    later_asking(app, slug, vec![change(templates::find(FORM).unwrap().text.to_owned())], schools)
}

/// The same with these questionnaires.
fn later_asking(app: &TestApp, slug: &str, texts: Vec<String>, schools: &[&str]) -> RoundRow {
    let round = round_of(&app.state, slug, texts, schools);
    let closes = round.closes_at + TimeDelta::days(90);
    app.state.store.write_now(|db| rounds::close_at(db, round.id, closes)).unwrap();
    app.state.catalogue.refresh().unwrap();
    round
}

/// So many forms with these answers to A1 at a school.
async fn answer(app: &TestApp, round: &RoundRow, school: &str, a1: &[&str]) {
    let id = app.state.store.read_now(|db| units::id_by_code(db, school)).unwrap().unwrap();
    let all = app.state.store.read_now(|db| collectors::of_round(db, round.id)).unwrap();
    let code = all.iter().find(|one| one.unit_id == id).unwrap().code.clone();
    for value in a1 {
        let answers = json!({"khoi_lop": "lop_1", "ban_tru": "khong", "A1": value});
        let sent = app.post(&code, json!({"key": key(), "lang": "vi", "answers": answers})).await;
        assert_eq!(sent.status(), 201, "{}", sent.text().await.unwrap());
    }
}

async fn officer(app: &TestApp) -> Desk<'_> {
    Desk::of(app, "phan-tich", "SO-AN-LANH", &[Role::PhanTich]).await
}

#[tokio::test]
async fn the_same_question_is_compared_in_percentage_points() {
    let app = app().await;
    answer(&app, &app.round, PRIMARY, &["5", "4", "3", "1"]).await;
    let now = later(&app, "nam-sau", |text| text, &[PRIMARY]);
    answer(&app, &now, PRIMARY, &["5", "4", "5", "1"]).await;
    let desk = officer(&app).await;
    let page = desk.page("/analyse/nam-sau/trend?series=A1").await;
    assert!(page.contains("+25,0") && page.contains("2/4") && page.contains("3/4"), "{page}");
    let first = desk.page(&format!("/analyse/{ROUND}/trend")).await;
    assert!(first.contains("Chưa có đợt nào để so sánh"), "{first}");
}

/// People of a round were drawn by chance.
fn draw(app: &TestApp, round: i64) {
    let (account, now) = (id_of(app, "phan-tich"), app.state.clock.now());
    let method = Method { reach: Reach::Drawn(Design::Simple), ..Method::USUAL };
    let decision = Decision { method, basis: "Bốc thăm từ danh sách lớp", reason: "" };
    app.state.store.write_now(|db| round_methods::decide(db, round, decision, account, now)).unwrap();
}

#[tokio::test]
async fn a_change_says_that_few_answered_and_for_whom_it_speaks() {
    let app = app().await;
    answer(&app, &app.round, PRIMARY, &["5", "1"]).await;
    let now = later(&app, "nam-sau", |text| text, &[PRIMARY]);
    answer(&app, &now, PRIMARY, &["5", "5"]).await;
    let (desk, address) = (officer(&app).await, "/analyse/nam-sau/trend?series=A1");
    let page = desk.page(address).await;
    assert!(page.contains("+50,0") && page.contains("<small>ít câu trả lời, dễ thay đổi</small>"), "{page}");
    assert!(page.contains("Cả hai đợt đều không chọn mẫu, nên chênh lệch chỉ nói về những người"), "{page}");
    draw(&app, now.id);
    let page = desk.page(address).await;
    assert!(page.contains("không chọn mẫu, nên chênh lệch") && !page.contains("Cả hai đợt đều"), "{page}");
    draw(&app, app.round.id);
    let page = desk.page(address).await;
    assert!(page.contains("Với lĩnh vực và chung cả phiếu thì chưa tính được sai số"), "{page}");
}

#[tokio::test]
async fn a_level_shows_only_the_questions_that_it_was_asked() {
    let (forms, schools) = ([FORM, "hai-long-thcs"], ["THTHCS-DONG-SEN", PRIMARY]);
    let app = app_for(&forms, &schools).await;
    answer(&app, &app.round, PRIMARY, &["5", "1"]).await;
    let texts = forms.iter().map(|form| templates::find(form).unwrap().text.to_owned()).collect();
    let now = later_asking(&app, "nam-sau", texts, &schools);
    answer(&app, &now, PRIMARY, &["5"]).await;
    let desk = officer(&app).await;
    // A6 is a question of primary schools, A7 one of lower secondary schools
    for (page, of_all) in
        [("items", true), ("trend", true), ("items?level=tieu_hoc", false), ("trend?level=tieu_hoc", false)]
    {
        let text = desk.page(&format!("/analyse/nam-sau/{page}")).await;
        assert!(text.contains("A6 · ") && text.contains("A7 · ") == of_all, "{page}: {text}");
    }
    let table = desk.page("/analyse/nam-sau/items.csv?level=tieu_hoc").await;
    assert!(table.contains("\nA6,") && !table.contains("\nA7,"), "{table}");
    let overview = desk.page(&format!("/analyse/nam-sau?unit={PRIMARY}")).await;
    assert!(overview.contains("data-label=\"Số câu\">5</td>"), "A1 to A4 and A6: {overview}");
}

#[tokio::test]
async fn other_words_are_said_and_another_scale_is_not_compared() {
    let app = app().await;
    answer(&app, &app.round, PRIMARY, &["5", "1"]).await;
    let question = &templates::find(FORM).unwrap().questionnaire;
    let label =
        question.questions.iter().find(|one| one.code == "A1").unwrap().label.get(langnghe::survey::text::Lang::VI);
    let reworded = later(&app, "doi-loi", |text| text.replace(label, "Trường có cho biết rõ không?"), &[PRIMARY]);
    answer(&app, &reworded, PRIMARY, &["5"]).await;
    let page = officer(&app).await.page("/analyse/doi-loi/trend?series=A1").await;
    assert!(page.contains("Câu hỏi đã đổi lời"), "{page}");
}

#[tokio::test]
async fn forms_of_a_merged_school_count_for_its_heir_or_stay_where_they_were() {
    let app = app().await;
    answer(&app, &app.round, PRIMARY, &["5", "5"]).await;
    answer(&app, &app.round, OTHER_PRIMARY, &["1", "1"]).await;
    let (now, today) = (app.state.clock.now(), app.state.clock.today());
    app.change(|db, id| rounds::close_at(db, id, now - TimeDelta::days(20)));
    let merged = app.state.store.write_now(|db| {
        let existing: Vec<Unit> = units::all(db)?.into_iter().map(|stored| stored.unit).collect();
        let into = Heir::Known(PRIMARY.parse().unwrap());
        let change = Change::Merge { from: vec![OTHER_PRIMARY.parse().unwrap()], into };
        let day = today - TimeDelta::days(10);
        let effects = change.effects(day, &existing, &Kinds::initial()).unwrap();
        successions::record(db, &effects, Record { kind: change.kind(), day, basis: "Quyết định 12" }, now, today)
    });
    merged.unwrap();
    let now = later(&app, "nam-sau", |text| text, &[PRIMARY]);
    answer(&app, &now, PRIMARY, &["5"]).await;
    let desk = officer(&app).await;
    let address = |query: &str| format!("/analyse/nam-sau/trend?series=A1&unit={PRIMARY}{query}");
    let of_today = desk.page(&address("")).await;
    assert!(of_today.contains("2/4") && of_today.contains("+50,0"), "{of_today}");
    let of_then = desk.page(&address("&by=surveyed")).await;
    assert!(of_then.contains("2/2") && !of_then.contains("2/4"), "{of_then}");
}

#[tokio::test]
async fn the_comparison_can_be_taken_along() {
    let app = app().await;
    answer(&app, &app.round, PRIMARY, &["5", "4", "3", "1"]).await;
    let now = later(&app, "nam-sau", |text| text, &[PRIMARY]);
    answer(&app, &now, PRIMARY, &["5"]).await;
    let desk = officer(&app).await;
    let table = desk.page("/analyse/nam-sau/trend.csv").await;
    let line = table.lines().find(|line| line.starts_with("A1 ")).unwrap();
    assert!(line.contains(";50,0;3,25;2;4;100,0;5,00;1;1;+50,0;"), "{line}");
    let drawing = desk.page("/analyse/nam-sau/trend.svg?series=A1").await;
    assert!(drawing.contains("<svg") && drawing.contains("2/4"), "{drawing}");
    assert_eq!(desk.get("/analyse/nam-sau/trend?unit=KHONG-CO").await.status(), 404);
}

#[tokio::test]
async fn a_first_round_has_no_table_of_two_rounds() {
    let app = app().await;
    answer(&app, &app.round, PRIMARY, &["5", "1"]).await;
    let desk = officer(&app).await;
    let file = desk.get(&format!("/analyse/{ROUND}/trend.csv")).await;
    assert_eq!(file.status(), 409);
    assert!(file.text().await.unwrap().contains("Chưa có đợt nào trước để so sánh"));
    assert!(!desk.page(&format!("/analyse/{ROUND}/trend")).await.contains("trend.csv"));
}

#[tokio::test]
async fn a_round_figure_or_way_of_counting_that_there_is_not_is_named() {
    let app = app().await;
    answer(&app, &app.round, PRIMARY, &["5", "1"]).await;
    let now = later(&app, "nam-sau", |text| text, &[PRIMARY]);
    answer(&app, &now, PRIMARY, &["5"]).await;
    let desk = officer(&app).await;
    for (query, sentence) in [
        ("from=zz", "Không so được với đợt “zz”"),
        ("from=nam-sau", "Không so được với đợt “nam-sau”"),
        ("series=zz", "không có chỉ số mang mã “zz”"),
        ("by=zz", "Không có cách tính đơn vị “zz”"),
    ] {
        for place in ["trend", "trend.csv", "trend.svg", "trend-rounds.csv"] {
            let answer = desk.get(&format!("/analyse/nam-sau/{place}?{query}")).await;
            assert_eq!(answer.status(), 404, "{place}?{query}");
            assert!(answer.text().await.unwrap().contains(sentence), "{place}?{query}");
        }
    }
    let known = format!("/analyse/nam-sau/trend?from={ROUND}&series=domain-A&by=surveyed");
    assert_eq!(desk.get(&known).await.status(), 200);
}

#[tokio::test]
async fn the_drawn_figure_can_be_taken_along_round_by_round() {
    let app = app().await;
    answer(&app, &app.round, PRIMARY, &["5", "4", "3", "1"]).await;
    let now = later(&app, "nam-sau", |text| text, &[PRIMARY]);
    answer(&app, &now, PRIMARY, &["5", "4", "5", "1"]).await;
    let desk = officer(&app).await;
    let page = desk.page("/analyse/nam-sau/trend?series=A1").await.replace("&#38;", "&");
    let link = page.split('"').find(|part| part.contains("/trend-rounds.csv?")).unwrap();
    let table = desk.page(link).await;
    let numbers: Vec<&str> = table.lines().skip(1).filter_map(|line| line.splitn(4, ';').nth(3)).collect();
    assert!(table.lines().next().unwrap().contains("Ngày đóng đợt;Tỷ lệ hài lòng (%)"), "{table}");
    let is_last = "\"Điểm và tỷ lệ của một lĩnh vực là bình quân giản đơn";
    for (line, begins) in numbers.iter().zip(["50,0;3,25;2;4", "75,0;3,75;3;4"]) {
        assert!(line.starts_with(begins) && line.contains(&format!("Không đại diện;{is_last}")), "{table}");
    }
    assert_eq!(numbers.len(), 2);
}
