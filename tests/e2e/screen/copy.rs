//! The message to be passed on to parents: what is pasted afterwards is the whole of it.

use fantoccini::Locator;
use serde_json::{Value, json};

use crate::support::beside;
use crate::support::browser::Browser;
use crate::support::device::Device;
use crate::support::installation::Installation;

const MESSAGE: &str = "details.message[open] textarea";
const COPY: &str = "details.message[open] [data-copy]";

/// An officer at the links of a round, with the first message unfolded.
async fn at_the_message(installation: &Installation, printed: &str) -> Browser {
    let password = printed.split("password ").nth(1).and_then(|rest| rest.split_whitespace().next());
    let browser = Browser::start(Device::DESK).await;
    browser.open(&installation.url("/sign-in")).await;
    browser.type_into("[name=login]", "chuyenvien").await;
    browser.type_into("[name=password]", password.expect("a password")).await;
    browser.tap("form button").await;
    browser.arrive("/manage").await;
    browser.open(&installation.url("/manage/rounds/phu-huynh-hk1/links")).await;
    let permissions = json!({"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]});
    browser.devtools("Browser.grantPermissions", permissions).await;
    browser.tap("details.message summary").await;
    browser.page.wait().for_element(Locator::Css(COPY)).await.expect("the button");
    browser
}

/// Presses the button; what it says then, and what the clipboard holds.
async fn copied(browser: &Browser) -> (String, Value) {
    browser.tap(COPY).await;
    let said = "const button = document.querySelector('details.message[open] [data-copy]');
        return [button.dataset.done, button.dataset.failed].includes(button.textContent)";
    browser.until("the button says how it went", said).await;
    let read = "const [done] = arguments; held.readText().then(done, error => done(String(error)))";
    let held = browser.page.execute_async(read, vec![]).await.expect("the clipboard");
    (browser.text(COPY).await, held)
}

async fn copy(take_away: &str) {
    let (installation, printed) = Installation::demo(0);
    let server = installation.serve().await;
    let browser = at_the_message(&installation, &printed).await;
    let message = browser.run(&format!("return document.querySelector('{MESSAGE}').value")).await;
    browser.run(&format!("window.held = navigator.clipboard; {take_away}")).await;
    assert!(message.as_str().is_some_and(|text| text.contains("/k/") && text.lines().count() > 2), "{message}");
    assert_eq!(copied(&browser).await, ("Đã chép".to_owned(), message));
    drop(browser);
    server.stop();
}

#[test]
fn the_message_for_parents_is_copied_whole() {
    beside(copy(""));
}

#[test]
fn the_message_is_copied_where_scripts_have_no_clipboard() {
    beside(copy("Object.defineProperty(navigator, 'clipboard', {value: undefined})"));
}

#[test]
fn the_message_is_copied_where_the_clipboard_refuses() {
    beside(copy(
        "Object.defineProperty(navigator, 'clipboard', {value: {writeText: () => Promise.reject(new Error('no'))}})",
    ));
}
