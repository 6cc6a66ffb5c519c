//! Submitting, approving, sending back, and taking newer versions of the questionnaires.

use actix_web::HttpResponse;

use super::page::{barred, page};
use super::{Case, has_not_begun};
use crate::draft;
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, approvals};
use crate::survey::approval::{Dossier, Standing, Verdict, Wording};
use crate::survey::audit::Action;
use crate::web::deed::Deed;
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::manage::rounds::Outcome;
use crate::web::manage::rounds::form::RoundForm;
use crate::web::manage::rounds::opening::unready;
use crate::web::manage::trouble::Trouble;
use crate::web::session::{Approver, Officer, Opener, Planner};

/// So many letters of a note or a reason are kept.
const LETTERS: usize = 1000;

/// What was written, within bounds.
fn written(fields: &Fields, name: &str) -> String {
    fields.one(name).chars().take(LETTERS).collect()
}

/// `POST …/approval/submit`
pub(in crate::web::manage::rounds) async fn submit(form: RoundForm<Opener>) -> Result<HttpResponse, Failure> {
    let RoundForm { officer, fields, .. } = &form;
    let (words, now, by, note) = (form.words(), form.now(), officer.account_id, written(fields, "note"));
    let done = form
        .change(Action::ApprovalAsked, move |db, round| {
            if let Err(trouble) = has_not_begun(&round, now, words) {
                return Ok(Err(trouble));
            }
            if let Some(sentence) = unready(db, &round, now, words)? {
                return Ok(Err(Trouble::page(sentence)));
            }
            let case = Case::read(db, &round, now)?;
            if !case.standing.may_be_submitted() {
                return Ok(Err(Trouble::page(words.say("approval-submitted-already"))));
            }
            approvals::submit(db, round.id, &case.now, &note, by, now)?;
            Ok(Ok(words.say("said-submitted")))
        })
        .await?;
    form.answer(done, "/approval", page).await
}

/// `POST …/approval/approve`
pub(in crate::web::manage::rounds) async fn approve(form: RoundForm<Approver>) -> Result<HttpResponse, Failure> {
    let RoundForm { officer, fields, .. } = &form;
    let (approver, now, seen) = (officer.0.clone(), form.now(), fields.one("fingerprint").to_owned());
    let (reason, is_sure) = (written(fields, "reason"), fields.is_sure());
    let done = form
        .change(Action::ApprovalGiven, move |db, round| {
            let id = match undecided(db, &approver, &round, &seen, now)? {
                Ok(_) if !is_sure => return Ok(Err(Trouble::at("approve", approver.words.say("said-not-sure")))),
                Ok((id, dossier)) => {
                    note_published(db, &approver, &round, &dossier, now)?;
                    id
                }
                Err(trouble) => return Ok(Err(trouble)),
            };
            approvals::decide(db, id, Verdict::Approved, &reason, approver.account_id, now)?;
            Ok(Ok(approver.words.say("said-approved")))
        })
        .await?;
    form.answer(done, "/approval", page).await
}

/// Versions that were not approved before are published by this approval; the log says so of each.
fn note_published(
    db: &mut Db,
    officer: &Officer,
    round: &RoundRow,
    dossier: &Dossier,
    now: chrono::NaiveDateTime,
) -> Result<(), StoreError> {
    for Wording { code, version } in &dossier.wordings {
        let known = approvals::approved_wording(db, round.owner_id, code)?;
        if known.is_none_or(|(approved, _)| approved != *version) {
            let deed = Deed::with(Action::QuestionnairePublished, [version.to_string()]);
            officer.note(db, now, round.owner_id, deed, code)?;
        }
    }
    Ok(())
}

/// `POST …/approval/return`: back to whoever submitted it, with a reason.
pub(in crate::web::manage::rounds) async fn give_back(form: RoundForm<Approver>) -> Result<HttpResponse, Failure> {
    let RoundForm { officer, fields, .. } = &form;
    let (approver, now, seen) = (officer.0.clone(), form.now(), fields.one("fingerprint").to_owned());
    let reason = written(fields, "reason");
    let done = form
        .change(Action::ApprovalRefused, move |db, round| {
            let id = match undecided(db, &approver, &round, &seen, now)? {
                Ok((id, _)) => id,
                Err(trouble) => return Ok(Err(trouble)),
            };
            if reason.is_empty() {
                return Ok(Err(Trouble::at("return", approver.words.say("approval-reason-wrong"))));
            }
            approvals::decide(db, id, Verdict::Returned, &reason, approver.account_id, now)?;
            Ok(Ok(approver.words.say("said-given-back")))
        })
        .await?;
    form.answer(done, "/approval", page).await
}

/// What this officer can decide now: the submission that the page showed, of a round that is still as it was submitted.
fn undecided(
    db: &mut Db,
    officer: &Officer,
    round: &RoundRow,
    seen: &str,
    now: chrono::NaiveDateTime,
) -> Result<Outcome<(i64, Dossier)>, StoreError> {
    let words = officer.words;
    if let Err(trouble) = has_not_begun(round, now, words) {
        return Ok(Err(trouble));
    }
    let case = Case::read(db, round, now)?;
    if let Some(sentence) = barred(db, officer, round, &case, now)? {
        return Ok(Err(Trouble::page(sentence)));
    }
    match case.last {
        Some(row) if case.standing == Standing::Waiting && row.fingerprint == seen => Ok(Ok((row.id, case.now))),
        _ => Ok(Err(Trouble::page(words.say("approval-not-this")))),
    }
}

/// `POST …/approval/renew`: the questionnaires as they stand in the office's own room now.
pub(in crate::web::manage::rounds) async fn renew(form: RoundForm<Planner>) -> Result<HttpResponse, Failure> {
    let (words, now) = (form.words(), form.now());
    let done = form
        .change(Action::RoundEdited, move |db, round| {
            if let Err(trouble) = has_not_begun(&round, now, words) {
                return Ok(Err(trouble));
            }
            let renewed = draft::renew(db, &round, now)?;
            let codes = renewed.join(", ");
            if renewed.is_empty() {
                return Ok(Err(Trouble::page(words.say("approval-nothing-newer"))));
            }
            Ok(Ok(words.with("said-renewed", "codes", codes)))
        })
        .await?;
    form.answer(done, "/approval", page).await
}
