//! Mails that wait and what became of those that went.
//!
//! A row says by its dates how far it is: it waits until `due_at`; `handed_at` is written before the last dot of the
//! conversation goes out; then `sent_at` or `failed_at`. Settled rows keep dates and the server's words, never an address or a
//! text. Their keys stay for [`REMEMBERED`], so that nothing is queued twice.

use std::collections::HashSet;

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use super::dialect::both;
use super::schema::outbox;
use super::{Db, StoreError};
use crate::survey::code::codes;

/// Settled mails are remembered for so long after they would have been pointless.
pub const REMEMBERED: TimeDelta = TimeDelta::days(90);

codes! {
    /// Why a mail will not be sent any more.
    Failure {
        /// The server refused it for good.
        Refused = "refused",
        /// It was pointless before the server took it.
        Expired = "expired",
        /// It cannot be read: it was sealed with another key.
        Unreadable = "unreadable",
        /// Somebody stopped it.
        Stopped = "stopped",
        /// It waited when the backup was made from which this database comes; it may have been sent since.
        Restored = "restored",
    }
}

/// The key of a mail.
pub type MailKey = [u8; 16];

/// A mail to be sent.
#[derive(Debug)]
pub struct NewMail<'a> {
    /// What it is about: the same is queued once.
    pub key: &'a MailKey,
    /// The round that it is about.
    pub round_id: Option<i64>,
    /// Everything else.
    pub sealed: &'a [u8],
    /// Not before, UTC.
    pub due_at: NaiveDateTime,
    /// Pointless from then on, UTC.
    pub until: NaiveDateTime,
}

/// A mail whose turn it is.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Due {
    /// Its number.
    pub id: i64,
    /// Its key.
    pub key: Vec<u8>,
    /// Everything that the recipient sees.
    pub sealed: Vec<u8>,
    /// Since when it may go, UTC.
    pub due_at: NaiveDateTime,
    /// Pointless from then on, UTC.
    pub until: NaiveDateTime,
    /// How often it was tried.
    pub attempts: i64,
    /// How often the server took it whole and did not answer.
    pub unanswered: i64,
}

/// How far a mail is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It waits, after what the server said last.
    Waiting(Option<String>),
    /// The server was given all of it and never said whether it took it; it is not sent again.
    Unconfirmed,
    /// The server took it.
    Sent(NaiveDateTime),
    /// It will not be sent.
    Failed(Failure, Option<String>),
}

/// How many mails of a round are how far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// They wait.
    pub waiting: i64,
    /// Nobody knows.
    pub unconfirmed: i64,
    /// The server took them.
    pub sent: i64,
    /// The server refused them for good.
    pub refused: i64,
    /// They were not sent for another reason.
    pub given_up: i64,
}

/// Queues a mail, and returns its number; none: it was queued before.
///
/// # Errors
/// The database failed.
pub fn put(db: &mut Db, mail: &NewMail<'_>, now: NaiveDateTime) -> Result<Option<i64>, StoreError> {
    let row = (
        outbox::key.eq(&mail.key[..]),
        outbox::round_id.eq(mail.round_id),
        outbox::sealed.eq(mail.sealed),
        outbox::queued_at.eq(now),
        outbox::due_at.eq(mail.due_at),
        outbox::until.eq(mail.until),
        outbox::attempts.eq(0),
        outbox::unanswered.eq(0),
    );
    let id = both!(db, |c| diesel::insert_into(outbox::table)
        .values(row)
        .on_conflict(outbox::key)
        .do_nothing()
        .returning(outbox::id)
        .get_result(c)
        .optional())?;
    Ok(id)
}

/// The next mail: those about no round first, because somebody waits for them.
///
/// # Errors
/// The database failed.
pub fn next_due(db: &mut Db, now: NaiveDateTime) -> Result<Option<Due>, StoreError> {
    let waiting = outbox::sealed.is_not_null().and(outbox::handed_at.is_null()).and(outbox::due_at.le(now));
    let order = (outbox::round_id.is_not_null(), outbox::due_at, outbox::id);
    let columns = (
        outbox::id,
        outbox::key,
        outbox::sealed.assume_not_null(),
        outbox::due_at,
        outbox::until,
        outbox::attempts,
        outbox::unanswered,
    );
    Ok(outbox::table.filter(waiting).order(order).select(columns).first(db).optional()?)
}

/// Allows the last dot of a mail, once: false means that it must not go out, because somebody stopped the mail or another
/// process was faster.
///
/// # Errors
/// The database failed.
pub fn hand_over(db: &mut Db, id: i64, now: NaiveDateTime) -> Result<bool, StoreError> {
    let waiting = outbox::table.find(id).filter(outbox::handed_at.is_null().and(outbox::sealed.is_not_null()));
    Ok(diesel::update(waiting).set(outbox::handed_at.eq(now)).execute(db)? == 1)
}

/// Takes back that the last dot of a mail was allowed at this moment, where nobody knows whether that was written down. It did not
/// go out.
///
/// # Errors
/// The database failed.
pub fn take_back(db: &mut Db, id: i64, allowed_at: NaiveDateTime) -> Result<(), StoreError> {
    let own = outbox::table.find(id).filter(outbox::handed_at.eq(allowed_at).and(outbox::sealed.is_not_null()));
    diesel::update(own).set(outbox::handed_at.eq(None::<NaiveDateTime>)).execute(db)?;
    Ok(())
}

/// The server took it.
///
/// # Errors
/// The database failed.
pub fn sent(db: &mut Db, id: i64, now: NaiveDateTime) -> Result<(), StoreError> {
    let done = (outbox::sent_at.eq(now), outbox::sealed.eq(None::<Vec<u8>>), outbox::reply.eq(None::<String>));
    diesel::update(outbox::table.find(id)).set(done).execute(db)?;
    Ok(())
}

/// It will not be sent.
///
/// # Errors
/// The database failed.
pub fn failed(db: &mut Db, id: i64, why: Failure, reply: Option<&str>, now: NaiveDateTime) -> Result<(), StoreError> {
    let over = (
        outbox::failed_at.eq(now),
        outbox::failure.eq(why.code()),
        outbox::reply.eq(reply),
        outbox::handed_at.eq(None::<NaiveDateTime>),
        outbox::sealed.eq(None::<Vec<u8>>),
    );
    diesel::update(outbox::table.find(id)).set(over).execute(db)?;
    Ok(())
}

/// It is tried again later.
///
/// # Errors
/// The database failed.
pub fn put_off(db: &mut Db, id: i64, due_at: NaiveDateTime, reply: &str) -> Result<(), StoreError> {
    let later = (
        outbox::due_at.eq(due_at),
        outbox::attempts.eq(outbox::attempts + 1),
        outbox::reply.eq(reply),
        outbox::handed_at.eq(None::<NaiveDateTime>),
    );
    diesel::update(outbox::table.find(id)).set(later).execute(db)?;
    Ok(())
}

/// It has not gone out, for a reason that is not its own.
///
/// # Errors
/// The database failed.
pub fn postpone(db: &mut Db, id: i64, due_at: NaiveDateTime) -> Result<(), StoreError> {
    let waiting = outbox::table.find(id).filter(outbox::sealed.is_not_null());
    diesel::update(waiting)
        .set((outbox::due_at.eq(due_at), outbox::handed_at.eq(None::<NaiveDateTime>)))
        .execute(db)?;
    Ok(())
}

/// Whether the connection that holds the right to send still stands.
pub fn is_alive(db: &mut Db) -> bool {
    diesel::sql_query("SELECT 1").execute(db).is_ok()
}

/// The server was given all of it and broke off: it is tried once more at this time, or never.
///
/// # Errors
/// The database failed.
pub fn unanswered(db: &mut Db, id: i64, again_at: Option<NaiveDateTime>, reply: &str) -> Result<(), StoreError> {
    let row = outbox::table.find(id);
    let heard = (outbox::attempts.eq(outbox::attempts + 1), outbox::unanswered.eq(outbox::unanswered + 1));
    diesel::update(row).set((heard, outbox::reply.eq(reply))).execute(db)?;
    match again_at {
        Some(at) => {
            diesel::update(row).set((outbox::due_at.eq(at), outbox::handed_at.eq(None::<NaiveDateTime>))).execute(db)?
        }
        None => diesel::update(row).set(outbox::sealed.eq(None::<Vec<u8>>)).execute(db)?,
    };
    Ok(())
}

/// Stops what waits of a round.
///
/// # Errors
/// The database failed.
pub fn stop_round(db: &mut Db, round_id: i64, now: NaiveDateTime) -> Result<(), StoreError> {
    let waiting = outbox::table.filter(outbox::round_id.eq(round_id)).filter(outbox::sealed.is_not_null());
    let waiting: Vec<i64> = waiting.select(outbox::id).load(db)?;
    stop(db, &waiting, now)
}

/// Stops those of these mails that wait.
///
/// # Errors
/// The database failed.
pub fn stop(db: &mut Db, ids: &[i64], now: NaiveDateTime) -> Result<(), StoreError> {
    for chunk in ids.chunks(500) {
        let waiting = outbox::table
            .filter(outbox::id.eq_any(chunk))
            .filter(outbox::sealed.is_not_null().and(outbox::handed_at.is_null()));
        let over = (
            outbox::failed_at.eq(now),
            outbox::failure.eq(Failure::Stopped.code()),
            outbox::sealed.eq(None::<Vec<u8>>),
        );
        diesel::update(waiting).set(over).execute(db)?;
    }
    Ok(())
}

/// Makes mails pointless whose links are dead: what waits is not sent any more, and files that were written for them are deleted.
///
/// # Errors
/// The database failed.
pub fn void(db: &mut Db, ids: &[i64]) -> Result<(), StoreError> {
    for chunk in ids.chunks(500) {
        let meant = outbox::table.filter(outbox::id.eq_any(chunk));
        diesel::update(meant).set(outbox::until.eq(outbox::queued_at)).execute(db)?;
    }
    Ok(())
}

/// Those of these mails that are pointless by now.
///
/// # Errors
/// The database failed.
pub fn over(db: &mut Db, keys: &[Vec<u8>], now: NaiveDateTime) -> Result<HashSet<Vec<u8>>, StoreError> {
    let mut found = HashSet::new();
    for chunk in keys.chunks(500) {
        let meant = outbox::table.filter(outbox::key.eq_any(chunk)).filter(outbox::until.le(now));
        found.extend(meant.select(outbox::key).load::<Vec<u8>>(db)?);
    }
    Ok(found)
}

/// How many mails of a round are how far.
///
/// # Errors
/// The database failed.
pub fn counts(db: &mut Db, round_id: i64) -> Result<Counts, StoreError> {
    type Row = (Option<NaiveDateTime>, Option<NaiveDateTime>, Option<NaiveDateTime>, Option<String>);
    let rows: Vec<Row> = outbox::table
        .filter(outbox::round_id.eq(round_id))
        .select((outbox::handed_at, outbox::sent_at, outbox::failed_at, outbox::failure))
        .load(db)?;
    let mut counts = Counts::default();
    for (handed, sent, failed, failure) in rows {
        let place = match (sent, failed, handed) {
            (Some(_), _, _) => &mut counts.sent,
            (None, Some(_), _) if failure.as_deref() == Some(Failure::Refused.code()) => &mut counts.refused,
            (None, Some(_), _) => &mut counts.given_up,
            (None, None, Some(_)) => &mut counts.unconfirmed,
            (None, None, None) => &mut counts.waiting,
        };
        *place += 1;
    }
    Ok(counts)
}

/// How far this mail is; none: it was never queued, or that is long ago.
///
/// # Errors
/// The database failed, or holds a failure that this version does not know.
pub fn standing(db: &mut Db, key: &MailKey) -> Result<Option<Standing>, StoreError> {
    type Row = (Option<NaiveDateTime>, Option<NaiveDateTime>, Option<String>, Option<String>);
    let row: Option<Row> = outbox::table
        .filter(outbox::key.eq(&key[..]))
        .select((outbox::handed_at, outbox::sent_at, outbox::failure, outbox::reply))
        .first(db)
        .optional()?;
    let Some((handed, sent, failure, reply)) = row else { return Ok(None) };
    Ok(Some(match (sent, failure, handed) {
        (Some(at), _, _) => Standing::Sent(at),
        (None, Some(code), _) => {
            Standing::Failed(code.parse().map_err(|error| StoreError::corrupt("failure", error))?, reply)
        }
        (None, None, Some(_)) => Standing::Unconfirmed,
        (None, None, None) => Standing::Waiting(reply),
    }))
}

/// Forgets mails that were settled long ago. What nobody confirmed is emptied once it would be pointless.
///
/// # Errors
/// The database failed.
pub fn forget(db: &mut Db, now: NaiveDateTime) -> Result<(), StoreError> {
    diesel::delete(outbox::table.filter(outbox::until.le(now - REMEMBERED))).execute(db)?;
    let handed = outbox::handed_at.is_not_null().and(outbox::sealed.is_not_null()).and(outbox::until.le(now));
    diesel::update(outbox::table.filter(handed)).set(outbox::sealed.eq(None::<Vec<u8>>)).execute(db)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{at, empty_store};

    fn mail(key: &MailKey, due: i64) -> NewMail<'_> {
        NewMail { key, round_id: Some(1), sealed: b"x", due_at: at(due), until: at(1000) }
    }

    #[test]
    fn the_same_mail_is_queued_once_even_after_it_was_sent() {
        let (_database, store) = empty_store();
        let put = || store.write_now(|db| put(db, &mail(&[1; 16], 0), at(0))).unwrap();
        let id = put().unwrap();
        assert_eq!(put(), None);
        store.write_now(|db| sent(db, id, at(1))).unwrap();
        assert_eq!(put(), None);
        assert_eq!(store.read_now(|db| next_due(db, at(2))).unwrap(), None);
    }

    #[test]
    fn the_last_dot_is_allowed_once_and_not_for_what_was_stopped() {
        let (_database, store) = empty_store();
        let put = |key: MailKey| store.write_now(|db| put(db, &mail(&key, 0), at(0))).unwrap().unwrap();
        let allowed = |id| store.write_now(|db| hand_over(db, id, at(1))).unwrap();
        let (first, second) = (put([1; 16]), put([2; 16]));
        assert!(allowed(first) && !allowed(first));
        store.write_now(|db| stop_round(db, 1, at(1))).unwrap();
        assert!(!allowed(second));
        let counts = store.read_now(|db| counts(db, 1)).unwrap();
        assert_eq!(counts, Counts { unconfirmed: 1, given_up: 1, ..Counts::default() });
    }

    #[test]
    fn whoever_waits_for_a_password_is_not_behind_a_thousand_invitations() {
        let (_database, store) = empty_store();
        store.write_now(|db| put(db, &mail(&[1; 16], 0), at(0))).unwrap();
        let password = NewMail { round_id: None, ..mail(&[2; 16], 5) };
        store.write_now(|db| put(db, &password, at(5))).unwrap();
        let next = |now| store.read_now(|db| next_due(db, at(now))).unwrap().unwrap().key;
        assert_eq!((next(4), next(5)), (vec![1; 16], vec![2; 16]));
    }
}
