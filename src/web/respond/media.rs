//! `/media/{hash}.mp3`: recordings of questions. The address names the bytes, so a phone may keep them for ever; parts are
//! sent to whoever asks for parts, without which Safari plays nothing.

use std::ops::RangeInclusive;

use actix_web::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_TYPE, ContentRange, ContentRangeSpec, Header, IF_RANGE, Range,
};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use data_encoding::HEXLOWER;

use crate::state::State;
use crate::store::media;
use crate::web::error::Failure;

/// `GET /media/{file}`
pub(super) async fn serve(
    request: HttpRequest,
    state: web::Data<State>,
    file: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    let digits = file.split('.').next().unwrap_or("");
    let hash =
        HEXLOWER.decode(digits.as_bytes()).ok().and_then(|hash| hash.try_into().ok()).ok_or(Failure::NotFound)?;
    let found = state.store.read(move |db| media::find(db, hash)).await?;
    let (mime, bytes) = found.ok_or(Failure::NotFound)?;
    Ok(respond(wanted(&request, bytes.len() as u64), &mime, Bytes::from(bytes)))
}

/// Which part of a file is asked for.
enum Part {
    Whole,
    Of(RangeInclusive<u64>),
    Outside,
}

/// Several parts at once may be answered with the whole, and so may parts of a copy whose identity is to be checked first.
fn wanted(request: &HttpRequest, length: u64) -> Part {
    match Range::parse(request) {
        Ok(Range::Bytes(parts)) if parts.len() == 1 && !request.headers().contains_key(IF_RANGE) => {
            let part = parts[0].to_satisfiable_range(length);
            part.map_or(Part::Outside, |(first, last)| Part::Of(first..=last))
        }
        _ => Part::Whole,
    }
}

fn respond(part: Part, mime: &str, bytes: Bytes) -> HttpResponse {
    let length = bytes.len() as u64;
    let range = |range| ContentRange(ContentRangeSpec::Bytes { range, instance_length: Some(length) });
    let (mut response, body) = match part {
        Part::Whole => (HttpResponse::Ok(), bytes),
        Part::Outside => {
            return HttpResponse::RangeNotSatisfiable().insert_header(range(None)).finish();
        }
        Part::Of(part) => {
            let mut response = HttpResponse::PartialContent();
            response.insert_header(range(Some((*part.start(), *part.end()))));
            let place = |at: u64| usize::try_from(at).unwrap_or(bytes.len());
            let body = bytes.slice(place(*part.start())..place(*part.end()).saturating_add(1).min(bytes.len()));
            (response, body)
        }
    };
    response
        .insert_header((CONTENT_TYPE, mime))
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((ACCEPT_RANGES, "bytes"))
        .body(body)
}
