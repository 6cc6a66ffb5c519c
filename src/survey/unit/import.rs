//! Reading units from a CSV or XLSX file that a person made: every mistake is found in one pass and named by the row and column
//! that a spreadsheet shows.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

pub use self::headings::Headings;
use self::hierarchy::{check_codes, check_parents, check_places};
pub use self::mistake::{Problem, RowError};
use self::row::{Row, read_row};
use self::sheet::{Table, one_kind_of_line_end};
use super::{Kinds, Unit, UnitCode};
use crate::survey::code::{Level, codes};

mod headings;
mod hierarchy;
mod mistake;
mod row;
mod sheet;
mod xlsx;

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: usize = 5 * 1024 * 1024;
/// The most units in one file.
pub const MOST_ROWS: usize = 20_000;
/// The most pupils at one level of one school.
pub const MOST_PUPILS: i64 = 20_000;
/// The longest name, in characters.
const LONGEST_NAME: usize = 200;

codes! {
    /// The columns of the file; their order is free.
    Column {
        /// The unit's code.
        Code = "code",
        /// Its name.
        Name = "name",
        /// What it is.
        Kind = "kind",
        /// Who runs it.
        SchoolType = "school_type",
        /// The code of the unit above.
        Parent = "parent",
        /// The code of the unit above in professional matters.
        ProfessionalParent = "professional_parent",
        /// Its first day.
        ValidFrom = "valid_from",
        /// Its last day.
        ValidTo = "valid_to",
        /// Children in nursery and kindergarten.
        EnrolMamNon = "enrol_mam_non",
        /// Primary pupils.
        EnrolTieuHoc = "enrol_tieu_hoc",
        /// Lower secondary pupils.
        EnrolThcs = "enrol_thcs",
        /// Upper secondary pupils.
        EnrolThpt = "enrol_thpt",
        /// Learners in continuing education.
        EnrolGdtx = "enrol_gdtx",
        /// Groups of nursery and kindergarten: how many, or their names.
        ClassesMamNon = "classes_mam_non",
        /// Primary classes.
        ClassesTieuHoc = "classes_tieu_hoc",
        /// Lower secondary classes.
        ClassesThcs = "classes_thcs",
        /// Upper secondary classes.
        ClassesThpt = "classes_thpt",
        /// Classes in continuing education.
        ClassesGdtx = "classes_gdtx",
    }
}

impl Column {
    /// The level whose enrolment stands here.
    pub fn level(self) -> Option<Level> {
        self.code().strip_prefix("enrol_").and_then(Level::from_code)
    }

    /// The level whose classes stand here.
    pub fn level_of_classes(self) -> Option<Level> {
        self.code().strip_prefix("classes_").and_then(Level::from_code)
    }

    /// The column of a level's classes.
    pub fn of_classes(level: Level) -> Self {
        match level {
            Level::MamNon => Self::ClassesMamNon,
            Level::TieuHoc => Self::ClassesTieuHoc,
            Level::Thcs => Self::ClassesThcs,
            Level::Thpt => Self::ClassesThpt,
            Level::Gdtx => Self::ClassesGdtx,
        }
    }

    /// The column of a level's enrolment.
    pub fn of_level(level: Level) -> Self {
        match level {
            Level::MamNon => Self::EnrolMamNon,
            Level::TieuHoc => Self::EnrolTieuHoc,
            Level::Thcs => Self::EnrolThcs,
            Level::Thpt => Self::EnrolThpt,
            Level::Gdtx => Self::EnrolGdtx,
        }
    }
}

/// The units of a file without mistakes, each with its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportPlan {
    pub(super) rows: Vec<(usize, Unit)>,
    left_out: Vec<usize>,
}

impl ImportPlan {
    /// Units that come from no file.
    pub fn of(units: Vec<Unit>) -> Self {
        Self { rows: units.into_iter().enumerate().collect(), left_out: Vec::new() }
    }

    /// The units, in the file's order.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.rows.iter().map(|(_, unit)| unit)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The rows that are sums of others and no units, as a spreadsheet numbers them.
    pub fn left_out(&self) -> &[usize] {
        &self.left_out
    }

    /// Whether there is none; [`parse_csv`] refuses such a file.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// What the rows of a file are read with.
#[derive(Debug, Clone)]
pub struct Given<'a> {
    /// The kinds that units can be of.
    pub kinds: &'a Kinds,
    /// The units that the system has: units above may be among them, and what a file has no column for stays as it is.
    pub existing: &'a [Unit],
    /// The unit above new units, where no column names one.
    pub parent: Option<UnitCode>,
    /// The first day of new units, where no column has one.
    pub first_day: Option<NaiveDate>,
    /// Which column of the file (from 0) holds what, where somebody chose; otherwise its headings tell.
    pub columns: Option<BTreeMap<Column, usize>>,
}

impl<'a> Given<'a> {
    /// With nothing but what the system has: the file says everything else.
    pub fn only(kinds: &'a Kinds, existing: &'a [Unit]) -> Self {
        Self { kinds, existing, parent: None, first_day: None, columns: None }
    }
}

/// The text of a file: CSV in UTF-8, or the first table of an XLSX file as CSV, row by row.
///
/// # Errors
/// The file as a whole cannot be read.
pub fn text_of(bytes: &[u8]) -> Result<String, Vec<RowError>> {
    if bytes.len() > LARGEST_FILE {
        return Err(vec![RowError::of_file(Problem::FileTooLarge)]);
    }
    if bytes.starts_with(xlsx::ZIP) {
        return xlsx::to_csv(bytes).map_err(|problem| vec![RowError::of_file(problem)]);
    }
    if bytes.starts_with(xlsx::OLD_EXCEL) {
        return Err(vec![RowError::of_file(Problem::OldExcel)]);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| vec![RowError::of_file(Problem::NotUtf8)])?;
    Ok(one_kind_of_line_end(text.trim_start_matches('\u{feff}')))
}

/// The headings of a file whose text is this.
///
/// # Errors
/// Those that stand twice or are unknown.
pub fn headings(text: &str) -> Result<Headings, Vec<RowError>> {
    Table::headings(text)
}

/// Reads a file's [text](text_of).
///
/// # Errors
/// Every mistake, ordered by row.
pub fn parse(text: &str, given: &Given<'_>) -> Result<ImportPlan, Vec<RowError>> {
    let mut table = Table::open(text, given.columns.as_ref())?;
    let known: HashMap<&UnitCode, &Unit> = given.existing.iter().map(|unit| (&unit.code, unit)).collect();
    let mut errors = Vec::new();
    let mut rows = Vec::new();
    while let Some(cells) = table.next_row(&mut errors) {
        if rows.len() == MOST_ROWS {
            return Err(vec![RowError::of_file(Problem::TooManyRows)]);
        }
        rows.push(Row { number: cells.number, read: read_row(&cells, given, &known, &mut errors) });
    }
    if rows.is_empty() && errors.is_empty() {
        return Err(vec![RowError::of_file(Problem::NoRows)]);
    }
    check_codes(&rows, &mut errors);
    check_parents(&rows, given.existing, &mut errors);
    check_places(&rows, given, &mut errors);
    if errors.is_empty() {
        let rows = rows.into_iter().filter_map(|row| Some((row.number, row.read.whole?))).collect();
        Ok(ImportPlan { rows, left_out: table.totals })
    } else {
        errors.sort_by_key(|error| (error.row, error.column));
        Err(errors)
    }
}

/// Reads a file whose headings say everything and that knows no kinds but [those of the beginning](Kinds::initial): a preset.
///
/// # Errors
/// As [`text_of`] and [`parse`].
pub fn parse_csv(bytes: &[u8], existing: &[Unit]) -> Result<ImportPlan, Vec<RowError>> {
    parse(&text_of(bytes)?, &Given::only(&Kinds::initial(), existing))
}

#[cfg(test)]
mod tests;
