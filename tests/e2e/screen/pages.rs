//! Every page of staff under axe. The list is compared with the registered routes: a new page without a line fails.

use std::collections::BTreeSet;

use actix_web::introspection::IntrospectionTree;
use actix_web::test::{TestRequest, call_and_read_body, init_service};
use actix_web::{App, web};
use langnghe::web::routes;
use serde_json::Value;

use crate::support::beside;
use crate::support::browser::Browser;
use crate::support::desk::Desk;
use crate::support::device::Device;
use crate::support::gallery::Gallery;
use crate::support::installation::Installation;

/// Pattern and an address of every page, below `/manage`; a page that has several faces stands there several times.
const PAGES: &[(&str, &str)] = &[
    ("/analyse", "/analyse"),
    ("/analyse/sample-size", "/analyse/sample-size?pupils=1200&margin=5&round=phu-huynh-hk1"),
    ("/analyse/{slug}/trend", "/analyse/phu-huynh-hk1/trend"),
    ("/analyse/{slug}/weights", "/analyse/phu-huynh-hk1/weights"),
    ("/analyse/{slug}/method", "/analyse/phu-huynh-hk1/method"),
    ("/analyse/{slug}/releases", "/analyse/phu-huynh-hk1/releases"),
    ("/manage/released", "/manage/released"),
    ("/manage/released/{slug}", "/manage/released/gio-vao-hoc"),
    ("/analyse/{slug}", "/analyse/phu-huynh-hk1"),
    ("/analyse/{slug}/items", "/analyse/phu-huynh-hk1/items"),
    ("/analyse/{slug}/open", "/analyse/phu-huynh-hk1/open"),
    ("/analyse/{slug}/open", "/analyse/phu-huynh-hk1/open?q=ve+sinh"),
    ("/analyse/{slug}/open/summary", "/analyse/phu-huynh-hk1/open/summary"),
    ("/analyse/{slug}/open/themes", "/analyse/phu-huynh-hk1/open/themes"),
    ("/analyse/{slug}/levels", "/analyse/phu-huynh-hk1/levels"),
    ("/analyse/{slug}/units", "/analyse/phu-huynh-hk1/units"),
    ("/analyse/{slug}/units/{code}", "/analyse/phu-huynh-hk1/units/TH-HOA-MAI"),
    ("/analyse/{slug}/crosstab", "/analyse/phu-huynh-hk1/crosstab"),
    ("/analyse/{slug}/quality", "/analyse/phu-huynh-hk1/quality"),
    ("/analyse/{slug}/exports", "/analyse/phu-huynh-hk1/exports"),
    ("/manage", "/manage"),
    ("/manage/account", "/manage/account"),
    ("/manage/alerts", "/manage/alerts"),
    ("/manage/assist", "/manage/assist"),
    ("/manage/audit", "/manage/audit"),
    ("/manage/campaigns", "/manage/campaigns"),
    ("/manage/campaigns/new", "/manage/campaigns/new"),
    ("/manage/campaigns/{id}", "/manage/campaigns/1"),
    ("/manage/campaigns/{id}/edit", "/manage/campaigns/1/edit"),
    ("/manage/paper", "/manage/paper"),
    ("/manage/paper/new", "/manage/paper/new"),
    ("/manage/paper/{id}", "/manage/paper/1"),
    ("/manage/paper/{id}/forms/{number}", "/manage/paper/1/forms/2"),
    ("/manage/paper/{id}/forms/{number}/compare", "/manage/paper/1/forms/1/compare"),
    ("/manage/people", "/manage/people"),
    ("/manage/people/new", "/manage/people/new"),
    ("/manage/people/{id}", "/manage/people/1"),
    ("/manage/questionnaires", "/manage/questionnaires"),
    ("/manage/questionnaires/new", "/manage/questionnaires/new"),
    ("/manage/questionnaires/upload", "/manage/questionnaires/upload"),
    ("/manage/questionnaires/{id}", "/manage/questionnaires/1"),
    ("/manage/questionnaires/{id}", "/manage/questionnaires/1?cau=A1"),
    ("/manage/questionnaires/{id}/cover", "/manage/questionnaires/1/cover"),
    ("/manage/questionnaires/{id}/history", "/manage/questionnaires/1/history"),
    ("/manage/questionnaires/{id}/json", "/manage/questionnaires/1/json"),
    ("/manage/questionnaires/{id}/library", "/manage/questionnaires/1/library"),
    ("/manage/questionnaires/{id}/scales", "/manage/questionnaires/1/scales"),
    ("/manage/questionnaires/{id}/translate", "/manage/questionnaires/1/translate?lang=en"),
    ("/manage/questionnaires/{id}/xem", "/manage/questionnaires/1/xem"),
    ("/manage/rounds/new", "/manage/rounds/new"),
    ("/manage/rounds/{slug}", "/manage/rounds/nhap"),
    ("/manage/rounds/{slug}", "/manage/rounds/phu-huynh-hk1"),
    ("/manage/rounds/{slug}", "/manage/rounds/gio-vao-hoc"),
    ("/manage/rounds/{slug}/admission", "/manage/rounds/gop-y/admission"),
    ("/manage/rounds/{slug}/approval", "/manage/rounds/nhap/approval"),
    ("/manage/rounds/{slug}/edit", "/manage/rounds/nhap/edit"),
    ("/manage/rounds/{slug}/forms", "/manage/rounds/nhap/forms"),
    ("/manage/rounds/{slug}/invitations", "/manage/rounds/gop-y/invitations"),
    ("/manage/rounds/{slug}/invitations/write", "/manage/rounds/gop-y/invitations/write"),
    ("/manage/rounds/{slug}/kit", "/manage/rounds/phu-huynh-hk1/kit"),
    ("/manage/rounds/{slug}/links", "/manage/rounds/phu-huynh-hk1/links"),
    ("/manage/rounds/{slug}/notice", "/manage/rounds/nhap/notice"),
    ("/manage/rounds/{slug}/pictures", "/manage/rounds/gop-y/pictures"),
    ("/manage/rounds/{slug}/print", "/manage/rounds/nhap/print"),
    ("/manage/rounds/{slug}/progress", "/manage/rounds/phu-huynh-hk1/progress"),
    ("/manage/rounds/{slug}/remind", "/manage/rounds/phu-huynh-hk1/remind"),
    ("/manage/rounds/{slug}/settings", "/manage/rounds/nhap/settings"),
    ("/manage/rounds/{slug}/signs", "/manage/rounds/phu-huynh-hk1/signs"),
    ("/manage/rounds/{slug}/units", "/manage/rounds/gop-y/units"),
    ("/manage/rounds/{slug}/units/choice", "/manage/rounds/nhap/units/choice"),
    ("/manage/rounds/{slug}/xem/{code}", "/manage/rounds/nhap/xem/hai-long-tieu-hoc"),
    ("/manage/rules", "/manage/rules"),
    ("/manage/tokens", "/manage/tokens"),
    ("/manage/units", "/manage/units"),
    ("/manage/units/import", "/manage/units/import"),
    ("/manage/units/kinds", "/manage/units/kinds"),
    ("/manage/units/new", "/manage/units/new"),
    ("/manage/units/{code}", "/manage/units/TH-HOA-MAI"),
    ("/manage/units/{code}/change", "/manage/units/TH-HOA-MAI/change"),
];

/// The page of a school's head, which others are led away from.
const HEAD: (&str, &str) = ("/manage/school", "/manage/school");

/// Files, pictures and parts of pages; what only leads to a page.
const NO_PAGES: &[&str] = &[
    "/analyse/{slug}/figures.json",
    "/analyse/{slug}/trend.{ending}",
    "/analyse/{slug}/trend-rounds.csv",
    "/analyse/{slug}/weights.csv",
    "/analyse/{slug}/exports/{key}",
    "/analyse/{slug}/lowest.{ending}",
    "/analyse/{slug}/items.{ending}",
    "/analyse/{slug}/levels.csv",
    "/analyse/{slug}/open.csv",
    "/analyse/{slug}/open.xlsx",
    "/analyse/{slug}/units.{ending}",
    "/analyse/{slug}/units/{code}/lowest.{ending}",
    "/analyse/{slug}/crosstab.{ending}",
    "/manage/account/codes",
    "/manage/account/codes/confirm",
    "/manage/account/codes/off",
    "/manage/account/sessions/end",
    "/manage/audit.csv",
    "/manage/questionnaires/{id}/file.json",
    "/manage/questionnaires/{id}/names",
    "/manage/rounds",
    "/manage/rounds/{slug}/export.csv",
    "/manage/rounds/{slug}/kit/{code}.png",
    "/manage/rounds/{slug}/kit/{paper}.{ending}",
    "/manage/rounds/{slug}/pictures/{id}",
    "/manage/rounds/{slug}/progress/part",
    "/manage/rounds/{slug}/progress/stream",
    "/manage/rules/contacts",
    "/manage/units.csv",
    "/manage/units/import/undo",
];

/// The pattern of everything of staff that a browser can ask for, without what leads back from a form.
async fn registered() -> BTreeSet<String> {
    let report = async |tree: web::Data<IntrospectionTree>| tree.report_as_json();
    let app = App::new().configure(routes::all).route("/report", web::get().to(report));
    let body = call_and_read_body(&init_service(app).await, TestRequest::get().uri("/report").to_request()).await;
    let listed: Vec<Value> = serde_json::from_slice(&body).expect("a report");
    let asked = listed.iter().filter(|one| one["methods"].as_array().is_some_and(|all| all.iter().any(|m| m == "GET")));
    let paths = asked.filter_map(|one| one["full_path"].as_str());
    let of_staff = paths.filter(|path| path.starts_with("/manage") || path.starts_with("/analyse"));
    of_staff.filter(|path| !path.contains(":[") && !path.contains("{_:")).map(str::to_owned).collect()
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
    let url = installation.url(page.1);
    browser.open(&url).await;
    assert_eq!(browser.address().await, url, "it leads somewhere else");
    gallery.look(browser, page.0, page.1).await;
}

#[test]
fn staff_pages_have_no_accessibility_violations() {
    beside(async {
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
