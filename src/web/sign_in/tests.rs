//! Stories of officers at the door, from request to page.

use actix_web::body::MessageBody;
use actix_web::cookie::Cookie;
use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{AUTHORIZATION, LOCATION, ORIGIN};
use actix_web::middleware::from_fn;
use actix_web::test::{self, TestRequest};
use actix_web::{App, web};

use crate::clock::Clock;
use crate::command::{accounts, tokens};
use crate::secret::Secret;
use crate::state::State;
use crate::store::tests::{Database, store_with_units};
use crate::survey::access::Scope;
use crate::web::api::bearer::Bearer;
use crate::web::api::problem::Problem;
use crate::web::session::Officer;
use crate::web::{guard, headers, routes};

const PASSWORD: &str = "mưa rơi trên mái ngói";

/// A server with a department, a ward and its school, and an account that has not set its password.
struct Office {
    _database: Database,
    state: State,
    link: String,
}

fn office_of(unit: &str, public_url: &str) -> Office {
    let (database, store) = store_with_units();
    let secret = Secret::parse(&"ab".repeat(32)).unwrap();
    let state = State::new(store, secret, Clock::default(), public_url).unwrap();
    let url = accounts::add(&state, &"an.nguyen".parse().unwrap(), "Nguyễn Văn An", unit, 72).unwrap();
    let link = url.strip_prefix(public_url).unwrap().to_owned();
    Office { _database: database, state, link }
}

fn office() -> Office {
    office_of("P-HOA-BAN", "http://localhost:8080")
}

macro_rules! app {
    ($office:expr) => {
        test::init_service(
            App::new()
                .app_data(web::Data::new($office.state.clone()))
                .wrap(from_fn(guard::check))
                .wrap(from_fn(headers::security))
                .route("/home", web::get().to(async |officer: Officer| officer.csrf))
                .route("/api/test", web::get().to(read_submissions))
                .configure(routes::all),
        )
        .await
    };
}

async fn read_submissions(bearer: Bearer) -> Result<&'static str, Problem> {
    bearer.require(Scope::Submissions).map(|()| "rows")
}

macro_rules! send {
    ($app:expr, $request:expr) => {
        test::call_service(&$app, $request.to_request()).await
    };
}

/// Sets the password with the link and returns the session's cookie.
macro_rules! enter {
    ($app:expr, $office:expr) => {
        session_of(&send!($app, with_password(&$office.link, PASSWORD)))
    };
}

/// What the forms of this session carry.
macro_rules! csrf {
    ($app:expr, $cookie:expr) => {
        text(send!($app, TestRequest::get().uri("/home").cookie($cookie.clone()))).await
    };
}

fn with_password(link: &str, password: &str) -> TestRequest {
    TestRequest::post().uri(link).set_form([("password", password), ("again", password)])
}

fn sign_in(login: &str, password: &str) -> TestRequest {
    TestRequest::post().uri("/sign-in").set_form([("login", login), ("password", password)])
}

fn session_of<B>(response: &ServiceResponse<B>) -> Cookie<'static> {
    response.response().cookies().find(|cookie| cookie.name().ends_with("session")).unwrap().into_owned()
}

fn location<B>(response: &ServiceResponse<B>) -> &str {
    response.headers().get(LOCATION).unwrap().to_str().unwrap()
}

async fn text<B: MessageBody>(response: ServiceResponse<B>) -> String {
    String::from_utf8(test::read_body(response).await.to_vec()).unwrap()
}

#[actix_web::test]
async fn an_officer_sets_a_password_with_the_link_and_is_signed_in() {
    let office = office();
    let app = app!(office);
    for _ in 0..2 {
        assert_eq!(send!(app, TestRequest::get().uri(&office.link)).status(), StatusCode::OK);
    }
    assert_eq!(send!(app, with_password(&office.link, "ngắn")).status(), StatusCode::UNPROCESSABLE_ENTITY);
    let cookie = enter!(app, office);
    assert_eq!(cookie.http_only(), Some(true));
    let page = text(send!(app, TestRequest::get().uri("/manage/account").cookie(cookie))).await;
    assert!(page.contains("Đang đăng nhập trên 1 thiết bị"), "{page}");
    assert_eq!(send!(app, with_password(&office.link, PASSWORD)).status(), StatusCode::GONE);
    assert_eq!(send!(app, TestRequest::get().uri(&office.link)).status(), StatusCode::GONE);
}

#[actix_web::test]
async fn somebody_who_is_not_signed_in_is_led_to_the_door_and_back() {
    let office = office();
    let app = app!(office);
    enter!(app, office);
    let refused = send!(app, TestRequest::get().uri("/manage/tokens?done=x"));
    assert_eq!(refused.status(), StatusCode::SEE_OTHER);
    let back = location(&refused).strip_prefix("/sign-in?back=").unwrap().to_owned();
    let form = [("login", " An.Nguyen "), ("password", PASSWORD), ("back", &back)];
    let entered = send!(app, TestRequest::post().uri("/sign-in").set_form(form));
    assert_eq!(location(&entered), "/manage/tokens?done=x");
}

#[actix_web::test]
async fn a_wrong_login_and_a_wrong_password_read_the_same() {
    let office = office();
    let app = app!(office);
    enter!(app, office);
    let (nobody, wrong) = (send!(app, sign_in("nobody", "x")), send!(app, sign_in("an.nguyen", "x")));
    assert_eq!((nobody.status(), wrong.status()), (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY));
    assert_eq!(text(nobody).await.replace("nobody", "an.nguyen"), text(wrong).await);
}

#[actix_web::test]
async fn guessing_is_slowed_down_and_leaves_open_sessions_alone() {
    let office = office();
    let app = app!(office);
    let cookie = enter!(app, office);
    for _ in 0..5 {
        assert_eq!(send!(app, sign_in("an.nguyen", "guess")).status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let slowed = send!(app, sign_in("an.nguyen", PASSWORD));
    assert_eq!(slowed.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(text(slowed).await.contains("giây"));
    assert_eq!(send!(app, TestRequest::get().uri("/home").cookie(cookie)).status(), StatusCode::OK);
    office.state.clock.advance(16);
    assert_eq!(send!(app, sign_in("an.nguyen", PASSWORD)).status(), StatusCode::SEE_OTHER);
}

#[actix_web::test]
async fn a_form_without_the_sessions_proof_changes_nothing() {
    let office = office();
    let app = app!(office);
    let cookie = enter!(app, office);
    let forged = TestRequest::post().uri("/sign-out").cookie(cookie.clone()).set_form([("_csrf", "guess")]);
    assert_eq!(send!(app, forged).status(), StatusCode::BAD_REQUEST);
    let csrf = csrf!(app, cookie);
    let elsewhere = || TestRequest::post().uri("/sign-out").cookie(cookie.clone()).set_form([("_csrf", &csrf)]);
    let foreign = elsewhere().insert_header((ORIGIN, "https://evil.example"));
    assert_eq!(send!(app, foreign).status(), StatusCode::BAD_REQUEST);
    assert_eq!(send!(app, elsewhere()).status(), StatusCode::SEE_OTHER);
    assert_eq!(send!(app, TestRequest::get().uri("/home").cookie(cookie.clone())).status(), StatusCode::SEE_OTHER);
}

#[actix_web::test]
async fn a_new_password_ends_the_sessions_elsewhere() {
    let office = office();
    let app = app!(office);
    let here = enter!(app, office);
    let elsewhere = session_of(&send!(app, sign_in("an.nguyen", PASSWORD)));
    let csrf = csrf!(app, here);
    let change = |current| {
        let new = "nắng lên trên đồi chè";
        let form = [("_csrf", csrf.as_str()), ("current", current), ("password", new), ("again", new)];
        TestRequest::post().uri("/manage/account").cookie(here.clone()).set_form(form)
    };
    assert_eq!(send!(app, change("not this one")).status(), StatusCode::UNPROCESSABLE_ENTITY);
    let renewed = session_of(&send!(app, change(PASSWORD)));
    let status = async |cookie| send!(app, TestRequest::get().uri("/home").cookie(cookie)).status();
    assert_eq!(status(renewed).await, StatusCode::OK);
    assert_eq!(status(elsewhere).await, StatusCode::SEE_OTHER);
    assert_eq!(status(here.clone()).await, StatusCode::SEE_OTHER);
    assert_eq!(send!(app, sign_in("an.nguyen", PASSWORD)).status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[actix_web::test]
async fn a_school_signs_in_but_makes_no_tokens() {
    let office = office_of("TH-HOA-BAN", "http://localhost:8080");
    let app = app!(office);
    let cookie = enter!(app, office);
    let home = send!(app, TestRequest::get().uri("/sign-in").cookie(cookie.clone()));
    assert_eq!(location(&home), "/manage/school");
    let tokens = send!(app, TestRequest::get().uri("/manage/tokens").cookie(cookie));
    assert_eq!(tokens.status(), StatusCode::FORBIDDEN);
}

#[actix_web::test]
async fn a_token_is_shown_once_and_only_for_units_below() {
    let office = office();
    let app = app!(office);
    let cookie = enter!(app, office);
    let csrf = csrf!(app, cookie);
    let make = |unit| {
        let form = [("_csrf", csrf.as_str()), ("nonce", "n1"), ("name", "Cổng"), ("unit", unit)];
        let form: Vec<_> = form.into_iter().chain([("expires", "2999-12-31"), ("aggregates", "on")]).collect();
        TestRequest::post().uri("/manage/tokens").cookie(cookie.clone()).set_form(form)
    };
    let list = || TestRequest::get().uri("/manage/tokens").cookie(cookie.clone());
    assert_eq!(send!(app, make("SO-AN-LANH")).status(), StatusCode::UNPROCESSABLE_ENTITY);
    let made = send!(app, make("TH-HOA-BAN"));
    assert_eq!(location(&made), "/manage/tokens");
    let token = made.response().cookies().find(|cookie| cookie.name() == "new_token").unwrap().into_owned();
    let shown = send!(app, list().cookie(token.clone()));
    let gone = shown.response().cookies().find(|cookie| cookie.name() == "new_token").unwrap().into_owned();
    assert_eq!(gone.max_age().map(|age| age.whole_seconds()), Some(0));
    assert!(text(shown).await.contains(token.value()));
    let later = text(send!(app, list())).await;
    assert!(later.contains("Cổng") && !later.contains("ln_"), "{later}");
}

#[actix_web::test]
async fn a_program_is_told_why_it_may_not_read() {
    let office = office();
    let app = app!(office);
    let token = |scope| tokens::add(&office.state, "Kho", &[scope], "P-HOA-BAN", Some(1)).unwrap();
    let ask =
        |token: String| TestRequest::get().uri("/api/test").insert_header((AUTHORIZATION, format!("Bearer {token}")));
    assert_eq!(send!(app, TestRequest::get().uri("/api/test")).status(), StatusCode::UNAUTHORIZED);
    assert_eq!(send!(app, ask("ln_guess".to_owned())).status(), StatusCode::UNAUTHORIZED);
    assert_eq!(send!(app, ask(token(Scope::Aggregates))).status(), StatusCode::FORBIDDEN);
    let good = token(Scope::Submissions);
    assert_eq!(send!(app, ask(good.clone())).status(), StatusCode::OK);
    office.state.clock.advance(24 * 3600 + 1);
    assert_eq!(send!(app, ask(good)).status(), StatusCode::UNAUTHORIZED);
}

#[actix_web::test]
async fn on_https_the_cookie_never_travels_in_the_clear() {
    let office = office_of("P-HOA-BAN", "https://khaosat.example.vn");
    let app = app!(office);
    let response = send!(app, with_password(&office.link, PASSWORD));
    assert!(response.headers().contains_key("strict-transport-security"));
    let cookie = session_of(&response);
    assert_eq!((cookie.name(), cookie.secure(), cookie.path()), ("__Host-session", Some(true), Some("/")));
}

#[actix_web::test]
async fn the_language_is_kept_once_it_was_chosen() {
    let office = office();
    let app = app!(office);
    let chosen = send!(app, TestRequest::get().uri("/sign-in?lang=en"));
    let kept = chosen.response().cookies().find(|cookie| cookie.name() == "desk_lang").unwrap().into_owned();
    let page = text(send!(app, TestRequest::get().uri("/sign-in").cookie(kept))).await;
    assert!(page.contains("Sign in") && page.contains("?lang=vi"), "{page}");
}

#[actix_web::test]
async fn without_a_mail_server_nobody_is_promised_a_mail_and_everybody_is_told_whom_to_ask() {
    use crate::config::{DataConfig, MailConfig};
    use crate::mail::{Mailer, Settings};
    let mut office = office();
    let home = tempfile::tempdir().unwrap();
    let mail = MailConfig { smtp_url: None, smtp_ca: None, mail_from: None, mail_per_minute: 60.try_into().unwrap() };
    let data = DataConfig {
        data_dir: home.path().to_owned(),
        database_url: None,
        secret_key: None,
        public_url: "http://localhost:8080".to_owned(),
    };
    let settings = Settings::read(&mail, &data).unwrap();
    office.state.mail = Mailer::new(&office.state.store, &office.state.secret, &office.state.clock, &settings);
    let app = app!(office);
    let ask = TestRequest::post().uri("/sign-in/forgotten").insert_header((ORIGIN, "http://localhost:8080"));
    let ask = ask.set_form([("who", "an.nguyen")]);
    for request in [TestRequest::get().uri("/sign-in/forgotten"), ask] {
        let page = text(test::call_service(&app, request.to_request()).await).await;
        assert!(page.contains("Quản trị ở cơ quan mình") && !page.contains("name=\"who\""), "{page}");
    }
}
