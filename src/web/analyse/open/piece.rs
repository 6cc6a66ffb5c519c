//! A text in pieces: what was searched for, and what tells who somebody is.

use crate::analysis::text::Query;
use crate::survey::privacy::{self, Private};

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub text: String,
    /// Whether it was searched for.
    pub is_hit: bool,
    /// What it tells about somebody.
    pub private: Option<Private>,
}

/// Cuts a text where something begins or ends.
pub(super) fn pieces(text: &str, query: Option<&Query>) -> Vec<Piece> {
    let hits = query.map(|query| query.spans(text)).unwrap_or_default();
    let spots = privacy::spots(text);
    let bounds = hits.iter().cloned().chain(spots.iter().map(|spot| spot.at.clone()));
    let mut cuts: Vec<usize> = bounds.flat_map(|at| [at.start, at.end]).chain([0, text.len()]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let piece = |pair: &[usize]| {
        let &[from, to] = pair else { return None };
        let inside = |at: &std::ops::Range<usize>| at.start <= from && to <= at.end;
        Some(Piece {
            text: text.get(from..to)?.to_owned(),
            is_hit: hits.iter().any(inside),
            private: spots.iter().find(|spot| inside(&spot.at)).map(|spot| spot.kind),
        })
    };
    cuts.windows(2).filter_map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_and_spots_are_marked_and_nothing_is_lost() {
        let text = "Cô Lan lớp 3A hay la, gọi 0912 345 678 nhé";
        let found = pieces(text, Query::parse("\"cô lan\" goi").as_ref());
        assert_eq!(found.iter().map(|piece| piece.text.as_str()).collect::<String>(), text);
        let hits: Vec<&str> = found.iter().filter(|piece| piece.is_hit).map(|piece| piece.text.as_str()).collect();
        assert_eq!(hits, ["Cô ", "Lan", "gọi"]);
        let spots: Vec<Private> = found.iter().filter_map(|piece| piece.private).collect();
        assert_eq!(spots, [Private::Name, Private::Class, Private::Phone]);
    }
}
