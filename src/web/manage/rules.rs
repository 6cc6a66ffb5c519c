//! `/manage/rules`: what an office asks of everybody who opens rounds. Only administrators change it, and each change is logged.

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::{NaiveDateTime, NaiveTime};

use super::fields::Fields;
use super::said;
use super::trouble::Trouble;
use crate::state::State;
use crate::store::approval_rules::{self, RuleRow};
use crate::store::units::{self, Stored};
use crate::store::{Db, StoreError, contacts};
use crate::survey::audit::Action;
use crate::vietnamese;
use crate::web::deed::Deed;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page::see_other;
use crate::web::session::{Keeper, Officer};
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/manage/rules.html")]
struct RulesPage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    /// Code and name of the offices that can have a rule.
    offices: Vec<(String, String)>,
    rows: Vec<Row>,
    /// Units with a limit of their own, and how often their people may be asked in a term.
    limits: Vec<(String, i64)>,
}

struct Row {
    unit: String,
    rule: String,
    about: String,
}

impl Row {
    fn new(row: RuleRow, words: Words) -> Self {
        let rule = match row.required_from {
            Some(from) => words.with("rules-known-from", "at", words.moment(from)),
            None => words.say("rules-known-relaxed"),
        };
        let changed = words.with("rules-changed", "at", words.moment(row.changed_at));
        let about = if row.reason.is_empty() { changed } else { format!("{} · {changed}", row.reason) };
        Self { unit: row.unit, rule, about }
    }
}

/// `GET /manage/rules`
pub async fn show(request: HttpRequest, officer: Keeper, state: web::Data<State>) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, Trouble::default()).await
}

async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let (keeper, words) = (officer.clone(), officer.words);
    let (offices, rows, limits) = state
        .store
        .read(move |db| {
            let below = keeper.reach(db)?;
            let rows = approval_rules::all(db)?.into_iter().filter(|row| below.contains(&row.unit_id));
            let limits = contacts::limits(db)?.into_iter().filter(|(id, ..)| below.contains(id));
            let limits = limits.map(|(_, unit, most)| (unit, most)).collect::<Vec<_>>();
            Ok((offices(db, &keeper)?, rows.collect::<Vec<_>>(), limits))
        })
        .await?;
    let page = RulesPage {
        desk: DeskFrame::new(request, officer, Room::People),
        said: said::said(request, state, officer),
        offices: offices.into_iter().map(|s| (s.unit.code.as_str().to_owned(), s.unit.name)).collect(),
        limits,
        rows: rows.into_iter().map(|row| Row::new(row, words)).collect(),
        trouble,
    };
    said::show(request, &page.trouble, &page)
}

/// The offices whose people this officer looks after, one's own first.
fn offices(db: &mut Db, keeper: &Officer) -> Result<Vec<Stored>, StoreError> {
    let below = keeper.reach(db)?;
    let mut offices: Vec<Stored> =
        units::all(db)?.into_iter().filter(|stored| below.contains(&stored.id) && stored.unit.is_office()).collect();
    offices.sort_by_key(|stored| stored.id != keeper.unit_id);
    Ok(offices)
}

/// The rule as it was typed: since when two people are needed, if they are.
fn typed(fields: &Fields, now: NaiveDateTime, words: Words) -> Result<Option<NaiveDateTime>, Trouble> {
    match fields.one("wish") {
        "needed" => match fields.day("from") {
            Ok(Some(day)) => {
                let from = vietnamese::utc(day.and_time(NaiveTime::MIN));
                // until that day one person is enough
                let relaxes = from > now;
                if relaxes && fields.one("reason").is_empty() {
                    return Err(Trouble::at("reason", words.say("rules-reason-until")));
                }
                Ok(Some(from))
            }
            Ok(None) => Ok(Some(now)),
            Err(()) => Err(Trouble::at("from", words.say("rules-day-wrong"))),
        },
        "relaxed" if fields.one("reason").is_empty() => Err(Trouble::at("reason", words.say("rules-reason-wrong"))),
        "relaxed" => Ok(None),
        _ => Err(Trouble::at("wish", words.say("rules-wish-wrong"))),
    }
}

/// `POST /manage/rules`
pub async fn save(
    request: HttpRequest,
    officer: Keeper,
    state: web::Data<State>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (keeper, words, now) = (officer.account_id, officer.words, state.clock.now());
    let from = match typed(&fields, now, words) {
        Ok(from) => from,
        Err(trouble) => return page(&request, &officer, &state, trouble.typed(fields)).await,
    };
    let (code, reason) = (fields.one("unit").to_owned(), fields.one("reason").chars().take(300).collect::<String>());
    let deed = match from {
        Some(from) => Deed::at(Action::ApprovalRuleChanged, Some(from)),
        None => Deed::with(Action::ApprovalRuleChanged, ["relaxed", &reason]),
    };
    let saved = set(&officer, &state, code, deed, move |db, office| {
        approval_rules::set(db, office, from, &reason, Some(keeper), now)
    });
    let saved = saved.await?;
    back(&request, &officer, &state, saved, "unit", fields).await
}

/// Sets something for the office of this code and writes it down; its name, if the officer looks after such an office.
async fn set(
    officer: &Officer,
    state: &State,
    code: String,
    deed: Deed,
    work: impl FnOnce(&mut Db, i64) -> Result<(), StoreError> + Send + 'static,
) -> Result<Option<String>, Failure> {
    let (keeper, now) = (officer.clone(), state.clock.now());
    let saved = state.store.write(move |db| {
        let mut own = offices(db, &keeper)?.into_iter();
        let Some(office) = own.find(|stored| stored.unit.code.as_str() == code) else { return Ok(None) };
        work(db, office.id)?;
        keeper.note(db, now, office.id, deed, &code)?;
        Ok(Some(office.unit.name))
    });
    Ok(saved.await?)
}

/// The page, which says what was set; or, beside the office's field at `place`, that there is no such office.
async fn back(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    saved: Option<String>,
    place: &str,
    fields: Fields,
) -> Result<HttpResponse, Failure> {
    let words = officer.words;
    match saved {
        Some(unit) => {
            let sentence = words.with("said-rule-saved", "unit", unit);
            Ok(said::see_other(state, officer, "/manage/rules", &sentence))
        }
        None => {
            let trouble = Trouble::at(place, words.say("rules-unit-wrong"));
            page(request, officer, state, trouble.typed(fields)).await
        }
    }
}

/// The most times in a term that an office can allow.
const MOST_CONTACTS: i64 = 20;

/// `POST /manage/rules/contacts`: how often one audience of one school may be asked in a term before officers are warned.
pub async fn limit(
    request: HttpRequest,
    officer: Keeper,
    state: web::Data<State>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (keeper, words, now) = (officer.account_id, officer.words, state.clock.now());
    let Some(most) = fields.number("most").filter(|most| (1..=MOST_CONTACTS).contains(most)) else {
        let trouble = Trouble::at("most", words.with("rules-contacts-wrong", "most", MOST_CONTACTS));
        return page(&request, &officer, &state, trouble.typed(fields)).await;
    };
    let code = fields.one("contacts-unit").to_owned();
    let deed = Deed::with(Action::ContactLimitChanged, [most.to_string()]);
    let saved = set(&officer, &state, code, deed, move |db, office| contacts::set(db, office, most, keeper, now));
    let saved = saved.await?;
    back(&request, &officer, &state, saved, "contacts-unit", fields).await
}

/// A form that came back with a sentence stands at the address it was sent to; whoever opens that gets the page.
pub async fn elsewhere() -> HttpResponse {
    see_other("/manage/rules")
}
