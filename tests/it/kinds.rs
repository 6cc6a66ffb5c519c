//! Every kind of question, from the form in a browser without script to the rows, the figures and the recount.

use langnghe::survey::access::Scope;
use serde_json::{Value, json};

use crate::commands::run;
use crate::support::{Database, PRIMARY, ROUND, TestApp, app_asking, key};

const FILE: &str = "tests/questionnaires/moi-loai.json";

async fn lunch() -> TestApp {
    app_asking(&[include_str!("../questionnaires/moi-loai.json")], &[PRIMARY]).await
}

/// A form with an answer of every kind, as a browser without script sends it.
const FORM: [(&str, &str); 21] = [
    ("da_doc", "OK"),
    ("an_ban_tru", "co"),
    ("vi_sao_khong", "gan_nha"),
    ("vi_sao_khong_other", ""),
    ("xa_phuong", ""),
    ("xa_phuong_other", "Thôn Đông"),
    ("ngay_bat_dau", "5/9/2026"),
    ("B1", "2"),
    ("B2_ngon", "4"),
    ("B2_sach", "9"),
    ("B3", "Canh thường nguội."),
    ("B4", "rau"),
    ("B4", "dam"),
    ("B5", "ngon"),
    ("B5", ""),
    ("B5", "an_toan"),
    ("C1", "5"),
    ("C2", "1,5"),
    ("C3", "16h05"),
    ("C4", "80"),
    ("C5", "Cơm gà"),
];

#[test]
fn the_questionnaire_with_every_kind_passes_the_check_of_officers_files() {
    let done = run(&Database::new(), &["check", FILE], &[]);
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stdout));
}

#[tokio::test]
async fn without_script_every_kind_is_answered_and_stored_in_one_spelling() {
    let app = lunch().await;
    let sent = app.fill_in(PRIMARY, &FORM).await;
    assert_eq!(sent.status(), 303, "{}", sent.text().await.unwrap());
    let stored = json!({
        "da_doc": "OK", "an_ban_tru": "co", "xa_phuong": "other", "xa_phuong_other": "Thôn Đông",
        "ngay_bat_dau": "2026-09-05", "B1": "2", "B2_ngon": "4", "B2_sach": "9", "B2_bao": null,
        "B3": "Canh thường nguội.", "B4": ["rau", "dam"], "B5": ["ngon", "an_toan"],
        "C1": "5", "C2": "1.5", "C3": "16:05", "C4": "80", "C5": "Cơm gà",
    });
    assert_eq!(app.answers(), [stored]);
}

#[tokio::test]
async fn what_cannot_be_taken_is_said_in_a_sentence_that_helps_and_stays_as_typed() {
    let app = lunch().await;
    let wrong = [
        ("an_ban_tru", "co"),
        ("ngay_bat_dau", "31/2/2027"),
        ("B4", "khong_co"),
        ("B4", "rau"),
        ("B5", "ngon"),
        ("B5", "ngon"),
        ("C2", "1.200"),
        ("C3", "9h"),
    ];
    let page = app.fill_in(PRIMARY, &wrong).await;
    assert_eq!((page.status().as_u16(), app.stored()), (422, 0));
    let page = page.text().await.unwrap();
    for sentence in [
        "Xin đọc rồi đánh dấu vào ô này.",
        "Trên lịch không có ngày này.",
        "“Không điều nào” không đi cùng ý khác.",
        "“Ngon miệng” đang ở hai vị trí.",
        "Số này có thể đọc là 1200 hoặc 1,2.",
        "Xin ghi một giờ từ 10:00 đến 19:00.",
        "value=\"31/2/2027\"",
        "value=\"1.200\"",
    ] {
        assert!(page.contains(sentence), "{sentence}");
    }
}

#[tokio::test]
async fn an_untouched_form_shows_what_is_preset_and_names_the_scripts_it_can_use() {
    let app = lunch().await;
    let page = app.get(&format!("/k/{}/phieu", app.code(PRIMARY))).await.text().await.unwrap();
    assert!(page.contains(r#"name="C1" inputmode="numeric" autocomplete="off" maxlength="3""#), "{page}");
    assert!(page.contains(r#"aria-label="Mỗi tuần cháu ăn sáng ở nhà mấy ngày?" value="5""#));
    for script in ["/assets/alone.", "/assets/rank.", "/assets/search."] {
        assert!(page.contains(script), "{script}");
    }
    assert!(!page.contains("/assets/missing") && page.matches("name=\"B5\" data-many").count() == 3);
}

/// The only row of the export, by the names of its columns.
async fn row(app: &TestApp, how: &str) -> std::collections::BTreeMap<String, String> {
    let token = app.token("SO-AN-LANH", Scope::Submissions);
    let path = format!("/api/v1/rounds/{ROUND}/submissions?format=csv&bom=0&{how}");
    let text = app.feed(&token, &path).await.text().await.unwrap();
    csv::Reader::from_reader(text.as_bytes()).deserialize().next().unwrap().unwrap()
}

#[tokio::test]
async fn analysts_get_codes_in_order_or_one_column_for_each_position() {
    let app = lunch().await;
    app.fill_in(PRIMARY, &FORM).await;
    let whole = row(&app, "").await;
    let cells = ["da_doc", "ngay_bat_dau", "B2_ngon", "B2_bao", "B5", "C2", "C3", "vi_sao_khong"];
    assert_eq!(
        cells.map(|name| whole[name].as_str()),
        ["OK", "2026-09-05", "4", "-9", "ngon an_toan", "1.5", "16:05", ""]
    );
    assert!(!whole.contains_key("B2") && !whole.contains_key("loi_dau"));
    let split = row(&app, "split=1&decimal=comma&delimiter=comma").await;
    let cells = ["B5_an_toan", "B5_du_chat", "B5_ngon", "B4_rau", "B4_gia", "C2"];
    assert_eq!(cells.map(|name| split[name].as_str()), ["2", "0", "1", "1", "0", "1,5"]);
}

#[tokio::test]
async fn programs_are_told_the_same_and_a_matrix_itself_takes_no_answer() {
    let app = lunch().await;
    let refused = app.send(PRIMARY, key(), json!({"da_doc": "OK", "an_ban_tru": "co", "B2": "4", "C2": 1.125})).await;
    let told: Value = refused.json().await.unwrap();
    let named: Vec<_> = told["violations"].as_array().unwrap().iter().map(|one| one["question"].as_str()).collect();
    assert_eq!(named, [Some("B2"), Some("C2")]);
    let taken = json!({"da_doc": "OK", "an_ban_tru": "khong", "vi_sao_khong": "other", "C2": 0.25, "B5": ["ngon"]});
    assert_eq!(app.send(PRIMARY, key(), taken).await.status(), 201);
    assert_eq!((&app.answers()[0]["C2"], app.answers()[0].get("B5")), (&json!("0.25"), None));
}

#[tokio::test]
async fn a_release_tells_sums_positions_months_and_hours_and_a_recount_agrees() {
    let app = lunch().await;
    for i in 0..40_u32 {
        let order = if i % 4 == 0 { json!(["ngon", "an_toan", "gia_ca"]) } else { json!(["an_toan", "du_chat"]) };
        let answers = json!({
            "da_doc": "OK", "an_ban_tru": if i % 2 == 0 { "co" } else { "mot_so" }, "B1": (3 + i % 3).to_string(), "B5": order, "B4": if i % 2 == 0 { "rau" } else { "dam" },
            "C2": format!("{},1", i % 3), "ngay_bat_dau": format!("2026-{:02}-05", 9 + i % 2), "C3": format!("{}:30", 16 + i % 2),
        });
        assert_eq!(app.send(PRIMARY, key(), answers).await.status(), 201, "{i}");
    }
    app.freeze().await;
    let front = app.token("SO-AN-LANH", Scope::Aggregates);
    let told = app.feed(&front, &format!("/api/v1/rounds/{ROUND}/tallies?by=total")).await;
    let told: Value = told.json().await.unwrap();
    let questions = told["questionnaires"][0]["groups"][0]["questions"].as_array().unwrap();
    let of = |code: &str| questions.iter().find(|question| question["code"] == code).unwrap();
    let n = |code: &str, cell: &str| {
        let cells = of(code)["distribution"].as_array().unwrap();
        cells.iter().find(|found| found["code"] == cell).and_then(|found| found["n"].as_u64())
    };
    assert_eq!((of("C2")["sum"].as_i64(), of("C2")["scaled_by"].as_u64()), (Some(4300), Some(100)));
    assert_eq!(of("C2")["mean"], "1.08");
    assert_eq!(
        [n("B5", "an_toan:1"), n("B5", "an_toan:2"), n("B5", "an_toan"), n("B5", "ngon:1")],
        [30, 10, 40, 10].map(Some)
    );
    assert_eq!([n("ngay_bat_dau", "2026-09"), n("C3", "17"), n("C3", "10")], [20, 20, 0].map(Some));
    assert_eq!((&of("da_doc")["kind"], of("da_doc")["answered"].as_u64()), (&json!("counted"), Some(40)));
    let done = run(&app.database, &["verify"], &[("SECRET_KEY", &"ab".repeat(32))]);
    assert_eq!((done.status.code(), done.stdout.len()), (Some(0), 0));
}
