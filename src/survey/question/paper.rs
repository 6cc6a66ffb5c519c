//! Questions on paper: how they are answered there, and how what stands there is typed.

use std::borrow::Cow;

use super::super::raw::Raw;
use super::super::text::Text;
use super::super::violation::{Reason, Steps};
use super::{OTHER, Question};

/// How a question is answered on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OnPaper {
    /// Not at all: it is worked out, or cannot be put on paper.
    Nothing,
    /// It is only read.
    Told,
    /// By ticking a box.
    Tick,
    /// By marking one of its choices.
    One {
        /// Whether a last one has a line to write on.
        other: bool,
    },
    /// By marking several.
    Several {
        /// At least so many.
        min: usize,
        /// At most so many.
        max: usize,
    },
    /// By numbering choices.
    Order {
        /// From 1 to this.
        positions: usize,
    },
    /// By writing a number.
    Number {
        /// The smallest.
        min: Option<String>,
        /// The largest.
        max: Option<String>,
    },
    /// By writing one of some numbers at equal distances.
    Steps(Steps),
    /// By writing on so many lines.
    Words {
        /// How many.
        lines: usize,
    },
    /// By writing a day.
    Date,
    /// By writing a time.
    Time,
}

impl OnPaper {
    /// Whether something is filled in.
    pub fn is_filled_in(&self) -> bool {
        !matches!(self, Self::Nothing | Self::Told)
    }
}

/// A choice with the number that is printed beside it, and typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticked<'a> {
    /// The number that is printed, counted from 1; where all codes are numbers already, the code.
    pub mark: &'a str,
    /// Its code.
    pub code: &'a str,
    /// What people read; none: “other”.
    pub label: Option<&'a Text>,
}

/// Marks up to here; more choices are numbered, too, by their codes.
const ORDINALS: [&str; 99] = [
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20",
    "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31", "32", "33", "34", "35", "36", "37", "38", "39",
    "40", "41", "42", "43", "44", "45", "46", "47", "48", "49", "50", "51", "52", "53", "54", "55", "56", "57", "58",
    "59", "60", "61", "62", "63", "64", "65", "66", "67", "68", "69", "70", "71", "72", "73", "74", "75", "76", "77",
    "78", "79", "80", "81", "82", "83", "84", "85", "86", "87", "88", "89", "90", "91", "92", "93", "94", "95", "96",
    "97", "98", "99",
];

impl Question {
    /// Its choices with the numbers by which they are ticked and typed.
    pub fn ticked(&self) -> Vec<Ticked<'_>> {
        let known = self
            .kind
            .choices()
            .iter()
            .chain(self.kind.scale())
            .map(|choice| (choice.code.as_str(), Some(&choice.label)));
        let apart = self.kind.not_applicable().map(|code| (code, self.kind.label(code)));
        let other = (self.kind.on_paper() == OnPaper::One { other: true }).then_some((OTHER, None));
        let all: Vec<(&str, Option<&Text>)> = known.chain(apart).chain(other).collect();
        let is_mark = |code: &str| code.len() <= 2 && code.bytes().all(|b| b.is_ascii_digit());
        let are_marks = all.iter().all(|(code, _)| is_mark(code));
        let ordinal = |at: usize, code| ORDINALS.get(at).copied().unwrap_or(code);
        let ticked =
            |(at, (code, label))| Ticked { mark: if are_marks { code } else { ordinal(at, code) }, code, label };
        all.into_iter().enumerate().map(ticked).collect()
    }

    /// What was typed from paper, as a program would have sent it. Choices are typed by their marks; several with spaces or
    /// commas between them, or one digit after the other where no mark has two; a day as `05092026`, a time as `0730`.
    ///
    /// # Errors
    /// [`Reason::UnknownChoice`]: no choice has this mark.
    pub fn typed<'a>(&self, text: &'a str) -> Result<Raw<'a>, Reason> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Raw::Null);
        }
        match self.kind.on_paper() {
            OnPaper::One { .. } => self.code_of(text).map(|code| Raw::One(code.into())),
            OnPaper::Several { .. } | OnPaper::Order { .. } => self
                .marks(text)
                .into_iter()
                .map(|mark| Ok(self.code_of(mark)?.into()))
                .collect::<Result<_, _>>()
                .map(Raw::Many),
            OnPaper::Date => Ok(Raw::One(spread(text, &[2, 4, 8], '/'))),
            OnPaper::Time => Ok(Raw::One(spread(text, &[2, 4], ':'))),
            _ => Ok(Raw::One(text.into())),
        }
    }

    fn code_of(&self, mark: &str) -> Result<String, Reason> {
        let bare = mark.trim_start_matches('0');
        let known = self.ticked();
        let found = known.iter().find(|ticked| ticked.mark == mark || ticked.mark == bare);
        found.map(|ticked| ticked.code.to_owned()).ok_or(Reason::UnknownChoice)
    }

    fn marks<'a>(&self, text: &'a str) -> Vec<&'a str> {
        let parts: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
        match parts[..] {
            // letters have no place here, and are found to be no mark
            [] => vec![text],
            [only] if self.ticked().iter().all(|ticked| ticked.mark.len() == 1) => {
                only.split("").filter(|mark| !mark.is_empty()).collect()
            }
            _ => parts,
        }
    }

    /// What would be typed for an answer as it is stored.
    pub fn retyped(&self, raw: &Raw<'_>) -> String {
        let known = self.ticked();
        let mark = |code: &str| {
            known
                .iter()
                .find(|ticked| ticked.code == code)
                .map_or_else(|| code.to_owned(), |ticked| ticked.mark.to_owned())
        };
        match raw {
            Raw::Null | Raw::Foreign => String::new(),
            Raw::One(text) if known.is_empty() => text.to_string(),
            Raw::One(code) => mark(code),
            Raw::Many(codes) => codes.iter().map(|code| mark(code)).collect::<Vec<_>>().join(" "),
        }
    }
}

/// Digits with a sign between their groups, where there are as many as the last group ends at.
fn spread<'a>(text: &'a str, ends: &[usize], sign: char) -> Cow<'a, str> {
    if Some(&text.len()) != ends.last() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return text.into();
    }
    let mut out = String::new();
    let mut from = 0;
    for end in ends {
        if from > 0 {
            out.push(sign);
        }
        out.push_str(&text[from..*end]);
        from = *end;
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::super::tests::asked;
    use super::*;

    const SEVERAL: &str = r#"{"code": "G1", "kind": "select_multiple", "label": {"vi": "?"}, "choices": [
        {"code": "thu_vien", "label": {"vi": "Thư viện"}}, {"code": "san_choi", "label": {"vi": "Sân chơi"}},
        {"code": "bua_an", "label": {"vi": "Bữa ăn"}}]}"#;

    fn typed(question: &str, text: &str) -> Result<Raw<'static>, Reason> {
        asked(question).questions[0].typed(text).map(|raw| match raw {
            Raw::One(text) => Raw::One(text.into_owned().into()),
            Raw::Many(list) => Raw::Many(list.into_iter().map(|one| one.into_owned().into()).collect()),
            other => {
                if other == Raw::Null {
                    Raw::Null
                } else {
                    Raw::Foreign
                }
            }
        })
    }

    #[test]
    fn several_marks_are_typed_one_after_the_other_or_apart() {
        let both = Raw::Many(vec!["thu_vien".into(), "bua_an".into()]);
        for text in ["13", "1 3", "1,3", " 1 ; 3 "] {
            assert_eq!(typed(SEVERAL, text), Ok(both.clone()), "{text}");
        }
        for text in ["4", "14", "x"] {
            assert_eq!(typed(SEVERAL, text), Err(Reason::UnknownChoice), "{text}");
        }
        assert_eq!(typed(SEVERAL, "  "), Ok(Raw::Null));
    }

    #[test]
    fn other_has_the_last_mark_and_what_is_stored_is_typed_the_same_way() {
        let question = r#"{"code": "A", "kind": "select_one", "label": {"vi": "?"}, "or_other": true, "choices": [
            {"code": "co", "label": {"vi": "Có"}}, {"code": "khong", "label": {"vi": "Không"}}]}"#;
        assert_eq!(typed(question, "3"), Ok(Raw::One("other".into())));
        let questionnaire = asked(question);
        let question = &questionnaire.questions[0];
        assert_eq!(question.retyped(&question.typed("2").unwrap()), "2");
    }

    #[test]
    fn days_and_times_are_typed_as_digits() {
        let day = r#"{"code": "A", "kind": "date", "label": {"vi": "?"}}"#;
        assert_eq!(typed(day, "05092026"), Ok(Raw::One("05/09/2026".into())));
        assert_eq!(typed(day, "5/9/2026"), Ok(Raw::One("5/9/2026".into())));
        let time = r#"{"code": "A", "kind": "time", "label": {"vi": "?"}}"#;
        assert_eq!(typed(time, "0730"), Ok(Raw::One("07:30".into())));
    }
}
