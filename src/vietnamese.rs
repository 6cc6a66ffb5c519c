//! Spelling: normal form, folding for search, numbers and dates as Vietnamese readers expect.

use chrono::{Datelike, NaiveDateTime, TimeDelta, Timelike};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::{IsNormalized, is_nfc_quick};

/// Composed form (NFC), with the letters that only look like Đ put right: phones and macOS send other forms.
pub fn nfc(text: &str) -> String {
    text.nfc()
        .map(|c| match c {
            'Ð' | 'Ɖ' => 'Đ',
            'ð' | 'ɖ' => 'đ',
            other => other,
        })
        .collect()
}

/// Whether `nfc` would leave this text alone; cheap for ASCII and for what browsers usually send.
pub fn is_clean(text: &str) -> bool {
    text.is_ascii() || (is_nfc_quick(text.chars()) == IsNormalized::Yes && !text.contains(['Ð', 'Ɖ', 'ð', 'ɖ']))
}

/// As people type without diacritics: small letters, no marks, đ as d.
pub fn fold(text: &str) -> String {
    text.nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' || c == 'ð' || c == 'ɖ' { 'd' } else { c })
        .collect()
}

/// A whole number with points between thousands: `7.004`.
pub fn count(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        out.push('-');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// Seven hours ahead of UTC, the year round.
const OFFSET: TimeDelta = TimeDelta::hours(7);

/// A UTC time as it stands on a clock in Việt Nam.
pub fn local(utc: NaiveDateTime) -> NaiveDateTime {
    utc + OFFSET
}

/// A time on a clock in Việt Nam, as UTC.
pub fn utc(local: NaiveDateTime) -> NaiveDateTime {
    local - OFFSET
}

/// `22:00 ngày 07/5/2026`: official writing pads days below ten and the months 1 and 2 only.
pub fn moment(utc: NaiveDateTime) -> String {
    let t = local(utc);
    format!("{:02}:{:02} ngày {}", t.hour(), t.minute(), date(t.date()))
}

/// `07/5/2026`.
pub fn date(date: chrono::NaiveDate) -> String {
    let month = if date.month() <= 2 { format!("{:02}", date.month()) } else { date.month().to_string() };
    format!("{:02}/{month}/{}", date.day(), date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn search_folds_marks_and_the_letter_d() {
        assert_eq!(fold("Trường Mầm non ĐẶNG Thuý"), "truong mam non dang thuy");
    }

    #[test]
    fn decomposed_text_is_composed() {
        assert_eq!(nfc("bệnh"), "bệnh");
        assert_eq!(nfc("Ðức"), "Đức");
        assert!(!is_clean("e\u{302}"));
        assert!(is_clean("bệnh viện"));
    }

    #[test]
    fn thousands_have_points() {
        assert_eq!([count(0), count(999), count(7004), count(-1_234_567)], ["0", "999", "7.004", "-1.234.567"]);
    }

    #[test]
    fn dates_are_padded_as_offices_write_them() {
        let at = chrono::NaiveDate::from_ymd_opt(2026, 5, 7).unwrap().and_hms_opt(15, 0, 0).unwrap();
        assert_eq!(moment(at), "22:00 ngày 07/5/2026");
        assert_eq!(date(chrono::NaiveDate::from_ymd_opt(2026, 2, 10).unwrap()), "10/02/2026");
    }
}
