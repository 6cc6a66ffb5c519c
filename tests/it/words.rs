//! Every sentence that pages ask for exists, in both languages.

use std::collections::BTreeSet;
use std::path::Path;

use langnghe::survey::text::Lang;
use langnghe::web::words::Words;

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
    assert_eq!(vi.difference(&en).collect::<Vec<_>>(), [""; 0], "missing in English");
    assert_eq!(en.difference(&vi).collect::<Vec<_>>(), [""; 0], "missing in Vietnamese");
}

#[test]
fn another_language_says_what_it_lacks_and_has_no_sentence_that_nobody_asks_for() {
    let vi = keys("vi");
    for lang in Words::languages().iter().filter(|lang| ![Lang::VI, Lang::EN].contains(lang)) {
        let own = keys(lang.code());
        println!("{lang} lacks {:?}: said in Vietnamese", vi.difference(&own).collect::<Vec<_>>());
        assert_eq!(own.difference(&vi).collect::<Vec<_>>(), [""; 0], "{lang}");
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/words");
    assert_eq!(Words::languages().len(), std::fs::read_dir(folder).unwrap().count(), "every folder is a language");
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
