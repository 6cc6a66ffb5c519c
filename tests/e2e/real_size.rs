//! Real size: 7,004 forms for the primary schools among 44, and every figure of the release counted again outside this program.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::support::beside;
use crate::support::crowd::{Answered, forms, storm};
use crate::support::desk::Desk;
use crate::support::installation::Installation;
use crate::support::tool;

/// As many as one city's survey had in 2023.
const FORMS: u64 = 7_004;

/// A round for parents of tiểu học that asks all schools of the demonstration, made as an officer makes it.
async fn primary_round(installation: &Installation, printed: &str) -> String {
    let desk = Desk::sign_in(installation, printed).await;
    let page = desk.get("/manage/rounds/new").await;
    let schools: Vec<&str> =
        page.split("name=\"unit\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(schools.len(), 44);
    let round = [
        ("title", "Cha mẹ học sinh tiểu học"),
        ("slug", "tieu-hoc"),
        ("template", "hai-long-tieu-hoc"),
        ("contact", "Phòng Khảo thí"),
    ];
    let closes = [("day", "2099-05-31"), ("time", "22:00"), ("channel", "truong")];
    let units: Vec<(&str, &str)> = schools.into_iter().map(|code| ("unit", code)).collect();
    desk.post("/manage/rounds/new", &[&round[..], &closes, &units].concat()).await;
    desk.post("/manage/rounds/tieu-hoc/open", &[("sure", "1")]).await;
    "tieu-hoc".to_owned()
}

/// Sends forms, closes the round, and counts again from the exported rows what the feed tells of so many groups at least.
async fn count_again(installation: &Installation, round: &str, count: u64, groups: usize) {
    let forms = Arc::new(forms(installation, round, count, 2023));
    let (answered, stop) = (Arc::new(Answered::default()), Arc::new(AtomicBool::new(false)));
    storm(&forms, 64, &answered, &stop).await;
    let refused = answered.all().values().filter(|fate| fate.status != 201).count();
    assert_eq!((refused, installation.count(round)), (0, count));
    installation.run(&["verify"]);
    installation.run(&["rounds", "close", round, "--freeze"]);
    let rows = installation.path().join("rows.csv");
    installation.run(&["export", round, "--output", &rows.to_string_lossy()]);
    let token = installation.token();
    for by in ["total", "unit", "level", "channel", "khoi_lop"] {
        let told = installation.read(&format!("/api/v1/rounds/{round}/tallies?by={by}"), &token).await;
        std::fs::write(installation.path().join(format!("{by}.json")), told.to_string()).expect("written");
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/e2e/recount.py");
    let templates = concat!(env!("CARGO_MANIFEST_DIR"), "/survey-templates");
    let folder = installation.path().to_string_lossy().into_owned();
    let said = tool::run("python3", &[script, &folder, templates, &count.to_string(), &groups.to_string()]);
    println!("{said}");
}

#[test]
fn every_figure_of_a_release_equals_a_recount_from_the_exported_rows() {
    beside(async {
        let (installation, printed) = Installation::demo(0);
        let server = installation.serve().await;
        let round = primary_round(&installation, &printed).await;
        count_again(&installation, &round, FORMS, 20).await;
        let asked = installation.links(&round).len();
        assert_eq!(asked, 16, "the schools that have tiểu học");
        server.stop();
    });
}

#[test]
fn the_same_holds_where_a_round_asks_four_levels_with_four_forms() {
    beside(async {
        let (installation, _) = Installation::demo(0);
        let server = installation.serve().await;
        count_again(&installation, "phu-huynh-hk1", 2_500, 60).await;
        server.stop();
    });
}
