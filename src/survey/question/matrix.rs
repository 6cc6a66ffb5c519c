//! `matrix`: several ratings on one scale under one heading. Reading the file takes it apart: the heading, which takes no
//! answer, and one `rating` per row, each with a code of its own. Every other room knows the rows as ratings.

use std::sync::Arc;

use askama::Template;

use super::super::answer::Answer;
use super::super::expression::{Type, Value};
use super::super::questionnaire::file::QuestionFile;
use super::super::questionnaire::mistake::Finder;
use super::super::questionnaire::scale::{Scale, Scales};
use super::super::raw::Raw;
use super::super::submission::Document;
use super::super::text::Text;
use super::super::violation::Reason;
use super::{Content, Dice, ExportStyle, Field, GridRow, Imagined, Kind, KindName, Measure, OnPaper, Row, rating};

pub(super) const READS: &[&str] = &["scale", "rows", "required"];

#[derive(Debug)]
struct Heading {
    rows: Vec<(String, Text)>,
    scale: Arc<Scale>,
}

pub(super) fn build(file: &QuestionFile, scales: &Scales, at: &mut Finder<'_>) -> Option<Box<dyn Kind>> {
    let scale = rating::scale(file, scales, at);
    at.required(&file.rows, "rows")?;
    let listed = at.list(&file.rows, "rows");
    let rows: Vec<_> = listed
        .iter()
        .filter_map(|(at, row)| {
            at.no_others(&row.unknown);
            at.required(&row.code, "code").cloned().zip(at.text(&row.label, "label"))
        })
        .collect();
    if rows.is_empty() {
        at.child("rows").report("at least one row is needed".to_owned());
    }
    // rows that could not be read are reported: without them nothing can be said about the others
    (rows.len() == listed.len()).then_some(())?;
    Some(Box::new(Heading { rows, scale: scale? }))
}

impl Kind for Heading {
    fn value_type(&self) -> Option<Type> {
        None
    }

    fn rows(&self) -> Vec<GridRow> {
        let row = |(code, label): &(String, Text)| GridRow {
            code: code.clone(),
            label: label.clone(),
            kind_name: KindName::Rating,
            kind: rating::on(self.scale.clone()),
        };
        self.rows.iter().map(row).collect()
    }

    fn read(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>) -> Result<Option<Answer>, Reason> {
        if raw.is_empty() { Ok(None) } else { Err(Reason::UnknownQuestion) }
    }

    fn value<'a>(&'a self, _: &'a Answer) -> Value<'a> {
        Value::Empty
    }

    fn store(&self, _: &str, _: &Answer, _: &mut Document) {}

    fn measure(&self) -> Measure {
        Measure::Nothing
    }

    fn tally(&self, _: &Answer, _: &mut [i64]) {}

    fn columns(&self, _: &str, _: ExportStyle) -> Vec<String> {
        Vec::new()
    }

    fn contents(&self, _: ExportStyle) -> Vec<Content> {
        Vec::new()
    }

    fn export(&self, _: &Raw<'_>, _: Option<&Raw<'_>>, _: ExportStyle, _: &mut dyn Row) {}

    fn view(&self, field: &Field<'_>) -> Result<String, askama::Error> {
        View { field }.render()
    }

    fn on_paper(&self) -> OnPaper {
        OnPaper::Told
    }

    fn imagine(&self, _: &mut Dice) -> Imagined {
        Imagined::Skip
    }
}

#[derive(Template)]
#[template(path = "survey/question/matrix.html")]
struct View<'a> {
    field: &'a Field<'a>,
}

#[cfg(test)]
mod tests {
    use super::super::tests::{asked, stored, violations};
    use super::*;

    const GRID: &str = r#"{"code": "A", "kind": "integer", "label": {"vi": "?"}},
        {"code": "M", "kind": "matrix", "label": {"vi": "Bữa ăn"}, "scale": "s", "relevant": "${A} > 1", "required": true,
         "rows": [{"code": "M1", "label": {"vi": "Ngon"}}, {"code": "M2", "label": {"vi": "Sạch"}}]}"#;

    #[test]
    fn each_row_is_a_rating_of_its_own_that_inherits_when_it_is_asked_and_whether_it_must() {
        let questionnaire = asked(GRID);
        let codes: Vec<_> = questionnaire.questions.iter().map(|q| (q.code.as_str(), q.kind_name)).collect();
        let expected =
            [("A", KindName::Integer), ("M", KindName::Matrix), ("M1", KindName::Rating), ("M2", KindName::Rating)];
        assert_eq!(codes, expected);
        assert_eq!(stored(GRID, r#"{"A": "1", "M1": "2"}"#).unwrap(), r#"{"A":"1"}"#);
        assert_eq!(stored(GRID, r#"{"A": "2", "M1": "2", "M2": "1"}"#).unwrap(), r#"{"A":"2","M1":"2","M2":"1"}"#);
        assert_eq!(violations(GRID, r#"{"A": "2", "M1": "2"}"#), [Reason::Required]);
        assert_eq!(violations(GRID, r#"{"A": "1", "M": "2"}"#), [] as [Reason; 0]);
    }
}
