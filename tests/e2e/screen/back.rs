//! Back from the receipt, on telephones that keep pages and on those that fetch them again.

use serde_json::json;

use crate::support::beside;
use crate::support::device::Device;
use crate::support::installation::Installation;
use crate::support::parent::{NEXT, Parent, SEND};

const ROUND: &str = "phu-huynh-hk1";
const SCHOOL: &str = "THCS-BAN-MAI";
const FORM: &str = "hai-long-thcs";
const GONE: &str = "Phiếu này đã gửi rồi";

/// Whether anything that was answered can still be seen or sent on, and whether a button sends something.
const LEFT: &str = "const answers = [...document.querySelectorAll('form [name]')].filter(one => one.name[0] !== '_');
    return answers.some(one => one.checked || one.type === 'hidden' || one.type === 'text' && one.value)
        || !!document.querySelector('button[data-sending]')";

/// Back, again and again, until the start page: nothing of the form that was sent is left on the way.
async fn back_to_the_start(device: Device) {
    let (installation, _) = Installation::demo(0);
    let server = installation.serve().await;
    let poster = installation.poster(ROUND, SCHOOL);
    let parent = Parent::with(device).await;
    parent.begin(&poster, FORM).await;
    parent.walk(2).await;
    let receipt = parent.send().await;
    let mut pages = 0;
    loop {
        let before = parent.browser.address().await;
        parent.browser.page.back().await.expect("Back");
        let here = parent.browser.address().await;
        if here.split('?').next() == Some(poster.as_str()) {
            break;
        }
        pages += 1;
        assert!(here != before && pages < 40, "Back does not lead to the start: {here}");
        assert_eq!(parent.heading().await, GONE, "at {here}");
        assert_eq!(parent.browser.run(LEFT).await, json!(false), "at {here}");
        assert!(!parent.has(NEXT).await && !parent.has(SEND).await, "at {here}");
    }
    assert!(pages > 0, "there was a form between the start and the receipt");
    parent.browser.page.forward().await.expect("on again");
    parent.browser.tap("main a.btn").await;
    assert_eq!(parent.receipt().await, receipt);
    assert_eq!(installation.count(ROUND), 1);
    drop(parent);
    server.stop();
}

#[test]
fn back_from_the_receipt_shows_no_old_answers_and_sends_nothing_again() {
    beside(back_to_the_start(Device::PHONE));
}

#[test]
fn back_from_the_receipt_shows_no_old_answers_without_script() {
    beside(back_to_the_start(Device::SMALL.without_script()));
}

/// Safari, and lately others, show a page as it was when it was left, without asking anybody.
#[test]
fn a_page_that_the_browser_had_kept_shows_no_old_answers_once_the_form_is_sent() {
    beside(async {
        let (installation, _) = Installation::demo(0);
        let server = installation.serve().await;
        let parent = Parent::with(Device::PHONE).await;
        parent.begin(&installation.poster(ROUND, SCHOOL), FORM).await;
        parent.answer("khoi_lop", "lop_8").await;
        let here = parent.go_on().await;
        let (address, page) = (parent.browser.address().await, &parent.browser.page);
        let kept = page.window().await.expect("a tab");
        let shown_again = "window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))";
        parent.browser.run(shown_again).await;
        assert_eq!(parent.heading().await, here, "a form that is still under way goes on");

        let second = page.new_window(true).await.expect("a second tab").handle;
        page.switch_to_window(second).await.expect("the second tab");
        parent.browser.open(&address).await;
        parent.walk(2).await;
        parent.send().await;
        page.switch_to_window(kept).await.expect("the first tab");
        parent.browser.run(shown_again).await;
        assert_eq!(parent.heading_but(&here).await, GONE);
        assert_eq!(parent.browser.run(LEFT).await, json!(false));
        assert_eq!(installation.count(ROUND), 1);
        drop(parent);
        server.stop();
    });
}
