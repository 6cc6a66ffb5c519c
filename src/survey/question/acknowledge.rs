//! `acknowledge`: one box to tick, such as “tôi đã đọc”. Where it is required, it must be ticked.

use askama::Template;

use super::super::answer::Answer;
use super::super::expression::{Type, Value};
use super::super::questionnaire::file::QuestionFile;
use super::super::questionnaire::mistake::Finder;
use super::super::questionnaire::scale::Scales;
use super::super::raw::Raw;
use super::super::submission::Document;
use super::super::text::Lang;
use super::super::violation::Reason;
use super::{Dice, ExportStyle, Field, Imagined, Kind, Measure, OnPaper, Row, single};

pub(super) const READS: &[&str] = &[];

/// What a ticked box says, as in XLSForm.
const TICKED: &str = "OK";

#[derive(Debug)]
struct Acknowledge;

pub(super) fn build(_: &QuestionFile, _: &Scales, _: &mut Finder<'_>) -> Option<Box<dyn Kind>> {
    Some(Box::new(Acknowledge))
}

impl Kind for Acknowledge {
    fn value_type(&self) -> Option<Type> {
        Some(Type::Text)
    }

    fn missing(&self) -> Reason {
        Reason::NotTicked
    }

    fn read(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>) -> Result<Option<Answer>, Reason> {
        match single(raw)? {
            None => Ok(None),
            Some(TICKED) => Ok(Some(Answer::Ticked)),
            Some(_) => Err(Reason::UnknownChoice),
        }
    }

    fn value<'a>(&'a self, answer: &'a Answer) -> Value<'a> {
        match answer {
            Answer::Ticked => Value::Text(TICKED.into()),
            _ => Value::Empty,
        }
    }

    fn store(&self, code: &str, answer: &Answer, out: &mut Document) {
        match answer {
            Answer::Ticked => out.text(code, TICKED),
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

    fn export(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>, _: ExportStyle, row: &mut dyn Row) {
        row.cell(single(raw).ok().flatten().unwrap_or_default());
    }

    /// The same mark in every language.
    fn shown(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>, _: Lang) -> Vec<String> {
        let is_ticked = single(raw).ok().flatten().is_some();
        is_ticked.then(|| "✓".to_owned()).into_iter().collect()
    }

    fn view(&self, field: &Field<'_>) -> Result<String, askama::Error> {
        View { field }.render()
    }

    fn on_paper(&self) -> OnPaper {
        OnPaper::Tick
    }

    fn imagine(&self, dice: &mut Dice) -> Imagined {
        if dice.chance(6) { Imagined::Skip } else { Imagined::One(TICKED.to_owned()) }
    }
}

#[derive(Template)]
#[template(path = "survey/question/acknowledge.html")]
struct View<'a> {
    field: &'a Field<'a>,
}

#[cfg(test)]
mod tests {
    use super::super::tests::{stored, violations};
    use super::*;

    const READ: &str = r#"{"code": "A", "kind": "acknowledge", "label": {"vi": "Tôi đã đọc."}, "required": true}"#;

    #[test]
    fn a_required_box_must_be_ticked() {
        assert_eq!(stored(READ, r#"{"A": "OK"}"#).unwrap(), r#"{"A":"OK"}"#);
        assert_eq!(violations(READ, r#"{"A": null}"#), [Reason::NotTicked]);
        assert_eq!(violations(READ, r#"{"A": "no"}"#), [Reason::UnknownChoice]);
        assert_eq!(violations(READ, r#"{"A": true}"#), [Reason::WrongType]);
    }
}
