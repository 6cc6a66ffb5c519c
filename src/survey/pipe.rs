//! Answers within texts: `Con học lớp ${khoi_lop}, xin cho biết …`.
//!
//! What is shown is what people answered as they know it: the label of a choice, not its code; a date as `05/09/2026`; nothing
//! while there is no answer.

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words as they stand there.
    Words(&'a str),
    /// The answer to the question with this code.
    Answer(&'a str),
    /// A `${` that begins no code.
    Broken(&'a str),
}

/// Whether anything has to be put into a text.
pub fn has_answers(text: &str) -> bool {
    text.contains("${")
}

/// The parts of a text with their columns, from 1, in characters.
pub fn pieces(text: &str) -> Vec<(usize, Piece<'_>)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let column = |rest: &str| text[..text.len() - rest.len()].chars().count() + 1;
    while let Some(begin) = rest.find("${") {
        if begin > 0 {
            pieces.push((column(rest), Piece::Words(&rest[..begin])));
        }
        let here = column(&rest[begin..]);
        let after = &rest[begin + 2..];
        let code = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').map_or(after, |end| &after[..end]);
        rest = match after[code.len()..].strip_prefix('}') {
            Some(more) if !code.is_empty() => {
                pieces.push((here, Piece::Answer(code)));
                more
            }
            _ => {
                pieces.push((here, Piece::Broken(&rest[begin..begin + 2])));
                after
            }
        };
    }
    if !rest.is_empty() {
        pieces.push((column(rest), Piece::Words(rest)));
    }
    pieces
}

/// The codes of the questions whose answers stand in a text.
pub fn answers(text: &str) -> impl Iterator<Item = &str> {
    let pieces = if has_answers(text) { pieces(text) } else { Vec::new() };
    pieces.into_iter().filter_map(|(_, piece)| match piece {
        Piece::Answer(code) => Some(code),
        Piece::Words(_) | Piece::Broken(_) => None,
    })
}

/// A value as people read it: a date turned round, everything else as it is.
pub fn shown(value: &str) -> String {
    let is_date = value.len() == 10
        && value.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    if is_date { format!("{}/{}/{}", &value[8..], &value[5..7], &value[..4]) } else { value.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_is_cut_where_answers_belong() {
        let cut: Vec<Piece<'_>> = pieces("Lớp ${lop}: ${ten}?").into_iter().map(|(_, piece)| piece).collect();
        use Piece::{Answer, Words};
        assert_eq!(cut, [Words("Lớp "), Answer("lop"), Words(": "), Answer("ten"), Words("?")]);
        assert_eq!(pieces("giá ${ lop}")[1], (5, Piece::Broken("${")));
        assert_eq!((shown("2026-09-05"), shown("2026-9-05")), ("05/09/2026".to_owned(), "2026-9-05".to_owned()));
    }

    proptest! {
        #[test]
        fn nothing_of_a_text_is_lost(text in "(\\$|\\{|\\}|[a-c_]|đ|\\$\\{[ab]\\}){0,12}") {
            let whole: String = pieces(&text).into_iter().map(|(_, piece)| match piece {
                Piece::Words(words) | Piece::Broken(words) => words.to_owned(),
                Piece::Answer(code) => format!("${{{code}}}"),
            }).collect();
            prop_assert_eq!(whole, text);
        }
    }
}
