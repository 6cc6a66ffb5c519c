//! Changes to unfinished forms, gathered: one transaction for all that came while the last one was being committed. A form
//! is saved several times while it is filled in, and each commit waits for the disk.

use tokio::sync::{mpsc, oneshot};

use crate::store::unfinished::{self, Change, TriesBefore};
use crate::store::{Store, StoreError};

/// Changes that may wait; more are refused, and the page tries again.
const QUEUE: usize = 4096;
/// More in one transaction would keep completed forms waiting.
const BATCH: usize = 256;

/// The change was not made: too many at once, or the database failed. Whoever asked tries again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the form could not be saved just now")]
pub struct Busy;

struct Job {
    change: Change,
    reply: oneshot::Sender<Result<TriesBefore, Busy>>,
}

/// The writer of one process; cheap to clone. Its thread ends with the last clone.
#[derive(Clone)]
pub struct Unfinished(mpsc::Sender<Job>);

impl Unfinished {
    /// Starts the writer.
    ///
    /// # Errors
    /// A thread cannot be made.
    pub fn start(store: &Store) -> Result<Self, StoreError> {
        let (sender, receiver) = mpsc::channel(QUEUE);
        let store = store.clone();
        std::thread::Builder::new()
            .name("unfinished".to_owned())
            .spawn(move || run(&store, receiver))
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Self(sender))
    }

    /// Makes a change; returns when it is on disk.
    ///
    /// # Errors
    /// [`Busy`]
    pub async fn change(&self, change: Change) -> Result<(), Busy> {
        self.make(change).await.map(|_| ())
    }

    /// Counts a try of four digits that is about to be made; says how many wrong ones there were before it, or that there were
    /// so many that it must not be made, or that the form is gone.
    ///
    /// # Errors
    /// [`Busy`]
    pub async fn try_digits(&self, hash: Vec<u8>, most: i64) -> Result<Option<i64>, Busy> {
        self.make(Change::Try(hash, most)).await
    }

    async fn make(&self, change: Change) -> Result<TriesBefore, Busy> {
        let (reply, answer) = oneshot::channel();
        self.0.try_send(Job { change, reply }).map_err(|_| Busy)?;
        answer.await.unwrap_or(Err(Busy))
    }
}

fn run(store: &Store, mut queue: mpsc::Receiver<Job>) {
    let mut jobs = Vec::with_capacity(BATCH);
    while let Some(job) = queue.blocking_recv() {
        jobs.push(job);
        while jobs.len() < BATCH
            && let Ok(job) = queue.try_recv()
        {
            jobs.push(job);
        }
        let (changes, replies): (Vec<Change>, Vec<_>) = jobs.drain(..).map(|job| (job.change, job.reply)).unzip();
        let done = store.write_now(|db| unfinished::apply(db, &changes));
        if let Err(error) = &done {
            tracing::warn!(%error, changes = changes.len(), "unfinished forms could not be saved; the pages try again");
        }
        let answers: Vec<Result<TriesBefore, Busy>> = match done {
            Ok(before) => before.into_iter().map(Ok).collect(),
            Err(_) => vec![Err(Busy); replies.len()],
        };
        for (reply, answer) in replies.into_iter().zip(answers) {
            // whoever asked may have gone
            let _ = reply.send(answer);
        }
    }
}
