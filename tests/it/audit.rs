//! The audit log: what people did stands there, and nothing that others should not read.

use langnghe::survey::access::{Role, Scope};
use serde_json::json;

use crate::people::{Desk, account};
use crate::support::{PASSWORD, PRIMARY, ROUND, app, key};

const TOP: &str = "SO-AN-LANH";
const WARD: &str = "P-HOA-BAN";
const ALL: [Role; 6] = [Role::QuanTri, Role::ChuTri, Role::SoanPhieu, Role::Duyet, Role::XuLy, Role::PhanTich];

#[tokio::test]
async fn what_an_officer_does_stands_in_the_log_with_name_and_subject() {
    let app = app().await;
    let keeper = Desk::of(&app, "quantri", TOP, &ALL).await;
    let wanted = [("name", "Lê Thị Hoa"), ("login", "hoa.le"), ("unit", WARD), ("role", "chu_tri")];
    assert_eq!(keeper.post("/manage/people/new", &wanted).await.status(), 200);
    assert_eq!(keeper.get(&format!("/manage/rounds/{ROUND}/export.csv")).await.status(), 200);
    let token = [("nonce", "1"), ("name", "Kho"), ("unit", TOP), ("expires", "2099-01-01"), ("aggregates", "on")];
    assert_eq!(keeper.post("/manage/tokens", &token).await.status(), 303);
    assert_eq!(
        keeper.post(&format!("/manage/rounds/{ROUND}/close"), &[("sure", "1"), ("reason", "Mưa bão")]).await.status(),
        303
    );
    let log = keeper.page("/manage/audit").await;
    let done =
        ["Đăng nhập", "Mời người mới", "hoa.le", "Tải từng phiếu", "Tạo mã truy cập API", "Kho", "Đóng đợt", ROUND];
    for said in done {
        assert!(log.contains(said), "{said}: {log}");
    }
    assert!(log.find("Đóng đợt</td>") < log.find("Mời người mới</td>"), "the newest first");
}

#[tokio::test]
async fn what_is_done_on_the_command_line_stands_in_the_log_without_a_name() {
    let app = app().await;
    let keeper = Desk::of(&app, "quantri", TOP, &ALL).await;
    app.token(TOP, Scope::Aggregates);
    let log = keeper.page("/manage/audit?action=token-made").await;
    assert!(log.contains("Dòng lệnh trên máy chủ"), "{log}");
}

#[tokio::test]
async fn rows_that_a_program_fetches_stand_in_the_log_under_its_name() {
    let app = app().await;
    let keeper = Desk::of(&app, "quantri", TOP, &ALL).await;
    let (rows, figures) = (app.token(TOP, Scope::Submissions), app.token(TOP, Scope::Aggregates));
    let path = format!("/api/v1/rounds/{ROUND}/submissions?format=csv");
    assert_eq!(app.feed(&figures, &path).await.status(), 403);
    assert!(!keeper.page("/manage/audit").await.contains("Chương trình tải từng phiếu</td>"));
    assert_eq!(app.feed(&rows, &path).await.status(), 200);
    let log = keeper.page("/manage/audit?action=rows-fetched").await;
    assert!(log.contains("Chương trình “test”") && log.contains(ROUND), "{log}");
}

#[tokio::test]
async fn what_was_refused_leaves_no_line() {
    let app = app().await;
    let keeper = Desk::of(&app, "quantri", TOP, &ALL).await;
    assert_eq!(keeper.post(&format!("/manage/rounds/{ROUND}/close"), &[]).await.status(), 422, "not sure");
    assert!(!keeper.page("/manage/audit").await.contains("Đóng đợt</td>"));
}

#[tokio::test]
async fn the_log_is_searched_by_person_deed_and_day_and_read_page_by_page() {
    let app = app().await;
    let keeper = Desk::of(&app, "quantri", TOP, &ALL).await;
    let person = account(&app, "canbo", TOP, &[]);
    for n in 0..55 {
        let role = if n % 2 == 0 { "chu_tri" } else { "duyet" };
        keeper.post(&format!("/manage/people/{person}/roles"), &[("at", TOP), ("role", role)]).await;
    }
    let rows = |page: &str| page.matches("<th scope=\"row\">").count();
    let first = keeper.page("/manage/audit?subject=canbo&action=roles-changed").await;
    assert_eq!(rows(&first), 50);
    let older =
        first.split("class=\"pager\"><a class=\"btn plain\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(rows(&keeper.page(&older.replace("&#38;", "&").replace("&amp;", "&")).await), 5);
    assert_eq!(rows(&keeper.page("/manage/audit?person=quan+tri").await), 0);
    assert_eq!(rows(&keeper.page("/manage/audit?person=QUANTRI&action=sign-in").await), 1);
    assert_eq!(rows(&keeper.page("/manage/audit?to=2020-01-01").await), 0);
}

#[tokio::test]
async fn a_ward_reads_its_own_log_and_nobody_elses() {
    let app = app().await;
    let top = Desk::of(&app, "giamdoc", TOP, &ALL).await;
    let ward = Desk::of(&app, "canbo", WARD, &ALL).await;
    assert!(top.page("/manage/audit").await.contains("canbo"));
    let log = ward.page("/manage/audit").await;
    assert!(log.contains("canbo") && !log.contains("giamdoc"), "{log}");
    let head = Desk::of(&app, "hieutruong", PRIMARY, &[Role::DauMoi]).await;
    for path in ["/manage/audit", "/manage/audit.csv"] {
        assert_eq!(head.get(path).await.status(), 403);
    }
}

#[tokio::test]
async fn the_file_opens_in_excel_runs_nothing_and_its_download_is_written_down() {
    let app = app().await;
    let keeper = Desk::of(&app, "quantri", TOP, &ALL).await;
    let token = [("nonce", "1"), ("name", "=1+1"), ("unit", TOP), ("expires", "2099-01-01"), ("aggregates", "on")];
    keeper.post("/manage/tokens", &token).await;
    let file = keeper.get("/manage/audit.csv?action=token-made").await;
    assert_eq!(file.headers()["content-disposition"], "attachment; filename=\"audit.csv\"");
    let text = file.text().await.unwrap();
    assert!(text.starts_with("\u{feff}at;login;name;action;subject;detail;unit;deed;details\r\n"), "{text}");
    assert!(text.contains(";quantri;quantri;token-made;'=1+1;aggregates;"), "{text}");
    assert!(keeper.page("/manage/audit").await.contains("Tải nhật ký</td>"));
}

#[tokio::test]
async fn guessing_is_written_down_once_there_is_a_wait_and_never_what_was_typed() {
    let app = app().await;
    let keeper = Desk::of(&app, "quantri", TOP, &ALL).await;
    account(&app, "canbo", TOP, &[]);
    let visitor = Desk::new(&app);
    for _ in 0..4 {
        visitor.enter("canbo", "doan-mo").await;
        visitor.enter("mat-khau-cua-toi", "doan-mo").await;
    }
    let quiet = keeper.page("/manage/audit").await;
    assert!(!quiet.contains("phải chờ</td>"), "mistyping is not written down");
    for _ in 0..3 {
        visitor.enter("canbo", "doan-mo").await;
        visitor.enter("mat-khau-cua-toi", "doan-mo").await;
    }
    let log = keeper.page("/manage/audit").await;
    assert_eq!(log.matches("phải chờ</td>").count(), 1);
    assert!(!log.contains("doan-mo") && !log.contains("mat-khau-cua-toi"));
    assert_eq!(visitor.enter("canbo", PASSWORD).await.status(), 429);
}

#[tokio::test]
async fn what_parents_write_never_stands_in_the_log() {
    let app = app().await;
    let keeper = Desk::of(&app, "quantri", TOP, &ALL).await;
    app.send(PRIMARY, key(), json!({"A1": "5", "G2": "Cháu bị đánh ở cổng trường"})).await;
    let alerts = keeper.page("/manage/alerts").await;
    let id = alerts.split("/manage/alerts/").nth(1).and_then(|rest| rest.split('/').next()).unwrap().to_owned();
    let handled = keeper.post(&format!("/manage/alerts/{id}/handled"), &[("verdict", "passed-on")]).await;
    assert_eq!(handled.status(), 303);
    let log = keeper.page("/manage/audit").await;
    assert!(log.contains("Xử lý ý kiến cần xem ngay</td>") && !log.contains("cổng trường"), "{log}");
}
