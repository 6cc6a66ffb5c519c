//! A device that stands somewhere for everybody, and people who walk away from it.

use serde_json::json;

use crate::support::beside;
use crate::support::device::Device;
use crate::support::installation::Installation;
use crate::support::parent::Parent;

const ROUND: &str = "phu-huynh-hk1";
const SCHOOL: &str = "THCS-BAN-MAI";
const FORM: &str = "hai-long-thcs";

/// A tablet on which a minute passes in two seconds, told to stand for everybody.
async fn tablet(start: &str) -> Parent {
    let tablet = Parent::with(Device::LARGE).await;
    let hurry = json!({"source": "const tick = setInterval; window.setInterval = (run, ms) => tick(run, ms / 30);"});
    tablet.browser.devtools("Page.addScriptToEvaluateOnNewDocument", hurry).await;
    tablet.browser.open(start).await;
    tablet.browser.tap("main .btn").await;
    tablet.browser.until("the start page", START).await;
    tablet
}

const START: &str = "return !!document.querySelector('form [name=\"may-chung\"]')";

#[test]
fn whoever_walks_away_from_a_device_for_everybody_leaves_nothing_behind() {
    beside(async {
        let (installation, _) = Installation::demo(0);
        let server = installation.serve().await;
        let start = format!("{}/may-chung", installation.poster(ROUND, SCHOOL));
        let tablet = tablet(&start).await;
        tablet.choose(FORM).await;
        tablet.fill_in(1).await;
        let left = tablet.browser.address().await;
        tablet.browser.until("a question", "return !document.getElementById('may-chung').hidden").await;
        tablet.browser.tap("#may-chung button").await;
        assert!(tablet.sees("fieldset").await, "whoever answers goes on");
        tablet.browser.until("the start page", START).await;
        tablet.browser.open(&left).await;
        assert_eq!(tablet.heading().await, "Phiếu này không còn lưu");
        assert_eq!(installation.count(ROUND), 0);
        drop(tablet);
        server.stop();
    });
}

#[test]
fn the_start_page_of_such_a_device_waits_and_puts_away_what_somebody_opened_on_it() {
    beside(async {
        let (installation, _) = Installation::demo(0);
        let server = installation.serve().await;
        let start = format!("{}/may-chung", installation.poster(ROUND, SCHOOL));
        let tablet = tablet(&start).await;
        tablet.browser.run("window.stays = true").await;
        tokio::time::sleep(std::time::Duration::from_secs(5)).await;
        assert_eq!(tablet.browser.run("return window.stays").await, json!(true), "nobody touched it");
        tablet.browser.tap("main summary").await;
        tablet.browser.until("another page", &format!("return !window.stays && {}", &START["return ".len()..])).await;
        assert!(!tablet.browser.run("return document.querySelector('main details').open").await.as_bool().unwrap());
        drop(tablet);
        server.stop();
    });
}
