//! Every page of staff under axe. The list is compared with the registered routes: a new page without a line fails.

use std::collections::BTreeSet;

use actix_web::introspection::IntrospectionTree;
use actix_web::test::{TestRequest, call_and_read_body, init_service};
use actix_web::{App, web};
use langnghe::web::routes;
use serde_json::Value;

use crate::support::alone;
use crate::support::browser::Browser;
use crate::support::desk::Desk;
use crate::support::device::Device;
use crate::support::gallery::Gallery;
use crate::support::installation::Installation;

/// Pattern and an address of every page, below `/manage`; a page that has several faces stands there several times.
const PAGES: &[(&str, &str)] = &[
    ("", ""),
    ("/account", "/account"),
    ("/alerts", "/alerts"),
    ("/assist", "/assist"),
    ("/audit", "/audit"),
    ("/campaigns", "/campaigns"),
    ("/campaigns/new", "/campaigns/new"),
    ("/campaigns/{id}", "/campaigns/1"),
    ("/campaigns/{id}/edit", "/campaigns/1/edit"),
    ("/paper", "/paper"),
    ("/paper/new", "/paper/new"),
    ("/paper/{id}", "/paper/1"),
    ("/paper/{id}/forms/{number}", "/paper/1/forms/2"),
    ("/paper/{id}/forms/{number}/compare", "/paper/1/forms/1/compare"),
    ("/people", "/people"),
    ("/people/new", "/people/new"),
    ("/people/{id}", "/people/1"),
    ("/questionnaires", "/questionnaires"),
    ("/questionnaires/new", "/questionnaires/new"),
    ("/questionnaires/upload", "/questionnaires/upload"),
    ("/questionnaires/{id}", "/questionnaires/1"),
    ("/questionnaires/{id}", "/questionnaires/1?cau=A1"),
    ("/questionnaires/{id}/cover", "/questionnaires/1/cover"),
    ("/questionnaires/{id}/history", "/questionnaires/1/history"),
    ("/questionnaires/{id}/json", "/questionnaires/1/json"),
    ("/questionnaires/{id}/library", "/questionnaires/1/library"),
    ("/questionnaires/{id}/scales", "/questionnaires/1/scales"),
    ("/questionnaires/{id}/translate", "/questionnaires/1/translate?lang=en"),
    ("/questionnaires/{id}/xem", "/questionnaires/1/xem"),
    ("/rounds/new", "/rounds/new"),
    ("/rounds/{slug}", "/rounds/nhap"),
    ("/rounds/{slug}", "/rounds/phu-huynh-hk1"),
    ("/rounds/{slug}", "/rounds/gio-vao-hoc"),
    ("/rounds/{slug}/admission", "/rounds/gop-y/admission"),
    ("/rounds/{slug}/approval", "/rounds/nhap/approval"),
    ("/rounds/{slug}/edit", "/rounds/nhap/edit"),
    ("/rounds/{slug}/forms", "/rounds/nhap/forms"),
    ("/rounds/{slug}/invitations", "/rounds/gop-y/invitations"),
    ("/rounds/{slug}/invitations/write", "/rounds/gop-y/invitations/write"),
    ("/rounds/{slug}/kit", "/rounds/phu-huynh-hk1/kit"),
    ("/rounds/{slug}/links", "/rounds/phu-huynh-hk1/links"),
    ("/rounds/{slug}/notice", "/rounds/nhap/notice"),
    ("/rounds/{slug}/pictures", "/rounds/gop-y/pictures"),
    ("/rounds/{slug}/print", "/rounds/nhap/print"),
    ("/rounds/{slug}/progress", "/rounds/phu-huynh-hk1/progress"),
    ("/rounds/{slug}/remind", "/rounds/phu-huynh-hk1/remind"),
    ("/rounds/{slug}/settings", "/rounds/nhap/settings"),
    ("/rounds/{slug}/signs", "/rounds/phu-huynh-hk1/signs"),
    ("/rounds/{slug}/units", "/rounds/gop-y/units"),
    ("/rounds/{slug}/units/choice", "/rounds/nhap/units/choice"),
    ("/rounds/{slug}/xem/{code}", "/rounds/nhap/xem/hai-long-tieu-hoc"),
    ("/rules", "/rules"),
    ("/tokens", "/tokens"),
    ("/units", "/units"),
    ("/units/import", "/units/import"),
    ("/units/kinds", "/units/kinds"),
    ("/units/new", "/units/new"),
    ("/units/{code}", "/units/TH-HOA-MAI"),
    ("/units/{code}/change", "/units/TH-HOA-MAI/change"),
];

/// The page of a school's head, which others are led away from.
const HEAD: (&str, &str) = ("/school", "/school");

/// Files, pictures and parts of pages; what only leads to a page.
const NO_PAGES: &[&str] = &[
    "/account/codes",
    "/account/codes/confirm",
    "/account/codes/off",
    "/account/sessions/end",
    "/audit.csv",
    "/questionnaires/{id}/file.json",
    "/questionnaires/{id}/names",
    "/rounds",
    "/rounds/{slug}/export.csv",
    "/rounds/{slug}/kit/{code}.png",
    "/rounds/{slug}/kit/{paper}.{ending}",
    "/rounds/{slug}/pictures/{id}",
    "/rounds/{slug}/progress/part",
    "/rounds/{slug}/progress/stream",
    "/rules/contacts",
    "/units.csv",
    "/units/import/undo",
];

/// The pattern of everything of staff that a browser can ask for, without what leads back from a form.
async fn registered() -> BTreeSet<String> {
    let report = async |tree: web::Data<IntrospectionTree>| tree.report_as_json();
    let app = App::new().configure(routes::all).route("/report", web::get().to(report));
    let body = call_and_read_body(&init_service(app).await, TestRequest::get().uri("/report").to_request()).await;
    let listed: Vec<Value> = serde_json::from_slice(&body).expect("a report");
    let asked = listed.iter().filter(|one| one["methods"].as_array().is_some_and(|all| all.iter().any(|m| m == "GET")));
    let paths = asked.filter_map(|one| one["full_path"].as_str()?.strip_prefix("/manage"));
    paths.filter(|path| !path.contains(":[") && !path.contains("{_:")).map(str::to_owned).collect()
}

/// A draft, a plan, a questionnaire, and a bundle on paper whose first sheet two people read differently.
async fn furnish(desk: &Desk<'_>, installation: &Installation) {
    let round = [("title", "Bản nháp"), ("slug", "nhap"), ("template", "hai-long-tieu-hoc"), ("contact", "Phòng")];
    let more = [("day", "2099-05-31"), ("time", "22:00"), ("all", "1")];
    desk.post("/manage/rounds/new", &[&round[..], &more].concat()).await;
    let plan = [("title", "Kế hoạch"), ("purpose", "Bữa ăn bán trú"), ("kept", "12"), ("contact", "Phòng")];
    desk.post("/manage/campaigns/new", &plan).await;
    desk.post("/manage/questionnaires/new", &[("title", "Phiếu riêng"), ("from", "hai-long-tieu-hoc")]).await;
    let links = installation.links("gop-y");
    let code = links[0].iter().find_map(|cell| cell.split("/k/").nth(1)).expect("a code");
    let today = (chrono::Utc::now() + chrono::TimeDelta::hours(7)).date_naive().to_string();
    let bundle = [("round", "gop-y"), ("code", code), ("day", &today), ("handed_out", "9"), ("returned", "2")];
    desk.post("/manage/paper/new", &[&bundle[..], &[("valid", "2"), ("twice", "1")]].concat()).await;
    let sheet = [("loai", "1"), ("noi_dung", "Cần thêm cây xanh")];
    desk.post("/manage/paper/1/forms/1", &sheet).await;
    let again = [("again", "1"), ("loai", "2"), ("noi_dung", "Cần thêm cây xanh")];
    desk.post("/manage/paper/1/forms/1", &again).await;
}

/// A browser in which this account of the demonstration is signed in.
async fn signed_in(installation: &Installation, printed: &str, login: &str) -> Browser {
    let after = printed.split(&format!("account {login}")).nth(1).and_then(|rest| rest.split("password ").nth(1));
    let password = after.and_then(|rest| rest.split_whitespace().next()).expect("a password");
    let browser = Browser::start(Device::DESK).await;
    browser.open(&installation.url("/sign-in")).await;
    browser.type_into("[name=login]", login).await;
    browser.type_into("[name=password]", password).await;
    browser.tap("form button").await;
    browser.arrive("/manage").await;
    browser
}

async fn look(browser: &Browser, installation: &Installation, gallery: &mut Gallery, page: (&str, &str)) {
    let url = installation.url(&format!("/manage{}", page.1));
    browser.open(&url).await;
    assert_eq!(browser.address().await, url, "it leads somewhere else");
    gallery.look(browser, page.0, &format!("/manage{}", page.1)).await;
}

#[test]
fn staff_pages_have_no_accessibility_violations() {
    alone(async {
        let (installation, printed) = Installation::demo(40);
        let server = installation.serve().await;
        let mut gallery = Gallery::new();
        let guest = Browser::start(Device::DESK).await;
        let told = installation.run(&["accounts", "add", "moi", "--name", "Người Mới", "--unit", "SO-AN-LANH"]);
        let link = told.split_whitespace().find_map(|word| word.split_once("/link/")).expect("a link").1;
        for path in ["/sign-in", "/sign-in/forgotten", &format!("/link/{link}")] {
            guest.open(&installation.url(path)).await;
            gallery.look(&guest, path, path).await;
        }
        drop(guest);
        furnish(&Desk::sign_in(&installation, &printed).await, &installation).await;
        let browser = signed_in(&installation, &printed, "chuyenvien").await;
        for page in PAGES {
            look(&browser, &installation, &mut gallery, *page).await;
        }
        drop(browser);
        let head = signed_in(&installation, &printed, "hieutruong").await;
        look(&head, &installation, &mut gallery, HEAD).await;
        let mut missing = registered().await;
        let seen = gallery.close();
        missing.retain(|path| !seen.contains(path) && !NO_PAGES.contains(&path.as_str()));
        assert_eq!(missing, BTreeSet::new(), "pages that nobody looked at");
        drop(head);
        server.stop();
    });
}
