//! Why forms count in no figure.

use super::code::codes;

codes! {
    /// A rule by which forms are found that may say little, or that somebody named them.
    Rule {
        /// All ratings are the same, and there are many.
        Alike = "alike",
        /// Most of what was asked was left open.
        Open = "open",
        /// The same long text stands in several forms.
        SameText = "same-text",
        /// Somebody named the forms.
        ByHand = "by-hand",
    }
}

impl Rule {
    /// With fewer ratings it means little that all are the same.
    pub const LEAST_RATINGS: usize = 10;
    /// In per cent: so much of what was asked was left open.
    pub const MOST_OPEN: usize = 50;
    /// With fewer questions it means little that many are open.
    pub const LEAST_ASKED: usize = 10;
    /// In so many forms the same text stands.
    pub const SAME_FORMS: u32 = 3;
    /// Shorter texts than of so many words are the same by chance.
    pub const SAME_WORDS: usize = 6;

    /// Those that look for forms themselves.
    pub const SEARCHING: [Self; 3] = [Self::Alike, Self::Open, Self::SameText];
}
