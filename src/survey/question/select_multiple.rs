//! `select_multiple`: several of several. How many is a matter for a constraint: `count-selected(.) <= 3`.

use askama::Template;

use super::super::answer::Answer;
use super::super::expression::{Type, Value};
use super::super::questionnaire::file::QuestionFile;
use super::super::questionnaire::mistake::Finder;
use super::super::questionnaire::scale::Scales;
use super::super::raw::Raw;
use super::super::submission::Document;
use super::super::violation::Reason;
use super::{Choice, Dice, ExportStyle, Field, Imagined, Kind, Measure, Row, place, shown};

#[derive(Debug)]
struct SelectMultiple {
    choices: Vec<Choice>,
}

pub(super) fn build(file: &QuestionFile, _: &Scales, at: &mut Finder<'_>) -> Option<Box<dyn Kind>> {
    let choices = at.choices(&file.choices)?;
    Some(Box::new(SelectMultiple { choices }))
}

impl Kind for SelectMultiple {
    fn value_type(&self) -> Option<Type> {
        Some(Type::Choices)
    }

    fn choices(&self) -> &[Choice] {
        &self.choices
    }

    fn read(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>) -> Result<Option<Answer>, Reason> {
        let codes: Vec<&str> = match raw {
            Raw::Null => return Ok(None),
            Raw::One(text) => vec![text.trim()],
            Raw::Many(list) => list.iter().map(|text| text.trim()).collect(),
            Raw::Foreign => return Err(Reason::WrongType),
        };
        let mut chosen = vec![false; self.choices.len()];
        for code in codes.into_iter().filter(|code| !code.is_empty()) {
            let at = place(&self.choices, code).ok_or(Reason::UnknownChoice)?;
            if std::mem::replace(&mut chosen[at], true) {
                return Err(Reason::Repeated);
            }
        }
        let places: Vec<usize> = (0..chosen.len()).filter(|at| chosen[*at]).collect();
        let codes = places.iter().map(|at| self.choices[*at].code.clone()).collect();
        Ok(Some(Answer::Choices { places, codes }).filter(|_| chosen.contains(&true)))
    }

    fn value<'a>(&'a self, answer: &'a Answer) -> Value<'a> {
        match answer {
            Answer::Choices { codes, .. } if !codes.is_empty() => Value::Choices(codes),
            _ => Value::Empty,
        }
    }

    fn store(&self, code: &str, answer: &Answer, out: &mut Document) {
        match answer {
            Answer::Choices { codes, .. } => out.list(code, codes),
            _ => out.null(code),
        }
    }

    fn measure(&self) -> Measure {
        Measure::Multiple { codes: self.choices.iter().map(|choice| choice.code.clone()).collect() }
    }

    fn tally(&self, answer: &Answer, cells: &mut [i64]) {
        if let Answer::Choices { places, .. } = answer {
            for at in places {
                cells[*at] += 1;
            }
        }
    }

    fn columns(&self, code: &str, style: ExportStyle) -> Vec<String> {
        if style.split {
            self.choices.iter().map(|choice| format!("{code}_{}", choice.code)).collect()
        } else {
            vec![code.to_owned()]
        }
    }

    fn export(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>, style: ExportStyle, row: &mut dyn Row) {
        let chosen = |code: &str| match raw {
            Raw::One(text) => text == code,
            Raw::Many(list) => list.iter().any(|text| text == code),
            Raw::Null | Raw::Foreign => false,
        };
        if style.split {
            for choice in &self.choices {
                row.cell(if chosen(&choice.code) { "1" } else { "0" });
            }
            return;
        }
        let codes = self.choices.iter().filter(|choice| chosen(&choice.code));
        let separator = if style.labels.is_some() { "; " } else { " " };
        row.cell(&codes.map(|choice| shown(&self.choices, &choice.code, style)).collect::<Vec<_>>().join(separator));
    }

    fn view(&self, field: &Field<'_>) -> Result<String, askama::Error> {
        View { field, choices: &self.choices }.render()
    }

    fn imagine(&self, dice: &mut Dice) -> Imagined {
        if dice.chance(8) {
            return Imagined::Skip;
        }
        let many = 1 + dice.below(3.min(self.choices.len()));
        let mut codes: Vec<String> = Vec::new();
        while codes.len() < many {
            let code = &self.choices[dice.below(self.choices.len())].code;
            if !codes.contains(code) {
                codes.push(code.clone());
            }
        }
        Imagined::Many(codes)
    }
}

#[derive(Template)]
#[template(path = "survey/question/select_multiple.html")]
struct View<'a> {
    field: &'a Field<'a>,
    choices: &'a [Choice],
}
