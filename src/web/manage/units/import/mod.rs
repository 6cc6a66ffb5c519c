//! `/manage/units/import`: a file is read and checked, the page shows what it would change, and only a second press changes
//! it. Works without script: the checked file travels back in a hidden field.

mod matching;
pub(super) mod report;
pub(super) mod undo;
mod upload;

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use self::matching::Matching;
use self::report::{Errors, Trial};
use self::undo::Last;
use self::upload::{Checked, Upload};
use super::list::csv_of;
use crate::state::State;
use crate::store::{unit_imports, unit_kinds, units};
use crate::survey::audit::Action;
use crate::survey::unit::import::{self, Given};
use crate::survey::unit::{Column, Kinds, Preset, Problem, RowError, Unit, kind};
use crate::vietnamese::{self, legacy};
use crate::web::deed::Deed;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page::{self, see_other};
use crate::web::session::{Officer, Registrar};
use crate::web::words::Words;

/// The form, and below it what the file would do or what is wrong with it.
#[derive(Template)]
#[template(path = "web/manage/units/import/page.html")]
struct ImportPage {
    desk: DeskFrame,
    problem: Option<String>,
    /// What was taken back.
    done: Option<String>,
    /// Example units that an office without any can begin with: code and name.
    presets: Vec<(&'static str, String)>,
    /// What can be taken back.
    last: Option<Last>,
    /// Which column of the file is read as what.
    matching: Option<Matching>,
    errors: Option<Errors>,
    /// The file with the text of old fonts in Unicode, where that is what is wrong with it.
    converted: Option<String>,
    trial: Option<Trial>,
}

impl ImportPage {
    fn new(request: &HttpRequest, officer: &Officer) -> Self {
        Self {
            desk: DeskFrame::new(request, officer, Room::Units),
            problem: None,
            done: None,
            presets: Vec::new(),
            last: None,
            matching: None,
            errors: None,
            converted: None,
            trial: None,
        }
    }
}

/// `GET /manage/units/import`
pub(super) async fn show(
    request: HttpRequest,
    officer: Registrar,
    state: web::Data<State>,
) -> Result<HttpResponse, Failure> {
    let (office, reader) = (officer.post(), officer.0.clone());
    let known = state.store.read(move |db| {
        let is_alone = reader.reach(db)?.len() == 1;
        let own = units::by_id(db, office)?.filter(|_| is_alone);
        Ok((unit_imports::last(db, office)?, own, unit_kinds::all(db)?))
    });
    let (last, own, kinds) = known.await?;
    let last = last.map(|last| Last::new(&last, officer.words));
    let presets = own.map(|own| presets(&own.unit, &kinds, officer.words)).unwrap_or_default();
    page::show(&ImportPage { last, presets, ..ImportPage::new(&request, &officer) })
}

/// `POST /manage/units/import`: the trial, or with `confirm` the import itself.
pub(super) async fn receive(
    request: HttpRequest,
    officer: Registrar,
    state: web::Data<State>,
    sent: Multipart,
) -> Result<HttpResponse, Failure> {
    let words = officer.words;
    let Upload { csrf, confirm, mut file, preset, columns } = Upload::read(sent, words).await?;
    officer.check_csrf(&csrf)?;
    let mut page = ImportPage::new(&request, &officer);
    let post = officer.post();
    let own = state.store.read(move |db| units::by_id(db, post)).await?.ok_or(Failure::Forbidden)?.unit;
    if let Some(preset) = preset {
        let units = preset.below(&own);
        file = csv_of(units.iter()).map_err(|error| Failure::Unknown(error.to_string()))?;
    }
    let own = own.code;
    if file.is_empty() {
        let problem = Some(words.say("units-no-file"));
        return page::show_as(StatusCode::UNPROCESSABLE_ENTITY, &ImportPage { problem, ..page });
    }
    let read = web::block(move || import::text_of(&file)).await.map_err(|e| Failure::Unknown(e.to_string()))?;
    let text = match read {
        Ok(text) => text,
        Err(errors) => return page.refused(&errors, words),
    };
    let columns = (!columns.is_empty()).then_some(columns);
    page.matching = import::headings(&text).ok().map(|found| Matching::new(found, columns.as_ref(), &text, words));
    let upload = Checked { text, own, office: post, now: state.clock.now(), columns };
    let mut left_out = Vec::new();
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
        let tried = state.store.read(move |db| {
            Ok(upload.check(db)?.map(|(plan, existing)| (plan.against(&existing), plan.left_out().to_vec())))
        });
        tried.await?.map(|(changes, totals)| {
            left_out = totals;
            changes
        })
    };
    match done {
        Err(errors) => page.refused(&errors, words),
        Ok(changes) if confirm => {
            let (new, changed) = (changes.new.len(), changes.changed.len());
            Ok(see_other(format!("/manage/units?new={new}&changed={changed}")))
        }
        Ok(changes) => page::show(&ImportPage { trial: Some(Trial::new(&changes, &left_out, words)), ..page }),
    }
}

impl ImportPage {
    fn refused(self, errors: &[RowError], words: Words) -> Result<HttpResponse, Failure> {
        let is_old = errors.iter().any(|error| error.problem == Problem::LegacyFont);
        let converted = self.carried().filter(|_| is_old).map(legacy::to_unicode);
        let heading = |column| self.matching.as_ref().and_then(|matching| matching.heading(column));
        let errors = Some(Errors::new(errors, heading, words));
        page::show_as(StatusCode::UNPROCESSABLE_ENTITY, &Self { errors, converted, ..self })
    }

    /// The file, where it is small enough to be carried to the next page.
    fn carried(&self) -> Option<&str> {
        self.matching.as_ref()?.csv.as_deref()
    }
}

/// Which examples fit an office: a province has wards or district offices below it, a district office only schools. Of their
/// kinds none may be gone.
fn presets(own: &Unit, kinds: &Kinds, words: Words) -> Vec<(&'static str, String)> {
    let fits = |preset: Preset| match own.kind.code.as_str() {
        kind::SO_GDDT => true,
        kind::PHONG_GDDT => preset == Preset::PhongGddt,
        _ => false,
    };
    let known = |preset: Preset| {
        let text = import::text_of(preset.csv());
        text.is_ok_and(|text| import::parse(&text, &Given::only(kinds, &[])).is_ok())
    };
    let fit = Preset::ALL.iter().filter(|preset| fits(**preset) && known(**preset));
    fit.map(|preset| (preset.code(), words.say(&format!("preset-{preset}")))).collect()
}

fn count(n: usize) -> String {
    vietnamese::count(n.try_into().unwrap_or(i64::MAX))
}

/// What the pages call a column of the file.
fn label(column: Column, words: Words) -> String {
    words.say(&format!("unit-column-{}", column.code().replace('_', "-")))
}
