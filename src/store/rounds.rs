//! Rounds, and the units and questionnaires that they ask.

mod asked;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::schema::{
    campaign_round, parents_notice, round, round_questionnaire, round_step, round_unit, unit, unit_choice,
};
use super::{Db, StoreError, access_codes, approvals, invitations, meta, paper_forms, quotas, withdrawals};
use crate::survey::round::{Access, Pause, Window};

pub use self::asked::{
    NamedUnit, TargetRow, levels, put_target, remove_unit, return_unit, targets, targets_ever, units,
};

/// One round.
#[derive(Debug, Clone, Queryable)]
pub struct RoundRow {
    /// Internal id.
    pub id: i64,
    /// Its name in URLs.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// The steering unit.
    pub owner_id: i64,
    /// Groups below this many submissions never leave the steering unit.
    pub minimum_group: i64,
    /// Whom to ask about it.
    pub contact: String,
    /// When it was drafted, UTC.
    pub created_at: NaiveDateTime,
    /// When it opens, UTC; empty: not opened.
    pub opens_at: Option<NaiveDateTime>,
    /// When it closes, UTC.
    pub closes_at: NaiveDateTime,
    /// When the figures were frozen.
    pub frozen_at: Option<NaiveDateTime>,
    /// When interim releases were allowed.
    pub interim_allowed_at: Option<NaiveDateTime>,
    /// Forms that were withdrawn.
    pub withdrawn: i64,
    /// How one gets in, as [`Access`] names it.
    pub access: String,
    /// The most forms that count from each unit.
    pub unit_most: Option<i64>,
    /// When pictures were allowed; empty: questions that ask for some are left out.
    pub pictures_allowed_at: Option<NaiveDateTime>,
    /// The last day by which those who answered are told the result, in Việt Nam.
    pub results_by: Option<NaiveDate>,
    /// Since when it pauses or paused last, UTC.
    pub paused_at: Option<NaiveDateTime>,
    /// Until when, UTC.
    pub paused_until: Option<NaiveDateTime>,
    /// When it was said that nobody sees what was answered until the figures are frozen.
    pub sealed_at: Option<NaiveDateTime>,
}

impl RoundRow {
    /// How one gets in.
    ///
    /// # Errors
    /// The stored word is none of ours.
    pub fn access(&self) -> Result<Access, StoreError> {
        self.access.parse().map_err(|error| StoreError::corrupt("round", error))
    }

    /// Whether nobody may see what was answered now: no figures by answer, no rows, no release.
    pub fn is_sealed(&self) -> bool {
        self.sealed_at.is_some() && self.frozen_at.is_none()
    }

    /// When it takes answers; a frozen round takes none.
    pub fn window(&self) -> Window {
        let pause = self.paused_at.zip(self.paused_until).map(|(since, until)| Pause { since, until });
        Window { opens_at: self.opens_at, closes_at: self.closes_at, frozen_at: self.frozen_at, pause }
    }
}

/// What people are told about a round.
#[derive(Debug, Clone, Copy)]
pub struct Cover<'a> {
    /// What it is called.
    pub title: &'a str,
    /// Whom to ask about it.
    pub contact: &'a str,
    /// When it closes, UTC.
    pub closes_at: NaiveDateTime,
    /// The last day by which those who answered are told the result, in Việt Nam.
    pub results_by: Option<NaiveDate>,
}

/// A new round.
#[derive(Debug, Clone)]
pub struct NewRound<'a> {
    /// Its name in URLs.
    pub slug: &'a str,
    /// What people are told about it.
    pub cover: Cover<'a>,
    /// The steering unit.
    pub owner_id: i64,
    /// Groups below this many never leave the steering unit.
    pub minimum_group: i64,
    /// Versions of its questionnaires.
    pub versions: &'a [i64],
}

/// Drafts a round.
///
/// # Errors
/// [`StoreError::Exists`] when the slug is taken.
pub fn insert(db: &mut Db, new: &NewRound<'_>, now: NaiveDateTime) -> Result<i64, StoreError> {
    let id: i64 = diesel::insert_into(round::table)
        .values((
            round::slug.eq(new.slug),
            round::title.eq(new.cover.title),
            round::owner_id.eq(new.owner_id),
            round::minimum_group.eq(new.minimum_group),
            round::contact.eq(new.cover.contact),
            round::created_at.eq(now),
            round::closes_at.eq(new.cover.closes_at),
            round::results_by.eq(new.cover.results_by),
        ))
        .returning(round::id)
        .get_result(db)
        .map_err(StoreError::from)
        .map_err(
            |error| if error.is_duplicate() { StoreError::Exists("a round with this short name") } else { error },
        )?;
    for version in new.versions {
        diesel::insert_into(round_questionnaire::table)
            .values((round_questionnaire::round_id.eq(id), round_questionnaire::version_id.eq(version)))
            .execute(db)?;
    }
    meta::bump_revision(db)?;
    Ok(id)
}

/// The round of this slug.
///
/// # Errors
/// The database failed.
pub fn by_slug(db: &mut Db, slug: &str) -> Result<Option<RoundRow>, StoreError> {
    Ok(round::table.filter(round::slug.eq(slug)).first(db).optional()?)
}

/// The round of this id.
///
/// # Errors
/// The database failed.
pub fn by_id(db: &mut Db, id: i64) -> Result<Option<RoundRow>, StoreError> {
    Ok(round::table.find(id).first(db).optional()?)
}

/// Until the end of the transaction nobody else changes the round of this slug: what was checked about it still holds.
///
/// # Errors
/// The database failed.
pub fn hold(db: &mut Db, slug: &str) -> Result<(), StoreError> {
    diesel::update(round::table.filter(round::slug.eq(slug))).set(round::slug.eq(slug)).execute(db)?;
    Ok(())
}

/// Takes the day away on which a round that has not begun would open.
///
/// # Errors
/// The database failed.
pub fn unplan(db: &mut Db, round_id: i64) -> Result<(), StoreError> {
    let none: Option<NaiveDateTime> = None;
    diesel::update(round::table.find(round_id)).set(round::opens_at.eq(none)).execute(db)?;
    meta::bump_revision(db)
}

/// All rounds, newest first.
///
/// # Errors
/// The database failed.
pub fn all(db: &mut Db) -> Result<Vec<RoundRow>, StoreError> {
    Ok(round::table.order(round::id.desc()).load(db)?)
}

/// The name of the unit that steers a round.
///
/// # Errors
/// The database failed.
pub fn owner_name(db: &mut Db, owner_id: i64) -> Result<String, StoreError> {
    Ok(unit::table.find(owner_id).select(unit::name).first(db)?)
}

/// Changes what people are told about a round.
///
/// # Errors
/// The database failed.
pub fn edit(db: &mut Db, round_id: i64, cover: &Cover<'_>) -> Result<(), StoreError> {
    diesel::update(round::table.find(round_id))
        .set((
            round::title.eq(cover.title),
            round::contact.eq(cover.contact),
            round::closes_at.eq(cover.closes_at),
            round::results_by.eq(cover.results_by),
        ))
        .execute(db)?;
    meta::bump_revision(db)
}

/// Deletes a round that has never taken a form, with its links. Published questionnaires stay.
///
/// # Errors
/// The database failed.
pub fn delete(db: &mut Db, round_id: i64) -> Result<(), StoreError> {
    use super::schema::collector;
    access_codes::delete(db, round_id)?;
    invitations::delete(db, round_id)?;
    quotas::delete(db, round_id)?;
    approvals::delete(db, round_id)?;
    diesel::delete(campaign_round::table.find(round_id)).execute(db)?;
    diesel::delete(unit_choice::table.find(round_id)).execute(db)?;
    diesel::delete(parents_notice::table.find(round_id)).execute(db)?;
    diesel::delete(round_step::table.filter(round_step::round_id.eq(round_id))).execute(db)?;
    diesel::delete(collector::table.filter(collector::round_id.eq(round_id))).execute(db)?;
    diesel::delete(round_unit::table.filter(round_unit::round_id.eq(round_id))).execute(db)?;
    diesel::delete(round_questionnaire::table.filter(round_questionnaire::round_id.eq(round_id))).execute(db)?;
    diesel::delete(round::table.find(round_id)).execute(db)?;
    meta::bump_revision(db)
}

/// Sets below how many forms a group never leaves the steering unit; only before it has begun.
///
/// # Errors
/// The database failed.
pub fn set_minimum(db: &mut Db, round_id: i64, minimum: i64) -> Result<(), StoreError> {
    diesel::update(round::table.find(round_id)).set(round::minimum_group.eq(minimum)).execute(db)?;
    meta::bump_revision(db)
}

/// Sets how one gets into a round; only before it has begun.
///
/// # Errors
/// The database failed.
pub fn set_access(db: &mut Db, round_id: i64, access: Access) -> Result<(), StoreError> {
    diesel::update(round::table.find(round_id)).set(round::access.eq(access.code())).execute(db)?;
    meta::bump_revision(db)
}

/// Opens a round now, or at a later time.
///
/// # Errors
/// The database failed.
pub fn open(db: &mut Db, round_id: i64, at: NaiveDateTime) -> Result<(), StoreError> {
    diesel::update(round::table.find(round_id)).set(round::opens_at.eq(at)).execute(db)?;
    meta::bump_revision(db)
}

/// Sets another closing time: later to extend, earlier to close early.
///
/// # Errors
/// The database failed.
pub fn close_at(db: &mut Db, round_id: i64, at: NaiveDateTime) -> Result<(), StoreError> {
    diesel::update(round::table.find(round_id)).set(round::closes_at.eq(at)).execute(db)?;
    meta::bump_revision(db)
}

/// Allows interim releases during fieldwork, or seals results until close.
///
/// # Errors
/// The database failed.
pub fn allow_interim(db: &mut Db, round_id: i64, at: Option<NaiveDateTime>) -> Result<(), StoreError> {
    diesel::update(round::table.find(round_id)).set(round::interim_allowed_at.eq(at)).execute(db)?;
    meta::bump_revision(db)
}

/// Allows pictures in a round that has not begun, or leaves them out again.
///
/// # Errors
/// The database failed.
pub fn allow_pictures(db: &mut Db, round_id: i64, at: Option<NaiveDateTime>) -> Result<(), StoreError> {
    diesel::update(round::table.find(round_id)).set(round::pictures_allowed_at.eq(at)).execute(db)?;
    meta::bump_revision(db)
}

/// Freezes the figures: no form is taken or withdrawn from now on; fingerprints of answers, the way from a secret to its form
/// and codes that nobody used are forgotten.
///
/// # Errors
/// The database failed.
pub fn freeze(db: &mut Db, round_id: i64, at: NaiveDateTime) -> Result<(), StoreError> {
    use super::schema::receipt;
    let none: Option<Vec<u8>> = None;
    db.wait_for_forms()?;
    diesel::update(round::table.find(round_id)).set(round::frozen_at.eq(at)).execute(db)?;
    diesel::update(receipt::table.filter(receipt::round_id.eq(round_id)))
        .set(receipt::fingerprint.eq(none))
        .execute(db)?;
    withdrawals::forget(db, round_id)?;
    access_codes::forget(db, round_id)?;
    paper_forms::forget(db, round_id)?;
    meta::bump_revision(db)
}

/// The round in which a receipt with this hash was given out. The key of that table begins with the round, so each round is
/// asked; there are few.
///
/// # Errors
/// The database failed.
pub fn of_receipt(db: &mut Db, hash: &[u8]) -> Result<Option<RoundRow>, StoreError> {
    use super::schema::receipt;
    let given_out = receipt::table.filter(receipt::round_id.eq(round::id)).filter(receipt::hash.eq(hash));
    Ok(round::table.filter(diesel::dsl::exists(given_out)).first(db).optional()?)
}

/// How many rounds take new forms now.
///
/// # Errors
/// The database failed.
pub fn count_open(db: &mut Db, now: NaiveDateTime) -> Result<i64, StoreError> {
    Ok(round::table
        .filter(round::opens_at.le(now))
        .filter(round::closes_at.gt(now))
        .filter(round::frozen_at.is_null())
        .count()
        .get_result(db)?)
}

/// Rounds whose grace period is over and whose figures are not yet frozen.
///
/// # Errors
/// The database failed.
pub fn to_freeze(db: &mut Db, closed_before: NaiveDateTime) -> Result<Vec<RoundRow>, StoreError> {
    Ok(round::table
        .filter(round::frozen_at.is_null())
        .filter(round::opens_at.is_not_null())
        .filter(round::closes_at.le(closed_before))
        .load(db)?)
}
