//! The file as it was sent, and reading it against the units that there are.

use std::collections::BTreeMap;

use actix_multipart::Multipart;
use chrono::NaiveDateTime;
use futures_util::TryStreamExt;

use crate::store::{Db, StoreError, unit_imports, unit_kinds, units};
use crate::survey::unit::import::{self, Given, LARGEST_FILE};
use crate::survey::unit::{Changes, Column, ImportPlan, Preset, RowError, Unit, UnitCode};
use crate::vietnamese;
use crate::web::error::Failure;
use crate::web::words::Words;

/// The fields of the form.
#[derive(Default)]
pub(super) struct Upload {
    pub(super) csrf: String,
    pub(super) confirm: bool,
    pub(super) file: Vec<u8>,
    /// Instead of a file: example units.
    pub(super) preset: Option<Preset>,
    /// Which column of the file is read as what, where somebody chose.
    pub(super) columns: BTreeMap<Column, usize>,
}

impl Upload {
    /// Reads the form.
    pub(super) async fn read(mut form: Multipart, words: Words) -> Result<Self, Failure> {
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
                "preset" => upload.preset = std::str::from_utf8(&bytes).ok().and_then(Preset::from_code),
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

/// A file that could be read, to be checked against the units that there are.
pub(super) struct Checked {
    pub(super) text: String,
    /// The unit of whoever imports: new units without another stand below it.
    pub(super) own: UnitCode,
    /// Its number.
    pub(super) office: i64,
    /// UTC.
    pub(super) now: NaiveDateTime,
    pub(super) columns: Option<BTreeMap<Column, usize>>,
}

type Outcome<T> = Result<Result<T, Vec<RowError>>, StoreError>;

impl Checked {
    /// Reads the file against the units that exist and refuses rows that are not this unit's to change.
    pub(super) fn check(&self, db: &mut Db) -> Outcome<(ImportPlan, Vec<Unit>)> {
        let existing: Vec<Unit> = units::all(db)?.into_iter().map(|stored| stored.unit).collect();
        let kinds = unit_kinds::all(db)?;
        let given = Given {
            kinds: &kinds,
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

    /// Checks the file once more and imports it.
    pub(super) fn import(&self, db: &mut Db) -> Outcome<Changes> {
        match self.check(db)? {
            Ok((plan, _)) => unit_imports::import(db, &plan, self.office, self.now).map(Ok),
            Err(errors) => Ok(Err(errors)),
        }
    }
}
