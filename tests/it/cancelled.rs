//! A change of organisation that was written down and is called off before its day.

use langnghe::store::{successions, units};
use langnghe::survey::access::Role;
use langnghe::survey::unit::Unit;

use crate::people::Desk;
use crate::support::{OTHER_PRIMARY, PRIMARY, TestApp, app};

const BASIS: (&str, &str) = ("basis", "Quyết định 12/QĐ-UBND ngày 01/6/2026");
const WHY: (&str, &str) = ("reason", "Quyết định 12 đã được thu hồi");

fn unit(app: &TestApp, code: &str) -> Option<Unit> {
    app.state.store.read_now(|db| units::by_code(db, code)).unwrap().map(|stored| stored.unit)
}

/// The number of the only change that is written down about a unit.
fn change(app: &TestApp, code: &str) -> String {
    let stories = app.state.store.read_now(|db| {
        let id = units::id_by_code(db, code)?.unwrap();
        successions::of_unit(db, id)
    });
    stories.unwrap()[0].id.to_string()
}

/// A school of another ward than the other two.
const ELSEWHERE: &str = "TH-BEN-SEN";

/// Two schools are to become one in so many days.
async fn merged(app: &TestApp, desk: &Desk<'_>, other: &str, days: i64) {
    let day = (app.state.clock.today() + chrono::TimeDelta::days(days)).to_string();
    let heir = [("kind", "sap_nhap"), ("other", other), ("code", "TH-MOI"), ("name", "Trường Tiểu học Mới")];
    let fields = [&heir[..], &[("day", day.as_str()), BASIS, ("confirm", "1")]].concat();
    assert_eq!(desk.post(&format!("/manage/units/{PRIMARY}/change"), &fields).await.status(), 303);
}

#[tokio::test]
async fn what_was_recorded_for_a_day_to_come_is_cancelled_with_a_reason() {
    let app = app().await;
    let desk = Desk::of(&app, "quantri", "SO-AN-LANH", &[Role::QuanTri]).await;
    let before = (unit(&app, PRIMARY), unit(&app, OTHER_PRIMARY));
    merged(&app, &desk, OTHER_PRIMARY, 20).await;
    assert!(desk.page(&format!("/manage/units/{PRIMARY}")).await.contains("Hủy thay đổi này"));
    let (path, id) = (format!("/manage/units/{PRIMARY}/cancel"), change(&app, PRIMARY));
    let silent = desk.post(&path, &[("change", &id)]).await;
    assert!(silent.status() == 422 && silent.text().await.unwrap().contains("Xin ghi lý do hủy"));
    assert!(unit(&app, "TH-MOI").is_some());
    assert_eq!(desk.post(&path, &[("change", &id), WHY]).await.status(), 303);
    assert_eq!(((unit(&app, PRIMARY), unit(&app, OTHER_PRIMARY)), unit(&app, "TH-MOI")), (before, None));
    let log = desk.page("/manage/audit").await;
    assert!(log.contains("Hủy thay đổi tổ chức đã ghi nhận") && log.contains(WHY.1), "{log}");
    let again = desk.post(&path, &[("change", &id), WHY]).await;
    assert!(again.status() == 422 && again.text().await.unwrap().contains("Thay đổi này không còn"));
}

#[tokio::test]
async fn what_has_come_into_force_stands_and_the_page_says_what_to_do_instead() {
    let app = app().await;
    let desk = Desk::of(&app, "quantri", "SO-AN-LANH", &[Role::QuanTri]).await;
    merged(&app, &desk, OTHER_PRIMARY, 0).await;
    let page = desk.page(&format!("/manage/units/{PRIMARY}")).await;
    assert!(page.contains("Thay đổi đã đến ngày thì không hủy được") && !page.contains("Lý do hủy"), "{page}");
    let id = change(&app, PRIMARY);
    let late = desk.post(&format!("/manage/units/{PRIMARY}/cancel"), &[("change", &id), WHY]).await;
    assert!(late.status() == 422 && late.text().await.unwrap().contains("ghi nhận thay đổi ngược lại"));
    assert!(unit(&app, "TH-MOI").is_some());
}

#[tokio::test]
async fn a_ward_cancels_nothing_that_is_also_about_a_unit_of_another() {
    let app = app().await;
    let desk = Desk::of(&app, "quantri", "SO-AN-LANH", &[Role::QuanTri]).await;
    merged(&app, &desk, ELSEWHERE, 20).await;
    let own = Desk::of(&app, "phuong", "P-HOA-BAN", &[Role::QuanTri]).await;
    let id = change(&app, PRIMARY);
    let refused = own.post(&format!("/manage/units/{PRIMARY}/cancel"), &[("change", &id), WHY]).await;
    assert!(refused.status() == 422 && refused.text().await.unwrap().contains("không thuộc phạm vi"));
    assert!(unit(&app, "TH-MOI").is_some());
    let school = own.post(&format!("/manage/units/{ELSEWHERE}/cancel"), &[("change", &id), WHY]).await;
    assert_eq!(school.status(), 404);
}

#[tokio::test]
async fn the_head_of_a_school_that_ends_reads_when_why_and_who_takes_over() {
    let app = app().await;
    let desk = Desk::of(&app, "quantri", "SO-AN-LANH", &[Role::QuanTri]).await;
    let head = Desk::of(&app, "hieutruong", PRIMARY, &[Role::DauMoi]).await;
    assert!(!head.page("/manage/school").await.contains("Đơn vị tiếp nhận"));
    merged(&app, &desk, OTHER_PRIMARY, 20).await;
    let page = head.page("/manage/school").await;
    assert!(page.contains("Trường hoạt động đến hết ngày") && page.contains(BASIS.1), "{page}");
    assert!(page.contains("Đơn vị tiếp nhận: Trường Tiểu học Mới."), "{page}");
    let id = change(&app, PRIMARY);
    desk.post(&format!("/manage/units/{PRIMARY}/cancel"), &[("change", &id), WHY]).await;
    merged(&app, &desk, OTHER_PRIMARY, 0).await;
    assert!(head.page("/manage/school").await.contains("Trường đã kết thúc hoạt động"));
}
