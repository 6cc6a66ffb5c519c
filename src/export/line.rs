//! One row of the file.

use crate::survey::question::Row;

/// Cells one behind the other in one buffer, so that nothing is allocated per cell.
pub(super) struct Line {
    text: String,
    /// Where each cell lies in `text`; an empty cell lies nowhere.
    spans: Vec<(usize, usize)>,
}

/// The place of a column that nobody asked for.
pub(super) const NOWHERE: usize = usize::MAX;

impl Line {
    pub fn new(columns: usize) -> Self {
        Self { text: String::with_capacity(4096), spans: vec![(0, 0); columns] }
    }

    pub fn clear(&mut self) {
        self.text.clear();
        self.spans.fill((0, 0));
    }

    /// Puts a text into a cell.
    pub fn put(&mut self, at: usize, value: &str) {
        self.write(at, |text| text.push_str(value));
    }

    /// Lets a cell be written at the end of the buffer.
    pub fn write(&mut self, at: usize, work: impl FnOnce(&mut String)) {
        if let Some(span) = self.spans.get_mut(at) {
            let start = self.text.len();
            work(&mut self.text);
            *span = (start, self.text.len());
        }
    }

    /// The cells, in the order of the columns.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = &str> {
        self.spans.iter().map(|(start, end)| &self.text[*start..*end])
    }
}

/// The cells of one question, wherever its columns stand.
pub(super) struct Cells<'a> {
    pub line: &'a mut Line,
    pub places: std::slice::Iter<'a, usize>,
}

impl Row for Cells<'_> {
    fn cell(&mut self, value: &str) {
        if let Some(at) = self.places.next() {
            self.line.put(*at, value);
        }
    }
}
