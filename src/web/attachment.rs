//! A file of rows as an answer: whole, or the part that is still missing after the line broke off.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use actix_web::HttpResponse;
use actix_web::body::SizedStream;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap};
use actix_web::web::Bytes;
use data_encoding::{BASE64, HEXLOWER};
use tokio::sync::mpsc;

use crate::export::{Count, Kind, Rows, Whole};

/// What is read at once.
const CHUNK: usize = 64 * 1024;
/// Tells which forms are left out, or in the file although they count in no figure ([`Count`]).
pub(in crate::web) const EXCLUDED: &str = "Excluded-Forms";

/// A file whose bytes are known.
pub(in crate::web) struct Attachment {
    /// Its bytes.
    pub file: File,
    /// How many.
    pub size: u64,
    /// Their SHA-256.
    pub sha256: Vec<u8>,
    /// What kind of file.
    pub kind: Kind,
    /// What it is called.
    pub name: String,
    /// The excluded forms, where there are any.
    pub excluded: Option<Count>,
    /// How long others may keep it.
    pub keeping: &'static str,
}

impl Attachment {
    /// A file that was made to be sent once.
    pub fn of(whole: Whole, rows: &Rows) -> Self {
        let Whole { file, size, sha256, .. } = whole;
        let excluded = (rows.excluded.forms > 0).then(|| rows.excluded.clone());
        let (kind, name) = (rows.wanted.kind, rows.wanted.file_name(&rows.round.slug));
        Self { file, size, sha256: sha256.into(), kind, name, excluded, keeping: "no-store" }
    }

    /// The tag by which a client knows the same bytes again.
    fn tag(&self) -> String {
        format!("\"{}\"", HEXLOWER.encode(&self.sha256))
    }

    /// The answer to a client that has these bytes: nothing leaves.
    pub fn known(&self, headers: &HeaderMap) -> Option<HttpResponse> {
        let is_known = header_of(headers, header::IF_NONE_MATCH).is_some_and(|known| known == self.tag());
        is_known.then(|| HttpResponse::NotModified().insert_header((header::ETAG, self.tag())).finish())
    }

    /// The answer to a request with these headers.
    pub fn answer(self, headers: &HeaderMap) -> HttpResponse {
        let (tag, size) = (self.tag(), self.size);
        let (status, begin, end) = match range(headers, &tag, size) {
            Ok(None) => (StatusCode::OK, 0, size),
            Ok(Some((begin, end))) => (StatusCode::PARTIAL_CONTENT, begin, end),
            Err(Unsatisfiable) => {
                let all = format!("bytes */{size}");
                return HttpResponse::RangeNotSatisfiable().insert_header((header::CONTENT_RANGE, all)).finish();
            }
        };
        let mut response = HttpResponse::build(status);
        if status == StatusCode::PARTIAL_CONTENT {
            response.insert_header((header::CONTENT_RANGE, format!("bytes {begin}-{}/{size}", end - 1)));
        }
        if let Some(count) = &self.excluded {
            response.insert_header((EXCLUDED, count.to_string()));
        }
        response
            .content_type(self.kind.media_type())
            .insert_header((header::ETAG, tag))
            .insert_header((header::ACCEPT_RANGES, "bytes"))
            .insert_header((header::CACHE_CONTROL, self.keeping))
            .insert_header(("Repr-Digest", format!("sha-256=:{}:", BASE64.encode(&self.sha256))))
            .insert_header((header::CONTENT_DISPOSITION, disposition(&self.name)))
            .body(SizedStream::new(end - begin, Box::pin(read(self.file, begin, end - begin))))
    }
}

/// Under which name a browser keeps it.
pub(in crate::web) fn disposition(name: &str) -> String {
    format!("attachment; filename=\"{name}\"")
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
