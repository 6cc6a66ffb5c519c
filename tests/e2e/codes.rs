//! One-time codes on two telephones of one household.

use crate::support::alone;
use crate::support::device::Device;
use crate::support::installation::Installation;
use crate::support::parent::{Parent, SEND};

const ROUND: &str = "co-ma";
const SCHOOL: &str = "THCS-BAN-MAI";
const FORM: &str = "hai-long-thcs";
const REVIEW: &str = "Xem lại trước khi gửi";

/// A telephone at the review of a form begun with the slip at this address.
async fn at_the_review(device: Device, slip: &str, grade: &str) -> Parent {
    let parent = Parent::with(device).await;
    parent.begin(slip, FORM).await;
    parent.answer("khoi_lop", grade).await;
    while parent.heading().await != REVIEW {
        parent.go_on().await;
    }
    parent
}

/// Both parents began with the same slip; whoever sends later is told, keeps the answers, and may send them with another code.
async fn one_code_twice(device: Device) {
    let (installation, _) = Installation::demo(0);
    let form = include_str!("../../survey-templates/hai-long-thcs.json");
    let [slip, other] = installation.ask_by_code(ROUND, form, SCHOOL);
    let server = installation.serve().await;
    let mother = at_the_review(Device::PHONE, &slip, "lop_6").await;
    let father = at_the_review(device, &slip, "lop_9").await;
    mother.send().await;
    assert_eq!(father.tap_on_to(SEND).await, "Mã này đã dùng");
    let told = father.browser.text("main").await;
    assert!(told.contains("Mỗi mã chỉ gửi được một phiếu") && told.contains("nhận mã khác"), "{told}");
    assert_eq!(father.answered("khoi_lop").await, "lop_9", "what was filled in is still there");
    assert_eq!(installation.count(ROUND), 1);

    let code = other.split("ma=").nth(1).expect("a code");
    father.browser.type_into("#ma", code).await;
    father.browser.tap("main form .btn").await;
    father.receipt().await;
    assert_eq!(installation.count(ROUND), 2);
    drop((mother, father));
    server.stop();
}

#[test]
fn a_code_used_on_two_telephones_counts_once_and_the_second_keeps_its_answers() {
    alone(one_code_twice(Device::SMALL));
}

#[test]
fn a_code_used_on_two_telephones_counts_once_without_script_too() {
    alone(one_code_twice(Device::LARGE.without_script()));
}
