//! What is known about one unit, as fields: they are read like a row of a file, by the same rules.

use std::collections::HashMap;

use chrono::NaiveDateTime;

use super::import::report::sentence;
use crate::store::{Db, StoreError, unit_imports, unit_kinds, units};
use crate::survey::code::{Level, SchoolType};
use crate::survey::unit::changes::shown;
use crate::survey::unit::import::{self, Given};
use crate::survey::unit::{Column, ImportPlan, Kinds, Unit, UnitCode};
use crate::vietnamese;
use crate::web::manage::fields::Fields;
use crate::web::manage::trouble::Trouble;
use crate::web::words::Words;

/// The fields of one unit as the page shows them.
pub(super) struct Facts {
    /// By the name of the column.
    values: HashMap<&'static str, String>,
    /// Who can run a school: code, name, whether it is that.
    pub types: Vec<(&'static str, String, bool)>,
    /// Levels: code, name.
    pub levels: Vec<(&'static str, String)>,
}

impl Facts {
    /// Of a unit that there is, or of none; with what was typed instead, if something was.
    pub(super) fn new(unit: Option<&Unit>, trouble: &Trouble, words: Words) -> Self {
        let value = |column: &Column| {
            let known = unit.map(|unit| shown(unit, *column)).unwrap_or_default();
            (column.code(), trouble.value(column.code(), &known).to_owned())
        };
        let values: HashMap<_, _> = Column::ALL.iter().map(value).collect();
        let chosen = values.get(Column::SchoolType.code()).cloned().unwrap_or_default();
        let types = SchoolType::ALL.iter().map(|known| {
            let code = known.code();
            (code, words.say(&format!("school-type-{code}")), chosen == code)
        });
        let levels = Level::ALL.iter().map(|level| {
            let code = level.code();
            (code, words.say(&format!("level-short-{code}")))
        });
        Self { types: types.collect(), levels: levels.collect(), values }
    }

    /// What a field shows.
    pub(super) fn value(&self, column: &str) -> &str {
        self.values.get(column).map_or("", String::as_str)
    }

    /// What a field of a level shows.
    pub(super) fn of_level(&self, what: &str, level: &str) -> &str {
        self.value(&format!("{what}_{level}"))
    }
}

/// For whom, when and against what the fields are read.
pub(super) struct Desk {
    /// The unit for which the officer acts: others stand below it.
    pub own: UnitCode,
    /// UTC.
    pub now: NaiveDateTime,
    /// The language of what is wrong.
    pub words: Words,
}

/// Writes what was sent about a unit; the unit that there is keeps its code, kind and what stands above it. Call it in a
/// transaction.
///
/// # Errors
/// The database failed. What is wrong with the fields comes back as trouble beside each.
pub(super) fn save(
    db: &mut Db,
    fields: &Fields,
    unit: Option<&Unit>,
    desk: &Desk,
) -> Result<Result<Unit, Trouble>, StoreError> {
    let existing: Vec<Unit> = units::all(db)?.into_iter().map(|stored| stored.unit).collect();
    let kinds = unit_kinds::all(db)?;
    let plan = match read(fields, unit, desk, &existing, &kinds) {
        Ok(plan) => plan,
        Err(trouble) => return Ok(Err(trouble)),
    };
    if let Some(refused) = plan.outside(&desk.own, &existing).first() {
        return Ok(Err(Trouble::page(sentence(refused, desk.words))));
    }
    let before = unit;
    let Some(unit) = plan.units().next().cloned() else { return Ok(Err(Trouble::page(String::new()))) };
    if before.is_none() && !is_placed(&unit, &kinds, &existing) {
        return Ok(Err(Trouble::at(Column::Parent.code(), desk.words.say("change-wrong-same-kind"))));
    }
    unit_imports::import_for_good(db, &plan)?;
    Ok(Ok(unit))
}

/// Whether units of its kind can be put below what stands above it; a file may still put a ward below a ward.
fn is_placed(unit: &Unit, kinds: &Kinds, existing: &[Unit]) -> bool {
    let Some(kind) = kinds.find(unit.kind.code.as_str()) else { return true };
    let find = |code: &Option<UnitCode>| existing.iter().find(|known| Some(&known.code) == code.as_ref());
    find(&unit.parent).is_none_or(|above| kind.can_stand_below(&above.kind))
        && find(&unit.professional_parent).is_none_or(|above| kind.can_be_guided_by(&above.kind))
}

fn read(
    fields: &Fields,
    unit: Option<&Unit>,
    desk: &Desk,
    existing: &[Unit],
    kinds: &Kinds,
) -> Result<ImportPlan, Trouble> {
    let is_taken = |known: &Unit| known.code.as_str() == fields.one(Column::Code.code());
    if unit.is_none() && existing.iter().any(is_taken) {
        return Err(Trouble::at(Column::Code.code(), desk.words.say("unit-code-taken")));
    }
    let given = Given {
        kinds,
        existing,
        parent: Some(desk.own.clone()),
        first_day: Some(vietnamese::local(desk.now).date()),
        columns: None,
    };
    let text = csv(fields, unit, kinds).map_err(|error| Trouble::page(error.to_string()))?;
    import::parse(&text, &given).map_err(|errors| {
        let mut trouble = Trouble::default();
        for error in &errors {
            trouble.add(error.column.map_or("", Column::code), sentence(error, desk.words));
        }
        trouble
    })
}

/// A file of one row.
fn csv(fields: &Fields, unit: Option<&Unit>, kinds: &Kinds) -> Result<String, csv::Error> {
    let kind = unit.map_or_else(|| fields.one(Column::Kind.code()).to_owned(), |unit| unit.kind.to_string());
    let is_school = kinds.meant(&kind).is_some_and(|kind| kind.kind.nature.is_school());
    let cell = |column: &Column| match (column, unit) {
        (Column::Code | Column::Parent | Column::ProfessionalParent, Some(unit)) => shown(unit, *column),
        (Column::Kind, _) => kind.clone(),
        _ if !is_school && is_of_schools(*column) => String::new(),
        _ => fields.one(column.code()).to_owned(),
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(Column::ALL.iter().map(|column| column.code()))?;
    writer.write_record(Column::ALL.iter().map(cell))?;
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn is_of_schools(column: Column) -> bool {
    column == Column::SchoolType || column.level().or_else(|| column.level_of_classes()).is_some()
}
