//! `decimal`: a number with a fraction, typed with comma or point.

use askama::Template;

use super::super::answer::Answer;
use super::super::expression::{Type, Value};
use super::super::questionnaire::file::QuestionFile;
use super::super::questionnaire::limit::Limit;
use super::super::questionnaire::mistake::Finder;
use super::super::questionnaire::scale::Scales;
use super::super::raw::Raw;
use super::super::submission::Document;
use super::super::violation::{Bound, Reason};
use super::{Bins, Content, Dice, ExportStyle, Field, Hundredths, Imagined, Kind, Measure, OnPaper, Row, single};
use crate::survey::text::Lang;

pub(super) const READS: &[&str] = &["min", "max"];

#[derive(Debug)]
struct Decimal {
    min: Option<Hundredths>,
    max: Option<Hundredths>,
    bins: Bins,
}

pub(super) fn build(file: &QuestionFile, _: &Scales, at: &mut Finder<'_>) -> Option<Box<dyn Kind>> {
    let wanted = "a number with at most two digits behind its point";
    let min = at.limit(&file.min, "min", Limit::hundredths, wanted);
    let max = at.limit(&file.max, "max", Limit::hundredths, wanted);
    if at.is_crossed(min.as_ref(), max.as_ref()) {
        return None;
    }
    Some(Box::new(Decimal { min, max, bins: Bins::of_hundredths(min, max) }))
}

/// As readers of the language write it: with a comma, in English with a point.
fn written(number: Hundredths, lang: Lang) -> String {
    let text = number.to_string();
    if lang == Lang::EN { text } else { text.replace('.', ",") }
}

impl Kind for Decimal {
    fn value_type(&self) -> Option<Type> {
        Some(Type::Number)
    }

    fn read(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>) -> Result<Option<Answer>, Reason> {
        let Some(text) = single(raw)? else { return Ok(None) };
        let number = Hundredths::read(text)?;
        if self.min.is_some_and(|min| number < min) || self.max.is_some_and(|max| number > max) {
            let [min, max] = [self.min, self.max].map(|bound| bound.map(Bound::Decimal));
            return Err(Reason::OutOfRange { min, max });
        }
        Ok(Some(Answer::Decimal(number)))
    }

    fn value<'a>(&'a self, answer: &'a Answer) -> Value<'a> {
        match answer {
            Answer::Decimal(number) => Value::Number(number.number()),
            _ => Value::Empty,
        }
    }

    fn store(&self, code: &str, answer: &Answer, out: &mut Document) {
        match answer {
            Answer::Decimal(number) => out.text(code, &number.to_string()),
            _ => out.null(code),
        }
    }

    fn measure(&self) -> Measure {
        Measure::Number(self.bins.clone())
    }

    fn tally(&self, answer: &Answer, cells: &mut [i64]) {
        if let Answer::Decimal(number) = answer {
            self.bins.count(number.get(), cells);
        }
    }

    fn columns(&self, code: &str, _: ExportStyle) -> Vec<String> {
        vec![code.to_owned()]
    }

    fn contents(&self, _: ExportStyle) -> Vec<Content> {
        vec![Content::Decimal]
    }

    fn export(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>, style: ExportStyle, row: &mut dyn Row) {
        let stored = single(raw).ok().flatten().unwrap_or_default();
        if style.comma { row.cell(&stored.replace('.', ",")) } else { row.cell(stored) }
    }

    fn view(&self, field: &Field<'_>) -> Result<String, askama::Error> {
        let typed = field.typed();
        let value = Hundredths::read(typed.trim()).map_or_else(|_| typed.to_owned(), |n| written(n, field.lang));
        // the number pad of many phones has no minus
        let signed = self.min.is_some_and(|min| min < Hundredths::new(0));
        View { field, value, signed }.render()
    }

    fn on_paper(&self) -> OnPaper {
        OnPaper::Number { min: self.min.map(|min| min.to_string()), max: self.max.map(|max| max.to_string()) }
    }

    fn imagine(&self, dice: &mut Dice) -> Imagined {
        if dice.chance(7) {
            return Imagined::Skip;
        }
        let min = self.min.map_or(0, Hundredths::get);
        let max = self.max.map_or(min + 50 * Hundredths::SCALE, Hundredths::get);
        let (tenth, steps) = (Hundredths::SCALE / 10, (max - min) / (Hundredths::SCALE / 10));
        Imagined::One(Hundredths::new(min + tenth * dice.small(steps + 1)).to_string())
    }
}

#[derive(Template)]
#[template(path = "survey/question/decimal.html")]
struct View<'a> {
    field: &'a Field<'a>,
    value: String,
    signed: bool,
}

#[cfg(test)]
mod tests {
    use super::super::tests::{asked, stored, violations};
    use super::*;

    const HEIGHT: &str = r#"{"code": "A", "kind": "decimal", "label": {"vi": "?"}, "min": 0.5, "max": 2.2}"#;

    #[test]
    fn it_is_stored_with_a_point_however_it_was_typed() {
        for typed in [r#""1,65""#, r#""1.65""#, "1.65", r#"" 1,650 ""#] {
            let read = stored(HEIGHT, &format!(r#"{{"A": {typed}}}"#));
            let two = typed.contains("1,650");
            assert_eq!(read.ok(), (!two).then(|| r#"{"A":"1.65"}"#.to_owned()), "{typed}");
        }
        let [min, max] = [50, 220].map(|bound| Some(Bound::Decimal(Hundredths::new(bound))));
        assert_eq!(violations(HEIGHT, r#"{"A": "165"}"#), [Reason::OutOfRange { min, max }]);
    }

    #[test]
    fn sums_are_exact_and_bins_have_round_edges() {
        let questionnaire = asked(r#"{"code": "A", "kind": "decimal", "label": {"vi": "?"}, "min": 0, "max": 10}"#);
        let kind = &questionnaire.questions[0].kind;
        let Measure::Number(bins) = kind.measure() else { panic!("not a number") };
        assert_eq!((bins.len(), &*bins.labels()[0], &*bins.labels()[10]), (11, "0..0.99", "10"));
        let mut cells = vec![0; 1 + bins.len()];
        for _ in 0..10 {
            kind.tally(&kind.read(&Raw::One("0,1".into()), None).unwrap().unwrap(), &mut cells);
        }
        assert_eq!(cells[..3], [100, 10, 0]);
    }
}
