//! The whole way through a form on telephones with a touch screen, with and without scripts.

use serde_json::json;

use crate::support::beside;
use crate::support::device::Device;
use crate::support::installation::Installation;
use crate::support::parent::{BACK, NEXT, Parent};

const ROUND: &str = "phu-huynh-hk1";
const SCHOOL: &str = "THCS-BAN-MAI";
const FORM: &str = "hai-long-thcs";
const FIRST: &str = "Thông tin chung";
const REVIEW: &str = "Xem lại trước khi gửi";

/// What becomes of the browser in the middle of the form. Chromium takes half a minute to write a cookie down, so not every journey
/// has it killed.
enum Break {
    Killed,
    PosterScannedAgain,
}

/// Branching, Back, a break, review and receipt.
async fn whole_way(device: Device, has_script: bool, happens: Break) {
    let (installation, _) = Installation::demo(0);
    let server = installation.serve().await;
    let poster = installation.poster(ROUND, SCHOOL);
    let mut parent = Parent::with(device).await;
    parent.begin(&poster, FORM).await;
    assert_eq!((parent.heading().await.as_str(), parent.sees(BACK).await), (FIRST, false));
    parent.answer("khoi_lop", "lop_9").await;
    assert_eq!(
        parent.sees("#buoi_hoc_them").await,
        !has_script,
        "a question that does not apply is put away by the script"
    );
    parent.answer("hoc_them", "ca_hai").await;
    parent.browser.type_into("[name=buoi_hoc_them]", "3").await;
    let second = parent.go_on().await;
    parent.answer("A1", "5").await;
    assert_eq!(parent.go_back().await, FIRST);
    for (question, answer) in [("khoi_lop", "lop_9"), ("hoc_them", "ca_hai"), ("buoi_hoc_them", "3")] {
        assert_eq!(parent.answered(question).await, answer);
    }
    assert_eq!(parent.go_on().await, second);
    assert_eq!(parent.answered("A1").await, "5", "Back loses nothing");
    parent.go_on().await;

    if let Break::Killed = happens {
        parent.browser = parent.browser.killed_and_started_again("phieu").await;
    }
    parent.browser.open(&poster).await;
    assert_eq!(parent.choose(FORM).await, "Anh/chị có một phiếu đang làm dở");
    assert_eq!(parent.tap_on_to("main a.btn").await, FIRST);
    assert_eq!(parent.answered("hoc_them").await, "ca_hai", "the saved form goes on");
    let headings = parent.walk(3).await;
    assert_eq!((headings.len(), headings[8].as_str()), (9, REVIEW), "{headings:?}");
    let review = parent.browser.text("main").await;
    assert!(review.contains("Lớp 9") && review.contains("Rất hài lòng") && review.contains("Hài lòng"), "{review}");
    assert_eq!(parent.send().await.len(), 20);
    assert_eq!(installation.count(ROUND), 1);
    drop(parent);
    server.stop();
}

#[test]
fn a_parent_goes_all_the_way_on_a_small_telephone() {
    beside(whole_way(Device::SMALL, true, Break::Killed));
}

#[test]
fn a_parent_goes_all_the_way_on_a_small_telephone_without_script() {
    beside(whole_way(Device::SMALL.without_script(), false, Break::PosterScannedAgain));
}

#[test]
fn a_parent_goes_all_the_way_on_a_large_telephone() {
    beside(whole_way(Device::LARGE, true, Break::PosterScannedAgain));
}

#[test]
fn a_parent_goes_all_the_way_on_a_large_telephone_without_script() {
    beside(whole_way(Device::LARGE.without_script(), false, Break::Killed));
}

#[test]
fn reloading_in_the_middle_loses_nothing_even_what_was_just_typed() {
    beside(async {
        let (installation, _) = Installation::demo(0);
        let server = installation.serve().await;
        let parent = Parent::with(Device::PHONE).await;
        parent.begin(&installation.poster(ROUND, SCHOOL), FORM).await;
        parent.fill_in(0).await;
        let second = parent.go_on().await;
        parent.answer("A2", "4").await;
        parent.browser.page.refresh().await.expect("reloaded");
        assert_eq!((parent.heading().await, parent.answered("A2").await), (second, json!("4")));
        parent.browser.page.back().await.expect("back");
        parent
            .browser
            .until("the first part again", "return !!document.querySelector('[name=khoi_lop]').offsetParent")
            .await;
        assert_eq!(parent.answered("khoi_lop").await, "lop_6");
        drop(parent);
        server.stop();
    });
}

/// A browser that takes no cookie goes through all parts; its address alone opens nothing, the four digits do.
async fn without_cookies(device: Device) {
    let (installation, _) = Installation::demo(0);
    let server = installation.serve().await;
    let parent = Parent::with(device.without_cookies()).await;
    parent.begin(&installation.poster(ROUND, SCHOOL), FORM).await;
    let digits = parent.browser.run("return document.querySelector('.digits').textContent").await;
    parent.fill_in(1).await;
    parent.go_on().await;
    let address = parent.browser.run("return document.querySelector('form').action").await;
    drop(parent);
    let parent = Parent::with(device.without_cookies()).await;
    parent.browser.open(address.as_str().expect("an address")).await;
    assert_eq!(parent.heading().await, "Phiếu này đang được làm trên máy khác");
    parent.browser.type_into("[name=_so]", digits.as_str().expect("four digits")).await;
    assert_eq!(parent.tap_on_to("main form .btn").await, FIRST);
    assert_eq!(parent.answered("khoi_lop").await, "lop_7", "what was filled in is there");
    assert_eq!(parent.walk(1).await.last().map(String::as_str), Some(REVIEW));
    parent.send().await;
    assert_eq!(installation.count(ROUND), 1);
    drop(parent);
    server.stop();
}

#[test]
fn a_browser_without_cookies_goes_all_the_way() {
    beside(without_cookies(Device::PHONE));
}

#[test]
fn a_browser_without_cookies_and_without_script_goes_all_the_way() {
    beside(without_cookies(Device::PHONE.without_script()));
}

#[test]
fn a_browser_without_cookies_goes_on_where_it_was_after_a_reload_and_back() {
    beside(async {
        let (installation, _) = Installation::demo(0);
        let server = installation.serve().await;
        let parent = Parent::with(Device::PHONE.without_cookies()).await;
        parent.begin(&installation.poster(ROUND, SCHOOL), FORM).await;
        parent.fill_in(1).await;
        let second = parent.go_on().await;
        parent.answer("A1", "2").await;
        parent.go_on().await;
        parent.browser.page.back().await.expect("back");
        parent.browser.page.refresh().await.expect("a reload");
        parent.browser.until("the form", "return !!document.querySelector('[name=_phan]')").await;
        assert_eq!((parent.heading().await, parent.answered("A1").await), (second, "2".into()));
        drop(parent);
        server.stop();
    });
}

#[test]
fn two_tabs_of_one_form_keep_each_others_answers_and_send_it_once() {
    beside(async {
        let (installation, _) = Installation::demo(0);
        let server = installation.serve().await;
        let parent = Parent::with(Device::PHONE).await;
        parent.begin(&installation.poster(ROUND, SCHOOL), FORM).await;
        let address = parent.browser.address().await;
        let page = &parent.browser.page;
        let first = page.window().await.expect("a tab");
        let second = page.new_window(true).await.expect("a second tab").handle;
        page.switch_to_window(second.clone()).await.expect("the second tab");
        parent.browser.open(&address).await;
        parent.go_on().await;
        parent.answer("A1", "2").await;
        parent.go_on().await;
        page.switch_to_window(first).await.expect("the first tab");
        parent.answer("khoi_lop", "lop_8").await;
        parent.go_on().await;
        // this tab was opened before the other answered A1, and shows it unanswered: it must not be emptied by that
        assert_eq!(parent.answered("A1").await, "");
        parent.browser.open(&address.replace("&phan=1", "&phan=xem-lai")).await;
        let review = parent.browser.text("main").await;
        assert!(review.contains("Lớp 8"), "{review}");
        parent.send().await;
        page.switch_to_window(second).await.expect("the second tab");
        assert_eq!(parent.tap_on_to(NEXT).await, "Phiếu này đã gửi rồi");
        parent.browser.tap("main a.btn").await;
        parent.receipt().await;
        assert_eq!(installation.count(ROUND), 1);
        drop(parent);
        server.stop();
    });
}

const TITLED: &str = r#"{"code": "noi-hoc", "instrument": "khao_sat", "audience": "phu_huynh", "languages": ["vi"],
    "title": {"vi": "Nơi học"}, "sections": [
    {"code": "A", "title": {"vi": "Cấp học"}, "questions": [{"code": "cap", "kind": "select_one", "label": {"vi": "Cấp?"},
        "choices": [{"code": "th", "label": {"vi": "tiểu học"}}, {"code": "thcs", "label": {"vi": "trung học cơ sở"}}]}]},
    {"code": "B", "title": {"vi": "Ở trường ${cap}"}, "questions": [{"code": "vui", "kind": "text", "label": {"vi": "Vui không?"}}]}]}"#;

/// A part is called by what was answered before it, and after a change of mind by the new answer.
async fn title_by_answer(device: Device) {
    let (installation, _) = Installation::demo(0);
    installation.ask("noi-hoc", TITLED, SCHOOL);
    let server = installation.serve().await;
    let parent = Parent::with(device).await;
    parent.begin(&installation.poster("noi-hoc", SCHOOL), "").await;
    parent.answer("cap", "th").await;
    assert_eq!(parent.go_on().await, "Ở trường tiểu học");
    parent.go_back().await;
    parent.answer("cap", "thcs").await;
    assert_eq!(parent.go_on().await, "Ở trường trung học cơ sở");
    assert_eq!(parent.go_on().await, REVIEW);
    assert!(parent.browser.text("main").await.contains("Ở trường trung học cơ sở"));
    drop(parent);
    server.stop();
}

#[test]
fn a_part_is_called_by_what_was_answered() {
    beside(title_by_answer(Device::SMALL));
}

#[test]
fn a_part_is_called_by_what_was_answered_without_script() {
    beside(title_by_answer(Device::SMALL.without_script()));
}
