//! How the rows of a file stand to each other and to the units that exist.

use std::collections::{BTreeSet, HashMap};

use super::row::Row;
use super::{Column, Given, Problem, RowError};
use crate::survey::unit::{Unit, UnitCode, UnitKind};

pub(super) fn check_codes(rows: &[Row], errors: &mut Vec<RowError>) {
    let mut first = HashMap::new();
    for row in rows {
        let Some(code) = &row.read.code else { continue };
        match first.get(code) {
            Some(earlier) => {
                let error = RowError::at(row.number, Column::Code, Problem::DuplicateCode, code.as_str());
                errors.push(error.detail(earlier));
            }
            None => {
                first.insert(code, row.number);
            }
        }
    }
}

pub(super) fn check_parents(rows: &[Row], existing: &[Unit], errors: &mut Vec<RowError>) {
    let mut is_school: HashMap<&UnitCode, bool> = existing.iter().map(|unit| (&unit.code, unit.is_school())).collect();
    let mut above: HashMap<&UnitCode, Vec<&UnitCode>> =
        existing.iter().map(|unit| (&unit.code, unit.parents().collect())).collect();
    for row in rows {
        let Some(code) = &row.read.code else { continue };
        is_school.insert(code, row.read.is_school);
        above.insert(code, row.read.parents.iter().map(|(_, parent)| parent).collect());
    }
    let circular = on_a_cycle(above);
    for row in rows {
        for (column, parent) in &row.read.parents {
            let problem = match is_school.get(parent) {
                None => Problem::ParentUnknown,
                Some(true) => Problem::ParentIsSchool,
                Some(false) => continue,
            };
            errors.push(RowError::at(row.number, *column, problem, parent.as_str()));
        }
        if let Some(code) = row.read.code.as_ref().filter(|code| circular.contains(code)) {
            errors.push(RowError::at(row.number, Column::Parent, Problem::Cycle, code.as_str()));
        }
    }
}

/// Where units of a kind stand is what the installation says; units that stay where they are are left alone.
pub(super) fn check_places(rows: &[Row], given: &Given<'_>, errors: &mut Vec<RowError>) {
    let known: HashMap<&UnitCode, &Unit> = given.existing.iter().map(|unit| (&unit.code, unit)).collect();
    let mut kinds: HashMap<&UnitCode, &UnitKind> = known.iter().map(|(code, unit)| (*code, &unit.kind)).collect();
    let units = || rows.iter().filter_map(|row| Some((row, row.read.whole.as_ref()?)));
    kinds.extend(units().map(|(_, unit)| (&unit.code, &unit.kind)));
    let stays = |unit: &Unit| {
        known.get(&unit.code).is_some_and(|old| old.kind == unit.kind && old.parents().eq(unit.parents()))
    };
    for (row, unit) in units().filter(|(_, unit)| !stays(unit)) {
        let Some(kind) = given.kinds.find(unit.kind.code.as_str()) else { continue };
        for (column, parent) in row.read.parents.iter().filter(|(column, _)| *column == Column::Parent) {
            let above = kinds.get(parent).filter(|above| !above.nature.is_school());
            if above.is_some_and(|above| !kind.allows_above(above)) {
                let error = RowError::at(row.number, *column, Problem::ParentKind, parent.as_str());
                errors.push(error.detail(given.kinds.names(&kind.below)));
            }
        }
        if row.read.parents.is_empty() && !kind.at_top {
            let error = RowError::at(row.number, Column::Parent, Problem::NotAtTop, unit.code.as_str());
            errors.push(error.detail(&kind.name_vi));
        }
    }
}

/// Takes units without anything above them away, then those without anything below, until nothing changes: what remains
/// stands on a cycle or between two.
fn on_a_cycle<'a>(mut above: HashMap<&'a UnitCode, Vec<&'a UnitCode>>) -> BTreeSet<UnitCode> {
    for _ in 0..2 {
        let mut waiting: HashMap<&UnitCode, usize> = HashMap::new();
        let mut below: HashMap<&UnitCode, Vec<&UnitCode>> = HashMap::new();
        for (code, parents) in &above {
            for parent in parents.iter().filter(|parent| above.contains_key(*parent)) {
                *waiting.entry(code).or_default() += 1;
                below.entry(parent).or_default().push(code);
            }
        }
        let mut free: Vec<&UnitCode> = above.keys().filter(|code| !waiting.contains_key(*code)).copied().collect();
        while let Some(code) = free.pop() {
            above.remove(code);
            for child in below.get(code).into_iter().flatten() {
                if let Some(left) = waiting.get_mut(child) {
                    *left -= 1;
                    if *left == 0 {
                        free.push(child);
                    }
                }
            }
        }
        // the same again from below
        let mut turned: HashMap<&UnitCode, Vec<&UnitCode>> = above.keys().map(|code| (*code, Vec::new())).collect();
        for (code, parents) in &above {
            for parent in parents {
                if let Some(children) = turned.get_mut(parent) {
                    children.push(code);
                }
            }
        }
        above = turned;
    }
    above.into_keys().cloned().collect()
}
