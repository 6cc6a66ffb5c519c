//! Every statistic that pages print, worked out again outside this program by pandas, scipy, statsmodels and R's survey.

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::support::beside;
use crate::support::crowd::{Answered, Form, forms, read, storm};
use crate::support::desk::Desk;
use crate::support::installation::Installation;
use crate::support::tool;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/figures.py");
const TEMPLATES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/survey-templates");
const QUESTIONNAIRES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/questionnaires");

/// The schools of `tests/figures.py`.
const SCHOOLS: [&str; 8] = [
    "TH-ANH-SAO",
    "TH-BINH-AN-DONG-B",
    "TH-HOA-MAI",
    "TH-BEN-SEN",
    "TH-BINH-AN-DONG-A",
    "TH-HOA-BAN",
    "TH-HUONG-DUONG",
    "TH-HAT-GIONG",
];

/// Python with the packages: where `tests/run` puts it, or where `OPENAPI_PYTHON` says.
fn python(arguments: &[&str]) -> String {
    let python = tool::file("OPENAPI_PYTHON", "target/test-tools/python/bin/python");
    tool::run(&python.to_string_lossy(), &[&[SCRIPT], arguments].concat())
}

/// Whether a folder's figures differ from what its rows give.
fn differs(folder: &str) -> bool {
    let python = tool::file("OPENAPI_PYTHON", "target/test-tools/python/bin/python");
    let done = Command::new(python).args([SCRIPT, "check", folder, QUESTIONNAIRES]).output().expect("python");
    done.status.code() == Some(1) && String::from_utf8_lossy(&done.stdout).contains(", 1 differ")
}

async fn send(forms: Vec<Form>) {
    let (forms, answered, stop) = (Arc::new(forms), Arc::new(Answered::default()), Arc::new(AtomicBool::new(false)));
    storm(&forms, 32, &answered, &stop).await;
    assert!(answered.all().values().all(|fate| fate.status == 201), "some forms were refused");
}

/// Writes down the table of two questions, and what its page says. Forms are read for it after it was first asked for.
async fn cross(installation: &Installation, desk: &Desk<'_>, round: &str) {
    let (page, table) = (format!("/analyse/{round}/crosstab"), format!("/analyse/{round}/crosstab.csv"));
    let mut said = String::new();
    for _ in 0..60 {
        said = desk.get(&format!("{page}?row=A1&column=A2")).await;
        if said.contains("χ²") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    }
    std::fs::write(installation.path().join("crosstab.html"), said).expect("written");
    let lines = desk.get(&format!("{table}?row=A1&column=A2")).await;
    std::fs::write(installation.path().join("crosstab.csv"), lines).expect("written");
    let means = desk.get(&format!("{table}?row=A1&column=A2&means=1")).await;
    std::fs::write(installation.path().join("means.csv"), means).expect("written");
}

/// Writes down the pupils that the units of a round declare, level by level; those of `unknown` nobody knows.
fn declare(installation: &Installation, round: &str, unknown: &[&str]) {
    let asked: BTreeSet<String> = installation.links(round).into_iter().map(|[_, unit, ..]| unit).collect();
    let mut table = "unit,level,pupils\n".to_owned();
    for line in installation.run(&["units", "list"]).lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let levels = cells.last().filter(|_| asked.contains(cells[0])).into_iter().flat_map(|levels| levels.split(' '));
        for (level, pupils) in levels.filter_map(|level| level.split_once('=')) {
            let pupils = if unknown.contains(&cells[0]) { "" } else { pupils };
            table += &format!("{},{level},{pupils}\n", cells[0]);
        }
    }
    std::fs::write(installation.path().join("pupils.csv"), table).expect("written");
}

/// The same forms, in which nobody answers this question.
fn silent_about(forms: Vec<Form>, question: &str) -> Vec<Form> {
    let without = |form: Form| {
        let mut body: serde_json::Value = serde_json::from_str(&form.body).expect("JSON");
        body["answers"].as_object_mut().expect("answers").remove(question);
        Form { body: body.to_string(), ..form }
    };
    forms.into_iter().map(without).collect()
}

/// Chooses the rules and writes down what the program works out by them, with the rows.
async fn told(installation: &Installation, desk: &Desk<'_>, round: &str, rules: [&str; 5]) -> String {
    let names = ["reach", "items", "groups", "above", "places"];
    let mut fields: Vec<(&str, &str)> = names.into_iter().zip(rules).collect();
    fields.push(("basis", "rút ngẫu nhiên theo danh sách"));
    desk.post(&format!("/analyse/{round}/method"), &fields).await;
    let figures = desk.get(&format!("/analyse/{round}/figures.json")).await;
    std::fs::write(installation.path().join("figures.json"), &figures).expect("written");
    for table in ["items.csv", "levels.csv"] {
        let lines = desk.get(&format!("/analyse/{round}/{table}")).await;
        std::fs::write(installation.path().join(table), lines).expect("written");
    }
    let rows = installation.path().join("rows.csv");
    installation.run(&["export", round, "--output", &rows.to_string_lossy()]);
    figures
}

#[test]
fn every_figure_of_a_generated_round_is_what_other_programs_work_out() {
    beside(async {
        let (installation, printed) = Installation::demo(0);
        let server = installation.serve().await;
        send(silent_about(forms(&installation, "phu-huynh-hk1", 2_000, 7), "E1")).await;
        declare(&installation, "phu-huynh-hk1", &[]);
        let desk = Desk::sign_in(&installation, &printed).await;
        let folder = installation.path().to_string_lossy().into_owned();
        for rules in [
            ["open_link", "mean_of_items", "simple", "counted", "1"],
            ["drawn", "pooled", "by_answers", "capped", "2"],
            ["drawn_stratified", "mean_of_items", "by_pupils", "counted", "2"],
        ] {
            told(&installation, &desk, "phu-huynh-hk1", rules).await;
            println!("{}", python(&["check", &folder, TEMPLATES]));
        }
        let unit = installation.id_of(SCHOOLS[0]).to_string();
        let fields = [("unit", unit.as_str()), ("level", "tieu_hoc"), ("unknown", "1")];
        desk.post("/manage/rounds/phu-huynh-hk1/units/correct", &fields).await;
        declare(&installation, "phu-huynh-hk1", &SCHOOLS[..1]);
        // figures may be two seconds old
        tokio::time::sleep(std::time::Duration::from_secs(3)).await;
        let rules = ["drawn", "mean_of_items", "by_pupils", "counted", "1"];
        let figures = told(&installation, &desk, "phu-huynh-hk1", rules).await;
        assert!(figures.contains("\"pupils_missing\":[\"TH-ANH-SAO tieu_hoc\"]"), "{figures}");
        println!("{}", python(&["check", &folder, TEMPLATES]));
        server.stop();
    });
}

#[test]
fn real_answers_of_6366_people_give_the_same_everywhere() {
    beside(async {
        let (installation, printed) = Installation::demo(0);
        let questionnaire = std::fs::read_to_string(format!("{QUESTIONNAIRES}/y-kien-that.json")).expect("a file");
        installation.ask_all("that", &questionnaire, &SCHOOLS);
        let server = installation.serve().await;
        let posters = SCHOOLS.map(|school| {
            let address = installation.poster("that", school);
            format!("{school}={}", address.rsplit('/').next().expect("a code"))
        });
        let asked: Vec<&str> = ["forms"].into_iter().chain(posters.iter().map(String::as_str)).collect();
        send(read(&installation, &python(&asked))).await;
        assert_eq!(installation.count("that"), 6_366);
        declare(&installation, "that", &[]);
        let desk = Desk::sign_in(&installation, &printed).await;
        let folder = installation.path().to_string_lossy().into_owned();
        for reach in ["drawn", "drawn_stratified"] {
            let rules = [reach, "mean_of_items", "by_pupils", "counted", "2"];
            let figures = told(&installation, &desk, "that", rules).await;
            cross(&installation, &desk, "that").await;
            println!("{}", python(&["check", &folder, QUESTIONNAIRES]));
            let wrong = figures.replacen("\"k\":", "\"k\":1", 1);
            std::fs::write(installation.path().join("figures.json"), wrong).expect("written");
            assert!(differs(&folder), "one wrong figure was not noticed");
        }
        server.stop();
    });
}
