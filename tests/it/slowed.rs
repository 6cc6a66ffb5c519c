//! Guessing at a password: it slows down whoever guesses, and not the person whose account it is.

use std::net::TcpListener;

use langnghe::app::Watched;
use langnghe::config::TrustedProxies;
use reqwest::Client;

use crate::people::account;
use crate::phone::phone;
use crate::support::{PASSWORD, TestApp, app};

const TOP: &str = "SO-AN-LANH";

/// The same installation behind a proxy that says from where somebody comes.
fn behind_a_proxy(app: &TestApp) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let mut state = app.state.clone();
    state.proxies = TrustedProxies::parse("127.0.0.0/8").unwrap();
    app.serve(state, listener, Watched::Nowhere);
    url
}

/// What the door says to this login and password, from this address: the status, and the seconds to wait.
async fn knock(client: &Client, url: &str, from: &str, password: &str) -> (u16, i64) {
    let form = [("login", "canbo"), ("password", password)];
    let request = client.post(format!("{url}/sign-in")).header("X-Forwarded-For", from).form(&form);
    let answer = request.send().await.unwrap();
    let wait = answer.headers().get("retry-after").map_or(0, |wait| wait.to_str().unwrap().parse().unwrap());
    (answer.status().as_u16(), wait)
}

/// Somebody who posts wrong passwords every half second of the installation's clock, for so many seconds. How many were looked at.
async fn guess(app: &TestApp, client: &Client, url: &str, from: &str, seconds: i64) -> usize {
    let mut looked_at = 0;
    for _ in 0..seconds {
        app.state.clock.advance(1);
        for _ in 0..2 {
            looked_at += usize::from(knock(client, url, from, "doan-mo").await.0 == 422);
        }
    }
    looked_at
}

#[tokio::test]
async fn whoever_guesses_elsewhere_keeps_nobody_waiting() {
    let app = app().await;
    account(&app, "canbo", TOP, &[]);
    let url = behind_a_proxy(&app);
    let guesses = guess(&app, &phone(), &url, "203.0.113.7", 60).await;
    assert!((5..=8).contains(&guesses), "{guesses}");
    assert_eq!(knock(&phone(), &url, "203.0.113.99", PASSWORD).await.0, 429, "a neighbour of the guesser");
    assert_eq!(knock(&phone(), &url, "198.51.100.1", PASSWORD).await, (303, 0));
}

#[tokio::test]
async fn the_real_person_gets_in_beside_a_guesser_at_the_same_address() {
    for guesser in [phone(), Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()] {
        let app = app().await;
        account(&app, "canbo", TOP, &[]);
        guess(&app, &guesser, &app.url, "", 60).await;
        let (person, mut waited) = (phone(), 0);
        person.get(app.path("/sign-in")).send().await.unwrap();
        loop {
            let (status, wait) = knock(&person, &app.url, "", PASSWORD).await;
            if status == 303 {
                break;
            }
            assert!(status == 429 && waited < 90, "{status} after {waited} s");
            guess(&app, &guesser, &app.url, "", wait).await;
            waited += wait;
        }
    }
}

#[tokio::test]
async fn guesses_at_one_account_stay_few_however_many_pages_somebody_opens() {
    let app = app().await;
    account(&app, "canbo", TOP, &[]);
    let pages: Vec<Client> = (0..40).map(|_| phone()).collect();
    for page in &pages {
        page.get(app.path("/sign-in")).send().await.unwrap();
    }
    guess(&app, &phone(), &app.url, "", 30).await;
    let mut guesses = 0;
    for second in 0..120 {
        app.state.clock.advance(1);
        guesses += usize::from(knock(&pages[second % 40], &app.url, "", "doan-mo").await.0 == 422);
    }
    assert!((5..=10).contains(&guesses), "eight turns in two minutes, and the tries that were free anyway: {guesses}");
}

#[tokio::test]
async fn a_page_of_another_installation_or_of_nobody_gives_no_turn() {
    let app = app().await;
    account(&app, "canbo", TOP, &[]);
    let guesser = phone();
    guess(&app, &guesser, &app.url, "", 30).await;
    let forged = format!("sign_in_page={}", "A".repeat(75));
    let plain = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let answer = plain.post(app.path("/sign-in")).header("Cookie", forged);
    let answer = answer.form(&[("login", "canbo"), ("password", PASSWORD)]).send().await.unwrap();
    assert_eq!(answer.status(), 429);
}
