//! What follows from a change: who ends, who begins, and what stands below whom.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Effects, Heir, Part, Superiority, Wrong};
use crate::survey::code::Level;
use crate::survey::unit::{Classes, Kinds, Unit, UnitCode};

/// The units before the day.
pub(super) struct Before<'a> {
    pub(super) day: NaiveDate,
    pub(super) existing: &'a [Unit],
    pub(super) kinds: &'a Kinds,
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
                if are_alike(known, like) { Ok(known.clone()) } else { Err(Wrong::Kinds) }
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

    pub(super) fn rename(&self, code: &UnitCode, name: &str) -> Result<Effects, Wrong> {
        let unit = self.unit(code)?;
        if unit.name == name {
            return Err(Wrong::Nothing);
        }
        let part = Part { old: code.clone(), old_name: unit.name.clone(), new: code.clone(), share: None };
        Ok(Effects { parts: vec![part], name: Some((code.clone(), name.to_owned())), ..Effects::default() })
    }

    pub(super) fn merge(&self, from: &[UnitCode], into: &Heir) -> Result<Effects, Wrong> {
        let olds = from.iter().map(|code| self.unit(code)).collect::<Result<Vec<_>, _>>()?;
        let first = *olds.first().ok_or(Wrong::NoSuchUnit)?;
        let codes: Vec<&UnitCode> = from.iter().chain([into.code()]).collect();
        if !all_different(&codes) {
            return Err(Wrong::Same);
        }
        if !olds.iter().all(|old| are_alike(old, first)) {
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

    pub(super) fn split(&self, from: &UnitCode, into: &[(Heir, i64)], goes_on: bool) -> Result<Effects, Wrong> {
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
        let mut before = 0;
        for (heir, share) in into {
            let mut new = self.heir(heir, old)?;
            effects.parts.push(part(old, &new, Some(*share)));
            if matches!(heir, Heir::New { .. }) {
                new.enrolment = of_people(&old.enrolment, before, before + share);
                effects.units.push(new);
            }
            before += share;
        }
        if goes_on {
            effects.keeps = Some((from.clone(), kept(&old.enrolment, 100 - sum)));
            effects.parts.push(part(old, old, Some(100 - sum)));
        } else {
            let first = codes.first().ok_or(Wrong::NoSuchUnit)?;
            effects.superiors = self.children(old, first);
            effects.units.push(self.ended(old));
        }
        Ok(effects)
    }

    pub(super) fn transfer(
        &self,
        code: &UnitCode,
        parent: Option<&UnitCode>,
        professional: Option<&UnitCode>,
    ) -> Result<Effects, Wrong> {
        let unit = self.unit(code)?;
        let mut effects = Effects { parts: vec![part(unit, unit, None)], ..Effects::default() };
        for (respect, above) in [(Superiority::HanhChinh, parent), (Superiority::ChuyenMon, professional)] {
            if respect.of(unit) != above {
                self.check_superior(unit, respect, above)?;
                effects.superiors.push((code.clone(), respect, above.cloned()));
            }
        }
        let kind = self.kinds.find(unit.kind.code.as_str());
        if effects.superiors.is_empty() {
            Err(Wrong::Nothing)
        } else if parent.or(professional).is_none() && kind.is_some_and(|kind| !kind.at_top) {
            Err(Wrong::Top)
        } else {
            Ok(effects)
        }
    }

    /// Whether a unit can stand below another: that one is there on the day, is no school, does not itself stand below, and is
    /// of a kind below which such units stand.
    fn check_superior(&self, unit: &Unit, respect: Superiority, above: Option<&UnitCode>) -> Result<(), Wrong> {
        let Some(code) = above else { return Ok(()) };
        let above = self.existing.iter().find(|known| known.code == *code && known.is_valid_on(self.day));
        let above = above.filter(|above| !above.is_school()).ok_or(Wrong::Superior)?;
        if self.line(code).contains(&&unit.code) {
            return Err(Wrong::Superior);
        }
        let Some(kind) = self.kinds.find(unit.kind.code.as_str()) else { return Ok(()) };
        let fits = match respect {
            Superiority::HanhChinh => kind.can_stand_below(&above.kind),
            Superiority::ChuyenMon => kind.can_be_guided_by(&above.kind),
        };
        match fits {
            true => Ok(()),
            false if above.kind == unit.kind => Err(Wrong::SameKind),
            false => Err(Wrong::Place),
        }
    }

    /// A unit and all that stand above it.
    fn line<'u>(&'u self, code: &'u UnitCode) -> Vec<&'u UnitCode> {
        let (mut open, mut seen) = (vec![code], Vec::new());
        while let Some(code) = open.pop() {
            if !seen.contains(&code) {
                seen.push(code);
                let known = self.existing.iter().find(|known| known.code == *code);
                open.extend(known.into_iter().flat_map(Unit::parents));
            }
        }
        seen
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

/// Schools of two kinds can become one, a school and a centre; offices only of one kind.
fn are_alike(one: &Unit, other: &Unit) -> bool {
    one.kind == other.kind || (one.is_school() && other.is_school())
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

/// The pupils of each level between two marks in per cent, both rounded half up: what shares one after another get comes to
/// the whole.
fn of_people(pupils: &BTreeMap<Level, i64>, from: i64, to: i64) -> BTreeMap<Level, i64> {
    let mark = |pupils: i64, percent: i64| (pupils * percent + 50) / 100;
    pupils.iter().map(|(level, pupils)| (*level, mark(*pupils, to) - mark(*pupils, from))).collect()
}

/// The pupils of each level that a unit keeps which goes on with a share, beside the units that it was split into.
pub fn kept(pupils: &BTreeMap<Level, i64>, share: i64) -> BTreeMap<Level, i64> {
    of_people(pupils, 100 - share, 100)
}
