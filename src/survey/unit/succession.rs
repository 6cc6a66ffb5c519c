//! What becomes of units: they are renamed, merged, split, or put below another office. What happened keeps its day and its
//! legal basis; a unit that ends does so on the day before, and answers stay with the unit that it was.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Classes, Unit, UnitCode};
use crate::survey::code::{Level, UnitKind, codes};

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

    /// What follows from it, if it happens on this day.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn effects(&self, day: NaiveDate, existing: &[Unit]) -> Result<Effects, Wrong> {
        let before = Before { day, existing };
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

/// The units before the day.
struct Before<'a> {
    day: NaiveDate,
    existing: &'a [Unit],
}

impl<'a> Before<'a> {
    /// The unit of this code, if it is there on the day before.
    fn unit(&self, code: &UnitCode) -> Result<&'a Unit, Wrong> {
        let eve = self.day.pred_opt().ok_or(Wrong::NoSuchUnit)?;
        let found = self.existing.iter().find(|unit| unit.code == *code && unit.is_valid_on(eve));
        found.filter(|unit| unit.valid_from < eve).ok_or(Wrong::NoSuchUnit)
    }

    fn ended(&self, unit: &Unit) -> Unit {
        Unit { valid_to: self.day.pred_opt(), ..unit.clone() }
    }

    /// A unit that takes the place of another: of its kind, in its place.
    fn heir(&self, heir: &Heir, like: &Unit) -> Result<Unit, Wrong> {
        match heir {
            Heir::Known(code) => {
                let known = self.existing.iter().find(|unit| unit.code == *code && unit.is_valid_on(self.day));
                let known = known.ok_or(Wrong::NoSuchUnit)?;
                if known.kind == like.kind { Ok(known.clone()) } else { Err(Wrong::Kinds) }
            }
            Heir::New { code, .. } if self.existing.iter().any(|unit| unit.code == *code) => Err(Wrong::CodeTaken),
            Heir::New { code, name } => Ok(Unit {
                code: code.clone(),
                name: name.clone(),
                valid_from: self.day,
                valid_to: None,
                enrolment: BTreeMap::new(),
                classes: BTreeMap::new(),
                ..like.clone()
            }),
        }
    }

    fn rename(&self, code: &UnitCode, name: &str) -> Result<Effects, Wrong> {
        let unit = self.unit(code)?;
        if unit.name == name {
            return Err(Wrong::Nothing);
        }
        let part = Part { old: code.clone(), old_name: unit.name.clone(), new: code.clone(), share: None };
        Ok(Effects { parts: vec![part], name: Some((code.clone(), name.to_owned())), ..Effects::default() })
    }

    fn merge(&self, from: &[UnitCode], into: &Heir) -> Result<Effects, Wrong> {
        let olds = from.iter().map(|code| self.unit(code)).collect::<Result<Vec<_>, _>>()?;
        let first = *olds.first().ok_or(Wrong::NoSuchUnit)?;
        let codes: Vec<&UnitCode> = from.iter().chain([into.code()]).collect();
        if !all_different(&codes) {
            return Err(Wrong::Same);
        }
        if olds.iter().any(|old| old.kind != first.kind) {
            return Err(Wrong::Kinds);
        }
        let mut heir = self.heir(into, first)?;
        let mut effects = Effects::default();
        for old in &olds {
            if matches!(into, Heir::New { .. }) {
                add_people(&mut heir, old);
            }
            effects.parts.push(part(old, &heir, None));
            effects.units.push(self.ended(old));
            effects.superiors.extend(self.children(old, &heir.code));
        }
        if matches!(into, Heir::New { .. }) {
            effects.units.push(heir);
        }
        Ok(effects)
    }

    fn split(&self, from: &UnitCode, into: &[(Heir, i64)], goes_on: bool) -> Result<Effects, Wrong> {
        let old = self.unit(from)?;
        let codes: Vec<&UnitCode> = into.iter().map(|(heir, _)| heir.code()).chain([from]).collect();
        if !all_different(&codes) {
            return Err(Wrong::Same);
        }
        let sum: i64 = into.iter().map(|(_, share)| share).sum();
        let is_whole = if goes_on { (1..100).contains(&sum) } else { sum == 100 && into.len() > 1 };
        if !is_whole || into.iter().any(|(_, share)| !(1..=100).contains(share)) {
            return Err(Wrong::Shares);
        }
        let mut effects = Effects::default();
        for (heir, share) in into {
            let mut new = self.heir(heir, old)?;
            effects.parts.push(part(old, &new, Some(*share)));
            if matches!(heir, Heir::New { .. }) {
                new.enrolment = of_people(old, *share);
                effects.units.push(new);
            }
        }
        if goes_on {
            effects.parts.push(part(old, old, Some(100 - sum)));
        } else {
            let first = codes.first().ok_or(Wrong::NoSuchUnit)?;
            effects.superiors = self.children(old, first);
            effects.units.push(self.ended(old));
        }
        Ok(effects)
    }

    fn transfer(
        &self,
        code: &UnitCode,
        parent: Option<&UnitCode>,
        professional: Option<&UnitCode>,
    ) -> Result<Effects, Wrong> {
        let unit = self.unit(code)?;
        let mut effects = Effects { parts: vec![part(unit, unit, None)], ..Effects::default() };
        for (respect, above) in [(Superiority::HanhChinh, parent), (Superiority::ChuyenMon, professional)] {
            if respect.of(unit) != above {
                check_superior(code, above, self.day, self.existing)?;
                effects.superiors.push((code.clone(), respect, above.cloned()));
            }
        }
        if effects.superiors.is_empty() { Err(Wrong::Nothing) } else { Ok(effects) }
    }

    /// What stood below a unit that ends stands below its heir.
    fn children(&self, old: &Unit, heir: &UnitCode) -> Vec<(UnitCode, Superiority, Option<UnitCode>)> {
        let below = self.existing.iter().filter(|unit| unit.is_valid_on(self.day)).flat_map(|unit| {
            let respects = Superiority::ALL.iter().filter(|respect| respect.of(unit) == Some(&old.code));
            respects.map(|respect| (unit.code.clone(), *respect, Some(heir.clone())))
        });
        below.collect()
    }
}

fn all_different(codes: &[&UnitCode]) -> bool {
    codes.iter().enumerate().all(|(at, code)| !codes[..at].contains(code))
}

fn part(old: &Unit, new: &Unit, share: Option<i64>) -> Part {
    Part { old: old.code.clone(), old_name: old.name.clone(), new: new.code.clone(), share }
}

/// Pupils and classes of a unit that becomes a part of another. Names of classes may be the same in both, so only their
/// number is kept.
fn add_people(heir: &mut Unit, old: &Unit) {
    for (level, pupils) in &old.enrolment {
        *heir.enrolment.entry(*level).or_insert(0) += pupils;
    }
    for (level, classes) in &old.classes {
        let before = heir.classes.get(level).map_or(0, Classes::count);
        heir.classes.extend(Classes::counted(before + classes.count()).map(|sum| (*level, sum)));
    }
}

/// So many per cent of the pupils of each level, rounded half up.
fn of_people(old: &Unit, share: i64) -> BTreeMap<Level, i64> {
    old.enrolment.iter().map(|(level, pupils)| (*level, (pupils * share + 50) / 100)).collect()
}

/// Whether a unit can stand below another: that one is there on the day, is no school, and does not itself stand below.
///
/// # Errors
/// It cannot.
pub fn check_superior(
    unit: &UnitCode,
    above: Option<&UnitCode>,
    day: NaiveDate,
    existing: &[Unit],
) -> Result<(), Wrong> {
    let Some(above) = above else { return Ok(()) };
    let known = |code: &UnitCode| existing.iter().find(|known| known.code == *code);
    let is_fit = known(above).is_some_and(|above| above.kind != UnitKind::Truong && above.is_valid_on(day));
    let (mut open, mut seen) = (vec![above], Vec::new());
    while let Some(code) = open.pop() {
        if !seen.contains(&code) {
            seen.push(code);
            open.extend(known(code).into_iter().flat_map(Unit::parents));
        }
    }
    if is_fit && !seen.contains(&unit) { Ok(()) } else { Err(Wrong::Superior) }
}

#[cfg(test)]
mod tests;
