//! What was submitted for approval, and what became of it.

use chrono::NaiveDateTime;
use data_encoding::HEXLOWER;
use diesel::prelude::*;

use super::rounds::RoundRow;
use super::schema::{account, approval, audit, questionnaire_draft, questionnaire_history};
use super::{Db, StoreError, approval_rules, campaigns, collectors, parents_notices, questionnaires, quotas, rounds};
use crate::secret::digest;
use crate::survey::approval::{Dossier, Quota, Verdict, Wording};
use crate::survey::audit::Action;

/// Something that was submitted.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct ApprovalRow {
    /// Its number.
    pub id: i64,
    /// Which round.
    pub round_id: i64,
    /// A [`Dossier`] as text.
    pub content: String,
    /// Of that text.
    pub fingerprint: String,
    /// What was said to whoever decides.
    pub note: String,
    /// By which account.
    pub submitted_by: i64,
    /// When, UTC.
    pub submitted_at: NaiveDateTime,
    /// Who decided.
    pub decided_by: Option<i64>,
    /// When it was approved, UTC.
    pub approved_at: Option<NaiveDateTime>,
    /// When it was sent back, UTC.
    pub returned_at: Option<NaiveDateTime>,
    /// Why.
    pub reason: String,
}

impl ApprovalRow {
    /// What was submitted.
    ///
    /// # Errors
    /// The stored text is none of ours.
    pub fn dossier(&self) -> Result<Dossier, StoreError> {
        serde_json::from_str(&self.content).map_err(|error| StoreError::corrupt("approval", error))
    }

    /// What became of it.
    pub fn verdict(&self) -> Verdict {
        match (self.approved_at, self.returned_at) {
            (Some(_), _) => Verdict::Approved,
            (None, Some(_)) => Verdict::Returned,
            (None, None) => Verdict::Waiting,
        }
    }
}

/// The fingerprint of what is submitted.
pub fn fingerprint(dossier: &Dossier) -> String {
    HEXLOWER.encode(&digest(dossier.text().as_bytes()))
}

/// What there is to approve of a round as it stands.
///
/// # Errors
/// The database failed.
pub fn dossier(db: &mut Db, round: &RoundRow) -> Result<Dossier, StoreError> {
    let forms = questionnaires::of_round(db, round.id)?;
    let asked: Vec<i64> = rounds::targets(db, round.id)?.into_iter().map(|target| target.unit_id).collect();
    let named = rounds::units(db, round.id)?.into_iter().filter(|unit| asked.contains(&unit.id));
    let live = collectors::of_round(db, round.id)?.into_iter();
    let live = live.filter(|row| row.revoked_at.is_none() && asked.contains(&row.unit_id));
    let code_of = |id: i64| forms.iter().find(|form| form.id == id).map(|form| form.code.clone()).unwrap_or_default();
    let quotas = quotas::of_round(db, round.id)?.into_iter();
    let quotas = quotas.map(|own| Quota { code: code_of(own.version_id), stratum: own.stratum, most: own.most });
    Ok(Dossier {
        title: round.title.clone(),
        contact: round.contact.clone(),
        closes_at: round.closes_at,
        results_by: round.results_by,
        minimum_group: round.minimum_group,
        access: round.access.clone(),
        unit_most: round.unit_most,
        quotas: in_order(quotas),
        takes_pictures: round.pictures_allowed_at.is_some(),
        shows_interim: round.interim_allowed_at.is_some(),
        is_sealed: round.sealed_at.is_some(),
        plan: campaigns::of_round(db, round.id)?.map(|campaign| campaign.plan),
        parents_notice: parents_notices::of_round(db, round.id)?,
        channels: in_order(live.map(|row| row.channel)),
        units: in_order(named.map(|unit| unit.code)),
        wordings: in_order(forms.iter().map(|form| Wording { code: form.code.clone(), version: form.version })),
    })
}

fn in_order<T: Ord>(things: impl Iterator<Item = T>) -> Vec<T> {
    let mut things: Vec<T> = things.collect();
    things.sort();
    things.dedup();
    things
}

/// Whether a round waits for an approval before it can open: two people are needed, and what was approved is not what it is.
///
/// # Errors
/// The database failed.
pub fn is_missing(db: &mut Db, round: &RoundRow, now: NaiveDateTime) -> Result<bool, StoreError> {
    if !approval_rules::of(db, round.owner_id)?.is_in_force(now) {
        return Ok(false);
    }
    let approved = latest(db, round.id)?.filter(|row| row.approved_at.is_some());
    let approved = approved.map(|row| row.dossier()).transpose()?;
    Ok(approved != Some(dossier(db, round)?))
}

/// Submits a round as it stands.
///
/// # Errors
/// The database failed.
pub fn submit(
    db: &mut Db,
    round_id: i64,
    dossier: &Dossier,
    note: &str,
    by: i64,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    diesel::insert_into(approval::table)
        .values((
            approval::round_id.eq(round_id),
            approval::content.eq(dossier.text()),
            approval::fingerprint.eq(fingerprint(dossier)),
            approval::note.eq(note),
            approval::submitted_by.eq(by),
            approval::submitted_at.eq(now),
            approval::reason.eq(""),
        ))
        .execute(db)?;
    Ok(())
}

/// Decides about what was submitted.
///
/// # Errors
/// The database failed.
pub fn decide(
    db: &mut Db,
    id: i64,
    verdict: Verdict,
    reason: &str,
    by: i64,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let at = |wanted| (verdict == wanted).then_some(now);
    diesel::update(approval::table.find(id))
        .set((
            approval::decided_by.eq(by),
            approval::approved_at.eq(at(Verdict::Approved)),
            approval::returned_at.eq(at(Verdict::Returned)),
            approval::reason.eq(reason),
        ))
        .execute(db)?;
    Ok(())
}

/// Everything that was submitted of a round, the latest first.
///
/// # Errors
/// The database failed.
pub fn of_round(db: &mut Db, round_id: i64) -> Result<Vec<ApprovalRow>, StoreError> {
    Ok(approval::table.filter(approval::round_id.eq(round_id)).order(approval::id.desc()).load(db)?)
}

/// What was submitted of a round last.
///
/// # Errors
/// The database failed.
pub fn latest(db: &mut Db, round_id: i64) -> Result<Option<ApprovalRow>, StoreError> {
    let own = approval::table.filter(approval::round_id.eq(round_id)).order(approval::id.desc());
    Ok(own.first(db).optional()?)
}

/// Forgets what was submitted of a round that goes.
///
/// # Errors
/// The database failed.
pub(super) fn delete(db: &mut Db, round_id: i64) -> Result<(), StoreError> {
    diesel::delete(approval::table.filter(approval::round_id.eq(round_id))).execute(db)?;
    Ok(())
}

/// The content of the newest version of a questionnaire that was approved for a round of this unit, and its number.
///
/// # Errors
/// The database failed, or holds something that is no dossier.
pub fn approved_wording(db: &mut Db, owner_id: i64, code: &str) -> Result<Option<(i64, String)>, StoreError> {
    use super::schema::{questionnaire_version, round};
    let approved: Vec<ApprovalRow> = approval::table
        .filter(approval::approved_at.is_not_null())
        .filter(approval::round_id.eq_any(round::table.filter(round::owner_id.eq(owner_id)).select(round::id)))
        .order(approval::id.desc())
        .load(db)?;
    for row in approved {
        let Some(wording) = row.dossier()?.wordings.into_iter().find(|wording| wording.code == code) else { continue };
        let version = questionnaire_version::table
            .filter(questionnaire_version::code.eq(code))
            .filter(questionnaire_version::version.eq(wording.version))
            .select((questionnaire_version::version, questionnaire_version::content));
        return Ok(version.first(db).optional()?);
    }
    Ok(None)
}

/// The official template that an office's own questionnaire keeps, by its code.
///
/// # Errors
/// The database failed.
pub fn template_of(db: &mut Db, code: &str) -> Result<Option<String>, StoreError> {
    let own = questionnaire_draft::table.filter(questionnaire_draft::code.eq(code));
    let based_on: Option<Option<String>> = own.select(questionnaire_draft::based_on).first(db).optional()?;
    Ok(based_on.flatten())
}

/// Rounds whose latest submission waits for a decision.
///
/// # Errors
/// The database failed.
pub fn waiting(db: &mut Db) -> Result<Vec<RoundRow>, StoreError> {
    let undecided = approval::table.filter(approval::approved_at.is_null()).filter(approval::returned_at.is_null());
    let ids: Vec<i64> = undecided.select(approval::round_id).distinct().load(db)?;
    let mut waiting = Vec::new();
    for id in ids {
        let latest = latest(db, id)?.filter(|row| row.verdict() == Verdict::Waiting);
        waiting.extend(latest.map(|_| rounds::by_id(db, id)).transpose()?.flatten());
    }
    Ok(waiting)
}

/// Who changed a round last; none: the command line, or nobody.
///
/// # Errors
/// The database failed.
pub fn last_changed_by(db: &mut Db, round: &RoundRow) -> Result<Option<i64>, StoreError> {
    let deeds = [Action::RoundMade, Action::RoundEdited, Action::CodesMade, Action::CollectorMade];
    let changed: Option<Option<i64>> = audit::table
        .filter(audit::unit_id.eq(round.owner_id).and(audit::subject.eq(&round.slug)))
        .filter(audit::action.eq_any(deeds.map(Action::code)))
        .order(audit::id.desc())
        .select(audit::account_id)
        .first(db)
        .optional()?;
    Ok(changed.flatten())
}

/// Who wrote what a round asks and who changed the round last: they do not approve it.
///
/// # Errors
/// The database failed.
pub fn authors(db: &mut Db, round: &RoundRow) -> Result<Vec<i64>, StoreError> {
    let mut authors: Vec<i64> = last_changed_by(db, round)?.into_iter().collect();
    for form in questionnaires::of_round(db, round.id)? {
        let written: Option<i64> = questionnaire_history::table
            .filter(questionnaire_history::content.eq(&form.content))
            .filter(
                questionnaire_history::draft_id.eq_any(
                    questionnaire_draft::table
                        .filter(questionnaire_draft::code.eq(&form.code))
                        .select(questionnaire_draft::id),
                ),
            )
            .order(questionnaire_history::revision.desc())
            .select(questionnaire_history::changed_by)
            .first(db)
            .optional()?;
        authors.extend(written);
    }
    Ok(authors)
}

/// The names of these accounts.
///
/// # Errors
/// The database failed.
pub fn names(db: &mut Db, ids: &[i64]) -> Result<Vec<(i64, String)>, StoreError> {
    Ok(account::table.filter(account::id.eq_any(ids)).select((account::id, account::name)).load(db)?)
}
