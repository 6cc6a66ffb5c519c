//! Watching a round: figures that move by themselves, what a school is told of itself, and signs that something may be wrong.

use std::time::Duration;

use langnghe::store::{account_mails, accounts, units};
use langnghe::survey::access::Role;
use reqwest::Response;
use serde_json::json;

use crate::people::{Desk, account};
use crate::staff_mail::letters;
use crate::support::{OTHER_PRIMARY, PRIMARY, ROUND, TestApp, app, key};

const DAY: i64 = 24 * 3600;

const RATINGS: [&str; 10] = ["A1", "A2", "A3", "A4", "A6", "B1", "B2", "B3", "B4", "B5"];

fn progress(rest: &str) -> String {
    format!("/manage/rounds/{ROUND}/progress{rest}")
}

/// So many forms of a school, each with ten ratings.
async fn forms(app: &TestApp, unit: &str, count: usize, mark: impl Fn(usize, usize) -> usize) {
    for form in 0..count {
        let mut answers = json!({"khoi_lop": "lop_3"});
        for (item, code) in RATINGS.iter().enumerate() {
            answers[code] = json!(mark(form, item).to_string());
        }
        let sent = app.send(unit, key(), answers).await;
        assert_eq!(sent.status(), 201, "{}", sent.text().await.unwrap());
    }
}

/// What a stream brings up to this word.
async fn until(stream: &mut Response, word: &str) -> String {
    let mut heard = String::new();
    let listening = async {
        while let Some(chunk) = stream.chunk().await.unwrap() {
            heard.push_str(&String::from_utf8_lossy(&chunk));
            if heard.contains(word) {
                return;
            }
        }
        panic!("the stream ended without {word}: {heard}");
    };
    tokio::time::timeout(Duration::from_secs(20), listening).await.unwrap();
    heard
}

#[tokio::test]
async fn whoever_looks_on_sees_a_form_come_in_and_only_until_the_session_ends() {
    let app = app().await;
    let desk = Desk::of(&app, "chutri", "SO-AN-LANH", &[Role::ChuTri]).await;
    let mut stream = desk.get(&progress("/stream")).await;
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    until(&mut stream, "<b>0</b><span>phiếu hôm nay").await;
    app.fill_in(PRIMARY, &[("A1", "5")]).await;
    let moved = until(&mut stream, "<b>1</b><span>phiếu hôm nay").await;
    assert!(moved.starts_with("id: "), "{moved}");
    desk.post("/sign-out", &[]).await;
    until(&mut stream, "event: end").await;
    assert!(stream.chunk().await.unwrap().is_none());
}

#[tokio::test]
async fn a_person_has_three_streams_and_a_fourth_page_asks_from_time_to_time() {
    let app = app().await;
    let desk = Desk::of(&app, "chutri", "SO-AN-LANH", &[Role::ChuTri]).await;
    let mut open = Vec::new();
    for _ in 0..3 {
        open.push(desk.get(&progress("/stream")).await);
    }
    let refused = desk.get(&progress("/stream")).await;
    assert_eq!((refused.status().as_u16(), refused.headers().contains_key("retry-after")), (429, true));
    let part = desk.get(&progress("/part")).await;
    let tag = part.headers()["etag"].to_str().unwrap().to_owned();
    assert!(part.text().await.unwrap().trim_start().starts_with("<div id=\"live-part\""));
    let path = progress("/part");
    let again = || desk.get_if(&path, &tag);
    assert_eq!(again().await.status(), 304);
    app.fill_in(PRIMARY, &[("A1", "5")]).await;
    assert_eq!(again().await.status(), 200);
}

#[tokio::test]
async fn the_hours_of_today_are_shown_once_they_tell_of_nobody() {
    let app = app().await;
    let desk = Desk::of(&app, "chutri", "SO-AN-LANH", &[Role::ChuTri]).await;
    forms(&app, PRIMARY, 9, |_, item| 1 + item % 5).await;
    let page = desk.page(&progress("")).await;
    assert!(page.contains("khi hôm nay có từ 10 phiếu") && !page.contains("chart-hours-title"), "{page}");
    forms(&app, OTHER_PRIMARY, 1, |_, item| 1 + item % 5).await;
    assert!(desk.page(&progress("")).await.contains("chart-hours-title"));
    app.state.clock.advance(DAY);
    let desk = Desk::of(&app, "chutri2", "SO-AN-LANH", &[Role::ChuTri]).await;
    let tomorrow = desk.page(&progress("")).await;
    assert!(tomorrow.contains("<b>0</b><span>phiếu hôm nay") && tomorrow.contains("<b>10</b>"), "{tomorrow}");
}

#[tokio::test]
async fn schools_that_need_attention_stand_first_and_silence_is_counted_in_days() {
    let app = app().await;
    forms(&app, OTHER_PRIMARY, 2, |_, item| 1 + item % 5).await;
    app.state.clock.advance(4 * DAY);
    let desk = Desk::of(&app, "chutri", "SO-AN-LANH", &[Role::ChuTri]).await;
    let page = desk.page(&progress("")).await;
    let rows = page.split("<tbody>").last().unwrap();
    let (silent, quiet) = (rows.find("Chưa có phiếu").unwrap(), rows.find("Im lặng 4 ngày").unwrap());
    assert!(silent < quiet && page.contains("<b>2</b><span>trường chưa có phiếu hoặc im lặng"), "{page}");
    // three whole days without a form, between the day of opening and today: nothing more is to be expected
    assert!(page.contains("có khoảng 2 phiếu (từ 2 đến 2)") && page.contains("xem 3 ngày trọn vẹn"), "{page}");
}

#[tokio::test]
async fn a_school_learns_of_itself_whether_it_reached_the_goal_by_yesterday_and_no_number() {
    let app = app().await;
    let desk = Desk::of(&app, "chutri", "SO-AN-LANH", &[Role::ChuTri]).await;
    let wrong = desk.post(&progress("/goal"), &[("goal", "0")]).await;
    assert!(wrong.status() == 422 && wrong.text().await.unwrap().contains("từ 1 đến 100"));
    assert_eq!(desk.post(&progress("/goal"), &[("goal", "1")]).await.status(), 303);
    forms(&app, PRIMARY, 17, |_, item| 1 + item % 5).await;
    let head = Desk::of(&app, "dau-moi", PRIMARY, &[Role::DauMoi]).await;
    let page = head.page("/manage/school").await;
    assert!(page.contains("Chưa tính: số liệu tính đến hết ngày hôm trước") && !page.contains("Chưa đạt"), "{page}");
    assert_eq!(head.get(&progress("")).await.status(), 403);
    assert_eq!(head.get(&progress("/stream")).await.status(), 403);
    app.state.clock.advance(DAY);
    let [head, other] = [("dau-moi-2", PRIMARY), ("dau-moi-3", OTHER_PRIMARY)];
    let page = Desk::of(&app, head.0, head.1, &[Role::DauMoi]).await.page("/manage/school").await;
    assert!(page.contains("pill \">Đạt") && page.contains("1,0\u{a0}% học sinh"), "{page}");
    assert!(!page.contains("1.640") && !page.contains(">17") && !page.contains("Hoa Ban"), "{page}");
    let page = Desk::of(&app, other.0, other.1, &[Role::DauMoi]).await.page("/manage/school").await;
    assert!(page.contains("Chưa đạt"), "{page}");
    assert_eq!(desk.get("/manage/school").await.status(), 303, "the session of yesterday is over");
}

#[tokio::test]
async fn signs_are_hints_with_their_figures_for_the_steering_unit_alone() {
    let app = app().await;
    forms(&app, PRIMARY, 20, |_, _| 5).await;
    for _ in 0..3 {
        app.post(app.code(PRIMARY), json!({"key": key(), "pressed": true, "answers": {"A1": "5"}})).await;
    }
    let desk = Desk::of(&app, "phan-tich", "SO-AN-LANH", &[Role::PhanTich]).await;
    let page = desk.page(&format!("/manage/rounds/{ROUND}/signs")).await;
    assert!(page.contains("3 trên 23 phiếu được người trả lời đánh dấu"), "{page}");
    assert!(page.contains("Không dấu hiệu nào là bằng chứng") && !page.contains("Trong một giờ nhận"));
    assert!(page.contains("trong cùng một giờ hoặc một ngày, nhưng chưa đủ trường để so sánh"), "{page}");
    assert!(!page.contains("Hoa Ban"), "a school without a sign is not named");
    let ward = Desk::of(&app, "phuong", "P-HOA-BAN", &[Role::ChuTri]).await;
    assert_eq!(ward.get(&format!("/manage/rounds/{ROUND}/signs")).await.status(), 404);
}

#[tokio::test]
async fn contacts_of_silent_schools_get_one_letter_a_day_and_the_others_a_text_to_copy() {
    let app = app().await;
    let desk = Desk::of(&app, "chutri", "SO-AN-LANH", &[Role::ChuTri]).await;
    let head = account(&app, "dau-moi", PRIMARY, &[Role::DauMoi]);
    let stopped = account(&app, "nghi-huu", PRIMARY, &[Role::DauMoi]);
    let reach = |db: &mut langnghe::store::Db| {
        accounts::stop(db, stopped, app.state.clock.now())?;
        account_mails::set(db, stopped, Some("cu@example.vn"))?;
        account_mails::set(db, head, Some("hoa@example.vn"))
    };
    app.state.store.write_now(reach).unwrap();
    let path = format!("/manage/rounds/{ROUND}/remind");
    let page = desk.page(&path).await;
    assert!(page.contains("Chưa có phiếu · gửi dau-moi") && page.contains("chưa có địa chỉ thư điện tử"), "{page}");
    assert!(page.contains("Kính gửi Trường Tiểu học Hoa Ban") && page.contains("không hỏi ai đã trả lời"), "{page}");
    let units = [PRIMARY, OTHER_PRIMARY]
        .map(|code| app.state.store.read_now(|db| units::id_by_code(db, code)).unwrap().unwrap().to_string());
    let both = [("unit", units[0].as_str()), ("unit", units[1].as_str())];
    assert_eq!(desk.post(&path, &both).await.status(), 303);
    let sent = letters(&app, 1).await;
    assert_eq!(sent[0].to.as_str(), "hoa@example.vn");
    assert!(sent[0].subject.contains("Hoa Mai") && sent[0].text.contains("chưa có thêm phiếu về trường"));
    let again = desk.post(&path, &both).await;
    assert!(again.status() == 422 && again.text().await.unwrap().contains("Chưa gửi thư nào"));
    assert!(desk.page(&path).await.contains("hôm nay đã nhắc"));
    app.fill_in(PRIMARY, &[("A1", "5")]).await;
    app.state.clock.advance(DAY);
    let desk = Desk::of(&app, "chutri2", "SO-AN-LANH", &[Role::ChuTri]).await;
    assert_eq!(desk.post(&path, &both).await.status(), 422, "it is not silent any more");
}
