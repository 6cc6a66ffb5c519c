//! An invitation by SMS: letters without diacritics, because others halve what a message holds, and never more than one.

use crate::vietnamese;
use crate::web::words::Words;

/// What one message holds (GSM 03.38, 7 bits).
const LETTERS: usize = 160;

/// How schools are called in short.
const SHORT: [(&str, &str); 6] = [
    ("Trường Trung học cơ sở và Trung học phổ thông", "THCS va THPT"),
    ("Trường Tiểu học và Trung học cơ sở", "TH va THCS"),
    ("Trường Trung học phổ thông", "THPT"),
    ("Trường Trung học cơ sở", "THCS"),
    ("Trường Tiểu học", "TH"),
    ("Trường Mầm non", "MN"),
];

/// The text for one school; `url` is its link. What does not fit is the end of the school's name, never the address.
pub(super) fn text(words: Words, unit: &str, url: &str, minutes: u32, closes: &str) -> String {
    let short = SHORT.iter().find_map(|(long, short)| Some(format!("{short}{}", unit.strip_prefix(long)?)));
    let unit = vietnamese::plain(short.as_deref().unwrap_or(unit));
    let values = |unit: &str| {
        [
            ("unit", unit.to_owned()),
            ("url", url.to_owned()),
            ("minutes", minutes.to_string()),
            ("closes", closes.to_owned()),
        ]
    };
    let without = vietnamese::plain(&words.fill("links-sms-text", values("")));
    let left = LETTERS.saturating_sub(without.chars().count());
    let name: String = if unit.chars().count() <= left {
        unit
    } else {
        unit.chars().take(left.saturating_sub(1)).collect::<String>().trim_end().to_owned() + "."
    };
    vietnamese::plain(&words.fill("links-sms-text", values(&name)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::survey::text::Lang;

    const URL: &str = "https://langnghe.example.vn/k/ABC234";

    #[test]
    fn an_invitation_by_sms_is_one_message_without_diacritics() {
        let unit = "Trường Trung học cơ sở và Trung học phổ thông Nguyễn Bỉnh Khiêm phường Bình An Đông";
        for lang in [Lang::VI, Lang::EN] {
            let text = text(Words(lang), unit, URL, 10, "22:00 ngày 10/12/2026");
            assert!(text.is_ascii() && text.len() <= LETTERS && text.contains(URL), "{} {text}", text.len());
        }
        let short = text(Words::VI, "Trường Tiểu học Hoa Mai", URL, 5, "22:00 ngày 10/12/2026");
        assert!(short.starts_with("TH Hoa Mai "), "{short}");
    }

    proptest! {
        #[test]
        fn no_name_of_a_school_makes_it_two(unit in "\\PC{0,300}", minutes in 0u32..1000) {
            let text = text(Words::VI, &unit, URL, minutes, "22:00 ngày 10/12/2026");
            prop_assert!(text.is_ascii() && text.len() <= LETTERS && text.contains(URL), "{}", text);
        }
    }
}
