//! Names of people, by what stands before or behind them, and classes beside them.

mod beside;
mod pointed;
mod whole;

use super::class::Classes;
use super::lists::*;
use super::words::{Word, words};
use super::{Private, Spot};

/// The longest name.
const MOST_WORDS: usize = 5;
/// The most words between a title and a name.
const MOST_LINKS: usize = 4;

pub(super) fn spots(text: &str) -> Vec<Spot> {
    let words = words(text);
    let classes = Classes { text, words: &words };
    let is_plain = words.iter().all(|w| w.lower == w.folded);
    let (tells_case, is_shouted) = (tells_case(&words), is_shouted(&words));
    let reader = Reader { words: &words, tells_case, is_shouted, is_plain, classes: &classes };
    let mut spots = Vec::new();
    // where a name or a class ended just before
    let (mut place, mut ended) = (0, None);
    while place < words.len() {
        let name = reader.name_at(place);
        if let Some((from, to)) = name {
            spots.push(Spot { kind: Private::Name, at: reader.span(from, to) });
            (place, ended) = (to, Some(to));
        }
        let is_beside = ended.is_some_and(|end| end == place || (end + 1 == place && reader.joins(end)));
        if let Some((from, to)) = classes.at(place, is_beside) {
            spots.push(Spot { kind: Private::Class, at: reader.span(from, to) });
            (place, ended) = (to, Some(to));
        } else if name.is_none() {
            place += 1;
        }
    }
    spots
}

/// Whether capitals mean something: not where everything is written in them, or every word begins with one.
fn tells_case(words: &[Word<'_>]) -> bool {
    let letters = words.iter().filter(|word| word.text.chars().any(char::is_alphabetic));
    let (all, big) = letters.fold((0, 0), |(all, big), word| (all + 1, big + usize::from(word.is_capitalised())));
    all < 6 || big * 4 < all * 3
}

/// Whether nearly everything is written in capitals.
fn is_shouted(words: &[Word<'_>]) -> bool {
    let letters = words.iter().filter(|word| word.text.chars().any(char::is_alphabetic));
    let (all, loud) = letters.fold((0, 0), |(all, loud), word| (all + 1, loud + usize::from(word.is_capitals())));
    loud * 4 >= all * 3
}

struct Reader<'a> {
    words: &'a [Word<'a>],
    classes: &'a Classes<'a>,
    tells_case: bool,
    is_shouted: bool,
    is_plain: bool,
}

impl Reader<'_> {
    fn word(&self, place: usize) -> Option<&Word<'_>> {
        self.words.get(place)
    }

    /// The word at this place, if only spaces stand before it.
    fn next(&self, place: usize) -> Option<&Word<'_>> {
        self.word(place).filter(|word| word.follows)
    }

    fn span(&self, from: usize, to: usize) -> std::ops::Range<usize> {
        let end = self.word(to.saturating_sub(1)).map_or(0, |word| word.at.end);
        self.word(from).map_or(end..end, |word| word.at.start..end)
    }

    /// Two words in small letters.
    fn pair(&self, place: usize) -> Option<String> {
        Some(format!("{} {}", self.word(place)?.lower, self.next(place + 1)?.lower))
    }

    /// Whether a word joins two classes: `3A và 3B`.
    fn joins(&self, place: usize) -> bool {
        self.word(place).is_some_and(|word| matches!(&*word.folded, "va" | "voi" | "hay" | "hoac"))
    }

    fn name_at(&self, place: usize) -> Option<(usize, usize)> {
        let pointed = self.with_initials(place).or_else(|| self.behind_point(place));
        let named = pointed
            .or_else(|| self.behind_title(place))
            .or_else(|| self.behind_of(place))
            .or_else(|| self.behind_is(place));
        let whole = named.or_else(|| self.whole_name(place)).or_else(|| self.whole_small(place));
        whole.or_else(|| self.before_class(place))
    }

    /// Where a title or a post ends that begins here.
    fn title_at(&self, place: usize) -> Option<usize> {
        let title = self.word(place)?;
        let is_post = |pair: &String| IS_POST.contains(&**pair) || (self.is_plain && IS_PLAIN_POST.contains(pair));
        if self.pair(place).as_ref().is_some_and(is_post) {
            return Some(place + 2);
        }
        let is_title = IS_TITLE.contains(&*title.lower) || (self.is_plain && IS_PLAIN_TITLE.contains(&*title.lower));
        is_title.then_some(place + 1)
    }

    /// Where a name may begin behind a title: behind a post, a subject, `tên là`.
    fn behind_links(&self, mut place: usize) -> usize {
        for _ in 0..MOST_LINKS {
            let is_link = |pair: String| IS_POST.contains(&*pair) || IS_SUBJECT.contains(&*pair);
            // a capital says that a name has begun
            let is_word = |word: &Word<'_>| {
                IS_LINK.contains(&*word.lower) && (word.lower == "giáo" || !(self.tells_case && word.is_capitalised()))
            };
            let Some(word) = self.next(place) else { break };
            place += match self.pair(place).is_some_and(is_link) {
                true => 2,
                false if is_word(word) => 1,
                false => break,
            };
        }
        place
    }

    fn behind_title(&self, place: usize) -> Option<(usize, usize)> {
        let behind = self.title_at(place)?;
        let from = self.behind_links(behind);
        let title = &*self.word(place)?.lower;
        let is_uncle = title == "bác" && self.next(from).is_some_and(|word| word.lower == "hồ");
        if is_uncle || self.pair(place).is_some_and(|pair| pair == "anh văn") {
            return None;
        }
        let to = self.capitalised(from).or_else(|| self.small(place, from))?;
        Some((from, to))
    }

    /// `của Gia Hân`: only names that are hardly anything else, because so many things are somebody's.
    fn behind_of(&self, place: usize) -> Option<(usize, usize)> {
        self.word(place).filter(|word| word.lower == "của")?;
        let is_known = |word: &Word<'_>| IS_MIDDLE.contains(&*word.lower) || IS_SMALL_NAME.contains(&*word.lower);
        self.next(place + 1).filter(|word| is_known(word))?;
        Some((place + 1, self.capitalised(place + 1)?))
    }

    /// Where a name of capitalised words ends.
    fn capitalised(&self, from: usize) -> Option<usize> {
        self.tells_case.then(|| self.written(from)).flatten()
    }

    /// The same, whatever capitals mean elsewhere in the text.
    fn written(&self, from: usize) -> Option<usize> {
        let is_part = |place: usize| self.is_name(from, place) || (place > from && self.is_hyphened(place));
        let count = (0..MOST_WORDS).take_while(|n| is_part(from + n)).count();
        (count > 0).then_some(from + count)
    }

    /// The same, whatever stands before the name.
    fn begun(&self, from: usize) -> Option<usize> {
        let is_first = self.may_be_named(from, from, self.word(from)?);
        let next = if self.is_hyphened(from + 1) { from + 2 } else { from + 1 };
        is_first.then(|| self.written(next).unwrap_or(next))
    }

    /// What stands before a word, behind the one before it.
    fn gap(&self, place: usize) -> &str {
        let before = place.checked_sub(1).and_then(|before| self.word(before)).map_or(0, |word| word.at.end);
        self.word(place).and_then(|word| self.classes.text.get(before..word.at.start)).unwrap_or_default()
    }

    /// `Min-jun`: the second half of a name, and not what is told of it (`cô Lan-giáo viên`).
    fn is_hyphened(&self, place: usize) -> bool {
        let no_names = [&*IS_WORD, &*IS_NO_NAME, &*IS_LINK, &*IS_MANNER, &*IS_END, &*IS_DEED];
        self.word(place).is_some_and(|word| {
            let is_half = word.text.len() > 1 && word.text.bytes().all(|b| b.is_ascii_alphabetic());
            is_half && self.gap(place) == "-" && !no_names.iter().any(|list| list.contains(&*word.lower))
        })
    }

    /// Whether a capitalised word may stand at this place of a name that began there.
    fn is_name(&self, from: usize, place: usize) -> bool {
        self.next(place).is_some_and(|word| self.may_be_named(from, place, word))
    }

    fn may_be_named(&self, from: usize, place: usize, word: &Word<'_>) -> bool {
        let is_written_so = word.is_capitalised() && word.text.chars().all(char::is_alphabetic) && !self.is_cut(word);
        let is_compound = self.pair(place).is_some_and(|pair| IS_COMPOUND.contains(&*pair));
        let is_either = IS_EITHER.contains(&*word.lower);
        // a school is called by more than one word
        let is_school =
            place == from && word.lower == "trường" && self.next(place + 1).is_some_and(Word::is_capitalised);
        is_written_so && !is_compound && !is_school && (is_either || !IS_NO_NAME.contains(&*word.lower))
    }

    /// Whether an apostrophe cuts the word off the next: `H'Mông`.
    fn is_cut(&self, word: &Word<'_>) -> bool {
        let is_followed =
            self.classes.text.get(word.at.end..).is_some_and(|rest| rest.starts_with(['\'', '’', 'ʼ', '‘']));
        word.text.chars().count() < 2 && is_followed
    }

    /// Where a name without capitals ends: it is on a list, a class or “dạy” follows it, or what a teacher did.
    fn small(&self, title: usize, from: usize) -> Option<usize> {
        let first = self.next(from)?;
        if self.pair(from).is_some_and(|pair| IS_COMPOUND.contains(&*pair)) {
            return None;
        }
        if let Some(to) = self.with_family(from) {
            return Some(to);
        }
        if IS_SMALL_FAMILY.contains(&*first.lower) {
            let middles = (1..3).take_while(|n| {
                let is_middle = self.next(from + n).is_some_and(|word| IS_MIDDLE.contains(&*word.lower));
                is_middle && self.next(from + n + 1).is_some()
            });
            let last = from + 1 + middles.count();
            return Some(self.next(last).map_or(from + 1, |_| last + 1));
        }
        let is_listed = IS_SMALL_NAME.contains(&*first.lower);
        let is_teacher = self.word(title).is_some_and(|word| matches!(&*word.folded, "co" | "thay"));
        let follows = |next: &Word<'_>| IS_AFTER_NAME.contains(&*next.lower) || self.classes.is_class(from + 1);
        let is_followed = self.next(from + 1).is_some_and(follows);
        let is_word = IS_WORD.contains(&*first.lower) || IS_NO_NAME.contains(&*first.lower);
        let may_be = first.text.chars().all(char::is_alphabetic) && !is_word;
        let is_name = (is_listed && (is_teacher || is_followed)) || (is_followed && may_be);
        (is_name || (is_teacher && may_be && self.is_accused(title, from))).then_some(from + 1)
    }

    /// `cô thơm quát con`: one word between a teacher and a deed that says nothing of how it was done.
    fn is_accused(&self, title: usize, from: usize) -> bool {
        let is_deed = self.next(from + 1).is_some_and(|word| IS_DEED.contains(&*word.lower));
        let before = title.checked_sub(1).and_then(|before| self.word(before));
        let is_one = before.is_none_or(|word| !IS_SEVERAL.contains(&*word.lower));
        let is_word = |word: &Word<'_>| IS_MANNER.contains(&*word.lower) || word.text.chars().count() < 2;
        is_deed && is_one && from == title + 1 && self.word(from).is_some_and(|word| !is_word(word))
    }
}
