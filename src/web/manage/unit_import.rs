//! `/manage/units/import`: a file is read and checked, the page shows what it would change, and only a second press changes
//! it. Works without script: the checked file travels back in a hidden field.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use futures_util::TryStreamExt;

use crate::state::State;
use crate::store::{Db, StoreError, units};
use crate::survey::audit::Action;
use crate::survey::unit::import::LARGEST_FILE;
use crate::survey::unit::{Changes, Column, ImportPlan, Problem, RowError, Unit, UnitCode, parse_csv};
use crate::vietnamese;
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
    columns: String,
    problem: Option<String>,
    errors: Option<Errors>,
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

struct Trial {
    new: String,
    changed: String,
    unchanged: String,
    new_rows: Vec<(String, String)>,
    changed_rows: Vec<(String, Vec<String>)>,
    more: Option<String>,
    is_nothing: bool,
    /// The file, where it is small enough to be carried.
    csv: Option<String>,
}

impl ImportPage {
    fn new(request: &HttpRequest, officer: &Officer) -> Self {
        let columns: Vec<_> = Column::ALL.iter().map(|column| column.code()).collect();
        Self {
            desk: DeskFrame::new(request, officer, Room::Units),
            columns: columns.join(", "),
            problem: None,
            errors: None,
            trial: None,
        }
    }
}

/// `GET /manage/units/import`
pub async fn show(request: HttpRequest, officer: Registrar) -> Result<HttpResponse, Failure> {
    page::show(&ImportPage::new(&request, &officer))
}

/// `POST /manage/units/import`: the trial, or with `confirm` the import itself.
pub async fn import(
    request: HttpRequest,
    officer: Registrar,
    state: web::Data<State>,
    sent: Multipart,
) -> Result<HttpResponse, Failure> {
    let words = officer.words;
    let Upload { csrf, confirm, csv } = Upload::read(sent, words).await?;
    officer.check_csrf(&csrf)?;
    let page = ImportPage::new(&request, &officer);
    if csv.is_empty() {
        let problem = Some(words.say("units-no-file"));
        return page::show_as(StatusCode::UNPROCESSABLE_ENTITY, &ImportPage { problem, ..page });
    }
    let post = officer.post();
    let own = state.store.read(move |db| units::by_id(db, post)).await?.ok_or(Failure::Forbidden)?.unit.code;
    let carried = std::str::from_utf8(&csv).ok().filter(|csv| csv.len() <= CARRIED).map(str::to_owned);
    let done = if confirm {
        let (registrar, now) = (officer.0.clone(), state.clock.now());
        let imported = state.store.write(move |db| {
            let done = import_checked(db, &csv, &own)?;
            if let Ok(changes) = &done {
                let counts = [format!("new={}", changes.new.len()), format!("changed={}", changes.changed.len())];
                registrar.note(db, now, post, Deed::with(Action::UnitsImported, counts), own.as_str())?;
            }
            Ok(done)
        });
        imported.await?
    } else {
        state.store.read(move |db| Ok(check(db, &csv, &own)?.map(|(plan, existing)| plan.against(&existing)))).await?
    };
    match done {
        Err(errors) => {
            let errors = Some(Errors::new(&errors, words));
            page::show_as(StatusCode::UNPROCESSABLE_ENTITY, &ImportPage { errors, ..page })
        }
        Ok(changes) if confirm => {
            let (new, changed) = (changes.new.len(), changes.changed.len());
            Ok(see_other(format!("/manage/units?new={new}&changed={changed}")))
        }
        Ok(changes) => page::show(&ImportPage { trial: Some(Trial::new(&changes, carried, words)), ..page }),
    }
}

type Checked<T> = Result<Result<T, Vec<RowError>>, StoreError>;

/// Reads the file against the units that exist and refuses rows that are not this unit's to change.
fn check(db: &mut Db, csv: &[u8], own: &UnitCode) -> Checked<(ImportPlan, Vec<Unit>)> {
    let existing: Vec<Unit> = units::all(db)?.into_iter().map(|stored| stored.unit).collect();
    Ok(parse_csv(csv, &existing).and_then(|plan| {
        let refused = plan.outside(own, &existing);
        if refused.is_empty() { Ok((plan, existing)) } else { Err(refused) }
    }))
}

fn import_checked(db: &mut Db, csv: &[u8], own: &UnitCode) -> Checked<Changes> {
    match check(db, csv, own)? {
        Ok((plan, _)) => units::import(db, &plan).map(Ok),
        Err(errors) => Ok(Err(errors)),
    }
}

/// The fields of the form.
#[derive(Default)]
struct Upload {
    csrf: String,
    confirm: bool,
    csv: Vec<u8>,
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
                "file" | "csv" if !bytes.is_empty() => upload.csv = bytes.to_vec(),
                _ => {}
            }
        }
        Ok(upload)
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
        let missing: Vec<&str> = errors.iter().filter(is_missing).filter_map(|e| e.column.map(Column::code)).collect();
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
            column: error.column.map_or_else(String::new, |column| column.code().to_owned()),
            found: error.found.clone(),
            sentence: sentence(error, words),
        }
    }
}

fn sentence(error: &RowError, words: Words) -> String {
    let values = [("found", error.found.clone()), ("detail", error.detail.clone())];
    words.fill(&format!("unit-error-{}", error.problem), values)
}

impl Trial {
    fn new(changes: &Changes, csv: Option<String>, words: Words) -> Self {
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
                    let lines = fields.map(|f| format!("{}: {} → {}", f.column, value(&f.old), value(&f.new)));
                    (format!("{} · {}", changed.unit.code, changed.unit.name), lines.collect())
                })
                .collect(),
            more: more(words, changes.new.len().max(changes.changed.len())),
            is_nothing: changes.is_empty(),
            csv,
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
