//! Every kind of file of a round: what is chosen, what is refused, and whether other programs read the same from all of them.

use std::path::{Path, PathBuf};
use std::process::Command;

use diesel::connection::SimpleConnection;
use langnghe::analysis::method::{Design, Method, Reach};
use langnghe::export::{Rows, Wanted};
use langnghe::store::round_methods::{self, Decision};
use langnghe::survey::access::{Role, Scope};
use langnghe::web::words::Words;
use serde_json::json;

use crate::support::{OTHER_PRIMARY, PRIMARY, ROUND, TestApp, app, app_asking, app_for, key};

/// A file, asked for by an analyst's program.
async fn asked(app: &TestApp, how: &str) -> (u16, Vec<u8>) {
    let token = app.token("SO-AN-LANH", Scope::Submissions);
    let answer = app.feed(&token, &format!("/api/v1/rounds/{ROUND}/submissions?{how}")).await;
    (answer.status().as_u16(), answer.bytes().await.unwrap().to_vec())
}

async fn text(app: &TestApp, how: &str) -> String {
    let (status, bytes) = asked(app, how).await;
    assert_eq!(status, 200, "{how}: {}", String::from_utf8_lossy(&bytes));
    String::from_utf8(bytes).unwrap()
}

/// Python with what reads these files: where `tests/run` puts it, or where `OPENAPI_PYTHON` says.
fn python() -> PathBuf {
    let usual = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/test-tools/python/bin/python");
    std::env::var_os("OPENAPI_PYTHON").map_or(usual, PathBuf::from)
}

/// Fetches one selection as every kind of file, and lets other programs compare them.
pub async fn compare(app: &TestApp, also: &str) {
    let folder = tempfile::tempdir().unwrap();
    #[cfg(feature = "parquet")]
    let parquet = [("data.parquet", "format=parquet"), ("split.parquet", "format=parquet&split=1")];
    #[cfg(not(feature = "parquet"))]
    let parquet = [];
    let files = [
        ("plain.csv", "format=csv"),
        ("split.csv", "format=csv&split=1"),
        ("vi.csv", "format=csv&delimiter=semicolon&decimal=comma"),
        ("data.xlsx", "format=xlsx"),
        ("data.sav", "format=sav"),
        ("data.jsonl", "format=jsonl"),
        ("codebook.csv", "format=codebook"),
        ("codebook-split.csv", "format=codebook&split=1"),
        ("ddi.xml", "format=ddi"),
    ];
    for (name, how) in files.into_iter().chain(parquet) {
        let (status, bytes) = asked(app, &format!("{how}{also}")).await;
        assert_eq!(status, 200, "{how}");
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports.py");
    let run = Command::new(python()).arg(script).arg(folder.path()).output().unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{said}{}", String::from_utf8_lossy(&run.stderr));
}

#[tokio::test]
async fn every_kind_of_file_says_the_same_whoever_reads_it() {
    let app = app_for(&["hai-long-thpt"], &["THPT-AN-LANH"]).await;
    let long = "Nhà trường rất quan tâm đến các con. ".repeat(20);
    for answers in [
        json!({"A1": "5", "A2": "9", "G1": ["nha_ve_sinh", "thiet_bi"], "G2": "=Ước gì \"sạch\" hơn;\nđẹp hơn, 5 < 6 & 7"}),
        json!({"A1": "1", "G2": "_x0041_ ngoằn ngoèo 😀 +84 912 345 678", "F1": "80"}),
        json!({"huong_sau_thpt": "other", "huong_sau_thpt_other": "Mở quán cà phê", "G2": long.trim()}),
        json!({"G2": "-5", "A3": "3"}),
    ] {
        assert_eq!(app.send("THPT-AN-LANH", key(), answers).await.status(), 201);
    }
    compare(&app, "").await;
    // a selection that leaves nothing is a file with headings
    compare(&app, "&from=2001-01-01&to=2001-01-02").await;
}

/// Questions to which -9 is an answer.
const COLD: &str = r#"{"code": "mua-dong", "instrument": "khao_sat", "audience": "phu_huynh", "languages": ["vi"],
    "title": {"vi": "Mùa đông"}, "sections": [{"code": "A", "title": {"vi": "A"}, "questions": [
    {"code": "nhiet_do", "kind": "integer", "label": {"vi": "Sáng nay bao nhiêu độ?"}, "min": -20, "max": 45},
    {"code": "chinh_xac", "kind": "decimal", "label": {"vi": "Chính xác?"}, "min": -99.5, "max": 45},
    {"code": "so_con", "kind": "integer", "label": {"vi": "Mấy con?"}, "min": 0, "max": 20}]}]}"#;

#[tokio::test]
async fn where_minus_nine_is_an_answer_it_is_one_for_every_reader() {
    let app = app_asking(&[COLD], &[PRIMARY]).await;
    let cold = json!({"nhiet_do": "-9", "chinh_xac": "-9"});
    for answers in [cold, json!({"chinh_xac": "-99", "so_con": "2"}), json!({"nhiet_do": "21"})] {
        assert_eq!(app.send(PRIMARY, key(), answers).await.status(), 201);
    }
    compare(&app, "").await;
    let table = text(&app, "bom=0&question=nhiet_do,chinh_xac,so_con").await;
    let mut cells: Vec<String> =
        table.lines().skip(1).map(|line| line.rsplitn(4, ',').take(3).collect::<Vec<_>>().join(" ")).collect();
    cells.sort_unstable();
    assert_eq!(cells, ["-9 -9 -9", "-9 -999 21", "2 -99 -99"], "from the last column to the first");
    let said = text(&app, "format=ddi").await;
    assert!(said.contains("nhiet_do: -99, chinh_xac: -999."), "{said}");
}

#[tokio::test]
async fn a_selection_leaves_what_was_asked_for_and_nothing_else() {
    let app = app().await;
    for (unit, rating) in [(PRIMARY, "5"), (PRIMARY, "4"), (OTHER_PRIMARY, "1")] {
        assert_eq!(app.send(unit, key(), json!({"A1": rating})).await.status(), 201);
    }
    let rows = async |how: &str| text(&app, how).await.lines().count() - 1;
    assert_eq!(rows(&format!("unit={PRIMARY}")).await, 2);
    assert_eq!(rows(&format!("unit={PRIMARY},{OTHER_PRIMARY}")).await, 3);
    assert_eq!(rows("unit=SO-AN-LANH").await, 3, "a unit has what is below it");
    for (how, count) in [
        ("channel=truong", 3),
        ("channel=mat_tran", 0),
        ("lang=vi", 3),
        ("lang=en", 0),
        ("level=tieu_hoc", 3),
        ("to=2001-01-01", 0),
        ("from=2001-01-01", 3),
        ("questionnaire=hai-long-tieu-hoc", 3),
    ] {
        assert_eq!(rows(how).await, count, "{how}");
    }
    let header = text(&app, "bom=0&question=A1,G1").await.lines().next().unwrap().to_owned();
    assert_eq!(header, "submission,round,unit,unit_name,level,channel,lang,version,mode,submitted_on,A1,G1");
}

#[tokio::test]
async fn how_many_forms_fit_is_known_before_there_is_a_file() {
    let app = app().await;
    for (unit, rating) in [(PRIMARY, "5"), (PRIMARY, "4"), (OTHER_PRIMARY, "1")] {
        assert_eq!(app.send(unit, key(), json!({"A1": rating})).await.status(), 201);
    }
    let rows = app.state.store.read_now(|db| langnghe::store::submissions::page(db, app.round.id, &[], 1)).unwrap();
    let desk = crate::people::Desk::of(&app, "phan.tich", "SO-AN-LANH", &[Role::PhanTich]).await;
    let one = data_encoding::HEXLOWER.encode(&rows[0].id);
    let sent = [("rule", "by-hand"), ("forms", one.as_str()), ("reason", "Phiếu gửi thử")];
    assert_eq!(desk.post(&format!("/analyse/{ROUND}/quality"), &sent).await.status(), 303);
    let unit = format!("unit={PRIMARY}");
    for how in
        ["", &unit, "level=tieu_hoc", "channel=mat_tran", "lang=vi", "lang=en", "from=2001-01-01", "to=2001-01-01"]
            .into_iter()
            .flat_map(|how| [how.to_owned(), format!("{how}&excluded=also")])
    {
        let there = i64::try_from(text(&app, &how).await.lines().count()).unwrap() - 1;
        let wanted = Wanted::read_strictly(&how).unwrap();
        let state = &app.state;
        let rows = Rows::prepare(&state.store, &state.catalogue, &app.round, &wanted, &Words::VI).unwrap();
        for enough in 0..4 {
            let at_most = rows.at_most(enough).unwrap();
            assert!(at_most >= there && (at_most > enough) == (there > enough), "{how}: {at_most}, not {there}");
        }
    }
}

#[tokio::test]
async fn a_file_says_which_forms_it_has_by_name_and_code() {
    let app = app().await;
    let how = format!("format=ddi&unit={PRIMARY},P-HOA-BAN&level=tieu_hoc&channel=mat_tran&lang=vi&question=A1");
    let document = text(&app, &how).await;
    let said = document.split("<conditions>").nth(1).and_then(|rest| rest.split("</conditions>").next()).unwrap();
    let parts: Vec<&str> = said.split("; ").collect();
    assert!(
        parts[0].contains("Trường Tiểu học Hoa Mai (TH-HOA-MAI), ") && parts[0].ends_with(" (P-HOA-BAN)"),
        "{said}"
    );
    assert_eq!(parts[1..4], ["cấp học: Tiểu học (tieu_hoc)", "kênh: Mặt trận (mat_tran)", "ngôn ngữ: tiếng Việt (vi)"]);
    assert_eq!(parts[4], "câu hỏi: Thông tin nhà trường cung cấp khi con nhập học (A1)");
}

#[tokio::test]
async fn what_the_round_does_not_have_is_named() {
    let app = app().await;
    for (how, names) in [
        ("unit=KHONG-CO", "no unit \"KHONG-CO\""),
        ("unit=THPT-AN-LANH", "no unit \"THPT-AN-LANH\""),
        ("level=thcs", "no level \"thcs\""),
        ("question=A1,Z99", "no question \"Z99\""),
        ("questionnaire=x&format=ddi", "no questionnaire \"x\""),
        ("from=05/09/2026", "from cannot be \"05/09/2026\""),
        ("labels=5", "labels cannot be \"5\""),
        ("channel=zalo", "channel cannot be \"zalo\""),
        ("from=2026-09-02&to=2026-09-01", "lies before"),
    ] {
        let (status, body) = asked(&app, how).await;
        let problem: serde_json::Value = serde_json::from_slice(&body).unwrap();
        let detail = problem["detail"].as_str().unwrap();
        assert_eq!(status, 400, "{how}");
        assert!(detail.contains(names), "{how}: {detail}");
    }
}

#[tokio::test]
async fn json_lines_leave_out_what_was_not_asked_and_say_null_where_nobody_answered() {
    let app = app().await;
    app.send(PRIMARY, key(), json!({"ban_tru": "khong", "A1": "5", "F1": "80", "G1": ["bua_an", "an_toan"]})).await;
    let row: serde_json::Value = serde_json::from_str(text(&app, "format=jsonl").await.trim_end()).unwrap();
    assert_eq!([&row["A1"], &row["F1"], &row["A3"]], [&json!("5"), &json!(80), &json!(null)]);
    assert_eq!(row["G1"], json!(["bua_an", "an_toan"]));
    assert!(row.get("A3").is_some() && row.get("D6").is_none());
}

#[tokio::test]
async fn rows_have_the_day_and_no_file_tells_a_time() {
    let app = app().await;
    app.send(PRIMARY, key(), json!({"A1": "5"})).await;
    let (_, sav) = asked(&app, "format=sav").await;
    assert_eq!(&sav[..4], b"$FL2");
    assert_eq!(&sav[101..109], b"00:00:00", "when the file was made is told as a day");
    let row = text(&app, "format=jsonl").await;
    assert!(!row.contains(':') || !row.contains("T0"), "{row}");
}

#[tokio::test]
async fn a_file_comes_with_the_sum_of_its_bytes_and_comes_again_as_the_same() {
    use sha2::{Digest, Sha256};
    let app = app().await;
    app.send(PRIMARY, key(), json!({"A1": "5", "G2": "Cần thêm cây xanh"})).await;
    let token = app.token("SO-AN-LANH", Scope::Submissions);
    for format in ["csv", "xlsx", "sav", "jsonl", "codebook", "ddi"] {
        let path = format!("/api/v1/rounds/{ROUND}/submissions?format={format}");
        let answer = app.feed(&token, &path).await;
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        let (sum, tag, length) = (header("repr-digest"), header("etag"), header("content-length"));
        let bytes = answer.bytes().await.unwrap();
        let own = Sha256::digest(&bytes);
        assert_eq!(sum, format!("sha-256=:{}:", data_encoding::BASE64.encode(&own)), "{format}");
        assert_eq!((length, &bytes), (bytes.len().to_string(), &app.feed(&token, &path).await.bytes().await.unwrap()));
        let known = app.client.get(app.path(&path)).bearer_auth(&token).header("If-None-Match", tag).send().await;
        assert_eq!(known.unwrap().status(), 304, "{format}");
    }
}

/// A round that looks as large as those whose files are sent while they are written, with a damaged form in it or not.
async fn large(damaged: bool) -> TestApp {
    let app = app().await;
    for rating in ["5", "1", "3"] {
        app.send(PRIMARY, key(), json!({"A1": rating})).await;
    }
    let mut statement = "UPDATE tally SET n = 600000;".to_owned();
    if damaged {
        statement.push_str(
            "UPDATE submission SET answers = 'x' WHERE id = (SELECT id FROM submission ORDER BY id DESC LIMIT 1);",
        );
    }
    app.change(|db, _| Ok(db.batch_execute(&statement)?));
    app
}

#[tokio::test]
async fn a_stream_that_cannot_go_on_is_a_broken_transfer_and_no_shorter_file() {
    let path = format!("/api/v1/rounds/{ROUND}/submissions");
    for format in ["csv", "xlsx", "jsonl"] {
        let how = format!("format={format}");
        let app = large(false).await;
        assert!(!asked(&app, &how).await.1.is_empty(), "it is complete");
        let app = large(true).await;
        let token = app.token("SO-AN-LANH", Scope::Submissions);
        let answer = app.feed(&token, &format!("{path}?{how}")).await;
        assert!(answer.headers().get("content-length").is_none(), "it is sent while it is written");
        assert!(answer.bytes().await.is_err(), "{format}");
    }
}

#[tokio::test]
async fn a_small_file_that_cannot_be_made_is_no_file() {
    let app = large(true).await;
    app.change(|db, _| Ok(db.batch_execute("UPDATE tally SET n = 3;")?));
    let (status, body) = asked(&app, "format=csv").await;
    assert_eq!(status, 500, "{}", String::from_utf8_lossy(&body));
}

#[tokio::test]
async fn tables_for_programs_hold_numbers_with_what_they_were_made_of() {
    use langnghe::survey::access::Role;
    let app = app().await;
    for rating in ["5", "4", "1"] {
        app.send(PRIMARY, key(), json!({"khoi_lop": "lop_1", "A1": rating, "F1": "80", "F2": rating})).await;
    }
    let desk = crate::people::Desk::of(&app, "phan.tich", "SO-AN-LANH", &[Role::PhanTich]).await;
    let levels = desk.page(&format!("/analyse/{ROUND}/levels.csv")).await;
    let line = |begins: &str| levels.lines().find(|line| line.starts_with(begins)).unwrap_or(begins).to_owned();
    assert!(
        line("A_satisfied").ends_with(",66.6666666667,2,3,,,,Không đại diện,mean_of_items; simple; counted"),
        "{levels}"
    );
    assert!(line("forms").ends_with(",3,,,,,,Không đại diện,mean_of_items; simple; counted"), "{levels}");
    assert!(line("khoi_lop_lop_1").contains(",100.0000000000,3,3,"), "who answered: {levels}");
    let weights = desk.page(&format!("/analyse/{ROUND}/weights.csv")).await;
    let a1 = weights.lines().find(|line| line.starts_with("A1,")).unwrap();
    assert!(a1.contains(",2,3,66.6666666667,3.3333333333,66.6666666667,3.3333333333,"), "{weights}");
}

#[tokio::test]
async fn a_file_says_whether_people_were_drawn_and_how() {
    let app = app().await;
    app.send(PRIMARY, key(), json!({"B2": "1"})).await;
    assert!(text(&app, "format=ddi").await.contains("không phải mẫu chọn ngẫu nhiên"));
    let account = crate::people::account(&app, "phan-tich", "SO-AN-LANH", &[Role::PhanTich]);
    let drawn = Method { reach: Reach::Drawn(Design::Simple), ..Method::USUAL };
    let decision = Decision { method: drawn, basis: "Bốc thăm từ danh sách lớp", reason: "" };
    let now = app.state.clock.now();
    app.change(|db, round| round_methods::decide(db, round, decision, account, now));
    let said = text(&app, "format=ddi").await;
    assert!(said.contains("do chọn ngẫu nhiên") && said.contains("Bốc thăm từ danh sách lớp"), "{said}");
    assert!(!said.contains("không phải mẫu"), "{said}");
}
