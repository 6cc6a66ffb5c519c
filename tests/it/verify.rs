//! `langnghe verify` counts everything again and says where a counter is wrong.

use std::process::Output;

use diesel::connection::SimpleConnection;
use serde_json::json;

use crate::commands::run;
use crate::support::{PRIMARY, TestApp, app, key};

/// A round with a form of grade 3 and one of grade 4.
async fn counted() -> TestApp {
    let app = app().await;
    for (grade, rating) in [("lop_3", "5"), ("lop_4", "1")] {
        app.send(PRIMARY, key(), json!({"khoi_lop": grade, "A1": rating})).await;
    }
    app
}

fn verify(app: &TestApp) -> Output {
    run(&app.database, &["verify"], &[("SECRET_KEY", &"ab".repeat(32))])
}

/// The table of differences after somebody changed the database by hand.
fn after(app: &TestApp, sql: &str) -> String {
    app.change(|db, _| Ok(db.batch_execute(sql)?));
    let done = verify(app);
    let said = String::from_utf8(done.stdout).unwrap();
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(said.starts_with("round\twhat\tstored\trecounted\n"), "{said}");
    assert!(said.lines().skip(1).all(|line| line.starts_with("tieu-hoc\t")), "{said}");
    said
}

#[tokio::test]
async fn counters_that_agree_with_the_forms_are_said_to_agree() {
    let done = verify(&counted().await);
    assert_eq!((done.status.code(), done.stdout.len()), (Some(0), 0));
    assert!(String::from_utf8_lossy(&done.stderr).contains("2 submissions recounted"));
}

#[tokio::test]
async fn a_number_of_forms_that_was_changed_is_named() {
    let said = after(&counted().await, "UPDATE tally SET n = n + 2 WHERE stratum = 'lop_3'");
    assert!(said.contains("truong \"lop_3\" n\t3\t1\n") && said.lines().count() == 2, "{said}");
}

#[tokio::test]
async fn answers_counted_in_the_wrong_place_are_named_cell_by_cell() {
    let app = counted().await;
    let other = "(SELECT cells FROM tally WHERE stratum = 'lop_4')";
    let said = after(&app, &format!("UPDATE tally SET cells = {other} WHERE stratum = 'lop_3'"));
    // the grade and the rating: each is counted in one cell too many and missing in another
    let cells = said.lines().filter(|line| line.contains("\"lop_3\" cell ")).map(|line| line.rsplit_once("\"lop_3\" "));
    assert_eq!((cells.flatten().count(), said.matches("\t1\t0").count(), said.matches("\t0\t1").count()), (4, 2, 2));
}

#[tokio::test]
async fn a_counter_that_is_missing_is_named() {
    let said = after(&counted().await, "DELETE FROM tally WHERE stratum = 'lop_4'");
    assert!(said.contains("truong \"lop_4\" n\t0\t1\n") && said.contains("\"lop_4\" cell "), "{said}");
    assert!(!said.contains("lop_3"), "{said}");
}

#[tokio::test]
async fn a_form_that_is_missing_is_noticed_by_its_receipt() {
    let said = after(&counted().await, "DELETE FROM submission WHERE answers LIKE '%lop_3%'");
    assert!(said.contains("tieu-hoc\treceipts\t2\t1\n") && said.contains("\"lop_3\" n\t1\t0"), "{said}");
}
