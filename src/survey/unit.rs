//! Units: the offices that steer and the schools that are rated, never the people who are asked.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::survey::code::{Level, SchoolType, codes};

pub mod changes;
pub mod choice;
pub mod classes;
pub mod import;
pub mod kind;
pub mod succession;

pub use changes::{Changed, Changes, FieldChange};
pub use classes::Classes;
pub use import::{Column, ImportPlan, Problem, RowError, parse_csv};
pub use kind::{Kind, Kinds, UnitKind};

/// A unit's code: 2 to 24 capital letters, digits and hyphens; stable for as long as the unit exists, also under a new name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UnitCode(String);

/// Not a unit's code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a unit code: use 2 to 24 of A–Z, 0–9 and hyphens, beginning with a letter or digit")]
pub struct NotAUnitCode(String);

impl UnitCode {
    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for UnitCode {
    type Err = NotAUnitCode;

    fn from_str(text: &str) -> Result<Self, NotAUnitCode> {
        let inside = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-';
        if (2..=24).contains(&text.len()) && !text.starts_with('-') && text.bytes().all(inside) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAUnitCode(text.to_owned()))
        }
    }
}

impl TryFrom<String> for UnitCode {
    type Error = NotAUnitCode;

    fn try_from(text: String) -> Result<Self, NotAUnitCode> {
        text.parse()
    }
}

impl From<UnitCode> for String {
    fn from(code: UnitCode) -> Self {
        code.0
    }
}

impl fmt::Display for UnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An office or a school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its code.
    pub code: UnitCode,
    /// Its full name.
    pub name: String,
    /// What it is.
    pub kind: UnitKind,
    /// Who runs it; schools only.
    pub school_type: Option<SchoolType>,
    /// The unit above it in administration.
    pub parent: Option<UnitCode>,
    /// The unit above it in professional matters, where that is another one.
    pub professional_parent: Option<UnitCode>,
    /// The first day on which it exists.
    pub valid_from: NaiveDate,
    /// The last day, if it has ended.
    pub valid_to: Option<NaiveDate>,
    /// Pupils at each level that it teaches; schools only.
    pub enrolment: BTreeMap<Level, i64>,
    /// Classes of each of these levels, where they are known.
    #[serde(default)]
    pub classes: BTreeMap<Level, Classes>,
}

impl Unit {
    /// Whether it exists on this day.
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }

    /// Whether it was to begin and will not.
    pub fn never_begins(&self) -> bool {
        self.valid_to.is_some_and(|last| last < self.valid_from)
    }

    /// Whether it is asked about.
    pub fn is_school(&self) -> bool {
        self.kind.nature.is_school()
    }

    /// Whether other units stand below it.
    pub fn is_office(&self) -> bool {
        self.kind.nature.is_office()
    }

    /// Both units above it.
    pub fn parents(&self) -> impl Iterator<Item = &UnitCode> {
        self.parent.iter().chain(&self.professional_parent)
    }

    /// Pupils at all levels together.
    pub fn pupils(&self) -> i64 {
        self.enrolment.values().sum()
    }
}

codes! {
    /// The two sets of example units that come with the program.
    Preset {
        /// Since July 2025: wards, and the province's department.
        PhuongSo = "2026",
        /// Before: the district's education office.
        PhongGddt = "2022",
    }
}

impl Preset {
    /// The file, in the format of the import.
    pub fn csv(self) -> &'static [u8] {
        match self {
            Self::PhuongSo => include_bytes!("../../survey-templates/units-2026-phuong-so.csv"),
            Self::PhongGddt => include_bytes!("../../survey-templates/units-2022-phong-gddt.csv"),
        }
    }

    /// The same units below one that there is: it takes the place of the first if it is of the same kind, otherwise the first
    /// stands below it, too.
    pub fn below(self, own: &Unit) -> Vec<Unit> {
        let mut units: Vec<Unit> =
            parse_csv(self.csv(), &[]).map(|plan| plan.units().cloned().collect()).unwrap_or_default();
        let Some(root) = units.iter().find(|unit| unit.parent.is_none()).cloned() else { return units };
        if root.kind == own.kind {
            units.retain(|unit| unit.code != root.code);
            for above in units.iter_mut().flat_map(|unit| [&mut unit.parent, &mut unit.professional_parent]) {
                if above.as_ref() == Some(&root.code) {
                    *above = Some(own.code.clone());
                }
            }
        } else {
            for unit in units.iter_mut().filter(|unit| unit.code == root.code) {
                unit.parent = Some(own.code.clone());
            }
        }
        units
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_short_slug_in_capitals() {
        for right in ["P1", "TH-HOA-MAI", "79000118", "A23456789012345678901234"] {
            assert!(right.parse::<UnitCode>().is_ok(), "{right}");
        }
        for wrong in ["", "A", "-AB", "th-hoa-mai", "TH HOA", "ĐỨC", "A234567890123456789012345"] {
            assert!(wrong.parse::<UnitCode>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_last_day_still_counts() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let unit = Unit {
            code: "P-A".parse().unwrap(),
            name: "Phường A".into(),
            kind: Kinds::initial().find("phuong").unwrap().kind.clone(),
            school_type: None,
            parent: None,
            professional_parent: None,
            valid_from: day("2020-01-01"),
            valid_to: Some(day("2025-06-30")),
            enrolment: BTreeMap::new(),
            classes: BTreeMap::new(),
        };
        assert!(unit.is_valid_on(day("2025-06-30")));
        assert!(!unit.is_valid_on(day("2025-07-01")));
        assert!(!unit.is_valid_on(day("2019-12-31")));
    }

    #[test]
    fn a_preset_can_be_put_below_an_office_that_there_is() {
        let plan = parse_csv("code,name,kind,valid_from\nSO-MOI,Sở mới,so_gddt,2020-01-01\n".as_bytes(), &[]).unwrap();
        let own = plan.units().next().unwrap().clone();
        let ward =
            |code: &str, units: &[Unit]| units.iter().find(|unit| unit.code.as_str() == code).unwrap().parent.clone();
        let newer = Preset::PhuongSo.below(&own);
        assert_eq!(ward("P-HOA-BAN", &newer).as_ref(), Some(&own.code));
        assert!(newer.iter().all(|unit| unit.parent.is_some() && !unit.kind.is(kind::SO_GDDT)));
        let older = Preset::PhongGddt.below(&own);
        assert_eq!(ward("PGD-AN-LANH", &older).as_ref(), Some(&own.code));
        assert_eq!(older.len(), parse_csv(Preset::PhongGddt.csv(), &[]).unwrap().len());
    }

    #[test]
    fn both_presets_import_and_the_newer_has_44_schools_in_5_wards() {
        for preset in Preset::ALL {
            assert_eq!(parse_csv(preset.csv(), &[]).err(), None, "{preset}");
        }
        let plan = parse_csv(Preset::PhuongSo.csv(), &[]).unwrap();
        let of = |kind| plan.units().filter(|unit| unit.kind.is(kind)).count();
        assert_eq!((of("truong"), of("phuong"), of(kind::SO_GDDT)), (44, 5, 1));
    }
}
