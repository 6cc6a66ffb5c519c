//! Dates and times of day as expressions see them: texts such as `2026-09-05`, `2026-09-05T08:15:30` and `08:15`.
//!
//! All of them are Việt Nam's local time, without an offset. Years go from 1000 to 9999, so that the browser, which reads
//! shorter years as the twentieth century, agrees.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

const EPOCH: NaiveDateTime = NaiveDateTime::new(
    match NaiveDate::from_ymd_opt(1970, 1, 1) {
        Some(date) => date,
        None => NaiveDate::MIN,
    },
    NaiveTime::MIN,
);
const SECONDS: f64 = 86_400.0;

/// A date, with a time of day where one is written.
pub(super) fn read(text: &str) -> Option<NaiveDateTime> {
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, read_time(time)?),
        None => (text, NaiveTime::MIN),
    };
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    if year < 1000 {
        return None;
    }
    Some(NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?.and_time(time))
}

/// A time of day, with seconds where they are written.
pub(super) fn read_time(text: &str) -> Option<NaiveTime> {
    let [hour, minute, second] = match text.len() {
        5 => numbers(text, ':', [2, 2]).map(|[hour, minute]| [hour, minute, 0])?,
        _ => numbers(text, ':', [2, 2, 2])?,
    };
    NaiveTime::from_hms_opt(hour, minute, second)
}

/// Whole numbers of so many digits each.
fn numbers<const N: usize>(text: &str, between: char, digits: [usize; N]) -> Option<[u32; N]> {
    let mut parts = text.split(between);
    let mut found = [0; N];
    for (number, digits) in found.iter_mut().zip(digits) {
        let part = parts.next().filter(|part| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))?;
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(found)
}

/// Days since 1970, the time of day as a fraction.
#[expect(clippy::cast_precision_loss, reason = "ten thousand years are few days")]
pub(super) fn days(moment: NaiveDateTime) -> f64 {
    (moment.date() - EPOCH.date()).num_days() as f64 + share_of_day(moment.time())
}

/// How much of the day is over.
pub(super) fn share_of_day(time: NaiveTime) -> f64 {
    f64::from(time.num_seconds_from_midnight()) / SECONDS
}

/// The date so many days after 1970, cut to a whole day.
#[expect(clippy::cast_possible_truncation, reason = "bounded before")]
pub(super) fn of_days(days: f64) -> Option<NaiveDateTime> {
    let day = days.floor();
    if !(-1e7..1e7).contains(&day) {
        return None;
    }
    EPOCH.checked_add_signed(TimeDelta::days(day as i64)).filter(|date| (1000..=9999).contains(&date.year()))
}

/// `2026-09-05`
pub(super) fn written(moment: NaiveDateTime) -> String {
    moment.format("%Y-%m-%d").to_string()
}

/// `2026-09-05T08:15:30`
pub(super) fn written_with_time(moment: NaiveDateTime) -> String {
    moment.format("%Y-%m-%dT%H:%M:%S").to_string()
}

/// The codes of `format-date`, XLSForm's without names of months and days, which would be English.
pub(super) const CODES: &str = "%Y %y %m %n %d %e %H %h %M %S";

/// The place, in characters from 0, of the first `%` that begins none of the codes.
pub(super) fn unknown_code(format: &str) -> Option<usize> {
    let mut letters = format.chars().enumerate();
    while let Some((at, letter)) = letters.next() {
        if letter == '%' && !letters.next().is_some_and(|(_, code)| "YymndeHhMS".contains(code)) {
            return Some(at);
        }
    }
    None
}

/// A moment as the format says.
pub(super) fn format(moment: NaiveDateTime, format: &str) -> String {
    let mut out = String::with_capacity(format.len() + 8);
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            out.push(letter);
            continue;
        }
        out.push_str(&match letters.next() {
            Some('Y') => format!("{:04}", moment.year()),
            Some('y') => format!("{:02}", moment.year() % 100),
            Some('m') => format!("{:02}", moment.month()),
            Some('n') => moment.month().to_string(),
            Some('d') => format!("{:02}", moment.day()),
            Some('e') => moment.day().to_string(),
            Some('H') => format!("{:02}", moment.hour()),
            Some('h') => moment.hour().to_string(),
            Some('M') => format!("{:02}", moment.minute()),
            Some('S') => format!("{:02}", moment.second()),
            // refused when the questionnaire was published
            Some(other) => format!("%{other}"),
            None => "%".to_owned(),
        });
    }
    out
}
