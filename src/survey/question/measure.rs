//! What a question counts.

use super::Bins;

/// What a question counts, for tabulation and the codebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// Points on an ordered scale; one cell per choice.
    Rating {
        /// The codes, lowest first.
        codes: Vec<String>,
        /// The points that each code stands for.
        points: Vec<i64>,
    },
    /// One of several; one cell per choice, and a last one for “other” where it is offered.
    Single {
        /// The codes.
        codes: Vec<String>,
        /// Whether a last cell counts “other”.
        other: bool,
    },
    /// Several of several; one cell per choice.
    Multiple {
        /// The codes.
        codes: Vec<String>,
    },
    /// Several in an order; item by item, one cell per position. Where there are fewer positions than items, a last cell of
    /// the item counts those who named it at all: that all of a small group did can give them away.
    Rank {
        /// The codes.
        codes: Vec<String>,
        /// How many positions there are.
        positions: usize,
    },
    /// A number; the first cell is the exact sum in the bins' units, then one cell per bin.
    Number(Bins),
    /// A value that falls into one of several classes, such as the month of a date; one cell per class.
    Class {
        /// What the classes are called.
        codes: Vec<String>,
    },
    /// Whether there is an answer, and nothing of what it says.
    Counted,
    /// A text; only counted.
    Text,
    /// Nothing to count.
    Nothing,
}

impl Measure {
    /// How many cells each item of a rank has.
    pub fn width(items: usize, positions: usize) -> usize {
        positions + usize::from(positions < items)
    }

    /// How many cells it needs after asked, answered and not applicable.
    pub fn cells(&self) -> usize {
        match self {
            Self::Rating { codes, .. } | Self::Multiple { codes } | Self::Class { codes } => codes.len(),
            Self::Single { codes, other } => codes.len() + usize::from(*other),
            Self::Number(bins) => 1 + bins.len(),
            Self::Rank { codes, positions } => codes.len() * Self::width(codes.len(), *positions),
            Self::Counted | Self::Text | Self::Nothing => 0,
        }
    }
}
