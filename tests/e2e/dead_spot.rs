//! A phone that loses its network while a form is being sent.

use fantoccini::Locator;
use serde_json::{Value, json};

use crate::support::alone;
use crate::support::browser::{Browser, Device};
use crate::support::installation::Installation;

const ROUND: &str = "phu-huynh-hk1";

async fn network(browser: &Browser, offline: bool) {
    browser.devtools("Network.enable", json!({})).await;
    let state = json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
    browser.devtools("Network.emulateNetworkConditions", state).await;
}

#[test]
fn a_form_sent_in_a_dead_spot_stays_on_the_page_and_goes_out_by_itself() {
    alone(async {
        let (installation, _) = Installation::demo(0);
        let server = installation.serve().await;
        let poster = &installation.links(ROUND)[0][3];
        let browser = Browser::start(Device::Phone).await;
        browser.open(&format!("{poster}/phieu?phieu=hai-long-thcs")).await;
        browser.tap(".scale label:nth-child(4) input").await;
        network(&browser, true).await;
        browser.tap("form button").await;
        browser.page.wait().for_element(Locator::Css("#mat-mang:not([hidden])")).await.expect("the sentence");
        assert!(browser.text("#mat-mang").await.contains("Phiếu vẫn còn trên máy này"));
        assert_eq!(browser.run("return document.querySelectorAll(':checked').length").await, Value::from(1));
        assert_eq!(installation.count(ROUND), 0);
        network(&browser, false).await;
        browser.arrive("/bien-nhan/").await;
        assert_eq!(installation.count(ROUND), 1);
        drop(browser);
        server.stop();
    });
}
