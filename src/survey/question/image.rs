//! `image`: pictures, each sent and drawn anew before the form is. The answer is a list of their ids; how many people sent
//! some is counted, and an export tells how many each sent. The pictures themselves are for the steering unit alone.

use askama::Template;

use super::super::answer::Answer;
use super::super::expression::{Type, Value};
use super::super::picture::{PictureId, Unfit};
use super::super::questionnaire::file::QuestionFile;
use super::super::questionnaire::limit::Limit;
use super::super::questionnaire::mistake::Finder;
use super::super::questionnaire::scale::Scales;
use super::super::raw::Raw;
use super::super::submission::Document;
use super::super::violation::Reason;
use super::{Content, Dice, ExportStyle, Field, Imagined, Kind, Measure, OnPaper, Row};

pub(super) const READS: &[&str] = &["max"];

#[derive(Debug)]
struct Image {
    max: usize,
}

/// More pictures no question takes.
const MOST: usize = 3;

pub(super) fn build(file: &QuestionFile, _: &Scales, at: &mut Finder<'_>) -> Option<Box<dyn Kind>> {
    if !file.max.is_given() {
        return Some(Box::new(Image { max: 1 }));
    }
    let pictures = |limit: &Limit| limit.whole().and_then(|max| usize::try_from(max).ok());
    let read = |limit: &Limit| pictures(limit).filter(|max| (1..=MOST).contains(max));
    let max = at.limit(&file.max, "max", read, &format!("from 1 to {MOST} pictures"))?;
    Some(Box::new(Image { max }))
}

/// What was sent, without the empty twins that a browser may add.
fn sent<'a>(raw: Option<&'a Raw<'_>>) -> Vec<&'a str> {
    let texts: Vec<&str> = match raw {
        Some(Raw::One(text)) => vec![text],
        Some(Raw::Many(list)) => list.iter().map(AsRef::as_ref).collect(),
        Some(Raw::Null | Raw::Foreign) | None => Vec::new(),
    };
    texts.into_iter().map(str::trim).filter(|text| !text.is_empty()).collect()
}

impl Kind for Image {
    fn value_type(&self) -> Option<Type> {
        Some(Type::Choices)
    }

    fn pictures(&self) -> usize {
        self.max
    }

    fn script(&self) -> Option<&'static str> {
        Some("pictures.js")
    }

    fn read(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>) -> Result<Option<Answer>, Reason> {
        if *raw == Raw::Foreign {
            return Err(Reason::WrongType);
        }
        let (mut ids, mut texts) = (Vec::new(), Vec::new());
        for text in sent(Some(raw)) {
            let id = PictureId::parse(text).ok_or(Reason::Picture(Unfit::Unknown))?;
            if ids.contains(&id) {
                return Err(Reason::Repeated);
            }
            ids.push(id);
            texts.push(text.to_owned());
        }
        if ids.len() > self.max {
            return Err(Reason::Picture(Unfit::TooMany { max: self.max }));
        }
        Ok(Some(Answer::Pictures { ids, texts }).filter(|_| !sent(Some(raw)).is_empty()))
    }

    fn value<'a>(&'a self, answer: &'a Answer) -> Value<'a> {
        match answer {
            Answer::Pictures { texts, .. } if !texts.is_empty() => Value::Choices(texts),
            _ => Value::Empty,
        }
    }

    fn store(&self, code: &str, answer: &Answer, out: &mut Document) {
        match answer {
            Answer::Pictures { texts, .. } => out.list(code, texts),
            _ => out.null(code),
        }
    }

    fn measure(&self) -> Measure {
        Measure::Counted
    }

    fn tally(&self, _: &Answer, _: &mut [i64]) {}

    fn columns(&self, code: &str, _: ExportStyle) -> Vec<String> {
        vec![code.to_owned()]
    }

    fn contents(&self, _: ExportStyle) -> Vec<Content> {
        vec![Content::Whole]
    }

    fn export(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>, _: ExportStyle, row: &mut dyn Row) {
        // the ids stay here: files travel further than pictures may
        match sent(Some(raw)).len() {
            0 => row.cell(""),
            pictures => row.cell(&pictures.to_string()),
        }
    }

    fn view(&self, field: &Field<'_>) -> Result<String, askama::Error> {
        View { field, ids: sent(field.value), max: self.max }.render()
    }

    fn on_paper(&self) -> OnPaper {
        OnPaper::Nothing
    }

    fn imagine(&self, _: &mut Dice) -> Imagined {
        Imagined::Skip
    }
}

#[derive(Template)]
#[template(path = "survey/question/image.html")]
struct View<'a> {
    field: &'a Field<'a>,
    /// The pictures that are there.
    ids: Vec<&'a str>,
    max: usize,
}

impl View<'_> {
    fn has_room(&self) -> bool {
        self.ids.len() < self.max
    }

    /// The number of one that is there, or of the next one, from 1.
    fn numbered(&self, sentence: &str, place: &usize) -> String {
        self.field.phrases.with(sentence, "number", place.to_string())
    }

    fn described_by(&self) -> String {
        format!("{}-anh {}", self.field.name(), self.field.described_by()).trim_end().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::questionnaire::Questionnaire;
    use crate::survey::raw::RawAnswers;
    use crate::survey::route::Occasion;
    use crate::survey::submission::{self, Submission, restore};
    use crate::survey::text::Lang;
    use crate::survey::violation::Violation;

    fn questionnaire(more: &str) -> Result<Questionnaire, String> {
        let text = format!(
            r#"{{"code": "co-so", "instrument": "gop_y", "audience": "phu_huynh", "languages": ["vi"], "title": {{"vi": "Góp ý"}},
            "sections": [{{"code": "A", "title": {{"vi": "A"}}, "questions": [
              {{"code": "loi", "kind": "text", "label": {{"vi": "Hỏng gì?"}}}},
              {{"code": "anh", "kind": "image", "label": {{"vi": "Ảnh"}}{more}}},
              {{"code": "o_dau", "kind": "text", "label": {{"vi": "Ở đâu?"}}, "relevant": "count-selected(${{anh}}) > 0"}}]}}]}}"#
        );
        Questionnaire::parse(&text).map_err(|mistakes| mistakes[0].message.clone())
    }

    fn parse(questionnaire: &Questionnaire, raw: &RawAnswers<'_>) -> Result<Submission, Vec<Violation>> {
        submission::parse(questionnaire, raw, Occasion { now: chrono::NaiveDateTime::default(), lang: Lang::VI })
    }

    fn id(byte: u8) -> String {
        PictureId::new([byte; 16]).to_string()
    }

    fn with(pictures: &[u8]) -> RawAnswers<'static> {
        let pictures = pictures.iter().map(|byte| ("anh".to_owned(), id(*byte)));
        RawAnswers::from_form(std::iter::once(("loi".to_owned(), "Vòi nước".to_owned())).chain(pictures))
    }

    #[test]
    fn as_many_pictures_are_taken_as_the_question_says_and_never_more_than_three() {
        let reasons = |more: &str, pictures: &[u8]| {
            parse(&questionnaire(more).unwrap(), &with(pictures)).err().map(|violations| violations[0].reason.name())
        };
        assert_eq!(reasons("", &[1]), None);
        assert_eq!(reasons("", &[1, 2]), Some("picture-too-many"));
        assert_eq!(reasons(r#", "max": 3"#, &[1, 2, 3]), None);
        assert_eq!(reasons(r#", "max": 3"#, &[1, 2, 3, 4]), Some("picture-too-many"));
        assert_eq!(reasons(r#", "max": 3"#, &[1, 2, 1]), Some("repeated"));
        for max in [0, 4, -1] {
            assert!(questionnaire(&format!(r#", "max": {max}"#)).unwrap_err().contains("from 1 to 3"));
        }
        assert!(questionnaire(r#", "required": true"#).is_err(), "nobody has to send a picture");
    }

    #[test]
    fn what_is_no_picture_of_ours_is_refused() {
        let questionnaire = questionnaire("").unwrap();
        for text in ["IMG_2026.jpg", "../../etc/passwd", "AAAA"] {
            let raw = RawAnswers::from_form([("anh".to_owned(), text.to_owned())]);
            let violations = parse(&questionnaire, &raw).unwrap_err();
            assert_eq!(violations[0].reason, Reason::Picture(Unfit::Unknown), "{text}");
        }
    }

    #[test]
    fn the_answers_name_the_pictures_and_what_was_stored_is_read_back() {
        let questionnaire = questionnaire("").unwrap();
        let submission = parse(&questionnaire, &with(&[7])).unwrap();
        let document = submission.document(&questionnaire);
        assert_eq!(document, format!(r#"{{"loi":"Vòi nước","anh":["{}"],"o_dau":null}}"#, id(7)));
        let stored: RawAnswers<'_> = serde_json::from_str(&document).unwrap();
        assert_eq!(restore(&questionnaire, &stored), Ok(submission.clone()));
        let pictures: Vec<_> = submission.pictures(&questionnaire).collect();
        assert_eq!(pictures, [("anh", PictureId::new([7; 16]))]);
    }

    #[test]
    fn an_export_tells_how_many_pictures_there_are_and_leads_to_none() {
        let question = &questionnaire(r#", "max": 3"#).unwrap().questions[1];
        let cell = |raw: Raw<'_>| question.kind.shown(&raw, None, Lang::VI);
        assert_eq!(cell(Raw::Many(vec![id(1).into(), id(2).into()])), ["2"]);
        assert_eq!(cell(Raw::Null), [""; 0]);
    }

    #[test]
    fn a_round_without_pictures_does_not_ask_for_them_and_refuses_those_that_are_sent() {
        let mut questionnaire = questionnaire("").unwrap();
        questionnaire.withhold_pictures();
        let submission = parse(&questionnaire, &with(&[])).unwrap();
        assert_eq!(submission.document(&questionnaire), r#"{"loi":"Vòi nước"}"#);
        let violations = parse(&questionnaire, &with(&[1])).unwrap_err();
        assert_eq!(violations[0].reason, Reason::Picture(Unfit::NotTaken));
    }
}
