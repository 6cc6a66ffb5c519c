//! An invitation by SMS: letters without diacritics, because others halve what a message holds, and never more than one.

use crate::vietnamese;
use crate::web::words::Words;

/// What one message holds (GSM 03.38, 7 bits).
const LETTERS: usize = 160;

/// How schools are called in short.
const SHORT: [(&str, &str); 12] = [
    ("Trường Tiểu học, Trung học cơ sở và Trung học phổ thông", "TH, THCS va THPT"),
    ("Trường Trung học cơ sở và Trung học phổ thông", "THCS va THPT"),
    ("Trường Tiểu học và Trung học cơ sở", "TH va THCS"),
    ("Trường Trung học phổ thông", "THPT"),
    ("Trường Trung học cơ sở", "THCS"),
    ("Trường Tiểu học", "TH"),
    ("Trường Mầm non", "MN"),
    ("Trường Mẫu giáo", "MG"),
    ("Trung tâm Giáo dục nghề nghiệp – Giáo dục thường xuyên", "TT GDNN-GDTX"),
    ("Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên", "TT GDNN-GDTX"),
    ("Trung tâm Giáo dục thường xuyên", "TT GDTX"),
    ("Ủy ban nhân dân", "UBND"),
];

/// What a message is about.
pub(super) struct About<'a> {
    /// Who is asked, as sentences name them ([`super::asked::Asked::whom`]).
    pub whom: &'a str,
    /// The school.
    pub unit: &'a str,
    /// Its link.
    pub url: &'a str,
    /// How long it takes.
    pub minutes: u32,
    /// Until when, in words.
    pub closes: &'a str,
}

/// The text for one school. What does not fit is the end of the school's name, never the address.
pub(super) fn text(words: Words, about: &About<'_>) -> String {
    let About { whom, unit, url, minutes, closes } = *about;
    let short = SHORT.iter().find_map(|(long, short)| Some(format!("{short}{}", unit.strip_prefix(long)?)));
    let unit = vietnamese::plain(short.as_deref().unwrap_or(unit));
    let values = |unit: &str| {
        [
            ("whom", whom.to_owned()),
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
    use crate::survey::code::Audience;
    use crate::survey::text::Lang;

    const URL: &str = "https://langnghe.example.vn/k/ABC234";

    fn about<'a>(whom: &'a str, unit: &'a str) -> About<'a> {
        About { whom, unit, url: URL, minutes: 10, closes: "22:00 ngày 10/12/2026" }
    }

    #[test]
    fn an_invitation_by_sms_is_one_message_without_diacritics_whoever_is_asked() {
        let unit = "Trường Trung học cơ sở và Trung học phổ thông Nguyễn Bỉnh Khiêm phường Bình An Đông";
        for whom in Audience::ALL.iter().map(|audience| audience.code()).chain(["everybody"]) {
            for lang in [Lang::VI, Lang::EN] {
                let text = text(Words(lang), &about(whom, unit));
                assert!(text.is_ascii() && text.len() <= LETTERS && text.contains(URL), "{} {text}", text.len());
            }
        }
    }

    #[test]
    fn a_message_speaks_to_those_who_are_asked() {
        let said = |whom: &str| text(Words::VI, &about(whom, "Trường Tiểu học Hoa Mai"));
        assert!(said("phu_huynh").starts_with("TH Hoa Mai moi cha me "), "{}", said("phu_huynh"));
        assert!(said("hoc_sinh").starts_with("TH Hoa Mai moi cac em hoc sinh "), "{}", said("hoc_sinh"));
        assert!(said("nhan_dan").starts_with("TH Hoa Mai: moi ba con gop y,"), "{}", said("nhan_dan"));
        assert!(!said("everybody").contains("cha me"), "{}", said("everybody"));
    }

    proptest! {
        #[test]
        fn no_name_of_a_school_makes_it_two(unit in "\\PC{0,300}", minutes in 0u32..1000, place in 0..Audience::ALL.len()) {
            let text = text(Words::VI, &About { minutes, ..about(Audience::ALL[place].code(), &unit) });
            prop_assert!(text.is_ascii() && text.len() <= LETTERS && text.contains(URL), "{}", text);
        }
    }
}
