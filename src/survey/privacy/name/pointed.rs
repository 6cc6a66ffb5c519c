//! Names behind a point: shortened titles (`C.Lan`, `T.Hùng`), titles with a point too many (`Cô.Lan`), initials (`Thầy T.Hùng`).

use super::super::lists::*;
use super::{Reader, Word};

/// The most initials before a name.
const MOST_INITIALS: usize = 3;

impl Reader<'_> {
    /// A name with its initials behind a title; half of it would be left otherwise.
    pub(super) fn with_initials(&self, place: usize) -> Option<(usize, usize)> {
        let from = self.behind_links(self.title_at(place)?);
        self.next(from).filter(|_| self.tells_case)?;
        let initials = (from..from + MOST_INITIALS).take_while(|place| self.is_initial(*place)).count();
        (initials > 0).then_some((from, self.begun(from + initials)?))
    }

    /// One capital and a point. With a space behind it, it ends a sentence unless the next word is known to be a name.
    fn is_initial(&self, place: usize) -> bool {
        let is_letter = |word: &Word<'_>| word.is_capitalised() && word.text.chars().count() == 1;
        self.word(place).is_some_and(is_letter)
            && match self.gap(place + 1) {
                "." => true,
                ". " => self.is_known(place + 1),
                _ => false,
            }
    }

    /// A name behind a title with a point.
    pub(super) fn behind_point(&self, place: usize) -> Option<(usize, usize)> {
        let (title, from) = (self.word(place)?, place + 1);
        let name = self.word(from).filter(|word| word.text.chars().count() > 1)?;
        let capital = self.begun(from).filter(|_| self.tells_case && !name.is_capitals());
        let to = capital.or_else(|| self.is_known(from).then_some(from + 1))?;
        let is_title = match &*title.lower {
            "c" | "t" => self.is_shortened(place, to),
            "cô" | "thầy" | "co" | "thay" | "gv" | "gvcn" | "hs" => self.is_with_point(place, to),
            _ => false,
        };
        is_title.then_some((from, to))
    }

    /// `C.Lan`, `T. Hùng dạy`; no `vitamin C.`, no `C.ty`.
    fn is_shortened(&self, place: usize, to: usize) -> bool {
        let is_lettered = self.before(place).is_some_and(|word| IS_LETTERED.contains(&*word.lower));
        let pair = self.word(place).zip(self.word(place + 1)).map(|(one, two)| format!("{} {}", one.lower, two.lower));
        let is_other = pair.is_some_and(|pair| IS_SHORTENED.contains(&*pair));
        let is_name = match self.gap(place + 1) {
            "." => !is_other || self.is_followed(to),
            ". " => self.is_known(place + 1) && self.is_followed(to),
            _ => false,
        };
        is_name && !is_lettered
    }

    /// `Cô.Lan`; no `cảm ơn thầy cô.Trường đẹp`.
    fn is_with_point(&self, place: usize, to: usize) -> bool {
        let is_several = self.before(place).is_some_and(|word| IS_SEVERAL.contains(&*word.lower));
        let is_word = self.word(place + 1).is_some_and(|word| IS_WORD.contains(&*word.lower));
        let begins = self.begins(place) && self.word(place).is_some_and(Word::is_capitalised) && !is_word;
        self.gap(place + 1) == "." && !is_several && (self.is_known(place + 1) || self.is_followed(to) || begins)
    }

    /// Whether a word is known to be a name.
    fn is_known(&self, place: usize) -> bool {
        let is_family = |word: &Word<'_>| word.is_capitalised() && IS_FAMILY.contains(&*word.lower);
        self.word(place).is_some_and(|word| IS_SMALL_NAME.contains(&*word.lower) || is_family(word))
    }

    /// Whether a class follows, `dạy` or a deed.
    fn is_followed(&self, to: usize) -> bool {
        let is_deed = |word: &Word<'_>| IS_AFTER_NAME.contains(&*word.lower) || IS_DEED.contains(&*word.lower);
        self.next(to).is_some_and(|word| is_deed(word) || self.classes.begins(to))
    }

    /// The word before, if only spaces stand between.
    pub(super) fn before(&self, place: usize) -> Option<&Word<'_>> {
        self.next(place)?;
        self.word(place.checked_sub(1)?)
    }

    /// Whether a sentence may begin here.
    pub(super) fn begins(&self, place: usize) -> bool {
        place == 0 || self.gap(place).contains(|c| !matches!(c, ' ' | ','))
    }
}
