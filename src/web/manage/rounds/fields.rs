//! A form whose fields may come several times: each ticked box of a list sends the same name.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::vietnamese;

/// The fields as they were sent.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads a form's body; text is put into the composed form.
    pub(super) fn read(body: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(body);
        Self(pairs.map(|(name, value)| (name.into_owned(), vietnamese::nfc(value.trim()))).collect())
    }

    /// The first value of this name; empty when there is none.
    pub(super) fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// All values of this name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether this value was ticked.
    pub(super) fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|sent| sent == value)
    }

    /// A number.
    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.one(name).parse().ok()
    }

    /// The moment in the fields `day` and `time`, on a clock in Việt Nam; returned as UTC.
    pub(super) fn moment(&self) -> Option<NaiveDateTime> {
        moment(self.one("day"), self.one("time"))
    }
}

fn moment(day: &str, time: &str) -> Option<NaiveDateTime> {
    let day: NaiveDate = day.parse().ok()?;
    let time =
        NaiveTime::parse_from_str(time, "%H:%M").or_else(|_| NaiveTime::parse_from_str(time, "%H:%M:%S")).ok()?;
    // what a date field cannot hold was typed by hand, and wrongly
    let is_sensible = (2000..2200).contains(&chrono::Datelike::year(&day));
    is_sensible.then(|| vietnamese::utc(day.and_time(time)))
}

/// What a date field and a time field show for a moment.
pub(super) fn day_and_time(utc: NaiveDateTime) -> (String, String) {
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
        let at = moment("2026-05-07", "22:00").unwrap();
        assert_eq!(at.to_string(), "2026-05-07 15:00:00");
        assert_eq!(day_and_time(at), ("2026-05-07".to_owned(), "22:00".to_owned()));
        assert_eq!(
            (moment("07/5/2026", "22:00"), moment("2026-05-07", ""), moment("9999-01-01", "10:00")),
            (None, None, None)
        );
    }
}
