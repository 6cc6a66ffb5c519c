//! Every page and state that people see: no accessibility violation, nothing wider than the screen, in both themes.

use serde_json::Value;

use crate::support::alone;
use crate::support::browser::{Browser, Device};
use crate::support::installation::Installation;
use crate::support::tool::file;

const AXE: &str = "target/test-tools/node_modules/axe-core/axe.min.js";

/// What is wrong with the page that is open, at two widths and in both themes.
pub async fn complaints(browser: &Browser, axe: &str, name: &str) -> Vec<String> {
    let mut found = Vec::new();
    for width in [320, 1366] {
        browser.resize(width).await;
        for scheme in ["light", "dark"] {
            browser.scheme(scheme).await;
            let over = browser.run("return document.documentElement.scrollWidth - window.innerWidth").await;
            if over.as_i64().unwrap_or(0) > 0 {
                found.push(format!("{name} at {width}: {over} px too wide"));
            }
            browser.page.execute(axe, vec![]).await.expect("axe loads");
            let script = "const done = arguments[arguments.length - 1];
                axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']}).then(r => done(r.violations.map(
                    v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(' | '))))";
            let violations = browser.page.execute_async(script, vec![]).await.expect("axe runs");
            let listed = violations.as_array().cloned().unwrap_or_else(|| vec![Value::from("axe said nothing")]);
            found.extend(listed.iter().map(|one| format!("{name} at {width}, {scheme}: {one}")));
        }
    }
    found
}

#[test]
fn public_pages_have_no_accessibility_violations_and_fit_a_small_phone() {
    alone(async {
        let (installation, _) = Installation::demo(40);
        let server = installation.serve().await;
        let open = &installation.links("phu-huynh-hk1")[0];
        let closed = &installation.links("gio-vao-hoc")[0];
        let axe = std::fs::read_to_string(file("AXE_JS", AXE)).expect("axe");
        let browser = Browser::start(Device::Desk).await;
        let mut found = Vec::new();
        let pages = [
            ("start", open[3].clone()),
            ("start in English", format!("{}?lang=en", open[3])),
            ("form", format!("{}/phieu?phieu=hai-long-thcs", open[3])),
            ("closed", closed[3].clone()),
            ("unknown code", installation.url("/k/ZZZZZZ")),
            ("no such page", installation.url("/nothing")),
            ("look-up of receipts", installation.url("/tra-cuu")),
            ("look-up in English", installation.url("/tra-cuu?lang=en")),
            ("sign-in", installation.url("/sign-in")),
        ];
        for (name, url) in pages {
            browser.open(&url).await;
            found.extend(complaints(&browser, &axe, name).await);
        }
        browser.open(&format!("{}/phieu?phieu=hai-long-thcs", open[3])).await;
        let wrong = "const box = document.querySelector('.scale input'); box.value = '77'; box.checked = true;
            document.querySelector('form').submit()";
        browser.run(wrong).await;
        browser.page.wait().for_element(fantoccini::Locator::Css(".errors")).await.expect("the summary of errors");
        found.extend(complaints(&browser, &axe, "form with errors").await);
        browser.open(&format!("{}/phieu?phieu=hai-long-thcs", open[3])).await;
        let answer_one =
            "document.querySelector('.scale input').checked = true; document.querySelector('form').submit()";
        browser.run(answer_one).await;
        browser.arrive("/bien-nhan/").await;
        found.extend(complaints(&browser, &axe, "receipt").await);
        let receipt = browser.run("return document.querySelector('.receipt').textContent").await;
        for (typed, title) in [(receipt.as_str().expect("a receipt"), "đã gửi"), ("KKKK", "chưa đúng")] {
            browser.open(&installation.url("/tra-cuu")).await;
            browser.type_into("[name=ma]", typed).await;
            browser.tap("form button").await;
            let heading = format!("//h1[contains(., '{title}')]");
            let found_out = browser.page.wait().for_element(fantoccini::Locator::XPath(&heading)).await;
            assert!(found_out.is_ok(), "{typed} is not answered with “{title}”");
            found.extend(complaints(&browser, &axe, &format!("look-up of {title}")).await);
        }
        assert!(found.is_empty(), "{}", found.join("\n"));
        drop(browser);
        server.stop();
    });
}

#[test]
fn staff_pages_have_no_accessibility_violations() {
    alone(async {
        let (installation, printed) = Installation::demo(40);
        let password =
            printed.split("password ").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a password");
        let server = installation.serve().await;
        let axe = std::fs::read_to_string(file("AXE_JS", AXE)).expect("axe");
        let browser = Browser::start(Device::Desk).await;
        browser.open(&installation.url("/sign-in")).await;
        browser.type_into("[name=login]", "chuyenvien").await;
        browser.type_into("[name=password]", password).await;
        browser.tap("form button").await;
        browser.arrive("/manage").await;
        let mut found = Vec::new();
        let paths = ["", "/rounds/new", "/rounds/phu-huynh-hk1", "/rounds/phu-huynh-hk1/links", "/rounds/gop-y/units"];
        let more = [
            "/rounds/gio-vao-hoc",
            "/units",
            "/units/import",
            "/alerts",
            "/account",
            "/tokens",
            "/rounds/gop-y/pictures",
        ];
        for path in paths.into_iter().chain(more) {
            browser.open(&installation.url(&format!("/manage{path}"))).await;
            found.extend(complaints(&browser, &axe, &format!("/manage{path}")).await);
        }
        assert!(found.is_empty(), "{}", found.join("\n"));
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
        let browser = Browser::start(Device::Phone).await;
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
