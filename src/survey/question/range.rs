//! `range`: a whole number chosen between two ends, such as 0–100 in tens.

use askama::Template;

use super::super::answer::Answer;
use super::super::expression::{Type, Value};
use super::super::questionnaire::file::QuestionFile;
use super::super::questionnaire::limit::Limit;
use super::super::questionnaire::mistake::Finder;
use super::super::questionnaire::scale::Scales;
use super::super::raw::Raw;
use super::super::submission::Document;
use super::super::violation::{Reason, Steps};
use super::integer::{store_number, tally_number, value_of, whole, within};
use super::{Bins, Content, Dice, ExportStyle, Field, Imagined, Kind, Measure, OnPaper, Row, single};

pub(super) const READS: &[&str] = &["min", "max", "step"];

#[derive(Debug)]
struct Range {
    steps: Steps,
    bins: Bins,
}

/// Up to this many values are shown as boxes to tap; more are typed.
const MOST_BOXES: i64 = 21;

pub(super) fn build(file: &QuestionFile, _: &Scales, at: &mut Finder<'_>) -> Option<Box<dyn Kind>> {
    at.required(&file.min, "min")?;
    at.required(&file.max, "max")?;
    let min = at.limit(&file.min, "min", Limit::whole, "a whole number")?;
    let max = at.limit(&file.max, "max", Limit::whole, "a whole number")?;
    let step = at.optional(&file.step, "step").copied().unwrap_or(1);
    if step < 1 || max <= min || (max - min) % step != 0 {
        at.report(format!("a range needs min below max and a step that leads from {min} to {max} exactly, not {step}"));
        return None;
    }
    Some(Box::new(Range { steps: Steps { min, max, step }, bins: Bins::new(Some(min), Some(max), step) }))
}

impl Kind for Range {
    fn value_type(&self) -> Option<Type> {
        Some(Type::Number)
    }

    fn read(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>) -> Result<Option<Answer>, Reason> {
        let Some(text) = single(raw)? else { return Ok(None) };
        let number = whole(text)?;
        within(number, Some(self.steps.min), Some(self.steps.max))?;
        if !self.steps.holds(number) {
            return Err(Reason::OffStep { steps: self.steps });
        }
        Ok(Some(Answer::Number(number)))
    }

    fn value<'a>(&'a self, answer: &'a Answer) -> Value<'a> {
        value_of(answer)
    }

    fn store(&self, code: &str, answer: &Answer, out: &mut Document) {
        store_number(code, answer, out);
    }

    fn measure(&self) -> Measure {
        Measure::Number(self.bins.clone())
    }

    fn means_the_same(&self, other: &dyn Kind) -> bool {
        self.measure() == other.measure()
    }

    fn tally(&self, answer: &Answer, cells: &mut [i64]) {
        tally_number(&self.bins, answer, cells);
    }

    fn columns(&self, code: &str, _: ExportStyle) -> Vec<String> {
        vec![code.to_owned()]
    }

    fn contents(&self, _: ExportStyle) -> Vec<Content> {
        vec![Content::Whole]
    }

    fn export(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>, _: ExportStyle, row: &mut dyn Row) {
        row.cell(single(raw).ok().flatten().unwrap_or_default());
    }

    fn view(&self, field: &Field<'_>) -> Result<String, askama::Error> {
        let Steps { min, max, step } = self.steps;
        let boxes = (max - min) / step < MOST_BOXES;
        let values = if boxes { self.steps.values().map(|value| value.to_string()).collect() } else { Vec::new() };
        let between = field.phrases.fill("question-between", &[("min", min.to_string()), ("max", max.to_string())]);
        View { field, values, between }.render()
    }

    fn on_paper(&self) -> OnPaper {
        OnPaper::Steps(self.steps)
    }

    fn imagine(&self, dice: &mut Dice) -> Imagined {
        if dice.chance(5) {
            return Imagined::Skip;
        }
        let Steps { min, max, step } = self.steps;
        let count = usize::try_from((max - min) / step + 1).unwrap_or(1);
        let at = i64::try_from(dice.leaning_high(count)).unwrap_or(0);
        Imagined::One((min + at * step).to_string())
    }
}

#[derive(Template)]
#[template(path = "survey/question/range.html")]
struct View<'a> {
    field: &'a Field<'a>,
    values: Vec<String>,
    between: String,
}
