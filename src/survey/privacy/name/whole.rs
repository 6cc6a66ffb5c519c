//! Whole names: a family name and what follows it. They need nobody's title before them, and capitals tell them even where every
//! word has one: a signature is little else than a name.

use super::super::lists::*;
use super::{Reader, Word};

/// The longest name in small letters.
const MOST_SYLLABLES: usize = 4;

impl Reader<'_> {
    /// A family name and what follows it in capitals, unless a school or a road is named after it.
    pub(super) fn whole_name(&self, place: usize) -> Option<(usize, usize)> {
        let word = self.word(place).filter(|word| word.is_capitalised() && (self.tells_case || !self.is_shouted))?;
        let to = self.written(place + 1)?;
        let is_famous = self.pair(place).is_some_and(|pair| IS_COMPOUND.contains(&*pair));
        let is_believed = match () {
            () if IS_BARE_FAMILY.contains(&*word.lower) => self.has_middle(place, to),
            () if !self.is_family(place) => false,
            () => self.tells_case || !IS_WORDY_FAMILY.contains(&*word.lower) || self.has_middle(place, to),
        };
        (is_believed && !is_famous && !self.is_of_place(place)).then_some((place, to))
    }

    /// A name in small letters behind `là`, `tên`, `tên:`.
    pub(super) fn behind_is(&self, place: usize) -> Option<(usize, usize)> {
        let (is, next) = (self.word(place)?, self.word(place + 1)?);
        let is_one = matches!(&*is.lower, "là" | "tên") || (self.is_plain && matches!(&*is.lower, "la" | "ten"));
        let gap = self.classes.text.get(is.at.end..next.at.start).unwrap_or("[");
        if !is_one || !gap.chars().all(|c| matches!(c, ' ' | ':')) {
            return None;
        }
        let short = || IS_SURE_FAMILY.contains(&*next.lower).then(|| self.given(place + 1, place + 2)).flatten();
        Some((place + 1, self.with_family(place + 1).or_else(short)?))
    }

    /// A name in small letters that nothing stands before: a family name with `thị` or `văn`.
    pub(super) fn whole_small(&self, place: usize) -> Option<(usize, usize)> {
        let is_sure = self.next(place + 1).is_some_and(|word| IS_SURE_MIDDLE.contains(&*word.lower));
        let is_other = |word: &Word<'_>| {
            IS_WORDY_FAMILY.contains(&*word.lower)
                || (word.lower == word.folded && IS_PLAIN_FAMILY.contains(&*word.lower))
        };
        if !is_sure || self.word(place).is_none_or(is_other) || self.is_of_place(place) {
            return None;
        }
        Some((place, self.with_family(place)?))
    }

    /// Where a name in small letters ends that begins here with a family name and one between.
    pub(super) fn with_family(&self, from: usize) -> Option<usize> {
        let family = self.word(from)?;
        let middles = (1..3).take_while(|n| {
            let is_middle = self.next(from + n).is_some_and(|word| IS_MIDDLE.contains(&*word.lower));
            is_middle && self.next(from + n + 1).is_some()
        });
        let last = from + 1 + middles.count();
        let middle = self.next(from + 1).filter(|_| last > from + 1)?;
        let is_compound = (from..last).any(|place| self.pair(place).is_some_and(|pair| IS_COMPOUND.contains(&*pair)));
        let is_known = match () {
            () if self.is_plain && IS_PLAIN_FAMILY.contains(&*family.lower) => middle.lower == "thi",
            () if !self.is_family(from) => false,
            () => !IS_WORDY_FAMILY.contains(&*family.lower) || IS_SURE_MIDDLE.contains(&*middle.lower),
        };
        (is_known && !is_compound).then(|| self.given(from, last)).flatten()
    }

    /// Where the given name ends that begins at a place: one syllable, or two if the second is no word that goes on.
    fn given(&self, from: usize, place: usize) -> Option<usize> {
        let is_letters = |word: &Word<'_>| word.text.chars().all(char::is_alphabetic);
        let is_name = |word: &Word<'_>| IS_SMALL_NAME.contains(&*word.lower) || IS_EITHER.contains(&*word.lower);
        let is_word = |word: &Word<'_>| IS_WORD.contains(&*word.lower) || IS_NO_NAME.contains(&*word.lower);
        self.next(place).filter(|word| is_letters(word) && (is_name(word) || !is_word(word)))?;
        let goes_on = |word: &Word<'_>| {
            let is_listed =
                [&*IS_MANNER, &*IS_DEED, &*IS_AFTER_NAME, &*IS_END].iter().any(|list| list.contains(&*word.lower));
            is_word(word) || is_listed || word.text.chars().count() < 2
        };
        let second = self.next(place + 1).filter(|word| is_letters(word) && !goes_on(word));
        let is_short = place + 1 - from < MOST_SYLLABLES;
        Some(place + 1 + usize::from(is_short && second.is_some()))
    }

    /// Whether a family name stands here, and not the end of `phụ huynh`.
    fn is_family(&self, place: usize) -> bool {
        let is_parent =
            || place.checked_sub(1).and_then(|before| self.word(before)).is_some_and(|word| word.folded == "phu");
        self.word(place)
            .is_some_and(|word| IS_FAMILY.contains(&*word.lower) && !(word.folded == "huynh" && is_parent()))
    }

    /// Whether a name between stands behind a family name, and a given name behind that.
    fn has_middle(&self, place: usize, to: usize) -> bool {
        let middle = self.next(place + 1).map_or("", |word| &*word.lower);
        let is_road = self.word(place).is_some_and(|word| matches!(&*word.lower, "do" | "truong" | "duong"));
        let is_middle = IS_SURE_MIDDLE.contains(middle) || (!is_road && IS_MIDDLE.contains(middle));
        is_middle && to > place + 2
    }

    /// Whether a school, a road or a ward is named here.
    pub(super) fn is_of_place(&self, place: usize) -> bool {
        let before = |n: usize| place.checked_sub(n).and_then(|before| self.word(before));
        let is_beside = self.word(place).is_some_and(|word| word.follows);
        // `cho` is no market, `phó` no street
        let is_other = |word: &Word<'_>| matches!(&*word.lower, "cho" | "phó" | "xa" | "quản" | "câu" | "cậu");
        let is_kind = before(1).is_some_and(|word| IS_PLACE.contains(&*word.folded) && !is_other(word));
        let pair = place.checked_sub(2).and_then(|place| self.pair(place));
        is_beside && (is_kind || pair.is_some_and(|pair| matches!(&*pair, "cơ sở" | "phổ thông" | "công viên")))
    }
}
