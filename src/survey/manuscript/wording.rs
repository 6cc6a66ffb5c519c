//! What differs between two wordings, word by word.

use similar::{ChangeTag, TextDiff};

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words, with the blanks around them.
    pub text: String,
    /// Whether the other wording does not have them.
    pub is_other: bool,
}

/// Below this likeness two texts are two texts: marks on every second word help nobody.
const ALIKE: f32 = 0.4;

/// The old and the new wording in pieces; where they have little in common, each is one piece without a mark. An empty text has none.
pub fn wordings(old: &str, new: &str) -> (Vec<Piece>, Vec<Piece>) {
    let diff = TextDiff::from_words(old, new);
    if diff.ratio() < ALIKE {
        let whole = |text: &str| Some(Piece { text: text.to_owned(), is_other: false }).filter(|_| !text.is_empty());
        return (whole(old).into_iter().collect(), whole(new).into_iter().collect());
    }
    let side = |other: ChangeTag| {
        let mut pieces: Vec<Piece> = Vec::new();
        for change in diff.iter_all_changes().filter(|change| [ChangeTag::Equal, other].contains(&change.tag())) {
            let is_other = change.tag() == other;
            match pieces.last_mut().filter(|last| last.is_other == is_other) {
                Some(last) => last.text.push_str(change.value()),
                None => pieces.push(Piece { text: change.value().to_owned(), is_other }),
            }
        }
        joined(pieces)
    };
    (side(ChangeTag::Delete), side(ChangeTag::Insert))
}

/// Two marks with a blank between them are one.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    let mut rest = pieces.into_iter().peekable();
    while let Some(piece) = rest.next() {
        let is_blank = !piece.is_other && piece.text.trim().is_empty() && rest.peek().is_some();
        match found.last_mut().filter(|last| last.is_other && (is_blank || piece.is_other)) {
            Some(last) => last.text.push_str(&piece.text),
            None => found.push(piece),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked(pieces: &[Piece]) -> String {
        pieces.iter().map(|p| if p.is_other { format!("[{}]", p.text) } else { p.text.clone() }).collect()
    }

    #[test]
    fn only_the_words_that_differ_are_marked_and_other_texts_not_at_all() {
        let (old, new) = wordings("Con có thích đến trường không?", "Con có vui khi đến trường không?");
        assert_eq!(
            (marked(&old), marked(&new)),
            ("Con có [thích] đến trường không?".to_owned(), "Con có [vui khi] đến trường không?".to_owned(),)
        );
        let (old, new) = wordings("Học phí", "Bữa ăn bán trú của con");
        assert!(!old.iter().chain(&new).any(|piece| piece.is_other));
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_text(old in "[a-cà-ỹ \n]{0,20}", new in "[a-cà-ỹ \n]{0,20}") {
            let (before, after) = wordings(&old, &new);
            let whole = |pieces: &[Piece]| pieces.iter().map(|piece| piece.text.as_str()).collect::<String>();
            prop_assert_eq!((whole(&before), whole(&after)), (old, new));
        }
    }
}
