//! Questions and sections change places.

use super::{Manuscript, Place};

/// Which way something moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Towards the beginning.
    Up,
    /// Towards the end.
    Down,
}

impl Manuscript {
    /// Moves a question by one; at the end of its section into the next one. False where it cannot go on.
    pub fn shift(&mut self, place: Place, direction: Direction) -> bool {
        let (section, at) = place;
        let Some(question) = self.at(place).cloned() else { return false };
        let length = |sheet: &Self, s: usize| sheet.sections().get(s).map(|section| Self::questions(section).len());
        let to = match direction {
            Direction::Up if at > 0 => (section, at - 1),
            Direction::Up => match section.checked_sub(1) {
                Some(before) => (before, length(self, before).unwrap_or(0)),
                None => return false,
            },
            Direction::Down if Some(at + 1) < length(self, section) => (section, at + 1),
            Direction::Down if section + 1 < self.sections().len() => (section + 1, 0),
            Direction::Down => return false,
        };
        if let Some(questions) = self.questions_mut(section) {
            questions.remove(at);
        }
        self.insert(to, question).is_some()
    }

    /// Moves a question into a section, before the one that stands at this place there now, or to the end.
    pub fn move_to(&mut self, place: Place, section: usize, before: Option<usize>) -> bool {
        if section >= self.sections().len() {
            return false;
        }
        let Some(question) = self.at(place).cloned() else { return false };
        let Some(questions) = self.questions_mut(place.0) else { return false };
        questions.remove(place.1);
        // what stood behind it in the same section has moved up
        let is_behind = |at: &usize| place.0 == section && place.1 < *at;
        let to = before.map_or(usize::MAX, |at| if is_behind(&at) { at - 1 } else { at });
        self.insert((section, to), question).is_some()
    }

    /// Moves a section by one.
    pub fn shift_section(&mut self, section: usize, direction: Direction) -> bool {
        let other = match direction {
            Direction::Up => section.checked_sub(1),
            Direction::Down => Some(section + 1),
        };
        let length = self.sections().len();
        match other {
            Some(other) if other < length && section < length => {
                self.sections_mut().map(|sections| sections.swap(section, other)).is_some()
            }
            _ => false,
        }
    }

    /// Moves a section before the one that stands at this place there now, or to the end.
    pub fn move_section_to(&mut self, section: usize, before: Option<usize>) -> bool {
        let Some(sections) = self.sections_mut().filter(|sections| section < sections.len()) else { return false };
        let moved = sections.remove(section);
        // what stood behind it has moved up
        let to = before.map_or(usize::MAX, |at| if section < at { at - 1 } else { at });
        sections.insert(to.min(sections.len()), moved);
        true
    }
}
