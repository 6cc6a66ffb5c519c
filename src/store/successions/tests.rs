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

/// The number of what was written down last.
fn newest(store: &Store) -> i64 {
    store
        .read_now(|db| Ok(succession::table.select(diesel::dsl::max(succession::id)).first::<Option<i64>>(db)?))
        .unwrap()
        .unwrap()
}

fn everything(store: &Store) -> (Vec<units::Stored>, i64, i64) {
    let rows = store.read_now(|db| {
        let superiors = crate::store::schema::superior::table.count().get_result(db)?;
        Ok((units::all(db)?, superiors, succession_part::table.count().get_result(db)?))
    });
    rows.unwrap()
}

#[test]
fn what_is_cancelled_before_its_day_leaves_nothing_behind() {
    let (_database, store) = example();
    let day = today() + TimeDelta::days(3);
    let new = |text: &str| Heir::New { code: code(text), name: format!("Trường {text}") };
    let unit = || code("TH-HOA-MAI");
    let changes = [
        Change::Rename { unit: unit(), name: "Trường Tiểu học Mai Vàng".to_owned() },
        Change::Merge { from: vec![unit(), code("TH-HOA-BAN")], into: new("TH-MOI") },
        Change::Merge { from: vec![unit()], into: Heir::Known(code("TH-HOA-BAN")) },
        Change::Split { from: unit(), into: vec![(new("TH-X"), 60), (new("TH-Y"), 40)], goes_on: false },
        Change::Split { from: unit(), into: vec![(new("TH-X"), 60)], goes_on: true },
        Change::Transfer { unit: unit(), parent: None, professional_parent: Some(code("PGD-AN-LANH")) },
        Change::Merge {
            from: vec![code("PGD-AN-LANH")],
            into: Heir::New { code: code("PGD-MOI"), name: "Phòng mới".into() },
        },
    ];
    let before = everything(&store);
    for change in changes {
        happens(&store, &change, day);
        assert_ne!(everything(&store), before);
        let id = newest(&store);
        let late = store.write_now(|db| cancel(db, id, day)).unwrap();
        assert_eq!(late, Err(NotCancelled::Due));
        let done = store.write_now(|db| cancel(db, id, day.pred_opt().unwrap())).unwrap().unwrap();
        assert_eq!((done.kind, done.day, done.kept), (change.kind(), day, Vec::<String>::new()));
        assert_eq!(everything(&store), before, "{change:?}");
        assert_eq!(store.write_now(|db| cancel(db, id, today())).unwrap(), Err(NotCancelled::Gone));
    }
}

#[test]
fn a_new_unit_on_which_something_stands_keeps_the_change_and_one_with_an_account_never_begins() {
    let (_database, store) = example();
    let day = today() + TimeDelta::days(3);
    let heir = Heir::New { code: code("TH-MOI"), name: "Trường Mới".to_owned() };
    happens(&store, &Change::Merge { from: vec![code("TH-HOA-MAI"), code("TH-HOA-BAN")], into: heir }, day);
    let first = newest(&store);
    let later = Change::Rename { unit: code("TH-MOI"), name: "Trường Mới Hơn".to_owned() };
    happens(&store, &later, day + TimeDelta::days(9));
    let stands = store.write_now(|db| cancel(db, first, today())).unwrap();
    assert_eq!(stands, Err(NotCancelled::BuiltUpon("Trường Mới".to_owned())));
    let second = newest(&store);
    store.write_now(|db| cancel(db, second, today())).unwrap().unwrap();
    let id = store.read_now(|db| units::id_by_code(db, "TH-MOI")).unwrap().unwrap();
    let login = "hieutruong".parse().unwrap();
    store.write_now(|db| crate::store::accounts::add(db, &login, "Nguyễn Thị Mai", id, at(0))).unwrap();
    let done = store.write_now(|db| cancel(db, first, today())).unwrap().unwrap();
    assert_eq!(done.kept, ["Trường Mới"]);
    let unit = |text: &str| store.read_now(|db| units::by_code(db, text)).unwrap().unwrap().unit;
    assert!(unit("TH-MOI").never_begins() && unit("TH-HOA-MAI").valid_to.is_none());
}

#[test]
fn a_school_that_was_to_go_elsewhere_follows_its_ward_again_when_that_is_cancelled() {
    let (_database, store) = empty_store();
    let plan = parse_csv(Preset::PhuongSo.csv(), &[]).unwrap();
    store.write_now(|db| units::import(db, &plan)).unwrap();
    let day = today().max("2025-08-01".parse().unwrap()) + TimeDelta::days(30);
    let (school, ward) = (code("TH-HOA-BAN"), || code("P-HOA-BAN"));
    let elsewhere = Change::Transfer {
        unit: school,
        parent: Some(code("P-DOI-THONG")),
        professional_parent: Some(code("SO-AN-LANH")),
    };
    happens(&store, &elsewhere, day);
    let first = newest(&store);
    happens(&store, &Change::Merge { from: vec![ward()], into: Heir::Known(code("P-BEN-SEN")) }, day);
    let above = || {
        let id = store.read_now(|db| units::id_by_code(db, "TH-HOA-BAN")).unwrap().unwrap();
        let rows = store.read_now(|db| superiors::of_unit(db, id)).unwrap();
        rows.into_iter().find(|row| row.since == day).unwrap().name.unwrap()
    };
    assert_eq!(above(), "Phường Đồi Thông", "what was said of the school counts");
    store.write_now(|db| cancel(db, first, today())).unwrap().unwrap();
    assert_eq!(above(), "Phường Bến Sen");
}
