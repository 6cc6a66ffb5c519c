//! A round that pauses, goes on, closes early, and one whose results are sealed.

use chrono::TimeDelta;
use langnghe::store::{round_steps, rounds, submissions};
use langnghe::survey::access::{Role, Scope};
use langnghe::survey::round::Pause;
use serde_json::{Value, json};

use crate::people::Desk;
use crate::support::{PRIMARY, TestApp, app, key};

const TOP: &str = "SO-AN-LANH";
const PAGE: &str = "/manage/rounds/tieu-hoc";

async fn opener(app: &TestApp) -> Desk<'_> {
    Desk::of(app, "chutri", TOP, &[Role::ChuTri, Role::PhanTich]).await
}

/// The day and time on a clock in Việt Nam, so many hours from now.
fn in_hours(app: &TestApp, hours: i64) -> (String, String) {
    let at = langnghe::vietnamese::local(app.state.clock.now() + TimeDelta::hours(hours));
    (at.format("%Y-%m-%d").to_string(), at.format("%H:%M").to_string())
}

async fn pause(app: &TestApp, desk: &Desk<'_>, hours: i64) -> u16 {
    let (day, time) = in_hours(app, hours);
    let sent = [("day", day.as_str()), ("time", &time), ("reason", "Nghỉ bão")];
    desk.post(&format!("{PAGE}/pause"), &sent).await.status().as_u16()
}

async fn send(app: &TestApp) -> u16 {
    app.send(PRIMARY, key(), json!({"A1": "5"})).await.status().as_u16()
}

#[tokio::test]
async fn a_round_that_pauses_takes_what_was_begun_and_says_until_when() {
    let app = app().await;
    let desk = opener(&app).await;
    let begun = app.begin(PRIMARY).await;
    app.state.clock.advance(60);
    assert_eq!(pause(&app, &desk, 48).await, 303);
    let start = app.get(&format!("/k/{}", app.code(PRIMARY))).await.text().await.unwrap();
    assert!(start.contains("Đợt lấy ý kiến đang tạm dừng") && start.contains("Tạm dừng đến"), "{start}");
    assert!(!start.contains("/phieu\""), "no form is offered: {start}");
    assert!(told_to_programs(&app).await.is_string());
    assert_eq!(send(&app).await, 410, "a form that nobody began before");
    assert_eq!(app.finish(PRIMARY, begun, &[("A1", "4")]).await.status(), 303);
    let late = app.state.store.read_now(|db| submissions::late(db, app.round.id)).unwrap();
    assert_eq!((app.stored(), late), (1, 0));
    app.state.clock.advance(48 * 3600);
    assert_eq!(send(&app).await, 201, "it goes on by itself");
    assert_eq!(told_to_programs(&app).await, Value::Null);
}

/// Until when the round pauses, as a program reads it.
async fn told_to_programs(app: &TestApp) -> Value {
    let token = app.token(TOP, Scope::Aggregates);
    let asked = app.client.get(app.path("/api/v1/rounds/tieu-hoc")).bearer_auth(&token).send().await.unwrap();
    asked.json::<Value>().await.unwrap()["paused_until"].clone()
}

#[tokio::test]
async fn a_pause_has_an_end_and_a_reason_and_both_stay_to_be_read() {
    let app = app().await;
    let desk = opener(&app).await;
    assert_eq!(pause(&app, &desk, 24 * 30).await, 422, "the round closes before");
    assert_eq!(pause(&app, &desk, -1).await, 422);
    let (day, time) = in_hours(&app, 5);
    let silent = desk.post(&format!("{PAGE}/pause"), &[("day", &day), ("time", &time)]).await;
    assert_eq!(silent.status(), 422);
    assert!(silent.text().await.unwrap().contains("ghi lý do tạm dừng"));
    assert_eq!(pause(&app, &desk, 5).await, 303);
    assert_eq!(pause(&app, &desk, 5).await, 422, "it pauses already");
    assert_eq!(desk.post(&format!("{PAGE}/resume"), &[("reason", "Bão tan")]).await.status(), 303);
    assert_eq!(send(&app).await, 201);
    let page = desk.page(PAGE).await;
    assert!(page.contains("Nghỉ bão") && page.contains("Bão tan") && page.contains("chutri cho tiếp tục"), "{page}");
    let keeper = Desk::of(&app, "quantri", TOP, &[Role::QuanTri]).await;
    let log = keeper.page("/manage/audit").await;
    assert!(log.contains("Tạm dừng đợt") && log.contains("Nghỉ bão"), "{log}");
}

#[tokio::test]
async fn a_pause_made_elsewhere_is_known_here_as_soon_as_a_form_is_written() {
    let app = app().await;
    assert_eq!(send(&app).await, 201);
    let now = app.state.clock.now();
    let pause = Pause { since: now, until: now + TimeDelta::hours(2) };
    // another process: the catalogue of this one has not noticed yet
    app.state.store.write_now(|db| round_steps::pause(db, app.round.id, Some(pause))).unwrap();
    assert_eq!(send(&app).await, 410);
    app.state.catalogue.refresh().unwrap();
    let start = app.get(&format!("/k/{}", app.code(PRIMARY))).await.text().await.unwrap();
    assert!(start.contains("đang tạm dừng"));
}

#[tokio::test]
async fn closing_early_needs_a_reason_and_is_possible_during_a_pause() {
    let app = app().await;
    let desk = opener(&app).await;
    pause(&app, &desk, 5).await;
    let close = format!("{PAGE}/close");
    assert_eq!(desk.post(&close, &[("sure", "1")]).await.status(), 422);
    assert_eq!(desk.post(&close, &[("sure", "1"), ("reason", "Trường giải thể")]).await.status(), 303);
    let start = app.get(&format!("/k/{}", app.code(PRIMARY))).await.text().await.unwrap();
    assert!(start.contains("Đợt lấy ý kiến đã kết thúc"), "{start}");
    assert!(desk.page(PAGE).await.contains("Lý do: Trường giải thể"));
}

#[tokio::test]
async fn another_closing_time_needs_a_reason_and_keeps_the_promised_day() {
    let app = app().await;
    let desk = opener(&app).await;
    let closes = async |hours, reason: &str| {
        let (day, time) = in_hours(&app, hours);
        let sent = [("day", day.as_str()), ("time", &time), ("reason", reason)];
        desk.post(&format!("{PAGE}/extend"), &sent).await.status().as_u16()
    };
    assert_eq!(closes(24 * 60, "Chưa đủ ý kiến").await, 422, "the result was promised before");
    assert_eq!(closes(24 * 10, "").await, 422, "people were told another time");
    assert_eq!(closes(24 * 10, "Chưa đủ ý kiến").await, 303);
    assert_eq!(closes(1, "").await, 422);
    assert_eq!(closes(1, "Đã đủ ý kiến").await, 303);
    app.state.clock.advance(2 * 3600);
    assert_eq!(closes(24, "").await, 422, "it opens again");
    assert_eq!(closes(24, "Nhiều gia đình chưa kịp gửi").await, 303);
}

#[tokio::test]
async fn figures_do_not_freeze_while_late_forms_have_been_promised_their_day() {
    let app = app().await;
    let desk = opener(&app).await;
    app.change(|db, id| rounds::close_at(db, id, app.state.clock.now()));
    let early = desk.post(&format!("{PAGE}/freeze"), &[("sure", "1")]).await;
    assert_eq!(early.status(), 422);
    let page = early.text().await.unwrap();
    assert!(page.contains("còn gửi được đến") && !page.contains("/freeze\""), "{page}");
    app.state.clock.advance(25 * 3600);
    let desk = Desk::of(&app, "chutri3", TOP, &[Role::ChuTri]).await;
    assert_eq!(desk.post(&format!("{PAGE}/freeze"), &[("sure", "1")]).await.status(), 303);
}

#[tokio::test]
async fn sealed_results_are_seen_by_nobody_until_the_figures_are_frozen() {
    let app = app().await;
    app.change(|db, id| round_steps::seal(db, id, Some(app.state.clock.now())));
    let desk = opener(&app).await;
    for _ in 0..12 {
        assert_eq!(send(&app).await, 201);
    }
    let page = desk.page(PAGE).await;
    assert!(page.contains("<b>12</b>") && !page.contains("export.csv"), "how many came is seen: {page}");
    let refused = desk.get(&format!("{PAGE}/export.csv")).await;
    assert_eq!(refused.status(), 403);
    let why = refused.text().await.unwrap();
    assert!(why.contains("Kết quả đang niêm phong") && why.contains("24 giờ sau khi đóng đợt"), "{why}");
    assert_eq!(desk.post(&format!("{PAGE}/interim"), &[("allow", "1")]).await.status(), 422);
    let token = app.token(TOP, Scope::Submissions);
    let rows = "/api/v1/rounds/tieu-hoc/submissions";
    let asked = app.client.get(app.path(rows)).bearer_auth(&token).send().await.unwrap();
    assert_eq!(asked.status(), 403);
    let problem: Value = asked.json().await.unwrap();
    assert!(problem["detail"].as_str().unwrap().contains("sealed"), "{problem}");
    app.change(|db, id| rounds::close_at(db, id, app.state.clock.now()));
    assert_eq!(desk.get(&format!("{PAGE}/export.csv")).await.status(), 403, "it could be extended and opened again");
    app.change(|db, id| rounds::freeze(db, id, app.state.clock.now()));
    assert_eq!(desk.get(&format!("{PAGE}/export.csv")).await.status(), 200);
}

#[tokio::test]
async fn no_interim_release_is_made_of_sealed_results_even_where_it_was_allowed_before() {
    let app = app().await;
    let now = app.state.clock.now();
    app.change(|db, id| {
        rounds::allow_interim(db, id, Some(now))?;
        round_steps::seal(db, id, Some(now))
    });
    let due = app.state.store.read_now(|db| langnghe::store::releases::interim_rounds(db, now)).unwrap();
    assert!(due.is_empty());
    app.change(|db, id| round_steps::seal(db, id, None));
    let due = app.state.store.read_now(|db| langnghe::store::releases::interim_rounds(db, now)).unwrap();
    assert_eq!(due.len(), 1);
}
