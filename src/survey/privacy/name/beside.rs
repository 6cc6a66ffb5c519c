//! Names that a class follows and nothing stands before: `Ngọc Anh 7A1`, `Lan lớp 3A`. Every sentence begins with a capital, so
//! there one word alone must be known as a name.

use super::super::lists::*;
use super::{Reader, Word};

impl Reader<'_> {
    pub(super) fn before_class(&self, from: usize) -> Option<(usize, usize)> {
        let is_elsewhere = self.before(from).is_some_and(|word| IS_NOT_BEHIND.contains(&*word.lower));
        if !self.tells_case || is_elsewhere || self.is_within(from) || self.is_of_place(from) {
            return None;
        }
        let to = self.begun(from)?;
        let is_believed = if to == from + 1 { self.is_alone(from) } else { self.are_names(from, to) };
        (is_believed && self.has_class(from, to)).then_some((from, to))
    }

    /// Whether other words of a name or of anything with capitals stand before.
    fn is_within(&self, from: usize) -> bool {
        self.before(from).is_some_and(|word| word.is_capitalised() && !IS_NO_NAME.contains(&*word.lower))
    }

    /// Whether one word is a name: in a sentence nearly any, at its beginning a known one.
    fn is_alone(&self, place: usize) -> bool {
        let Some(word) = self.word(place) else { return false };
        let is_known = IS_SMALL_NAME.contains(&*word.lower) && !IS_THING.contains(&*word.lower);
        let is_behind_capital = self.before(place).is_some_and(|word| word.is_capitalised() && word.lower != "ph");
        if self.begins(place) || is_behind_capital || word.is_capitals() {
            return is_known && !IS_BEGINNING.contains(&*word.lower);
        }
        let is_other = [&*IS_THING, &*IS_SINGLE, &*IS_EITHER].iter().any(|list| list.contains(&*word.lower));
        is_known || (!is_other && word.text.chars().count() > 1)
    }

    /// Whether two words and more are a name: none is a thing; of two words one is known, or the text has small letters elsewhere.
    fn are_names(&self, from: usize, to: usize) -> bool {
        let Some(words) = self.words.get(from..to) else { return false };
        let is_known = |word: &Word<'_>| {
            [&*IS_SMALL_NAME, &*IS_MIDDLE, &*IS_FAMILY, &*IS_EITHER].iter().any(|list| list.contains(&*word.lower))
        };
        let is_thing = words.iter().any(|word| IS_THING.contains(&*word.lower));
        let is_subject = self.pair(from).is_some_and(|pair| IS_SUBJECT.contains(&*pair) || IS_POST.contains(&*pair));
        let tells = self.words.iter().any(|word| word.text.starts_with(char::is_lowercase));
        let is_loud = words.iter().any(Word::is_capitals);
        let is_name =
            if is_loud { words.iter().all(is_known) } else { tells || words.len() > 2 || words.iter().any(is_known) };
        is_name && !is_thing && !is_subject
    }

    /// Whether a class stands right behind; behind a comma or on the next line, for two words and more.
    fn has_class(&self, from: usize, to: usize) -> bool {
        let gap = self.gap(to);
        let is_near = match gap.trim() {
            "" | "-" | "–" | "(" => !gap.contains('\n') || to > from + 1,
            "," => to > from + 1,
            _ => false,
        };
        is_near && self.classes.begins(to)
    }
}
