//! Kinds of units: what they are called, what their units are to the program, and where these stand.

use std::collections::HashMap;

use diesel::prelude::*;

use super::dialect::both;
use super::schema::{unit, unit_kind, unit_kind_above};
use super::{Db, StoreError, unit_imports};
use crate::survey::code::UnitNature;
use crate::survey::unit::kind::KindCode;
use crate::survey::unit::{Kind, Kinds, UnitKind};

#[derive(Queryable)]
struct Row {
    code: String,
    name_vi: String,
    name_en: String,
    nature: String,
    at_top: bool,
    _place: i64,
}

/// All kinds.
///
/// # Errors
/// The database failed, or a row is damaged.
pub fn all(db: &mut Db) -> Result<Kinds, StoreError> {
    let mut below: HashMap<String, Vec<String>> = HashMap::new();
    for (kind, above) in unit_kind_above::table.load::<(String, String)>(db)? {
        below.entry(kind).or_default().push(above);
    }
    let rows: Vec<Row> = unit_kind::table.order((unit_kind::place, unit_kind::code)).load(db)?;
    let kinds: Result<Vec<Kind>, StoreError> = rows
        .into_iter()
        .map(|row| {
            let above = below.remove(&row.code).unwrap_or_default();
            Ok(Kind {
                kind: UnitKind { code: code(&row.code)?, nature: nature(&row.nature)? },
                name_vi: row.name_vi,
                name_en: row.name_en,
                at_top: row.at_top,
                below: above.iter().map(|above| code(above)).collect::<Result<_, _>>()?,
            })
        })
        .collect();
    Ok(Kinds::new(kinds?))
}

fn code(text: &str) -> Result<KindCode, StoreError> {
    text.parse().map_err(|error| StoreError::corrupt("kind of unit", error))
}

pub(super) fn nature(text: &str) -> Result<UnitNature, StoreError> {
    text.parse().map_err(|error| StoreError::corrupt("nature of a kind of unit", error))
}

/// What a unit is to the program.
///
/// # Errors
/// The database failed, or there is no such unit.
pub fn nature_of(db: &mut Db, unit_id: i64) -> Result<UnitNature, StoreError> {
    let code: String = unit_kind::table
        .inner_join(unit::table.on(unit::kind.eq(unit_kind::code)))
        .filter(unit::id.eq(unit_id))
        .select(unit_kind::nature)
        .first(db)?;
    nature(&code)
}

/// How many units there are of each kind, also such that have ended; by its code.
///
/// # Errors
/// The database failed.
pub fn counts(db: &mut Db) -> Result<HashMap<String, i64>, StoreError> {
    let counts: Vec<(String, i64)> =
        unit::table.group_by(unit::kind).select((unit::kind, diesel::dsl::count_star())).load(db)?;
    Ok(counts.into_iter().collect())
}

/// Adds a kind, last in the list.
///
/// # Errors
/// [`StoreError::Exists`] when there is one of this code.
pub fn add(db: &mut Db, kind: &Kind) -> Result<(), StoreError> {
    let last: Option<i64> = unit_kind::table.select(diesel::dsl::max(unit_kind::place)).first(db)?;
    diesel::insert_into(unit_kind::table)
        .values((
            unit_kind::code.eq(kind.kind.code.as_str()),
            unit_kind::name_vi.eq(&kind.name_vi),
            unit_kind::name_en.eq(&kind.name_en),
            unit_kind::nature.eq(kind.kind.nature.code()),
            unit_kind::at_top.eq(kind.at_top),
            unit_kind::place.eq(last.unwrap_or(0) + 1),
        ))
        .execute(db)
        .map_err(StoreError::from)
        .map_err(
            |error| if error.is_duplicate() { StoreError::Exists("a kind of units with this code") } else { error },
        )?;
    put_below(db, kind)
}

/// Gives a kind that there is another name or place.
///
/// # Errors
/// The database failed.
pub fn change(db: &mut Db, kind: &Kind) -> Result<(), StoreError> {
    diesel::update(unit_kind::table.find(kind.kind.code.as_str()))
        .set((
            unit_kind::name_vi.eq(&kind.name_vi),
            unit_kind::name_en.eq(&kind.name_en),
            unit_kind::at_top.eq(kind.at_top),
        ))
        .execute(db)?;
    put_below(db, kind)
}

fn put_below(db: &mut Db, kind: &Kind) -> Result<(), StoreError> {
    let own = kind.kind.code.as_str();
    diesel::delete(unit_kind_above::table.filter(unit_kind_above::kind.eq(own))).execute(db)?;
    let rows: Vec<_> = kind
        .below
        .iter()
        .map(|above| (unit_kind_above::kind.eq(own), unit_kind_above::above.eq(above.as_str())))
        .collect();
    both!(db, |c| diesel::insert_into(unit_kind_above::table).values(rows).execute(c))?;
    Ok(())
}

/// Takes a kind away, after [`change_alone`] and [`Kinds::check_removal`]. An import that may have been of such units can no longer be
/// taken back.
///
/// # Errors
/// The database failed.
pub fn remove(db: &mut Db, code: &KindCode) -> Result<(), StoreError> {
    unit_imports::forget(db)?;
    diesel::delete(unit_kind::table.find(code.as_str())).execute(db)?;
    Ok(())
}

/// Until the end of the transaction nobody else changes kinds, or adds a unit of any.
///
/// # Errors
/// The database failed.
pub fn change_alone(db: &mut Db) -> Result<(), StoreError> {
    let codes: Vec<String> = unit_kind::table.select(unit_kind::code).load(db)?;
    touch(db, codes.iter().map(String::as_str).collect()).map(drop)
}

/// Until the end of the transaction these kinds stay as they are: whoever takes one away and whoever adds a unit of it do so one
/// after the other.
///
/// # Errors
/// [`StoreError::Corrupt`] when one of them is gone.
pub fn hold<'a>(db: &mut Db, codes: impl IntoIterator<Item = &'a KindCode>) -> Result<(), StoreError> {
    match touch(db, codes.into_iter().map(KindCode::as_str).collect())? {
        None => Ok(()),
        Some(gone) => Err(StoreError::corrupt("unit", format!("there is no kind {gone}"))),
    }
}

/// Changes nothing in these rows, but holds them, always in the same order, so that nobody waits in a circle. The first of which
/// there is no row.
fn touch<'a>(db: &mut Db, mut codes: Vec<&'a str>) -> Result<Option<&'a str>, StoreError> {
    codes.sort_unstable();
    codes.dedup();
    for code in codes {
        let row = unit_kind::table.find(code);
        if diesel::update(row).set(unit_kind::place.eq(unit_kind::place)).execute(db)? == 0 {
            return Ok(Some(code));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{empty_store, store_with_units};
    use crate::survey::unit::kind::KindDraft;

    fn added(name: &str) -> Kind {
        let draft = KindDraft { name_vi: name.to_owned(), below: vec!["phuong".to_owned()], ..KindDraft::default() };
        Kinds::initial().added(&draft, UnitNature::CoQuan).unwrap()
    }

    #[test]
    fn a_new_database_has_the_kinds_that_presets_know() {
        let (_database, store) = empty_store();
        assert_eq!(store.read_now(all).unwrap(), Kinds::initial());
    }

    #[test]
    fn a_kind_is_added_changed_and_taken_away() {
        let (_database, store) = store_with_units();
        let mut kind = added("Phòng VH-XH");
        store.write_now(|db| add(db, &kind)).unwrap();
        assert!(matches!(store.write_now(|db| add(db, &kind)), Err(StoreError::Exists(_))));
        kind.name_vi = "Phòng Văn hóa – Xã hội".to_owned();
        kind.below.clear();
        store.write_now(|db| change(db, &kind)).unwrap();
        assert_eq!(store.read_now(all).unwrap().iter().last(), Some(&kind));
        store.write_now(|db| remove(db, &kind.kind.code)).unwrap();
        assert_eq!(store.read_now(all).unwrap(), Kinds::initial());
        assert!(store.write_now(|db| hold(db, [&kind.kind.code])).is_err());
    }

    #[test]
    fn a_unit_knows_what_it_is() {
        let (_database, store) = store_with_units();
        let nature = |id| store.read_now(move |db| nature_of(db, id)).unwrap();
        assert_eq!((nature(1), nature(3)), (UnitNature::CoQuan, UnitNature::Truong));
        assert_eq!(store.read_now(counts).unwrap()["so_gddt"], 1);
    }
}
