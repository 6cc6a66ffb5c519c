//! `/analyse/{slug}/quality`: forms that may say little, by rules with a name, and which forms count in no figure and why. Rules
//! only find; leaving out is a person's deed with a reason, and is taken back as easily.

pub(super) mod said;

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use data_encoding::HEXLOWER_PERMISSIVE;
use serde::Deserialize;

use self::said::{PastRow, RuleRow};
use super::frame::{Frame, Tab};
use crate::catalogue::Published;
use crate::frame::quality::{self, Quality};
use crate::frame::{self, Standing, exclusion};
use crate::state::State;
use crate::store::exclusions::{self, ExclusionRow, NewExclusion};
use crate::store::rounds::{NamedUnit, RoundRow};
use crate::store::{StoreError, rounds};
use crate::survey::audit::Action;
use crate::survey::exclusion::Rule;
use crate::web::deed::Deed;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page;
use crate::web::session::{Analyst, Officer};

#[derive(Template)]
#[template(path = "web/analyse/quality/page.html")]
struct QualityPage {
    desk: DeskFrame,
    frame: Frame,
    /// None while the forms are put into columns.
    rules: Option<Vec<RuleRow>>,
    history: Vec<PastRow>,
    excluded: String,
    is_frozen: bool,
    /// What was wrong with what was sent.
    wrong: Option<String>,
    typed: Typed,
    most: String,
}

/// What was typed into the form of single forms.
#[derive(Default)]
struct Typed {
    forms: String,
    reason: String,
}

/// What an exclusion is sent with.
#[derive(Deserialize)]
pub(super) struct Sent {
    #[serde(rename = "_csrf")]
    csrf: String,
    #[serde(default)]
    rule: String,
    #[serde(default)]
    forms: String,
    #[serde(default)]
    reason: String,
}

/// A round as this page needs it.
struct Subject {
    round: RoundRow,
    forms: Vec<Arc<Published>>,
    units: Vec<NamedUnit>,
    history: Vec<ExclusionRow>,
    excluded: Vec<Vec<u8>>,
}

async fn subject(state: &web::Data<State>, officer: &Officer, slug: &str) -> Result<Subject, Failure> {
    let catalogue = state.catalogue.clone();
    super::read(state, officer, slug, move |db, round| {
        Ok(Subject {
            forms: catalogue.of_round(db, round.id)?,
            units: rounds::units(db, round.id)?,
            history: exclusions::history(db, round.id)?,
            excluded: exclusions::of_round(db, round.id)?,
            round,
        })
    })
    .await
}

/// What the rules find now; none while there is no frame. Not for the threads of requests.
fn search(state: &State, round: &RoundRow, forms: &[Arc<Published>]) -> Result<Option<Quality>, StoreError> {
    loop {
        let Standing::Ready { head, content, .. } = frame::look(state, round)? else { return Ok(None) };
        // a newer frame may have taken its place while it was read
        if let Ok(found) = state.store.read_now(|db| quality::search(db, &head, &content, forms))? {
            return Ok(Some(found));
        }
    }
}

async fn searched(state: &web::Data<State>, subject: &Subject) -> Result<Option<Quality>, Failure> {
    let (state, round, forms) = (state.clone(), subject.round.clone(), subject.forms.clone());
    let found = web::block(move || search(&state, &round, &forms)).await;
    Ok(found.map_err(|error| Failure::Unknown(error.to_string()))??)
}

/// `GET …/quality`
pub(super) async fn show(
    request: HttpRequest,
    officer: Analyst,
    state: web::Data<State>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, &slug, None, Typed::default()).await
}

async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &web::Data<State>,
    slug: &str,
    wrong: Option<String>,
    typed: Typed,
) -> Result<HttpResponse, Failure> {
    let (subject, words) = (subject(state, officer, slug).await?, officer.words);
    let found = searched(state, &subject).await?;
    let status = if wrong.is_some() { 422 } else { 200 };
    let status = actix_web::http::StatusCode::from_u16(status).unwrap_or_default();
    let count = |n: usize| words.number(i64::try_from(n).unwrap_or(i64::MAX));
    page::show_as(
        status,
        &QualityPage {
            desk: DeskFrame::new(request, officer, Room::Results),
            frame: Frame::new(officer, &subject.round, Tab::Quality, state.clock.now()),
            rules: found.as_ref().map(|found| said::rules(found, &subject.units, &subject.excluded, words)),
            history: subject.history.iter().map(|row| said::past(row, words)).collect(),
            excluded: said::excluded(&subject.excluded, &subject.history, words),
            is_frozen: subject.round.frozen_at.is_some(),
            wrong,
            typed,
            most: count(exclusion::MOST),
        },
    )
}

/// `POST …/quality`: leaves out what a rule finds, or the forms that are named.
pub(super) async fn exclude(
    request: HttpRequest,
    officer: Analyst,
    state: web::Data<State>,
    slug: web::Path<String>,
    sent: web::Form<Sent>,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&sent.csrf)?;
    let words = officer.words;
    let subject = subject(&state, &officer, &slug).await?;
    let rule: Rule = sent.rule.parse().map_err(|_| Failure::Bad(words.say("quality-no-rule")))?;
    let reason = sent.reason.trim().to_owned();
    let forms = match rule {
        Rule::ByHand => named(&sent.forms),
        rule => searched(&state, &subject).await?.map(|mut found| found.found.remove(&rule).unwrap_or_default().forms),
    };
    let wrong = match &forms {
        _ if reason.chars().count() < LEAST_REASON => Some("quality-no-reason"),
        None => Some("quality-not-forms"),
        Some(forms) if forms.is_empty() => Some("quality-none"),
        Some(forms) if forms.len() > exclusion::MOST => Some("quality-too-many"),
        Some(_) => None,
    };
    let typed = Typed { forms: sent.forms.clone(), reason: reason.clone() };
    if let Some(wrong) = wrong {
        return page(&request, &officer, &state, &slug, Some(words.say(wrong)), typed).await;
    }
    let (catalogue, now, by, analyst) =
        (state.catalogue.clone(), state.clock.now(), officer.account_id, officer.0.clone());
    let excluded = state.store.write(move |db| {
        let (round, forms) = (&subject.round, forms.unwrap_or_default());
        let new = NewExclusion { round_id: round.id, rule, reason: &reason, at: now, by };
        let excluded = exclusion::exclude(db, &catalogue, round, new, &forms)?;
        if excluded > 0 {
            let deed = Deed::with(Action::FormsExcluded, [rule.code(), &excluded.to_string()]).because(&reason);
            analyst.note(db, now, round.owner_id, deed, &round.slug)?;
        }
        Ok(excluded)
    });
    match excluded.await? {
        0 => page(&request, &officer, &state, &slug, Some(words.say("quality-unknown-forms")), typed).await,
        _ => Ok(page::see_other(format!("/analyse/{slug}/quality#excluded"))),
    }
}

/// A reason is at least a word.
const LEAST_REASON: usize = 5;

/// Ids of forms as files of rows have them; none if something else stands among them.
fn named(text: &str) -> Option<Vec<Vec<u8>>> {
    let ids = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter(|id| !id.is_empty());
    ids.map(|id| HEXLOWER_PERMISSIVE.decode(id.as_bytes()).ok().filter(|id| id.len() == 16)).collect()
}

/// `POST …/quality/{id}/undo`
pub(super) async fn include(
    officer: Analyst,
    state: web::Data<State>,
    path: web::Path<(String, i64)>,
    sent: web::Form<Sent>,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&sent.csrf)?;
    let (slug, id) = path.into_inner();
    let subject = subject(&state, &officer, &slug).await?;
    let reason = sent.reason.trim().to_owned();
    let (catalogue, now, by, analyst) =
        (state.catalogue.clone(), state.clock.now(), officer.account_id, officer.0.clone());
    let undone = state.store.write(move |db| {
        let round = &subject.round;
        let undone = exclusion::include(db, &catalogue, round, id, (now, by, &reason))?;
        if undone {
            let deed = Deed::with(Action::FormsIncluded, [id.to_string()]).because(&reason);
            analyst.note(db, now, round.owner_id, deed, &round.slug)?;
        }
        Ok(undone)
    });
    if undone.await? {
        Ok(page::see_other(format!("/analyse/{slug}/quality#excluded")))
    } else {
        Err(Failure::NotFound)
    }
}
