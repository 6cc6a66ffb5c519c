//! One writer: takes what has gathered while the last batch was being committed, and commits it together.

use std::sync::Arc;
use std::time::Instant;

use tokio::sync::mpsc;

use super::Job;
use crate::clock::Clock;
use crate::meters::IntakeMeters;
use crate::store::intake::{self, Entry, Outcome, Shard, Stored, Withdrawal};
use crate::store::{Backend, Db, Store, StoreError};

/// More in one transaction gains nothing and makes the first one wait.
const BATCH: usize = 512;

pub(super) struct Writer {
    store: Store,
    clock: Clock,
    meters: IntakeMeters,
    /// On PostgreSQL a connection of its own, and the shard of the counters that goes with it.
    own: Option<(Db, Shard)>,
    /// SQLite's only shard.
    only: Shard,
}

impl Writer {
    pub(super) fn new(store: &Store, clock: &Clock, meters: &IntakeMeters) -> Result<Self, StoreError> {
        let mut writer = Self {
            store: store.clone(),
            clock: clock.clone(),
            meters: meters.clone(),
            own: None,
            only: Shard::default(),
        };
        if store.backend() == Backend::Postgres {
            writer.connect()?;
        }
        Ok(writer)
    }

    fn connect(&mut self) -> Result<(), StoreError> {
        let mut db = self.store.connect()?;
        let shard = Shard::take(&mut db)?;
        self.own = Some((db, shard));
        Ok(())
    }

    pub(super) fn run(&mut self, mut queue: mpsc::Receiver<Job>) {
        let mut jobs = Vec::with_capacity(BATCH);
        while let Some(job) = queue.blocking_recv() {
            jobs.push(job);
            while jobs.len() < BATCH
                && let Ok(job) = queue.try_recv()
            {
                jobs.push(job);
            }
            self.settle(&mut jobs);
        }
    }

    fn settle(&mut self, jobs: &mut Vec<Job>) {
        let (mut entries, mut replies) = (Vec::with_capacity(jobs.len()), Vec::with_capacity(jobs.len()));
        let (mut leaving, mut waiting) = (Vec::new(), Vec::new());
        for job in jobs.drain(..) {
            match job {
                Job::Form(entry, reply) => {
                    entries.push(*entry);
                    replies.push(reply);
                }
                Job::Withdrawal(form, reply) => {
                    leaving.push(form);
                    waiting.push(reply);
                }
            }
        }
        match self.commit(&entries, &leaving) {
            Ok(outcome) => {
                // whoever asked may have gone; the form is stored all the same
                replies.into_iter().zip(outcome.fates).for_each(|(reply, fate)| drop(reply.send(Ok(fate))));
                waiting.into_iter().zip(outcome.gone).for_each(|(reply, gone)| drop(reply.send(Ok(gone))));
            }
            Err(error) => {
                tracing::warn!(%error, forms = entries.len(), "a batch failed; its forms are tried one by one");
                for (reply, entry) in replies.into_iter().zip(&entries) {
                    let fate = self.alone(std::slice::from_ref(entry), &[]);
                    drop(reply.send(fate.and_then(|outcome| only(outcome.fates))));
                }
                for (reply, form) in waiting.into_iter().zip(&leaving) {
                    let gone = self.alone(&[], std::slice::from_ref(form));
                    drop(reply.send(gone.and_then(|outcome| only(outcome.gone))));
                }
            }
        }
    }

    /// One form by itself: a bad one must not fail the others of its batch.
    fn alone(&mut self, entries: &[Entry], leaving: &[Withdrawal]) -> Result<Outcome, Arc<StoreError>> {
        self.commit(entries, leaving).map_err(|error| {
            self.meters.failed.inc();
            Arc::new(error)
        })
    }

    fn commit(&mut self, entries: &[Entry], leaving: &[Withdrawal]) -> Result<Outcome, StoreError> {
        let begun = Instant::now();
        let outcome = self.transact(entries, leaving)?;
        self.meters.commit.observe(begun.elapsed().as_secs_f64());
        self.meters.batch.observe((entries.len() + leaving.len()) as f64);
        for fate in &outcome.fates {
            match fate {
                Stored::New => self.meters.accepted.inc(),
                Stored::Repeat => self.meters.repeat.inc(),
                Stored::Conflict => self.meters.conflict.inc(),
                Stored::Closed => self.meters.closed.inc(),
                Stored::Spent => self.meters.spent.inc(),
                Stored::Full => self.meters.full.inc(),
            }
        }
        Ok(outcome)
    }

    fn transact(&mut self, entries: &[Entry], leaving: &[Withdrawal]) -> Result<Outcome, StoreError> {
        let now = self.clock.now();
        if self.store.backend() == Backend::Sqlite {
            let mut shard = std::mem::take(&mut self.only);
            let outcome = self.store.alone(|db| intake::store(db, entries, leaving, &mut shard, now))?;
            // after a failure it is not known what the rows hold, and they are read anew
            self.only = shard;
            return Ok(outcome);
        }
        if self.own.is_none() {
            self.connect()?;
        }
        let Some((db, shard)) = &mut self.own else { return Err(StoreError::Unavailable("no connection".to_owned())) };
        let result = intake::store(db, entries, leaving, shard, now);
        if result.is_err() {
            // the connection may be gone, and what the shard's rows hold is not known: take both anew
            self.own = None;
        }
        result
    }
}

/// What became of the only one.
fn only<T>(fates: Vec<T>) -> Result<T, Arc<StoreError>> {
    fates.into_iter().next().ok_or_else(|| Arc::new(StoreError::Unavailable("no answer for a form".to_owned())))
}
