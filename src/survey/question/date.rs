//! `date`: a day. Stored as ISO 8601 has it (`2026-09-05`), typed in any of the ways people write days here.

use askama::Template;
use chrono::{Datelike, NaiveDate, TimeDelta};

use super::super::answer::Answer;
use super::super::expression::{Type, Value};
use super::super::questionnaire::file::QuestionFile;
use super::super::questionnaire::limit::Limit;
use super::super::questionnaire::mistake::Finder;
use super::super::questionnaire::scale::Scales;
use super::super::raw::Raw;
use super::super::submission::Document;
use super::super::violation::{Bound, Reason};
use super::{Content, Dice, ExportStyle, Field, Imagined, Kind, Measure, OnPaper, Row, single};
use crate::survey::text::Lang;

pub(super) const READS: &[&str] = &["min", "max"];

/// The years in which anything that a survey asks about can lie.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;
/// Up to so many months are counted one by one; a longer time, or one without ends, is only counted as answered.
const MOST_MONTHS: i32 = 36;

#[derive(Debug)]
struct Day {
    min: Option<NaiveDate>,
    max: Option<NaiveDate>,
}

pub(super) fn build(file: &QuestionFile, _: &Scales, at: &mut Finder<'_>) -> Option<Box<dyn Kind>> {
    let iso = |limit: &Limit| limit.moment().and_then(|text| iso(text)?.ok());
    let wanted = "a date in quotes such as \"2026-09-05\"";
    let min = at.limit(&file.min, "min", iso, wanted);
    let max = at.limit(&file.max, "max", iso, wanted);
    if at.is_crossed(min.as_ref(), max.as_ref()) {
        return None;
    }
    Some(Box::new(Day { min, max }))
}

/// Year, month and day, with `-` between them; none when it does not look like this.
fn iso(text: &str) -> Option<Result<NaiveDate, Reason>> {
    let parts: Vec<&str> = text.split('-').collect();
    let &[year, month, day] = parts.as_slice() else { return None };
    (year.len() == 4).then(|| from_parts(day, month, year))
}

/// Day, month and year, with `/`, `-` or `.` between them.
fn typed(text: &str) -> Result<NaiveDate, Reason> {
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    match parts.as_slice() {
        &[day, month, year] if year.len() == 4 => from_parts(day, month, year),
        _ => Err(Reason::NotADate),
    }
}

fn from_parts(day: &str, month: &str, year: &str) -> Result<NaiveDate, Reason> {
    let number = |digits: &str, most: usize| {
        let fine = (1..=most).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        fine.then(|| digits.parse::<u32>().ok()).flatten().ok_or(Reason::NotADate)
    };
    let (day, month) = (number(day, 2)?, number(month, 2)?);
    let year = i32::try_from(number(year, 4)?).map_err(|_| Reason::NotADate)?;
    let date = NaiveDate::from_ymd_opt(year, month, day).filter(|_| YEARS.contains(&year));
    date.ok_or(Reason::NoSuchDay)
}

/// Months since the year 0.
fn month(date: NaiveDate) -> i32 {
    date.year() * 12 + date.month0().cast_signed()
}

impl Kind for Day {
    fn value_type(&self) -> Option<Type> {
        Some(Type::Date)
    }

    fn read(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>) -> Result<Option<Answer>, Reason> {
        let Some(text) = single(raw)? else { return Ok(None) };
        let date = iso(text).unwrap_or_else(|| typed(text))?;
        if self.min.is_some_and(|min| date < min) || self.max.is_some_and(|max| date > max) {
            let [min, max] = [self.min, self.max].map(|bound| bound.map(Bound::Date));
            return Err(Reason::OutOfRange { min, max });
        }
        Ok(Some(Answer::Date(date)))
    }

    fn value<'a>(&'a self, answer: &'a Answer) -> Value<'a> {
        match answer {
            Answer::Date(date) => Value::Text(date.to_string().into()),
            _ => Value::Empty,
        }
    }

    fn store(&self, code: &str, answer: &Answer, out: &mut Document) {
        match answer {
            Answer::Date(date) => out.text(code, &date.to_string()),
            _ => out.null(code),
        }
    }

    fn measure(&self) -> Measure {
        let Some((first, count)) = self.months() else { return Measure::Counted };
        let name = |month: i32| format!("{}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1);
        Measure::Class { codes: (first..first + count).map(name).collect() }
    }

    fn tally(&self, answer: &Answer, cells: &mut [i64]) {
        let (Answer::Date(date), Some((first, _))) = (answer, self.months()) else { return };
        if let Some(cell) = usize::try_from(month(*date) - first).ok().and_then(|at| cells.get_mut(at)) {
            *cell += 1;
        }
    }

    fn columns(&self, code: &str, _: ExportStyle) -> Vec<String> {
        vec![code.to_owned()]
    }

    fn contents(&self, _: ExportStyle) -> Vec<Content> {
        vec![Content::Date]
    }

    fn export(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>, _: ExportStyle, row: &mut dyn Row) {
        row.cell(single(raw).ok().flatten().unwrap_or_default());
    }

    fn shown(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>, _: Lang) -> Vec<String> {
        let Some(text) = single(raw).ok().flatten() else { return Vec::new() };
        let read = iso(text).unwrap_or_else(|| typed(text));
        vec![read.map_or_else(|_| text.to_owned(), crate::vietnamese::date)]
    }

    fn view(&self, field: &Field<'_>) -> Result<String, askama::Error> {
        let shown = field.typed().trim();
        let read = if shown.is_empty() { None } else { Some(iso(shown).unwrap_or_else(|| typed(shown))) };
        // a browser's own field shows no nonsense: what is to be put right stays as it was typed, in a plain one
        let value = match &read {
            Some(Ok(date)) => date.to_string(),
            _ => shown.to_owned(),
        };
        let [min, max] = [self.min, self.max].map(|bound| bound.map(|date| date.to_string()));
        View { field, native: !matches!(read, Some(Err(_))), value, min, max }.render()
    }

    fn on_paper(&self) -> OnPaper {
        OnPaper::Date
    }

    fn imagine(&self, dice: &mut Dice) -> Imagined {
        if dice.chance(8) {
            return Imagined::Skip;
        }
        let first = self.min.or(self.max.map(|max| max - TimeDelta::days(200)));
        let first = first.or_else(|| NaiveDate::from_ymd_opt(2026, 9, 1)).unwrap_or_default();
        let days = self.max.map_or(100, |max| (max - first).num_days().min(4000));
        Imagined::One((first + TimeDelta::days(dice.small(days + 1))).to_string())
    }
}

impl Day {
    /// The first month and how many there are, where they are counted one by one.
    fn months(&self) -> Option<(i32, i32)> {
        let (first, last) = (month(self.min?), month(self.max?));
        Some((first, last - first + 1)).filter(|(_, count)| *count <= MOST_MONTHS)
    }
}

#[derive(Template)]
#[template(path = "survey/question/date.html")]
struct View<'a> {
    field: &'a Field<'a>,
    native: bool,
    value: String,
    min: Option<String>,
    max: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::super::tests::{asked, stored, violations};
    use super::*;
    use proptest::prelude::*;

    const DAY: &str =
        r#"{"code": "A", "kind": "date", "label": {"vi": "?"}, "min": "2026-09-01", "max": "2027-05-31"}"#;

    #[test]
    fn days_are_read_as_people_write_them_and_stored_as_programs_do() {
        for typed in ["2026-09-05", "05/09/2026", "5/9/2026", "5-9-2026", "05.9.2026", " 5 / 9 / 2026 "] {
            assert_eq!(stored(DAY, &format!(r#"{{"A": "{typed}"}}"#)).unwrap(), r#"{"A":"2026-09-05"}"#, "{typed}");
        }
    }

    #[test]
    fn days_that_no_calendar_has_and_days_outside_the_bounds_are_told_apart() {
        let why = |typed: &str| violations(DAY, &format!(r#"{{"A": "{typed}"}}"#)).remove(0);
        for none in ["31/2/2027", "29/02/2027", "12/31/2026", "2026-13-01", "0/9/2026", "1/1/0026"] {
            assert_eq!(why(none), Reason::NoSuchDay, "{none}");
        }
        for wrong in ["hôm qua", "5/9", "5/9/26", "2026", "9/2026", "+5/9/2026", "5/9/2026 7:00"] {
            assert_eq!(why(wrong), Reason::NotADate, "{wrong}");
        }
        assert!(matches!(why("31/8/2026"), Reason::OutOfRange { min: Some(Bound::Date(_)), .. }));
    }

    #[test]
    fn a_school_year_is_counted_by_month() {
        let questionnaire = asked(DAY);
        let kind = &questionnaire.questions[0].kind;
        let Measure::Class { codes } = kind.measure() else { panic!("no classes") };
        assert_eq!((codes.len(), codes[0].as_str(), codes[4].as_str()), (9, "2026-09", "2027-01"));
        let mut cells = vec![0; 9];
        kind.tally(&Answer::Date(NaiveDate::from_ymd_opt(2027, 1, 31).unwrap()), &mut cells);
        assert_eq!(cells, [0, 0, 0, 0, 1, 0, 0, 0, 0]);
        assert_eq!(Day { min: None, max: None }.measure(), Measure::Counted);
    }

    proptest! {
        #[test]
        fn every_day_reads_back_from_iso_and_from_the_way_offices_write_it(days in 0i64..73_000) {
            let date = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + TimeDelta::days(days);
            let kind = Day { min: None, max: None };
            for text in [date.to_string(), crate::vietnamese::date(date)] {
                prop_assert_eq!(kind.read(&Raw::One(text.into()), None), Ok(Some(Answer::Date(date))));
            }
        }

        #[test]
        fn nothing_typed_makes_it_stumble(text in "[-0-9/. ]{0,14}|\\PC{0,12}") {
            let _ = Day { min: None, max: None }.read(&Raw::One(text.into()), None);
        }
    }
}
