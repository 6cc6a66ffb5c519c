//! Forms that count in no figure are in no file either, unless somebody asks for them; then the file tells which they are.

use langnghe::store::{exclusions, tallies, units};
use langnghe::survey::access::{Role, Scope};
use langnghe::survey::question::KindName;
use langnghe::survey::templates;
use reqwest::Response;
use serde_json::{Value, json};

use crate::exports::compare;
use crate::people::Desk;
use crate::support::{FORM, OTHER_PRIMARY, PRIMARY, ROUND, TestApp, app, key};

/// The same mark for everything that is rated.
fn alike() -> Value {
    let questions = templates::find(FORM).unwrap().questionnaire.questions.iter();
    questions.filter(|one| one.kind_name == KindName::Rating).map(|one| (one.code.clone(), json!("5"))).collect()
}

/// Five forms, of which two are excluded by a rule and one of them by hand as well.
async fn round() -> TestApp {
    let app = app().await;
    for (unit, answers) in [
        (PRIMARY, alike()),
        (OTHER_PRIMARY, alike()),
        (PRIMARY, json!({"A1": "4", "G2": "Cần thêm cây xanh"})),
        (PRIMARY, json!({"A1": "2"})),
        (OTHER_PRIMARY, json!({"A1": "3"})),
    ] {
        assert_eq!(app.send(unit, key(), answers).await.status(), 201);
    }
    let desk = Desk::of(&app, "loai.phieu", "SO-AN-LANH", &[Role::PhanTich]).await;
    leave_out(&app, &desk).await;
    app
}

async fn leave_out(app: &TestApp, desk: &Desk<'_>) {
    let quality = format!("/analyse/{ROUND}/quality");
    let excluded = desk.post(&quality, &[("rule", "alike"), ("forms", ""), ("reason", "Chấm cho xong")]).await;
    assert_eq!(excluded.status(), 303);
    let one = app.state.store.read_now(|db| exclusions::of_round(db, app.round.id)).unwrap()[0].clone();
    let named = data_encoding::HEXLOWER.encode(&one);
    let excluded = desk.post(&quality, &[("rule", "by-hand"), ("forms", &named), ("reason", "Phiếu gửi thử")]).await;
    assert_eq!(excluded.status(), 303);
}

async fn file(app: &TestApp, how: &str) -> Response {
    let token = app.token("SO-AN-LANH", Scope::Submissions);
    let answer = app.feed(&token, &format!("/api/v1/rounds/{ROUND}/submissions?{how}")).await;
    assert_eq!(answer.status(), 200, "{how}");
    answer
}

async fn text(app: &TestApp, how: &str) -> String {
    file(app, how).await.text().await.unwrap()
}

fn told(answer: &Response) -> Option<&str> {
    answer.headers().get("excluded-forms").map(|told| told.to_str().unwrap())
}

#[tokio::test]
async fn rows_add_up_to_the_figures_with_and_without_what_was_left_out() {
    let app = round().await;
    let figures = app.state.store.read_now(|db| tallies::of_round(db, app.round.id)).unwrap();
    let rows = async |how: &str| text(&app, how).await.lines().count() as i64 - 1;
    for (unit, wanted) in [(PRIMARY, 2), (OTHER_PRIMARY, 1)] {
        let id = app.state.store.read_now(|db| units::id_by_code(db, unit)).unwrap().unwrap();
        let n: i64 = figures.iter().filter(|(key, _)| key.unit_id == id).map(|(_, counts)| counts.n).sum();
        assert_eq!((n, rows(&format!("unit={unit}")).await), (wanted, wanted), "{unit}");
    }
    assert_eq!((rows("excluded=out").await, rows("excluded=also").await), (3, 5));
}

#[tokio::test]
async fn a_column_tells_the_rules_where_excluded_forms_are_in_the_file_and_only_there() {
    let app = round().await;
    let header = async |how: &str| text(&app, how).await.lines().next().unwrap().to_owned();
    assert_eq!(header("excluded=also").await, header("").await + ",excluded_by");
    let (plain, also) = (text(&app, "bom=0").await, text(&app, "bom=0&excluded=also").await);
    let endings: Vec<&str> = also.lines().skip(1).map(|line| line.rsplit(',').next().unwrap()).collect();
    let count = |rules: &str| endings.iter().filter(|found| **found == rules).count();
    assert_eq!((count(""), count("alike"), count("alike by-hand")), (3, 1, 1), "{endings:?}");
    let counted: Vec<&str> = also.lines().skip(1).filter_map(|line| line.strip_suffix(',')).collect();
    assert_eq!(counted, plain.lines().skip(1).collect::<Vec<_>>(), "every other cell is as it was");
    let json = text(&app, "format=jsonl&excluded=also").await;
    assert!(json.contains("\"excluded_by\":[\"alike\",\"by-hand\"]"), "{json}");
}

#[tokio::test]
async fn every_file_says_how_many_forms_were_left_out_by_which_rule() {
    let app = round().await;
    assert_eq!(told(&file(&app, "").await), Some("left-out=2, alike=2, by-hand=1"));
    assert_eq!(told(&file(&app, "format=jsonl&excluded=also").await), Some("included=2, alike=2, by-hand=1"));
    assert_eq!(told(&file(&app, &format!("unit={PRIMARY}&to=2001-01-01")).await), None, "of the selection");
    let said = "2 phiếu đã loại khỏi số liệu, theo quy tắc: “Cho mọi mục cùng một mức” 2; “Loại từng phiếu” 1";
    assert!(text(&app, "format=ddi").await.contains(&said.replace('"', "&quot;")));
    let sav = file(&app, "format=sav").await.bytes().await.unwrap();
    // its document has lines of 80 bytes
    let sav: String = String::from_utf8_lossy(&sav).split_whitespace().collect();
    assert!(sav.contains(&said.replace(' ', "")), "the lines of its document");
}

#[tokio::test]
async fn every_kind_of_file_agrees_about_excluded_forms_whoever_reads_it() {
    let app = round().await;
    compare(&app, "&excluded=also").await;
}

#[tokio::test]
async fn taken_back_an_exclusion_leaves_the_file_as_it_was() {
    let app = app().await;
    for _ in 0..2 {
        app.send(PRIMARY, key(), alike()).await;
    }
    let before = text(&app, "").await;
    let desk = Desk::of(&app, "phan.tich", "SO-AN-LANH", &[Role::PhanTich]).await;
    leave_out(&app, &desk).await;
    assert_ne!(text(&app, "").await, before);
    for row in app.state.store.read_now(|db| exclusions::history(db, app.round.id)).unwrap() {
        let undo = format!("/analyse/{ROUND}/quality/{}/undo", row.id);
        assert_eq!(desk.post(&undo, &[("reason", "Xem lại thì hợp lệ")]).await.status(), 303);
    }
    assert_eq!((text(&app, "").await, told(&file(&app, "").await)), (before, None));
}

#[tokio::test]
async fn the_page_asks_about_excluded_forms_where_there_are_any() {
    let app = round().await;
    let desk = Desk::of(&app, "phan.tich", "SO-AN-LANH", &[Role::PhanTich]).await;
    let page = format!("/analyse/{ROUND}/exports");
    let shown = desk.page(&page).await;
    assert!(shown.contains("Đợt này có 3 phiếu") && shown.contains("name=\"excluded\" value=\"also\""), "{shown}");
    assert!(shown.contains("“Cho mọi mục cùng một mức” 2; “Loại từng phiếu” 1"), "{shown}");
    let also = desk.post(&page, &[("format", "csv"), ("excluded", "also")]).await;
    assert_eq!(told(&also), Some("included=2, alike=2, by-hand=1"));
    assert_eq!(also.text().await.unwrap().lines().count(), 6);
}

#[tokio::test]
async fn what_is_published_says_how_many_forms_count_nowhere() {
    let app = round().await;
    let front = app.token("SO-AN-LANH", Scope::Aggregates);
    let ask = async |path: &str| app.feed(&front, &format!("/api/v1/rounds/{ROUND}{path}")).await;
    let live: Value = ask("").await.json().await.unwrap();
    let counted: i64 = live["units"].as_array().unwrap().iter().map(|unit| unit["n"].as_i64().unwrap()).sum();
    assert_eq!(counted, 3, "without the two that are excluded: {live}");
    app.freeze().await;
    let told: Value = ask("/tallies?by=total").await.json().await.unwrap();
    let rules = json!([{"rule": "alike", "forms": 2}, {"rule": "by-hand", "forms": 1}]);
    assert_eq!(told["release"]["excluded"], rules);
    let csv = ask("/tallies?by=total&format=csv").await;
    assert_eq!(self::told(&csv), Some("alike=2, by-hand=1"));
    let desk = Desk::of(&app, "hieu-truong", PRIMARY, &[Role::DauMoi]).await;
    let page = desk.page(&format!("/manage/released/{ROUND}")).await;
    assert!(page.contains("“Cho mọi mục cùng một mức” 2 phiếu; “Loại từng phiếu” 1 phiếu"), "{page}");
}
