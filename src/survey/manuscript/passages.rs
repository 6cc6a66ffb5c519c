//! Every text of a questionnaire with a name that stays: made of codes, not of places, so that what somebody typed beside one
//! text never lands in another because a third was added meanwhile.

use serde_json::Value;

use super::question::set_texts;
use super::{Manuscript, Object, Texts, string};
use crate::survey::text::Lang;

/// What a text belongs to, by code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// The questionnaire.
    Cover,
    /// A section.
    Section(String),
    /// A question.
    Question(String),
    /// A choice or row of a question: the question, and the choice's code.
    Choice(String, String),
    /// A point of a scale: the scale's name, and the point's code.
    Point(String, String),
    /// The choice outside a scale.
    Outside(String),
    /// An index.
    Index(String),
}

/// A text in the languages of its questionnaire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its name in forms.
    pub key: String,
    /// What it belongs to.
    pub owner: Owner,
    /// The property that it is.
    pub property: &'static str,
    /// It in each language, empty where it is missing.
    pub texts: Texts,
    /// Where its object stands now, as a JSON pointer.
    pointer: String,
}

impl Passage {
    /// It in this language; empty where it is missing.
    pub fn text(&self, lang: impl std::borrow::Borrow<Lang>) -> &str {
        self.texts.iter().find(|(known, _)| known == lang.borrow()).map_or("", |(_, text)| text)
    }
}

impl Owner {
    fn key(&self) -> String {
        match self {
            Self::Cover => "cover".to_owned(),
            Self::Section(code) => format!("section/{code}"),
            Self::Question(code) => format!("question/{code}"),
            Self::Choice(question, code) => format!("question/{question}/{code}"),
            Self::Point(scale, code) => format!("scale/{scale}/{code}"),
            Self::Outside(scale) => format!("outside/{scale}"),
            Self::Index(code) => format!("index/{code}"),
        }
    }
}

/// Texts of a question that are there only where they are needed.
const SELDOM: [&str; 2] = ["hint", "constraint_message"];

impl Manuscript {
    /// All its texts in the order of the form: the cover, the sections with their questions, scales, indices.
    pub fn passages(&self) -> Vec<Passage> {
        let mut found = Found { sheet: self, passages: Vec::new() };
        found.add(String::new(), Owner::Cover, "title");
        found.add(String::new(), Owner::Cover, "purpose");
        for (s, section) in self.sections().into_iter().enumerate() {
            let at = format!("/sections/{s}");
            found.add(at.clone(), Owner::Section(string(section, "code").to_owned()), "title");
            for (q, question) in Self::questions(section).into_iter().enumerate() {
                found.question(&format!("{at}/questions/{q}"), question);
            }
        }
        found.scales();
        for (n, index) in super::elements(&self.0, "indices").into_iter().enumerate() {
            found.add(format!("/indices/{n}"), Owner::Index(string(index, "code").to_owned()), "title");
        }
        found.passages
    }

    /// Sets a text of this questionnaire, as [`Self::passages`] gave it.
    pub fn set_passage(&mut self, passage: &Passage) {
        let object = match passage.pointer.strip_prefix('/').map(|path| path.split_once('/').unwrap_or((path, ""))) {
            None => Some(&mut self.0),
            Some((first, rest)) => {
                self.0.get_mut(first).and_then(|value| value.pointer_mut(&format!("/{rest}"))?.as_object_mut())
            }
        };
        object.into_iter().for_each(|object| set_texts(object, passage.property, &passage.texts));
    }

    fn object(&self, pointer: &str) -> Option<&Object> {
        match pointer.strip_prefix('/') {
            None => Some(&self.0),
            Some(path) => {
                let (first, rest) = path.split_once('/')?;
                self.0.get(first)?.pointer(&format!("/{rest}"))?.as_object()
            }
        }
    }
}

struct Found<'a> {
    sheet: &'a Manuscript,
    passages: Vec<Passage>,
}

impl Found<'_> {
    fn add(&mut self, pointer: String, owner: Owner, property: &'static str) {
        let object = self.sheet.object(&pointer);
        let of = |lang: &Lang| object?.get(property)?.get(lang.code())?.as_str();
        let languages = self.sheet.languages();
        let texts = languages.iter().map(|lang| (*lang, of(lang).unwrap_or_default().to_owned())).collect();
        let mut key = format!("{}/{property}", owner.key());
        // a code that stands twice is a mistake, but until it is put right both texts have a name
        if self.passages.iter().any(|known| known.key == key) {
            key = format!("{pointer}/{property}");
        }
        self.passages.push(Passage { key, owner, property, texts, pointer });
    }

    fn question(&mut self, at: &str, question: &Object) {
        let code = string(question, "code").to_owned();
        self.add(at.to_owned(), Owner::Question(code.clone()), "label");
        for property in SELDOM.into_iter().filter(|name| question.contains_key(*name)) {
            self.add(at.to_owned(), Owner::Question(code.clone()), property);
        }
        for list in ["choices", "rows"] {
            for (n, element) in super::elements(question, list).into_iter().enumerate() {
                let owner = Owner::Choice(code.clone(), string(element, "code").to_owned());
                self.add(format!("{at}/{list}/{n}"), owner, "label");
            }
        }
    }

    fn scales(&mut self) {
        for (name, scale) in self.sheet.0.get("scales").and_then(Value::as_object).into_iter().flatten() {
            let at = format!("/scales/{}", name.replace('~', "~0").replace('/', "~1"));
            let Some(scale) = scale.as_object() else { continue };
            for (n, point) in super::elements(scale, "choices").into_iter().enumerate() {
                let owner = Owner::Point(name.clone(), string(point, "code").to_owned());
                self.add(format!("{at}/choices/{n}"), owner, "label");
            }
            if scale.contains_key("not_applicable") {
                self.add(format!("{at}/not_applicable"), Owner::Outside(name.clone()), "label");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::templates;
    use serde_json::json;

    #[test]
    fn every_text_of_a_template_has_one_name_and_is_counted_once() {
        for template in templates::all() {
            let sheet = Manuscript::parse(template.text).unwrap();
            let passages = sheet.passages();
            let keys: std::collections::BTreeSet<_> = passages.iter().map(|passage| &passage.key).collect();
            assert_eq!(keys.len(), passages.len());
            let there = passages.iter().filter(|passage| !passage.texts[0].1.is_empty()).count();
            assert_eq!((Lang::VI, there, there), sheet.translated()[0], "{}", sheet.code());
        }
    }

    #[test]
    fn a_text_keeps_its_name_when_a_scale_and_a_question_are_added_before_it() {
        let mut sheet = Manuscript::parse(templates::find("hai-long-tieu-hoc").unwrap().text).unwrap();
        let find = |sheet: &Manuscript| {
            sheet.passages().into_iter().find(|passage| passage.key == "scale/hai_long/5/label").unwrap()
        };
        let before = find(&sheet);
        sheet.set(
            "scales",
            sheet.cover().get("scales").map(|scales| {
                let mut all = json!({"dau_tien": {"choices": [{"code": "1", "label": {"vi": "Một"}}]}});
                all.as_object_mut().unwrap().extend(scales.as_object().unwrap().clone());
                all
            }),
        );
        let mut text = find(&sheet);
        assert_eq!(text.texts, before.texts);
        text.texts[0].1 = "Rất vừa lòng".to_owned();
        sheet.set_passage(&text);
        assert_eq!(sheet.cover()["scales"]["hai_long"]["choices"][4]["label"]["vi"], "Rất vừa lòng");
        assert_eq!(sheet.cover()["scales"]["dau_tien"]["choices"][0]["label"]["vi"], "Một");
    }
}
