//! A parent with a telephone: from the poster to the receipt, by what can be seen and tapped.

use std::time::{Duration, Instant};

use fantoccini::Locator;
use serde_json::{Value, json};

use super::browser::Browser;
use super::device::Device;

pub const NEXT: &str = "button[name=_di][value=tiep]";
pub const BACK: &str = "button[name=_di][value=lui]";
pub const SEND: &str = "button[data-sending]";

/// What a page is: its main heading, as far as it can be seen. Empty while it is not there yet.
const HEADING: &str = "const seen = [...document.querySelectorAll('h1')].find(h => h.offsetParent);
    const busy = document.querySelector('button[aria-disabled=true]');
    return document.readyState === 'complete' && seen && !busy ? seen.textContent.trim() : ''";

pub struct Parent {
    pub browser: Browser,
}

impl Parent {
    pub async fn with(device: Device) -> Self {
        Self { browser: Browser::start(device).await }
    }

    /// From the poster to the first part of this questionnaire.
    pub async fn begin(&self, poster: &str, questionnaire: &str) {
        self.browser.open(poster).await;
        self.choose(questionnaire).await;
        self.browser.arrive("/phieu").await;
    }

    /// On the start page: the level, where there are several, and *Bắt đầu*. Returns the heading of what follows.
    pub async fn choose(&self, questionnaire: &str) -> String {
        let level = format!("[name=phieu][value='{questionnaire}'][type=radio]");
        if self.has(&level).await {
            self.browser.tap(&level).await;
        }
        self.tap_on_to("main form .btn").await
    }

    /// The main heading of the page, as soon as it can be seen and used.
    pub async fn heading(&self) -> String {
        self.heading_but("").await
    }

    /// The next main heading that is another one.
    pub async fn heading_but(&self, before: &str) -> String {
        let since = Instant::now();
        loop {
            // between two pages there is nothing to ask
            if let Ok(Value::String(heading)) = self.browser.page.execute(HEADING, vec![]).await
                && !heading.is_empty()
                && heading != before
            {
                return heading;
            }
            assert!(since.elapsed() < Duration::from_secs(20), "nothing follows “{before}”");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Taps on something and waits for the page or part behind it; returns its heading.
    pub async fn tap_on_to(&self, css: &str) -> String {
        let before = self.heading().await;
        self.browser.tap(css).await;
        self.heading_but(&before).await
    }

    pub async fn go_on(&self) -> String {
        self.tap_on_to(NEXT).await
    }

    pub async fn go_back(&self) -> String {
        self.tap_on_to(BACK).await
    }

    /// Answers one question with one of its choices.
    pub async fn answer(&self, question: &str, value: &str) {
        self.browser.tap(&format!("[name='{question}'][value='{value}']")).await;
    }

    /// Whether something can be seen.
    pub async fn sees(&self, css: &str) -> bool {
        let script = format!("return [...document.querySelectorAll({})].some(one => one.offsetParent)", json!(css));
        self.browser.run(&script).await == json!(true)
    }

    /// Whether the page has something.
    pub async fn has(&self, css: &str) -> bool {
        self.browser.page.find(Locator::Css(css)).await.is_ok()
    }

    /// What is chosen or typed under this name.
    pub async fn answered(&self, question: &str) -> Value {
        let script = "return [...document.getElementsByName(arguments[0])]
            .filter(one => one.type === 'radio' || one.type === 'checkbox' ? one.checked : one.value).map(one => one.value).join(' ')";
        self.browser.page.execute(script, vec![json!(question)]).await.expect("a page")
    }

    /// Fills in one part after the other until the review; returns the headings on the way.
    pub async fn walk(&self, place: usize) -> Vec<String> {
        let mut headings = vec![self.heading().await];
        while self.has(NEXT).await {
            self.fill_in(place).await;
            headings.push(self.go_on().await);
            let wrong = self.browser.run("return (document.querySelector('.errors') || {}).innerText || ''").await;
            assert_eq!(wrong, json!(""), "after {headings:?}");
            assert!(headings.len() < 40, "in a circle: {headings:?}");
        }
        headings
    }

    /// From the review to the receipt; returns its code.
    pub async fn send(&self) -> String {
        self.tap_on_to(SEND).await;
        self.receipt().await
    }

    /// The code of the receipt, which must follow.
    pub async fn receipt(&self) -> String {
        self.browser.arrive("/bien-nhan/").await;
        assert_eq!(self.heading().await, "Đã nhận phiếu. Xin cảm ơn!");
        self.browser.text(".receipt").await.chars().filter(char::is_ascii_alphanumeric).collect()
    }
}
