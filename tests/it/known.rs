//! What officers do to rounds, questionnaires and accounts becomes known: in the log in words, and by mail to whom it was done.

use langnghe::store::{account_mails, approval_rules, rounds, units};
use langnghe::survey::access::Role;

use crate::people::{Desk, account, id_of};
use crate::staff_mail::letters;
use crate::support::{PASSWORD, ROUND, TestApp, app, hidden};

const TOP: &str = "SO-AN-LANH";
const ALL: [Role; 6] = [Role::QuanTri, Role::ChuTri, Role::SoanPhieu, Role::Duyet, Role::XuLy, Role::PhanTich];
const APPROVAL: &str = "/manage/rounds/tieu-hoc/approval";

/// An office whose round is not open yet and needs two people.
async fn office() -> TestApp {
    let app = app().await;
    let now = app.state.clock.now();
    app.change(|db, id| {
        rounds::unplan(db, id)?;
        let top = units::id_by_code(db, TOP)?.unwrap();
        approval_rules::set(db, top, Some(now), "", None, now)
    });
    app
}

#[tokio::test]
async fn the_log_says_what_an_edit_changed_from_what_to_what() {
    let app = office().await;
    let keeper = Desk::of(&app, "quantri", TOP, &ALL).await;
    let path = |below: &str| format!("/manage/rounds/{ROUND}{below}");
    let unit = app.state.store.read_now(|db| rounds::targets(db, app.round.id)).unwrap().remove(0);
    let (id, name) = (unit.unit_id.to_string(), {
        let named = app.state.store.read_now(|db| rounds::units(db, app.round.id)).unwrap();
        named.into_iter().find(|named| named.id == unit.unit_id).unwrap().name
    });
    let correct = [("unit", id.as_str()), ("level", unit.level.as_str()), ("eligible", "451")];
    assert_eq!(keeper.post(&path("/units/correct"), &correct).await.status(), 303);
    assert_eq!(keeper.post(&path("/progress/goal"), &[("goal", "55")]).await.status(), 303);
    assert_eq!(keeper.post(&path("/settings"), &[("minimum", "25")]).await.status(), 303);
    assert_eq!(keeper.post(&path("/units/remove"), &[("unit", &id), ("sure", "1")]).await.status(), 303);
    let log = keeper.page("/manage/audit?action=round-edited").await;
    for said in [format!("Bỏ khỏi đợt: {name}"), format!(", {name}: "), "→ 451".into(), "→ 25<".into(), "→ 55".into()]
    {
        assert!(log.contains(&said), "{said}: {log}");
    }
    let english = keeper.page("/manage/audit?action=round-edited&lang=en").await;
    assert!(english.contains(&format!("Taken out of the round: {name}")), "{english}");
    let file = keeper.page("/manage/audit.csv?action=round-edited&lang=vi").await;
    assert!(file.contains("Bỏ khỏi đợt") && file.contains(";round-edited;"), "{file}");
}

#[tokio::test]
async fn questionnaires_leave_lines_when_they_are_made_changed_archived_and_taken_back() {
    let app = app().await;
    let writer = Desk::of(&app, "quantri", TOP, &ALL).await;
    let made = [("title", "Phiếu thử"), ("code", "phieu-thu"), ("audience", "phu_huynh"), ("level", "tieu_hoc")];
    let made = writer.post("/manage/questionnaires/new", &made).await;
    let page = made.headers()["location"].to_str().unwrap().split('?').next().unwrap().to_owned();
    assert_eq!(writer.post(&format!("{page}/archive"), &[]).await.status(), 303);
    assert_eq!(writer.post(&format!("{page}/archive"), &[("back", "1")]).await.status(), 303);
    let log = writer.page("/manage/audit?subject=phieu-thu").await;
    for said in ["Lập mẫu phiếu</td>", "Cất mẫu phiếu</td>", "Lấy lại mẫu phiếu đã cất</td>"] {
        assert_eq!(log.matches(said).count(), 1, "{said}: {log}");
    }
}

#[tokio::test]
async fn who_has_an_address_is_told_at_once_and_the_letter_holds_no_link() {
    let app = app().await;
    let keeper = Desk::of(&app, "quantri", TOP, &ALL).await;
    account(&app, "quantri.hai", TOP, &[Role::QuanTri]);
    let id = account(&app, "canbo", TOP, &[Role::ChuTri]);
    app.state.store.write_now(|db| account_mails::set(db, id, Some("canbo@example.vn"))).unwrap();
    let person = format!("/manage/people/{id}");
    assert_eq!(keeper.post(&format!("{person}/link"), &[]).await.status(), 200);
    keeper.post(&format!("{person}/roles"), &[("at", TOP), ("role", "duyet")]).await;
    keeper.post(&format!("{person}/mail"), &[("mail", "khac@example.vn")]).await;
    keeper.post(&format!("{person}/stop"), &[("sure", "1")]).await;
    let told = letters(&app, 4).await;
    let said = ["đường dẫn mới", "Vai trò đã được đổi", "Địa chỉ thư nhận đường dẫn đã được đổi", "đã bị dừng"];
    for (said, to) in said.into_iter().zip(["canbo@", "canbo@", "canbo@", "khac@"]) {
        let letter =
            told.iter().find(|letter| letter.text.contains(said)).unwrap_or_else(|| panic!("{said}: {told:?}"));
        assert!(letter.to.as_str().starts_with(to) && !letter.text.contains("http"), "{letter:?}");
        assert!(letter.text.contains("quantri (quantri)") && letter.text.contains("trực tiếp: quantri.hai"));
    }
    assert!(keeper.page(&person).await.contains("do quantri đặt"));
}

async fn approve(desk: &Desk<'_>, fingerprint: &str) -> (u16, String) {
    let sent = [("sure", "1"), ("fingerprint", fingerprint)];
    let answer = desk.post(&format!("{APPROVAL}/approve"), &sent).await;
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[tokio::test]
async fn an_administrator_who_takes_over_the_approvers_account_is_no_second_person() {
    let app = office().await;
    account(&app, "lanhdao", TOP, &[Role::Duyet]);
    let keeper = Desk::of(&app, "quantri", TOP, &ALL).await;
    assert_eq!(keeper.post(&format!("{APPROVAL}/submit"), &[]).await.status(), 303);
    let id = id_of(&app, "lanhdao");
    assert_eq!(keeper.post(&format!("/manage/people/{id}/link"), &[]).await.status(), 200);
    let taken = Desk::enter_as(&app, "lanhdao", PASSWORD).await;
    let page = taken.page(APPROVAL).await;
    assert!(page.contains("quantri đã tạo đường dẫn") && page.contains("Có ba cách"), "{page}");
    let seen = keeper.page(APPROVAL).await;
    assert!(!page.contains("name=\"fingerprint\"") && !seen.contains("name=\"fingerprint\""));
    let own = app.state.store.read_now(|db| langnghe::store::approvals::latest(db, app.round.id)).unwrap().unwrap();
    let (status, said) = approve(&taken, &own.fingerprint).await;
    assert!(status == 422 && said.contains("Trong 30 ngày"), "{status}");
    app.state.clock.advance(30 * 86_400 + 60);
    let later = Desk::enter_as(&app, "lanhdao", PASSWORD).await;
    assert_eq!(approve(&later, &own.fingerprint).await.0, 303);
}

#[tokio::test]
async fn an_office_whose_administrator_made_all_accounts_goes_on_when_somebody_else_submits() {
    let app = office().await;
    let keeper = Desk::of(&app, "quantri", TOP, &ALL).await;
    account(&app, "lanhdao", TOP, &[Role::Duyet]);
    keeper.post(&format!("/manage/people/{}/link", id_of(&app, "lanhdao")), &[]).await;
    let planner = Desk::of(&app, "chutri", TOP, &[Role::ChuTri]).await;
    assert_eq!(planner.post(&format!("{APPROVAL}/submit"), &[]).await.status(), 303);
    let approver = Desk::enter_as(&app, "lanhdao", PASSWORD).await;
    let fingerprint = hidden(&approver.page(APPROVAL).await, "fingerprint");
    assert_eq!(approve(&approver, &fingerprint).await.0, 303);
}
