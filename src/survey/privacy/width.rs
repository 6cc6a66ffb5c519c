//! Full-width characters, as some keyboards of phones write them: `０９１２`, `＠`. They are read as what they mean, and found
//! where they stand.

use std::ops::Range;

/// By how many bytes a full-width character is longer than the narrow one.
const LONGER: usize = 2;

/// A text with narrow characters in the place of full-width ones.
pub(super) struct Narrow {
    pub text: String,
    /// Where the narrowed ones stand in it, in order.
    places: Vec<usize>,
}

impl Narrow {
    pub fn of(wide: &str) -> Self {
        let (mut text, mut places) = (String::with_capacity(wide.len()), Vec::new());
        for c in wide.chars() {
            places.extend(narrow(c).map(|_| text.len()));
            text.push(narrow(c).unwrap_or(c));
        }
        Self { text, places }
    }

    /// Where a part of this text stands in the text as it was written, in bytes.
    pub fn written(&self, at: Range<usize>) -> Range<usize> {
        let place = |narrow: usize| narrow + LONGER * self.places.partition_point(|place| *place < narrow);
        place(at.start)..place(at.end)
    }
}

/// What a full-width letter, digit or sign means. Brackets stay: only ours are masks.
fn narrow(c: char) -> Option<char> {
    match c {
        '\u{3000}' => Some(' '),
        '［' | '］' => None,
        '！'..='～' => char::from_u32(u32::from(c) - u32::from('！') + u32::from('!')),
        _ => None,
    }
}
