//! Texts that officers write with places to be filled in, in braces that can be typed: `{han}`.

/// A piece of such a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words.
    Text(&'a str),
    /// What stands between two braces.
    Place(&'a str),
    /// A brace that no other closes.
    Open,
}

/// The pieces of a text, in order.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while let Some((before, after)) = rest.split_once('{') {
        pieces.push(Piece::Text(before));
        match after.split_once('}') {
            Some((name, after)) if !name.contains(['{', '\n']) => {
                pieces.push(Piece::Place(name));
                rest = after;
            }
            _ => {
                pieces.push(Piece::Open);
                rest = after;
            }
        }
    }
    pieces.push(Piece::Text(rest));
    pieces
}
