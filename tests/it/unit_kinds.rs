//! Kinds of units as data: somebody at the top adds one, files and forms know it, and its people get the rights of its group.

use langnghe::store::{unit_kinds, units};
use langnghe::survey::access::Role;

use crate::people::Desk;
use crate::support::{TestApp, app};

const CENTRE: [(&str, &str); 4] =
    [("do", "add"), ("name_vi", "Trung tâm GDTX"), ("nature", "truong"), ("below", "so_gddt")];

async fn office(app: &TestApp) -> Desk<'_> {
    Desk::of(app, "quantri", "SO-AN-LANH", &[Role::QuanTri]).await
}

fn kinds(app: &TestApp) -> Vec<String> {
    let kinds = app.state.store.read_now(unit_kinds::all).unwrap();
    kinds.iter().map(|kind| format!("{}: {}", kind.kind, kind.name_vi)).collect()
}

async fn import(desk: &Desk<'_>, row: &str) -> String {
    let csv = format!("code,name,kind,parent,valid_from,enrol_gdtx\n{row}\n");
    let form = reqwest::multipart::Form::new().text("confirm", "1");
    let form = form.part("file", reqwest::multipart::Part::text(csv).file_name("ds.csv"));
    desk.upload("/manage/units/import", form).await.text().await.unwrap()
}

#[tokio::test]
async fn a_kind_is_added_renamed_and_taken_away_where_nothing_is_of_it() {
    let app = app().await;
    let desk = office(&app).await;
    assert_eq!(desk.post("/manage/units/kinds", &CENTRE).await.status(), 303);
    assert_eq!(kinds(&app).last().unwrap(), "trung_tam_gdtx: Trung tâm GDTX");
    let again = desk.post("/manage/units/kinds", &CENTRE).await;
    assert!(again.status() == 422 && again.text().await.unwrap().contains("Đã có loại mang tên hoặc mã này"));
    let own = [("kind", "trung_tam_gdtx"), ("name_vi", "TT GDNN – GDTX"), ("at_top", "1")];
    assert_eq!(desk.post("/manage/units/kinds", &[&own[..], &[("do", "change")]].concat()).await.status(), 303);
    assert_eq!(kinds(&app).last().unwrap(), "trung_tam_gdtx: TT GDNN – GDTX");
    assert_eq!(desk.post("/manage/units/kinds", &[("kind", "trung_tam_gdtx"), ("do", "remove")]).await.status(), 303);
    assert_eq!(kinds(&app).len(), 5);
    let used = desk.post("/manage/units/kinds", &[("kind", "mat_tran"), ("do", "remove")]).await;
    assert!(used.status() == 422 && used.text().await.unwrap().contains("Đang có đơn vị thuộc loại này"));
    let log = desk.page("/manage/audit").await;
    assert!(log.contains("Thêm loại đơn vị") && log.contains("Bỏ loại đơn vị"), "{log}");
}

#[tokio::test]
async fn files_and_forms_know_a_new_kind_and_its_people_are_people_of_a_school() {
    let app = app().await;
    let desk = office(&app).await;
    desk.post("/manage/units/kinds", &CENTRE).await;
    let wrong = import(&desk, "TT-A,Trung tâm A,Trung tâm,SO-AN-LANH,2025-07-01,90").await;
    assert!(wrong.contains("Dòng 2") && wrong.contains("trung_tam_gdtx (Trung tâm GDTX)"), "{wrong}");
    let elsewhere = import(&desk, "TT-A,Trung tâm A,Trung tâm GDTX,P-HOA-BAN,2025-07-01,90").await;
    assert!(elsewhere.contains("không đứng dưới “P-HOA-BAN”") && elsewhere.contains("Sở Giáo dục"), "{elsewhere}");
    import(&desk, "TT-A,Trung tâm A,Trung tâm GDTX,SO-AN-LANH,2025-07-01,90").await;
    let list = desk.page("/manage/units?q=trung+tam+a").await;
    assert!(list.contains("Trung tâm GDTX: 1"), "{list}");
    let form = desk.page("/manage/units/new?kind=trung_tam_gdtx").await;
    let above = form.split("name=\"parent\"").nth(1).unwrap().split("</select>").next().unwrap();
    assert!(form.contains("enrol_gdtx") && above.contains("SO-AN-LANH") && !above.contains("P-HOA-BAN"), "{form}");
    let head = Desk::of(&app, "giamdoc", "TT-A", &[Role::DauMoi]).await;
    assert_eq!(head.get("/manage/school").await.status(), 200);
    assert_eq!(head.get("/manage/units/kinds").await.status(), 403);
}

#[tokio::test]
async fn a_labour_federation_watches_like_the_front() {
    let app = app().await;
    let desk = office(&app).await;
    let federation = [("do", "add"), ("name_vi", "Liên đoàn Lao động"), ("nature", "doan_the"), ("at_top", "1")];
    desk.post("/manage/units/kinds", &federation).await;
    import(&desk, "LDLD,Liên đoàn Lao động Hoa Ban,lien_doan_lao_dong,P-HOA-BAN,2025-07-01,").await;
    assert!(app.state.store.read_now(|db| units::id_by_code(db, "LDLD")).unwrap().is_some());
    let watcher = Desk::of(&app, "ldld", "LDLD", &[Role::GiamSat, Role::ChuTri]).await;
    let assisted = watcher.page("/manage/assist").await;
    assert!(assisted.contains("Trường Tiểu học Hoa Ban"), "{assisted}");
    assert_eq!(watcher.get("/manage/rounds/new").await.status(), 403, "a role of offices has no effect there");
}

#[tokio::test]
async fn whoever_stands_below_reads_the_kinds_and_changes_none() {
    let app = app().await;
    let ward = Desk::of(&app, "phuong", "P-HOA-BAN", &[Role::QuanTri]).await;
    let page = ward.page("/manage/units/kinds").await;
    assert!(
        page.contains("Mặt trận Tổ quốc") && page.contains("xin báo cấp trên") && !page.contains("name_vi"),
        "{page}"
    );
    assert_eq!(ward.post("/manage/units/kinds", &CENTRE).await.status(), 403);
    assert_eq!(kinds(&app).len(), 5);
}
