//! What is published of a round: cross-tables that are chosen, and who sees what.

use langnghe::store::releases::ReleaseRow;
use langnghe::store::{questionnaires, releases};
use langnghe::survey::access::{Right, Role, Scope};
use reqwest::Response;
use serde_json::{Value, json};

use crate::people::Desk;
use crate::rights::TABLE;
use crate::support::{OTHER_PRIMARY, PRIMARY, ROUND, TestApp, app, key};

fn page() -> String {
    format!("/analyse/{ROUND}/releases")
}

async fn choose(app: &TestApp, desk: &Desk<'_>, by: &str, question: &str) -> Response {
    let version = app.change(questionnaires::of_round)[0].id.to_string();
    desk.post(&page(), &[("version", &version), ("by", by), ("question", question)]).await
}

/// Two schools with 120 forms; two parents are alone with what they say to both questions.
async fn answer(app: &TestApp) {
    for parent in 0..120 {
        let alone = parent == 7 || parent == 8;
        let answers = json!({
            "A1": if alone { "1" } else { ["4", "5", "4", "5", "1"][parent % 5] },
            "B2": if alone { "1" } else { ["5", "4", "5", "5", "4", "5", "4"][parent % 7] },
        });
        let school = [PRIMARY, OTHER_PRIMARY][parent / 5 % 2];
        assert_eq!(app.send(school, key(), answers).await.status(), 201);
    }
}

async fn told(app: &TestApp, token: &str, by: &str) -> Value {
    app.feed(token, &format!("/api/v1/rounds/{ROUND}/tallies?by={by}")).await.json().await.unwrap()
}

#[tokio::test]
async fn tables_are_chosen_and_taken_out_until_figures_are_frozen() {
    let app = app().await;
    let desk = Desk::of(&app, "chu-tri", "SO-AN-LANH", &[Role::ChuTri]).await;
    assert_eq!(choose(&app, &desk, "A1", "B2").await.status(), 303);
    assert_eq!(choose(&app, &desk, "unit", "A1").await.status(), 303);
    let body = desk.page(&page()).await;
    assert!(body.contains("Bỏ bảng này") && body.contains("theo Trường"), "{body}");
    let version = app.change(questionnaires::of_round)[0].id.to_string();
    let fields = [("version", version.as_str()), ("by", "unit"), ("question", "A1")];
    assert_eq!(desk.post(&format!("{}/remove", page()), &fields).await.status(), 303);
    app.freeze().await;
    let refused = choose(&app, &desk, "A1", "B3").await;
    assert_eq!(refused.status(), 422);
    assert!(refused.text().await.unwrap().contains("đã chốt nên không thêm bớt bảng"));
    assert_eq!(desk.post(&format!("{}/remove", page()), &fields).await.status(), 422);
}

#[tokio::test]
async fn a_chosen_table_says_whose_it_is_and_a_third_of_one_question_is_warned_of() {
    let app = app().await;
    let desk = Desk::of(&app, "chu-tri", "SO-AN-LANH", &[Role::ChuTri]).await;
    choose(&app, &desk, "unit", "A1").await;
    let body = desk.page(&page()).await;
    let whose = "theo Trường · Lấy ý kiến cha mẹ, người nuôi dưỡng về trường tiểu học<small>";
    assert!(body.contains(whose) && !body.contains("từ hai bảng trở lên"), "{body}");
    choose(&app, &desk, "channel", "A1").await;
    let body = desk.page(&page()).await;
    assert!(body.contains("Đã có từ hai bảng trở lên của: A1 · "), "{body}");
}

#[tokio::test]
async fn choosing_stands_in_the_log() {
    let app = app().await;
    let desk = Desk::of(&app, "chu-tri", "SO-AN-LANH", &[Role::ChuTri]).await;
    choose(&app, &desk, "A1", "B2").await;
    let keeper = Desk::of(&app, "quan-tri", "SO-AN-LANH", &[Role::QuanTri]).await;
    let log = keeper.page("/manage/audit").await;
    assert!(log.contains("Chọn một bảng chéo để công bố"), "{log}");
}

#[tokio::test]
async fn a_table_that_could_tell_single_answers_is_refused_with_the_reason() {
    let app = app().await;
    let desk = Desk::of(&app, "chu-tri", "SO-AN-LANH", &[Role::ChuTri]).await;
    choose(&app, &desk, "A1", "B2").await;
    choose(&app, &desk, "B2", "C1").await;
    for (by, question, why) in [
        ("A1", "C1", "đã gắn với nhau qua bảng khác"),
        ("B2", "A1", "Bảng này đã có trong danh sách"),
        ("A1", "khong-co", "Đợt này không có"),
        ("A1", "G2", "không lập bảng chéo được"),
    ] {
        let refused = choose(&app, &desk, by, question).await;
        assert_eq!(refused.status(), 422, "{by} {question}");
        let body = refused.text().await.unwrap();
        assert!(body.contains(why), "{by} {question}: {body}");
    }
    assert_eq!(desk.post(&page(), &[("by", "A1")]).await.status(), 422, "no questionnaire is named");
}

#[tokio::test]
async fn a_chosen_table_is_published_with_its_small_cells_hidden() {
    let app = app().await;
    let desk = Desk::of(&app, "chu-tri", "SO-AN-LANH", &[Role::ChuTri]).await;
    choose(&app, &desk, "A1", "B2").await;
    answer(&app).await;
    app.freeze().await;
    let front = app.token("SO-AN-LANH", Scope::Aggregates);
    let body = told(&app, &front, "total").await;
    let table = &body["crosstabs"][0];
    assert_eq!((&table["by"], &table["question"], &table["suppressed"]), (&json!("A1"), &json!("B2"), &json!(false)));
    let cells = |row: usize| table["rows"][row]["cells"].as_array().unwrap();
    assert_eq!(cells(0)[0]["suppressed"], true, "the two: {table}");
    assert!(cells(0)[0].get("n").is_none() && cells(3)[4]["n"].is_number(), "{table}");
    let hidden = table["hidden"].as_u64().unwrap();
    assert!(hidden > 1, "others are hidden with it: {table}");
    let shown = desk.page(&page()).await;
    assert!(shown.contains(&format!("Ẩn {hidden} trong 25 ô")), "{shown}");
}

#[tokio::test]
async fn a_token_for_one_school_is_told_no_cross_table() {
    let app = app().await;
    let desk = Desk::of(&app, "chu-tri", "SO-AN-LANH", &[Role::ChuTri]).await;
    choose(&app, &desk, "unit", "B2").await;
    answer(&app).await;
    app.freeze().await;
    let school = app.token(PRIMARY, Scope::Aggregates);
    assert!(told(&app, &school, "unit").await.get("crosstabs").is_none());
    let refused = app.feed(&school, &format!("/api/v1/rounds/{ROUND}/tallies?by=total")).await;
    assert_eq!(refused.status(), 403);
    let front = app.token("SO-AN-LANH", Scope::Aggregates);
    assert_eq!(told(&app, &front, "total").await["crosstabs"][0]["by"], "unit");
}

#[tokio::test]
async fn the_head_of_a_school_sees_what_is_published_and_nothing_before() {
    let app = app().await;
    let head = Desk::of(&app, "hieu-truong", PRIMARY, &[Role::DauMoi]).await;
    answer(&app).await;
    let address = format!("/manage/released/{ROUND}");
    assert_eq!(head.get(&address).await.status(), 404);
    assert!(!head.page("/manage/released").await.contains(&address));
    app.freeze().await;
    assert!(head.page("/manage/released").await.contains(&address));
    let body = head.page(&address).await;
    assert!(body.contains("Lần công bố thứ 1") && body.contains("Tất cả"), "{body}");
    assert!(body.contains("số liệu riêng của đơn vị có ở ngay dưới đây"), "{body}");
    let own = body.split("Riêng đơn vị của anh/chị").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(own.contains("A1 · ") && own.contains("60 người trả lời") && !own.contains("120"), "{own}");
    let elsewhere = Desk::of(&app, "truong-khac", "THPT-BEN-SEN", &[Role::DauMoi]).await;
    assert_eq!(elsewhere.get(&address).await.status(), 404, "a school that was not asked");
}

#[tokio::test]
async fn a_head_reads_first_whether_figures_of_the_own_school_are_published() {
    let app = app().await;
    let (large, small) = (
        Desk::of(&app, "hieu-truong", PRIMARY, &[Role::DauMoi]).await,
        Desk::of(&app, "hieu-truong-khac", OTHER_PRIMARY, &[Role::DauMoi]).await,
    );
    for _ in 0..60 {
        assert_eq!(app.send(PRIMARY, key(), json!({"A1": "4"})).await.status(), 201);
    }
    assert_eq!(app.send(OTHER_PRIMARY, key(), json!({"A1": "5"})).await.status(), 201);
    app.freeze().await;
    for head in [large, small] {
        // one form beside sixty: whoever subtracts one school from all has the other, so neither is told
        let body = head.page(&format!("/manage/released/{ROUND}")).await;
        assert!(body.contains("đợt này không công bố riêng số liệu của đơn vị"), "{body}");
    }
}

#[tokio::test]
async fn the_front_sees_what_is_published_of_the_schools_beside_it() {
    let app = app().await;
    let front = Desk::of(&app, "mat-tran", "MT-HOA-BAN", &[Role::GiamSat]).await;
    answer(&app).await;
    let address = format!("/manage/released/{ROUND}");
    assert_eq!(front.get(&address).await.status(), 404, "nothing is published");
    app.freeze().await;
    assert!(front.page("/manage/released").await.contains(&address));
    let body = front.page(&address).await;
    assert!(body.contains("Lần công bố thứ 1") && body.contains("Không đại diện"), "{body}");
    let elsewhere = Desk::of(&app, "mat-tran-khac", "MT-BEN-SEN", &[Role::GiamSat]).await;
    assert_eq!(elsewhere.get(&address).await.status(), 404, "no school beside it was asked");
}

#[tokio::test]
async fn a_release_shows_every_question_and_says_whom_it_speaks_for() {
    let app = app().await;
    let head = Desk::of(&app, "hieu-truong", PRIMARY, &[Role::DauMoi]).await;
    answer(&app).await;
    app.freeze().await;
    let body = head.page(&format!("/manage/released/{ROUND}")).await;
    assert!(body.contains("120 người trả lời") && body.contains("<meter"), "{body}");
    for said in ["A1 · ", "B2 · ", "không công bố: quá ít người trả lời", "không đại diện", "không biết là ai"]
    {
        assert!(body.contains(said), "{said}: {body}");
    }
    let front = app.token("SO-AN-LANH", Scope::Aggregates);
    let method = &told(&app, &front, "total").await["release"]["method"];
    assert_eq!(method["reach"], "open_link", "{method}");
    assert!(method["said"].as_str().unwrap().starts_with("Không đại diện."), "{method}");
}

#[tokio::test]
async fn a_table_of_two_questions_is_not_chosen_any_more_once_something_is_published() {
    let app = app().await;
    let desk = Desk::of(&app, "chu-tri", "SO-AN-LANH", &[Role::ChuTri]).await;
    let now = app.state.clock.now();
    app.change(|db, id| {
        let content = json!({"k": 10, "interim": true, "tables": [], "questionnaires": []}).to_string();
        let (atoms, content) = ("[]".to_owned(), Some(content));
        let row = ReleaseRow { round_id: id, number: 1, taken_at: now, published_at: Some(now), atoms, content };
        releases::insert(db, &row)
    });
    let refused = choose(&app, &desk, "A1", "B2").await;
    assert_eq!(refused.status(), 422);
    assert!(refused.text().await.unwrap().contains("không kiểm tra được nó với số liệu đã công bố"));
    assert_eq!(choose(&app, &desk, "unit", "A1").await.status(), 303, "what it shows is shown anyway");
}

#[tokio::test]
async fn no_page_of_a_head_tells_a_figure_that_is_not_published() {
    let app = app().await;
    let head = Desk::of(&app, "hieu-truong", PRIMARY, &[Role::DauMoi]).await;
    answer(&app).await;
    let opened = [None, Some(Right::Releases)];
    for (_, path, right) in TABLE.iter().filter(|(method, ..)| *method == "GET") {
        let address = path.replace("{slug}", ROUND).replace("{code}", PRIMARY).replace("{id}", "1");
        let answer = head.get(&address).await;
        if !opened.contains(right) {
            assert!([403, 404].contains(&answer.status().as_u16()), "{path}: {}", answer.status());
            continue;
        }
        let body = answer.text().await.unwrap();
        // 120 forms, 60 of them from this school
        assert!(
            ![">60<", ">120<", " 60 ", " 120 ", "%</td>"].iter().any(|figure| body.contains(figure)),
            "{path}: {body}"
        );
    }
    for scope in ["submissions", "tallies"] {
        let refused = app.get(&format!("/api/v1/rounds/{ROUND}/{scope}")).await;
        assert_eq!(refused.status(), 401, "{scope}");
    }
}

#[tokio::test]
async fn rows_leave_for_analysts_only_with_the_day_and_stand_in_the_log() {
    let app = app().await;
    answer(&app).await;
    let export = format!("/manage/rounds/{ROUND}/export.csv");
    let planner = Desk::of(&app, "lap-ke-hoach", "SO-AN-LANH", &[Role::ChuTri]).await;
    assert_eq!(planner.get(&export).await.status(), 403, "who plans reads no single forms");
    let analyst = Desk::of(&app, "phan-tich", "SO-AN-LANH", &[Role::PhanTich]).await;
    let rows = analyst.page(&export).await;
    let clock = time_of_day(&rows);
    assert!(rows.lines().count() > 100 && clock.is_none(), "a time of day: {clock:?}");
    let keeper = Desk::of(&app, "quan-tri", "SO-AN-LANH", &[Role::QuanTri]).await;
    let log = keeper.page("/manage/audit").await;
    assert!(log.contains("phan-tich") && log.contains(ROUND), "{log}");
}

/// The first text that looks like a time of day.
fn time_of_day(rows: &str) -> Option<&str> {
    let digit = |byte: u8| byte.is_ascii_digit();
    let is_time = |w: &[u8]| digit(w[0]) && digit(w[1]) && w[2] == b':' && digit(w[3]) && digit(w[4]);
    let at = rows.as_bytes().windows(5).position(is_time)?;
    rows.get(at..at + 5)
}
