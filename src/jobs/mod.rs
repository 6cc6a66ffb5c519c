//! Work that takes longer than a page may, done by one thread of each server.
//!
//! The queue is a table ([`crate::store::export_jobs`]): it survives a restart, and several servers share it. A worker that dies
//! leaves a job that another begins anew.

mod export;
mod file;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use self::export::ExportJob;
pub use self::file::excluded;
use crate::state::State;
use crate::store::{StoreError, export_jobs};
use crate::survey::question::Phrases;
use crate::survey::text::Lang;

/// How often the queue is looked at.
const LOOK: Duration = Duration::from_millis(700);
/// How often old files are thrown away.
const TIDY: Duration = Duration::from_secs(60);

/// Says sentences in a language.
pub type Speaker = fn(Lang) -> Box<dyn Phrases>;

/// The worker of a server that is running.
pub struct Working {
    is_stopped: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Working {
    /// Ends in order: the job under way is given back.
    pub fn stop(mut self) {
        self.is_stopped.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the worker ended in a panic");
        }
    }
}

impl Drop for Working {
    /// A server that ends without order takes its worker along: the thread would keep the database open for ever.
    fn drop(&mut self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }
}

/// Begins to work on what waits.
///
/// # Errors
/// The thread cannot be started.
pub fn start(state: &State, speaker: Speaker) -> std::io::Result<Working> {
    let is_stopped = Arc::new(AtomicBool::new(false));
    let (state, asked) = (state.clone(), is_stopped.clone());
    let thread = std::thread::Builder::new().name("jobs".to_owned()).spawn(move || work(&state, speaker, &asked))?;
    Ok(Working { is_stopped, thread: Some(thread) })
}

fn work(state: &State, speaker: Speaker, is_stopped: &AtomicBool) {
    let mut tidied: Option<Instant> = None;
    while !is_stopped.load(Ordering::Relaxed) {
        if tidied.is_none_or(|at| at.elapsed() > TIDY) {
            tidied = Some(Instant::now());
            if let Err(error) = tidy(state) {
                tracing::warn!(%error, "old files could not be thrown away; it is tried again");
            }
        }
        match next(state, speaker, is_stopped) {
            Ok(true) => {}
            Ok(false) => std::thread::sleep(LOOK),
            Err(error) => {
                tracing::warn!(%error, "the queue of jobs could not be read; it is tried again");
                std::thread::sleep(LOOK);
            }
        }
    }
}

/// Does the oldest job, if one waits.
///
/// # Errors
/// The database failed.
pub fn next(state: &State, speaker: Speaker, is_stopped: &AtomicBool) -> Result<bool, StoreError> {
    let now = state.clock.now();
    if !state.store.read_now(|db| export_jobs::is_waiting(db, now))? {
        return Ok(false);
    }
    let Some(job) = state.store.write_now(|db| export_jobs::take(db, now))? else { return Ok(false) };
    ExportJob { state, job, speaker, is_stopped }.run()?;
    Ok(true)
}

/// Forgets old jobs, and deletes files that belong to none.
///
/// # Errors
/// The database failed.
pub fn tidy(state: &State) -> Result<(), StoreError> {
    let before = state.clock.now() - export_jobs::KEPT;
    state.store.write_now(|db| export_jobs::forget(db, before))?;
    let keys = state.store.read_now(export_jobs::keys)?;
    file::sweep(&state.exports, &keys);
    Ok(())
}
