//! Bodies that are written while they are sent: what cannot be finished ends without its last chunk, so no client takes it for
//! complete.

use std::io::{self, Write};
use std::time::Duration;

use actix_web::web::Bytes;
use actix_web::{HttpResponse, HttpResponseBuilder};
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::SendTimeoutError;

use crate::export::{ExportError, Turn};

/// A reader who takes nothing for so long is gone.
const STALLED: Duration = Duration::from_secs(120);
/// Bytes that are sent together.
const CHUNK: usize = 64 * 1024;

/// The answer whose body `write` writes, on a thread of its own.
pub(in crate::web) fn streamed(
    mut head: HttpResponseBuilder,
    turn: Turn,
    write: impl FnOnce(&mut Body) -> Result<(), ExportError> + Send + 'static,
) -> HttpResponse {
    let (sender, receiver) = mpsc::channel(4);
    let mut body = Body { runtime: Handle::current(), sender, buffer: Vec::with_capacity(CHUNK) };
    tokio::task::spawn_blocking(move || {
        let _turn = turn;
        if let Err(error) = write(&mut body).and_then(|()| Ok(body.end()?)) {
            tracing::warn!(%error, "an export was cut short");
        }
    });
    let chunks = futures_util::stream::unfold(Some(receiver), async |receiver| {
        let mut receiver = receiver?;
        match receiver.recv().await {
            Some(Piece::Bytes(bytes)) => Some((Ok(bytes), Some(receiver))),
            Some(Piece::End) => None,
            // whatever ended the writer, a panic as well
            None => Some((Err(io::Error::other("the export was cut short")), None)),
        }
    });
    head.streaming(Box::pin(chunks))
}

/// What the writer says.
enum Piece {
    Bytes(Bytes),
    /// That was all.
    End,
}

/// Where the writer writes.
pub(in crate::web) struct Body {
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

#[cfg(test)]
mod tests {
    use actix_web::body::to_bytes;

    use super::*;
    use crate::export::Turns;

    #[actix_web::test]
    async fn a_writer_that_panics_ends_no_body_as_complete() {
        let turns = Turns::default();
        let broken = streamed(HttpResponse::Ok(), turns.answers().unwrap(), |body| {
            body.write_all(b"half")?;
            body.flush()?;
            panic!("a fault in the writer");
        });
        assert!(to_bytes(broken.into_body()).await.is_err());
        let whole = streamed(HttpResponse::Ok(), turns.answers().unwrap(), |body| Ok(body.write_all(b"all")?));
        assert_eq!(to_bytes(whole.into_body()).await.unwrap(), "all");
    }
}
