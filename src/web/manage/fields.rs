//! A form whose fields may come several times: each ticked box of a list sends the same name.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::vietnamese;
use crate::web::error::Failure;
use crate::web::session::Officer;

/// The fields as they were sent.
#[derive(Debug, Clone, Default)]
pub(in crate::web) struct Fields(Vec<(String, String)>);

/// More pupils than any school has.
const MOST_PUPILS: i64 = 100_000;

impl Fields {
    /// The fields of a form that comes from a page of this officer's session.
    pub(in crate::web) fn sent(officer: &Officer, body: &[u8]) -> Result<Self, Failure> {
        let fields = Self::read(body);
        officer.check_csrf(fields.one("_csrf"))?;
        Ok(fields)
    }

    /// Whether nothing was sent: the form is shown for the first time.
    pub(in crate::web) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the box that confirms was ticked.
    pub(in crate::web) fn is_sure(&self) -> bool {
        self.one("sure") == "1"
    }

    /// Reads a form's body; text is put into the composed form.
    pub(in crate::web) fn read(body: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(body);
        Self(pairs.map(|(name, value)| (name.into_owned(), vietnamese::nfc(value.trim()))).collect())
    }

    /// The first value of this name; empty when there is none.
    pub(in crate::web) fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// All values of this name.
    pub(in crate::web) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Those of these names.
    pub(super) fn only(&self, is_wanted: impl Fn(&str) -> bool) -> Self {
        Self(self.0.iter().filter(|(name, _)| is_wanted(name)).cloned().collect())
    }

    /// The same with these values instead of what was sent under this name.
    pub(super) fn with(&self, name: &str, values: impl IntoIterator<Item = String>) -> Self {
        let Self(mut pairs) = self.only(|known| known != name);
        pairs.extend(values.into_iter().map(|value| (name.to_owned(), value)));
        Self(pairs)
    }

    /// Everything that was sent.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether this value was ticked.
    pub(in crate::web) fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|sent| sent == value)
    }

    /// The number of a row, as a hidden field holds it.
    pub(in crate::web) fn number(&self, name: &str) -> Option<i64> {
        self.one(name).parse().ok()
    }

    /// The day in this field; none where it is empty.
    ///
    /// # Errors
    /// It is no day.
    pub(in crate::web) fn day(&self, name: &str) -> Result<Option<NaiveDate>, ()> {
        match self.one(name) {
            "" => Ok(None),
            typed => typed.parse().ok().filter(is_sensible).map(Some).ok_or(()),
        }
    }

    /// The moment in the fields `day` and `time`, on a clock in Việt Nam; returned as UTC. Or the name of the field that
    /// does not read.
    pub(in crate::web) fn moment(&self) -> Result<NaiveDateTime, &'static str> {
        let day: NaiveDate = self.one("day").parse().map_err(|_| "day")?;
        let time = self.one("time");
        let time = NaiveTime::parse_from_str(time, "%H:%M")
            .or_else(|_| NaiveTime::parse_from_str(time, "%H:%M:%S"))
            .map_err(|_| "time")?;
        if is_sensible(&day) { Ok(vietnamese::utc(day.and_time(time))) } else { Err("day") }
    }
}

/// What a date field cannot hold was typed by hand, and wrongly.
fn is_sensible(day: &NaiveDate) -> bool {
    (2000..2200).contains(&chrono::Datelike::year(day))
}

/// A number of pupils as people write it: `1200`, or in groups of three as `1.200`, `1 200` or `1,200`.
pub(in crate::web) fn pupils(text: &str) -> Option<i64> {
    let groups: Vec<&str> = text.split(['.', ',', ' ', '\u{a0}', '\u{202f}']).collect();
    let (first, others) = groups.split_first()?;
    let is_grouped = others.is_empty() || ((1..=3).contains(&first.len()) && others.iter().all(|g| g.len() == 3));
    let digits = groups.concat();
    let is_plain = digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|n| is_grouped && is_plain && (0..=MOST_PUPILS).contains(n))
}

/// What a date field shows.
pub(in crate::web) fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// What a date field and a time field show for a moment.
pub(in crate::web) fn day_and_time(utc: NaiveDateTime) -> (String, String) {
    let local = vietnamese::local(utc);
    (local.format("%Y-%m-%d").to_string(), local.format("%H:%M").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticked_boxes_of_one_name_come_together() {
        let fields = Fields::read("unit=A&title=+Ti%E1%BB%83u+h%E1%BB%8Dc+&unit=B".as_bytes());
        assert_eq!(fields.all("unit").collect::<Vec<_>>(), ["A", "B"]);
        assert_eq!((fields.one("title"), fields.one("missing")), ("Tiểu học", ""));
        assert!(fields.has("unit", "B") && !fields.has("unit", "C"));
    }

    #[test]
    fn a_moment_is_read_on_a_clock_in_viet_nam() {
        let moment = |day: &str, time: &str| Fields::read(format!("day={day}&time={time}").as_bytes()).moment();
        let at = moment("2026-05-07", "22:00").unwrap();
        assert_eq!(at.to_string(), "2026-05-07 15:00:00");
        assert_eq!(day_and_time(at), ("2026-05-07".to_owned(), "22:00".to_owned()));
        assert_eq!((moment("07/5/2026", "22:00"), moment("9999-01-01", "10:00")), (Err("day"), Err("day")));
        assert_eq!((moment("", ""), moment("2026-05-07", "")), (Err("day"), Err("time")));
    }

    #[test]
    fn pupils_are_read_with_and_without_groups_of_three() {
        for text in ["1200", "1.200", "1 200", "1,200", "1\u{a0}200"] {
            assert_eq!(pupils(text), Some(1200), "{text}");
        }
        assert_eq!((pupils("0"), pupils("100.000")), (Some(0), Some(100_000)));
        for text in ["", "-5", "1.5", "12.00", ".200", "1.200.", "100.001", "nhiều", "1200 em", "٣٠"] {
            assert_eq!(pupils(text), None, "{text}");
        }
    }
}
