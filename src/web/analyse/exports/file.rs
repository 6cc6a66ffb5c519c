//! A file that is ready: whole, or the part that is still missing after the line broke off.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use data_encoding::{BASE64, HEXLOWER};
use tokio::sync::mpsc;

use crate::export::Wanted;
use crate::state::State;
use crate::store::export_jobs::{self, JobRow};
use crate::store::rounds::RoundRow;
use crate::survey::audit::Action;
use crate::web::deed::Deed;
use crate::web::error::Failure;
use crate::web::page;
use crate::web::session::Analyst;

/// What is read at once.
const CHUNK: usize = 64 * 1024;

/// `GET …/exports/{key}`
pub(in crate::web::analyse) async fn fetch(
    request: HttpRequest,
    officer: Analyst,
    state: web::Data<State>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (round, job) = mine(&officer, &state, path.into_inner()).await?;
    let sum = job.sha256.clone().ok_or(Failure::NotFound)?;
    let file = File::open(state.exports.join(HEXLOWER.encode(&job.key))).map_err(|_| Failure::NotFound)?;
    let size = file.metadata().map_err(|error| Failure::Unknown(error.to_string()))?.len();
    let tag = format!("\"{}\"", HEXLOWER.encode(&sum));
    if header_of(request.headers(), header::IF_NONE_MATCH).is_some_and(|known| known == tag) {
        return Ok(HttpResponse::NotModified().insert_header((header::ETAG, tag)).finish());
    }
    let kind = Wanted::read(form_urlencoded::parse(job.wanted.as_bytes())).map_err(|_| Failure::NotFound)?.kind;
    // nothing leaves before it is written down that it leaves, also when it leaves again
    let (analyst, now, owner, slug) = (officer.0.clone(), state.clock.now(), round.owner_id, round.slug.clone());
    let deed = Deed::with(Action::RowsExported, [kind.code()]);
    state.store.write(move |db| analyst.note(db, now, owner, deed, &slug)).await?;
    let range = range(request.headers(), &tag, size);
    let (status, begin, end) = match range {
        Ok(None) => (StatusCode::OK, 0, size),
        Ok(Some((begin, end))) => (StatusCode::PARTIAL_CONTENT, begin, end),
        Err(Unsatisfiable) => {
            let all = format!("bytes */{size}");
            return Ok(HttpResponse::RangeNotSatisfiable().insert_header((header::CONTENT_RANGE, all)).finish());
        }
    };
    let mut response = HttpResponse::build(status);
    if status == StatusCode::PARTIAL_CONTENT {
        response.insert_header((header::CONTENT_RANGE, format!("bytes {begin}-{}/{size}", end - 1)));
    }
    Ok(response
        .content_type(kind.media_type())
        .insert_header((header::ETAG, tag))
        .insert_header((header::ACCEPT_RANGES, "bytes"))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .insert_header(("Repr-Digest", format!("sha-256=:{}:", BASE64.encode(&sum))))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}.{}\"", round.slug, kind.ending()),
        ))
        .body(actix_web::body::SizedStream::new(end - begin, Box::pin(read(file, begin, end - begin)))))
}

/// `POST …/exports/{key}/again`
pub(in crate::web::analyse) async fn again(
    officer: Analyst,
    state: web::Data<State>,
    path: web::Path<(String, String)>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let proof = form_urlencoded::parse(&body).find(|(name, _)| name == "_csrf").map(|(_, value)| value.into_owned());
    officer.check_csrf(&proof.unwrap_or_default())?;
    let (round, job) = mine(&officer, &state, path.into_inner()).await?;
    let (analyst, now, slug) = (officer.0.clone(), state.clock.now(), round.slug.clone());
    state
        .store
        .write(move |db| {
            if job.finished_at.is_some() {
                export_jobs::again(db, job.id)?;
            }
            analyst.note(db, now, round.owner_id, Action::RowsExported, &round.slug)
        })
        .await?;
    Ok(page::see_other(format!("/analyse/{slug}/exports?asked=1#files")))
}

/// A job of this officer in a round whose rows the officer may read.
async fn mine(
    officer: &Analyst,
    state: &web::Data<State>,
    (slug, key): (String, String),
) -> Result<(RoundRow, JobRow), Failure> {
    let key = HEXLOWER.decode(key.as_bytes()).map_err(|_| Failure::NotFound)?;
    let account_id = officer.account_id;
    let work = move |db: &mut _, round: RoundRow| {
        Ok(export_jobs::find(db, &key, round.id, account_id)?.map(|job| (round, job)))
    };
    crate::web::analyse::read(state, officer, &slug, work).await?.ok_or(Failure::NotFound)
}

fn header_of(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// The range lies outside of the file.
#[derive(Debug, PartialEq, Eq)]
struct Unsatisfiable;

/// The part that is asked for, its end not included; none: all of it. Several parts, and a part of another file, are all of it.
fn range(headers: &HeaderMap, tag: &str, size: u64) -> Result<Option<(u64, u64)>, Unsatisfiable> {
    let is_same = header_of(headers, header::IF_RANGE).is_none_or(|known| known == tag);
    let asked = header_of(headers, header::RANGE).filter(|_| is_same).and_then(|range| range.strip_prefix("bytes="));
    let Some((first, last)) = asked.filter(|range| !range.contains(',')).and_then(|range| range.split_once('-')) else {
        return Ok(None);
    };
    let (first, last): (Option<u64>, Option<u64>) = (first.trim().parse().ok(), last.trim().parse().ok());
    let (begin, end) = match (first, last) {
        (Some(first), Some(last)) if last >= first => (first, last.saturating_add(1).min(size)),
        (Some(first), None) => (first, size),
        (None, Some(last)) => (size.saturating_sub(last), size),
        _ => return Ok(None),
    };
    if begin < end { Ok(Some((begin, end))) } else { Err(Unsatisfiable) }
}

/// The bytes of a file, read while they are sent.
fn read(mut file: File, begin: u64, length: u64) -> impl futures_util::Stream<Item = Result<Bytes, io::Error>> {
    let (sender, receiver) = mpsc::channel(4);
    tokio::task::spawn_blocking(move || {
        let sent = (|| {
            file.seek(SeekFrom::Start(begin))?;
            let mut left = file.take(length);
            loop {
                let mut chunk = Vec::with_capacity(CHUNK);
                if left.by_ref().take(CHUNK as u64).read_to_end(&mut chunk)? == 0 {
                    return Ok(());
                }
                // nobody listens any more
                if sender.blocking_send(Ok(Bytes::from(chunk))).is_err() {
                    return Ok(());
                }
            }
        })();
        if let Err(error) = sent {
            let _ = sender.blocking_send(Err(error));
        }
    });
    futures_util::stream::unfold(receiver, async |mut receiver| {
        let chunk = receiver.recv().await?;
        Some((chunk, receiver))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(range: &'static str) -> Result<Option<(u64, u64)>, Unsatisfiable> {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, header::HeaderValue::from_static(range));
        super::range(&headers, "\"a\"", 100)
    }

    #[test]
    fn a_part_of_a_file_is_told_from_all_of_it() {
        assert_eq!(asked("bytes=90-"), Ok(Some((90, 100))));
        assert_eq!(asked("bytes=0-9"), Ok(Some((0, 10))));
        assert_eq!(asked("bytes=-5"), Ok(Some((95, 100))));
        assert_eq!(asked("bytes=50-500"), Ok(Some((50, 100))));
        assert_eq!(asked("bytes=100-"), Err(Unsatisfiable));
        for all in ["bytes=9-2", "bytes=0-1,5-6", "lines=1-2", "bytes=-"] {
            assert_eq!(asked(all), Ok(None), "{all}");
        }
    }

    #[test]
    fn a_part_of_another_file_is_not_mixed_in() {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, header::HeaderValue::from_static("bytes=90-"));
        headers.insert(header::IF_RANGE, header::HeaderValue::from_static("\"b\""));
        assert_eq!(super::range(&headers, "\"a\"", 100), Ok(None));
    }
}
