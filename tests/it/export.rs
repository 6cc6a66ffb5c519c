//! Rows for analysts: what each cell says, and what a spreadsheet makes of it.

use std::collections::BTreeMap;

use langnghe::survey::access::Scope;
use serde_json::{Value, json};

use crate::support::{OTHER_PRIMARY, PRIMARY, ROUND, TestApp, app, app_for, key};

/// The file as bytes make it, asked for by an analyst of the Sở.
async fn file(app: &TestApp, how: &str) -> String {
    let token = app.token("SO-AN-LANH", Scope::Submissions);
    let answer = app.feed(&token, &format!("/api/v1/rounds/{ROUND}/submissions?format=csv&{how}")).await;
    assert_eq!(answer.status(), 200, "{how}");
    String::from_utf8(answer.bytes().await.unwrap().to_vec()).unwrap()
}

/// Rows by the names of their columns.
async fn rows(app: &TestApp, how: &str) -> Vec<BTreeMap<String, String>> {
    let text = file(app, how).await;
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

/// The only row of a round that got one form.
async fn row(answers: Value, how: &str) -> BTreeMap<String, String> {
    let app = app().await;
    assert_eq!(app.send(PRIMARY, key(), answers).await.status(), 201);
    rows(&app, how).await.remove(0)
}

#[tokio::test]
async fn not_asked_is_empty_not_answered_is_minus_nine_and_not_used_has_its_own_code() {
    let row = row(json!({"ban_tru": "khong", "A1": "5", "A2": "9"}), "").await;
    assert_eq!([&row["A1"], &row["A2"], &row["A3"], &row["D6"], &row["G2"]], ["5", "9", "-9", "", "-9"]);
}

#[tokio::test]
async fn labels_stand_in_one_language_whichever_a_form_was_filled_in_in() {
    let app = app().await;
    for (lang, place) in [("vi", PRIMARY), ("en", OTHER_PRIMARY)] {
        let answers = json!({"A1": "5", "A2": "9", "F1": "80", "F3": "phan_van", "G1": ["bua_an", "an_toan"]});
        app.post(app.code(place), json!({"key": key(), "lang": lang, "answers": answers})).await;
    }
    let found = rows(&app, "labels=1").await;
    let by = |unit: &str| found.iter().find(|row| row["unit"] == unit).unwrap();
    for unit in [PRIMARY, OTHER_PRIMARY] {
        let cells = ["A1", "A2", "A3", "F1", "F3"].map(|name| by(unit)[name].as_str());
        assert_eq!(cells, ["Rất hài lòng", "Không dùng / không rõ", "-9", "80", "Còn phân vân"]);
        assert_eq!(by(unit)["G1"], "Bữa ăn ở trường; An toàn của con");
        assert_eq!(
            ["level", "channel", "mode"].map(|name| by(unit)[name].as_str()),
            ["Tiểu học", "Nhà trường", "Qua phần mềm khác"]
        );
    }
    assert_eq!([PRIMARY, OTHER_PRIMARY].map(|unit| by(unit)["lang"].as_str()), ["tiếng Việt", "tiếng Anh"]);
}

#[tokio::test]
async fn a_multiple_choice_is_one_cell_or_one_column_for_each_choice() {
    let answers = json!({"G1": ["bua_an", "an_toan"]});
    assert_eq!(row(answers.clone(), "").await["G1"], "bua_an an_toan");
    let split = row(answers, "split=1").await;
    let columns: Vec<(&str, &str)> =
        split.iter().filter(|(name, _)| name.starts_with("G1")).map(|(name, cell)| (&**name, &**cell)).collect();
    let with =
        |cell: &str| columns.iter().filter(|(_, found)| *found == cell).map(|(name, _)| *name).collect::<Vec<_>>();
    assert_eq!((columns.len(), with("1"), with("0").len()), (8, vec!["G1_an_toan", "G1_bua_an"], 6));
    let skipped = row(json!({"A1": "5"}), "split=1").await;
    assert!(skipped.iter().filter(|(name, _)| name.starts_with("G1")).all(|(_, cell)| cell == "-9"));
}

#[tokio::test]
async fn other_has_a_column_of_its_own_for_what_was_written() {
    let app = app_for(&["hai-long-thpt"], &["THPT-AN-LANH"]).await;
    let answers = json!({"huong_sau_thpt": "other", "huong_sau_thpt_other": "=Mở quán cà phê"});
    assert_eq!(app.send("THPT-AN-LANH", key(), answers).await.status(), 201);
    let header = file(&app, "").await;
    assert!(header.contains(",huong_sau_thpt,huong_sau_thpt_other,"));
    let row = rows(&app, "").await.remove(0);
    assert_eq!([&row["huong_sau_thpt"], &row["huong_sau_thpt_other"]], ["other", "'=Mở quán cà phê"]);
}

#[tokio::test]
async fn what_a_spreadsheet_would_run_is_disarmed_and_numbers_and_phones_are_left_alone() {
    let app = app().await;
    let armed = ["=1+1", "-x", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3"];
    let plain = ["+84 912 345 678", "-5", "-2,5", "1=1", "Cô giáo - rất tốt"];
    for text in armed.iter().chain(&plain) {
        assert_eq!(app.send(PRIMARY, key(), json!({"G2": text})).await.status(), 201, "{text}");
    }
    let mut found: Vec<String> = rows(&app, "").await.into_iter().map(|mut row| row.remove("G2").unwrap()).collect();
    let mut wanted: Vec<String> = armed.iter().map(|text| format!("'{text}")).collect();
    wanted.extend(plain.iter().map(|text| (*text).to_owned()));
    found.sort();
    wanted.sort();
    assert_eq!(found, wanted);
}

#[tokio::test]
async fn the_mark_of_utf_8_and_the_sign_between_cells_are_as_asked() {
    let app = app().await;
    app.send(PRIMARY, key(), json!({"F1": "80", "G2": "a\tb;c,d \"e\""})).await;
    for (how, starts) in [
        ("", "\u{feff}submission,round,unit,"),
        ("bom=1&delimiter=comma", "\u{feff}submission,round,unit,"),
        ("bom=0", "submission,round,unit,"),
        ("bom=0&delimiter=semicolon", "submission;round;unit;"),
        ("bom=0&delimiter=tab", "submission\tround\tunit\t"),
    ] {
        let text = file(&app, how).await;
        assert!(text.starts_with(starts) && text.ends_with("\r\n"), "{how}: {text}");
        let sign = starts.trim_start_matches('\u{feff}').as_bytes()["submission".len()];
        let mut reader = csv::ReaderBuilder::new().delimiter(sign).from_reader(text.as_bytes());
        let place = reader.headers().unwrap().iter().position(|name| name == "G2").unwrap();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!((rows.len(), &rows[0][place]), (1, "a\tb;c,d \"e\""), "{how}");
    }
}

#[tokio::test]
async fn a_decimal_comma_changes_no_whole_number_and_nonsense_is_refused() {
    let app = app().await;
    app.send(PRIMARY, key(), json!({"F1": "80", "phut_den_truong": "15"})).await;
    assert_eq!(file(&app, "decimal=comma").await, file(&app, "decimal=point").await);
    let token = app.token("SO-AN-LANH", Scope::Submissions);
    for wrong in ["delimiter=pipe", "decimal=dot", "bom=yes", "format=xml"] {
        let answer = app.feed(&token, &format!("/api/v1/rounds/{ROUND}/submissions?{wrong}")).await;
        assert_eq!(answer.status(), 400, "{wrong}");
    }
}

#[tokio::test]
async fn rows_are_those_of_the_round_and_only_for_its_steering_unit() {
    let app = app().await;
    for (unit, rating) in [(PRIMARY, "5"), (PRIMARY, "4"), (OTHER_PRIMARY, "1")] {
        app.send(unit, key(), json!({"A1": rating})).await;
    }
    let found = rows(&app, "").await;
    let mut cells: Vec<_> = found.iter().map(|row| (&*row["unit"], &*row["channel"], &*row["A1"])).collect();
    cells.sort_unstable();
    assert_eq!(cells, [(OTHER_PRIMARY, "truong", "1"), (PRIMARY, "truong", "4"), (PRIMARY, "truong", "5")]);
    assert!(found.iter().all(|row| row["round"] == ROUND && row["level"] == "tieu_hoc" && row["mode"] == "api"));
    let path = format!("/api/v1/rounds/{ROUND}/submissions");
    for unit in [PRIMARY, "P-HOA-BAN", "THPT-AN-LANH"] {
        let foreign = app.token(unit, Scope::Submissions);
        assert_eq!(app.feed(&foreign, &path).await.status(), 404, "{unit}");
    }
    assert_eq!(app.get(&path).await.status(), 401);
}
