//! Choices pasted from a spreadsheet.

use std::collections::BTreeSet;

use crate::vietnamese::{fold, nfc};

/// One pasted line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pasted {
    /// Its code: as it was written, or made from the label.
    pub code: String,
    /// What people read, in the questionnaire's languages as far as there were cells.
    pub labels: Vec<String>,
}

/// How long a code may be.
const CODE_LETTERS: usize = 32;

/// More choices than anybody pastes; a longer text is no list of choices.
const MOST_LINES: usize = 500;

/// Reads lines: `code<TAB>label`, or a label alone, of which a code is made that nothing in `known` has. Cells after the label
/// are the label in further languages. A line whose label stands there already, or comes twice, is left out; `known` are code
/// and label of the choices that there are.
pub fn pasted(text: &str, known: &[(String, String)]) -> Vec<Pasted> {
    let mut codes: BTreeSet<String> = known.iter().map(|(code, _)| code.clone()).collect();
    let mut labels: BTreeSet<String> = known.iter().map(|(_, label)| same(label)).collect();
    let mut read = Vec::new();
    for line in text.lines().take(MOST_LINES) {
        let cells: Vec<String> = line.split('\t').map(|cell| nfc(cell.trim())).collect();
        let (code, cells) = match cells.split_first() {
            Some((first, rest)) if rest.iter().any(|cell| !cell.is_empty()) && is_code(first) => (Some(first), rest),
            _ => (None, &cells[..]),
        };
        let cells: Vec<String> = cells.iter().skip_while(|cell| cell.is_empty()).cloned().collect();
        let Some(label) = cells.first() else { continue };
        let is_known = code.is_some_and(|code| codes.contains(code)) || labels.contains(&same(label));
        if is_known {
            continue;
        }
        let code = code.cloned().unwrap_or_else(|| free(label, &codes));
        codes.insert(code.clone());
        labels.insert(same(label));
        read.push(Pasted { code, labels: cells });
    }
    read
}

/// A code made from a label, which nothing has yet: small letters without diacritics, words joined by `_`.
pub(super) fn free(label: &str, codes: &BTreeSet<String>) -> String {
    let folded = fold(label);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut stem = String::new();
    for word in words {
        if stem.len() + word.len() + 1 > CODE_LETTERS - 4 && !stem.is_empty() {
            break;
        }
        if !stem.is_empty() {
            stem.push('_');
        }
        stem.push_str(word);
    }
    stem.truncate(CODE_LETTERS - 4);
    if stem.is_empty() {
        stem.push_str("lua_chon");
    }
    let numbered = (2..).map(|n| format!("{stem}_{n}"));
    std::iter::once(stem.clone()).chain(numbered).find(|code| !codes.contains(code)).unwrap_or(stem)
}

fn is_code(text: &str) -> bool {
    (1..=CODE_LETTERS).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn same(label: &str) -> String {
    nfc(label.trim()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn codes(text: &str) -> Vec<String> {
        pasted(text, &[]).into_iter().map(|line| line.code).collect()
    }

    #[test]
    fn lines_from_a_spreadsheet_become_choices_with_codes_without_diacritics() {
        assert_eq!(codes("Rất đồng ý\nKhông ý kiến\n\n  \nĐường xá"), ["rat_dong_y", "khong_y_kien", "duong_xa"]);
        let with_codes = pasted("lop_1\tLớp 1\tGrade 1\r\nlop_2\tLớp 2", &[]);
        assert_eq!(with_codes[0], Pasted { code: "lop_1".into(), labels: vec!["Lớp 1".into(), "Grade 1".into()] });
        assert_eq!(codes("???\n!!!"), ["lua_chon", "lua_chon_2"]);
    }

    #[test]
    fn what_is_there_already_is_not_pasted_again_and_keeps_its_code() {
        let known = [("khac".to_owned(), "Đi bộ".to_owned())];
        assert_eq!(pasted("đi bộ\nkhac\tXe khác\nKhác", &known)[0].code, "khac_2");
        assert_eq!(pasted("đi bộ\nkhac\tXe khác\nKhác", &known).len(), 1);
    }

    proptest! {
        #[test]
        fn pasted_codes_are_codes_and_never_stand_twice(text in "\\PC{0,80}(\n\\PC{0,40}){0,5}") {
            let known = [("co".to_owned(), "Có".to_owned())];
            let read = pasted(&text, &known);
            let distinct: BTreeSet<&str> = read.iter().map(|line| line.code.as_str()).chain(["co"]).collect();
            prop_assert_eq!(distinct.len(), read.len() + 1);
            prop_assert!(read.iter().all(|line| is_code(&line.code) && !line.labels.is_empty()));
        }
    }
}
