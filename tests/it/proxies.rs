//! Behind a proxy: whom we believe about scheme and address, and what one address may cost.

use std::net::TcpListener;
use std::process::Command;

use langnghe::app::Watched;
use langnghe::config::TrustedProxies;
use langnghe::password;
use langnghe::store::{accounts, units};
use langnghe::survey::access::Scope;
use reqwest::{Client, Response};

use crate::support::{Database, TestApp, app};

const PASSWORD: &str = "mot-cau-rat-dai-2026";

/// The same installation, which believes what this machine says about others.
fn behind_a_proxy(app: &TestApp) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let mut state = app.state.clone();
    state.proxies = TrustedProxies::parse("127.0.0.0/8").unwrap();
    app.serve(state, listener, Watched::Nowhere);
    url
}

fn make_account(app: &TestApp) {
    let (hash, now) = (password::hash(PASSWORD).unwrap(), app.state.clock.now());
    let made = app.state.store.write_now(|db| {
        let unit = units::id_by_code(db, "SO-AN-LANH")?.unwrap();
        let id = accounts::add(db, &"chuyenvien".parse().unwrap(), "Người thử", unit, now)?;
        accounts::set_password(db, id, &hash)
    });
    made.unwrap();
}

/// Somebody signs in through a proxy that adds these headers.
async fn sign_in(url: &str, password: &str, headers: &[(&str, &str)]) -> Response {
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let form = [("login", "chuyenvien"), ("password", password)];
    let request = client.post(format!("{url}/sign-in")).form(&form);
    headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send().await.unwrap()
}

#[tokio::test]
async fn only_a_trusted_proxy_makes_cookies_secure() {
    let app = app().await;
    make_account(&app);
    let proxy = behind_a_proxy(&app);
    let https = [("X-Forwarded-Proto", "https")];
    let cookie = |answer: &Response| answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    let stranger = cookie(&sign_in(&app.url, PASSWORD, &https).await);
    assert!(stranger.starts_with("session=") && !stranger.contains("Secure"), "{stranger}");
    let trusted = cookie(&sign_in(&proxy, PASSWORD, &https).await);
    assert!(trusted.starts_with("__Host-session=") && trusted.contains("Secure"), "{trusted}");
    let clear = cookie(&sign_in(&proxy, PASSWORD, &[]).await);
    assert!(clear.starts_with("session="), "{clear}");
    let session = trusted.split(';').next().unwrap();
    let desk = |proto| app.client.get(format!("{proxy}/manage")).header("Cookie", session).header(https[0].0, proto);
    assert_eq!(desk("https").send().await.unwrap().status(), 200);
    assert_eq!(desk("http").send().await.unwrap().status(), 303);
}

#[tokio::test]
async fn a_flood_of_guesses_from_one_address_waits_while_others_sign_in() {
    let app = app().await;
    let proxy = behind_a_proxy(&app);
    let flood = |from: &str| while app.state.budgets.passwords.spend(from.parse().unwrap()).is_ok() {};
    let status = async |url: &str, from| {
        flood("203.0.113.7");
        sign_in(url, "sai", &[("X-Forwarded-For", from)]).await.status().as_u16()
    };
    let guess = async |from| {
        flood("203.0.113.7");
        sign_in(&proxy, "sai", &[("X-Forwarded-For", from)]).await
    };
    // on a busy machine a try may come back to the budget before the guess is there
    let patient = async |from| {
        let mut answer = guess(from).await;
        for _ in 0..5 {
            if answer.status() != 429 {
                answer = guess(from).await;
            }
        }
        answer
    };
    let refused = patient("203.0.113.7").await;
    assert_eq!((refused.status().as_u16(), refused.headers()["retry-after"].to_str().unwrap()), (429, "1"));
    assert!(refused.text().await.unwrap().contains("quá nhiều lượt nhập mật khẩu"));
    assert_eq!(status(&proxy, "203.0.113.8").await, 422);
    let behind = patient("203.0.113.8, 203.0.113.7").await.status();
    assert_eq!(behind, 429, "what stands before the last address is hearsay");
    assert_eq!(status(&app.url, "203.0.113.7").await, 422, "a stranger's header is ignored");
    app.state.clock.advance(60);
    assert_eq!(sign_in(&proxy, "sai", &[("X-Forwarded-For", "203.0.113.7")]).await.status(), 422);
}

#[tokio::test]
async fn bad_tokens_are_told_to_wait_and_good_ones_never() {
    let app = app().await;
    let good = app.token("SO-AN-LANH", Scope::Aggregates);
    for _ in 0..20 {
        assert_eq!(app.feed("ln_wrong", "/api/v1/rounds").await.status(), 401);
    }
    while app.state.budgets.tokens.spend([127, 0, 0, 1].into()).is_ok() {}
    let slowed = app.feed("ln_wrong", "/api/v1/rounds").await;
    assert_eq!((slowed.status().as_u16(), slowed.headers().contains_key("retry-after")), (429, true));
    assert_eq!(app.feed(&good, "/api/v1/rounds").await.status(), 200);
}

#[test]
fn a_setting_that_cannot_be_used_is_said_in_one_sentence() {
    let database = Database::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().to_string();
    for (name, value) in [("TRUSTED_PROXIES", "10.0.0.1, proxy.local"), ("METRICS_LISTEN", port.as_str())] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_langnghe"));
        command.arg("serve").env("DATA_DIR", database.folder().join("data")).env("DATABASE_URL", &database.url);
        let done = command.env("LISTEN", "127.0.0.1:0").env("RUST_LOG", "off").env(name, value).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!((done.status.code(), said.trim_end().lines().count()), (Some(1), 1), "{said}");
        assert!(said.contains(name) && !said.contains("panicked"), "{said}");
    }
}
