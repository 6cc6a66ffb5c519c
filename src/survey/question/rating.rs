//! `rating`: points on a shared ordered scale.

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
use super::{Choice, Content, Dice, ExportStyle, Field, Imagined, Kind, Measure, OnPaper, Row, place, shown, single};
use std::sync::Arc;

pub(super) const READS: &[&str] = &["scale"];

#[derive(Debug)]
struct Rating {
    scale: Arc<Scale>,
}

pub(super) fn build(file: &QuestionFile, scales: &Scales, at: &mut Finder<'_>) -> Option<Box<dyn Kind>> {
    Some(on(scale(file, scales, at)?))
}

/// The scale that a question names.
pub(super) fn scale(file: &QuestionFile, scales: &Scales, at: &Finder<'_>) -> Option<Arc<Scale>> {
    let name = at.required(&file.scale, "scale")?;
    let scale = scales.get(name).cloned();
    if scale.is_none() {
        at.child("scale").report(format!("there is no scale {name:?}; the scales are: {}", scales.names()));
    }
    scale
}

/// A rating on this scale.
pub(super) fn on(scale: Arc<Scale>) -> Box<dyn Kind> {
    Box::new(Rating { scale })
}

impl Kind for Rating {
    fn value_type(&self) -> Option<Type> {
        Some(Type::Text)
    }

    fn read(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>) -> Result<Option<Answer>, Reason> {
        let Some(code) = single(raw)? else { return Ok(None) };
        if self.scale.not_applicable.as_ref().is_some_and(|choice| choice.code == code) {
            return Ok(Some(Answer::NotApplicable));
        }
        place(&self.scale.choices, code).map(|at| Some(Answer::Choice(at))).ok_or(Reason::UnknownChoice)
    }

    fn value<'a>(&'a self, answer: &'a Answer) -> Value<'a> {
        self.code(answer).map_or(Value::Empty, |code| Value::Text(code.into()))
    }

    fn store(&self, code: &str, answer: &Answer, out: &mut Document) {
        match self.code(answer) {
            Some(chosen) => out.text(code, chosen),
            None => out.null(code),
        }
    }

    fn measure(&self) -> Measure {
        Measure::Rating {
            codes: self.scale.choices.iter().map(|choice| choice.code.clone()).collect(),
            points: self.scale.points.clone(),
        }
    }

    fn scale(&self) -> &[Choice] {
        &self.scale.choices
    }

    fn means_the_same(&self, other: &dyn Kind) -> bool {
        self.measure() == other.measure() && self.scale() == other.scale()
    }

    fn not_applicable(&self) -> Option<&str> {
        self.scale.not_applicable.as_ref().map(|choice| choice.code.as_str())
    }

    fn label(&self, code: &str) -> Option<&Text> {
        let known = self.scale.choices.iter().chain(&self.scale.not_applicable);
        known.into_iter().find(|choice| choice.code == code).map(|choice| &choice.label)
    }

    fn tally(&self, answer: &Answer, cells: &mut [i64]) {
        if let Answer::Choice(at) = answer {
            cells[*at] += 1;
        }
    }

    fn columns(&self, code: &str, _: ExportStyle) -> Vec<String> {
        vec![code.to_owned()]
    }

    fn contents(&self, _: ExportStyle) -> Vec<Content> {
        vec![Content::Code]
    }

    fn export(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>, style: ExportStyle, row: &mut dyn Row) {
        let code = single(raw).ok().flatten().unwrap_or_default();
        match (&self.scale.not_applicable, style.labels) {
            (Some(choice), Some(lang)) if choice.code == code => row.cell(choice.label.get(lang)),
            _ => row.cell(shown(&self.scale.choices, code, style)),
        }
    }

    fn view(&self, field: &Field<'_>) -> Result<String, askama::Error> {
        View { field, scale: &self.scale }.render()
    }

    fn on_paper(&self) -> OnPaper {
        OnPaper::One { other: false }
    }

    fn imagine(&self, dice: &mut Dice) -> Imagined {
        if dice.chance(6) {
            return Imagined::Skip;
        }
        if let Some(choice) = self.scale.not_applicable.as_ref().filter(|_| dice.chance(5)) {
            return Imagined::One(choice.code.clone());
        }
        let at = dice.leaning_high(self.scale.choices.len());
        Imagined::One(self.scale.choices[at].code.clone())
    }
}

impl Rating {
    fn code(&self, answer: &Answer) -> Option<&str> {
        match answer {
            Answer::Choice(at) => self.scale.choices.get(*at).map(|choice| choice.code.as_str()),
            Answer::NotApplicable => self.scale.not_applicable.as_ref().map(|choice| choice.code.as_str()),
            _ => None,
        }
    }
}

#[derive(Template)]
#[template(path = "survey/question/rating.html")]
struct View<'a> {
    field: &'a Field<'a>,
    scale: &'a Scale,
}

/// Letters of a word that still fits into a fifth of a small phone's width.
const SHORT_WORD: usize = 8;

impl View<'_> {
    fn has_long_words(&self) -> bool {
        let words = self.scale.choices.iter().flat_map(|choice| choice.label.get(self.field.lang).split_whitespace());
        words.map(|word| word.chars().count()).any(|letters| letters > SHORT_WORD)
    }
}
