//! Who is invited to a round by mail, and which letters go out. An address stands in its row sealed with the installation's key;
//! beside it a keyed mark, by which the same address is known, and the hash of its one-time code. Nothing is written down when
//! somebody answers: the code's own row is gone then, and with the round's late window all rows here go, too.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::dsl::exists;
use diesel::prelude::*;

use super::dialect::both;
use super::mailings::{Mailing, MailingKind};
use super::rounds::RoundRow;
use super::schema::{access_code, invitee, invitee_mail, mail_optout, mailing, outbox, round};
use super::{Db, StoreError, access_codes};
use crate::survey::round::Gate;

/// The mark of an address: a keyed hash, the same in every round.
pub type Mark = [u8; 16];

/// Somebody to be invited.
#[derive(Debug)]
pub struct NewInvitee {
    /// The school that the form is about.
    pub unit_id: i64,
    /// The address's mark.
    pub mark: Mark,
    /// The hash of the one-time code.
    pub code_hash: access_codes::CodeHash,
    /// Address, name and code.
    pub sealed: Vec<u8>,
}

/// Somebody who is invited.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Invitee {
    /// Its number.
    pub id: i64,
    /// The school.
    pub unit_id: i64,
    /// The address's mark.
    pub mark: Vec<u8>,
    /// The hash of the one-time code.
    pub code_hash: Vec<u8>,
    /// Address, name and code.
    pub sealed: Vec<u8>,
    /// Since when mail does not arrive there.
    pub refused_at: Option<NaiveDateTime>,
    /// Since when no mail is wanted there.
    pub left_at: Option<NaiveDateTime>,
}

type InviteeColumns = (
    invitee::id,
    invitee::unit_id,
    invitee::mark,
    invitee::code_hash,
    invitee::sealed,
    invitee::refused_at,
    invitee::left_at,
);

const INVITEE: InviteeColumns = (
    invitee::id,
    invitee::unit_id,
    invitee::mark,
    invitee::code_hash,
    invitee::sealed,
    invitee::refused_at,
    invitee::left_at,
);

/// Puts somebody on the list; false: the address is there already for this school.
///
/// # Errors
/// The database failed.
pub fn add(db: &mut Db, round_id: i64, new: &NewInvitee) -> Result<bool, StoreError> {
    let row = (
        invitee::round_id.eq(round_id),
        invitee::unit_id.eq(new.unit_id),
        invitee::mark.eq(&new.mark[..]),
        invitee::code_hash.eq(&new.code_hash[..]),
        invitee::sealed.eq(&new.sealed[..]),
    );
    let added = both!(db, |c| diesel::insert_into(invitee::table)
        .values(row)
        .on_conflict((invitee::round_id, invitee::unit_id, invitee::mark))
        .do_nothing()
        .execute(c))?;
    Ok(added == 1)
}

/// Everybody on the list of a round.
///
/// # Errors
/// The database failed.
pub fn all(db: &mut Db, round_id: i64) -> Result<Vec<Invitee>, StoreError> {
    Ok(invitee::table.filter(invitee::round_id.eq(round_id)).order(invitee::id).select(INVITEE).load(db)?)
}

/// One invitee, with the round.
///
/// # Errors
/// The database failed.
pub fn find(db: &mut Db, id: i64) -> Result<Option<(i64, Invitee)>, StoreError> {
    let row: Option<(i64, Invitee)> =
        invitee::table.find(id).select((invitee::round_id, INVITEE)).first(db).optional()?;
    Ok(row)
}

/// How many could still answer: their codes are unspent.
///
/// # Errors
/// The database failed.
pub fn unspent(db: &mut Db, round_id: i64) -> Result<i64, StoreError> {
    let code = access_code::table
        .filter(access_code::round_id.eq(invitee::round_id))
        .filter(access_code::hash.eq(invitee::code_hash));
    Ok(invitee::table.filter(invitee::round_id.eq(round_id)).filter(exists(code)).count().get_result(db)?)
}

/// The next of a list after this one, whom mail reaches and whose code is unspent; and the last number that was looked at.
///
/// # Errors
/// The database failed.
pub fn next(db: &mut Db, mailing: &Mailing, most: i64) -> Result<(Vec<Invitee>, i64), StoreError> {
    let rest = invitee::table.filter(invitee::round_id.eq(mailing.round_id)).filter(invitee::id.gt(mailing.upto));
    let seen: Vec<i64> = rest.order(invitee::id).limit(most).select(invitee::id).load(db)?;
    let Some(&last) = seen.last() else { return Ok((Vec::new(), mailing.upto)) };
    let code = access_code::table
        .filter(access_code::round_id.eq(invitee::round_id))
        .filter(access_code::hash.eq(invitee::code_hash));
    let reached = rest
        .filter(invitee::id.le(last))
        .filter(invitee::refused_at.is_null().and(invitee::left_at.is_null()))
        .filter(exists(code));
    let found: Vec<Invitee> = match mailing.kind()? {
        MailingKind::Invitation => reached.order(invitee::id).select(INVITEE).load(db)?,
        MailingKind::Reminder => {
            // what still waits was not read: whoever gets the invitation late is not reminded of it before
            let invited = invitee_mail::table
                .inner_join(outbox::table.on(outbox::id.eq(invitee_mail::mail_id)))
                .filter(invitee_mail::invitee_id.eq(invitee::id))
                .filter(invitee_mail::mailing_id.lt(mailing.id))
                .filter(outbox::sealed.is_null().and(outbox::failed_at.is_null()));
            reached.filter(exists(invited)).order(invitee::id).select(INVITEE).load(db)?
        }
    };
    Ok((found, last))
}

/// What a mail would still be good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// It may go out.
    Stands,
    /// Nobody can answer before this time, UTC.
    Waits(NaiveDateTime),
    /// The code that it carries is spent, or its round is over.
    Gone,
}

/// How often somebody looks whether a round goes on.
const LOOK: TimeDelta = TimeDelta::minutes(5);

/// What a waiting mail is good for now: between its writing and its turn somebody may have answered or closed the round.
///
/// # Errors
/// The database failed.
pub fn purpose(db: &mut Db, mail_id: i64, now: NaiveDateTime) -> Result<Purpose, StoreError> {
    let round: Option<RoundRow> = round::table
        .inner_join(outbox::table.on(outbox::round_id.eq(round::id.nullable())))
        .filter(outbox::id.eq(mail_id))
        .select(round::all_columns)
        .first(db)
        .optional()?;
    let Some(round) = round else { return Ok(Purpose::Stands) };
    match round.window().gate(now) {
        Gate::Open => {}
        Gate::NotYet => return Ok(Purpose::Waits(now + LOOK)),
        Gate::Paused => {
            let until = round.paused_until.unwrap_or(now + LOOK);
            return Ok(Purpose::Waits(until.min(now + LOOK)));
        }
        Gate::Grace | Gate::Closed => return Ok(Purpose::Gone),
    }
    let code = access_code::table
        .filter(access_code::round_id.eq(invitee::round_id))
        .filter(access_code::hash.eq(invitee::code_hash));
    let unspent: Option<bool> = invitee_mail::table
        .inner_join(invitee::table.on(invitee::id.eq(invitee_mail::invitee_id)))
        .filter(invitee_mail::mail_id.eq(mail_id))
        .select(exists(code))
        .first(db)
        .optional()?;
    Ok(if unspent == Some(false) { Purpose::Gone } else { Purpose::Stands })
}

/// Marks those whose mail the server refused for good.
///
/// # Errors
/// The database failed.
pub fn mark_refused(db: &mut Db, round_id: i64, now: NaiveDateTime) -> Result<(), StoreError> {
    let ids: Vec<i64> = invitee::table
        .inner_join(invitee_mail::table.on(invitee_mail::invitee_id.eq(invitee::id)))
        .inner_join(outbox::table.on(outbox::id.eq(invitee_mail::mail_id)))
        .filter(invitee::round_id.eq(round_id).and(invitee::refused_at.is_null()))
        .filter(outbox::failure.eq(super::outbox::Failure::Refused.code()))
        .select(invitee::id)
        .load(db)?;
    set_refused(db, &ids, now)
}

/// Mail to these does not arrive.
///
/// # Errors
/// The database failed.
pub fn set_refused(db: &mut Db, ids: &[i64], now: NaiveDateTime) -> Result<(), StoreError> {
    for chunk in ids.chunks(500) {
        diesel::update(invitee::table.filter(invitee::id.eq_any(chunk)))
            .set(invitee::refused_at.eq(now))
            .execute(db)?;
    }
    Ok(())
}

/// Takes somebody off the list, with a code that was not spent.
///
/// # Errors
/// The database failed.
pub fn remove(db: &mut Db, round_id: i64, gone: &Invitee) -> Result<(), StoreError> {
    access_codes::take_back(db, round_id, gone.unit_id, &gone.code_hash)?;
    // its link is dead, and the letters that carry it are not needed any more
    let letters = invitee_mail::table.filter(invitee_mail::invitee_id.eq(gone.id));
    let mails: Vec<i64> = letters.select(invitee_mail::mail_id).load(db)?;
    super::outbox::void(db, &mails)?;
    diesel::delete(letters).execute(db)?;
    diesel::delete(invitee::table.find(gone.id)).execute(db)?;
    Ok(())
}

/// Somebody wants no more mail from this office; in every round of it.
///
/// # Errors
/// The database failed.
pub fn leave(db: &mut Db, owner_id: i64, mark: &[u8], now: NaiveDateTime) -> Result<(), StoreError> {
    both!(db, |c| diesel::insert_into(mail_optout::table)
        .values((mail_optout::owner_id.eq(owner_id), mail_optout::mark.eq(mark), mail_optout::since.eq(now)))
        .on_conflict((mail_optout::owner_id, mail_optout::mark))
        .do_nothing()
        .execute(c))?;
    let own = round::table.filter(round::owner_id.eq(owner_id)).select(round::id);
    let same = invitee::table.filter(invitee::mark.eq(mark)).filter(invitee::round_id.eq_any(own));
    diesel::update(same.filter(invitee::left_at.is_null())).set(invitee::left_at.eq(now)).execute(db)?;
    Ok(())
}

/// All mails of this office to this address, by their numbers in the outbox.
///
/// # Errors
/// The database failed.
pub fn mails_of(db: &mut Db, owner_id: i64, mark: &[u8]) -> Result<Vec<i64>, StoreError> {
    let own = round::table.filter(round::owner_id.eq(owner_id)).select(round::id);
    let same = invitee::table.filter(invitee::mark.eq(mark)).filter(invitee::round_id.eq_any(own)).select(invitee::id);
    Ok(invitee_mail::table.filter(invitee_mail::invitee_id.eq_any(same)).select(invitee_mail::mail_id).load(db)?)
}

/// Whether somebody wants no mail from this office.
///
/// # Errors
/// The database failed.
pub fn has_left(db: &mut Db, owner_id: i64, mark: &[u8]) -> Result<bool, StoreError> {
    let row = mail_optout::table.find((owner_id, mark)).select(mail_optout::owner_id);
    Ok(row.first::<i64>(db).optional()?.is_some())
}

/// Rounds that have a list and whose time is over by then.
///
/// # Errors
/// The database failed.
pub fn over(db: &mut Db, closed_by: NaiveDateTime) -> Result<Vec<i64>, StoreError> {
    let listed = invitee::table.filter(invitee::round_id.eq(round::id));
    let is_over = round::closes_at.le(closed_by).or(round::frozen_at.is_not_null());
    Ok(round::table.filter(is_over).filter(exists(listed)).select(round::id).load(db)?)
}

/// Forgets who was invited to a round; how many letters went out stays.
///
/// # Errors
/// The database failed.
pub fn forget(db: &mut Db, round_id: i64, now: NaiveDateTime) -> Result<(), StoreError> {
    super::outbox::stop_round(db, round_id, now)?;
    let mailings = mailing::table.filter(mailing::round_id.eq(round_id)).select(mailing::id);
    let letters = invitee_mail::table.filter(invitee_mail::mailing_id.eq_any(mailings));
    let mails: Vec<i64> = letters.select(invitee_mail::mail_id).load(db)?;
    super::outbox::void(db, &mails)?;
    diesel::delete(letters).execute(db)?;
    diesel::delete(invitee::table.filter(invitee::round_id.eq(round_id))).execute(db)?;
    let open = mailing::table.filter(mailing::round_id.eq(round_id)).filter(mailing::done_at.is_null());
    diesel::update(open).set(mailing::done_at.eq(now)).execute(db)?;
    Ok(())
}

/// Deletes what a round that nobody could ever answer has.
///
/// # Errors
/// The database failed.
pub(super) fn delete(db: &mut Db, round_id: i64) -> Result<(), StoreError> {
    // no letter of it was queued: it has never been open
    diesel::delete(invitee::table.filter(invitee::round_id.eq(round_id))).execute(db)?;
    diesel::delete(mailing::table.filter(mailing::round_id.eq(round_id))).execute(db)?;
    Ok(())
}
