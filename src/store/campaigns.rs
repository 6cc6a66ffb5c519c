//! Campaigns, their questionnaires and their rounds.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::rounds::{self, RoundRow};
use super::schema::{campaign, campaign_questionnaire, campaign_round, round};
use super::{Db, StoreError, meta};
use crate::survey::campaign::Plan;

/// A campaign as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignRow {
    /// Its number.
    pub id: i64,
    /// The office that asks.
    pub owner_id: i64,
    /// What the plan says.
    pub plan: Plan,
    /// The campaign of an earlier year that it was made from.
    pub cloned_from: Option<i64>,
}

/// The columns in order.
type Columns = (i64, i64, String, String, Option<NaiveDate>, String, String, String, i64, String, Option<i64>);

const COLUMNS: (
    campaign::id,
    campaign::owner_id,
    campaign::title,
    campaign::plan_number,
    campaign::plan_date,
    campaign::legal_basis,
    campaign::partners,
    campaign::purpose,
    campaign::kept_months,
    campaign::contact,
    campaign::cloned_from,
) = (
    campaign::id,
    campaign::owner_id,
    campaign::title,
    campaign::plan_number,
    campaign::plan_date,
    campaign::legal_basis,
    campaign::partners,
    campaign::purpose,
    campaign::kept_months,
    campaign::contact,
    campaign::cloned_from,
);

impl From<Columns> for CampaignRow {
    fn from(columns: Columns) -> Self {
        let (id, owner_id, title, number, date, legal_basis, partners, purpose, kept_months, contact, cloned_from) =
            columns;
        let plan = Plan { title, number, date, legal_basis, partners, purpose, kept_months, contact };
        Self { id, owner_id, plan, cloned_from }
    }
}

/// What a change writes.
macro_rules! values {
    ($plan:expr, $by:expr, $now:expr) => {
        (
            campaign::title.eq(&$plan.title),
            campaign::plan_number.eq(&$plan.number),
            campaign::plan_date.eq($plan.date),
            campaign::legal_basis.eq(&$plan.legal_basis),
            campaign::partners.eq(&$plan.partners),
            campaign::purpose.eq(&$plan.purpose),
            campaign::kept_months.eq($plan.kept_months),
            campaign::contact.eq(&$plan.contact),
            campaign::changed_at.eq($now),
            campaign::changed_by.eq($by),
        )
    };
}

/// Makes a campaign; its number.
///
/// # Errors
/// The database failed.
pub fn insert(
    db: &mut Db,
    owner_id: i64,
    plan: &Plan,
    cloned_from: Option<i64>,
    by: i64,
    now: NaiveDateTime,
) -> Result<i64, StoreError> {
    Ok(diesel::insert_into(campaign::table)
        .values((campaign::owner_id.eq(owner_id), campaign::cloned_from.eq(cloned_from), values!(plan, by, now)))
        .returning(campaign::id)
        .get_result(db)?)
}

/// Says something else about a campaign.
///
/// # Errors
/// The database failed.
pub fn edit(db: &mut Db, id: i64, plan: &Plan, by: i64, now: NaiveDateTime) -> Result<(), StoreError> {
    diesel::update(campaign::table.find(id)).set(values!(plan, by, now)).execute(db)?;
    meta::bump_revision(db)
}

/// Deletes a campaign without rounds.
///
/// # Errors
/// The database failed.
pub fn delete(db: &mut Db, id: i64) -> Result<(), StoreError> {
    let none: Option<i64> = None;
    diesel::update(campaign::table.filter(campaign::cloned_from.eq(id)))
        .set(campaign::cloned_from.eq(none))
        .execute(db)?;
    diesel::delete(campaign_questionnaire::table.filter(campaign_questionnaire::campaign_id.eq(id))).execute(db)?;
    diesel::delete(campaign::table.find(id)).execute(db)?;
    Ok(())
}

/// Until the end of the transaction nobody else changes this campaign.
///
/// # Errors
/// The database failed.
pub fn hold(db: &mut Db, id: i64) -> Result<(), StoreError> {
    diesel::update(campaign::table.find(id)).set(campaign::id.eq(id)).execute(db)?;
    Ok(())
}

/// The campaign with this number.
///
/// # Errors
/// The database failed.
pub fn find(db: &mut Db, id: i64) -> Result<Option<CampaignRow>, StoreError> {
    let found: Option<Columns> = campaign::table.find(id).select(COLUMNS).first(db).optional()?;
    Ok(found.map(CampaignRow::from))
}

/// All campaigns, newest first.
///
/// # Errors
/// The database failed.
pub fn all(db: &mut Db) -> Result<Vec<CampaignRow>, StoreError> {
    let rows: Vec<Columns> = campaign::table.order(campaign::id.desc()).select(COLUMNS).load(db)?;
    Ok(rows.into_iter().map(CampaignRow::from).collect())
}

/// The campaign of a round.
///
/// # Errors
/// The database failed.
pub fn of_round(db: &mut Db, round_id: i64) -> Result<Option<CampaignRow>, StoreError> {
    let id: Option<i64> =
        campaign_round::table.find(round_id).select(campaign_round::campaign_id).first(db).optional()?;
    id.map_or(Ok(None), |id| find(db, id))
}

/// The rounds of a campaign, in the order in which they were made.
///
/// # Errors
/// The database failed.
pub fn rounds_of(db: &mut Db, id: i64) -> Result<Vec<RoundRow>, StoreError> {
    let own = campaign_round::table.filter(campaign_round::campaign_id.eq(id)).select(campaign_round::round_id);
    Ok(round::table.filter(round::id.eq_any(own)).order(round::id).load(db)?)
}

/// The rounds of an office that belong to no campaign, newest first.
///
/// # Errors
/// The database failed.
pub fn rounds_without(db: &mut Db, owner_id: i64) -> Result<Vec<RoundRow>, StoreError> {
    let taken: Vec<i64> = campaign_round::table.select(campaign_round::round_id).load(db)?;
    let all = rounds::all(db)?.into_iter();
    Ok(all.filter(|round| round.owner_id == owner_id && !taken.contains(&round.id)).collect())
}

/// Makes a round part of a campaign, of none where none is given.
///
/// # Errors
/// The database failed.
pub fn put_round(db: &mut Db, round_id: i64, campaign_id: Option<i64>) -> Result<(), StoreError> {
    diesel::delete(campaign_round::table.find(round_id)).execute(db)?;
    if let Some(campaign_id) = campaign_id {
        diesel::insert_into(campaign_round::table)
            .values((campaign_round::round_id.eq(round_id), campaign_round::campaign_id.eq(campaign_id)))
            .execute(db)?;
    }
    meta::bump_revision(db)
}

/// The codes of the questionnaires that a plan names.
///
/// # Errors
/// The database failed.
pub fn questionnaires(db: &mut Db, id: i64) -> Result<Vec<String>, StoreError> {
    Ok(campaign_questionnaire::table
        .filter(campaign_questionnaire::campaign_id.eq(id))
        .order(campaign_questionnaire::code)
        .select(campaign_questionnaire::code)
        .load(db)?)
}

/// Names other questionnaires.
///
/// # Errors
/// The database failed.
pub fn put_questionnaires(db: &mut Db, id: i64, codes: &[String]) -> Result<(), StoreError> {
    diesel::delete(campaign_questionnaire::table.filter(campaign_questionnaire::campaign_id.eq(id))).execute(db)?;
    for code in codes {
        diesel::insert_into(campaign_questionnaire::table)
            .values((campaign_questionnaire::campaign_id.eq(id), campaign_questionnaire::code.eq(code)))
            .execute(db)?;
    }
    Ok(())
}
