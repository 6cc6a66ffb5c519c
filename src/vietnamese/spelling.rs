//! Whether letters can be one syllable of Vietnamese: its beginning, its rime, and the tone where it belongs. Source: the
//! inventory of Quốc ngữ as schools teach it; syllables of borrowed words (“soóc”, “xoong”) are not among them.

use unicode_normalization::UnicodeNormalization;

/// What a syllable can begin with.
const BEGINNINGS: [&str; 28] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu",
    "r", "s", "t", "th", "tr", "v", "x",
];

/// What can follow, without tones.
const RIMES: &str = " a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu \
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong op ot \
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uy uya uych uynh uyt uyu uyên uyêt \
    uân uâng uât uây uê uêch uênh uơ uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưn ưng ưt ưu \
    ươc ươi ươm ươn ương ươp ươt ươu y yn ynh yt yêm yên yêng yêt yêu ";

/// Grave, acute, tilde, hook and dot.
fn is_tone(c: &char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

/// Whether this can be a syllable, in small or in capital letters.
pub fn is_syllable(text: &str) -> bool {
    let marked: Vec<char> = text.to_lowercase().nfd().collect();
    let bare: String = marked.iter().copied().filter(|c| !is_tone(c)).nfc().collect();
    let tone = marked.iter().find(|c| is_tone(c)).copied();
    if bare.is_empty() || bare.chars().count() > 7 || marked.iter().filter(|c| is_tone(c)).count() > 1 {
        return false;
    }
    // where the tone stands: so many letters are up to it
    let upto = marked.iter().position(is_tone).map(|at| marked[..at].iter().copied().nfc().count());
    BEGINNINGS.iter().any(|beginning| {
        let rime = bare.strip_prefix(beginning).filter(|rime| goes_with(beginning, rime));
        let place = upto.map(|upto| upto.checked_sub(beginning.chars().count() + 1));
        rime.is_some_and(|rime| is_rime(rime) && takes(rime, tone) && place.is_none_or(|at| is_place(rime, at)))
    })
}

fn is_rime(rime: &str) -> bool {
    RIMES.contains(&format!(" {rime} "))
}

/// `k`, `gh` and `ngh` stand before e, ê, i and y; `c`, `g` and `ng` before the others.
fn goes_with(beginning: &str, rime: &str) -> bool {
    let is_front = rime.starts_with(['e', 'ê', 'i', 'y']);
    match beginning {
        "k" | "gh" | "ngh" => is_front,
        "c" | "ng" => !is_front,
        // “gì”, “gìn”
        "g" => !is_front || rime.starts_with('i'),
        _ => true,
    }
}

/// Rimes that end short take two tones only; names of other peoples of the country have them without any (“Y Nôt”).
fn takes(rime: &str, tone: Option<char>) -> bool {
    let is_short = rime.ends_with(['c', 'p', 't']) || rime.ends_with("ch");
    !is_short || tone.is_none_or(|tone| matches!(tone, '\u{301}' | '\u{323}'))
}

/// Whether a tone may stand on this letter of the rime.
fn is_place(rime: &str, at: Option<usize>) -> bool {
    let Some(at) = at else { return false };
    let letters: Vec<char> = rime.chars().collect();
    if let Some(marked) = letters.iter().rposition(|c| "ăâêôơư".contains(*c)) {
        return at == marked;
    }
    let vowels = letters.iter().take_while(|c| "aeiouy".contains(**c)).count();
    match (rime, vowels, letters.len() > vowels) {
        // “hòa” and “hoà” are both right
        ("oa" | "oe" | "uy", ..) => at < 2,
        (_, _, true) => at + 1 == vowels,
        (_, 3, false) => at == 1,
        _ => at == 0,
    }
}

/// Every beginning with every rime that it goes with, without tones.
#[cfg(test)]
pub(super) fn all_bare() -> Vec<(&'static str, &'static str)> {
    let rimes = || RIMES.split_whitespace();
    BEGINNINGS.iter().flat_map(|b| rimes().filter(|rime| goes_with(b, rime)).map(|rime| (*b, rime))).collect()
}

#[cfg(test)]
mod tests {
    use super::is_syllable;

    #[test]
    fn syllables_are_told_from_what_only_looks_like_them() {
        for right in ["Trường", "NGUYỄN", "hoà", "hòa", "gì", "quý", "Quới", "khuya", "khuỷu", "ý", "Nghĩa", "giếng"]
        {
            assert!(is_syllable(right), "{right}");
        }
        for right in ["Kỳ", "Tây", "thuở", "xoáy", "ngoèo", "ở", "được", "Nôt", "Pu", "oanh", "yên"] {
            assert!(is_syllable(right), "{right}");
        }
        for wrong in ["", "Néi", "häc", "Leâ", "Leõ", "Phuù", "Kôn", "Niê", "tèt", "café", "ngiễn", "cỉnh", "Trữờng"]
        {
            assert!(!is_syllable(wrong), "{wrong}");
        }
    }
}
