//! Units: offices and schools, with the levels that a school teaches.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::dialect::both;
use super::schema::{unit, unit_level};
use super::{Db, StoreError, meta, unit_kinds};
use crate::survey::code::Level;
use crate::survey::unit::{Changes, Classes, ImportPlan, Kinds, Unit, UnitCode};
use crate::vietnamese::{compare, fold};

/// Rows that one statement inserts: well below SQLite's limit of bound values.
const CHUNK: usize = 500;

/// A unit and its number in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The number.
    pub id: i64,
    /// The unit.
    pub unit: Unit,
}

#[derive(Queryable)]
struct Row {
    id: i64,
    code: String,
    name: String,
    _name_folded: String,
    kind: String,
    school_type: Option<String>,
    parent_id: Option<i64>,
    professional_parent_id: Option<i64>,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
}

/// The number of the unit with this code.
///
/// # Errors
/// The database failed.
pub fn id_by_code(db: &mut Db, code: &str) -> Result<Option<i64>, StoreError> {
    Ok(unit::table.filter(unit::code.eq(code)).select(unit::id).first(db).optional()?)
}

/// The unit with this code.
///
/// # Errors
/// The database failed.
pub fn by_code(db: &mut Db, code: &str) -> Result<Option<Stored>, StoreError> {
    let row: Option<Row> = unit::table.filter(unit::code.eq(code)).first(db).optional()?;
    one(db, row)
}

/// The unit with this number.
///
/// # Errors
/// The database failed.
pub fn by_id(db: &mut Db, id: i64) -> Result<Option<Stored>, StoreError> {
    let row: Option<Row> = unit::table.find(id).first(db).optional()?;
    one(db, row)
}

fn one(db: &mut Db, row: Option<Row>) -> Result<Option<Stored>, StoreError> {
    let Some(row) = row else { return Ok(None) };
    let above: Vec<i64> = row.parent_id.iter().chain(&row.professional_parent_id).copied().collect();
    let codes: Vec<(i64, String)> =
        unit::table.filter(unit::id.eq_any(above)).select((unit::id, unit::code)).load(db)?;
    let levels: Vec<LevelRow> = unit_level::table.filter(unit_level::unit_id.eq(row.id)).load(db)?;
    let known = Known { codes: codes.into_iter().collect(), kinds: unit_kinds::all(db)? };
    Ok(Some(known.stored(row, &mut by_unit(levels)?)?))
}

/// Every unit, also those that have ended, by name as in a dictionary.
///
/// # Errors
/// The database failed.
pub fn all(db: &mut Db) -> Result<Vec<Stored>, StoreError> {
    let rows: Vec<Row> = unit::table.order(unit::id).load(db)?;
    let codes = rows.iter().map(|row| (row.id, row.code.clone())).collect();
    let known = Known { codes, kinds: unit_kinds::all(db)? };
    let mut levels = by_unit(unit_level::table.load(db)?)?;
    let units: Result<Vec<_>, _> = rows.into_iter().map(|row| known.stored(row, &mut levels)).collect();
    let mut units = units?;
    units.sort_by(|a, b| compare(&a.unit.name, &b.unit.name).then_with(|| a.unit.code.cmp(&b.unit.code)));
    Ok(units)
}

/// Every unit that exists on this day, by name as in a dictionary.
///
/// # Errors
/// The database failed.
pub fn valid_on(db: &mut Db, day: NaiveDate) -> Result<Vec<Stored>, StoreError> {
    let mut units = all(db)?;
    units.retain(|stored| stored.unit.is_valid_on(day));
    Ok(units)
}

/// A level of a school: the unit, the level, pupils, classes, their names.
type LevelRow = (i64, String, i64, Option<i64>, String);

/// Pupils and classes of one school.
type Levels = (BTreeMap<Level, i64>, BTreeMap<Level, Classes>);

fn by_unit(levels: Vec<LevelRow>) -> Result<HashMap<i64, Levels>, StoreError> {
    let mut units: HashMap<i64, Levels> = HashMap::new();
    for (unit, level, enrolment, count, names) in levels {
        let level = level.parse().map_err(|e| StoreError::corrupt("level", e))?;
        let (pupils, classes) = units.entry(unit).or_default();
        pupils.insert(level, enrolment);
        let read = match (names.is_empty(), count) {
            (false, _) => Classes::named(names.split(';')),
            (true, Some(count)) => Classes::counted(count),
            (true, None) => continue,
        };
        classes.insert(level, read.ok_or_else(|| StoreError::corrupt("classes", names))?);
    }
    Ok(units)
}

/// What rows of units refer to.
struct Known {
    /// Codes of units by their numbers.
    codes: HashMap<i64, String>,
    kinds: Kinds,
}

impl Known {
    fn stored(&self, row: Row, levels: &mut HashMap<i64, Levels>) -> Result<Stored, StoreError> {
        let code = |text: &str| text.parse::<UnitCode>().map_err(|e| StoreError::corrupt("unit code", e));
        let above = |id: Option<i64>| id.and_then(|id| self.codes.get(&id)).map(|text| code(text)).transpose();
        let kind = self.kinds.find(&row.kind).ok_or_else(|| StoreError::corrupt("unit kind", &row.kind))?;
        let school_type = row.school_type.as_deref().map(str::parse).transpose();
        let (enrolment, classes) = levels.remove(&row.id).unwrap_or_default();
        let unit = Unit {
            code: code(&row.code)?,
            kind: kind.kind.clone(),
            school_type: school_type.map_err(|e| StoreError::corrupt("school type", e))?,
            parent: above(row.parent_id)?,
            professional_parent: above(row.professional_parent_id)?,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            enrolment,
            classes,
            name: row.name,
        };
        Ok(Stored { id: row.id, unit })
    }
}

type Edge = (i64, Option<i64>, Option<i64>);

fn edges(db: &mut Db) -> Result<Vec<Edge>, StoreError> {
    Ok(unit::table.select((unit::id, unit::parent_id, unit::professional_parent_id)).load(db)?)
}

/// The numbers of the units that are below no other.
///
/// # Errors
/// The database failed.
pub fn tops(db: &mut Db) -> Result<Vec<i64>, StoreError> {
    Ok(unit::table.filter(unit::parent_id.is_null()).order(unit::id).select(unit::id).load(db)?)
}

/// The numbers of a unit and of every unit below it, by either kind of parent.
///
/// # Errors
/// The database failed.
pub fn subtree(db: &mut Db, id: i64) -> Result<HashSet<i64>, StoreError> {
    subtrees(db, &[id])
}

/// The numbers of these units and of every unit below one of them, by either kind of parent.
///
/// # Errors
/// The database failed.
pub fn subtrees(db: &mut Db, roots: &[i64]) -> Result<HashSet<i64>, StoreError> {
    let mut children: HashMap<i64, Vec<i64>> = HashMap::new();
    for (child, parent, professional) in edges(db)? {
        for above in parent.into_iter().chain(professional) {
            children.entry(above).or_default().push(child);
        }
    }
    let (mut found, mut open) = (roots.iter().copied().collect::<HashSet<i64>>(), roots.to_vec());
    while let Some(above) = open.pop() {
        for child in children.get(&above).into_iter().flatten() {
            if found.insert(*child) {
                open.push(*child);
            }
        }
    }
    Ok(found)
}

/// The numbers of a unit and of every unit above it, by either kind of parent; the unit itself first.
///
/// # Errors
/// The database failed.
pub fn line(db: &mut Db, id: i64) -> Result<Vec<i64>, StoreError> {
    let above: HashMap<i64, (Option<i64>, Option<i64>)> =
        edges(db)?.into_iter().map(|(id, parent, professional)| (id, (parent, professional))).collect();
    let (mut line, mut next) = (vec![id], 0);
    while let Some(current) = line.get(next) {
        let (parent, professional) = above.get(current).copied().unwrap_or_default();
        for id in parent.into_iter().chain(professional) {
            if !line.contains(&id) {
                line.push(id);
            }
        }
        next += 1;
    }
    Ok(line)
}

/// Brings the units to what the plan says and returns what changed. Call it in a transaction: [`super::Store::write`].
///
/// # Errors
/// The database failed.
pub fn import(db: &mut Db, plan: &ImportPlan) -> Result<Changes, StoreError> {
    let existing: Vec<Unit> = all(db)?.into_iter().map(|stored| stored.unit).collect();
    let changes = plan.against(&existing);
    if changes.is_empty() {
        return Ok(changes);
    }
    let written = || changes.new.iter().chain(changes.changed.iter().map(|changed| &changed.unit));
    unit_kinds::hold(db, written().map(|unit| &unit.kind.code))?;
    insert(db, &changes.new)?;
    let pairs: Vec<(String, i64)> = unit::table.select((unit::code, unit::id)).load(db)?;
    let ids: HashMap<String, i64> = pairs.into_iter().collect();
    for unit in changes.new.iter().filter(|unit| unit.parents().next().is_some()) {
        put_below(db, unit, &ids)?;
    }
    for changed in &changes.changed {
        update(db, &changed.unit)?;
        put_below(db, &changed.unit, &ids)?;
        let id = known(&ids, &changed.unit.code)?;
        diesel::delete(unit_level::table.filter(unit_level::unit_id.eq(id))).execute(db)?;
    }
    insert_levels(db, written(), &ids)?;
    meta::bump_revision(db)?;
    Ok(changes)
}

/// New units, not yet below any other: those above may stand later in the file.
fn insert(db: &mut Db, units: &[Unit]) -> Result<(), StoreError> {
    for chunk in units.chunks(CHUNK) {
        let rows: Vec<_> = chunk
            .iter()
            .map(|u| {
                (
                    unit::code.eq(u.code.as_str()),
                    unit::name.eq(&u.name),
                    unit::name_folded.eq(fold(&u.name)),
                    unit::kind.eq(u.kind.code.as_str()),
                    unit::school_type.eq(u.school_type.map(|t| t.code())),
                    unit::valid_from.eq(u.valid_from),
                    unit::valid_to.eq(u.valid_to),
                )
            })
            .collect();
        both!(db, |c| diesel::insert_into(unit::table).values(rows).execute(c))?;
    }
    Ok(())
}

fn update(db: &mut Db, u: &Unit) -> Result<(), StoreError> {
    diesel::update(unit::table.filter(unit::code.eq(u.code.as_str())))
        .set((
            unit::name.eq(&u.name),
            unit::name_folded.eq(fold(&u.name)),
            unit::kind.eq(u.kind.code.as_str()),
            unit::school_type.eq(u.school_type.map(|t| t.code())),
            unit::valid_from.eq(u.valid_from),
            unit::valid_to.eq(u.valid_to),
        ))
        .execute(db)?;
    Ok(())
}

fn put_below(db: &mut Db, u: &Unit, ids: &HashMap<String, i64>) -> Result<(), StoreError> {
    let above = |code: &Option<UnitCode>| code.as_ref().map(|code| known(ids, code)).transpose();
    diesel::update(unit::table.filter(unit::code.eq(u.code.as_str())))
        .set((unit::parent_id.eq(above(&u.parent)?), unit::professional_parent_id.eq(above(&u.professional_parent)?)))
        .execute(db)?;
    Ok(())
}

fn insert_levels<'a>(
    db: &mut Db,
    units: impl Iterator<Item = &'a Unit>,
    ids: &HashMap<String, i64>,
) -> Result<(), StoreError> {
    let mut rows = Vec::new();
    for unit in units {
        let id = known(ids, &unit.code)?;
        rows.extend(unit.enrolment.iter().map(|(level, pupils)| {
            let classes = unit.classes.get(level);
            let names = classes.map(|classes| classes.names().join(";")).unwrap_or_default();
            (id, level.code(), *pupils, classes.map(Classes::count), names)
        }));
    }
    for chunk in rows.chunks(CHUNK) {
        let rows: Vec<_> = chunk
            .iter()
            .map(|(id, level, pupils, classes, names)| {
                (
                    unit_level::unit_id.eq(id),
                    unit_level::level.eq(level),
                    unit_level::enrolment.eq(pupils),
                    unit_level::classes.eq(classes),
                    unit_level::class_names.eq(names),
                )
            })
            .collect();
        both!(db, |c| diesel::insert_into(unit_level::table).values(rows).execute(c))?;
    }
    Ok(())
}

fn known(ids: &HashMap<String, i64>, code: &UnitCode) -> Result<i64, StoreError> {
    ids.get(code.as_str()).copied().ok_or_else(|| StoreError::corrupt("unit", format!("there is no {code}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use crate::store::tests::empty_store;
    use crate::survey::unit::{Preset, parse_csv};

    fn put(store: &Store, csv: &[u8]) -> Changes {
        store
            .write_now(|db| {
                let existing: Vec<Unit> = all(db)?.into_iter().map(|s| s.unit).collect();
                import(db, &parse_csv(csv, &existing).unwrap())
            })
            .unwrap()
    }

    #[test]
    fn a_preset_is_stored_as_it_was_read_and_a_second_time_changes_nothing() {
        let (_database, store) = empty_store();
        let csv = Preset::PhuongSo.csv();
        let changes = put(&store, csv);
        assert_eq!(changes.changed.len(), 0);
        let again = put(&store, csv);
        assert_eq!((again.new.len(), again.changed.len(), again.unchanged), (0, 0, changes.new.len()));
    }

    #[test]
    fn a_changed_unit_keeps_its_number_and_loses_the_levels_it_no_longer_has() {
        let (_database, store) = empty_store();
        put(&store, Preset::PhuongSo.csv());
        let before = store.read_now(|db| by_code(db, "THTHCS-DONG-SEN")).unwrap().unwrap();
        let revision = store.read_now(meta::revision).unwrap();
        let header = "code,name,kind,school_type,parent,professional_parent,valid_from,valid_to,enrol_mam_non,enrol_tieu_hoc,enrol_thcs,enrol_thpt,enrol_gdtx";
        let row = "THTHCS-DONG-SEN,Trường Tiểu học Đồng Sen,truong,cong_lap,P-BEN-SEN,SO-AN-LANH,2025-07-01,,,700,,,";
        let changes = put(&store, format!("{header}\n{row}\n").as_bytes());
        assert_eq!(changes.changed.len(), 1);
        let after = store.read_now(|db| by_id(db, before.id)).unwrap().unwrap();
        assert_eq!(after.unit, changes.changed[0].unit);
        assert_eq!(after.unit.enrolment, BTreeMap::from([(Level::TieuHoc, 700)]));
        assert!(store.read_now(meta::revision).unwrap() > revision);
    }

    #[test]
    fn what_lies_below_and_above_follows_both_kinds_of_parent() {
        let (_database, store) = empty_store();
        put(&store, Preset::PhuongSo.csv());
        let of = |code: &str| store.read_now(|db| id_by_code(db, code)).unwrap().unwrap();
        let (so, ward, school) = (of("SO-AN-LANH"), of("P-HOA-BAN"), of("TH-HOA-BAN"));
        let below = |id| store.read_now(|db| subtree(db, id)).unwrap();
        assert_eq!((below(so).len(), below(ward).len(), below(school).len()), (52, 11, 1));
        assert!(below(ward).contains(&school));
        assert_eq!(store.read_now(|db| line(db, school)).unwrap(), [school, ward, so]);
    }

    #[test]
    fn units_come_in_the_order_of_a_dictionary_and_only_while_they_exist() {
        let (_database, store) = empty_store();
        put(&store, Preset::PhuongSo.csv());
        let day = NaiveDate::from_ymd_opt(2025, 6, 30).unwrap();
        let early = store.read_now(|db| valid_on(db, day)).unwrap();
        assert!(early.iter().all(|stored| stored.unit.valid_from <= day));
        let names: Vec<String> = store.read_now(all).unwrap().into_iter().map(|stored| stored.unit.name).collect();
        let at = |name: &str| names.iter().position(|n| n == name).unwrap();
        assert!(at("Phường Bình An Đông") < at("Phường Đồi Thông") && at("Phường Đồi Thông") < at("Phường Hoa Ban"));
    }
}
