//! A family's evening: one telephone, two children in two schools, and everything that happens to telephones.

use crate::support::beside;
use crate::support::device::Device;
use crate::support::installation::Installation;
use crate::support::parent::{NEXT, Parent, SEND};

const ROUND: &str = "phu-huynh-hk1";
/// The older child's school has two levels, so the parent chooses one.
const OLDER: (&str, &str) = ("THTHCS-DONG-SEN", "hai-long-thcs");
const YOUNGER: (&str, &str) = ("TH-BEN-SEN", "hai-long-tieu-hoc");
const REVIEW: &str = "Xem lại trước khi gửi";
const UNDER_WAY: &str = "Anh/chị có một phiếu đang làm dở";

/// What a stranger's telephone shows of every address of a form; nothing of it may be readable there.
async fn shown_to_a_stranger(stranger: &Parent, draft: &str) -> String {
    let mut shown = String::new();
    for part in ["&phan=1", "&phan=2", "&phan=8", "&phan=xem-lai"] {
        stranger.browser.open(&draft.replace("&phan=1", part)).await;
        shown.push_str(&stranger.browser.page.source().await.expect("a page"));
    }
    shown
}

/// Back from the receipt to the form as the browser kept it, and on again, as somebody does who is not sure; returns the
/// receipt at which that ends.
async fn back_and_on_again(parent: &Parent) -> String {
    parent.browser.page.back().await.expect("Back");
    parent.browser.until("a page of the form", "return /phieu/.test(location.pathname)").await;
    while parent.has(NEXT).await {
        parent.go_on().await;
    }
    if parent.has(SEND).await {
        return parent.send().await;
    }
    assert_eq!(parent.heading().await, "Phiếu này đã gửi rồi");
    parent.browser.tap("main a.btn").await;
    parent.receipt().await
}

#[test]
fn a_family_evening_ends_with_exactly_two_forms_and_a_second_telephone_reads_nothing() {
    beside(async {
        let (installation, _) = Installation::demo(0);
        let server = installation.serve().await;
        let [older, younger] = [OLDER, YOUNGER].map(|(school, _)| installation.poster(ROUND, school));
        let mut parent = Parent::with(Device::PHONE).await;

        parent.begin(&younger, YOUNGER.1).await;
        parent.answer("khoi_lop", "lop_3").await;
        parent.go_on().await;
        parent.answer("A1", "1").await;
        // dinner; then the other child's poster, because its paper lies on top
        parent.begin(&older, OLDER.1).await;
        let draft = parent.browser.address().await;
        parent.answer("khoi_lop", "lop_8").await;
        parent.go_on().await;
        parent.answer("A1", "2").await;

        // the address goes to the class's Zalo group
        let stranger = Parent::with(Device::LARGE).await;
        let shown = shown_to_a_stranger(&stranger, &draft).await;
        assert!(shown.contains("máy khác"), "{shown}");
        for secret in ["Lớp 8", "lop_8", "A1", "checked", "Tiếp cận dịch vụ"] {
            assert!(!shown.contains(secret), "a second telephone reads “{secret}”: {shown}");
        }

        parent.browser = parent.browser.killed_and_started_again("phieu").await;
        parent.browser.open(&older).await;
        assert_eq!(parent.choose(OLDER.1).await, UNDER_WAY);
        parent.tap_on_to("main a.btn").await;
        assert_eq!((parent.answered("khoi_lop").await, parent.answered("A1").await), ("lop_8".into(), "2".into()));
        assert_eq!(parent.walk(3).await.last().map(String::as_str), Some(REVIEW));
        let first = parent.send().await;
        assert_eq!(back_and_on_again(&parent).await, first, "the same form is the same receipt");
        assert_eq!(installation.count(ROUND), 1);

        parent.browser.open(&younger).await;
        assert_eq!(parent.choose(YOUNGER.1).await, UNDER_WAY);
        parent.tap_on_to("main a.btn").await;
        assert_eq!(parent.answered("khoi_lop").await, "lop_3");
        parent.walk(4).await;
        let second = parent.send().await;
        assert_ne!(first, second);
        assert_eq!(back_and_on_again(&parent).await, second);

        let by_school = installation.by_school(ROUND, &installation.token()).await;
        let counted: Vec<_> = by_school.iter().filter(|(_, n)| **n > 0).map(|(unit, n)| (unit.as_str(), *n)).collect();
        assert_eq!(counted, [(YOUNGER.0, 1), (OLDER.0, 1)], "exactly two forms, one for each school");
        let shown = shown_to_a_stranger(&stranger, &draft).await;
        assert!(shown.contains("không còn lưu") && !shown.contains("bien-nhan"), "{shown}");
        drop((parent, stranger));
        server.stop();
    });
}

/// Two children at one school on one telephone: the second begins while the first is under way, and neither takes the other's
/// answers.
#[test]
fn two_forms_under_way_at_one_school_stay_two() {
    beside(async {
        let (installation, _) = Installation::demo(0);
        let server = installation.serve().await;
        let poster = installation.poster(ROUND, OLDER.0);
        let parent = Parent::with(Device::SMALL).await;
        parent.begin(&poster, "hai-long-tieu-hoc").await;
        let first = parent.browser.address().await;
        parent.answer("khoi_lop", "lop_1").await;
        parent.go_on().await;
        parent.browser.open(&poster).await;
        assert_eq!(parent.choose("hai-long-thcs").await, UNDER_WAY);
        parent.tap_on_to("[name=moi] ~ button").await;
        parent.answer("khoi_lop", "lop_9").await;
        parent.walk(2).await;
        let sent = parent.send().await;
        parent.browser.open(&first).await;
        assert_eq!(parent.answered("khoi_lop").await, "lop_1");
        parent.walk(2).await;
        assert_ne!(parent.send().await, sent);
        assert_eq!(installation.count(ROUND), 2);
        drop(parent);
        server.stop();
    });
}
