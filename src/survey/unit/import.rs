//! Reading units from a CSV file that a person made: every mistake is found in one pass and named by the row and column
//! that a spreadsheet shows.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use chrono::NaiveDate;
use csv::ByteRecord;

use super::{Unit, UnitCode};
use crate::survey::code::{Level, SchoolType, UnitKind, codes};
use crate::vietnamese;

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
    }
}

impl Column {
    /// The level whose enrolment stands here.
    pub fn level(self) -> Option<Level> {
        self.code().strip_prefix("enrol_").and_then(Level::from_code)
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

codes! {
    /// What can be wrong. Pages have a sentence `unit-error-…` for each.
    Problem {
        /// Larger than [`LARGEST_FILE`].
        FileTooLarge = "file-too-large",
        /// Saved in another encoding than UTF-8.
        NotUtf8 = "not-utf8",
        /// No header, or no row below it.
        NoRows = "no-rows",
        /// More than [`MOST_ROWS`].
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
        /// A line break, tab or invisible control character in a cell.
        ControlCharacter = "control-character",
        /// Typed for a font of before Unicode.
        LegacyFont = "legacy-font",
        /// A name that is too long.
        TooLong = "too-long",
        /// Not a [`UnitCode`].
        NotACode = "not-a-code",
        /// The code stands in an earlier row too.
        DuplicateCode = "duplicate-code",
        /// Not one of the codes that this column knows.
        UnknownValue = "unknown-value",
        /// Not a date as YYYY-MM-DD.
        NotADate = "not-a-date",
        /// The last day is not after the first.
        EndsTooEarly = "ends-too-early",
        /// Not a whole number from 0 to [`MOST_PUPILS`].
        NotAPupilNumber = "not-a-pupil-number",
        /// A school without any enrolment.
        NoLevel = "no-level",
        /// Something that only schools have.
        OnlyForSchools = "only-for-schools",
        /// The unit above is neither in the file nor in the system.
        ParentUnknown = "parent-unknown",
        /// The unit above is a school.
        ParentIsSchool = "parent-is-school",
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
    fn of_file(problem: Problem) -> Self {
        Self { row: None, column: None, problem, found: String::new(), detail: String::new() }
    }

    pub(super) fn at(row: usize, column: Column, problem: Problem, found: &str) -> Self {
        Self { row: Some(row), column: Some(column), problem, found: shortened(found), detail: String::new() }
    }

    fn detail(mut self, detail: impl ToString) -> Self {
        self.detail = detail.to_string();
        self
    }
}

fn shortened(text: &str) -> String {
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
            Problem::NoLevel => {
                write!(f, "the school has no level; write its number of pupils in at least one of the enrol_… columns")
            }
            Problem::OnlyForSchools => write!(f, "{found:?} only belongs to schools (kind truong); empty the cell"),
            Problem::ParentUnknown => write!(
                f,
                "there is no unit {found:?}, neither in this file nor in the system; correct the code or add that unit"
            ),
            Problem::ParentIsSchool => write!(f, "{found:?} is a school and cannot stand above another unit"),
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

/// The units of a file without mistakes, each with its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportPlan(pub(super) Vec<(usize, Unit)>);

impl ImportPlan {
    /// The units, in the file's order.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.0.iter().map(|(_, unit)| unit)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none; [`parse_csv`] refuses such a file.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Reads a file. `existing` are the units that the system has: units above may be among them.
///
/// # Errors
/// Every mistake, ordered by row.
pub fn parse_csv(bytes: &[u8], existing: &[Unit]) -> Result<ImportPlan, Vec<RowError>> {
    if bytes.len() > LARGEST_FILE {
        return Err(vec![RowError::of_file(Problem::FileTooLarge)]);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| vec![RowError::of_file(Problem::NotUtf8)])?;
    let text = one_kind_of_line_end(text.trim_start_matches('\u{feff}'));
    let mut table = Table::open(&text)?;
    let mut errors = Vec::new();
    let mut rows = Vec::new();
    while let Some(cells) = table.next_row(&mut errors) {
        if rows.len() == MOST_ROWS {
            return Err(vec![RowError::of_file(Problem::TooManyRows)]);
        }
        rows.push(Row { number: cells.number, read: read_row(&cells, &mut errors) });
    }
    if rows.is_empty() && errors.is_empty() {
        return Err(vec![RowError::of_file(Problem::NoRows)]);
    }
    check_codes(&rows, &mut errors);
    check_parents(&rows, existing, &mut errors);
    if errors.is_empty() {
        Ok(ImportPlan(rows.into_iter().filter_map(|row| Some((row.number, row.read.whole?))).collect()))
    } else {
        errors.sort_by_key(|error| (error.row, error.column));
        Err(errors)
    }
}

/// Rows are counted by line ends, so there must be one kind, also at the end.
fn one_kind_of_line_end(text: &str) -> String {
    let mut text = text.replace("\r\n", "\n").replace('\r', "\n");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

struct Table<'a> {
    text: &'a str,
    reader: csv::Reader<&'a [u8]>,
    places: BTreeMap<Column, usize>,
    width: usize,
    /// Line breaks inside cells so far: a spreadsheet does not count them.
    inner_lines: usize,
}

struct Cells {
    number: usize,
    values: BTreeMap<Column, String>,
}

impl Cells {
    fn get(&self, column: Column) -> &str {
        self.values.get(&column).map_or("", String::as_str)
    }
}

impl<'a> Table<'a> {
    fn open(text: &'a str) -> Result<Self, Vec<RowError>> {
        let header = text.lines().next().unwrap_or_default();
        let semicolons = header.matches(';').count();
        let delimiter = if semicolons > header.matches(',').count() { b';' } else { b',' };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut record = ByteRecord::new();
        if !reader.read_byte_record(&mut record).unwrap_or(false) {
            return Err(vec![RowError::of_file(Problem::NoRows)]);
        }
        let (mut places, mut errors) = (BTreeMap::new(), Vec::new());
        for (place, heading) in record.iter().enumerate() {
            let heading = vietnamese::nfc(&String::from_utf8_lossy(heading)).trim().to_lowercase();
            match Column::from_code(&heading) {
                Some(column) if places.insert(column, place).is_some() => {
                    errors.push(RowError::at(1, column, Problem::RepeatedColumn, &heading));
                }
                Some(_) => {}
                // spreadsheets write empty columns at the right edge
                None if heading.is_empty() => {}
                None => errors.push(RowError {
                    row: Some(1),
                    column: None,
                    problem: Problem::UnknownColumn,
                    found: shortened(&heading),
                    detail: String::new(),
                }),
            }
        }
        let missing = Column::ALL.iter().filter(|column| !places.contains_key(*column));
        errors.extend(missing.map(|column| RowError::at(1, *column, Problem::MissingColumn, "")));
        let inner_lines = inner_lines(&record);
        if errors.is_empty() {
            Ok(Self { text, reader, places, width: record.len(), inner_lines })
        } else {
            Err(errors)
        }
    }

    /// The next row that is not empty; rows with a wrong number of cells go to `errors`.
    fn next_row(&mut self, errors: &mut Vec<RowError>) -> Option<Cells> {
        let mut record = ByteRecord::new();
        while self.reader.read_byte_record(&mut record).unwrap_or(false) {
            self.inner_lines += inner_lines(&record);
            let line = usize::try_from(self.reader.position().line()).unwrap_or(usize::MAX);
            let number = line.saturating_sub(1).saturating_sub(self.inner_lines);
            if let Some(cell) = self.unclosed(&record) {
                // the line end that ends the row is inside the cell
                errors.push(RowError {
                    column: None,
                    ..RowError::at(number + 1, Column::Code, Problem::OpenQuote, &cell)
                });
                continue;
            }
            if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
                continue;
            }
            let surplus_is_empty = record.iter().skip(self.width).all(<[u8]>::is_empty);
            if record.len() < self.width || !surplus_is_empty {
                let error = RowError::at(number, Column::Code, Problem::CellCount, &record.len().to_string());
                errors.push(RowError { column: None, ..error.detail(self.width) });
                continue;
            }
            let value = |place: usize| String::from_utf8_lossy(record.get(place).unwrap_or_default()).into_owned();
            let values = self.places.iter().map(|(column, place)| (*column, value(*place))).collect();
            return Some(Cells { number, values });
        }
        None
    }
}

impl Table<'_> {
    /// The cell whose quote is still open at the end of the file: it has swallowed the line end that every file has here, which
    /// a closed cell does only if its closing quote and another line end follow.
    fn unclosed(&self, record: &ByteRecord) -> Option<String> {
        let is_last = self.reader.position().byte() == self.text.len() as u64;
        let cell = record.iter().next_back().filter(|cell| cell.ends_with(b"\n"))?;
        (is_last && !self.text.ends_with("\n\"\n"))
            .then(|| String::from_utf8_lossy(cell).lines().next().unwrap_or_default().to_owned())
    }
}

fn inner_lines(record: &ByteRecord) -> usize {
    record.iter().map(|cell| cell.iter().filter(|byte| **byte == b'\n').count()).sum()
}

struct Row {
    number: usize,
    read: Read,
}

/// What could be read of a row: enough to check its neighbours even where another cell is wrong.
struct Read {
    code: Option<UnitCode>,
    parents: Vec<(Column, UnitCode)>,
    is_school: bool,
    whole: Option<Unit>,
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
        let raw = self.cells.get(Column::Name);
        if vietnamese::looks_legacy(raw) {
            self.wrong(Column::Name, Problem::LegacyFont, "");
            return None;
        }
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
        let value = find(&text?);
        if value.is_none() {
            self.wrong(column, Problem::UnknownValue, known.join(", "));
        }
        value
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
fn read_date(text: &str) -> Option<NaiveDate> {
    if !text.contains('/') {
        return NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == 10);
    }
    let year = text.rsplit('/').next().filter(|year| year.len() == 4);
    year.and_then(|_| NaiveDate::parse_from_str(text, "%d/%m/%Y").ok())
}

/// `1045`, or with points between thousands: `1.045`.
fn read_number(text: &str) -> Option<i64> {
    let mut parts = text.split('.');
    let first = parts.next().filter(|first| text == *first || (1..=3).contains(&first.len()))?;
    let is_grouped = parts.clone().all(|part| part.len() == 3);
    let digits: String = std::iter::once(first).chain(parts).collect();
    let is_number = is_grouped && digits.len() <= 5 && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

fn read_row(cells: &Cells, errors: &mut Vec<RowError>) -> Read {
    let before = errors.len();
    let mut row = Reading { cells, errors };
    let code = row.required(Column::Code);
    let code = row.code(Column::Code, code);
    let name = row.name();
    let kind = row.required(Column::Kind);
    let kinds: Vec<_> = UnitKind::ALL.iter().map(|k| k.code()).collect();
    let kind = row.listed(Column::Kind, kind, UnitKind::from_code, &kinds);
    let school_type = row.text(Column::SchoolType);
    let types: Vec<_> = SchoolType::ALL.iter().map(|t| t.code()).collect();
    let school_type = row.listed(Column::SchoolType, school_type, SchoolType::from_code, &types);
    let mut above = |column| {
        let text = row.text(column);
        row.code(column, text)
    };
    let (parent, professional_parent) = (above(Column::Parent), above(Column::ProfessionalParent));
    let valid_from = row.required(Column::ValidFrom);
    let valid_from = row.date(Column::ValidFrom, valid_from);
    let valid_to = row.text(Column::ValidTo);
    let valid_to = row.date(Column::ValidTo, valid_to);
    let mut enrolment = BTreeMap::new();
    for level in Level::ALL {
        enrolment.extend(row.pupils(Column::of_level(*level)).map(|n| (*level, n)));
    }

    if let (Some(first), Some(last)) = (valid_from, valid_to)
        && last <= first
    {
        row.wrong(Column::ValidTo, Problem::EndsTooEarly, first);
    }
    let is_school = kind == Some(UnitKind::Truong);
    let levels_empty = Level::ALL.iter().all(|l| cells.get(Column::of_level(*l)).trim().is_empty());
    if is_school && levels_empty {
        row.wrong(Column::EnrolMamNon, Problem::NoLevel, "");
    }
    if kind.is_some() && !is_school {
        let columns = Column::ALL.iter().filter(|c| **c == Column::SchoolType || c.level().is_some());
        for column in columns.filter(|column| !cells.get(**column).trim().is_empty()) {
            row.wrong(*column, Problem::OnlyForSchools, "");
        }
    }

    let named = [(Column::Parent, &parent), (Column::ProfessionalParent, &professional_parent)];
    let parents = named.into_iter().filter_map(|(column, code)| Some((column, code.clone()?))).collect();
    let is_right = errors.len() == before;
    let whole = (|| {
        let (code, name, kind, valid_from) = (code.clone()?, name?, kind?, valid_from?);
        Some(Unit { code, name, kind, school_type, parent, professional_parent, valid_from, valid_to, enrolment })
    })();
    Read { code, parents, is_school, whole: whole.filter(|_| is_right) }
}

fn check_codes(rows: &[Row], errors: &mut Vec<RowError>) {
    let mut first = HashMap::new();
    for row in rows {
        let Some(code) = &row.read.code else { continue };
        match first.get(code) {
            Some(earlier) => {
                let error = RowError::at(row.number, Column::Code, Problem::DuplicateCode, code.as_str());
                errors.push(error.detail(earlier));
            }
            None => {
                first.insert(code, row.number);
            }
        }
    }
}

fn check_parents(rows: &[Row], existing: &[Unit], errors: &mut Vec<RowError>) {
    let mut is_school: HashMap<&UnitCode, bool> =
        existing.iter().map(|unit| (&unit.code, unit.kind == UnitKind::Truong)).collect();
    let mut above: HashMap<&UnitCode, Vec<&UnitCode>> =
        existing.iter().map(|unit| (&unit.code, unit.parents().collect())).collect();
    for row in rows {
        let Some(code) = &row.read.code else { continue };
        is_school.insert(code, row.read.is_school);
        above.insert(code, row.read.parents.iter().map(|(_, parent)| parent).collect());
    }
    let circular = on_a_cycle(above);
    for row in rows {
        for (column, parent) in &row.read.parents {
            let problem = match is_school.get(parent) {
                None => Problem::ParentUnknown,
                Some(true) => Problem::ParentIsSchool,
                Some(false) => continue,
            };
            errors.push(RowError::at(row.number, *column, problem, parent.as_str()));
        }
        if let Some(code) = row.read.code.as_ref().filter(|code| circular.contains(code)) {
            errors.push(RowError::at(row.number, Column::Parent, Problem::Cycle, code.as_str()));
        }
    }
}

/// Takes units without anything above them away, then those without anything below, until nothing changes: what remains
/// stands on a cycle or between two.
fn on_a_cycle<'a>(mut above: HashMap<&'a UnitCode, Vec<&'a UnitCode>>) -> BTreeSet<UnitCode> {
    for _ in 0..2 {
        let mut waiting: HashMap<&UnitCode, usize> = HashMap::new();
        let mut below: HashMap<&UnitCode, Vec<&UnitCode>> = HashMap::new();
        for (code, parents) in &above {
            for parent in parents.iter().filter(|parent| above.contains_key(*parent)) {
                *waiting.entry(code).or_default() += 1;
                below.entry(parent).or_default().push(code);
            }
        }
        let mut free: Vec<&UnitCode> = above.keys().filter(|code| !waiting.contains_key(*code)).copied().collect();
        while let Some(code) = free.pop() {
            above.remove(code);
            for child in below.get(code).into_iter().flatten() {
                if let Some(left) = waiting.get_mut(child) {
                    *left -= 1;
                    if *left == 0 {
                        free.push(child);
                    }
                }
            }
        }
        // the same again from below
        let mut turned: HashMap<&UnitCode, Vec<&UnitCode>> = above.keys().map(|code| (*code, Vec::new())).collect();
        for (code, parents) in &above {
            for parent in parents {
                if let Some(children) = turned.get_mut(parent) {
                    children.push(code);
                }
            }
        }
        above = turned;
    }
    above.into_keys().cloned().collect()
}

#[cfg(test)]
mod tests;
