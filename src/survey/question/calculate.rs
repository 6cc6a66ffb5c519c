//! `calculate`: worked out from other answers by the server, whatever a client sends for it. Nobody sees it on the form.
//!
//! It is stored and exported like an answer, but not tallied: it says nothing that the answers do not say, and counting it
//! would tell by a back door what their figures withhold.

use super::super::answer::Answer;
use super::super::expression::{Type, Value};
use super::super::questionnaire::file::QuestionFile;
use super::super::questionnaire::mistake::Finder;
use super::super::questionnaire::scale::Scales;
use super::super::raw::Raw;
use super::super::submission::Document;
use super::super::violation::Reason;
use super::{Dice, ExportStyle, Field, Imagined, Kind, Measure, OnPaper, Row};

pub(super) const READS: &[&str] = &["calculation"];

#[derive(Debug)]
struct Calculate {
    gives: Type,
}

/// What it gives is known once its expression is checked; see [`giving`].
pub(super) fn build(file: &QuestionFile, _: &Scales, at: &mut Finder<'_>) -> Option<Box<dyn Kind>> {
    at.required(&file.calculation, "calculation")?;
    Some(giving(Type::Text))
}

/// A calculation of this type.
pub(in crate::survey) fn giving(gives: Type) -> Box<dyn Kind> {
    Box::new(Calculate { gives })
}

impl Kind for Calculate {
    fn value_type(&self) -> Option<Type> {
        Some(self.gives)
    }

    /// As it was stored; what clients send is not read.
    fn read(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>) -> Result<Option<Answer>, Reason> {
        match raw {
            Raw::Null => Ok(None),
            Raw::One(text) => Ok(Some(Answer::Text(text.to_string())).filter(|_| !text.is_empty())),
            Raw::Many(_) | Raw::Foreign => Err(Reason::WrongType),
        }
    }

    fn value<'a>(&'a self, answer: &'a Answer) -> Value<'a> {
        let Answer::Text(text) = answer else { return Value::Empty };
        match self.gives {
            // also what is spelt with an exponent, which expressions do not read as a number
            Type::Number => text.parse().map_or(Value::Empty, Value::Number),
            Type::Boolean => Value::Boolean(text == "true"),
            Type::Text | Type::Date | Type::Time | Type::Choices => Value::Text(text.as_str().into()),
        }
    }

    fn store(&self, code: &str, answer: &Answer, out: &mut Document) {
        match answer {
            Answer::Text(text) => out.text(code, text),
            _ => out.null(code),
        }
    }

    fn measure(&self) -> Measure {
        Measure::Nothing
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

    /// There is nothing to see: the script works it out from what the page tells it.
    fn view(&self, _: &Field<'_>) -> Result<String, askama::Error> {
        Ok(String::new())
    }

    fn on_paper(&self) -> OnPaper {
        OnPaper::Nothing
    }

    fn imagine(&self, _: &mut Dice) -> Imagined {
        Imagined::Skip
    }
}
