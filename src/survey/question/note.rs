//! `note`: information between questions. Takes no answer and has no column.

use askama::Template;

use super::super::answer::Answer;
use super::super::expression::{Type, Value};
use super::super::questionnaire::file::QuestionFile;
use super::super::questionnaire::mistake::Finder;
use super::super::questionnaire::scale::Scales;
use super::super::raw::Raw;
use super::super::submission::Document;
use super::super::violation::Reason;
use super::{Content, Dice, ExportStyle, Field, Imagined, Kind, Measure, OnPaper, Row};

pub(super) const READS: &[&str] = &[];

#[derive(Debug)]
struct Note;

pub(super) fn build(_: &QuestionFile, _: &Scales, _: &mut Finder<'_>) -> Option<Box<dyn Kind>> {
    Some(Box::new(Note))
}

impl Kind for Note {
    fn value_type(&self) -> Option<Type> {
        None
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
#[template(path = "survey/question/note.html")]
struct View<'a> {
    field: &'a Field<'a>,
}
