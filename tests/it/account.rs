//! One's own account: sessions, the second step of signing in, and what guessing does to the person who is meant.

use langnghe::authenticator::Shared;
use langnghe::store::authenticators;
use langnghe::survey::access::Role;

use crate::people::{Desk, account, id_of, link};
use crate::support::{PASSWORD, TestApp, app, hidden};

const TOP: &str = "SO-AN-LANH";

/// The digits that this person's telephone shows now.
fn digits(app: &TestApp, login: &str) -> String {
    let id = id_of(app, login);
    let known = app.state.store.read_now(|db| authenticators::find(db, id)).unwrap().unwrap();
    let shared = Shared::open(&app.state.secret, id, &known.sealed).unwrap();
    shared.digits(app.state.clock.now().and_utc().timestamp()).unwrap()
}

/// Turns the second step on, and returns the codes on paper.
async fn turned_on(app: &TestApp, desk: &Desk<'_>, login: &str) -> Vec<String> {
    let page = desk.post("/manage/account/codes", &[]).await.text().await.unwrap();
    assert!(page.contains("authenticator-qr"), "{page}");
    let on = desk.post("/manage/account/codes/confirm", &[("digits", &digits(app, login))]).await;
    assert_eq!(on.status(), 200);
    let page = on.text().await.unwrap();
    page.split("<li class=\"code\">").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
}

/// The second page of signing in, after the right password.
async fn ticket(desk: &Desk<'_>, login: &str) -> String {
    let second = desk.enter(login, PASSWORD).await;
    assert_eq!(second.status(), 200, "no session yet");
    hidden(&second.text().await.unwrap(), "ticket")
}

async fn second(desk: &Desk<'_>, ticket: &str, digits: &str) -> u16 {
    desk.send("/sign-in/code", &[("ticket", ticket), ("digits", digits)]).await.status().as_u16()
}

#[tokio::test]
async fn a_session_on_another_device_is_seen_and_ended_and_this_one_stays() {
    let app = app().await;
    let here = Desk::of(&app, "canbo", TOP, &[Role::ChuTri]).await;
    let others = [Desk::new(&app), Desk::new(&app)];
    for other in &others {
        assert_eq!(other.enter("canbo", PASSWORD).await.status(), 303);
    }
    let page = here.page("/manage/account").await;
    assert!(page.contains("Đang đăng nhập trên 3 thiết bị") && page.contains("Thiết bị này"), "{page}");
    let name = hidden(&page, "session");
    assert_eq!(here.post("/manage/account/sessions/end", &[("session", &name)]).await.status(), 303);
    let mut open = 0;
    for other in &others {
        open += i32::from(other.get("/manage").await.status() == 200);
    }
    assert_eq!(open, 1);
    assert_eq!(here.post("/manage/account/sessions/end", &[]).await.status(), 303);
    for other in &others {
        assert_eq!(other.get("/manage").await.status(), 303);
    }
    assert_eq!(here.get("/manage").await.status(), 200);
}

#[tokio::test]
async fn nobody_ends_a_session_of_somebody_else() {
    let app = app().await;
    let victim = Desk::of(&app, "canbo", TOP, &[Role::ChuTri]).await;
    victim.enter("canbo", PASSWORD).await;
    Desk::new(&app).enter("canbo", PASSWORD).await;
    let name = hidden(&victim.page("/manage/account").await, "session");
    let other = Desk::of(&app, "khac", TOP, &[Role::ChuTri]).await;
    other.post("/manage/account/sessions/end", &[("session", &name)]).await;
    assert!(victim.page("/manage/account").await.contains("Đang đăng nhập trên 2 thiết bị"));
}

#[tokio::test]
async fn with_a_second_step_the_password_alone_opens_nothing_and_digits_count_once() {
    let app = app().await;
    let desk = Desk::of(&app, "canbo", TOP, &[Role::ChuTri]).await;
    assert_eq!(turned_on(&app, &desk, "canbo").await.len(), 8);
    app.state.clock.advance(30);
    let visitor = Desk::new(&app);
    let ticket = ticket(&visitor, "canbo").await;
    assert_eq!(visitor.get("/manage").await.status(), 303);
    assert_eq!(second(&visitor, &ticket, "000000").await, 422);
    assert_eq!(second(&visitor, "AAAA", &digits(&app, "canbo")).await, 303);
    assert_eq!(visitor.get("/manage").await.status(), 303, "a ticket that is not ours leads back to the beginning");
    let shown = digits(&app, "canbo");
    assert_eq!(second(&visitor, &ticket, &shown).await, 303);
    assert_eq!(visitor.get("/manage").await.status(), 200);
    assert_eq!(second(&Desk::new(&app), &ticket, &shown).await, 422, "seen over a shoulder, a moment later");
}

#[tokio::test]
async fn a_code_on_paper_opens_the_door_once_when_the_telephone_is_gone() {
    let app = app().await;
    let desk = Desk::of(&app, "canbo", TOP, &[Role::ChuTri]).await;
    let codes = turned_on(&app, &desk, "canbo").await;
    let (first, again) = (Desk::new(&app), Desk::new(&app));
    let ticket_of_first = ticket(&first, "canbo").await;
    assert_eq!(second(&first, &ticket_of_first, &codes[0].to_lowercase()).await, 303);
    assert_eq!(first.get("/manage").await.status(), 200);
    assert!(first.page("/manage/account").await.contains("Còn 7 mã dự phòng"));
    let ticket = ticket(&again, "canbo").await;
    assert_eq!(second(&again, &ticket, &codes[0]).await, 422);
}

#[tokio::test]
async fn guessing_digits_slows_down_and_the_second_step_is_turned_off_only_with_digits() {
    let app = app().await;
    let desk = Desk::of(&app, "canbo", TOP, &[Role::ChuTri]).await;
    turned_on(&app, &desk, "canbo").await;
    assert_eq!(desk.post("/manage/account/codes/off", &[("digits", "000000")]).await.status(), 422);
    let visitor = Desk::new(&app);
    let ticket = ticket(&visitor, "canbo").await;
    for _ in 0..4 {
        assert_eq!(second(&visitor, &ticket, "000000").await, 422);
    }
    assert_eq!(second(&visitor, &ticket, &digits(&app, "canbo")).await, 429);
    let keeper = Desk::of(&app, "quantri", TOP, &[Role::QuanTri]).await;
    let log = keeper.page("/manage/audit?action=totp-wrong&subject=canbo").await;
    assert!(log.contains("nhập sai mã xác nhận nhiều lần, phải chờ</td>"), "whoever types digits knows the password");
    app.state.clock.advance(60);
    assert_eq!(desk.post("/manage/account/codes/off", &[("digits", &digits(&app, "canbo"))]).await.status(), 303);
    assert_eq!(Desk::new(&app).enter("canbo", PASSWORD).await.status(), 303);
}

#[tokio::test]
async fn a_link_that_somebody_found_sets_a_password_but_does_not_replace_the_telephone() {
    let app = app().await;
    let keeper = Desk::of(&app, "quantri", TOP, &[Role::QuanTri]).await;
    let desk = Desk::of(&app, "canbo", TOP, &[Role::ChuTri]).await;
    turned_on(&app, &desk, "canbo").await;
    let page = keeper.post(&format!("/manage/people/{}/link", id_of(&app, "canbo")), &[]).await.text().await.unwrap();
    let finder = Desk::new(&app);
    let chosen = [("password", "mây trắng bay qua núi"), ("again", "mây trắng bay qua núi")];
    assert_eq!(finder.send(&link(&page), &chosen).await.status(), 303);
    assert_eq!(finder.get("/manage").await.status(), 303);
    assert_eq!(finder.enter("canbo", "mây trắng bay qua núi").await.status(), 200, "the digits are asked for");
}

#[tokio::test]
async fn an_administrator_takes_the_second_step_away_and_the_log_says_so() {
    let app = app().await;
    let keeper = Desk::of(&app, "quantri", TOP, &[Role::QuanTri]).await;
    let desk = Desk::of(&app, "canbo", TOP, &[Role::ChuTri]).await;
    turned_on(&app, &desk, "canbo").await;
    let person = format!("/manage/people/{}", id_of(&app, "canbo"));
    assert!(keeper.page(&person).await.contains("Gỡ mã xác nhận"));
    assert_eq!(desk.post(&format!("{person}/codes"), &[]).await.status(), 403);
    assert_eq!(keeper.post(&format!("{person}/codes"), &[]).await.status(), 303);
    assert_eq!(Desk::new(&app).enter("canbo", PASSWORD).await.status(), 303);
    let log = keeper.page("/manage/audit").await;
    assert!(log.contains("Gỡ mã xác nhận trên điện thoại của người khác</td>"), "{log}");
    assert!(log.contains("Bật mã xác nhận trên điện thoại</td>"));
}

#[tokio::test]
async fn who_signed_in_here_before_is_not_kept_waiting_by_a_stranger_who_guesses() {
    let app = app().await;
    let known = Desk::of(&app, "canbo", TOP, &[Role::ChuTri]).await;
    let stranger = Desk::new(&app);
    for _ in 0..6 {
        stranger.enter("canbo", "doan-mo").await;
    }
    assert_eq!(stranger.enter("canbo", PASSWORD).await.status(), 429);
    assert_eq!(Desk::new(&app).enter("canbo", PASSWORD).await.status(), 429, "whoever comes from elsewhere waits");
    assert_eq!(known.enter("canbo", PASSWORD).await.status(), 303);
    for _ in 0..5 {
        assert_eq!(known.enter("canbo", "doan-mo").await.status(), 422);
    }
    assert_eq!(known.enter("canbo", PASSWORD).await.status(), 429, "a device has a budget too");
    account(&app, "khac", TOP, &[]);
    for _ in 0..5 {
        known.enter("khac", "doan-mo").await;
    }
    assert_eq!(Desk::new(&app).enter("khac", PASSWORD).await.status(), 429, "a device is known for one login only");
}
