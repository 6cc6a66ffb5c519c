//! A new campaign, and what one says, to be changed.

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::NaiveDateTime;

use super::{change, mine};
use crate::state::State;
use crate::store::campaigns::{self, CampaignRow};
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError};
use crate::survey::audit::Action;
use crate::survey::campaign::{LONGEST_KEPT, Plan};
use crate::survey::templates;
use crate::survey::text::without_hidden;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::fields::{Fields, day};
use crate::web::manage::merge::{Standing, Stands, hidden, merged};
use crate::web::manage::questionnaires::usable;
use crate::web::manage::rounds::keep_shut;
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::session::{Officer, Planner};
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/manage/campaigns/form.html")]
struct FormPage {
    desk: DeskFrame,
    trouble: Trouble,
    /// The campaign that is edited; none: a new one.
    id: Option<i64>,
    plan: Plan,
    /// As a date field shows it.
    date: String,
    /// Code and title of the questionnaires that there are.
    questionnaires: Vec<(String, String)>,
    chosen: Vec<String>,
    /// Whether a round of it has begun: who answers was told what stands there.
    has_begun: bool,
    /// What the fields stand at, hidden in the form.
    was: Vec<(String, String)>,
}

impl FormPage {
    /// Whether people were told what this field says. A number and a day that are not there yet can still come.
    fn is_told(&self, name: &str) -> bool {
        self.has_begun
            && match name {
                "number" => !self.plan.number.is_empty(),
                "date" => self.plan.date.is_some(),
                _ => true,
            }
    }

    /// What a field that people may have been told of shows: what they were told, or what was typed.
    fn shown<'a>(&'a self, name: &str, usual: &'a str) -> &'a str {
        if self.is_told(name) { usual } else { self.trouble.value(name, usual) }
    }

    fn is_chosen(&self, code: &str) -> bool {
        match self.trouble.fields().is_empty() {
            true => self.chosen.iter().any(|known| known == code),
            false => self.trouble.fields().has("questionnaire", code),
        }
    }
}

/// What a new campaign proposes.
fn blank() -> Plan {
    Plan {
        title: String::new(),
        number: String::new(),
        date: None,
        legal_basis: String::new(),
        partners: String::new(),
        purpose: String::new(),
        kept_months: LONGEST_KEPT,
        contact: String::new(),
    }
}

/// The plan as it was typed; or a sentence beside each field that is wrong.
fn typed(fields: &Fields, words: Words) -> Result<Plan, Trouble> {
    let mut trouble = Trouble::default();
    let mut text = |name: &str, most: usize, is_needed: bool| {
        let text: String = without_hidden(fields.one(name)).trim().chars().take(most).collect();
        if text.is_empty() && is_needed {
            trouble.add(name, words.say(&format!("campaign-{name}-wrong")));
        }
        text
    };
    let (title, purpose, contact) = (text("title", 160, true), text("purpose", 1000, true), text("contact", 200, true));
    let (number, legal_basis, partners) =
        (text("number", 60, false), text("basis", 1000, false), text("partners", 500, false));
    let kept_months = fields.number("kept").filter(|months| (1..=LONGEST_KEPT).contains(months));
    if kept_months.is_none() {
        trouble.add("kept", words.with("campaign-kept-wrong", "most", LONGEST_KEPT));
    }
    let date = fields.day("date");
    if date.is_err() {
        trouble.add("date", words.say("campaign-date-wrong"));
    }
    if !trouble.is_none() {
        return Err(trouble);
    }
    let (date, kept_months) = (date.unwrap_or(None), kept_months.unwrap_or(LONGEST_KEPT));
    Ok(Plan { title, number, date, legal_basis, partners, purpose, kept_months, contact })
}

/// `GET /manage/campaigns/new`
pub(super) async fn begin(
    request: HttpRequest,
    officer: Planner,
    state: web::Data<State>,
) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, None, Trouble::default()).await
}

/// `POST /manage/campaigns/new`
pub(super) async fn make(
    request: HttpRequest,
    officer: Planner,
    state: web::Data<State>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let plan = match typed(&fields, officer.words) {
        Ok(plan) => plan,
        Err(trouble) => return page(&request, &officer, &state, None, trouble.typed(fields)).await,
    };
    let (planner, now, codes) = (officer.0.clone(), state.clock.now(), codes(&fields));
    let id = state
        .store
        .write(move |db| {
            let owner = planner.post();
            let id = campaigns::insert(db, owner, &plan, None, planner.account_id, now)?;
            campaigns::put_questionnaires(db, id, &codes)?;
            planner.note(db, now, owner, Action::CampaignMade, &plan.title)?;
            Ok(id)
        })
        .await?;
    let saved = officer.words.say("said-campaign-saved");
    Ok(said::see_other(&state, &officer, format!("/manage/campaigns/{id}"), &saved))
}

/// The codes that were ticked, each once.
fn codes(fields: &Fields) -> Vec<String> {
    let codes: std::collections::BTreeSet<&str> = fields.all("questionnaire").filter(|code| !code.is_empty()).collect();
    codes.into_iter().map(str::to_owned).collect()
}

/// `GET …/edit`
pub(super) async fn edit(
    request: HttpRequest,
    officer: Planner,
    state: web::Data<State>,
    id: web::Path<i64>,
) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, Some(*id), Trouble::default()).await
}

/// `POST …/edit`
pub(super) async fn save(
    request: HttpRequest,
    officer: Planner,
    state: web::Data<State>,
    id: web::Path<i64>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (planner, now, sent) = (officer.0.clone(), state.clock.now(), fields.clone());
    let done = change(&state, &officer, *id, move |db, row| {
        let known = campaigns::questionnaires(db, row.id)?;
        let fields = match merged(&sent, &standing(&row.plan, known), planner.words) {
            Ok(fields) => fields,
            Err(trouble) => return Ok(Err(trouble)),
        };
        let done = match typed(&fields, planner.words) {
            Ok(plan) => write(db, &planner, &row, &plan, &codes(&fields), now)?,
            Err(trouble) => Err(trouble),
        };
        Ok(done.map_err(|trouble| trouble.typed(fields)))
    })
    .await?;
    match done {
        Ok(()) => {
            let saved = officer.words.say("said-campaign-saved");
            Ok(said::see_other(&state, &officer, format!("/manage/campaigns/{id}"), &saved))
        }
        Err(trouble) => page(&request, &officer, &state, Some(*id), trouble).await,
    }
}

/// The form's fields as the campaign stands.
fn standing(plan: &Plan, questionnaires: Vec<String>) -> Standing {
    let text = |text: &String| Stands::At(text.clone());
    vec![
        ("title", text(&plan.title)),
        ("number", text(&plan.number)),
        ("date", Stands::At(day(plan.date))),
        ("basis", text(&plan.legal_basis)),
        ("partners", text(&plan.partners)),
        ("purpose", text(&plan.purpose)),
        ("kept", Stands::At(plan.kept_months.to_string())),
        ("contact", text(&plan.contact)),
        ("questionnaire", Stands::Ticked(questionnaires.into_iter().collect())),
    ]
}

/// Whoever answers was told what was approved: once a round has begun, that stays. Rounds that were approved with another plan
/// wait for another approval.
fn write(
    db: &mut Db,
    officer: &Officer,
    row: &CampaignRow,
    plan: &Plan,
    codes: &[String],
    now: NaiveDateTime,
) -> Result<Result<(), Trouble>, StoreError> {
    let own = campaigns::rounds_of(db, row.id)?;
    if has_begun(&own, now) {
        let mut trouble = Trouble::default();
        for name in row.plan.told_otherwise(plan) {
            trouble.add(name, officer.words.say("campaign-told-already"));
        }
        if !trouble.is_none() {
            return Ok(Err(trouble));
        }
    }
    campaigns::edit(db, row.id, plan, officer.account_id, now)?;
    campaigns::put_questionnaires(db, row.id, codes)?;
    officer.note(db, now, row.owner_id, Action::CampaignEdited, &plan.title)?;
    for round in &own {
        keep_shut(db, round, now)?;
    }
    Ok(Ok(()))
}

/// Whether people can have read what the plan says.
fn has_begun(rounds: &[RoundRow], now: NaiveDateTime) -> bool {
    rounds.iter().any(|round| round.opens_at.is_some_and(|opens_at| opens_at <= now))
}

/// `POST …/delete`: one without rounds.
pub(super) async fn delete(
    officer: Planner,
    state: web::Data<State>,
    id: web::Path<i64>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (planner, now, is_sure) = (officer.0.clone(), state.clock.now(), fields.is_sure());
    let is_gone = change(&state, &officer, *id, move |db, row| {
        if !is_sure || !campaigns::rounds_of(db, row.id)?.is_empty() {
            return Ok(false);
        }
        campaigns::delete(db, row.id)?;
        planner.note(db, now, row.owner_id, Action::CampaignDeleted, &row.plan.title)?;
        Ok(true)
    })
    .await?;
    let (to, said) = match is_gone {
        true => ("/manage/campaigns".to_owned(), "said-campaign-deleted"),
        false => (format!("/manage/campaigns/{id}"), "said-campaign-not-deleted"),
    };
    Ok(said::see_other(&state, &officer, to, &officer.words.say(said)))
}

async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    id: Option<i64>,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let (planner, words, now) = (officer.clone(), officer.words, state.clock.now());
    let found = state
        .store
        .read(move |db| {
            let offered = offered(db, &planner, words)?;
            let Some(id) = id else { return Ok(Some((blank(), Vec::new(), offered, false))) };
            let Some(row) = mine(db, &planner, id)? else { return Ok(None) };
            let has_begun = has_begun(&campaigns::rounds_of(db, id)?, now);
            Ok(Some((row.plan, campaigns::questionnaires(db, id)?, offered, has_begun)))
        })
        .await?;
    let (plan, chosen, questionnaires, has_begun) = found.ok_or(Failure::NotFound)?;
    let desk = DeskFrame::new(request, officer, Room::Campaigns);
    let was = if id.is_some() { hidden(&standing(&plan, chosen.clone()), &trouble) } else { Vec::new() };
    let page = FormPage { desk, id, date: day(plan.date), plan, questionnaires, chosen, has_begun, was, trouble };
    said::show(request, &page.trouble, &page)
}

/// The questionnaires that a plan can name: of the officer's area, and the official ones.
fn offered(db: &mut Db, officer: &Officer, words: Words) -> Result<Vec<(String, String)>, StoreError> {
    let below = officer.reach(db)?;
    let own = usable(db, &below)?;
    let own = own.iter().map(|usable| &usable.questionnaire);
    let all = own.chain(templates::all().iter().map(|template| &template.questionnaire));
    Ok(all.map(|asked| (asked.code.clone(), asked.title.get(words.0).to_owned())).collect())
}
