//! Spelling: normal form, folding for search, numbers and dates as Vietnamese readers expect.

use std::cmp::Ordering;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDateTime, TimeDelta, Timelike};
use icu_collator::CollatorBorrowed;
use icu_collator::options::CollatorOptions;
use icu_locale_core::locale;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::{IsNormalized, is_nfc_quick};

pub mod legacy;
mod spelling;

pub use self::legacy::looks_legacy;

/// The text without diacritics, for what carries ASCII only; letters of other scripts are left out.
pub fn plain(text: &str) -> String {
    let bare = text.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).map(|c| match c {
        'đ' | 'ð' | 'ɖ' => 'd',
        'Đ' | 'Ð' | 'Ɖ' => 'D',
        '–' | '—' => '-',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        other => other,
    });
    bare.filter(|c| matches!(c, ' '..='~')).collect()
}

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
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
            continue;
        }
        unicode_normalization::char::decompose_canonical(c, |part| {
            if !unicode_normalization::char::is_combining_mark(part) {
                folded.extend(part.to_lowercase().map(|c| if matches!(c, 'đ' | 'ð' | 'ɖ') { 'd' } else { c }));
            }
        });
    }
    folded
}

static COLLATOR: LazyLock<Option<CollatorBorrowed<'static>>> =
    LazyLock::new(|| CollatorBorrowed::try_new(locale!("vi").into(), CollatorOptions::default()).ok());

/// The order of a Vietnamese dictionary: `d` before `đ`, and tones as huyền, hỏi, ngã, sắc, nặng.
pub fn compare(a: &str, b: &str) -> Ordering {
    match &*COLLATOR {
        Some(collator) => collator.compare(a, b).then_with(|| a.cmp(b)),
        None => a.cmp(b),
    }
}

/// One syllable in small letters with its tone mark moved to the end, so that the two right spellings of a tone's place
/// (`hoà`, `hòa`) are the same.
pub fn syllable(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let is_tone = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let lower: String = nfc(text).to_lowercase();
    let tones: String = lower.nfd().filter(is_tone).collect();
    lower.nfd().filter(|c| !is_tone(c)).nfc().chain(tones.chars()).collect()
}

/// A whole number with points between thousands: `7.004`.
pub fn count(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        out.push('-');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
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
    fn names_sort_as_in_a_dictionary() {
        let mut names = ["Đức", "Dung", "Ân", "An", "Ánh", "Ăn", "Em", "Ảnh"];
        names.sort_by(|a, b| compare(a, b));
        assert_eq!(names, ["An", "Ảnh", "Ánh", "Ăn", "Ân", "Dung", "Đức", "Em"]);
    }

    #[test]
    fn the_place_of_a_tone_does_not_matter() {
        assert_eq!(syllable("dọa"), syllable("doạ"));
        assert_eq!(syllable("HOÀ"), syllable("hòa"));
        assert_ne!(syllable("đánh"), syllable("đành"));
        assert_ne!(syllable("đánh"), syllable("danh"));
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
