//! `/manage/people/{id}`: one person, with what was granted and what can be done.

use actix_web::http::StatusCode;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::find::{self, Found};
use super::invite::roles_wrong;
use super::list::standing;
use super::{Tick, change, mine, role_name};
use crate::state::State;
use crate::store::people::{Person, Standing};
use crate::store::roles::{self, Granting};
use crate::store::units::{self, Stored};
use crate::store::{Db, StoreError, account_mails, approvals, audit, authenticators};
use crate::survey::access::Role;
use crate::survey::audit::Action;
use crate::web::account_news::{News, Told};
use crate::web::deed::Deed;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::page::{self, see_other};
use crate::web::session::{Keeper, Officer};
use crate::web::words::Words;
use crate::web::wrong::Wrong;

#[derive(Template)]
#[template(path = "web/manage/people/person.html")]
pub(super) struct PersonPage {
    desk: DeskFrame,
    person: Person,
    /// Whether it is the officer's own account.
    is_own: bool,
    /// Whether signing in takes a second step.
    has_codes: bool,
    /// Where links go by mail.
    mail: Option<String>,
    /// Whether mail reaches people by itself.
    has_server: bool,
    /// Who made the last link, as a sentence.
    last_link: Option<String>,
    tone: &'static str,
    standing: String,
    last: String,
    /// What was granted, as role and unit.
    granted: Vec<(String, String)>,
    /// On which unit roles are ticked.
    scope: Scope,
    ticks: Vec<Tick>,
    typed: Fields,
    wrong: Wrong,
    done: Option<String>,
}

/// Where roles are granted.
struct Scope {
    code: String,
    name: String,
    /// Whether there are units below the person's own, so that there is something to choose.
    is_choice: bool,
    /// Units that the words fit, as code and name.
    offered: Vec<(String, String)>,
}

/// What was looked for, and what happened just before.
#[derive(Deserialize, Default)]
pub(super) struct Query {
    #[serde(default)]
    at: String,
    #[serde(default)]
    done: String,
}

/// What a change can have done; the page says it afterwards.
const DONE: [&str; 6] = ["roles", "stopped", "restarted", "handed-over", "codes", "mail"];

/// `GET /manage/people/{id}`
pub(super) async fn show(
    request: HttpRequest,
    officer: Keeper,
    state: web::Data<State>,
    id: web::Path<i64>,
    query: web::Query<Query>,
) -> Result<HttpResponse, Failure> {
    let done = DONE.into_iter().find(|done| *done == query.done);
    let page = load(&request, &officer, &state, *id, &query.at).await?;
    page::show(&PersonPage { done: done.map(|done| officer.words.say(&format!("people-done-{done}"))), ..page })
}

/// The page as it stands, with what was just not done.
pub(super) async fn refused(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    id: i64,
    typed: Fields,
    wrong: Wrong,
) -> Result<HttpResponse, Failure> {
    let page = load(request, officer, state, id, typed.one("at")).await?;
    page::show_as(StatusCode::UNPROCESSABLE_ENTITY, &PersonPage { typed, wrong, ..page })
}

async fn load(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    id: i64,
    at: &str,
) -> Result<PersonPage, Failure> {
    let (keeper, at, words) = (officer.clone(), at.to_owned(), officer.words);
    let found = state.store.read(move |db| {
        let Some(person) = mine(db, &keeper, id)? else { return Ok(None) };
        let below = within(db, &keeper, &person)?;
        let has_codes = authenticators::is_on(db, person.id)?;
        let mail = account_mails::of(db, person.id)?;
        let last_link = last_link(db, &person.login, words)?;
        Ok(Some((person, below, has_codes, mail, last_link)))
    });
    let (person, below, has_codes, mail, last_link) = found.await?.ok_or(Failure::NotFound)?;
    let (scope_id, scope) = Scope::new(&person, &below, &at);
    let has = |role: Role| person.grants.iter().any(|(grant, _)| grant.role == role && grant.unit_id == scope_id);
    let (tone, standing) = standing(person.standing, words);
    Ok(PersonPage {
        desk: DeskFrame::new(request, officer, Room::People),
        is_own: person.id == officer.account_id,
        has_codes,
        mail,
        has_server: state.mail.carrier().is_smtp(),
        last_link,
        tone,
        standing,
        last: person.signed_in_at.map_or_else(|| words.say("people-never"), |at| words.day(at)),
        granted: person.grants.iter().map(|(grant, unit)| (role_name(grant.role, words), unit.clone())).collect(),
        ticks: Role::of(person.unit_nature).map(|role| Tick::new(role, has(role), words)).collect(),
        scope,
        person,
        typed: Fields::default(),
        wrong: Wrong::default(),
        done: None,
    })
}

/// Who made the last link for somebody, or said where it goes, and when: whoever did may have opened it.
fn last_link(db: &mut Db, login: &str, words: Words) -> Result<Option<String>, StoreError> {
    let Some((at, by)) = audit::last_entry(db, login)? else { return Ok(None) };
    let names = approvals::names(db, by.as_slice())?;
    let name = names.into_iter().next().map_or_else(|| words.say("audit-command-line"), |(_, name)| name);
    Ok(Some(words.fill("people-link-last", [("name", name), ("at", words.moment(at))])))
}

/// The units on which roles can be changed: the person's own and those below it, and where something was granted before a unit
/// came to stand elsewhere.
fn within(db: &mut Db, officer: &Officer, person: &Person) -> Result<Vec<Stored>, StoreError> {
    let (below, reach) = (units::subtree(db, person.unit_id)?, officer.reach(db)?);
    let mut all = units::all(db)?;
    let is_granted = |id: i64| person.grants.iter().any(|(grant, _)| grant.unit_id == id);
    all.retain(|stored| reach.contains(&stored.id) && (below.contains(&stored.id) || is_granted(stored.id)));
    Ok(all)
}

impl PersonPage {
    /// What the field of the address shows: what was typed wrongly, or what there is.
    fn shown_mail(&self) -> &str {
        match self.typed.one("mail") {
            "" => self.mail.as_deref().unwrap_or_default(),
            typed => typed,
        }
    }
}

impl Scope {
    /// The unit that was asked for, otherwise the person's own.
    fn new(person: &Person, within: &[Stored], at: &str) -> (i64, Self) {
        let own = (person.unit_id, person.unit_code.clone(), person.unit_name.clone());
        let (found, offered) = match find::unit(within, at) {
            Found::One(stored) => ((stored.id, stored.unit.code.to_string(), stored.unit.name), Vec::new()),
            Found::Several(offered) => (own, offered),
            Found::Nothing => (own, Vec::new()),
        };
        let (id, code, name) = found;
        (id, Self { code, name, is_choice: within.len() > 1, offered })
    }
}

/// `POST …/roles`: exactly the ticked ones on this unit.
pub(super) async fn save(
    request: HttpRequest,
    officer: Keeper,
    state: web::Data<State>,
    id: web::Path<i64>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (keeper, sent, now, words) = (officer.0.clone(), fields.clone(), state.clock.now(), officer.words);
    let secret = state.secret.clone();
    let done = change(&state, &officer, *id, move |db, person| {
        let roles: Vec<Role> = sent.all("role").filter_map(Role::from_code).collect();
        let within = within(db, &keeper, &person)?;
        let Found::One(unit) = find::unit(&within, sent.one("at")) else {
            return Ok(Err(words.say("people-unit-none")));
        };
        // none at all is allowed: somebody may look after other units still
        if !roles.is_empty()
            && let Some(sentence) = roles_wrong(&roles, Some(person.unit_nature), words)
        {
            return Ok(Err(sentence));
        }
        if takes_the_last(db, &person, unit.id, &roles)? {
            return Ok(Err(words.say("people-last-keeper")));
        }
        roles::put(db, person.id, unit.id, &roles, Granting { by: Some(keeper.account_id), at: now })?;
        Told { secret: &secret, words, by: Some(&keeper), now }.tell(db, person.id, News::RolesChanged)?;
        let codes = std::iter::once(unit.unit.code.as_str()).chain(roles.iter().map(|role| role.code()));
        keeper.note(db, now, person.unit_id, Deed::with(Action::RolesChanged, codes), &person.login)?;
        Ok(Ok(unit.unit.code.to_string()))
    })
    .await?;
    match done {
        Ok(code) => Ok(see_other(format!("/manage/people/{id}?at={code}&done=roles"))),
        Err(sentence) => refused(&request, &officer, &state, *id, fields, Wrong::one("role", sentence)).await,
    }
}

/// Whether these roles would leave a top unit with nobody who looks after its people.
fn takes_the_last(db: &mut Db, person: &Person, unit_id: i64, roles: &[Role]) -> Result<bool, StoreError> {
    if roles.contains(&Role::QuanTri) || person.standing == Standing::Stopped {
        return Ok(false);
    }
    Ok(roles::kept_by(db, person.id)?.contains(&unit_id))
}
