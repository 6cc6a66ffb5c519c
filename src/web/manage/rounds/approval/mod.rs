//! `/manage/rounds/{slug}/approval`: two people. One submits the round, another sees what changed since the last approval and the
//! forms as parents will see them, and approves or sends back.

mod changes;
mod decide;
mod page;
mod preview;

use chrono::NaiveDateTime;

use super::Outcome;
use super::opening::hindrance;
use super::trouble::Trouble;
use crate::store::approval_rules;
use crate::store::approvals::{self, ApprovalRow};
use crate::store::rounds::{self, RoundRow};
use crate::store::{Db, StoreError};
use crate::survey::approval::{Dossier, Standing, Verdict};
use crate::survey::round::Gate;
use crate::web::words::Words;

pub(super) use self::decide::{approve, give_back, renew, submit};
pub(super) use self::page::show;
pub(super) use self::preview::form;

/// What there is to approve of a round, and what was submitted of it last.
pub(super) struct Case {
    /// The round as it stands.
    pub now: Dossier,
    /// What was submitted last.
    pub last: Option<ApprovalRow>,
    /// Where that leaves it.
    pub standing: Standing,
    /// Whether somebody has to approve it before it opens.
    pub is_needed: bool,
    /// Whether people can answer it, or could: then nothing is approved any more.
    pub has_begun: bool,
}

impl Case {
    /// Reads it.
    pub(super) fn read(db: &mut Db, round: &RoundRow, now: NaiveDateTime) -> Result<Self, StoreError> {
        let dossier = approvals::dossier(db, round)?;
        let last = approvals::latest(db, round.id)?;
        let submitted = last.as_ref().map(|row| Ok::<_, StoreError>((row.dossier()?, row.verdict()))).transpose()?;
        let standing = Standing::of(submitted.as_ref().map(|(dossier, verdict)| (dossier, *verdict)), &dossier);
        let is_needed = approval_rules::of(db, round.owner_id)?.is_in_force(now);
        let has_begun = round.opens_at.is_some() && round.window().gate(now) != Gate::NotYet;
        Ok(Self { now: dossier, last, standing, is_needed, has_begun })
    }

    /// Where it stands, in a word or two, with the look of its pill; nothing where nobody asked and nobody needs to.
    pub(super) fn label(&self, words: Words) -> Option<(String, &'static str)> {
        let (name, tone) = match self.standing {
            Standing::New if !self.is_needed => return None,
            Standing::Changed(Verdict::Approved) if self.has_begun => ("approval-approved-then", ""),
            Standing::New | Standing::Waiting | Standing::Returned | Standing::Changed(_) if self.has_begun => {
                ("approval-without", "warn")
            }
            Standing::New => ("approval-new", "warn"),
            Standing::Waiting => ("approval-waiting", "warn"),
            Standing::Returned => ("approval-returned", "bad"),
            Standing::Approved => ("approval-approved", ""),
            Standing::Changed(_) => ("approval-changed", "warn"),
        };
        Some((words.say(name), tone))
    }

    /// Whether this submission can still be decided about.
    fn is_awaited(&self, row: &ApprovalRow) -> bool {
        let is_last = self.last.as_ref().is_some_and(|last| last.id == row.id);
        is_last && self.standing == Standing::Waiting && !self.has_begun
    }

    /// Why it was sent back, while nobody has submitted it again.
    pub(super) fn returned_for(&self) -> Option<&str> {
        let is_returned = self.standing == Standing::Returned && !self.has_begun;
        self.last.as_ref().filter(|_| is_returned).map(|row| row.reason.as_str())
    }
}

/// A round that was to open at a set time does not open by itself if it is not approved as it now stands, or if something that it
/// cannot open without is missing.
pub(in crate::web::manage) fn keep_shut(db: &mut Db, round: &RoundRow, now: NaiveDateTime) -> Result<bool, StoreError> {
    let Some(round) = rounds::by_id(db, round.id)? else { return Ok(false) };
    let is_planned = round.opens_at.is_some() && round.window().gate(now) == Gate::NotYet;
    if !is_planned || hindrance(db, &round, now, Words::VI)?.is_none() {
        return Ok(false);
    }
    rounds::unplan(db, round.id)?;
    Ok(true)
}

/// Only rounds that nobody could answer yet are approved.
fn has_not_begun(round: &RoundRow, now: NaiveDateTime, words: Words) -> Outcome<()> {
    match round.window().gate(now) {
        Gate::NotYet => Ok(()),
        _ if round.opens_at.is_none() => Ok(()),
        _ => Err(Trouble::page(words.say("said-too-late"))),
    }
}
