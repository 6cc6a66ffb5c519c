//! The pages of staff under axe.

use crate::support::alone;
use crate::support::browser::Browser;
use crate::support::device::Device;
use crate::support::gallery::Gallery;
use crate::support::installation::Installation;

#[test]
fn staff_pages_have_no_accessibility_violations() {
    alone(async {
        let (installation, printed) = Installation::demo(40);
        let password =
            printed.split("password ").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a password");
        let server = installation.serve().await;
        let mut gallery = Gallery::new();
        let browser = Browser::start(Device::DESK).await;
        browser.open(&installation.url("/sign-in")).await;
        gallery.look(&browser, "GET /sign-in", "sign-in").await;
        browser.type_into("[name=login]", "chuyenvien").await;
        browser.type_into("[name=password]", password).await;
        browser.tap("form button").await;
        browser.arrive("/manage").await;
        let paths = ["", "/rounds/new", "/rounds/phu-huynh-hk1", "/rounds/phu-huynh-hk1/links", "/rounds/gop-y/units"];
        let more = [
            "/rounds/gio-vao-hoc",
            "/questionnaires",
            "/questionnaires/new",
            "/units",
            "/units/import",
            "/alerts",
            "/account",
            "/tokens",
            "/rounds/gop-y/pictures",
            "/people",
            "/people/new",
            "/people/1",
            "/audit",
            "/campaigns",
            "/campaigns/new",
            "/rules",
            "/paper",
            "/paper/new",
            "/units/TH-HOA-MAI",
            "/units/TH-HOA-MAI/change",
            "/units/new",
            "/units/kinds",
            "/rounds/gop-y/approval",
            "/rounds/gop-y/settings",
            "/rounds/gop-y/admission",
            "/rounds/gop-y/invitations",
            "/rounds/gop-y/invitations/write",
            "/rounds/phu-huynh-hk1/kit",
            "/rounds/phu-huynh-hk1/progress",
            "/rounds/phu-huynh-hk1/signs",
            "/rounds/phu-huynh-hk1/remind",
        ];
        for path in paths.into_iter().chain(more) {
            browser.open(&installation.url(&format!("/manage{path}"))).await;
            gallery.look(&browser, "GET /manage", &format!("/manage{path}")).await;
        }
        gallery.close();
        drop(browser);
        server.stop();
    });
}
