//! `select_one`: one of several, with “other” where the questionnaire offers it.

use askama::Template;

use super::super::answer::Answer;
use super::super::expression::{Type, Value};
use super::super::questionnaire::file::{Appearance, QuestionFile};
use super::super::questionnaire::mistake::Finder;
use super::super::questionnaire::scale::Scales;
use super::super::raw::Raw;
use super::super::submission::Document;
use super::super::violation::Reason;
use super::{
    Choice, Content, Dice, ExportStyle, Field, Imagined, Kind, Measure, OnPaper, Row, clean_text, place, shown, single,
};

/// The code of “other”, as XLSForm has it.
pub const OTHER: &str = "other";
/// How many letters “other” takes.
const OTHER_LETTERS: usize = 200;

pub(super) const READS: &[&str] = &["choices", "choice_filter", "or_other", "appearance"];

#[derive(Debug)]
struct SelectOne {
    choices: Vec<Choice>,
    or_other: bool,
    /// Shown as a drop-down list.
    minimal: bool,
}

pub(super) fn build(file: &QuestionFile, _: &Scales, at: &mut Finder<'_>) -> Option<Box<dyn Kind>> {
    let choices = at.plain_choices(&file.choices)?;
    let or_other = at.optional(&file.or_other, "or_other").copied().unwrap_or(false);
    if or_other && place(&choices, OTHER).is_some() {
        at.child("choices")
            .report("with or_other the code \"other\" is taken; give this choice another code".to_owned());
    }
    let minimal = at.appearance(&file.appearance, Appearance::Minimal);
    Some(Box::new(SelectOne { choices, or_other, minimal }))
}

impl Kind for SelectOne {
    fn takes_other(&self) -> bool {
        self.or_other
    }

    fn script(&self) -> Option<&'static str> {
        self.minimal.then_some("search.js")
    }

    fn value_type(&self) -> Option<Type> {
        Some(Type::Text)
    }

    fn choices(&self) -> &[Choice] {
        &self.choices
    }

    fn read(&self, raw: &Raw<'_>, other: Option<&Raw<'_>>) -> Result<Option<Answer>, Reason> {
        let typed = match other {
            Some(raw) if self.or_other => single(raw)?,
            _ => None,
        };
        match single(raw)? {
            Some(OTHER) if self.or_other => Ok(Some(Answer::Other(clean_text(typed.unwrap_or(""), OTHER_LETTERS)?))),
            Some(code) => place(&self.choices, code).map(|at| Some(Answer::Choice(at))).ok_or(Reason::UnknownChoice),
            // typed beside “other” without touching its circle: meant all the same
            None => {
                let typed = typed.map(|text| clean_text(text, OTHER_LETTERS)).transpose()?;
                Ok(typed.filter(|text| !text.is_empty()).map(Answer::Other))
            }
        }
    }

    fn value<'a>(&'a self, answer: &'a Answer) -> Value<'a> {
        self.code(answer).map_or(Value::Empty, |code| Value::Text(code.into()))
    }

    fn store(&self, code: &str, answer: &Answer, out: &mut Document) {
        match self.code(answer) {
            Some(chosen) => out.text(code, chosen),
            None => out.null(code),
        }
        if let Answer::Other(text) = answer
            && !text.is_empty()
        {
            out.text(&format!("{code}_other"), text);
        }
    }

    fn measure(&self) -> Measure {
        Measure::Single { codes: self.choices.iter().map(|choice| choice.code.clone()).collect(), other: self.or_other }
    }

    fn tally(&self, answer: &Answer, cells: &mut [i64]) {
        match answer {
            Answer::Choice(at) => cells[*at] += 1,
            Answer::Other(_) if self.or_other => cells[self.choices.len()] += 1,
            _ => {}
        }
    }

    fn columns(&self, code: &str, _: ExportStyle) -> Vec<String> {
        let mut columns = vec![code.to_owned()];
        if self.or_other {
            columns.push(format!("{code}_other"));
        }
        columns
    }

    fn contents(&self, _: ExportStyle) -> Vec<Content> {
        let written = self.or_other.then_some(Content::Text);
        std::iter::once(Content::Code).chain(written).collect()
    }

    fn export(&self, raw: &Raw<'_>, other: Option<&Raw<'_>>, style: ExportStyle, row: &mut dyn Row) {
        row.cell(shown(&self.choices, single(raw).ok().flatten().unwrap_or_default(), style));
        if self.or_other {
            row.cell(other.and_then(|raw| single(raw).ok().flatten()).unwrap_or_default());
        }
    }

    fn view(&self, field: &Field<'_>) -> Result<String, askama::Error> {
        let (choices, or_other) = (self.choices.as_slice(), self.or_other);
        if self.minimal {
            List { field, choices, or_other }.render()
        } else {
            View { field, choices, or_other }.render()
        }
    }

    fn on_paper(&self) -> OnPaper {
        OnPaper::One { other: self.or_other }
    }

    fn imagine(&self, dice: &mut Dice) -> Imagined {
        if dice.chance(4) {
            return Imagined::Skip;
        }
        if self.or_other && dice.chance(8) {
            return Imagined::Other(dice.phrase());
        }
        Imagined::One(self.choices[dice.below(self.choices.len())].code.clone())
    }
}

impl SelectOne {
    fn code(&self, answer: &Answer) -> Option<&str> {
        match answer {
            Answer::Choice(at) => self.choices.get(*at).map(|choice| choice.code.as_str()),
            Answer::Other(_) => Some(OTHER),
            _ => None,
        }
    }
}

#[derive(Template)]
#[template(path = "survey/question/select_one.html")]
struct View<'a> {
    field: &'a Field<'a>,
    choices: &'a [Choice],
    or_other: bool,
}

#[derive(Template)]
#[template(path = "survey/question/select_one_minimal.html")]
struct List<'a> {
    field: &'a Field<'a>,
    choices: &'a [Choice],
    or_other: bool,
}
