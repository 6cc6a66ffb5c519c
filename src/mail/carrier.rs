//! The ways on which mail leaves.

use std::sync::Arc;

use chrono::NaiveDateTime;
use lettre::Message;
use parking_lot::Mutex;

use super::Letter;
use super::files;
use super::settings::{Server, Settings, Way};
use super::smtp::{Handed, Session};
use crate::store::outbox::Trouble;

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

    /// What was kept in memory; nothing where mail leaves.
    pub fn kept(&self) -> Vec<Letter> {
        match &self.0 {
            Inner::Memory(kept) => kept.lock().clone(),
            Inner::Smtp(_) | Inner::Files(_) => Vec::new(),
        }
    }

    /// Deletes files whose mails are pointless.
    pub(super) fn tidy(&self, now: NaiveDateTime) {
        if let Inner::Files(folder) = &self.0
            && let Err(error) = files::tidy(folder, now)
        {
            tracing::warn!(%error, "old mails could not be deleted from {}", folder.display());
        }
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
