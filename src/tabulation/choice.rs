//! Which forms are counted, and by what they are told apart.

use std::collections::BTreeSet;

use super::Left;
use crate::analysis::Atom;

/// Which forms are counted; what is left open does not choose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Units, by code.
    pub units: Option<BTreeSet<String>>,
    /// A level's code.
    pub level: Option<String>,
    /// A channel's code.
    pub channel: Option<String>,
}

impl Choice {
    pub(super) fn takes(&self, atom: &Atom) -> bool {
        self.units.as_ref().is_none_or(|units| units.contains(&atom.unit))
            && self.level.as_ref().is_none_or(|level| *level == atom.level)
            && self.channel.as_ref().is_none_or(|channel| *channel == atom.channel)
    }

    pub(super) fn takes_left(&self, left: &Left, level: &str) -> bool {
        self.units.as_ref().is_none_or(|units| units.contains(&left.unit))
            && self.level.as_ref().is_none_or(|own| own == level)
            && self.channel.as_ref().is_none_or(|channel| *channel == left.channel)
    }
}

/// By what answers are kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The unit that was asked about.
    Unit,
    /// The level.
    Level,
    /// The channel.
    Channel,
}

impl Key {
    pub(super) fn of(self, atom: &Atom) -> &str {
        match self {
            Self::Unit => &atom.unit,
            Self::Level => &atom.level,
            Self::Channel => &atom.channel,
        }
    }

    pub(super) fn narrowed(self, choice: &Choice, code: &str) -> Choice {
        let mut narrow = choice.clone();
        match self {
            Self::Unit => narrow.units = Some(BTreeSet::from([code.to_owned()])),
            Self::Level => narrow.level = Some(code.to_owned()),
            Self::Channel => narrow.channel = Some(code.to_owned()),
        }
        narrow
    }
}
