//! `/manage/rounds/{slug}/admission`: how one gets into a round, and how many forms count. Set before it begins; later the page
//! shows how far it is.

use actix_web::web::{self};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::asked::Asked;
use super::form::RoundForm;
use super::limits::{self, Group};
use super::recorded::Recorded;
use super::stage::Stage;
use super::trial::Trial;
use super::trouble::Trouble;
use super::{read, said};
use crate::state::State;
use crate::store::access_codes::{self, Sheet};
use crate::store::rounds::RoundRow;
use crate::store::{quotas, rounds, tallies};
use crate::survey::access::Right;
use crate::survey::audit::Action;
use crate::survey::round::Access;
use crate::vietnamese::compare;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::session::{Officer, Planner, Steering};

#[derive(Template)]
#[template(path = "web/manage/rounds/admission.html")]
struct AdmissionPage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    round: RoundRow,
    is_codes: bool,
    stage: Stage,
    /// Codes can be made until the figures freeze.
    may_make: bool,
    schools: Vec<School>,
    /// Classes that can be filled in where slips are made.
    recorded: Recorded,
    groups: Vec<Group>,
    unit_most: String,
    /// The form that is tried.
    trial: Trial,
    /// What it would meet, or what is wrong with the question.
    tried: Option<Result<String, String>>,
}

impl AdmissionPage {
    /// Whether a stratum has a quota, or what was typed for one has to be seen again.
    fn has_strata(&self) -> bool {
        !self.trouble.is_none() || self.groups.iter().flat_map(|group| &group.places).any(|place| place.most.is_some())
    }

    /// Whether this school is chosen for the trial.
    fn is_tried(&self, school: &School) -> bool {
        self.trial.school(&self.schools).is_some_and(|chosen| chosen.id == school.id)
    }

    /// The groups that a form of the chosen school can be in.
    fn tried_groups(&self) -> Vec<&Group> {
        let chosen = self.trial.school(&self.schools);
        self.groups.iter().filter(|group| chosen.is_some_and(|school| school.is_asked_with(group))).collect()
    }

    /// How many codes the round was given: the form that makes more says so, and a form that was sent before is known by it.
    fn issued(&self) -> i64 {
        self.schools.iter().map(|school| school.sheet.issued).sum()
    }
}

/// A school of the round, and what came from it.
pub(super) struct School {
    pub(super) id: i64,
    pub(super) name: String,
    sheet: Sheet,
    /// Forms that count.
    pub(super) n: i64,
    /// The questionnaires it is asked with, by version; none: it was taken out.
    versions: Vec<i64>,
}

impl School {
    fn left(&self, most: &Option<i64>) -> Option<i64> {
        limits::left(*most, self.n)
    }

    /// Whether the round asks it still.
    pub(super) fn is_asked(&self) -> bool {
        !self.versions.is_empty()
    }

    /// Whether it is asked with the questionnaire of these groups.
    pub(super) fn is_asked_with(&self, group: &Group) -> bool {
        self.versions.contains(&group.version_id)
    }
}

/// `GET …/admission?unit=…&place=…&already=…`
pub(super) async fn show(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    slug: web::Path<String>,
    trial: web::Query<Trial>,
) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, &slug, Trouble::default(), trial.into_inner()).await
}

async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    slug: &str,
    trouble: Trouble,
    trial: Trial,
) -> Result<HttpResponse, Failure> {
    let (catalogue, words, address) = (state.catalogue.clone(), officer.words, request.query_string().to_owned());
    let (round, groups, mut schools, recorded) = read(state, officer, slug, move |db, round| {
        let forms = catalogue.of_round(db, round.id)?;
        let groups = limits::groups(db, &round, &forms, words)?;
        let asked = Asked::read(db, &catalogue, round.id)?;
        let (sheets, counts) = (access_codes::sheets(db, round.id)?, tallies::submissions_by_unit(db, round.id)?);
        let schools = rounds::units(db, round.id)?.into_iter().map(|unit| School {
            sheet: sheets.get(&unit.id).copied().unwrap_or_default(),
            n: counts.get(&unit.id).copied().unwrap_or(0),
            versions: asked.versions(unit.id),
            id: unit.id,
            name: unit.name,
        });
        let recorded = Recorded::read(db, round.id, &address)?;
        Ok((round, groups, schools.collect::<Vec<_>>(), recorded))
    })
    .await?;
    schools.sort_by(|a, b| compare(&a.name, &b.name));
    let stage = Stage::of(&round, state.clock.now());
    let page = AdmissionPage {
        desk: DeskFrame::new(request, officer, Room::Rounds),
        said: said::said(request, state, officer),
        is_codes: round.access()? == Access::Codes,
        may_make: round.frozen_at.is_none(),
        unit_most: round.unit_most.map(|most| most.to_string()).unwrap_or_default(),
        tried: trial.answer(&round, &schools, &groups, stage, words),
        stage,
        trial,
        trouble,
        recorded,
        schools,
        groups,
        round,
    };
    said::show(request, &page.trouble, &page)
}

/// The page while no form is tried.
pub(super) async fn untried(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    slug: &str,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    page(request, officer, state, slug, trouble, Trial::default()).await
}

/// `POST …/admission`: both are settled before anybody can answer, because otherwise some would have met other rules.
pub(super) async fn save(form: RoundForm<Planner>) -> Result<HttpResponse, Failure> {
    let (catalogue, words, now) = (form.state.catalogue.clone(), form.words(), form.now());
    let sent = form.fields.clone();
    let done = form
        .change(Action::RoundEdited, move |db, round| {
            if Stage::of(&round, now).has_begun() {
                return Ok(Err(Trouble::page(words.say("said-too-late"))));
            }
            let Ok(access) = sent.one("access").parse::<Access>() else {
                return Ok(Err(Trouble::at("access", words.say("admission-access-wrong"))));
            };
            let forms = catalogue.of_round(db, round.id)?;
            let groups = limits::groups(db, &round, &forms, words)?;
            let (unit_most, strata) = match limits::typed(&sent, &groups, words) {
                Ok(typed) => typed,
                Err(trouble) => return Ok(Err(trouble)),
            };
            rounds::set_access(db, round.id, access)?;
            quotas::replace(db, round.id, unit_most, &strata)?;
            Ok(Ok(words.say("said-admission")))
        })
        .await?;
    form.answer(done, "/admission", untried).await
}
