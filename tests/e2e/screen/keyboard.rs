//! From the start page to the receipt with the keyboard alone: Tab, Space, arrows and Enter. Where the focus is can be seen
//! at every step, and it is never lost.

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::support::beside;
use crate::support::device::Device;
use crate::support::installation::Installation;
use crate::support::parent::Parent;

/// What has the focus: its name and value, whether it can be seen that it has it, whether it is body.
const FOCUS: &str = "const at = document.activeElement, box = at.matches('input[type=radio], input[type=checkbox]');
    const drawn = one => one && getComputedStyle(one).outlineStyle !== 'none' && parseFloat(getComputedStyle(one).outlineWidth) >= 2;
    const place = at.getBoundingClientRect();
    return { name: at.name || '', value: at.value || '', type: at.type || at.localName, checked: !!at.checked,
        lost: at === document.body, heading: at.localName === 'h1' || at.className === 'errors',
        seen: drawn(at) || box && drawn(at.nextElementSibling),
        inside: place.bottom > 0 && place.top < innerHeight }";

struct Keys<'a>(&'a Parent);

impl Keys<'_> {
    /// Presses and releases a key; returns what has the focus then.
    async fn press(&self, key: char) -> Value {
        let keys =
            KeyActions::new("keys".to_owned()).then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key });
        self.0.browser.page.perform_actions(keys).await.expect("a keyboard");
        self.focus().await
    }

    /// What has the focus; it must be somewhere, and visible.
    async fn focus(&self) -> Value {
        let at = self.0.browser.run(FOCUS).await;
        assert_eq!(at["lost"], json!(false), "the focus is lost");
        let is_visible = at["heading"] == json!(true) || at["seen"] == json!(true);
        assert!(is_visible && at["inside"] == json!(true), "nobody sees that the focus is at {at}");
        at
    }

    /// Tab until this.
    async fn tab_to(&self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        for _ in 0..90 {
            let at = self.press(Key::Tab.into()).await;
            if wanted(&at) {
                return at;
            }
        }
        panic!("Tab does not lead to {what}");
    }

    /// Answers what can be reached up to the button that leads on, and presses it.
    async fn part(&self) {
        loop {
            let at = self
                .tab_to("a question or the button", |at| at["name"] != json!("") || at["type"] == json!("submit"))
                .await;
            match at["type"].as_str().unwrap_or_default() {
                "submit" => break,
                "radio" if at["checked"] == json!(false) => {
                    let chosen = self.press(' ').await;
                    assert_eq!(chosen["checked"], json!(true), "Space chooses");
                    let next = self.press(Key::Right.into()).await;
                    assert_eq!(
                        (&next["name"], &next["checked"]),
                        (&at["name"], &json!(true)),
                        "arrows go through the choices"
                    );
                    assert_ne!(next["value"], at["value"]);
                }
                "checkbox" if at["value"] == json!("an_toan") || at["value"] == json!("khac") => {
                    self.press(' ').await;
                }
                "text" | "textarea" => {
                    self.press('3').await;
                }
                _ => {}
            }
        }
    }
}

#[test]
fn a_parent_without_a_mouse_comes_from_the_start_page_to_the_receipt() {
    beside(async {
        let (installation, _) = Installation::demo(0);
        let server = installation.serve().await;
        let parent = Parent::with(Device::DESK).await;
        let keys = Keys(&parent);
        parent.browser.open(&installation.poster("phu-huynh-hk1", "THTHCS-DONG-SEN")).await;
        keys.tab_to("the level", |at| at["name"] == json!("phieu")).await;
        keys.press(' ').await;
        keys.press(Key::Down.into()).await;
        keys.tab_to("Bắt đầu", |at| at["type"] == json!("submit")).await;
        let start = parent.heading().await;
        parent.browser.page.perform_actions(enter()).await.expect("a keyboard");
        let mut heading = parent.heading_but(&start).await;
        for _ in 0..8 {
            assert_eq!(keys.focus().await["heading"], json!(true), "the focus goes to the heading “{heading}”");
            keys.part().await;
            parent.browser.page.perform_actions(enter()).await.expect("a keyboard");
            heading = parent.heading_but(&heading).await;
        }
        assert_eq!(heading, "Xem lại trước khi gửi");
        assert_eq!(keys.focus().await["heading"], json!(true), "the focus goes to the heading of the review");
        keys.tab_to("Gửi phiếu", |at| at["type"] == json!("submit")).await;
        parent.browser.page.perform_actions(enter()).await.expect("a keyboard");
        parent.receipt().await;
        keys.tab_to("the way to another form", |at| at["type"] == json!("a")).await;
        assert_eq!(installation.count("phu-huynh-hk1"), 1);
        drop(parent);
        server.stop();
    });
}

/// Enter, pressed and released.
fn enter() -> KeyActions {
    let value = Key::Enter.into();
    KeyActions::new("keys".to_owned()).then(KeyAction::Down { value }).then(KeyAction::Up { value })
}

/// What is wrong is said where the focus goes, and the link in the summary leads to the question.
#[test]
fn after_a_mistake_the_focus_goes_to_the_summary_and_its_link_to_the_question() {
    beside(async {
        let (installation, _) = Installation::demo(0);
        let server = installation.serve().await;
        let parent = Parent::with(Device::DESK).await;
        let keys = Keys(&parent);
        parent.begin(&installation.poster("phu-huynh-hk1", "THCS-BAN-MAI"), "hai-long-thcs").await;
        parent.answer("hoc_them", "ca_hai").await;
        parent.browser.type_into("[name=buoi_hoc_them]", "99").await;
        parent.browser.page.perform_actions(enter()).await.expect("a keyboard");
        parent.browser.until("errors", "return !!document.querySelector('.errors')").await;
        assert_eq!(keys.focus().await["heading"], json!(true), "the summary has the focus");
        keys.tab_to("the link to the question", |at| at["type"] == json!("a")).await;
        parent.browser.page.perform_actions(enter()).await.expect("a keyboard");
        parent.browser.until("the question", "return document.activeElement.id === 'buoi_hoc_them'").await;
        let at = keys.press(Key::Tab.into()).await;
        assert_eq!(at["name"], json!("buoi_hoc_them"));
        drop(parent);
        server.stop();
    });
}
