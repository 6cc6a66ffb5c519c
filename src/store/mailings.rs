//! The letters that go to those who are invited to a round, and how far each is.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{invitee_mail, mailing};
use super::{Db, StoreError};
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
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = mailing)]
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

/// The letters of a round, in the order in which they go out.
///
/// # Errors
/// The database failed.
pub fn of_round(db: &mut Db, round_id: i64) -> Result<Vec<Mailing>, StoreError> {
    let of_round = mailing::table.filter(mailing::round_id.eq(round_id));
    Ok(of_round.order((mailing::due_at, mailing::id)).select(Mailing::as_select()).load(db)?)
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
        .select(Mailing::as_select())
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
