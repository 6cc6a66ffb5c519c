//! Real size: 7,004 forms over the 44 schools, and every figure of the release counted again outside this program.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::support::alone;
use crate::support::crowd::{Answered, forms, storm};
use crate::support::installation::Installation;
use crate::support::tool;

const ROUND: &str = "phu-huynh-hk1";
/// As many as one city's survey had in 2023.
const FORMS: u64 = 7_004;

#[test]
fn every_figure_of_a_release_equals_a_recount_from_the_exported_rows() {
    alone(async {
        let (installation, _) = Installation::demo(0);
        let forms = Arc::new(forms(&installation, ROUND, FORMS, 2023));
        let server = installation.serve().await;
        let (answered, stop) = (Arc::new(Answered::default()), Arc::new(AtomicBool::new(false)));
        storm(&forms, 64, &answered, &stop).await;
        let refused = answered.all().values().filter(|fate| fate.status != 201).count();
        assert_eq!((refused, installation.count(ROUND)), (0, FORMS));
        installation.run(&["verify"]);
        installation.run(&["rounds", "close", ROUND, "--freeze"]);
        let rows = installation.path().join("rows.csv");
        installation.run(&["export", ROUND, "--output", &rows.to_string_lossy()]);
        let token = installation.token();
        for by in ["total", "unit", "level", "channel", "khoi_lop"] {
            let told = installation.read(&format!("/api/v1/rounds/{ROUND}/tallies?by={by}"), &token).await;
            std::fs::write(installation.path().join(format!("{by}.json")), told.to_string()).expect("written");
        }
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/e2e/recount.py");
        let templates = concat!(env!("CARGO_MANIFEST_DIR"), "/survey-templates");
        let folder = installation.path().to_string_lossy().into_owned();
        let said = tool::run("python3", &[script, &folder, templates, &FORMS.to_string()]);
        println!("{said}");
        server.stop();
    });
}
