//! Rows for analysts of the steering unit.

use std::io::{self, Write};

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDateTime;
use serde::Deserialize;
use tokio::sync::mpsc;

use super::bearer::Bearer;
use super::problem::Problem;
use crate::export::csv::{Decimal, Delimiter, Export, Format};
use crate::state::State;
use crate::store::audit::{self, Entry};
use crate::store::rounds::RoundRow;
use crate::store::{rounds, units};
use crate::survey::access::Scope;
use crate::survey::audit::Action;

/// How an export is asked for in an address.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    format: Option<String>,
    delimiter: Option<Delimiter>,
    decimal: Option<Decimal>,
    labels: Option<u8>,
    split: Option<u8>,
    bom: Option<u8>,
}

impl Wanted {
    /// The format, defaults filled in.
    pub(crate) fn format(&self) -> Format {
        let plain = Format::default();
        Format {
            delimiter: self.delimiter.unwrap_or(plain.delimiter),
            decimal: self.decimal.unwrap_or(plain.decimal),
            labels: self.labels.map_or(plain.labels, |flag| flag != 0),
            split: self.split.map_or(plain.split, |flag| flag != 0),
            bom: self.bom.map_or(plain.bom, |flag| flag != 0),
        }
    }
}

/// `GET /api/v1/rounds/{round}/submissions?format=csv`
pub(super) async fn export(
    request: HttpRequest,
    state: web::Data<State>,
    bearer: Bearer,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    bearer.require(Scope::Submissions)?;
    let wanted: Wanted = Problem::query(&request)?;
    if wanted.format.as_deref().is_some_and(|format| format != "csv") {
        return Err(Problem::bad_request("Ask with format=csv."));
    }
    let now = state.clock.now();
    let round = state
        .store
        .write(move |db| {
            let below = units::subtree(db, bearer.unit_id)?;
            let round = rounds::by_slug(db, &slug)?.filter(|round| below.contains(&round.owner_id));
            if let Some(round) = &round {
                audit::note(db, fetched(&bearer, round, now))?;
            }
            Ok(round)
        })
        .await?
        .ok_or_else(|| Problem::not_found("There is no such round, or this token may not see its rows."))?;
    if round.is_sealed() {
        return Err(Problem::forbidden("The results of this round are sealed until its figures are frozen."));
    }
    stream(&state, round, wanted.format()).await.map_err(|error| Problem::failed(&error))
}

/// That a program fetches rows, for the log.
fn fetched<'a>(bearer: &'a Bearer, round: &'a RoundRow, at: NaiveDateTime) -> Entry<'a> {
    let (action, subject) = (Action::RowsFetched, &round.slug);
    Entry { at, account_id: None, unit_id: round.owner_id, action, subject, detail: &bearer.name }
}

/// The file as a body that is written while it is read.
pub(crate) async fn stream(state: &State, round: RoundRow, format: Format) -> Result<HttpResponse, io::Error> {
    let (sender, receiver) = mpsc::channel::<Result<Bytes, io::Error>>(4);
    let name = format!("attachment; filename=\"{}.csv\"", round.slug);
    let state = state.clone();
    tokio::task::spawn_blocking(move || {
        let mut body = Body { sender, buffer: Vec::with_capacity(CHUNK) };
        let result = Export::prepare(&state.store, &state.catalogue, &round, format)
            .map_err(Into::into)
            .and_then(|export| export.write(&mut body, |_| {}));
        if let Err(error) = result {
            tracing::warn!(%error, "an export was cut short");
            // ends the body without its last chunk: no client takes it for complete
            let _ = body.sender.blocking_send(Err(io::Error::other("the export was cut short")));
        }
    });
    let chunks = futures_util::stream::unfold(receiver, async |mut receiver| {
        let chunk = receiver.recv().await?;
        Some((chunk, receiver))
    });
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header(("Content-Disposition", name))
        .insert_header(("Cache-Control", "no-store"))
        .streaming(Box::pin(chunks)))
}

/// How much is sent at once.
const CHUNK: usize = 64 * 1024;

struct Body {
    sender: mpsc::Sender<Result<Bytes, io::Error>>,
    buffer: Vec<u8>,
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
        // nobody listens any more: stop reading the database
        self.sender.blocking_send(Ok(chunk)).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }
}
