//! What follows from a change, told by examples of a province with two wards and their schools.

use proptest::prelude::*;

use super::*;
use crate::survey::code::Level;
use crate::survey::unit::parse_csv;

const FILE: &str = "code,name,kind,parent,professional_parent,valid_from,enrol_tieu_hoc,classes_tieu_hoc
SO,Sở,so_gddt,,,2020-01-01,,
P-A,Phường A,phuong,SO,,2020-01-01,,
P-B,Phường B,phuong,SO,,2020-01-01,,
TH-A,Trường A,truong,P-A,SO,2020-01-01,301,1A; 1B
TH-B,Trường B,truong,P-B,SO,2020-01-01,200,7
";

fn code(text: &str) -> UnitCode {
    text.parse().unwrap()
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 7, 1).unwrap()
}

fn province() -> Vec<Unit> {
    parse_csv(FILE.as_bytes(), &[]).unwrap().units().cloned().collect()
}

fn effects(change: Change) -> Result<Effects, Wrong> {
    change.effects(day(), &province(), &Kinds::initial())
}

fn new(text: &str) -> Heir {
    Heir::New { code: code(text), name: format!("Trường {text}") }
}

fn find<'a>(effects: &'a Effects, text: &str) -> &'a Unit {
    effects.units.iter().find(|unit| unit.code == code(text)).unwrap()
}

#[test]
fn two_schools_become_one_with_the_pupils_of_both_and_end_on_the_day_before() {
    let from = vec![code("TH-A"), code("TH-B")];
    let effects = effects(Change::Merge { from, into: new("TH-C") }).unwrap();
    let heir = find(&effects, "TH-C");
    assert_eq!((heir.enrolment[&Level::TieuHoc], heir.classes[&Level::TieuHoc].count()), (501, 9));
    assert_eq!((heir.valid_from, heir.parent.as_ref()), (day(), Some(&code("P-A"))));
    assert_eq!(find(&effects, "TH-B").valid_to, NaiveDate::from_ymd_opt(2025, 6, 30));
    let names: Vec<&str> = effects.parts.iter().map(|part| part.old_name.as_str()).collect();
    assert_eq!(names, ["Trường A", "Trường B"]);
}

#[test]
fn a_ward_that_is_merged_leaves_its_schools_to_its_heir() {
    let effects = effects(Change::Merge { from: vec![code("P-A")], into: Heir::Known(code("P-B")) }).unwrap();
    assert_eq!(effects.superiors, [(code("TH-A"), Superiority::HanhChinh, Some(code("P-B")))]);
    assert_eq!(effects.units.len(), 1, "the heir stays as it is");
}

#[test]
fn a_school_is_split_by_shares_that_come_to_the_whole() {
    let split =
        |into: &[(Heir, i64)], goes_on| effects(Change::Split { from: code("TH-A"), into: into.to_vec(), goes_on });
    let halves = split(&[(new("TH-X"), 60), (new("TH-Y"), 40)], false).unwrap();
    assert_eq!(find(&halves, "TH-X").enrolment[&Level::TieuHoc], 181);
    assert_eq!(find(&halves, "TH-Y").enrolment[&Level::TieuHoc], 120);
    assert!(find(&halves, "TH-A").valid_to.is_some());
    let part = split(&[(new("TH-X"), 30)], true).unwrap();
    assert_eq!(part.parts.iter().map(|part| part.share).collect::<Vec<_>>(), [Some(30), Some(70)]);
    assert_eq!(part.units.len(), 1);
    for (into, goes_on) in
        [(vec![(new("TH-X"), 60)], false), (vec![(new("TH-X"), 100)], false), (vec![(new("TH-X"), 100)], true)]
    {
        assert_eq!(split(&into, goes_on), Err(Wrong::Shares));
    }
    assert_eq!(split(&[(new("TH-X"), -50), (new("TH-Y"), 150)], false), Err(Wrong::Shares));
}

#[test]
fn a_unit_is_renamed_and_moved_without_becoming_another() {
    let renamed = effects(Change::Rename { unit: code("TH-A"), name: "Trường Anh Đào".to_owned() }).unwrap();
    assert_eq!((renamed.units.len(), renamed.name), (0, Some((code("TH-A"), "Trường Anh Đào".to_owned()))));
    let moved = |parent: Option<&str>, professional: Option<&str>| {
        let (parent, professional_parent) = (parent.map(code), professional.map(code));
        effects(Change::Transfer { unit: code("TH-A"), parent, professional_parent })
    };
    let superiors = moved(Some("P-B"), Some("SO")).unwrap().superiors;
    assert_eq!(superiors, [(code("TH-A"), Superiority::HanhChinh, Some(code("P-B")))]);
    assert_eq!(moved(Some("P-A"), Some("SO")), Err(Wrong::Nothing));
    assert_eq!(moved(Some("TH-B"), Some("SO")), Err(Wrong::Superior));
}

#[test]
fn what_cannot_be_is_refused() {
    let merge =
        |from: &[&str], into: Heir| effects(Change::Merge { from: from.iter().map(|c| code(c)).collect(), into });
    assert_eq!(merge(&["TH-A"], Heir::Known(code("TH-A"))), Err(Wrong::Same));
    assert_eq!(merge(&["TH-A", "TH-A"], new("TH-C")), Err(Wrong::Same));
    assert_eq!(merge(&["TH-A", "P-B"], new("TH-C")), Err(Wrong::Kinds));
    assert_eq!(merge(&["TH-A"], Heir::Known(code("P-B"))), Err(Wrong::Kinds));
    assert_eq!(merge(&["TH-A"], new("TH-B")), Err(Wrong::CodeTaken));
    assert_eq!(merge(&["TH-Z"], new("TH-C")), Err(Wrong::NoSuchUnit));
    let early = Change::Rename { unit: code("TH-A"), name: "X".to_owned() };
    let day = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
    assert_eq!(early.effects(day, &province(), &Kinds::initial()), Err(Wrong::NoSuchUnit));
}

/// What becomes of `P-A` when somebody puts it there, where wards stand as `kinds` say.
fn ward_below(above: Option<&str>, kinds: &Kinds) -> Option<Wrong> {
    let change = Change::Transfer { unit: code("P-A"), parent: above.map(code), professional_parent: None };
    change.effects(day(), &province(), kinds).err()
}

#[test]
fn a_ward_stands_below_no_ward_unless_somebody_said_so() {
    let kinds = Kinds::initial();
    assert_eq!(ward_below(Some("P-A"), &kinds), Some(Wrong::Superior));
    assert_eq!(ward_below(Some("P-B"), &kinds), Some(Wrong::SameKind));
    assert_eq!(ward_below(None, &kinds), None);
    let ruled = |below: &[&str], at_top| {
        let ruled = kinds.iter().cloned().map(|mut kind| {
            if kind.kind.is("phuong") {
                kind.at_top = at_top;
                kind.below = below.iter().map(|code| code.parse().unwrap()).collect();
            }
            kind
        });
        Kinds::new(ruled.collect())
    };
    assert_eq!(ward_below(Some("P-B"), &ruled(&["phuong"], true)), None);
    assert_eq!(ward_below(Some("P-B"), &ruled(&["so_gddt"], true)), Some(Wrong::SameKind));
    assert_eq!(ward_below(None, &ruled(&["so_gddt"], false)), Some(Wrong::Top));
}

proptest! {
    #[test]
    fn no_pupil_is_lost_by_a_split(first in 1_i64..100, pupils in 0_i64..20_000) {
        let mut units = province();
        units[3].enrolment.insert(Level::TieuHoc, pupils);
        let into = vec![(new("TH-X"), first), (new("TH-Y"), 100 - first)];
        let effects = Change::Split { from: code("TH-A"), into, goes_on: false }.effects(day(), &units, &Kinds::initial()).unwrap();
        let sum: i64 = effects.units.iter().filter(|unit| unit.valid_to.is_none()).map(Unit::pupils).sum();
        prop_assert_eq!(sum, pupils);
        let into = vec![(new("TH-X"), first.min(98)), (new("TH-Y"), 1)];
        let effects = Change::Split { from: code("TH-A"), into, goes_on: true }.effects(day(), &units, &Kinds::initial()).unwrap();
        let sum: i64 = effects.units.iter().map(Unit::pupils).sum();
        prop_assert_eq!(sum + effects.keeps.unwrap().1.values().sum::<i64>(), pupils);
    }
}
