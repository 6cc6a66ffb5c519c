//! `integer`: a whole number, typed.

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
use super::{Bins, Content, Dice, ExportStyle, Field, Imagined, Kind, Measure, OnPaper, Row, single};

pub(super) const READS: &[&str] = &["min", "max"];

#[derive(Debug)]
struct Integer {
    min: Option<i64>,
    max: Option<i64>,
    bins: Bins,
}

pub(super) fn build(file: &QuestionFile, _: &Scales, at: &mut Finder<'_>) -> Option<Box<dyn Kind>> {
    let min = at.limit(&file.min, "min", Limit::whole, "a whole number");
    let max = at.limit(&file.max, "max", Limit::whole, "a whole number");
    if at.is_crossed(min.as_ref(), max.as_ref()) {
        return None;
    }
    Some(Box::new(Integer { min, max, bins: Bins::new(min, max, 1) }))
}

/// Larger numbers are typing mistakes, and sums of smaller ones cannot overflow.
const MOST: i64 = 1_000_000_000_000;

/// Reads a whole number: digits, a sign, and the points or spaces that people put between thousands.
pub(super) fn whole(text: &str) -> Result<i64, Reason> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let groups: Vec<&str> = digits.split(['.', ' ', '\u{a0}']).collect();
    let grouped = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    let joined: String = groups.concat();
    if !grouped || joined.is_empty() || !joined.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Reason::NotANumber);
    }
    let too_large = || Reason::OutOfRange { min: None, max: Some(Bound::Whole(MOST)) };
    let number: i64 = joined.parse().map_err(|_| too_large())?;
    if number > MOST {
        return Err(too_large());
    }
    Ok(if text.starts_with('-') { -number } else { number })
}

/// Refuses what lies outside the bounds.
pub(super) fn within(number: i64, min: Option<i64>, max: Option<i64>) -> Result<(), Reason> {
    if min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max) {
        let [min, max] = [min, max].map(|bound| bound.map(Bound::Whole));
        return Err(Reason::OutOfRange { min, max });
    }
    Ok(())
}

/// Counts a number: the sum first, then its bin.
pub(super) fn tally_number(bins: &Bins, answer: &Answer, cells: &mut [i64]) {
    if let Answer::Number(number) = answer {
        bins.count(*number, cells);
    }
}

/// Numbers need no finding out in expressions: their doubles are exact up to [`MOST`].
pub(super) fn value_of(answer: &Answer) -> Value<'_> {
    match answer {
        #[expect(clippy::cast_precision_loss, reason = "MOST is far below 2^53")]
        Answer::Number(number) => Value::Number(*number as f64),
        _ => Value::Empty,
    }
}

/// Stores the number as a text, canonical.
pub(super) fn store_number(code: &str, answer: &Answer, out: &mut Document) {
    match answer {
        Answer::Number(number) => out.text(code, &number.to_string()),
        _ => out.null(code),
    }
}

impl Kind for Integer {
    fn value_type(&self) -> Option<Type> {
        Some(Type::Number)
    }

    fn read(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>) -> Result<Option<Answer>, Reason> {
        let Some(text) = single(raw)? else { return Ok(None) };
        let number = whole(text)?;
        within(number, self.min, self.max)?;
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
        // the number pad of many phones has no minus
        let signed = self.min.is_some_and(|min| min < 0);
        View { field, letters: self.letters(), signed }.render()
    }

    fn on_paper(&self) -> OnPaper {
        OnPaper::Number { min: self.min.map(|min| min.to_string()), max: self.max.map(|max| max.to_string()) }
    }

    fn imagine(&self, dice: &mut Dice) -> Imagined {
        if dice.chance(7) {
            return Imagined::Skip;
        }
        let (min, max) = (self.min.unwrap_or(0), self.max.unwrap_or(100));
        Imagined::One((min + dice.small((max - min).min(120) + 1)).to_string())
    }
}

impl Integer {
    /// How many letters the box needs.
    fn letters(&self) -> usize {
        let bounds = [self.min.unwrap_or(-MOST), self.max.unwrap_or(MOST)];
        bounds.iter().map(|bound| bound.to_string().len()).max().unwrap_or(1) + 2
    }
}

#[derive(Template)]
#[template(path = "survey/question/integer.html")]
struct View<'a> {
    field: &'a Field<'a>,
    letters: usize,
    signed: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_may_be_written_with_points() {
        assert_eq!(whole("1.200"), Ok(1200));
        assert_eq!(whole("-7"), Ok(-7));
        for wrong in ["", "-", "1.5", "1,5", "12a", "1e3", ".5", "--1"] {
            assert_eq!(whole(wrong), Err(Reason::NotANumber), "{wrong}");
        }
        assert!(whole("99999999999999999999").is_err());
    }
}
