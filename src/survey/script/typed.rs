//! What is typed has one value, on the page as on the server: tests/typed.json has both, `tests/typed.mjs` runs it on pages.

use serde::Deserialize;

use super::super::raw::{Raw, RawAnswers};
use super::tests::{Drawn, occasion, page_with};
use super::*;

/// One line of `tests/typed.json`. Without a value it cannot be read, or says nothing.
#[derive(Deserialize)]
struct Vector {
    kind: String,
    typed: String,
    value: Json,
}

impl Vector {
    /// The questions to which this is typed: numbers are read alike whichever keyboard comes up for them.
    fn questions(&self) -> Vec<Questionnaire> {
        let properties: &[&str] = match self.kind.as_str() {
            "integer" => &["", r#", "min": -1000000000000"#],
            "decimal" => &["", r#", "min": -10000000000"#],
            "range" => &[r#", "min": 0, "max": 1000000"#],
            "multiline" => &[r#", "appearance": "multiline""#],
            _ => &[""],
        };
        let kind = if self.kind == "multiline" { "text" } else { &self.kind };
        let asked = |properties: &&str| {
            let question = format!(r#"{{"code": "A", "kind": "{kind}", "label": {{"vi": "?"}}{properties}}}"#);
            let file = format!(
                r#"{{"code": "thu", "instrument": "khao_sat", "audience": "phu_huynh", "languages": ["vi"],
                "title": {{"vi": "Thử"}}, "sections": [{{"code": "P", "title": {{"vi": "P"}}, "questions": [{question}]}}]}}"#
            );
            Questionnaire::parse(&file).unwrap()
        };
        properties.iter().map(asked).collect()
    }

    /// What the server makes of it.
    fn read(&self, questionnaire: &Questionnaire) -> Json {
        let raw = RawAnswers::from_form([("A".to_owned(), self.typed.clone())]);
        match Route::of(questionnaire, &raw, occasion()).get(0) {
            Value::Number(number) => json!(number),
            value => json!(value.text()),
        }
    }

    fn is(&self, value: &Json) -> bool {
        *value == self.value || value.as_f64().is_some_and(|number| self.value.as_f64() == Some(number))
    }
}

fn vectors() -> Vec<Vector> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/typed.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A file of pages on which each is typed. Fields for dates and times are those in which anything can be.
pub(crate) fn cases() -> tempfile::NamedTempFile {
    let cases = vectors().into_iter().flat_map(|vector| {
        let pages = vector.questions().into_iter().map(|questionnaire| {
            let was = matches!(vector.kind.as_str(), "date" | "time").then(|| Raw::One("?".into()));
            let page = page_with(&questionnaire, |_| Drawn { value: was.as_ref(), error: None });
            json!({"page": page, "kind": vector.kind, "typed": vector.typed, "value": vector.value})
        });
        pages.collect::<Vec<_>>()
    });
    let file = tempfile::NamedTempFile::new().unwrap();
    serde_json::to_writer(&file, &cases.collect::<Vec<_>>()).unwrap();
    file
}

#[test]
fn the_server_reads_what_the_table_says() {
    for vector in vectors() {
        for questionnaire in vector.questions() {
            let value = vector.read(&questionnaire);
            assert!(vector.is(&value), "{} {:?}: {value}, not {}", vector.kind, vector.typed, vector.value);
        }
    }
}

#[test]
fn the_page_reads_what_the_table_says() {
    let file = cases();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/typed.mjs");
    let told = std::process::Command::new("node").arg(script).arg(file.path()).output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
}

#[test]
fn a_page_can_read_whatever_it_looks_at() {
    let needs = |kind: &str, looks: &str| {
        let file = format!(
            r#"{{"code": "thu", "instrument": "khao_sat", "audience": "phu_huynh", "languages": ["vi"],
            "title": {{"vi": "Thử"}}, "sections": [{{"code": "P", "title": {{"vi": "P"}}, "questions": [
            {{"code": "A", "kind": "{kind}", "label": {{"vi": "?"}}}}, {{"code": "B", "kind": "integer", {looks}}}]}}]}}"#
        );
        Questionnaire::parse(&file).unwrap().script_functions()
    };
    for looks in [r#""label": {"vi": "?"}, "relevant": "${A} != ''""#, r#""label": {"vi": "Sau ${A}?"}"#] {
        assert!(["text", "decimal", "date", "time"].iter().all(|kind| needs(kind, looks)), "{looks}");
        assert!(!needs("integer", looks), "form.js reads whole numbers");
    }
    assert!(!needs("decimal", r#""label": {"vi": "?"}"#), "nothing looks at it");
}
