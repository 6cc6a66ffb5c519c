//! Every sentence that pages ask for exists, in both languages.

use std::collections::BTreeSet;
use std::path::Path;

fn files(folder: &Path, ending: &str, out: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            files(&path, ending, out);
        } else if path.extension().is_some_and(|found| found == ending) {
            out.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

fn keys(lang: &str) -> BTreeSet<String> {
    let mut texts = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/words").join(lang), "ftl", &mut texts);
    let lines = texts.iter().flat_map(|text| text.lines());
    lines
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, _)| key.to_owned())
        .filter(|key| !key.contains(' '))
        .collect()
}

#[test]
fn every_sentence_stands_in_vietnamese_and_in_english() {
    let (vi, en) = (keys("vi"), keys("en"));
    assert!(vi.len() > 150);
    assert_eq!(vi, en);
}

#[test]
fn every_sentence_that_a_page_asks_for_exists() {
    let mut texts = Vec::new();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    files(&source, "rs", &mut texts);
    files(&source, "html", &mut texts);
    let known = keys("vi");
    let mut asked = 0;
    for text in &texts {
        for call in [".say(\"", ".with(\"", ".count(\"", ".fill(\""] {
            for name in text.split(call).skip(1).filter_map(|rest| rest.split('"').next()) {
                if name.contains(['{', ' ', '/']) || !name.contains('-') && !known.contains(name) {
                    continue;
                }
                asked += 1;
                assert!(known.contains(name), "{name} is in no .ftl file");
            }
        }
    }
    assert!(asked > 200, "{asked}");
}
