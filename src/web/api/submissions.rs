//! Rows for analysts of the steering unit.

use std::io::{self, Write};

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDateTime;
use tokio::sync::mpsc;

use super::bearer::Bearer;
use super::problem::Problem;
use crate::export::{self, Mistake, Occasion, Refused, Rows, Wanted};
use crate::state::State;
use crate::store::audit::{self, Entry};
use crate::store::rounds::RoundRow;
use crate::store::{StoreError, rounds, units};
use crate::survey::access::Scope;
use crate::survey::audit::Action;
use crate::web::words::Words;

/// `GET /api/v1/rounds/{round}/submissions?format=csv`
pub(super) async fn export(
    request: HttpRequest,
    state: web::Data<State>,
    bearer: Bearer,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    bearer.require(Scope::Submissions)?;
    let wanted = Wanted::read(form_urlencoded::parse(request.query_string().as_bytes())).map_err(|m| refused(&m))?;
    let unit_id = bearer.unit_id;
    let (round, owner) = state
        .store
        .read(move |db| {
            let below = units::subtree(db, unit_id)?;
            let round = rounds::by_slug(db, &slug)?.filter(|round| below.contains(&round.owner_id));
            round.map(|round| Ok((rounds::owner_name(db, round.owner_id)?, round))).transpose()
        })
        .await?
        .map(|(owner, round)| (round, owner))
        .ok_or_else(|| Problem::not_found("There is no such round, or this token may not see its rows."))?;
    if round.is_sealed() && wanted.kind.has_rows() {
        return Err(Problem::forbidden("The results of this round are sealed until its figures are frozen."));
    }
    let rows = prepared(&state, round, wanted, Words::VI).await.map_err(|refused| match refused {
        Refused::Mistakes(mistakes) => self::refused(&mistakes),
        Refused::Store(error) => Problem::failed(&error),
    })?;
    if rows.wanted.kind.has_rows() {
        // nothing leaves before it is written down that it leaves
        let (now, round, name) = (state.clock.now(), rows.round.clone(), bearer.name.clone());
        state.store.write(move |db| audit::note(db, fetched(&name, &round, now))).await?;
    }
    Ok(stream(&state, rows, Maker { name: bearer.name.clone(), owner, words: Words::VI }))
}

/// 400: what is wrong with the address.
fn refused(mistakes: &[Mistake]) -> Problem {
    let sentences: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    Problem::bad_request(format!("Check what stands after “?”: {}.", sentences.join("; ")))
}

/// That a program fetches rows, for the log.
fn fetched<'a>(token: &'a str, round: &'a RoundRow, at: NaiveDateTime) -> Entry<'a> {
    let (action, subject) = (Action::RowsFetched, &round.slug);
    Entry { at, account_id: None, unit_id: round.owner_id, action, subject, detail: token }
}

/// Looks up what is wanted of a round.
///
/// # Errors
/// [`Refused`]
pub(crate) async fn prepared(state: &State, round: RoundRow, wanted: Wanted, words: Words) -> Result<Rows, Refused> {
    let state = state.clone();
    let work = move || Rows::prepare(&state.store, &state.catalogue, &round, &wanted, &words);
    let stopped = |error: tokio::task::JoinError| StoreError::Unavailable(error.to_string());
    tokio::task::spawn_blocking(work).await.map_err(stopped)?
}

/// For whom a file is made.
pub(crate) struct Maker {
    /// The person or program.
    pub(crate) name: String,
    /// The office that asked.
    pub(crate) owner: String,
    /// The language of labels.
    pub(crate) words: Words,
}

/// The file as a body that is written while it is read.
pub(crate) fn stream(state: &State, rows: Rows, maker: Maker) -> HttpResponse {
    let (sender, receiver) = mpsc::channel::<Result<Bytes, io::Error>>(4);
    let kind = rows.wanted.kind;
    let name = format!("attachment; filename=\"{}.{}\"", rows.round.slug, kind.ending());
    let today = state.clock.today();
    tokio::task::spawn_blocking(move || {
        let mut body = Body { sender, buffer: Vec::with_capacity(CHUNK) };
        let occasion = Occasion { today, maker: &maker.name, owner: &maker.owner, phrases: &maker.words };
        let result = export::write(&rows, &occasion, &std::env::temp_dir(), &mut body, &mut |_| {});
        if let Err(error) = result.and_then(|_| Ok(body.flush()?)) {
            tracing::warn!(%error, "an export was cut short");
            // ends the body without its last chunk: no client takes it for complete
            let _ = body.sender.blocking_send(Err(io::Error::other("the export was cut short")));
        }
    });
    let chunks = futures_util::stream::unfold(receiver, async |mut receiver| {
        let chunk = receiver.recv().await?;
        Some((chunk, receiver))
    });
    HttpResponse::Ok()
        .content_type(kind.media_type())
        .insert_header(("Content-Disposition", name))
        .insert_header(("Cache-Control", "no-store"))
        .streaming(Box::pin(chunks))
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
