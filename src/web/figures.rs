//! Numbers and dates as the readers of a language write them. How, stands in its files of words.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use crate::analysis::Share;
use crate::vietnamese;
use crate::web::words::Words;

/// A label behind its code, `B2 · Nhà vệ sinh`. Codes that are words of the program's, like `khoi_lop`, say nothing to a reader and
/// are left out.
pub fn coded(code: &str, label: String) -> String {
    if code.starts_with(char::is_uppercase) { format!("{code} · {label}") } else { label }
}

impl Words {
    /// A whole number, grouped: `7.004`, in English `7,004`.
    pub fn number(&self, n: impl std::borrow::Borrow<i64>) -> String {
        vietnamese::count(*n.borrow()).replace('.', &self.say("number-group"))
    }

    /// An exact figure, as the analysis prints it (`-1234.50`), with this reader's signs: `−1.234,50`.
    pub fn decimal(&self, printed: impl AsRef<str>) -> String {
        let printed = printed.as_ref();
        let (sign, rest) = printed.strip_prefix('-').map_or(("", printed), |rest| ("\u{2212}", rest));
        let (whole, fraction) = rest.split_once('.').unwrap_or((rest, ""));
        let whole = whole.parse::<i64>().map_or_else(|_| whole.to_owned(), |whole| self.number(whole));
        let point = if fraction.is_empty() { String::new() } else { self.say("number-decimal") };
        format!("{sign}{whole}{point}{fraction}")
    }

    /// What a class of numbers is called, `1.5..18` for programs: `1,5–18`. Whatever is no such class stays as it is.
    pub fn range(&self, class: &str) -> String {
        let is_number = |end: &str| end.parse::<f64>().is_ok();
        match class.split_once("..").filter(|(from, to)| is_number(from) && is_number(to)) {
            Some((from, to)) => format!("{}–{}", self.decimal(from), self.decimal(to)),
            None => class.to_owned(),
        }
    }

    /// The same in per cent: `96,20 %`.
    pub fn per_cent(&self, printed: impl AsRef<str>) -> String {
        self.with("number-per-cent", "number", self.decimal(printed))
    }

    /// A share with its base: `61,2 %` and `4.203/6.870`.
    pub fn share(&self, share: &Share) -> (String, String) {
        let count = |n: u64| self.number(i64::try_from(n).unwrap_or(i64::MAX));
        (self.per_cent(&share.percent), format!("{}/{}", count(share.k), count(share.n)))
    }

    /// Tenths of a percent: `43,7 %`.
    pub fn percent(&self, tenths: i64) -> String {
        let (whole, tenth) = (self.number(tenths / 10), (tenths % 10).to_string());
        self.fill("number-percent", [("whole", whole), ("tenth", tenth)])
    }

    /// A time, in Việt Nam's time zone.
    pub fn moment(&self, utc: NaiveDateTime) -> String {
        self.fill("date-moment", date(utc))
    }

    /// A day in Việt Nam's time zone, in figures or with a short name of the month.
    pub fn day(&self, utc: NaiveDateTime) -> String {
        self.fill("date-day", date(utc))
    }

    /// A day of the calendar, written like [`Self::day`].
    pub fn date(&self, day: NaiveDate) -> String {
        self.day(vietnamese::utc(day.and_time(NaiveTime::MIN)))
    }
}

/// What a date can be written with: `$official` is the day as Vietnamese official writing has it, `$month` is `m1` to `m12`,
/// because Fluent selects by names.
fn date(utc: NaiveDateTime) -> [(&'static str, String); 6] {
    let local = vietnamese::local(utc);
    [
        ("official", vietnamese::date(local.date())),
        ("day", local.day().to_string()),
        ("month", format!("m{}", local.month())),
        ("year", local.year().to_string()),
        ("hour", format!("{:02}", local.hour())),
        ("minute", format!("{:02}", local.minute())),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::text::Lang;

    #[test]
    fn numbers_are_grouped_as_readers_of_the_language_expect() {
        assert_eq!(Words::VI.number(35_128), "35.128");
        assert_eq!(Words(Lang::EN).number(35_128), "35,128");
        assert_eq!(Words(Lang::EN).count("rounds-schools", 1_200), "1,200 schools");
    }

    #[test]
    fn a_class_of_numbers_is_a_range_and_a_name_stays_one() {
        let said = ["1..18", "1.5..2000", "-5..-1", "18", "a..b", "lop_1"].map(|class| Words::VI.range(class));
        assert_eq!(said, ["1–18", "1,5–2.000", "\u{2212}5–\u{2212}1", "18", "a..b", "lop_1"]);
    }

    #[test]
    fn a_share_comes_with_its_base() {
        let share = crate::analysis::share(4203, 6870).unwrap();
        assert_eq!(Words::VI.share(&share), ("61,2\u{a0}%".to_owned(), "4.203/6.870".to_owned()));
    }

    #[test]
    fn a_time_is_written_as_readers_of_the_language_write_it() {
        let evening = chrono::NaiveDate::from_ymd_opt(2026, 5, 7).unwrap().and_hms_opt(15, 5, 0).unwrap();
        assert_eq!(
            (Words::VI.moment(evening), Words::VI.day(evening)),
            ("22:05 ngày 07/5/2026".into(), "07/5/2026".into())
        );
        assert_eq!(Words(Lang::EN).moment(evening), "7 May 2026, 22:05");
        let september = evening + chrono::TimeDelta::days(123);
        assert_eq!(Words(Lang::EN).moment(september), "7 September 2026, 22:05");
        assert_eq!(Words(Lang::EN).day(september), "7 Sep 2026");
    }
}
