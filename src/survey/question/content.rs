//! What the cells of an exported column are, beside how they are written.

/// What the cells of one column hold; every one of them may also be empty (not asked) or hold the column's
/// code for “not answered”, mostly `-9`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// One code of the question's scale or choices.
    Code,
    /// Several of its codes, separated by a space; in labels by `; `.
    Codes,
    /// Whether the choice at this place was chosen: 1 or 0.
    Chosen(usize),
    /// Where the choice at this place stands in an order, from 1; 0: not named.
    Position(usize),
    /// A whole number.
    Whole,
    /// A number with a fraction.
    Decimal,
    /// A day, as `2026-09-05`.
    Date,
    /// A time of day, as `07:30`.
    Time,
    /// Whatever was written.
    Text,
}
