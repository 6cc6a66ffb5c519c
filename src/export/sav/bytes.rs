//! Bytes of a data file, least first.

use super::names::cut;

/// Bytes that are put together.
#[derive(Default)]
pub(super) struct Bytes(pub Vec<u8>);

impl Bytes {
    pub fn int(&mut self, number: i32) -> &mut Self {
        self.raw(&number.to_le_bytes())
    }

    pub fn size(&mut self, size: usize) -> &mut Self {
        self.int(i32::try_from(size).unwrap_or(i32::MAX))
    }

    pub fn float(&mut self, number: f64) -> &mut Self {
        self.raw(&number.to_le_bytes())
    }

    pub fn raw(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.extend_from_slice(bytes);
        self
    }

    /// A text in so many bytes, blanks at its end.
    pub fn padded(&mut self, text: &str, width: usize) -> &mut Self {
        let text = cut(text, width);
        self.raw(text.as_bytes());
        self.0.resize(self.0.len() + width - text.len(), b' ');
        self
    }

    /// An extension record: elements of one byte.
    pub fn extension(&mut self, kind: i32, data: &[u8]) {
        self.int(7).int(kind).int(1).size(data.len()).raw(data);
    }
}
