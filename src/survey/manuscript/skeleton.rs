//! What a questionnaire begins with that begins with nothing: one question on a scale, one to be answered in words.

use serde_json::{Value, json};

use super::Manuscript;
use crate::survey::code::{Audience, Instrument, Level};

/// What is decided before the first question is written.
#[derive(Debug, Clone)]
pub struct Beginning {
    /// Its code.
    pub code: String,
    /// What it is called, in Vietnamese.
    pub title: String,
    /// Whom it asks.
    pub audience: Audience,
    /// The level it is about; none: every level.
    pub level: Option<Level>,
}

/// A short questionnaire without mistakes.
pub fn skeleton(beginning: &Beginning) -> Manuscript {
    let point = |code: &str, label: &str| json!({"code": code, "label": {"vi": label}});
    let mut file = json!({
        "code": beginning.code,
        "instrument": Instrument::KhaoSat.code(),
        "audience": beginning.audience.code(),
        "languages": ["vi"],
        "title": {"vi": beginning.title},
        "minutes": 5,
        "scales": {"hai_long": {
            "choices": [
                point("1", "Rất không hài lòng"), point("2", "Không hài lòng"), point("3", "Bình thường"),
                point("4", "Hài lòng"), point("5", "Rất hài lòng"),
            ],
            "not_applicable": point("9", "Không dùng / không rõ"),
        }},
        "sections": [
            {"code": "A", "title": {"vi": "Ý kiến của ông/bà, anh/chị"}, "questions": [
                {"code": "A1", "kind": "rating", "scale": "hai_long",
                 "label": {"vi": "Ông/bà, anh/chị hài lòng đến mức nào về nhà trường?"}},
                {"code": "A2", "kind": "text", "appearance": "multiline",
                 "label": {"vi": "Ông/bà, anh/chị mong nhà trường làm tốt hơn điều gì?"}},
            ]},
        ],
    });
    if let (Some(level), Some(file)) = (beginning.level, file.as_object_mut()) {
        file.insert("level".to_owned(), json!(level.code()));
    }
    match file {
        Value::Object(file) => Manuscript(file),
        _ => Manuscript(super::Object::new()),
    }
}

impl Manuscript {
    /// A copy of a questionnaire under another code and title.
    #[must_use]
    pub fn copied(&self, code: &str, title: &str) -> Self {
        let mut copy = self.clone();
        copy.0.insert("code".to_owned(), json!(code));
        let slot = copy.0.entry("title").or_insert_with(|| json!({}));
        match slot.as_object_mut() {
            Some(texts) => drop(texts.insert("vi".to_owned(), json!(title))),
            None => *slot = json!({"vi": title}),
        }
        copy
    }
}
