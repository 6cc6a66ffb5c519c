//! Every question kind filled in on telephones, with and without scripts, from the first part to the receipt.

use crate::support::beside;
use crate::support::device::Device;
use crate::support::installation::Installation;
use crate::support::parent::{Parent, SEND};

const ROUND: &str = "moi-loai";
const SCHOOL: &str = "TH-BEN-SEN";

/// Fills in all that can be seen, of choices the one in this place, and follows it to the end.
async fn every_kind(device: Device, place: usize) {
    let (installation, _) = Installation::demo(0);
    installation.ask(ROUND, include_str!("../../questionnaires/moi-loai.json"), SCHOOL);
    let server = installation.serve().await;
    let parent = Parent::with(device).await;
    parent.begin(&installation.poster(ROUND, SCHOOL), "").await;
    parent.walk(place).await;
    assert!(parent.has(SEND).await);
    let review = parent.browser.text("main").await;
    for answer in ["Trường sạch, thầy cô tận tình.", "11:30"] {
        assert!(review.contains(answer), "{answer} is missing: {review}");
    }
    assert!(!review.contains("Bỏ qua"), "something was not filled in: {review}");
    assert_eq!(parent.send().await.len(), 20);
    assert_eq!(installation.count(ROUND), 1);
    drop(parent);
    server.stop();
}

#[test]
fn every_kind_is_filled_in_on_a_small_telephone() {
    beside(every_kind(Device::SMALL, 0));
}

#[test]
fn every_kind_is_filled_in_on_a_small_telephone_without_script() {
    beside(every_kind(Device::SMALL.without_script(), 0));
}

#[test]
fn every_kind_is_filled_in_on_a_large_telephone() {
    beside(every_kind(Device::LARGE, 1));
}

#[test]
fn every_kind_is_filled_in_on_a_large_telephone_without_script() {
    beside(every_kind(Device::LARGE.without_script(), 1));
}
