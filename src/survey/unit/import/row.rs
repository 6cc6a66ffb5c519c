//! One row, read into a unit.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::sheet::Cells;
use super::{Column, Given, LONGEST_NAME, MOST_PUPILS, Problem, RowError, xlsx};
use crate::survey::code::{Level, SchoolType};
use crate::survey::unit::{Classes, Kinds, Unit, UnitCode, UnitKind};
use crate::vietnamese;

pub(super) struct Row {
    /// As a spreadsheet numbers it.
    pub(super) number: usize,
    pub(super) read: Read,
}

/// What could be read of a row: enough to check its neighbours even where another cell is wrong.
pub(super) struct Read {
    pub(super) code: Option<UnitCode>,
    pub(super) parents: Vec<(Column, UnitCode)>,
    pub(super) is_school: bool,
    pub(super) whole: Option<Unit>,
}

/// Reads cells and notes what is wrong with them.
struct Reading<'a> {
    cells: &'a Cells,
    errors: &'a mut Vec<RowError>,
}

impl Reading<'_> {
    fn wrong(&mut self, column: Column, problem: Problem, detail: impl ToString) {
        let error = RowError::at(self.cells.number, column, problem, self.cells.get(column)).detail(detail);
        self.errors.push(error);
    }

    /// The cell, trimmed and composed; nothing when it is empty or has characters that no cell may have.
    fn text(&mut self, column: Column) -> Option<String> {
        let raw = self.cells.get(column);
        // a no-break space at the edge comes from web pages and is trimmed like any other
        let text = raw.trim();
        if text.chars().any(|c| {
            c.is_control()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        }) {
            self.wrong(column, Problem::ControlCharacter, "");
            return None;
        }
        if let Some(problem) = no_value(text) {
            self.wrong(column, problem, "");
            return None;
        }
        (!text.is_empty()).then(|| vietnamese::nfc(text))
    }

    fn required(&mut self, column: Column) -> Option<String> {
        let before = self.errors.len();
        let text = self.text(column);
        if text.is_none() && self.errors.len() == before {
            self.wrong(column, Problem::Empty, "");
        }
        text
    }

    fn name(&mut self) -> Option<String> {
        let name = self.required(Column::Name)?;
        if name.chars().count() > LONGEST_NAME {
            self.wrong(Column::Name, Problem::TooLong, "");
            return None;
        }
        Some(name)
    }

    fn code(&mut self, column: Column, text: Option<String>) -> Option<UnitCode> {
        let code = text?.parse().ok();
        if code.is_none() {
            self.wrong(column, Problem::NotACode, "");
        }
        code
    }

    fn listed<T>(
        &mut self,
        column: Column,
        text: Option<String>,
        find: impl Fn(&str) -> Option<T>,
        known: &[&str],
    ) -> Option<T> {
        let text = text?;
        // “Công lập” is cong_lap
        let as_code = || vietnamese::fold(&text).split_whitespace().collect::<Vec<_>>().join("_");
        let value = find(&text).or_else(|| find(&as_code()));
        if value.is_none() {
            self.wrong(column, Problem::UnknownValue, known.join(", "));
        }
        value
    }

    /// By its code, or by its name as people spell it.
    fn kind(&mut self, kinds: &Kinds) -> Option<UnitKind> {
        let text = self.required(Column::Kind)?;
        let kind = kinds.meant(&text).map(|kind| kind.kind.clone());
        if kind.is_none() {
            self.wrong(Column::Kind, Problem::UnknownValue, kinds.written());
        }
        kind
    }

    /// What a file without a column for kinds says: what there is stays what it is, and most units are schools.
    fn usual_kind(&mut self, given: &Given<'_>, known: Option<&Unit>) -> Option<UnitKind> {
        let kind = known.map(|unit| &unit.kind).or(given.kinds.usual_school()).cloned();
        if kind.is_none() {
            self.wrong(Column::Kind, Problem::Empty, "");
        }
        kind
    }

    fn school_type(&mut self) -> Option<SchoolType> {
        let text = self.text(Column::SchoolType);
        let types: Vec<_> = SchoolType::ALL.iter().map(|t| t.code()).collect();
        self.listed(Column::SchoolType, text, SchoolType::from_code, &types)
    }

    /// Pupils by level; levels that the file has no column for stay as they are.
    fn enrolment(&mut self, known: Option<&Unit>) -> BTreeMap<Level, i64> {
        let mut enrolment = BTreeMap::new();
        for level in Level::ALL {
            let column = Column::of_level(*level);
            let pupils = match self.cells.has(column) {
                true => self.pupils(column),
                false => known.and_then(|unit| unit.enrolment.get(level).copied()),
            };
            enrolment.extend(pupils.map(|n| (*level, n)));
        }
        enrolment
    }

    /// Classes by level; levels that the file has no column for stay as they are. Only a level with pupils has classes.
    fn classes(&mut self, known: Option<&Unit>, enrolment: &BTreeMap<Level, i64>) -> BTreeMap<Level, Classes> {
        let mut classes = BTreeMap::new();
        for level in Level::ALL {
            let column = Column::of_classes(*level);
            let read = match self.cells.has(column) {
                true => self.text(column).and_then(|text| {
                    let read = text.parse().ok();
                    match (&read, enrolment.contains_key(level)) {
                        (None, _) => self.wrong(column, Problem::NotClasses, ""),
                        (Some(_), false) => self.wrong(column, Problem::ClassesWithoutPupils, ""),
                        (Some(_), true) => {}
                    }
                    read
                }),
                false => {
                    known.and_then(|unit| unit.classes.get(level).cloned()).filter(|_| enrolment.contains_key(level))
                }
            };
            classes.extend(read.map(|classes| (*level, classes)));
        }
        classes
    }

    fn date(&mut self, column: Column, text: Option<String>) -> Option<NaiveDate> {
        let text = text?;
        let date = read_date(&text);
        if date.is_none() {
            self.wrong(column, Problem::NotADate, "");
        }
        date
    }

    fn pupils(&mut self, column: Column) -> Option<i64> {
        let text = self.text(column)?;
        let number = read_number(&text).filter(|n| *n <= MOST_PUPILS);
        if number.is_none() {
            self.wrong(column, Problem::NotAPupilNumber, "");
        }
        number
    }
}

/// `2025-07-01`, or as spreadsheets in Việt Nam show it: `01/07/2025`, `1/7/2025`.
pub(super) fn read_date(text: &str) -> Option<NaiveDate> {
    if !text.contains('/') {
        return NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == 10);
    }
    let year = text.rsplit('/').next().filter(|year| year.len() == 4);
    year.and_then(|_| NaiveDate::parse_from_str(text, "%d/%m/%Y").ok())
}

/// `1045`, or with points between thousands: `1.045`.
pub(super) fn read_number(text: &str) -> Option<i64> {
    let mut parts = text.split('.');
    let first = parts.next().filter(|first| text == *first || (1..=3).contains(&first.len()))?;
    let is_grouped = parts.clone().all(|part| part.len() == 3);
    let digits: String = std::iter::once(first).chain(parts).collect();
    let is_number = is_grouped && digits.len() <= 5 && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

/// Why a cell with something in it says nothing.
fn no_value(text: &str) -> Option<Problem> {
    if vietnamese::looks_legacy(text) {
        return Some(Problem::LegacyFont);
    }
    if text.starts_with(xlsx::FORMULA) {
        return Some(Problem::NoResult);
    }
    xlsx::CELL_ERRORS.contains(&text).then_some(Problem::CellError)
}

pub(super) fn read_row(
    cells: &Cells,
    given: &Given<'_>,
    existing: &HashMap<&UnitCode, &Unit>,
    errors: &mut Vec<RowError>,
) -> Read {
    let before = errors.len();
    let mut row = Reading { cells, errors };
    let code = row.required(Column::Code);
    let code = row.code(Column::Code, code);
    let known = code.as_ref().and_then(|code| existing.get(code).copied());
    let name = row.name();
    let kind = match cells.has(Column::Kind) {
        true => row.kind(given.kinds),
        false => row.usual_kind(given, known),
    };
    let school_type = match cells.has(Column::SchoolType) {
        true => row.school_type(),
        false => known.and_then(|unit| unit.school_type),
    };
    let mut above = |column| {
        let text = row.text(column);
        row.code(column, text)
    };
    let parent = match cells.has(Column::Parent) {
        true => above(Column::Parent),
        false => known.map_or(given.parent.clone(), |unit| unit.parent.clone()),
    };
    let professional_parent = match cells.has(Column::ProfessionalParent) {
        true => above(Column::ProfessionalParent),
        false => known.and_then(|unit| unit.professional_parent.clone()),
    };
    let valid_from = match (cells.has(Column::ValidFrom), known.map(|unit| unit.valid_from).or(given.first_day)) {
        (false, Some(day)) => Some(day),
        _ => {
            let text = row.required(Column::ValidFrom);
            row.date(Column::ValidFrom, text)
        }
    };
    let valid_to = match cells.has(Column::ValidTo) {
        true => {
            let text = row.text(Column::ValidTo);
            row.date(Column::ValidTo, text)
        }
        false => known.and_then(|unit| unit.valid_to),
    };
    let is_school = kind.as_ref().is_some_and(|kind| kind.nature.is_school());
    let enrolment = row.enrolment(known);
    let classes = if is_school { row.classes(known, &enrolment) } else { BTreeMap::new() };

    if let (Some(first), Some(last)) = (valid_from, valid_to)
        && last <= first
    {
        row.wrong(Column::ValidTo, Problem::EndsTooEarly, first);
    }
    let levels_empty = Level::ALL.iter().all(|l| cells.get(Column::of_level(*l)).trim().is_empty());
    if is_school && levels_empty && enrolment.is_empty() {
        row.errors.push(RowError { column: None, ..RowError::at(cells.number, Column::Code, Problem::NoLevel, "") });
    }
    if kind.is_some() && !is_school {
        let columns = Column::ALL
            .iter()
            .filter(|c| **c == Column::SchoolType || c.level().or_else(|| c.level_of_classes()).is_some());
        for column in columns.filter(|column| !cells.get(**column).trim().is_empty()) {
            row.wrong(*column, Problem::OnlyForSchools, "");
        }
    }

    let named = [(Column::Parent, &parent), (Column::ProfessionalParent, &professional_parent)];
    let parents = named.into_iter().filter_map(|(column, code)| Some((column, code.clone()?))).collect();
    let is_right = errors.len() == before;
    let whole = (|| {
        let (code, name, kind, valid_from) = (code.clone()?, name?, kind?, valid_from?);
        Some(Unit {
            code,
            name,
            kind,
            school_type,
            parent,
            professional_parent,
            valid_from,
            valid_to,
            enrolment,
            classes,
        })
    })();
    Read { code, parents, is_school, whole: whole.filter(|_| is_right) }
}
