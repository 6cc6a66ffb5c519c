//! `/manage/units/import`: a file is read and checked, the page shows what it would change, and only a second press changes
//! it. Works without script: the checked file travels back in a hidden field.

use std::collections::BTreeMap;

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::NaiveDateTime;
use futures_util::TryStreamExt;

use serde::Deserialize;

use crate::state::State;
use crate::store::unit_imports::{self, LastImport};
use crate::store::{Db, StoreError, units};
use crate::survey::audit::Action;
use crate::survey::unit::import::{self, Given, Headings, LARGEST_FILE};
use crate::survey::unit::{Changes, Column, ImportPlan, Problem, RowError, Unit, UnitCode};
use crate::vietnamese::{self, legacy};
use crate::web::deed::Deed;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page::{self, see_other};
use crate::web::session::{Officer, Registrar};
use crate::web::words::Words;

/// A larger file is not carried in a hidden field but chosen once more.
const CARRIED: usize = 1024 * 1024;
/// How many rows of each list the page shows.
const SHOWN: usize = 200;

/// The form, and below it what the file would do or what is wrong with it.
#[derive(Template)]
#[template(path = "web/manage/unit_import.html")]
struct ImportPage {
    desk: DeskFrame,
    problem: Option<String>,
    /// What was taken back.
    done: Option<String>,
    /// What can be taken back.
    last: Option<Last>,
    /// Which column of the file is read as what.
    matching: Option<Matching>,
    errors: Option<Errors>,
    /// The file with the text of old fonts in Unicode, where that is what is wrong with it.
    converted: Option<String>,
    trial: Option<Trial>,
}

struct Errors {
    caption: String,
    rows: Vec<ErrorRow>,
    more: Option<String>,
}

struct ErrorRow {
    place: String,
    column: String,
    found: String,
    sentence: String,
}

/// The columns of ours, and those of the file.
struct Matching {
    columns: Vec<Matched>,
    /// What stands at the top of the file's columns.
    names: Vec<String>,
    /// Headings that are not read.
    unused: String,
    /// The file, where it is small enough to be carried.
    csv: Option<String>,
    /// Whether something that every file needs was not found.
    is_incomplete: bool,
}

struct Matched {
    /// The name of the field.
    name: String,
    label: String,
    /// The column of the file, from 0.
    place: Option<usize>,
}

impl Matched {
    fn is(&self, place: &usize) -> bool {
        self.place == Some(*place)
    }
}

struct Trial {
    new: String,
    changed: String,
    unchanged: String,
    new_rows: Vec<(String, String)>,
    changed_rows: Vec<(String, Vec<String>)>,
    more: Option<String>,
    is_nothing: bool,
}

impl ImportPage {
    fn new(request: &HttpRequest, officer: &Officer) -> Self {
        Self {
            desk: DeskFrame::new(request, officer, Room::Units),
            problem: None,
            done: None,
            last: None,
            matching: None,
            errors: None,
            converted: None,
            trial: None,
        }
    }
}

/// `GET /manage/units/import`
pub async fn show(request: HttpRequest, officer: Registrar, state: web::Data<State>) -> Result<HttpResponse, Failure> {
    let office = officer.post();
    let last = state.store.read(move |db| unit_imports::last(db, office)).await?;
    let last = last.map(|last| Last::new(&last, officer.words));
    page::show(&ImportPage { last, ..ImportPage::new(&request, &officer) })
}

/// `POST /manage/units/import/undo`: the units are as they were before the last import.
pub async fn undo(
    request: HttpRequest,
    officer: Registrar,
    state: web::Data<State>,
    sent: web::Form<Undo>,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&sent._csrf)?;
    let (office, id, now) = (officer.post(), sent.id, state.clock.now());
    let registrar = officer.0.clone();
    let undone = state.store.write(move |db| {
        let undone = unit_imports::undo(db, office, id, now)?;
        if let Some(undone) = &undone {
            let counts = [format!("removed={}", undone.removed), format!("restored={}", undone.restored)];
            registrar.note(db, now, office, Deed::with(Action::UnitsImported, counts), "undo")?;
        }
        Ok(undone)
    });
    let undone = undone.await?;
    let words = officer.words;
    let sentence = match undone {
        None => words.say("units-undo-late"),
        Some(undone) => {
            let values = [("removed", count(undone.removed)), ("restored", count(undone.restored))];
            let kept =
                (!undone.kept.is_empty()).then(|| words.with("units-undo-kept", "names", undone.kept.join(", ")));
            [Some(words.fill("units-undone", values)), kept].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
    };
    page::show(&ImportPage { done: Some(sentence), ..ImportPage::new(&request, &officer) })
}

/// `GET /manage/units/import/undo`: the page after it, in another language or loaded again.
pub async fn elsewhere() -> HttpResponse {
    see_other("/manage/units/import")
}

/// Which import is to be taken back.
#[derive(Deserialize)]
pub struct Undo {
    #[serde(default)]
    _csrf: String,
    id: i64,
}

/// The last import, in a sentence.
struct Last {
    id: i64,
    text: String,
}

impl Last {
    fn new(last: &LastImport, words: Words) -> Self {
        let values =
            [("moment", words.moment(last.imported_at)), ("new", count(last.added)), ("changed", count(last.changed))];
        Self { id: last.id, text: words.fill("units-last", values) }
    }
}

/// `POST /manage/units/import`: the trial, or with `confirm` the import itself.
pub async fn import(
    request: HttpRequest,
    officer: Registrar,
    state: web::Data<State>,
    sent: Multipart,
) -> Result<HttpResponse, Failure> {
    let words = officer.words;
    let Upload { csrf, confirm, file, columns } = Upload::read(sent, words).await?;
    officer.check_csrf(&csrf)?;
    let mut page = ImportPage::new(&request, &officer);
    if file.is_empty() {
        let problem = Some(words.say("units-no-file"));
        return page::show_as(StatusCode::UNPROCESSABLE_ENTITY, &ImportPage { problem, ..page });
    }
    let post = officer.post();
    let own = state.store.read(move |db| units::by_id(db, post)).await?.ok_or(Failure::Forbidden)?.unit.code;
    let read = web::block(move || import::text_of(&file)).await.map_err(|e| Failure::Unknown(e.to_string()))?;
    let text = match read {
        Ok(text) => text,
        Err(errors) => return page.refused(&errors, words),
    };
    let columns = (!columns.is_empty()).then_some(columns);
    page.matching = import::headings(&text).ok().map(|found| Matching::new(found, columns.as_ref(), &text, words));
    let upload = Checked { text, own, office: post, now: state.clock.now(), columns };
    let done = if confirm {
        let registrar = officer.0.clone();
        let imported = state.store.write(move |db| {
            let done = upload.import(db)?;
            if let Ok(changes) = &done {
                let counts = [format!("new={}", changes.new.len()), format!("changed={}", changes.changed.len())];
                let deed = Deed::with(Action::UnitsImported, counts);
                registrar.note(db, upload.now, post, deed, upload.own.as_str())?;
            }
            Ok(done)
        });
        imported.await?
    } else {
        state.store.read(move |db| Ok(upload.check(db)?.map(|(plan, existing)| plan.against(&existing)))).await?
    };
    match done {
        Err(errors) => page.refused(&errors, words),
        Ok(changes) if confirm => {
            let (new, changed) = (changes.new.len(), changes.changed.len());
            Ok(see_other(format!("/manage/units?new={new}&changed={changed}")))
        }
        Ok(changes) => page::show(&ImportPage { trial: Some(Trial::new(&changes, words)), ..page }),
    }
}

impl ImportPage {
    fn refused(self, errors: &[RowError], words: Words) -> Result<HttpResponse, Failure> {
        let is_old = errors.iter().any(|error| error.problem == Problem::LegacyFont);
        let converted = self.carried().filter(|_| is_old).map(legacy::to_unicode);
        let errors = Some(Errors::new(errors, words));
        page::show_as(StatusCode::UNPROCESSABLE_ENTITY, &Self { errors, converted, ..self })
    }

    /// The file, where it is small enough to be carried to the next page.
    fn carried(&self) -> Option<&str> {
        self.matching.as_ref()?.csv.as_deref()
    }
}

/// A file that could be read, to be checked against the units that there are.
struct Checked {
    text: String,
    /// The unit of whoever imports: new units without another stand below it.
    own: UnitCode,
    /// Its number.
    office: i64,
    /// UTC.
    now: NaiveDateTime,
    columns: Option<BTreeMap<Column, usize>>,
}

type Outcome<T> = Result<Result<T, Vec<RowError>>, StoreError>;

impl Checked {
    /// Reads the file against the units that exist and refuses rows that are not this unit's to change.
    fn check(&self, db: &mut Db) -> Outcome<(ImportPlan, Vec<Unit>)> {
        let existing: Vec<Unit> = units::all(db)?.into_iter().map(|stored| stored.unit).collect();
        let given = Given {
            existing: &existing,
            parent: Some(self.own.clone()),
            // the first day of units for which the file has none
            first_day: Some(vietnamese::local(self.now).date()),
            columns: self.columns.clone(),
        };
        let plan = match import::parse(&self.text, &given) {
            Ok(plan) => plan,
            Err(errors) => return Ok(Err(errors)),
        };
        let refused = plan.outside(&self.own, &existing);
        Ok(if refused.is_empty() { Ok((plan, existing)) } else { Err(refused) })
    }

    fn import(&self, db: &mut Db) -> Outcome<Changes> {
        match self.check(db)? {
            Ok((plan, _)) => unit_imports::import(db, &plan, self.office, self.now).map(Ok),
            Err(errors) => Ok(Err(errors)),
        }
    }
}

impl Matching {
    fn new(mut found: Headings, chosen: Option<&BTreeMap<Column, usize>>, text: &str, words: Words) -> Self {
        if let Some(chosen) = chosen {
            found.places.clone_from(chosen);
        }
        let columns = Column::ALL.iter().map(|column| Matched {
            name: format!("cot_{column}"),
            label: label(*column, words),
            place: found.places.get(column).copied(),
        });
        let is_incomplete = [Column::Code, Column::Name].iter().any(|column| !found.places.contains_key(column));
        Self {
            columns: columns.collect(),
            unused: found.unused().collect::<Vec<_>>().join(", "),
            names: found.names,
            csv: Some(text.to_owned()).filter(|text| text.len() <= CARRIED),
            is_incomplete,
        }
    }
}

/// The fields of the form.
#[derive(Default)]
struct Upload {
    csrf: String,
    confirm: bool,
    file: Vec<u8>,
    /// Which column of the file is read as what, where somebody chose.
    columns: BTreeMap<Column, usize>,
}

impl Upload {
    async fn read(mut form: Multipart, words: Words) -> Result<Self, Failure> {
        let broken = |_| Failure::Bad(words.say("staff-form-broken"));
        let mut upload = Self::default();
        while let Some(mut field) = form.try_next().await.map_err(broken)? {
            let name = field.name().unwrap_or_default().to_owned();
            let limit = if matches!(name.as_str(), "file" | "csv") { LARGEST_FILE } else { 1024 };
            let bytes = match field.bytes(limit).await {
                Ok(bytes) => bytes.map_err(|_| Failure::Bad(words.say("staff-form-broken")))?,
                Err(_) => return Err(Failure::Bad(words.say("unit-error-file-too-large"))),
            };
            match name.as_str() {
                "_csrf" => upload.csrf = String::from_utf8_lossy(&bytes).into_owned(),
                "confirm" => upload.confirm = true,
                "file" | "csv" if !bytes.is_empty() => upload.file = bytes.to_vec(),
                chosen => upload.choose(chosen, &bytes),
            }
        }
        Ok(upload)
    }

    /// `cot_{column}` holds the place of a column in the file; empty: the file has none.
    fn choose(&mut self, field: &str, sent: &[u8]) {
        let column = field.strip_prefix("cot_").and_then(Column::from_code);
        let place = std::str::from_utf8(sent).ok().and_then(|place| place.parse().ok());
        self.columns.extend(column.zip(place));
    }
}

fn count(n: usize) -> String {
    vietnamese::count(n.try_into().unwrap_or(i64::MAX))
}

fn more(words: Words, all: usize) -> Option<String> {
    (all > SHOWN).then(|| words.with("units-more", "n", count(all - SHOWN)))
}

impl Errors {
    fn new(errors: &[RowError], words: Words) -> Self {
        let rows = ErrorRow::all(errors, words);
        Self {
            caption: words.with("units-error-count", "n", count(rows.len())),
            more: more(words, rows.len()),
            rows: rows.into_iter().take(SHOWN).collect(),
        }
    }
}

impl ErrorRow {
    /// A row for each mistake; but columns that are missing share one, because they are added in one place.
    fn all(errors: &[RowError], words: Words) -> Vec<Self> {
        let is_missing = |error: &&RowError| error.problem == Problem::MissingColumn;
        let columns = errors.iter().filter(is_missing).filter_map(|e| e.column);
        let missing: Vec<String> = columns.map(|column| label(column, words)).collect();
        let mut rows: Vec<Self> =
            errors.iter().filter(|error| !is_missing(error)).map(|error| Self::new(error, words)).collect();
        match errors.iter().find(is_missing) {
            Some(first) if missing.len() > 1 => rows.push(Self {
                column: missing.join(", "),
                sentence: words.say("unit-error-missing-columns"),
                ..Self::new(first, words)
            }),
            Some(only) => rows.push(Self::new(only, words)),
            None => {}
        }
        rows
    }

    fn new(error: &RowError, words: Words) -> Self {
        let place = match error.row {
            Some(row) => words.with("units-row", "n", row),
            None => words.say("units-whole-file"),
        };
        Self {
            place,
            column: error.column.map(|column| label(column, words)).unwrap_or_default(),
            found: error.found.clone(),
            sentence: sentence(error, words),
        }
    }
}

/// What the pages call a column of the file.
fn label(column: Column, words: Words) -> String {
    words.say(&format!("unit-column-{}", column.code().replace('_', "-")))
}

fn sentence(error: &RowError, words: Words) -> String {
    let values = [("found", error.found.clone()), ("detail", error.detail.clone())];
    words.fill(&format!("unit-error-{}", error.problem), values)
}

impl Trial {
    fn new(changes: &Changes, words: Words) -> Self {
        let none = || words.say("units-empty-value");
        let value = |text: &str| if text.is_empty() { none() } else { text.to_owned() };
        let new = changes.new.iter().take(SHOWN);
        let changed = changes.changed.iter().take(SHOWN);
        Self {
            new: count(changes.new.len()),
            changed: count(changes.changed.len()),
            unchanged: count(changes.unchanged),
            new_rows: new.map(|unit| (unit.code.to_string(), unit.name.clone())).collect(),
            changed_rows: changed
                .map(|changed| {
                    let fields = changed.fields.iter();
                    let lines =
                        fields.map(|f| format!("{}: {} → {}", label(f.column, words), value(&f.old), value(&f.new)));
                    (format!("{} · {}", changed.unit.code, changed.unit.name), lines.collect())
                })
                .collect(),
            more: more(words, changes.new.len().max(changes.changed.len())),
            is_nothing: changes.is_empty(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::text::Lang;

    #[test]
    fn every_problem_has_a_sentence_in_both_languages() {
        for lang in [Lang::VI, Lang::EN] {
            for problem in Problem::ALL {
                let (found, detail) = ("X".to_owned(), "Y".to_owned());
                let error = RowError { row: Some(2), column: None, problem: *problem, found, detail };
                let sentence = sentence(&error, Words(lang));
                assert!(sentence.len() > 20 && !sentence.contains("unit-error"), "{problem} in {lang}: {sentence}");
            }
        }
    }
}
