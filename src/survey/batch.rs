//! Bundles of forms on paper: what was counted when the box was opened, and what was typed.

use std::collections::BTreeMap;

use super::answer::Slot;
use super::question::Question;
use super::questionnaire::Questionnaire;
use super::raw::{Raw, RawAnswers};
use super::route::Occasion;
use super::submission::{self, Submission};
use super::violation::Violation;

/// A box holds no more.
pub const MOST: i64 = 2000;

/// The numbers on the cover: what was handed out, what came back, and what of that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    handed_out: i64,
    returned: i64,
    valid: i64,
}

/// Why numbers cannot be those of a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongCounts {
    /// Below 0, or more than a bundle holds; nothing was valid.
    Number,
    /// More came back than was handed out.
    Returned,
    /// More is valid than came back.
    Valid,
}

impl Counts {
    /// Numbers that fit together.
    ///
    /// # Errors
    /// What does not fit.
    pub fn new(handed_out: i64, returned: i64, valid: i64) -> Result<Self, WrongCounts> {
        if ![handed_out, returned, valid].iter().all(|n| (1..=MOST).contains(n)) {
            return Err(WrongCounts::Number);
        }
        if returned > handed_out {
            return Err(WrongCounts::Returned);
        }
        if valid > returned { Err(WrongCounts::Valid) } else { Ok(Self { handed_out, returned, valid }) }
    }

    /// How many forms were handed out.
    pub fn handed_out(self) -> i64 {
        self.handed_out
    }

    /// How many came back.
    pub fn returned(self) -> i64 {
        self.returned
    }

    /// How many of those are valid.
    pub fn valid(self) -> i64 {
        self.valid
    }
}

/// What was typed from one sheet, by question; `_other` behind a question's code for what stands beside “other”.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Typed(BTreeMap<String, String>);

/// Behind the code of a question: what was written beside “other”.
const OTHER: &str = "_other";
/// More letters than any answer takes.
const LETTERS: usize = 20_000;

impl Typed {
    /// From the fields of a page: those that belong to a question that stands on paper, and hold something.
    pub fn of<'a>(questionnaire: &Questionnaire, fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let is_known = |name: &str| {
            let code = name.strip_suffix(OTHER).unwrap_or(name);
            let place = questionnaire.place(name).or_else(|| questionnaire.place(code));
            place.and_then(|place| questionnaire.questions.get(place)).is_some_and(is_typed)
        };
        let kept = fields
            .into_iter()
            .filter(|(name, value)| !value.trim().is_empty() && value.len() <= LETTERS && is_known(name));
        Self(kept.map(|(name, value)| (name.to_owned(), value.trim().to_owned())).collect())
    }

    /// What was typed for a question.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// With something else for a question; nothing takes it out.
    pub fn set(&mut self, name: &str, value: &str) {
        match value.trim() {
            "" => drop(self.0.remove(name)),
            value => drop(self.0.insert(name.to_owned(), value.to_owned())),
        }
    }

    /// As a form that a program would have sent.
    fn raw(&self, questionnaire: &Questionnaire) -> Result<RawAnswers<'_>, Vec<Violation>> {
        let mut raw = RawAnswers::default();
        let mut violations = Vec::new();
        for question in questionnaire.questions.iter().filter(|question| is_typed(question)) {
            match question.typed(self.get(&question.code)) {
                Ok(Raw::Null) => {}
                Ok(value) => raw.set(question.code.clone(), value),
                Err(reason) => violations.push(Violation { question: question.code.clone(), reason }),
            }
            let other = format!("{}{OTHER}", question.code);
            if let Some(beside) = self.0.get(&other) {
                raw.set(other, Raw::One(beside.as_str().into()));
            }
        }
        if violations.is_empty() { Ok(raw) } else { Err(violations) }
    }

    /// Reads it as any form is read.
    ///
    /// # Errors
    /// All that has to be put right: numbers that stand beside no choice first.
    pub fn parse(&self, questionnaire: &Questionnaire, occasion: Occasion) -> Result<Submission, Vec<Violation>> {
        submission::parse(questionnaire, &self.raw(questionnaire)?, occasion)
    }

    /// The questions that were answered on the sheet although its other answers do not lead to them, in the order of the form.
    /// What stands there does not count, as on a screen it could not have been answered.
    pub fn asides<'q>(&self, questionnaire: &'q Questionnaire, read: &Submission) -> Vec<&'q str> {
        let is_aside = |question: &Question, slot: &Slot| {
            let beside = format!("{}{OTHER}", question.code);
            let is_empty = self.get(&question.code).is_empty() && self.get(&beside).is_empty();
            matches!(slot, Slot::NotAsked) && !is_empty
        };
        let pairs = questionnaire.questions.iter().zip(&read.slots);
        pairs.filter(|(question, slot)| is_aside(question, slot)).map(|(question, _)| question.code.as_str()).collect()
    }

    /// The fields in which two readings of a sheet differ in what they mean, in the order of the form: `13` and `1 3` are the
    /// same.
    pub fn differences(&self, other: &Self, questionnaire: &Questionnaire) -> Vec<String> {
        let mut names = Vec::new();
        for question in questionnaire.questions.iter().filter(|question| is_typed(question)) {
            let code = &question.code;
            if question.typed(self.get(code)) != question.typed(other.get(code)) {
                names.push(code.clone());
            }
            let beside = format!("{code}{OTHER}");
            if self.get(&beside) != other.get(&beside) {
                names.push(beside);
            }
        }
        names
    }
}

/// Whether a question is typed from paper.
pub fn is_typed(question: &Question) -> bool {
    !question.withheld && question.kind.on_paper().is_filled_in()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::templates;
    use crate::survey::text::Lang;
    use crate::survey::violation::Reason;
    use chrono::NaiveDate;
    use proptest::prelude::*;

    fn form() -> &'static Questionnaire {
        &templates::find("hai-long-tieu-hoc").unwrap().questionnaire
    }

    fn typed(fields: &[(&str, &str)]) -> Typed {
        Typed::of(form(), fields.iter().copied())
    }

    fn occasion() -> Occasion {
        Occasion { now: NaiveDate::from_ymd_opt(2026, 11, 26).unwrap().and_hms_opt(12, 0, 0).unwrap(), lang: Lang::VI }
    }

    #[test]
    fn numbers_on_a_cover_fit_together() {
        assert!(Counts::new(100, 80, 79).is_ok());
        assert_eq!(Counts::new(100, 101, 79), Err(WrongCounts::Returned));
        assert_eq!(Counts::new(100, 80, 81), Err(WrongCounts::Valid));
        assert_eq!(Counts::new(100, 80, 0), Err(WrongCounts::Number));
    }

    #[test]
    fn a_typed_sheet_is_read_like_any_form() {
        let read =
            typed(&[("A1", "5"), ("A2", "9"), ("_csrf", "x"), ("KHONG", "1")]).parse(form(), occasion()).unwrap();
        let document = read.document(form());
        assert!(document.contains(r#""A1":"5""#) && document.contains(r#""A2":"9""#), "{document}");
    }

    #[test]
    fn a_number_that_stands_beside_no_choice_is_told_at_its_question() {
        let wrong = typed(&[("A1", "7"), ("A2", "5")]).parse(form(), occasion()).unwrap_err();
        assert_eq!(wrong, [Violation { question: "A1".to_owned(), reason: Reason::UnknownChoice }]);
    }

    #[test]
    fn an_answer_to_which_no_other_leads_is_noticed_and_does_not_count() {
        let sheet = |lunch: &str| typed(&[("ban_tru", lunch), ("A1", "5"), ("D6", "4")]);
        let asides = |sheet: &Typed| {
            let read = sheet.parse(form(), occasion()).unwrap();
            (sheet.asides(form(), &read), read.document(form()).contains("\"D6\""))
        };
        assert_eq!(asides(&sheet("1")), (vec![], true));
        assert_eq!(asides(&sheet("2")), (vec!["D6"], false));
        assert_eq!(asides(&sheet("")), (vec!["D6"], false), "nothing says that the child stays for lunch");
    }

    #[test]
    fn two_readings_differ_only_in_what_they_mean() {
        let (first, second) = (typed(&[("A1", "5"), ("G1", "13")]), typed(&[("A1", "4"), ("G1", "1, 3")]));
        assert_eq!(first.differences(&second, form()), ["A1"]);
    }

    proptest! {
        #[test]
        fn nothing_that_is_typed_stops_the_program(a in "\\PC{0,8}", b in "[0-9 ,]{0,12}", c in "\\PC{0,60}") {
            let sheet = typed(&[("A1", &a), ("G1", &b), ("G2", &c), ("F1", &b)]);
            let _ = sheet.parse(form(), occasion());
            prop_assert!(sheet.differences(&sheet, form()).is_empty());
        }
    }
}
