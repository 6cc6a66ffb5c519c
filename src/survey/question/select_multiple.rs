//! `select_multiple`: several of several, from `min` to `max` of them. An exclusive choice (“none of these”) goes with no other.

use askama::Template;

use super::super::answer::Answer;
use super::super::expression::{Type, Value};
use super::super::questionnaire::file::QuestionFile;
use super::super::questionnaire::mistake::Finder;
use super::super::questionnaire::scale::Scales;
use super::super::raw::Raw;
use super::super::submission::Document;
use super::super::violation::Reason;
use super::choosing::{HowMany, codes, places, repeated, stored};
use super::{Choice, Content, Dice, ExportStyle, Field, Imagined, Kind, Measure, OnPaper, Row, shown};

pub(super) const READS: &[&str] = &["choices", "choice_filter", "min", "max"];

#[derive(Debug)]
struct SelectMultiple {
    choices: Vec<Choice>,
    many: HowMany,
}

pub(super) fn build(file: &QuestionFile, _: &Scales, at: &mut Finder<'_>) -> Option<Box<dyn Kind>> {
    let choices = at.choices(&file.choices)?;
    let many = HowMany::read(file, choices.len(), at)?;
    Some(Box::new(SelectMultiple { choices, many }))
}

impl Kind for SelectMultiple {
    fn value_type(&self) -> Option<Type> {
        Some(Type::Choices)
    }

    fn script(&self) -> Option<&'static str> {
        self.choices.iter().any(|choice| choice.exclusive).then_some("alone.js")
    }

    fn choices(&self) -> &[Choice] {
        &self.choices
    }

    fn read(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>) -> Result<Option<Answer>, Reason> {
        let mut places = places(&self.choices, raw)?;
        if places.is_empty() {
            return Ok(None);
        }
        if repeated(&places).is_some() {
            return Err(Reason::Repeated);
        }
        places.sort_unstable();
        self.check(&places)?;
        let codes = codes(&self.choices, &places);
        Ok(Some(Answer::Choices { places, codes }))
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

    fn contents(&self, style: ExportStyle) -> Vec<Content> {
        if style.split { (0..self.choices.len()).map(Content::Chosen).collect() } else { vec![Content::Codes] }
    }

    fn export(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>, style: ExportStyle, row: &mut dyn Row) {
        let stored = stored(raw);
        let chosen = |code: &str| stored.contains(&code);
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
        View { field, choices: &self.choices, hint: self.hint(field) }.render()
    }

    fn on_paper(&self) -> OnPaper {
        OnPaper::Several { min: self.many.min, max: self.many.max }
    }

    fn imagine(&self, dice: &mut Dice) -> Imagined {
        if dice.chance(8) {
            return Imagined::Skip;
        }
        let (alone, mut left): (Vec<&Choice>, Vec<&Choice>) = self.choices.iter().partition(|choice| choice.exclusive);
        if !alone.is_empty() && (left.len() < self.many.min || dice.chance(6)) {
            return Imagined::One(alone[dice.below(alone.len())].code.clone());
        }
        let most = self.many.max.min(left.len()).min(self.many.min + 2);
        let many = self.many.min + dice.below(most + 1 - self.many.min);
        Imagined::Many((0..many).map(|_| left.remove(dice.below(left.len())).code.clone()).collect())
    }
}

impl SelectMultiple {
    /// An exclusive choice is an answer by itself, however many are asked for.
    fn check(&self, places: &[usize]) -> Result<(), Reason> {
        match places.iter().map(|at| &self.choices[*at]).find(|choice| choice.exclusive) {
            Some(_) if places.len() == 1 => Ok(()),
            Some(alone) => Err(Reason::NotTogether { choice: alone.label.clone() }),
            None => self.many.check(places.len()),
        }
    }

    /// How many may be chosen, in words.
    fn hint(&self, field: &Field<'_>) -> String {
        let HowMany { min, max } = self.many;
        match (min > 1, max < self.choices.len()) {
            (false, false) => field.phrases.say("question-several"),
            (false, true) => field.phrases.with("question-at-most", "max", max.to_string()),
            (true, false) => field.phrases.with("question-at-least", "min", min.to_string()),
            (true, true) if min == max => field.phrases.with("question-exactly", "n", min.to_string()),
            (true, true) => {
                let text = field.phrases.with("question-at-least", "min", min.to_string());
                format!("{text} {}", field.phrases.with("question-at-most", "max", max.to_string()))
            }
        }
    }
}

#[derive(Template)]
#[template(path = "survey/question/select_multiple.html")]
struct View<'a> {
    field: &'a Field<'a>,
    choices: &'a [Choice],
    hint: String,
}
