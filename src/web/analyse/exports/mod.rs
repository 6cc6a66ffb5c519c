//! `/analyse/{slug}/exports`: single forms as a file, for analysts of the steering unit. Small files come at once; large ones are
//! made by [`crate::jobs`], and lie here until they are a week old.

mod ask;
mod choice;
mod file;
mod list;

use std::collections::BTreeSet;
use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

pub(super) use ask::ask;
pub(super) use file::{again, fetch};

use self::choice::{Choices, Tick};
use self::list::{Asked, Made, Standing};
use super::frame::{Frame, Tab};
use super::quality::said;
use crate::catalogue::Published;
use crate::state::State;
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, export_jobs, rounds, tallies};
use crate::tabulation::excluded::ExcludedForms;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page;
use crate::web::rows::AT_ONCE;
use crate::web::session::{Analyst, Officer};
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/analyse/exports/page.html")]
struct ExportsPage {
    desk: DeskFrame,
    frame: Frame,
    notice: Notice,
    choices: Choices,
    files: Vec<Made>,
    /// Whether a file is being made: the page looks again by itself.
    is_busy: bool,
    /// Forms that count in figures.
    n: String,
    /// Forms that do not, and by which rules.
    excluded: Option<String>,
    /// Whether a file may have more rows than are sent at once.
    is_large: bool,
    /// So many.
    most: String,
    /// Which codes are no marks.
    missing: String,
}

/// What stands above the form.
#[derive(Default)]
struct Notice {
    said: Option<String>,
    /// Why there is no file, in words.
    mistakes: Vec<String>,
    /// Nothing fits what was chosen: why, in words.
    empty: Vec<String>,
}

impl ExportsPage {
    /// Short lists to tick, by the names of their fields.
    fn groups(&self) -> [(&'static str, &[Tick]); 4] {
        let Choices { questionnaires, levels, channels, languages, .. } = &self.choices;
        [("questionnaire", questionnaires), ("level", levels), ("channel", channels), ("form_lang", languages)]
    }
}

/// What the page shows of the round.
struct Found {
    round: RoundRow,
    n: i64,
    excluded: Arc<ExcludedForms>,
    choices: Choices,
    jobs: Vec<Asked>,
    missing: String,
}

/// `GET …/exports`
pub(super) async fn show(
    request: HttpRequest,
    officer: Analyst,
    state: web::Data<State>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    let sent: Vec<(String, String)> = form_urlencoded::parse(request.query_string().as_bytes())
        .into_owned()
        .filter(|(name, _)| name != "lang")
        .collect();
    let said = sent.iter().any(|(name, _)| name == "asked").then(|| officer.words.say("exports-asked"));
    let page = shown(&request, &officer, &state, &slug, Notice { said, ..Notice::default() }, sent).await?;
    page::show(&page)
}

/// The page with what was chosen.
async fn shown(
    request: &HttpRequest,
    officer: &Officer,
    state: &web::Data<State>,
    slug: &str,
    notice: Notice,
    sent: Vec<(String, String)>,
) -> Result<ExportsPage, Failure> {
    let (shared, reader, words, now) = (state.clone(), officer.clone(), officer.words, state.clock.now());
    let Found { round, n, excluded, choices, jobs, missing } =
        super::read(state, officer, slug, move |db, round| found(db, &shared, &reader, round, &sent)).await?;
    let here = state.exports.clone();
    let files: Vec<Made> = jobs.into_iter().map(|job| Made::new(job, &here, &round, now, words)).collect();
    Ok(ExportsPage {
        desk: DeskFrame::new(request, officer, Room::Results),
        frame: Frame::new(officer, &round, Tab::Exports, now),
        notice,
        choices,
        is_busy: files.iter().any(|file| file.is_busy()),
        files,
        n: words.number(n - i64::try_from(excluded.ids.len()).unwrap_or(n)),
        excluded: said::by_rule(&excluded.by_rule, words),
        is_large: n > AT_ONCE,
        most: words.number(AT_ONCE),
        missing,
    })
}

fn found(
    db: &mut Db,
    state: &State,
    officer: &Officer,
    round: RoundRow,
    sent: &[(String, String)],
) -> Result<Found, StoreError> {
    let forms = state.catalogue.of_round(db, round.id)?;
    let units = rounds::units(db, round.id)?;
    let jobs = export_jobs::of_account(db, round.id, officer.account_id)?;
    let jobs = jobs.into_iter().map(|job| Asked::read(db, job, &forms, officer.words));
    Ok(Found {
        jobs: jobs.collect::<Result<_, _>>()?,
        n: tallies::submissions(db, round.id)?,
        excluded: state.exclusions.of(db, &round)?,
        missing: missing(&forms, officer.words),
        choices: Choices::new(&forms, units, sent, officer.words),
        round,
    })
}

/// Which codes stand for no mark in the cells of these questionnaires: whoever takes an average has to leave them out.
fn missing(forms: &[Arc<Published>], words: Words) -> String {
    let questions = forms.iter().flat_map(|form| &form.questionnaire.questions);
    let codes: BTreeSet<&str> = questions.filter_map(|question| question.kind.not_applicable()).collect();
    let codes = (!codes.is_empty()).then(|| codes.into_iter().collect::<Vec<_>>().join(", "));
    let codes = codes.map(|codes| words.with("exports-missing-na", "codes", codes));
    let said = [Some(words.say("exports-missing")), codes, Some(words.say("exports-missing-how"))];
    said.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
