//! Two people: who submits, who approves, and what has to be approved again.

use chrono::TimeDelta;
use langnghe::store::questionnaire_drafts::{self, Change, NewDraft, Occasion};
use langnghe::store::{approval_rules, approvals, rounds, units};
use langnghe::survey::access::Role;
use langnghe::survey::templates;

use crate::people::Desk;
use crate::support::{FORM, PRIMARY, ROUND, TestApp, app, hidden, round_of};

const TOP: &str = "SO-AN-LANH";
const APPROVAL: &str = "/manage/rounds/tieu-hoc/approval";
const OPEN: &str = "/manage/rounds/tieu-hoc/open";

/// An office that asks for two people, with a round that is not open yet.
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

async fn planner(app: &TestApp) -> Desk<'_> {
    Desk::of(app, "chutri", TOP, &[Role::ChuTri]).await
}

async fn approver(app: &TestApp) -> Desk<'_> {
    Desk::of(app, "lanhdao", TOP, &[Role::Duyet]).await
}

async fn approve(desk: &Desk<'_>) -> u16 {
    let fingerprint = hidden(&desk.page(APPROVAL).await, "fingerprint");
    desk.post(&format!("{APPROVAL}/approve"), &[("sure", "1"), ("fingerprint", &fingerprint)]).await.status().as_u16()
}

fn has_opened(app: &TestApp) -> bool {
    app.state.store.read_now(|db| rounds::by_slug(db, ROUND)).unwrap().unwrap().opens_at.is_some()
}

#[tokio::test]
async fn a_round_opens_only_after_somebody_else_approved_it() {
    let app = office().await;
    let (planner, approver) = (planner(&app).await, approver(&app).await);
    let refused = planner.post(OPEN, &[("sure", "1")]).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.text().await.unwrap().contains("cần người thứ hai duyệt"));
    assert_eq!(planner.post(&format!("{APPROVAL}/submit"), &[("note", "Xin xem giúp")]).await.status(), 303);
    let list = approver.page("/manage").await;
    assert!(list.contains("Có 1 đợt chờ anh/chị duyệt"), "{list}");
    assert!(approver.page(APPROVAL).await.contains("“Xin xem giúp”"));
    assert_eq!(approve(&approver).await, 303);
    assert_eq!(planner.post(OPEN, &[("sure", "1")]).await.status(), 303);
    assert!(has_opened(&app));
}

#[tokio::test]
async fn nobody_approves_what_they_submitted_or_changed_last() {
    let app = office().await;
    let both = Desk::of(&app, "kiemnhiem", TOP, &[Role::ChuTri, Role::Duyet]).await;
    both.post(&format!("{APPROVAL}/submit"), &[]).await;
    let page = both.page(APPROVAL).await;
    assert!(page.contains("nên không tự duyệt") && !page.contains("name=\"fingerprint\""), "{page}");
    let own = app.state.store.read_now(|db| approvals::latest(db, app.round.id)).unwrap().unwrap().fingerprint;
    let tried = [("sure", "1"), ("fingerprint", own.as_str())];
    assert_eq!(both.post(&format!("{APPROVAL}/approve"), &tried).await.status(), 422);
    // changed by one, submitted by another
    let planner = planner(&app).await;
    let cover = [("title", "Tên mới"), ("day", "2099-01-01"), ("time", "08:00"), ("contact", "Phòng Khảo thí")];
    assert_eq!(both.post("/manage/rounds/tieu-hoc/edit", &cover).await.status(), 303);
    planner.post(&format!("{APPROVAL}/submit"), &[]).await;
    let own = app.state.store.read_now(|db| approvals::latest(db, app.round.id)).unwrap().unwrap().fingerprint;
    let tried = [("sure", "1"), ("fingerprint", own.as_str())];
    let refused = both.post(&format!("{APPROVAL}/approve"), &tried).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.text().await.unwrap().contains("người sửa đợt này"));
}

#[tokio::test]
async fn a_change_after_approval_asks_again_and_takes_the_planned_opening_away() {
    let app = office().await;
    let (planner, approver) = (planner(&app).await, approver(&app).await);
    planner.post(&format!("{APPROVAL}/submit"), &[]).await;
    assert_eq!(approve(&approver).await, 303);
    let later = app.state.clock.now() + TimeDelta::days(2);
    let day = later.format("%Y-%m-%d").to_string();
    assert_eq!(planner.post("/manage/rounds/tieu-hoc/plan", &[("day", &day), ("time", "08:00")]).await.status(), 303);
    assert!(has_opened(&app));
    let cover = [("title", "Tên khác hẳn"), ("day", "2099-01-01"), ("time", "08:00"), ("contact", "Phòng Khảo thí")];
    assert_eq!(planner.post("/manage/rounds/tieu-hoc/edit", &cover).await.status(), 303);
    assert!(!has_opened(&app), "it would have opened with a title that nobody approved");
    assert_eq!(planner.post(OPEN, &[("sure", "1")]).await.status(), 422);
    planner.post(&format!("{APPROVAL}/submit"), &[]).await;
    let page = approver.page(APPROVAL).await;
    assert!(page.contains("<del>Ý kiến cha mẹ</del>") && page.contains("<ins>Tên khác hẳn</ins>"), "{page}");
    assert!(page.contains("Câu chữ của bản này đã được duyệt"), "the wording is what was approved: {page}");
}

#[tokio::test]
async fn what_is_sent_back_says_why_and_what_was_changed_meanwhile_is_not_approved() {
    let app = office().await;
    let (planner, approver) = (planner(&app).await, approver(&app).await);
    planner.post(&format!("{APPROVAL}/submit"), &[]).await;
    let seen = hidden(&approver.page(APPROVAL).await, "fingerprint");
    let back = format!("{APPROVAL}/return");
    assert_eq!(approver.post(&back, &[("fingerprint", &seen)]).await.status(), 422, "a reason is needed");
    assert_eq!(approver.post(&back, &[("fingerprint", &seen), ("reason", "Câu A1 khó hiểu")]).await.status(), 303);
    assert!(planner.page(APPROVAL).await.contains("“Câu A1 khó hiểu”"));
    assert!(planner.page("/manage/rounds/tieu-hoc").await.contains("Lý do trả lại: Câu A1 khó hiểu"));
    planner.post(&format!("{APPROVAL}/submit"), &[]).await;
    let seen = hidden(&approver.page(APPROVAL).await, "fingerprint");
    let cover = [("title", "Đổi trong lúc xem"), ("day", "2099-01-01"), ("time", "08:00"), ("contact", "Phòng")];
    planner.post("/manage/rounds/tieu-hoc/edit", &cover).await;
    let late = approver.post(&format!("{APPROVAL}/approve"), &[("sure", "1"), ("fingerprint", &seen)]).await;
    assert_eq!(late.status(), 422);
    let page = late.text().await.unwrap();
    assert!(!page.contains("name=\"fingerprint\"") && page.contains("Đã thay bằng bản mới hơn"), "{page}");
}

#[tokio::test]
async fn only_an_administrator_relaxes_the_rule_with_a_reason_and_the_log_says_so() {
    let app = office().await;
    let planner = planner(&app).await;
    let keeper = Desk::of(&app, "quantri", TOP, &[Role::QuanTri]).await;
    let relaxed = [("unit", TOP), ("wish", "relaxed")];
    assert_eq!(planner.post("/manage/rules", &relaxed).await.status(), 403);
    assert_eq!(keeper.post("/manage/rules", &relaxed).await.status(), 422, "a reason is needed");
    let much_later = [("unit", TOP), ("wish", "needed"), ("from", "2099-01-01")];
    assert_eq!(keeper.post("/manage/rules", &much_later).await.status(), 422, "until then one person would be enough");
    let ward = Desk::of(&app, "quantri-phuong", "P-HOA-BAN", &[Role::QuanTri]).await;
    let reaching_up = [&relaxed[..], &[("reason", "Chỉ có một cán bộ")]].concat();
    assert_eq!(ward.post("/manage/rules", &reaching_up).await.status(), 422);
    assert_eq!(keeper.post("/manage/rules", &reaching_up).await.status(), 303);
    assert!(keeper.page("/manage/rules").await.contains("Chỉ có một cán bộ"));
    assert!(keeper.page("/manage/audit").await.contains("Đổi quy tắc hai người"));
    assert_eq!(planner.post(OPEN, &[("sure", "1")]).await.status(), 303);
}

#[tokio::test]
async fn the_rule_of_a_ward_beats_the_one_above_it_and_begins_on_its_day() {
    let app = app().await;
    let now = app.state.clock.now();
    let rule = |code: &str| {
        app.state.store.read_now(|db| {
            let unit = units::id_by_code(db, code)?.unwrap();
            Ok(approval_rules::of(db, unit)?.is_in_force(now))
        })
    };
    app.change(|db, _| {
        let ward = units::id_by_code(db, "P-HOA-BAN")?.unwrap();
        approval_rules::set(db, ward, Some(now + TimeDelta::days(1)), "", None, now)
    });
    assert!(!rule(TOP).unwrap() && !rule("P-HOA-BAN").unwrap() && !rule("P-BEN-SEN").unwrap());
    app.state.clock.advance(86_401);
    let later = app.state.clock.now();
    let of_ward = app.state.store.read_now(|db| {
        let ward = units::id_by_code(db, "P-HOA-BAN")?.unwrap();
        approval_rules::of(db, ward)
    });
    assert!(of_ward.unwrap().is_in_force(later));
}

#[tokio::test]
async fn wording_that_was_mended_after_the_round_was_made_is_taken_over_and_shown_to_the_approver() {
    let app = office().await;
    let by = crate::people::account(&app, "soanphieu", TOP, &[Role::SoanPhieu]);
    let now = app.state.clock.now();
    let text = templates::find(FORM).unwrap().text.replace(FORM, "phieu-rieng");
    let (top, id) = app.change(|db, _| {
        let owner_id = units::id_by_code(db, TOP)?.unwrap();
        let (code, title) = ("phieu-rieng".to_owned(), "Phiếu riêng".to_owned());
        let new = NewDraft { owner_id, code, title, based_on: Some(FORM.to_owned()), content: text.clone() };
        Ok((owner_id, questionnaire_drafts::insert(db, &new, by, now)?))
    });
    let round = round_of(&app.state, "rieng", vec![text.clone()], &[PRIMARY]);
    app.change(|db, _| {
        rounds::unplan(db, round.id)?;
        // making a round for a test relaxes the rule
        approval_rules::set(db, top, Some(now), "", None, now)
    });
    let planner = planner(&app).await;
    let renew = "/manage/rounds/rieng/approval/renew";
    assert_eq!(planner.post(renew, &[]).await.status(), 422, "nothing is newer");
    let mut mended: serde_json::Value = serde_json::from_str(&text).unwrap();
    mended["title"]["vi"] = "Tên đã sửa".into();
    app.change(|db, _| {
        let change =
            Change { from: 1, title: "Phiếu riêng".into(), content: mended.to_string(), occasion: Occasion::Asked };
        questionnaire_drafts::save(db, id, &change, by, now)
    });
    assert_eq!(planner.post(renew, &[]).await.status(), 303);
    let page = planner.page("/manage/rounds/rieng/approval").await;
    assert!(page.contains("<ins>Tên đã sửa</ins>") && page.contains("So với mẫu chính thức"), "{page}");
    let form = planner.page("/manage/rounds/rieng/xem/phieu-rieng").await;
    assert!(form.contains("name=\"A1\""), "{form}");
}
