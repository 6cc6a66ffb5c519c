//! What becomes of units: they are renamed, merged, split, or put below another office. What happened keeps its day and its
//! legal basis; a unit that ends does so on the day before, and answers stay with the unit that it was.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use self::follow::Before;
use super::{Kinds, Unit, UnitCode};
use crate::survey::code::{Level, codes};

mod follow;
pub mod lineage;

pub use follow::kept;

codes! {
    /// What happened.
    SuccessionKind {
        /// The same unit has another name.
        DoiTen = "doi_ten",
        /// Several units become one.
        SapNhap = "sap_nhap",
        /// One unit becomes several.
        Tach = "tach",
        /// The same unit stands below other offices.
        ChuyenCap = "chuyen_cap",
    }
}

codes! {
    /// In which respect a unit stands below another.
    Superiority {
        /// In administration.
        HanhChinh = "hanh_chinh",
        /// In professional matters.
        ChuyenMon = "chuyen_mon",
    }
}

impl Superiority {
    /// The unit that stands above in this respect.
    pub fn of(self, unit: &Unit) -> Option<&UnitCode> {
        match self {
            Self::HanhChinh => unit.parent.as_ref(),
            Self::ChuyenMon => unit.professional_parent.as_ref(),
        }
    }

    /// The same unit below another in this respect.
    #[must_use]
    pub fn below(self, unit: &Unit, above: Option<UnitCode>) -> Unit {
        match self {
            Self::HanhChinh => Unit { parent: above, ..unit.clone() },
            Self::ChuyenMon => Unit { professional_parent: above, ..unit.clone() },
        }
    }
}

/// What a unit becomes a part of, or splits into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heir {
    /// A unit that there is.
    Known(UnitCode),
    /// One that begins on that day.
    New {
        /// Its code.
        code: UnitCode,
        /// Its name.
        name: String,
    },
}

impl Heir {
    /// Its code.
    pub fn code(&self) -> &UnitCode {
        match self {
            Self::Known(code) | Self::New { code, .. } => code,
        }
    }
}

/// What shall happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The same unit has another name.
    Rename {
        /// Which.
        unit: UnitCode,
        /// The new name.
        name: String,
    },
    /// Several become one.
    Merge {
        /// Those that end.
        from: Vec<UnitCode>,
        /// What they become a part of.
        into: Heir,
    },
    /// One becomes several.
    Split {
        /// Which.
        from: UnitCode,
        /// Into what, each with its share of the people, in per cent.
        into: Vec<(Heir, i64)>,
        /// Whether the old one goes on beside them.
        goes_on: bool,
    },
    /// The same unit stands below other offices.
    Transfer {
        /// Which.
        unit: UnitCode,
        /// What stands above it in administration.
        parent: Option<UnitCode>,
        /// What stands above it in professional matters.
        professional_parent: Option<UnitCode>,
    },
}

/// Why it cannot happen like that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// A unit is named that there is not, or not on that day.
    NoSuchUnit,
    /// The new unit's code is in use.
    CodeTaken,
    /// The same unit stands on both sides, or twice on one.
    Same,
    /// A school and an office cannot become one.
    Kinds,
    /// Shares are from 1 to 100 and come to 100; beside a unit that goes on, to less.
    Shares,
    /// Nothing would be different.
    Nothing,
    /// A school, or the unit itself or something below it, cannot stand above it.
    Superior,
    /// An office does not stand below one of its own kind, as no ward below a ward.
    SameKind,
    /// Units of this kind do not stand below units of that kind.
    Place,
    /// Units of this kind always stand below another.
    Top,
}

/// One old unit and one new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What there was.
    pub old: UnitCode,
    /// What it was called.
    pub old_name: String,
    /// What there is; the same where a unit changed and went on.
    pub new: UnitCode,
    /// How many of its people went there, in per cent, where several units share them.
    pub share: Option<i64>,
}

/// All that follows from a change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Effects {
    /// Units that begin, and units with their last day; others as they are.
    pub units: Vec<Unit>,
    /// What came from what.
    pub parts: Vec<Part>,
    /// A new name from the day on.
    pub name: Option<(UnitCode, String)>,
    /// The pupils that a unit keeps which goes on beside those that it was split into; it has them from the day on.
    pub keeps: Option<(UnitCode, BTreeMap<Level, i64>)>,
    /// What stands above which unit from the day on, where that becomes different.
    pub superiors: Vec<(UnitCode, Superiority, Option<UnitCode>)>,
}

impl Change {
    /// Which kind of change it is.
    pub fn kind(&self) -> SuccessionKind {
        match self {
            Self::Rename { .. } => SuccessionKind::DoiTen,
            Self::Merge { .. } => SuccessionKind::SapNhap,
            Self::Split { .. } => SuccessionKind::Tach,
            Self::Transfer { .. } => SuccessionKind::ChuyenCap,
        }
    }

    /// The units to which it happens.
    pub fn units(&self) -> &[UnitCode] {
        match self {
            Self::Rename { unit, .. } | Self::Split { from: unit, .. } | Self::Transfer { unit, .. } => {
                std::slice::from_ref(unit)
            }
            Self::Merge { from, .. } => from,
        }
    }

    /// What follows from it, if it happens on this day.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn effects(&self, day: NaiveDate, existing: &[Unit], kinds: &Kinds) -> Result<Effects, Wrong> {
        let before = Before { day, existing, kinds };
        match self {
            Self::Rename { unit, name } => before.rename(unit, name),
            Self::Merge { from, into } => before.merge(from, into),
            Self::Split { from, into, goes_on } => before.split(from, into, *goes_on),
            Self::Transfer { unit, parent, professional_parent } => {
                before.transfer(unit, parent.as_ref(), professional_parent.as_ref())
            }
        }
    }
}

#[cfg(test)]
mod tests;
