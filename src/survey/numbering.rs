//! What questions are called on paper. An item of a bank has its code, `B7`, which people can say and type; whatever else has a
//! name for programs, `khoi_lop`, gets a number of its part instead. Nothing else than the sheet and the page on which it is typed
//! knows these numbers.

use std::collections::BTreeSet;

use super::batch::is_typed;
use super::questionnaire::{Questionnaire, Section};

/// The numbers of all questions that are filled in on paper.
#[derive(Debug, Clone)]
pub struct Numbering(Vec<Option<String>>);

impl Numbering {
    /// Numbers a questionnaire: the same for the same version.
    pub fn of(questionnaire: &Questionnaire) -> Self {
        let letters = letters(questionnaire);
        let mut numbers = vec![None; questionnaire.questions.len()];
        for (section, letter) in questionnaire.sections.iter().zip(&letters) {
            let own = numbered(questionnaire, section, letter);
            section.questions.clone().zip(own).for_each(|(place, number)| numbers[place] = number);
        }
        Self(numbers)
    }

    /// What the question at this place is called, if it is filled in on paper.
    pub fn at(&self, place: usize) -> Option<&str> {
        self.0.get(place)?.as_deref()
    }

    /// What the question with this code is called.
    pub fn named(&self, questionnaire: &Questionnaire, code: &str) -> Option<&str> {
        self.at(questionnaire.place(code)?)
    }
}

/// The code of an item that people can say: a capital or two, a number, perhaps a small letter.
fn is_item(code: &str) -> bool {
    let letters = capitals(code).len();
    let end = code[letters..].trim_start_matches(|c: char| c.is_ascii_digit());
    let numbers = code.len() - letters - end.len();
    let is_end = end.is_empty() || end.len() == 1 && end.bytes().all(|b| b.is_ascii_lowercase());
    (1..=2).contains(&letters) && (1..=3).contains(&numbers) && is_end
}

/// The letter of each part: its code where that is one, else the next with which no part and no item begins.
fn letters(questionnaire: &Questionnaire) -> Vec<String> {
    let is_letter = |code: &str| (1..=2).contains(&code.len()) && capitals(code).len() == code.len();
    let sections = questionnaire.sections.iter().map(|section| section.code.as_str());
    let items = questionnaire.questions.iter().map(|question| question.code.as_str()).filter(|code| is_item(code));
    let taken: BTreeSet<&str> = sections.clone().filter(|code| is_letter(code)).chain(items).map(capitals).collect();
    let single = ('A'..='Z').map(String::from);
    let double = ('A'..='Z').flat_map(|first| ('A'..='Z').map(move |second| format!("{first}{second}")));
    let mut free = single.chain(double).filter(|letter| !taken.contains(letter.as_str()));
    let mut letter =
        |code: &str| if is_letter(code) { code.to_owned() } else { free.next().unwrap_or_else(|| code.to_owned()) };
    sections.map(&mut letter).collect()
}

fn capitals(code: &str) -> &str {
    &code[..code.len() - code.trim_start_matches(|c: char| c.is_ascii_uppercase()).len()]
}

/// The numbers of one part. Where it has items, what stands after one of them is called after it, `C10a`: the next number of the
/// part may be another item of the bank, which stands in another form of the same round.
fn numbered(questionnaire: &Questionnaire, section: &Section, letter: &str) -> Vec<Option<String>> {
    let questions = &questionnaire.questions[section.questions.clone()];
    let has_items = questions.iter().any(|question| is_typed(question) && is_item(&question.code));
    let is_taken = |number: &String| questionnaire.place(number).is_some();
    let (mut item, mut after) = (letter.to_owned(), 0);
    let mut number = |question: &super::question::Question| {
        if !is_typed(question) {
            return None;
        }
        if is_item(&question.code) {
            (item, after) = (question.code.clone(), 0);
            return Some(question.code.clone());
        }
        let free = (after..).find(|n| !is_taken(&called(&item, *n, has_items))).unwrap_or(after);
        after = free + 1;
        Some(called(&item, free, has_items))
    };
    questions.iter().map(&mut number).collect()
}

fn called(stem: &str, n: usize, has_items: bool) -> String {
    if has_items { format!("{stem}{}", small(n)) } else { format!("{stem}{}", n + 1) }
}

/// a, b, …, z, aa, ab, …
fn small(n: usize) -> String {
    let letter = char::from(b'a' + u8::try_from(n % 26).unwrap_or(0));
    if n < 26 { letter.to_string() } else { format!("{}{letter}", small(n / 26 - 1)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::templates;

    fn numbers(template: &str) -> Vec<String> {
        let questionnaire = &templates::find(template).unwrap().questionnaire;
        let numbering = Numbering::of(questionnaire);
        (0..questionnaire.questions.len()).filter_map(|place| numbering.at(place).map(str::to_owned)).collect()
    }

    #[test]
    fn items_keep_their_codes_and_the_rest_is_numbered_by_its_part() {
        let primary = numbers("hai-long-tieu-hoc");
        assert_eq!(primary[..5], ["T1", "T2", "T3", "T4", "A1"]);
        assert!(primary.contains(&"D10".to_owned()));
        assert_eq!(numbers("lay-y-kien-gio-hoc")[..2], ["Y1", "Y2"]);
    }

    #[test]
    fn what_stands_among_items_is_called_after_the_one_before() {
        let staff = numbers("can-bo-giao-vien");
        let from = staff.iter().position(|number| number == "C5").unwrap();
        assert_eq!(staff[from..from + 5], ["C5", "C5a", "C5b", "C5c", "C5d"]);
    }

    #[test]
    fn no_two_questions_of_a_form_are_called_alike_and_nobody_reads_a_name_for_programs() {
        for template in templates::all() {
            let own = numbers(&template.questionnaire.code);
            let distinct: BTreeSet<&String> = own.iter().collect();
            assert_eq!(distinct.len(), own.len(), "{own:?}");
            assert!(own.iter().all(|number| is_item(number)), "{own:?}");
        }
    }

    #[test]
    fn parts_of_an_own_questionnaire_get_the_letters_that_are_free() {
        let questionnaire = Questionnaire::parse(
            r#"{"code": "thu", "instrument": "khao_sat", "audience": "phu_huynh", "languages": ["vi"],
            "title": {"vi": "Thử"}, "sections": [
            {"code": "PHAN1", "title": {"vi": "Một"}, "questions": [{"code": "PHAN11", "kind": "text", "label": {"vi": "A"}}]},
            {"code": "A", "title": {"vi": "Hai"}, "questions": [{"code": "ten_la", "kind": "text", "label": {"vi": "B"}},
            {"code": "A2", "kind": "text", "label": {"vi": "C"}}]},
            {"code": "PHAN2", "title": {"vi": "Ba"}, "questions": [{"code": "x", "kind": "text", "label": {"vi": "D"}}]}]}"#,
        )
        .unwrap();
        let numbering = Numbering::of(&questionnaire);
        assert_eq!((0..4).filter_map(|place| numbering.at(place)).collect::<Vec<_>>(), ["B1", "Aa", "A2", "C1"]);
        assert_eq!(numbering.named(&questionnaire, "x"), Some("C1"));
    }

    #[test]
    fn letters_go_on_after_the_last() {
        assert_eq!([0, 25, 26, 51, 52].map(small), ["a", "z", "aa", "az", "ba"]);
    }
}
