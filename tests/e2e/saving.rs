//! What is saved on the way, and what a page does when it is not.

use std::time::Duration;

use serde_json::json;

use crate::support::beside;
use crate::support::device::Device;
use crate::support::installation::Installation;
use crate::support::line::{Condition, Line};
use crate::support::parent::Parent;

const ROUND: &str = "phu-huynh-hk1";
const SCHOOL: &str = "THCS-BAN-MAI";
const FORM: &str = "hai-long-thcs";
/// Whether the page speaks of the network.
const WARNS: &str = "return !document.getElementById('mat-mang').hidden";

/// The page was asked for before the answer was saved, and comes after.
#[test]
fn an_answer_that_is_saved_while_the_page_is_loading_again_is_lost_nowhere() {
    beside(async {
        let (installation, _) = Installation::demo(0);
        let server = installation.serve().await;
        let line = Line::to(installation.address()).await;
        let parent = Parent::with(Device::SMALL).await;
        parent.begin(&line.url(&installation.poster(ROUND, SCHOOL)), FORM).await;
        parent.fill_in(0).await;
        let second = parent.go_on().await;
        parent.answer("A1", "2").await;
        line.becomes(Condition::SlowPages);
        parent.browser.page.refresh().await.expect("reloaded");
        line.becomes(Condition::Good);
        assert_eq!((parent.heading().await, parent.answered("A1").await), (second, json!("2")));
        parent.go_on().await;
        parent.go_back().await;
        parent.browser.page.refresh().await.expect("reloaded");
        assert_eq!(parent.answered("A1").await, "2", "the server has it, too");
        drop(parent);
        server.stop();
    });
}

/// What a page brings back may be of another part than the one it shows, of which it may know less than the server.
#[test]
fn what_is_brought_back_saves_no_other_part() {
    beside(async {
        let (installation, _) = Installation::demo(0);
        let server = installation.serve().await;
        let parent = Parent::with(Device::SMALL).await;
        parent.begin(&installation.poster(ROUND, SCHOOL), FORM).await;
        parent.fill_in(0).await;
        parent.go_on().await;
        let keep = "const name = document.querySelector('form').action.split('?')[0];
            sessionStorage.setItem(name, JSON.stringify([[0, 'khoi_lop=lop_9', 1e15]]))";
        parent.browser.run(keep).await;
        parent.browser.page.refresh().await.expect("reloaded");
        assert_eq!(parent.answered("khoi_lop").await, "lop_9");
        let kept = "return JSON.parse(Object.values(sessionStorage)[0]).map(([part, fields, at]) => at < 1e15 && part)";
        parent.browser.until("saved", &format!("{kept}.every(part => part !== false)")).await;
        assert_eq!(parent.browser.run(kept).await, json!([0]));
        drop(parent);
        server.stop();
    });
}

#[test]
fn a_form_that_was_sent_from_another_tab_says_so_as_soon_as_something_is_answered() {
    beside(async {
        let (installation, _) = Installation::demo(0);
        let server = installation.serve().await;
        let parent = Parent::with(Device::PHONE).await;
        parent.begin(&installation.poster(ROUND, SCHOOL), FORM).await;
        let address = parent.browser.address().await;
        let first = parent.browser.page.window().await.expect("a tab");
        let second = parent.browser.page.new_window(true).await.expect("a second tab").handle;
        parent.browser.page.switch_to_window(second).await.expect("the second tab");
        parent.browser.open(&address).await;
        parent.walk(1).await;
        parent.send().await;
        parent.browser.page.switch_to_window(first).await.expect("the first tab");
        let before = parent.heading().await;
        parent.answer("khoi_lop", "lop_8").await;
        assert_eq!(parent.heading_but(&before).await, "Phiếu này đã gửi rồi");
        assert_eq!(
            parent.browser.run("return sessionStorage.length").await,
            json!(0),
            "nothing is kept on the telephone"
        );
        drop(parent);
        server.stop();
    });
}

#[test]
fn an_answer_that_the_server_does_not_take_is_no_matter_of_the_network() {
    beside(async {
        let (installation, _) = Installation::demo(0);
        let server = installation.serve().await;
        let parent = Parent::with(Device::PHONE).await;
        parent.begin(&installation.poster(ROUND, SCHOOL), FORM).await;
        let refuse = "window.asked = 0;
            window.fetch = () => (window.asked++, Promise.resolve(new Response('', {status: STATUS})))";
        let told = [("422", "6", false), ("400", "7", false), ("503", "8", true), ("429", "9", true)];
        for (status, class, warns) in told {
            parent.browser.run(&refuse.replace("STATUS", status)).await;
            parent.answer("khoi_lop", &format!("lop_{class}")).await;
            parent.browser.until("asked", "return window.asked > 0").await;
            tokio::time::sleep(Duration::from_millis(300)).await;
            assert_eq!(parent.browser.run(WARNS).await, json!(warns), "{status}");
        }
        parent.browser.run(&refuse.replace("STATUS", "422")).await;
        parent.browser.until("asked again", "return window.asked > 0").await;
        tokio::time::sleep(Duration::from_secs(5)).await;
        assert_eq!(
            (parent.browser.run("return window.asked").await, parent.browser.run(WARNS).await),
            (json!(1), json!(false))
        );
        drop(parent);
        server.stop();
    });
}
