//! Text typed for the fonts of before Unicode: VNI writes a letter and its marks as two characters, TCVN3 (ABC) puts Vietnamese
//! letters where other alphabets have theirs. Some words are right in either reading (“Sè” is “Số” in TCVN3, and a syllable as
//! it stands), so a cell is judged as a whole, and what stays open is decided by the other cells of its column.

use unicode_normalization::UnicodeNormalization;

use self::judge::{Verdict, judge};

mod judge;
mod table;
#[cfg(test)]
mod tests;

pub use self::table::to_unicode;

/// Whether this cell looks typed for a font of before Unicode: VNI (`TRÖÔØNG TIEÅU HOÏC`) or TCVN3 (`TiÓu häc`). Text with any
/// letter that only Unicode Vietnamese has (ă, đ, ơ, ư, ạ…) never does, nor do words of other languages.
pub fn looks_legacy(cell: &str) -> bool {
    matches!(judge(cell), Verdict::Old(_) | Verdict::OldEither)
}

/// A family of fonts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Font {
    Vni,
    Tcvn3,
}

impl Font {
    /// A whole cell as it was meant.
    fn read(self, text: &str) -> String {
        match self {
            Self::Vni => from_vni(text),
            Self::Tcvn3 => from_tcvn3(text),
        }
    }

    /// Whether the font shows something else here than Unicode.
    fn changes(self, word: &str) -> bool {
        self.read_word(word) != word
    }

    fn read_word(self, word: &str) -> String {
        match self {
            Self::Vni => from_vni(word),
            Self::Tcvn3 => letters_of_tcvn3(word),
        }
    }

    /// Whether a word has a letter that nobody gets by typing for this font.
    fn lacks_letter_of(self, word: &str) -> bool {
        match self {
            Self::Vni => has_stray_mark(word),
            Self::Tcvn3 => word.chars().any(|c| c.is_alphabetic() && !c.is_ascii() && counterpart(TCVN3, c).is_none()),
        }
    }
}

/// A letter that only Unicode Vietnamese has.
fn is_vietnamese(c: char) -> bool {
    matches!(c, 'Ă' | 'ă' | 'Đ' | 'đ' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | '\u{1ea0}'..='\u{1ef9}')
}

/// VNI: a vowel, and the character that stands for its mark.
const VNI_PAIRS: [(&str, &str, &str); 6] = [
    ("aeouy", "øùûõï", "àáảãạèéẻẽẹòóỏõọùúủũụỳýỷỹỵ"),
    ("a", "âàáåãä", "âầấẩẫậ"),
    ("a", "êèéúüë", "ăằắẳẵặ"),
    ("e", "âàáåãä", "êềếểễệ"),
    ("o", "âàáåãä", "ôồốổỗộ"),
    ("ôö", "øùûõï", "ờớởỡợừứửữự"),
];
const VNI_SINGLE: (&str, &str) = ("ôöñæóòîìí", "ơưđỉĩịỵìí");

fn from_vni(text: &str) -> String {
    vni_letters(text).map(|(_, meant)| meant).collect()
}

/// A mark without its vowel.
fn has_stray_mark(word: &str) -> bool {
    vni_letters(word).any(|(is_known, meant)| !is_known && meant.is_alphabetic() && !meant.is_ascii())
}

/// Each letter that was meant, and whether the font has it.
fn vni_letters(text: &str) -> impl Iterator<Item = (bool, char)> {
    let letters: Vec<char> = text.nfc().collect();
    let mut at = 0;
    std::iter::from_fn(move || {
        let letter = *letters.get(at)?;
        let pair = letters.get(at + 1).and_then(|mark| vni_pair(lower(letter), lower(*mark)));
        let meant = pair.or_else(|| counterpart(VNI_SINGLE, lower(letter)));
        at += if pair.is_some() { 2 } else { 1 };
        let cased = |meant: char| if letter.is_uppercase() { upper(meant) } else { meant };
        Some((meant.is_some(), meant.map_or(letter, cased)))
    })
}

fn vni_pair(letter: char, mark: char) -> Option<char> {
    VNI_PAIRS.iter().find_map(|(vowels, marks, meant)| {
        let vowel = vowels.chars().position(|c| c == letter)?;
        let place = marks.chars().position(|c| c == mark)?;
        meant.chars().nth(vowel * marks.chars().count() + place)
    })
}

/// TCVN3; of the capitals only those without tones have places of their own.
const TCVN3: (&str, &str) = (
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u{ad}õøö÷ùúýûüþ¡¢§£¤¥¦",
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
);

fn letters_of_tcvn3(text: &str) -> String {
    text.nfc().map(|letter| counterpart(TCVN3, letter).unwrap_or(letter)).collect()
}

/// The font for capitals shows small letters as capitals, so that a line in capitals holds both; and a name that begins with a
/// capital that has a tone (“Ấp Bắc”) can only have been typed with the small letter.
fn from_tcvn3(text: &str) -> String {
    let words = || text.split(|c: char| !c.is_alphanumeric() && !is_symbol(c));
    let is_shouted = !has_small(text) && words().any(is_in_capitals);
    let meant = text.split_inclusive(char::is_whitespace).map(|word| match word.trim() {
        // on their own these are what they look like
        "·" | "«" | "»" | "§" | "©" | "×" | "÷" | "®" => word.to_owned(),
        _ => letters_of_tcvn3(word),
    });
    let meant: String = meant.collect();
    if is_shouted {
        return meant.chars().map(upper).collect();
    }
    let mut letters = meant.chars();
    match letters.next() {
        Some(first) if is_vietnamese(first) || "àáãèéìíòóõùúý".contains(first) => {
            std::iter::once(upper(first)).chain(letters).collect()
        }
        _ => meant,
    }
}

/// The characters of TCVN3 that are no letters elsewhere.
fn is_symbol(c: char) -> bool {
    !c.is_alphanumeric() && TCVN3.0.contains(c)
}

/// Whether a word, and no abbreviation such as “THPT”, is in capitals.
fn is_in_capitals(word: &str) -> bool {
    let is_abbreviation = word.is_ascii() && !word.contains(['A', 'E', 'I', 'O', 'U', 'Y']);
    word.chars().filter(char::is_ascii_uppercase).count() >= 2 && !is_abbreviation
}

fn has_small(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_lowercase())
}

fn counterpart((typed, meant): (&str, &str), letter: char) -> Option<char> {
    typed.chars().position(|c| c == letter).and_then(|place| meant.chars().nth(place))
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

fn upper(c: char) -> char {
    c.to_uppercase().next().unwrap_or(c)
}
