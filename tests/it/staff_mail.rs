//! Staff and mail: invited by mail, and a forgotten password without a hint at who has an account.

use std::time::Duration;

use langnghe::mail::Letter;
use langnghe::store::{account_mails, links};
use langnghe::survey::access::Role;

use crate::people::{Desk, account};
use crate::support::{PASSWORD, TestApp, app};

const TOP: &str = "SO-AN-LANH";
const NEW: &str = "nắng lên trên đồi chè";

/// The letters that went out, once there are so many.
pub async fn letters(app: &TestApp, many: usize) -> Vec<Letter> {
    for _ in 0..200 {
        if app.state.mail.carrier().kept().len() >= many {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let kept = app.state.mail.carrier().kept();
    assert_eq!(kept.len(), many, "{kept:?}");
    kept
}

/// The first address in a letter, without the host.
pub fn link_in<'a>(app: &TestApp, letter: &'a Letter) -> &'a str {
    let line = letter.text.lines().find(|line| line.starts_with("http")).unwrap();
    line.strip_prefix(&*app.state.public_url).unwrap()
}

#[tokio::test]
async fn somebody_is_invited_by_mail_and_a_program_that_looks_at_the_link_does_not_spend_it() {
    let app = app().await;
    let desk = Desk::of(&app, "quan.tri", TOP, &[Role::QuanTri]).await;
    let form = [("name", "Lê Thị Hoa"), ("login", "hoa.le"), ("unit", TOP), ("role", "chu_tri")];
    let wrong = desk.post("/manage/people/new", &[&form[..], &[("mail", "hoa.le")]].concat()).await;
    assert_eq!(wrong.status(), 422);
    let made = desk.post("/manage/people/new", &[&form[..], &[("mail", "Hoa.Le@example.vn")]].concat()).await;
    assert!(made.text().await.unwrap().contains("hoa.le@example.vn"));
    let letter = letters(&app, 1).await.remove(0);
    assert_eq!(letter.to.as_str(), "hoa.le@example.vn");
    let (link, new) = (link_in(&app, &letter), Desk::new(&app));
    for _ in 0..3 {
        assert_eq!(new.get(link).await.status(), 200);
    }
    assert_eq!(new.send(link, &[("password", NEW), ("again", NEW)]).await.status(), 303);
    assert_eq!(new.get("/manage/account").await.status(), 200);
    assert_eq!(new.get(link).await.status(), 410);
}

#[tokio::test]
async fn a_forgotten_password_is_answered_alike_for_everybody_and_mailed_to_whom_it_belongs() {
    let app = app().await;
    let id = account(&app, "hoa.le", TOP, &[Role::ChuTri]);
    account(&app, "khong.thu", TOP, &[Role::ChuTri]);
    app.state.store.write_now(|db| account_mails::set(db, id, Some("hoa.le@example.vn"))).unwrap();
    let stranger = Desk::new(&app);
    let mut answers = Vec::new();
    for who in ["hoa.le", "HOA.LE@example.vn ", "khong.thu", "nobody", "nobody@example.vn"] {
        let answer = stranger.send("/sign-in/forgotten", &[("who", who)]).await;
        answers.push((answer.status(), answer.text().await.unwrap()));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    let letter = letters(&app, 1).await.remove(0);
    let link = link_in(&app, &letter);
    assert_eq!(stranger.send(link, &[("password", NEW), ("again", NEW)]).await.status(), 303);
    assert_eq!(Desk::new(&app).enter("hoa.le", PASSWORD).await.status(), 422);
    assert_eq!(Desk::new(&app).enter("hoa.le", NEW).await.status(), 303);
}

#[tokio::test]
async fn a_stranger_who_asks_does_not_void_the_invitation_on_paper() {
    let app = app().await;
    let id = account(&app, "hoa.le", TOP, &[Role::ChuTri]);
    let until = app.state.clock.now() + chrono::TimeDelta::days(7);
    let hash = langnghe::secret::digest(b"slip");
    let prepared = app.state.store.write_now(|db| {
        account_mails::set(db, id, Some("hoa.le@example.vn"))?;
        links::add(db, &hash, id, until)
    });
    prepared.unwrap();
    Desk::new(&app).send("/sign-in/forgotten", &[("who", "hoa.le")]).await;
    letters(&app, 1).await;
    assert_eq!(Desk::new(&app).get("/link/slip").await.status(), 200);
}

#[tokio::test]
async fn a_new_link_goes_by_mail_only_where_that_was_ticked() {
    let app = app().await;
    let desk = Desk::of(&app, "quan.tri", TOP, &[Role::QuanTri]).await;
    let id = account(&app, "hoa.le", TOP, &[Role::ChuTri]);
    let saved = desk.post(&format!("/manage/people/{id}/mail"), &[("mail", "hoa.le@example.vn")]).await;
    assert_eq!(saved.status(), 303);
    assert!(desk.page(&format!("/manage/people/{id}")).await.contains("hoa.le@example.vn"));
    desk.post(&format!("/manage/people/{id}/link"), &[]).await;
    desk.post(&format!("/manage/people/{id}/link"), &[("by_mail", "1")]).await;
    let told = letters(&app, 2).await;
    let with_link: Vec<&Letter> = told.iter().filter(|letter| letter.text.contains("http")).collect();
    assert_eq!(with_link.len(), 1, "the other letter only tells that there is a link: {told:?}");
    assert_eq!(Desk::new(&app).get(link_in(&app, with_link[0])).await.status(), 200);
}
