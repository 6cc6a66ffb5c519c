//! One unit at a time: corrected, added, renamed, merged, split and moved, with the days on which that happens.

use langnghe::store::units;
use langnghe::survey::access::Role;
use langnghe::survey::code::Level;
use langnghe::survey::unit::Unit;

use crate::people::Desk;
use crate::support::{OTHER_PRIMARY, PRIMARY, TestApp, app};

const DAY: i64 = 24 * 3600;
const BASIS: (&str, &str) = ("basis", "Quyết định 12/QĐ-UBND ngày 01/6/2026");

fn unit(app: &TestApp, code: &str) -> Option<Unit> {
    app.state.store.read_now(|db| units::by_code(db, code)).unwrap().map(|stored| stored.unit)
}

async fn office(app: &TestApp) -> Desk<'_> {
    Desk::of(app, "quantri", "SO-AN-LANH", &[Role::QuanTri]).await
}

/// What the page says would follow, and then that it is so.
async fn happens(desk: &Desk<'_>, unit: &str, fields: &[(&str, &str)]) -> String {
    let path = format!("/manage/units/{unit}/change");
    let looked = desk.post(&path, fields).await.text().await.unwrap();
    assert!(looked.contains("Những gì sẽ thay đổi"), "{looked}");
    let done = desk.post(&path, &[fields, &[("confirm", "1")]].concat()).await;
    assert_eq!(done.status(), 303, "{}", done.text().await.unwrap());
    looked
}

#[tokio::test]
async fn pupils_and_classes_are_corrected_by_the_rules_of_a_file() {
    let app = app().await;
    let desk = office(&app).await;
    let before = unit(&app, PRIMARY).unwrap();
    let path = format!("/manage/units/{PRIMARY}");
    let from = before.valid_from.to_string();
    let sent = |pupils, classes| {
        let fields = [("name", before.name.as_str()), ("valid_from", from.as_str()), ("school_type", "cong_lap")];
        [&fields[..], &[("enrol_tieu_hoc", pupils), ("classes_tieu_hoc", classes)]].concat()
    };
    let wrong = desk.post(&path, &sent("nhiều", "1A, 1A")).await;
    assert_eq!(wrong.status(), 422);
    let page = wrong.text().await.unwrap();
    assert!(page.contains("Không phải số nguyên") && page.contains("Không phải số lớp") && page.contains("1A, 1A"));
    assert_eq!(desk.post(&path, &sent("1.701", "1A, 1B; 2A")).await.status(), 303);
    let after = unit(&app, PRIMARY).unwrap();
    assert_eq!((after.enrolment[&Level::TieuHoc], after.classes[&Level::TieuHoc].names().len()), (1701, 3));
    assert_eq!((after.parent, after.professional_parent), (before.parent, before.professional_parent));
}

#[tokio::test]
async fn a_school_is_renamed_on_a_day_to_come_and_found_by_both_names() {
    let app = app().await;
    let desk = office(&app).await;
    let day = (app.state.clock.today() + chrono::TimeDelta::days(2)).to_string();
    let fields = [("kind", "doi_ten"), ("name", "Trường Tiểu học Anh Đào"), ("day", &day), BASIS];
    let looked = happens(&desk, PRIMARY, &fields).await;
    assert!(looked.contains("mang tên Trường Tiểu học Anh Đào"), "{looked}");
    assert_eq!(unit(&app, PRIMARY).unwrap().name, "Trường Tiểu học Hoa Mai");
    app.state.clock.advance(2 * DAY);
    let (now, today) = (app.state.clock.now(), app.state.clock.today());
    app.state.store.write_now(|db| langnghe::store::successions::come_into_force(db, now, today)).unwrap();
    let desk = Desk::of(&app, "quantri2", "SO-AN-LANH", &[Role::QuanTri]).await;
    for typed in ["hoa+mai", "anh+dao"] {
        let list = desk.page(&format!("/manage/units?q={typed}")).await;
        assert!(list.contains("Anh Đào") && list.contains("trước là Trường Tiểu học Hoa Mai"), "{typed}: {list}");
    }
    let page = desk.page(&format!("/manage/units/{PRIMARY}")).await;
    assert!(page.contains("đổi tên từ “Trường Tiểu học Hoa Mai”") && page.contains("12/QĐ-UBND"), "{page}");
}

#[tokio::test]
async fn the_same_change_of_the_same_unit_on_the_same_day_is_recorded_once() {
    let app = app().await;
    let desk = office(&app).await;
    let day = (app.state.clock.today() + chrono::TimeDelta::days(20)).to_string();
    let fields = [("kind", "doi_ten"), ("name", "Trường Tiểu học Anh Đào"), ("day", &day), BASIS];
    happens(&desk, PRIMARY, &fields).await;
    let path = format!("/manage/units/{PRIMARY}/change");
    for sent in [&fields[..], &[&fields[..], &[("confirm", "1")]].concat()] {
        let again = desk.post(&path, sent).await;
        assert!(again.status() == 422 && again.text().await.unwrap().contains("đã được ghi nhận"));
    }
    let page = desk.page(&format!("/manage/units/{PRIMARY}")).await;
    assert_eq!(page.matches("đổi tên từ").count(), 1, "{page}");
    let later = (app.state.clock.today() + chrono::TimeDelta::days(40)).to_string();
    let fields = [("kind", "doi_ten"), ("name", "Trường Tiểu học Bằng Lăng"), ("day", &later), BASIS];
    happens(&desk, PRIMARY, &fields).await;
}

#[tokio::test]
async fn a_school_that_is_split_and_goes_on_keeps_the_rest_of_its_pupils_from_that_day() {
    let app = app().await;
    let desk = office(&app).await;
    let school = Unit { enrolment: [(Level::TieuHoc, 1204)].into(), ..unit(&app, PRIMARY).unwrap() };
    let plan = langnghe::survey::unit::ImportPlan::of(vec![school]);
    app.state.store.write_now(|db| units::import(db, &plan)).unwrap();
    let header = |page: &str| page.split("<h1>").nth(1).unwrap().split("</p>").next().unwrap().to_owned();
    let before = header(&desk.page("/manage/units").await);
    let day = (app.state.clock.today() + chrono::TimeDelta::days(2)).to_string();
    let heir = [("code_1", "TH-X"), ("name_1", "Trường X"), ("share_1", "60"), ("goes_on", "1")];
    let fields = [&[("kind", "tach"), ("day", day.as_str()), BASIS], &heir[..]].concat();
    let looked = happens(&desk, PRIMARY, &fields).await;
    assert!(looked.contains("722 học sinh") && looked.contains("còn 482 học sinh"), "{looked}");
    let pupils = |code: &str| unit(&app, code).unwrap().pupils();
    assert_eq!((pupils(PRIMARY), pupils("TH-X")), (1204, 722), "its day has not come");
    assert_eq!(header(&desk.page("/manage/units").await), before, "a school that is to come does not count");
    app.state.clock.advance(2 * DAY);
    let (now, today) = (app.state.clock.now(), app.state.clock.today());
    assert!(app.state.store.read_now(|db| langnghe::store::successions::is_due(db, today)).unwrap());
    for _ in 0..2 {
        app.state.store.write_now(|db| langnghe::store::successions::come_into_force(db, now, today)).unwrap();
    }
    assert_eq!((pupils(PRIMARY), pupils("TH-X")), (482, 722));
}

#[tokio::test]
async fn two_schools_become_one_and_the_open_round_goes_on_for_the_old_ones() {
    let app = app().await;
    let desk = office(&app).await;
    let today = app.state.clock.today().to_string();
    let new = [("code", "TH-HOA"), ("name", "Trường Tiểu học Hoa"), ("into", ""), ("other", OTHER_PRIMARY)];
    let fields = [&[("kind", "sap_nhap"), ("day", today.as_str()), BASIS], &new[..]].concat();
    let looked = happens(&desk, PRIMARY, &fields).await;
    assert!(looked.contains("mã QR cũ vẫn nhận phiếu") && looked.contains("2.826 học sinh"), "{looked}");
    assert_eq!(unit(&app, "TH-HOA").unwrap().enrolment[&Level::TieuHoc], 1640 + 1186);
    assert_eq!(unit(&app, PRIMARY).unwrap().valid_to, app.state.clock.today().pred_opt());
    assert_eq!(app.fill_in(PRIMARY, &[("A1", "5")]).await.status(), 303);
    let list = desk.page("/manage/units?q=hoa+ban").await;
    assert!(list.contains("trước là Trường Tiểu học Hoa Mai; Trường Tiểu học Hoa Ban"), "{list}");
    assert!(list.contains("Đến hết ngày"), "{list}");
}

#[tokio::test]
async fn a_school_moves_to_another_ward_and_the_ward_that_loses_it_cannot_do_that() {
    let app = app().await;
    let today = app.state.clock.today().to_string();
    let fields = [
        ("kind", "chuyen_cap"),
        ("parent", "P-BEN-SEN"),
        ("professional_parent", "SO-AN-LANH"),
        ("day", &today),
        BASIS,
    ];
    let ward = Desk::of(&app, "phuong", "P-HOA-BAN", &[Role::QuanTri]).await;
    let refused = ward.post(&format!("/manage/units/{PRIMARY}/change"), &fields).await;
    assert!(refused.status() == 422 && refused.text().await.unwrap().contains("không thuộc phạm vi"));
    happens(&office(&app).await, PRIMARY, &fields).await;
    assert_eq!(unit(&app, PRIMARY).unwrap().parent.unwrap().as_str(), "P-BEN-SEN");
    assert_eq!(ward.get(&format!("/manage/units/{PRIMARY}")).await.status(), 404, "it is not theirs any more");
    assert_eq!(ward.get("/manage/units/SO-AN-LANH").await.status(), 404);
}

#[tokio::test]
async fn what_is_wrong_with_a_split_stands_beside_the_fields_and_nothing_is_written_down() {
    let app = app().await;
    let desk = office(&app).await;
    let path = format!("/manage/units/{PRIMARY}/change");
    let said = async |fields: &[(&str, &str)]| {
        let answer = desk.post(&path, fields).await;
        assert_eq!(answer.status(), 422);
        answer.text().await.unwrap()
    };
    let page = said(&[("kind", "tach"), ("confirm", "1"), ("code_1", "sai mã"), ("name_1", "Trường X")]).await;
    assert!(page.contains("Không phải mã đơn vị") && page.contains("Xin chọn ngày") && page.contains("Xin ghi căn cứ"));
    let half = [("code_1", "TH-X"), ("name_1", "Trường X"), ("share_1", "50"), ("day", "2026-01-05"), BASIS];
    let page = said(&[&[("kind", "tach"), ("confirm", "1")], &half[..]].concat()).await;
    assert!(page.contains("cộng lại đủ 100"), "{page}");
    assert_eq!(unit(&app, "TH-X"), None);
    assert!(said(&[("kind", "gì đó")]).await.contains("Xin chọn việc xảy ra"));
}

#[tokio::test]
async fn a_unit_is_added_below_ones_own_and_nowhere_else() {
    let app = app().await;
    let ward = Desk::of(&app, "phuong", "P-HOA-BAN", &[Role::QuanTri]).await;
    let new = |parent| {
        let fields = [("kind", "truong"), ("name", "Trường Tiểu học Mới"), ("valid_from", "2026-08-01")];
        [&fields[..], &[("code", "TH-MOI"), ("enrol_tieu_hoc", "300"), ("parent", parent)]].concat()
    };
    let refused = ward.post("/manage/units/new", &new("P-BEN-SEN")).await;
    assert!(refused.status() == 422 && refused.text().await.unwrap().contains("không thuộc đơn vị của anh/chị"));
    assert_eq!(ward.post("/manage/units/new", &new("P-HOA-BAN")).await.headers()["location"], "/manage/units/TH-MOI");
    assert!(
        ward.post("/manage/units/new", &new("P-HOA-BAN"))
            .await
            .text()
            .await
            .unwrap()
            .contains("đã có đơn vị khác dùng")
    );
}

#[tokio::test]
async fn an_office_without_units_begins_with_an_example_below_itself() {
    let app = app().await;
    let csv = "code,name,kind,parent,valid_from\nSO-MOI,Sở mới,so_gddt,,2020-01-01\n";
    let plan = langnghe::survey::unit::parse_csv(csv.as_bytes(), &[]).unwrap();
    app.state.store.write_now(|db| units::import(db, &plan)).unwrap();
    let desk = Desk::of(&app, "so-moi", "SO-MOI", &[Role::QuanTri]).await;
    let page = desk.page("/manage/units/import").await;
    assert!(page.contains("2026: Phường + Sở") && page.contains("2022: Phòng GDĐT"), "{page}");
    let ward = Desk::of(&app, "phuong", "P-HOA-BAN", &[Role::QuanTri]).await;
    assert!(!ward.page("/manage/units/import").await.contains("Phòng GDĐT"));
}
