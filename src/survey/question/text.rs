//! `text`: what people write in their own words.

use askama::Template;
use unicode_segmentation::UnicodeSegmentation;

use super::super::answer::Answer;
use super::super::expression::{Type, Value};
use super::super::questionnaire::file::{Appearance, QuestionFile};
use super::super::questionnaire::mistake::Finder;
use super::super::questionnaire::scale::Scales;
use super::super::raw::Raw;
use super::super::submission::Document;
use super::super::violation::Reason;
use super::{Dice, ExportStyle, Field, Imagined, Kind, Measure, OnPaper, Row, clean_text};

pub(super) const READS: &[&str] = &["appearance", "min_length", "max_length"];

#[derive(Debug)]
struct FreeText {
    multiline: bool,
    /// In letters, like `max`.
    min: usize,
    /// In letters as readers count them (grapheme clusters).
    max: usize,
}

/// Where the questionnaire sets no limit.
const LETTERS: usize = 2000;
/// The largest limit a questionnaire may set.
const MOST_LETTERS: usize = 10_000;

pub(super) fn build(file: &QuestionFile, _: &Scales, at: &mut Finder<'_>) -> Option<Box<dyn Kind>> {
    let multiline = at.appearance(&file.appearance, Appearance::Multiline);
    let min = at.optional(&file.min_length, "min_length").copied().unwrap_or(1);
    let max = at.optional(&file.max_length, "max_length").copied().unwrap_or(LETTERS);
    if max == 0 || max > MOST_LETTERS {
        at.child("max_length").report(format!("max_length must be from 1 to {MOST_LETTERS}"));
        return None;
    }
    if min > max {
        at.child("min_length").report(format!("min_length {min} is above max_length {max}"));
        return None;
    }
    Some(Box::new(FreeText { multiline, min, max }))
}

impl Kind for FreeText {
    fn value_type(&self) -> Option<Type> {
        Some(Type::Text)
    }

    fn read(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>) -> Result<Option<Answer>, Reason> {
        let text = match raw {
            Raw::Null => return Ok(None),
            Raw::One(text) => text,
            Raw::Many(_) => return Err(Reason::Repeated),
            Raw::Foreign => return Err(Reason::WrongType),
        };
        let clean = clean_text(text, self.max)?;
        if clean.is_empty() {
            return Ok(None);
        }
        if self.min > 1 && clean.graphemes(true).take(self.min).count() < self.min {
            return Err(Reason::TooShort { min: self.min });
        }
        Ok(Some(Answer::Text(clean)))
    }

    fn value<'a>(&'a self, answer: &'a Answer) -> Value<'a> {
        match answer {
            Answer::Text(text) => Value::Text(text.as_str().into()),
            _ => Value::Empty,
        }
    }

    fn store(&self, code: &str, answer: &Answer, out: &mut Document) {
        match answer {
            Answer::Text(text) => out.text(code, text),
            _ => out.null(code),
        }
    }

    fn measure(&self) -> Measure {
        Measure::Text
    }

    fn tally(&self, _: &Answer, _: &mut [i64]) {}

    fn columns(&self, code: &str, _: ExportStyle) -> Vec<String> {
        vec![code.to_owned()]
    }

    fn export(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>, _: ExportStyle, row: &mut dyn Row) {
        match raw {
            Raw::One(text) => row.cell(text),
            _ => row.cell(""),
        }
    }

    fn view(&self, field: &Field<'_>) -> Result<String, askama::Error> {
        View { field, multiline: self.multiline, max: self.max }.render()
    }

    fn on_paper(&self) -> OnPaper {
        OnPaper::Words { lines: if self.multiline { self.max.div_ceil(80).clamp(2, 4) } else { 1 } }
    }

    fn imagine(&self, dice: &mut Dice) -> Imagined {
        if dice.chance(62) { Imagined::Skip } else { Imagined::One(dice.phrase()) }
    }
}

#[derive(Template)]
#[template(path = "survey/question/text.html")]
struct View<'a> {
    field: &'a Field<'a>,
    multiline: bool,
    max: usize,
}

#[cfg(test)]
mod tests {
    use crate::survey::raw::RawAnswers;
    use crate::survey::route::Occasion;
    use crate::survey::text::Lang;
    use crate::survey::{submission, templates};

    fn stored(answers: &str) -> String {
        let questionnaire = &templates::find("hai-long-thpt").unwrap().questionnaire;
        let raw: RawAnswers<'_> = serde_json::from_str(answers).unwrap();
        let occasion = Occasion { now: chrono::NaiveDateTime::default(), lang: Lang::VI };
        submission::parse(questionnaire, &raw, occasion).unwrap().document(questionnaire)
    }

    #[test]
    fn what_nobody_sees_is_not_stored_and_alone_is_no_answer() {
        let kept = stored(r#"{"G2": "Cô \u202egiáo\u200b ", "huong_sau_thpt_other": "\ufeffHọc nghề"}"#);
        assert!(kept.contains(r#""G2":"Cô giáo""#) && kept.contains(r#""huong_sau_thpt_other":"Học nghề""#), "{kept}");
        let nothing = stored(r#"{"A1": "5", "G2": "\u200b \u202e", "huong_sau_thpt_other": "\u200b"}"#);
        assert!(nothing.contains(r#""G2":null"#) && nothing.contains(r#""huong_sau_thpt":null"#), "{nothing}");
    }
}
