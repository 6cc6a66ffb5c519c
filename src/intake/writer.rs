//! One writer: takes what has gathered while the last batch was being committed, and commits it together.

use std::sync::Arc;
use std::time::Instant;

use tokio::sync::mpsc;

use super::Job;
use crate::clock::Clock;
use crate::meters::IntakeMeters;
use crate::store::intake::{self, Entry, Shard, Stored};
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
        let (entries, replies): (Vec<Entry>, Vec<_>) = jobs.drain(..).map(|job| (job.entry, job.reply)).unzip();
        match self.commit(&entries) {
            Ok(fates) => {
                for (reply, fate) in replies.into_iter().zip(fates) {
                    // whoever asked may have gone; the form is stored all the same
                    let _ = reply.send(Ok(fate));
                }
            }
            Err(error) => {
                tracing::warn!(%error, forms = entries.len(), "a batch failed; its forms are tried one by one");
                for (reply, entry) in replies.into_iter().zip(&entries) {
                    let _ = reply.send(self.alone(entry));
                }
            }
        }
    }

    /// One form by itself: a bad one must not fail the others of its batch.
    fn alone(&mut self, entry: &Entry) -> Result<Stored, Arc<StoreError>> {
        let fates = self.commit(std::slice::from_ref(entry)).map_err(|error| {
            self.meters.failed.inc();
            Arc::new(error)
        })?;
        fates.first().copied().ok_or_else(|| Arc::new(StoreError::Unavailable("no answer for a form".to_owned())))
    }

    fn commit(&mut self, entries: &[Entry]) -> Result<Vec<Stored>, StoreError> {
        let begun = Instant::now();
        let fates = self.transact(entries)?;
        self.meters.commit.observe(begun.elapsed().as_secs_f64());
        self.meters.batch.observe(entries.len() as f64);
        for fate in &fates {
            match fate {
                Stored::New => self.meters.accepted.inc(),
                Stored::Repeat => self.meters.repeat.inc(),
                Stored::Conflict => self.meters.conflict.inc(),
                Stored::Closed => self.meters.closed.inc(),
            }
        }
        Ok(fates)
    }

    fn transact(&mut self, entries: &[Entry]) -> Result<Vec<Stored>, StoreError> {
        let now = self.clock.now();
        if self.store.backend() == Backend::Sqlite {
            let mut shard = std::mem::take(&mut self.only);
            let fates = self.store.alone(|db| intake::store(db, entries, &mut shard, now))?;
            // after a failure it is not known what the rows hold, and they are read anew
            self.only = shard;
            return Ok(fates);
        }
        if self.own.is_none() {
            self.connect()?;
        }
        let Some((db, shard)) = &mut self.own else { return Err(StoreError::Unavailable("no connection".to_owned())) };
        let result = intake::store(db, entries, shard, now);
        if result.is_err() {
            // the connection may be gone, and what the shard's rows hold is not known: take both anew
            self.own = None;
        }
        result
    }
}
