//! `time`: a time of day, 24 hours, to the minute. Stored as `07:30`.

use askama::Template;
use chrono::{NaiveTime, Timelike};

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
use crate::vietnamese::fold;

pub(super) const READS: &[&str] = &["min", "max"];

#[derive(Debug)]
struct Clock {
    min: Option<NaiveTime>,
    max: Option<NaiveTime>,
}

pub(super) fn build(file: &QuestionFile, _: &Scales, at: &mut Finder<'_>) -> Option<Box<dyn Kind>> {
    let time = |limit: &Limit| limit.moment().and_then(|text| time(text).ok());
    let wanted = "a time in quotes such as \"07:30\"";
    let min = at.limit(&file.min, "min", time, wanted);
    let max = at.limit(&file.max, "max", time, wanted);
    if at.is_crossed(min.as_ref(), max.as_ref()) {
        return None;
    }
    Some(Box::new(Clock { min, max }))
}

/// Reads `7:30`, `7h30`, `7g30`, `7 giờ 30 phút`, `7 giờ rưỡi`, `7h` and `07.30`; seconds that a browser adds are left out.
/// What two people would read differently is no time: `7.5` may be half past seven, and `7` an hour or a half-typed number.
fn time(text: &str) -> Result<NaiveTime, Reason> {
    let text = fold(text);
    let read = || {
        let (hour, rest) = number(text.trim_end())?;
        let minute = match (rest.strip_prefix(':'), rest.strip_prefix('.')) {
            (Some(rest), _) => after_colon(rest),
            (_, Some(rest)) => after_point(rest),
            _ => after_word(rest),
        };
        NaiveTime::from_hms_opt(hour, minute?, 0)
    };
    read().ok_or(Reason::NotATime)
}

/// One or two digits, and what follows them.
fn number(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let number = digits.parse().ok().filter(|_| digits.len() <= 2)?;
    Some((number, rest.trim_start()))
}

/// Minutes, and perhaps the seconds and their fraction that browsers write.
fn after_colon(text: &str) -> Option<u32> {
    let (minute, rest) = number(text)?;
    if rest.is_empty() {
        return Some(minute);
    }
    let (second, fraction) = number(rest.strip_prefix(':')?)?;
    let is_fraction = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let ends_well = fraction.is_empty() || fraction.strip_prefix('.').is_some_and(is_fraction);
    (second < 60 && ends_well).then_some(minute)
}

/// Two digits: with one it could be a decimal.
fn after_point(text: &str) -> Option<u32> {
    let is_whole = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| is_whole)
}

/// The word for hours in full or by its letter (`g` in schoolbooks, `h` elsewhere), and the minutes if there are any.
fn after_word(text: &str) -> Option<u32> {
    let rest = ["gio", "g", "h"].iter().find_map(|hours| text.strip_prefix(hours))?.trim_start();
    match rest {
        "" => return Some(0),
        "ruoi" => return Some(30),
        _ => {}
    }
    let (minute, unit) = number(rest)?;
    ["", "phut", "ph", "p", "'", "’", "′"].contains(&unit).then_some(minute)
}

fn iso(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

impl Kind for Clock {
    fn value_type(&self) -> Option<Type> {
        Some(Type::Time)
    }

    fn read(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>) -> Result<Option<Answer>, Reason> {
        let Some(text) = single(raw)? else { return Ok(None) };
        let time = time(text)?;
        if self.min.is_some_and(|min| time < min) || self.max.is_some_and(|max| time > max) {
            let [min, max] = [self.min, self.max].map(|bound| bound.map(Bound::Time));
            return Err(Reason::OutOfRange { min, max });
        }
        Ok(Some(Answer::Time(time)))
    }

    fn value<'a>(&'a self, answer: &'a Answer) -> Value<'a> {
        match answer {
            Answer::Time(time) => Value::Text(iso(*time).into()),
            _ => Value::Empty,
        }
    }

    fn store(&self, code: &str, answer: &Answer, out: &mut Document) {
        match answer {
            Answer::Time(time) => out.text(code, &iso(*time)),
            _ => out.null(code),
        }
    }

    /// By the hour.
    fn measure(&self) -> Measure {
        let (first, last) = self.hours();
        Measure::Class { codes: (first..=last).map(|hour| format!("{hour:02}")).collect() }
    }

    fn tally(&self, answer: &Answer, cells: &mut [i64]) {
        let Answer::Time(time) = answer else { return };
        let at = time.hour().checked_sub(self.hours().0).and_then(|at| usize::try_from(at).ok());
        if let Some(cell) = at.and_then(|at| cells.get_mut(at)) {
            *cell += 1;
        }
    }

    fn columns(&self, code: &str, _: ExportStyle) -> Vec<String> {
        vec![code.to_owned()]
    }

    fn contents(&self, _: ExportStyle) -> Vec<Content> {
        vec![Content::Time]
    }

    fn export(&self, raw: &Raw<'_>, _: Option<&Raw<'_>>, _: ExportStyle, row: &mut dyn Row) {
        row.cell(single(raw).ok().flatten().unwrap_or_default());
    }

    fn view(&self, field: &Field<'_>) -> Result<String, askama::Error> {
        let shown = field.typed().trim();
        let read = if shown.is_empty() { None } else { Some(time(shown)) };
        let value = match &read {
            Some(Ok(time)) => iso(*time),
            _ => shown.to_owned(),
        };
        let [min, max] = [self.min, self.max].map(|bound| bound.map(iso));
        // as for dates: what is to be put right stays as it was typed
        View { field, native: !matches!(read, Some(Err(_))), value, min, max }.render()
    }

    fn on_paper(&self) -> OnPaper {
        OnPaper::Time
    }

    fn imagine(&self, dice: &mut Dice) -> Imagined {
        if dice.chance(8) {
            return Imagined::Skip;
        }
        let minutes = |time: NaiveTime| i64::from(time.hour() * 60 + time.minute());
        let (first, last) = (self.min.map_or(6 * 60, minutes), self.max.map_or(22 * 60, minutes));
        let at = first + dice.small((last - first).max(0) + 1);
        Imagined::One(format!("{:02}:{:02}", at / 60, at % 60))
    }
}

impl Clock {
    /// The first and the last hour that an answer can have.
    fn hours(&self) -> (u32, u32) {
        (self.min.map_or(0, |min| min.hour()), self.max.map_or(23, |max| max.hour()))
    }
}

#[derive(Template)]
#[template(path = "survey/question/time.html")]
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

    const TIME: &str = r#"{"code": "A", "kind": "time", "label": {"vi": "?"}, "min": "06:00", "max": "18:30"}"#;

    #[test]
    fn times_are_read_as_people_write_them() {
        for (typed, read) in [
            ("07:05 7:05 7h05 7:5 7H5 7g05 7G5 07.05 7.05 07:05:00 07:05:59.999 7h05' 7h5p 7g05ph", "07:05"),
            ("16h 16g 16:00 16.00 16h00", "16:00"),
        ] {
            for typed in typed.split(' ') {
                assert_eq!(
                    stored(TIME, &format!(r#"{{"A": "{typed}"}}"#)).unwrap(),
                    format!(r#"{{"A":"{read}"}}"#),
                    "{typed}"
                );
            }
        }
        for (typed, read) in [
            ("9 giờ 30", "09:30"),
            ("9 gio\u{31b}\u{300} 30 phút", "09:30"),
            ("9 GIỜ RƯỠI", "09:30"),
            ("9 gio 30", "09:30"),
            ("9 g 30", "09:30"),
            ("9 giờ", "09:00"),
            (" 9 : 30 ", "09:30"),
        ] {
            assert_eq!(
                stored(TIME, &format!(r#"{{"A": "{typed}"}}"#)).unwrap(),
                format!(r#"{{"A":"{read}"}}"#),
                "{typed}"
            );
        }
        for wrong in [
            "24:00",
            "7:60",
            "7",
            "sáng",
            "7:30 PM",
            "7:",
            ":30",
            "-7:30",
            "7:30:61",
            "٧:٣٠",
            "9.5",
            "9,30",
            "9.300",
            "930",
            "9 30",
            "9g30g",
            "9h30m",
            "9 giờ kém 5",
            "109h",
            "9..30",
            "9.30.15",
            "9:30:5.",
        ] {
            assert_eq!(violations(TIME, &format!(r#"{{"A": "{wrong}"}}"#)), [Reason::NotATime], "{wrong}");
        }
        let late = violations(TIME, r#"{"A": "18:31"}"#).remove(0);
        assert!(matches!(late, Reason::OutOfRange { max: Some(Bound::Time(_)), .. }));
    }

    #[test]
    fn they_are_counted_by_the_hour() {
        let questionnaire = asked(TIME);
        let kind = &questionnaire.questions[0].kind;
        let Measure::Class { codes } = kind.measure() else { panic!("no classes") };
        assert_eq!((codes.len(), codes[0].as_str(), codes[12].as_str()), (13, "06", "18"));
        let mut cells = vec![0; 13];
        kind.tally(&Answer::Time(time("7h59").unwrap()), &mut cells);
        assert_eq!((cells[1], cells.iter().sum::<i64>()), (1, 1));
    }

    proptest! {
        #[test]
        fn every_minute_reads_back(hour in 0u32..24, minute in 0u32..60) {
            let at = NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
            prop_assert_eq!(time(&iso(at)), Ok(at));
        }

        #[test]
        fn nothing_typed_makes_it_stumble(text in "[0-9:hHg.' giờphútrưỡi]{0,12}|\\PC{0,12}") {
            let _ = time(&text);
        }
    }
}
