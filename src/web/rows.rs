//! Files of rows for analysts and their programs: whole where they are small, written while they are sent where they are not.

use std::io::{self, Write};
use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Bytes;
use tokio::runtime::Handle;
use tokio::sync::mpsc::error::SendTimeoutError;
use tokio::sync::{Semaphore, mpsc};

use crate::export::{self, ExportError, Occasion, Refused, Rows, Wanted, Whole};
use crate::state::State;
use crate::store::StoreError;
use crate::store::rounds::RoundRow;
use crate::web::attachment::{EXCLUDED, disposition};
use crate::web::words::Words;

/// Rounds with more forms than this are not made to be sent at once: the slowest kind of file takes a second or two for as many.
pub(in crate::web) const AT_ONCE: i64 = 50_000;
/// The same for programs, which wait longer: the file has a length, a sum and a tag, and can be fetched on.
pub(in crate::web) const AT_ONCE_FOR_PROGRAMS: i64 = 500_000;

/// So many files are written while they are sent; each has two connections, and its reader may be slow.
static STREAMS: Semaphore = Semaphore::const_new(3);
/// So many files are made whole at a time.
static WHOLES: Semaphore = Semaphore::const_new(2);
/// A reader who takes nothing for so long is gone.
const STALLED: Duration = Duration::from_secs(120);

/// As many files are under way as the server makes at once.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::web) struct TooMany;

/// Looks up what is wanted of a round.
///
/// # Errors
/// [`Refused`]
pub(in crate::web) async fn prepared(
    state: &State,
    round: RoundRow,
    wanted: Wanted,
    words: Words,
) -> Result<Rows, Refused> {
    let state = state.clone();
    let work = move || Rows::prepare(&state.store, &state.catalogue, &round, &wanted, &words);
    tokio::task::spawn_blocking(work).await.map_err(|error| stopped(&error))?
}

fn stopped(error: &tokio::task::JoinError) -> StoreError {
    StoreError::Unavailable(error.to_string())
}

/// For whom a file is made.
pub(in crate::web) struct Maker {
    /// The person or program.
    pub name: String,
    /// The office that asked.
    pub owner: String,
    /// The language of labels.
    pub words: Words,
}

/// The whole file, with its sum: nobody gets a part of it that looks like all.
///
/// # Errors
/// The database failed, or there was no room on the disk.
pub(in crate::web) async fn whole(state: &State, rows: Rows, maker: Maker) -> Result<(Whole, Rows), ExportError> {
    let (folder, today) = (state.exports.clone(), state.clock.today());
    let turn = WHOLES.acquire().await;
    let work = move || {
        let _turn = turn;
        let occasion = Occasion { today, maker: &maker.name, owner: &maker.owner, phrases: &maker.words };
        Whole::of(&rows, &occasion, &folder).map(|whole| (whole, rows))
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| stopped(&error))?
}

/// The file as a body that is written while it is read. Its sum is known when it is over; one that is cut short ends without
/// its last chunk.
///
/// # Errors
/// [`TooMany`]
pub(in crate::web) fn stream(state: &State, rows: Rows, maker: Maker) -> Result<HttpResponse, TooMany> {
    let turn = STREAMS.try_acquire().map_err(|_| TooMany)?;
    let (sender, receiver) = mpsc::channel(4);
    let (kind, name) = (rows.wanted.kind, disposition(&rows.round.slug, rows.wanted.kind));
    let mut response = HttpResponse::Ok();
    if rows.excluded.forms > 0 {
        response.insert_header((EXCLUDED, rows.excluded.to_string()));
    }
    let (folder, today) = (state.exports.clone(), state.clock.today());
    let runtime = Handle::current();
    tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let mut body = Body { runtime, sender, buffer: Vec::with_capacity(CHUNK) };
        let occasion = Occasion { today, maker: &maker.name, owner: &maker.owner, phrases: &maker.words };
        let result = export::write(&rows, &occasion, &folder, &mut body, &mut |_| {});
        match result.and_then(|_| Ok(body.end()?)) {
            Ok(()) => {}
            Err(error) => tracing::warn!(%error, "an export was cut short"),
        }
    });
    let chunks = futures_util::stream::unfold(Some(receiver), async |receiver| {
        let mut receiver = receiver?;
        match receiver.recv().await {
            Some(Piece::Bytes(bytes)) => Some((Ok(bytes), Some(receiver))),
            Some(Piece::End) => None,
            // whatever ended the writer, the body ends without its last chunk: no client takes it for complete
            None => Some((Err(io::Error::other("the export was cut short")), None)),
        }
    });
    let response = response
        .content_type(kind.media_type())
        .insert_header((header::CONTENT_DISPOSITION, name))
        .insert_header((header::CACHE_CONTROL, "no-store"));
    Ok(response.streaming(Box::pin(chunks)))
}

/// How much is sent at once.
const CHUNK: usize = 64 * 1024;

/// What the writer says.
enum Piece {
    Bytes(Bytes),
    /// That was all.
    End,
}

struct Body {
    runtime: Handle,
    sender: mpsc::Sender<Piece>,
    buffer: Vec<u8>,
}

impl Body {
    fn end(&mut self) -> io::Result<()> {
        self.flush()?;
        self.say(Piece::End)
    }

    /// Nobody listens any more, or takes anything: the writer stops reading the database.
    fn say(&self, piece: Piece) -> io::Result<()> {
        let sent = self.runtime.block_on(self.sender.send_timeout(piece, STALLED));
        sent.map_err(|error| match error {
            SendTimeoutError::Closed(_) => io::ErrorKind::BrokenPipe.into(),
            SendTimeoutError::Timeout(_) => io::ErrorKind::TimedOut.into(),
        })
    }
}

impl Write for Body {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let chunk = Bytes::from(std::mem::replace(&mut self.buffer, Vec::with_capacity(CHUNK)));
        self.say(Piece::Bytes(chunk))
    }
}
