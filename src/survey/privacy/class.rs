//! Classes: with its school and a title, a class is one teacher.

use super::lists::{IS_BEFORE_CLASS, IS_NEAR_CLASS, IS_NURSERY};
use super::words::Word;

/// The words of a text, among which classes are looked for.
pub(super) struct Classes<'a> {
    pub text: &'a str,
    pub words: &'a [Word<'a>],
}

/// What stands before a class.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// `lớp`, `GVCN`, a name, another class: whatever follows is one.
    Class,
    /// Somebody, or teaching: what follows may be an amount.
    Somebody,
    Nothing,
}

impl Classes<'_> {
    /// The class that begins at this place, as its first word and the one behind it: behind `lớp`, somebody or another class,
    /// or one that can be nothing else (`10A1`).
    pub fn at(&self, at: usize, is_beside_known: bool) -> Option<(usize, usize)> {
        let word = self.words.get(at)?;
        let before = if is_beside_known { Before::Class } else { self.before(at) };
        if before == Before::Class && (self.is_class(at) || self.has_slash(at)) {
            return Some((at, at + 1 + usize::from(self.has_slash(at))));
        }
        if before != Before::Nothing && self.is_class(at) && !is_amount(word) {
            return Some((at, at + 1));
        }
        if before != Before::Nothing && self.is_apart(at) {
            return Some((at, at + 2));
        }
        let next = self.words.get(at + 1).filter(|next| next.follows && is_short_number(next));
        if before == Before::Class && IS_NURSERY.contains(&*word.lower) && next.is_some() {
            return Some((at, at + 2));
        }
        let is_upper = word.text.len() >= 4 && word.text.starts_with('1') && self.is_class(at) && !is_amount(word);
        is_upper.then_some((at, at + 1))
    }

    /// Whether a class begins at this place that whoever stands before it may be of: `3A`, `lớp 3A`; no `4G`.
    pub fn begins(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at) else { return false };
        match &*word.folded {
            "lop" => self.at(at + 1, false).is_some(),
            _ => self.is_class(at) && !is_amount(word),
        }
    }

    fn before(&self, at: usize) -> Before {
        let Some(before) = at.checked_sub(1).and_then(|place| self.words.get(place)) else { return Before::Nothing };
        if matches!(&*before.folded, "cua") {
            // `GVCN của 7B`; of others, what belongs to them may be an amount
            let is_class = self.before(at - 1) == Before::Class;
            return if is_class { Before::Class } else { Before::Nothing };
        }
        let gap = self.text.get(before.at.end..self.words[at].at.start).unwrap_or("[");
        if !gap.chars().all(|c| matches!(c, ' ' | ':' | '.' | '-')) {
            return Before::Nothing;
        }
        match &*before.folded {
            word if IS_BEFORE_CLASS.contains(word) => Before::Class,
            word if IS_NEAR_CLASS.contains(word) => Before::Somebody,
            _ => Before::Nothing,
        }
    }

    /// `3A`, `9b`, `10A1`.
    pub fn is_class(&self, place: usize) -> bool {
        let Some(word) = self.words.get(place) else { return false };
        let grade: String = word.text.chars().take_while(char::is_ascii_digit).collect();
        let rest = word.text.get(grade.len()..).unwrap_or_default();
        is_grade(&grade) && is_letter(rest)
    }

    /// `3 A`, `3-A1`: the letter in capitals, or one that is hardly a word.
    fn is_apart(&self, place: usize) -> bool {
        let (Some(word), Some(next)) = (self.words.get(place), self.words.get(place + 1)) else { return false };
        let between = self.text.get(word.at.end..next.at.start);
        let is_near = between.is_some_and(|between| matches!(between, " " | "-" | "." | "/"));
        let is_sure = matches!(next.text, "a" | "b" | "c") || next.is_capitalised() || next.text.len() > 1;
        is_near && is_grade(word.text) && is_letter(next.text) && is_sure
    }

    /// `3/2`, and nothing but a number behind it: no date, no fraction of a day.
    fn has_slash(&self, place: usize) -> bool {
        let (Some(word), Some(next)) = (self.words.get(place), self.words.get(place + 1)) else { return false };
        let between = self.text.get(word.at.end..next.at.start);
        let is_date = self.text.get(next.at.end..).is_some_and(|rest| rest.starts_with('/'));
        between == Some("/") && is_short_number(word) && is_short_number(next) && !is_date
    }
}

fn is_grade(text: &str) -> bool {
    text.len() <= 2 && text.parse::<u32>().is_ok_and(|grade| (1..=12).contains(&grade))
}

/// One letter, and a number of at most two digits.
fn is_letter(text: &str) -> bool {
    let mut rest = text.chars();
    let begins = rest.next().is_some_and(char::is_alphabetic);
    let number = rest.as_str();
    begins && number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit())
}

fn is_short_number(word: &Word<'_>) -> bool {
    word.text.len() <= 2 && word.text.bytes().all(|b| b.is_ascii_digit())
}

/// Hours, thousands, years of age, a network, a film: `2h`, `10h30`, `5k`, `6t`, `4G`, `3D`.
fn is_amount(word: &Word<'_>) -> bool {
    let letter = word.lower.trim_start_matches(|c: char| c.is_ascii_digit());
    // minutes and centimetres have two digits, classes of these letters one
    let is_parted = letter.len() == 3 && letter.starts_with(['h', 'g', 'm']);
    is_parted || letter.chars().count() == 1 && !matches!(letter, "a" | "b" | "c" | "e")
}
