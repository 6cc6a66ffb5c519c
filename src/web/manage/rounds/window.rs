//! Extending, closing and freezing a round, and figures during fieldwork.

use actix_web::HttpResponse;
use actix_web::web::{self};
use chrono::NaiveDateTime;

use super::form::RoundForm;
use super::pause::reason;
use super::trouble::Trouble;
use super::{read, show};
use crate::release;
use crate::store::round_steps::{self, NewStep};
use crate::store::rounds::{self, RoundRow};
use crate::survey::audit::Action;
use crate::survey::round::{GRACE, Gate, Step};
use crate::vietnamese;
use crate::web::deed::Deed;
use crate::web::error::Failure;
use crate::web::session::Opener;
use crate::web::words::Words;

/// `POST …/extend`: another closing time, later than now.
pub(super) async fn extend(form: RoundForm<Opener>) -> Result<HttpResponse, Failure> {
    let RoundForm { officer, fields, .. } = &form;
    let (words, now, by, wanted) = (form.words(), form.now(), officer.account_id, fields.moment());
    let why = reason(fields);
    let deed = Deed::at(Action::RoundExtended, wanted.ok()).because(&why);
    let done = form
        .change(deed, move |db, round| {
            let at = match wanted {
                Ok(at) if at > now && round.opens_at.is_none_or(|opens_at| opens_at < at) => at,
                _ => return Ok(Err(Trouble::at("extend", words.say("extend-wrong-time")))),
            };
            if let Some(trouble) = unwelcome(&round, at, &why, words) {
                return Ok(Err(trouble));
            }
            rounds::close_at(db, round.id, at)?;
            let step = NewStep { step: Step::Extended, at: now, until: Some(at), reason: &why, account_id: Some(by) };
            round_steps::note(db, round.id, step)?;
            Ok(Ok(words.with("said-extended", "at", words.moment(at))))
        })
        .await?;
    form.answer(done, "", show::page).await
}

/// What keeps a round from closing at another time than people were told: the day by which those who answered were promised the
/// result; or that no reason is given.
fn unwelcome(round: &RoundRow, at: NaiveDateTime, why: &str, words: Words) -> Option<Trouble> {
    if let Some(promised) = round.results_by.filter(|day| vietnamese::local(at).date() > *day) {
        return Some(Trouble::at("extend", words.with("extend-past-promise", "day", words.date(promised))));
    }
    why.is_empty().then(|| Trouble::at("extend-reason", words.say("extend-no-reason")))
}

/// `POST …/close`: no new form from now on, before its time and therefore with a reason.
pub(super) async fn close(form: RoundForm<Opener>) -> Result<HttpResponse, Failure> {
    let RoundForm { officer, fields, .. } = &form;
    let (words, now, by, is_sure) = (form.words(), form.now(), officer.account_id, fields.is_sure());
    let why = reason(fields);
    let deed = Deed::from(Action::RoundClosed).because(&why);
    let done = form
        .change(deed, move |db, round| {
            if !matches!(round.window().gate(now), Gate::Open | Gate::Paused) {
                return Ok(Err(Trouble::page(words.say("said-too-late"))));
            }
            if !is_sure {
                return Ok(Err(Trouble::at("close", words.say("said-not-sure"))));
            }
            if why.is_empty() {
                return Ok(Err(Trouble::at("close-reason", words.say("close-no-reason"))));
            }
            rounds::close_at(db, round.id, now)?;
            let step = NewStep { step: Step::Closed, at: now, until: None, reason: &why, account_id: Some(by) };
            round_steps::note(db, round.id, step)?;
            Ok(Ok(words.say("said-closed")))
        })
        .await?;
    form.answer(done, "", show::page).await
}

/// `POST …/freeze`: once late forms have had their time, without waiting for the regular look.
pub(super) async fn freeze(form: RoundForm<Opener>) -> Result<HttpResponse, Failure> {
    let words = form.words();
    let round = read(&form.state, &form.officer, &form.slug, |_, round| Ok(round)).await?;
    let gate = round.window().gate(form.now());
    let trouble = match round.frozen_at {
        Some(_) => Some(Trouble::page(words.say("said-frozen-already"))),
        None if gate == Gate::Grace => Some(Trouble::page(promised(&round, words))),
        None if gate != Gate::Closed => Some(Trouble::page(words.say("said-too-late"))),
        None if !form.fields.is_sure() => Some(Trouble::at("freeze", words.say("said-not-sure"))),
        None => None,
    };
    if let Some(trouble) = trouble {
        return form.refuse(trouble, show::page).await;
    }
    let (worker, opener, now) = (form.state.clone(), form.officer.0.clone(), form.now());
    let done = web::block(move || {
        // freezing is a chain of transactions of its own; that it was asked for stands in the log before the first of them
        worker.store.write_now(|db| opener.note(db, now, round.owner_id, Action::RoundFrozen, &round.slug))?;
        release::freeze(&worker, &round)?;
        worker.catalogue.refresh()
    })
    .await;
    done.map_err(|error| Failure::Unknown(error.to_string()))??;
    Ok(form.said(&words.say("said-frozen"), ""))
}

/// Whoever began before the closing was told until when the form is taken.
pub(super) fn promised(round: &RoundRow, words: Words) -> String {
    words.with("freeze-late", "at", words.moment(round.closes_at + GRACE))
}

/// `POST …/interim`: whether releases are made during fieldwork.
pub(super) async fn interim(form: RoundForm<Opener>) -> Result<HttpResponse, Failure> {
    let fields = &form.fields;
    let words = form.words();
    let allowed_at = (fields.one("allow") == "1").then(|| form.now());
    let done = form
        .change(Action::RoundEdited, move |db, round| {
            if allowed_at.is_some() && round.is_sealed() {
                return Ok(Err(Trouble::page(words.say("sealed-no-interim"))));
            }
            rounds::allow_interim(db, round.id, allowed_at)?;
            Ok(Ok(words.say(if allowed_at.is_some() { "said-interim-on" } else { "said-interim-off" })))
        })
        .await?;
    form.answer(done, "", show::page).await
}
