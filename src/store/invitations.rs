//! Who is invited to a round by mail, and which letters go out. An address stands in its row sealed with the installation's key;
//! beside it a keyed mark, by which the same address is known, and the hash of its one-time code. Nothing is written down when
//! somebody answers: the code's own row is gone then, and with the round's late window all rows here go, too.

use chrono::NaiveDateTime;
use diesel::dsl::exists;
use diesel::prelude::*;

use super::dialect::both;
use super::schema::{access_code, invitee, invitee_mail, mail_optout, mailing, outbox};
use super::{Db, StoreError, access_codes};
use crate::survey::code::codes;

codes! {
    /// What a mailing is.
    MailingKind {
        /// The first letter; whoever is put on the list later gets it later.
        Invitation = "invitation",
        /// To those who were invited and have not answered when it goes out.
        Reminder = "reminder",
    }
}

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

/// A letter to be written.
#[derive(Debug, Clone)]
pub struct NewMailing<'a> {
    /// What it is.
    pub kind: MailingKind,
    /// The subject, with placeholders.
    pub subject: &'a str,
    /// The text, with placeholders.
    pub text: &'a str,
    /// What the office always adds, with placeholders.
    pub notice: &'a str,
    /// How somebody without a name is addressed.
    pub nameless: &'a str,
    /// The language.
    pub lang: &'a str,
    /// Not before, UTC.
    pub due_at: NaiveDateTime,
    /// Who plans it.
    pub made_by: i64,
}

/// A letter that goes out.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Mailing {
    /// Its number.
    pub id: i64,
    /// Its round.
    pub round_id: i64,
    /// The code of what it is.
    pub kind: String,
    /// The subject, with placeholders.
    pub subject: String,
    /// The text, with placeholders.
    pub text: String,
    /// What the office always adds, with placeholders.
    pub notice: String,
    /// How somebody without a name is addressed.
    pub nameless: String,
    /// The language.
    pub lang: String,
    /// Not before, UTC.
    pub due_at: NaiveDateTime,
    /// The last invitee whose turn it was.
    pub upto: i64,
    /// How many letters were queued.
    pub queued: i64,
    /// When somebody stopped it.
    pub stopped_at: Option<NaiveDateTime>,
    /// When everybody had their turn.
    pub done_at: Option<NaiveDateTime>,
}

impl Mailing {
    /// What it is.
    ///
    /// # Errors
    /// The row holds a kind that this version does not know.
    pub fn kind(&self) -> Result<MailingKind, StoreError> {
        self.kind.parse().map_err(|error| StoreError::corrupt("kind of mailing", error))
    }
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
            let invited = invitee_mail::table
                .filter(invitee_mail::invitee_id.eq(invitee::id))
                .filter(invitee_mail::mailing_id.lt(mailing.id));
            reached.filter(exists(invited)).order(invitee::id).select(INVITEE).load(db)?
        }
    };
    Ok((found, last))
}

/// A letter of a mailing was queued for somebody.
///
/// # Errors
/// The database failed.
pub fn queued(db: &mut Db, mailing_id: i64, invitee_id: i64, mail_id: i64) -> Result<(), StoreError> {
    let row = (
        invitee_mail::mailing_id.eq(mailing_id),
        invitee_mail::invitee_id.eq(invitee_id),
        invitee_mail::mail_id.eq(mail_id),
    );
    diesel::insert_into(invitee_mail::table).values(row).execute(db)?;
    Ok(())
}

/// Everybody up to this one had a turn.
///
/// # Errors
/// The database failed.
pub fn moved_on(
    db: &mut Db,
    mailing_id: i64,
    upto: i64,
    more: i64,
    done_at: Option<NaiveDateTime>,
) -> Result<(), StoreError> {
    let row = (mailing::upto.eq(upto), mailing::queued.eq(mailing::queued + more), mailing::done_at.eq(done_at));
    diesel::update(mailing::table.find(mailing_id)).set(row).execute(db)?;
    Ok(())
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
    diesel::delete(invitee_mail::table.filter(invitee_mail::invitee_id.eq(gone.id))).execute(db)?;
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
    let same = invitee::table.filter(invitee::mark.eq(mark)).filter(invitee::left_at.is_null());
    diesel::update(same).set(invitee::left_at.eq(now)).execute(db)?;
    Ok(())
}

/// All mails to this address, by their numbers in the outbox.
///
/// # Errors
/// The database failed.
pub fn mails_of(db: &mut Db, mark: &[u8]) -> Result<Vec<i64>, StoreError> {
    let same = invitee::table.filter(invitee::mark.eq(mark)).select(invitee::id);
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

/// Plans a letter and returns its number.
///
/// # Errors
/// The database failed.
pub fn plan(db: &mut Db, round_id: i64, new: &NewMailing<'_>, now: NaiveDateTime) -> Result<i64, StoreError> {
    Ok(diesel::insert_into(mailing::table)
        .values((
            mailing::round_id.eq(round_id),
            mailing::kind.eq(new.kind.code()),
            mailing::subject.eq(new.subject),
            mailing::text.eq(new.text),
            mailing::notice.eq(new.notice),
            mailing::nameless.eq(new.nameless),
            mailing::lang.eq(new.lang),
            mailing::due_at.eq(new.due_at),
            mailing::upto.eq(0),
            mailing::queued.eq(0),
            mailing::made_by.eq(new.made_by),
            mailing::made_at.eq(now),
        ))
        .returning(mailing::id)
        .get_result(db)?)
}

const MAILING: (
    mailing::id,
    mailing::round_id,
    mailing::kind,
    mailing::subject,
    mailing::text,
    mailing::notice,
    mailing::nameless,
    mailing::lang,
    mailing::due_at,
    mailing::upto,
    mailing::queued,
    mailing::stopped_at,
    mailing::done_at,
) = (
    mailing::id,
    mailing::round_id,
    mailing::kind,
    mailing::subject,
    mailing::text,
    mailing::notice,
    mailing::nameless,
    mailing::lang,
    mailing::due_at,
    mailing::upto,
    mailing::queued,
    mailing::stopped_at,
    mailing::done_at,
);

/// The letters of a round, in the order in which they go out.
///
/// # Errors
/// The database failed.
pub fn mailings(db: &mut Db, round_id: i64) -> Result<Vec<Mailing>, StoreError> {
    let of_round = mailing::table.filter(mailing::round_id.eq(round_id));
    Ok(of_round.order((mailing::due_at, mailing::id)).select(MAILING).load(db)?)
}

/// The letters that may have somebody left.
///
/// # Errors
/// The database failed.
pub fn due(db: &mut Db, now: NaiveDateTime) -> Result<Vec<Mailing>, StoreError> {
    Ok(mailing::table
        .filter(mailing::stopped_at.is_null().and(mailing::done_at.is_null()))
        .filter(mailing::due_at.le(now))
        .order((mailing::due_at, mailing::id))
        .select(MAILING)
        .load(db)?)
}

/// Stops a letter of a round; what waits of it does not go out. False: there is none that could be stopped.
///
/// # Errors
/// The database failed.
pub fn stop(db: &mut Db, round_id: i64, mailing_id: i64, now: NaiveDateTime) -> Result<bool, StoreError> {
    let row = mailing::table.find(mailing_id).filter(mailing::round_id.eq(round_id));
    let running = row.filter(mailing::stopped_at.is_null());
    if diesel::update(running).set(mailing::stopped_at.eq(now)).execute(db)? == 0 {
        return Ok(false);
    }
    let mails = invitee_mail::table.filter(invitee_mail::mailing_id.eq(mailing_id)).select(invitee_mail::mail_id);
    let mails: Vec<i64> = mails.load(db)?;
    super::outbox::stop(db, &mails, now)?;
    Ok(true)
}

/// Rounds that have a list and whose time is over by then.
///
/// # Errors
/// The database failed.
pub fn over(db: &mut Db, closed_by: NaiveDateTime) -> Result<Vec<i64>, StoreError> {
    use super::schema::round;
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
    diesel::delete(invitee_mail::table.filter(invitee_mail::mailing_id.eq_any(mailings))).execute(db)?;
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
