//! What is written down about a mail: before its last dot, and once it is known what came of it.

use chrono::NaiveDateTime;

use super::backoff::{MOST_ATTEMPTS, after_attempts};
use super::smtp::Handed;
use crate::store::mail_trouble::{self, Trouble};
use crate::store::outbox::{self, Due, Failure};
use crate::store::{Db, Store, StoreError};

/// Whether the last dot of this mail may go out. Where nobody knows whether that was written down, it does not.
pub(super) fn may_finish(store: &Store, id: i64, now: NaiveDateTime) -> bool {
    store.write_now(|db| outbox::hand_over(db, id, now)).unwrap_or_else(|error| {
        tracing::warn!(%error, "a mail is held back");
        false
    })
}

/// When a mail was tried, what time it is now, and when mail goes on.
#[derive(Clone, Copy)]
pub(super) struct Moments {
    pub(super) tried_at: NaiveDateTime,
    pub(super) now: NaiveDateTime,
    pub(super) resumed_at: NaiveDateTime,
}

/// What came of a mail, in the outbox.
pub(super) fn write_down(db: &mut Db, due: &Due, handed: &Handed, moments: Moments) -> Result<(), StoreError> {
    let Moments { tried_at, now, resumed_at } = moments;
    match handed {
        Handed::Taken => {
            mail_trouble::set(db, None, now)?;
            outbox::sent(db, due.id, now)
        }
        Handed::Refused { for_good, reply } => {
            mail_trouble::set(db, None, now)?;
            let again = now + after_attempts(due.attempts);
            if *for_good || again >= due.until || due.attempts + 1 >= MOST_ATTEMPTS {
                return outbox::failed(db, due.id, Failure::Refused, Some(reply), now);
            }
            outbox::put_off(db, due.id, again, reply)
        }
        Handed::Stopped(trouble, reply) => {
            mail_trouble::set(db, Some((*trouble, reply)), now)?;
            outbox::postpone(db, due.id, due.due_at)
        }
        Handed::Broken(reply) => {
            mail_trouble::set(db, Some((Trouble::Unreachable, reply)), now)?;
            outbox::postpone(db, due.id, resumed_at)
        }
        Handed::Unanswered(reply) => {
            mail_trouble::set(db, Some((Trouble::Unreachable, reply)), now)?;
            let again = (due.unanswered == 0).then(|| now + after_attempts(0));
            outbox::unanswered(db, due.id, again, reply)
        }
        Handed::NotAllowed => outbox::take_back(db, due.id, tried_at),
    }
}
