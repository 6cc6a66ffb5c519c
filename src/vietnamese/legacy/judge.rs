//! For which font a cell was typed: the reading in which its words are words.

use unicode_normalization::UnicodeNormalization;

use super::{Font, is_symbol, is_vietnamese};
use crate::vietnamese::{nfc, spelling};

/// What is to be said of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing that any font would show otherwise.
    Plain,
    /// As it stands.
    Unicode,
    /// For this font.
    Old(Font),
    /// For an old font, but for which its words do not tell (“Höng”).
    OldEither,
    /// Words in any reading (“Sè”).
    Open,
}

/// How the words of a cell fare in a reading.
#[derive(Default, Clone, Copy)]
struct Fit {
    /// Words only in this reading, not as they stand.
    proofs: usize,
    /// Not words.
    misfits: usize,
    /// Otherwise than they stand.
    changes: usize,
}

impl Fit {
    /// A word or two that are none (a foreign name, two words without a blank) do not outweigh the others.
    fn is_likely(self, as_it_stands: usize) -> bool {
        self.proofs > 0 && self.misfits < as_it_stands && 2 * self.misfits <= self.proofs
    }
}

pub(super) fn judge(cell: &str) -> Verdict {
    if cell.is_ascii() {
        return Verdict::Plain;
    }
    let cell: String = cell.nfc().collect();
    if cell.contains(is_vietnamese) {
        return Verdict::Unicode;
    }
    let words: Vec<&str> = words(&cell).collect();
    let misfits = words.iter().filter(|word| !stands(word)).count();
    let [vni, tcvn3] = [Font::Vni, Font::Tcvn3].map(|font| fit(font, &words));
    match (vni.is_likely(misfits), tcvn3.is_likely(misfits)) {
        (true, true) if vni.misfits < tcvn3.misfits => Verdict::Old(Font::Vni),
        (true, true) if vni.misfits > tcvn3.misfits => Verdict::Old(Font::Tcvn3),
        (true, true) => Verdict::OldEither,
        (true, false) => Verdict::Old(Font::Vni),
        (false, true) => Verdict::Old(Font::Tcvn3),
        (false, false) => undecided(misfits, [vni, tcvn3]),
    }
}

fn undecided(misfits: usize, fits: [Fit; 2]) -> Verdict {
    let may_be_old = fits.iter().any(|fit| fit.changes > 0 && fit.misfits <= misfits);
    if may_be_old { Verdict::Open } else { Verdict::Unicode }
}

/// Words of headings and family names that are frequent as they stand, and in an old font would be next to nothing (“Tờn”).
const FREQUENT: [&str; 6] = ["tên", "mã", "xã", "lê", "ngô", "tô"];

/// Whether an open cell can be in this font at all.
pub(super) fn may_be(font: Font, cell: &str) -> bool {
    let cell: String = cell.nfc().collect();
    let words: Vec<&str> = words(&cell).collect();
    if words.iter().any(|word| FREQUENT.contains(&word.to_lowercase().as_str())) {
        return false;
    }
    fit(font, &words).misfits <= words.iter().filter(|word| !stands(word)).count()
}

/// Measures that look like a word of TCVN3.
const MEASURES: [&str; 4] = ["µm", "µg", "µl", "µs"];

/// The words that a font can change. What has digits in it is a code or a measure.
fn words(cell: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_alphanumeric() || is_symbol(c) || matches!(c, '\'' | '’' | '_' | '@');
    let may_change = |word: &&str| !word.is_ascii() && !MEASURES.contains(word);
    cell.split(move |c| !is_part(c))
        .filter(may_change)
        .filter(|word| word.contains(|c: char| c.is_ascii_alphabetic()) && !word.contains(|c: char| c.is_ascii_digit()))
}

/// Whether it is a word as it stands. Quotation marks at its edges are none of its letters.
fn stands(word: &str) -> bool {
    let word = nfc(word.trim_start_matches('«').trim_end_matches('»'));
    let small = word.chars().skip(1).filter(|c| c.is_lowercase()).count();
    let large = word.chars().skip(1).filter(|c| c.is_uppercase()).count();
    let is_cased = large == 0 || (small == 0 && word.starts_with(char::is_uppercase));
    word.is_ascii() || (is_cased && spelling::is_syllable(&word))
}

fn fit(font: Font, words: &[&str]) -> Fit {
    let mut fit = Fit::default();
    for word in words {
        let meant = font.read_word(word);
        let changes = font.changes(word);
        let is_word = !font.lacks_letter_of(word) && spelling::is_syllable(&meant);
        fit.changes += usize::from(changes);
        fit.proofs += usize::from(changes && is_word && !stands(word));
        fit.misfits += usize::from(!is_word && !is_abbreviation(&meant));
    }
    fit
}

/// “ĐH”, “GDĐT”.
fn is_abbreviation(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_uppercase() || c == 'Đ')
}
