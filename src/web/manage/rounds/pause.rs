//! Pausing a round and letting it go on, with a reason. Who has begun a form can send it all the same.

use actix_web::HttpResponse;

use super::fields::Fields;
use super::form::RoundForm;
use super::show;
use super::trouble::Trouble;
use crate::store::round_steps::{self, NewStep, StepRow};
use crate::survey::audit::Action;
use crate::survey::round::{Gate, Pause, Step};
use crate::web::deed::Deed;
use crate::web::error::Failure;
use crate::web::session::Opener;
use crate::web::words::Words;

/// So many letters of a reason are kept.
const LETTERS: usize = 500;

/// The reason that was typed, within bounds.
pub(super) fn reason(fields: &Fields) -> String {
    fields.one("reason").chars().take(LETTERS).collect()
}

/// `POST …/pause`
pub(super) async fn pause(form: RoundForm<Opener>) -> Result<HttpResponse, Failure> {
    let RoundForm { officer, fields, .. } = &form;
    let (words, now, by, wanted) = (form.words(), form.now(), officer.account_id, fields.moment());
    let why = reason(fields);
    let deed = Deed::at(Action::RoundPaused, wanted.ok()).because(&why);
    let done = form
        .change(deed, move |db, round| {
            if round.window().gate(now) != Gate::Open {
                return Ok(Err(Trouble::page(words.say("said-too-late"))));
            }
            let Some(until) = wanted.ok().filter(|until| *until > now && *until < round.closes_at) else {
                let closes = words.moment(round.closes_at);
                return Ok(Err(Trouble::at("pause", words.with("pause-wrong-time", "closes", closes))));
            };
            if why.is_empty() {
                return Ok(Err(Trouble::at("pause-reason", words.say("pause-no-reason"))));
            }
            round_steps::pause(db, round.id, Some(Pause { since: now, until }))?;
            let step = NewStep { step: Step::Paused, at: now, until: Some(until), reason: &why, account_id: Some(by) };
            round_steps::note(db, round.id, step)?;
            Ok(Ok(words.with("said-paused", "at", words.moment(until))))
        })
        .await?;
    form.answer(done, "", show::page).await
}

/// `POST …/resume`: before the time that was set.
pub(super) async fn resume(form: RoundForm<Opener>) -> Result<HttpResponse, Failure> {
    let RoundForm { officer, fields, .. } = &form;
    let (words, now, by, why) = (form.words(), form.now(), officer.account_id, reason(fields));
    let deed = Deed::from(Action::RoundResumed).because(&why);
    let done = form
        .change(deed, move |db, round| {
            if round.window().gate(now) != Gate::Paused {
                return Ok(Err(Trouble::page(words.say("pause-not-paused"))));
            }
            round_steps::pause(db, round.id, None)?;
            let step = NewStep { step: Step::Resumed, at: now, until: None, reason: &why, account_id: Some(by) };
            round_steps::note(db, round.id, step)?;
            Ok(Ok(words.with("said-resumed", "at", words.moment(round.closes_at))))
        })
        .await?;
    form.answer(done, "", show::page).await
}

/// A step as a sentence, and why it was done.
pub(super) fn told(row: StepRow, words: Words) -> (String, String) {
    let values = [
        ("at", words.moment(row.at)),
        ("until", row.until.map(|until| words.moment(until)).unwrap_or_default()),
        ("name", row.person.unwrap_or_else(|| words.say("audit-command-line"))),
    ];
    (words.fill(&format!("step-{}", row.step), values), row.reason)
}
