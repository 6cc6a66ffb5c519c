//! One campaign: what its plan says, its rounds, and what can be done with it.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{NaiveDate, TimeDelta};

use super::{mine, numbered};
use crate::state::State;
use crate::store::campaigns::{self, CampaignRow};
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, questionnaires, rounds};
use crate::survey::access::Right;
use crate::survey::campaign::moved_on;
use crate::survey::questionnaire::Questionnaire;
use crate::survey::templates;
use crate::vietnamese::local;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::rounds::Stage;
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::session::{Officer, Steering};
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/manage/campaigns/show.html")]
struct ShowPage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    campaign: CampaignRow,
    number: String,
    owner: String,
    kept: String,
    /// Titles of the questionnaires that the plan names.
    questionnaires: Vec<String>,
    rounds: Vec<Line>,
    /// Rounds of the office that can be put into it: slug and title.
    others: Vec<(String, String)>,
    /// The campaign that it was made from: number and title.
    cloned_from: Option<(i64, String)>,
    /// What a copy for next year proposes: title, and the day on which its first round closes.
    next: Option<(String, String)>,
}

struct Line {
    slug: String,
    title: String,
    label: String,
    tone: &'static str,
    sentence: String,
    /// Nobody could answer it yet.
    is_draft: bool,
}

/// What the page is made of.
struct Material {
    campaign: CampaignRow,
    owner: String,
    own: Vec<RoundRow>,
    others: Vec<RoundRow>,
    named: Vec<String>,
    cloned_from: Option<(i64, String)>,
}

impl Material {
    fn read(db: &mut Db, officer: &Officer, id: i64) -> Result<Option<Self>, StoreError> {
        let Some(campaign) = mine(db, officer, id)? else { return Ok(None) };
        let from = campaign.cloned_from.map(|from| mine(db, officer, from)).transpose()?.flatten();
        let own = campaigns::rounds_of(db, id)?;
        let codes = campaigns::questionnaires(db, id)?;
        Ok(Some(Self {
            owner: rounds::owner_name(db, campaign.owner_id)?,
            named: titles(db, &codes, &own, officer.words)?,
            others: campaigns::rounds_without(db, campaign.owner_id)?,
            cloned_from: from.map(|row| (row.id, row.plan.title)),
            campaign,
            own,
        }))
    }
}

/// What the questionnaires of a plan are called: as its rounds ask them, else as the official ones are.
fn titles(db: &mut Db, codes: &[String], own: &[RoundRow], words: Words) -> Result<Vec<String>, StoreError> {
    let mut asked = Vec::new();
    for round in own {
        let rows = questionnaires::of_round(db, round.id)?;
        asked.extend(rows.iter().filter_map(|row| Questionnaire::parse(&row.content).ok()));
    }
    let title = |code: &String| {
        let known = asked.iter().find(|known| known.code == *code);
        let known = known.or_else(|| templates::find(code).map(|template| &template.questionnaire));
        known.map_or_else(|| code.clone(), |known| known.title.get(words.0).to_owned())
    };
    Ok(codes.iter().map(title).collect())
}

/// `GET /manage/campaigns/{id}`
pub(super) async fn show(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    id: web::Path<i64>,
) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, *id, Trouble::default()).await
}

/// The page as the campaign stands now, with what was just not done.
pub(super) async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    id: i64,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let (reader, words, now) = (officer.clone(), officer.words, state.clock.now());
    let material = state.store.read(move |db| Material::read(db, &reader, id)).await?.ok_or(Failure::NotFound)?;
    let Material { campaign, owner, own, others, named, cloned_from } = material;
    let others = others.into_iter().filter(|round| !Stage::of(round, now).has_begun());
    let page = ShowPage {
        desk: DeskFrame::new(request, officer, Room::Campaigns),
        said: said::said(request, state, officer),
        number: numbered(&campaign.plan, words),
        owner,
        kept: words.count("campaign-kept-for", campaign.plan.kept_months),
        questionnaires: named,
        next: next_year(&campaign, &own),
        rounds: own.iter().map(|round| Line::new(round, Stage::of(round, now), words)).collect(),
        others: others.map(|round| (round.slug, round.title)).collect(),
        cloned_from,
        campaign,
        trouble,
    };
    said::show(request, &page.trouble, &page)
}

impl Line {
    fn new(round: &RoundRow, stage: Stage, words: Words) -> Self {
        Self {
            slug: round.slug.clone(),
            title: round.title.clone(),
            label: stage.label(words),
            tone: stage.tone(),
            sentence: stage.sentence(round, words),
            is_draft: !stage.has_begun(),
        }
    }
}

/// The day on which the first of these rounds closes.
pub(super) fn first_closing(own: &[RoundRow]) -> Option<NaiveDate> {
    own.iter().map(|round| local(round.closes_at).date()).min()
}

/// A year of whole weeks later: the same day of the week.
fn next_year(campaign: &CampaignRow, own: &[RoundRow]) -> Option<(String, String)> {
    let first = first_closing(own)? + TimeDelta::weeks(52);
    Some((moved_on(&campaign.plan.title, 1), first.to_string()))
}
