//! Text typed for the fonts of before Unicode: VNI writes a letter and its marks as two characters, TCVN3 (ABC) puts Vietnamese
//! letters where other alphabets have theirs.

use unicode_normalization::UnicodeNormalization;

/// Whether this looks like text typed for the fonts of before Unicode: VNI (`TRÖÔØNG TIEÅU HOÏC`) or TCVN3 (`TiÓu häc`).
/// Text with any letter that only Unicode Vietnamese has (ă, đ, ơ, ư, ạ…) never does.
pub fn looks_legacy(text: &str) -> bool {
    let letters: Vec<char> = text.nfc().collect();
    if letters.iter().any(is_vietnamese) {
        return false;
    }
    letters.windows(2).any(|pair| is_vni(pair[0], pair[1]) || is_tcvn3(pair[0], pair[1]))
}

/// A letter that only Unicode Vietnamese has.
fn is_vietnamese(c: &char) -> bool {
    matches!(c, 'Ă' | 'ă' | 'Đ' | 'đ' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | '\u{1ea0}'..='\u{1ef9}')
}

fn is_vni(a: char, b: char) -> bool {
    let vowel = "aeiouyAEIOUYöôÖÔ".contains(a);
    (vowel && "øØûÛïÏåÅäÄõÕ".contains(b)) || ("ñÑ".contains(a) && "aeiouyöôAEIOUYÖÔ".contains(b))
}

fn is_tcvn3(a: char, b: char) -> bool {
    let symbol = |c: char| "¸µ¶·¹¨©ª¬\u{ad}®§¤¥¦¡¢£¾¼½".contains(c);
    (a.is_ascii_lowercase() && ('À'..='Þ').contains(&b) && b != '×')
        || (symbol(a) && b.is_alphabetic())
        || (a.is_alphabetic() && symbol(b))
}

/// What was meant, in Unicode. A text with any letter that only Unicode Vietnamese has was not typed for such a font, so only
/// those of its words change that look like it.
pub fn to_unicode(text: &str) -> String {
    let is_mixed = text.nfc().any(|c| is_vietnamese(&c));
    let vni = text.nfc().collect::<Vec<_>>().windows(2).any(|pair| is_vni(pair[0], pair[1]));
    let read = |word: &str| if vni { from_vni(word) } else { from_tcvn3(word) };
    if !is_mixed {
        return read(text);
    }
    let words = text.split_inclusive([' ', ',', ';', '"', '\n']);
    words.map(|word| if looks_legacy(word) { read(word) } else { word.to_owned() }).collect()
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
const VNI_SINGLE: (&str, &str) = ("ôöñæóòî", "ơưđỉĩịỵ");

fn from_vni(text: &str) -> String {
    let letters: Vec<char> = text.nfc().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        let pair = letters.get(at + 1).and_then(|mark| vni_pair(lower(letter), lower(*mark)));
        let meant = pair.or_else(|| counterpart(VNI_SINGLE, lower(letter))).unwrap_or(lower(letter));
        at += if pair.is_some() { 2 } else { 1 };
        out.extend(if letter.is_uppercase() { meant.to_uppercase().next() } else { Some(meant) });
    }
    out
}

fn vni_pair(letter: char, mark: char) -> Option<char> {
    VNI_PAIRS.iter().find_map(|(vowels, marks, meant)| {
        let vowel = vowels.chars().position(|c| c == letter)?;
        let place = marks.chars().position(|c| c == mark)?;
        meant.chars().nth(vowel * marks.chars().count() + place)
    })
}

/// TCVN3; capitals without marks are their own.
const TCVN3: (&str, &str) = (
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u{ad}õøö÷ùúýûüþ¡¢§£¤¥¦",
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
);

fn from_tcvn3(text: &str) -> String {
    text.nfc().map(|letter| counterpart(TCVN3, letter).unwrap_or(letter)).collect()
}

fn counterpart((typed, meant): (&str, &str), letter: char) -> Option<char> {
    typed.chars().position(|c| c == letter).and_then(|place| meant.chars().nth(place))
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_for_old_fonts_is_noticed() {
        for old in ["TRÖÔØNG TIEÅU HOÏC HOA MAI", "Tröôøng Maàm non", "Tr\u{ad}êng TiÓu häc", "TAÏP CHÍ ÑAÏI HOÏC"]
        {
            assert!(looks_legacy(old), "{old}");
        }
        for new in ["Trường Tiểu học Hoa Mai", "Lycée français Yersin", "THPT An Giang", "Hoà An", "Trường «Sao Mai»"]
        {
            assert!(!looks_legacy(new), "{new}");
        }
    }

    #[test]
    fn what_was_typed_for_old_fonts_is_read_as_it_was_meant() {
        for (typed, meant) in [
            ("TRÖÔØNG TIEÅU HOÏC HOA MAI", "TRƯỜNG TIỂU HỌC HOA MAI"),
            ("Tröôøng Maàm non Sôn Ca", "Trường Mầm non Sơn Ca"),
            ("TAÏP CHÍ KHOA HOÏC ÑAÏI HOÏC", "TẠP CHÍ KHOA HỌC ĐẠI HỌC"),
            ("Tr\u{ad}êng TiÓu häc Nguy\u{d4}n TÊt Thµnh", "Trường Tiểu học Nguyễn Tất Thành"),
            ("Tr\u{ad}êng Trung häc c¬ së B×nh Minh", "Trường Trung học cơ sở Bình Minh"),
            ("§oµn KÕt", "Đoàn Kết"),
        ] {
            assert_eq!(to_unicode(typed), meant, "{typed}");
        }
    }

    #[test]
    fn a_list_in_which_only_some_words_are_old_keeps_the_others() {
        let list = "TH-A,Trường Sông Lô,x\nTH-B,TRÖÔØNG HOA MAI,y\n";
        assert_eq!(to_unicode(list), "TH-A,Trường Sông Lô,x\nTH-B,TRƯỜNG HOA MAI,y\n");
    }

    #[test]
    fn each_letter_of_the_old_fonts_has_one_of_ours() {
        assert_eq!(TCVN3.0.chars().count(), TCVN3.1.chars().count());
        for (vowels, marks, meant) in VNI_PAIRS {
            assert_eq!(vowels.chars().count() * marks.chars().count(), meant.chars().count(), "{vowels}");
        }
    }
}
