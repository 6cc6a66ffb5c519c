//! Telephones that lose the network: while a form is sent, between its parts, and with the answer on its way.

use std::time::Duration;

use fantoccini::Locator;
use serde_json::Value;

use crate::support::beside;
use crate::support::browser::Browser;
use crate::support::device::Device;
use crate::support::installation::Installation;
use crate::support::line::{Condition, Line};
use crate::support::parent::{Parent, SEND};

const ROUND: &str = "phu-huynh-hk1";
const SCHOOL: &str = "THCS-BAN-MAI";
const FORM: &str = "hai-long-thcs";
const NOTICE: &str = "#mat-mang:not([hidden])";

/// The sentence about the network, which must appear.
async fn warned(browser: &Browser) -> String {
    browser.page.wait().for_element(Locator::Css(NOTICE)).await.expect("the sentence");
    browser.text(NOTICE).await
}

/// A telephone at the review of a form with a few answers.
async fn at_the_review(poster: &str) -> Parent {
    let parent = Parent::with(Device::SMALL).await;
    parent.begin(poster, FORM).await;
    parent.answer("khoi_lop", "lop_8").await;
    while parent.heading().await != "Xem lại trước khi gửi" {
        parent.go_on().await;
    }
    parent
}

#[test]
fn a_form_sent_in_a_dead_spot_stays_on_the_page_and_goes_out_by_itself() {
    beside(async {
        let (installation, _) = Installation::demo(0);
        let server = installation.serve().await;
        let parent = at_the_review(&installation.poster(ROUND, SCHOOL)).await;
        parent.browser.network(false).await;
        parent.browser.tap(SEND).await;
        assert!(warned(&parent.browser).await.contains("Phiếu vẫn còn trên máy này"));
        assert!(parent.browser.text("main").await.contains("Lớp 8"));
        assert_eq!(installation.count(ROUND), 0);
        parent.browser.network(true).await;
        parent.receipt().await;
        assert_eq!(installation.count(ROUND), 1);
        drop(parent);
        server.stop();
    });
}

#[test]
fn the_form_on_one_page_survives_a_dead_spot_too() {
    beside(async {
        let (installation, _) = Installation::demo(0);
        let server = installation.serve().await;
        let poster = installation.poster(ROUND, SCHOOL);
        let parent = Parent::with(Device::PHONE).await;
        parent.browser.open(&format!("{poster}/phieu?phieu={FORM}")).await;
        parent.answer("A1", "4").await;
        parent.browser.network(false).await;
        parent.browser.tap(SEND).await;
        assert!(warned(&parent.browser).await.contains("Phiếu vẫn còn trên máy này"));
        assert_eq!(parent.browser.run("return document.querySelectorAll(':checked').length").await, Value::from(1));
        parent.browser.network(true).await;
        parent.receipt().await;
        assert_eq!(installation.count(ROUND), 1);
        drop(parent);
        server.stop();
    });
}

#[test]
fn whoever_answers_on_without_network_has_everything_saved_when_it_is_back() {
    beside(async {
        let (installation, _) = Installation::demo(0);
        let server = installation.serve().await;
        let parent = Parent::with(Device::SMALL).await;
        parent.begin(&installation.poster(ROUND, SCHOOL), FORM).await;
        let address = parent.browser.address().await;
        parent.browser.network(false).await;
        parent.answer("khoi_lop", "lop_7").await;
        parent.go_on().await;
        assert!(warned(&parent.browser).await.contains("Anh/chị cứ trả lời tiếp"));
        parent.answer("A1", "2").await;
        parent.go_on().await;
        parent.browser.network(true).await;
        parent.browser.until("saved", "return document.getElementById('mat-mang').hidden").await;
        parent.browser.open(&address).await;
        assert_eq!(parent.answered("khoi_lop").await, "lop_7");
        assert_eq!(parent.answered("A1").await, "2");
        drop(parent);
        server.stop();
    });
}

#[test]
fn a_reload_without_network_loses_nothing_that_was_answered() {
    beside(async {
        let (installation, _) = Installation::demo(0);
        let server = installation.serve().await;
        let parent = Parent::with(Device::SMALL).await;
        parent.begin(&installation.poster(ROUND, SCHOOL), FORM).await;
        parent.browser.network(false).await;
        parent.answer("khoi_lop", "lop_7").await;
        parent.answer("hoc_them", "o_truong").await;
        parent.browser.type_into("[name=buoi_hoc_them]", "2").await;
        warned(&parent.browser).await;
        // the browser's own page about the network
        let _ = parent.browser.page.refresh().await;
        parent.browser.network(true).await;
        parent.browser.page.refresh().await.expect("reloaded");
        for (question, answer) in [("khoi_lop", "lop_7"), ("hoc_them", "o_truong"), ("buoi_hoc_them", "2")] {
            assert_eq!(parent.answered(question).await, answer);
        }
        parent.walk(1).await;
        assert!(parent.browser.text("main").await.contains("Lớp 7"));
        drop(parent);
        server.stop();
    });
}

#[test]
fn the_last_part_left_without_network_leads_to_the_review_when_it_is_back() {
    beside(async {
        let (installation, _) = Installation::demo(0);
        let server = installation.serve().await;
        let parent = at_the_review(&installation.poster(ROUND, SCHOOL)).await;
        parent.tap_on_to(".acts a.btn.plain").await;
        parent.browser.network(false).await;
        parent.browser.tap("button[name=_di][value=tiep]").await;
        warned(&parent.browser).await;
        parent.browser.network(true).await;
        parent.browser.arrive("xem-lai").await;
        assert!(parent.browser.text("main").await.contains("Lớp 8"));
        drop(parent);
        server.stop();
    });
}

/// The server stores the form and its answer gets lost; the browser says nothing of success before it knows, sends the same
/// form again, and it counts once.
#[test]
fn a_form_whose_answer_was_lost_is_sent_again_and_counted_once() {
    beside(async {
        let (installation, _) = Installation::demo(0);
        let server = installation.serve().await;
        let line = Line::to(installation.address()).await;
        let parent = at_the_review(&line.url(&installation.poster(ROUND, SCHOOL))).await;
        line.becomes(Condition::LosesAnswers);
        parent.browser.tap(SEND).await;
        warned(&parent.browser).await;
        assert_eq!(installation.count(ROUND), 1, "it is stored, and nobody knows");
        assert!(parent.has("button[aria-disabled=true]").await, "the button waits");
        line.becomes(Condition::Good);
        parent.receipt().await;
        assert_eq!(installation.count(ROUND), 1);
        drop(parent);
        server.stop();
    });
}

/// Without script the browser's own page says that nothing came back; going back and sending again counts once.
#[test]
fn without_script_a_form_whose_answer_was_lost_is_counted_once_too() {
    beside(async {
        let (installation, _) = Installation::demo(0);
        let server = installation.serve().await;
        let line = Line::to(installation.address()).await;
        let parent = Parent::with(Device::LARGE.without_script()).await;
        parent.begin(&line.url(&installation.poster(ROUND, SCHOOL)), FORM).await;
        parent.walk(2).await;
        let review = parent.browser.address().await;
        line.becomes(Condition::Dead);
        parent.browser.tap(SEND).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        line.becomes(Condition::LosesAnswers);
        let _ = parent.browser.page.goto(&review).await;
        line.becomes(Condition::Good);
        parent.browser.open(&review).await;
        line.becomes(Condition::LosesAnswers);
        parent.browser.tap(SEND).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        line.becomes(Condition::Good);
        parent.browser.open(&review).await;
        assert_eq!(parent.heading().await, "Phiếu này đã gửi rồi");
        parent.browser.tap("main a.btn").await;
        parent.receipt().await;
        assert_eq!(installation.count(ROUND), 1);
        drop(parent);
        server.stop();
    });
}
