//! Mail: written when something happens, sealed in the database, sent by one thread of the server.
//!
//! Whoever wants to send calls [`queue`] in the transaction of what the mail is about; then either both happened or neither.
//! [`Mailer::start`] sends what is due, by SMTP or into files ([`Carrier`]).
//!
//! # Nobody gets two, nobody gets none
//!
//! A mail is queued once per key. While a process lives it knows how far a conversation got; what it must survive is its own
//! end. So the body is sent first, then `handed_at` is committed, then the last dot goes out:
//!
//! * killed before that commit: the server never saw the dot and cannot have taken the mail. It is sent again.
//! * killed after it: the server has all of the mail and was well. It is not sent again, and shown as *unconfirmed*. Only in the
//!   microseconds between commit and dot, or where the server refuses just then, does somebody get none; reminders reach them.
//! * the server or the line breaks off before the dot: sent again. After it, without an answer: most likely it was not taken
//!   (RFC 5321, 4.2.5 and 6.1), so it is sent again, once, under the same Message-ID, by which mailboxes know a copy.

mod address;
mod backoff;
mod carrier;
mod files;
mod html;
mod letter;
mod line;
mod message;
mod sender;
mod settings;
mod smtp;

use chrono::NaiveDateTime;

pub use address::{Address, NotAnAddress};
pub use carrier::{Carrier, Kept};
pub use letter::{Letter, Unsubscribe};
pub use sender::{Mailer, Sending};
pub use settings::{MailError, Settings};

use crate::secret::Secret;
use crate::store::outbox::{self, MailKey, NewMail};
use crate::store::{Db, StoreError};

/// When a letter is sent, and what it is about.
#[derive(Debug, Clone)]
pub struct Delivery<'a> {
    /// What the letter is about, in parts: the same is queued once, for ever. Nothing of it can be read in the database.
    pub about: &'a [&'a [u8]],
    /// The round that it belongs to; none: somebody waits for it, and it goes before all that belong to rounds.
    pub round_id: Option<i64>,
    /// Not before, UTC.
    pub due_at: NaiveDateTime,
    /// Pointless from then on, UTC: it is not sent any more, and a file that was written for it is deleted.
    pub until: NaiveDateTime,
}

/// The key of the letter that is about this; [`outbox::standing`] tells what became of it.
pub fn key(secret: &Secret, about: &[&[u8]]) -> MailKey {
    let whole = secret.mac("mail key", about);
    std::array::from_fn(|i| whole[i])
}

/// Queues a letter and returns its number in the outbox; none: it was queued before. Call it in the transaction of what the letter is about.
///
/// # Errors
/// The database failed.
pub fn queue(
    db: &mut Db,
    secret: &Secret,
    letter: &Letter,
    delivery: &Delivery<'_>,
    now: NaiveDateTime,
) -> Result<Option<i64>, StoreError> {
    let key = key(secret, delivery.about);
    let sealed = letter.seal(secret, &key).map_err(|error| StoreError::corrupt("letter", error))?;
    let Delivery { round_id, due_at, until, .. } = *delivery;
    let mail = NewMail { key: &key, round_id, sealed: &sealed, due_at, until };
    outbox::put(db, &mail, now)
}
