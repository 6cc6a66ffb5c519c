//! What is served does what its source does: leaving out comments and blanks must not change a script.

use std::path::Path;
use std::process::{Command, Output};

use super::*;
use crate::survey::questionnaire::Questionnaire;
use crate::survey::script::{tests as pages, typed};

/// A folder with every script as it is served. All of them are modules.
fn scripts() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in served() {
        if let Some(stem) = name.strip_suffix(".js") {
            std::fs::write(folder.path().join(format!("{stem}.mjs")), bytes).unwrap();
        }
    }
    folder
}

fn node(arguments: &[&Path]) -> Output {
    Command::new("node").args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap()
}

fn holds(arguments: &[&Path]) {
    let told = node(arguments);
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
}

#[test]
fn every_script_that_is_served_can_be_read() {
    let folder = scripts();
    let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()).collect();
    assert!(files.len() > 10, "{files:?}");
    for file in files {
        holds(&[Path::new("--check"), &file]);
    }
}

#[test]
fn a_telephone_of_2018_can_read_every_script() {
    let folder = scripts();
    let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()).collect();
    let judge: Vec<&Path> =
        std::iter::once(Path::new("tests/old.mjs")).chain(files.iter().map(AsRef::as_ref)).collect();
    holds(&judge);
    let newer = tempfile::Builder::new().suffix(".mjs").tempfile().unwrap();
    std::fs::write(newer.path(), "export const a = b => b?.c ?? 1;").unwrap();
    assert!(!node(&[judge[0], newer.path()]).status.success(), "the judge reads what such a telephone does not");
}

#[test]
fn the_served_script_evaluates_as_its_source() {
    let served = scripts();
    holds(&[
        Path::new("tests/expression.mjs"),
        Path::new("tests/expressions.json"),
        &served.path().join("form-functions.mjs"),
    ]);
}

#[test]
fn the_served_script_decides_as_the_server() {
    let (served, cases) = (scripts(), pages::cases());
    holds(&[Path::new("tests/logic.mjs"), cases.path(), &served.path().join("form-functions.mjs")]);
}

#[test]
fn the_served_script_reads_as_the_server() {
    let (served, cases) = (scripts(), typed::cases());
    holds(&[Path::new("tests/typed.mjs"), cases.path(), &served.path().join("form-functions.mjs")]);
}

/// Two lists to search in; “other” may be written in the first.
const LISTS: &str = r#"{"code": "thu", "instrument": "khao_sat", "audience": "phu_huynh", "languages": ["vi"],
  "title": {"vi": "Thử"}, "sections": [{"code": "A", "title": {"vi": "A"}, "questions": [
    {"code": "nghe", "kind": "select_one", "appearance": "minimal", "or_other": true, "label": {"vi": "Nghề?"},
      "choices": [{"code": "my", "label": {"vi": "Mỹ nghệ đồng"}}, {"code": "moc", "label": {"vi": "Thợ mộc"}}]},
    {"code": "xa", "kind": "select_one", "appearance": "minimal", "label": {"vi": "Xã?"},
      "choices": [{"code": "a", "label": {"vi": "Bến Sen"}}, {"code": "b", "label": {"vi": "Đồng Sen"}}]}]}]}"#;

#[test]
fn what_is_typed_into_a_list_is_chosen_or_kept() {
    let page = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(page.path(), pages::page(&Questionnaire::parse(LISTS).unwrap())).unwrap();
    holds(&[Path::new("tests/search.mjs"), page.path(), &scripts().path().join("search.mjs")]);
}

#[test]
fn a_script_that_cannot_be_read_is_noticed() {
    let file = tempfile::Builder::new().suffix(".mjs").tempfile().unwrap();
    std::fs::write(file.path(), smaller_script("const a = b => b * 60 + +b;".to_owned())).unwrap();
    assert!(
        !node(&[Path::new("--check"), file.path()]).status.success(),
        "the sources may say it again: take this out"
    );
}
