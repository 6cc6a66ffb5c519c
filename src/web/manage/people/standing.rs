//! A new link for somebody, and whether somebody may sign in at all.

use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};

use super::handed::{self, Link, Receiver};
use super::person::refused;
use super::{change, mailed};
use crate::mail::Address;
use crate::state::State;
use crate::store::people::Standing;
use crate::store::{account_mails, accounts, authenticators, links, roles};
use crate::survey::audit::Action;
use crate::web::account_news::{News, Told};
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::page::see_other;
use crate::web::session::Keeper;
use crate::web::wrong::Wrong;

/// `POST …/link`: for a forgotten password or a link that ran out; earlier links stop working.
pub(super) async fn link(
    request: HttpRequest,
    officer: Keeper,
    state: web::Data<State>,
    id: web::Path<i64>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (keeper, words, now) = (officer.0.clone(), officer.words, state.clock.now());
    let (link, secret) = (Link::new(&state), state.secret.clone());
    let (handed, by_mail) = (link.clone(), fields.one("by_mail") == "1");
    let done = change(&state, &officer, *id, move |db, person| {
        if person.id == keeper.account_id {
            // it would set a new password without the old one
            return Ok(Err(words.say("people-own-link")));
        }
        if person.standing == Standing::Stopped {
            return Ok(Err(words.say("people-is-stopped")));
        }
        links::add(db, &handed.hash, person.id, handed.until)?;
        keeper.note(db, now, person.unit_id, Action::LinkMade, &person.login)?;
        let receiver = Receiver { id: person.id, name: person.name, login: person.login, unit: person.unit_name };
        let address: Option<Address> = account_mails::of(db, person.id)?.and_then(|address| address.parse().ok());
        let address = address.filter(|_| by_mail);
        match &address {
            Some(address) => mailed::send(db, &secret, &keeper, &handed, &receiver, address, now)?,
            None => Told { secret: &secret, words, by: Some(&keeper), now }.tell(db, receiver.id, News::LinkMade)?,
        }
        Ok(Ok((receiver, address)))
    })
    .await?;
    match done {
        Ok((receiver, address)) => {
            let done = words.with("people-done-link", "name", &receiver.name);
            handed::show(&request, &officer, link, receiver, address.as_ref(), done)
        }
        Err(sentence) => refused(&request, &officer, &state, *id, fields, Wrong::one("link", sentence)).await,
    }
}

/// `POST …/stop`: signed out everywhere at once, and no way in until the account is taken up again.
pub(super) async fn stop(
    request: HttpRequest,
    officer: Keeper,
    state: web::Data<State>,
    id: web::Path<i64>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (keeper, words, now, is_sure) = (officer.0.clone(), officer.words, state.clock.now(), fields.is_sure());
    let secret = state.secret.clone();
    let done = change(&state, &officer, *id, move |db, person| {
        if person.id == keeper.account_id {
            return Ok(Err(words.say("people-own")));
        }
        if !is_sure {
            return Ok(Err(words.say("said-not-sure")));
        }
        if !roles::kept_by(db, person.id)?.is_empty() {
            return Ok(Err(words.say("people-last-keeper")));
        }
        accounts::stop(db, person.id, now)?;
        Told { secret: &secret, words, by: Some(&keeper), now }.tell(db, person.id, News::Stopped)?;
        keeper.note(db, now, person.unit_id, Action::PersonStopped, &person.login).map(Ok)
    })
    .await?;
    match done {
        Ok(()) => Ok(see_other(format!("/manage/people/{id}?done=stopped"))),
        Err(sentence) => refused(&request, &officer, &state, *id, fields, Wrong::one("stop", sentence)).await,
    }
}

/// `POST …/restart`
pub(super) async fn restart(
    officer: Keeper,
    state: web::Data<State>,
    id: web::Path<i64>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    Fields::sent(&officer, &body)?;
    let (keeper, words, now, secret) = (officer.0.clone(), officer.words, state.clock.now(), state.secret.clone());
    change(&state, &officer, *id, move |db, person| {
        accounts::restart(db, person.id)?;
        Told { secret: &secret, words, by: Some(&keeper), now }.tell(db, person.id, News::Restarted)?;
        keeper.note(db, now, person.unit_id, Action::PersonRestarted, &person.login)
    })
    .await?;
    Ok(see_other(format!("/manage/people/{id}?done=restarted")))
}

/// `POST …/codes`: takes the second step of signing in from somebody whose telephone is gone.
pub(super) async fn take_codes(
    officer: Keeper,
    state: web::Data<State>,
    id: web::Path<i64>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    Fields::sent(&officer, &body)?;
    if *id == officer.account_id {
        // one's own is switched off with its digits
        return Ok(see_other("/manage/account"));
    }
    let (keeper, words, now, secret) = (officer.0.clone(), officer.words, state.clock.now(), state.secret.clone());
    change(&state, &officer, *id, move |db, person| match authenticators::remove(db, person.id)? {
        true => {
            Told { secret: &secret, words, by: Some(&keeper), now }.tell(db, person.id, News::CodesGone)?;
            keeper.note(db, now, person.unit_id, Action::CodesReset, &person.login)
        }
        false => Ok(()),
    })
    .await?;
    Ok(see_other(format!("/manage/people/{id}?done=codes")))
}
