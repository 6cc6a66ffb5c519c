//! How a round's figures are worked out: decided by who plans the round, printed under tables, and changed after freezing only
//! with a reason.

use crate::people::Desk;
use crate::support::{ROUND, app};
use langnghe::analysis::method::{GroupRule, Method, Reach};
use langnghe::store::round_methods;
use langnghe::survey::access::Role;

fn page() -> String {
    format!("/analyse/{ROUND}/method")
}

const USUAL: [(&str, &str); 5] =
    [("items", "mean_of_items"), ("groups", "simple"), ("reach", "open_link"), ("above", "counted"), ("places", "1")];

/// The usual rules with these fields instead.
fn with<'a>(other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = USUAL.iter().filter(|(name, _)| !other.iter().any(|(known, _)| known == name));
    kept.chain(other).copied().collect()
}

#[tokio::test]
async fn a_round_that_nobody_decided_about_is_said_to_represent_nobody_else() {
    let app = app().await;
    let desk = Desk::of(&app, "chu-tri", "SO-AN-LANH", &[Role::ChuTri]).await;
    let body = desk.page(&page()).await;
    assert!(body.contains("không đại diện") && body.contains("Chưa ai đặt"), "{body}");
}

#[tokio::test]
async fn who_plans_decides_and_the_log_says_so() {
    let app = app().await;
    let desk = Desk::of(&app, "chu-tri", "SO-AN-LANH", &[Role::ChuTri]).await;
    let fields = with(&[("groups", "by_pupils"), ("reach", "drawn"), ("basis", "rút từ danh sách lớp.")]);
    assert_eq!(desk.post(&page(), &fields).await.status(), 303);
    let body = desk.page(&page()).await;
    assert!(body.contains("Cách chọn mẫu: rút từ danh sách lớp.") && body.contains("Σ N·S / Σ N"), "{body}");
    let stored = app.change(round_methods::of_round);
    assert_eq!((stored.groups, stored.reach), (GroupRule::ByPupils, Reach::from_code("drawn").unwrap()));
}

#[tokio::test]
async fn a_sample_that_nobody_describes_is_none() {
    let app = app().await;
    let desk = Desk::of(&app, "chu-tri", "SO-AN-LANH", &[Role::ChuTri]).await;
    let refused = desk.post(&page(), &with(&[("reach", "drawn"), ("basis", "  ")])).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.text().await.unwrap().contains("Xin ghi mẫu được chọn thế nào"));
    let refused = desk.post(&page(), &with(&[("items", "whatever")])).await;
    assert_eq!(refused.status(), 422);
    assert_eq!(app.change(round_methods::of_round), Method::USUAL);
}

#[tokio::test]
async fn what_is_frozen_changes_with_a_reason_that_is_printed() {
    let app = app().await;
    let desk = Desk::of(&app, "chu-tri", "SO-AN-LANH", &[Role::ChuTri]).await;
    app.freeze().await;
    let refused = desk.post(&page(), &with(&[("items", "pooled")])).await;
    assert_eq!(refused.status(), 422);
    let fields = with(&[("items", "pooled"), ("reason", "theo công văn số 7 của Bộ")]);
    assert_eq!(desk.post(&page(), &fields).await.status(), 303);
    let body = desk.page(&page()).await;
    assert!(body.contains("sau khi chốt số liệu; lý do: theo công văn số 7 của Bộ."), "{body}");
}

#[tokio::test]
async fn sizes_of_samples_are_worked_out_without_a_script() {
    let app = app().await;
    let desk = Desk::of(&app, "phan-tich", "SO-AN-LANH", &[Role::PhanTich]).await;
    let body = desk.page("/analyse/sample-size?pupils=485.531&margin=5").await;
    assert!(body.contains("<b>400</b>") && body.contains("<b>384</b>"), "{body}");
    let wrong = desk.get("/analyse/sample-size?pupils=nhi%E1%BB%81u&margin=0&round=khong-co").await;
    assert_eq!(wrong.status(), 422);
    let of_round = desk.page(&format!("/analyse/sample-size?round={ROUND}")).await;
    assert!(of_round.contains("Không có khoảng tin cậy") && !of_round.contains("±"), "{of_round}");
}
