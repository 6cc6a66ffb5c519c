//! The demonstration as somebody meets it: a poster's code, a phone, a receipt, one more in the count.

use serde_json::Value;

use crate::support::alone;
use crate::support::browser::{Browser, Device};
use crate::support::installation::Installation;
use crate::support::tool::read_qr;

const ROUND: &str = "phu-huynh-hk1";

fn printed<'a>(lines: &'a str, name: &str) -> &'a str {
    let line =
        lines.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{name} is printed:\n{lines}"));
    line.split_whitespace().nth(1).expect("an address")
}

#[test]
fn a_parent_scans_the_demo_answers_on_a_phone_and_is_counted_once() {
    alone(async {
        let installation = Installation::new();
        let server = installation.start(&["demo", "--submissions", "200"]).await;
        let said = server.process.said();
        assert!(said.contains("password") && said.contains("token") && said.contains('█'), "{said}");
        let address = printed(&said, "Form:").to_owned();
        assert_eq!(read_qr_of(&installation, &address).await, address);

        let token = installation.token();
        let before = installation.by_school(ROUND, &token).await;
        answer(&address).await;
        let between = installation.by_school(ROUND, &token).await;
        answer_without_script(&address).await;
        let after = installation.by_school(ROUND, &token).await;
        let sum = |counts: &std::collections::BTreeMap<String, u64>| counts.values().sum::<u64>();
        assert_eq!((sum(&between), sum(&after)), (sum(&before) + 1, sum(&before) + 2));
        let risen = after.iter().filter(|(unit, n)| before[*unit] != **n).count();
        assert_eq!(risen, 1, "only the school of the poster rises");
        server.stop();
    });
}

async fn read_qr_of(installation: &Installation, address: &str) -> String {
    let picture = installation.path().join("qr.png");
    let answer = reqwest::get(format!("{address}/qr.png")).await.expect("the picture");
    std::fs::write(&picture, answer.bytes().await.expect("bytes")).expect("written");
    read_qr(&picture)
}

/// One form from the poster's address to the receipt, with a branch and a text.
async fn answer(address: &str) {
    let browser = Browser::start(Device::Phone).await;
    browser.open(address).await;
    browser.tap("main form .row input[type=radio]").await;
    browser.tap("main form button").await;
    browser.arrive("/phieu").await;
    let form = browser.page.source().await.expect("the page");
    let first = rated(&form);
    browser.tap(&format!("#{first} .scale label:nth-child(5) input")).await;
    let put_away = "return document.querySelectorAll('form [data-when][hidden]').length";
    assert_ne!(browser.run(put_away).await, Value::from(0), "branches that do not apply are put away");
    browser.type_into("textarea", "Trường sạch, thầy cô tận tình.").await;
    browser.tap("form button").await;
    browser.arrive("/bien-nhan/").await;
    assert_eq!(browser.text("h1").await, "Đã nhận phiếu. Xin cảm ơn!");
    assert_eq!(browser.text(".receipt").await.chars().filter(char::is_ascii_alphanumeric).count(), 20);
    browser.tap("main a.btn").await;
    browser.arrive(address.rsplit('/').next().unwrap_or_default()).await;
    assert!(!browser.address().await.contains("/bien-nhan/"));
}

/// The same without any script: pages, links and forms alone.
async fn answer_without_script(address: &str) {
    let start = reqwest::get(address).await.expect("the start page").text().await.expect("text");
    let choice = start.split("name=\"phieu\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a form");
    let form =
        reqwest::get(format!("{address}/phieu?phieu={choice}")).await.expect("the form").text().await.expect("text");
    let hidden = form.split("<input type=\"hidden\" name=\"").skip(1).map(|rest| {
        let mut parts = rest.split('"');
        (parts.next().unwrap_or_default().to_owned(), parts.nth(1).unwrap_or_default().to_owned())
    });
    let mut fields: Vec<(String, String)> = hidden.collect();
    fields.push((rated(&form), "4".to_owned()));
    let thanks = reqwest::Client::new().post(address).form(&fields).send().await.expect("an answer");
    assert!(thanks.text().await.expect("text").contains("Đã nhận phiếu"));
}

/// The code of the first rated question that has no condition.
fn rated(form: &str) -> String {
    let mut parts = form.split("<fieldset class=\"card q\" id=\"").skip(1);
    let rated = parts
        .find(|part| part.contains("class=\"scale\"") && !part.split('>').next().unwrap_or("").contains("data-when"));
    rated.and_then(|part| part.split('"').next()).expect("a rated question").to_owned()
}
