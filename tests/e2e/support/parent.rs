//! A parent with a telephone: from the poster to the receipt, by what can be seen and tapped.

use std::time::{Duration, Instant};

use fantoccini::Locator;
use serde::Deserialize;
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

/// What is still to be filled in of what can be seen: for each question one thing to do, whatever kind it is.
const OPEN: &str = "
    const found = new Map();
    for (const control of document.querySelectorAll('main form [name]')) {
        const { name, type, localName } = control;
        const box = type === 'radio' || type === 'checkbox';
        const seen = box ? control.closest('label, .row') : control;
        if (name[0] === '_' || type === 'hidden' || type === 'file' || control.matches(':disabled') || !seen.offsetParent) continue;
        const all = document.getElementsByName(name);
        const css = '[name=\"' + name + '\"]';
        if (box) {
            if ([...all].some(one => one.checked)) continue;
            const wanted = all[arguments[0] % all.length];
            found.set(name, { how: 'tap', css: css + '[value=\"' + wanted.value + '\"]' });
        } else if (control.value === '' || localName === 'select' && !control.selectedIndex) {
            const how = localName === 'select' ? 'select' : type === 'date' || type === 'time' ? 'set' : 'type';
            const number = control.inputMode === 'numeric' || control.inputMode === 'decimal' || type === 'number';
            const text = how === 'select' ? control.options[Math.min(1, control.options.length - 1)].value
                : type === 'date' ? '2026-09-05' : type === 'time' ? '07:30' : number ? '2' : 'Trường sạch, thầy cô tận tình.';
            if (all.length < 2) found.set(name, { how, css: localName + css, text });
        }
    }
    return [...found.values()]";

#[derive(Deserialize)]
struct Step {
    how: String,
    css: String,
    text: Option<String>,
}

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
        self.browser.arrive("/phieu/").await;
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

    /// Fills in everything that can be seen, and what appears because of it; of choices the one in this place.
    pub async fn fill_in(&self, place: usize) {
        for _ in 0..4 {
            let open = self.browser.page.execute(OPEN, vec![json!(place)]).await.expect("a page");
            let open: Vec<Step> = serde_json::from_value(open).expect("steps");
            if open.is_empty() {
                return;
            }
            for step in open.iter() {
                self.take(step).await;
            }
        }
    }

    async fn take(&self, step: &Step) {
        let text = step.text.as_deref().unwrap_or_default();
        // a choice before it may have put it away
        if !self.sees(&step.css).await && step.how != "tap" {
            return;
        }
        match step.how.as_str() {
            "tap" => self.browser.tap(&step.css).await,
            "type" => self.browser.type_into(&step.css, text).await,
            "select" => {
                let list = self.browser.page.find(Locator::Css(&step.css)).await.expect("a list");
                list.select_by_value(text).await.expect("a choice");
            }
            _ => {
                let script = "const control = document.querySelector(arguments[0]); control.value = arguments[1];
                    for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true }))";
                self.browser.page.execute(script, vec![json!(step.css), json!(text)]).await.expect("set");
            }
        }
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
