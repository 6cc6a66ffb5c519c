//! The letters of pictures and of paper: the typefaces that the program carries, how wide texts are in them, and lines that stay
//! inside their box.
//!
//! Be Vietnam Pro, because its marks were drawn for Vietnamese; the few letters of the country's minority languages that it
//! lacks come from Noto Sans.

mod lines;
mod shape;

use std::sync::LazyLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

pub use lines::{Lines, Room};
pub use shape::{Glyph, Run, runs};

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weight {
    /// For texts.
    Regular,
    /// For small print on colour, and for the interface.
    Medium,
    /// For titles.
    Bold,
}

/// One file of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Face {
    /// Be Vietnam Pro.
    Own(Weight),
    /// Noto Sans, where the other lacks a letter.
    Fallback(Weight),
}

static REGULAR: &[u8] = include_bytes!("fonts/BeVietnamPro-Regular.ttf");
static MEDIUM: &[u8] = include_bytes!("fonts/BeVietnamPro-Medium.ttf");
static BOLD: &[u8] = include_bytes!("fonts/BeVietnamPro-Bold.ttf");
static NOTO_REGULAR: &[u8] = include_bytes!("fonts/NotoSans-Latin-Regular.ttf");
static NOTO_BOLD: &[u8] = include_bytes!("fonts/NotoSans-Latin-Bold.ttf");

impl Face {
    /// The font, as its file.
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Self::Own(Weight::Regular) => REGULAR,
            Self::Own(Weight::Medium) => MEDIUM,
            Self::Own(Weight::Bold) => BOLD,
            Self::Fallback(Weight::Regular) => NOTO_REGULAR,
            Self::Fallback(Weight::Medium | Weight::Bold) => NOTO_BOLD,
        }
    }

    /// Every file once.
    pub fn files() -> [&'static [u8]; 5] {
        [REGULAR, MEDIUM, BOLD, NOTO_REGULAR, NOTO_BOLD]
    }
}

/// Letters up to here have their widths in a table; what lies beyond is seldom met.
const TABLE: usize = 0x2200;

/// The widths of one weight, in thousandths of the size: its own letters, then those of the fallback. Below zero: no font has it.
struct Widths(Vec<f32>);

impl Widths {
    fn of(weight: Weight) -> Self {
        let fonts: Vec<FontRef<'static>> = [Face::Own(weight), Face::Fallback(weight)]
            .into_iter()
            .filter_map(|face| FontRef::new(face.bytes()).ok())
            .collect();
        let known: Vec<_> = fonts
            .iter()
            .map(|font| (font.charmap(), GlyphMetrics::new(font, Size::new(1.0), LocationRef::default())))
            .collect();
        let width = |code: u32| {
            let letter = char::from_u32(code)?;
            known.iter().find_map(|(letters, metrics)| metrics.advance_width(letters.map(letter)?))
        };
        Self((0..).take(TABLE).map(|code| width(code).unwrap_or(-1.0)).collect())
    }

    fn letter(&self, letter: char) -> Option<f32> {
        let place = usize::try_from(u32::from(letter)).ok()?;
        self.0.get(place).copied().filter(|width| *width >= 0.0)
    }
}

static WIDTHS: LazyLock<[Widths; 3]> =
    LazyLock::new(|| [Weight::Regular, Weight::Medium, Weight::Bold].map(Widths::of));

fn widths(weight: Weight) -> &'static Widths {
    let [regular, medium, bold] = &*WIDTHS;
    match weight {
        Weight::Regular => regular,
        Weight::Medium => medium,
        Weight::Bold => bold,
    }
}

/// How wide a text is at this size, in the unit of the size. Kerning is left out: it makes lines shorter, never longer.
pub fn width(text: &str, size: f32, weight: Weight) -> f32 {
    let widths = widths(weight);
    // a letter of neither font is drawn as nothing or as a box, which is no wider than this
    text.chars().map(|letter| widths.letter(letter).unwrap_or(1.0)).sum::<f32>() * size
}

/// Whether every letter of a text can be printed.
pub fn covers(text: &str) -> bool {
    let widths = widths(Weight::Regular);
    text.chars().all(|letter| letter.is_whitespace() || widths.letter(letter).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vietnamese::nfc;

    /// All letters of Vietnamese, small and capital, composed.
    fn letters() -> Vec<char> {
        let vowels = "aăâeêioôơuưy";
        let tones = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"];
        let voiced = vowels.chars().flat_map(|vowel| tones.map(|tone| nfc(&format!("{vowel}{tone}"))));
        let all: String = voiced.chain(["bcdđghklmnpqrstvxfjwz".to_owned()]).collect();
        all.chars().chain(all.to_uppercase().chars()).collect()
    }

    #[test]
    fn every_letter_of_vietnamese_and_what_stands_between_them_is_in_each_font() {
        let letters = letters();
        assert_eq!(letters.len(), 2 * (72 + 21));
        let signs = "0123456789 .,;:!?()[]/+-–—“”‘’\"'…•%&@#*=×₫<>_|°";
        for weight in [Weight::Regular, Weight::Medium, Weight::Bold] {
            for face in [Face::Own(weight), Face::Fallback(weight)] {
                let font = FontRef::new(face.bytes()).unwrap();
                let map = font.charmap();
                let missing: String = letters.iter().filter(|letter| map.map(**letter).is_none()).collect();
                assert_eq!(missing, "", "{face:?}");
            }
            let missing: String = signs.chars().filter(|sign| widths(weight).letter(*sign).is_none()).collect();
            assert_eq!(missing, "", "{weight:?}");
        }
    }

    #[test]
    fn names_in_the_countrys_other_languages_can_be_printed_and_other_scripts_say_that_they_cannot() {
        for text in ["Ea Kŭt", "Čư Ƀang", "ĕ ê̆ ơ̆ ư̆ ô̆ ƀ č ñ ŏ ŭ", "Phường Bến Sỏi – 1.200 ₫"]
        {
            assert!(covers(text), "{text}");
        }
        for text in ["សាលា", "學校", "🙂"] {
            assert!(!covers(text), "{text}");
        }
    }
}
