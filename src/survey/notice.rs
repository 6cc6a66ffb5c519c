//! The letter to parents before their children are asked. What can change after it was written – until when, whom to ask – stands
//! in it as a place, and is filled in whenever it is shown.

use super::code::codes;
use super::places::{Piece, pieces};

codes! {
    /// What stands for something that can change.
    Placeholder {
        /// When the round closes, in words.
        Closes = "han",
        /// Whom to ask.
        Contact = "lien_he",
    }
}

/// The longest letter, in characters: two pages.
pub const LONGEST: usize = 6000;
/// The shortest: a title is no letter.
pub const SHORTEST: usize = 60;

/// What is wrong with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// It says too little.
    Short,
    /// A place that there is not.
    Unknown(String),
    /// A brace that no other closes.
    Open,
}

/// What goes into a letter.
#[derive(Debug, Clone, Default)]
pub struct Values {
    /// When the round closes, in words.
    pub closes: String,
    /// Whom to ask.
    pub contact: String,
}

fn meant(name: &str) -> Option<Placeholder> {
    Placeholder::from_code(&name.trim().to_lowercase())
}

/// The first thing that is wrong with a letter; places before its length, because they show where to look.
pub fn check(text: &str) -> Option<Wrong> {
    let wrong = pieces(text).into_iter().find_map(|piece| match piece {
        Piece::Place(name) if meant(name).is_none() => Some(Wrong::Unknown(name.chars().take(40).collect())),
        Piece::Open => Some(Wrong::Open),
        Piece::Place(_) | Piece::Text(_) => None,
    });
    wrong.or((text.trim().chars().count() < SHORTEST).then_some(Wrong::Short))
}

/// The letter as it is read; what is no place stays as it was typed, as letters from before there were places have it.
pub fn fill(text: &str, values: &Values) -> String {
    let text = text.replace("\r\n", "\n");
    let piece = |piece: Piece<'_>| match piece {
        Piece::Text(text) => text.to_owned(),
        Piece::Open => "{".to_owned(),
        Piece::Place(name) => match meant(name) {
            Some(Placeholder::Closes) => values.closes.clone(),
            Some(Placeholder::Contact) => values.contact.clone(),
            None => format!("{{{name}}}"),
        },
    };
    pieces(&text).into_iter().map(piece).collect()
}

/// Days that are written into a letter by hand: `10/12/2026`, `10-12-26`, `ngày 10 tháng 12`. They stay when the round is extended.
pub fn days_by_hand(text: &str) -> Vec<String> {
    let words: Vec<&str> =
        text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let before = std::iter::once("").chain(words.iter().copied());
    let figures = words.iter().zip(before).filter(|(word, before)| is_day(word, is_word(before, "ngày")));
    let figures = figures.map(|(word, _)| (*word).to_owned());
    let spoken = words.windows(4).filter_map(|four| match four {
        [day, number, month, other] => {
            let is_date = is_word(day, "ngày") && is_word(month, "tháng") && is_number(number) && is_number(other);
            is_date.then(|| four.join(" "))
        }
        _ => None,
    });
    figures.chain(spoken).collect()
}

fn is_word(word: &str, expected: &str) -> bool {
    crate::vietnamese::nfc(word).to_lowercase() == expected
}

fn is_number(word: &str) -> bool {
    (1..=2).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
}

/// Day, month and year with the same sign between them; without the year only where the words before say that it is a day.
fn is_day(word: &str, is_announced: bool) -> bool {
    ['/', '-', '.'].into_iter().any(|sign| match word.split(sign).collect::<Vec<_>>()[..] {
        [day, month] => is_announced && is_number(day) && is_number(month),
        [day, month, year] => {
            let is_year = [2, 4].contains(&year.len()) && year.bytes().all(|b| b.is_ascii_digit());
            is_number(day) && is_number(month) && is_year
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn long(text: &str) -> String {
        format!("{text}{}", " Không bắt buộc, không ghi tên, không ảnh hưởng gì.".repeat(2))
    }

    #[test]
    fn a_letter_knows_its_places_and_says_which_it_does_not() {
        assert_eq!(check(&long("Hạn {han}, hỏi {Lien_He}.")), None);
        assert_eq!(check(&long("Hỏi {liên hệ}.")), Some(Wrong::Unknown("liên hệ".to_owned())));
        assert_eq!(check(&long("Hạn {han")), Some(Wrong::Open));
        assert_eq!(check("Kính gửi"), Some(Wrong::Short));
    }

    #[test]
    fn a_letter_is_filled_when_it_is_shown_and_never_twice() {
        let values = Values { closes: "22:00 ngày 10/12/2026".to_owned(), contact: "{han}".to_owned() };
        assert_eq!(fill("Đến { han }. Hỏi {lien_he}; {khac}", &values), "Đến 22:00 ngày 10/12/2026. Hỏi {han}; {khac}");
    }

    #[test]
    fn days_that_were_written_by_hand_are_found() {
        let found = days_by_hand(
            "Đến 22:00 ngày 10/12/2026, hay (5-1-27); nộp ngày 7/1 hoặc Ngày 3 tháng 2. Gọi 0236 381 1234, 24/7.",
        );
        assert_eq!(found, ["10/12/2026", "5-1-27", "7/1", "Ngày 3 tháng 2"]);
        assert!(days_by_hand("Phiếu nhận đến {han}, tổng đài 111.").is_empty());
    }

    proptest! {
        #[test]
        fn nothing_that_is_typed_stops_the_program(text: String) {
            check(&text);
            fill(&text, &Values::default());
            days_by_hand(&text);
        }
    }
}
