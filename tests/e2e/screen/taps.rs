//! Fingers that tap twice.

use crate::support::alone;
use crate::support::device::Device;
use crate::support::installation::Installation;
use crate::support::parent::{NEXT, Parent, SEND};

const ROUND: &str = "phu-huynh-hk1";
const SCHOOL: &str = "THCS-BAN-MAI";

/// Two quick taps on everything that leads on: no part is skipped, and one form counts.
async fn twice_on_everything(device: Device) {
    let (installation, _) = Installation::demo(0);
    let server = installation.serve().await;
    let parent = Parent::with(device).await;
    parent.browser.open(&installation.poster(ROUND, SCHOOL)).await;
    parent.browser.touch("main form .btn", 2).await;
    parent.browser.arrive("/phieu/").await;
    let mut headings = vec![parent.heading().await];
    while parent.has(NEXT).await {
        parent.fill_in(4).await;
        let before = parent.heading().await;
        parent.browser.touch(NEXT, 2).await;
        headings.push(parent.heading_but(&before).await);
    }
    assert_eq!(headings.len(), 9, "a part was skipped: {headings:?}");
    parent.browser.touch(SEND, 2).await;
    parent.receipt().await;
    assert_eq!(installation.count(ROUND), 1);
    drop(parent);
    server.stop();
}

#[test]
fn two_quick_taps_skip_no_part_and_send_one_form() {
    alone(twice_on_everything(Device::SMALL));
}

#[test]
fn two_quick_taps_skip_no_part_and_send_one_form_without_script() {
    alone(twice_on_everything(Device::LARGE.without_script()));
}
