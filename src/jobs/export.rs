//! A file of a round's rows, made in peace: with how far it is, and a mail when it is there.

use std::io::{self, BufWriter, Write};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use super::Speaker;
use super::file::{Part, tell};
use crate::export::{self, ExportError, Occasion, Refused, Rows, Wanted};
use crate::mail::{self, Delivery, Letter};
use crate::state::State;
use crate::store::export_jobs::{self, Failure, Finished, JobRow, KEPT, MOST_TRIES};
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, account_mails, people, rounds};
use crate::survey::text::Lang;
use crate::vietnamese;

/// How often progress is written down.
const NEWS: Duration = Duration::from_secs(1);
/// What is gathered before it is written.
const BUFFER: usize = 256 * 1024;

/// One job.
pub(super) struct ExportJob<'a> {
    pub state: &'a State,
    pub job: JobRow,
    pub speaker: Speaker,
    /// The server is asked to stop.
    pub is_stopped: &'a AtomicBool,
}

/// Why a job did not end in a file.
enum Trouble {
    /// The server stops: somebody else begins it anew.
    Stopped,
    /// There is no use in trying again by itself.
    Final(Failure),
    /// Something that may pass.
    Passing(String),
}

impl From<ExportError> for Trouble {
    fn from(error: ExportError) -> Self {
        match error {
            full if full.is_full_disk() => Self::Final(Failure::Full),
            ExportError::Write(error) if is_stop(&error) => Self::Stopped,
            other => Self::Passing(other.to_string()),
        }
    }
}

/// What a write says when the server stops. Not an interrupted call: those are made again until they succeed.
#[derive(Debug, thiserror::Error)]
#[error("the server stops")]
struct Stop;

fn is_stop(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Stop>())
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        ExportError::from(error).into()
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Passing(error.to_string())
    }
}

impl ExportJob<'_> {
    /// Makes the file, or writes down why there is none.
    ///
    /// # Errors
    /// The database failed.
    pub fn run(&self) -> Result<(), StoreError> {
        let (store, id) = (&self.state.store, self.job.id);
        let outcome = if self.job.tries > MOST_TRIES { Err(Trouble::Final(Failure::Failed)) } else { self.make() };
        let now = self.state.clock.now();
        match outcome {
            Ok((round, file)) => store.write_now(|db| {
                if export_jobs::finish(db, id, &file, now)? {
                    self.tell(db, &round)?;
                }
                Ok(())
            }),
            Err(Trouble::Stopped) => store.write_now(|db| export_jobs::release(db, id)),
            Err(Trouble::Final(why)) => store.write_now(|db| export_jobs::fail(db, id, why, now)),
            Err(Trouble::Passing(error)) => {
                tracing::warn!(error, job = id, "an export could not be made");
                match self.job.tries < MOST_TRIES {
                    // held until its time is over: whatever it was has a minute to pass
                    true => Ok(()),
                    false => store.write_now(|db| export_jobs::fail(db, id, Failure::Failed, now)),
                }
            }
        }
    }

    fn make(&self) -> Result<(RoundRow, Finished), Trouble> {
        let (state, job) = (self.state, &self.job);
        let changed = || Trouble::Final(Failure::Changed);
        let words = (self.speaker)(job.lang.parse().unwrap_or(Lang::VI));
        let wanted = Wanted::read(form_urlencoded::parse(job.wanted.as_bytes())).map_err(|_| changed())?;
        let round = state.store.read_now(|db| rounds::by_id(db, job.round_id))?.filter(|round| !round.is_sealed());
        let round = round.ok_or_else(changed)?;
        let (owner, maker) = state.store.read_now(|db| {
            Ok((
                rounds::owner_name(db, round.owner_id)?,
                people::find(db, job.account_id)?.map(|person| person.name).unwrap_or_default(),
            ))
        })?;
        let rows =
            Rows::prepare(&state.store, &state.catalogue, &round, &wanted, &*words).map_err(
                |refused| match refused {
                    Refused::Mistakes(_) => changed(),
                    Refused::Store(error) => error.into(),
                },
            )?;
        let (news, seen) = (Mutex::new(Instant::now()), AtomicI64::new(0));
        let part = Part::begin(&state.exports, &job.key, || self.go_on(&news, &seen))?;
        let mut out = BufWriter::with_capacity(BUFFER, part);
        let occasion = Occasion { today: state.clock.today(), maker: &maker, owner: &owner, phrases: &*words };
        let written = export::write(&rows, &occasion, &state.exports, &mut out, &mut |count| {
            seen.store(i64::try_from(count).unwrap_or(i64::MAX), Ordering::Relaxed);
            // a file that is written at the end is told about meanwhile, too; a stop shows at the next write
            let _ = self.go_on(&news, &seen);
        })?;
        out.flush()?;
        let part = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        tell(&state.exports, &job.key, &rows.excluded)?;
        let (size, sha256) = part.finish()?;
        let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        Ok((round, Finished { written: whole(written), size: whole(size), sha256 }))
    }

    /// Writes down how far the job is, once in a while; an error when the server stops.
    fn go_on(&self, news: &Mutex<Instant>, seen: &AtomicI64) -> io::Result<()> {
        if self.is_stopped.load(Ordering::Relaxed) {
            return Err(io::Error::other(Stop));
        }
        let mut last = news.lock();
        if last.elapsed() >= NEWS {
            *last = Instant::now();
            let (now, seen) = (self.state.clock.now(), seen.load(Ordering::Relaxed));
            let held = self.state.store.write_now(|db| export_jobs::hold(db, self.job.id, seen, now));
            held.map_err(io::Error::other)?;
        }
        Ok(())
    }

    /// Queues the mail that the file is there, if the account has an address.
    fn tell(&self, db: &mut Db, round: &RoundRow) -> Result<(), StoreError> {
        let (state, job) = (self.state, &self.job);
        let Some(to) = account_mails::of(db, job.account_id)?.and_then(|address| address.parse().ok()) else {
            return Ok(());
        };
        let words = (self.speaker)(job.lang.parse().unwrap_or(Lang::VI));
        let now = state.clock.now();
        let link = format!("{}/analyse/{}/exports", state.public_url, round.slug);
        let until = vietnamese::local(now + KEPT).format("%d/%m/%Y").to_string();
        let letter = Letter {
            to,
            lang: words.lang().to_string(),
            subject: words.with("export-mail-subject", "round", round.title.clone()),
            text: words.fill("export-mail-text", &[("round", round.title.clone()), ("link", link), ("until", until)]),
            unsubscribe: None,
        };
        let about: [&[u8]; 3] = [b"export", &job.key, &job.asked_at.and_utc().timestamp().to_be_bytes()];
        let delivery = Delivery { about: &about, round_id: None, due_at: now, until: now + KEPT };
        mail::queue(db, &state.secret, &letter, &delivery, now).map(|_| ())
    }
}
