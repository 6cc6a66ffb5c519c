//! Who sends what is due: one thread per server, of which one sends at a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::{Duration, SystemTime};

use chrono::{NaiveDateTime, TimeDelta};
use lettre::message::Mailbox;

use super::backoff::after_failures;
use super::carrier::{Parcel, Tour};
use super::settled::{Moments, may_finish, write_down};
use super::smtp::Handed;
use super::{Carrier, Letter, Settings, message};
use crate::clock::Clock;
use crate::secret::Secret;
use crate::store::invitations::{self, Purpose};
use crate::store::outbox::{self, Due, Failure};
use crate::store::{Db, Store, StoreError};

/// How often the queue is looked at.
const LOOK: Duration = Duration::from_millis(500);
/// How often what is old is thrown away.
const TIDY: TimeDelta = TimeDelta::minutes(1);
/// How often files are looked through whose links may be dead.
const SWEEP: TimeDelta = TimeDelta::seconds(5);
/// How long an orderly end waits for the mail under way.
const PATIENCE: Duration = Duration::from_secs(15);

/// How mail leaves this installation; cheap to clone.
#[derive(Clone)]
pub struct Mailer(Arc<Inner>);

struct Inner {
    store: Store,
    secret: Secret,
    clock: Clock,
    from: Mailbox,
    carrier: Carrier,
    pace: Duration,
    /// Somebody in this process sends.
    is_sending: AtomicBool,
}

impl Mailer {
    /// As the environment says.
    pub fn new(store: &Store, secret: &Secret, clock: &Clock, settings: &Settings) -> Self {
        Self(Arc::new(Inner {
            store: store.clone(),
            secret: secret.clone(),
            clock: clock.clone(),
            from: settings.from.clone(),
            carrier: Carrier::new(settings),
            pace: settings.pace,
            is_sending: AtomicBool::new(false),
        }))
    }

    /// Letters are kept in memory: for tests, and for commands, which send nothing.
    pub fn memory(store: &Store, secret: &Secret, clock: &Clock) -> Self {
        let address = lettre::Address::new("khong-tra-loi", "localhost.invalid");
        #[expect(clippy::expect_used, reason = "a constant")]
        let from = Mailbox::new(None, address.expect("an address"));
        Self(Arc::new(Inner {
            store: store.clone(),
            secret: secret.clone(),
            clock: clock.clone(),
            from,
            carrier: Carrier::memory(),
            pace: Duration::ZERO,
            is_sending: AtomicBool::new(false),
        }))
    }

    /// Where mail goes.
    pub fn carrier(&self) -> &Carrier {
        &self.0.carrier
    }

    /// From whom mail comes, as recipients see it.
    pub fn from(&self) -> String {
        self.0.from.to_string()
    }

    /// At least so long between two mails.
    pub fn pace(&self) -> Duration {
        self.0.pace
    }

    /// Sends what is due, from now until the end.
    pub fn start(&self) -> Sending {
        let stop = Arc::new(AtomicBool::new(false));
        let (alive, ended) = sync_channel::<()>(0);
        let sender = Sender::new(self.clone(), stop.clone());
        let started = std::thread::Builder::new().name("mail".to_owned()).spawn(move || {
            let _alive = alive;
            match tokio::runtime::Builder::new_current_thread().enable_all().build() {
                Ok(runtime) => runtime.block_on(sender.run()),
                Err(error) => tracing::error!(%error, "mail cannot be sent"),
            }
        });
        if let Err(error) = started {
            tracing::error!(%error, "mail cannot be sent");
        }
        Sending { stop, ended }
    }
}

/// The thread that sends; it ends when this is dropped, after the mail under way.
pub struct Sending {
    stop: Arc<AtomicBool>,
    ended: Receiver<()>,
}

impl Sending {
    /// Ends it, and waits a little for the mail under way.
    pub fn stop(self) {
        self.stop.store(true, Ordering::SeqCst);
        // nothing is ever sent on it: the other end is dropped when the thread ends
        let _ = self.ended.recv_timeout(PATIENCE);
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
    }
}

/// The right to send, among the threads of this process and, on PostgreSQL, among all instances.
struct Alone {
    mailer: Mailer,
    /// Holds the lock for as long as it lives, and gives it back when the process dies.
    lock: Option<Db>,
}

impl Alone {
    fn take(mailer: &Mailer) -> Result<Option<Self>, StoreError> {
        if mailer.0.is_sending.swap(true, Ordering::SeqCst) {
            return Ok(None);
        }
        let mut alone = Self { mailer: mailer.clone(), lock: None };
        let mut db = mailer.0.store.connect()?;
        if !db.send_alone()? {
            return Ok(None);
        }
        alone.lock = Some(db);
        Ok(Some(alone))
    }

    fn holds(&mut self) -> bool {
        self.lock.as_mut().is_some_and(outbox::is_alive)
    }
}

impl Drop for Alone {
    fn drop(&mut self) {
        self.mailer.0.is_sending.store(false, Ordering::SeqCst);
    }
}

struct Sender {
    mailer: Mailer,
    stop: Arc<AtomicBool>,
    tour: Tour,
    alone: Option<Alone>,
    /// In a row, about no mail in particular.
    failures: u32,
    paused_until: NaiveDateTime,
    tidied_at: NaiveDateTime,
    swept_at: NaiveDateTime,
}

/// What a look at the queue came to.
enum Turn {
    /// One mail was tried.
    Tried,
    /// One mail was settled without the server.
    Settled,
    /// There was nothing to do.
    Nothing,
}

impl Sender {
    fn new(mailer: Mailer, stop: Arc<AtomicBool>) -> Self {
        let tour = Tour::new(&mailer.0.carrier, mailer.0.from.email.domain());
        let long_ago = NaiveDateTime::MIN;
        let (paused_until, tidied_at, swept_at) = (long_ago, long_ago, long_ago);
        Self { mailer, stop, tour, alone: None, failures: 0, paused_until, tidied_at, swept_at }
    }

    async fn run(mut self) {
        while !self.is_stopped() {
            let wait = match self.turn().await {
                Ok(Turn::Tried) => self.mailer.0.pace,
                Ok(Turn::Settled) => Duration::ZERO,
                Ok(Turn::Nothing) => LOOK,
                Err(error) => {
                    tracing::warn!(%error, "the look at the mails failed; it is repeated");
                    self.alone = None;
                    LOOK
                }
            };
            self.sleep(wait).await;
        }
        self.tour.rest().await;
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }

    async fn sleep(&self, mut left: Duration) {
        while !left.is_zero() && !self.is_stopped() {
            let step = left.min(LOOK);
            tokio::time::sleep(step).await;
            left -= step;
        }
    }

    async fn turn(&mut self) -> Result<Turn, StoreError> {
        let now = self.mailer.0.clock.now();
        self.tidy(now)?;
        if now < self.paused_until {
            return Ok(Turn::Nothing);
        }
        let next = |store: &Store| store.read_now(|db| outbox::next_due(db, now));
        if next(&self.mailer.0.store)?.is_none() {
            self.tour.rest().await;
            self.alone = None;
            return Ok(Turn::Nothing);
        }
        if !self.alone.as_mut().is_some_and(Alone::holds) {
            self.alone = None;
            self.alone = Alone::take(&self.mailer)?;
        }
        // somebody else may have sent it before it was our turn
        match next(&self.mailer.0.store)? {
            Some(due) if self.alone.is_some() => self.send(&due, now).await,
            _ => Ok(Turn::Nothing),
        }
    }

    fn tidy(&mut self, now: NaiveDateTime) -> Result<(), StoreError> {
        if now.signed_duration_since(self.swept_at) >= SWEEP {
            self.swept_at = now;
            self.mailer.0.carrier.sweep(&self.mailer.0.store, now)?;
        }
        if now.signed_duration_since(self.tidied_at) >= TIDY {
            self.tidied_at = now;
            self.mailer.0.store.write_now(|db| outbox::forget(db, now))?;
        }
        Ok(())
    }

    async fn send(&mut self, due: &Due, now: NaiveDateTime) -> Result<Turn, StoreError> {
        let give_up = |sender: &Self, why| {
            sender.mailer.0.store.write_now(|db| outbox::failed(db, due.id, why, None, now)).map(|()| Turn::Settled)
        };
        if due.until <= now {
            return give_up(self, Failure::Expired);
        }
        match self.mailer.0.store.read_now(|db| invitations::purpose(db, due.id, now))? {
            Purpose::Stands => {}
            Purpose::Gone => return give_up(self, Failure::Stopped),
            Purpose::Waits(until) => {
                self.mailer.0.store.write_now(|db| outbox::postpone(db, due.id, until))?;
                return Ok(Turn::Settled);
            }
        }
        let Ok(letter) = Letter::open(&self.mailer.0.secret, &due.key, &due.sealed) else {
            return give_up(self, Failure::Unreadable);
        };
        let message = match message::write(&self.mailer.0.from, &letter, &due.key, SystemTime::from(now.and_utc())) {
            Ok(message) => message,
            Err(error) => {
                tracing::error!(%error, "a mail is given up");
                return give_up(self, Failure::Unreadable);
            }
        };
        let parcel = Parcel { letter: &letter, message: &message, key: &due.key, until: due.until };
        let (store, id) = (self.mailer.0.store.clone(), due.id);
        let handed = self.tour.hand_over(&parcel, move || may_finish(&store, id, now)).await;
        self.settle(due, &handed, now).await;
        Ok(Turn::Tried)
    }

    /// Writes down what came of a mail. It has to be written: an unreachable database is waited for.
    async fn settle(&mut self, due: &Due, handed: &Handed, tried_at: NaiveDateTime) {
        let now = self.mailer.0.clock.now();
        match handed {
            Handed::Taken | Handed::Refused { .. } | Handed::NotAllowed => self.failures = 0,
            Handed::Stopped(..) | Handed::Broken(_) | Handed::Unanswered(_) => {
                tracing::warn!(?handed, "mail waits");
                self.paused_until = now + after_failures(self.failures);
                self.failures = self.failures.saturating_add(1);
            }
        }
        let moments = Moments { tried_at, now, resumed_at: self.paused_until.max(now) };
        let store = self.mailer.0.store.clone();
        while let Err(error) = store.write_now(|db| write_down(db, due, handed, moments)) {
            tracing::error!(%error, "what came of a mail cannot be written down; that is repeated");
            if self.is_stopped() {
                return;
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}
