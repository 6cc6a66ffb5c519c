//! An officer's way through the pages for units and alerts, without script.

#![allow(clippy::unwrap_used)]

use actix_web::cookie::Cookie;
use actix_web::dev::ServiceResponse;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, web};
use langnghe::clock::Clock;
use langnghe::secret::{Secret, digest};
use langnghe::state::State;
use langnghe::store::{DatabaseUrl, Store, accounts, danger_words, sessions, units};
use langnghe::survey::unit::{Preset, parse_csv};
use langnghe::web::routes;

const HEADER: &str = "code,name,kind,school_type,parent,professional_parent,valid_from,valid_to,enrol_mam_non,enrol_tieu_hoc,enrol_thcs,enrol_thpt,enrol_gdtx";
const TOKEN: &str = "a-session";

/// The example units, and an officer of this unit who is signed in.
fn desk_of(folder: &std::path::Path, unit: &str) -> State {
    let store = Store::open(&DatabaseUrl::Sqlite(folder.join("test.db"))).unwrap();
    store.migrate().unwrap();
    let clock = Clock::default();
    let now = clock.now();
    store
        .write_now(|db| {
            units::import(db, &parse_csv(Preset::PhuongSo.csv(), &[]).unwrap())?;
            danger_words::seed_if_empty(db, now)?;
            let unit = units::id_by_code(db, unit)?.unwrap();
            let account = accounts::add(db, &"an.nguyen".parse().unwrap(), "Nguyễn Văn An", unit, now)?;
            sessions::open(db, &digest(TOKEN.as_bytes()), account, now)
        })
        .unwrap();
    let secret = Secret::parse(&"ab".repeat(32)).unwrap();
    State::new(store, secret, clock, "http://localhost:8080").unwrap()
}

fn csrf(state: &State) -> String {
    data_encoding::BASE64URL_NOPAD.encode(&state.secret.mac("csrf", &[&digest(TOKEN.as_bytes())]))
}

/// The status, and where it leads or what it shows.
async fn send(state: &State, request: TestRequest) -> (u16, String) {
    let app = init_service(App::new().app_data(web::Data::new(state.clone())).configure(routes::all)).await;
    let response: ServiceResponse =
        call_service(&app, request.cookie(Cookie::new("session", TOKEN)).to_request()).await;
    let status = response.status().as_u16();
    let to = response.headers().get("Location").map(|to| to.to_str().unwrap().to_owned());
    let body = String::from_utf8(read_body(response).await.to_vec()).unwrap();
    (status, to.unwrap_or(body))
}

fn upload(fields: &[(&str, &str)]) -> TestRequest {
    let mut body = String::new();
    for (name, value) in fields {
        body += &format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    body += "--x--\r\n";
    TestRequest::post()
        .uri("/manage/units/import")
        .insert_header(("Content-Type", "multipart/form-data; boundary=x"))
        .set_payload(body)
}

#[actix_web::test]
async fn an_office_checks_a_file_and_then_imports_it() {
    let folder = tempfile::tempdir().unwrap();
    let state = desk_of(folder.path(), "P-HOA-BAN");
    let csrf = csrf(&state);
    let (status, page) = send(&state, TestRequest::get().uri("/manage/units?q=hoa+mai")).await;
    assert!(status == 200 && page.contains("Trường Tiểu học Hoa Mai") && !page.contains("Ban Mai"), "{page}");

    let csv =
        format!("{HEADER}\nTH-MOI,Trường Tiểu học Mới,truong,cong_lap,P-HOA-BAN,SO-AN-LANH,2026-08-01,,,300,,,\n");
    let (status, page) = send(&state, upload(&[("_csrf", &csrf), ("file", &csv)])).await;
    assert!(status == 200 && page.contains("name=\"confirm\"") && page.contains("TH-MOI"), "{page}");
    let known = |code: &'static str| state.store.read_now(|db| units::by_code(db, code)).unwrap();
    assert!(known("TH-MOI").is_none());

    // a browser sends the hidden field with other line ends
    let carried = csv.replace('\n', "\r\n");
    let (status, to) = send(&state, upload(&[("_csrf", &csrf), ("confirm", "1"), ("csv", &carried)])).await;
    assert_eq!((status, to.as_str()), (303, "/manage/units?new=1&changed=0"));
    assert_eq!(known("TH-MOI").unwrap().unit.pupils(), 300);
}

#[actix_web::test]
async fn a_file_of_a_neighbour_or_from_another_session_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let state = desk_of(folder.path(), "P-HOA-BAN");
    let csrf = csrf(&state);
    let neighbour = format!("{HEADER}\nTH-BEN-SEN,Đổi tên,truong,cong_lap,P-BEN-SEN,SO-AN-LANH,2025-07-01,,,1,,,\n");
    let (status, page) = send(&state, upload(&[("_csrf", &csrf), ("confirm", "1"), ("csv", &neighbour)])).await;
    assert!(status == 422 && page.contains("TH-BEN-SEN") && page.contains("Dòng 2"), "{page}");
    assert_eq!(send(&state, upload(&[("_csrf", "x"), ("confirm", "1"), ("csv", &neighbour)])).await.0, 400);
    assert_eq!(send(&state, upload(&[("_csrf", &csrf)])).await.0, 422);
}

#[actix_web::test]
async fn columns_that_are_missing_are_named_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let state = desk_of(folder.path(), "P-HOA-BAN");
    let csv = "code,name,parent\nTH-MOI,Trường Mới,P-HOA-BAN\n";
    let (status, page) = send(&state, upload(&[("_csrf", &csrf(&state)), ("file", csv)])).await;
    assert_eq!((status, page.matches("Dòng 1<").count()), (422, 1), "{page}");
    assert!(page.contains("kind, school_type, professional_parent, valid_from") && page.contains("Có 1 lỗi"), "{page}");
}

#[actix_web::test]
async fn the_list_of_words_can_be_changed() {
    let folder = tempfile::tempdir().unwrap();
    let state = desk_of(folder.path(), "P-HOA-BAN");
    let csrf = csrf(&state);
    let post = |to: &str, word: &str| {
        TestRequest::post().uri(to).set_form([("_csrf", csrf.clone()), ("word", word.to_owned())])
    };
    let (_, to) = send(&state, post("/manage/alerts/words", "bị bỏ đói")).await;
    assert_eq!(to, "/manage/alerts?done=added#words");
    let (status, page) = send(&state, TestRequest::get().uri("/manage/alerts?done=added")).await;
    assert!(status == 200 && page.contains("bị bỏ đói"), "{page}");
    let (_, to) = send(&state, post("/manage/alerts/words", "!")).await;
    assert_eq!(to, "/manage/alerts?word=%21#words");
    let (_, page) = send(&state, TestRequest::get().uri("/manage/alerts?word=%21")).await;
    assert!(page.contains("aria-invalid=\"true\"") && page.contains("value=\"!\""), "{page}");
    let (_, to) = send(&state, post("/manage/alerts/words/remove", "bị bỏ đói")).await;
    assert_eq!(to, "/manage/alerts?done=removed#words");
}

#[actix_web::test]
async fn a_school_sees_neither() {
    let folder = tempfile::tempdir().unwrap();
    let state = desk_of(folder.path(), "TH-HOA-MAI");
    for path in ["/manage/units", "/manage/units.csv", "/manage/units/import", "/manage/alerts"] {
        assert_eq!(send(&state, TestRequest::get().uri(path)).await.0, 403, "{path}");
    }
}
