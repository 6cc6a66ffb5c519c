//! A campaign of last year again: the same questionnaires with their item codes, the same schools as far as they still exist,
//! and every date moved by the same number of days. Its rounds are drafts.

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::change;
use super::show::{self, first_closing};
use crate::draft::{self, Again};
use crate::state::State;
use crate::store::campaigns::{self, CampaignRow};
use crate::store::{Db, StoreError, rounds};
use crate::survey::audit::Action;
use crate::survey::campaign::{Plan, moved_on};
use crate::survey::round::slug_of;
use crate::survey::text::without_hidden;
use crate::vietnamese::local;
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::session::{Officer, Planner};
use crate::web::words::Words;

/// Days in a year, to tell by how many years a title moves on.
const YEAR: i64 = 365;

/// What was asked for.
struct Wish {
    title: String,
    /// The day on which the first round closes.
    first: NaiveDate,
}

impl Wish {
    fn typed(fields: &Fields, now: NaiveDateTime, words: Words) -> Result<Self, Trouble> {
        let title: String = without_hidden(fields.one("title")).trim().chars().take(160).collect();
        if title.is_empty() {
            return Err(Trouble::at("title", words.say("campaign-title-wrong")));
        }
        match fields.day("first") {
            Ok(Some(first)) if first > local(now).date() => Ok(Self { title, first }),
            _ => Err(Trouble::at("first", words.say("campaign-clone-wrong"))),
        }
    }
}

/// `POST …/clone`
pub(super) async fn make(
    request: HttpRequest,
    officer: Planner,
    state: web::Data<State>,
    id: web::Path<i64>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (planner, words, now) = (officer.0.clone(), officer.words, state.clock.now());
    let wish = match Wish::typed(&fields, now, words) {
        Ok(wish) => wish,
        Err(trouble) => return show::page(&request, &officer, &state, *id, trouble.typed(fields)).await,
    };
    let (made, left_out) = change(&state, &officer, *id, move |db, row| copy(db, &planner, &row, &wish, now)).await?;
    let mut sentence = words.say("said-cloned");
    if !left_out.is_empty() {
        sentence = format!("{sentence} {}", words.with("said-cloned-without", "names", left_out.join("; ")));
    }
    Ok(said::see_other(&state, &officer, format!("/manage/campaigns/{made}"), &sentence))
}

/// Makes the copy; its number, and what could not come along.
fn copy(
    db: &mut Db,
    officer: &Officer,
    row: &CampaignRow,
    wish: &Wish,
    now: NaiveDateTime,
) -> Result<(i64, Vec<String>), StoreError> {
    let own = campaigns::rounds_of(db, row.id)?;
    let days = first_closing(&own).map_or(0, |first| (wish.first - first).num_days());
    let years = i32::try_from((days + YEAR / 2).div_euclid(YEAR)).unwrap_or(0);
    // the plan of the new year has a number of its own, and is not issued yet
    let plan = Plan { title: wish.title.clone(), number: String::new(), date: None, ..row.plan.clone() };
    let id = campaigns::insert(db, row.owner_id, &plan, Some(row.id), officer.account_id, now)?;
    let codes = campaigns::questionnaires(db, row.id)?;
    campaigns::put_questionnaires(db, id, &codes)?;
    officer.note(db, now, row.owner_id, Action::CampaignMade, &plan.title)?;
    let mut left_out = Vec::new();
    for round in own {
        let title = moved_on(&round.title, years);
        let slug = free_slug(db, &slug_of(&title))?;
        let again = Again { title: &title, slug: &slug, later: TimeDelta::days(days), today: local(now).date() };
        let Some(made) = draft::again(db, &round, again, now)? else {
            left_out.push(round.title);
            continue;
        };
        campaigns::put_round(db, made.round_id, Some(id))?;
        officer.note(db, now, row.owner_id, Action::RoundMade, &slug)?;
        left_out.extend(made.left_out);
    }
    left_out.sort();
    left_out.dedup();
    Ok((id, left_out))
}

/// This short name, or the first with a number behind it that no round has.
fn free_slug(db: &mut Db, slug: &str) -> Result<String, StoreError> {
    let mut free = slug.to_owned();
    let mut number = 2;
    while rounds::by_slug(db, &free)?.is_some() {
        free = format!("{slug}-{number}");
        number += 1;
    }
    Ok(free)
}
