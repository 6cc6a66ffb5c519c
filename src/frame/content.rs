//! What a frame says about itself: its blocks, and what the places in its fixed columns stand for.

use std::borrow::Borrow;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The unit, by its place in [`Content::units`].
pub(super) const UNIT: &str = "_unit";
/// The channel.
pub(super) const CHANNEL: &str = "_channel";
/// The language it was answered in.
pub(super) const LANG: &str = "_lang";
/// How it came in.
pub(super) const MODE: &str = "_mode";
/// The day it came in.
pub(super) const DAY: &str = "_day";
/// How fast it was filled in.
pub(super) const PACE: &str = "_pace";
/// The random id.
pub(super) const ID: &str = "_id";
/// Bytes of an id.
pub(super) const ID_BYTES: usize = 16;

/// What a frame says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Ids of units.
    pub units: Vec<i64>,
    /// Codes of channels.
    pub channels: Vec<String>,
    /// Codes of languages.
    pub langs: Vec<String>,
    /// Codes of modes.
    pub modes: Vec<String>,
    /// Codes of paces.
    pub paces: Vec<String>,
    /// Days in Việt Nam.
    pub days: Vec<NaiveDate>,
    /// Its blocks, in the order of their numbers.
    pub blocks: Vec<Block>,
}

/// A block: forms of one questionnaire version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// The version's id.
    pub version: i64,
    /// How many.
    pub forms: usize,
}

/// The place of an entry; a new one goes to the end. Dictionaries are short, and most forms have the entry of the one before.
pub(super) fn place<T: Borrow<Q>, Q: PartialEq + ToOwned<Owned = T> + ?Sized>(
    entries: &mut Vec<T>,
    entry: &Q,
) -> usize {
    entries.iter().position(|known| known.borrow() == entry).unwrap_or_else(|| {
        entries.push(entry.to_owned());
        entries.len() - 1
    })
}
