//! What the first page calls lowest and highest, and how sure it is of that order.

use langnghe::analysis::method::{Design, Method, Reach};
use langnghe::store::round_methods::{self, Decision};
use langnghe::survey::access::Role;
use serde_json::json;

use crate::people::{Desk, id_of};
use crate::support::{PRIMARY, ROUND, TestApp, app, key};

/// Forty forms; so many of them are content with each question.
async fn forty(app: &TestApp, content: &[(&str, usize)]) {
    for form in 0..40 {
        let mut answers = json!({"khoi_lop": "lop_1"});
        for (code, satisfied) in content {
            answers[*code] = if form < *satisfied { "4".into() } else { "2".into() };
        }
        assert_eq!(app.send(PRIMARY, key(), answers).await.status(), 201);
    }
}

async fn analyst(app: &TestApp) -> Desk<'_> {
    Desk::of(app, "phan-tich", "SO-AN-LANH", &[Role::PhanTich]).await
}

#[actix_web::test]
async fn nothing_is_called_best_that_equals_the_lowest_or_lies_below_the_whole() {
    for (b3, whole, is_best) in [(20, 20, false), (30, 40, false), (30, 20, true)] {
        let app = app().await;
        forty(&app, &[("A1", 20), ("A2", 20), ("A3", 20), ("B1", 20), ("B2", 20), ("B3", b3), ("F2", whole)]).await;
        let page = analyst(&app).await.page(&format!("/analyse/{ROUND}")).await;
        assert_eq!(page.contains("<h2>Hài lòng nhất</h2><ul><li>B3 · "), is_best, "{b3} {whole}: {page}");
        assert_eq!(page.contains("<h2>Hài lòng nhất"), is_best, "{b3} {whole}: {page}");
    }
}

#[actix_web::test]
async fn a_sample_says_which_questions_may_be_as_low_as_the_lowest() {
    let app = app().await;
    forty(&app, &[("A1", 40), ("B1", 24), ("B2", 20)]).await;
    let (desk, address) = (analyst(&app).await, format!("/analyse/{ROUND}"));
    let page = desk.page(&address).await;
    assert!(page.contains("Câu thấp thứ hai là B1 · ") && !page.contains("Chưa chắc câu nào"), "{page}");
    let (account, now) = (id_of(&app, "phan-tich"), app.state.clock.now());
    let method = Method { reach: Reach::Drawn(Design::Simple), ..Method::USUAL };
    let decision = Decision { method, basis: "Bốc thăm từ danh sách lớp", reason: "" };
    app.change(|db, round| round_methods::decide(db, round, decision, account, now));
    // of the lowest: 35,3–64,7 %
    let page = desk.page(&address).await;
    let said = page.split("Chưa chắc câu nào thấp nhất: ").nth(1).unwrap();
    let said = said.split("</p>").next().unwrap();
    assert!(said.contains("B1 · ") && said.contains("(60,0\u{a0}%) cũng có thể thấp như vậy"), "{said}");
    assert!(!said.contains("A1 · ") && !page.contains("Câu thấp thứ hai là"), "{page}");
}
