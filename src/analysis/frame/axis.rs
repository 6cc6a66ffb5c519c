//! One classification of forms, whatever versions of whatever questionnaires they answered.

use std::collections::BTreeMap;

use super::codec::{NOT_APPLICABLE, NOT_ASKED, OTHER, SKIPPED};
use super::{Absent, Damaged, Encoding};

/// Where an axis finds its classes in the forms of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Every form of the version is in this class.
    Constant(u16),
    /// A column says a place, and each place is a class.
    Places {
        /// The column's name.
        column: String,
        /// How it is written.
        encoding: Encoding,
        /// The class of each place.
        classes: Vec<u16>,
        /// The class of “other”.
        other: Option<u16>,
        /// What each place counts in a mean; empty: there is none.
        points: Vec<i64>,
    },
    /// A column says several choices, and each is a class.
    Several {
        /// The column's name.
        column: String,
        /// How it is written.
        encoding: Encoding,
        /// The class of each choice.
        classes: Vec<u16>,
    },
    /// A column says a number, and the class is the last that begins at or below it.
    Number {
        /// The column's name.
        column: String,
        /// Where each class begins, lowest first; empty: numbers have no classes, only a mean.
        starts: Vec<i64>,
        /// The class that begins there.
        classes: Vec<u16>,
    },
}

impl Source {
    /// The column that it reads, if it reads one.
    pub fn column(&self) -> Option<&str> {
        match self {
            Self::Constant(_) => None,
            Self::Places { column, .. } | Self::Several { column, .. } | Self::Number { column, .. } => Some(column),
        }
    }
}

/// A classification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// How many classes it has.
    pub classes: usize,
    /// Whether a form may be in several.
    pub overlaps: bool,
    /// Where the classes are found, by questionnaire version; forms of other versions were not asked.
    pub sources: BTreeMap<i64, Source>,
}

/// The forms of one block on one axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    /// The class of each form, or, from the number of classes on, why it has none ([`Absent`]). Where forms may be in several
    /// classes: 0 for those that are in some.
    pub standing: Vec<u16>,
    /// Where forms may be in several classes: a bit for each. Empty otherwise.
    pub bits: Vec<u64>,
    /// What each form counts in a mean; empty: there is none.
    pub values: Vec<Option<i64>>,
}

impl Axis {
    /// As many choices of which several are given can be counted at once.
    pub const MOST_OVERLAPPING: usize = 63;

    /// Where it finds its classes in the forms of a version, if it does.
    pub fn column(&self, version: i64) -> Option<&str> {
        self.sources.get(&version)?.column()
    }

    /// Which classes forms of a version can be in, as far as that depends on what they were offered.
    pub fn offers(&self, version: i64) -> Vec<bool> {
        let offered: Vec<u16> = match self.sources.get(&version) {
            None | Some(Source::Constant(_)) => return vec![true; self.classes],
            Some(Source::Places { classes, other, .. }) => classes.iter().copied().chain(*other).collect(),
            Some(Source::Several { classes, .. } | Source::Number { classes, .. }) => classes.clone(),
        };
        (0..self.classes).map(|class| offered.iter().any(|offered| usize::from(*offered) == class)).collect()
    }

    /// How many classes a form can stand in at once: the answered ones together where they overlap.
    pub fn standings(&self) -> usize {
        if self.overlaps { 1 } else { self.classes }
    }

    /// The forms of a block of this version.
    ///
    /// # Errors
    /// [`Damaged`] when the bytes are not those of so many forms.
    pub fn lane(&self, version: i64, forms: usize, bytes: &[u8]) -> Result<Lane, Damaged> {
        let lane = match self.sources.get(&version) {
            None => self.constant(self.absent(NOT_ASKED), forms),
            Some(Source::Constant(class)) => self.constant(*class, forms),
            Some(Source::Places { encoding, classes, other, points, .. }) => {
                self.of_places(&encoding.places(bytes)?, classes, *other, points)?
            }
            Some(Source::Several { encoding, classes, .. }) => self.of_several(&encoding.several(bytes)?, classes),
            Some(Source::Number { starts, classes, .. }) => {
                self.of_numbers(&Encoding::Number.numbers(bytes)?, starts, classes)
            }
        };
        if lane.standing.len() == forms { Ok(lane) } else { Err(Damaged) }
    }

    fn absent(&self, reserved: u16) -> u16 {
        let why = match reserved {
            SKIPPED => Absent::Skipped,
            NOT_APPLICABLE => Absent::NotApplicable,
            _ => Absent::NotAsked,
        };
        u16::try_from(self.standings() + why as usize).unwrap_or(u16::MAX)
    }

    fn constant(&self, class: u16, forms: usize) -> Lane {
        let bits = if self.overlaps { vec![0; forms] } else { Vec::new() };
        Lane { standing: vec![class; forms], bits, values: Vec::new() }
    }

    fn of_places(&self, places: &[u16], classes: &[u16], other: Option<u16>, points: &[i64]) -> Result<Lane, Damaged> {
        let class = |place: u16| match place {
            NOT_ASKED | SKIPPED | NOT_APPLICABLE => Some(self.absent(place)),
            OTHER => other,
            place => classes.get(usize::from(place)).copied(),
        };
        let standing: Option<Vec<u16>> = places.iter().map(|place| class(*place)).collect();
        let value = |place: &u16| points.get(usize::from(*place)).copied();
        let values = if points.is_empty() { Vec::new() } else { places.iter().map(value).collect() };
        Ok(Lane { standing: standing.ok_or(Damaged)?, bits: Vec::new(), values })
    }

    fn of_several(&self, given: &[Result<u64, u16>], classes: &[u16]) -> Lane {
        let moved = |bits: u64| {
            let chosen = classes.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1);
            chosen.fold(0, |moved, (_, class)| moved | 1 << class)
        };
        let in_place = classes.iter().enumerate().all(|(at, class)| usize::from(*class) == at);
        let bits = given.iter().map(|form| form.map_or(0, |bits| if in_place { bits } else { moved(bits) })).collect();
        let standing = given.iter().map(|form| form.map_or_else(|why| self.absent(why), |_| 0)).collect();
        Lane { standing, bits, values: Vec::new() }
    }

    fn of_numbers(&self, numbers: &[Result<i64, u16>], starts: &[i64], classes: &[u16]) -> Lane {
        let class = |number: i64| {
            let after = starts.partition_point(|start| *start <= number);
            classes.get(after.saturating_sub(1)).copied().unwrap_or(self.absent(SKIPPED))
        };
        let standing = numbers.iter().map(|number| number.map_or_else(|why| self.absent(why), class)).collect();
        Lane { standing, bits: Vec::new(), values: numbers.iter().map(|number| number.ok()).collect() }
    }
}
