//! Cross-tabs: counted from columns, compared with the answers themselves.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use langnghe::intake::withdrawal::WithdrawalCode;
use langnghe::store::{frames, retention, round_steps};
use langnghe::survey::access::Role;
use serde_json::{Value, json};

use crate::people::Desk;
use crate::support::{OTHER_PRIMARY, PRIMARY, ROUND, TestApp, app, app_for, key};

const GRADES: [&str; 3] = ["lop_1", "lop_3", "lop_5"];

/// Forms that differ from each other in whatever is crossed here.
async fn answer(app: &TestApp, forms: usize) {
    for at in 0..forms {
        let mut answers = json!({"khoi_lop": GRADES[at % 3], "F1": (at * 7 % 11 * 10).to_string(), "F2": "4"});
        match at % 7 {
            0 => {}
            1 => answers["A1"] = json!("9"),
            _ => answers["A1"] = json!((at * at % 5 + 1).to_string()),
        }
        if at % 4 != 0 {
            answers["G1"] = if at % 2 == 0 { json!(["bua_an", "an_toan"]) } else { json!(["an_toan"]) };
        }
        let unit = if at % 5 == 0 { OTHER_PRIMARY } else { PRIMARY };
        assert_eq!(app.send(unit, key(), answers).await.status(), 201);
    }
}

async fn analyst(app: &TestApp) -> Desk<'_> {
    Desk::of(app, "phan-tich", "SO-AN-LANH", &[Role::PhanTich]).await
}

/// Forms by codes of row and column, as the file has them.
async fn cells(desk: &Desk<'_>, query: &str) -> BTreeMap<(String, String), u64> {
    let text = desk.get(&format!("/analyse/{ROUND}/crosstab.csv?{query}")).await;
    assert_eq!(text.status(), 200, "{query}");
    let text = text.text().await.unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let line = |line: csv::StringRecord| ((line[0].to_owned(), line[2].to_owned()), line[4].parse().unwrap());
    reader.records().map(Result::unwrap).map(line).collect()
}

/// The codes of what a form says to a question.
type Codes = fn(&Value) -> Vec<&str>;

/// The same, counted from the answers.
fn counted(answers: &[Value], rows: Codes, columns: Codes) -> BTreeMap<(String, String), u64> {
    let mut cells = BTreeMap::new();
    for form in answers {
        for row in rows(form) {
            for column in columns(form) {
                *cells.entry((row.to_owned(), column.to_owned())).or_insert(0) += 1;
            }
        }
    }
    cells
}

fn rated(form: &Value) -> Vec<&str> {
    form["A1"].as_str().filter(|code| *code != "9").into_iter().collect()
}

fn grade(form: &Value) -> Vec<&str> {
    form["khoi_lop"].as_str().into_iter().collect()
}

fn percent(form: &Value) -> Vec<&str> {
    form["F1"].as_str().into_iter().collect()
}

fn chosen(form: &Value) -> Vec<&str> {
    form["G1"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn without_empty(mut cells: BTreeMap<(String, String), u64>) -> BTreeMap<(String, String), u64> {
    cells.retain(|_, n| *n > 0);
    cells
}

#[tokio::test]
async fn a_table_counts_what_the_answers_say_and_numbers_and_several_choices_too() {
    let app = app().await;
    answer(&app, 42).await;
    let (desk, answers) = (analyst(&app).await, app.answers());
    let found = cells(&desk, "row=A1&column=khoi_lop").await;
    assert_eq!(without_empty(found), counted(&answers, rated, grade));
    let found = cells(&desk, "row=G1&column=A1").await;
    assert_eq!(without_empty(found), counted(&answers, chosen, rated));
    let found = cells(&desk, "row=khoi_lop&column=G1").await;
    assert_eq!(without_empty(found), counted(&answers, grade, chosen));
    let found = cells(&desk, "row=F1&column=khoi_lop").await;
    assert_eq!(without_empty(found), counted(&answers, percent, grade));
}

#[tokio::test]
async fn filters_keep_the_forms_that_they_name() {
    let app = app().await;
    answer(&app, 42).await;
    let (desk, answers) = (analyst(&app).await, app.answers());
    let fifth: Vec<Value> = answers.iter().filter(|form| form["khoi_lop"] == "lop_5").cloned().collect();
    let found = cells(&desk, "row=A1&column=_channel&q.khoi_lop=lop_5").await;
    assert_eq!(found.values().sum::<u64>(), counted(&fifth, rated, grade).values().sum::<u64>());
    let food: Vec<Value> = answers.iter().filter(|form| chosen(form).contains(&"bua_an")).cloned().collect();
    let found = cells(&desk, "row=A1&column=khoi_lop&q.G1=bua_an").await;
    assert_eq!(without_empty(found), counted(&food, rated, grade));
    let units = cells(&desk, "row=A1&column=_unit").await;
    let own = cells(&desk, &format!("row=A1&column=_unit&unit={PRIMARY}")).await;
    assert!(own.keys().all(|(_, unit)| unit == PRIMARY) && own.iter().all(|(key, n)| units[key] == *n));
}

#[tokio::test]
async fn the_page_says_its_base_what_is_outside_and_what_chance_explains() {
    let app = app().await;
    answer(&app, 42).await;
    let page = analyst(&app).await.page(&format!("/analyse/{ROUND}/crosstab?row=A1&column=khoi_lop")).await;
    for said in [
        "Bảng tính trên 30 phiếu trả lời cả hai nội dung, trong 42 phiếu được xét.",
        "6 phiếu để trống, 6 phiếu chọn “không dùng / không rõ”",
        "không đại diện",
        "chưa che nhóm nhỏ",
        "Chưa đủ cơ sở để kiểm định",
        "Trung bình theo nhóm",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
}

#[tokio::test]
async fn codes_that_there_are_not_are_named_and_a_way_on_is_shown() {
    let app = app().await;
    answer(&app, 6).await;
    let desk = analyst(&app).await;
    for (query, said) in [
        ("row=Z9&column=khoi_lop", "mang mã “Z9”"),
        ("row=A1&column=khoi_lop&q.khoi_lop=lop_99", "không có phương án mang mã “lop_99”"),
        ("row=A1&column=khoi_lop&unit=TH-KHONG-CO", "mang mã “TH-KHONG-CO”"),
        ("row=A1&column=khoi_lop&from=hom-qua", "“hom-qua” không phải là ngày"),
        ("row=A1&column=khoi_lop&from=2026-11-26&to=2026-11-25", "Ngày cuối đứng trước ngày đầu"),
        ("row=A1&column=A1", "Hàng và cột đang là một"),
        ("row=G2&column=A1", "mang mã “G2”"),
        ("row=%3Cscript%3E&column=A1", "mang mã “&#60;script&#62;”"),
    ] {
        let answer = desk.get(&format!("/analyse/{ROUND}/crosstab?{query}")).await;
        assert_eq!(answer.status(), 404, "{query}");
        let page = answer.text().await.unwrap();
        assert!(page.contains(said) && page.contains("Làm lại từ đầu") && page.contains("<select"), "{query}: {page}");
        assert_eq!(desk.get(&format!("/analyse/{ROUND}/crosstab.csv?{query}")).await.status(), 404);
    }
}

#[tokio::test]
async fn a_filter_that_leaves_nothing_says_so_and_a_round_without_forms_too() {
    let app = app().await;
    let (desk, address) = (analyst(&app).await, format!("/analyse/{ROUND}/crosstab"));
    assert!(desk.page(&address).await.contains("chưa có phiếu nào"));
    answer(&app, 6).await;
    let page = desk.page(&format!("{address}?row=A1&column=khoi_lop&from=2020-01-01&to=2020-01-02")).await;
    assert!(page.contains("Không có phiếu nào vừa khớp phần lọc") && page.contains("Bỏ phần lọc"));
    assert!(desk.page(&address).await.contains("Bảng tính trên"), "something to begin with");
}

#[tokio::test]
async fn a_form_is_in_the_next_table_and_a_withdrawn_one_in_none() {
    let app = app().await;
    let desk = analyst(&app).await;
    let own = key();
    app.send(PRIMARY, own, json!({"A1": "1", "khoi_lop": "lop_1"})).await;
    app.send(PRIMARY, key(), json!({"A1": "5", "khoi_lop": "lop_1"})).await;
    let total = |cells: BTreeMap<(String, String), u64>| cells.values().sum::<u64>();
    assert_eq!(total(cells(&desk, "row=A1&column=khoi_lop").await), 2);
    let code = WithdrawalCode::of(&app.state.secret, app.round.id, own);
    assert!(app.state.withdraw(&code).await.unwrap());
    app.send(PRIMARY, key(), json!({"A1": "3", "khoi_lop": "lop_5"})).await;
    let found = without_empty(cells(&desk, "row=A1&column=khoi_lop").await);
    assert_eq!(found.keys().map(|(row, _)| row.as_str()).collect::<Vec<_>>(), ["3", "5"]);
}

#[tokio::test]
async fn what_was_withdrawn_leaves_the_columns_although_nobody_looks_again() {
    let app = app().await;
    let (desk, own) = (analyst(&app).await, key());
    app.send(PRIMARY, own, json!({"A1": "1"})).await;
    app.send(PRIMARY, key(), json!({"A1": "2"})).await;
    cells(&desk, "row=A1&column=_channel").await;
    let frame = || app.state.store.read_now(|db| frames::newest(db, app.round.id)).unwrap();
    assert_eq!(frame().unwrap().forms, 2);
    assert!(app.state.withdraw(&WithdrawalCode::of(&app.state.secret, app.round.id, own)).await.unwrap());
    let state = app.state.clone();
    tokio::task::spawn_blocking(move || langnghe::frame::due(&state)).await.unwrap().unwrap();
    assert!(frame().is_none());
}

#[tokio::test]
async fn columns_go_with_the_forms_when_their_time_is_over() {
    let app = app().await;
    answer(&app, 6).await;
    let (desk, address) = (analyst(&app).await, format!("/analyse/{ROUND}/crosstab"));
    assert!(desk.page(&address).await.contains("Bảng tính trên"));
    app.freeze().await;
    let now = app.state.clock.now();
    while app.state.store.write_now(|db| retention::forget_some(db, now + TimeDelta::days(1), now)).unwrap() {}
    assert!(app.state.store.read_now(|db| frames::newest(db, app.round.id)).unwrap().is_none());
    assert!(desk.page(&address).await.contains("Phiếu đã được xóa"));
}

#[tokio::test]
async fn whoever_may_not_read_single_forms_sees_no_table_of_a_few() {
    let app = app().await;
    answer(&app, 42).await;
    let planner = Desk::of(&app, "chu-tri", "SO-AN-LANH", &[Role::ChuTri]).await;
    let address = format!("/analyse/{ROUND}/crosstab?row=A1&column=khoi_lop");
    assert!(planner.page(&address).await.contains("Bảng tính trên 30"));
    let few = format!("{address}&unit={OTHER_PRIMARY}&q.khoi_lop=lop_5");
    let page = planner.page(&few).await;
    assert!(page.contains("Nhóm quá nhỏ") && !page.contains("Bảng tính trên"), "{page}");
    let file = few.replace("crosstab?", "crosstab.csv?");
    assert_eq!(planner.get(&file).await.status(), 404);
    assert!(analyst(&app).await.page(&few).await.contains("Bảng tính trên"));
}

#[tokio::test]
async fn questions_of_one_code_that_ask_different_things_are_asked_about() {
    let app = app_for(&["hai-long-tieu-hoc", "can-bo-giao-vien"], &[PRIMARY]).await;
    let form = |questionnaire: &str| json!({"key": key(), "questionnaire": questionnaire, "answers": {"A1": "5"}});
    for questionnaire in ["hai-long-tieu-hoc", "can-bo-giao-vien", "can-bo-giao-vien"] {
        assert_eq!(app.post(app.code(PRIMARY), form(questionnaire)).await.status(), 201);
    }
    let desk = analyst(&app).await;
    let asked = desk.get(&format!("/analyse/{ROUND}/crosstab?row=A1&column=_unit")).await;
    assert_eq!(asked.status(), 404);
    let page = asked.text().await.unwrap();
    assert!(page.contains("Anh/chị muốn xem câu nào?") && page.contains("row=A1%40can-bo-giao-vien"), "{page}");
    let staff = cells(&desk, "row=A1@can-bo-giao-vien&column=_unit").await;
    assert_eq!(staff.values().sum::<u64>(), 2);
    let page = desk.page(&format!("/analyse/{ROUND}/crosstab?row=A1@can-bo-giao-vien&column=_unit")).await;
    assert!(page.contains("1 phiếu không được hỏi"), "{page}");
}

#[tokio::test]
async fn charts_come_as_drawing_and_picture_and_not_over_answers_that_overlap() {
    let app = app().await;
    answer(&app, 12).await;
    let desk = analyst(&app).await;
    let of = |ending: &str, row: &str| format!("/analyse/{ROUND}/crosstab.{ending}?row={row}&column=khoi_lop");
    let drawing = desk.get(&of("svg", "A1")).await;
    assert_eq!(drawing.headers()["content-type"], "image/svg+xml");
    assert!(drawing.text().await.unwrap().contains("hài lòng"));
    assert_eq!(desk.get(&of("png", "A1")).await.bytes().await.unwrap()[..4], *b"\x89PNG");
    assert_eq!(desk.get(&of("svg", "G1")).await.status(), 404);
    let page = desk.page(&format!("/analyse/{ROUND}/crosstab?row=G1&column=khoi_lop")).await;
    assert!(page.contains("có thể quá 100 %") && page.contains("Không kiểm định: một phiếu"));
}

#[tokio::test]
async fn a_sealed_round_and_one_of_another_office_show_nothing() {
    let app = app().await;
    answer(&app, 3).await;
    let desk = analyst(&app).await;
    let stranger = Desk::of(&app, "nguoi-khac", "P-HOA-BAN", &[Role::PhanTich]).await;
    let address = format!("/analyse/{ROUND}/crosstab");
    assert_eq!(stranger.get(&address).await.status(), 404);
    app.change(|db, id| round_steps::seal(db, id, Some(app.state.clock.now())));
    let page = desk.get(&address).await;
    assert_eq!(page.status(), 403);
    assert!(!page.text().await.unwrap().contains("Bảng tính"));
}

#[tokio::test]
async fn a_choice_that_a_form_did_not_offer_is_not_asked_and_never_nobody() {
    let app = app_for(&["hai-long-tieu-hoc", "hai-long-thcs"], &["THTHCS-DONG-SEN"]).await;
    let form = |questionnaire: &str, chosen: &str| json!({"key": key(), "questionnaire": questionnaire, "answers": {"G1": [chosen]}});
    for (questionnaire, chosen) in
        [("hai-long-tieu-hoc", "bua_an"), ("hai-long-tieu-hoc", "bua_an"), ("hai-long-thcs", "hoc_them")]
    {
        assert_eq!(app.post(app.code("THTHCS-DONG-SEN"), form(questionnaire, chosen)).await.status(), 201);
    }
    let desk = analyst(&app).await;
    let address = format!("/analyse/{ROUND}/crosstab?row=G1&column=_level");
    let page = desk.page(&address).await;
    let row =
        page.split("Bữa ăn").find(|after| after.contains("không hỏi")).expect("one level was not asked about meals");
    assert!(row.contains("100,0"), "all that were offered meals chose them, whatever others were offered: {row}");
    let file = desk.get(&format!("/analyse/{ROUND}/crosstab.csv?row=G1&column=_level")).await.text().await.unwrap();
    let asked = |row: &str, level: &str| {
        let line =
            file.lines().find(|line| line.starts_with(&format!("{row},")) && line.contains(&format!(",{level},")));
        line.and_then(|line| line.rsplit(',').nth(3)).map(str::to_owned)
    };
    assert_eq!((asked("bua_an", "tieu_hoc"), asked("bua_an", "thcs")), (Some("2".into()), Some("0".into())), "{file}");
}

#[tokio::test]
async fn lists_show_the_words_of_questions_and_the_form_that_asks_them() {
    let app = app_for(&["hai-long-tieu-hoc", "can-bo-giao-vien"], &[PRIMARY]).await;
    for questionnaire in ["hai-long-tieu-hoc", "can-bo-giao-vien"] {
        let form = json!({"key": key(), "questionnaire": questionnaire, "answers": {"A1": "5"}});
        assert_eq!(app.post(app.code(PRIMARY), form).await.status(), 201);
    }
    let page =
        analyst(&app).await.page(&format!("/analyse/{ROUND}/crosstab?row=A2@hai-long-tieu-hoc&column=_unit")).await;
    let labels: Vec<&str> = page.split("</option>").filter_map(|before| before.rsplit('>').next()).collect();
    assert!(labels.iter().any(|label| label.starts_with("A1 · ") && label.contains("(phiếu “")), "{labels:?}");
    assert!(labels.iter().all(|label| !label.contains('@') && !label.contains("khoi_lop")), "{labels:?}");
}
