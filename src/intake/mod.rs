//! The path of a form from accepted to durable: a bounded queue, one writer that commits in groups, and a reply only after
//! the commit.

pub mod access;
pub mod form;
pub mod receipt;
pub mod withdrawal;
mod writer;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use parking_lot::Mutex;
use tokio::sync::{mpsc, oneshot};

use crate::clock::Clock;
use crate::meters::IntakeMeters;
use crate::store::intake::{Entry, Stored, Withdrawal};
use crate::store::{Backend, Store, StoreError};

/// Forms that may wait for one writer; more are asked to come back later.
const QUEUE: usize = 4096;
/// Two writers saturate PostgreSQL; SQLite has one.
const POSTGRES_WRITERS: usize = 2;

/// Why a form was not stored.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The queue is full or the server is stopping: come back in a few seconds.
    #[error("the intake is busy")]
    Busy,
    /// The database failed; nothing was stored.
    #[error("{0}")]
    Store(Arc<StoreError>),
}

/// Where the answer to a job goes.
type Reply<T> = oneshot::Sender<Result<T, Arc<StoreError>>>;

/// What a writer is asked to do. Forms come and go through the same writers, because they remember what they counted.
enum Job {
    /// Stores a form.
    Form(Box<Entry>, Reply<Stored>),
    /// Takes a form out again.
    Withdrawal(Withdrawal, Reply<bool>),
}

impl Job {
    /// What must not be in two transactions at once: jobs of the same number meet in the same writer, so that they never wait
    /// for each other's transaction.
    fn meets(&self) -> u8 {
        match self {
            Self::Form(entry, _) => entry.access.map_or(entry.receipt_hash[0], |code| code[0]),
            Self::Withdrawal(form, _) => form.hash.to_le_bytes()[0],
        }
    }
}

/// The intake of one process; cheap to clone.
#[derive(Clone)]
pub struct Intake(Arc<Inner>);

struct Inner {
    queues: Mutex<Vec<mpsc::Sender<Job>>>,
    writers: Mutex<Vec<JoinHandle<()>>>,
    stopping: AtomicBool,
    meters: IntakeMeters,
}

impl Intake {
    /// Starts the writers.
    ///
    /// # Errors
    /// The database cannot be opened once more, or a thread cannot be made.
    pub fn start(store: &Store, clock: &Clock, meters: &IntakeMeters) -> Result<Self, StoreError> {
        let writers = match store.backend() {
            Backend::Sqlite => 1,
            Backend::Postgres => POSTGRES_WRITERS,
        };
        let mut queues = Vec::with_capacity(writers);
        let mut handles = Vec::with_capacity(writers);
        for number in 0..writers {
            let (sender, receiver) = mpsc::channel(QUEUE);
            let mut writer = writer::Writer::new(store, clock, meters)?;
            let handle = std::thread::Builder::new()
                .name(format!("intake-{number}"))
                .spawn(move || writer.run(receiver))
                .map_err(|error| StoreError::Unavailable(error.to_string()))?;
            queues.push(sender);
            handles.push(handle);
        }
        Ok(Self(Arc::new(Inner {
            queues: Mutex::new(queues),
            writers: Mutex::new(handles),
            stopping: AtomicBool::new(false),
            meters: meters.clone(),
        })))
    }

    /// Stores a form; returns when it is on disk, or was before.
    ///
    /// # Errors
    /// [`IntakeError::Busy`] when the queue is full: nothing was stored, the same key may be sent again.
    pub async fn accept(&self, entry: Entry) -> Result<Stored, IntakeError> {
        self.ask(|reply| Job::Form(Box::new(entry), reply)).await
    }

    /// Takes a form and its numbers out; says whether it was still there and its round not frozen.
    ///
    /// # Errors
    /// As [`Intake::accept`]; nothing was withdrawn.
    pub async fn withdraw(&self, form: Withdrawal) -> Result<bool, IntakeError> {
        self.ask(|reply| Job::Withdrawal(form, reply)).await
    }

    async fn ask<T>(&self, job: impl FnOnce(Reply<T>) -> Job) -> Result<T, IntakeError> {
        let (reply, answer) = oneshot::channel();
        self.enqueue(job(reply)).inspect_err(|_| self.0.meters.busy.inc())?;
        match answer.await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(error)) => Err(IntakeError::Store(error)),
            Err(_) => Err(IntakeError::Busy),
        }
    }

    fn enqueue(&self, job: Job) -> Result<(), IntakeError> {
        let queues = self.0.queues.lock();
        let chosen = usize::from(job.meets()) % queues.len().max(1);
        let queue = queues.get(chosen).ok_or(IntakeError::Busy)?;
        queue.try_send(job).map_err(|_| IntakeError::Busy)
    }

    /// How many forms wait for a writer.
    pub fn waiting(&self) -> usize {
        self.0.queues.lock().iter().map(|queue| queue.max_capacity() - queue.capacity()).sum()
    }

    /// Whether new forms are refused because the process is stopping.
    pub fn is_stopping(&self) -> bool {
        self.0.stopping.load(Ordering::Relaxed)
    }

    /// Takes no more forms, commits what was accepted, and returns when the last one is on disk.
    pub fn drain(&self) {
        self.0.stopping.store(true, Ordering::Relaxed);
        self.0.queues.lock().clear();
        for writer in std::mem::take(&mut *self.0.writers.lock()) {
            if writer.join().is_err() {
                tracing::error!("a writer of the intake ended in a panic");
            }
        }
    }
}
