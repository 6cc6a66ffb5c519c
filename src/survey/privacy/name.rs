//! Names of people, by what stands before them, and classes beside them.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::words::{Word, words};
use super::{Private, Spot};

/// What people are called by; a name follows.
const TITLES: &str =
    "cô thầy em bé cháu chị anh bác chú ông bà bạn con cậu dì mẹ bố ba má cha hs gv gvcn ms mr mrs miss teacher";
/// The same as people type it without diacritics; believed only where the whole text has none.
const PLAIN_TITLES: &str = "co thay be chau chi bac chu ong ban cau di me bo";
/// What may stand between a title and a name.
const LINKS: &str = "giáo viên chủ nhiệm hiệu trưởng phó bảo mẫu vệ trợ giảng tên là tôi trai gái bộ môn giam thi giao vien chu nhiem hieu truong ten la toi học sinh";
/// Capitalised words behind a title that are no names.
const NO_NAMES: &str = "giáo cô thầy em bé cháu chị anh bác chú ông bà bạn con cha mẹ bố ba má tôi toán tiếng hóa sử địa tin thể nhạc công giám hiệu ban nhà trường phụ huynh học sinh hội sở bộ phòng ubnd việt mỹ nam rất không và các có đã được cần nên xin mong cảm em-ơi vui hs ph gv gvcn bgh thcs thpt bán chủ tổng đội lớp khối";
/// Family names that are hardly ever anything else.
const FAMILIES: &str = "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương đinh đoàn trịnh trương lâm mai tô hà tạ châu quách cao nguyen tran pham hoang huynh dang doan";
/// Family names in small letters: those that are no words.
const SMALL_FAMILIES: &str = "nguyễn trần phạm huỳnh đặng trịnh nguyen pham huynh";
/// Names between family name and given name.
const MIDDLES: &str =
    "văn thị ngọc thanh minh hoàng đức kim gia bảo thu quốc hữu xuân hải anh phương khánh nhật quang van thi ngoc duc";
/// Given names in small letters that are hardly words behind a title.
const SMALL_NAMES: &str = "lan hương huong hoa mai hùng hung dũng dung tuấn tuan nga hằng hang thảo thao trang linh huyền huyen nhung hạnh hanh loan liên lien phượng phuong oanh yến yen quyên quyen thủy thuỷ thuy thúy thuý hà cúc đào diệp ngân trinh vân van nguyệt my vy uyên khoa khôi khoi long nam phúc phuc quân sơn son thắng thang tú việt vinh cường cuong đạt dat hiếu hieu kiên lâm lam nghĩa phong tài toàn trung trường tùng";
/// What follows a name in small letters that no list has.
const AFTER_NAMES: &str = "lớp lop dạy day";
/// Between a title and such a word, no names.
const WORDS: &str = "giáo giao viên vien chủ chu nhiệm nhiem không khong chỉ chi đang dang nào nao có co mới moi đã da sẽ se cũng cung hay thường vẫn đều rất được duoc chưa chua nên phải cần thì mà là la ở o của cua trong này nay đó do cho mẫu trưởng phó dạy day học hoc vào lên nghỉ đến đi tôi em cô thầy mình hai ba tự bị đứng ngoài cùng trên ra vừa bảo theo khác vì do nữa làm lam xin chuyển";
/// Places and schools that bear the name of a person.
const PLACES: &str =
    "truong thpt thcs th hoc non mn duong pho phuong xa quan huyen giai cup thcs pho tp hem ngo cau cho";
/// Kindergarten classes.
const NURSERIES: &str = "lá chồi mầm la choi mam nhà nha";

macro_rules! list {
    ($($name:ident = $words:expr),+ $(,)?) => {
        $(static $name: LazyLock<HashSet<&'static str>> = LazyLock::new(|| $words.split(' ').collect());)+
    };
}

list! {
    IS_TITLE = TITLES,
    IS_PLAIN_TITLE = PLAIN_TITLES,
    IS_LINK = LINKS,
    IS_NO_NAME = NO_NAMES,
    IS_FAMILY = FAMILIES,
    IS_SMALL_FAMILY = SMALL_FAMILIES,
    IS_MIDDLE = MIDDLES,
    IS_SMALL_NAME = SMALL_NAMES,
    IS_AFTER_NAME = AFTER_NAMES,
    IS_WORD = WORDS,
    IS_PLACE = PLACES,
    IS_NURSERY = NURSERIES,
}

/// The longest name.
const MOST_WORDS: usize = 5;
/// The most words between a title and a name.
const MOST_LINKS: usize = 4;

pub(super) fn spots(text: &str) -> Vec<Spot> {
    let words = words(text);
    let reader =
        Reader { text, tells_case: tells_case(&words), is_plain: words.iter().all(|w| w.lower == w.folded), words };
    let mut spots = Vec::new();
    let mut place = 0;
    while place < reader.words.len() {
        let (name, end) = match reader.name_at(place) {
            Some((from, to)) => (Some(reader.span(from, to)), to),
            None => (None, place + 1),
        };
        let class = reader.class_at(if name.is_some() { end } else { place }, name.is_some());
        spots.extend(name.map(|at| Spot { kind: Private::Name, at }));
        place = end;
        if let Some((from, to)) = class {
            spots.push(Spot { kind: Private::Class, at: reader.span(from, to) });
            place = place.max(to);
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

struct Reader<'a> {
    text: &'a str,
    words: Vec<Word<'a>>,
    tells_case: bool,
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

    fn name_at(&self, place: usize) -> Option<(usize, usize)> {
        self.behind_title(place).or_else(|| self.whole_name(place))
    }

    fn behind_title(&self, place: usize) -> Option<(usize, usize)> {
        let title = &*self.word(place)?.lower;
        let is_title = IS_TITLE.contains(title) || (self.is_plain && IS_PLAIN_TITLE.contains(title));
        if !is_title {
            return None;
        }
        let links = (0..MOST_LINKS).take_while(|n| {
            // a capital says that a name has begun
            let is_link =
                |word: &Word<'_>| IS_LINK.contains(&*word.lower) && !(self.tells_case && word.is_capitalised());
            self.next(place + 1 + n).is_some_and(is_link)
        });
        let from = place + 1 + links.count();
        let is_uncle = title == "bác" && self.next(from).is_some_and(|word| word.lower == "hồ");
        let is_english = title == "anh" && self.next(from).is_some_and(|word| word.lower == "văn");
        if is_uncle || is_english {
            return None;
        }
        let to = self.capitalised(from).or_else(|| self.small(place, from))?;
        Some((from, to))
    }

    /// Where a name of capitalised words ends.
    fn capitalised(&self, from: usize) -> Option<usize> {
        if !self.tells_case {
            return None;
        }
        let is_name = |word: &Word<'_>| {
            word.is_capitalised()
                && word.text.chars().all(char::is_alphabetic)
                && !IS_NO_NAME.contains(&*word.lower)
                && !(word.is_capitals() && word.text.chars().count() < 2)
        };
        let count = (0..MOST_WORDS).take_while(|n| self.next(from + n).is_some_and(is_name)).count();
        (count > 0).then_some(from + count)
    }

    /// Where a name without capitals ends: it is on a list, or a class or “dạy” follows it.
    fn small(&self, title: usize, from: usize) -> Option<usize> {
        let first = self.next(from)?;
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
        let is_followed =
            self.next(from + 1).is_some_and(|word| IS_AFTER_NAME.contains(&*word.lower) || self.is_class(from + 1));
        let may_be = first.text.chars().all(char::is_alphabetic) && !IS_WORD.contains(&*first.lower);
        ((is_listed && (is_teacher || is_followed)) || (is_followed && may_be)).then_some(from + 1)
    }

    /// A family name and what follows it, unless a school or a road is named after it.
    fn whole_name(&self, place: usize) -> Option<(usize, usize)> {
        let word = self.word(place).filter(|word| IS_FAMILY.contains(&*word.lower) && word.is_capitalised())?;
        let before = place.checked_sub(1).and_then(|before| self.word(before)).filter(|_| word.follows);
        let is_place = before.is_some_and(|before| IS_PLACE.contains(&*before.folded));
        let to = self.capitalised(place + 1)?;
        let is_famous = self.next(place + 1).is_some_and(|next| word.lower == "hồ" && next.lower == "chí");
        (!is_place && !is_famous).then_some((place, to))
    }

    /// The class that begins at this place: behind `lớp`, right behind a name, or one that can be nothing else (`10A1`).
    fn class_at(&self, place: usize, is_beside_name: bool) -> Option<(usize, usize)> {
        let is_word = |at: usize| self.word(at).is_some_and(|word| matches!(&*word.folded, "lop" | "l"));
        let (at, is_named) = if is_word(place) { (place + 1, true) } else { (place, is_beside_name) };
        let word = self.word(at)?;
        let next = self.word(at + 1);
        if is_named && (self.is_class(at) || self.has_slash(at)) {
            return Some((at, at + 1 + usize::from(self.has_slash(at))));
        }
        let is_number = |word: &Word<'_>| word.text.len() <= 2 && word.text.bytes().all(|b| b.is_ascii_digit());
        if is_named && IS_NURSERY.contains(&*word.lower) && next.is_some_and(|next| next.follows && is_number(next)) {
            return Some((at, at + 2));
        }
        let is_upper = word.text.len() >= 4 && word.text.starts_with('1') && self.is_class(at);
        is_upper.then_some((at, at + 1))
    }

    /// `3A`, `9b`, `10A1`.
    fn is_class(&self, place: usize) -> bool {
        let Some(word) = self.word(place) else { return false };
        let grade: String = word.text.chars().take_while(char::is_ascii_digit).collect();
        let mut rest = word.text.chars().skip(grade.len());
        let is_grade = grade.parse::<u32>().is_ok_and(|grade| (1..=12).contains(&grade));
        let is_letter = rest.next().is_some_and(char::is_alphabetic);
        let number: String = rest.collect();
        is_grade && is_letter && number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit())
    }

    /// `3/2`, and nothing but a number behind it: no date, no fraction of a day.
    fn has_slash(&self, place: usize) -> bool {
        let (Some(word), Some(next)) = (self.word(place), self.word(place + 1)) else { return false };
        let is_number = |word: &Word<'_>| word.text.len() <= 2 && word.text.bytes().all(|b| b.is_ascii_digit());
        let between = self.text.get(word.at.end..next.at.start);
        between == Some("/") && is_number(word) && is_number(next) && !self.text[next.at.end..].starts_with('/')
    }
}
