//! What is written down now and what comes into force on its day.

use chrono::TimeDelta;

use super::*;
use crate::store::Store;
use crate::store::tests::{at, empty_store};
use crate::survey::unit::succession::{Change, Heir};
use crate::survey::unit::{Kinds, Preset, Unit, parse_csv};
use crate::vietnamese;

fn code(text: &str) -> UnitCode {
    text.parse().unwrap()
}

/// The story plays long after the units of the example began.
fn today() -> NaiveDate {
    vietnamese::local(at(400 * 86_400)).date()
}

fn example() -> (crate::store::tests::Database, Store) {
    let (database, store) = empty_store();
    let plan = parse_csv(Preset::PhongGddt.csv(), &[]).unwrap();
    store.write_now(|db| units::import(db, &plan)).unwrap();
    (database, store)
}

fn happens(store: &Store, change: &Change, day: NaiveDate) {
    let done = store.write_now(|db| {
        let existing: Vec<Unit> = units::all(db)?.into_iter().map(|stored| stored.unit).collect();
        let effects = change.effects(day, &existing, &Kinds::initial()).unwrap();
        record(db, &effects, Record { kind: change.kind(), day, basis: "Quyết định 12" }, at(0), today())
    });
    done.unwrap();
}

fn name(store: &Store, unit: &str) -> String {
    store.read_now(|db| units::by_code(db, unit)).unwrap().unwrap().unit.name
}

#[test]
fn a_new_name_waits_for_its_day_and_the_old_one_is_found_for_days_before() {
    let (_database, store) = example();
    let (old, day) = (name(&store, "TH-HOA-MAI"), today() + TimeDelta::days(3));
    let change = Change::Rename { unit: code("TH-HOA-MAI"), name: "Trường Tiểu học Mai Vàng".to_owned() };
    happens(&store, &change, day);
    assert_eq!(name(&store, "TH-HOA-MAI"), old);
    assert!(!store.read_now(|db| is_due(db, today())).unwrap());
    assert!(store.read_now(|db| is_due(db, day)).unwrap());
    store.write_now(|db| come_into_force(db, at(0), day)).unwrap();
    assert_eq!(name(&store, "TH-HOA-MAI"), "Trường Tiểu học Mai Vàng");
    let id = store.read_now(|db| units::id_by_code(db, "TH-HOA-MAI")).unwrap().unwrap();
    let before = |day: NaiveDate| store.read_now(|db| names_on(db, day)).unwrap().get(&id).cloned();
    assert_eq!((before(day - TimeDelta::days(1)), before(day)), (Some(old.clone()), None));
    assert_eq!(store.read_now(|db| former_names(db, day)).unwrap()[&id], [old]);
}

#[test]
fn schools_of_a_merged_office_follow_it_and_the_history_says_since_when() {
    let (_database, store) = example();
    let heir = Heir::New { code: code("PGD-MOI"), name: "Phòng Giáo dục mới".to_owned() };
    happens(&store, &Change::Merge { from: vec![code("PGD-AN-LANH")], into: heir }, today());
    let school = store.read_now(|db| units::by_code(db, "TH-HOA-MAI")).unwrap().unwrap();
    assert_eq!(school.unit.parent, Some(code("PGD-MOI")));
    let above = store.read_now(|db| superiors::of_unit(db, school.id)).unwrap();
    let known: Vec<_> = above.iter().map(|above| (above.since, above.name.as_deref().unwrap())).collect();
    let first = school.unit.valid_from;
    assert_eq!(known, [(today(), "Phòng Giáo dục mới"), (first, "Phòng Giáo dục và Đào tạo thành phố An Lành")]);
    let old = store.read_now(|db| units::by_code(db, "PGD-AN-LANH")).unwrap().unwrap();
    assert_eq!(old.unit.valid_to, today().pred_opt());
    let stories = store.read_now(|db| of_unit(db, old.id)).unwrap();
    assert_eq!((stories.len(), stories[0].parts[0].new.as_str()), (1, "PGD-MOI"));
}

#[test]
fn what_is_written_down_about_the_past_does_not_push_away_what_came_after() {
    let (_database, store) = example();
    let heir = Heir::New { code: code("PGD-MOI"), name: "Phòng Giáo dục mới".to_owned() };
    let half = Change::Split { from: code("PGD-AN-LANH"), into: vec![(heir, 50)], goes_on: true };
    happens(&store, &half, today() - TimeDelta::days(900));
    let to = |above: Option<&str>| Change::Transfer {
        unit: code("TH-HOA-MAI"),
        parent: above.map(code),
        professional_parent: None,
    };
    happens(&store, &to(None), today());
    happens(&store, &to(Some("PGD-MOI")), today() - TimeDelta::days(300));
    let school = store.read_now(|db| units::by_code(db, "TH-HOA-MAI")).unwrap().unwrap();
    assert_eq!(school.unit.parent, None);
    assert_eq!(store.read_now(|db| superiors::of_unit(db, school.id)).unwrap().len(), 3);
}
