//! Whoever was sent the address of a form under way, and guesses its four digits.

use futures_util::future::join_all;
use langnghe::store::unfinished;
use langnghe::unfinished::{MOST_TRIES, Ticket};
use reqwest::StatusCode;

use crate::phone::{begin, fill_in, open, phone, press};
use crate::support::{TestApp, app};

fn tries(app: &TestApp, ticket: &Ticket) -> i64 {
    let (hash, now) = (ticket.hash(), app.state.clock.now());
    app.state.store.read_now(|db| unfinished::find(db, &hash, now)).unwrap().unwrap().0.tries
}

#[tokio::test]
async fn guesses_sent_all_at_once_are_compared_fifteen_times_and_then_the_right_digits_open_nothing() {
    let app = app().await;
    let owner = phone();
    let form = begin(&app, &owner, &[]).await;
    fill_in(&app, &owner, &form, &[("_phan", "2"), ("_di", "luu"), ("A1", "2")]).await;
    let ticket = Ticket::parse(form.split("/phieu/").nth(1).unwrap().split('?').next().unwrap()).unwrap();
    let right: Vec<String> = (0..MOST_TRIES).filter_map(|tries| ticket.digits(&app.state.secret, tries)).collect();
    let wrong: Vec<String> = (0..300).map(|n| format!("{n:04}")).filter(|guess| !right.contains(guess)).collect();
    let thief = phone();
    let statuses =
        join_all(wrong.iter().map(|guess| async { press(&app, &thief, &form, &[("_so", guess)]).await.status() }));
    assert!(statuses.await.into_iter().all(|status| status == StatusCode::FORBIDDEN));
    assert_eq!(tries(&app, &ticket), MOST_TRIES);
    for digits in &right {
        let refused = press(&app, &thief, &form, &[("_so", digits)]).await;
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
        assert!(refused.text().await.unwrap().contains("nhiều lần nhập sai"));
    }
    assert!(open(&app, &owner, &form).await.text().await.unwrap().contains("value=\"2\" checked"), "its owner goes on");
}

#[tokio::test]
async fn right_digits_cost_no_try() {
    let app = app().await;
    let form = begin(&app, &phone(), &[]).await;
    let ticket = Ticket::parse(form.split("/phieu/").nth(1).unwrap().split('?').next().unwrap()).unwrap();
    let digits = ticket.digits(&app.state.secret, 0).unwrap();
    for _ in 0..20 {
        assert_eq!(press(&app, &phone(), &form, &[("_so", &digits)]).await.status(), StatusCode::OK);
    }
    assert_eq!(tries(&app, &ticket), 0);
}
