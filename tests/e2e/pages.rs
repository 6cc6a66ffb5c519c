//! The pages of staff, and how much a parent's pages weigh.

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
        let more = ["/rounds/gio-vao-hoc", "/units", "/units/import", "/alerts", "/account", "/tokens"];
        for path in paths.into_iter().chain(more) {
            browser.open(&installation.url(&format!("/manage{path}"))).await;
            gallery.look(&browser, "GET /manage", &format!("/manage{path}")).await;
        }
        gallery.close();
        drop(browser);
        server.stop();
    });
}

/// What a phone loads to show and answer a form, in bytes as they came: the browser itself adds up.
#[test]
fn the_form_stays_light() {
    alone(async {
        let (installation, _) = Installation::demo(0);
        let server = installation.serve().await;
        let open = &installation.links("phu-huynh-hk1")[0];
        let browser = Browser::start(Device::PHONE).await;
        browser.open(&format!("{}/phieu?phieu=hai-long-thcs", open[3])).await;
        let script = "return ['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind)).map(
            entry => [new URL(entry.name).pathname, entry.encodedBodySize])";
        let loaded: Vec<(String, usize)> = serde_json::from_value(browser.run(script).await).expect("names and sizes");
        println!("{loaded:?}");
        for part in ["/phieu", ".css", ".js"] {
            assert!(loaded.iter().any(|(name, bytes)| name.contains(part) && *bytes > 0), "no {part} in {loaded:?}");
        }
        let sum: usize = loaded.iter().map(|(_, bytes)| bytes).sum();
        assert!(sum < 14 * 1024, "{sum} bytes: {loaded:?}");
        drop(browser);
        server.stop();
    });
}
