//! What can be wrong in a file of units.

use std::fmt;

use super::{Column, LONGEST_NAME, MOST_PUPILS};
use crate::survey::code::codes;

codes! {
    /// What can be wrong. Pages have a sentence `unit-error-…` for each.
    Problem {
        /// Larger than [`super::LARGEST_FILE`].
        FileTooLarge = "file-too-large",
        /// Saved in another encoding than UTF-8.
        NotUtf8 = "not-utf8",
        /// An .xls file of before 2007.
        OldExcel = "old-excel",
        /// An .xlsx file that cannot be read, or would unpack to far more than it is.
        BrokenExcel = "broken-excel",
        /// No header, or no row below it.
        NoRows = "no-rows",
        /// More than [`super::MOST_ROWS`].
        TooManyRows = "too-many-rows",
        /// A heading that is none of [`Column`].
        UnknownColumn = "unknown-column",
        /// A column of [`Column`] that the header lacks.
        MissingColumn = "missing-column",
        /// The same heading twice.
        RepeatedColumn = "repeated-column",
        /// More or fewer cells than the header has.
        CellCount = "cell-count",
        /// A double quote that opens a cell and never closes it.
        OpenQuote = "open-quote",
        /// A cell that may not be empty.
        Empty = "empty",
        /// A unit that is new and of which a column for the unit above says nothing.
        NoParent = "no-parent",
        /// What a formula shows that cannot be worked out, such as `#DIV/0!`.
        CellError = "cell-error",
        /// A formula without a result.
        NoResult = "no-result",
        /// A line break, tab or invisible control character in a cell.
        ControlCharacter = "control-character",
        /// Typed for a font of before Unicode.
        LegacyFont = "legacy-font",
        /// A name that is too long.
        TooLong = "too-long",
        /// Not a [`crate::survey::unit::UnitCode`].
        NotACode = "not-a-code",
        /// The code stands in an earlier row too.
        DuplicateCode = "duplicate-code",
        /// Not one of the codes that this column knows.
        UnknownValue = "unknown-value",
        /// Not a date as YYYY-MM-DD.
        NotADate = "not-a-date",
        /// The last day is not after the first.
        EndsTooEarly = "ends-too-early",
        /// Not a whole number from 0 to [`super::MOST_PUPILS`].
        NotAPupilNumber = "not-a-pupil-number",
        /// Neither a number of classes nor their names.
        NotClasses = "not-classes",
        /// Classes of a level that has no pupils.
        ClassesWithoutPupils = "classes-without-pupils",
        /// A school without any enrolment.
        NoLevel = "no-level",
        /// Something that only schools have.
        OnlyForSchools = "only-for-schools",
        /// The unit above is neither in the file nor in the system.
        ParentUnknown = "parent-unknown",
        /// The unit above is a school.
        ParentIsSchool = "parent-is-school",
        /// Units of this kind do not stand below units of that kind.
        ParentKind = "parent-kind",
        /// Units of this kind always stand below another.
        NotAtTop = "not-at-top",
        /// Going up from this unit leads back to it.
        Cycle = "cycle",
        /// The unit is not below the unit of whoever imports.
        NotYours = "not-yours",
    }
}

/// One mistake in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// The row as a spreadsheet numbers it (the header is row 1); empty when it is about the whole file.
    pub row: Option<usize>,
    /// The column.
    pub column: Option<Column>,
    /// What is wrong.
    pub problem: Problem,
    /// What stands there, shortened.
    pub found: String,
    /// What could stand there instead, or the row that it collides with.
    pub detail: String,
}

impl RowError {
    pub(super) fn of_file(problem: Problem) -> Self {
        Self { row: None, column: None, problem, found: String::new(), detail: String::new() }
    }

    pub(in crate::survey::unit) fn at(row: usize, column: Column, problem: Problem, found: &str) -> Self {
        Self { row: Some(row), column: Some(column), problem, found: shortened(found), detail: String::new() }
    }

    pub(super) fn detail(mut self, detail: impl ToString) -> Self {
        self.detail = detail.to_string();
        self
    }
}

pub(super) fn shortened(text: &str) -> String {
    let clean = text.chars().map(|c| if c.is_control() { '·' } else { c });
    let mut short: String = clean.clone().take(60).collect();
    if clean.count() > 60 {
        short.push('…');
    }
    short
}

impl fmt::Display for RowError {
    /// In English, for the command line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(row) = self.row {
            write!(f, "row {row}, ")?;
        }
        if let Some(column) = self.column {
            write!(f, "column {column}: ")?;
        }
        let (found, detail) = (&self.found, &self.detail);
        match self.problem {
            Problem::FileTooLarge => write!(f, "the file is larger than 5 MB; split it into several files"),
            Problem::NotUtf8 => write!(
                f,
                "the file is not UTF-8; in Excel choose Save As, then the type “CSV UTF-8 (Comma delimited)”, and import that file"
            ),
            Problem::OldExcel => {
                write!(f, "the file is an .xls of before 2007; open it and save it as .xlsx, then import that file")
            }
            Problem::BrokenExcel => {
                write!(f, "the .xlsx file cannot be read; open it in Excel or LibreOffice and save it anew")
            }
            Problem::NoRows => write!(f, "the file has no rows; row 1 is the header, units begin in row 2"),
            Problem::TooManyRows => write!(f, "the file has more than 20000 units; split it into several files"),
            Problem::UnknownColumn => {
                write!(f, "{found:?} is not a column of this file; correct the heading in row 1 or delete the column")
            }
            Problem::MissingColumn => {
                write!(f, "this column is missing; add its heading to row 1 (cells may be empty)")
            }
            Problem::RepeatedColumn => write!(f, "this heading stands twice in row 1; keep one of the two columns"),
            Problem::CellCount => write!(
                f,
                "the row has {found} cells, the header {detail}; put names that contain the separator in double quotes"
            ),
            Problem::OpenQuote => write!(
                f,
                "a double quote opens before {found:?} and is never closed; close it, or take it away (inside a cell write it twice)"
            ),
            Problem::Empty => write!(f, "the cell is empty; fill it in"),
            Problem::NoParent => {
                write!(
                    f,
                    "the cell is empty; write the code of the unit above (cells that are merged must be unmerged)"
                )
            }
            Problem::CellError => {
                write!(f, "the formula shows {found:?}; correct it, or type the value")
            }
            Problem::NoResult => {
                write!(f, "the formula has no result; open the file in Excel, save it once, and import it again")
            }
            Problem::ControlCharacter => {
                write!(
                    f,
                    "{found:?} contains a line break, tab or invisible character; type the cell again on one line"
                )
            }
            Problem::LegacyFont => write!(
                f,
                "{found:?} looks typed for a VNI or TCVN3 font; convert the text to Unicode (for instance with UniKey's tools) and import again"
            ),
            Problem::TooLong => write!(f, "{found:?} is longer than {LONGEST_NAME} characters; shorten it"),
            Problem::NotACode => {
                write!(f, "{found:?} is not a code; use 2 to 24 of A–Z, 0–9 and hyphens, for example TH-HOA-MAI")
            }
            Problem::DuplicateCode => {
                write!(f, "{found:?} stands in row {detail} already; give each unit a code of its own")
            }
            Problem::UnknownValue => write!(f, "{found:?} is not known; write one of: {detail}"),
            Problem::NotADate => {
                write!(f, "{found:?} is not a date; write day/month/year or year-month-day, for example 2025-07-01")
            }
            Problem::EndsTooEarly => write!(f, "{found} is not after valid_from ({detail}); correct one of the two"),
            Problem::NotAPupilNumber => {
                write!(
                    f,
                    "{found:?} is not a whole number from 0 to {MOST_PUPILS}; write digits only, for example 1045"
                )
            }
            Problem::NotClasses => {
                write!(f, "{found:?} says no classes; write a number from 1 to 200, or their names separated by commas")
            }
            Problem::ClassesWithoutPupils => {
                write!(f, "{found:?}: there are no pupils at this level; write their number, or empty the cell")
            }
            Problem::NoLevel => {
                write!(f, "the school has no level; write its number of pupils in at least one column of pupils")
            }
            Problem::OnlyForSchools => {
                write!(f, "{found:?} only belongs to schools (such as kind truong); empty the cell")
            }
            Problem::ParentUnknown => write!(
                f,
                "there is no unit {found:?}, neither in this file nor in the system; correct the code or add that unit"
            ),
            Problem::ParentIsSchool => write!(f, "{found:?} is a school and cannot stand above another unit"),
            Problem::ParentKind => {
                write!(
                    f,
                    "{found:?} is of a kind below which this unit does not stand; write the code of one of: {detail}"
                )
            }
            Problem::NotAtTop => {
                write!(f, "a unit of kind {detail} always stands below another; write the code of the unit above")
            }
            Problem::Cycle => write!(f, "going up from {found} leads back to it; correct the units above"),
            Problem::NotYours => {
                write!(
                    f,
                    "{found:?} is not a unit below yours; leave the row out, or ask the office that it belongs to"
                )
            }
        }
    }
}
