//! The ways on which mail leaves.

use std::sync::Arc;

use chrono::NaiveDateTime;
use lettre::Message;
use parking_lot::Mutex;

use super::Letter;
use super::files;
use super::settings::{Server, Settings, Way};
use super::smtp::{Handed, Session};
use crate::store::mail_trouble::Trouble;
use crate::store::{Store, StoreError, outbox};

/// Letters that were kept in memory, in order.
pub type Kept = Arc<Mutex<Vec<Letter>>>;

/// A way on which mail leaves.
#[derive(Debug, Clone)]
pub struct Carrier(pub(super) Inner);

#[derive(Debug, Clone)]
pub(super) enum Inner {
    /// To a mail server.
    Smtp(Server),
    /// Into files of a folder.
    Files(std::path::PathBuf),
    /// Nowhere: for tests and commands.
    Memory(Kept),
}

impl Carrier {
    pub(super) fn new(settings: &Settings) -> Self {
        Self(match &settings.way {
            Way::Smtp(server) => Inner::Smtp(server.clone()),
            Way::Files(folder) => Inner::Files(folder.clone()),
        })
    }

    pub(super) fn memory() -> Self {
        Self(Inner::Memory(Kept::default()))
    }

    /// Whether mails reach people by themselves.
    pub fn is_smtp(&self) -> bool {
        matches!(self.0, Inner::Smtp(_))
    }

    /// Whether whoever asks for a mail can be promised one: files lie in a folder that nobody but the operator reads.
    pub fn promises(&self) -> bool {
        !matches!(self.0, Inner::Files(_))
    }

    /// What was kept in memory; nothing where mail leaves.
    pub fn kept(&self) -> Vec<Letter> {
        match &self.0 {
            Inner::Memory(kept) => kept.lock().clone(),
            Inner::Smtp(_) | Inner::Files(_) => Vec::new(),
        }
    }

    /// Deletes files whose mails are pointless: their time has run out, or what they lead to is not there any more.
    pub(super) fn sweep(&self, store: &Store, now: NaiveDateTime) -> Result<(), StoreError> {
        let Inner::Files(folder) = &self.0 else { return Ok(()) };
        let kept = match files::kept(folder) {
            Ok(kept) => kept,
            Err(error) => {
                tracing::warn!(%error, "{} cannot be looked through for old mails", folder.display());
                return Ok(());
            }
        };
        let keys: Vec<Vec<u8>> = kept.iter().map(|file| file.key.clone()).collect();
        let over = store.read_now(|db| outbox::over(db, &keys, now))?;
        for file in kept.iter().filter(|file| file.until <= now || over.contains(&file.key)) {
            if let Err(error) = std::fs::remove_file(&file.path) {
                tracing::warn!(%error, "an old mail could not be deleted: {}", file.path.display());
            }
        }
        Ok(())
    }
}

/// One mail, ready to go.
pub(super) struct Parcel<'a> {
    pub(super) letter: &'a Letter,
    pub(super) message: &'a Message,
    pub(super) key: &'a [u8],
    pub(super) until: NaiveDateTime,
}

/// The carrier at work: what it keeps between two mails.
pub(super) struct Tour {
    carrier: Carrier,
    hello: String,
    session: Option<Session>,
}

impl Tour {
    pub(super) fn new(carrier: &Carrier, hello: &str) -> Self {
        Self { carrier: carrier.clone(), hello: hello.to_owned(), session: None }
    }

    /// Hands one mail over; where a mail could arrive twice, `may_finish` is asked before the last step.
    pub(super) async fn hand_over(&mut self, parcel: &Parcel<'_>, may_finish: impl FnOnce() -> bool) -> Handed {
        match self.carrier.0.clone() {
            Inner::Smtp(server) => self.by_smtp(&server, parcel, may_finish).await,
            // the same mail again is the same file
            Inner::Files(folder) => {
                match files::write(&folder, parcel.key, parcel.until, &parcel.message.formatted()) {
                    Ok(()) => Handed::Taken,
                    Err(error) => Handed::Stopped(Trouble::Folder, error.to_string()),
                }
            }
            Inner::Memory(kept) => {
                kept.lock().push(parcel.letter.clone());
                Handed::Taken
            }
        }
    }

    async fn by_smtp(&mut self, server: &Server, parcel: &Parcel<'_>, may_finish: impl FnOnce() -> bool) -> Handed {
        // a server may have hung up since the last mail
        let kept = match self.session.take() {
            Some(mut session) => session.begin_again().await.then_some(session),
            None => None,
        };
        let mut session = match kept {
            Some(session) => session,
            None => match Session::open(server, &self.hello).await {
                Ok(session) => session,
                Err((trouble, reply)) => return Handed::Stopped(trouble, reply),
            },
        };
        let handed = session.hand_over(parcel.message.envelope(), &parcel.message.formatted(), may_finish).await;
        if matches!(handed, Handed::Taken | Handed::Refused { .. }) {
            self.session = Some(session);
        }
        handed
    }

    /// Nothing is due any more.
    pub(super) async fn rest(&mut self) {
        if let Some(session) = self.session.take() {
            session.close().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::outbox::{MailKey, NewMail};
    use crate::store::tests::{at, store_with_account};
    use crate::store::{Db, links};

    /// A letter that was written into the folder, with its number in the outbox.
    fn written(db: &mut Db, folder: &std::path::Path, key: MailKey) -> Result<i64, StoreError> {
        files::write(folder, &key, at(1000), b"https://example.vn/link/x").unwrap();
        let mail = NewMail { key: &key, round_id: None, sealed: b"x", due_at: at(0), until: at(1000) };
        let id = outbox::put(db, &mail, at(0))?.unwrap();
        outbox::sent(db, id, at(0))?;
        Ok(id)
    }

    #[test]
    fn a_letter_in_a_folder_goes_with_its_link_and_the_others_stay() {
        let (_database, store, account) = store_with_account();
        let home = tempfile::tempdir().unwrap();
        let carrier = Carrier(Inner::Files(home.path().to_owned()));
        let left = || {
            carrier.sweep(&store, at(5)).unwrap();
            std::fs::read_dir(home.path()).unwrap().count()
        };
        let link = |hash: [u8; 32], key: MailKey| {
            let made = store.write_now(|db| {
                let mail = written(db, home.path(), key)?;
                links::add_beside(db, &hash, account, at(1000))?;
                links::mailed(db, &hash, mail)
            });
            made.unwrap();
        };
        let of_round = store.write_now(|db| written(db, home.path(), [1; 16])).unwrap();
        link([2; 32], [2; 16]);
        link([3; 32], [3; 16]);
        assert_eq!(left(), 3);
        assert_eq!(store.write_now(|db| links::use_up(db, &[2; 32], at(4))).unwrap(), Some(account));
        assert_eq!(left(), 1, "whoever has set a password needs none of the other links either");
        store.write_now(|db| outbox::void(db, &[of_round])).unwrap();
        assert_eq!(left(), 0);
    }
}
