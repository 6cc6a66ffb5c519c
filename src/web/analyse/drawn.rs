//! A chart in a page: drawn for phones and for desks, of which the style sheet shows one.

use std::fmt;

use crate::chart::{Breadth, Drawing};

/// Both drawings. They escape what they say themselves, so that templates print them as they are.
pub(super) struct Drawn([String; 2]);

impl Drawn {
    /// Draws for both.
    pub fn by(draw: impl Fn(Breadth) -> Drawing) -> Self {
        Self([Breadth::Phone, Breadth::Desk].map(|breadth| draw(breadth).inline()))
    }
}

impl fmt::Display for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|drawing| f.write_str(drawing))
    }
}

impl askama::filters::HtmlSafe for Drawn {}
