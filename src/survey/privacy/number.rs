//! Numbers that lead to somebody: telephones, identity cards, accounts, plates, days of birth.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{Private, Spot};
use crate::vietnamese::fold;

static PATTERNS: LazyLock<Vec<(Private, Regex)>> = LazyLock::new(|| {
    let patterns = [
        (
            Private::Account,
            r"(?i)\b(?:stk|số tài khoản|so tai khoan|tài khoản|tai khoan|số tk|tk|momo)(?: ngân hàng)?[ :.]{0,3}(?:số|so|là|la)?[ :.]{0,2}(?P<it>\d[\d .-]{4,22}\d)",
        ),
        (
            Private::Birthday,
            r"(?i)(?:(?:[,;(\]] ?|\b(?:con|cháu|chau|bé|em|tôi) )sinh|sinh ngày|ngày sinh|sinh ngay|ngay sinh|\bns)[ :.]{0,3}(?P<it>\d{1,2}[/.\- ]\d{1,2}[/.\- ]\d{2,4})\b",
        ),
        // initials: `N.V.T`
        (Private::Name, r"\b(?P<it>[A-ZĐ]\.[A-ZĐ]\.[A-ZĐ])\b"),
        (Private::Plate, r"\b(?P<it>[1-9]\d[ -]?[A-ZĐ]{1,2}\d?[ .-]?\d{3}\.?\d{2})\b"),
        (Private::Plate, r"\b(?P<it>[1-9]\d-?[A-ZĐ]{1,2}\d?-\d{4})\b"),
        (Private::Plate, r"\b(?P<it>[1-9]\d-?[a-zđ]\d[ .-]\d{3}\.?\d{2})\b"),
        (
            Private::Plate,
            r"(?i)(?:biển số|bien so|\bbs)(?: xe)?[ :]{0,2}(?P<it>[1-9]\d[ -]?[a-zđ]{1,2}\d?[ .-]?\d{3}\.?\d{1,2})\b",
        ),
        // in small letters behind a vehicle, which may be somebody's: `xe của phụ huynh 51f-123.45`
        (
            Private::Plate,
            r"(?i)\b(?:biển|bien|bs|xe|ô ?tô|o ?to|mô ?tô|mo ?to)(?: \p{L}+){0,3}[ :(]{1,3}(?P<vehicle>[1-9]\d[ -]?[a-zđ]{1,2}\d?(?:(?: ?[.-] ?| )?\d{3}[ .]?\d{2}|-?\d{4}))\b",
        ),
        // read aloud digit by digit
        (
            Private::Phone,
            r"(?i)\b(?P<it>(?:không|khong)(?:[ ,.-]+(?:không|khong|một|mot|hai|ba|bốn|bon|tư|năm|nam|lăm|sáu|sau|bảy|bẩy|bay|tám|tam|chín|chin)){8,10})\b",
        ),
    ];
    // a pattern that is wrong fails the tests, which use each
    patterns.into_iter().filter_map(|(kind, pattern)| Some((kind, Regex::new(pattern).ok()?))).collect()
});

/// What follows a number of money or things.
static QUANTITY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^ ?(?:đ|d|đồng|dong|vnd|vnđ|k|tr|triệu|trieu|nghìn|nghin|ngàn|ngan|tỷ|tỉ|ty|usd|%|người|lượt|/)(?:\PL|$)",
    )
    .ok()
});

fn is_quantity(behind: &str) -> bool {
    QUANTITY.as_ref().is_some_and(|quantity| quantity.is_match(behind))
}

pub(super) fn spots(text: &str) -> Vec<Spot> {
    let by_pattern = PATTERNS.iter().flat_map(|(kind, pattern)| {
        let found = pattern.captures_iter(text);
        // `gửi xe 10k 20000 đồng` is no plate
        let plate = |it: &regex::Match<'_>| !is_quantity(&text[it.end()..]);
        let found = found.filter_map(move |found| found.name("it").or_else(|| found.name("vehicle").filter(plate)));
        found.map(|it| Spot { kind: *kind, at: it.range() })
    });
    let mut spots: Vec<Spot> = by_pattern.collect();
    spots.extend(parted(text));
    let runs = runs(text);
    spots.extend(runs.iter().filter_map(|run| Some(Spot { kind: Private::Phone, at: run.phone()? })));
    spots.extend(runs.iter().filter(|run| run.is_long(text)).map(|run| Spot { kind: Private::Number, at: run.at() }));
    spots
}

/// Signs that people put between the digits of a telephone number so that programs do not find it; dates and amounts have some
/// of them, too, so they have to be the same everywhere.
const PARTS: &str = "xX_*/,~|;:+=•·";

/// Telephone numbers with such signs.
static PARTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let with = |sign: char| {
        let sign = regex::escape(&sign.to_string());
        format!(r"0\d{{2,3}}(?: ?{sign}{{1,2}} ?\d{{2,4}}){{2,3}}|0(?: ?{sign} ?\d){{9}}")
    };
    let all: Vec<String> = PARTS.chars().map(with).collect();
    Regex::new(&format!(r"(?:^|[^\p{{L}}\d])(?P<it>{})", all.join("|"))).ok()
});

fn parted(text: &str) -> Vec<Spot> {
    let found = PARTED.iter().flat_map(|pattern| pattern.captures_iter(text)).filter_map(|found| found.name("it"));
    let is_number = |it: &regex::Match<'_>| {
        let digits = it.as_str().bytes().filter(u8::is_ascii_digit).count();
        let is_whole = !text[it.end()..].starts_with(|c: char| c.is_ascii_digit());
        is_whole && (10..=11).contains(&digits)
    };
    found.filter(is_number).map(|it| Spot { kind: Private::Phone, at: it.range() }).collect()
}

/// Digits that stand close to each other: each with its place, and how many signs stand before it.
struct Run(Vec<(char, Range<usize>)>);

impl Run {
    fn at(&self) -> Range<usize> {
        let place = |digit: Option<&(char, Range<usize>)>| digit.map(|(_, at)| at.clone()).unwrap_or_default();
        place(self.0.first()).start..place(self.0.last()).end
    }

    fn digits(&self) -> String {
        self.0.iter().map(|(digit, _)| *digit).collect()
    }

    /// Where the digits from this one on are a telephone number: mobiles have ten, landlines ten or eleven, and so had old
    /// mobiles. A number ends where a digit does not stand right behind it.
    fn phone(&self) -> Option<Range<usize>> {
        let digits = self.digits();
        (0..self.0.len()).find_map(|from| {
            let (rest, extra) = match digits.get(from..)? {
                rest if rest.starts_with("840") => (rest.get(2..)?.to_owned(), 2),
                rest if rest.starts_with("84") => (format!("0{}", rest.get(2..)?), 1),
                rest => (rest.to_owned(), 0),
            };
            let lengths: &[usize] = match rest.get(..2)? {
                "03" | "05" | "07" | "08" | "09" => &[10],
                "02" | "01" => &[11, 10],
                _ => return None,
            };
            let whole = |length: &usize| {
                let last = from + extra + length - 1;
                (last < self.0.len() && self.ends_at(last) && self.begins_at(from)).then(|| self.span(from, last))
            };
            lengths.iter().find_map(whole)
        })
    }

    fn span(&self, from: usize, last: usize) -> Range<usize> {
        self.0[from].1.start..self.0[last].1.end
    }

    fn begins_at(&self, place: usize) -> bool {
        place == 0 || self.0[place - 1].1.end < self.0[place].1.start
    }

    fn ends_at(&self, place: usize) -> bool {
        self.0.get(place + 1).is_none_or(|(_, next)| self.0[place].1.end < next.start)
    }

    /// The numbers as they are grouped.
    fn groups(&self) -> Vec<String> {
        let mut groups: Vec<String> = Vec::new();
        for (place, (digit, _)) in self.0.iter().enumerate() {
            match groups.last_mut().filter(|_| !self.begins_at(place)) {
                Some(group) => group.push(*digit),
                None => groups.push(digit.to_string()),
            }
        }
        groups
    }

    /// Whether it is the number of a card or a pupil: eight digits in one, or nine and more in groups; no amount of anything,
    /// no list of years.
    fn is_long(&self, text: &str) -> bool {
        let (groups, at) = (self.groups(), self.at());
        let digits: usize = groups.iter().map(String::len).sum();
        let is_round = groups.len() == 1 && groups.iter().all(|group| group.ends_with("0000"));
        let are_thousands =
            text[at.clone()].contains(['.', ',']) && groups.iter().skip(1).all(|group| group.len() == 3);
        let are_years =
            groups.iter().all(|group| group.len() == 4 && (group.starts_with("19") || group.starts_with("20")));
        let is_enough = match groups.len() {
            1 => digits >= 8,
            _ => {
                digits >= 9
                    && groups.iter().all(|group| group.len() >= 2)
                    && groups.iter().any(|group| group.len() >= 3)
            }
        };
        let is_called_so = || {
            let before = fold(&text[..at.start]);
            let before = before.trim_end_matches([' ', ':', '.']);
            ["cccd", "cmnd", "can cuoc", "dinh danh", "ma hs", "ma hoc sinh"].iter().any(|name| before.ends_with(name))
        };
        is_enough
            && digits <= 19
            && !is_quantity(&text[at.end..])
            && !are_years
            && ((!is_round && !are_thousands) || is_called_so())
    }
}

/// The digit that a letter is meant as.
fn meant(letter: char) -> Option<char> {
    match letter {
        'o' | 'O' => Some('0'),
        'l' | 'I' => Some('1'),
        _ => None,
    }
}

/// Where letters stand that are meant as digits: in words of nothing but digits and such letters.
fn meant_as_digits(text: &str) -> Vec<Range<usize>> {
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return Vec::new();
    }
    let words = super::words::words(text).into_iter();
    let is_one = |word: &str| {
        let has_digit = word.contains(|c: char| c.is_ascii_digit());
        has_digit && word.chars().all(|c| c.is_ascii_digit() || meant(c).is_some())
    };
    words.filter(|word| is_one(word.text)).map(|word| word.at).collect()
}

/// Runs of digits, between which one or two signs may stand. An `o` before or between digits is meant as a zero, an `l` as a one.
fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut open: Vec<(char, Range<usize>)> = Vec::new();
    let mut signs = 0;
    let mut before = ' ';
    let words = meant_as_digits(text);
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let next = rest.peek().map_or(' ', |(_, next)| *next);
        let is_zero = matches!(c, 'o' | 'O') && next.is_ascii_digit() && !before.is_alphabetic();
        let is_meant = is_zero || words.iter().any(|word| word.contains(&at));
        match meant(c).filter(|_| is_meant).or(c.is_ascii_digit().then_some(c)) {
            Some(digit) => {
                open.push((digit, at..at + c.len_utf8()));
                signs = 0;
            }
            None if matches!(c, ' ' | '.' | '-' | '–' | '(' | ')') && signs < 2 => signs += 1,
            None => {
                runs.extend((!open.is_empty()).then(|| Run(std::mem::take(&mut open))));
                signs = 0;
            }
        }
        before = c;
    }
    runs.extend((!open.is_empty()).then_some(Run(open)));
    runs
}

#[cfg(test)]
pub(super) fn patterns() -> usize {
    PATTERNS.len() + usize::from(QUANTITY.is_some()) + usize::from(PARTED.is_some())
}
