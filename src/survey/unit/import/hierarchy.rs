//! How the rows of a file stand to each other and to the units that exist.

use std::collections::{BTreeSet, HashMap};

use super::row::Row;
use super::{Column, Problem, RowError};
use crate::survey::code::UnitKind;
use crate::survey::unit::{Unit, UnitCode};

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
    let mut is_school: HashMap<&UnitCode, bool> =
        existing.iter().map(|unit| (&unit.code, unit.kind == UnitKind::Truong)).collect();
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
