//! What an import would change, for the dry run, and what it may not change.

use std::collections::{HashMap, HashSet};

use super::import::{Column, ImportPlan, Problem, RowError};
use super::{Unit, UnitCode};

/// What an import does to the units that exist.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Units that did not exist.
    pub new: Vec<Unit>,
    /// Units that become different.
    pub changed: Vec<Changed>,
    /// Units that stay as they are.
    pub unchanged: usize,
}

impl Changes {
    /// Whether nothing would happen.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty()
    }
}

/// A unit that becomes different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// As it will be.
    pub unit: Unit,
    /// What differs.
    pub fields: Vec<FieldChange>,
}

/// One value before and after; empty text where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Which.
    pub column: Column,
    /// Before.
    pub old: String,
    /// After.
    pub new: String,
}

impl ImportPlan {
    /// Compares the file with the units that exist. Units that the file does not name are left alone.
    pub fn against(&self, existing: &[Unit]) -> Changes {
        let known: HashMap<&UnitCode, &Unit> = existing.iter().map(|unit| (&unit.code, unit)).collect();
        let mut changes = Changes::default();
        for unit in self.units() {
            match known.get(&unit.code) {
                None => changes.new.push(unit.clone()),
                Some(old) => match differences(old, unit) {
                    fields if fields.is_empty() => changes.unchanged += 1,
                    fields => changes.changed.push(Changed { unit: unit.clone(), fields }),
                },
            }
        }
        changes
    }

    /// The rows that an account of the unit `own` may not import: an office adds and changes what lies below it, before and
    /// after; of itself it changes neither its kind nor what stands above it.
    pub fn outside(&self, own: &UnitCode, existing: &[Unit]) -> Vec<RowError> {
        let before = below(own, existing.iter());
        let in_file: HashSet<&UnitCode> = self.units().map(|unit| &unit.code).collect();
        let after = below(own, existing.iter().filter(|unit| !in_file.contains(&unit.code)).chain(self.units()));
        let known: HashMap<&UnitCode, &Unit> = existing.iter().map(|unit| (&unit.code, unit)).collect();
        let allowed = |unit: &Unit| match known.get(&unit.code) {
            Some(old) if *old == unit => true,
            Some(old) if unit.code == *own => {
                old.kind == unit.kind
                    && old.parent == unit.parent
                    && old.professional_parent == unit.professional_parent
            }
            Some(_) => before.contains(&unit.code) && after.contains(&unit.code),
            None => after.contains(&unit.code),
        };
        let refused = self.rows.iter().filter(|(_, unit)| !allowed(unit));
        let told = refused.map(|(row, unit)| match unit.parents().next() {
            None if unit.code != *own && !known.contains_key(&unit.code) => {
                RowError::at(*row, Column::Parent, Problem::NoParent, "")
            }
            _ => RowError::at(*row, Column::Code, Problem::NotYours, unit.code.as_str()),
        });
        told.collect()
    }
}

/// The codes of all units below one, by either kind of parent; not the unit itself.
fn below<'a>(own: &UnitCode, units: impl Iterator<Item = &'a Unit>) -> HashSet<&'a UnitCode> {
    let mut children: HashMap<&UnitCode, Vec<&UnitCode>> = HashMap::new();
    for unit in units {
        for parent in unit.parents() {
            children.entry(parent).or_default().push(&unit.code);
        }
    }
    let (mut found, mut open) = (HashSet::new(), vec![own]);
    while let Some(code) = open.pop() {
        for child in children.get(code).into_iter().flatten() {
            if found.insert(*child) {
                open.push(child);
            }
        }
    }
    found
}

fn differences(old: &Unit, new: &Unit) -> Vec<FieldChange> {
    Column::ALL
        .iter()
        .map(|column| FieldChange { column: *column, old: shown(old, *column), new: shown(new, *column) })
        .filter(|change| change.old != change.new)
        .collect()
}

/// A unit's value as the file writes it.
pub fn shown(unit: &Unit, column: Column) -> String {
    fn text(value: Option<impl ToString>) -> String {
        value.map(|value| value.to_string()).unwrap_or_default()
    }
    if let Some(level) = column.level() {
        return text(unit.enrolment.get(&level));
    }
    if let Some(level) = column.level_of_classes() {
        return text(unit.classes.get(&level));
    }
    match column {
        Column::Code => unit.code.to_string(),
        Column::Name => unit.name.clone(),
        Column::Kind => unit.kind.to_string(),
        Column::SchoolType => text(unit.school_type),
        Column::Parent => text(unit.parent.as_ref()),
        Column::ProfessionalParent => text(unit.professional_parent.as_ref()),
        Column::ValidFrom => unit.valid_from.to_string(),
        Column::ValidTo => text(unit.valid_to),
        // those of levels, which were answered above
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::unit::parse_csv;

    const HEADER: &str = "code,name,kind,school_type,parent,professional_parent,valid_from,valid_to,enrol_mam_non,enrol_tieu_hoc,enrol_thcs,enrol_thpt,enrol_gdtx\n";

    fn plan(rows: &str, existing: &[Unit]) -> ImportPlan {
        parse_csv(format!("{HEADER}{rows}").as_bytes(), existing).unwrap()
    }

    fn two_wards() -> Vec<Unit> {
        let rows = "SO,Sở,so_gddt,,,,2020-01-01,,,,,,\nP-A,Phường A,phuong,,SO,,2020-01-01,,,,,,\n\
                    P-B,Phường B,phuong,,SO,,2020-01-01,,,,,,\nTH-B,Trường B,truong,cong_lap,P-B,SO,2020-01-01,,,300,,,\n";
        plan(rows, &[]).units().cloned().collect()
    }

    #[test]
    fn a_dry_run_tells_new_changed_and_unchanged_apart() {
        let existing = two_wards();
        let rows = "TH-B,Trường B mới,truong,cong_lap,P-B,SO,2020-01-01,,,310,,,\nP-B,Phường B,phuong,,SO,,2020-01-01,,,,,,\n\
                    TH-C,Trường C,truong,,P-B,,2020-01-01,,,1,,,\n";
        let changes = plan(rows, &existing).against(&existing);
        assert_eq!((changes.new.len(), changes.changed.len(), changes.unchanged), (1, 1, 1));
        let fields: Vec<_> =
            changes.changed[0].fields.iter().map(|f| (f.column, f.old.as_str(), f.new.as_str())).collect();
        assert_eq!(fields, [(Column::Name, "Trường B", "Trường B mới"), (Column::EnrolTieuHoc, "300", "310")]);
    }

    #[test]
    fn a_ward_cannot_take_a_neighbours_school_or_lift_itself() {
        let existing = two_wards();
        let own = "P-A".parse().unwrap();
        let refused = |rows: &str| plan(rows, &existing).outside(&own, &existing).len();
        assert_eq!(refused("TH-B,Trường B,truong,cong_lap,P-A,SO,2020-01-01,,,300,,,\n"), 1);
        assert_eq!(refused("P-A,Phường A,phuong,,,,2020-01-01,,,,,,\n"), 1);
        assert_eq!(refused("P-A,Phường A,so_gddt,,SO,,2020-01-01,,,,,,\n"), 1);
        assert_eq!(refused("TH-A,Trường A,truong,,P-B,,2020-01-01,,,5,,,\n"), 1);
        assert_eq!(refused("TH-A,Trường A,truong,,P-A,,2020-01-01,,,5,,,\n"), 0);
        assert_eq!(refused("P-A,Phường An,phuong,,SO,,2020-01-01,,,,,,\n"), 0);
        assert_eq!(refused("TH-B,Trường B,truong,cong_lap,P-B,SO,2020-01-01,,,300,,,\n"), 0);
    }

    #[test]
    fn an_office_above_changes_everything_below() {
        let existing = two_wards();
        let rows =
            "TH-B,Trường B,truong,cong_lap,P-A,SO,2020-01-01,,,300,,,\nP-C,Phường C,phuong,,SO,,2020-01-01,,,,,,\n";
        assert_eq!(plan(rows, &existing).outside(&"SO".parse().unwrap(), &existing), []);
    }
}
