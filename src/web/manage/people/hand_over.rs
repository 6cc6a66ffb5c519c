//! Staff change: all roles of one person to another, and the first one stopped, in one step.

use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDateTime;

use super::handed::{self, Link, Receiver};
use super::invite::name_of;
use super::person::refused;
use super::{change, mine};
use crate::state::State;
use crate::store::people::{self, Person, Standing};
use crate::store::roles::{self, Granting};
use crate::store::{Db, StoreError, accounts, links, units};
use crate::survey::access::{Grant, Login};
use crate::survey::audit::Action;
use crate::web::account_news::{News, Told};
use crate::web::deed::Deed;
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::page::see_other;
use crate::web::session::{Keeper, Officer};
use crate::web::wrong::Wrong;

/// Who takes over.
enum Heir {
    /// Somebody who has an account.
    Known(Person),
    /// Somebody who gets one, and a link.
    New(Login, String),
}

/// `POST …/hand-over`
pub(super) async fn hand_over(
    request: HttpRequest,
    officer: Keeper,
    state: web::Data<State>,
    id: web::Path<i64>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (keeper, sent, words, now) = (officer.0.clone(), fields.clone(), officer.words, state.clock.now());
    let link = Link::new(&state);
    let (hash, until, secret) = (link.hash, link.until, state.secret.clone());
    let done = change(&state, &officer, *id, move |db, person| {
        let heir = match heir(db, &keeper, &person, &sent)? {
            Ok(heir) => heir,
            Err(wrong) => return Ok(Err(wrong)),
        };
        let granting = Granting { by: Some(keeper.account_id), at: now };
        let login = match &heir {
            Heir::Known(heir) => heir.login.clone(),
            Heir::New(login, _) => login.to_string(),
        };
        let (to, receiver) = match heir {
            Heir::Known(heir) => (heir.id, None),
            Heir::New(login, name) => {
                let id = accounts::add_bare(db, &login, &name, person.unit_id, now)?;
                links::add(db, &hash, id, until)?;
                let roles = person.grants.iter().map(|(grant, _)| grant.role.code());
                keeper.note(db, now, person.unit_id, Deed::with(Action::PersonInvited, roles), login.as_str())?;
                (id, Some(Receiver { id, name, login: login.to_string(), unit: person.unit_name.clone() }))
            }
        };
        pass(db, &person, to, granting, now)?;
        let told = Told { secret: &secret, words, by: Some(&keeper), now };
        told.tell(db, person.id, News::Stopped)?;
        told.tell(db, to, News::RolesChanged)?;
        keeper.note(db, now, person.unit_id, Deed::with(Action::HandedOver, [login]), &person.login)?;
        Ok(Ok((to, receiver)))
    })
    .await?;
    match done {
        Ok((_, Some(receiver))) => {
            let done = words.with("people-done-handed-over-new", "name", &receiver.name);
            handed::show(&request, &officer, link, receiver, None, done)
        }
        Ok((to, None)) => Ok(see_other(format!("/manage/people/{to}?done=handed-over"))),
        Err(wrong) => refused(&request, &officer, &state, *id, fields, wrong).await,
    }
}

fn pass(db: &mut Db, from: &Person, to: i64, granting: Granting, now: NaiveDateTime) -> Result<(), StoreError> {
    let grants: Vec<Grant> = from.grants.iter().map(|(grant, _)| *grant).collect();
    roles::grant(db, to, &grants, granting)?;
    roles::take_all(db, from.id)?;
    accounts::stop(db, from.id, now)
}

/// Whoever is meant, if that person can have all these roles; or what is wrong with the form.
fn heir(db: &mut Db, officer: &Officer, from: &Person, fields: &Fields) -> Result<Result<Heir, Wrong>, StoreError> {
    let words = officer.words;
    let wrong = |field, name: &str| Ok(Err(Wrong::one(field, words.say(name))));
    if from.id == officer.account_id {
        return wrong("to", "people-own");
    }
    let Ok(login) = fields.one("to").parse::<Login>() else { return wrong("to", "people-login-wrong") };
    let new_name = fields.one("new_name");
    let heir = match people::id_by_login(db, login.as_str())? {
        Some(id) => match mine(db, officer, id)? {
            Some(person) if new_name.is_empty() => Heir::Known(person),
            // a login of another unit is taken as well, and nothing more is said about it
            _ => return wrong("to", "people-login-taken"),
        },
        None if new_name.is_empty() => return wrong("new_name", "people-hand-over-unknown"),
        None => match name_of(new_name) {
            Some(name) => Heir::New(login, name),
            None => return wrong("new_name", "people-name-wrong"),
        },
    };
    if let Heir::Known(person) = &heir {
        if person.id == from.id {
            return wrong("to", "people-hand-over-same");
        }
        if person.standing == Standing::Stopped {
            return wrong("to", "people-is-stopped");
        }
        let below = units::subtree(db, person.unit_id)?;
        let fits = |(grant, _): &(Grant, String)| grant.role.fits(person.unit_nature) && below.contains(&grant.unit_id);
        if !from.grants.iter().all(fits) {
            return wrong("to", "people-hand-over-misfit");
        }
    }
    if fields.is_sure() { Ok(Ok(heir)) } else { wrong("sure", "said-not-sure") }
}
