//! Files of rows for analysts and their programs: whole where they are small, written while they are sent where they are not.

use actix_web::HttpResponse;
use actix_web::http::header;

use crate::export::{self, ExportError, Occasion, Refused, Rows, Turn, Wanted, Whole};
use crate::state::State;
use crate::store::StoreError;
use crate::store::rounds::RoundRow;
use crate::web::attachment::{EXCLUDED, disposition};
use crate::web::streamed::streamed;
use crate::web::words::Words;

/// Files with more rows than this are not made to be sent at once: the slowest kind of file takes a second or two for as many.
pub(in crate::web) const AT_ONCE: i64 = 50_000;
/// The same for programs, which wait longer: the file has a length, a sum and a tag, and can be fetched on.
pub(in crate::web) const AT_ONCE_FOR_PROGRAMS: i64 = 500_000;

/// Looks up what is wanted of a round, and how many rows of forms that will be at most: more than `enough` only if there are; 0
/// where the file has none.
///
/// # Errors
/// [`Refused`]
pub(in crate::web) async fn prepared(
    state: &State,
    (round, wanted): (RoundRow, Wanted),
    words: Words,
    enough: i64,
) -> Result<(Rows, i64), Refused> {
    let state = state.clone();
    let work = move || {
        let rows = Rows::prepare(&state.store, &state.catalogue, &round, &wanted, &words)?;
        let at_most = if wanted.kind.has_rows() { rows.at_most(enough)? } else { 0 };
        Ok((rows, at_most))
    };
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
pub(in crate::web) async fn whole(
    state: &State,
    rows: Rows,
    maker: Maker,
    turn: Turn,
) -> Result<(Whole, Rows), ExportError> {
    let (folder, today) = (state.exports.clone(), state.clock.today());
    let work = move || {
        let _turn = turn;
        let occasion = Occasion { today, maker: &maker.name, owner: &maker.owner, phrases: &maker.words };
        Whole::of(&rows, &occasion, &folder).map(|whole| (whole, rows))
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| stopped(&error))?
}

/// The file as a body that is written while it is read. Its sum is known when it is over.
pub(in crate::web) fn stream(state: &State, rows: Rows, maker: Maker, turn: Turn) -> HttpResponse {
    let (kind, name) = (rows.wanted.kind, disposition(&rows.wanted.file_name(&rows.round.slug)));
    let mut head = HttpResponse::Ok();
    if rows.excluded.forms > 0 {
        head.insert_header((EXCLUDED, rows.excluded.to_string()));
    }
    head.content_type(kind.media_type())
        .insert_header((header::CONTENT_DISPOSITION, name))
        .insert_header((header::CACHE_CONTROL, "no-store"));
    let (folder, today) = (state.exports.clone(), state.clock.today());
    streamed(head, turn, move |body| {
        let occasion = Occasion { today, maker: &maker.name, owner: &maker.owner, phrases: &maker.words };
        export::write(&rows, &occasion, &folder, body, &mut |_| {}).map(|_| ())
    })
}
